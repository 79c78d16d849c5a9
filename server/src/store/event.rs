//! Events as they are written: rows derived from journal entries.

use gatehouse_core::{
    decision::{UseId, Verdict},
    id::{DeviceId, Digest32, EntryId, SiteNumber, SubjectId},
    journal::{Actor, Personal, ScanBody},
    name,
    time::{UnixMillis, UnixSeconds},
};
use rusqlite::{Connection, OptionalExtension, params};

use super::{OrgId, StoreError, Tx, device, sql};

/// An event about to be added.
#[derive(Debug)]
pub struct NewEvent<'a> {
    /// The scan's or walk-up's entry.
    pub id: EntryId,
    /// Its device.
    pub device: DeviceId,
    /// `member`, `visitor`, `device`, `walk_up` or `unreadable`.
    pub kind: &'static str,
    /// What the scan found; walk-ups have none.
    pub scan: Option<&'a ScanBody>,
    /// Who was at work where.
    pub actor: &'a Actor,
    /// What stood in the sealed part.
    pub personal: &'a Personal,
    /// When it happened.
    pub happened_at: UnixMillis,
    /// Whether the phone was sure of that.
    pub clock_trusted: bool,
}

/// Adds an event.
///
/// # Errors
/// The database's.
pub fn add(tx: &Tx<'_>, org: OrgId, event: &NewEvent<'_>, now: UnixMillis) -> Result<(), StoreError> {
    let (scan, personal, fix) = (event.scan, event.personal, event.personal.fix.as_ref());
    let checks: Vec<_> = scan.iter().flat_map(|scan| &scan.checks).map(check_json).collect();
    let name = personal.name.as_deref();
    tx.prepare_cached(
        "INSERT INTO event (org, id, device, kind, verdict, code, checks, subject, use_id, online, pack_seq, departs,
             name, search, note, latitude_e6, longitude_e6, accuracy_m, photo, guard, shift, site,
             happened_at, clock_trusted, received_at, issued_s)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
             ?23, ?24, ?25, ?26)",
    )?
    .execute(params![
        org.0,
        event.id.0,
        event.device.0,
        event.kind,
        scan.map(|scan| scan.verdict.number()),
        scan.map(|scan| scan.code.word()),
        serde_json::Value::Array(checks).to_string(),
        scan.and_then(|scan| scan.subject).map(|subject| subject.0),
        scan.and_then(UseId::of_scan).map(UseId::to_bytes),
        scan.is_some_and(|scan| scan.online),
        // A pack's number is any 64 bits that a phone says; beyond SQLite's it means nothing.
        scan.and_then(|scan| scan.pack_seq).and_then(|seq| i64::try_from(seq).ok()),
        scan.and_then(|scan| scan.departs).map(|stay| stay.0),
        name,
        name::folded(name.unwrap_or_default()),
        personal.note,
        fix.map(|fix| fix.latitude_e6),
        fix.map(|fix| fix.longitude_e6),
        fix.map(|fix| fix.accuracy_m),
        personal.photo.map(|photo| photo.0),
        event.actor.guard.0,
        event.actor.shift.0,
        event.actor.site.get(),
        event.happened_at.get(),
        event.clock_trusted,
        now.get(),
        scan.and_then(|scan| scan.issued_at).map(UnixSeconds::get)
    ])?;
    Ok(())
}

/// The subject of an event.
///
/// # Errors
/// The database's.
pub fn subject_of(db: &Connection, org: OrgId, id: EntryId) -> Result<Option<SubjectId>, StoreError> {
    let mut statement = db.prepare_cached("SELECT subject FROM event WHERE org = ?1 AND id = ?2")?;
    let found = statement.query_row(params![org.0, id.0], |row| sql::optional_id(row, 0, SubjectId));
    Ok(found.optional()?.flatten())
}

/// Puts another judgement in the place of an event's last one; what it was scanned as stays.
///
/// # Errors
/// The database's.
pub fn judge_anew(
    tx: &Tx<'_>,
    org: OrgId,
    id: EntryId,
    found: Option<&ScanBody>,
    personal: &Personal,
) -> Result<(), StoreError> {
    let checks: Vec<_> = found.iter().flat_map(|found| &found.checks).map(check_json).collect();
    let fix = personal.fix.as_ref();
    tx.prepare_cached(
        "UPDATE event SET verdict = ?3, code = ?4, checks = ?5, online = ?6, pack_seq = coalesce(?7, pack_seq),
             departs = ?8, issued_s = coalesce(?9, issued_s), latitude_e6 = coalesce(?10, latitude_e6),
             longitude_e6 = coalesce(?11, longitude_e6), accuracy_m = coalesce(?12, accuracy_m),
             photo = coalesce(photo, ?13)
         WHERE org = ?1 AND id = ?2",
    )?
    .execute(params![
        org.0,
        id.0,
        found.map(|found| found.verdict.number()),
        found.map(|found| found.code.word()),
        serde_json::Value::Array(checks).to_string(),
        found.is_some_and(|found| found.online),
        found.and_then(|found| found.pack_seq).and_then(|seq| i64::try_from(seq).ok()),
        found.and_then(|found| found.departs).map(|stay| stay.0),
        found.and_then(|found| found.issued_at).map(UnixSeconds::get),
        fix.map(|fix| fix.latitude_e6),
        fix.map(|fix| fix.longitude_e6),
        fix.map(|fix| fix.accuracy_m),
        personal.photo.map(|photo| photo.0)
    ])?;
    Ok(())
}

