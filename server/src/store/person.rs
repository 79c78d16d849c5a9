//! People of an organisation, their role, and where they may go.

use gatehouse_core::{
    decision::Bar,
    id::{PersonId, SiteNumber},
    role::Role,
    time::{UnixMillis, UnixSeconds},
    words::Language,
};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{OrgId, StoreError, Tx, former_bar, sql};

/// A person with a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who; also the subject of a member's passes.
    pub id: PersonId,
    /// The name to show.
    pub name: String,
    /// The e-mail address, if known.
    pub email: Option<String>,
    /// The role; visitors have none.
    pub role: Option<Role>,
    /// Whether access is switched on.
    pub enabled: bool,
    /// Since when access is revoked.
    pub revoked_at: Option<UnixMillis>,
    /// Codes issued before this second fail.
    pub superseded_before: Option<UnixSeconds>,
    /// A grant of every site.
    pub everywhere: bool,
    /// The language that the person chose.
    pub language: Option<Language>,
}

impl Person {
    /// Whether the person may sign in and be let in at all.
    #[must_use]
    pub const fn is_active(&self) -> bool {
        self.enabled && self.revoked_at.is_none()
    }
}

const SELECT: &str =
    "SELECT p.id, p.name, p.email, m.role, p.access_enabled, p.revoked_at, p.superseded_before_s,
    p.everywhere, p.language FROM person p LEFT JOIN membership m ON m.org = p.org AND m.person = p.id";

fn read(row: &Row<'_>) -> rusqlite::Result<Person> {
    let role = row.get::<_, Option<String>>(3)?.map(|_| sql::word(row, 3, "role")).transpose()?;
    Ok(Person {
        id: PersonId(row.get(0)?),
        name: row.get(1)?,
        email: row.get(2)?,
        role,
        enabled: row.get(4)?,
        revoked_at: sql::optional_millis(row, 5)?,
        superseded_before: sql::optional_seconds(row, 6)?,
        everywhere: row.get(7)?,
        // One that this version does not speak is as good as none.
        language: row.get::<_, Option<String>>(8)?.and_then(|tag| tag.parse().ok()),
    })
}

/// Notes the language that a person chose, or that they chose none.
///
/// # Errors
/// The database's.
pub fn set_language(
    tx: &Tx<'_>,
    org: OrgId,
    person: PersonId,
    language: Option<Language>,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE person SET language = ?3 WHERE org = ?1 AND id = ?2",
        params![org.0, person.0, language.map(Language::tag)],
    )?;
    Ok(())
}

/// Adds a person without a role.
pub fn add(
    tx: &Tx<'_>,
    org: OrgId,
    id: PersonId,
    name: &str,
    email: Option<&str>,
    visitor: bool,
    now: UnixMillis,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO person (org, id, name, email, visitor, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![org.0, id.0, name, email, visitor, now.get()])?;
    Ok(())
}

/// Gives a person a role, and ties them to who signs in.
pub fn add_membership(
    tx: &Tx<'_>,
    org: OrgId,
    person: PersonId,
    identity: Option<i64>,
    role: Role,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO membership (org, person, identity, role) VALUES (?1, ?2, ?3, ?4)",
        params![org.0, person.0, identity, role.word()],
    )?;
    Ok(())
}

/// Lets a person go to every site.
pub fn set_everywhere(tx: &Tx<'_>, org: OrgId, person: PersonId) -> Result<(), StoreError> {
    tx.execute("UPDATE person SET everywhere = 1 WHERE org = ?1 AND id = ?2", params![org.0, person.0])?;
    Ok(())
}

/// A person by id, unless deleted.
pub fn get(db: &Connection, org: OrgId, id: PersonId) -> Result<Option<Person>, StoreError> {
    let sql = format!("{SELECT} WHERE p.org = ?1 AND p.id = ?2 AND p.deleted_at IS NULL");
    Ok(db.prepare_cached(&sql)?.query_row(params![org.0, id.0], read).optional()?)
}

/// Looks for a person whom no organisation has, to read what looking for anybody reads.
pub fn find_nobody(db: &Connection) -> Result<Option<Person>, StoreError> {
    get(db, OrgId(i64::MIN), PersonId([0; 16]))
}

/// A person with a role by e-mail address.
pub fn by_email(db: &Connection, org: OrgId, email: &str) -> Result<Option<Person>, StoreError> {
    let sql = format!(
        "{SELECT} JOIN identity i ON i.id = m.identity WHERE p.org = ?1 AND i.email = ?2 AND p.deleted_at IS NULL"
    );
    Ok(db.prepare_cached(&sql)?.query_row(params![org.0, email], read).optional()?)
}

/// Everyone with a role of at least `least`, by name.
pub fn with_role(db: &Connection, org: OrgId, least: Role) -> Result<Vec<Person>, StoreError> {
    let roles: Vec<_> = Role::ALL.into_iter().filter(|role| *role >= least).map(Role::word).collect();
    let sql = format!(
        "{SELECT} WHERE p.org = ?1 AND p.deleted_at IS NULL AND m.role IN ('{}')
         ORDER BY p.name COLLATE NOCASE, p.id",
        roles.join("', '")
    );
    let mut statement = db.prepare_cached(&sql)?;
    Ok(statement.query_map([org.0], read)?.collect::<Result<_, _>>()?)
}

