//! The store by itself: what a full disk is called, what is looked up often, and the tables.

use super::*;
use crate::{device::examples::kept, id::Digest32, journal::Head};

#[test]
fn a_full_disk_is_called_so_however_sqlite_puts_it() {
    let failure = |code| rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
    for full in [rusqlite::ffi::SQLITE_FULL, rusqlite::ffi::SQLITE_IOERR_SHMSIZE] {
        assert_eq!(StoreError::from(failure(full)).code(), "storage_full");
    }
    assert_eq!(StoreError::from(failure(rusqlite::ffi::SQLITE_IOERR_FSYNC)).code(), "storage_failed");
}

#[test]
fn what_is_asked_after_every_call_walks_through_no_table() {
    let connection = Connection::open_in_memory().unwrap();
    migrate::step_up(&connection, 0).unwrap();
    for sql in [journal::COUNTS, journal::OUTGOING] {
        let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let empty = vec![0; plan.parameter_count()];
        let steps = plan.query_map(rusqlite::params_from_iter(empty), |row| row.get::<_, String>(3)).unwrap();
        for step in steps.map(Result::unwrap) {
            let few =
                ["CONSTANT ROW", "INDEX entry_waiting", "INDEX photo_waiting", "INDEX former_entry_stuck"];
            assert!(!step.starts_with("SCAN") || few.iter().any(|few| step.ends_with(few)), "{step}");
            assert!(!step.contains("TEMP B-TREE"), "{step}");
        }
    }
}

#[test]
fn formats_of_the_database() {
    use std::fmt::Write as _;
    let connection = Connection::open_in_memory().unwrap();
    migrate::step_up(&connection, 0).unwrap();
    let mut text = format!("# format\n{}\n\n# tables and indexes\n", migrate::format(&connection).unwrap());
    let sql = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC, name";
    let mut statement = connection.prepare(sql).unwrap();
    for sql in statement.query_map([], |row| row.get::<_, String>(0)).unwrap() {
        writeln!(text, "{};", sql.unwrap()).unwrap();
    }
    let head = journal::head_bytes(Head { number: 300, hash: Digest32([3; 32]) });
    writeln!(text, "\n# setting {}\n{}", settings::HEAD, crate::hex::encode(&head)).unwrap();
    writeln!(text, "\n# what the key of entry 300 is sealed for\n{}", journal::key_context(300)).unwrap();
    writeln!(text, "\n# in the secret store\n{STORE_KEY}\n{JOURNAL_KEY}").unwrap();
    let key = "# what is sealed under key 7 x 32 and nonce 9 x 24 for `guard`";
    let sealed = Vault::new([7; 32]).seal("guard", [9; 24], b"Grace");
    writeln!(text, "\n{key}\n{}", crate::hex::encode(&sealed)).unwrap();
    kept("kept-store.txt", &text);
}
