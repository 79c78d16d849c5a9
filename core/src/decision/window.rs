//! The window in which a pass or an invitation holds, against a clock that may be nobody's.

use super::{Code, Outcome};
use crate::time::{Now, UnixSeconds};

/// How far a clock that nobody vouches for may lag before a pass "of the future" is held against the pass. Seconds.
const UNTRUSTED_LAG_S: u64 = 300;

/// Whether now lies in a window: from `from` on and before `until`. By a clock that nobody vouches for at best a
/// caution.
pub(super) fn within(from: UnixSeconds, until: UnixSeconds, now: Now) -> Outcome {
    let (seconds, untrusted) = (now.seconds(), now.trusted().is_none());
    if seconds < from {
        let lags = untrusted && seconds.plus(UNTRUSTED_LAG_S) >= from;
        if lags { Outcome::Cautions(Code::ClockUntrusted) } else { Outcome::Denies(Code::NotYetValid) }
    } else if seconds >= until {
        Outcome::Denies(Code::Expired)
    } else if untrusted {
        Outcome::Cautions(Code::ClockUntrusted)
    } else {
        Outcome::Passed
    }
}
