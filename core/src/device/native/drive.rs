//! What stands under every call that blocks.

use std::{
    thread,
    time::{Duration, Instant},
};

use crate::{
    device::Network,
    network::{Step, Steps},
};

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
            Step::Wait(until_ms, steps) => {
                thread::sleep(until(until_ms));
                steps
            }
            Step::Done(done) => return done,
        }
    }
}
