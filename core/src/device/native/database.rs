//! What a database needs before it is first used.

use rusqlite::Connection;

/// Nothing here: SQLite's own file system has locks and shared memory.
pub const fn before_use(_: &Connection) -> rusqlite::Result<()> {
    Ok(())
}
