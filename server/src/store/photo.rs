//! Photos that entries name: how much of each is there.

use gatehouse_core::{
    id::{DeviceId, Digest32},
    time::UnixMillis,
};
use rusqlite::{Connection, OptionalExtension, params};

use super::{OrgId, StoreError, Tx, device::OWN};

/// How much of a photo is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Its whole length, once its sender has said so.
    pub size: Option<u64>,
    /// Bytes that are durable.
    pub received: u64,
    /// Whether it is whole and its hash right.
    pub complete: bool,
}

/// Notes that an entry names a photo.
pub fn want(
    tx: &Tx<'_>,
    org: OrgId,
    sha256: Digest32,
    device: DeviceId,
    now: UnixMillis,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO photo (org, sha256, device, named_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
    )?
    .execute(params![org.0, sha256.0, device.0, now.get()])?;
    Ok(())
}

/// Photos that a device named, or one whose journal it goes on from, and that are not there yet, the oldest first.
pub fn wanted(db: &Connection, org: OrgId, device: DeviceId) -> Result<Vec<Digest32>, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "{OWN} SELECT sha256 FROM photo WHERE org = ?1 AND complete = 0 AND device IN own
         ORDER BY named_at LIMIT 100"
    ))?;
    let rows = statement.query_map(params![org.0, device.0], |row| Ok(Digest32(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether an entry of a device names a photo, or one of a device whose journal it goes on from.
pub fn is_named_by(
    db: &Connection,
    org: OrgId,
    sha256: Digest32,
    device: DeviceId,
) -> Result<bool, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "{OWN} SELECT 1 FROM photo WHERE org = ?1 AND sha256 = ?3 AND device IN own
         UNION ALL SELECT 1 FROM event e JOIN event_origin o ON o.no = e.origin
             WHERE e.org = ?1 AND e.photo = ?3 AND o.device IN own"
    ))?;
    Ok(statement.exists(params![org.0, device.0, sha256.0])?)
}

/// How much of a photo is there; nothing where no entry names it.
pub fn progress(db: &Connection, org: OrgId, sha256: Digest32) -> Result<Option<Progress>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT size, received, complete FROM photo WHERE org = ?1 AND sha256 = ?2")?;
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Progress { size: row.get(0)?, received: row.get(1)?, complete: row.get(2)? })
    };
    Ok(statement.query_row(params![org.0, sha256.0], read).optional()?)
}

/// Notes how much of a photo is there now, and under which sealed key.
pub fn set_progress(
    tx: &Tx<'_>,
    org: OrgId,
    sha256: Digest32,
    progress: Progress,
    key: Option<&[u8]>,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE photo SET size = ?3, received = ?4, complete = ?5, key = ?6
         WHERE org = ?1 AND sha256 = ?2 AND complete = 0",
        params![org.0, sha256.0, progress.size, progress.received, progress.complete, key],
    )?;
    Ok(())
}

/// The sealed key of a photo's file; none while the file is plain.
pub fn key(db: &Connection, org: OrgId, sha256: Digest32) -> Result<Option<Vec<u8>>, StoreError> {
    let mut statement = db.prepare_cached("SELECT key FROM photo WHERE org = ?1 AND sha256 = ?2")?;
    Ok(statement.query_row(params![org.0, sha256.0], |row| row.get(0)).optional()?.flatten())
}

/// Whole photos whose file is plain.
pub fn plain(db: &Connection) -> Result<Vec<(OrgId, Digest32)>, StoreError> {
    let mut statement = db.prepare("SELECT org, sha256 FROM photo WHERE complete = 1 AND key IS NULL")?;
    let rows = statement.query_map([], |row| Ok((OrgId(row.get(0)?), Digest32(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Photos of which a part is there whose file is plain.
pub fn plain_parts(db: &Connection) -> Result<Vec<(OrgId, Digest32)>, StoreError> {
    let mut statement =
        db.prepare("SELECT org, sha256 FROM photo WHERE complete = 0 AND received > 0 AND key IS NULL")?;
    let rows = statement.query_map([], |row| Ok((OrgId(row.get(0)?), Digest32(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes the key under which a plain file was sealed; false where the photo has gone, or was sealed meanwhile.
pub fn set_sealed(tx: &Tx<'_>, org: OrgId, sha256: Digest32, key: &[u8]) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "UPDATE photo SET key = ?3 WHERE org = ?1 AND sha256 = ?2 AND complete = 1 AND key IS NULL",
        params![org.0, sha256.0, key],
    )?;
    Ok(changed == 1)
}

/// Events that show a photo.
pub fn events(
    db: &Connection,
    org: OrgId,
    sha256: Digest32,
) -> Result<Vec<gatehouse_core::id::EntryId>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT id FROM event WHERE org = ?1 AND photo = ?2 ORDER BY no DESC LIMIT 100")?;
    let rows =
        statement.query_map(params![org.0, sha256.0], |row| Ok(gatehouse_core::id::EntryId(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
