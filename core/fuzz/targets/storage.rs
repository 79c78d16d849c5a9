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
