//! Keys in one sealed file. A browser keeps keys that no script can read, but gives and takes them asynchronously, and a
//! secret must be kept when `store` returns: so it keeps one key, under which all secrets are sealed here.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use super::files;
use crate::device::{
    SecretError, SecretStore,
    vault::{Vault, random},
};

/// To what the seal is bound.
const CONTEXT: &str = "secrets";

type Kept = BTreeMap<String, Vec<u8>>;

/// Secrets in a file that is sealed whole. As safe as the browser's profile, no safer: whoever has its files has the
/// sealing key as well.
#[derive(Debug)]
pub struct SealedSecrets {
    file: PathBuf,
    vault: Vault,
    /// What is in the file.
    kept: Mutex<Kept>,
}

impl SealedSecrets {
    /// Secrets in a file of the pool, which is made with the first of them.
    ///
    /// # Errors
    /// A file that another key sealed; a pool that was not opened.
    pub fn open(file: impl Into<PathBuf>, key: [u8; 32]) -> Result<Self, SecretError> {
        let (file, vault) = (file.into(), Vault::new(key));
        let sealed = files::read(&file)?;
        let failed = |reason: &str| SecretError { reason: reason.to_owned() };
        let kept = if sealed.is_empty() {
            // None was ever written empty: to begin anew would be to forget them.
            if files::exists(&file) {
                return Err(failed("what was kept is gone"));
            }
            Kept::new()
        } else {
            let plain = vault.open(CONTEXT, &sealed).ok_or_else(|| failed("another key sealed them"))?;
            serde_json::from_slice(&plain).map_err(|_| failed("not what was kept"))?
        };
        Ok(Self { file, vault, kept: Mutex::new(kept) })
    }

    /// Changes what is kept, in the file first.
    fn change(&self, change: impl FnOnce(&mut Kept)) -> Result<(), SecretError> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let mut changed = kept.clone();
        change(&mut changed);
        let failed = |reason: String| SecretError { reason };
        let plain = serde_json::to_vec(&changed).map_err(|error| failed(error.to_string()))?;
        let nonce = random().map_err(|error| failed(error.to_string()))?;
        files::write(&self.file, &self.vault.seal(CONTEXT, nonce, &plain))?;
        *kept = changed;
        Ok(())
    }
}

impl SecretStore for SealedSecrets {
    fn load(&self, name: String) -> Result<Option<Vec<u8>>, SecretError> {
        Ok(self.kept.lock().unwrap_or_else(PoisonError::into_inner).get(&name).cloned())
    }

    fn store(&self, name: String, secret: Vec<u8>) -> Result<(), SecretError> {
        self.change(|kept| drop(kept.insert(name, secret)))
    }

    fn delete(&self, name: String) -> Result<(), SecretError> {
        self.change(|kept| drop(kept.remove(&name)))
    }
}
