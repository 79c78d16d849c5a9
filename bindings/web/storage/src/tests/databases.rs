//! SQLite on the pool.

use std::{
    cell::Cell,
    ffi::CString,
    rc::Rc,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use rsqlite_vfs::OsCallback;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::disk::{Disk, DiskFile};
use crate::{Pool, vfs};

struct Os;

impl OsCallback for Os {
    fn sleep(_: Duration) {}

    fn random(bytes: &mut [u8]) {
        thread_local!(static WORD: Cell<u64> = const { Cell::new(0x1234_5678_9abc_def1) });
        for byte in bytes {
            let mut word = WORD.get();
            word ^= word << 13;
            word ^= word >> 7;
            word ^= word << 17;
            WORD.set(word);
            *byte = (word >> 24) as u8;
        }
    }

    fn epoch_timestamp_in_ms() -> i64 {
        1_790_000_000_000
    }
}

fn connect(pool: &Rc<Pool<DiskFile>>, mode: &str) -> rusqlite::Result<Connection> {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let name = format!("trial-{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    vfs::register::<_, Os>(&name, Rc::clone(pool), false).expect("SQLite takes it");
    let name = CString::new(name).expect("a name");
    let connection =
        Connection::open_with_flags_and_vfs("/station/station.db", OpenFlags::default(), name.as_c_str())?;
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    connection.pragma_update(None, "page_size", 4096)?;
    connection.pragma_update(None, "journal_mode", mode)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "wal_autocheckpoint", 16)?;
    // Few pages: what does not fit goes to the file before the commit.
    connection.pragma_update(None, "cache_size", 5)?;
    Ok(connection)
}

fn table(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch("CREATE TABLE IF NOT EXISTS row (number INTEGER PRIMARY KEY, bytes BLOB)")
}

/// The rows that are there, if the database is whole and each transaction is there whole or not at all.
fn rows(connection: &Connection) -> u64 {
    let check: String =
        connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("it is checked");
    assert_eq!(check, "ok");
    table(connection).expect("a table");
    let (count, last): (u64, u64) = connection
        .query_row("SELECT count(*), coalesce(max(number), 0) FROM row", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .expect("counted");
    assert_eq!(count, last);
    assert_eq!(count % 3, 0, "a transaction writes three");
    count
}

fn write_three(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    for _ in 0..3 {
        transaction.execute("INSERT INTO row (bytes) VALUES (randomblob(9000))", [])?;
    }
    transaction.commit()
}

#[test]
fn what_was_committed_survives_a_power_cut_and_what_was_not_is_rolled_back() {
    for (mode, seeds) in [("WAL", 150), ("DELETE", 150), ("TRUNCATE", 50)] {
        let mut cut_within = 0;
        for seed in 0..seeds {
            let disk = Disk::new(seed + 1000);
            let mut committed = 0;
            for _ in 0..4 {
                let pool = disk.pool(5);
                let mut connection = connect(&pool, mode).expect("opened");
                let found = rows(&connection);
                // The word of the last one may not have got out.
                assert!(
                    found == committed || found == committed + 3,
                    "{mode} {seed}: {found} of {committed}"
                );
                committed = found;
                disk.cut_after(10 + disk.random() % 150);
                while write_three(&mut connection).is_ok() {
                    committed += 3;
                }
                cut_within += 1;
                drop(connection);
                disk.power();
            }
        }
        assert_eq!(cut_within, seeds * 4);
    }
}

#[test]
fn a_log_needs_no_shared_memory_and_one_write_and_flush_for_each_commit() {
    let disk = Disk::new(5);
    let pool = disk.pool(5);
    let mut connection = connect(&pool, "WAL").expect("opened");
    let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).expect("a mode");
    assert_eq!(mode, "wal");
    table(&connection).expect("a table");
    connection.pragma_update(None, "wal_autocheckpoint", 0).expect("set");
    write_three(&mut connection).expect("written");
    // A head and a page for each page, all of them in one, and a flush.
    let (before, length) = (disk.changes(), pool.length("/station/station.db-wal").expect("a log"));
    connection.execute("UPDATE row SET number = 4 WHERE number = 3", []).expect("written");
    let frames = (pool.length("/station/station.db-wal").expect("a log") - length) / 4120;
    assert!(frames > 1, "{frames}");
    assert_eq!(disk.changes() - before, 2);
    assert!(pool.names("/station/").iter().all(|name| !name.ends_with("-shm")));
    drop(connection);
    assert_eq!(pool.names("/station/"), ["station.db"]);
}

#[test]
fn a_full_disk_is_full_to_sqlite_and_what_was_there_stays() {
    let disk = Disk::new(6);
    let pool = disk.pool(5);
    let mut connection = connect(&pool, "WAL").expect("opened");
    assert_eq!(rows(&connection), 0);
    write_three(&mut connection).expect("written");
    disk.limit(Some(disk.taken() + 100_000));
    let mut committed = 3;
    let error = loop {
        match write_three(&mut connection) {
            Ok(()) => committed += 3,
            Err(error) => break error,
        }
    };
    assert_eq!(error.sqlite_error_code(), Some(ErrorCode::DiskFull));
    assert_eq!(rows(&connection), committed);
    // Where there is room again it goes on.
    disk.limit(None);
    write_three(&mut connection).expect("written");
    assert_eq!(rows(&connection), committed + 3);
}

#[test]
fn a_copy_can_be_made_and_put_in_the_place_of_another() {
    let disk = Disk::new(7);
    let pool = disk.pool(6);
    let mut connection = connect(&pool, "WAL").expect("opened");
    table(&connection).expect("a table");
    write_three(&mut connection).expect("written");
    connection.execute("VACUUM INTO '/station/copy'", []).expect("copied");
    drop(connection);
    pool.rename("/station/copy", "/station/station.db").expect("renamed");
    assert_eq!(rows(&connect(&pool, "WAL").expect("opened")), 3);
    let written = connect(&pool, "DELETE").expect("opened");
    drop(written);
    assert_eq!(pool.names("/station/"), ["station.db"]);
}
