//! The sealed part of an entry, under a key of its own: destroying the key erases the person, and the chain still
//! holds.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{
    cbor::{CborError, Value},
    id::EntryId,
};

/// Why a sealed part cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Not a nonce and ciphertext, or not under this key or for this entry.
    #[error("the sealed part does not open under this key")]
    WrongKey,
    /// It opens, but holds no map.
    #[error("the sealed part is not a map")]
    Malformed(#[from] CborError),
}

/// The key of one entry's sealed part. Fresh for each entry; destroying it erases the personal data in the entry.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct EntryKey([u8; 32]);

const NONCE: usize = 24;

impl EntryKey {
    /// A key of these bytes, which must be random and fresh.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The key's bytes, to travel beside the envelope.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Seals a map for the entry `id`: nonce and XChaCha20-Poly1305 ciphertext, the id as additional data.
    #[must_use]
    pub fn seal(&self, id: EntryId, nonce: [u8; NONCE], map: &Value) -> Vec<u8> {
        let plain = map.to_bytes();
        let payload = Payload { msg: &plain, aad: id.as_bytes() };
        // Encrypting into memory fails only beyond 256 GiB.
        let sealed = self.cipher().encrypt(&nonce.into(), payload).unwrap_or_default();
        [nonce.as_slice(), &sealed].concat()
    }

    /// Opens a sealed part.
    ///
    /// # Errors
    /// Another key or entry, altered bytes, or content that is no map.
    pub fn open(&self, id: EntryId, sealed: &[u8]) -> Result<Value, SealError> {
        let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE>().ok_or(SealError::WrongKey)?;
        let payload = Payload { msg: ciphertext, aad: id.as_bytes() };
        let plain = self.cipher().decrypt(&(*nonce).into(), payload).map_err(|_| SealError::WrongKey)?;
        match Value::from_bytes(&plain)? {
            map @ Value::Map(_) => Ok(map),
            _ => Err(CborError::Unexpected.into()),
        }
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

impl std::fmt::Debug for EntryKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EntryKey(..)")
    }
}
