//! Ways for tests to break the world, by environment variables. Only with the feature `faults`, which no release build
//! of a shell contains.
//!
//! - `GATEHOUSE_FAULT_SYNCHRONOUS=off`: commits do not wait for the disk.
//! - `GATEHOUSE_FAULT_WALL_MS=N`: the wall clock is N milliseconds ahead, or behind if negative; a server's, too.
//! - `GATEHOUSE_FAULT_BOOT=ID:N`: another boot, which began N milliseconds ago.
//! - `GATEHOUSE_FAULT_NETWORK=down`, `=slow:N` (each call takes N milliseconds more) or `=lossy:P` (of a hundred calls
//!   P are lost, half of them only after the server has acted).

use std::{
    env, thread,
    time::{Duration, Instant},
};

use super::{Network, vault::random};
use crate::{
    network::{Failure, Outcome, Request},
    time::{ClockReading, UnixMillis},
};

fn variable(name: &str) -> Option<String> {
    env::var(format!("GATEHOUSE_FAULT_{name}")).ok()
}

/// Whether commits are to be careless.
pub fn careless_commits() -> bool {
    variable("SYNCHRONOUS").is_some_and(|value| value == "off")
}

/// What the wall clock is said to read, milliseconds since 1970.
#[must_use]
pub fn wall(millis: u64) -> u64 {
    let ahead: i64 = variable("WALL_MS").and_then(|value| value.parse().ok()).unwrap_or(0);
    millis.saturating_add_signed(ahead)
}

/// What the clocks are said to read.
#[must_use]
pub fn clocks(reading: ClockReading) -> ClockReading {
    let wall = UnixMillis::new(wall(reading.wall.get()));
    let boot = variable("BOOT");
    let boot = boot.as_deref().and_then(|value| value.split_once(':'));
    match boot.and_then(|(id, uptime)| Some((id, uptime.parse().ok()?))) {
        Some((id, monotonic_ms)) => ClockReading { wall, monotonic_ms, boot_id: id.to_owned() },
        None => ClockReading { wall, ..reading },
    }
}

/// What happens to one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// Nothing.
    Passes,
    /// It never reaches the server.
    RequestLost,
    /// The server acts, and its answer is lost.
    AnswerLost,
}

/// A network that breaks as the variables say.
pub(super) struct Broken<N>(pub N);

impl<N: Network> Network for Broken<N> {
    fn exchange(&self, request: Request, within: Duration) -> Outcome {
        let cut_off = || Err(Failure::NoWay { reason: "cut off by a test".to_owned() });
        let began = Instant::now();
        match call(within) {
            Call::RequestLost => cut_off(),
            fate => {
                let outcome = self.0.exchange(request, within.saturating_sub(began.elapsed()));
                if fate == Call::AnswerLost { cut_off() } else { outcome }
            }
        }
    }
}

/// Decides on one call; a slow network takes its time here, at most `left`.
pub fn call(left: Duration) -> Call {
    let Some(network) = variable("NETWORK") else { return Call::Passes };
    let number = |prefix: &str| network.strip_prefix(prefix).and_then(|number| number.parse::<u64>().ok());
    if network == "down" {
        return Call::RequestLost;
    }
    if let Some(slow) = number("slow:") {
        thread::sleep(Duration::from_millis(slow).min(left));
    }
    match (number("lossy:"), random::<2>()) {
        (Some(lost), Ok([chance, half])) if u64::from(chance) * 100 < lost * 256 => {
            if half % 2 == 0 {
                Call::RequestLost
            } else {
                Call::AnswerLost
            }
        }
        _ => Call::Passes,
    }
}
