//! A station's database and its log, damaged in any way.

use gatehouse_core::device::read_damaged;

/// A database's file and its log in one input: four bytes say where the log begins.
pub fn storage_parts(data: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, both) = data.split_first_chunk::<4>()?;
    both.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)
}

/// The bytes as a database that SQLite refuses, and its write-ahead log.
pub fn storage(data: &[u8]) {
    let Some((database, log)) = storage_parts(data) else { return };
    let read = read_damaged(database, log);
    let frames = read.committed + read.suspect;
    assert!(frames * 512 <= log.len(), "{frames} pages in {} bytes", log.len());
    // A row's bytes lie somewhere, and no two rows share them.
    assert!(read.bytes <= 8 * (database.len() + log.len()), "{} bytes of rows", read.bytes);
    assert_eq!(read_damaged(database, log), read, "not the same twice");
}

/// A small database as a power cut leaves it: some of it in the file, some only in the log.
pub fn database() -> Vec<u8> {
    // Examples may be asked for by several threads at once.
    static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
    let number = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("gatehouse-fuzz-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("station.db");
    let connection = rusqlite::Connection::open(&path).expect("a database");
    let run = |sql: &str| connection.execute_batch(sql).expect("run");
    run("PRAGMA page_size=512; PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;");
    run("CREATE TABLE entry (number INTEGER PRIMARY KEY, id BLOB, sealed BLOB, word TEXT, at INTEGER);");
    run(
        "INSERT INTO entry VALUES (1, x'0101', zeroblob(40), 'one', NULL), (2, x'02', zeroblob(1500), 'two', -5);",
    );
    run("PRAGMA wal_checkpoint(TRUNCATE);");
    run("INSERT INTO entry VALUES (3, x'0303', zeroblob(900), 'three', 1790000000000);");
    run("INSERT INTO entry VALUES (4, x'0404', x'ff', 'four', 0);");
    let read = |name: &str| std::fs::read(folder.join(name)).expect("read");
    let (file, log) = (read("station.db"), read("station.db-wal"));
    drop(connection);
    std::fs::remove_dir_all(&folder).expect("removed");
    let length = u32::try_from(file.len()).expect("short").to_be_bytes();
    [&length, file.as_slice(), log.as_slice()].concat()
}
