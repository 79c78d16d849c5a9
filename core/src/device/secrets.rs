//! Where a phone keeps its keys: the port to the platform's secret store.

use std::io;

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
