//! Times and durations in the forms that pages need; their words are core's.

use std::fmt::Display;

use chrono::{DateTime, Datelike, NaiveDate, TimeZone, Timelike, Utc};
use gatehouse_core::words::{
    Language, Phrase,
    time::{self, Day, Local},
};

/// A point in time in the forms that a page needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// UTC, for `<time datetime>`.
    pub iso: String,
    /// Day, time to the second and zone, for people.
    pub exact: String,
    /// The same without seconds: what somebody chose.
    pub minute: String,
    /// Short and relative to the making of the page; the script keeps it fresh.
    pub relative: String,
    /// The time of day, which the script shows once that is no longer recent.
    pub clock: String,
    /// Whether the short form says how many minutes ago that was.
    pub is_recent: bool,
}

fn local<Z: TimeZone>(at: &DateTime<Z>) -> Local
where
    Z::Offset: Display,
{
    Local {
        year: at.year(),
        month: at.month(),
        day: at.day(),
        weekday: at.weekday().number_from_monday(),
        hour: at.hour(),
        minute: at.minute(),
        second: at.second(),
        zone: at.format("%Z").to_string(),
    }
}

/// A day of the week and of the month as a heading.
pub fn heading(day: NaiveDate, with_year: bool) -> Phrase<'static> {
    time::heading(&local(&day.and_time(chrono::NaiveTime::MIN).and_utc()), with_year)
}

impl Moment {
    /// The moment `at_ms` as seen at `now_ms` (milliseconds since 1970 UTC) by people in `zone`.
    pub fn new<Z: TimeZone>(language: Language, at_ms: i64, now_ms: i64, zone: &Z) -> Self
    where
        Z::Offset: Display,
    {
        Self::said(language, at_ms, now_ms, zone, |at, now| {
            let seconds = now.timestamp() - at.timestamp();
            // Clocks differ a little: what lies a minute ahead is now.
            let ago = if (-60..0).contains(&seconds) { 0 } else { seconds };
            match u64::try_from(ago).ok().and_then(time::ago) {
                Some(ago) => (ago, true),
                None => (day(at, now, seconds >= 0), false),
            }
        })
    }

    /// The same, its short form never relative to this minute: fit for the ends of a window.
    pub fn of_day<Z: TimeZone>(language: Language, at_ms: i64, now_ms: i64, zone: &Z) -> Self
    where
        Z::Offset: Display,
    {
        Self::said(language, at_ms, now_ms, zone, |at, now| (day(at, now, false), false))
    }

    /// The same, its short form fit to follow "since".
    pub fn since<Z: TimeZone>(language: Language, at_ms: i64, now_ms: i64, zone: &Z) -> Self
    where
        Z::Offset: Display,
    {
        Self::said(language, at_ms, now_ms, zone, |at, now| (time::since(&local(at), &local(now)), false))
    }

    fn said<Z: TimeZone>(
        language: Language,
        at_ms: i64,
        now_ms: i64,
        zone: &Z,
        short: impl Fn(&DateTime<Z>, &DateTime<Z>) -> (Phrase<'static>, bool),
    ) -> Self
    where
        Z::Offset: Display,
    {
        let at = DateTime::<Utc>::from_timestamp_millis(at_ms).unwrap_or_default();
        let now = DateTime::<Utc>::from_timestamp_millis(now_ms).unwrap_or_default();
        let here = at.with_timezone(zone);
        let (relative, is_recent) = short(&here, &now.with_timezone(zone));
        let by_calendar = local(&here);
        Self {
            iso: at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            exact: language.say(&time::exact(&by_calendar)),
            minute: language.say(&time::minute(&by_calendar)),
            relative: language.say(&relative),
            clock: here.format("%H:%M").to_string(),
            is_recent,
        }
    }
}

/// The time of day with a word for its day, or the date.
fn day<Z: TimeZone>(at: &DateTime<Z>, now: &DateTime<Z>, bare: bool) -> Phrase<'static>
where
    Z::Offset: Display,
{
    let days = now.date_naive().signed_duration_since(at.date_naive()).num_days();
    let on = match days {
        0 => Day::Today,
        1 => Day::Yesterday,
        -1 => Day::Tomorrow,
        _ if at.year() == now.year() => Day::ThisYear,
        _ => Day::AnotherYear,
    };
    time::day(&local(at), on, bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_700_049_600_000; // 2023-11-15 12:00 UTC
    const MINUTE: i64 = 60;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;

    fn said(before: i64) -> String {
        Moment::new(Language::English, NOON - before * 1000, NOON, &Utc).relative
    }

    fn since(at_ms: i64) -> String {
        Moment::since(Language::English, at_ms, NOON, &Utc).relative
    }

    #[test]
    fn near_times_are_relative_and_far_ones_dates() {
        assert_eq!(said(3), "just now");
        assert_eq!(said(-59), "just now");
        assert_eq!(said(-61), "Today 12:01");
        assert_eq!(said(60), "1 min ago");
        assert_eq!(said(59 * MINUTE), "59 min ago");
        assert_eq!(said(3 * HOUR), "09:00");
        assert_eq!(said(-3 * HOUR), "Today 15:00");
        assert_eq!(said(20 * HOUR), "Yesterday 16:00");
        assert_eq!(said(-20 * HOUR), "Tomorrow 08:00");
        assert_eq!(said(5 * DAY), "10 Nov, 12:00");
        assert_eq!(said(400 * DAY), "11 Oct 2022, 12:00");
        assert_eq!(said(-60 * DAY), "14 Jan 2024, 12:00");
        assert_eq!(Moment::of_day(Language::English, NOON, NOON, &Utc).relative, "Today 12:00");
        assert_eq!(since(NOON), "12:00");
        assert_eq!(since(NOON - DAY * 1000), "14 Nov, 12:00");
        assert_eq!(since(NOON + 60 * DAY * 1000), "14 Jan 2024, 12:00");
        assert_eq!(since(NOON - 365 * DAY * 1000), "15 Nov 2022, 12:00");
        let english = Moment::new(Language::English, NOON, NOON, &Utc);
        assert_eq!(english.exact, "Wed 15 Nov 2023, 12:00:00 UTC");
        let french = Moment::new(Language::French, NOON, NOON, &Utc);
        assert_eq!(french.minute, "mer. 15 nov. 2023, 12:00 UTC");
    }
}
