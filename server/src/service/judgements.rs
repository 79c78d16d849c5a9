//! The judgements of an event that was judged anew before it was decided. Each stands in a journal entry; the event's
//! row shows the last one.

use gatehouse_core::{
    decision::{Code, Verdict},
    envelope::Envelope,
    id::EntryId,
    journal::{Body, Entry, Personal, ScanBody},
    time::UnixMillis,
};
use rusqlite::Connection;

use super::ServiceError;
use crate::store::{OrgId, StoreError, Tx, event, journal, judgement};

/// A judgement that another one came after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// The verdict; nothing where nothing spoke against a walk-up.
    pub verdict: Option<Verdict>,
    /// The code that decided.
    pub code: Option<Code>,
    /// When it was made.
    pub at: UnixMillis,
}

/// Takes over a judgement that came after the last one of an undecided event; false where there is no such event that
/// the device may speak of.
pub fn anew(
    tx: &Tx<'_>,
    org: OrgId,
    entry: &Entry,
    (id, number): (EntryId, u32),
    found: Option<&ScanBody>,
    personal: &Personal,
) -> Result<bool, ServiceError> {
    if !event::is_own(tx, org, id, entry.device)? {
        return Ok(false);
    }
    // The first word of a guard stands, and so does the judgement that it went by.
    if event::to_decide(tx, org, id)?.is_none_or(|event| event.decided)
        || !judgement::add(tx, org, id, number, entry.id)?
    {
        return Ok(false);
    }
    event::judge_anew(tx, org, id, found, personal)?;
    Ok(true)
}

/// The verdict of the judgement that a decision names, where there is one.
pub fn verdict(
    db: &Connection,
    org: OrgId,
    event: EntryId,
    number: u32,
) -> Result<Option<Verdict>, StoreError> {
    let Some(entry) = judgement::entry(db, org, event, number)? else { return Ok(None) };
    Ok(read(db, org, entry)?.and_then(|earlier| earlier.verdict))
}

/// Every judgement of an event but the last, the first one first.
pub fn earlier(db: &Connection, org: OrgId, event: EntryId) -> Result<Vec<Earlier>, StoreError> {
    let mut all = Vec::new();
    for entry in judgement::earlier(db, org, event)? {
        all.extend(read(db, org, entry)?);
    }
    Ok(all)
}

/// What an entry says that was verified when it was taken in.
fn read(db: &Connection, org: OrgId, entry: EntryId) -> Result<Option<Earlier>, StoreError> {
    let Some(envelope) = journal::by_id(db, org, entry)? else { return Ok(None) };
    let entry = Envelope::parse(&envelope).ok().and_then(|envelope| Entry::parse(envelope.payload).ok());
    let Some(entry) = entry else { return Ok(None) };
    let found = match Body::from_value(entry.kind, &entry.body) {
        Some(Body::Scan(_, found) | Body::JudgedWalkUp(_, found)) => Some(found),
        Some(Body::JudgedAnew { found, .. }) => found,
        Some(Body::WalkUp(_)) => None,
        _ => return Ok(None),
    };
    Ok(Some(Earlier {
        verdict: found.as_ref().map(|found| found.verdict),
        code: found.map(|found| found.code),
        at: entry.happened_at(),
    }))
}
