//! What a phone knows of the time.

use serde::{Deserialize, Serialize};

use super::{UnixMillis, UnixSeconds};

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
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TimeKeeper {
    anchor: Option<Anchor>,
    floor: UnixMillis,
    /// The clocks when the floor was last brought up to date; nothing where it was raised since.
    #[serde(default)]
    floor_read: Option<BootTime>,
    /// How the wall clock stood to the monotonic one when it was last looked at.
    #[serde(default)]
    seen: Option<Seen>,
    /// How far the wall clock was ahead when that was last told, milliseconds.
    #[serde(default)]
    told_ahead_ms: i64,
    /// By how much a later word of the server's lowered the floor since that was last told, milliseconds.
    #[serde(default)]
    lowered_ms: u64,
}

/// A reading of the monotonic clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct BootTime {
    boot_id: String,
    monotonic_ms: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Seen {
    boot_id: String,
    /// Wall clock less monotonic clock, milliseconds.
    offset_ms: i64,
}

/// Something happened to the phone's clock that the journal should tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockChange {
    /// How far the wall clock was set forward (positive) or back against the monotonic clock, milliseconds; nothing
    /// over a restart, where the two cannot be compared.
    pub moved_ms: Option<i64>,
    /// How far the wall clock is ahead of trusted time now, milliseconds; nothing without trusted time.
    pub ahead_ms: Option<i64>,
    /// The phone was restarted and has not heard from the server since.
    pub restarted: bool,
    /// By how much a later word of the server's lowered the floor, milliseconds: the server's clock had been ahead and
    /// was set back.
    pub lowered_ms: Option<u64>,
}

/// When the server signed a key set or gate pack, and how that stands to the one that the phone held before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// When it says that it was issued.
    pub issued_at: UnixSeconds,
    /// Whether its number is higher than that of the one held, signed by the same authority. A first one is not later
    /// than anything.
    pub is_later: bool,
}

/// Smaller steps are what networks and drift correct every day. Milliseconds.
const NOTABLE_STEP_MS: u64 = 10_000;

impl TimeKeeper {
    /// The time now, by the anchor if it is of this boot, else by the wall clock, but never before [`Self::earliest`].
    #[must_use]
    pub fn now(&self, reading: &ClockReading) -> Now {
        match &self.anchor {
            Some(anchor)
                if anchor.boot_id == reading.boot_id && reading.monotonic_ms >= anchor.monotonic_ms =>
            {
                Now::Trusted(anchor.server.plus(reading.monotonic_ms - anchor.monotonic_ms))
            }
            _ => Now::Untrusted(reading.wall.max(self.earliest(reading))),
        }
    }

    /// The earliest that it can be: the floor, carried on by the monotonic clock. After a restart at least the time
    /// since then has passed as well.
    #[must_use]
    pub fn earliest(&self, reading: &ClockReading) -> UnixMillis {
        let since = match &self.floor_read {
            Some(read) if read.boot_id == reading.boot_id => {
                reading.monotonic_ms.saturating_sub(read.monotonic_ms)
            }
            Some(_) => reading.monotonic_ms,
            None => 0,
        };
        // Nothing is known of a phone that never had a time.
        if self.floor == UnixMillis::default() { self.floor } else { self.floor.plus(since) }
    }

    /// Takes over the server's time from an answer that arrived at `reading`.
    ///
    /// The server is believed even below the floor: it is the source that made the floor, and after an operator
    /// mended a server's wrong clock the phones must follow.
    pub fn anchor(&mut self, server: UnixMillis, reading: &ClockReading) {
        self.anchor =
            Some(Anchor { server, monotonic_ms: reading.monotonic_ms, boot_id: reading.boot_id.clone() });
        self.raise_floor(server, reading);
    }

