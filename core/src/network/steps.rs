//! Work that asks as it goes, one step at a time.
//!
//! What scans, synchronises or signs in is written as an `async fn`, and an `async fn` is a step machine that the
//! compiler writes: there is no runtime, no task and no clock in here. The only thing ever waited for is what comes
//! through the [`Line`]: the answer of a server, that of a phone's key where it has none at once, or a moment.
//! [`Steps::next`] goes on as far as that is possible and says what is wanted; whoever has the steps sees to it, however
//! long it takes and beside whatever else there is to do.
//!
//! Between two steps nothing is held. The work is [`Send`], which neither a lock nor a transaction of the store is: work
//! that kept one while it asks would not compile. Left where it is, it has done what it had done, and whatever was not
//! written down never was.

#[cfg(test)]
mod tests;

use std::{
    fmt,
    future::{Future, poll_fn},
    pin::Pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll, Waker},
};

use super::{Failure, KeyOutcome, KeyTask, Outcome, Request, SignerError};

/// What comes next.
#[derive(Debug)]
pub enum Step<'a, T> {
    /// This is to be asked. The answer goes to [`Steps::answer`]; then the next step can be taken.
    Ask(Question, Steps<'a, T>),
    /// The phone's key is to do this. What came of it goes to [`Steps::key_answered`]; then the next step can be taken.
    /// Only work for whom the key is so far away asks for it.
    Key(Question<KeyTask>, Steps<'a, T>),
    /// Nothing can be done before the answer to what was asked is there, or before that time (milliseconds since the
    /// work began): a question that has no answer by then counts as given up.
    Wait(u64, Steps<'a, T>),
    /// It is done, and this came of it.
    Done(T),
}

/// Something to ask a server, or the phone's key.
#[derive(Debug, PartialEq, Eq)]
pub struct Question<R = Request> {
    /// By this its answer is known. No two questions of a process have the same.
    pub number: u64,
    /// What is asked.
    pub request: R,
    /// When the answer is no use any more, in milliseconds since the work began.
    pub until_ms: u64,
}

/// Why an answer was not taken. Nothing came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unasked {
    /// The question had its answer.
    #[error("this was answered already")]
    Answered,
    /// The question was given up: its time was over.
    #[error("the answer came too late")]
    TooLate,
    /// This work never asked that.
    #[error("this was never asked here")]
    NeverAsked,
}

/// Work in progress, between two steps.
pub struct Steps<'a, T> {
    work: Pin<Box<dyn Future<Output = T> + Send + 'a>>,
    line: Line,
}

impl<'a, T> Steps<'a, T> {
    /// Work that has not begun, and asks through the line that it is given.
    pub fn new<F: Future<Output = T> + Send + 'a>(work: impl FnOnce(Line) -> F) -> Self {
        let line = Line(Arc::default());
        Self { work: Box::pin(work(line.clone())), line }
    }

    /// Goes on as far as possible. `now_ms` are milliseconds since the work began, by a clock that nobody sets.
    #[must_use]
    pub fn next(mut self, now_ms: u64) -> Step<'a, T> {
        self.line.state().pass(now_ms);
        // Nobody is woken: whoever has the answer takes the next step.
        match self.work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(done) => Step::Done(done),
            Poll::Pending => {
                let wanted = self.line.state().wanted();
                match wanted {
                    Wanted::Server(question) => Step::Ask(question, self),
                    Wanted::Key(question) => Step::Key(question, self),
                    Wanted::Until(until_ms) => Step::Wait(until_ms, self),
                }
            }
        }
    }

    /// Hands in what became of a question; [`Failure::TimedOut`] gives it up before its time. An answer that is not
    /// waited for changes nothing.
    ///
    /// # Errors
    /// Why it is not waited for.
    pub fn answer(&mut self, number: u64, outcome: Outcome) -> Result<(), Unasked> {
        // Who gave it up before its time waits for nothing more.
        let how = if outcome == Err(Failure::TimedOut) { Unasked::TooLate } else { Unasked::Answered };
        self.line.state().server.take(number, how, outcome)
    }

    /// Hands in what the phone's key did. What is not waited for changes nothing.
    ///
    /// # Errors
    /// Why it is not waited for.
    pub fn key_answered(&mut self, number: u64, outcome: KeyOutcome) -> Result<(), Unasked> {
        self.line.state().key.take(number, Unasked::Answered, outcome)
    }
}

impl<T> fmt::Debug for Steps<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Steps").finish_non_exhaustive()
    }
}

/// A point in time by which something must be over, in milliseconds since the work began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deadline(u64);

/// What work asks through. It asks one thing after another.
#[derive(Clone)]
pub struct Line(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    now_ms: u64,
    server: Asked<Request, Outcome>,
    key: Asked<KeyTask, KeyOutcome>,
    pause_until_ms: u64,
}

