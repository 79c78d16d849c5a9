//! Times that a phone claims, against when the server heard of them.

use super::UnixMillis;

/// Where something that a phone dates stands among everything else: at the time that it claims, but never ahead of when
/// it was received. What was received has happened; a clock that runs ahead must not put it above what comes later.
#[must_use]
pub fn listed_at(claimed: UnixMillis, received: UnixMillis) -> UnixMillis {
    claimed.min(received)
}

/// How far a claimed time lies ahead of its receipt, where that is more than clocks and networks differ by.
/// Milliseconds.
#[must_use]
pub fn ahead_of_receipt(claimed: UnixMillis, received: UnixMillis) -> Option<u64> {
    const TOLERATED_MS: u64 = 60_000;
    let ahead = claimed.get().saturating_sub(received.get());
    (ahead > TOLERATED_MS).then_some(ahead)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_received_has_happened() {
        let at = UnixMillis::new;
        assert_eq!(listed_at(at(5), at(9)), at(5), "late is when it happened");
        assert_eq!(listed_at(at(1 << 50), at(9)), at(9));
        assert_eq!(ahead_of_receipt(at(60_009), at(9)), None);
        assert_eq!(ahead_of_receipt(at(60_010), at(9)), Some(60_001));
        assert_eq!(ahead_of_receipt(at(0), at(9)), None);
    }
}
