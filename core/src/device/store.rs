//! The station's durable memory: one SQLite file, write-ahead log, every commit on the disk before it counts.
//!
//! Beside `station.db` lie its log, `reserve` (space for a full disk), `lock` (who has it open), now and then
//! `station.db.before-N` (a backup from before a migration), `station.db.corrupt-*` (a damaged database, whole) and
//! `suspect` (damage was met: the next opening looks at every page).

mod carve;
mod damage;
mod erase;
mod events;
mod faces;
mod journal;
mod migrate;
mod photos;
mod replace;
mod reserve;
mod salvage;
mod settings;
#[cfg(test)]
mod tests;
mod wal;
mod write;

use std::{
    fmt, io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use rusqlite::{Connection, config::DbConfig};

#[cfg(feature = "faults")]
pub use carve::{ReadDamaged, read_damaged};
pub use erase::StoredEntry;
pub use events::{Event, NewEvent, NewJudgement};
pub use journal::{FORKED, OTHER_ORGANISATION, Outgoing};
pub use photos::{NewPhoto, OutgoingPhoto};
pub use salvage::Salvaged;
pub use settings::{ENROLMENT, MUST_ENROL_ANEW, NOT_KNOWN_THERE, SALVAGED};
pub use write::{Access, Write};

use reserve::Reserve;

use super::{
    platform::{self, Lock, files},
    secrets::SecretStore,
    vault::{RandomError, Vault, random},
};
use crate::{time::UnixMillis, words::Language};

/// Why the store cannot be used. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No space is left.
    Full,
    /// The database or disk failed.
    Database(rusqlite::Error),
    /// The database turned out to be damaged while it was in use.
    Damaged,
    /// Another process has the store open, and what is to be done needs it alone.
    InUse,
    /// The folder cannot be made or used.
    Folder(io::Error),
    /// The database was written by a newer version.
    Newer {
        /// Its format.
        found: i64,
    },
    /// The secret store has no key for it, or another one.
    WrongKey,
    /// The secret store failed.
    Secrets(#[from] super::SecretError),
    /// No randomness.
    Random(#[from] RandomError),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Language::English.say(&self.phrase()))
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        // Without room for its index, SQLite reports an I/O error of its own instead of a full disk.
        let no_room_for_index = error
            .sqlite_error()
            .is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE);
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase) => {
                damage::note();
                Self::Damaged
            }
            _ if no_room_for_index => Self::Full,
            _ => Self::Database(error),
        }
    }
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Folder(error),
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
            Self::Damaged => "storage_damaged",
            Self::InUse => "storage_in_use",
            Self::Newer { .. } => "storage_newer",
            Self::WrongKey => "storage_wrong_key",
            Self::Secrets(_) => "secret_store",
            Self::Random(_) => "no_randomness",
        }
    }
}

const STORE_KEY: &str = "store-key";
/// Kept in the secret store from the first enrolment on: a store without data beside it has lost it.
pub const JOURNAL_KEY: &str = "journal-key";
/// A setting that opens under the right key only.
const CHECK: (&str, &[u8]) = ("check", b"gatehouse");
/// The log is emptied into the database once it holds this many pages (1 MB), and cut to twice that: it must leave
/// the reserve to the journal.
const LOG_PAGES: u32 = 256;
const LOG_BYTES: u32 = 2 << 20;

/// Closes a folder that others on the machine can enter, where it is ours: empty, or with the database in it.
fn close_to_others(folder: &Path) -> Result<(), StoreError> {
    let ours =
        || Ok::<_, io::Error>(files::exists(&folder.join(DATABASE)) || files::names(folder)?.is_empty());
    if files::is_open_to_others(folder)? && ours()? {
        files::close_to_others(folder)?;
    }
    Ok(())
}

/// An open store. Any number of processes may have one open on the same folder.
#[derive(Debug)]
pub struct Store {
    connection: Mutex<Connection>,
    vault: Vault,
    reserve: Reserve,
    folder: PathBuf,
    /// Whether this opening brought the database forward.
    migrated: bool,
    _lock: Lock,
}

impl Store {
    /// Opens or makes the store in `folder`, with its key from the secret store. A database of an older format is
    /// backed up and brought forward; one that is damaged is set aside whole, and what can be read goes on.
    pub fn open(folder: &Path, secrets: &dyn SecretStore, now: UnixMillis) -> Result<Self, StoreError> {
        files::make_folder(folder)?;
        close_to_others(folder)?;
        let reserve = Reserve::of(folder);
        loop {
            match Self::open_with(folder, secrets, now, Reserve::of(folder)) {
                // Even opening takes a little space.
                Err(StoreError::Full) if reserve.free_piece(0) => {}
                outcome => return outcome,
            }
        }
    }

