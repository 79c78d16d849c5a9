//! When a wallet is locked, and when it asks for the next code.

use gatehouse_core::{
    device::{LastUse, LockAfter, is_locked, refresh_in_s},
    time::ClockReading,
};

use super::*;

fn reading() -> impl Strategy<Value = ClockReading> {
    (any::<u64>(), 0..200_000_000_u64, 0..3_u8).prop_map(|(wall, monotonic_ms, boot)| ClockReading {
        wall: UnixMillis::new(wall),
        monotonic_ms,
        boot_id: boot.to_string(),
    })
}

fn after() -> impl Strategy<Value = LockAfter> {
    proptest::sample::select(LockAfter::ALL.to_vec())
}

proptest! {
    #![proptest_config(cases(512))]

    // covers: S4-22
    /// A code is replaced while it is still valid, and at once when it is not: whoever asks when told to never shows
    /// an expired one.
    #[test]
    fn a_code_is_replaced_before_it_lapses(issued in 0..2_000_000_u64, life in 1..2_000_u64, later in 0..4_000_u64) {
        let (issued_at, expires_at, now) = (at(issued), at(issued + life), at(issued + later));
        let wait = refresh_in_s(issued_at, expires_at, now);
        let left = expires_at.since(now);
        if wait > 0 {
            let early = left - wait;
            prop_assert!(early > 0 && early <= 30 && early <= life.div_ceil(4));
            prop_assert_eq!(refresh_in_s(issued_at, expires_at, now.plus(wait)), 0);
        } else {
            prop_assert!(left <= 30 && left <= life.div_ceil(4));
        }
        prop_assert!(refresh_in_s(issued_at, expires_at, now.plus(1)) <= wait);
    }

    /// Neither setting the wall clock nor waiting ever unlocks; a restart locks; a shorter choice locks no later.
    #[test]
    fn only_the_member_unlocks(last in reading(), now in reading(), wall in any::<u64>(), more in 0..10_000_000_u64, a in after(), b in after()) {
        let used = LastUse::at(&last);
        let locked = |after, reading: &ClockReading| is_locked(after, Some(&used), reading);
        let other_wall = ClockReading { wall: UnixMillis::new(wall), ..now.clone() };
        prop_assert_eq!(locked(a, &now), locked(a, &other_wall));
        if last.boot_id != now.boot_id || now.monotonic_ms < last.monotonic_ms {
            prop_assert!(locked(a, &now));
        } else {
            let since = now.monotonic_ms - last.monotonic_ms;
            prop_assert_eq!(locked(a, &now), since >= u64::from(a.minutes()) * 60_000);
            let later = ClockReading { monotonic_ms: now.monotonic_ms + more, ..now.clone() };
            prop_assert!(!locked(a, &now) || locked(a, &later));
        }
        let (shorter, longer) = if a.minutes() <= b.minutes() { (a, b) } else { (b, a) };
        prop_assert!(!locked(longer, &now) || locked(shorter, &now));
        prop_assert!(is_locked(a, None, &now), "never unlocked");
    }
}
