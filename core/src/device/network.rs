//! Who carries requests: the port through which a station or wallet reaches its server, and what stands behind it
//! natively. A browser has no use for the latter.

mod http;
mod tls;

use std::{
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

pub use http::{Call, Http};

use crate::network::{Outcome, Request, Step, Steps};

/// Carries requests to servers.
pub trait Network: Send + Sync {
    /// Carries a request, and gives what became of it `within` that time, name look-up and body included.
    ///
    /// # Errors
    /// No answer, for the reason that is given.
    fn exchange(&self, request: Request, within: Duration) -> Outcome;
}

/// The network of this machine, broken where a test says so.
pub(super) fn native() -> Arc<dyn Network> {
    let http = Http::default();
    #[cfg(feature = "faults")]
    let http = super::faults::Broken(http);
    Arc::new(http)
}

/// Takes one step after another until the work is done, and waits where it asks: what stands under every call that
/// blocks.
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
