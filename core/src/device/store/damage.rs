//! Whether a database is whole, looked at before anything is read from it.

use std::{fs, path::Path};

use rusqlite::{Connection, config::DbConfig};

use super::{DATABASE, JOURNAL_KEY, StoreError, carve, migrate, salvage, wal::Log};
use crate::device::secrets::SecretStore;

/// A database up to this size (some 5000 entries) is checked at every opening: that takes 1 ms for each MB on a laptop
/// that has it in memory. A larger one is checked where it was not closed in order.
const CHECKED_ALWAYS: u64 = 8 << 20;

/// Whether the files in `folder` are damaged, or gone although something was kept there. Only for who is alone there.
pub fn is_damaged(folder: &Path, secrets: &dyn SecretStore) -> Result<bool, StoreError> {
    if salvage::is_unfinished(folder) {
        return Ok(true);
    }
    let database = folder.join(DATABASE);
    let length = database.metadata().map_or(0, |file| file.len());
    let log = fs::read(salvage::log_of(&database)).unwrap_or_default();
    if Log::read(&log, carve::page_size(&[])).damaged {
        return Ok(true);
    }
    // An enrolled station had a journal: an empty file in its place is a loss, and must not begin a new one unsaid.
    let kept_something = secrets.load(JOURNAL_KEY.to_owned())?.is_some();
    if length == 0 {
        return Ok(kept_something);
    }
    match check(&database, length <= CHECKED_ALWAYS || !log.is_empty()) {
        Ok(format) => Ok(format == 0 && kept_something),
        Err(StoreError::Damaged) => Ok(true),
        // Opening refuses it in its own words.
        Err(StoreError::Newer { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The database's format, if SQLite finds nothing wrong with it.
fn check(database: &Path, thoroughly: bool) -> Result<i64, StoreError> {
    let connection = Connection::open(database)?;
    // A damaged database must not be written to by its own check.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    let format = migrate::format(&connection)?;
    if thoroughly {
        let said: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if said != "ok" {
            return Err(StoreError::Damaged);
        }
    }
    Ok(format)
}
