//! When something happened on the phone, and what a clock on its wall shows.

use crate::{
    time::{UnixMillis, UnixSeconds},
    words::{
        Phrase,
        time::{self, Local},
    },
};

const DAY_S: i64 = 86_400;

/// The phone's clocks at one moment. It comes with every input, so that nothing here asks for the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
pub struct Moment {
    /// Milliseconds by a clock that only runs forward and that nobody sets. Waits and holds go by it.
    pub running_ms: u64,
    /// The time of day as the phone believes it, for texts. No decision goes by it.
    pub wall: UnixMillis,
    /// By how much the phone's zone is ahead of UTC now. Seconds.
    pub zone_s: i32,
}

impl Moment {
    /// A time as the clock and calendar of the phone's zone show it.
    #[must_use]
    pub fn local(&self, at: UnixMillis) -> Local {
        let seconds = self.seconds(at);
        let (days, second) = (seconds.div_euclid(DAY_S), seconds.rem_euclid(DAY_S));
        let (year, month, day) = calendar(days);
        let small = |number: i64| u32::try_from(number).unwrap_or_default();
        Local {
            year,
            month,
            day,
            // The first day of 1970 was a Thursday.
            weekday: small((days + 3).rem_euclid(7) + 1),
            hour: small(second / 3600),
            minute: small(second / 60 % 60),
            second: small(second % 60),
            zone: String::new(),
        }
    }

    /// A time in words: the time of day, with the date where that is not today's.
    #[must_use]
    pub fn says(&self, at: UnixMillis) -> Phrase<'static> {
        time::since(&self.local(at), &self.local(self.wall))
    }

    /// The day on the calendar of the phone's zone, counted from the first of 1970.
    #[must_use]
    pub fn day_of(&self, at: UnixMillis) -> u32 {
        u32::try_from(self.seconds(at).div_euclid(DAY_S)).unwrap_or_default()
    }

    /// When that day begins there, by the zone as it is now.
    #[must_use]
    pub fn begins(&self, day: u32) -> UnixSeconds {
        let seconds = i64::from(day) * DAY_S - i64::from(self.zone_s);
        UnixSeconds::new(u64::try_from(seconds).unwrap_or_default()).unwrap_or(UnixSeconds::MAX)
    }

    /// Seconds since 1970 by the clock of the phone's zone.
    fn seconds(&self, at: UnixMillis) -> i64 {
        i64::try_from(at.to_seconds().get()).unwrap_or(i64::MAX / 2) + i64::from(self.zone_s)
    }

    /// Milliseconds from an earlier moment, given by [`Self::running_ms`], until this one.
    #[must_use]
    pub const fn since(&self, running_ms: u64) -> u64 {
        self.running_ms.saturating_sub(running_ms)
    }
}

/// Year, month and day of the Gregorian calendar, so many days after the first of 1970. The year begins in March here,
/// so that the leap day is the last one (after Howard Hinnant's `civil_from_days`).
fn calendar(days: i64) -> (i32, u32, u32) {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let years = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * years + years / 4 - years / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = years + era * 400 + i64::from(month <= 2);
    (
        i32::try_from(year).unwrap_or(i32::MAX),
        u32::try_from(month).unwrap_or(1),
        u32::try_from(day).unwrap_or(1),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        let shown = |seconds: u64, zone_s| {
            let moment = Moment { zone_s, ..Moment::default() };
            let at = moment.local(UnixMillis::new(seconds * 1000));
            (at.year, at.month, at.day, at.weekday, at.hour, at.minute)
        };
        assert_eq!(shown(0, 0), (1970, 1, 1, 4, 0, 0));
        assert_eq!(shown(0, -3600), (1969, 12, 31, 3, 23, 0));
        assert_eq!(shown(951_782_400, 0), (2000, 2, 29, 2, 0, 0));
        assert_eq!(shown(1_790_000_000, 7_200), (2026, 9, 21, 1, 16, 13));
        assert_eq!(shown(253_402_300_799, 0), (9999, 12, 31, 5, 23, 59));
    }

    #[test]
    fn a_day_begins_where_the_one_before_ends() {
        for zone_s in [0, 7_200, -18_000, 20_700] {
            let moment = Moment { zone_s, ..Moment::default() };
            let day = moment.day_of(UnixMillis::new(1_790_000_000_000));
            let begins = moment.begins(day).to_millis();
            assert_eq!((moment.day_of(begins), moment.day_of(begins.minus(1))), (day, day - 1));
            let at = moment.local(begins);
            assert_eq!((at.hour, at.minute, at.second), (0, 0, 0));
        }
    }
}
