//! One-time codes and wrong tries. Addresses that nobody has have their rows too, so that a sign-in costs the same
//! reads and writes whomever it is for.

use gatehouse_core::{
    id::DeviceId,
    time::{Span, UnixMillis},
};
use rusqlite::{Connection, OptionalExtension, params};

use super::{StoreError, Tx, sql};

/// Whose codes and tries: an identity's, or those of an address that signs nobody in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account(i64);

/// Rows for the codes of addresses that nobody has. They share them, so that asking for many does not fill the disk.
const STRAY_CODES: i64 = 1 << 16;

impl Account {
    /// An identity's.
    #[must_use]
    pub const fn of(identity: i64) -> Self {
        Self(identity)
    }

    /// That of an address that nobody has, by its keyed hash.
    #[must_use]
    pub const fn stray(hash: [u8; 8]) -> Self {
        Self(i64::from_be_bytes(hash) | i64::MIN)
    }

    /// The number that codes are bound to.
    #[must_use]
    pub const fn number(self) -> i64 {
        if self.0 < 0 { (self.0 & (STRAY_CODES - 1)) | i64::MIN } else { self.0 }
    }
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

/// An account's code: the one that was asked for on a device, or the one without a device.
pub fn get(
    db: &Connection,
    account: Account,
    device: Option<DeviceId>,
) -> Result<Option<CodeRow>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT mac, tries, sent_at, expires_at FROM one_time_code WHERE account = ?1 AND device = ?2",
    )?;
    let read = |row: &rusqlite::Row<'_>| {
        Ok(CodeRow {
            mac: row.get(0)?,
            tries: row.get(1)?,
            sent_at: sql::millis(row, 2)?,
            expires_at: sql::millis(row, 3)?,
        })
    };
    Ok(statement.query_row(params![account.number(), asker(device)], read).optional()?)
}

/// Replaces an account's code: the one of a device, or the one without. Codes that have lapsed are cleared away.
pub fn set(
    tx: &Tx<'_>,
    account: Account,
    device: Option<DeviceId>,
    code: &CodeRow,
) -> Result<(), StoreError> {
    tx.execute("DELETE FROM one_time_code WHERE expires_at <= ?1", [code.sent_at.get()])?;
    tx.execute(
        "INSERT INTO one_time_code (account, device, mac, tries, sent_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (account, device) DO UPDATE SET mac = ?3, tries = ?4, sent_at = ?5, expires_at = ?6",
        params![
            account.number(),
            asker(device),
            code.mac,
            code.tries,
            code.sent_at.get(),
            code.expires_at.get()
        ],
    )?;
    Ok(())
}

/// Takes an account's codes and wrong tries away: its owner has signed in.
pub fn forget(tx: &Tx<'_>, account: Account, device: Option<DeviceId>) -> Result<(), StoreError> {
    tx.execute("DELETE FROM one_time_code WHERE account = ?1", [account.number()])?;
    tx.execute(
        "DELETE FROM sign_in_try WHERE account = ?1 AND device = ?2",
        params![account.0, asker(device)],
    )?;
    Ok(())
}

/// Takes an identity's codes away, so that none of them signs anybody in.
pub fn drop_all(tx: &Tx<'_>, identity: i64) -> Result<(), StoreError> {
    tx.execute("DELETE FROM one_time_code WHERE account = ?1", [identity])?;
    Ok(())
}

/// When the wrong tries of an account on a device, or of all without one, will be forgotten.
pub fn tries_forgotten_at(
    db: &Connection,
    account: Account,
    device: Option<DeviceId>,
) -> Result<UnixMillis, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT forgotten_at FROM sign_in_try WHERE account = ?1 AND device = ?2")?;
    let read = |row: &rusqlite::Row<'_>| sql::millis(row, 0);
    let found = statement.query_row(params![account.0, asker(device)], read).optional()?;
    Ok(found.unwrap_or_default())
}

/// Counts a wrong try against the code of a device and the one without, and notes when it will be forgotten. Tries
/// that were forgotten by `now` are cleared away.
pub fn count_try(
    tx: &Tx<'_>,
    account: Account,
    device: Option<DeviceId>,
    forgotten_at: UnixMillis,
    now: UnixMillis,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE one_time_code SET tries = tries + 1 WHERE account = ?1 AND device IN (x'', ?2)",
        params![account.number(), asker(device)],
    )?;
    tx.execute("DELETE FROM sign_in_try WHERE forgotten_at <= ?1", [now.get()])?;
    tx.execute(
        "INSERT INTO sign_in_try (account, device, forgotten_at) VALUES (?1, ?2, ?3)
         ON CONFLICT (account, device) DO UPDATE SET forgotten_at = excluded.forgotten_at",
        params![account.0, asker(device), forgotten_at.get()],
    )?;
    Ok(())
}
