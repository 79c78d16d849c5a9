//! Keys in private files, for a laptop that has no secret store.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::PathBuf,
};

use crate::device::{SecretError, SecretStore};

/// Secrets as files that only their owner can read. As safe as the laptop's disk and account, no safer.
#[derive(Debug)]
pub struct FileSecrets {
    folder: PathBuf,
}

impl FileSecrets {
    /// Secrets in `folder`, which is made if it is not there.
    ///
    /// # Errors
    /// A folder that cannot be made private.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self, SecretError> {
        let folder = folder.into();
        DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
        Ok(Self { folder })
    }

    fn sync_folder(&self) -> io::Result<()> {
        File::open(&self.folder)?.sync_all()
    }
}

impl SecretStore for FileSecrets {
    fn load(&self, name: String) -> Result<Option<Vec<u8>>, SecretError> {
        match fs::read(self.folder.join(name)) {
            Ok(secret) => Ok(Some(secret)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn store(&self, name: String, secret: Vec<u8>) -> Result<(), SecretError> {
        // Written beside and renamed, so that a cut leaves the old secret or the new one, never half of one.
        let beside = self.folder.join(format!("{name}.new"));
        let mut file =
            OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
        file.write_all(&secret)?;
        file.sync_all()?;
        fs::rename(&beside, self.folder.join(name))?;
        Ok(self.sync_folder()?)
    }

    fn delete(&self, name: String) -> Result<(), SecretError> {
        match fs::remove_file(self.folder.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(self.sync_folder()?),
        }
    }
}
