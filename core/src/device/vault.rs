//! Sealing of what a phone keeps: a stolen phone's files tell nothing without its secret store.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Generate, Payload},
};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// The operating system gives no random numbers.
pub use chacha20poly1305::aead::common::getrandom::Error as RandomError;

/// Seals values under the store's key; each is bound to its place by a context, so none can be moved.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Vault {
    key: [u8; 32],
}

const NONCE: usize = 24;

impl Vault {
    /// A vault under this key.
    pub const fn new(key: [u8; 32]) -> Self {
        Self { key }
    }

    /// Seals `plain` for `context` under a fresh nonce.
    pub fn seal(&self, context: &str, nonce: [u8; NONCE], plain: &[u8]) -> Vec<u8> {
        let payload = Payload { msg: plain, aad: context.as_bytes() };
        // Encrypting into memory fails only beyond 256 GiB.
        let sealed = self.cipher().encrypt(&nonce.into(), payload).unwrap_or_default();
        [nonce.as_slice(), &sealed].concat()
    }

    /// Opens what was sealed for `context`; nothing under another key, context or altered bytes.
    pub fn open(&self, context: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg: ciphertext, aad: context.as_bytes() };
        self.cipher().decrypt(&(*nonce).into(), payload).ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.key.into())
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(..)")
    }
}

/// Fresh random bytes from the operating system.
pub fn random<const N: usize>() -> Result<[u8; N], RandomError> {
    Generate::try_generate()
}
