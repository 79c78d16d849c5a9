//! Links that sign a person in at the dashboard, once. A person has one at a time.

use gatehouse_core::{id::PersonId, time::UnixMillis};
use rusqlite::{Connection, OptionalExtension, params};

use super::{OrgId, StoreError, Tx, sql};

/// A link as stored.
#[derive(Debug, Clone, Copy)]
pub struct LinkRow {
    /// Whose organisation.
    pub org: OrgId,
    /// Whom it signs in.
    pub person: PersonId,
    /// Until when it is good.
    pub expires_at: UnixMillis,
}

/// Makes this the person's only link.
pub fn set(
    tx: &Tx<'_>,
    org: OrgId,
    person: PersonId,
    hash: &[u8; 32],
    expires_at: UnixMillis,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO sign_in_link (org, person, hash, expires_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (org, person) DO UPDATE SET hash = excluded.hash, expires_at = excluded.expires_at",
        params![org.0, person.0, hash, expires_at.get()],
    )?;
    Ok(())
}

/// A link that was neither used nor replaced. Whether it has lapsed is for the caller to say.
pub fn get(db: &Connection, hash: &[u8; 32]) -> Result<Option<LinkRow>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT org, person, expires_at FROM sign_in_link WHERE hash = ?1")?;
    let read = |row: &rusqlite::Row<'_>| {
        Ok(LinkRow {
            org: OrgId(row.get(0)?),
            person: PersonId(row.get(1)?),
            expires_at: sql::millis(row, 2)?,
        })
    };
    Ok(statement.query_row([hash], read).optional()?)
}

/// Ends a person's link.
pub fn end(tx: &Tx<'_>, org: OrgId, person: PersonId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM sign_in_link WHERE org = ?1 AND person = ?2", params![org.0, person.0])?;
    Ok(())
}

/// Ends the links of everyone in an organisation who has no address to sign in with.
pub fn end_unaddressed(tx: &Tx<'_>, org: OrgId) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM sign_in_link WHERE org = ?1 AND person IN
             (SELECT person FROM membership WHERE org = ?1 AND identity IS NULL)",
        [org.0],
    )?;
    Ok(())
}
