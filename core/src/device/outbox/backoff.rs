//! When a failed synchronisation is tried again. Pure, and kept over restarts.

use serde::{Deserialize, Serialize};

use super::Next;
use crate::time::ClockReading;

/// The first wait after a failure is at most this long; each further failure doubles that.
const FIRST_WAIT_MS: u64 = 2_000;
/// No wait is shorter, so that not even an unlucky station hammers the server.
const LEAST_WAIT_MS: u64 = 500;
/// The longest wait that the station chooses by itself.
pub const LONGEST_WAIT_MS: u64 = 15 * 60_000;
/// The longest wait that a server can ask for: one that asks for more is wrong or not the server.
pub const LONGEST_ASKED_MS: u64 = 60 * 60_000;
/// After a success keys and pack are looked at again after 4 to 6 minutes, not by all stations at once.
const REFRESH_MS: (u64, u64) = (4 * 60_000, 6 * 60_000);

/// When the next synchronisation is due. Kept over restarts; time and randomness are passed in.
///
/// Failures wait by exponential backoff with full jitter: any time up to a ceiling that doubles from 2 s to 15 min.
/// Time is the monotonic clock's while the boot lasts. Over a restart the wall clock counts; where it was set back
/// nobody knows how long the wait was, so the next try is due at once and ties the following wait to this boot.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Backoff {
    failures: u32,
    paused: bool,
    wait: Option<Wait>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Wait {
    ms: u64,
    from: ClockReading,
    /// It only looks for news: what waits to be sent need not wait for it.
    refresh: bool,
}

impl Backoff {
    /// What follows a synchronisation that ended so, at `now`. `random` is any number.
    #[must_use]
    pub fn after(&self, outcome: &Next, now: &ClockReading, random: u64) -> Self {
        let wait = |ms, refresh| Some(Wait { ms, from: now.clone(), refresh });
        match outcome {
            Next::Sent | Next::Stuck(_) => {
                Self { wait: wait(within(random, REFRESH_MS), true), ..Self::default() }
            }
            Next::Forked | Next::Taken | Next::Pause => Self { paused: true, ..self.clone() },
            Next::Retry(asked) => {
                let ceiling = FIRST_WAIT_MS.checked_shl(self.failures).unwrap_or(LONGEST_WAIT_MS);
                let chosen = within(random, (LEAST_WAIT_MS, ceiling.min(LONGEST_WAIT_MS)));
                let asked = asked.unwrap_or(0).saturating_mul(1000).min(LONGEST_ASKED_MS);
                // Doubling ends at the cap; counting further would only overflow one day.
                let failures = (self.failures + 1).min(20);
                Self { failures, paused: false, wait: wait(chosen.max(asked), false) }
            }
            // Steps within a synchronisation; one that ends there made no progress.
            Next::ResumeAt(_) | Next::Fewer | Next::Anew | Next::AskAgain => {
                self.after(&Next::Retry(None), now, random)
            }
        }
    }

    /// The same after something was sent: the failures before it count no more.
    #[must_use]
    pub fn with_progress(&self) -> Self {
        Self { failures: 0, ..self.clone() }
    }

    /// Whether nothing is tried until somebody signs in, enrols or retries by hand.
    #[must_use]
    pub const fn is_paused(&self) -> bool {
        self.paused
    }

    /// Milliseconds until the next try is due, 0 for now, nothing while paused. `waiting` says whether anything is
    /// there to be sent.
    #[must_use]
    pub fn due_in(&self, now: &ClockReading, waiting: bool) -> Option<u64> {
        if self.paused {
            return None;
        }
        match &self.wait {
            None => Some(0),
            Some(wait) if wait.refresh && waiting => Some(0),
            Some(wait) => Some(wait.left(now)),
        }
    }
}

impl Wait {
    fn left(&self, now: &ClockReading) -> u64 {
        let passed = if now.boot_id == self.from.boot_id {
            now.monotonic_ms.checked_sub(self.from.monotonic_ms)
        } else {
            now.wall.get().checked_sub(self.from.wall.get())
        };
        passed.map_or(0, |passed| self.ms.saturating_sub(passed))
    }
}

/// A number from `least` to `most`, by the remainder: the bias is far below what jitter needs.
const fn within(random: u64, (least, most): (u64, u64)) -> u64 {
    least + random % (most - least + 1)
}