/// What is asked of one side, and was.
struct Asked<R, O> {
    open: Option<Open<R>>,
    outcome: Option<O>,
    /// Questions that are no longer open, and how that came.
    closed: Vec<(u64, Unasked)>,
}

/// A question without an answer.
struct Open<R> {
    number: u64,
    /// Until it is given out.
    request: Option<R>,
    until_ms: u64,
}

/// What the work waits for.
enum Wanted {
    Server(Question),
    Key(Question<KeyTask>),
    /// What was asked before, or a moment.
    Until(u64),
}

impl Line {
    /// So many milliseconds from now.
    #[must_use]
    pub fn in_ms(&self, millis: u32) -> Deadline {
        Deadline(self.state().now_ms.saturating_add(millis.into()))
    }

    /// The earlier of `deadline` and so many milliseconds from now.
    #[must_use]
    pub fn sooner(&self, deadline: Deadline, millis: u32) -> Deadline {
        deadline.min(self.in_ms(millis))
    }

    /// When half of the time until `deadline` will be over.
    #[must_use]
    pub fn halfway(&self, deadline: Deadline) -> Deadline {
        let now = self.state().now_ms;
        Deadline(now.saturating_add(deadline.0.saturating_sub(now) / 2))
    }

    /// Whether it has passed.
    #[must_use]
    pub fn has_passed(&self, deadline: Deadline) -> bool {
        deadline.0 <= self.state().now_ms
    }

    /// Asks, and goes on with what became of it.
    ///
    /// # Errors
    /// No answer, for example because none was there by the deadline.
    pub(super) async fn ask(&self, request: Request, deadline: Deadline) -> Outcome {
        if self.has_passed(deadline) {
            return Err(Failure::TimedOut);
        }
        self.state().server.open(request, deadline.0);
        poll_fn(|_| self.state().server.outcome.take().map_or(Poll::Pending, Poll::Ready)).await
    }

    /// Has the phone's key do something, and goes on with what came of it.
    ///
    /// # Errors
    /// A key that fails, or has not done it by the deadline.
    pub async fn ask_key(&self, task: KeyTask, deadline: Deadline) -> KeyOutcome {
        if self.has_passed(deadline) {
            return Err(SignerError::late());
        }
        self.state().key.open(task, deadline.0);
        poll_fn(|_| self.state().key.outcome.take().map_or(Poll::Pending, Poll::Ready)).await
    }

    /// Goes on after so many milliseconds.
    pub async fn pause(&self, millis: u32) {
        let until = self.in_ms(millis);
        self.state().pause_until_ms = until.0;
        poll_fn(|_| if self.has_passed(until) { Poll::Ready(()) } else { Poll::Pending }).await;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Time has passed; what has no answer in time is given up.
    fn pass(&mut self, now_ms: u64) {
        self.now_ms = self.now_ms.max(now_ms);
        self.server.pass(self.now_ms, || Err(Failure::TimedOut));
        self.key.pass(self.now_ms, || Err(SignerError::late()));
    }

    /// What is to be asked, or until when nothing can be done.
    fn wanted(&mut self) -> Wanted {
        if let Some(asked) = self.server.wanted() {
            return asked.map_or_else(Wanted::Until, Wanted::Server);
        }
        let asked = self.key.wanted().unwrap_or(Err(self.pause_until_ms));
        asked.map_or_else(Wanted::Until, Wanted::Key)
    }
}

impl<R, O> Default for Asked<R, O> {
    fn default() -> Self {
        Self { open: None, outcome: None, closed: Vec::new() }
    }
}

impl<R, O> Asked<R, O> {
    fn open(&mut self, request: R, until_ms: u64) {
        self.open = Some(Open { number: next_number(), request: Some(request), until_ms });
    }

    fn pass(&mut self, now_ms: u64, late: impl FnOnce() -> O) {
        if self.open.as_ref().is_some_and(|open| open.until_ms <= now_ms) {
            self.close(Unasked::TooLate, late());
        }
    }

    fn close(&mut self, how: Unasked, outcome: O) {
        self.closed.extend(self.open.take().map(|open| (open.number, how)));
        self.outcome = Some(outcome);
    }

    fn take(&mut self, number: u64, how: Unasked, outcome: O) -> Result<(), Unasked> {
        // One that was not given out yet cannot have been answered.
        if self.open.as_ref().is_some_and(|open| open.number == number && open.request.is_none()) {
            self.close(how, outcome);
            return Ok(());
        }
        let closed = self.closed.iter().find(|(closed, _)| *closed == number);
        Err(closed.map_or(Unasked::NeverAsked, |(_, how)| *how))
    }

    /// What is to be asked, or until when its answer is waited for; nothing where nothing is open.
    fn wanted(&mut self) -> Option<Result<Question<R>, u64>> {
        let open = self.open.as_mut()?;
        let (number, until_ms) = (open.number, open.until_ms);
        let request = open.request.take().ok_or(until_ms);
        Some(request.map(|request| Question { number, request, until_ms }))
    }
}

fn next_number() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}
