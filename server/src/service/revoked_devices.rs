//! What a device records after it was revoked is taken in, and marked.

use gatehouse_core::{
    journal::{Body, Entry},
    time::UnixMillis,
};

use super::{ServiceError, claims, hindsight::When};
use crate::store::{OrgId, Tx, device, doubt::Doubt, event};

/// Journals that one goes on from, at most.
const MOST_FORMER: usize = 64;

/// Marks the event that an entry records, decides or puts right, if its device had been revoked by then.
pub fn note(
    tx: &Tx<'_>,
    org: OrgId,
    entry: &Entry,
    body: &Body,
    now: UnixMillis,
) -> Result<(), ServiceError> {
    let event = match body {
        Body::Scan(..) | Body::WalkUp(_) | Body::JudgedWalkUp(..) => entry.id,
        Body::Decision { event, .. }
        | Body::Corrected { event, .. }
        | Body::Arrival { event, .. }
        | Body::JudgedAnew { event, .. } => *event,
        _ => return Ok(()),
    };
    if event::is_own(tx, org, event, entry.device)? && was_revoked(tx, org, entry, now)? {
        claims::mark(tx, org, entry, Some(event), Doubt::AfterRevocation, now)?;
    }
    Ok(())
}

/// Whether the device that wrote an entry had been revoked, by its own word or by the times. An entry that a phone took
/// along into the journal of another device is from before that one was enrolled. Where the phone was not sure of the
/// time, nobody knows that it was not so.
fn was_revoked(tx: &Tx<'_>, org: OrgId, entry: &Entry, now: UnixMillis) -> Result<bool, ServiceError> {
    if Body::is_by_revoked_device(&entry.body) {
        return Ok(true);
    }
    let when = When::of(tx, org, entry, now)?;
    let (mut id, mut until) = (entry.device, None);
    for _ in 0..MOST_FORMER {
        let Some(known) = device::get(tx, org, id)? else { return Ok(false) };
        let was_it = until.is_none_or(|enrolled| when.at < enrolled);
        if was_it && known.revoked_at.is_some_and(|revoked| when.bounds.may_be_since(revoked)) {
            return Ok(true);
        }
        until = Some(known.enrolled_at);
        match known.continues {
            Some(former) => id = former,
            None => return Ok(false),
        }
    }
    Ok(false)
}
