//! Dates, times of day and lengths of time as people say them. Whoever calls has turned times into the zone's own:
//! which zone that is, is no matter of language. The day has 24 hours in every language here.

use super::{Id, Phrase};
use crate::{message, phrase};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// A time by the clock and calendar of a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Local {
    /// The year.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
    /// 1 for Monday to 7.
    pub weekday: u32,
    /// 0 to 23.
    pub hour: u32,
    /// 0 to 59.
    pub minute: u32,
    /// 0 to 60.
    pub second: u32,
    /// How the zone calls itself, for instance `CET`.
    pub zone: String,
}

/// On which day something is, seen from today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// Today.
    Today,
    /// The day before.
    Yesterday,
    /// The day after.
    Tomorrow,
    /// Another day of this year.
    ThisYear,
    /// A day of another year.
    AnotherYear,
}

macro_rules! numbered {
    ($number:expr, $prefix:literal: $($key:literal)*, else $last:literal) => {
        match $number {
            $($key => message!(concat!($prefix, $key)),)*
            _ => message!(concat!($prefix, $last)),
        }
    };
}

impl Local {
    fn clock(&self) -> String {
        format!("{:02}:{:02}", self.hour, self.minute)
    }

    const fn month(&self) -> Id {
        numbered!(self.month, "month-": 1 2 3 4 5 6 7 8 9 10 11, else 12)
    }

    const fn long_month(&self) -> Id {
        numbered!(self.month, "month-long-": 1 2 3 4 5 6 7 8 9 10 11, else 12)
    }

    const fn weekday(&self) -> Id {
        numbered!(self.weekday, "weekday-": 1 2 3 4 5 6, else 7)
    }

    const fn long_weekday(&self) -> Id {
        numbered!(self.weekday, "weekday-long-": 1 2 3 4 5 6, else 7)
    }
}

fn dated(at: &Local, clock: String, with_year: bool) -> Phrase<'static> {
    let (day, month) = (at.day.to_string(), Phrase::from(at.month()));
    if with_year {
        phrase!("time-date_year", day = day, month = month, year = at.year.to_string(), clock = clock)
    } else {
        phrase!("time-date", day = day, month = month, clock = clock)
    }
}

fn whole(at: &Local, clock: String) -> Phrase<'static> {
    phrase!(
        "time-exact",
        weekday = Phrase::from(at.weekday()),
        day = at.day.to_string(),
        month = Phrase::from(at.month()),
        year = at.year.to_string(),
        clock = clock,
        zone = at.zone.clone(),
    )
}

/// Day, time to the second and zone.
#[must_use]
pub fn exact(at: &Local) -> Phrase<'static> {
    whole(at, format!("{}:{:02}", at.clock(), at.second))
}

/// The same without seconds: what somebody chose.
#[must_use]
pub fn minute(at: &Local) -> Phrase<'static> {
    whole(at, at.clock())
}

/// The time of day with a word for its day, or the date. `bare` leaves out the word for today.
#[must_use]
pub fn day(at: &Local, day: Day, bare: bool) -> Phrase<'static> {
    match day {
        Day::Today if bare => phrase!("time-clock", clock = at.clock()),
        Day::Today => phrase!("time-today", clock = at.clock()),
        Day::Yesterday => phrase!("time-yesterday", clock = at.clock()),
        Day::Tomorrow => phrase!("time-tomorrow", clock = at.clock()),
        Day::ThisYear => dated(at, at.clock(), false),
        Day::AnotherYear => dated(at, at.clock(), true),
    }
}

/// The time of day, with the date unless that is the day of `now`: fit to follow "since".
#[must_use]
pub fn since(at: &Local, now: &Local) -> Phrase<'static> {
    if (at.year, at.month, at.day) == (now.year, now.month, now.day) {
        return phrase!("time-clock", clock = at.clock());
    }
    dated(at, at.clock(), at.year != now.year)
}

/// A day of the week and of the month, as a heading.
#[must_use]
pub fn heading(at: &Local, with_year: bool) -> Phrase<'static> {
    let (weekday, day) = (Phrase::from(at.long_weekday()), at.day.to_string());
    let month = Phrase::from(at.long_month());
    if with_year {
        phrase!("time-day_year", weekday = weekday, day = day, month = month, year = at.year.to_string())
    } else {
        phrase!("time-day", weekday = weekday, day = day, month = month)
    }
}

/// How long ago something was, where that is less than an hour.
#[must_use]
pub fn ago(seconds: u64) -> Option<Phrase<'static>> {
    match seconds {
        s if s < MINUTE => Some(message!("time-now").into()),
        s if s < HOUR => Some(phrase!("time-minutes_ago", count = s / MINUTE)),
        _ => None,
    }
}

/// A length of time for a row, from its seconds: "45 s", "14 min", "2 h 10 min", "3 days".
#[must_use]
pub fn duration(seconds: u64) -> Phrase<'static> {
    match seconds {
        s if s < MINUTE => phrase!("duration-seconds", count = s),
        s if s < HOUR => phrase!("duration-minutes", count = s / MINUTE),
        s if s < 2 * DAY => match (s / HOUR, s % HOUR / MINUTE) {
            (hours, 0) => phrase!("duration-hours", count = hours),
            (hours, minutes) => phrase!("duration-hours_minutes", hours = hours, minutes = minutes),
        },
        s => phrase!("length-days", count = s / DAY),
    }
}

/// A length of time within a sentence, in its largest whole unit.
#[must_use]
pub fn length(seconds: u64) -> Phrase<'static> {
    match seconds {
        s if s < MINUTE => phrase!("length-seconds", count = s),
        s if s < HOUR => phrase!("length-minutes", count = s / MINUTE),
        s if s < DAY => phrase!("length-hours", count = s / HOUR),
        s => phrase!("length-days", count = s / DAY),
    }
}

/// A wait, rounded up: whoever comes back then is let in.
#[must_use]
pub fn wait(seconds: u64) -> Phrase<'static> {
    match seconds {
        s if s < 2 * MINUTE => phrase!("length-seconds", count = s.max(1)),
        s => phrase!("length-minutes", count = s.div_ceil(MINUTE)),
    }
}

/// A length of time that is only known roughly, rounded to its largest unit.
#[must_use]
pub fn about(seconds: u64) -> Phrase<'static> {
    let minutes = seconds.saturating_add(30) / 60;
    match minutes {
        0 => phrase!("length-seconds", count = seconds),
        1..60 => phrase!("length-minutes", count = minutes),
        60..2880 => phrase!("length-hours", count = (minutes + 30) / 60),
        _ => phrase!("length-days", count = (minutes + 720) / 1440),
    }
}

/// When something was, and how long ago: `14:02, 3 minutes ago`.
#[must_use]
pub fn clock_and_age(clock: String, seconds: u64) -> Phrase<'static> {
    let age = match seconds {
        s if s < MINUTE => message!("time-now").into(),
        s => phrase!("time-ago", length = length(s)),
    };
    phrase!("time-clock_and_age", clock = clock, age = age)
}