    fn open_with(
        folder: &Path,
        secrets: &dyn SecretStore,
        now: UnixMillis,
        reserve: Reserve,
    ) -> Result<Self, StoreError> {
        let mut lock = Lock::take(folder)?;
        // Only who is alone may look at the files as they lie, and move them.
        let alone = lock.is_alone();
        if alone && damage::is_damaged(folder, secrets)? {
            salvage::salvage(folder, secrets, now)?;
        }
        let (connection, vault, migrated) = match Self::connect(folder, secrets) {
            // A large one is not looked at whole every time, so only its use may show it.
            Err(StoreError::Damaged) if alone => {
                salvage::salvage(folder, secrets, now)?;
                Self::connect(folder, secrets)?
            }
            connected => connected?,
        };
        if alone {
            damage::unmark(folder)?;
        }
        lock.share()?;
        reserve.renew();
        let folder = folder.to_owned();
        Ok(Self { connection: Mutex::new(connection), vault, reserve, folder, migrated, _lock: lock })
    }

    /// Opens the database and brings it forward; says whether there was anything to bring.
    fn connect(folder: &Path, secrets: &dyn SecretStore) -> Result<(Connection, Vault, bool), StoreError> {
        let mut connection = Connection::open(folder.join(DATABASE))?;
        // Until it has proved whole, closing it must not write to it.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        platform::before_use(&connection)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", synchronous())?;
        connection.pragma_update(None, "foreign_keys", true)?;
        // What is erased is overwritten.
        connection.pragma_update(None, "secure_delete", true)?;
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES)?;
        connection.pragma_update(None, "journal_size_limit", LOG_BYTES)?;
        connection.set_prepared_statement_cache_capacity(64);
        let migrated = migrate::is_old(migrate::format(&connection)?);
        if migrated {
            migrate::back_up(&connection, folder)?;
        }
        let vault = Self::prepare(&mut connection, secrets)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        Ok((connection, vault, migrated))
    }

    /// Takes the store. A panic elsewhere leaves no half-done transaction behind, so a poisoned lock is as good.
    pub fn access(&self) -> Access<'_> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        // What was met before was another's.
        let _ = damage::was_noted();
        Access { connection, vault: &self.vault, reserve: &self.reserve, folder: &self.folder }
    }

    /// Whether the disk was full and the reserve is not whole again.
    pub fn is_low(&self) -> bool {
        self.reserve.is_low()
    }

    /// After everything was sent: makes the reserve whole where there is room again, and removes the backup of a
    /// migration once the migrated database was closed, opened and has synchronised.
    pub fn settle(&self) -> Result<(), StoreError> {
        self.reserve.renew();
        if self.migrated { Ok(()) } else { migrate::remove_backups(&self.folder) }
    }

    /// Names of the files beside the database that may hold what was erased in it: a backup, damaged databases.
    pub fn files_set_aside(&self) -> Result<Vec<String>, StoreError> {
        let mut names = files::names(&self.folder)?;
        names.retain(|name| name.starts_with("station.db."));
        names.sort();
        Ok(names)
    }

    /// Brings the tables up to date and finds the key, or makes one where nothing was ever sealed. All in one
    /// transaction: another process that opens the same new folder waits, and then finds this one's key.
    fn prepare(connection: &mut Connection, secrets: &dyn SecretStore) -> Result<Vault, StoreError> {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        let vault = Self::prepare_within(connection, secrets);
        connection.execute_batch(if vault.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        vault
    }

    fn prepare_within(connection: &Connection, secrets: &dyn SecretStore) -> Result<Vault, StoreError> {
        migrate::step_up(connection, migrate::format(connection)?)?;
        let (check, word) = CHECK;
        let sealed: bool =
            connection.query_row("SELECT EXISTS (SELECT 1 FROM setting)", [], |row| row.get(0))?;
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
        if sealed {
            // Another key must be refused before anything is written under it.
            let kept: Vec<u8> =
                connection
                    .query_row("SELECT sealed FROM setting WHERE name = ?1", [check], |row| row.get(0))?;
            vault.open(check, &kept).ok_or(StoreError::WrongKey)?;
        } else {
            let sealed = vault.seal(check, random()?, word);
            connection.execute("INSERT INTO setting (name, sealed) VALUES (?1, ?2)", (check, sealed))?;
        }
        Ok(vault)
    }
}

const DATABASE: &str = "station.db";
/// The name of its log.
pub const LOG: &str = "station.db-wal";

/// Every commit reaches the disk. Tests show that they would notice if it did not.
fn synchronous() -> &'static str {
    #[cfg(feature = "faults")]
    if super::faults::careless_commits() {
        return "OFF";
    }
    "FULL"
}
