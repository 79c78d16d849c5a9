//! How many wrong tries are forgiven, and how long one waits for the next: the generic cell rate algorithm (ITU-T
//! I.371), which needs one stored time for each account.

use gatehouse_core::time::UnixMillis;

/// Tries that may go wrong at once, and how long it takes to forget each. Milliseconds.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    burst: u64,
    each_ms: u64,
}

/// Wrong codes for an account on one device, and on all without a device together: 20 in any hour.
pub const TRIES: Budget = Budget { burst: 5, each_ms: 240_000 };

impl Budget {
    /// Milliseconds until the next try, by when all earlier ones will be forgotten; nothing if it may be made now.
    pub fn wait_ms(&self, forgotten_at: UnixMillis, now: UnixMillis) -> Option<u64> {
        let behind = self.sane(forgotten_at, now).get().saturating_sub(now.get());
        behind.checked_sub((self.burst - 1) * self.each_ms).filter(|wait| *wait > 0)
    }

    /// By when all will be forgotten after one more wrong try.
    pub fn spent(&self, forgotten_at: UnixMillis, now: UnixMillis) -> UnixMillis {
        self.sane(forgotten_at, now).max(now).plus(self.each_ms)
    }

    /// In what time a budget that is used up is whole again. Milliseconds.
    pub const fn whole_ms(&self) -> u64 {
        self.burst * self.each_ms
    }

    /// Further ahead than the whole budget it was counted by a clock that has been set back since, and means nothing.
    fn sane(&self, forgotten_at: UnixMillis, now: UnixMillis) -> UnixMillis {
        if forgotten_at > now.plus(self.whole_ms()) { UnixMillis::default() } else { forgotten_at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_are_free_and_each_further_one_waits_its_time() {
        let (mut at, mut now) = (UnixMillis::default(), UnixMillis::new(10_000_000));
        for _ in 0..5 {
            assert_eq!(TRIES.wait_ms(at, now), None);
            at = TRIES.spent(at, now);
        }
        assert_eq!(TRIES.wait_ms(at, now), Some(240_000));
        now = now.plus(240_000);
        assert_eq!(TRIES.wait_ms(at, now), None);
        assert_eq!(TRIES.wait_ms(TRIES.spent(at, now), now), Some(240_000));
        // Counted by a clock that was a year ahead.
        let ahead = TRIES.spent(at, now.plus(365 * 86_400_000));
        assert_eq!(TRIES.wait_ms(ahead, now), None);
    }

    #[test]
    fn no_hour_sees_more_than_twenty() {
        let (mut at, mut now, mut step) = (UnixMillis::default(), UnixMillis::new(1_000_000_000), 1_u64);
        let mut tried = Vec::new();
        for _ in 0..2_000 {
            step = step.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            now = now.plus((step >> 33) % 300_000);
            if TRIES.wait_ms(at, now).is_none() {
                at = TRIES.spent(at, now);
                tried.push(now.get());
            }
        }
        assert!(tried.len() > 200);
        for start in &tried {
            let within = tried.iter().filter(|time| (*start..*start + 3_600_000).contains(*time)).count();
            assert!(within <= 20, "{within}");
        }
    }
}
