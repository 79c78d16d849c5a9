//! Invitations of visitors.

use gatehouse_core::{
    decision::{self, Bar},
    id::{Digest32, PersonId, RequestId, SiteNumber, SubjectId},
    name,
    time::{UnixMillis, UnixSeconds},
    visit::InvitationStatus,
};
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter, types::Value};

use super::{OrgId, StoreError, Tx, host, sql};

/// An invitation.
#[derive(Debug, Clone)]
pub struct Invitation {
    /// Its id, the subject of its pass.
    pub id: SubjectId,
    /// What people call it.
    pub reference: String,
    /// The visitor's name.
    pub visitor: String,
    /// The visitor's e-mail address.
    pub email: Option<String>,
    /// Who invited, if known.
    pub host: Option<String>,
    /// The host's person.
    pub host_id: Option<PersonId>,
    /// What stands against the host, and since when where somebody noted that.
    pub host_bars: Vec<(Bar, Option<UnixMillis>)>,
    /// Who made it.
    pub created_by: Option<String>,
    /// The status as noted; see [`InvitationStatus::at`].
    pub noted_status: InvitationStatus,
    /// Where to; nothing is any site.
    pub sites: Option<Vec<SiteNumber>>,
    /// From when on.
    pub from: UnixSeconds,
    /// Until when.
    pub until: UnixSeconds,
    /// Most uses, if limited.
    pub max_uses: Option<u32>,
    /// Grants so far.
    pub uses: u64,
    /// For the guard.
    pub note: String,
    /// When it was made.
    pub created_at: UnixMillis,
    /// When it was cancelled.
    pub cancelled_at: Option<UnixMillis>,
    /// Who cancelled it.
    pub cancelled_by: Option<String>,
}

impl Invitation {
    /// Where it stands at `now`.
    #[must_use]
    pub fn status(&self, now: UnixSeconds) -> InvitationStatus {
        self.noted_status.at(self.until, now)
    }

    /// Why the host lets nobody in any more, if that is so: the code is denied for as long.
    #[must_use]
    pub fn host_stopped(&self) -> Option<Bar> {
        host::stopped(&self.host_bars)
    }
}

/// An invitation about to be added.
#[derive(Debug, Clone)]
pub struct NewInvitation {
    /// Its id.
    pub id: SubjectId,
    /// Its reference, which must be free.
    pub reference: String,
    /// The visitor, a person who is there.
    pub visitor: PersonId,
    /// Who invites.
    pub host: Option<PersonId>,
    /// Who makes it.
    pub created_by: Option<PersonId>,
    /// Where to; nothing is any site.
    pub sites: Option<Vec<SiteNumber>>,
    /// From when on.
    pub from: UnixSeconds,
    /// Until when.
    pub until: UnixSeconds,
    /// Most uses, if limited.
    pub max_uses: Option<u32>,
    /// For the guard.
    pub note: String,
    /// What a search looks in, folded as names are.
    pub search: String,
}

/// Everything of an invitation; conditions follow.
fn select() -> String {
    format!(
        "{SELECT}, (SELECT count(*) FROM code_use u WHERE u.org = v.org AND u.granted = 1
             AND u.use_id = CAST(x'{:02x}' || v.id AS BLOB)), {} {FROM} {}",
        decision::INVITATION_USE,
        host::columns(),
        host::JOINS
    )
}

const SELECT: &str =
    "SELECT v.id, v.reference, p.name, p.email, h.name, v.host, c.name, v.status, v.any_site,
    v.from_s, v.until_s, v.max_uses, v.note, v.created_at, v.cancelled_at, x.name,
    (SELECT group_concat(site) FROM invitation_site s WHERE s.org = v.org AND s.invitation = v.id)";

const FROM: &str = "FROM invitation v JOIN person p ON p.org = v.org AND p.id = v.visitor
    LEFT JOIN person h ON h.org = v.org AND h.id = v.host
    LEFT JOIN person c ON c.org = v.org AND c.id = v.created_by
    LEFT JOIN person x ON x.org = v.org AND x.id = v.cancelled_by";

fn read(row: &Row<'_>) -> rusqlite::Result<Invitation> {
    let status: String = row.get(7)?;
    let sites: Option<String> = row.get(16)?;
    let sites = sites.as_deref().unwrap_or_default().split(',');
    let mut sites: Vec<SiteNumber> = sites.filter_map(|site| site.parse().ok()).collect();
    sites.sort_unstable();
    Ok(Invitation {
        id: SubjectId(row.get(0)?),
        reference: row.get(1)?,
        visitor: row.get(2)?,
        email: row.get(3)?,
        host: row.get(4)?,
        host_id: sql::optional_id(row, 5, PersonId)?,
        host_bars: host::read(row, 18)?,
        created_by: row.get(6)?,
        noted_status: InvitationStatus::from_word(&status).unwrap_or(InvitationStatus::Cancelled),
        sites: (!row.get::<_, bool>(8)?).then_some(sites),
        from: sql::seconds(row, 9)?,
        until: sql::seconds(row, 10)?,
        max_uses: row.get(11)?,
        note: row.get(12)?,
        created_at: sql::millis(row, 13)?,
        cancelled_at: sql::optional_millis(row, 14)?,
        cancelled_by: row.get(15)?,
        uses: row.get(17)?,
    })
}

