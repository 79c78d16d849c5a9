//! Guards' shifts.

use gatehouse_core::{
    id::{DeviceId, PersonId, ShiftId, SiteNumber},
    time::UnixMillis,
};
use rusqlite::{Connection, params};

use super::{OrgId, StoreError, Tx, device::OWN};

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
    /// Whether the guard can have been at the device: nobody else's word ends their other shifts.
    pub surely: bool,
}

/// Begins a shift, and ends any other of the guard where they began it surely: each has one at a time. A shift that is
/// known stays as it is.
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
    if added == 1 && shift.surely {
        tx.prepare_cached(
            "UPDATE shift SET ended_at = ?4, automatic = 1
             WHERE org = ?1 AND guard = ?2 AND id != ?3 AND ended_at IS NULL AND started_at <= ?4",
        )?
        .execute(params![org.0, shift.guard.0, shift.id.0, at.get()])?;
    }
    Ok(())
}

/// Whether a shift is one that a guard began on a device, or on one whose journal it goes on from.
pub fn is_of(
    db: &Connection,
    org: OrgId,
    id: ShiftId,
    guard: PersonId,
    device: DeviceId,
) -> Result<bool, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "{OWN} SELECT 1 FROM shift WHERE org = ?1 AND id = ?3 AND guard = ?4 AND (device IS NULL OR device IN own)"
    ))?;
    Ok(statement.exists(params![org.0, device.0, id.0, guard.0])?)
}

/// Notes that the phone was not shown to be at a shift's site when it began, although the site blocks that.
pub fn set_elsewhere(tx: &Tx<'_>, org: OrgId, id: ShiftId) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE shift SET elsewhere = 1 WHERE org = ?1 AND id = ?2")?
        .execute(params![org.0, id.0])?;
    Ok(())
}

/// Whether that was noted of a shift.
pub fn began_elsewhere(db: &Connection, org: OrgId, id: ShiftId) -> Result<bool, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT 1 FROM shift WHERE org = ?1 AND id = ?2 AND elsewhere = 1")?;
    Ok(statement.exists(params![org.0, id.0])?)
}

/// Ends a shift, not before it began. What its own device says of the end replaces what the server assumed.
pub fn end(tx: &Tx<'_>, org: OrgId, id: ShiftId, automatic: bool, at: UnixMillis) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE shift SET ended_at = max(?3, started_at), automatic = ?4
         WHERE org = ?1 AND id = ?2 AND (ended_at IS NULL OR automatic = 1)",
    )?
    .execute(params![org.0, id.0, at.get(), automatic])?;
    Ok(())
}

/// Whether a shift is known, and open.
pub fn is_open(db: &Connection, org: OrgId, id: ShiftId) -> Result<bool, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT 1 FROM shift WHERE org = ?1 AND id = ?2 AND ended_at IS NULL")?;
    Ok(statement.exists(params![org.0, id.0])?)
}
