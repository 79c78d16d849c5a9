//! Transactions. What a caller wrote is remembered until it commits, so that a full disk can be met by freeing the
//! reserve and writing the same once more, without the caller's knowing.

use std::{
    cell::{Cell, RefCell},
    path::Path,
    sync::MutexGuard,
};

use rusqlite::{CachedStatement, Connection, Params, Row, Statement};

use super::{
    Reserve, StoreError, damage,
    replace::log_of,
    reserve::{FOR_ENTRIES, RESERVE_BYTES},
};
use crate::device::{platform::files, vault::Vault};

/// The store while nobody else in this process uses it.
pub struct Access<'a> {
    pub(super) connection: MutexGuard<'a, Connection>,
    pub(super) vault: &'a Vault,
    pub(super) reserve: &'a Reserve,
    pub(super) folder: &'a Path,
}

impl Access<'_> {
    /// Starts a transaction that no other process can interleave with.
    pub fn write(&mut self) -> Result<Write<'_>, StoreError> {
        Write::begin(&self.connection, self.vault, self.reserve, 0)
    }

    /// The same for what can be fetched again: on a full disk it fails, and the reserve stays for the journal.
    pub fn write_spare(&mut self) -> Result<Write<'_>, StoreError> {
        Write::begin(&self.connection, self.vault, self.reserve, RESERVE_BYTES)
    }

    /// A number that changes when another process wrote.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        data_version(&self.connection)
    }

    /// Empties the write-ahead log into the database, so that nothing overwritten is left in it.
    pub fn truncate_log(&mut self) -> Result<(), StoreError> {
        let busy: bool =
            self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy { Err(StoreError::InUse) } else { Ok(()) }
    }
}

impl Drop for Access<'_> {
    fn drop(&mut self) {
        if damage::was_noted() {
            damage::mark(self.folder);
        }
    }
}

/// A transaction in progress. Dropped without [`Write::commit`], it never was.
pub struct Write<'a> {
    pub(super) sql: Recorded<'a>,
    pub(super) vault: &'a Vault,
}

impl<'a> Write<'a> {
    pub(super) fn begin(
        connection: &'a Connection,
        vault: &'a Vault,
        reserve: &'a Reserve,
        leave: u64,
    ) -> Result<Self, StoreError> {
        while let Err(error) = connection.execute_batch(BEGIN) {
            free_for(error.into(), reserve, leave)?;
        }
        let (version, leave) = (data_version(connection)?, Cell::new(leave));
        let sql = Recorded { connection, reserve, leave, version, statements: RefCell::default() };
        Ok(Self { sql, vault })
    }

    /// From here on the transaction leaves the last part of the reserve to entries, and what it takes to empty the log
    /// into the database with `bytes` more in it: a log that cannot be emptied grows with every entry.
    pub(super) fn leave_to_entries(&self, bytes: usize) {
        let log = self.sql.connection.path().map(|database| log_of(Path::new(database)));
        let log = log.map_or(0, |log| files::length(&log));
        let leave = FOR_ENTRIES + log + bytes as u64;
        self.sql.leave.set(self.sql.leave.get().max(leave));
    }

    /// What [`Access::data_version`] was at the start.
    pub const fn data_version(&self) -> i64 {
        self.sql.version
    }

    /// Makes everything since the start durable: when this returns, it is on the disk.
    pub fn commit(self) -> Result<(), StoreError> {
        while let Err(error) = self.sql.connection.execute_batch("COMMIT") {
            self.sql.free_for(error.into())?;
            self.sql.again()?;
        }
        Ok(())
    }
}

const BEGIN: &str = "BEGIN IMMEDIATE";

/// A connection within a transaction that remembers what is written.
pub struct Recorded<'a> {
    connection: &'a Connection,
    reserve: &'a Reserve,
    /// Bytes of the reserve that it must not use.
    leave: Cell<u64>,
    /// What [`data_version`] was at the start.
    version: i64,
    /// Each statement with its values in it.
    statements: RefCell<Vec<String>>,
}

impl Recorded<'_> {
    /// Writes. On a full disk the reserve is freed, and everything since the start is written once more.
    pub fn execute(&self, sql: &str, params: impl Params) -> Result<usize, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let outcome = statement.execute(params).map_err(StoreError::from);
        if let Ok(_) | Err(StoreError::Full) = &outcome {
            self.statements.borrow_mut().push(statement.expanded_sql().unwrap_or_default());
        }
        drop(statement);
        outcome.or_else(|error| {
            self.free_for(error)?;
            self.again()
        })
    }

    /// A statement that reads rows.
    pub fn prepare(&self, sql: &str) -> Result<Statement<'_>, StoreError> {
        Ok(self.connection.prepare(sql)?)
    }

    /// A statement that reads rows and is kept for the next time.
    pub fn prepare_cached(&self, sql: &str) -> Result<CachedStatement<'_>, StoreError> {
        Ok(self.connection.prepare_cached(sql)?)
    }

    /// Reads one row.
    pub fn query_row<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        self.connection.prepare_cached(sql)?.query_row(params, read)
    }

    /// Begins anew and writes everything once more; gives what the last statement changed. SQLite may have rolled the
    /// transaction back, so another process may have written since: then what was read at the start no longer holds,
    /// and the whole fails as full.
    fn again(&self) -> Result<usize, StoreError> {
        'begin: loop {
            self.roll_back();
            while let Err(error) = self.connection.execute_batch(BEGIN) {
                self.free_for(error.into())?;
            }
            if data_version(self.connection)? != self.version {
                return Err(StoreError::Full);
            }
            let mut changed = 0;
            for statement in self.statements.borrow().iter() {
                match self.connection.execute(statement, []) {
                    Ok(rows) => changed = rows,
                    Err(error) => {
                        self.free_for(error.into())?;
                        continue 'begin;
                    }
                }
            }
            return Ok(changed);
        }
    }

    fn free_for(&self, error: StoreError) -> Result<(), StoreError> {
        free_for(error, self.reserve, self.leave.get())
    }

    fn roll_back(&self) {
        if !self.connection.is_autocommit() {
            // It fails only where nothing is left to roll back.
            let _ = self.connection.execute_batch("ROLLBACK");
        }
    }
}

impl Drop for Recorded<'_> {
    fn drop(&mut self) {
        self.roll_back();
    }
}

/// Frees a piece of the reserve where the disk is full; gives any other error back, and this one when nothing is left.
fn free_for(error: StoreError, reserve: &Reserve, leave: u64) -> Result<(), StoreError> {
    if matches!(error, StoreError::Full) && reserve.free_piece(leave) { Ok(()) } else { Err(error) }
}

fn data_version(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.pragma_query_value(None, "data_version", |row| row.get(0))?)
}
