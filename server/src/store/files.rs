//! The files of the data directory: who may read them, and the master key beside the database.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OptionalExtension};
use subtle::ConstantTimeEq;

use super::StoreError;
use crate::secrets::{Master, random};

/// The database's name, which also tells that a directory is a server's.
pub const DATABASE: &str = "gatehouse.db";

/// Where the database is.
pub fn database(dir: &Path) -> PathBuf {
    dir.join(DATABASE)
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> StoreError {
    let path = path.to_owned();
    |source| StoreError::File { path, source }
}

/// Takes the directory for a server, unless another one has it.
pub fn take(dir: &Path) -> Result<File, StoreError> {
    let path = dir.join("serve.lock");
    let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&path);
    let file = file.map_err(failed(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse(dir.to_owned())),
        Err(TryLockError::Error(error)) => Err(failed(&path)(error)),
    }
}

/// Makes an empty database file that only this user can read, unless it is there. SQLite gives the files that it
/// puts beside it the same permissions.
pub fn touch_database(dir: &Path) -> Result<(), StoreError> {
    let path = database(dir);
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(failed(&path)(error)),
    }
}

/// Reads the master key and holds it against the database, or makes it where neither has been used yet.
pub fn master_key(dir: &Path, connection: &Connection) -> Result<Master, StoreError> {
    let path = dir.join("master.key");
    let noted: Option<Vec<u8>> = connection
        .query_row("SELECT value FROM setting WHERE name = 'master_key_check'", [], |row| row.get(0))
        .optional()?;
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound && noted.is_none() => make_key(dir, &path)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(StoreError::MasterKeyMissing(path));
        }
        Err(error) => return Err(failed(&path)(error)),
    };
    let Ok(bytes) = <[u8; 32]>::try_from(bytes) else { return Err(StoreError::MasterKeyWrong(path)) };
    let master = Master::new(&bytes);
    match noted {
        Some(noted) if bool::from(noted.as_slice().ct_eq(master.check())) => Ok(master),
        Some(_) => Err(StoreError::MasterKeyWrong(path)),
        None => {
            // Two first starts at once: whoever notes first wins, and the key file is one and the same.
            connection.execute(
                "INSERT INTO setting (name, value) VALUES ('master_key_check', ?1) ON CONFLICT DO NOTHING",
                [master.check()],
            )?;
            Ok(master)
        }
    }
}

/// Writes a new key, whole and durable before it gets its name, and never over another one.
fn make_key(dir: &Path, path: &Path) -> Result<Vec<u8>, StoreError> {
    let bytes = random::<32>()?;
    let mut file = tempfile::Builder::new().prefix(".master").tempfile_in(dir).map_err(failed(path))?;
    file.write_all(&bytes).and_then(|()| file.as_file().sync_all()).map_err(failed(path))?;
    match file.persist_noclobber(path) {
        Ok(_) => {
            sync_directory(dir)?;
            Ok(bytes.to_vec())
        }
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
            fs::read(path).map_err(failed(path))
        }
        Err(error) => Err(failed(path)(error.error)),
    }
}

/// Makes a file's name as durable as its content.
pub fn sync_directory(dir: &Path) -> Result<(), StoreError> {
    File::open(dir).and_then(|dir| dir.sync_all()).map_err(failed(dir))
}
