//! What an address narrows the list of events to. Values that are none of the known ones narrow nothing.

use chrono::NaiveDate;
use gatehouse_core::{
    decision::Verdict,
    id::{SiteNumber, SubjectId},
    time::UnixMillis,
};
use serde::Deserialize;

use super::times::Times;
use crate::{
    store::activity::{self, Cursor, Decided, EventKind},
    web::view::{Decision, Filter, Kind, Mark, Period, Shown},
};

/// Longest search in characters.
const LONGEST_SEARCH: usize = 100;

/// The query of the list's addresses.
#[derive(Debug, Default, Deserialize)]
pub struct PageQuery {
    period: Option<String>,
    decision: Option<String>,
    verdict: Option<String>,
    kind: Option<String>,
    site: Option<String>,
    mark: Option<String>,
    subject: Option<String>,
    q: Option<String>,
    /// The day up to which the page shows, as a form's field holds it.
    pub on: Option<String>,
    /// Where an older page begins.
    pub before: Option<String>,
    /// From where on a stream tells what happened.
    pub after: Option<String>,
    /// What a stream is about.
    pub topic: Option<String>,
}

impl PageQuery {
    /// The filter that the address says.
    pub fn filter(&self) -> Filter {
        fn known<T: Copy>(all: &[T], key: impl Fn(T) -> &'static str, asked: Option<&str>) -> Option<T> {
            all.iter().copied().find(|one| Some(key(*one)) == asked)
        }
        Filter {
            period: known(&Period::ALL, Period::key, self.period.as_deref()).unwrap_or_default(),
            decision: known(&Decision::ALL, Decision::key, self.decision.as_deref()),
            verdict: known(&Verdict::OFFERED, Verdict::class, self.verdict.as_deref()),
            kind: known(&Kind::ALL, Kind::key, self.kind.as_deref()),
            site: self.site.as_deref().and_then(|site| site.parse().ok()),
            mark: known(&Mark::ALL, Mark::key, self.mark.as_deref()),
            subject: self.subject.as_deref().and_then(subject).map(|subject| subject.to_string()),
            search: searched(self.q.as_deref()),
        }
    }

    /// Where the page begins.
    pub fn cursor(&self, times: &Times) -> Option<Cursor> {
        let before = || {
            let (at, no) = self.before.as_deref()?.split_once('-')?;
            Some(Cursor { listed_at: UnixMillis::new(at.parse().ok()?), no: no.parse().ok()? })
        };
        let behind = || Some(Cursor { listed_at: times.start_of(self.day()?.succ_opt()?), no: 0 });
        before().or_else(behind)
    }

    /// The day up to which the page shows.
    pub fn day(&self) -> Option<NaiveDate> {
        self.on.as_deref()?.trim().parse().ok()
    }
}

fn subject(text: &str) -> Option<SubjectId> {
    text.parse().ok()
}

/// A search as typed, cut to what is searched.
pub fn searched(typed: Option<&str>) -> String {
    typed.unwrap_or_default().trim().chars().take(LONGEST_SEARCH).collect()
}

/// The address of the page that begins at `cursor`, with the same filter.
pub fn older(filter: &Filter, cursor: Cursor) -> String {
    let query = filter.query();
    let sign = if query.is_empty() { '?' } else { '&' };
    format!("/activity{query}{sign}before={}-{}", cursor.listed_at.get(), cursor.no)
}

/// The filter as the store knows it, at the time of the page.
pub fn stored(filter: &Filter, times: &Times) -> activity::Filter {
    activity::Filter {
        since: match filter.period {
            Period::All => None,
            Period::Today => Some(times.midnight(0)),
            Period::Week => Some(times.midnight(-6)),
            Period::Month => Some(times.midnight(-29)),
        },
        decision: filter.decision.map(|decision| match decision {
            Decision::Granted => Decided::Granted,
            Decision::Denied => Decided::Denied,
            Decision::Undecided => Decided::Undecided,
            Decision::Leaving => Decided::Leaving,
        }),
        verdict: filter.verdict,
        mark: filter.mark.map(|mark| match mark {
            Mark::Flagged => activity::Mark::Flagged,
            Mark::Reported => activity::Mark::Reported,
            Mark::Judged => activity::Mark::Judged,
        }),
        kind: filter.kind.map(|kind| match kind {
            Kind::Member => EventKind::Member,
            Kind::Visitor => EventKind::Visitor,
            Kind::WalkUp => EventKind::WalkUp,
            Kind::Unreadable => EventKind::Unreadable,
        }),
        site: filter.site.and_then(|site| SiteNumber::new(site.into())),
        subject: filter.subject.as_deref().and_then(subject),
        search: filter.search.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::view::Words;

    #[test]
    fn what_is_unknown_narrows_nothing() {
        let asked = PageQuery {
            period: Some("today".to_owned()),
            decision: Some("left".to_owned()),
            verdict: Some("DENIED".to_owned()),
            mark: Some("?".to_owned()),
            subject: Some("7".to_owned()),
            on: Some("yesterday".to_owned()),
            kind: Some(String::new()),
            site: Some("0x7".to_owned()),
            q: Some(format!(" {} ", "ä".repeat(200))),
            before: Some("12-x".to_owned()),
            ..PageQuery::default()
        };
        let filter = asked.filter();
        assert_eq!(
            (filter.period, filter.decision, filter.kind, filter.site),
            (Period::Today, None, None, None)
        );
        assert_eq!(filter.search.chars().count(), LONGEST_SEARCH);
        assert_eq!((filter.verdict, filter.mark, filter.subject), (None, None, None));
        assert_eq!(asked.cursor(&Times::new("UTC", UnixMillis::new(0), Words::default())), None);
    }

    #[test]
    fn the_older_page_keeps_the_filter() {
        let cursor = Cursor { listed_at: UnixMillis::new(12), no: 3 };
        assert_eq!(older(&Filter::default(), cursor), "/activity?before=12-3");
        let filter = Filter { period: Period::Today, ..Filter::default() };
        assert_eq!(older(&filter, cursor), "/activity?period=today&before=12-3");
        let asked = PageQuery { before: Some("12-3".to_owned()), ..PageQuery::default() };
        let times = Times::new("Europe/Amsterdam", UnixMillis::new(0), Words::default());
        assert_eq!(asked.cursor(&times), Some(cursor));
        // The whole day, where the organisation is: on this one the clocks went forward.
        let asked = PageQuery { on: Some("2024-03-31".to_owned()), ..PageQuery::default() };
        let end = Cursor { listed_at: UnixMillis::new(1_711_922_400_000), no: 0 };
        assert_eq!(asked.cursor(&times), Some(end));
    }
}
