//! The one thread that writes. It takes what waits in its queue into one transaction, each caller's work in a
//! savepoint of its own, commits once for all, and only then answers.

use std::{
    cell::RefCell,
    collections::VecDeque,
    ops::Deref,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        mpsc::{RecvTimeoutError, SyncSender, sync_channel},
    },
    thread::JoinHandle,
    time::Duration,
};

use gatehouse_core::id::EntryId;
use rusqlite::{Connection, OpenFlags, ffi::ErrorCode};
use tokio::sync::{broadcast, watch};

use super::{Change, Changed, OrgId, StoreError};

/// How long a write waits for another process.
const BUSY: Duration = Duration::from_secs(5);
/// How long the thread waits for another process before it looks who still waits for it.
const LOOK: Duration = Duration::from_millis(200);
/// How long a caller waits for its work to begin.
const PATIENCE: Duration = Duration::from_secs(5);
/// Callers that may wait; more are told at once that the database is busy.
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

impl Tx<'_> {
    /// Does work of which nothing stays where it is `refused`; the transaction goes on then.
    ///
    /// # Errors
    /// The work's own, unless that is a refusal: then the inner one.
    pub fn attempt<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce() -> Result<T, E>,
        refused: impl FnOnce(&E) -> bool,
    ) -> Result<Result<T, E>, E> {
        let control = |sql| self.connection.execute_batch(sql).map_err(StoreError::from);
        control("SAVEPOINT attempt")?;
        match work() {
            Ok(done) => {
                control("RELEASE attempt")?;
                Ok(Ok(done))
            }
            Err(error) if refused(&error) => {
                control("ROLLBACK TO attempt; RELEASE attempt")?;
                Ok(Err(error))
            }
            Err(error) => Err(error),
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

/// Work that waits, each under a number of its own.
#[derive(Default)]
struct Waiting {
    jobs: VecDeque<(u64, Box<dyn Job>)>,
    next: u64,
    closed: bool,
}

/// Where callers leave their work for the thread, and take it back once they have waited for too long.
#[derive(Default)]
struct Queue {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

impl Queue {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, job: Box<dyn Job>) -> Result<u64, StoreError> {
        let mut waiting = self.waiting();
        if waiting.closed {
            return Err(StoreError::NotCommitted);
        }
        if waiting.jobs.len() >= QUEUE {
            return Err(StoreError::Busy);
        }
        waiting.next += 1;
        let number = waiting.next;
        waiting.jobs.push_back((number, job));
        self.changed.notify_one();
        Ok(number)
    }

    /// Takes back work that has not begun; false where it has.
    fn take_back(&self, number: u64) -> bool {
        let mut waiting = self.waiting();
        let place = waiting.jobs.iter().position(|(other, _)| *other == number);
        place.is_some_and(|place| waiting.jobs.remove(place).is_some())
    }

    fn pop(&self) -> Option<Box<dyn Job>> {
        self.waiting().jobs.pop_front().map(|(_, job)| job)
    }

    /// Waits until there is work; false once there will be no more.
    fn wait(&self) -> bool {
        let mut waiting = self.waiting();
        while waiting.jobs.is_empty() {
            if waiting.closed {
                return false;
            }
            waiting = self.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
        true
    }

    fn close(&self) {
        self.waiting().closed = true;
        self.changed.notify_all();
    }
}

/// The way to the thread that writes.
pub struct Writer {
    queue: Arc<Queue>,
    thread: Option<JoinHandle<()>>,
    own: OwnEvents,
}

impl Writer {
    /// Starts the thread.
    pub fn start(
        connection: Connection,
        changes: broadcast::Sender<Change>,
        commits: watch::Sender<u64>,
    ) -> Self {
        let (queue, own) = (Arc::new(Queue::default()), OwnEvents::default());
        let announce = Announce { changes, commits, own: own.clone() };
        let jobs = queue.clone();
        let thread = std::thread::Builder::new()
            .name("gatehouse-writer".to_owned())
            .spawn(move || work(&connection, &jobs, &announce))
            .ok();
        if thread.is_none() {
            queue.close();
        }
        Self { queue, thread, own }
    }

    /// Which events this process announced.
    pub fn own_events(&self) -> OwnEvents {
        self.own.clone()
    }

    /// Queues work and waits for its commit. Where it does not begin in time, it is taken out of the queue again.
    pub fn run<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (reply, answer) = sync_channel(1);
        let number = self.queue.push(Box::new(Call { work: Some(work), result: None, reply }))?;
        match answer.recv_timeout(PATIENCE) {
            Ok(result) => result,
            Err(RecvTimeoutError::Timeout) if self.queue.take_back(number) => Err(StoreError::Busy.into()),
            // It is being done: only its end tells whether it was committed.
            Err(RecvTimeoutError::Timeout) => {
                answer.recv().unwrap_or_else(|_| Err(StoreError::NotCommitted.into()))
            }
            Err(RecvTimeoutError::Disconnected) => Err(StoreError::NotCommitted.into()),
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue.close();
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
    commits: watch::Sender<u64>,
    own: OwnEvents,
}

impl Announce {
    fn send(&self, changes: Vec<Change>) {
        self.commits.send_modify(|count| *count = count.wrapping_add(1));
        for change in changes {
            if let Changed::Activity(event) = change.what {
                self.own.note(event);
            }
            // Nobody may be listening.
            let _ = self.changes.send(change);
        }
    }
}

fn work(connection: &Connection, jobs: &Queue, announce: &Announce) {
    // Another process may hold the database for long. Who waits for that has an end of its own.
    if let Err(error) = connection.busy_timeout(LOOK) {
        tracing::warn!(%error, "the writer waits longer than it should for other processes");
    }
    while jobs.wait() {
        match connection.execute_batch("BEGIN IMMEDIATE") {
            Ok(()) => commit_group(connection, jobs, announce),
            Err(error) if is_busy(&error) => {}
            Err(error) => {
                tracing::warn!(%error, "no transaction could begin");
                if let Some(job) = jobs.pop() {
                    job.answer(Some(StoreError::NotCommitted));
                }
            }
        }
    }
}

/// One transaction, which has begun, for whatever waits; each job is answered before this returns.
fn commit_group(connection: &Connection, jobs: &Queue, announce: &Announce) {
    let tx = Tx { connection, changes: RefCell::default() };
    let (mut done, mut whole) = (Vec::new(), true);
    while whole && done.len() < GROUP {
        let Some(mut job) = jobs.pop() else { break };
        whole = run_one(&tx, job.as_mut());
        done.push(job);
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
