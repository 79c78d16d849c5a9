//! Whether a database is whole, looked at before anything is read from it.

use std::{cell::Cell, path::Path};

use rusqlite::{Connection, config::DbConfig};

use super::{DATABASE, JOURNAL_KEY, StoreError, carve, migrate, replace, wal::Log};
use crate::device::{
    platform::{self, files},
    secrets::SecretStore,
};

/// A database up to this size (some 5000 entries) is checked at every opening: that takes 1 ms for each MB on a laptop
/// that has it in memory. A larger one is checked where it was not closed in order, or where damage was met in it.
const CHECKED_ALWAYS: u64 = 8 << 20;
/// Lies beside a database in which damage was met while it was in use.
const MARK: &str = "suspect";

/// How closely a database is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    /// Whether it opens at all.
    Opens,
    /// Every page.
    Pages,
    /// Every page, and the indexes against their tables.
    Whole,
}

thread_local! {
    /// SQLite's errors do not say of which database they are; whoever has it in use on this thread knows.
    static MET: Cell<bool> = const { Cell::new(false) };
}

/// Notes that SQLite called a database damaged.
pub fn note() {
    MET.set(true);
}

/// Whether damage was met on this thread since this was asked last.
pub fn was_noted() -> bool {
    MET.take()
}

/// Has the next opening look at every page. A mark that cannot be made changes nothing of what the caller is told.
pub fn mark(folder: &Path) {
    let _ = files::write(&folder.join(MARK), &[]);
}

/// The database was looked at: it is whole, or another one is in its place.
pub fn unmark(folder: &Path) -> Result<(), StoreError> {
    Ok(files::remove(&folder.join(MARK))?)
}

/// Whether the files in `folder` are damaged, or gone although something was kept there. Only for who is alone there.
pub fn is_damaged(folder: &Path, secrets: &dyn SecretStore) -> Result<bool, StoreError> {
    if replace::is_unfinished(folder) {
        return Ok(true);
    }
    let database = folder.join(DATABASE);
    let length = files::length(&database);
    let log = files::read(&replace::log_of(&database)).unwrap_or_default();
    if Log::read(&log, carve::page_size(&[])).damaged {
        return Ok(true);
    }
    // An enrolled station had a journal: an empty file in its place is a loss, and must not begin a new one unsaid.
    let kept_something = secrets.load(JOURNAL_KEY.to_owned())?.is_some();
    if length == 0 {
        return Ok(kept_something);
    }
    let look = match length {
        _ if files::exists(&folder.join(MARK)) => Look::Whole,
        ..=CHECKED_ALWAYS => Look::Pages,
        _ if !log.is_empty() => Look::Pages,
        _ => Look::Opens,
    };
    match check(&database, look) {
        Ok(format) => Ok(format == 0 && kept_something),
        Err(StoreError::Damaged) => Ok(true),
        // Opening refuses it in its own words.
        Err(StoreError::Newer { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The database's format, if SQLite finds nothing wrong with it.
fn check(database: &Path, look: Look) -> Result<i64, StoreError> {
    let connection = Connection::open(database)?;
    // A damaged database must not be written to by its own check.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    platform::before_use(&connection)?;
    let format = migrate::format(&connection)?;
    let pragma = match look {
        Look::Opens => return Ok(format),
        Look::Pages => "PRAGMA quick_check(1)",
        Look::Whole => "PRAGMA integrity_check(1)",
    };
    let said: String = connection.query_row(pragma, [], |row| row.get(0))?;
    if said != "ok" {
        return Err(StoreError::Damaged);
    }
    Ok(format)
}
