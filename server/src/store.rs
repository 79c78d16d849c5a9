//! The database of one server: organisations, people, devices, journals and what is derived from them.
//!
//! One thread writes, and commits many callers' work together (`synchronous=FULL`); a caller has its answer only
//! after the commit. A few read-only connections serve everything else. The same file may be open in other processes
//! (the command line beside a running server), so every write is one short `BEGIN IMMEDIATE` transaction.
//!
//! A function that says nothing of its errors fails as the database does, and not otherwise.

pub mod account;
pub mod activity;
pub mod amendment;
pub mod audit;
pub mod ban;
pub mod certificate;
pub mod clock;
mod deadline;
pub mod device;
pub mod doubt;
pub mod erasure;
pub mod event;
pub mod event_name;
pub mod face;
pub mod facet;
mod files;
pub mod former_bar;
pub mod host;
pub mod invitation;
pub mod journal;
pub mod judgement;
pub mod keys;
pub mod link;
pub mod message;
mod migrate;
pub mod one_time_code;
pub mod organisation;
pub mod pack;
pub mod pass;
pub mod person;
pub mod photo;
pub mod policy;
mod prune;
mod reader;
pub mod session;
pub mod setting;
pub mod shift;
pub mod site;
mod sql;
pub mod stay;
pub mod usage;
mod writer;

use std::{
    fs::File,
    path::{Path, PathBuf},
    sync::Arc,
};

use gatehouse_core::{id::EntryId, time::UnixMillis};
use rusqlite::{Connection, ErrorCode};
use tokio::sync::{broadcast, watch};

pub use organisation::OrgId;
pub use writer::Tx;

use crate::{
    folder::{FolderError, make_private},
    secrets::{Master, SecretError},
};

/// Why the database did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite's own word.
    #[error("the database failed: {0}")]
    Sqlite(rusqlite::Error),
    /// There is no room for it.
    #[error("the server's disk is full or nearly so; try again once there is room")]
    DiskFull,
    /// Another server runs on that directory.
    #[error(
        "another Gatehouse server is running on {0}; stop that one first, or give this one a folder of its own"
    )]
    InUse(PathBuf),
    /// The directory is open to others, or cannot be closed to them.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A file beside the database.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// There is no server's data in that directory.
    #[error("there is no Gatehouse data in {0}; `gatehouse serve --data {0}` makes it")]
    NoData(PathBuf),
    /// A newer Gatehouse has been here.
    #[error(
        "the database has version {found}, this Gatehouse knows versions up to {known}; use a newer Gatehouse"
    )]
    NewerDatabase {
        /// The database's version.
        found: u32,
        /// The newest that this build knows.
        known: u32,
    },
    /// The database is there, its master key is not.
    #[error(
        "{0} is missing, and without it nothing in the database can be signed or read; restore it from a backup"
    )]
    MasterKeyMissing(PathBuf),
    /// The master key is not the one that the database was made with.
    #[error("{0} is not the key that this database was made with; restore the right one from a backup")]
    MasterKeyWrong(PathBuf),
    /// Another process holds the database for too long.
    #[error("the database is busy")]
    Busy,
    /// The writer has stopped, or its work was rolled back with that of others.
    #[error("the work was not committed; it may be tried again")]
    NotCommitted,
    /// A stored value that this code cannot have written.
    #[error("the database holds a {0} that cannot be read")]
    Corrupt(&'static str),
    /// Randomness or a sealed value.
    #[error(transparent)]
    Secret(#[from] SecretError),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ffi::ErrorCode::DiskFull) => Self::DiskFull,
            _ => Self::Sqlite(error),
        }
    }
}

impl StoreError {
    /// What became of a file beside the database.
    #[must_use]
    pub fn of_file(path: PathBuf, source: std::io::Error) -> Self {
        match source.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::File { path, source },
        }
    }

    /// Whether what was to be written goes against a rule of the tables' own.
    #[must_use]
    pub fn breaks_rule(&self) -> bool {
        matches!(self, Self::Sqlite(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation))
    }

    /// Whether the same call may work a little later.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Busy | Self::NotCommitted => true,
            // It took too long beside everything else, and was ended.
            Self::Sqlite(error) => error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted),
            _ => false,
        }
    }
}

/// Something that dashboards want to show at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Whose.
    pub org: OrgId,
    /// What.
    pub what: Changed,
}

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// An event is new, or something about it is.
    Activity(EntryId),
    /// Someone came in or left.
    OnSite,
}

/// Changes that a slow listener may be behind before it loses some and reads anew.
const CHANGES_KEPT: usize = 1024;

/// How often the log is tried to be emptied; each try waits for readers.
const EMPTY_TRIES: u32 = 3;

struct Inner {
    writer: writer::Writer,
    readers: reader::Readers,
    master: Master,
    dir: PathBuf,
    changes: broadcast::Sender<Change>,
    commits: watch::Sender<u64>,
    closed: Vec<PathBuf>,
}

/// A data directory that one server has, until this is dropped.
#[derive(Debug)]
pub struct Hold {
    _file: File,
    closed: Vec<PathBuf>,
}

impl Hold {
    /// What others on this machine could enter or read until now.
    #[must_use]
    pub fn closed(&self) -> &[PathBuf] {
        &self.closed
    }
}

