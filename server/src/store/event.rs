//! Events as they are written: rows derived from journal entries.

use gatehouse_core::{
    decision::{self, Findings, UseId, Verdict},
    id::{DeviceId, Digest32, EntryId, ShiftId, SiteNumber, SubjectId},
    journal::{Actor, Personal, ScanBody},
    time::{self, UnixMillis, UnixSeconds},
};
use rusqlite::{Connection, OptionalExtension, params};

use super::{
    OrgId, StoreError, Tx, device, event_name, facet,
    facet::{Decided, Facet, Kind},
    site, sql,
};

/// An event about to be added.
#[derive(Debug)]
pub struct NewEvent<'a> {
    /// The scan's or walk-up's entry.
    pub id: EntryId,
    /// Its device.
    pub device: DeviceId,
    /// Kind of person or code.
    pub kind: Kind,
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

/// What stands for the invitation in `subject` where that counts as the code.
const ITS_INVITATION: &[u8] = &[decision::INVITATION_USE];

/// Adds an event.
pub fn add(tx: &Tx<'_>, org: OrgId, event: &NewEvent<'_>, now: UnixMillis) -> Result<(), StoreError> {
    let (scan, personal, fix) = (event.scan, event.personal, event.personal.fix.as_ref());
    let listed_at = time::listed_at(event.happened_at, now);
    let site = event.actor.site;
    let facet = Facet {
        site: site::is_known(tx, org, site)?.then_some(site),
        kind: event.kind,
        verdict: scan.map(|scan| scan.verdict),
        decided: Decided::of(None, scan.is_some_and(|scan| scan.departs.is_some())),
        flagged: false,
        reported: false,
        judged: false,
    };
    let facet = facet::number(tx, org, &facet)?;
    let name = personal.name.as_deref().map(|name| event_name::number(tx, org, name)).transpose()?;
    let findings = scan.map(|scan| Findings { code: scan.code.clone(), checks: scan.checks.clone() });
    let use_id = scan.and_then(UseId::of_scan).map(|use_id| match use_id {
        UseId::Invitation(_) => ITS_INVITATION.to_vec(),
        UseId::Token(_) | UseId::Proof(..) => use_id.to_bytes(),
    });
    tx.prepare_cached(
        "INSERT INTO event (org, id, origin, facet, listed_at, kind, verdict, findings, subject, use_id, online,
             pack_seq, departs, name, note, latitude_e6, longitude_e6, accuracy_m, photo, site, happened_at,
             clock_trusted, received_at, issued_s, host)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
             ?23, ?24, ?25)",
    )?
    .execute(params![
        org.0,
        event.id.0,
        origin(tx, org, event.device, event.actor)?,
        facet,
        listed_at.get(),
        event.kind.number(),
        scan.map(|scan| scan.verdict.number()),
        findings.map(|findings| findings.to_bytes()),
        scan.and_then(|scan| scan.subject).map(|subject| subject.0),
        use_id,
        scan.is_some_and(|scan| scan.online),
        // A pack's number is any 64 bits that a phone says; beyond SQLite's it means nothing.
        scan.and_then(|scan| scan.pack_seq).and_then(|seq| i64::try_from(seq).ok()),
        scan.and_then(|scan| scan.departs).map(|stay| stay.0),
        name,
        personal.note,
        fix.map(|fix| fix.latitude_e6),
        fix.map(|fix| fix.longitude_e6),
        fix.map(|fix| fix.accuracy_m),
        personal.photo.map(|photo| photo.0),
        site.get(),
        event.happened_at.get(),
        event.clock_trusted,
        now.get(),
        scan.and_then(|scan| scan.issued_at).map(UnixSeconds::get),
        personal.host
    ])?;
    facet::count(tx, org, facet, listed_at, 1)
}

/// The number of who recorded where: a guard in a shift on a device.
fn origin(tx: &Tx<'_>, org: OrgId, device: DeviceId, actor: &Actor) -> Result<i64, StoreError> {
    let key = params![org.0, actor.shift.0, actor.guard.0, device.0];
    let known = tx
        .prepare_cached(
            "SELECT no FROM event_origin WHERE org = ?1 AND shift = ?2 AND guard = ?3 AND device = ?4",
        )?
        .query_row(key, |row| row.get(0))
        .optional()?;
    if let Some(known) = known {
        return Ok(known);
    }
    let mut statement = tx.prepare_cached(
        "INSERT INTO event_origin (org, shift, guard, device) VALUES (?1, ?2, ?3, ?4) RETURNING no",
    )?;
    Ok(statement.query_row(key, |row| row.get(0))?)
}

