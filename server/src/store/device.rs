//! Enrolled phones and stations, and the codes to enrol them.

use gatehouse_core::{
    id::{DeviceId, Digest32, PersonId},
    journal::Head,
    time::UnixMillis,
};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{OrgId, StoreError, Tx, sql};

/// A device.
#[derive(Debug, Clone)]
pub struct Device {
    /// Which.
    pub id: DeviceId,
    /// Whose.
    pub org: OrgId,
    /// What the admins call it.
    pub name: String,
    /// Its journal key.
    pub public_key: [u8; 32],
    /// The certificate of that key.
    pub certificate: Vec<u8>,
    /// When it was enrolled.
    pub enrolled_at: UnixMillis,
    /// When it was revoked.
    pub revoked_at: Option<UnixMillis>,
    /// When its journal was seen to contradict itself.
    pub forked_at: Option<UnixMillis>,
    /// Where its journal ends.
    pub head: Head,
    /// The last time in its journal that was known for sure.
    pub trusted_at: Option<UnixMillis>,
    /// The device whose journal its own goes on from.
    pub continues: Option<DeviceId>,
    /// The device in whose place it was enrolled, by the word of the admin who made its code.
    pub replaces: Option<DeviceId>,
}

const COLUMNS: &str = "id, org, name, public_key, certificate, revoked_at, head_number, head_hash, forked_at,
    trusted_ms, continues, replaces, enrolled_at";

/// Begins a query about a device, number ?2 of organisation ?1: `own` has that device and all whose journal its own
/// goes on from. What holds for their entries holds for what the device says of them.
pub(super) const OWN: &str = "WITH RECURSIVE own (id) AS (
    VALUES (?2) UNION SELECT d.continues FROM own o JOIN device d ON d.org = ?1 AND d.id = o.id
    WHERE d.continues IS NOT NULL)";

fn read(row: &Row<'_>) -> rusqlite::Result<Device> {
    Ok(Device {
        id: DeviceId(row.get(0)?),
        org: OrgId(row.get(1)?),
        name: row.get(2)?,
        public_key: row.get(3)?,
        certificate: row.get(4)?,
        revoked_at: sql::optional_millis(row, 5)?,
        head: Head { number: row.get(6)?, hash: Digest32(row.get(7)?) },
        forked_at: sql::optional_millis(row, 8)?,
        trusted_at: sql::optional_millis(row, 9)?,
        continues: sql::optional_id(row, 10, DeviceId)?,
        replaces: sql::optional_id(row, 11, DeviceId)?,
        enrolled_at: sql::millis(row, 12)?,
    })
}

/// A device about to be added.
#[derive(Debug)]
pub struct NewDevice<'a> {
    /// Its id.
    pub id: DeviceId,
    /// What the admins call it.
    pub name: &'a str,
    /// Its journal key.
    pub public_key: [u8; 32],
    /// The certificate of that key.
    pub certificate: &'a [u8],
    /// The hash of its token.
    pub token_hash: [u8; 32],
    /// The device in whose place it comes, by an admin's word.
    pub replaces: Option<DeviceId>,
}

/// Adds a device; false where its key is another device's.
pub fn add(tx: &Tx<'_>, org: OrgId, new: &NewDevice<'_>, now: UnixMillis) -> Result<bool, StoreError> {
    let added = tx.execute(
        "INSERT INTO device (org, id, name, public_key, certificate, token_hash, enrolled_at, last_contact, head_hash,
             replaces)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8, ?9) ON CONFLICT (org, public_key) DO NOTHING",
        params![
            org.0,
            new.id.0,
            new.name,
            new.public_key,
            new.certificate,
            new.token_hash,
            now.get(),
            Head::START.hash.0,
            new.replaces.map(|id| id.0)
        ],
    )?;
    Ok(added == 1)
}

/// A device by its token. Organisations share no tokens, so this alone needs none.
pub fn by_token(db: &Connection, hash: &[u8; 32]) -> Result<Option<Device>, StoreError> {
    let mut statement = db.prepare_cached(&format!("SELECT {COLUMNS} FROM device WHERE token_hash = ?1"))?;
    Ok(statement.query_row([hash], read).optional()?)
}

