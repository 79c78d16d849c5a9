//! What admins did, and who signed in.

use gatehouse_core::time::UnixMillis;
use rusqlite::{Connection, OptionalExtension, params};

use super::{OrgId, StoreError, Tx, sql};

/// Notes one action. `detail` is JSON without personal data.
pub fn note(
    tx: &Tx<'_>,
    org: OrgId,
    actor: &str,
    action: &str,
    subject: &str,
    detail: &serde_json::Value,
    now: UnixMillis,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO audit (org, at, actor, action, subject, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![org.0, now.get(), actor, action, subject, detail.to_string()])?;
    Ok(())
}

/// How often an action was noted after the first time and until the second.
pub fn count(
    db: &Connection,
    org: OrgId,
    action: &str,
    (after, until): (UnixMillis, UnixMillis),
) -> Result<u64, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT count(*) FROM audit WHERE org = ?1 AND at > ?3 AND at <= ?4 AND action = ?2",
    )?;
    Ok(statement.query_row(params![org.0, action, after.get(), until.get()], |row| row.get(0))?)
}

/// When an action was noted last, after the first time and until the second.
pub fn last(
    db: &Connection,
    org: OrgId,
    action: &str,
    (after, until): (UnixMillis, UnixMillis),
) -> Result<Option<UnixMillis>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT at FROM audit WHERE org = ?1 AND at > ?3 AND at <= ?4 AND action = ?2 ORDER BY at DESC LIMIT 1",
    )?;
    let read = |row: &rusqlite::Row<'_>| sql::millis(row, 0);
    Ok(statement.query_row(params![org.0, action, after.get(), until.get()], read).optional()?)
}