/// The subject of an event.
pub fn subject_of(db: &Connection, org: OrgId, id: EntryId) -> Result<Option<SubjectId>, StoreError> {
    let mut statement = db.prepare_cached("SELECT subject FROM event WHERE org = ?1 AND id = ?2")?;
    let found = statement.query_row(params![org.0, id.0], |row| sql::optional_id(row, 0, SubjectId));
    Ok(found.optional()?.flatten())
}

/// Puts another judgement in the place of an event's last one; what it was scanned as stays.
pub fn judge_anew(
    tx: &Tx<'_>,
    org: OrgId,
    id: EntryId,
    found: Option<&ScanBody>,
    personal: &Personal,
) -> Result<(), StoreError> {
    let findings = found.map(|found| Findings { code: found.code.clone(), checks: found.checks.clone() });
    let fix = personal.fix.as_ref();
    tx.prepare_cached(
        "UPDATE event SET verdict = ?3, findings = ?4, online = ?5, pack_seq = coalesce(?6, pack_seq), departs = ?7,
             issued_s = coalesce(?8, issued_s), latitude_e6 = coalesce(?9, latitude_e6),
             longitude_e6 = coalesce(?10, longitude_e6), accuracy_m = coalesce(?11, accuracy_m),
             photo = coalesce(photo, ?12)
         WHERE org = ?1 AND id = ?2",
    )?
    .execute(params![
        org.0,
        id.0,
        found.map(|found| found.verdict.number()),
        findings.map(|findings| findings.to_bytes()),
        found.is_some_and(|found| found.online),
        found.and_then(|found| found.pack_seq).and_then(|seq| i64::try_from(seq).ok()),
        found.and_then(|found| found.departs).map(|stay| stay.0),
        found.and_then(|found| found.issued_at).map(UnixSeconds::get),
        fix.map(|fix| fix.latitude_e6),
        fix.map(|fix| fix.longitude_e6),
        fix.map(|fix| fix.accuracy_m),
        personal.photo.map(|photo| photo.0)
    ])?;
    facet::refile(tx, org, id)
}

/// Whether there is an event that a device may say something of: its own, or one of a device whose journal it goes on
/// from.
pub fn is_own(db: &Connection, org: OrgId, id: EntryId, speaker: DeviceId) -> Result<bool, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT o.device FROM event e JOIN event_origin o ON o.no = e.origin WHERE e.org = ?1 AND e.id = ?2",
    )?;
    let author = statement.query_row(params![org.0, id.0], |row| row.get(0)).optional()?;
    match author {
        Some(author) => device::speaks_for(db, org, speaker, DeviceId(author)),
        None => Ok(false),
    }
}

/// What a decision needs to know of its event.
#[derive(Debug)]
pub struct Undecided {
    /// Its device.
    pub device: DeviceId,
    /// The shift in which it was.
    pub shift: ShiftId,
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
    /// What was decided.
    pub stands: Option<Stands>,
    /// Whether the server answered the scan.
    pub online: bool,
    /// When the pass was issued.
    pub issued_at: Option<UnixSeconds>,
    /// When it happened, where the phone was sure of that.
    pub surely_at: Option<UnixMillis>,
}

/// A decision that stands.
#[derive(Debug, Clone, Copy)]
pub struct Stands {
    /// Granted or denied.
    pub granted: bool,
    /// When it was made, by the phone's best clock. What puts it right leaves that as it was.
    pub at: UnixMillis,
    /// Whether the phone was sure of that.
    pub surely: bool,
}

