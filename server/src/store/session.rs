//! Sessions and API tokens, kept by their hashes.

use std::{fmt, str::FromStr};

use gatehouse_core::{
    hex,
    id::{DeviceId, InvalidId, PersonId},
    time::{Span, UnixMillis},
};
use rusqlite::{Connection, OptionalExtension, Row, params, types::Type};
use serde::{Serialize, Serializer};

use super::{OrgId, StoreError, Tx, doubt, sql};

/// What a session is called where sessions are listed. Knowing it opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SessionId(pub [u8; 16]);

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(&self.0))
    }
}

impl FromStr for SessionId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        hex::decode_array(text).map(Self).ok_or(InvalidId("session id"))
    }
}

impl Serialize for SessionId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

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
    const ALL: [Self; 3] = [Self::Browser, Self::Api, Self::Guard];

    /// The stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
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
    /// What it is called in lists.
    pub id: SessionId,
    /// Whose organisation.
    pub org: OrgId,
    /// Who.
    pub person: PersonId,
    /// On which device, if tied to one.
    pub device: Option<DeviceId>,
    /// What it is for.
    pub kind: SessionKind,
    /// What its owner calls it; API tokens have a name.
    pub name: String,
    /// When it began.
    pub created_at: UnixMillis,
    /// When it ends.
    pub expires_at: UnixMillis,
    /// When it was last used, to the hour; noted for browsers and API tokens.
    pub used_at: Option<UnixMillis>,
}

impl Session {
    /// For how long it is good.
    #[must_use]
    pub const fn life(&self) -> Span {
        Span::between(self.created_at, self.expires_at)
    }
}

const COLUMNS: &str = "id, org, person, device, kind, name, created_at, expires_at, used_at";

fn read(row: &Row<'_>) -> rusqlite::Result<Session> {
    let kind: String = row.get(4)?;
    let kind = SessionKind::ALL.into_iter().find(|known| known.word() == kind);
    let unknown = || rusqlite::Error::FromSqlConversionFailure(4, Type::Text, "a session's kind".into());
    Ok(Session {
        id: SessionId(row.get(0)?),
        org: OrgId(row.get(1)?),
        person: PersonId(row.get(2)?),
        device: sql::optional_id(row, 3, DeviceId)?,
        kind: kind.ok_or_else(unknown)?,
        name: row.get(5)?,
        created_at: sql::millis(row, 6)?,
        expires_at: sql::millis(row, 7)?,
        used_at: sql::optional_millis(row, 8)?,
    })
}

/// Adds a session.
pub fn add(tx: &Tx<'_>, hash: &[u8; 32], session: &Session) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO session (hash, id, org, person, device, kind, name, created_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            hash,
            session.id.0,
            session.org.0,
            session.person.0,
            session.device.map(|id| id.0),
            session.kind.word(),
            session.name,
            session.created_at.get(),
            session.expires_at.get()
        ],
    )?;
    if let Some(device) = session.device {
        doubt::guard_is_here(tx, session.org, device, session.person, session.created_at)?;
    }
    // Whoever signs in clears away what has lapsed, so that no job is needed for it.
    tx.execute(
        "DELETE FROM session WHERE org = ?1 AND expires_at <= ?2",
        params![session.org.0, session.created_at.get()],
    )?;
    Ok(())
}

/// A session by its token's hash, unless it has ended.
pub fn get(db: &Connection, hash: &[u8; 32], now: UnixMillis) -> Result<Option<Session>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM session WHERE hash = ?1");
    let found = db.prepare_cached(&sql)?.query_row([hash], read).optional()?;
    Ok(found.filter(|session| session.life().counts(now)))
}

/// The sessions of an organisation that have not ended, the newest first; of one person, if one is named.
pub fn list(
    db: &Connection,
    org: OrgId,
    person: Option<PersonId>,
    now: UnixMillis,
) -> Result<Vec<Session>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM session WHERE org = ?1 AND (?2 IS NULL OR person = ?2)
         ORDER BY created_at DESC, id"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params![org.0, person.map(|id| id.0)], read)?;
    let mut sessions: Vec<Session> = rows.collect::<Result<_, _>>()?;
    sessions.retain(|session| session.life().counts(now));
    Ok(sessions)
}

/// A session by what it is called.
pub fn by_id(db: &Connection, org: OrgId, id: SessionId) -> Result<Option<Session>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM session WHERE org = ?1 AND id = ?2");
    Ok(db.prepare_cached(&sql)?.query_row(params![org.0, id.0], read).optional()?)
}

/// Notes that a session was used.
pub fn used(tx: &Tx<'_>, org: OrgId, id: SessionId, now: UnixMillis) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE session SET used_at = ?3 WHERE org = ?1 AND id = ?2",
        params![org.0, id.0, now.get()],
    )?;
    Ok(())
}

/// Ends a session, and says whether there was one.
pub fn end(tx: &Tx<'_>, org: OrgId, id: SessionId) -> Result<bool, StoreError> {
    Ok(tx.execute("DELETE FROM session WHERE org = ?1 AND id = ?2", params![org.0, id.0])? > 0)
}

/// Ends every session of a person, API tokens included, and says how many there were.
pub fn end_all(tx: &Tx<'_>, org: OrgId, person: PersonId) -> Result<usize, StoreError> {
    Ok(tx.execute("DELETE FROM session WHERE org = ?1 AND person = ?2", params![org.0, person.0])?)
}
