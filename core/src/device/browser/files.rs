//! What the store does with files beside SQLite's own work, in the pool. Each of these is on the disk when it returns,
//! names included.

use std::{io, path::Path};

use gatehouse_opfs::{OpfsHandle, Pool, Trouble, pool};

fn with<T>(path: &Path, work: impl FnOnce(&Pool<OpfsHandle>, &str) -> Result<T, Trouble>) -> io::Result<T> {
    Ok(work(&*pool()?, &path.to_string_lossy())?)
}

/// There are no folders: a name is a path.
pub const fn make_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Nobody else has this origin's files.
pub const fn is_open_to_others(_: &Path) -> io::Result<bool> {
    Ok(false)
}

/// As [`is_open_to_others`].
pub const fn close_to_others(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Names of what lies in a folder.
pub fn names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = with(folder, |pool, folder| Ok(pool.names(&format!("{folder}/"))))?;
    names.retain(|name| !name.contains('/'));
    Ok(names)
}

/// Whether a file is there.
pub fn exists(path: &Path) -> bool {
    with(path, |pool, name| Ok(pool.exists(name) || pool.length_of_pieces(name) > 0)).unwrap_or_default()
}

/// A file's bytes in number; 0 where it is not there.
pub fn length(path: &Path) -> u64 {
    let length =
        with(path, |pool, name| Ok(pool.length(name).unwrap_or_else(|_| pool.length_of_pieces(name))));
    length.unwrap_or_default()
}

/// A file's bytes; none where it is not there.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    with(path, |pool, name| if pool.exists(name) { pool.read(name) } else { Ok(Vec::new()) })
}

/// A file with these bytes alone.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    with(path, |pool, name| pool.write(name, bytes))
}

/// Brings a file's bytes to the disk. Names are there already.
pub fn sync(path: &Path) -> io::Result<()> {
    with(path, |pool, name| if pool.exists(name) { pool.flush(name) } else { Ok(()) })
}

/// Gives a file another name, in place of what is called so.
pub fn rename(from: impl AsRef<Path>, to: impl AsRef<Path>) -> io::Result<()> {
    with(from.as_ref(), |pool, from| pool.rename(from, &to.as_ref().to_string_lossy()))
}

/// Removes a file, if it is there.
pub fn remove(path: &Path) -> io::Result<()> {
    with(path, |pool, name| {
        pool.remove_pieces(name)?;
        pool.remove(name)
    })
}

/// Cuts a file that was filled to its first bytes, or to less: room comes back in pieces.
pub fn cut(path: &Path, length: u64) -> io::Result<()> {
    with(path, |pool, name| pool.cut(name, length))
}

/// Puts blocks behind the first bytes of a file that is made if it is not there.
pub fn fill(path: &Path, from: u64, blocks: impl Iterator<Item = Vec<u8>>) -> io::Result<()> {
    with(path, |pool, name| pool.fill(name, from, blocks))
}

/// Bytes for which there is room, as the browser told last.
pub fn room(_: &Path) -> Option<u64> {
    gatehouse_opfs::room()
}
