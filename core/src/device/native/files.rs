//! What the store does with files beside SQLite's own work. Each of these is as durable as it says.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, Permissions},
    io::{self, Seek, SeekFrom, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::Path,
};

pub use std::fs::rename;

/// Makes a folder, and those around it, that only its owner can enter.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// Whether others on the machine can enter a folder.
pub fn is_open_to_others(folder: &Path) -> io::Result<bool> {
    Ok(fs::metadata(folder)?.permissions().mode() & 0o077 != 0)
}

/// Lets only its owner enter a folder.
pub fn close_to_others(folder: &Path) -> io::Result<()> {
    fs::set_permissions(folder, Permissions::from_mode(0o700))
}

/// Names of what lies in a folder.
pub fn names(folder: &Path) -> io::Result<Vec<String>> {
    fs::read_dir(folder)?.map(|file| Ok(file?.file_name().to_string_lossy().into_owned())).collect()
}

/// Whether a file is there.
pub fn exists(path: &Path) -> bool {
    path.exists()
}

/// A file's bytes in number; 0 where it is not there.
pub fn length(path: &Path) -> u64 {
    path.metadata().map_or(0, |file| file.len())
}

/// A file's bytes; none where it is not there.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        outcome => outcome,
    }
}

/// A file with these bytes alone, on the disk; its name is only once its folder is synced.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Brings a file's bytes, or a folder's names, to the disk.
pub fn sync(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Removes a file, if it is there.
pub fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Cuts a file to its first bytes. Some file systems give the space back only once that is on the disk.
pub fn cut(path: &Path, length: u64) -> io::Result<()> {
    let file = OpenOptions::new().write(true).open(path)?;
    file.set_len(length)?;
    file.sync_all()
}

/// Puts blocks behind the first bytes of a file that is made if it is not there, on the disk.
pub fn fill(path: &Path, from: u64, blocks: impl Iterator<Item = Vec<u8>>) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path)?;
    file.set_len(from)?;
    file.seek(SeekFrom::Start(from))?;
    for block in blocks {
        file.write_all(&block)?;
    }
    file.sync_all()?;
    path.parent().map_or(Ok(()), sync)
}

/// Bytes for which there is room in a folder, if that can be told.
pub fn room(folder: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}