/// A device by its id.
pub fn get(db: &Connection, org: OrgId, id: DeviceId) -> Result<Option<Device>, StoreError> {
    let mut statement =
        db.prepare_cached(&format!("SELECT {COLUMNS} FROM device WHERE org = ?1 AND id = ?2"))?;
    Ok(statement.query_row(params![org.0, id.0], read).optional()?)
}

/// Every device, by name.
pub fn list(db: &Connection, org: OrgId) -> Result<Vec<Device>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM device WHERE org = ?1 ORDER BY name, id");
    Ok(db.prepare_cached(&sql)?.query_map([org.0], read)?.collect::<Result<_, _>>()?)
}

/// Replaces a device's token.
pub fn set_token(tx: &Tx<'_>, org: OrgId, id: DeviceId, hash: &[u8; 32]) -> Result<(), StoreError> {
    tx.execute("UPDATE device SET token_hash = ?3 WHERE org = ?1 AND id = ?2", params![org.0, id.0, hash])?;
    Ok(())
}

/// Revokes a device. The first time stays.
pub fn revoke(tx: &Tx<'_>, org: OrgId, id: DeviceId, now: UnixMillis) -> Result<bool, StoreError> {
    let found = tx.execute(
        "UPDATE device SET revoked_at = coalesce(revoked_at, ?3) WHERE org = ?1 AND id = ?2",
        params![org.0, id.0, now.get()],
    )?;
    Ok(found == 1)
}

/// Moves the end of a device's journal, and notes the contact.
pub fn set_head(
    tx: &Tx<'_>,
    org: OrgId,
    id: DeviceId,
    head: Head,
    now: UnixMillis,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE device SET head_number = ?3, head_hash = ?4, last_contact = ?5 WHERE org = ?1 AND id = ?2",
    )?
    .execute(params![org.0, id.0, head.number, head.hash.0, now.get()])?;
    Ok(())
}

/// Notes which gate pack a device was given.
pub fn set_pack(tx: &Tx<'_>, org: OrgId, id: DeviceId, seq: u64, now: UnixMillis) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE device SET pack_seq = ?3, last_contact = ?4 WHERE org = ?1 AND id = ?2")?
        .execute(params![org.0, id.0, seq, now.get()])?;
    Ok(())
}

/// Notes that a device's journal contradicts itself. The first time stays.
pub fn set_forked(tx: &Tx<'_>, org: OrgId, id: DeviceId, now: UnixMillis) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE device SET forked_at = coalesce(forked_at, ?3) WHERE org = ?1 AND id = ?2",
        params![org.0, id.0, now.get()],
    )?;
    Ok(())
}

/// Notes the last time in a device's journal that was known for sure.
pub fn set_trusted(tx: &Tx<'_>, org: OrgId, id: DeviceId, trusted: UnixMillis) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE device SET trusted_ms = ?3 WHERE org = ?1 AND id = ?2")?.execute(params![
        org.0,
        id.0,
        trusted.get()
    ])?;
    Ok(())
}

/// Notes how far a device's wall clock was ahead of this server's, milliseconds, by an entry that had just been made.
pub fn set_wall_ahead(
    tx: &Tx<'_>,
    org: OrgId,
    id: DeviceId,
    ahead_ms: i64,
    now: UnixMillis,
) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE device SET wall_ahead_ms = ?3, wall_read_at = ?4 WHERE org = ?1 AND id = ?2")?
        .execute(params![org.0, id.0, ahead_ms, now.get()])?;
    Ok(())
}

