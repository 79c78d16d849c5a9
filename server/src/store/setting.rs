//! What the server notes for itself, across organisations.

use rusqlite::{Connection, OptionalExtension, params};

use super::{StoreError, Tx};

/// The address that an admin chose.
const PUBLIC_URL: &str = "public_url";
/// Where the server last listened, which has to do until one is chosen.
const LISTEN_URL: &str = "listen_url";
/// Begins the name of every address that codes for phones carried.
const ADDRESS: &str = "address:";
/// That something was erased since the database was last written anew.
const COMPACT: &str = "compact_wanted";

/// Notes the public address that an admin chose.
pub fn set_public_url(tx: &Tx<'_>, url: &str) -> Result<(), StoreError> {
    put(tx, PUBLIC_URL, url)
}

/// Notes where the server listens.
pub fn set_listen_url(tx: &Tx<'_>, url: &str) -> Result<(), StoreError> {
    put(tx, LISTEN_URL, url)
}

/// The public address that an admin chose.
pub fn public_url(db: &Connection) -> Result<Option<String>, StoreError> {
    get(db, PUBLIC_URL)
}

/// Where the server last listened.
pub fn listen_url(db: &Connection) -> Result<Option<String>, StoreError> {
    get(db, LISTEN_URL)
}

/// Notes an address that phones are told to find the server at.
pub fn add_address(tx: &Tx<'_>, url: &str) -> Result<(), StoreError> {
    put(tx, &format!("{ADDRESS}{url}"), url)
}

/// Whether phones were told to find the server there, or an admin chose that address.
pub fn is_address(db: &Connection, url: &str) -> Result<bool, StoreError> {
    let told = get(db, &format!("{ADDRESS}{url}"))?.is_some();
    Ok(told || public_url(db)?.is_some_and(|public| public == url))
}

/// Notes that something was erased: the database is to be written anew.
pub fn want_compact(tx: &Tx<'_>) -> Result<(), StoreError> {
    put(tx, COMPACT, "")
}

/// Whether something was erased since the database was last written anew.
pub fn wants_compact(db: &Connection) -> Result<bool, StoreError> {
    Ok(get(db, COMPACT)?.is_some())
}

/// Notes that the database was written anew.
pub fn compacted(tx: &Tx<'_>) -> Result<(), StoreError> {
    tx.execute("DELETE FROM setting WHERE name = ?1", [COMPACT])?;
    Ok(())
}

fn put(tx: &Tx<'_>, name: &str, value: &str) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        params![name, value.as_bytes()],
    )?;
    Ok(())
}

fn get(db: &Connection, name: &str) -> Result<Option<String>, StoreError> {
    let mut statement = db.prepare_cached("SELECT value FROM setting WHERE name = ?1")?;
    let found: Option<Vec<u8>> = statement.query_row([name], |row| row.get(0)).optional()?;
    found.map(|value| String::from_utf8(value).map_err(|_| StoreError::Corrupt("setting"))).transpose()
}
