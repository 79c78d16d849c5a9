//! Read-only connections, and the watch for what other processes commit.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, PoisonError, Weak},
    time::Duration,
};

use gatehouse_core::id::EntryId;
use rusqlite::{Connection, OpenFlags};

use super::{Change, Changed, Inner, OrgId, StoreError};

/// Connections that read at once.
const READERS: usize = 4;

struct Pool {
    idle: Vec<Connection>,
    opened: usize,
}

/// The read-only connections, opened as they are needed.
pub struct Readers {
    path: PathBuf,
    pool: Mutex<Pool>,
    returned: Condvar,
}

impl Readers {
    pub fn new(path: PathBuf) -> Self {
        Self { path, pool: Mutex::new(Pool { idle: Vec::new(), opened: 0 }), returned: Condvar::new() }
    }

    /// Runs `work` in a transaction that only reads.
    pub fn run<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&Connection) -> Result<T, E>,
        E: From<StoreError>,
    {
        let lent = Lent { readers: self, connection: Some(self.take()?) };
        let Some(connection) = &lent.connection else { return Err(StoreError::NotCommitted.into()) };
        let view = connection.unchecked_transaction().map_err(StoreError::from)?;
        work(&view)
    }

    fn take(&self) -> Result<Connection, StoreError> {
        let mut pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(connection) = pool.idle.pop() {
                return Ok(connection);
            }
            if pool.opened < READERS {
                let connection = connect(&self.path)?;
                pool.opened += 1;
                return Ok(connection);
            }
            pool = self.returned.wait(pool).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Gives the connection back, after a panic too.
struct Lent<'a> {
    readers: &'a Readers,
    connection: Option<Connection>,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let mut pool = self.readers.pool.lock().unwrap_or_else(PoisonError::into_inner);
        pool.idle.extend(self.connection.take());
        self.readers.returned.notify_one();
    }
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(connection)
}

/// Looks once a second whether another process has committed, and announces what it added.
pub fn watch(store: &Arc<Inner>) -> Result<(), StoreError> {
    let connection = connect(&super::files::database(&store.dir))?;
    let mut seen = Seen::read(&connection)?;
    let store = Arc::downgrade(store);
    let spawned = std::thread::Builder::new().name("gatehouse-watch".to_owned()).spawn(move || {
        loop {
            std::thread::sleep(Duration::from_secs(1));
            match look(&store, &connection, &mut seen) {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => tracing::warn!(%error, "looking for other processes' changes failed"),
            }
        }
    });
    spawned.map(|_| ()).map_err(|source| StoreError::File { path: PathBuf::from("thread"), source })
}

/// False when the store is gone.
fn look(store: &Weak<Inner>, connection: &Connection, seen: &mut Seen) -> Result<bool, StoreError> {
    let Some(store) = store.upgrade() else { return Ok(false) };
    let version: i64 = connection.query_row("PRAGMA data_version", [], |row| row.get(0))?;
    if version == seen.version {
        return Ok(true);
    }
    store.commits.send_modify(|count| *count = count.wrapping_add(1));
    let own = store.writer.own_events();
    let mut statement =
        connection.prepare_cached("SELECT no, org, id FROM event WHERE no > ?1 ORDER BY no")?;
    let rows = statement
        .query_map([seen.event], |row| Ok((row.get(0)?, OrgId(row.get(1)?), EntryId(row.get(2)?))))?;
    for row in rows {
        let (number, org, event) = row?;
        if !own.contain(event) {
            let _ = store.changes.send(Change { org, what: Changed::Activity(event) });
        }
        seen.event = number;
    }
    let mut statement =
        connection.prepare_cached("SELECT org, max(no) FROM stay WHERE no > ?1 GROUP BY org")?;
    let rows = statement.query_map([seen.stay], |row| Ok((OrgId(row.get(0)?), row.get::<_, i64>(1)?)))?;
    let mut last = seen.stay;
    for row in rows {
        let (org, number) = row?;
        let _ = store.changes.send(Change { org, what: Changed::OnSite });
        last = last.max(number);
    }
    // The version is from before the rows: whatever was committed since is looked at the next time.
    (seen.stay, seen.version) = (last, version);
    Ok(true)
}

struct Seen {
    version: i64,
    event: i64,
    stay: i64,
}

impl Seen {
    fn read(connection: &Connection) -> Result<Self, StoreError> {
        let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
        Ok(Self {
            version: number("PRAGMA data_version")?,
            event: number("SELECT coalesce(max(no), 0) FROM event")?,
            stay: number("SELECT coalesce(max(no), 0) FROM stay")?,
        })
    }
}
