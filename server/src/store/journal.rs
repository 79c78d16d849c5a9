//! Journals as received, the keys of their sealed parts, and what contradicts them.

use gatehouse_core::{
    id::{DeviceId, Digest32, EntryId},
    time::UnixMillis,
};
use rusqlite::{Connection, OptionalExtension, params};

use super::{OrgId, StoreError, Tx};

/// Pieces of evidence that are kept of one device; a device gone mad must not fill the disk.
const MOST_EVIDENCE: u32 = 1000;

/// An entry about to be stored.
#[derive(Debug)]
pub struct NewEntry<'a> {
    /// Its device.
    pub device: DeviceId,
    /// Its number.
    pub number: u64,
    /// Its id.
    pub id: EntryId,
    /// Its kind's number.
    pub kind: u64,
    /// SHA-256 of its payload.
    pub hash: Digest32,
    /// The envelope.
    pub envelope: &'a [u8],
    /// Whether the body was understood.
    pub readable: bool,
}

/// Stores an entry.
pub fn add(tx: &Tx<'_>, org: OrgId, entry: &NewEntry<'_>, now: UnixMillis) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO journal_entry (org, device, number, id, kind, hash, envelope, received_at, readable)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        org.0,
        entry.device.0,
        entry.number,
        entry.id.0,
        entry.kind,
        entry.hash.0,
        entry.envelope,
        now.get(),
        entry.readable
    ])?;
    Ok(())
}

/// Flags an entry from which nothing could be derived.
pub fn set_unreadable(tx: &Tx<'_>, org: OrgId, id: EntryId) -> Result<(), StoreError> {
    tx.execute("UPDATE journal_entry SET readable = 0 WHERE org = ?1 AND id = ?2", params![org.0, id.0])?;
    Ok(())
}

/// Stores the key of an entry's sealed part, itself sealed.
pub fn add_key(tx: &Tx<'_>, org: OrgId, entry: EntryId, sealed: &[u8]) -> Result<(), StoreError> {
    tx.prepare_cached("INSERT INTO entry_key (org, entry, sealed) VALUES (?1, ?2, ?3)")?
        .execute(params![org.0, entry.0, sealed])?;
    Ok(())
}

/// The envelope with this id, whichever device's.
pub fn by_id(db: &Connection, org: OrgId, id: EntryId) -> Result<Option<Vec<u8>>, StoreError> {
    let mut statement = db.prepare_cached("SELECT envelope FROM journal_entry WHERE org = ?1 AND id = ?2")?;
    Ok(statement.query_row(params![org.0, id.0], |row| row.get(0)).optional()?)
}

/// The envelope and hash under a number of a device.
pub fn at(
    db: &Connection,
    org: OrgId,
    device: DeviceId,
    number: u64,
) -> Result<Option<(Vec<u8>, Digest32)>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT envelope, hash FROM journal_entry WHERE org = ?1 AND device = ?2 AND number = ?3",
    )?;
    // What SQLite cannot count has no entry.
    let Ok(number) = i64::try_from(number) else { return Ok(None) };
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, Digest32(row.get(1)?)));
    Ok(statement.query_row(params![org.0, device.0, number], read).optional()?)
}

/// Where an entry stands: its device, number and hash.
pub fn place(
    db: &Connection,
    org: OrgId,
    id: EntryId,
) -> Result<Option<(DeviceId, u64, Digest32)>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT device, number, hash FROM journal_entry WHERE org = ?1 AND id = ?2")?;
    let read = |row: &rusqlite::Row<'_>| Ok((DeviceId(row.get(0)?), row.get(1)?, Digest32(row.get(2)?)));
    Ok(statement.query_row(params![org.0, id.0], read).optional()?)
}

/// Keeps an entry that contradicts one taken before.
pub fn add_evidence(
    tx: &Tx<'_>,
    org: OrgId,
    entry: &NewEntry<'_>,
    now: UnixMillis,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO fork_evidence (org, device, hash, number, entry, envelope, received_at)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
         WHERE (SELECT count(*) FROM fork_evidence WHERE org = ?1 AND device = ?2) < ?8
         ON CONFLICT DO NOTHING",
        params![
            org.0,
            entry.device.0,
            entry.hash.0,
            // The number is signed by the device, but any 64 bits: what SQLite cannot hold stands in the envelope.
            i64::try_from(entry.number).unwrap_or(i64::MAX),
            entry.id.0,
            entry.envelope,
            now.get(),
            MOST_EVIDENCE
        ],
    )?;
    Ok(())
}

/// The first number at which something contradicts a device's journal.
pub fn first_fork(db: &Connection, org: OrgId, device: DeviceId) -> Result<Option<u64>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT min(number) FROM fork_evidence WHERE org = ?1 AND device = ?2")?;
    Ok(statement.query_row(params![org.0, device.0], |row| row.get(0))?)
}

/// Whether something contradicts the entry with this number.
pub fn is_forked(db: &Connection, org: OrgId, device: DeviceId, number: u64) -> Result<bool, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT 1 FROM fork_evidence WHERE org = ?1 AND device = ?2 AND number = ?3")?;
    Ok(statement.exists(params![org.0, device.0, number])?)
}

/// An entry for an export.
#[derive(Debug)]
pub struct Exported {
    /// Its id.
    pub id: EntryId,
    /// The envelope.
    pub envelope: Vec<u8>,
    /// The sealed key of its sealed part, unless destroyed.
    pub key: Option<Vec<u8>>,
}

/// Gives every entry of a device, in order, to `each`.
///
/// # Errors
/// The database's, and those of `each`.
pub fn for_each<E: From<StoreError>>(
    db: &Connection,
    org: OrgId,
    device: DeviceId,
    mut each: impl FnMut(Exported) -> Result<(), E>,
) -> Result<(), E> {
    let from = |error: rusqlite::Error| E::from(StoreError::from(error));
    let mut statement = db
        .prepare_cached(
            "SELECT e.id, e.envelope, k.sealed FROM journal_entry e
             LEFT JOIN entry_key k ON k.org = e.org AND k.entry = e.id
             WHERE e.org = ?1 AND e.device = ?2 ORDER BY e.number",
        )
        .map_err(from)?;
    let mut rows = statement.query(params![org.0, device.0]).map_err(from)?;
    while let Some(row) = rows.next().map_err(from)? {
        let read = || Ok(Exported { id: EntryId(row.get(0)?), envelope: row.get(1)?, key: row.get(2)? });
        each(read().map_err(from)?)?;
    }
    Ok(())
}
