//! Points in time and trusted time.
//!
//! A phone's own clock is a claim, not a fact. Trusted time is the server's, carried on by the monotonic clock of the
//! same boot ([`Anchor`]). Without an anchor the wall clock counts, but never below a floor: the highest time known
//! for sure, kept over restarts.

use serde::{Deserialize, Serialize};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

    /// The low 48 bits, big-endian, as UUIDv7 wants them.
    #[must_use]
    pub fn to_be_bytes48(self) -> [u8; 6] {
        let [_, _, bytes @ ..] = self.0.to_be_bytes();
        bytes
    }
}

/// What the phone's clocks say at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockReading {
    /// The wall clock, which people and networks may set.
    pub wall: UnixMillis,
    /// Milliseconds on a clock that runs through sleep and that nobody sets (`CLOCK_BOOTTIME`, `elapsedRealtime`).
    pub monotonic_ms: u64,
    /// Names the boot that the monotonic clock counts from.
    pub boot_id: String,
}

/// The server's time, tied to a monotonic reading of one boot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The server's time when the answer was made.
    pub server: UnixMillis,
    /// The monotonic clock when the answer arrived.
    pub monotonic_ms: u64,
    /// The boot that the monotonic reading belongs to.
    pub boot_id: String,
}

/// The time that decisions use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Now {
    /// The server's time, carried by the monotonic clock.
    Trusted(UnixMillis),
    /// The higher of wall clock and floor: no anchor of this boot is known.
    Untrusted(UnixMillis),
}

impl Now {
    /// The time, trusted or not.
    #[must_use]
    pub const fn millis(self) -> UnixMillis {
        match self {
            Self::Trusted(time) | Self::Untrusted(time) => time,
        }
    }

    /// The time in whole seconds, trusted or not.
    #[must_use]
    pub const fn seconds(self) -> UnixSeconds {
        self.millis().to_seconds()
    }

    /// The time if it is trusted.
    #[must_use]
    pub const fn trusted(self) -> Option<UnixMillis> {
        match self {
            Self::Trusted(time) => Some(time),
            Self::Untrusted(_) => None,
        }
    }
}

/// What a phone remembers of time, over restarts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeKeeper {
    anchor: Option<Anchor>,
    floor: UnixMillis,
}

impl Default for TimeKeeper {
    fn default() -> Self {
        Self { anchor: None, floor: UnixMillis(0) }
    }
}

impl TimeKeeper {
    /// The time now, by the anchor if it is of this boot, else by the wall clock above the floor.
    #[must_use]
    pub fn now(&self, reading: &ClockReading) -> Now {
        match &self.anchor {
            Some(anchor)
                if anchor.boot_id == reading.boot_id && reading.monotonic_ms >= anchor.monotonic_ms =>
            {
                Now::Trusted(anchor.server.plus(reading.monotonic_ms - anchor.monotonic_ms))
            }
            _ => Now::Untrusted(reading.wall.max(self.floor)),
        }
    }

    /// Takes over the server's time from an answer that arrived at `reading`.
    ///
    /// The server is believed even below the floor: it is the source that made the floor, and after an operator
    /// mended a server's wrong clock the phones must follow.
    pub fn anchor(&mut self, server: UnixMillis, reading: &ClockReading) {
        self.anchor =
            Some(Anchor { server, monotonic_ms: reading.monotonic_ms, boot_id: reading.boot_id.clone() });
        self.raise_floor(server);
    }

    /// Notes a time that is known to have passed: that of an accepted gate pack or key set, or trusted time itself.
    pub fn raise_floor(&mut self, known: UnixMillis) {
        self.floor = self.floor.max(known);
    }

    /// The highest time known to have passed.
    #[must_use]
    pub const fn floor(&self) -> UnixMillis {
        self.floor
    }

    /// How far the wall clock is ahead (positive) or behind trusted time, in milliseconds; nothing without an anchor.
    #[must_use]
    pub fn wall_deviation_ms(&self, reading: &ClockReading) -> Option<i64> {
        let trusted = self.now(reading).trusted()?;
        i64::try_from(reading.wall.get()).ok()?.checked_sub_unsigned(trusted.get())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(wall: u64, monotonic_ms: u64, boot: &str) -> ClockReading {
        ClockReading { wall: UnixMillis::new(wall), monotonic_ms, boot_id: boot.to_owned() }
    }

    #[test]
    fn an_anchor_outlives_a_wall_clock_set_back_but_not_a_reboot() {
        let mut keeper = TimeKeeper::default();
        keeper.anchor(UnixMillis::new(1_000_000), &reading(5, 100, "a"));
        assert_eq!(keeper.now(&reading(0, 1_100, "a")), Now::Trusted(UnixMillis::new(1_001_000)));
        assert_eq!(keeper.now(&reading(0, 50, "b")), Now::Untrusted(UnixMillis::new(1_000_000)));
        assert_eq!(keeper.now(&reading(2_000_000, 50, "b")), Now::Untrusted(UnixMillis::new(2_000_000)));
        // A monotonic clock that ran backwards is another boot in disguise.
        assert_eq!(keeper.now(&reading(0, 99, "a")), Now::Untrusted(UnixMillis::new(1_000_000)));
    }

    #[test]
    fn the_floor_only_rises() {
        let mut keeper = TimeKeeper::default();
        keeper.raise_floor(UnixMillis::new(9));
        keeper.raise_floor(UnixMillis::new(3));
        assert_eq!(keeper.floor(), UnixMillis::new(9));
        keeper.anchor(UnixMillis::new(20), &reading(0, 0, "a"));
        assert_eq!(keeper.floor(), UnixMillis::new(20));
        assert_eq!(keeper.wall_deviation_ms(&reading(15, 0, "a")), Some(-5));
    }
}
