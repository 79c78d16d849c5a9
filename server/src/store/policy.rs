//! What an organisation decided about its gates. What it left open has the server's default.

use std::num::NonZeroU32;

use rusqlite::{Connection, OptionalExtension, params};

use super::{OrgId, StoreError, Tx};

/// An organisation's own settings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Chosen {
    /// An expired pack denies.
    pub deny_expired_pack: Option<bool>,
    /// No pack denies.
    pub deny_absent_pack: Option<bool>,
    /// An expired key set denies.
    pub deny_expired_keys: Option<bool>,
    /// How long a scan waits for the server. Milliseconds.
    pub online_timeout_ms: Option<u32>,
    /// How long a shift runs before it ends by itself. Minutes.
    pub longest_shift_minutes: Option<NonZeroU32>,
    /// Until a phone should fetch the next gate pack. Seconds.
    pub next_update_s: Option<u64>,
    /// Until a gate pack counts as expired. Seconds.
    pub hard_expiry_s: Option<u64>,
    /// How far ahead a host's invitation may begin. Days.
    pub invitation_ahead_days: Option<u32>,
    /// How long it may be good for. Days.
    pub invitation_length_days: Option<u32>,
    /// How often it may be used.
    pub invitation_uses: Option<u32>,
    /// How many of a host's may be open at once.
    pub invitations_open: Option<u32>,
}

/// What an organisation has chosen.
///
/// # Errors
/// The database's.
pub fn get(db: &Connection, org: OrgId) -> Result<Chosen, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT deny_expired_pack, deny_absent_pack, deny_expired_keys, online_timeout_ms, longest_shift_minutes,
             next_update_s, hard_expiry_s, invitation_ahead_days, invitation_length_days, invitation_uses,
             invitations_open
         FROM policy WHERE org = ?1",
    )?;
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Chosen {
            deny_expired_pack: row.get(0)?,
            deny_absent_pack: row.get(1)?,
            deny_expired_keys: row.get(2)?,
            online_timeout_ms: row.get(3)?,
            longest_shift_minutes: row.get(4)?,
            next_update_s: row.get(5)?,
            hard_expiry_s: row.get(6)?,
            invitation_ahead_days: row.get(7)?,
            invitation_length_days: row.get(8)?,
            invitation_uses: row.get(9)?,
            invitations_open: row.get(10)?,
        })
    };
    Ok(statement.query_row([org.0], read).optional()?.unwrap_or_default())
}

/// Replaces what an organisation has chosen.
///
/// # Errors
/// The database's.
pub fn set(tx: &Tx<'_>, org: OrgId, chosen: &Chosen) -> Result<(), StoreError> {
    tx.execute(
        "INSERT OR REPLACE INTO policy (org, deny_expired_pack, deny_absent_pack, deny_expired_keys, online_timeout_ms,
             longest_shift_minutes, next_update_s, hard_expiry_s, invitation_ahead_days, invitation_length_days,
             invitation_uses, invitations_open)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        params![
            org.0,
            chosen.deny_expired_pack,
            chosen.deny_absent_pack,
            chosen.deny_expired_keys,
            chosen.online_timeout_ms,
            chosen.longest_shift_minutes,
            chosen.next_update_s,
            chosen.hard_expiry_s,
            chosen.invitation_ahead_days,
            chosen.invitation_length_days,
            chosen.invitation_uses,
            chosen.invitations_open
        ],
    )?;
    Ok(())
}
