//! Who is expected: a guard finds a visitor by name, with no network and no code.

use std::collections::BTreeMap;

use super::{Content, ExpectedVisit};
use crate::{
    access::reaches,
    id::{SiteNumber, SubjectId},
    name,
    time::UnixSeconds,
};

/// How far ahead of now a visit is still looked for. Seconds.
const AHEAD_S: u64 = 86_400;

/// The visits that a guard at `site` may be looking for (nothing is any site), the likeliest first: not over, begun
/// within the next 24 hours, and each word of `query` begins a word of the visitor's or the host's name, however
/// spelt. An empty query finds all of them.
///
/// Visitors whose first name was typed come before those whose other names were, and those before visitors of a host
/// of that name; among equals who comes sooner is first.
#[must_use]
pub fn search(
    content: &Content,
    query: &str,
    now: UnixSeconds,
    site: Option<SiteNumber>,
) -> Vec<ExpectedVisit> {
    let wanted = name::words(query);
    let records = content.invitations.iter().flat_map(super::Section::iter);
    let mut found: Vec<(Rank, ExpectedVisit)> = records
        .filter_map(|fields| ExpectedVisit::from_fields(&fields))
        .filter(|visit| is_due(visit, now) && admits(visit, site))
        .filter_map(|visit| rank(&visit, &wanted).map(|rank| (rank, visit)))
        .collect();
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    found.into_iter().map(|(_, visit)| visit).collect()
}

/// Somebody who is visited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    /// An invitation of theirs, by which a list names them.
    pub of: SubjectId,
    /// What they are called.
    pub name: String,
}

/// Those who invited anybody whom the pack knows, and each word of `query` begins a word of whose name: `most` of them,
/// by name. An empty query finds nobody.
#[must_use]
pub fn hosts(content: &Content, query: &str, most: usize) -> Vec<Host> {
    if name::words(query).is_empty() {
        return Vec::new();
    }
    let records = content.invitations.iter().flat_map(super::Section::iter);
    let mut found = BTreeMap::new();
    for visit in records.filter_map(|fields| ExpectedVisit::from_fields(&fields)) {
        if let Some(host) = visit.host.filter(|host| name::search::finds(query, host)) {
            found.entry(name::folded(&host)).or_insert(Host { of: visit.subject, name: host });
        }
    }
    found.into_values().take(most).collect()
}

fn is_due(visit: &ExpectedVisit, now: UnixSeconds) -> bool {
    now < visit.until && visit.from < now.plus(AHEAD_S)
}

fn admits(visit: &ExpectedVisit, site: Option<SiteNumber>) -> bool {
    site.is_none_or(|site| reaches(visit.sites.as_deref(), site))
}

/// How far down the list a visit stands: how well it fits, when it begins, the name, and the id to be the same each
/// time.
type Rank = (usize, UnixSeconds, String, SubjectId);

/// Nothing where a word begins no name.
fn rank(visit: &ExpectedVisit, wanted: &[String]) -> Option<Rank> {
    let visitor = name::searchable_words(&visit.name);
    let host = visit.host.as_deref().map(name::searchable_words).unwrap_or_default();
    let begins = |names: &[String], word: &str| names.iter().any(|name| name.starts_with(word));
    let mut distance = 0;
    for word in wanted {
        distance += match visitor.split_at_checked(1) {
            Some((first, _)) if begins(first, word) => 0,
            Some((_, others)) if begins(others, word) => 1,
            _ if begins(&host, word) => 2,
            _ => return None,
        };
    }
    Some((distance, visit.from, name::folded(&visit.name), visit.subject))
}
