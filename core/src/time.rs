//! Points in time and trusted time.
//!
//! A phone's own clock is a claim, not a fact. Trusted time is the server's, carried on by the monotonic clock of the
//! same boot ([`Anchor`]). Without an anchor the wall clock counts, but never below a floor: the highest time known
//! for sure, kept over restarts.
//!
//! Times that were written down earlier and times that others claim have a rule each: [`Span`] for a stored start
//! against now, [`listed_at`] for somebody else's word beside its receipt. What devices' clocks say of the server's is
//! weighed by [`Compared`].

mod claimed;
mod compared;
mod keeper;
mod span;

use serde::{Deserialize, Serialize};

pub use claimed::{ahead_of_receipt, listed_at};
pub use compared::{Compared, Deviation};
pub use keeper::{Anchor, ClockChange, ClockReading, Now, TimeKeeper, Word};
pub use span::Span;

/// Seconds since 1970-01-01 UTC, within the years that the formats allow (to the end of 9999).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct UnixSeconds(u64);

impl UnixSeconds {
    /// The last second of the year 9999.
    pub const MAX: Self = Self(253_402_300_799);
    /// The start of 1970.
    pub const EPOCH: Self = Self(0);

    /// A time, unless it lies past the end of the year 9999.
    #[must_use]
    pub const fn new(seconds: u64) -> Option<Self> {
        if seconds <= Self::MAX.0 { Some(Self(seconds)) } else { None }
    }

    /// Seconds since 1970.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// Later by `seconds`, at most the end of 9999.
    #[must_use]
    pub fn plus(self, seconds: u64) -> Self {
        Self(self.0.saturating_add(seconds)).min(Self::MAX)
    }

    /// Earlier by `seconds`, at least 1970.
    #[must_use]
    pub const fn minus(self, seconds: u64) -> Self {
        Self(self.0.saturating_sub(seconds))
    }

    /// Seconds since `earlier`; 0 if that is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The same time in milliseconds.
    #[must_use]
    pub const fn to_millis(self) -> UnixMillis {
        UnixMillis(self.0 * 1000)
    }
}

impl From<UnixSeconds> for u64 {
    fn from(time: UnixSeconds) -> Self {
        time.0
    }
}

impl TryFrom<u64> for UnixSeconds {
    type Error = &'static str;

    fn try_from(seconds: u64) -> Result<Self, Self::Error> {
        Self::new(seconds).ok_or("time past the year 9999")
    }
}

/// Milliseconds since 1970-01-01 UTC, to the end of 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(from = "u64", into = "u64")]
pub struct UnixMillis(u64);

impl From<u64> for UnixMillis {
    fn from(millis: u64) -> Self {
        Self::new(millis)
    }
}

impl From<UnixMillis> for u64 {
    fn from(time: UnixMillis) -> Self {
        time.0
    }
}

impl UnixMillis {
    /// A time in milliseconds; beyond the year 9999 it is cut to its end.
    #[must_use]
    pub fn new(millis: u64) -> Self {
        Self(millis.min(UnixSeconds::MAX.0 * 1000 + 999))
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The second that this time lies in.
    #[must_use]
    pub const fn to_seconds(self) -> UnixSeconds {
        UnixSeconds(self.0 / 1000)
    }

    /// Later by `millis`.
    #[must_use]
    pub fn plus(self, millis: u64) -> Self {
        Self::new(self.0.saturating_add(millis))
    }

    /// Earlier by `millis`, at least 1970.
    #[must_use]
    pub const fn minus(self, millis: u64) -> Self {
        Self(self.0.saturating_sub(millis))
    }

    /// Milliseconds since `earlier`; 0 if that is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }

    /// By how much the two differ, whichever is later. Milliseconds.
    #[must_use]
    pub const fn apart(self, other: Self) -> u64 {
        self.0.abs_diff(other.0)
    }

    /// The low 48 bits, big-endian, as UUIDv7 wants them.
    #[must_use]
    pub fn to_be_bytes48(self) -> [u8; 6] {
        let [_, _, bytes @ ..] = self.0.to_be_bytes();
        bytes
    }
}
