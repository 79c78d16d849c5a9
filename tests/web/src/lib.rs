//! What `tests/browser/storage.test.mjs` has a worker do with SQLite in the origin private file system.
#![cfg(target_arch = "wasm32")]

use js_sys::Function;
use rusqlite::{Connection, ErrorCode};
use wasm_bindgen::prelude::*;

fn failed(error: impl std::fmt::Display) -> JsValue {
    js_sys::Error::new(&error.to_string()).into()
}

fn connect(path: &str, mode: &str) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    connection.pragma_update(None, "page_size", 4096)?;
    connection.pragma_update(None, "journal_mode", mode)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.execute_batch("CREATE TABLE IF NOT EXISTS row (number INTEGER PRIMARY KEY, bytes BLOB)")?;
    Ok(connection)
}

/// Opens the files.
///
/// # Errors
/// As the pool.
#[wasm_bindgen]
pub async fn open() -> Result<(), JsValue> {
    gatehouse_opfs::open("trial").await.map_err(failed)
}

/// Whether a database is whole, how many rows it has, the last one's number, and how many kinds of them there are.
///
/// # Errors
/// As SQLite.
#[wasm_bindgen]
pub fn look(path: &str, mode: &str) -> Result<String, JsValue> {
    let connection = connect(path, mode).map_err(failed)?;
    let whole: String =
        connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).map_err(failed)?;
    let sql = "SELECT count(*), coalesce(max(number), 0), count(DISTINCT bytes) FROM row";
    let (rows, last, kinds): (u32, u32, u32) =
        connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).map_err(failed)?;
    Ok(format!("{whole} {rows} {last} {kinds}"))
}

/// Commits rows until it is killed, and says each one's number once it is committed.
///
/// # Errors
/// As SQLite.
#[wasm_bindgen]
pub fn hammer(path: &str, mode: &str, told: &Function) -> Result<(), JsValue> {
    let connection = connect(path, mode).map_err(failed)?;
    loop {
        connection.execute("INSERT INTO row (bytes) VALUES (randomblob(2000))", []).map_err(failed)?;
        told.call1(&JsValue::NULL, &(connection.last_insert_rowid() as f64).into())?;
    }
}

/// Makes 500 rows of one kind.
///
/// # Errors
/// As SQLite.
#[wasm_bindgen]
pub fn make(path: &str, mode: &str) -> Result<(), JsValue> {
    connect(path, mode)
        .map_err(failed)?
        .execute_batch(
            "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 500)
         INSERT INTO row SELECT n, zeroblob(3000) FROM n",
        )
        .map_err(failed)
}

/// Changes half of the rows in a transaction that writes to the file and never ends.
///
/// # Errors
/// As SQLite.
#[wasm_bindgen]
pub fn leave_half(path: &str, mode: &str) -> Result<(), JsValue> {
    let connection = connect(path, mode).map_err(failed)?;
    // A cache of few pages: the rest goes to the file before any commit.
    let sql =
        "PRAGMA cache_size = 5; BEGIN IMMEDIATE; UPDATE row SET bytes = randomblob(3000) WHERE number % 2";
    connection.execute_batch(sql).map_err(failed)?;
    std::mem::forget(connection);
    Ok(())
}

/// Commits rows until there is no room, and gives their number.
///
/// # Errors
/// Anything but a full disk.
#[wasm_bindgen]
pub fn fill(path: &str, mode: &str, bytes: u32) -> Result<u32, JsValue> {
    let connection = connect(path, mode).map_err(failed)?;
    let mut rows = 0;
    loop {
        match connection.execute("INSERT INTO row (bytes) VALUES (randomblob(?1))", [bytes]) {
            Ok(_) => rows += 1,
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DiskFull) => return Ok(rows),
            Err(error) => return Err(failed(error)),
        }
    }
}

/// Puts a reserve of so many bytes on the disk.
///
/// # Errors
/// As the pool.
#[wasm_bindgen]
pub fn reserve(bytes: u32) -> Result<(), JsValue> {
    let blocks = (0..bytes / 65_536).map(|number| {
        (0..65_536_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8 ^ number as u8).collect()
    });
    gatehouse_opfs::pool().and_then(|pool| pool.fill("/trial/reserve", 0, blocks)).map_err(failed)
}

/// Gives the reserve's room back.
///
/// # Errors
/// As the pool.
#[wasm_bindgen]
pub fn give_back() -> Result<(), JsValue> {
    gatehouse_opfs::pool().and_then(|pool| pool.cut("/trial/reserve", 0)).map_err(failed)
}
