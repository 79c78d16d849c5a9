//! What events have in common when they are listed and counted, and how many there are of each: kept with every event
//! that comes or changes, so that no list and no number has to look at them all.

use gatehouse_core::{
    decision::Verdict,
    id::{EntryId, SiteNumber},
    time::UnixMillis,
};
use rusqlite::{Connection, OptionalExtension, Row, params, types::Type};

use super::{OrgId, StoreError};

/// Days of UTC are what numbers are kept by. Milliseconds.
pub const DAY_MS: u64 = 86_400_000;

/// What kind of person or code was at the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A member, by a code of the server's.
    Member,
    /// An invited visitor.
    Visitor,
    /// A member, by a code that their phone made.
    Device,
    /// A visitor without a code.
    WalkUp,
    /// Something that could not be read.
    Unreadable,
}

impl Kind {
    const ALL: [Self; 5] = [Self::Member, Self::Visitor, Self::Device, Self::WalkUp, Self::Unreadable];

    /// The stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Visitor => "visitor",
            Self::Device => "device",
            Self::WalkUp => "walk_up",
            Self::Unreadable => "unreadable",
        }
    }

    /// The kind with this word; one that is not known could not be read.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.word() == word).unwrap_or(Self::Unreadable)
    }

    /// The number in the database.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Member => 1,
            Self::Visitor => 2,
            Self::Device => 3,
            Self::WalkUp => 4,
            Self::Unreadable => 5,
        }
    }

    /// The kind in a column.
    pub fn read(row: &Row<'_>, index: usize) -> rusqlite::Result<Self> {
        let number: u8 = row.get(index)?;
        Self::ALL.into_iter().find(|kind| kind.number() == number).ok_or_else(|| unknown(index, "a kind"))
    }
}

/// What became of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decided {
    /// Let in.
    Granted,
    /// Turned away.
    Denied,
    /// Not yet, or the scan was left.
    Undecided,
    /// Nobody was asked: a visitor on the way out.
    Leaving,
}

impl Decided {
    /// Every one, in the order of their numbers.
    pub const ALL: [Self; 4] = [Self::Granted, Self::Denied, Self::Undecided, Self::Leaving];

    const fn number(self) -> u8 {
        match self {
            Self::Granted => 1,
            Self::Denied => 2,
            Self::Undecided => 3,
            Self::Leaving => 4,
        }
    }

    /// What became of an event that was or was not granted, and may have opened a departure.
    #[must_use]
    pub const fn of(granted: Option<bool>, departs: bool) -> Self {
        match granted {
            Some(true) => Self::Granted,
            Some(false) => Self::Denied,
            None if departs => Self::Leaving,
            None => Self::Undecided,
        }
    }
}

/// What an event has in common with others that every filter treats alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Facet {
    /// The site, if it is the organisation's.
    pub site: Option<SiteNumber>,
    /// Kind of person or code.
    pub kind: Kind,
    /// The verdict; walk-ups may have none.
    pub verdict: Option<Verdict>,
    /// What became of it.
    pub decided: Decided,
    /// Whether it was granted against DENIED.
    pub flagged: bool,
    /// Whether a guard reported it as suspicious.
    pub reported: bool,
    /// Whether a second judgement came to something else.
    pub judged: bool,
}

fn unknown(index: usize, what: &'static str) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(index, Type::Integer, what.into())
}

/// The facet that an event's own columns make: site, kind, verdict, granted, departs, flagged, reported, judged.
const OWN_COLUMNS: &str =
    "(SELECT s.number FROM site s WHERE s.org = e.org AND s.number = e.site), e.kind, e.verdict,
    e.granted, e.departs IS NOT NULL, e.flagged, e.reported, e.judged";

fn of_event(row: &Row<'_>, first: usize) -> rusqlite::Result<Facet> {
    Ok(Facet {
        site: row.get::<_, Option<u64>>(first)?.and_then(SiteNumber::new),
        kind: Kind::read(row, first + 1)?,
        verdict: row.get::<_, Option<u64>>(first + 2)?.and_then(Verdict::from_number),
        decided: Decided::of(row.get(first + 3)?, row.get(first + 4)?),
        flagged: row.get(first + 5)?,
        reported: row.get(first + 6)?,
        judged: row.get(first + 7)?,
    })
}