/// Whether a reference is taken.
pub fn reference_taken(db: &Connection, org: OrgId, reference: &str) -> Result<bool, StoreError> {
    let mut statement = db.prepare_cached("SELECT 1 FROM invitation WHERE org = ?1 AND reference = ?2")?;
    Ok(statement.exists(params![org.0, reference])?)
}

/// Adds an invitation, pending.
pub fn add(tx: &Tx<'_>, org: OrgId, new: &NewInvitation, now: UnixMillis) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO invitation (org, id, reference, visitor, host, created_by, status, any_site, from_s, until_s,
             max_uses, note, search, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'pending', ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?
    .execute(params![
        org.0,
        new.id.0,
        new.reference,
        new.visitor.0,
        new.host.map(|id| id.0),
        new.created_by.map(|id| id.0),
        new.sites.is_none(),
        new.from.get(),
        new.until.get(),
        new.max_uses,
        new.note,
        new.search,
        now.get()
    ])?;
    let mut statement =
        tx.prepare_cached("INSERT INTO invitation_site (org, invitation, site) VALUES (?1, ?2, ?3)")?;
    for site in new.sites.iter().flatten() {
        statement.execute(params![org.0, new.id.0, site.get()])?;
    }
    Ok(())
}

/// An invitation by its id.
pub fn get(db: &Connection, org: OrgId, id: SubjectId) -> Result<Option<Invitation>, StoreError> {
    let sql = format!("{} WHERE v.org = ?1 AND v.id = ?2", select());
    Ok(db.prepare_cached(&sql)?.query_row(params![org.0, id.0], read).optional()?)
}

/// An invitation by its reference.
pub fn by_reference(db: &Connection, org: OrgId, reference: &str) -> Result<Option<Invitation>, StoreError> {
    let sql = format!("{} WHERE v.org = ?1 AND v.reference = ?2", select());
    Ok(db.prepare_cached(&sql)?.query_row(params![org.0, reference], read).optional()?)
}

/// The invitation that a person asked for under this name, and the digest of what was asked.
pub fn by_request(
    db: &Connection,
    org: OrgId,
    person: PersonId,
    request: RequestId,
) -> Result<Option<(SubjectId, Digest32)>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT invitation, content FROM invitation_request WHERE org = ?1 AND person = ?2 AND request = ?3",
    )?;
    let read = |row: &Row<'_>| Ok((SubjectId(row.get(0)?), Digest32(row.get(1)?)));
    Ok(statement.query_row(params![org.0, person.0, request.0], read).optional()?)
}

/// Notes under which name a person asked for an invitation.
pub fn note_request(
    tx: &Tx<'_>,
    org: OrgId,
    person: PersonId,
    request: RequestId,
    invitation: SubjectId,
    content: Digest32,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO invitation_request (org, person, request, invitation, content) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![org.0, person.0, request.0, invitation.0, content.0],
    )?;
    Ok(())
}

/// Cancels an invitation. The first time stays.
pub fn cancel(
    tx: &Tx<'_>,
    org: OrgId,
    id: SubjectId,
    by: Option<PersonId>,
    now: UnixMillis,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE invitation SET status = 'cancelled', cancelled_at = ?3, cancelled_by = ?4
         WHERE org = ?1 AND id = ?2 AND status != 'cancelled'",
        params![org.0, id.0, now.get(), by.map(|id| id.0)],
    )?;
    Ok(())
}

/// Notes that the visitor was let in.
pub fn accept(tx: &Tx<'_>, org: OrgId, id: SubjectId) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE invitation SET status = 'accepted' WHERE org = ?1 AND id = ?2 AND status = 'pending'",
    )?
    .execute(params![org.0, id.0])?;
    Ok(())
}

/// The visitor was not let in after all, unless by another grant.
pub fn unaccept(tx: &Tx<'_>, org: OrgId, id: SubjectId) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE invitation SET status = 'pending' WHERE org = ?1 AND id = ?2 AND status = 'accepted'
         AND NOT EXISTS (SELECT 1 FROM event e WHERE e.org = ?1 AND e.subject = ?2 AND e.granted = 1)",
    )?
    .execute(params![org.0, id.0])?;
    Ok(())
}

/// Names another host.
pub fn set_host(
    tx: &Tx<'_>,
    org: OrgId,
    id: SubjectId,
    host: PersonId,
    search: &str,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE invitation SET host = ?3, search = ?4 WHERE org = ?1 AND id = ?2",
        params![org.0, id.0, host.0, search],
    )?;
    Ok(())
}

/// Open invitations whose window touches the time from `from` to `until`, soonest first, but for those whose host is
/// stopped.
pub fn expected(
    db: &Connection,
    org: OrgId,
    from: UnixSeconds,
    until: UnixSeconds,
) -> Result<Vec<Invitation>, StoreError> {
    let sql = format!(
        "{} WHERE v.org = ?1 AND v.until_s > ?2 AND v.from_s < ?3 AND v.status IN ('pending', 'accepted')
         AND NOT {} ORDER BY v.from_s, v.id",
        select(),
        host::is_stopped()
    );
    let mut statement = db.prepare_cached(&sql)?;
    Ok(statement.query_map(params![org.0, from.get(), until.get()], read)?.collect::<Result<_, _>>()?)
}

