//! Ends what reads for too long.

use std::{
    collections::BTreeMap,
    sync::{Arc, Condvar, Mutex, PoisonError, Weak},
    time::{Duration, Instant},
};

use rusqlite::InterruptHandle;

use super::StoreError;

/// Work past its time is ended again this soon: between two statements there is nothing to end.
const AGAIN: Duration = Duration::from_millis(10);

/// What runs, by when it must have ended, and a number that tells equals apart.
type Running = BTreeMap<(Instant, u64), InterruptHandle>;

#[derive(Default)]
struct Shared {
    running: Mutex<(Running, u64)>,
    earlier: Condvar,
}

/// The deadlines of all that runs, and the thread that keeps them. It ends with them.
pub struct Deadlines(Arc<Shared>);

/// A deadline that holds until this is dropped.
pub struct Deadline<'a> {
    all: &'a Deadlines,
    key: (Instant, u64),
}

impl Deadlines {
    /// Starts the thread.
    pub fn start() -> Result<Self, StoreError> {
        let shared = Arc::new(Shared::default());
        let kept = Arc::downgrade(&shared);
        let spawned =
            std::thread::Builder::new().name("gatehouse-deadlines".to_owned()).spawn(move || keep(&kept));
        spawned.map_err(|source| StoreError::File { path: "thread".into(), source })?;
        Ok(Self(shared))
    }

    /// Ends the statements of a connection from `until` on.
    pub fn set(&self, connection: InterruptHandle, until: Instant) -> Deadline<'_> {
        let mut running = self.0.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.1 += 1;
        let key = (until, running.1);
        running.0.insert(key, connection);
        drop(running);
        self.0.earlier.notify_one();
        Deadline { all: self, key }
    }
}

impl Drop for Deadline<'_> {
    fn drop(&mut self) {
        // Under the lock: nothing is ended any more once this has returned, and the connection may be lent again.
        self.all.0.running.lock().unwrap_or_else(PoisonError::into_inner).0.remove(&self.key);
    }
}

impl Drop for Deadlines {
    fn drop(&mut self) {
        self.0.earlier.notify_one();
    }
}

fn keep(shared: &Weak<Shared>) {
    const IDLE: Duration = Duration::from_secs(1);
    while let Some(shared) = shared.upgrade() {
        let running = shared.running.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let late = running.0.range(..=(now, u64::MAX)).map(|(_, handle)| handle.interrupt()).count();
        let next = running.0.keys().next().map(|(until, _)| until.saturating_duration_since(now));
        let sleep = if late > 0 { AGAIN } else { next.unwrap_or(IDLE).min(IDLE) };
        let _ = shared.earlier.wait_timeout(running, sleep);
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::{Connection, ErrorCode};

    use super::*;

    const ENDLESS: &str =
        "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

    #[test]
    fn what_takes_too_long_is_ended_and_nothing_else() {
        let deadlines = Deadlines::start().expect("a thread");
        let connection = Connection::open_in_memory().expect("memory");
        let ask = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
        let deadline = deadlines.set(connection.get_interrupt_handle(), Instant::now());
        let ended = ask(ENDLESS).expect_err("ended");
        assert_eq!(ended.sqlite_error_code(), Some(ErrorCode::OperationInterrupted));
        drop(deadline);
        let _later = deadlines.set(connection.get_interrupt_handle(), Instant::now() + 1000 * AGAIN * 1000);
        assert_eq!(ask("SELECT 7"), Ok(7));
    }
}
