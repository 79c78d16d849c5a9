//! Where a phone keeps its keys: the platform's secret store, or private files on a laptop.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::PathBuf,
};

/// The secret store failed.
#[derive(Debug, thiserror::Error)]
#[error("the secret store failed: {reason}")]
pub struct SecretError {
    /// What it said.
    pub reason: String,
}

impl From<io::Error> for SecretError {
    fn from(error: io::Error) -> Self {
        Self { reason: error.to_string() }
    }
}

/// Keeps small secrets by name: Keystore on Android, Keychain on iOS, private files on a laptop.
pub trait SecretStore: Send + Sync {
    /// The secret of that name, or nothing if there never was one.
    ///
    /// # Errors
    /// A store that cannot be read just now.
    fn load(&self, name: String) -> Result<Option<Vec<u8>>, SecretError>;

    /// Keeps a secret durably under a name, in place of what was there.
    ///
    /// # Errors
    /// A store that cannot be written.
    fn store(&self, name: String, secret: Vec<u8>) -> Result<(), SecretError>;

    /// Forgets a secret.
    ///
    /// # Errors
    /// A store that cannot be written.
    fn delete(&self, name: String) -> Result<(), SecretError>;
}

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
        use std::os::unix::fs::DirBuilderExt;
        let folder = folder.into();
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
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
        use std::os::unix::fs::OpenOptionsExt;
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
