//! Who signs in, across organisations: addresses, one-time codes and links.

use gatehouse_core::{
    id::{DeviceId, PersonId},
    role::Role,
    time::{Span, UnixMillis},
};
use rusqlite::{Connection, OptionalExtension, params};

use super::{OrgId, StoreError, Tx, sql};

/// The identity with this e-mail address, made if it is new.
///
/// # Errors
/// The database's.
pub fn identity(tx: &Tx<'_>, email: &str, now: UnixMillis) -> Result<i64, StoreError> {
    let id = tx.query_row(
        "INSERT INTO identity (email, created_at) VALUES (?1, ?2)
         ON CONFLICT (email) DO UPDATE SET email = excluded.email RETURNING id",
        params![email, now.get()],
        |row| row.get(0),
    )?;
    Ok(id)
}

/// The identity with this e-mail address.
///
/// # Errors
/// The database's.
pub fn find(db: &Connection, email: &str) -> Result<Option<i64>, StoreError> {
    let mut statement = db.prepare_cached("SELECT id FROM identity WHERE email = ?1")?;
    Ok(statement.query_row([email], |row| row.get(0)).optional()?)
}

/// Where an identity has a role, the highest first.
///
/// # Errors
/// The database's.
pub fn memberships(db: &Connection, identity: i64) -> Result<Vec<(OrgId, PersonId, Role)>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT org, person, role FROM membership WHERE identity = ?1 ORDER BY org")?;
    let rows = statement.query_map([identity], |row| {
        Ok((OrgId(row.get(0)?), PersonId(row.get(1)?), sql::word(row, 2, "role")?))
    })?;
    let mut memberships: Vec<(_, _, Role)> = rows.collect::<Result<_, _>>()?;
    memberships.sort_by_key(|(_, _, role)| std::cmp::Reverse(*role));
    Ok(memberships)
}

/// Notes that someone has signed in.
///
/// # Errors
/// The database's.
pub fn signed_in(tx: &Tx<'_>, org: OrgId, person: PersonId, now: UnixMillis) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE membership SET signed_in_at = ?3 WHERE org = ?1 AND person = ?2",
        params![org.0, person.0, now.get()],
    )?;
    Ok(())
}

/// Whether any admin can sign in by e-mail.
///
/// # Errors
/// The database's.
pub fn has_admin(db: &Connection, org: OrgId) -> Result<bool, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT 1 FROM membership m
         JOIN identity i ON i.id = m.identity
         JOIN person p ON p.org = m.org AND p.id = m.person
         WHERE m.org = ?1 AND m.role IN ('owner', 'admin') AND i.email IS NOT NULL
           AND p.access_enabled = 1 AND p.revoked_at IS NULL",
    )?;
    Ok(statement.exists([org.0])?)
}

/// A one-time code as stored.
#[derive(Debug, Clone)]
pub struct CodeRow {
    /// The keyed hash.
    pub mac: [u8; 32],
    /// Wrong tries so far.
    pub tries: u32,
    /// When it was sent.
    pub sent_at: UnixMillis,
    /// Until when it is good.
    pub expires_at: UnixMillis,
}

impl CodeRow {
    /// For how long it is good.
    #[must_use]
    pub const fn life(&self) -> Span {
        Span::between(self.sent_at, self.expires_at)
    }
}

/// What a code's device is called in the table; the empty one is none.
fn asker(device: Option<DeviceId>) -> Vec<u8> {
    device.map(|id| id.0.to_vec()).unwrap_or_default()
}

/// An identity's code: the one that was asked for on a device, or the one without a device.
///
/// # Errors
/// The database's.
pub fn code(db: &Connection, identity: i64, device: Option<DeviceId>) -> Result<Option<CodeRow>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT mac, tries, sent_at, expires_at FROM one_time_code WHERE identity = ?1 AND device = ?2",
    )?;
    let read = |row: &rusqlite::Row<'_>| {
        Ok(CodeRow {
            mac: row.get(0)?,
            tries: row.get(1)?,
            sent_at: sql::millis(row, 2)?,
            expires_at: sql::millis(row, 3)?,
        })
    };
    Ok(statement.query_row(params![identity, asker(device)], read).optional()?)
}

