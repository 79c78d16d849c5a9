//! Work that asks as it goes, one step at a time.
//!
//! What scans, synchronises or signs in is written as an `async fn`, and an `async fn` is a step machine that the
//! compiler writes: there is no runtime, no task and no clock in here. The only thing ever waited for is what comes
//! through the [`Line`]: the answer to a question, or a moment. [`Steps::next`] goes on as far as that is possible and
//! says what is wanted; whoever has the steps sees to it, however long it takes and beside whatever else there is to do.
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

use super::{Failure, Outcome, Request};

/// What comes next.
#[derive(Debug)]
pub enum Step<'a, T> {
    /// This is to be asked. The answer goes to [`Steps::answer`]; then the next step can be taken.
    Ask(Question, Steps<'a, T>),
    /// Nothing can be done before the answer to what was asked is there, or before that time (milliseconds since the
    /// work began): a question that has no answer by then counts as given up.
    Wait(u64, Steps<'a, T>),
    /// It is done, and this came of it.
    Done(T),
}

/// Something to ask a server.
#[derive(Debug, PartialEq, Eq)]
pub struct Question {
    /// By this its answer is known. No two questions of a process have the same.
    pub number: u64,
    /// What is asked.
    pub request: Request,
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
                    Ok(question) => Step::Ask(question, self),
                    Err(until_ms) => Step::Wait(until_ms, self),
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
        self.line.state().take(number, outcome)
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
    open: Option<Open>,
    outcome: Option<Outcome>,
    /// Questions that are no longer open, and how that came.
    closed: Vec<(u64, Unasked)>,
    pause_until_ms: u64,
}

/// A question without an answer.
struct Open {
    number: u64,
    /// Until it is given out.
    request: Option<Request>,
    until_ms: u64,
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
        self.state().open(request, deadline.0);
        poll_fn(|_| self.state().outcome.take().map_or(Poll::Pending, Poll::Ready)).await
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
    fn open(&mut self, request: Request, until_ms: u64) {
        static LAST: AtomicU64 = AtomicU64::new(0);
        let number = LAST.fetch_add(1, Ordering::Relaxed) + 1;
        self.open = Some(Open { number, request: Some(request), until_ms });
    }

    /// Time has passed; what has no answer in time is given up.
    fn pass(&mut self, now_ms: u64) {
        self.now_ms = self.now_ms.max(now_ms);
        if self.open.as_ref().is_some_and(|open| open.until_ms <= self.now_ms) {
            self.close(Unasked::TooLate, Err(Failure::TimedOut));
        }
    }

    fn close(&mut self, how: Unasked, outcome: Outcome) {
        self.closed.extend(self.open.take().map(|open| (open.number, how)));
        self.outcome = Some(outcome);
    }

    fn take(&mut self, number: u64, outcome: Outcome) -> Result<(), Unasked> {
        // One that was not given out yet cannot have been answered.
        if self.open.as_ref().is_some_and(|open| open.number == number && open.request.is_none()) {
            let given_up = matches!(outcome, Err(Failure::TimedOut));
            self.close(if given_up { Unasked::TooLate } else { Unasked::Answered }, outcome);
            return Ok(());
        }
        let closed = self.closed.iter().find(|(closed, _)| *closed == number);
        Err(closed.map_or(Unasked::NeverAsked, |(_, how)| *how))
    }

    /// What is to be asked, or until when nothing can be done.
    fn wanted(&mut self) -> Result<Question, u64> {
        let Some(open) = &mut self.open else { return Err(self.pause_until_ms) };
        let (number, until_ms) = (open.number, open.until_ms);
        let request = open.request.take().ok_or(until_ms)?;
        Ok(Question { number, request, until_ms })
    }
}
