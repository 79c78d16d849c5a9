//! Who is inside. A stay is open until a departure names it; the two may arrive in either order.

use gatehouse_core::{
    id::{DeviceId, Digest32, EntryId, PersonId, SiteNumber, SubjectId},
    name::search,
    time::UnixMillis,
    visit::{Begun, Leaving},
};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{OrgId, StoreError, Tx, sql};

/// A visitor inside.
#[derive(Debug, Clone)]
pub struct Stay {
    /// Its place among the server's stays, from 1.
    pub no: i64,
    /// The event that began it.
    pub id: EntryId,
    /// The invitation, where there is one.
    pub subject: Option<SubjectId>,
    /// The visitor.
    pub name: Option<String>,
    /// Who invited.
    pub host: Option<String>,
    /// Where.
    pub site: SiteNumber,
    /// Since when.
    pub since: UnixMillis,
    /// SHA-256 of a photo that is there whole.
    pub photo: Option<Digest32>,
}

const SELECT: &str =
    "SELECT s.id, s.subject, n.name, coalesce(h.name, e.host), s.site, s.since_ms, f.sha256, s.no FROM stay s
    JOIN event e ON e.org = s.org AND e.id = s.id
    LEFT JOIN event_name n ON n.no = e.name
    LEFT JOIN invitation v ON v.org = s.org AND v.id = s.subject
    LEFT JOIN person h ON h.org = v.org AND h.id = v.host
    LEFT JOIN photo f ON f.org = e.org AND f.sha256 = e.photo AND f.complete = 1";

/// Kept beside the departure, so that whoever left long ago costs nothing.
const OPEN: &str = "s.departed = 0";

fn read(row: &Row<'_>) -> rusqlite::Result<Stay> {
    Ok(Stay {
        no: row.get(7)?,
        id: EntryId(row.get(0)?),
        subject: sql::optional_id(row, 1, SubjectId)?,
        name: row.get(2)?,
        host: row.get(3)?,
        site: sql::site(row, 4)?,
        since: sql::millis(row, 5)?,
        photo: row.get::<_, Option<[u8; 32]>>(6)?.map(Digest32),
    })
}

/// Begins a stay.
pub fn begin(
    tx: &Tx<'_>,
    org: OrgId,
    event: EntryId,
    subject: Option<SubjectId>,
    site: SiteNumber,
    since: UnixMillis,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO stay (org, id, subject, site, since_ms, departed)
         VALUES (?1, ?2, ?3, ?4, ?5, EXISTS (SELECT 1 FROM departure d WHERE d.org = ?1 AND d.stay = ?2))
         ON CONFLICT DO NOTHING",
    )?
    .execute(params![org.0, event.0, subject.map(|id| id.0), site.get(), since.get()])?;
    Ok(())
}

/// Takes a stay away that never was: its grant was put right to a denial. A departure that was recorded of it is kept,
/// and ends the stay at once should it begin after all.
pub fn take_away(tx: &Tx<'_>, org: OrgId, event: EntryId) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM stay WHERE org = ?1 AND id = ?2")?.execute(params![org.0, event.0])?;
    Ok(())
}

/// Everyone inside, the longest first.
pub fn open(db: &Connection, org: OrgId) -> Result<Vec<Stay>, StoreError> {
    let sql = format!("{SELECT} WHERE s.org = ?1 AND {OPEN} ORDER BY s.since_ms, s.no");
    Ok(db.prepare_cached(&sql)?.query_map([org.0], read)?.collect::<Result<_, _>>()?)
}

/// How many are inside at a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inside {
    /// Where.
    pub site: SiteNumber,
    /// All of them.
    pub visitors: u64,
    /// Of these, for so long that someone should look.
    pub stale: u64,
}

