//! A stored start, and how long it counts, against now.
//!
//! Whoever wrote the start down may have had a clock that was ahead and has been set back since. Then the start lies in
//! the future, and "start + length" would last, or hold somebody up, for as much longer.

use super::UnixMillis;

/// Something that began at a stored time and counts for a while: a reservation, a one-time code, a session, a wait.
///
/// Looked at, it counts while now is less than its length away from its start, on either side. So a start that lies a
/// little ahead counts as now, and one that lies ahead by more than the whole length is another clock's and over: it
/// neither lets anybody in nor keeps anybody out. Where it may be written anew, [`Self::taken_back`] makes the start
/// now, and from there on nothing lasts longer than its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    start: UnixMillis,
    length_ms: u64,
}

impl Span {
    /// From `start` on for so many milliseconds.
    #[must_use]
    pub const fn new(start: UnixMillis, length_ms: u64) -> Self {
        Self { start, length_ms }
    }

    /// From `start` until before `end`; of no length where that is not later.
    #[must_use]
    pub const fn between(start: UnixMillis, end: UnixMillis) -> Self {
        Self { start, length_ms: end.since(start) }
    }

    /// The same for what is stored by its end alone.
    #[must_use]
    pub const fn until(end: UnixMillis, length_ms: u64) -> Self {
        Self { start: end.minus(length_ms), length_ms }
    }

    /// When it began: never after `now`.
    #[must_use]
    pub fn begun(self, now: UnixMillis) -> UnixMillis {
        self.start.min(now)
    }

    /// Milliseconds that it has lasted; 0 where the start lies ahead.
    #[must_use]
    pub const fn elapsed_ms(self, now: UnixMillis) -> u64 {
        now.since(self.start)
    }

    /// Milliseconds that are left, never more than its length; 0 where it is over.
    #[must_use]
    pub const fn left_ms(self, now: UnixMillis) -> u64 {
        if now.get() < self.start.get() && self.start.since(now) >= self.length_ms {
            return 0;
        }
        self.length_ms.saturating_sub(self.elapsed_ms(now))
    }

    /// Whether it still counts.
    #[must_use]
    pub const fn counts(self, now: UnixMillis) -> bool {
        self.left_ms(now) > 0
    }

    /// The starts, first and last, of what counts at `now` and is so long: the same rule for a database.
    #[must_use]
    pub fn starts(now: UnixMillis, length_ms: u64) -> (UnixMillis, UnixMillis) {
        let most = length_ms.saturating_sub(1);
        (now.minus(most), now.plus(most))
    }

    /// The ends, first and last, of what counts at `now` and is so long.
    #[must_use]
    pub fn ends(now: UnixMillis, length_ms: u64) -> (UnixMillis, UnixMillis) {
        let (first, last) = Self::starts(now, length_ms);
        (first.plus(length_ms), last.plus(length_ms))
    }

    /// The first moment in which it no longer counts.
    #[must_use]
    pub fn end(self) -> UnixMillis {
        self.start.plus(self.length_ms)
    }

    /// What to write in its place at `now`, where its start lies ahead: begun now. Nothing where it stands right.
    #[must_use]
    pub fn taken_back(self, now: UnixMillis) -> Option<Self> {
        (self.start > now).then_some(Self { start: now, ..self })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(millis: u64) -> UnixMillis {
        UnixMillis::new(millis)
    }

    #[test]
    fn it_counts_from_its_start_until_before_its_end() {
        let span = Span::new(at(1000), 10);
        assert_eq!(
            [999, 1000, 1009, 1010, 5000].map(|now| span.counts(at(now))),
            [true, true, true, false, false]
        );
        assert_eq!([1000, 1004, 1010].map(|now| span.left_ms(at(now))), [10, 6, 0]);
        assert_eq!(Span::between(at(5), at(3)).left_ms(at(5)), 0);
        assert_eq!(Span::until(at(1010), 10), span);
    }

    #[test]
    fn a_start_ahead_counts_as_now_and_one_ahead_by_a_whole_length_not_at_all() {
        let span = Span::new(at(86_400_000), 600_000);
        assert_eq!((span.counts(at(0)), span.left_ms(at(0))), (false, 0));
        assert_eq!(span.left_ms(at(86_399_000)), 600_000);
        assert_eq!(span.taken_back(at(0)), Some(Span::new(at(0), 600_000)));
        assert_eq!(span.taken_back(at(86_400_000)), None);
    }

    proptest! {
        #[test]
        fn nothing_lasts_longer_than_its_length_from_any_now(
            start in 0..10_000_000_u64, length in 0..1_000_000_u64, now in 0..10_000_000_u64,
        ) {
            let (span, now) = (Span::new(at(start), length), at(now));
            prop_assert!(span.left_ms(now) <= length);
            let (first, last) = Span::starts(now, length);
            let within = length > 0 && (first..=last).contains(&at(start));
            prop_assert_eq!(span.counts(now), within);
            let (first, last) = Span::ends(now, length);
            let ends = length > 0 && now >= at(length) && (first..=last).contains(&span.end());
            prop_assert_eq!(span.counts(now) && now >= at(length), ends);
            prop_assert!(span.begun(now) <= now);
            // Without anything written anew it is over a length after its start, and a length before it.
            prop_assert!(!span.counts(span.end()));
            // Written anew it is over a length from now.
            let anew = span.taken_back(now).unwrap_or(span);
            prop_assert!(!anew.counts(now.plus(length)));
            prop_assert_eq!(anew.taken_back(now), None);
        }
    }
}
