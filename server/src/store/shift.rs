//! Guards' shifts.

use gatehouse_core::{
    id::{DeviceId, PersonId, ShiftId, SiteNumber},
    time::UnixMillis,
};
use rusqlite::{Connection, params};

use super::{OrgId, StoreError, Tx};

/// A shift as it begins.
#[derive(Debug, Clone, Copy)]
pub struct NewShift {
    /// Which.
    pub id: ShiftId,
    /// Whose.
    pub guard: PersonId,
    /// On which device.
    pub device: Option<DeviceId>,
    /// Where.
    pub site: SiteNumber,
    /// Whether the guard is assigned there.
    pub assigned: bool,
}

/// Begins a shift and ends any other of the guard: each has one at a time. A shift that is known stays as it is.
///
/// # Errors
/// The database's.
pub fn begin(tx: &Tx<'_>, org: OrgId, shift: &NewShift, at: UnixMillis) -> Result<(), StoreError> {
    let added = tx
        .prepare_cached(
            "INSERT INTO shift (org, id, guard, device, site, started_at, assigned)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            org.0,
            shift.id.0,
            shift.guard.0,
            shift.device.map(|id| id.0),
            shift.site.get(),
            at.get(),
            shift.assigned
        ])?;
    if added == 1 {
        tx.prepare_cached(
            "UPDATE shift SET ended_at = ?4, automatic = 1
             WHERE org = ?1 AND guard = ?2 AND id != ?3 AND ended_at IS NULL AND started_at <= ?4",
        )?
        .execute(params![org.0, shift.guard.0, shift.id.0, at.get()])?;
    }
    Ok(())
}

/// Ends a shift. What its own device says of the end replaces what the server assumed.
///
/// # Errors
/// The database's.
pub fn end(tx: &Tx<'_>, org: OrgId, id: ShiftId, automatic: bool, at: UnixMillis) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE shift SET ended_at = ?3, automatic = ?4
         WHERE org = ?1 AND id = ?2 AND (ended_at IS NULL OR automatic = 1)",
    )?
    .execute(params![org.0, id.0, at.get(), automatic])?;
    Ok(())
}

/// Whether a shift is known, and open.
///
/// # Errors
/// The database's.
pub fn is_open(db: &Connection, org: OrgId, id: ShiftId) -> Result<bool, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT 1 FROM shift WHERE org = ?1 AND id = ?2 AND ended_at IS NULL")?;
    Ok(statement.exists(params![org.0, id.0])?)
}
