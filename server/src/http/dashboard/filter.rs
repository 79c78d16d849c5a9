//! What an address narrows the list of events to. Values that are none of the known ones narrow nothing.

use gatehouse_core::{id::SiteNumber, time::UnixMillis};
use serde::Deserialize;

use super::times::Times;
use crate::{
    store::activity::{self, Cursor, Decided, EventKind},
    web::view::{Decision, Filter, Kind, Period},
};

/// Longest search in characters.
const LONGEST_SEARCH: usize = 100;

/// The query of the list's addresses.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    period: Option<String>,
    decision: Option<String>,
    kind: Option<String>,
    site: Option<String>,
    q: Option<String>,
    /// Where an older page begins.
    pub before: Option<String>,
    /// From where on a stream tells what happened.
    pub after: Option<String>,
    /// What a stream is about.
    pub topic: Option<String>,
}

impl Asked {
    /// The filter that the address says.
    pub fn filter(&self) -> Filter {
        fn known<T: Copy>(all: &[T], key: impl Fn(T) -> &'static str, asked: Option<&str>) -> Option<T> {
            all.iter().copied().find(|one| Some(key(*one)) == asked)
        }
        Filter {
            period: known(&Period::ALL, Period::key, self.period.as_deref()).unwrap_or_default(),
            decision: known(&Decision::ALL, Decision::key, self.decision.as_deref()),
            kind: known(&Kind::ALL, Kind::key, self.kind.as_deref()),
            site: self.site.as_deref().and_then(|site| site.parse().ok()),
            search: searched(self.q.as_deref()),
        }
    }

    /// Where the page begins.
    pub fn cursor(&self) -> Option<Cursor> {
        let (at, no) = self.before.as_deref()?.split_once('-')?;
        Some(Cursor { happened_at: UnixMillis::new(at.parse().ok()?), no: no.parse().ok()? })
    }
}

/// A search as typed, cut to what is searched.
pub fn searched(typed: Option<&str>) -> String {
    typed.unwrap_or_default().trim().chars().take(LONGEST_SEARCH).collect()
}

/// The address of the page that begins at `cursor`, with the same filter.
pub fn older(filter: &Filter, cursor: Cursor) -> String {
    let query = filter.query();
    let sign = if query.is_empty() { '?' } else { '&' };
    format!("/activity{query}{sign}before={}-{}", cursor.happened_at.get(), cursor.no)
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
        decision: filter.decision.and_then(|decision| match decision {
            Decision::Granted => Some(Decided::Granted),
            Decision::Denied => Some(Decided::Denied),
            Decision::Undecided => Some(Decided::Undecided),
            Decision::Leaving => None,
        }),
        kind: filter.kind.map(|kind| match kind {
            Kind::Member => EventKind::Member,
            Kind::Visitor => EventKind::Visitor,
            Kind::WalkUp => EventKind::WalkUp,
            Kind::Unreadable => EventKind::Unreadable,
        }),
        site: filter.site.and_then(|site| SiteNumber::new(site.into())),
        subject: None,
        search: filter.search.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unknown_narrows_nothing() {
        let asked = Asked {
            period: Some("today".to_owned()),
            decision: Some("leaving".to_owned()),
            kind: Some(String::new()),
            site: Some("0x7".to_owned()),
            q: Some(format!(" {} ", "ä".repeat(200))),
            before: Some("12-x".to_owned()),
            ..Asked::default()
        };
        let filter = asked.filter();
        assert_eq!(
            (filter.period, filter.decision, filter.kind, filter.site),
            (Period::Today, None, None, None)
        );
        assert_eq!(filter.search.chars().count(), LONGEST_SEARCH);
        assert_eq!(asked.cursor(), None);
    }

    #[test]
    fn the_older_page_keeps_the_filter() {
        let cursor = Cursor { happened_at: UnixMillis::new(12), no: 3 };
        assert_eq!(older(&Filter::default(), cursor), "/activity?before=12-3");
        let filter = Filter { period: Period::Today, ..Filter::default() };
        assert_eq!(older(&filter, cursor), "/activity?period=today&before=12-3");
        let asked = Asked { before: Some("12-3".to_owned()), ..Asked::default() };
        assert_eq!(asked.cursor(), Some(cursor));
    }
}
