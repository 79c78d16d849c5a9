//! The phone's key: what the platform lends, and one in software for tests and the command line.

use std::sync::{Arc, Mutex, PoisonError};

use ed25519_dalek::{Signer, SigningKey};

pub use crate::network::SignerError;

use crate::device::{
    SecretError, SecretStore,
    vault::{RandomError, random},
};

impl From<SecretError> for SignerError {
    fn from(error: SecretError) -> Self {
        Self { reason: error.reason }
    }
}

impl From<RandomError> for SignerError {
    fn from(error: RandomError) -> Self {
        Self { reason: error.to_string() }
    }
}

/// The key of a member's phone, by which it mints codes without a network: P-256 in hardware on most phones.
///
/// Nothing that it answers is trusted: the wallet checks the key and each signature. One that cannot answer at once is
/// asked through a line instead: [`MemberWallet::open_asking`](super::MemberWallet::open_asking).
pub trait DeviceSigner: Send + Sync {
    /// The public key; the first call makes the pair. 32 bytes are an Ed25519 key. A P-256 key is a SEC1 point of 33
    /// or 65 bytes, or a SubjectPublicKeyInfo.
    ///
    /// # Errors
    /// A platform that has no key or cannot reach it.
    fn public_key(&self) -> Result<Vec<u8>, SignerError>;

    /// The signature over `message`: Ed25519's 64 bytes, or ECDSA with SHA-256 as r and s or as DER.
    ///
    /// # Errors
    /// A platform that does not sign now.
    fn sign(&self, message: Vec<u8>) -> Result<Vec<u8>, SignerError>;

    /// Destroys the pair: the member signs out. The next [`Self::public_key`] makes another.
    ///
    /// # Errors
    /// A platform that cannot.
    fn forget(&self) -> Result<(), SignerError>;
}

/// An Ed25519 key in the secret store, for phones without a key in hardware.
pub struct SoftwareSigner {
    secrets: Arc<dyn SecretStore>,
    /// Held while the key is made or destroyed.
    turn: Mutex<()>,
}

pub(super) const CODE_KEY: &str = "code-key";

impl SoftwareSigner {
    /// A signer whose seed lives in `secrets`.
    #[must_use]
    pub fn new(secrets: Arc<dyn SecretStore>) -> Self {
        Self { secrets, turn: Mutex::new(()) }
    }

    fn key(&self) -> Result<Option<SigningKey>, SignerError> {
        let seed = self.secrets.load(CODE_KEY.to_owned())?.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        Ok(seed.map(|seed| SigningKey::from_bytes(&seed)))
    }
}

impl DeviceSigner for SoftwareSigner {
    fn public_key(&self) -> Result<Vec<u8>, SignerError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let key = match self.key()? {
            Some(key) => key,
            None => {
                self.secrets.store(CODE_KEY.to_owned(), random::<32>()?.to_vec())?;
                // Another process may have stored one at the same time: whichever is there now is the key.
                self.key()?.ok_or_else(|| SignerError { reason: "the key was not kept".to_owned() })?
            }
        };
        Ok(key.verifying_key().to_bytes().to_vec())
    }

    fn sign(&self, message: Vec<u8>) -> Result<Vec<u8>, SignerError> {
        let key = self.key()?.ok_or_else(|| SignerError { reason: "there is no key".to_owned() })?;
        Ok(key.sign(&message).to_bytes().to_vec())
    }

    fn forget(&self) -> Result<(), SignerError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(self.secrets.delete(CODE_KEY.to_owned())?)
    }
}