    /// Heeds the time of a gate pack or key set that was asked for at `asked` and accepted at `arrived`. It is known to
    /// have passed, so the floor is raised to it.
    ///
    /// A later word that was issued before what the floor claims to have passed already when it was asked for shows
    /// that the floor came of a server whose clock was ahead and was set back: then, and only then, the floor is
    /// lowered to it, and [`Self::observe`] tells. What is replayed has no higher number. Whatever time an answer
    /// without a signature names lowers nothing. True where it was lowered.
    pub fn heed(&mut self, word: Word, asked: &ClockReading, arrived: &ClockReading) -> bool {
        let issued = word.issued_at.to_millis();
        let since_asked = if asked.boot_id == arrived.boot_id {
            arrived.monotonic_ms.saturating_sub(asked.monotonic_ms)
        } else {
            0
        };
        let (earliest, latest) = (self.earliest(arrived), issued.plus(since_asked + NOTABLE_STEP_MS));
        if !word.is_later || earliest <= latest {
            self.raise_floor(issued, arrived);
            return false;
        }
        self.lowered_ms = self.lowered_ms.saturating_add(earliest.since(issued));
        self.floor = issued;
        self.floor_read =
            Some(BootTime { boot_id: arrived.boot_id.clone(), monotonic_ms: arrived.monotonic_ms });
        // What came of that clock would raise the floor again.
        if self.now(arrived).trusted().is_some_and(|trusted| trusted > latest) {
            self.anchor = None;
        }
        true
    }

    /// How far the floor lies ahead of trusted time, milliseconds, where that is more than rounding: the server's clock
    /// was set back, and its next key set or gate pack will say so.
    #[must_use]
    pub fn floor_ahead_ms(&self, reading: &ClockReading) -> Option<u64> {
        let ahead = self.earliest(reading).since(self.now(reading).trusted()?);
        (ahead > NOTABLE_STEP_MS).then_some(ahead)
    }

    /// Notes a time that is known to have passed at `reading`. The floor is carried on up to there, so that it never
    /// falls behind what it had reached.
    fn raise_floor(&mut self, known: UnixMillis, reading: &ClockReading) {
        match &self.floor_read {
            // A call that began earlier ends later: what it knew is carried on to the reading that the floor is of,
            // or the time between the two would be counted twice from then on.
            Some(read) if read.boot_id == reading.boot_id && read.monotonic_ms > reading.monotonic_ms => {
                if known != UnixMillis::default() {
                    self.floor = self.floor.max(known.plus(read.monotonic_ms - reading.monotonic_ms));
                }
            }
            _ => {
                self.floor = known.max(self.earliest(reading));
                self.floor_read =
                    Some(BootTime { boot_id: reading.boot_id.clone(), monotonic_ms: reading.monotonic_ms });
            }
        }
    }

    /// Brings the floor up to what is known at `reading`, and tells what happened to the wall clock since the last
    /// time, if it is worth a line in the journal.
    pub fn observe(&mut self, reading: &ClockReading) -> Option<ClockChange> {
        let now = self.now(reading);
        self.raise_floor(now.trusted().unwrap_or_default(), reading);
        let signed = |millis: u64| i64::try_from(millis).unwrap_or(i64::MAX);
        let offset_ms = signed(reading.wall.get()).saturating_sub(signed(reading.monotonic_ms));
        let seen = self.seen.replace(Seen { boot_id: reading.boot_id.clone(), offset_ms });
        let (moved_ms, restarted) = match seen {
            None => (None, false),
            Some(seen) if seen.boot_id == reading.boot_id => {
                (Some(offset_ms.saturating_sub(seen.offset_ms)), false)
            }
            Some(_) => (None, now.trusted().is_none()),
        };
        let moved_ms = moved_ms.filter(|moved| moved.unsigned_abs() > NOTABLE_STEP_MS);
        // A clock that was set while nobody looked, over a restart say, shows once the server's time is known.
        let ahead_ms = self.wall_deviation_ms(reading);
        let deviates = ahead_ms.is_some_and(|ahead| ahead.abs_diff(self.told_ahead_ms) > NOTABLE_STEP_MS);
        let lowered_ms = Some(std::mem::take(&mut self.lowered_ms)).filter(|lowered| *lowered > 0);
        if moved_ms.is_none() && !restarted && !deviates && lowered_ms.is_none() {
            return None;
        }
        self.told_ahead_ms = ahead_ms.unwrap_or(self.told_ahead_ms);
        Some(ClockChange { moved_ms, ahead_ms, restarted, lowered_ms })
    }

