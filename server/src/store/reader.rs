//! Read-only connections, and the watch for what other processes commit.
//!
//! Gates and pages have connections of their own: however much people look through, no scan waits for a page. A page
//! that takes too long is ended, so that none keeps a connection for itself.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, PoisonError, Weak},
    time::{Duration, Instant},
};

use gatehouse_core::id::EntryId;
use rusqlite::{Connection, OpenFlags};

use super::{Change, Changed, Inner, OrgId, StoreError, deadline::Deadlines};

/// Connections that serve gates at once: their reads are short.
const FOR_GATES: usize = 4;
/// Connections that serve pages at once: as many as there are processors, within these.
const FEWEST_FOR_PAGES: usize = 2;
const MOST_FOR_PAGES: usize = 4;
/// Pages that may wait for a connection; the next one is told to come again.
const MOST_WAITING_PAGES: usize = 64;
/// How long a page waits for its connection, and how long it may then keep it.
const PAGE_WAITS: Duration = Duration::from_secs(5);
const PAGE_TAKES: Duration = Duration::from_secs(5);

/// Connections of one kind, opened as they are needed.
struct Pool {
    path: PathBuf,
    most: usize,
    state: Mutex<State>,
    returned: Condvar,
}

#[derive(Default)]
struct State {
    idle: Vec<Connection>,
    opened: usize,
    waiting: usize,
}

impl Pool {
    fn new(path: PathBuf, most: usize) -> Self {
        Self { path, most, state: Mutex::default(), returned: Condvar::new() }
    }

    /// A connection; with `patience`, only within that time and where not too many wait before.
    fn take(&self, patience: Option<Duration>) -> Result<Connection, StoreError> {
        let until = patience.map(|patience| Instant::now() + patience);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if patience.is_some() && state.idle.is_empty() && state.waiting >= MOST_WAITING_PAGES {
            return Err(StoreError::Busy);
        }
        loop {
            if let Some(connection) = state.idle.pop() {
                return Ok(connection);
            }
            if state.opened < self.most {
                let connection = connect(&self.path)?;
                state.opened += 1;
                return Ok(connection);
            }
            state.waiting += 1;
            state = match until.map(|until| until.saturating_duration_since(Instant::now())) {
                None => self.returned.wait(state).unwrap_or_else(PoisonError::into_inner),
                Some(left) => {
                    let (mut state, _) =
                        self.returned.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner);
                    if left.is_zero() && state.idle.is_empty() {
                        state.waiting -= 1;
                        return Err(StoreError::Busy);
                    }
                    state
                }
            };
            state.waiting -= 1;
        }
    }

    fn lend(&self, patience: Option<Duration>) -> Result<Lent<'_>, StoreError> {
        Ok(Lent { pool: self, connection: Some(self.take(patience)?) })
    }
}

/// The read-only connections.
pub struct Readers {
    gates: Pool,
    pages: Pool,
    deadlines: Deadlines,
}

impl Readers {
    pub fn new(path: PathBuf) -> Result<Self, StoreError> {
        let processors = std::thread::available_parallelism().map_or(FEWEST_FOR_PAGES, usize::from);
        let for_pages = processors.clamp(FEWEST_FOR_PAGES, MOST_FOR_PAGES);
        Ok(Self {
            gates: Pool::new(path.clone(), FOR_GATES),
            pages: Pool::new(path, for_pages),
            deadlines: Deadlines::start()?,
        })
    }

    /// Runs `work`, which is short, in a transaction that only reads.
    pub fn run<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&Connection) -> Result<T, E>,
        E: From<StoreError>,
    {
        view(&self.gates.lend(None)?, work)
    }

    /// The same for what a page shows, which waits its turn and is ended where it takes too long.
    pub fn run_page<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&Connection) -> Result<T, E>,
        E: From<StoreError>,
    {
        let lent = self.pages.lend(Some(PAGE_WAITS))?;
        let handle = lent.connection.as_ref().map(Connection::get_interrupt_handle);
        let _deadline = handle.map(|handle| self.deadlines.set(handle, Instant::now() + PAGE_TAKES));
        view(&lent, work)
    }
}

fn view<T, E, F>(lent: &Lent<'_>, work: F) -> Result<T, E>
where
    F: FnOnce(&Connection) -> Result<T, E>,
    E: From<StoreError>,
{
    let Some(connection) = &lent.connection else { return Err(StoreError::NotCommitted.into()) };
    let view = connection.unchecked_transaction().map_err(StoreError::from)?;
    work(&view)
}

/// Gives the connection back, after a panic too.
struct Lent<'a> {
    pool: &'a Pool,
    connection: Option<Connection>,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let mut state = self.pool.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.idle.extend(self.connection.take());
        self.pool.returned.notify_one();
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