/// An open database. Cheap to clone; every clone is the same database.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({})", self.0.dir.display())
    }
}

impl Store {
    /// Opens the data in `dir`, and makes it first where there is none.
    ///
    /// # Errors
    /// Whatever keeps the database from being opened whole: permissions, a missing or wrong master key, a newer
    /// version.
    pub fn create_or_open(dir: &Path) -> Result<Self, StoreError> {
        Self::open_in(dir)
    }

    /// Takes a data directory for the one server that may run on it, and makes it where there is none. Commands run
    /// beside a server, another server does not. The hold ends with what this gives, or with the process.
    ///
    /// # Errors
    /// [`StoreError::InUse`]; a directory that cannot be used.
    pub fn take(dir: &Path) -> Result<Hold, StoreError> {
        let closed = make_private(dir, files::DATABASE)?;
        Ok(Hold { _file: files::take(dir)?, closed })
    }

    /// Opens the data in `dir`, which must be there.
    ///
    /// # Errors
    /// As [`Self::create_or_open`], and [`StoreError::NoData`].
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        if !files::database(dir).is_file() {
            return Err(StoreError::NoData(dir.to_owned()));
        }
        Self::open_in(dir)
    }

    fn open_in(dir: &Path) -> Result<Self, StoreError> {
        let closed = make_private(dir, files::DATABASE)?;
        files::touch_database(dir)?;
        let mut connection = writer::connect(&files::database(dir))?;
        migrate::migrate(&mut connection)?;
        let master = files::master_key(dir, &connection)?;
        let (changes, _) = broadcast::channel(CHANGES_KEPT);
        let commits = watch::Sender::new(0);
        let writer = writer::Writer::start(connection, changes.clone(), commits.clone());
        let readers = reader::Readers::new(files::database(dir))?;
        Ok(Self(Arc::new(Inner { writer, readers, master, dir: dir.to_owned(), changes, commits, closed })))
    }

    /// Runs `work` in a transaction and answers once it is durable. Blocks: not for async code.
    ///
    /// An error from `work` undoes what it wrote, and only that.
    ///
    /// # Errors
    /// Those of `work`, and those of the commit.
    pub fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.0.writer.run(work)
    }

    /// Runs `work`, which finds a few rows by their keys, on one consistent view of the database: for gates and for
    /// whatever comes before a page. Blocks: not for async code.
    ///
    /// # Errors
    /// Those of `work`, and those of opening the view.
    pub fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&Connection) -> Result<T, E>,
        E: From<StoreError>,
    {
        self.0.readers.run(work)
    }

    /// The same for lists, searches and numbers that people look through. It waits its turn behind others of its kind
    /// and never before a gate, and is ended after a few seconds.
    ///
    /// # Errors
    /// Those of `work`, those of opening the view, and [`StoreError::Busy`] where too many wait.
    pub fn read_page<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&Connection) -> Result<T, E>,
        E: From<StoreError>,
    {
        self.0.readers.run_page(work)
    }

    /// Removes some of what is past its time at `now`; false where there may be more.
    pub fn prune(&self, now: UnixMillis) -> Result<bool, StoreError> {
        self.write(move |tx| prune::lapsed(tx, now))
    }

    /// Empties the database's log, where what was erased stands longest; rows are overwritten as they are deleted.
    /// False where it could not be emptied, since somebody was reading for too long.
    #[must_use]
    pub fn empty_log(&self) -> bool {
        let emptied = writer::connect(&files::database(&self.0.dir)).and_then(|connection| {
            for _ in 0..EMPTY_TRIES {
                let busy: bool =
                    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
                if !busy {
                    return Ok(true);
                }
            }
            Ok(false)
        });
        emptied.unwrap_or_else(|error| {
            tracing::warn!(%error, "the database's log could not be rid of what was erased");
            false
        })
    }

    /// Writes the database's file anew, so that nothing lingers between the rows. Blocks, and holds up every other
    /// writer meanwhile; false where that failed, which is told to whoever runs the server.
    #[must_use]
    pub fn compact(&self) -> bool {
        let compacted = writer::connect(&files::database(&self.0.dir))
            .and_then(|connection| Ok(connection.execute_batch("VACUUM")?));
        if let Err(error) = &compacted {
            tracing::warn!(%error, "free pages of the database could not be emptied; the next start tries again");
        }
        compacted.is_ok() && self.empty_log()
    }

    /// The keys that seal what the database holds.
    #[must_use]
    pub fn master(&self) -> &Master {
        &self.0.master
    }

    /// The directory of the data.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.0.dir
    }

    /// Everything that changes from now on, in this process and, while [`Self::watch`] runs, in others.
    #[must_use]
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.0.changes.subscribe()
    }

    /// Counts commits, of this process and, while [`Self::watch`] runs, of others.
    #[must_use]
    pub fn commits(&self) -> watch::Receiver<u64> {
        self.0.commits.subscribe()
    }

    /// What others on this machine could enter or read until the store was opened.
    #[must_use]
    pub fn closed(&self) -> &[PathBuf] {
        &self.0.closed
    }

    /// Starts to look, once a second, for what other processes commit. Ends with the store.
    ///
    /// # Errors
    /// A reader that cannot be opened.
    pub fn watch(&self) -> Result<(), StoreError> {
        reader::watch(&self.0)
    }
}
