//! The station's durable memory: one SQLite file, write-ahead log, every commit on the disk before it counts.

mod events;
mod journal;
mod settings;

use std::{
    fs,
    os::unix::fs::DirBuilderExt,
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use rusqlite::{Connection, Transaction, TransactionBehavior};

pub use events::{Event, NewEvent};
pub use journal::{NewPhoto, Outgoing};

use super::{
    secrets::SecretStore,
    vault::{Vault, random},
};

/// Why the store cannot be used. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No space is left.
    #[error("This device's storage is full. Free some space; nothing can be recorded until then.")]
    Full,
    /// The database or disk failed.
    #[error("This device's storage failed, and nothing was recorded ({0}).")]
    Database(rusqlite::Error),
    /// The folder cannot be made or used.
    #[error("The data folder can't be used: {0}")]
    Folder(#[from] std::io::Error),
    /// The database was written by a newer version.
    #[error("The data was written by a newer version of Gatehouse (format {found}).")]
    Newer {
        /// Its format.
        found: i64,
    },
    /// The secret store has no key for it, or another one.
    #[error("The data on this device belongs to another secret store. It was not touched.")]
    WrongKey,
    /// The secret store failed.
    #[error(transparent)]
    Secrets(#[from] super::SecretError),
    /// No randomness.
    #[error("the operating system gives no randomness: {0}")]
    Random(#[from] getrandom::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        // Without room for its index, SQLite reports an I/O error of its own instead of a full disk.
        let no_room_for_index = error
            .sqlite_error()
            .is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE);
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            _ if no_room_for_index => Self::Full,
            _ => Self::Database(error),
        }
    }
}

impl StoreError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Full => "storage_full",
            Self::Database(_) | Self::Folder(_) => "storage_failed",
            Self::Newer { .. } => "storage_newer",
            Self::WrongKey => "storage_wrong_key",
            Self::Secrets(_) => "secret_store",
            Self::Random(_) => "no_randomness",
        }
    }
}

const FORMAT: i64 = 1;
const STORE_KEY: &str = "store-key";

/// An open store. Any number of processes may have one open on the same folder.
#[derive(Debug)]
pub struct Store {
    connection: Mutex<Connection>,
    vault: Vault,
}

/// A transaction in progress. Dropped without [`Write::commit`], it never was.
pub struct Write<'a> {
    pub(super) sql: Transaction<'a>,
    pub(super) vault: &'a Vault,
}

impl Write<'_> {
    /// Makes everything since the start durable: when this returns, it is on the disk.
    pub fn commit(self) -> Result<(), StoreError> {
        Ok(self.sql.commit()?)
    }
}

/// The store while nobody else in this process uses it.
pub struct Access<'a> {
    connection: MutexGuard<'a, Connection>,
    vault: &'a Vault,
}

impl Access<'_> {
    /// Starts a transaction that no other process can interleave with.
    pub fn write(&mut self) -> Result<Write<'_>, StoreError> {
        let sql = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        Ok(Write { sql, vault: self.vault })
    }

    /// A number that changes when another process wrote.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        Ok(self.connection.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }
}

impl Store {
    /// Opens or makes the store in `folder`, with its key from the secret store.
    pub fn open(folder: &Path, secrets: &dyn SecretStore) -> Result<Self, StoreError> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let mut connection = Connection::open(folder.join("station.db"))?;
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", synchronous())?;
        connection.pragma_update(None, "foreign_keys", true)?;
        let vault = Self::prepare(&mut connection, secrets)?;
        Ok(Self { connection: Mutex::new(connection), vault })
    }

    /// Takes the store. A panic elsewhere leaves no half-done transaction behind, so a poisoned lock is as good.
    pub fn access(&self) -> Access<'_> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        Access { connection, vault: &self.vault }
    }

    /// Brings the tables up to date and finds the key, or makes one where nothing was ever sealed. All in one
    /// transaction: another process that opens the same new folder waits, and then finds this one's key.
    fn prepare(connection: &mut Connection, secrets: &dyn SecretStore) -> Result<Vault, StoreError> {
        const CHECK: &str = "check";
        let sql = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found: i64 = sql.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if found > FORMAT {
            return Err(StoreError::Newer { found });
        }
        if found == 0 {
            sql.execute_batch(include_str!("store/0001_station.sql"))?;
            sql.pragma_update(None, "user_version", FORMAT)?;
        }
        let sealed: bool = sql.query_row("SELECT EXISTS (SELECT 1 FROM setting)", [], |row| row.get(0))?;
        let key = match secrets.load(STORE_KEY.to_owned())? {
            Some(key) => key.try_into().map_err(|_| StoreError::WrongKey)?,
            None if sealed => return Err(StoreError::WrongKey),
            None => {
                let key = random::<32>()?;
                secrets.store(STORE_KEY.to_owned(), key.to_vec())?;
                key
            }
        };
        let vault = Vault::new(key);
        let write = Write { sql, vault: &vault };
        if sealed {
            // Another key must be refused before anything is written under it.
            write.setting_bytes(CHECK)?.ok_or(StoreError::WrongKey)?;
        } else {
            write.put_setting_bytes(CHECK, b"gatehouse")?;
        }
        write.commit()?;
        Ok(vault)
    }
}

/// Every commit reaches the disk. Tests show that they would notice if it did not.
fn synchronous() -> &'static str {
    #[cfg(feature = "faults")]
    if super::faults::careless_commits() {
        return "OFF";
    }
    "FULL"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_called_so_however_sqlite_puts_it() {
        let failure = |code| rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
        for full in [rusqlite::ffi::SQLITE_FULL, rusqlite::ffi::SQLITE_IOERR_SHMSIZE] {
            assert_eq!(StoreError::from(failure(full)).code(), "storage_full");
        }
        assert_eq!(StoreError::from(failure(rusqlite::ffi::SQLITE_IOERR_FSYNC)).code(), "storage_failed");
    }
}
