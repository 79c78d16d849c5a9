//! What a list of events is narrowed to, and what that leaves of the facets and names.

use std::collections::{HashMap, HashSet};

use gatehouse_core::{
    decision::Verdict,
    id::{SiteNumber, SubjectId},
    name::search,
    time::UnixMillis,
};
use rusqlite::Connection;

use super::{EventRow, OrgId, StoreError};
use crate::store::{
    event_name, facet,
    facet::{Decided, Facet, Kind},
};

/// What kind of person or code was at the gate, as people ask for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// A member, by the server's code or the phone's own.
    Member,
    /// An invited visitor.
    Visitor,
    /// A visitor without a code.
    WalkUp,
    /// Something that could not be read.
    Unreadable,
}

impl EventKind {
    const fn admits(self, kind: Kind) -> bool {
        match self {
            Self::Member => matches!(kind, Kind::Member | Kind::Device),
            Self::Visitor => matches!(kind, Kind::Visitor),
            Self::WalkUp => matches!(kind, Kind::WalkUp),
            Self::Unreadable => matches!(kind, Kind::Unreadable),
        }
    }
}

/// What somebody should look at again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Granted against DENIED.
    Flagged,
    /// Reported as suspicious by a guard.
    Reported,
    /// Judged again, and found to be something else.
    Judged,
}

/// What the list is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Listed at this time or later.
    pub since: Option<UnixMillis>,
    /// What became of it.
    pub decision: Option<Decided>,
    /// The verdict.
    pub verdict: Option<Verdict>,
    /// Kind of person or code.
    pub kind: Option<EventKind>,
    /// The site.
    pub site: Option<SiteNumber>,
    /// What somebody should look at again.
    pub mark: Option<Mark>,
    /// Of this subject only: a member or an invitation.
    pub subject: Option<SubjectId>,
    /// Searched in names.
    pub search: String,
}

impl Filter {
    /// Whether the filter lets a facet through, whatever became of its events.
    pub(super) fn admits_undecided(&self, facet: &Facet) -> bool {
        self.verdict.is_none_or(|verdict| facet.verdict == Some(verdict))
            && self.kind.is_none_or(|kind| kind.admits(facet.kind))
            && self.site.is_none_or(|site| facet.site == Some(site))
            && self.mark.is_none_or(|mark| match mark {
                Mark::Flagged => facet.flagged,
                Mark::Reported => facet.reported,
                Mark::Judged => facet.judged,
            })
    }

    fn admits(&self, facet: &Facet) -> bool {
        self.admits_undecided(facet) && self.decision.is_none_or(|decided| facet.decided == decided)
    }

    /// Whether any facet is kept out at all.
    pub(super) const fn looks_at_facets(&self) -> bool {
        self.decision.is_some()
            || self.verdict.is_some()
            || self.kind.is_some()
            || self.site.is_some()
            || self.mark.is_some()
    }

    /// Whether the filter lets an event through.
    pub(super) fn lets_through(&self, row: &EventRow) -> bool {
        let facet = Facet {
            site: Some(row.site),
            kind: row.kind,
            verdict: row.verdict,
            decided: Decided::of(row.granted, row.departs.is_some()),
            flagged: row.flagged,
            reported: row.reported,
            judged: row.judged,
        };
        self.admits(&facet)
            && self.since.is_none_or(|since| row.listed_at >= since)
            && self.subject.is_none_or(|subject| row.subject == Some(subject))
            && search::finds(&self.search, row.name.as_deref().unwrap_or_default())
    }

    /// The first moment that the filter lets through, as the database counts.
    pub(super) fn first(&self) -> i64 {
        self.since.map_or(0, |since| i64::try_from(since.get()).unwrap_or(i64::MAX))
    }
}

/// The facets and names that a filter leaves; nothing where it leaves all.
pub(super) struct Narrowed {
    /// Facets, with how many events there are of each.
    pub facets: Option<HashMap<i64, u64>>,
    /// Names.
    pub names: Option<HashSet<i64>>,
}

impl Narrowed {
    /// Looks up what the filter means.
    pub fn of(db: &Connection, org: OrgId, filter: &Filter) -> Result<Self, StoreError> {
        let facets = if filter.looks_at_facets() {
            let all = facet::all(db, org)?.into_iter();
            Some(
                all.filter(|(_, facet, _)| filter.admits(facet))
                    .map(|(no, _, events)| (no, events))
                    .collect(),
            )
        } else {
            None
        };
        Ok(Self { facets, names: event_name::found(db, org, &filter.search)? })
    }

    /// Whether an event of a facet and a name is left.
    pub fn has(&self, facet: i64, name: Option<i64>) -> bool {
        self.facets.as_ref().is_none_or(|facets| facets.contains_key(&facet))
            && self.names.as_ref().is_none_or(|names| name.is_some_and(|name| names.contains(&name)))
    }

    /// Whether nothing can be left.
    pub fn is_empty(&self) -> bool {
        self.facets.as_ref().is_some_and(HashMap::is_empty)
            || self.names.as_ref().is_some_and(HashSet::is_empty)
    }
}
