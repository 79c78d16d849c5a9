//! Which device's journal goes on in which other one: after a fork or a revocation a phone is enrolled anew, and speaks
//! for what it was before.

use gatehouse_core::{
    envelope::PublicKey,
    id::{DeviceId, EntryId},
    journal::{Entry, Head, SignedEntry},
};

use super::ServiceError;
use crate::store::{OrgId, Tx, device, journal};

/// Notes that a journal says at its beginning to go on from another one, if that can be so: nobody speaks for a device
/// by naming it.
pub fn succeed(
    tx: &Tx<'_>,
    org: OrgId,
    entry: &Entry,
    former: DeviceId,
    named: Head,
) -> Result<(), ServiceError> {
    // A change of the phone's clock may stand in front.
    let begins = !journal::says_anything_before(tx, org, entry.device, entry.number)?;
    if begins && former != entry.device && ends_there(tx, org, former, named)? {
        device::set_continues(tx, org, entry.device, former)?;
    } else {
        tracing::warn!(device = %entry.device, %former, "a journal says to go on from another, which is not so");
    }
    Ok(())
}

/// Whether a device's journal can have ended with `named`: the server holds that entry, or the phone was cut off with
/// entries that the server does not have.
fn ends_there(tx: &Tx<'_>, org: OrgId, former: DeviceId, named: Head) -> Result<bool, ServiceError> {
    let Some(known) = device::get(tx, org, former)? else { return Ok(false) };
    let cut_off = known.revoked_at.is_some() || known.forked_at.is_some();
    if named == Head::START {
        return Ok(cut_off && known.head == Head::START);
    }
    if journal::at(tx, org, former, named.number)?.is_some_and(|(_, hash)| hash == named.hash) {
        return Ok(true);
    }
    // A phone restored from a backup knows a branch that left the server's at the first contradiction.
    let branched = journal::first_fork(tx, org, former)?.is_some_and(|first| named.number >= first);
    Ok(cut_off && (named.number > known.head.number || branched))
}

/// Whether an entry is one that the server has from the device whose journal this one goes on from, signed again: its
/// answer was lost, and then the phone was enrolled anew.
pub fn is_known(tx: &Tx<'_>, org: OrgId, entry: &Entry) -> Result<bool, ServiceError> {
    let Some((author, number, _)) = journal::place(tx, org, entry.id)? else { return Ok(false) };
    if author == entry.device || !device::speaks_for(tx, org, entry.device, author)? {
        return Ok(false);
    }
    let (Some(author), Some((envelope, _))) =
        (device::get(tx, org, author)?, journal::at(tx, org, author, number)?)
    else {
        return Ok(false);
    };
    let Ok(signed) = SignedEntry::open(&envelope, &PublicKey::new(author.public_key)) else {
        return Ok(false);
    };
    let Entry { device: _, number: _, previous: _, id, wall, trusted, kind, body } = signed.entry;
    Ok((id, wall, trusted, kind, &body) == (entry.id, entry.wall, entry.trusted, entry.kind, &entry.body))
}

/// What an entry that was signed again is kept under: its own id is taken.
pub fn stand_in(hash: &gatehouse_core::id::Digest32) -> EntryId {
    EntryId(hash.prefix())
}
