//! Judging offline grants again with what was already true when they were made.

use gatehouse_core::{
    decision::{Code, Verdict},
    id::{EntryId, PersonId, SubjectId},
    journal::Hindsight,
    time::{UnixMillis, UnixSeconds},
};

use super::ServiceError;
use crate::store::{OrgId, Tx, amendment, ban, event, event::Undecided, invitation, person};

/// Notes it if an offline grant should not have been. What came to be only after the grant is not held against it.
pub fn look_back(
    tx: &Tx<'_>,
    org: OrgId,
    id: EntryId,
    granted: &Undecided,
    now: UnixMillis,
) -> Result<(), ServiceError> {
    let Some(subject) = granted.subject.filter(|_| !granted.online) else { return Ok(()) };
    let happened = event::happened_at(tx, org, id)?.unwrap_or(now).to_seconds();
    let Some((code, since)) = fault(tx, org, granted, subject, happened)? else { return Ok(()) };
    let found = Hindsight { verdict: Verdict::Denied, code, since: Some(since), pack_seq: None };
    Ok(amendment::found(tx, org, id, &found, now)?)
}

fn fault(
    tx: &Tx<'_>,
    org: OrgId,
    granted: &Undecided,
    subject: SubjectId,
    happened: UnixSeconds,
) -> Result<Option<(Code, UnixSeconds)>, ServiceError> {
    let held =
        |since: Option<UnixMillis>| since.map(UnixMillis::to_seconds).filter(|since| *since <= happened);
    if granted.visitor {
        let cancelled = invitation::get(tx, org, subject)?.and_then(|found| found.cancelled_at);
        if let Some(since) = held(cancelled) {
            return Ok(Some((Code::Cancelled, since)));
        }
    } else if let Some(person) = person::get(tx, org, PersonId(subject.0))? {
        if let Some(since) = held(person.revoked_at) {
            return Ok(Some((Code::Revoked, since)));
        }
        let superseded = person.superseded_before.filter(|before| {
            *before <= happened && granted.issued_at.is_some_and(|issued_at| issued_at < *before)
        });
        if let Some(since) = superseded {
            return Ok(Some((Code::Superseded, since)));
        }
    }
    Ok(held(ban::since(tx, org, subject)?).map(|since| (Code::Banned, since)))
}
