//! Numbers over events: out of what is kept by facet and day, and of a search by counting, up to a bound.

use std::collections::HashMap;

use rusqlite::{Connection, Row, params};

use super::{Decided, Filter, OrgId, StoreError, narrowed::Narrowed};
use crate::store::facet::{self, DAY_MS, Facet};

/// Events of a search or a subject that are counted; beyond that there are "more than".
pub const MOST_COUNTED: u64 = 10_000;
/// Events and names that such a count looks at.
const MOST_LOOKED_AT: u64 = 4 * MOST_COUNTED;
/// How long a list may be to be counted as it is, rather than name by name.
const SHORT: u64 = if cfg!(test) { 3 } else { MOST_LOOKED_AT };

/// Numbers over the events that a filter lets through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Totals {
    /// All of them: the sum of the others.
    pub events: u64,
    /// Granted.
    pub granted: u64,
    /// Denied.
    pub denied: u64,
    /// Not decided.
    pub undecided: u64,
    /// Visitors on their way out: nobody was asked.
    pub leaving: u64,
    /// Whether counting was given up at some bound: then there are more.
    pub more: bool,
}

impl Totals {
    fn add(&mut self, decided: Decided, events: u64) {
        let of = match decided {
            Decided::Granted => &mut self.granted,
            Decided::Denied => &mut self.denied,
            Decided::Undecided => &mut self.undecided,
            Decided::Leaving => &mut self.leaving,
        };
        *of += events;
        self.events += events;
    }
}

/// Numbers of whole days, by facet.
pub(in crate::store) const OF_DAYS: &str =
    "SELECT t.facet, t.events FROM tally t WHERE t.org = ?1 AND t.day >= ?2";
/// Numbers of a part of a day, by facet.
pub(in crate::store) const OF_PART: &str = "SELECT e.facet, count(*) FROM event e
    WHERE e.org = ?1 AND e.listed_at >= ?2 AND e.listed_at < ?3 GROUP BY e.facet";
/// The facets and names of everything listed.
pub(in crate::store) const OF_LIST: &str = "SELECT e.facet, e.name FROM event e
    WHERE e.org = ?1 AND e.listed_at >= ?2";
/// The facets of a name's events.
pub(in crate::store) const OF_NAME: &str = "SELECT e.facet, e.name FROM event e
    WHERE e.org = ?1 AND e.name = ?3 AND e.listed_at >= ?2";
/// The facets of a subject's events.
pub(in crate::store) const OF_SUBJECT: &str = "SELECT e.facet, e.name FROM event e
    WHERE e.org = ?1 AND e.subject = ?3 AND e.listed_at >= ?2";

/// Whether the organisation has any event at all.
pub fn any(db: &Connection, org: OrgId) -> Result<bool, StoreError> {
    Ok(db.prepare_cached("SELECT 1 FROM facet WHERE org = ?1 AND events > 0")?.exists([org.0])?)
}

/// Numbers over the events that the filter lets through, whatever was decided.
pub fn totals(db: &Connection, org: OrgId, filter: &Filter) -> Result<Totals, StoreError> {
    let all = facet::all(db, org)?;
    let admitted = |(_, facet, _): &&(i64, Facet, u64)| filter.admits_undecided(facet);
    let decided: HashMap<i64, Decided> =
        all.iter().filter(admitted).map(|(no, facet, _)| (*no, facet.decided)).collect();
    let names = Narrowed::of(db, org, &Filter { search: filter.search.clone(), ..Filter::default() })?;
    let first = filter.first();
    let counting = Counting { db, org, first, decided: &decided, names: &names };
    match (filter.subject, &names.names) {
        (None, None) if filter.since.is_none() => {
            let mut totals = Totals::default();
            for (_, facet, events) in all.iter().filter(admitted) {
                totals.add(facet.decided, *events);
            }
            Ok(totals)
        }
        (None, None) => counting.of_facets(),
        (Some(subject), _) => {
            let mut bounded = Bounded::default();
            let mut statement = db.prepare_cached(OF_SUBJECT)?;
            counting.up_to_bound(&mut statement.query(params![org.0, first, subject.0])?, &mut bounded)?;
            Ok(bounded.totals)
        }
        (None, Some(names)) if names.is_empty() => Ok(Totals::default()),
        (None, Some(names)) => {
            let listed = match filter.since {
                Some(_) => counting.listed()?,
                None => all.iter().map(|(.., events)| *events).sum(),
            };
            // In one order, so that a count that is given up comes to the same each time.
            let mut names: Vec<_> = names.iter().copied().collect();
            names.sort_unstable();
            counting.found(names, listed)
        }
    }
}