/// Replaces an identity's code: the one of a device, or the one without.
///
/// # Errors
/// The database's.
pub fn set_code(
    tx: &Tx<'_>,
    identity: i64,
    device: Option<DeviceId>,
    code: &CodeRow,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO one_time_code (identity, device, mac, tries, sent_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (identity, device) DO UPDATE SET mac = ?3, tries = ?4, sent_at = ?5, expires_at = ?6",
        params![identity, asker(device), code.mac, code.tries, code.sent_at.get(), code.expires_at.get()],
    )?;
    Ok(())
}

/// Takes all of an identity's codes away.
///
/// # Errors
/// The database's.
pub fn drop_code(tx: &Tx<'_>, identity: i64) -> Result<(), StoreError> {
    tx.execute("DELETE FROM one_time_code WHERE identity = ?1", [identity])?;
    Ok(())
}

/// Wrong tries of an identity, whichever code they were for, if the first of them was made within `since`.
///
/// # Errors
/// The database's.
pub fn tries(db: &Connection, identity: i64, since: (UnixMillis, UnixMillis)) -> Result<u32, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT tries FROM identity WHERE id = ?1 AND tries_since BETWEEN ?2 AND ?3")?;
    let within = params![identity, since.0.get(), since.1.get()];
    let found = statement.query_row(within, |row| row.get(0)).optional()?;
    Ok(found.unwrap_or(0))
}

/// Counts a wrong try against the code of a device and the one without, and against the account; tries whose first was
/// not made within `since` are forgotten. The account's tries bind only codes without a device.
///
/// # Errors
/// The database's.
pub fn count_try(
    tx: &Tx<'_>,
    identity: i64,
    device: Option<DeviceId>,
    since: (UnixMillis, UnixMillis),
    now: UnixMillis,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE one_time_code SET tries = tries + 1 WHERE identity = ?1 AND device IN (x'', ?2)",
        params![identity, asker(device)],
    )?;
    tx.execute(
        "UPDATE identity SET tries = CASE WHEN tries_since BETWEEN ?2 AND ?3 THEN tries + 1 ELSE 1 END,
             tries_since = CASE WHEN tries_since BETWEEN ?2 AND ?3 THEN min(tries_since, ?4) ELSE ?4 END
         WHERE id = ?1",
        params![identity, since.0.get(), since.1.get(), now.get()],
    )?;
    Ok(())
}

/// Writes something for a try at an address that nobody has, so that it costs what [`count_try`] does.
///
/// # Errors
/// The database's.
pub fn count_stray(tx: &Tx<'_>) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO setting (name, value) VALUES ('stray_try', randomblob(8))
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [],
    )?;
    Ok(())
}

/// Adds a link that signs a person in once.
///
/// # Errors
/// The database's.
pub fn add_link(
    tx: &Tx<'_>,
    org: OrgId,
    person: PersonId,
    hash: &[u8; 32],
    expires_at: UnixMillis,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO sign_in_link (hash, org, person, expires_at) VALUES (?1, ?2, ?3, ?4)",
        params![hash, org.0, person.0, expires_at.get()],
    )?;
    Ok(())
}

/// Whom a link would sign in, unless it was used; its end must lie within `ends`.
///
/// # Errors
/// The database's.
pub fn link(
    db: &Connection,
    hash: &[u8; 32],
    ends: (UnixMillis, UnixMillis),
) -> Result<Option<(OrgId, PersonId)>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT org, person FROM sign_in_link
         WHERE hash = ?1 AND used_at IS NULL AND expires_at BETWEEN ?2 AND ?3",
    )?;
    let read = |row: &rusqlite::Row<'_>| Ok((OrgId(row.get(0)?), PersonId(row.get(1)?)));
    Ok(statement.query_row(params![hash, ends.0.get(), ends.1.get()], read).optional()?)
}

/// Uses a link up.
///
/// # Errors
/// The database's.
pub fn use_link(tx: &Tx<'_>, hash: &[u8; 32], now: UnixMillis) -> Result<(), StoreError> {
    tx.execute("UPDATE sign_in_link SET used_at = ?2 WHERE hash = ?1", params![hash, now.get()])?;
    Ok(())
}
