//! Organisations. Everything else belongs to exactly one.

use gatehouse_core::{id::OrgCode, time::UnixMillis};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{StoreError, Tx, sql};

/// An organisation within this server. Every query carries one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrgId(pub(super) i64);

impl OrgId {
    /// The row's number, for keys of caches and rate limits.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }
}

/// An organisation.
#[derive(Debug, Clone)]
pub struct Organisation {
    /// Its id here.
    pub id: OrgId,
    /// The code in every pass.
    pub code: OrgCode,
    /// Its name.
    pub name: String,
    /// Its IANA time zone.
    pub time_zone: String,
}

const COLUMNS: &str = "id, code, name, time_zone";

fn read(row: &Row<'_>) -> rusqlite::Result<Organisation> {
    Ok(Organisation {
        id: OrgId(row.get(0)?),
        code: sql::word(row, 1, "organisation code")?,
        name: row.get(2)?,
        time_zone: row.get(3)?,
    })
}

/// Adds an organisation; nothing if its code is taken.
pub fn add(
    tx: &Tx<'_>,
    code: &OrgCode,
    name: &str,
    time_zone: &str,
    now: UnixMillis,
) -> Result<Option<OrgId>, StoreError> {
    let added = tx.execute(
        "INSERT INTO organisation (code, name, time_zone, created_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (code) DO NOTHING",
        params![code.as_str(), name, time_zone, now.get()],
    )?;
    Ok((added == 1).then(|| OrgId(tx.last_insert_rowid())))
}

/// Every organisation, the oldest first.
pub fn list(db: &Connection) -> Result<Vec<Organisation>, StoreError> {
    let mut statement = db.prepare_cached(&format!("SELECT {COLUMNS} FROM organisation ORDER BY id"))?;
    Ok(statement.query_map([], read)?.collect::<Result<_, _>>()?)
}

/// The organisation with this code.
pub fn by_code(db: &Connection, code: &OrgCode) -> Result<Option<Organisation>, StoreError> {
    let mut statement = db.prepare_cached(&format!("SELECT {COLUMNS} FROM organisation WHERE code = ?1"))?;
    Ok(statement.query_row([code.as_str()], read).optional()?)
}

/// An organisation by its id.
///
/// # Errors
/// The database's, and one that is not there.
pub fn get(db: &Connection, org: OrgId) -> Result<Organisation, StoreError> {
    let mut statement = db.prepare_cached(&format!("SELECT {COLUMNS} FROM organisation WHERE id = ?1"))?;
    statement.query_row([org.0], read).optional()?.ok_or(StoreError::Corrupt("organisation"))
}
