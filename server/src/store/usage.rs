//! How much each device has sent, by day.

use gatehouse_core::id::DeviceId;
use rusqlite::{Connection, params};

use super::{OrgId, StoreError, Tx};

/// What a device sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Usage {
    /// Entries.
    pub entries: u64,
    /// Their bytes.
    pub entry_bytes: u64,
    /// Bytes of photos.
    pub photo_bytes: u64,
}

impl Usage {
    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            entries: self.entries.saturating_add(other.entries),
            entry_bytes: self.entry_bytes.saturating_add(other.entry_bytes),
            photo_bytes: self.photo_bytes.saturating_add(other.photo_bytes),
        }
    }
}

/// What a device sent on a day, and in all.
pub fn of(db: &Connection, org: OrgId, device: DeviceId, day: u64) -> Result<(Usage, Usage), StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT day, entries, entry_bytes, photo_bytes FROM device_usage WHERE org = ?1 AND device = ?2",
    )?;
    let mut rows = statement.query(params![org.0, device.0])?;
    let (mut today, mut all) = (Usage::default(), Usage::default());
    while let Some(row) = rows.next()? {
        let usage = Usage { entries: row.get(1)?, entry_bytes: row.get(2)?, photo_bytes: row.get(3)? };
        if row.get::<_, u64>(0)? == day {
            today = usage;
        }
        all = all.plus(usage);
    }
    Ok((today, all))
}

/// Adds to what a device sent on a day. Days of long ago are kept as one.
pub fn add(tx: &Tx<'_>, org: OrgId, device: DeviceId, day: u64, more: Usage) -> Result<(), StoreError> {
    /// Days that are kept apart.
    const APART: u64 = 32;
    let mut statement = tx.prepare_cached(
        "INSERT INTO device_usage (org, device, day, entries, entry_bytes, photo_bytes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (org, device, day) DO UPDATE SET entries = entries + excluded.entries,
             entry_bytes = entry_bytes + excluded.entry_bytes, photo_bytes = photo_bytes + excluded.photo_bytes",
    )?;
    let mut write = |day: u64, usage: Usage| {
        statement.execute(params![org.0, device.0, day, usage.entries, usage.entry_bytes, usage.photo_bytes])
    };
    write(day, more)?;
    let mut old = tx.prepare_cached(
        "DELETE FROM device_usage WHERE org = ?1 AND device = ?2 AND day > 0 AND day < ?3
         RETURNING entries, entry_bytes, photo_bytes",
    )?;
    let mut rows = old.query(params![org.0, device.0, day.saturating_sub(APART)])?;
    let mut gathered = Usage::default();
    while let Some(row) = rows.next()? {
        gathered =
            gathered.plus(Usage { entries: row.get(0)?, entry_bytes: row.get(1)?, photo_bytes: row.get(2)? });
    }
    if gathered != Usage::default() {
        write(0, gathered)?;
    }
    Ok(())
}
