//! Who signs in, across organisations: addresses, and where they have a role.

use gatehouse_core::{id::PersonId, role::Role, time::UnixMillis};
use rusqlite::{Connection, OptionalExtension, params};

use super::{OrgId, StoreError, Tx, sql};

/// The identity with this e-mail address, made if it is new.
pub fn identity(tx: &Tx<'_>, email: &str, now: UnixMillis) -> Result<i64, StoreError> {
    let id = tx.query_row(
        "INSERT INTO identity (email, created_at) VALUES (?1, ?2)
         ON CONFLICT (email) DO UPDATE SET email = excluded.email RETURNING id",
        params![email, now.get()],
        |row| row.get(0),
    )?;
    Ok(id)
}

/// The identity with this e-mail address.
pub fn find(db: &Connection, email: &str) -> Result<Option<i64>, StoreError> {
    let mut statement = db.prepare_cached("SELECT id FROM identity WHERE email = ?1")?;
    Ok(statement.query_row([email], |row| row.get(0)).optional()?)
}

/// The identity that a person of an organisation signs in with.
pub fn of_person(db: &Connection, org: OrgId, person: PersonId) -> Result<Option<i64>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT identity FROM membership WHERE org = ?1 AND person = ?2")?;
    let found = statement.query_row(params![org.0, person.0], |row| row.get(0)).optional()?;
    Ok(found.flatten())
}

/// Where an identity has a role, the highest first.
pub fn memberships(db: &Connection, identity: i64) -> Result<Vec<(OrgId, PersonId, Role)>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT org, person, role FROM membership WHERE identity = ?1 ORDER BY org")?;
    let rows = statement.query_map([identity], |row| {
        Ok((OrgId(row.get(0)?), PersonId(row.get(1)?), sql::word(row, 2, "role")?))
    })?;
    let mut memberships: Vec<(_, _, Role)> = rows.collect::<Result<_, _>>()?;
    memberships.sort_by_key(|(_, _, role)| std::cmp::Reverse(*role));
    Ok(memberships)
}

/// Notes that someone has signed in.
pub fn signed_in(tx: &Tx<'_>, org: OrgId, person: PersonId, now: UnixMillis) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE membership SET signed_in_at = ?3 WHERE org = ?1 AND person = ?2",
        params![org.0, person.0, now.get()],
    )?;
    Ok(())
}

/// Whether any admin can sign in by e-mail.
pub fn has_admin(db: &Connection, org: OrgId) -> Result<bool, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT 1 FROM membership m
         JOIN identity i ON i.id = m.identity
         JOIN person p ON p.org = m.org AND p.id = m.person
         WHERE m.org = ?1 AND m.role IN ('owner', 'admin') AND i.email IS NOT NULL
           AND p.access_enabled = 1 AND p.revoked_at IS NULL AND p.deleted_at IS NULL",
    )?;
    Ok(statement.exists([org.0])?)
}
