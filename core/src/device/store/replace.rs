//! Putting a fresh database in the place of a damaged one, which is set aside whole. A crash at any moment leaves the
//! damaged files where they were, or a note by which the next opening finishes.

use std::path::{Path, PathBuf};

use super::{DATABASE, StoreError};
use crate::{device::platform::files, time::UnixMillis};

/// Names the set-aside files while they are being moved.
const UNFINISHED: &str = "station.db.salvaging";
/// What the damaged files are called from then on, before the time.
const SET_ASIDE: &str = "station.db.corrupt-";
/// The new database while it is being made.
const FRESH: &str = "station.db.fresh";

/// Whether a replacement was cut short while it moved files.
pub fn is_unfinished(folder: &Path) -> bool {
    files::exists(&folder.join(UNFINISHED))
}

/// What a database that is found damaged now is to be called.
pub fn name_for(folder: &Path, now: UnixMillis) -> String {
    let mut number = now.get();
    // A clock that was set back must not lay one damaged database over another.
    while files::exists(&folder.join(format!("{SET_ASIDE}{number}"))) {
        number += 1;
    }
    format!("{SET_ASIDE}{number}")
}

/// Where the new database is to be made; what an earlier try left there is gone.
pub fn fresh(folder: &Path) -> Result<PathBuf, StoreError> {
    let fresh = folder.join(FRESH);
    files::remove(&beside(&fresh, "-journal"))?;
    files::remove(&fresh)?;
    Ok(fresh)
}

/// Finishes a replacement that was cut short; false where there is none to finish.
pub fn resume(folder: &Path) -> Result<bool, StoreError> {
    if !is_unfinished(folder) {
        return Ok(false);
    }
    match noted(folder)? {
        Some(set_aside) => move_files(folder, &set_aside).map(|()| true),
        // Nothing was moved under a note that says nothing: from the beginning.
        None => {
            files::remove(&folder.join(UNFINISHED))?;
            Ok(false)
        }
    }
}

/// Puts the fresh database in the place of the damaged one.
pub fn replace(folder: &Path, set_aside: &str) -> Result<(), StoreError> {
    files::sync(&folder.join(FRESH))?;
    // The new database must be there before anything says so.
    files::sync(folder)?;
    write_note(folder, set_aside)?;
    move_files(folder, set_aside)
}

/// Written beside and renamed, so that it is whole or not there.
fn write_note(folder: &Path, set_aside: &str) -> Result<(), StoreError> {
    let note = folder.join(UNFINISHED);
    let unfinished = beside(&note, ".new");
    files::write(&unfinished, set_aside.as_bytes())?;
    files::rename(unfinished, note)?;
    Ok(files::sync(folder)?)
}

/// What the damaged files are to be called; nothing where the note does not tell.
fn noted(folder: &Path) -> Result<Option<String>, StoreError> {
    let note = String::from_utf8(files::read(&folder.join(UNFINISHED))?).ok();
    let number = note.as_deref().and_then(|note| note.strip_prefix(SET_ASIDE));
    let usable = number.is_some_and(|number| number.parse::<u64>().is_ok());
    Ok(note.filter(|_| usable))
}

/// Moves the damaged files aside and the new database into their place. May be repeated.
fn move_files(folder: &Path, set_aside: &str) -> Result<(), StoreError> {
    let (database, fresh, aside) = (folder.join(DATABASE), folder.join(FRESH), folder.join(set_aside));
    if files::exists(&fresh) {
        for suffix in ["-wal", "-shm", ""] {
            let (from, to) = (beside(&database, suffix), beside(&aside, suffix));
            if files::exists(&from) && !files::exists(&to) {
                files::rename(from, to)?;
            }
        }
        files::sync(folder)?;
        files::rename(fresh, database)?;
    }
    files::sync(folder)?;
    Ok(files::remove(&folder.join(UNFINISHED))?)
}

/// The log of a database.
pub fn log_of(database: &Path) -> PathBuf {
    beside(database, "-wal")
}

fn beside(database: &Path, suffix: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
