//! A phone's key that answers only later, as a browser's does: what it is asked for and what came of it, as data.

/// What a phone's key is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyTask {
    /// Tell its public key. Where there is no key one is made and kept, before anything is told of it.
    PublicKey,
    /// Sign these bytes. No key is made for that.
    Sign(Vec<u8>),
    /// Be destroyed. What was asked of it earlier is done before.
    Forget,
}

/// What came of it: the public key or the signature, in a form that `device::DeviceSigner` may give; no bytes where it
/// was destroyed.
pub type KeyOutcome = Result<Vec<u8>, SignerError>;

/// The phone's key failed: locked, gone, or refused by the platform.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("This phone's key store failed: {reason}")]
pub struct SignerError {
    /// What it said.
    pub reason: String,
}

impl SignerError {
    /// The key said nothing in time.
    #[must_use]
    pub fn late() -> Self {
        Self { reason: "no answer in time".to_owned() }
    }

    /// Whoever was to ask the key has none, and cannot wait for one.
    #[must_use]
    pub fn nobody() -> Self {
        Self { reason: "there is nobody to ask it".to_owned() }
    }
}