/// How many are inside at each site where anyone is; stale is who did not come in from `first` to `last`.
pub fn inside(
    db: &Connection,
    org: OrgId,
    (first, last): (UnixMillis, UnixMillis),
) -> Result<Vec<Inside>, StoreError> {
    let sql = format!(
        "SELECT s.site, count(*), count(*) FILTER (WHERE s.since_ms NOT BETWEEN ?2 AND ?3) FROM stay s
         WHERE s.org = ?1 AND {OPEN} GROUP BY s.site"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params![org.0, first.get(), last.get()], |row| {
        Ok(Inside { site: sql::site(row, 0)?, visitors: row.get(1)?, stale: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Where a page of those inside ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// Since when the last one is inside.
    pub since: UnixMillis,
    /// The stay's number.
    pub no: i64,
}

/// Which of those inside.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// At this site.
    pub site: Option<SiteNumber>,
    /// Searched in names.
    pub search: String,
}

/// Those inside, the longest first, from behind `after` on.
pub fn page(
    db: &Connection,
    org: OrgId,
    filter: &Filter,
    after: Option<Cursor>,
    limit: usize,
) -> Result<Vec<Stay>, StoreError> {
    let after = after.unwrap_or(Cursor { since: UnixMillis::default(), no: 0 });
    let sql = format!(
        "{SELECT} WHERE s.org = ?1 AND {OPEN} AND (s.since_ms, s.no) > (?2, ?3) ORDER BY s.since_ms, s.no"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut found = Vec::new();
    // Those who are inside are few beside all who ever were: a search may look at each.
    for stay in statement.query_map(params![org.0, after.since.get(), after.no], read)? {
        let stay = stay?;
        if filter.site.is_none_or(|site| site == stay.site)
            && search::finds(&filter.search, stay.name.as_deref().unwrap_or_default())
        {
            found.push(stay);
        }
        if found.len() >= limit {
            break;
        }
    }
    Ok(found)
}

/// The open stay of an invitation's visitor, the newest if there are several.
pub fn open_of(db: &Connection, org: OrgId, subject: SubjectId) -> Result<Option<EntryId>, StoreError> {
    let sql = format!(
        "SELECT s.id FROM stay s WHERE s.org = ?1 AND s.subject = ?2 AND {OPEN} ORDER BY s.since_ms DESC LIMIT 1"
    );
    let found = db.prepare_cached(&sql)?.query_row(params![org.0, subject.0], |row| row.get(0)).optional()?;
    Ok(found.map(EntryId))
}

/// Whether there is a stay with this id, open or not.
pub fn exists(db: &Connection, org: OrgId, id: EntryId) -> Result<bool, StoreError> {
    Ok(db.prepare_cached("SELECT 1 FROM stay WHERE org = ?1 AND id = ?2")?.exists(params![org.0, id.0])?)
}

/// When the visitor left.
pub fn departed_at(db: &Connection, org: OrgId, id: EntryId) -> Result<Option<UnixMillis>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT departed_at FROM departure WHERE org = ?1 AND stay = ?2")?;
    Ok(statement.query_row(params![org.0, id.0], |row| sql::millis(row, 0)).optional()?)
}

/// A stay, as a departure is held against it.
pub fn begun(db: &Connection, org: OrgId, id: EntryId) -> Result<Option<Begun>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT s.site, s.since_ms, e.decided_surely FROM stay s JOIN event e ON e.org = s.org AND e.id = s.id
         WHERE s.org = ?1 AND s.id = ?2",
    )?;
    let read = |row: &Row<'_>| {
        Ok(Begun { site: sql::site(row, 0)?, since: sql::millis(row, 1)?, surely: row.get(2)? })
    };
    Ok(statement.query_row(params![org.0, id.0], read).optional()?)
}

/// What a journal says of the end of a stay that is not known to have begun.
#[derive(Debug, Clone, Copy)]
pub struct Waiting {
    /// The entry.
    pub entry: EntryId,
    /// Its device.
    pub device: DeviceId,
    /// What it says.
    pub leaving: Leaving,
}

/// Keeps a departure until its stay begins.
pub fn wait(tx: &Tx<'_>, org: OrgId, stay: EntryId, waiting: &Waiting) -> Result<(), StoreError> {
    let Leaving { site, at, surely, received } = waiting.leaving;
    tx.prepare_cached(
        "INSERT INTO departure_waiting (org, stay, entry, device, site, at, surely, received_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
    )?
    .execute(params![
        org.0,
        stay.0,
        waiting.entry.0,
        waiting.device.0,
        site.get(),
        at.get(),
        surely,
        received.get()
    ])?;
    Ok(())
}

/// Takes the departures that waited for a stay, the earliest first.
pub fn take_waiting(tx: &Tx<'_>, org: OrgId, stay: EntryId) -> Result<Vec<Waiting>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT entry, device, site, at, surely, received_at FROM departure_waiting
         WHERE org = ?1 AND stay = ?2 ORDER BY received_at, entry",
    )?;
    let rows = statement.query_map(params![org.0, stay.0], |row| {
        let leaving = Leaving {
            site: sql::site(row, 2)?,
            at: sql::millis(row, 3)?,
            surely: row.get(4)?,
            received: sql::millis(row, 5)?,
        };
        Ok(Waiting { entry: EntryId(row.get(0)?), device: DeviceId(row.get(1)?), leaving })
    })?;
    let waiting = rows.collect::<Result<_, _>>()?;
    tx.execute("DELETE FROM departure_waiting WHERE org = ?1 AND stay = ?2", params![org.0, stay.0])?;
    Ok(waiting)
}

/// Who says that a visitor left.
#[derive(Debug, Clone, Copy)]
pub enum Witness {
    /// A guard, in a journal's entry.
    Entry(EntryId),
    /// An admin, at the dashboard.
    Person(PersonId),
    /// The command line.
    Local,
}

/// Ends a stay; false where it had ended. The first word stays.
pub fn depart(
    tx: &Tx<'_>,
    org: OrgId,
    stay: EntryId,
    witness: Witness,
    at: UnixMillis,
) -> Result<bool, StoreError> {
    let (entry, person) = match witness {
        Witness::Entry(id) => (Some(id.0), None),
        Witness::Person(id) => (None, Some(id.0)),
        Witness::Local => (None, None),
    };
    let added = tx
        .prepare_cached(
            "INSERT INTO departure (org, stay, departed_at, entry, by_person) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![org.0, stay.0, at.get(), entry, person])?;
    tx.prepare_cached("UPDATE stay SET departed = 1 WHERE org = ?1 AND id = ?2")?
        .execute(params![org.0, stay.0])?;
    Ok(added == 1)
}
