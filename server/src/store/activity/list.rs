//! Pages of events, newest first. No page looks at more of the table than it shows, by much: where a filter lets many
//! events through, the newest rows of the list hold a page of them, and where it lets few through, the facets or names
//! that it leaves are few, and their own lists, each in order, are merged.

use std::collections::{BinaryHeap, HashSet, VecDeque};

use gatehouse_core::time::UnixMillis;
use rusqlite::{CachedStatement, Connection, Row, params};

use super::{EventRow, Filter, OrgId, StoreError, narrowed::Narrowed, rows};

/// Where a page ends: the next one begins with what is older.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// Where the last row of the page is listed.
    pub listed_at: UnixMillis,
    /// Its number, since several may happen at once.
    pub no: i64,
}

/// Rows of the list that are passed over, at least, before the lists of facets or names are merged instead.
const PASSED_OVER: usize = if cfg!(test) { 1 } else { 1000 };
/// What beginning to read one list costs, in rows that are passed over.
const COST_OF_LIST: usize = if cfg!(test) { 0 } else { 4 };
/// Rows that are taken of a list at once, after its first; twice as many each time that these were not enough.
const AT_ONCE: i64 = 16;
/// Most that are taken at once.
const MOST_AT_ONCE: i64 = 1024;

/// An index's entry: where an event is listed, and its number, facet and name.
type Listed = (Place, i64, Option<i64>);
type Place = (i64, i64);

/// Where everything begins.
const NEWEST: Place = (i64::MAX, i64::MAX);

/// The list of all events.
pub(in crate::store) const ALL: &str = "SELECT e.listed_at, e.no, e.facet, e.name FROM event e
    WHERE e.org = ?1 AND e.listed_at >= ?2 AND (e.listed_at, e.no) < (?3, ?4)
    ORDER BY e.listed_at DESC, e.no DESC LIMIT ?5";
/// The list of a facet's events.
pub(in crate::store) const OF_FACET: &str = "SELECT e.listed_at, e.no, e.facet, e.name FROM event e
    WHERE e.org = ?1 AND e.facet = ?6 AND e.listed_at >= ?2 AND (e.listed_at, e.no) < (?3, ?4)
    ORDER BY e.listed_at DESC, e.no DESC LIMIT ?5";
/// The list of a name's events.
pub(in crate::store) const OF_NAME: &str = "SELECT e.listed_at, e.no, e.facet, e.name FROM event e
    WHERE e.org = ?1 AND e.name = ?6 AND e.listed_at >= ?2 AND (e.listed_at, e.no) < (?3, ?4)
    ORDER BY e.listed_at DESC, e.no DESC LIMIT ?5";
/// How many events a name has, up to a limit.
pub(in crate::store) const COUNT_OF_NAME: &str = "SELECT count(*) FROM (SELECT 1 FROM event e
    WHERE e.org = ?1 AND e.name = ?6 AND e.listed_at >= ?2 AND (e.listed_at, e.no) < (?3, ?4) LIMIT ?5)";
/// The list of a subject's events.
pub(in crate::store) const OF_SUBJECT: &str = "SELECT e.listed_at, e.no, e.facet, e.name FROM event e
    WHERE e.org = ?1 AND e.subject = ?5 AND e.listed_at >= ?2 AND (e.listed_at, e.no) < (?3, ?4)
    ORDER BY e.listed_at DESC, e.no DESC";

fn listed(row: &Row<'_>) -> rusqlite::Result<Listed> {
    Ok(((row.get(0)?, row.get(1)?), row.get(2)?, row.get(3)?))
}

/// A page of events, newest first, those older than `before`.
pub fn page(
    db: &Connection,
    org: OrgId,
    filter: &Filter,
    before: Option<Cursor>,
    limit: u32,
) -> Result<Vec<EventRow>, StoreError> {
    let before = before
        .map_or(NEWEST, |Cursor { listed_at, no }| (i64::try_from(listed_at.get()).unwrap_or(i64::MAX), no));
    let narrowed = Narrowed::of(db, org, filter)?;
    if narrowed.is_empty() {
        return Ok(Vec::new());
    }
    let (first, limit) = (filter.first(), usize::try_from(limit).unwrap_or(usize::MAX));
    let mut search = Search { db, org, first, narrowed: &narrowed, limit, found: Vec::new() };
    if let Some(subject) = filter.subject {
        let mut statement = db.prepare_cached(OF_SUBJECT)?;
        let rows = statement.query_map(params![org.0, first, before.0, before.1, subject.0], listed)?;
        search.take(rows)?;
    } else {
        search.newest(before)?;
    }
    rows(db, &search.found)
}

/// A page in the making.
struct Search<'a> {
    db: &'a Connection,
    org: OrgId,
    first: i64,
    narrowed: &'a Narrowed,
    limit: usize,
    found: Vec<i64>,
}

