//! What stops the member.

use std::sync::Arc;

use super::place::Trouble;
use crate::{
    device::{StoreError, WalletError},
    time::UnixMillis,
};

/// What stops the member.
#[derive(Debug, Clone)]
pub(super) enum Stop {
    /// An admin switched the access off, or the membership is over.
    AccessEnded(Trouble),
    /// The server ended the session.
    SignedOut,
    /// No network, and no code without one.
    NotPrepared(Trouble),
    ClockOff(ClockOff),
    StorageFull(Trouble),
    Damaged(Trouble),
    Newer(Trouble),
    Elsewhere(Trouble),
    Failed(Trouble),
}

/// A clock that differs from the server's by so much is said to be off. Milliseconds.
const FAR_OFF_MS: u64 = 300_000;

/// By how much the phone's clock is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ClockOff {
    pub ahead: bool,
    pub by_ms: u64,
}

impl ClockOff {
    /// The phone's clock as it was before and after the wallet said what time it is. Between the two anything may have
    /// passed, so that only what is far off at both counts.
    pub(super) fn between(before: UnixMillis, after: UnixMillis, now: UnixMillis) -> Option<Self> {
        let (first, last) = (before.min(after), before.max(after));
        let (ahead_ms, behind_ms) = (first.since(now), now.since(last));
        let off = if ahead_ms > 0 {
            Self { ahead: true, by_ms: ahead_ms }
        } else {
            Self { ahead: false, by_ms: behind_ms }
        };
        (off.by_ms > FAR_OFF_MS).then_some(off)
    }
}

impl Stop {
    /// What an error stops altogether; nothing where only what was asked for failed.
    pub(super) fn of(trouble: &Trouble) -> Option<Self> {
        let trouble = Arc::clone(trouble);
        Some(match *trouble {
            WalletError::Store(StoreError::Full) => Self::StorageFull(trouble),
            WalletError::Store(StoreError::Damaged) => Self::Damaged(trouble),
            WalletError::Store(StoreError::InUse) => Self::Elsewhere(trouble),
            WalletError::Store(StoreError::Newer { .. }) => Self::Newer(trouble),
            WalletError::Store(_)
            | WalletError::Secrets(_)
            | WalletError::Time(_)
            | WalletError::Random(_) => Self::Failed(trouble),
            _ => return None,
        })
    }

    /// Whether both are the same as far as a member who was told of one needs not be told of the other.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// Whether a code that can be shown ends it.
    pub(super) const fn ends_with_a_code(&self) -> bool {
        matches!(self, Self::AccessEnded(_) | Self::NotPrepared(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clock_that_is_off_the_whole_time_is_off() {
        let at = |minutes: u64| UnixMillis::new(1_790_000_000_000 + minutes * 60_000);
        let off = |before, after| ClockOff::between(at(before), at(after), at(60));
        assert_eq!(off(60, 60), None);
        assert_eq!(off(55, 65), None);
        assert_eq!(off(50, 100), None, "an hour of sleep in between");
        assert_eq!(off(66, 90), Some(ClockOff { ahead: true, by_ms: 360_000 }));
        assert_eq!(off(0, 54), Some(ClockOff { ahead: false, by_ms: 360_000 }));
    }
}
