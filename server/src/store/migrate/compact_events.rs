//! Carries events over into the table in which they take a few bytes: what repeats goes to tables of its own, and the
//! checks, until now text in JSON, are packed.

use std::collections::{HashMap, HashSet};

use gatehouse_core::{
    decision::{self, Check, Code, Findings, Outcome, UseId, Verdict},
    id::{SiteNumber, SubjectId},
    time::{self, UnixMillis},
};
use rusqlite::{Connection, Row, params};
use serde::Deserialize;

use crate::store::{
    OrgId, StoreError, event_name,
    facet::{self, Decided, Facet, Kind},
};

/// So many events that whoever starts the server should know what it is busy with.
const MANY: u64 = 100_000;

/// The facts that this step works on; all others are copied as they are.
const OLD: &str =
    "SELECT no, org, kind, verdict, code, checks, subject, use_id, name, site, happened_at, received_at,
    granted, departs IS NOT NULL, reported, judged, guard, shift, device, flagged FROM event ORDER BY no";
const COPY: &str =
    "INSERT INTO event_anew (no, org, id, origin, facet, listed_at, kind, verdict, findings, subject, use_id, online,
        pack_seq, departs, name, note, latitude_e6, longitude_e6, accuracy_m, photo, site, happened_at, clock_trusted,
        received_at, issued_s, granted, decided_at, decided_surely, reason, flagged, reported, judged)
    SELECT no, org, id, ?2, ?3, ?4, ?5, verdict, ?6, subject, ?7, online, pack_seq, departs, ?8, note, latitude_e6,
        longitude_e6, accuracy_m, photo, site, happened_at, clock_trusted, received_at, issued_s, granted, decided_at,
        decided_surely, reason, flagged, reported, judged
    FROM event WHERE no = ?1";

/// One check as it was written.
#[derive(Deserialize)]
struct OldCheck {
    check: Check,
    state: String,
    code: Option<Code>,
    cautions: bool,
}

/// Copies every event.
pub fn copy(db: &Connection) -> Result<(), StoreError> {
    let count =
        |table: &str| db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, u64>(0));
    let all = count("event")?;
    if all >= MANY {
        tracing::info!("making {all} events smaller; this takes some minutes, once");
    }
    let mut copying = Copying { db, sites: sites(db)?, facets: HashMap::new(), origins: HashMap::new() };
    let (mut old, mut insert) = (db.prepare(OLD)?, db.prepare(COPY)?);
    let mut rows = old.query([])?;
    while let Some(row) = rows.next()? {
        let name: Option<String> = row.get(8)?;
        let name = name.map(|name| event_name::number(db, OrgId(row.get(1)?), &name)).transpose()?;
        let listed_at = time::listed_at(UnixMillis::new(row.get(10)?), UnixMillis::new(row.get(11)?));
        let kind = Kind::from_word(&row.get::<_, String>(2)?);
        insert.execute(params![
            row.get::<_, i64>(0)?,
            copying.origin(row)?,
            copying.facet(row, kind)?,
            listed_at.get(),
            kind.number(),
            findings(row)?.map(|findings| findings.to_bytes()),
            use_id(row)?,
            name
        ])?;
    }
    if count("event_anew")? == all { Ok(()) } else { Err(StoreError::Corrupt("event")) }
}

fn sites(db: &Connection) -> Result<HashSet<(i64, u64)>, StoreError> {
    let mut statement = db.prepare("SELECT org, number FROM site")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A walk-up that no list of names was held against has none.
fn findings(row: &Row<'_>) -> Result<Option<Findings>, StoreError> {
    let Some(code) = row.get::<_, Option<String>>(4)? else { return Ok(None) };
    let checks: String = row.get(5)?;
    let checks: Vec<OldCheck> = serde_json::from_str(&checks).unwrap_or_default();
    let outcome = |old: OldCheck| {
        let outcome = match (old.state.as_str(), old.code, old.cautions) {
            ("passed", ..) => Outcome::Passed,
            ("failed", Some(code), true) => Outcome::Cautions(code),
            ("failed", Some(code), false) => Outcome::Denies(code),
            _ => Outcome::Skipped,
        };
        (old.check, outcome)
    };
    Ok(Some(Findings { code: Code::from_word(&code), checks: checks.into_iter().map(outcome).collect() }))
}

/// What counts as the same code, shorter where it is the invitation that stands beside it.
fn use_id(row: &Row<'_>) -> Result<Option<Vec<u8>>, StoreError> {
    let use_id: Option<Vec<u8>> = row.get(7)?;
    let subject = row.get::<_, Option<[u8; 16]>>(6)?.map(SubjectId);
    let its_own = subject.map(|subject| UseId::Invitation(subject).to_bytes());
    Ok(if use_id.is_some() && use_id == its_own { Some(vec![decision::INVITATION_USE]) } else { use_id })
}

/// Organisation, shift, guard and device.
type Origin = (i64, Vec<u8>, Vec<u8>, Vec<u8>);

struct Copying<'a> {
    db: &'a Connection,
    sites: HashSet<(i64, u64)>,
    facets: HashMap<(i64, Facet), i64>,
    origins: HashMap<Origin, i64>,
}

impl Copying<'_> {
    fn facet(&mut self, row: &Row<'_>, kind: Kind) -> Result<i64, StoreError> {
        let (org, site): (i64, u64) = (row.get(1)?, row.get(9)?);
        let facet = Facet {
            site: SiteNumber::new(site).filter(|_| self.sites.contains(&(org, site))),
            kind,
            verdict: row.get::<_, Option<u64>>(3)?.and_then(Verdict::from_number),
            decided: Decided::of(row.get(12)?, row.get(13)?),
            flagged: row.get(19)?,
            reported: row.get(14)?,
            judged: row.get(15)?,
        };
        if let Some(no) = self.facets.get(&(org, facet)) {
            return Ok(*no);
        }
        let no = facet::number(self.db, OrgId(org), &facet)?;
        self.facets.insert((org, facet), no);
        Ok(no)
    }

    fn origin(&mut self, row: &Row<'_>) -> Result<i64, StoreError> {
        let key: Origin = (row.get(1)?, row.get(17)?, row.get(16)?, row.get(18)?);
        if let Some(no) = self.origins.get(&key) {
            return Ok(*no);
        }
        let no = self
            .db
            .prepare_cached(
                "INSERT INTO event_origin (org, shift, guard, device) VALUES (?1, ?2, ?3, ?4) RETURNING no",
            )?
            .query_row(params![key.0, key.1, key.2, key.3], |row| row.get(0))?;
        self.origins.insert(key, no);
        Ok(no)
    }
}