/// Whether there is an event that a device may say something of: its own, or one of a device whose journal it goes on
/// from.
///
/// # Errors
/// The database's.
pub fn is_own(db: &Connection, org: OrgId, id: EntryId, speaker: DeviceId) -> Result<bool, StoreError> {
    let mut statement = db.prepare_cached("SELECT device FROM event WHERE org = ?1 AND id = ?2")?;
    let author = statement.query_row(params![org.0, id.0], |row| row.get(0)).optional()?;
    match author {
        Some(author) => device::speaks_for(db, org, speaker, DeviceId(author)),
        None => Ok(false),
    }
}

fn check_json(
    (check, outcome): &(gatehouse_core::decision::Check, gatehouse_core::decision::Outcome),
) -> serde_json::Value {
    use gatehouse_core::decision::Outcome;
    let cautions = matches!(outcome, Outcome::Cautions(_));
    serde_json::json!({
        "check": check.word(),
        "state": outcome.word(),
        "code": outcome.code().map(gatehouse_core::decision::Code::word),
        "cautions": cautions,
    })
}

/// What a decision needs to know of its event.
#[derive(Debug)]
pub struct Undecided {
    /// Its device.
    pub device: DeviceId,
    /// Where it was.
    pub site: SiteNumber,
    /// Whether it is a visitor, invited or not.
    pub visitor: bool,
    /// Whether it is a member, by a code of the server's or of their phone.
    pub member: bool,
    /// The verdict, unless a walk-up.
    pub verdict: Option<Verdict>,
    /// The subject.
    pub subject: Option<SubjectId>,
    /// What counts as the same code.
    pub use_id: Option<Vec<u8>>,
    /// Whether it opened a departure.
    pub departs: bool,
    /// Whether it was decided before.
    pub decided: bool,
    /// Whether the server answered the scan.
    pub online: bool,
    /// When the pass was issued.
    pub issued_at: Option<UnixSeconds>,
    /// When it happened, where the phone was sure of that.
    pub surely_at: Option<UnixMillis>,
}

/// An event that a decision names.
///
/// # Errors
/// The database's.
pub fn to_decide(db: &Connection, org: OrgId, id: EntryId) -> Result<Option<Undecided>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT device, kind IN ('visitor', 'walk_up'), verdict, subject, use_id, departs IS NOT NULL,
             granted IS NOT NULL, online, issued_s, site, kind IN ('member', 'device'),
             CASE WHEN clock_trusted THEN happened_at END
         FROM event WHERE org = ?1 AND id = ?2",
    )?;
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Undecided {
            device: DeviceId(row.get(0)?),
            visitor: row.get(1)?,
            verdict: row.get::<_, Option<u64>>(2)?.and_then(Verdict::from_number),
            subject: sql::optional_id(row, 3, SubjectId)?,
            use_id: row.get(4)?,
            departs: row.get(5)?,
            decided: row.get(6)?,
            online: row.get(7)?,
            issued_at: sql::optional_seconds(row, 8)?,
            site: sql::site(row, 9)?,
            member: row.get(10)?,
            surely_at: sql::optional_millis(row, 11)?,
        })
    };
    Ok(statement.query_row(params![org.0, id.0], read).optional()?)
}

/// A guard's decision.
#[derive(Debug, Clone, Copy)]
pub struct Decision<'a> {
    /// Granted or denied.
    pub granted: bool,
    /// Granted against DENIED.
    pub flagged: bool,
    /// Why, in the guard's words.
    pub reason: Option<&'a str>,
    /// When, by the phone's best clock.
    pub at: UnixMillis,
    /// Whether the phone was sure of that.
    pub surely: bool,
}

/// Writes a decision into its event.
///
/// # Errors
/// The database's.
pub fn decide(tx: &Tx<'_>, org: OrgId, id: EntryId, decision: &Decision<'_>) -> Result<(), StoreError> {
    let Decision { granted, flagged, reason, at, surely } = *decision;
    tx.prepare_cached(
        "UPDATE event SET granted = ?3, flagged = ?4, reason = ?5, decided_at = ?6, decided_surely = ?7
         WHERE org = ?1 AND id = ?2",
    )?
    .execute(params![org.0, id.0, granted, flagged, reason, at.get(), surely])?;
    Ok(())
}

/// Adds what an arrival learned of its visitor to an event that its device may speak of; what was known before stays.
///
/// # Errors
/// The database's.
pub fn arrive(
    tx: &Tx<'_>,
    org: OrgId,
    id: EntryId,
    device: DeviceId,
    personal: &Personal,
) -> Result<bool, StoreError> {
    if !is_own(tx, org, id, device)? {
        return Ok(false);
    }
    let name = personal.name.as_deref();
    tx.prepare_cached(
        "UPDATE event SET photo = coalesce(photo, ?3), note = coalesce(note, ?4),
             search = CASE WHEN name IS NULL THEN ?6 ELSE search END, name = coalesce(name, ?5)
         WHERE org = ?1 AND id = ?2",
    )?
    .execute(params![
        org.0,
        id.0,
        personal.photo.map(|photo: Digest32| photo.0),
        personal.note,
        name,
        name::folded(name.unwrap_or_default())
    ])?;
    Ok(true)
}
