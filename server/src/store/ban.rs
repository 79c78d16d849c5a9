//! Who is not to be let in: members and invitations, and people of whom only a name is known.

use gatehouse_core::{decision::Bar, id::SubjectId, time::UnixMillis};
use rusqlite::{Connection, OptionalExtension, params};

use super::{OrgId, StoreError, Tx, former_bar, sql};

/// A ban.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ban {
    /// The member or invitation; where only names are known, a random id of the ban's own.
    pub subject: SubjectId,
    /// Whether only names are known.
    pub by_name: bool,
    /// Why, in the words of who banned.
    pub reason: String,
    /// What the person is called: the names that were given, and those of the member or visitor.
    pub names: Vec<String>,
    /// When.
    pub banned_at: UnixMillis,
}

/// Why a subject is banned, if it is.
pub fn reason(db: &Connection, org: OrgId, subject: SubjectId) -> Result<Option<String>, StoreError> {
    let mut statement = db.prepare_cached("SELECT reason FROM ban WHERE org = ?1 AND subject = ?2")?;
    Ok(statement.query_row(params![org.0, subject.0], |row| row.get(0)).optional()?)
}

/// Since when a subject is banned, if it is.
pub fn since(db: &Connection, org: OrgId, subject: SubjectId) -> Result<Option<UnixMillis>, StoreError> {
    let mut statement = db.prepare_cached("SELECT banned_at FROM ban WHERE org = ?1 AND subject = ?2")?;
    Ok(statement.query_row(params![org.0, subject.0], |row| sql::millis(row, 0)).optional()?)
}

/// Everything that somebody on the ban list is called.
pub fn names(db: &Connection, org: OrgId) -> Result<Vec<String>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT name FROM ban_name WHERE org = ?1
         UNION SELECT p.name FROM ban b JOIN person p ON p.org = b.org AND p.id = b.subject WHERE b.org = ?1
         UNION SELECT p.name FROM ban b JOIN invitation v ON v.org = b.org AND v.id = b.subject
             JOIN person p ON p.org = v.org AND p.id = v.visitor WHERE b.org = ?1",
    )?;
    Ok(statement.query_map([org.0], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// A ban about to be added.
#[derive(Debug, Clone)]
pub struct NewBan {
    /// The member or invitation; where only names are known, a random id of the ban's own.
    pub subject: SubjectId,
    /// Whether only names are known.
    pub by_name: bool,
    /// Why.
    pub reason: String,
    /// What the person is called, besides the name that the member or invitation has.
    pub names: Vec<String>,
}

/// Adds a ban. Of a subject that is banned the first reason stays, and names are added.
pub fn add(tx: &Tx<'_>, org: OrgId, ban: &NewBan, now: UnixMillis) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO ban (org, subject, by_name, reason, banned_at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO NOTHING",
        params![org.0, ban.subject.0, ban.by_name, ban.reason, now.get()],
    )?;
    let mut statement = tx.prepare_cached(
        "INSERT INTO ban_name (org, subject, name) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    )?;
    for name in &ban.names {
        statement.execute(params![org.0, ban.subject.0, name])?;
    }
    Ok(())
}

/// Lifts a ban, and notes while it stood; false where there is none.
pub fn lift(tx: &Tx<'_>, org: OrgId, subject: SubjectId, now: UnixMillis) -> Result<bool, StoreError> {
    let Some(since) = since(tx, org, subject)? else { return Ok(false) };
    former_bar::note(tx, org, subject, Bar::Banned, since, now)?;
    forget(tx, org, subject)?;
    Ok(true)
}

/// Takes a ban out without a trace of it.
pub fn forget(tx: &Tx<'_>, org: OrgId, subject: SubjectId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM ban_name WHERE org = ?1 AND subject = ?2", params![org.0, subject.0])?;
    tx.execute("DELETE FROM ban WHERE org = ?1 AND subject = ?2", params![org.0, subject.0])?;
    Ok(())
}

/// Every ban, the oldest first.
pub fn list(db: &Connection, org: OrgId) -> Result<Vec<Ban>, StoreError> {
    let mut bans = db.prepare_cached(
        "SELECT subject, by_name, reason, banned_at FROM ban WHERE org = ?1 ORDER BY banned_at, subject",
    )?;
    let mut names = db.prepare_cached(
        "SELECT name FROM ban_name WHERE org = ?1 AND subject = ?2
         UNION SELECT name FROM person WHERE org = ?1 AND id = ?2
         UNION SELECT p.name FROM invitation v JOIN person p ON p.org = v.org AND p.id = v.visitor
             WHERE v.org = ?1 AND v.id = ?2
         ORDER BY name",
    )?;
    let read = |row: &rusqlite::Row<'_>| {
        let subject: [u8; 16] = row.get(0)?;
        Ok(Ban {
            subject: SubjectId(subject),
            by_name: row.get(1)?,
            reason: row.get(2)?,
            names: names.query_map(params![org.0, subject], |row| row.get(0))?.collect::<Result<_, _>>()?,
            banned_at: sql::millis(row, 3)?,
        })
    };
    Ok(bans.query_map([org.0], read)?.collect::<Result<_, _>>()?)
}
