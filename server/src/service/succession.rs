//! Which device's journal goes on in which other one: after a fork or a revocation a phone is enrolled anew, and speaks
//! for what it was before.

use gatehouse_core::{
    envelope::PublicKey,
    id::{DeviceId, EntryId},
    journal::{Body, Entry, Head, SignedEntry},
    time::UnixMillis,
};
use serde_json::json;

use super::{Principal, Scope, ServiceError, audit, claims};
use crate::store::{OrgId, Tx, device, doubt::Doubt, journal};

/// Entries that a journal may begin with before it says anything of a gate.
const MOST_BEGINNINGS: u64 = 16;

/// Notes that a journal says at its beginning to go on from another one, if that can be so: nobody speaks for a device
/// by naming it.
pub fn succeed(
    tx: &Tx<'_>,
    org: OrgId,
    entry: &Entry,
    former: DeviceId,
    named: Head,
    now: UnixMillis,
) -> Result<(), ServiceError> {
    let begins = former != entry.device && begins(tx, org, entry)?;
    let heir = if begins { unheard_ancestor(tx, org, entry.device)? } else { None };
    if device::get(tx, org, former)?.is_none() {
        // Put back from a backup of before that device was there: nothing of it is left that anybody could speak for.
        tracing::warn!(device = %entry.device, %former, "a journal goes on from a device that nobody knows");
        return Ok(());
    }
    let detail = json!({ "of": former });
    let note = |action| {
        let scope = Scope { org, principal: Principal::Device(entry.device), role: None };
        audit::note(tx, &scope, action, &entry.device.to_string(), &detail, now)
    };
    if let Some(heir) = heir.filter(|heir| *heir != former)
        && is_meant(tx, org, heir, former)?
        && ends_there(tx, org, former, named)?
        && device::set_continues(tx, org, heir, former)?
    {
        return note("device.continue");
    }
    claims::mark(tx, org, entry, None, Doubt::NoSuccessor, now)?;
    note("device.continue_refused")
}

/// Whether an admin's word allows one device to go on from another: where the code that enrolled it named the device
/// that it replaces, from that one only; and nobody else goes on from a device that an admin replaced.
fn is_meant(tx: &Tx<'_>, org: OrgId, heir: DeviceId, former: DeviceId) -> Result<bool, ServiceError> {
    if device::get(tx, org, heir)?.and_then(|heir| heir.replaces).is_some_and(|named| named != former) {
        return Ok(false);
    }
    Ok(device::replaced_by(tx, org, former)?.is_none_or(|named| named == heir))
}

/// Whether nothing stands before an entry that says more than a change of the phone's clock, or that the journal goes on
/// from another one: who was enrolled anew twice without a network in between says both.
fn begins(tx: &Tx<'_>, org: OrgId, entry: &Entry) -> Result<bool, ServiceError> {
    let Some(key) = device::get(tx, org, entry.device)?.map(|device| PublicKey::new(device.public_key))
    else {
        return Ok(false);
    };
    if entry.number > MOST_BEGINNINGS {
        return Ok(false);
    }
    for number in 1..entry.number {
        let Some((envelope, _)) = journal::at(tx, org, entry.device, number)? else { return Ok(false) };
        let body = SignedEntry::open(&envelope, &key)
            .ok()
            .and_then(|signed| Body::from_value(signed.entry.kind, &signed.entry.body));
        if !matches!(body, Some(Body::ClockChange(_) | Body::Continues { .. })) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The device itself, or the first of those that it goes on from, if nothing says yet what that one goes on from. One
/// that the server has entries of would have said so itself.
fn unheard_ancestor(tx: &Tx<'_>, org: OrgId, device: DeviceId) -> Result<Option<DeviceId>, ServiceError> {
    let mut oldest = device;
    for _ in 0..MOST_BEGINNINGS {
        match device::continued_by(tx, org, oldest)? {
            Some(former) => oldest = former,
            None if oldest == device => return Ok(Some(device)),
            None => {
                let heard = device::get(tx, org, oldest)?.is_none_or(|known| known.head != Head::START);
                return Ok((!heard).then_some(oldest));
            }
        }
    }
    Ok(None)
}

/// Whether a device's journal has ended, and can have ended with `named`: the server holds that entry, or the phone was
/// cut off with entries that the server does not have. From a device that is at work nobody goes on.
fn ends_there(tx: &Tx<'_>, org: OrgId, former: DeviceId, named: Head) -> Result<bool, ServiceError> {
    let Some(known) = device::get(tx, org, former)? else { return Ok(false) };
    if known.revoked_at.is_none() && known.forked_at.is_none() {
        return Ok(false);
    }
    if named == Head::START {
        return Ok(known.head == Head::START);
    }
    if journal::at(tx, org, former, named.number)?.is_some_and(|(_, hash)| hash == named.hash) {
        return Ok(true);
    }
    // A phone restored from a backup knows a branch that left the server's at the first contradiction.
    let branched = journal::first_fork(tx, org, former)?.is_some_and(|first| named.number >= first);
    Ok(named.number > known.head.number || branched)
}

/// Whether an entry is one that the server has from another device, signed again: its answer was lost, and then the phone
/// was enrolled anew. It says what is known already, and has no consequence: so it does not matter here whether the one
/// may speak for the other.
pub fn is_known(tx: &Tx<'_>, org: OrgId, entry: &Entry) -> Result<bool, ServiceError> {
    let Some((author, number, _)) = journal::place(tx, org, entry.id)? else { return Ok(false) };
    if author == entry.device {
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
