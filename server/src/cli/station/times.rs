//! Times as a guard reads them: the hour for today, the day beside it for everything else, and how long ago.

use chrono::{DateTime, Local};
use gatehouse_core::time::UnixMillis;

/// Day and time, by this machine's time zone.
pub fn moment(time: UnixMillis) -> String {
    local(time).map(|time| time.format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
}

/// The time, with the day unless that is the day of `now`: `14:02`, or `2030-05-01 14:02`.
pub fn clock(time: UnixMillis, now: UnixMillis) -> String {
    match (local(time), local(now)) {
        (Some(at), Some(now)) if at.date_naive() == now.date_naive() => at.format("%H:%M").to_string(),
        _ => moment(time),
    }
}

/// The same with how long ago that was: `2030-05-01 14:02, 3 days ago`.
pub fn clock_and_age(time: UnixMillis, now: UnixMillis) -> String {
    let ago = match now.to_seconds().since(time.to_seconds()) {
        ..60 => "just now".to_owned(),
        seconds => format!("{} ago", span(seconds)),
    };
    format!("{}, {ago}", clock(time, now))
}

/// A span of time in its largest whole unit.
fn span(seconds: u64) -> String {
    let units = [(86_400, "day"), (3_600, "hour"), (60, "minute")];
    let (number, unit) = units
        .into_iter()
        .find(|(length, _)| seconds >= *length)
        .map_or((seconds, "second"), |(length, unit)| (seconds / length, unit));
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

fn local(time: UnixMillis) -> Option<DateTime<Local>> {
    let time = i64::try_from(time.get()).ok().and_then(DateTime::from_timestamp_millis);
    time.map(|time| time.with_timezone(&Local))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_time_is_seen_to_be_old() {
        let now = UnixMillis::new(1_790_000_000_000);
        let before = |seconds: u64| UnixMillis::new(now.get() - seconds * 1000);
        assert_eq!(clock_and_age(now, now).len(), "14:02, just now".len());
        let old = clock_and_age(before(3 * 86_400 + 7), now);
        assert!(old.starts_with("2026-09-1") && old.ends_with(", 3 days ago"), "{old}");
        assert!(clock_and_age(before(90), now).ends_with(", 1 minute ago"));
        assert_eq!((span(0), span(7_200)), ("0 seconds".to_owned(), "2 hours".to_owned()));
    }
}
