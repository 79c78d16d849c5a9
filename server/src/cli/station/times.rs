//! Times as a guard reads them: the hour for today, the day beside it for everything else, and how long ago.

use chrono::{DateTime, Local};
use gatehouse_core::{
    time::UnixMillis,
    words::{Phrase, time},
};

use crate::cli::language::said;

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
    said(&said_with_age(time, now))
}

/// The same before it is said.
pub fn said_with_age(at: UnixMillis, now: UnixMillis) -> Phrase<'static> {
    time::clock_and_age(clock(at, now), now.to_seconds().since(at.to_seconds()))
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
        assert!(clock_and_age(before(7_200), now).ends_with(", 2 hours ago"));
    }
}
