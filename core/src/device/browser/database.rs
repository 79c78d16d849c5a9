//! What a database needs before it is first used.

use rusqlite::Connection;

/// There is no shared memory, without which a write-ahead log is for one connection alone. And SQLite is built with
/// larger pages here than elsewhere, which would write twice as much for each commit.
pub fn before_use(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    connection.pragma_update(None, "page_size", 4096)
}
