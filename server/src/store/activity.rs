//! Events as dashboards read them.

mod list;
mod narrowed;
#[cfg(test)]
mod tests;
mod totals;

use gatehouse_core::{
    decision::{Check, Code, Findings, Outcome, Verdict},
    id::{DeviceId, Digest32, EntryId, PersonId, ShiftId, SiteNumber, SubjectId},
    place::Fix,
    time::UnixMillis,
};
use rusqlite::{Connection, OptionalExtension, Row, params};

pub use self::{
    list::{Cursor, page},
    narrowed::{EventKind, Filter, Mark},
    totals::{Totals, any, totals},
};
pub use super::facet::{Decided, Kind};
use super::{OrgId, StoreError, amendment, amendment::Amendment, device, doubt, doubt::Doubt, sql};

/// One event in a list.
#[derive(Debug, Clone)]
pub struct EventRow {
    /// Its place among the server's events.
    pub no: i64,
    /// The scan's or walk-up's entry.
    pub id: EntryId,
    /// Kind of person or code.
    pub kind: Kind,
    /// The verdict; walk-ups have none.
    pub verdict: Option<Verdict>,
    /// The code that decided; walk-ups have none.
    pub code: Option<Code>,
    /// The member or invitation.
    pub subject: Option<SubjectId>,
    /// The name, unless erased or never known.
    pub name: Option<String>,
    /// Who invited; of a walk-up, whom they said they visit.
    pub host: Option<String>,
    /// Where.
    pub site: SiteNumber,
    /// The site's name.
    pub site_name: String,
    /// The guard.
    pub guard: PersonId,
    /// The guard's name.
    pub guard_name: Option<String>,
    /// When it happened, never ahead of when the server got it: the order of lists.
    pub listed_at: UnixMillis,
    /// When it happened, by the phone's best clock, whatever that said.
    pub happened_at: UnixMillis,
    /// When the server got it.
    pub received_at: UnixMillis,
    /// Whether the server answered the scan.
    pub online: bool,
    /// Granted or denied, if decided.
    pub granted: Option<bool>,
    /// What was decided first, where a guard put that right.
    pub first_granted: Option<bool>,
    /// When it was decided.
    pub decided_at: Option<UnixMillis>,
    /// The guard's reason.
    pub reason: Option<String>,
    /// Granted against DENIED.
    pub flagged: bool,
    /// When the visitor left, for a visit that began with this.
    pub departed_at: Option<UnixMillis>,
    /// The stay whose departure this scan opened: then nobody was asked to let the visitor in.
    pub departs: Option<EntryId>,
    /// SHA-256 of the photo that the guard took.
    pub photo: Option<Digest32>,
    /// Whether that photo is there whole.
    pub photo_complete: bool,
    /// Whether a guard reported it as suspicious.
    pub reported: bool,
    /// Whether a second judgement came to something else.
    pub judged: bool,
    /// Whether something that a journal says of it does not fit what is known.
    pub doubted: bool,
}

/// Everything about one event.
#[derive(Debug, Clone)]
pub struct EventDetail {
    /// What stands in lists.
    pub row: EventRow,
    /// Every check, in order.
    pub checks: Vec<(Check, Outcome)>,
    /// The guard's note at the scan.
    pub note: Option<String>,
    /// Where the phone was.
    pub fix: Option<Fix>,
    /// Whether the phone was sure of the time.
    pub clock_trusted: bool,
    /// Number of the gate pack that was looked at.
    pub pack_seq: Option<u64>,
    /// The shift.
    pub shift: ShiftId,
    /// The device.
    pub device: DeviceId,
    /// Its name.
    pub device_name: String,
    /// Number of the entry in the device's journal.
    pub number: u64,
    /// SHA-256 of the entry's payload.
    pub hash: Digest32,
    /// Whether another entry claims the same number.
    pub forked: bool,
    /// The invitation's reference.
    pub invitation: Option<String>,
    /// What was said of it later, the oldest first.
    pub amendments: Vec<Amendment>,
    /// What does not fit of what journals say of it, with the devices that said so.
    pub doubts: Vec<(Doubt, String)>,
    /// The device whose journal goes on from that of this event.
    pub continued_by: Option<String>,
}

const COLUMNS: &str = "e.no, e.id, e.kind, e.verdict, e.findings, e.subject, n.name, coalesce(h.name, e.host), e.site, s.name, o.guard,
    g.name, e.happened_at, e.received_at, e.online, e.granted, e.decided_at, e.reason, e.flagged, d.departed_at,
    e.photo, coalesce(f.complete, 0), e.departs, e.reported, e.judged,
    EXISTS (SELECT 1 FROM doubt b WHERE b.org = e.org AND b.event = e.id), e.listed_at,
    e.first_granted";

const JOINS: &str = "JOIN event_origin o ON o.no = e.origin
    LEFT JOIN event_name n ON n.no = e.name
    LEFT JOIN site s ON s.org = e.org AND s.number = e.site
    LEFT JOIN person g ON g.org = e.org AND g.id = o.guard
    LEFT JOIN invitation v ON v.org = e.org AND v.id = e.subject
    LEFT JOIN person h ON h.org = v.org AND h.id = v.host
    LEFT JOIN departure d ON d.org = e.org AND d.stay = e.id
    LEFT JOIN photo f ON f.org = e.org AND f.sha256 = e.photo";

