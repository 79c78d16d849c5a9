//! Events as dashboards read them.

use gatehouse_core::{
    decision::{Code, Verdict},
    id::{DeviceId, Digest32, EntryId, PersonId, ShiftId, SiteNumber, SubjectId},
    name,
    place::Fix,
    time::UnixMillis,
};
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter, types::Value};
use serde::Deserialize;

use super::{OrgId, StoreError, amendment, amendment::Amendment, device, doubt, doubt::Doubt, sql};

/// What kind of person or code was at the gate.
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

/// What the guard decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    /// Let in.
    Granted,
    /// Turned away.
    Denied,
    /// Not yet, or the scan was left.
    Undecided,
}

/// What the list is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Happened at this time or later.
    pub since: Option<UnixMillis>,
    /// The guard's decision.
    pub decision: Option<Decided>,
    /// Kind of person or code.
    pub kind: Option<EventKind>,
    /// The site.
    pub site: Option<SiteNumber>,
    /// Of this subject only: a member or an invitation.
    pub subject: Option<SubjectId>,
    /// Searched in names.
    pub search: String,
}

/// Where a page ends: the next one begins with what is older.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// When the last row of the page happened.
    pub happened_at: UnixMillis,
    /// Its number, since several may happen at once.
    pub no: i64,
}

/// One event in a list.
#[derive(Debug, Clone)]
pub struct EventRow {
    /// Its place among the server's events.
    pub no: i64,
    /// The scan's or walk-up's entry.
    pub id: EntryId,
    /// `member`, `visitor`, `device`, `walk_up` or `unreadable`.
    pub kind: String,
    /// The verdict; walk-ups have none.
    pub verdict: Option<Verdict>,
    /// The code that decided; walk-ups have none.
    pub code: Option<Code>,
    /// The member or invitation.
    pub subject: Option<SubjectId>,
    /// The name, unless erased or never known.
    pub name: Option<String>,
    /// Who invited.
    pub host: Option<String>,
    /// Where.
    pub site: SiteNumber,
    /// The site's name.
    pub site_name: String,
    /// The guard.
    pub guard: PersonId,
    /// The guard's name.
    pub guard_name: Option<String>,
    /// When it happened, by the phone's best clock.
    pub happened_at: UnixMillis,
    /// When the server got it.
    pub received_at: UnixMillis,
    /// Whether the server answered the scan.
    pub online: bool,
    /// Granted or denied, if decided.
    pub granted: Option<bool>,
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

/// One check of a scan, as it was recorded.
#[derive(Debug, Clone, Deserialize)]
pub struct CheckRow {
    /// Its word.
    pub check: String,
    /// `passed`, `failed` or `skipped`.
    pub state: String,
    /// Why it failed; `ok` where it passed.
    pub code: Option<String>,
    /// Whether its failure only cautions.
    pub cautions: bool,
}

/// Everything about one event.
#[derive(Debug, Clone)]
pub struct EventDetail {
    /// What stands in lists.
    pub row: EventRow,
    /// Every check, in order.
    pub checks: Vec<CheckRow>,
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

/// Numbers over the events that a filter lets through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Totals {
    /// All of them.
    pub events: u64,
    /// Granted.
    pub granted: u64,
    /// Denied.
    pub denied: u64,
    /// Not decided.
    pub undecided: u64,
}

const COLUMNS: &str = "e.no, e.id, e.kind, e.verdict, e.code, e.subject, e.name, h.name, e.site, s.name, e.guard,
    g.name, e.happened_at, e.received_at, e.online, e.granted, e.decided_at, e.reason, e.flagged, d.departed_at,
    e.photo, coalesce(f.complete, 0), e.departs, e.reported, e.judged,
    EXISTS (SELECT 1 FROM doubt b WHERE b.org = e.org AND b.event = e.id)";

const JOINS: &str = "LEFT JOIN site s ON s.org = e.org AND s.number = e.site
    LEFT JOIN person g ON g.org = e.org AND g.id = e.guard
    LEFT JOIN invitation v ON v.org = e.org AND v.id = e.subject
    LEFT JOIN person h ON h.org = v.org AND h.id = v.host
    LEFT JOIN departure d ON d.org = e.org AND d.stay = e.id
    LEFT JOIN photo f ON f.org = e.org AND f.sha256 = e.photo";

fn read(row: &Row<'_>) -> rusqlite::Result<EventRow> {
    let site = sql::site(row, 8)?;
    Ok(EventRow {
        no: row.get(0)?,
        id: EntryId(row.get(1)?),
        kind: row.get(2)?,
        verdict: row.get::<_, Option<u64>>(3)?.and_then(Verdict::from_number),
        code: row.get::<_, Option<String>>(4)?.map(|word| Code::from_word(&word)),
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
    })
}

/// Waits for a guard's word. Nobody decides on a visitor's way out.
const UNDECIDED: &str = "e.granted IS NULL AND e.departs IS NULL";

struct Conditions {
    sql: String,
    values: Vec<Value>,
}

impl Conditions {
    fn of(org: OrgId, filter: &Filter, with_decision: bool) -> Self {
        let mut all = Self { sql: "e.org = ?".to_owned(), values: vec![org.0.into()] };
        let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        if let Some(since) = filter.since {
            all.and("e.happened_at >= ?", number(since.get()));
        }
        match filter.decision.filter(|_| with_decision) {
            None => {}
            Some(Decided::Granted) => all.sql.push_str(" AND e.granted = 1"),
            Some(Decided::Denied) => all.sql.push_str(" AND e.granted = 0"),
            Some(Decided::Undecided) => {
                all.sql.push_str(" AND ");
                all.sql.push_str(UNDECIDED);
            }
        }
        match filter.kind {
            None => {}
            Some(EventKind::Member) => all.sql.push_str(" AND e.kind IN ('member', 'device')"),
            Some(EventKind::Visitor) => all.sql.push_str(" AND e.kind = 'visitor'"),
            Some(EventKind::WalkUp) => all.sql.push_str(" AND e.kind = 'walk_up'"),
            Some(EventKind::Unreadable) => all.sql.push_str(" AND e.kind = 'unreadable'"),
        }
        if let Some(site) = filter.site {
            all.and("e.site = ?", i64::from(site.get()));
        }
        if let Some(subject) = filter.subject {
            all.and("e.subject = ?", subject.0.to_vec());
        }
        for word in name::words(&filter.search) {
            all.and("instr(e.search, ?) > 0", word);
        }
        all
    }

