//! Files and folders that nobody else on the machine may read.

use std::{
    fs::{self, DirBuilder, OpenOptions, Permissions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

/// What others on the machine may do, in a file's mode.
const OTHERS: u32 = 0o077;

/// A folder that others can enter, and that is not ours to close: something else lies in it.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Not ours to close.
    #[error(
        "others on this machine can enter {0}, where the data would lie beside other files; give a folder of its own, or close that one with `chmod 700`"
    )]
    Open(PathBuf),
    /// The system's word.
    #[error("{path}: {source}")]
    File {
        /// What was touched.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> FolderError {
    let path = path.to_owned();
    |source| FolderError::File { path, source }
}

/// Makes a folder that only this user can enter, and closes one that is there: `ours` is the name of the file that
/// tells that the folder holds our data. Gives what others could enter or read until now.
///
/// # Errors
/// A folder with other people's files in it; what the system refuses.
pub fn make_private(folder: &Path, ours: &str) -> Result<Vec<PathBuf>, FolderError> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(failed(folder))?;
    let mut closed = Vec::new();
    let holds_ours = folder.join(ours).exists();
    if is_open(folder)? {
        let empty = fs::read_dir(folder).map_err(failed(folder))?.next().is_none();
        if !empty && !holds_ours {
            return Err(FolderError::Open(folder.to_owned()));
        }
        fs::set_permissions(folder, Permissions::from_mode(0o700)).map_err(failed(folder))?;
        closed.push(folder.to_owned());
    }
    if holds_ours {
        for entry in fs::read_dir(folder).map_err(failed(folder))? {
            let entry = entry.map_err(failed(folder))?;
            // A link's own mode says nothing, and what it leads to is not ours.
            if !entry.file_type().is_ok_and(|kind| kind.is_file()) {
                continue;
            }
            let path = entry.path();
            // SQLite removes the files beside a database whenever it likes.
            if is_open(&path).unwrap_or(false) {
                fs::set_permissions(&path, Permissions::from_mode(0o600)).map_err(failed(&path))?;
                closed.push(path);
            }
        }
    }
    Ok(closed)
}

fn is_open(path: &Path) -> Result<bool, FolderError> {
    Ok(fs::metadata(path).map_err(failed(path))?.permissions().mode() & OTHERS != 0)
}

/// Writes a file that only this user can read, also where one was there that others could.
///
/// # Errors
/// The system's.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    // A terminal or a pipe has no mode of ours.
    if file.metadata()?.is_file() {
        file.set_permissions(Permissions::from_mode(0o600))?;
    }
    file.write_all(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("there").permissions().mode() & 0o777
    }

    fn open(path: &Path, mode: u32) {
        fs::set_permissions(path, Permissions::from_mode(mode)).expect("set");
    }

    #[test]
    fn a_folder_of_ours_is_closed_and_another_is_not_taken() {
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join("data");
        assert!(make_private(&data, "ours.db").expect("made").is_empty());
        assert_eq!(mode(&data), 0o700);
        open(&data, 0o755);
        assert_eq!(make_private(&data, "ours.db").expect("empty").len(), 1);
        fs::write(data.join("theirs"), "theirs").expect("written");
        open(&data, 0o750);
        assert!(matches!(make_private(&data, "ours.db"), Err(FolderError::Open(_))));
        assert_eq!(mode(&data), 0o750, "what is not ours stays as it is");
        fs::write(data.join("ours.db"), "ours").expect("written");
        open(&data.join("ours.db"), 0o644);
        assert_eq!(make_private(&data, "ours.db").expect("ours").len(), 3);
        assert_eq!((mode(&data), mode(&data.join("ours.db"))), (0o700, 0o600));
    }

    #[test]
    fn a_secret_is_written_for_its_owner_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("enrol.png");
        fs::write(&file, "old and longer").expect("written");
        open(&file, 0o644);
        write_private(&file, b"new").expect("written");
        assert_eq!((mode(&file), fs::read(&file).expect("read")), (0o600, b"new".to_vec()));
    }
}