/// How far the wall clocks of all devices of this server are ahead of it, milliseconds each: of those that work, and
/// were read since `since`.
pub fn walls_ahead(db: &Connection, since: UnixMillis) -> Result<Vec<i64>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT wall_ahead_ms FROM device
         WHERE wall_ahead_ms IS NOT NULL AND wall_read_at >= ?1 AND revoked_at IS NULL AND forked_at IS NULL",
    )?;
    Ok(statement.query_map([since.get()], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Notes that a device's journal goes on from another's, and takes over how far that one's time was known. False where
/// it goes on from one already, or another device does from this one.
pub fn set_continues(tx: &Tx<'_>, org: OrgId, id: DeviceId, former: DeviceId) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "UPDATE device SET continues = ?3,
             trusted_ms = (SELECT trusted_ms FROM device WHERE org = ?1 AND id = ?3)
         WHERE org = ?1 AND id = ?2 AND continues IS NULL
             AND NOT EXISTS (SELECT 1 FROM device WHERE org = ?1 AND continues = ?3)",
        params![org.0, id.0, former.0],
    )?;
    Ok(changed == 1)
}

/// The device whose journal this one's goes on from.
pub fn continued_by(db: &Connection, org: OrgId, id: DeviceId) -> Result<Option<DeviceId>, StoreError> {
    let mut statement = db.prepare_cached("SELECT continues FROM device WHERE org = ?1 AND id = ?2")?;
    let read = |row: &rusqlite::Row<'_>| row.get::<_, Option<[u8; 16]>>(0);
    Ok(statement.query_row(params![org.0, id.0], read).optional()?.flatten().map(DeviceId))
}

/// The device that an admin enrolled in the place of this one.
pub fn replaced_by(db: &Connection, org: OrgId, id: DeviceId) -> Result<Option<DeviceId>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT id FROM device WHERE org = ?1 AND replaces = ?2 ORDER BY enrolled_at DESC LIMIT 1",
    )?;
    Ok(statement.query_row(params![org.0, id.0], |row| Ok(DeviceId(row.get(0)?))).optional()?)
}

/// The name of the device whose journal goes on from that of this one.
pub fn name_of_heir(db: &Connection, org: OrgId, id: DeviceId) -> Result<Option<String>, StoreError> {
    let mut statement = db.prepare_cached("SELECT name FROM device WHERE org = ?1 AND continues = ?2")?;
    Ok(statement.query_row(params![org.0, id.0], |row| row.get(0)).optional()?)
}

/// Whether the journal of `device` is that of `author` or goes on from it, by however many devices between.
pub fn speaks_for(
    db: &Connection,
    org: OrgId,
    device: DeviceId,
    author: DeviceId,
) -> Result<bool, StoreError> {
    if device == author {
        return Ok(true);
    }
    let sql = format!("{OWN} SELECT 1 FROM own WHERE id = ?3");
    Ok(db.prepare_cached(&sql)?.exists(params![org.0, device.0, author.0])?)
}

/// A code to enrol one device.
#[derive(Debug, Clone)]
pub struct EnrolmentRow {
    /// What the device is to be called.
    pub name: Option<String>,
    /// The device in whose place it comes.
    pub replaces: Option<DeviceId>,
    /// Until when it is good.
    pub expires_at: UnixMillis,
    /// When it was used.
    pub used_at: Option<UnixMillis>,
    /// The device that used it.
    pub device: Option<DeviceId>,
}

/// Adds an enrolment code.
pub fn add_code(
    tx: &Tx<'_>,
    org: OrgId,
    hash: Digest32,
    (name, replaces): (Option<&str>, Option<DeviceId>),
    by: Option<PersonId>,
    expires_at: UnixMillis,
) -> Result<(), StoreError> {
    let replaces = replaces.map(|id| id.0);
    tx.execute(
        "INSERT INTO enrolment_code (hash, org, name, created_by, expires_at, replaces)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![hash.0, org.0, name, by.map(|id| id.0), expires_at.get(), replaces],
    )?;
    Ok(())
}

/// An enrolment code by its hash.
pub fn code(db: &Connection, org: OrgId, hash: Digest32) -> Result<Option<EnrolmentRow>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT name, expires_at, used_at, device, replaces FROM enrolment_code WHERE hash = ?1 AND org = ?2",
    )?;
    let read = |row: &Row<'_>| {
        Ok(EnrolmentRow {
            name: row.get(0)?,
            expires_at: sql::millis(row, 1)?,
            used_at: sql::optional_millis(row, 2)?,
            device: sql::optional_id(row, 3, DeviceId)?,
            replaces: sql::optional_id(row, 4, DeviceId)?,
        })
    };
    Ok(statement.query_row(params![hash.0, org.0], read).optional()?)
}

/// Marks an enrolment code as used by a device; false where it was used before.
pub fn use_code(
    tx: &Tx<'_>,
    org: OrgId,
    hash: Digest32,
    device: DeviceId,
    now: UnixMillis,
) -> Result<bool, StoreError> {
    let used = tx.execute(
        "UPDATE enrolment_code SET used_at = ?3, device = ?4 WHERE hash = ?1 AND org = ?2 AND used_at IS NULL",
        params![hash.0, org.0, now.get(), device.0],
    )?;
    Ok(used == 1)
}
