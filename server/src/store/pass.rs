//! Passes that were signed, who holds uses of them, and what must not pass any more.

use gatehouse_core::{
    decision::PastUses,
    gatepack::{List, RevokedBuilder},
    id::{EntryId, SubjectId, TokenId},
    time::{UnixMillis, UnixSeconds},
};
use rusqlite::{Connection, OptionalExtension, params};

use super::{OrgId, StoreError, Tx, sql};

/// How long past its expiry a pass is kept: a phone whose clock lags must still find what was revoked. Seconds.
const KEPT_PAST_EXPIRY_S: u64 = 86_400;

/// A pass that was signed.
#[derive(Debug, Clone)]
pub struct Issued {
    /// This very pass.
    pub token: TokenId,
    /// Who or what it speaks for.
    pub subject: SubjectId,
    /// When it was made.
    pub issued_at: UnixSeconds,
    /// When it lapses.
    pub expires_at: UnixSeconds,
    /// The code's text under the master key, where it must be shown again.
    pub sealed: Option<Vec<u8>>,
}

/// Notes a pass before it is handed out.
///
/// # Errors
/// The database's.
pub fn add(tx: &Tx<'_>, org: OrgId, pass: &Issued) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO issued_pass (org, token, subject, issued_s, expires_s, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        org.0,
        pass.token.0,
        pass.subject.0,
        pass.issued_at.get(),
        pass.expires_at.get(),
        pass.sealed
    ])?;
    Ok(())
}

/// The newest pass of a subject whose text is kept.
///
/// # Errors
/// The database's.
pub fn newest_kept(db: &Connection, org: OrgId, subject: SubjectId) -> Result<Option<Issued>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT token, issued_s, expires_s, sealed FROM issued_pass
         WHERE org = ?1 AND subject = ?2 AND sealed IS NOT NULL ORDER BY issued_s DESC LIMIT 1",
    )?;
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Issued {
            token: TokenId(row.get(0)?),
            subject,
            issued_at: sql::seconds(row, 1)?,
            expires_at: sql::seconds(row, 2)?,
            sealed: row.get(3)?,
        })
    };
    Ok(statement.query_row(params![org.0, subject.0], read).optional()?)
}

/// Forgets passes that nobody could be let in with any more.
///
/// # Errors
/// The database's.
pub fn prune(tx: &Tx<'_>, org: OrgId, now: UnixSeconds) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM issued_pass WHERE org = ?1 AND expires_s < ?2 AND sealed IS NULL")?
        .execute(params![org.0, now.minus(KEPT_PAST_EXPIRY_S).get()])?;
    Ok(())
}

/// Everything that a pass which is still valid could be refused for.
///
/// # Errors
/// The database's.
pub fn revocations(db: &Connection, org: OrgId, now: UnixSeconds) -> Result<RevokedBuilder, StoreError> {
    let alive = now.minus(KEPT_PAST_EXPIRY_S).get();
    let mut lists = RevokedBuilder::default();
    let mut people = db.prepare_cached(
        "SELECT id, revoked_at IS NOT NULL, access_enabled, superseded_before_s FROM person p
         WHERE org = ?1 AND (revoked_at IS NOT NULL OR access_enabled = 0 OR superseded_before_s IS NOT NULL)
           AND EXISTS (SELECT 1 FROM issued_pass i WHERE i.org = p.org AND i.subject = p.id AND i.expires_s >= ?2)",
    )?;
    let mut rows = people.query(params![org.0, alive])?;
    while let Some(row) = rows.next()? {
        let id: [u8; 16] = row.get(0)?;
        if row.get(1)? {
            lists.add(List::Revoked, &id);
        }
        if !row.get::<_, bool>(2)? {
            lists.add(List::Disabled, &id);
        }
        if let Some(time) = sql::optional_seconds(row, 3)? {
            lists.supersede(&id, time);
        }
    }
    let mut invitations = db.prepare_cached(
        "SELECT id FROM invitation v WHERE org = ?1 AND status = 'cancelled'
           AND EXISTS (SELECT 1 FROM issued_pass i WHERE i.org = v.org AND i.subject = v.id AND i.expires_s >= ?2)",
    )?;
    let mut rows = invitations.query(params![org.0, alive])?;
    while let Some(row) = rows.next()? {
        lists.add(List::Cancelled, &row.get(0)?);
    }
    Ok(lists)
}

/// Grants and live reservations of a code by other events than `event`.
///
/// # Errors
/// The database's.
pub fn past_uses(
    db: &Connection,
    org: OrgId,
    use_id: &[u8],
    event: EntryId,
    now: UnixMillis,
) -> Result<PastUses, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT count(*), max(used_at) FROM code_use
         WHERE org = ?1 AND use_id = ?2 AND event != ?3 AND (granted = 1 OR until_ms > ?4)",
    )?;
    let read =
        |row: &rusqlite::Row<'_>| Ok(PastUses { grants: row.get(0)?, last: sql::optional_millis(row, 1)? });
    Ok(statement.query_row(params![org.0, use_id, event.0, now.get()], read)?)
}

/// Number of grants of a code.
///
/// # Errors
/// The database's.
pub fn grants(db: &Connection, org: OrgId, use_id: &[u8]) -> Result<u64, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT count(*) FROM code_use WHERE org = ?1 AND use_id = ?2 AND granted = 1")?;
    Ok(statement.query_row(params![org.0, use_id], |row| row.get(0))?)
}

/// Reserves a use for an event until `until`; a grant that is there stays one.
///
/// # Errors
/// The database's.
pub fn reserve(
    tx: &Tx<'_>,
    org: OrgId,
    use_id: &[u8],
    event: EntryId,
    now: UnixMillis,
    until: UnixMillis,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO code_use (org, use_id, event, granted, used_at, until_ms) VALUES (?1, ?2, ?3, 0, ?4, ?5)
         ON CONFLICT DO UPDATE SET used_at = ?4, until_ms = ?5 WHERE granted = 0",
    )?
    .execute(params![org.0, use_id, event.0, now.get(), until.get()])?;
    Ok(())
}

/// Turns an event's reservation into a grant, or notes the grant that no reservation came before.
///
/// # Errors
/// The database's.
pub fn grant(
    tx: &Tx<'_>,
    org: OrgId,
    use_id: &[u8],
    event: EntryId,
    at: UnixMillis,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO code_use (org, use_id, event, granted, used_at) VALUES (?1, ?2, ?3, 1, ?4)
         ON CONFLICT DO UPDATE SET granted = 1, used_at = ?4, until_ms = NULL",
    )?
    .execute(params![org.0, use_id, event.0, at.get()])?;
    Ok(())
}

/// Frees what an event had reserved.
///
/// # Errors
/// The database's.
pub fn free(tx: &Tx<'_>, org: OrgId, event: EntryId) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM code_use WHERE org = ?1 AND event = ?2 AND granted = 0")?
        .execute(params![org.0, event.0])?;
    Ok(())
}
