//! Times and durations in words.

use std::fmt::Display;

use chrono::{DateTime, Datelike, TimeZone, Utc};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

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
}

impl Moment {
    /// The moment `at_ms` as seen at `now_ms` (milliseconds since 1970 UTC) by people in `zone`.
    pub fn new<Z: TimeZone>(at_ms: i64, now_ms: i64, zone: &Z) -> Self
    where
        Z::Offset: Display,
    {
        Self::said(at_ms, now_ms, zone, relative)
    }

    /// The same, its short form never relative to this minute: fit for the ends of a window.
    pub fn of_day<Z: TimeZone>(at_ms: i64, now_ms: i64, zone: &Z) -> Self
    where
        Z::Offset: Display,
    {
        Self::said(at_ms, now_ms, zone, |at, now| day(at, now, "Today %H:%M"))
    }

    /// The same, its short form fit to follow "since".
    pub fn since<Z: TimeZone>(at_ms: i64, now_ms: i64, zone: &Z) -> Self
    where
        Z::Offset: Display,
    {
        Self::said(at_ms, now_ms, zone, |at, now| {
            let form = if at.date_naive() == now.date_naive() {
                "%H:%M"
            } else if at.year() == now.year() {
                "%-d %b, %H:%M"
            } else {
                "%-d %b %Y, %H:%M"
            };
            at.format(form).to_string()
        })
    }

    fn said<Z: TimeZone>(
        at_ms: i64,
        now_ms: i64,
        zone: &Z,
        say: impl Fn(&DateTime<Z>, &DateTime<Z>) -> String,
    ) -> Self
    where
        Z::Offset: Display,
    {
        let at = DateTime::<Utc>::from_timestamp_millis(at_ms).unwrap_or_default();
        let now = DateTime::<Utc>::from_timestamp_millis(now_ms).unwrap_or_default();
        let local = at.with_timezone(zone);
        Self {
            iso: at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            exact: local.format("%a %-d %b %Y, %H:%M:%S %Z").to_string(),
            minute: local.format("%a %-d %b %Y, %H:%M %Z").to_string(),
            relative: say(&local, &now.with_timezone(zone)),
        }
    }
}

/// Minutes while they are few, then the time of day, then the date: what a person would say.
fn relative<Z: TimeZone>(at: &DateTime<Z>, now: &DateTime<Z>) -> String
where
    Z::Offset: Display,
{
    let seconds = now.timestamp() - at.timestamp();
    if (-MINUTE..MINUTE).contains(&seconds) {
        return "just now".to_owned();
    }
    if (0..HOUR).contains(&seconds) {
        return format!("{} min ago", seconds / MINUTE);
    }
    day(at, now, if seconds < 0 { "Today %H:%M" } else { "%H:%M" })
}

/// The time of day with a word for its day, or the date.
fn day<Z: TimeZone>(at: &DateTime<Z>, now: &DateTime<Z>, today: &str) -> String
where
    Z::Offset: Display,
{
    let days = now.date_naive().signed_duration_since(at.date_naive()).num_days();
    match days {
        0 => at.format(today),
        1 => at.format("Yesterday %H:%M"),
        -1 => at.format("Tomorrow %H:%M"),
        _ if at.year() == now.year() => at.format("%-d %b, %H:%M"),
        _ => at.format("%-d %b %Y, %H:%M"),
    }
    .to_string()
}

/// A length of time in words, from its seconds: "45 s", "14 min", "2 h 10 min", "3 days".
pub fn duration(seconds: i64) -> String {
    let seconds = seconds.max(0);
    match seconds {
        s if s < MINUTE => format!("{s} s"),
        s if s < HOUR => format!("{} min", s / MINUTE),
        s if s < 2 * DAY => match (s / HOUR, s % HOUR / MINUTE) {
            (hours, 0) => format!("{hours} h"),
            (hours, minutes) => format!("{hours} h {minutes} min"),
        },
        s => format!("{} days", s / DAY),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_700_049_600_000; // 2023-11-15 12:00 UTC

    fn said(before: i64) -> String {
        Moment::new(NOON - before * 1000, NOON, &Utc).relative
    }

    #[test]
    fn near_times_are_relative_and_far_ones_dates() {
        assert_eq!(said(3), "just now");
        assert_eq!(said(60), "1 min ago");
        assert_eq!(said(59 * MINUTE), "59 min ago");
        assert_eq!(said(3 * HOUR), "09:00");
        assert_eq!(said(-3 * HOUR), "Today 15:00");
        assert_eq!(said(20 * HOUR), "Yesterday 16:00");
        assert_eq!(said(-20 * HOUR), "Tomorrow 08:00");
        assert_eq!(said(5 * DAY), "10 Nov, 12:00");
        assert_eq!(said(400 * DAY), "11 Oct 2022, 12:00");
        assert_eq!(Moment::of_day(NOON, NOON, &Utc).relative, "Today 12:00");
        assert_eq!(Moment::since(NOON, NOON, &Utc).relative, "12:00");
        assert_eq!(Moment::since(NOON - DAY * 1000, NOON, &Utc).relative, "14 Nov, 12:00");
        assert_eq!(said(-60 * DAY), "14 Jan 2024, 12:00");
        assert_eq!(Moment::since(NOON + 60 * DAY * 1000, NOON, &Utc).relative, "14 Jan 2024, 12:00");
        assert_eq!(Moment::since(NOON - 365 * DAY * 1000, NOON, &Utc).relative, "15 Nov 2022, 12:00");
        assert_eq!(Moment::new(NOON, NOON, &Utc).exact, "Wed 15 Nov 2023, 12:00:00 UTC");
    }

    #[test]
    fn durations_are_short() {
        assert_eq!(duration(-5), "0 s");
        assert_eq!(duration(45), "45 s");
        assert_eq!(duration(840), "14 min");
        assert_eq!(duration(7800), "2 h 10 min");
        assert_eq!(duration(8 * HOUR), "8 h");
        assert_eq!(duration(3 * DAY), "3 days");
    }
}
