//! Signing keys, sealed, and the key sets that name them.

use gatehouse_core::time::UnixSeconds;
use rusqlite::{Connection, OptionalExtension, params};

use super::{OrgId, StoreError, Tx, sql};

/// What a key signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Key sets.
    Root,
    /// Passes.
    Passes,
    /// Gate packs, certificates of devices and receipts.
    Packs,
}

impl Purpose {
    const fn word(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Passes => "passes",
            Self::Packs => "packs",
        }
    }

    fn from_word(word: &str) -> Result<Self, StoreError> {
        match word {
            "root" => Ok(Self::Root),
            "passes" => Ok(Self::Passes),
            "packs" => Ok(Self::Packs),
            _ => Err(StoreError::Corrupt("key's purpose")),
        }
    }
}

/// A key of an organisation.
#[derive(Debug, Clone)]
pub struct StoredKey {
    /// The public half.
    pub public: [u8; 32],
    /// The private half under the master key, until it is destroyed.
    pub sealed: Option<Vec<u8>>,
    /// What it signs.
    pub purpose: Purpose,
    /// First second in which it signs.
    pub not_before: UnixSeconds,
    /// First second in which it signs no more.
    pub not_after: UnixSeconds,
}

/// Adds a key.
pub fn add(tx: &Tx<'_>, org: OrgId, key: &StoredKey) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO signing_key (org, public, purpose, sealed, not_before_s, not_after_s)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![org.0, key.public, key.purpose.word(), key.sealed, key.not_before.get(), key.not_after.get()],
    )?;
    Ok(())
}

/// Destroys the private halves of keys that sign no more. The root signs for as long as it is the root.
pub fn destroy_over(tx: &Tx<'_>, org: OrgId, now: UnixSeconds) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE signing_key SET sealed = NULL
         WHERE org = ?1 AND purpose != 'root' AND not_after_s <= ?2 AND sealed IS NOT NULL",
        params![org.0, now.get()],
    )?;
    Ok(())
}

/// The organisation's keys, ascending by public half.
pub fn list(db: &Connection, org: OrgId) -> Result<Vec<StoredKey>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT public, sealed, purpose, not_before_s, not_after_s FROM signing_key WHERE org = ?1",
    )?;
    let rows = statement.query_map([org.0], |row| {
        let key = (row.get(0)?, row.get(1)?, sql::seconds(row, 3)?, sql::seconds(row, 4)?);
        Ok((key, row.get::<_, String>(2)?))
    })?;
    rows.map(|row| {
        let ((public, sealed, not_before, not_after), purpose) = row?;
        Ok(StoredKey { public, sealed, purpose: Purpose::from_word(&purpose)?, not_before, not_after })
    })
    .collect()
}

/// The newest key set: version, time of issue, envelope.
pub fn newest_set(db: &Connection, org: OrgId) -> Result<Option<(u64, UnixSeconds, Vec<u8>)>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT version, issued_s, envelope FROM key_set WHERE org = ?1 ORDER BY version DESC LIMIT 1",
    )?;
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, sql::seconds(row, 1)?, row.get(2)?));
    Ok(statement.query_row([org.0], read).optional()?)
}

/// Adds a key set.
pub fn add_set(
    tx: &Tx<'_>,
    org: OrgId,
    version: u64,
    issued: UnixSeconds,
    envelope: &[u8],
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO key_set (org, version, issued_s, envelope) VALUES (?1, ?2, ?3, ?4)",
        params![org.0, version, issued.get(), envelope],
    )?;
    Ok(())
}
