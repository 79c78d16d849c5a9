//! Which entries hold the judgements of an event: its own the first, and one more for each time that it was judged anew
//! before somebody decided.

use gatehouse_core::{id::EntryId, journal::FIRST_JUDGEMENT};
use rusqlite::{Connection, OptionalExtension, params};

use super::{OrgId, StoreError, Tx};

/// Notes a judgement of an event; false where it does not come after the last one.
pub fn add(tx: &Tx<'_>, org: OrgId, event: EntryId, number: u32, entry: EntryId) -> Result<bool, StoreError> {
    if number <= last(tx, org, event)? {
        return Ok(false);
    }
    tx.prepare_cached("INSERT INTO judgement (org, event, number, entry) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![org.0, event.0, number, entry.0])?;
    Ok(true)
}

/// Number of the last judgement of an event.
pub fn last(db: &Connection, org: OrgId, event: EntryId) -> Result<u32, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT coalesce(max(number), ?3) FROM judgement WHERE org = ?1 AND event = ?2")?;
    Ok(statement.query_row(params![org.0, event.0, FIRST_JUDGEMENT], |row| row.get(0))?)
}

/// The entry that holds a judgement.
pub fn entry(
    db: &Connection,
    org: OrgId,
    event: EntryId,
    number: u32,
) -> Result<Option<EntryId>, StoreError> {
    if number == FIRST_JUDGEMENT {
        return Ok(Some(event));
    }
    let mut statement =
        db.prepare_cached("SELECT entry FROM judgement WHERE org = ?1 AND event = ?2 AND number = ?3")?;
    let read = |row: &rusqlite::Row<'_>| row.get(0).map(EntryId);
    Ok(statement.query_row(params![org.0, event.0, number], read).optional()?)
}

/// The entries of every judgement but the last, the first one first.
pub fn earlier(db: &Connection, org: OrgId, event: EntryId) -> Result<Vec<EntryId>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT entry FROM judgement WHERE org = ?1 AND event = ?2 ORDER BY number")?;
    let later = statement.query_map(params![org.0, event.0], |row| row.get(0).map(EntryId))?;
    let mut all = vec![event];
    for entry in later {
        all.push(entry?);
    }
    all.pop();
    Ok(all)
}