/// An organisation's facets with their numbers, and how many events there are of each.
pub fn all(db: &Connection, org: OrgId) -> Result<Vec<(i64, Facet, u64)>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT no, events, site, kind, verdict, decision, flagged, reported, judged FROM facet
         WHERE org = ?1 AND events > 0",
    )?;
    let rows = statement.query_map([org.0], |row| {
        let decision: u8 = row.get(5)?;
        let facet = Facet {
            site: SiteNumber::new(row.get(2)?),
            kind: Kind::read(row, 3)?,
            verdict: Verdict::from_number(row.get(4)?),
            decided: Decided::ALL
                .into_iter()
                .find(|decided| decided.number() == decision)
                .ok_or_else(|| unknown(5, "a decision"))?,
            flagged: row.get(6)?,
            reported: row.get(7)?,
            judged: row.get(8)?,
        };
        Ok((row.get(0)?, facet, row.get(1)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The facet's number, which is made where there is none yet.
pub fn number(tx: &Connection, org: OrgId, facet: &Facet) -> Result<i64, StoreError> {
    let key = params![
        org.0,
        facet.site.map_or(0, SiteNumber::get),
        facet.kind.number(),
        facet.verdict.map_or(0, Verdict::number),
        facet.decided.number(),
        facet.flagged,
        facet.reported,
        facet.judged
    ];
    let known = tx
        .prepare_cached(
            "SELECT no FROM facet WHERE org = ?1 AND site = ?2 AND kind = ?3 AND verdict = ?4 AND decision = ?5
                 AND flagged = ?6 AND reported = ?7 AND judged = ?8",
        )?
        .query_row(key, |row| row.get(0))
        .optional()?;
    if let Some(known) = known {
        return Ok(known);
    }
    let mut statement = tx.prepare_cached(
        "INSERT INTO facet (org, site, kind, verdict, decision, flagged, reported, judged)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING no",
    )?;
    Ok(statement.query_row(key, |row| row.get(0))?)
}

/// Counts an event that came, or one less where it went to another facet.
pub fn count(
    tx: &Connection,
    org: OrgId,
    facet: i64,
    listed_at: UnixMillis,
    by: i64,
) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE facet SET events = events + ?2 WHERE no = ?1")?.execute(params![facet, by])?;
    tx.prepare_cached(
        "INSERT INTO tally (org, day, facet, events) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (org, day, facet) DO UPDATE SET events = tally.events + ?4",
    )?
    .execute(params![org.0, listed_at.get() / DAY_MS, facet, by])?;
    Ok(())
}

/// Files an event anew after something about it has changed, and keeps the numbers true.
pub fn refile(tx: &Connection, org: OrgId, id: EntryId) -> Result<(), StoreError> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT e.no, e.facet, e.listed_at, {OWN_COLUMNS} FROM event e WHERE e.org = ?1 AND e.id = ?2"
    ))?;
    let read = |row: &Row<'_>| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, super::sql::millis(row, 2)?, of_event(row, 3)?))
    };
    let found = statement.query_row(params![org.0, id.0], read).optional()?;
    let Some((no, before, listed_at, facet)) = found else { return Ok(()) };
    let after = number(tx, org, &facet)?;
    if after != before {
        tx.prepare_cached("UPDATE event SET facet = ?2 WHERE no = ?1")?.execute(params![no, after])?;
        count(tx, org, before, listed_at, -1)?;
        count(tx, org, after, listed_at, 1)?;
    }
    Ok(())
}

/// Files the events of a site that was made after them: until then their site was none of the organisation's.
pub fn adopt(tx: &Connection, org: OrgId, site: SiteNumber) -> Result<(), StoreError> {
    let mut statement = tx.prepare(
        "SELECT e.id FROM facet f JOIN event e ON e.org = f.org AND e.facet = f.no
         WHERE f.org = ?1 AND f.site = 0 AND e.site = ?2",
    )?;
    let strays = statement.query_map(params![org.0, site.get()], |row| Ok(EntryId(row.get(0)?)))?;
    for id in strays.collect::<Result<Vec<_>, _>>()? {
        refile(tx, org, id)?;
    }
    Ok(())
}

