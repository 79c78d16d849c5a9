//! What the server notes for itself, across organisations.

use rusqlite::{Connection, OptionalExtension, params};

use super::{StoreError, Tx};

const PUBLIC_URL: &str = "public_url";

/// Notes the public address that the server runs under.
///
/// # Errors
/// The database's.
pub fn set_public_url(tx: &Tx<'_>, url: &str) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        params![PUBLIC_URL, url.as_bytes()],
    )?;
    Ok(())
}

/// The public address that the server last ran under.
///
/// # Errors
/// The database's.
pub fn public_url(db: &Connection) -> Result<Option<String>, StoreError> {
    let mut statement = db.prepare_cached("SELECT value FROM setting WHERE name = ?1")?;
    let found: Option<Vec<u8>> = statement.query_row([PUBLIC_URL], |row| row.get(0)).optional()?;
    found.map(|url| String::from_utf8(url).map_err(|_| StoreError::Corrupt("public address"))).transpose()
}