fn read(row: &Row<'_>) -> rusqlite::Result<(EventRow, Vec<(Check, Outcome)>)> {
    let site = sql::site(row, 8)?;
    let findings = row.get::<_, Option<Vec<u8>>>(4)?.and_then(|bytes| Findings::from_bytes(&bytes));
    let (code, checks) = findings.map_or((None, Vec::new()), |found| (Some(found.code), found.checks));
    let row = EventRow {
        no: row.get(0)?,
        id: EntryId(row.get(1)?),
        kind: Kind::read(row, 2)?,
        verdict: row.get::<_, Option<u64>>(3)?.and_then(Verdict::from_number),
        code,
        subject: sql::optional_id(row, 5, SubjectId)?,
        name: row.get(6)?,
        host: row.get(7)?,
        site,
        // A phone may name a site that was never here.
        site_name: row.get::<_, Option<String>>(9)?.unwrap_or_else(|| format!("Site {site}")),
        guard: PersonId(row.get(10)?),
        guard_name: row.get(11)?,
        happened_at: sql::millis(row, 12)?,
        received_at: sql::millis(row, 13)?,
        online: row.get(14)?,
        granted: row.get(15)?,
        decided_at: sql::optional_millis(row, 16)?,
        reason: row.get(17)?,
        flagged: row.get(18)?,
        departed_at: sql::optional_millis(row, 19)?,
        photo: row.get::<_, Option<[u8; 32]>>(20)?.map(Digest32),
        photo_complete: row.get(21)?,
        departs: sql::optional_id(row, 22, EntryId)?,
        reported: row.get(23)?,
        judged: row.get(24)?,
        doubted: row.get(25)?,
        listed_at: sql::millis(row, 26)?,
        first_granted: row.get(27)?,
    };
    Ok((row, checks))
}

/// The rows of events by their numbers, in that order.
fn rows(db: &Connection, numbers: &[i64]) -> Result<Vec<EventRow>, StoreError> {
    let mut statement = db.prepare_cached(&one_by("e.no = ?1"))?;
    let row = |no: &i64| statement.query_row([no], |row| Ok(read(row)?.0));
    Ok(numbers.iter().map(row).collect::<Result<_, _>>()?)
}

fn one_by(condition: &str) -> String {
    format!("SELECT {COLUMNS} FROM event e {JOINS} WHERE {condition}")
}

/// One event as a row, if the filter lets it through: what a live list shows.
pub fn row_if(
    db: &Connection,
    org: OrgId,
    filter: &Filter,
    id: EntryId,
) -> Result<Option<EventRow>, StoreError> {
    let mut statement = db.prepare_cached(&one_by("e.org = ?1 AND e.id = ?2"))?;
    let row = statement.query_row(params![org.0, id.0], |row| Ok(read(row)?.0)).optional()?;
    Ok(row.filter(|row| filter.lets_through(row)))
}

/// Everything about one event.
pub fn detail(db: &Connection, org: OrgId, id: EntryId) -> Result<Option<EventDetail>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}, e.note, e.latitude_e6, e.longitude_e6, e.accuracy_m, e.clock_trusted, e.pack_seq, o.shift,
             o.device, t.name, j.number, j.hash, v.reference
         FROM event e {JOINS} JOIN journal_entry j ON j.org = e.org AND j.id = e.id
         JOIN device t ON t.org = e.org AND t.id = o.device WHERE e.org = ?1 AND e.id = ?2"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let found = statement.query_row(params![org.0, id.0], read_detail).optional()?;
    found
        .map(|mut detail| {
            detail.amendments = amendment::of_event(db, org, id)?;
            detail.doubts = doubt::of_event(db, org, id)?;
            detail.continued_by = device::name_of_heir(db, org, detail.device)?;
            detail.forked = super::journal::is_forked(db, org, detail.device, detail.number)?;
            Ok(detail)
        })
        .transpose()
}

fn read_detail(row: &Row<'_>) -> rusqlite::Result<EventDetail> {
    let fix = match (row.get(29)?, row.get(30)?, row.get(31)?) {
        (Some(latitude_e6), Some(longitude_e6), Some(accuracy_m)) => {
            Some(Fix { latitude_e6, longitude_e6, accuracy_m })
        }
        _ => None,
    };
    let (listed, checks) = read(row)?;
    Ok(EventDetail {
        row: listed,
        checks,
        note: row.get(28)?,
        fix,
        clock_trusted: row.get(32)?,
        pack_seq: row.get(33)?,
        shift: ShiftId(row.get(34)?),
        device: DeviceId(row.get(35)?),
        device_name: row.get(36)?,
        number: row.get(37)?,
        hash: Digest32(row.get(38)?),
        forked: false,
        invitation: row.get(39)?,
        amendments: Vec::new(),
        doubts: Vec::new(),
        continued_by: None,
    })
}