/// Where a person may go: nothing is everywhere.
pub fn sites(db: &Connection, org: OrgId, person: &Person) -> Result<Option<Vec<SiteNumber>>, StoreError> {
    if person.everywhere {
        return Ok(None);
    }
    let mut statement =
        db.prepare_cached("SELECT site FROM site_grant WHERE org = ?1 AND person = ?2 ORDER BY site")?;
    let sites = statement.query_map(params![org.0, person.id.0], |row| sql::site(row, 0))?;
    Ok(Some(sites.collect::<Result<_, _>>()?))
}

/// Assigns a person to sites, beside those there already. An assignment that is there stays as it is.
pub fn assign(
    tx: &Tx<'_>,
    org: OrgId,
    person: PersonId,
    sites: &[SiteNumber],
    now: UnixMillis,
) -> Result<(), StoreError> {
    let mut statement = tx.prepare_cached(
        "INSERT INTO site_grant (org, person, site, granted_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
    )?;
    for site in sites {
        statement.execute(params![org.0, person.0, site.get(), now.get()])?;
    }
    Ok(())
}

/// Lets every code issued before `time` fail. Of two times the later stays.
pub fn supersede(tx: &Tx<'_>, org: OrgId, person: PersonId, time: UnixSeconds) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE person SET superseded_before_s = max(coalesce(superseded_before_s, 0), ?3)
         WHERE org = ?1 AND id = ?2",
        params![org.0, person.0, time.get()],
    )?;
    Ok(())
}

/// Sets the time before which codes fail, whatever it was.
pub fn set_superseded(
    tx: &Tx<'_>,
    org: OrgId,
    person: PersonId,
    time: UnixSeconds,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE person SET superseded_before_s = ?3 WHERE org = ?1 AND id = ?2",
        params![org.0, person.0, time.get()],
    )?;
    Ok(())
}

/// Changes a person's name.
pub fn rename(tx: &Tx<'_>, org: OrgId, person: PersonId, name: &str) -> Result<(), StoreError> {
    tx.execute("UPDATE person SET name = ?3 WHERE org = ?1 AND id = ?2", params![org.0, person.0, name])?;
    Ok(())
}

/// Changes the address that a person signs in with; nothing takes it away.
pub fn set_email(
    tx: &Tx<'_>,
    org: OrgId,
    person: PersonId,
    address: Option<(&str, i64)>,
) -> Result<(), StoreError> {
    let (email, identity) = address.unzip();
    tx.execute("UPDATE person SET email = ?3 WHERE org = ?1 AND id = ?2", params![org.0, person.0, email])?;
    tx.execute(
        "UPDATE membership SET identity = ?3 WHERE org = ?1 AND person = ?2",
        params![org.0, person.0, identity],
    )?;
    Ok(())
}

/// Changes a person's role. Owners and admins may go to every site, the others where they are assigned.
pub fn set_role(tx: &Tx<'_>, org: OrgId, person: PersonId, role: Role) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE membership SET role = ?3 WHERE org = ?1 AND person = ?2",
        params![org.0, person.0, role.word()],
    )?;
    tx.execute(
        "UPDATE person SET everywhere = ?3 WHERE org = ?1 AND id = ?2",
        params![org.0, person.0, role >= Role::Admin],
    )?;
    Ok(())
}

/// Takes assignments of a person back.
pub fn unassign(
    tx: &Tx<'_>,
    org: OrgId,
    person: PersonId,
    sites: &[SiteNumber],
) -> Result<usize, StoreError> {
    let mut statement =
        tx.prepare_cached("DELETE FROM site_grant WHERE org = ?1 AND person = ?2 AND site = ?3")?;
    let mut taken = 0;
    for site in sites {
        taken += statement.execute(params![org.0, person.0, site.get()])?;
    }
    Ok(taken)
}

/// Gives a person whose access was revoked their access back, notes while they were without, and says whether they were.
pub fn restore(tx: &Tx<'_>, org: OrgId, person: PersonId, now: UnixMillis) -> Result<bool, StoreError> {
    let found = get(tx, org, person)?;
    let Some(since) = found.and_then(|found| found.revoked_at) else { return Ok(false) };
    former_bar::note(tx, org, person.into(), Bar::Revoked, since, now)?;
    tx.execute("UPDATE person SET revoked_at = NULL WHERE org = ?1 AND id = ?2", params![org.0, person.0])?;
    Ok(true)
}

/// Revokes a person's access. The first time stays.
pub fn revoke(tx: &Tx<'_>, org: OrgId, person: PersonId, now: UnixMillis) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE person SET revoked_at = coalesce(revoked_at, ?3) WHERE org = ?1 AND id = ?2",
        params![org.0, person.0, now.get()],
    )?;
    Ok(())
}