impl Search<'_> {
    /// Takes what the filter leaves of some rows. Says how many there were, and where the last one is.
    fn take(
        &mut self,
        rows: impl Iterator<Item = rusqlite::Result<Listed>>,
    ) -> Result<(usize, Option<Place>), StoreError> {
        let (mut seen, mut last) = (0, None);
        for row in rows {
            let (place, facet, name) = row?;
            (seen, last) = (seen + 1, Some(place));
            if self.narrowed.has(facet, name) {
                self.found.push(place.1);
            }
            if self.is_full() {
                break;
            }
        }
        Ok((seen, last))
    }

    fn is_full(&self) -> bool {
        self.found.len() >= self.limit
    }

    fn newest(&mut self, before: Place) -> Result<(), StoreError> {
        let ways = [
            self.narrowed.facets.as_ref().map(|facets| facets.len()),
            self.narrowed.names.as_ref().map(|names| names.len()),
        ];
        // About as much as the merge would cost: so neither way costs more than twice what the better one does.
        let most = ways
            .into_iter()
            .flatten()
            .min()
            .map_or(self.limit, |lists| PASSED_OVER.max(lists.saturating_mul(COST_OF_LIST)));
        let mut statement = self.db.prepare_cached(ALL)?;
        let asked = i64::try_from(most).unwrap_or(i64::MAX);
        let rows = statement.query_map(params![self.org.0, self.first, before.0, before.1, asked], listed)?;
        let (seen, last) = self.take(rows)?;
        match last {
            Some(last) if seen >= most && !self.is_full() => self.merge(last),
            _ => Ok(()),
        }
    }

    /// Goes on with the lists of the facets or of the names that are left, whichever hold fewer events.
    fn merge(&mut self, before: Place) -> Result<(), StoreError> {
        let (sql, keys): (_, Vec<i64>) = match (&self.narrowed.facets, &self.narrowed.names) {
            (Some(facets), None) => (OF_FACET, facets.keys().copied().collect()),
            (Some(facets), Some(names))
                if self.are_more(names, facets.values().copied().fold(0, u64::saturating_add), before)? =>
            {
                (OF_FACET, facets.keys().copied().collect())
            }
            (_, Some(names)) => (OF_NAME, names.iter().copied().collect()),
            (None, None) => return Ok(()),
        };
        let mut reader = Reader { statement: self.db.prepare_cached(sql)?, org: self.org, first: self.first };
        let (mut lists, mut heads) = (Vec::with_capacity(keys.len()), BinaryHeap::new());
        for key in keys {
            let mut list = List { key, read: VecDeque::new(), next: Some(before), at_once: 1 };
            if let Some(head) = list.next(&mut reader)? {
                heads.push((head, lists.len()));
                lists.push(list);
            }
        }
        while let Some(((place, facet, name), at)) = heads.pop() {
            if self.narrowed.has(facet, name) {
                self.found.push(place.1);
            }
            if self.is_full() {
                break;
            }
            let next = lists.get_mut(at).map(|list| list.next(&mut reader)).transpose()?;
            heads.extend(next.flatten().map(|next| (next, at)));
        }
        Ok(())
    }

    /// Whether these names have more events than so many; looks at no more events than that.
    fn are_more(&self, names: &HashSet<i64>, than: u64, before: Place) -> Result<bool, StoreError> {
        let mut statement = self.db.prepare_cached(COUNT_OF_NAME)?;
        let mut left = i64::try_from(than).unwrap_or(i64::MAX);
        for name in names {
            let asked = params![self.org.0, self.first, before.0, before.1, left.saturating_add(1), name];
            left -= statement.query_row(asked, |row| row.get::<_, i64>(0))?;
            if left < 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Reads lists that differ in one key.
struct Reader<'a> {
    statement: CachedStatement<'a>,
    org: OrgId,
    first: i64,
}

/// One of the lists that are merged.
struct List {
    key: i64,
    read: VecDeque<Listed>,
    /// Where to read on; nothing at the end.
    next: Option<Place>,
    at_once: i64,
}

impl List {
    fn next(&mut self, reader: &mut Reader<'_>) -> Result<Option<Listed>, StoreError> {
        if let (true, Some((at, no))) = (self.read.is_empty(), self.next) {
            let found = reader
                .statement
                .query_map(params![reader.org.0, reader.first, at, no, self.at_once, self.key], listed)?;
            self.at_once = self.at_once.saturating_mul(2).clamp(AT_ONCE, MOST_AT_ONCE);
            self.read = found.collect::<Result<_, _>>()?;
            self.next = self.read.back().map(|(place, ..)| *place);
        }
        Ok(self.read.pop_front())
    }
}