struct Counting<'a> {
    db: &'a Connection,
    org: OrgId,
    first: i64,
    decided: &'a HashMap<i64, Decided>,
    names: &'a Narrowed,
}

/// A count that is given up at a bound.
#[derive(Default)]
struct Bounded {
    totals: Totals,
    looked_at: u64,
}

impl Bounded {
    fn look(&mut self) -> bool {
        self.looked_at += 1;
        self.totals.more |= self.looked_at > MOST_LOOKED_AT;
        !self.totals.more
    }
}

fn two(row: &Row<'_>) -> rusqlite::Result<(i64, u64)> {
    Ok((row.get(0)?, row.get(1)?))
}

impl Counting<'_> {
    /// Numbers by facet from the first moment on: the days kept, and the rest of the first one event by event.
    fn by_facet(&self, mut each: impl FnMut(i64, u64)) -> Result<(), StoreError> {
        let day_ms = i64::try_from(DAY_MS).unwrap_or(i64::MAX);
        let whole = self.first.div_euclid(day_ms) + i64::from(self.first.rem_euclid(day_ms) > 0);
        let mut statement = self.db.prepare_cached(OF_DAYS)?;
        for row in statement.query_map(params![self.org.0, whole], two)? {
            let (facet, events) = row?;
            each(facet, events);
        }
        let mut statement = self.db.prepare_cached(OF_PART)?;
        let part = params![self.org.0, self.first, whole.saturating_mul(day_ms)];
        for row in statement.query_map(part, two)? {
            let (facet, events) = row?;
            each(facet, events);
        }
        Ok(())
    }

    fn of_facets(&self) -> Result<Totals, StoreError> {
        let mut totals = Totals::default();
        self.by_facet(|facet, events| {
            if let Some(decided) = self.decided.get(&facet) {
                totals.add(*decided, events);
            }
        })?;
        Ok(totals)
    }

    /// How many events are listed from the first moment on.
    fn listed(&self) -> Result<u64, StoreError> {
        let mut listed = 0;
        self.by_facet(|_, events| listed += events)?;
        Ok(listed)
    }

    /// Counts what a search found: in the list where that is short, else name by name.
    fn found(&self, names: Vec<i64>, listed: u64) -> Result<Totals, StoreError> {
        let mut bounded = Bounded::default();
        if listed <= SHORT {
            let mut statement = self.db.prepare_cached(OF_LIST)?;
            self.up_to_bound(&mut statement.query(params![self.org.0, self.first])?, &mut bounded)?;
            return Ok(bounded.totals);
        }
        let mut statement = self.db.prepare_cached(OF_NAME)?;
        for name in names {
            if !bounded.look() {
                break;
            }
            self.up_to_bound(&mut statement.query(params![self.org.0, self.first, name])?, &mut bounded)?;
        }
        Ok(bounded.totals)
    }

    fn up_to_bound(&self, rows: &mut rusqlite::Rows<'_>, bounded: &mut Bounded) -> Result<(), StoreError> {
        while let Some(row) = rows.next()? {
            let (facet, name): (i64, Option<i64>) = (row.get(0)?, row.get(1)?);
            let decided = self.decided.get(&facet).filter(|_| self.names.has(facet, name));
            bounded.totals.more |= decided.is_some() && bounded.totals.events >= MOST_COUNTED;
            if !bounded.look() {
                break;
            }
            if let Some(decided) = decided {
                bounded.totals.add(*decided, 1);
            }
        }
        Ok(())
    }
}
