use super::*;

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
        }
    }
}
