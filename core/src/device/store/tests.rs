use super::*;

#[test]
fn a_full_disk_is_called_so_however_sqlite_puts_it() {
    let failure = |code| rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
    for full in [rusqlite::ffi::SQLITE_FULL, rusqlite::ffi::SQLITE_IOERR_SHMSIZE] {
        assert_eq!(StoreError::from(failure(full)).code(), "storage_full");
    }
    assert_eq!(StoreError::from(failure(rusqlite::ffi::SQLITE_IOERR_FSYNC)).code(), "storage_failed");
}
