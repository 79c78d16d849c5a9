//! What was said of events later: reports of guards, decisions that they put right, and second judgements.

use gatehouse_core::{
    decision::{Code, Verdict},
    id::{DeviceId, Digest32, EntryId, PersonId},
    journal::{Hindsight, Personal},
    time::UnixMillis,
    wire::Finding,
};
use rusqlite::{Connection, params};

use super::{
    OrgId, StoreError, Tx,
    device::OWN,
    event::{self, Mark},
    sql,
};

/// Most untold findings that one answer carries.
const MOST_FINDINGS: u32 = 100;

/// Something said of an event later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amendment {
    /// A guard reported it as suspicious.
    Report {
        /// The guard's name, if it is known.
        guard: Option<String>,
        /// What the guard wrote.
        note: Option<String>,
        /// SHA-256 of a photo, once it is there whole.
        photo: Option<Digest32>,
        /// When.
        at: UnixMillis,
    },
    /// A guard put the decision right: first it was the other one.
    Corrected {
        /// The guard's name, if it is known.
        guard: Option<String>,
        /// What it is from here on.
        granted: bool,
        /// Why, in the guard's words, unless they were erased.
        reason: Option<String>,
        /// When.
        at: UnixMillis,
    },
    /// It was judged again.
    Judged {
        /// What that came to.
        found: Hindsight,
        /// When.
        at: UnixMillis,
    },
}

/// Notes a guard's report of an event; false if there is none that the device may speak of.
pub fn report(
    tx: &Tx<'_>,
    org: OrgId,
    (entry, device): (EntryId, DeviceId),
    event: EntryId,
    guard: PersonId,
    personal: &Personal,
    at: UnixMillis,
) -> Result<bool, StoreError> {
    if !event::is_own(tx, org, event, device)? {
        return Ok(false);
    }
    event::mark(tx, org, event, Mark::Reported)?;
    tx.prepare_cached(
        "INSERT INTO amendment (org, event, what, note, photo, guard, at, entry)
         VALUES (?1, ?2, 'report', ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        org.0,
        event.0,
        personal.note,
        personal.photo.map(|photo| photo.0),
        guard.0,
        at.get(),
        entry.0
    ])?;
    Ok(true)
}

/// Notes that a guard put the decision on an event right.
pub fn corrected(
    tx: &Tx<'_>,
    org: OrgId,
    entry: EntryId,
    event: EntryId,
    (guard, granted): (PersonId, bool),
    reason: Option<&str>,
    at: UnixMillis,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO amendment (org, event, what, granted, note, guard, at, entry)
         VALUES (?1, ?2, 'corrected', ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![org.0, event.0, granted, reason, guard.0, at.get(), entry.0])?;
    Ok(())
}

/// Notes what the server found itself, until the device's journal says so.
pub fn found(
    tx: &Tx<'_>,
    org: OrgId,
    event: EntryId,
    found: &Hindsight,
    now: UnixMillis,
) -> Result<(), StoreError> {
    event::mark(tx, org, event, Mark::Judged)?;
    add(tx, org, event, found, None, now)
}

/// Notes a second judgement out of a journal; false if there is no such event that its device may speak of. The
/// server's own finding of the same is what the journal tells then.
pub fn judged(
    tx: &Tx<'_>,
    org: OrgId,
    (entry, device): (EntryId, DeviceId),
    event: EntryId,
    found: &Hindsight,
    at: UnixMillis,
) -> Result<bool, StoreError> {
    if !event::is_own(tx, org, event, device)? {
        return Ok(false);
    }
    event::mark(tx, org, event, Mark::Judged)?;
    let told = tx
        .prepare_cached(
            "UPDATE amendment SET entry = ?4, at = ?5
             WHERE org = ?1 AND event = ?2 AND entry IS NULL AND code = ?3 AND since_s IS ?6",
        )?
        .execute(params![
            org.0,
            event.0,
            found.code.word(),
            entry.0,
            at.get(),
            found.since.map(gatehouse_core::time::UnixSeconds::get)
        ])?;
    if told == 0 {
        add(tx, org, event, found, Some(entry), at)?;
    }
    Ok(true)
}

fn add(
    tx: &Tx<'_>,
    org: OrgId,
    event: EntryId,
    found: &Hindsight,
    entry: Option<EntryId>,
    at: UnixMillis,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO amendment (org, event, what, verdict, code, since_s, at, entry)
         VALUES (?1, ?2, 'judged', ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        org.0,
        event.0,
        found.verdict.number(),
        found.code.word(),
        found.since.map(gatehouse_core::time::UnixSeconds::get),
        at.get(),
        entry.map(|entry| entry.0)
    ])?;
    Ok(())
}

/// What the server found of a device's events, or of those whose journal it goes on from, and no journal tells yet.
pub fn untold(db: &Connection, org: OrgId, device: DeviceId) -> Result<Vec<Finding>, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "{OWN} SELECT a.event, a.verdict, a.code, a.since_s FROM amendment a
         JOIN event e ON e.org = a.org AND e.id = a.event JOIN event_origin o ON o.no = e.origin
         WHERE a.org = ?1 AND a.entry IS NULL AND o.device IN own ORDER BY a.no LIMIT ?3"
    ))?;
    let rows = statement.query_map(params![org.0, device.0, MOST_FINDINGS], |row| {
        Ok(Finding {
            event: EntryId(row.get(0)?),
            verdict: verdict(row.get(1)?),
            code: Code::from_word(&row.get::<_, String>(2)?),
            since: sql::optional_seconds(row, 3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether an event was judged again and found DENIED, or found to be `code`.
pub fn is_found(db: &Connection, org: OrgId, event: EntryId, code: &Code) -> Result<bool, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT 1 FROM amendment WHERE org = ?1 AND event = ?2 AND what = 'judged' AND (verdict = ?3 OR code = ?4)",
    )?;
    Ok(statement.exists(params![org.0, event.0, Verdict::Denied.number(), code.word()])?)
}

/// Everything said of an event later, the oldest first.
pub fn of_event(db: &Connection, org: OrgId, event: EntryId) -> Result<Vec<Amendment>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT a.what, a.verdict, a.code, a.since_s, a.note, f.sha256, g.name, a.at, a.granted FROM amendment a
         LEFT JOIN person g ON g.org = a.org AND g.id = a.guard
         LEFT JOIN photo f ON f.org = a.org AND f.sha256 = a.photo AND f.complete = 1
         WHERE a.org = ?1 AND a.event = ?2 ORDER BY a.at, a.no",
    )?;
    let rows = statement.query_map(params![org.0, event.0], |row| {
        let at = sql::millis(row, 7)?;
        match row.get::<_, String>(0)?.as_str() {
            "report" => {
                let photo = row.get::<_, Option<[u8; 32]>>(5)?.map(Digest32);
                return Ok(Amendment::Report { guard: row.get(6)?, note: row.get(4)?, photo, at });
            }
            "corrected" => {
                let (guard, reason, granted) = (row.get(6)?, row.get(4)?, row.get(8)?);
                return Ok(Amendment::Corrected { guard, granted, reason, at });
            }
            _ => {}
        }
        let found = Hindsight {
            verdict: verdict(row.get(1)?),
            code: Code::from_word(&row.get::<_, String>(2)?),
            since: sql::optional_seconds(row, 3)?,
            pack_seq: None,
        };
        Ok(Amendment::Judged { found, at })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A verdict as stored; what cannot be read is shown at its worst.
fn verdict(number: Option<u64>) -> Verdict {
    number.and_then(Verdict::from_number).unwrap_or(Verdict::Denied)
}
