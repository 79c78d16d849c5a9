//! The one thread that writes. It takes what waits in its queue into one transaction, each caller's work in a
//! savepoint of its own, commits once for all, and only then answers.

use std::{
    cell::RefCell,
    collections::VecDeque,
    ops::Deref,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::JoinHandle,
    time::Duration,
};

use gatehouse_core::id::EntryId;
use rusqlite::{Connection, OpenFlags, ffi::ErrorCode};
use tokio::sync::broadcast;

use super::{Change, Changed, OrgId, StoreError};

/// How long a write waits for another process.
const BUSY: Duration = Duration::from_secs(5);
/// Callers that may wait before more of them are held up.
const QUEUE: usize = 1024;
/// Most callers whose work is committed together.
const GROUP: usize = 256;

/// Opens a connection that writes.
pub fn connect(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    // Phones forget what has been acknowledged, so a commit must outlast a power cut.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // A key that was destroyed must not linger in a free page.
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update_and_check(None, "journal_size_limit", 64 << 20, |_| Ok(()))?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(connection)
}

/// A transaction that may write.
pub struct Tx<'a> {
    connection: &'a Connection,
    changes: RefCell<Vec<Change>>,
}

impl Tx<'_> {
    /// Tells dashboards of a change, once it is committed.
    pub fn changed(&self, org: OrgId, what: Changed) {
        let change = Change { org, what };
        let mut changes = self.changes.borrow_mut();
        if !changes.contains(&change) {
            changes.push(change);
        }
    }
}

impl Deref for Tx<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
    }
}

/// A caller's work. It runs once and is answered once, after the commit or after its failure.
trait Job: Send {
    /// Does the work; false means that it must be undone.
    fn run(&mut self, tx: &Tx<'_>) -> bool;
    /// Tells the caller how it came out; with an error, that nothing was committed.
    fn answer(self: Box<Self>, failure: Option<StoreError>);
}

struct Call<F, T, E> {
    work: Option<F>,
    result: Option<Result<T, E>>,
    reply: SyncSender<Result<T, E>>,
}

impl<F, T, E> Job for Call<F, T, E>
where
    F: FnOnce(&Tx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<StoreError> + Send,
{
    fn run(&mut self, tx: &Tx<'_>) -> bool {
        let Some(work) = self.work.take() else { return false };
        // A panic here must cost its own caller, not everyone's writer.
        let result = catch_unwind(AssertUnwindSafe(|| work(tx)));
        let result = result.unwrap_or_else(|_| Err(StoreError::NotCommitted.into()));
        self.result.insert(result).is_ok()
    }

    fn answer(self: Box<Self>, failure: Option<StoreError>) {
        let result = match (self.result, failure) {
            (Some(Err(error)), _) => Err(error),
            (_, Some(failure)) => Err(failure.into()),
            (Some(ok), None) => ok,
            (None, None) => Err(StoreError::NotCommitted.into()),
        };
        // A caller that no longer waits misses nothing.
        let _ = self.reply.send(result);
    }
}

/// Events whose change this process has announced itself, so that the watcher for other processes passes them over.
#[derive(Clone, Default)]
pub struct OwnEvents(Arc<Mutex<VecDeque<EntryId>>>);

impl OwnEvents {
    const KEPT: usize = 8192;

    fn note(&self, event: EntryId) {
        let mut events = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if events.len() >= Self::KEPT {
            events.pop_front();
        }
        events.push_back(event);
    }

    /// Whether this process announced the event lately.
    pub fn contain(&self, event: EntryId) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(&event)
    }
}

/// The writer's queue.
pub struct Writer {
    queue: Option<SyncSender<Box<dyn Job>>>,
    thread: Option<JoinHandle<()>>,
    own: OwnEvents,
}

impl Writer {
    /// Starts the thread.
    pub fn start(connection: Connection, changes: broadcast::Sender<Change>) -> Self {
        let (queue, jobs) = sync_channel::<Box<dyn Job>>(QUEUE);
        let own = OwnEvents::default();
        let announce = Announce { changes, own: own.clone() };
        let thread = std::thread::Builder::new()
            .name("gatehouse-writer".to_owned())
            .spawn(move || work(&connection, &jobs, &announce))
            .ok();
        Self { queue: Some(queue), thread, own }
    }

    /// Which events this process announced.
    pub fn own_events(&self) -> OwnEvents {
        self.own.clone()
    }

    /// Queues work and waits for its commit.
    pub fn run<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (reply, answer) = sync_channel(1);
        let job = Box::new(Call { work: Some(work), result: None, reply });
        let sent = self.queue.as_ref().map(|queue| queue.send(job));
        match sent {
            Some(Ok(())) => answer.recv().unwrap_or_else(|_| Err(StoreError::NotCommitted.into())),
            _ => Err(StoreError::NotCommitted.into()),
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue.take();
        if let Some(thread) = self.thread.take() {
            // The last handle may have gone along with a job on the writer's own thread.
            if thread.thread().id() != std::thread::current().id() {
                let _ = thread.join();
            }
        }
    }
}

struct Announce {
    changes: broadcast::Sender<Change>,
    own: OwnEvents,
}

impl Announce {
    fn send(&self, changes: Vec<Change>) {
        for change in changes {
            if let Changed::Activity(event) = change.what {
                self.own.note(event);
            }
            // Nobody may be listening.
            let _ = self.changes.send(change);
        }
    }
}

fn work(connection: &Connection, jobs: &Receiver<Box<dyn Job>>, announce: &Announce) {
    while let Ok(first) = jobs.recv() {
        commit_group(connection, first, jobs, announce);
    }
}

/// One transaction for `first` and whatever else waits; each job is answered before this returns.
fn commit_group(
    connection: &Connection,
    first: Box<dyn Job>,
    jobs: &Receiver<Box<dyn Job>>,
    announce: &Announce,
) {
    if let Err(error) = connection.execute_batch("BEGIN IMMEDIATE") {
        tracing::warn!(%error, "no transaction could begin");
        first.answer(Some(if is_busy(&error) { StoreError::Busy } else { StoreError::NotCommitted }));
        return;
    }
    let tx = Tx { connection, changes: RefCell::default() };
    let (mut next, mut done, mut whole) = (Some(first), Vec::new(), true);
    while let Some(mut job) = next {
        whole = run_one(&tx, job.as_mut());
        done.push(job);
        next = if whole && done.len() < GROUP { jobs.try_recv().ok() } else { None };
    }
    let committed = whole
        && match connection.execute_batch("COMMIT") {
            Ok(()) => true,
            Err(error) => {
                tracing::error!(%error, "a commit failed");
                false
            }
        };
    if committed {
        announce.send(tx.changes.into_inner());
    } else if !connection.is_autocommit() {
        let _ = connection.execute_batch("ROLLBACK");
    }
    for job in done {
        job.answer((!committed).then_some(StoreError::NotCommitted));
    }
}

/// Runs one job in a savepoint. False where SQLite has undone the whole transaction (a full disk, for example).
fn run_one(tx: &Tx<'_>, job: &mut dyn Job) -> bool {
    if tx.execute_batch("SAVEPOINT job").is_err() {
        return false;
    }
    let before = tx.changes.borrow().len();
    let kept = job.run(tx);
    if tx.is_autocommit() {
        return false;
    }
    if kept {
        return tx.execute_batch("RELEASE job").is_ok();
    }
    tx.changes.borrow_mut().truncate(before);
    tx.execute_batch("ROLLBACK TO job; RELEASE job").is_ok()
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}