    fn and(&mut self, condition: &str, value: impl Into<Value>) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
        self.values.push(value.into());
    }
}

/// A page of events, newest first, those older than `before`.
///
/// # Errors
/// The database's.
pub fn page(
    db: &Connection,
    org: OrgId,
    filter: &Filter,
    before: Option<Cursor>,
    limit: u32,
) -> Result<Vec<EventRow>, StoreError> {
    let mut conditions = Conditions::of(org, filter, true);
    if let Some(Cursor { happened_at, no }) = before {
        conditions.sql.push_str(" AND (e.happened_at, e.no) < (?, ?)");
        let at = i64::try_from(happened_at.get()).unwrap_or(i64::MAX);
        conditions.values.extend([Value::from(at), Value::from(no)]);
    }
    conditions.values.push(i64::from(limit).into());
    let sql = format!(
        "SELECT {COLUMNS} FROM event e {JOINS} WHERE {} ORDER BY e.happened_at DESC, e.no DESC LIMIT ?",
        conditions.sql
    );
    let mut statement = db.prepare_cached(&sql)?;
    Ok(statement.query_map(params_from_iter(&conditions.values), read)?.collect::<Result<_, _>>()?)
}

/// Numbers over the events that the filter lets through, whatever was decided.
///
/// # Errors
/// The database's.
pub fn totals(db: &Connection, org: OrgId, filter: &Filter) -> Result<Totals, StoreError> {
    let conditions = Conditions::of(org, filter, false);
    let sql = format!(
        "SELECT count(*), count(*) FILTER (WHERE e.granted = 1), count(*) FILTER (WHERE e.granted = 0),
             count(*) FILTER (WHERE {UNDECIDED}) FROM event e WHERE {}",
        conditions.sql
    );
    let mut statement = db.prepare_cached(&sql)?;
    let read = |row: &Row<'_>| {
        Ok(Totals { events: row.get(0)?, granted: row.get(1)?, denied: row.get(2)?, undecided: row.get(3)? })
    };
    Ok(statement.query_row(params_from_iter(&conditions.values), read)?)
}

/// One event as a row, if the filter lets it through: what a live list shows.
///
/// # Errors
/// The database's.
pub fn row_if(
    db: &Connection,
    org: OrgId,
    filter: &Filter,
    id: EntryId,
) -> Result<Option<EventRow>, StoreError> {
    let mut conditions = Conditions::of(org, filter, true);
    conditions.and("e.id = ?", id.0.to_vec());
    let sql = format!("SELECT {COLUMNS} FROM event e {JOINS} WHERE {}", conditions.sql);
    let mut statement = db.prepare_cached(&sql)?;
    Ok(statement.query_row(params_from_iter(&conditions.values), read).optional()?)
}

/// Everything about one event.
///
/// # Errors
/// The database's.
pub fn detail(db: &Connection, org: OrgId, id: EntryId) -> Result<Option<EventDetail>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}, e.checks, e.note, e.latitude_e6, e.longitude_e6, e.accuracy_m, e.clock_trusted,
             e.pack_seq, e.shift, e.device, t.name, j.number, j.hash, v.reference
         FROM event e {JOINS} JOIN journal_entry j ON j.org = e.org AND j.id = e.id
         JOIN device t ON t.org = e.org AND t.id = e.device WHERE e.org = ?1 AND e.id = ?2"
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
    let checks: String = row.get(26)?;
    let fix = match (row.get(28)?, row.get(29)?, row.get(30)?) {
        (Some(latitude_e6), Some(longitude_e6), Some(accuracy_m)) => {
            Some(Fix { latitude_e6, longitude_e6, accuracy_m })
        }
        _ => None,
    };
    Ok(EventDetail {
        row: read(row)?,
        checks: serde_json::from_str(&checks).unwrap_or_default(),
        note: row.get(27)?,
        fix,
        clock_trusted: row.get(31)?,
        pack_seq: row.get(32)?,
        shift: ShiftId(row.get(33)?),
        device: DeviceId(row.get(34)?),
        device_name: row.get(35)?,
        number: row.get(36)?,
        hash: Digest32(row.get(37)?),
        forked: false,
        invitation: row.get(38)?,
        amendments: Vec::new(),
        doubts: Vec::new(),
        continued_by: None,
    })
}