/// Lists what is listed after `latest` there: a server's clock that was ahead dated its receipt.
pub fn relist(tx: &Connection, latest: UnixMillis) -> Result<(), StoreError> {
    let mut orgs = tx.prepare("SELECT id FROM organisation")?;
    let orgs = orgs.query_map([], |row| row.get(0).map(OrgId))?.collect::<Result<Vec<_>, _>>()?;
    let mut ahead = tx.prepare(
        "SELECT no, facet, listed_at FROM event WHERE org = ?1 AND listed_at > ?2 ORDER BY listed_at, no",
    )?;
    for org in orgs {
        let read = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get(1)?, super::sql::millis(row, 2)?));
        let found = ahead.query_map(params![org.0, latest.get()], read)?;
        for (no, facet, listed_at) in found.collect::<Result<Vec<_>, _>>()? {
            tx.prepare_cached("UPDATE event SET listed_at = ?2 WHERE no = ?1")?
                .execute(params![no, latest.get()])?;
            count(tx, org, facet, listed_at, -1)?;
            count(tx, org, facet, latest, 1)?;
        }
    }
    Ok(())
}

/// Counts everything anew from the events themselves.
pub fn recount(tx: &Connection) -> Result<(), StoreError> {
    tx.execute_batch(&format!(
        "DELETE FROM tally;
         UPDATE facet SET events = 0;
         INSERT INTO tally (org, day, facet, events)
             SELECT org, listed_at / {DAY_MS}, facet, count(*) FROM event GROUP BY 1, 2, 3;
         UPDATE facet SET events = counted.events FROM
             (SELECT facet AS no, sum(events) AS events FROM tally GROUP BY facet) AS counted
             WHERE facet.no = counted.no;"
    ))?;
    Ok(())
}

/// How many facets, days and events do not agree with a count over the events: none, unless something else than this
/// code wrote them.
pub fn disagreements(db: &Connection) -> Result<u64, StoreError> {
    let of_rows: u64 = db.query_row(
        &format!(
            "WITH counted AS (SELECT org, listed_at / {DAY_MS} AS day, facet, count(*) AS events FROM event
                 GROUP BY 1, 2, 3)
             SELECT (SELECT count(*) FROM counted c LEFT JOIN tally t
                     ON t.org = c.org AND t.day = c.day AND t.facet = c.facet WHERE t.events IS NOT c.events)
                 + (SELECT count(*) FROM tally t LEFT JOIN counted c
                     ON t.org = c.org AND t.day = c.day AND t.facet = c.facet
                     WHERE t.events <> coalesce(c.events, 0))
                 + (SELECT count(*) FROM facet f LEFT JOIN
                     (SELECT facet, sum(events) AS events FROM counted GROUP BY facet) c ON c.facet = f.no
                     WHERE f.events <> coalesce(c.events, 0))"
        ),
        [],
        |row| row.get(0),
    )?;
    let mut statement = db.prepare(&format!(
        "SELECT {OWN_COLUMNS}, f.site, f.kind, f.verdict, f.decision, f.flagged, f.reported, f.judged
         FROM event e LEFT JOIN facet f ON f.no = e.facet AND f.org = e.org"
    ))?;
    let mut misfiled = statement.query_map([], |row| {
        let own = of_event(row, 0)?;
        let number = |index: usize| row.get::<_, Option<u64>>(index);
        let filed = [number(8)?, number(9)?, number(10)?, number(11)?, number(12)?, number(13)?, number(14)?];
        let wanted = [
            own.site.map_or(0, |site| u64::from(site.get())),
            u64::from(own.kind.number()),
            own.verdict.map_or(0, Verdict::number),
            u64::from(own.decided.number()),
            u64::from(own.flagged),
            u64::from(own.reported),
            u64::from(own.judged),
        ]
        .map(Some);
        Ok(u64::from(filed != wanted))
    })?;
    misfiled.try_fold(of_rows, |sum, one| Ok(sum + one?))
}
