//! What stands under every call that blocks, and under work that another thread may give up.

#[cfg(test)]
mod tests;

use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use crate::{
    device::Network,
    network::{Failure, Outcome, Request, SignerError, Step, Steps},
};

/// How long beyond a question's deadline its carrier may take to say that it has passed.
const GRACE: Duration = Duration::from_secs(2);

/// Takes one step after another until the work is done, and waits where it asks.
pub fn drive<T>(network: &dyn Network, mut steps: Steps<'_, T>) -> T {
    let began = Instant::now();
    let now_ms = || u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let until = |until_ms: u64| Duration::from_millis(until_ms).saturating_sub(began.elapsed());
    loop {
        steps = match steps.next(now_ms()) {
            Step::Ask(question, mut steps) => {
                let outcome = network.exchange(question.request, until(question.until_ms));
                // It is waited for: nothing else was asked since.
                let _ = steps.answer(question.number, outcome);
                steps
            }
            Step::Key(question, mut steps) => {
                // Signers of this machine are called by the wallet itself; nobody here has another key.
                let _ = steps.key_answered(question.number, Err(SignerError::nobody()));
                steps
            }
            Step::Wait(until_ms, steps) => {
                thread::sleep(until(until_ms));
                steps
            }
            Step::Done(done) => return done,
        }
    }
}

/// The same, unless another thread gives it up by `signal`; nothing where the work was left.
///
/// A question is carried on a thread of its own. Where nobody waits for it any more it goes on there until its
/// deadline, and nothing comes of its answer. Work that asks nothing begins no thread.
pub fn drive_unless<T>(network: &Arc<dyn Network>, mut steps: Steps<'_, T>, signal: &GiveUp) -> Option<T> {
    let began = Instant::now();
    let now_ms = || u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let until = |until_ms: u64| Duration::from_millis(until_ms).saturating_sub(began.elapsed());
    loop {
        steps = match steps.next(now_ms()) {
            Step::Ask(question, mut steps) => {
                let outcome = signal.ask(network, question.request, until(question.until_ms))?;
                // It is waited for: nothing else was asked since.
                let _ = steps.answer(question.number, outcome);
                steps
            }
            Step::Key(question, mut steps) => {
                // Signers of this machine are called by the wallet itself; nobody here has another key.
                let _ = steps.key_answered(question.number, Err(SignerError::nobody()));
                steps
            }
            Step::Wait(until_ms, steps) => {
                signal.pause(until(until_ms))?;
                steps
            }
            Step::Done(done) => return Some(done),
        }
    }
}

/// By this one thread gives up what another one waits for. Clones are the same signal; one is for one piece of work.
#[derive(Debug, Clone, Default)]
pub struct GiveUp(Arc<Signal>);

#[derive(Debug, Default)]
struct Signal {
    wish: Mutex<Wish>,
    changed: Condvar,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum Wish {
    #[default]
    GoOn,
    GiveUp,
    Leave,
}

impl GiveUp {
    /// The question that is out, and each that would follow, counts as unanswered at once, as at its deadline. The work
    /// goes on without an answer.
    pub fn give_up(&self) {
        self.change(Wish::GiveUp);
    }

    /// The work is left where it waits next, and comes to nothing.
    pub fn leave(&self) {
        self.change(Wish::Leave);
    }

    fn change(&self, to: Wish) {
        let mut wish = self.wish();
        // What was left stays so.
        *wish = to.max(*wish);
        drop(wish);
        self.0.changed.notify_all();
    }

    fn wish(&self) -> MutexGuard<'_, Wish> {
        locked(&self.0.wish)
    }

    /// Waits for a change, or so long.
    fn wait<'a>(&'a self, wish: MutexGuard<'a, Wish>, most: Duration) -> MutexGuard<'a, Wish> {
        self.0.changed.wait_timeout(wish, most).unwrap_or_else(PoisonError::into_inner).0
    }

    /// Has a question carried, and gives what became of it; nothing where the work was left.
    fn ask(&self, network: &Arc<dyn Network>, request: Request, within: Duration) -> Option<Outcome> {
        let began = Instant::now();
        match *self.wish() {
            Wish::GoOn => {}
            Wish::GiveUp => return Some(Err(Failure::TimedOut)),
            Wish::Leave => return None,
        }
        let came: Arc<Mutex<Option<Outcome>>> = Arc::default();
        let (network, signal, place) = (Arc::clone(network), self.clone(), Arc::clone(&came));
        let carrier = thread::Builder::new().name("gatehouse-question".to_owned()).spawn(move || {
            let outcome = network.exchange(request, within);
            *locked(&place) = Some(outcome);
            // Whoever waits has not looked yet, or waits already: not in between.
            drop(signal.wish());
            signal.0.changed.notify_all();
        });
        if let Err(error) = carrier {
            return Some(Err(Failure::NoWay { reason: error.to_string() }));
        }
        let mut wish = self.wish();
        loop {
            if *wish == Wish::Leave {
                return None;
            }
            let outcome = locked(&came).take();
            if outcome.is_some() {
                return outcome;
            }
            let left = within.saturating_add(GRACE).saturating_sub(began.elapsed());
            if *wish == Wish::GiveUp || left.is_zero() {
                return Some(Err(Failure::TimedOut));
            }
            wish = self.wait(wish, left);
        }
    }

    /// Waits; nothing where the work was left meanwhile.
    fn pause(&self, length: Duration) -> Option<()> {
        let began = Instant::now();
        let mut wish = self.wish();
        loop {
            let left = length.saturating_sub(began.elapsed());
            if *wish == Wish::Leave {
                return None;
            }
            if left.is_zero() {
                return Some(());
            }
            wish = self.wait(wish, left);
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