    /// The highest time held to have passed when it was last brought up to date.
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
        assert_eq!(keeper.now(&reading(0, 50, "b")), Now::Untrusted(UnixMillis::new(1_000_050)));
        assert_eq!(keeper.now(&reading(2_000_000, 50, "b")), Now::Untrusted(UnixMillis::new(2_000_000)));
        // A monotonic clock that ran backwards is another boot in disguise.
        assert_eq!(keeper.now(&reading(0, 99, "a")), Now::Untrusted(UnixMillis::new(1_000_000)));
    }

    #[test]
    fn the_floor_only_rises_by_what_is_no_later_word() {
        let mut keeper = TimeKeeper::default();
        keeper.raise_floor(UnixMillis::new(9), &reading(0, 0, "a"));
        keeper.raise_floor(UnixMillis::new(3), &reading(0, 0, "a"));
        assert_eq!(keeper.floor(), UnixMillis::new(9));
        keeper.anchor(UnixMillis::new(20), &reading(0, 0, "a"));
        assert_eq!(keeper.floor(), UnixMillis::new(20));
        assert_eq!(keeper.wall_deviation_ms(&reading(15, 0, "a")), Some(-5));
    }

    const NOW_S: u64 = 1_800_000_000;
    const THREE_DAYS_MS: u64 = 3 * 86_400_000;

    /// A phone that heard a server three days ahead, and then the same server set right.
    fn misled() -> (TimeKeeper, ClockReading) {
        let (now, mut keeper) = (UnixMillis::new(NOW_S * 1000), TimeKeeper::default());
        keeper.anchor(now.plus(THREE_DAYS_MS), &reading(now.get(), 60_000, "a"));
        let later = reading(now.get() + 60_000, 120_000, "a");
        keeper.anchor(now.plus(60_000), &later);
        assert_eq!(keeper.earliest(&later), now.plus(THREE_DAYS_MS + 60_000));
        assert_eq!(keeper.floor_ahead_ms(&later), Some(THREE_DAYS_MS));
        keeper.observe(&later);
        (keeper, later)
    }

    fn word(seconds: u64, is_later: bool) -> Word {
        Word { issued_at: UnixSeconds::new(seconds).expect("a time"), is_later }
    }

    #[test]
    fn a_later_word_of_a_server_set_right_lowers_the_floor_and_is_told_once() {
        let (mut keeper, at) = misled();
        keeper.heed(word(NOW_S + 60, true), &at, &at);
        assert_eq!(keeper.floor(), UnixMillis::new((NOW_S + 60) * 1000));
        assert_eq!(keeper.floor_ahead_ms(&at), None);
        assert!(keeper.now(&at).trusted().is_some(), "the server's time, which agrees, stays");
        let told = keeper.observe(&at).expect("told");
        assert_eq!(told.lowered_ms, Some(THREE_DAYS_MS));
        assert_eq!(keeper.observe(&at), None);
        // Over a restart, too: what counts is the time of the server that was set right.
        let restarted = reading((NOW_S + 90) * 1000, 5_000, "b");
        assert_eq!(keeper.now(&restarted), Now::Untrusted(UnixMillis::new((NOW_S + 90) * 1000)));
    }

    #[test]
    fn what_is_replayed_lowers_nothing() {
        let (misled, at) = misled();
        for replayed in [word(NOW_S - 86_400, false), word(NOW_S + 60, false)] {
            let mut keeper = misled.clone();
            keeper.heed(replayed, &at, &at);
            assert_eq!(keeper.earliest(&at), misled.earliest(&at));
            assert_eq!(keeper.observe(&at), None);
        }
    }

    #[test]
    fn a_word_that_was_slow_to_arrive_lowers_nothing() {
        let (mut keeper, now) = (TimeKeeper::default(), UnixMillis::new(NOW_S * 1000));
        let asked = reading(0, 60_000, "a");
        keeper.anchor(now, &asked);
        // Half a minute on its way, and another answer came meanwhile.
        keeper.anchor(now.plus(29_000), &reading(0, 89_000, "a"));
        let arrived = reading(0, 90_000, "a");
        keeper.heed(word(NOW_S, true), &asked, &arrived);
        assert_eq!(keeper.earliest(&arrived), now.plus(30_000));
        assert_eq!(keeper.observe(&arrived).and_then(|change| change.lowered_ms), None);
    }

    #[test]
    fn a_time_of_a_clock_that_was_ahead_is_no_anchor_any_more() {
        let (mut keeper, at) = (TimeKeeper::default(), reading(NOW_S * 1000, 60_000, "a"));
        keeper.anchor(UnixMillis::new(NOW_S * 1000 + THREE_DAYS_MS), &at);
        // The key set came before the answer that would have corrected the time, and the phone was switched off.
        keeper.heed(word(NOW_S, true), &at, &at);
        assert_eq!(keeper.now(&at), Now::Untrusted(UnixMillis::new(NOW_S * 1000)));
        assert_eq!(keeper.observe(&at).and_then(|change| change.lowered_ms), Some(THREE_DAYS_MS));
        assert_eq!(keeper.earliest(&at), UnixMillis::new(NOW_S * 1000));
    }

    #[test]
    fn after_a_restart_time_goes_on_from_the_last_that_was_known() {
        let mut keeper = TimeKeeper::default();
        keeper.anchor(UnixMillis::new(1_000_000), &reading(1_000_000, 100, "a"));
        assert_eq!(keeper.observe(&reading(1_005_000, 5_100, "a")), None);
        assert_eq!(keeper.floor(), UnixMillis::new(1_005_000));
        // Half a minute after the restart it is at least half a minute later than before it.
        assert_eq!(keeper.earliest(&reading(0, 30_000, "b")), UnixMillis::new(1_035_000));
        let change = ClockChange { moved_ms: None, ahead_ms: None, restarted: true, lowered_ms: None };
        assert_eq!(keeper.observe(&reading(0, 30_000, "b")), Some(change));
        // The same half minute is not counted twice.
        assert_eq!(keeper.now(&reading(0, 31_000, "b")), Now::Untrusted(UnixMillis::new(1_036_000)));
        keeper.raise_floor(UnixMillis::new(2_000_000), &reading(0, 40_000, "b"));
        assert_eq!(keeper.earliest(&reading(0, 40_000, "b")), UnixMillis::new(2_000_000));
        // A gate pack that is older than what is known already takes nothing of it back, now or after a restart.
        keeper.raise_floor(UnixMillis::new(2_000_001), &reading(0, 100_000, "b"));
        assert_eq!(keeper.floor(), UnixMillis::new(2_060_000));
        assert_eq!(keeper.earliest(&reading(0, 9_000, "c")), UnixMillis::new(2_069_000));
    }

    #[test]
    fn a_call_that_began_earlier_and_ends_later_takes_the_floor_nowhere() {
        let mut keeper = TimeKeeper::default();
        keeper.anchor(UnixMillis::new(1_000_000), &reading(0, 60_000, "a"));
        // Begun a minute before that anchor came, and written down after it.
        assert_eq!(keeper.observe(&reading(0, 0, "a")), None);
        assert_eq!(keeper.earliest(&reading(0, 60_000, "a")), UnixMillis::new(1_000_000));
        keeper.raise_floor(UnixMillis::new(2_000_000), &reading(0, 30_000, "a"));
        assert_eq!(keeper.earliest(&reading(0, 60_000, "a")), UnixMillis::new(2_030_000));
    }

    #[test]
    fn a_wrong_clock_is_told_when_the_servers_time_is_known_and_once() {
        let mut keeper = TimeKeeper::default();
        assert_eq!(keeper.observe(&reading(3_600_000, 0, "a")), None);
        keeper.anchor(UnixMillis::new(7_200_000), &reading(3_601_000, 1_000, "a"));
        let wrong =
            ClockChange { moved_ms: None, ahead_ms: Some(-3_599_000), restarted: false, lowered_ms: None };
        assert_eq!(keeper.observe(&reading(3_601_000, 1_000, "a")), Some(wrong));
        assert_eq!(keeper.observe(&reading(3_602_000, 2_000, "a")), None);
        let right =
            ClockChange { moved_ms: Some(3_599_000), ahead_ms: Some(0), restarted: false, lowered_ms: None };
        assert_eq!(keeper.observe(&reading(7_202_000, 3_000, "a")), Some(right));
    }

    #[test]
    fn a_wall_clock_that_was_set_is_told_once_and_drift_never() {
        let mut keeper = TimeKeeper::default();
        keeper.anchor(UnixMillis::new(1_000_000), &reading(1_000_000, 0, "a"));
        assert_eq!(keeper.observe(&reading(1_000_000, 0, "a")), None);
        assert_eq!(keeper.observe(&reading(1_064_000, 60_000, "a")), None);
        let back = keeper.observe(&reading(500_000, 61_000, "a"));
        let change = ClockChange {
            moved_ms: Some(-565_000),
            ahead_ms: Some(-561_000),
            restarted: false,
            lowered_ms: None,
        };
        assert_eq!(back, Some(change));
        assert_eq!(keeper.observe(&reading(501_000, 62_000, "a")), None);
    }
}