/// Number of a host's invitations that are neither cancelled nor over.
pub fn open_of_host(
    db: &Connection,
    org: OrgId,
    host: PersonId,
    now: UnixSeconds,
) -> Result<u64, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT count(*) FROM invitation
         WHERE org = ?1 AND host = ?2 AND until_s > ?3 AND status IN ('pending', 'accepted')",
    )?;
    Ok(statement.query_row(params![org.0, host.0, now.get()], |row| row.get(0))?)
}

/// What a list of invitations is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// The status.
    pub status: Option<InvitationStatus>,
    /// Of this host only.
    pub host: Option<PersonId>,
    /// Only what is open and whose host is stopped.
    pub host_stopped: bool,
    /// Searched in references and names of visitors and hosts.
    pub search: String,
}

/// Where a page ends: the next one begins with what is older.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// When the last invitation of the page was made.
    pub created_at: UnixMillis,
    /// Its id, since several may be made at once.
    pub id: SubjectId,
}

/// A page of invitations, newest first, those older than `before`, and how many the filter lets through in all.
pub fn page(
    db: &Connection,
    org: OrgId,
    filter: &Filter,
    now: UnixSeconds,
    before: Option<Cursor>,
    limit: u32,
) -> Result<(Vec<Invitation>, u64), StoreError> {
    let (mut conditions, mut values) = ("v.org = ?".to_owned(), vec![Value::from(org.0)]);
    if let Some(status) = filter.status {
        // Expiry is never written down: it follows from the window.
        let now = i64::try_from(now.get()).unwrap_or(i64::MAX);
        match status {
            InvitationStatus::Cancelled => conditions.push_str(" AND v.status = 'cancelled'"),
            InvitationStatus::Expired => {
                conditions.push_str(" AND v.status != 'cancelled' AND v.until_s <= ?");
                values.push(now.into());
            }
            open => {
                conditions.push_str(" AND v.status = ? AND v.until_s > ?");
                values.extend([open.word().to_owned().into(), now.into()]);
            }
        }
    }
    if filter.host_stopped {
        conditions.push_str(" AND v.status IN ('pending', 'accepted') AND v.until_s > ? AND ");
        conditions.push_str(&host::is_stopped());
        values.push(i64::try_from(now.get()).unwrap_or(i64::MAX).into());
    }
    if let Some(host) = filter.host {
        conditions.push_str(" AND v.host = ?");
        values.push(host.0.to_vec().into());
    }
    for word in name::words(&filter.search) {
        conditions.push_str(" AND instr(v.search, ?) > 0");
        values.push(word.into());
    }
    let count = format!("SELECT count(*) FROM invitation v WHERE {conditions}");
    let matching = db.prepare_cached(&count)?.query_row(params_from_iter(&values), |row| row.get(0))?;
    if let Some(Cursor { created_at, id }) = before {
        conditions.push_str(" AND (v.created_at, v.id) < (?, ?)");
        values.push(i64::try_from(created_at.get()).unwrap_or(i64::MAX).into());
        values.push(id.0.to_vec().into());
    }
    values.push(i64::from(limit).into());
    let sql = format!("{} WHERE {conditions} ORDER BY v.created_at DESC, v.id DESC LIMIT ?", select());
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(&values), read)?.collect::<Result<_, _>>()?;
    Ok((rows, matching))
}

#[cfg(test)]
mod tests {
    use gatehouse_core::{decision::UseId, id::EntryId};

    use super::*;
    use crate::store::{Store, organisation, pass, person};

    #[test]
    fn grants_count_as_uses() {
        let dir = tempfile::tempdir().expect("a directory");
        let store = Store::create_or_open(dir.path()).expect("a store");
        let (id, visitor, now) = (SubjectId([7; 16]), PersonId([8; 16]), UnixMillis::new(1000));
        let found = store.write(move |tx| {
            let code = "oak".parse().expect("a code");
            let org = organisation::add(tx, &code, "Oak", "UTC", now)?.expect("a free code");
            person::add(tx, org, visitor, "Nadia", None, true, now)?;
            let new = NewInvitation {
                id,
                reference: "V-1".to_owned(),
                visitor,
                host: None,
                created_by: None,
                sites: None,
                from: now.to_seconds(),
                until: now.to_seconds().plus(60),
                max_uses: Some(2),
                note: String::new(),
                search: String::new(),
            };
            add(tx, org, &new, now)?;
            let use_id = UseId::Invitation(id).to_bytes();
            pass::reserve(tx, org, &use_id, EntryId([1; 16]), None, (now, now.plus(5)))?;
            pass::grant(tx, org, &use_id, EntryId([2; 16]), now)?;
            get(tx, org, id)
        });
        assert_eq!(found.expect("a store").expect("an invitation").uses, 1);
    }
}
