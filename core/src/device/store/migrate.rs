//! Bringing a database forward: a backup first, then all steps in one transaction, so that a crash leaves the old
//! format as it was.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::StoreError;
use crate::device::platform::files;

/// What brings a database from the format before to its own, from 1 on. None is edited once released.
const STEPS: [&str; 6] = [
    include_str!("0001_station.sql"),
    include_str!("0002_setting_aside.sql"),
    include_str!("0003_faces.sql"),
    include_str!("0004_what_is_asked_often.sql"),
    include_str!("0005_judgements.sql"),
    include_str!("0006_unseen.sql"),
];

/// The format that this version writes.
pub const FORMAT: i64 = STEPS.len() as i64;

/// The format of an open database; 0 where it has no tables yet.
///
/// # Errors
/// [`StoreError::Newer`] for one that this version does not know.
pub fn format(connection: &Connection) -> Result<i64, StoreError> {
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if (0..=FORMAT).contains(&found) { Ok(found) } else { Err(StoreError::Newer { found }) }
}

/// Whether a database of this format holds data in an older one.
pub const fn is_old(format: i64) -> bool {
    format > 0 && format < FORMAT
}

/// Takes every step from `found` on, within the transaction that is open.
pub fn step_up(connection: &Connection, found: i64) -> Result<(), StoreError> {
    for step in STEPS.iter().skip(usize::try_from(found).unwrap_or(STEPS.len())) {
        connection.execute_batch(step)?;
    }
    if found < FORMAT {
        connection.pragma_update(None, "user_version", FORMAT)?;
    }
    Ok(())
}

/// Copies an open database whole to `station.db.before-N`, N being the format that it is brought to. A copy cut short
/// never bears that name.
pub fn back_up(connection: &Connection, folder: &Path) -> Result<(), StoreError> {
    let backup = backup_of(folder, FORMAT);
    let unfinished = folder.join("station.db.before.new");
    files::remove(&unfinished)?;
    connection.execute("VACUUM INTO ?1", [unfinished.to_string_lossy()])?;
    files::sync(&unfinished)?;
    files::rename(&unfinished, &backup)?;
    Ok(files::sync(folder)?)
}

/// Removes the backups that migrations left.
pub fn remove_backups(folder: &Path) -> Result<(), StoreError> {
    for format in 1..=FORMAT {
        files::remove(&backup_of(folder, format))?;
    }
    Ok(())
}

fn backup_of(folder: &Path, format: i64) -> PathBuf {
    folder.join(format!("station.db.before-{format}"))
}