/// An event that a decision names.
pub fn to_decide(db: &Connection, org: OrgId, id: EntryId) -> Result<Option<Undecided>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT o.device, e.kind, e.verdict, e.subject, e.use_id, e.departs IS NOT NULL, e.granted IS NOT NULL,
             e.online, e.issued_s, e.site, CASE WHEN e.clock_trusted THEN e.happened_at END, e.granted, e.decided_at,
             e.decided_surely, o.shift
         FROM event e JOIN event_origin o ON o.no = e.origin WHERE e.org = ?1 AND e.id = ?2",
    )?;
    let read = |row: &rusqlite::Row<'_>| {
        let kind = Kind::read(row, 1)?;
        let subject = sql::optional_id(row, 3, SubjectId)?;
        Ok(Undecided {
            device: DeviceId(row.get(0)?),
            visitor: matches!(kind, Kind::Visitor | Kind::WalkUp),
            verdict: row.get::<_, Option<u64>>(2)?.and_then(Verdict::from_number),
            subject,
            use_id: match (row.get::<_, Option<Vec<u8>>>(4)?, subject) {
                (Some(bytes), Some(subject)) if bytes == ITS_INVITATION => {
                    Some(UseId::Invitation(subject).to_bytes())
                }
                (bytes, _) => bytes,
            },
            departs: row.get(5)?,
            decided: row.get(6)?,
            online: row.get(7)?,
            issued_at: sql::optional_seconds(row, 8)?,
            site: sql::site(row, 9)?,
            member: matches!(kind, Kind::Member | Kind::Device),
            surely_at: sql::optional_millis(row, 10)?,
            shift: ShiftId(row.get(14)?),
            stands: match (row.get(11)?, sql::optional_millis(row, 12)?) {
                (Some(granted), Some(at)) => Some(Stands { granted, at, surely: row.get(13)? }),
                _ => None,
            },
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
pub fn decide(tx: &Tx<'_>, org: OrgId, id: EntryId, decision: &Decision<'_>) -> Result<(), StoreError> {
    let Decision { granted, flagged, reason, at, surely } = *decision;
    tx.prepare_cached(
        "UPDATE event SET granted = ?3, flagged = ?4, reason = ?5, decided_at = ?6, decided_surely = ?7
         WHERE org = ?1 AND id = ?2",
    )?
    .execute(params![org.0, id.0, granted, flagged, reason, at.get(), surely])?;
    facet::refile(tx, org, id)
}

/// Puts the decision of an event right. When it was made stays, and what was decided first is kept beside it. A grant
/// against DENIED stays flagged, with its reason, whatever is said of it later; one that is made by this has this reason.
pub fn correct(
    tx: &Tx<'_>,
    org: OrgId,
    id: EntryId,
    granted: bool,
    flagged: bool,
    reason: Option<&str>,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE event SET first_granted = coalesce(first_granted, granted), granted = ?3, flagged = flagged OR ?4,
             reason = CASE WHEN ?4 AND NOT flagged THEN ?5 ELSE reason END
         WHERE org = ?1 AND id = ?2 AND granted IS NOT NULL",
    )?
    .execute(params![org.0, id.0, granted, flagged, reason])?;
    facet::refile(tx, org, id)
}

/// Adds what an arrival learned of its visitor to an event that its device may speak of; what was known before stays.
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
    let name = personal.name.as_deref().map(|name| event_name::number(tx, org, name)).transpose()?;
    tx.prepare_cached(
        "UPDATE event SET photo = coalesce(photo, ?3), note = coalesce(note, ?4), name = coalesce(name, ?5)
         WHERE org = ?1 AND id = ?2",
    )?
    .execute(params![
        org.0,
        id.0,
        personal.photo.map(|photo: Digest32| photo.0),
        personal.note,
        name
    ])?;
    // Where another name was known before, nobody may bear this one.
    name.map_or(Ok(()), |name| event_name::release(tx, org, name))?;
    Ok(true)
}

/// What was said of an event after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A guard reported it as suspicious.
    Reported,
    /// A second judgement came to something else.
    Judged,
}

/// Marks an event.
pub fn mark(tx: &Tx<'_>, org: OrgId, id: EntryId, mark: Mark) -> Result<(), StoreError> {
    let sql = match mark {
        Mark::Reported => "UPDATE event SET reported = 1 WHERE org = ?1 AND id = ?2",
        Mark::Judged => "UPDATE event SET judged = 1 WHERE org = ?1 AND id = ?2",
    };
    tx.prepare_cached(sql)?.execute(params![org.0, id.0])?;
    facet::refile(tx, org, id)
}

/// Forgets everything of an event that tells of a person: name, host, note, place, photo and the guard's reason. What was
/// found and decided stays, and so do all numbers.
pub fn forget(tx: &Tx<'_>, org: OrgId, id: EntryId) -> Result<(), StoreError> {
    let name: Option<i64> = tx
        .prepare_cached("SELECT name FROM event WHERE org = ?1 AND id = ?2")?
        .query_row(params![org.0, id.0], |row| row.get(0))
        .optional()?
        .flatten();
    tx.prepare_cached(
        "UPDATE event SET name = NULL, note = NULL, latitude_e6 = NULL, longitude_e6 = NULL, accuracy_m = NULL,
             photo = NULL, reason = NULL, host = NULL
         WHERE org = ?1 AND id = ?2",
    )?
    .execute(params![org.0, id.0])?;
    name.map_or(Ok(()), |name| event_name::release(tx, org, name))
}
