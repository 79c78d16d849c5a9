//! Sessions and API tokens, kept by their hashes.

use gatehouse_core::{
    id::{DeviceId, PersonId},
    time::{Span, UnixMillis},
};
use rusqlite::{Connection, OptionalExtension, params};

use super::{OrgId, StoreError, Tx, doubt, sql};

/// What a session is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionKind {
    /// A browser's cookie.
    Browser,
    /// A token for scripts.
    Api,
    /// Signed in on a phone or station.
    Guard,
}

impl SessionKind {
    const fn word(self) -> &'static str {
        match self {
            Self::Browser => "browser",
            Self::Api => "api",
            Self::Guard => "guard",
        }
    }
}

/// A session.
#[derive(Debug, Clone)]
pub struct Session {
    /// Whose organisation.
    pub org: OrgId,
    /// Who.
    pub person: PersonId,
    /// On which device, if tied to one.
    pub device: Option<DeviceId>,
    /// What it is for.
    pub kind: SessionKind,
    /// When it ends.
    pub expires_at: UnixMillis,
}

/// Adds a session.
///
/// # Errors
/// The database's.
pub fn add(tx: &Tx<'_>, hash: &[u8; 32], session: &Session, now: UnixMillis) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO session (hash, org, person, device, kind, created_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            hash,
            session.org.0,
            session.person.0,
            session.device.map(|id| id.0),
            session.kind.word(),
            now.get(),
            session.expires_at.get()
        ],
    )?;
    if let Some(device) = session.device {
        doubt::guard_is_here(tx, session.org, device, session.person, now)?;
    }
    // Whoever signs in clears away what has lapsed, so that no job is needed for it.
    tx.execute("DELETE FROM session WHERE org = ?1 AND expires_at <= ?2", params![session.org.0, now.get()])?;
    Ok(())
}

/// A session by its token's hash, unless it has ended.
///
/// # Errors
/// The database's.
pub fn get(db: &Connection, hash: &[u8; 32], now: UnixMillis) -> Result<Option<Session>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT org, person, device, kind, expires_at, created_at FROM session WHERE hash = ?1",
    )?;
    let read = |row: &rusqlite::Row<'_>| {
        let kind: String = row.get(3)?;
        let kind = [SessionKind::Browser, SessionKind::Api].into_iter().find(|known| known.word() == kind);
        let expires_at = sql::millis(row, 4)?;
        let life = Span::between(sql::millis(row, 5)?, expires_at);
        Ok(life.counts(now).then_some(Session {
            org: OrgId(row.get(0)?),
            person: PersonId(row.get(1)?),
            device: sql::optional_id(row, 2, DeviceId)?,
            kind: kind.unwrap_or(SessionKind::Guard),
            expires_at,
        }))
    };
    Ok(statement.query_row([hash], read).optional()?.flatten())
}

/// Ends a session.
///
/// # Errors
/// The database's.
pub fn end(tx: &Tx<'_>, hash: &[u8; 32]) -> Result<(), StoreError> {
    tx.execute("DELETE FROM session WHERE hash = ?1", [hash])?;
    Ok(())
}

/// Ends every session of a person.
///
/// # Errors
/// The database's.
pub fn end_all(tx: &Tx<'_>, org: OrgId, person: PersonId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM session WHERE org = ?1 AND person = ?2", params![org.0, person.0])?;
    Ok(())
}
