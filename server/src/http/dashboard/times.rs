//! Times as people of the organisation see them.

use chrono::{DateTime, Days, LocalResult, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use gatehouse_core::{
    time::{UnixMillis, UnixSeconds},
    words::{Phrase, time},
};

use crate::web::view::{Moment, Words};

/// Later than this, an event's arrival is worth a word. Milliseconds.
const LATE_MS: u64 = 60_000;
/// How a form writes a time, with and without seconds.
const FIELD: &str = "%Y-%m-%dT%H:%M";
const FIELD_SECONDS: &str = "%Y-%m-%dT%H:%M:%S";

/// The organisation's zone, and the time at which a page is made.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// The zone.
    pub zone: Tz,
    /// Now.
    pub now: UnixMillis,
    /// The language of the page.
    pub words: Words,
}

/// Milliseconds as the calendar counts them.
fn signed(at: UnixMillis) -> i64 {
    i64::try_from(at.get()).unwrap_or(i64::MAX)
}

impl Times {
    /// In a zone by its IANA name; one that is not known here is UTC.
    pub fn new(zone: &str, now: UnixMillis, words: Words) -> Self {
        Self { zone: zone.parse().unwrap_or(Tz::UTC), now, words }
    }

    /// A time in the forms that a page needs.
    pub fn moment(&self, at: UnixMillis) -> Moment {
        Moment::new(self.words.0, signed(at), signed(self.now), &self.zone)
    }

    /// A time whose short form names its day.
    pub fn of_day(&self, at: UnixMillis) -> Moment {
        Moment::of_day(self.words.0, signed(at), signed(self.now), &self.zone)
    }

    /// A time whose short form follows "since".
    pub fn since(&self, at: UnixMillis) -> Moment {
        Moment::since(self.words.0, signed(at), signed(self.now), &self.zone)
    }

    /// How long after `from` the time `to` was, in words, where that was late.
    pub fn late(from: UnixMillis, to: UnixMillis) -> Option<Phrase<'static>> {
        let late = to.get().saturating_sub(from.get());
        (late >= LATE_MS).then(|| Self::between(from, to))
    }

    /// The time from `from` to `to` in words.
    pub fn between(from: UnixMillis, to: UnixMillis) -> Phrase<'static> {
        time::duration(to.get().saturating_sub(from.get()) / 1000)
    }

    fn local(&self, at: UnixMillis) -> DateTime<Tz> {
        DateTime::<Utc>::from_timestamp_millis(signed(at)).unwrap_or_default().with_timezone(&self.zone)
    }

    /// Today.
    pub fn today(&self) -> NaiveDate {
        self.local(self.now).date_naive()
    }

    /// The first moment of the day `days` after today, or before it.
    pub fn midnight(&self, days: i32) -> UnixMillis {
        let (today, by) = (self.today(), Days::new(days.unsigned_abs().into()));
        let day = if days < 0 { today.checked_sub_days(by) } else { today.checked_add_days(by) };
        self.start_of(day.unwrap_or(today))
    }

    /// The first moment of a day.
    pub fn start_of(&self, day: NaiveDate) -> UnixMillis {
        let start = day.and_time(chrono::NaiveTime::MIN);
        // Where midnight itself is skipped, the day begins an hour later.
        let found = self.zone.from_local_datetime(&start).earliest();
        let found =
            found.or_else(|| self.zone.from_local_datetime(&(start + TimeDelta::hours(1))).earliest());
        found.map_or(self.now, |at| UnixMillis::new(u64::try_from(at.timestamp_millis()).unwrap_or(0)))
    }

    /// A time as a form's field holds it.
    pub fn field(&self, at: UnixMillis) -> String {
        self.local(at).format(FIELD).to_string()
    }

    /// The time that a form's field holds; nothing where that is none, or is skipped by the clocks. Where they go
    /// through it twice, `last` decides.
    pub fn typed(&self, text: &str, last: bool) -> Option<UnixSeconds> {
        let text = text.trim();
        let local = NaiveDateTime::parse_from_str(text, FIELD)
            .or_else(|_| NaiveDateTime::parse_from_str(text, FIELD_SECONDS))
            .ok()?;
        let at = match self.zone.from_local_datetime(&local) {
            LocalResult::Single(at) => at,
            LocalResult::Ambiguous(early, late) => {
                if last {
                    late
                } else {
                    early
                }
            }
            LocalResult::None => return None,
        };
        UnixSeconds::new(u64::try_from(at.timestamp()).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(zone: &str, seconds: u64) -> Times {
        Times::new(zone, UnixMillis::new(seconds * 1000), Words::default())
    }

    #[test]
    fn a_day_begins_where_the_organisation_is() {
        // 2024-03-31 12:00 UTC: in Amsterdam the clocks went forward that night.
        let amsterdam = times("Europe/Amsterdam", 1_711_886_400);
        assert_eq!(amsterdam.midnight(0).get(), 1_711_839_600_000);
        assert_eq!(amsterdam.midnight(1).get() - amsterdam.midnight(0).get(), 23 * 3_600_000);
        // 2024-04-26 in Cairo has no midnight.
        let cairo = times("Africa/Cairo", 1_714_125_600);
        assert_eq!(cairo.field(cairo.midnight(0)), "2024-04-26T01:00");
        assert_eq!(times("Nowhere/Else", 0).zone, Tz::UTC);
    }

    #[test]
    fn typed_times_are_local() {
        let amsterdam = times("Europe/Amsterdam", 1_711_886_400);
        let typed = |text, last| amsterdam.typed(text, last).map(UnixSeconds::get);
        assert_eq!(typed("2024-03-31T14:00", false), Some(1_711_886_400));
        assert_eq!(typed(" 2024-03-31T14:00:00 ", false), Some(1_711_886_400));
        assert_eq!(typed("2024-03-31T02:30", false), None, "skipped");
        assert_eq!(typed("2024-10-27T02:30", true), typed("2024-10-27T02:30", false).map(|at| at + 3600));
        assert_eq!(typed("1969-01-01T00:00", false), None);
        assert_eq!(typed("tomorrow", false), None);
    }
}
