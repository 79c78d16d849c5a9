//! The server's own secrets: randomness, bearer tokens, and the master key that seals whatever must stay readable.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Generate, Payload, common::getrandom::Error as RandomError},
};
use gatehouse_core::{hex, id::Digest32};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Why a secret could not be made or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// The operating system gives no randomness.
    #[error("the operating system gives no random numbers: {0}")]
    NoRandomness(RandomError),
    /// A sealed value does not open under this master key.
    #[error("a sealed value does not open under this master key")]
    WrongKey,
}

/// Fresh random bytes.
///
/// # Errors
/// [`SecretError::NoRandomness`].
pub fn random<const N: usize>() -> Result<[u8; N], SecretError> {
    Generate::try_generate().map_err(SecretError::NoRandomness)
}

/// A number below `end`, every one as likely. `end` must not be 0.
///
/// # Errors
/// [`SecretError::NoRandomness`].
pub fn random_below(end: u32) -> Result<u32, SecretError> {
    // Numbers from the incomplete last round would come up too often.
    let limit = u32::MAX - u32::MAX % end.max(1);
    loop {
        let number = u32::from_ne_bytes(random()?);
        if number < limit {
            return Ok(number % end.max(1));
        }
    }
}

/// Text of `length` characters drawn from `alphabet`.
///
/// # Errors
/// [`SecretError::NoRandomness`].
pub fn random_text(alphabet: &[u8], length: usize) -> Result<String, SecretError> {
    let end = u32::try_from(alphabet.len()).unwrap_or(u32::MAX);
    let mut text = String::with_capacity(length);
    for _ in 0..length {
        let index = usize::try_from(random_below(end)?).unwrap_or(0);
        text.extend(alphabet.get(index).copied().map(char::from));
    }
    Ok(text)
}

/// What a bearer token is for; told by its first letters, so that one in a log or a mail can be recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A device's own calls.
    Device,
    /// A person's session or API token.
    Session,
    /// A one-time link to sign in.
    Link,
}

impl TokenKind {
    const fn prefix(self) -> &'static str {
        match self {
            Self::Device => "ghd_",
            Self::Session => "ghs_",
            Self::Link => "ghl_",
        }
    }

    /// The hash by which a token of this kind is stored; nothing for text that is none.
    #[must_use]
    pub fn hash(self, token: &str) -> Option<[u8; 32]> {
        let random = token.strip_prefix(self.prefix())?;
        hex::decode_array::<32>(random)?;
        Some(Digest32::of(token.as_bytes()).0)
    }
}

/// A new token and the hash to store. The token itself is shown once and kept nowhere.
///
/// # Errors
/// [`SecretError::NoRandomness`].
pub fn new_token(kind: TokenKind) -> Result<(String, [u8; 32]), SecretError> {
    let token = format!("{}{}", kind.prefix(), hex::encode(&random::<32>()?));
    let hash = Digest32::of(token.as_bytes()).0;
    Ok((token, hash))
}

const NONCE: usize = 24;

/// Keys derived from the bytes in the file `master.key`.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Master {
    seal: [u8; 32],
    codes: [u8; 32],
    check: [u8; 32],
}

impl Master {
    /// Derives the keys.
    #[must_use]
    pub fn new(bytes: &[u8; 32]) -> Self {
        Self {
            seal: mac(bytes, &[b"gatehouse/seal"]),
            codes: mac(bytes, &[b"gatehouse/codes"]),
            check: mac(bytes, &[b"gatehouse/check"]),
        }
    }

    /// A value that tells this master key from any other and gives nothing of it away.
    #[must_use]
    pub const fn check(&self) -> &[u8; 32] {
        &self.check
    }

    /// Seals `plain`; it opens again only with the same `context`.
    ///
    /// # Errors
    /// [`SecretError::NoRandomness`].
    pub fn seal(&self, context: &[u8], plain: &[u8]) -> Result<Vec<u8>, SecretError> {
        let nonce = random::<NONCE>()?;
        let payload = Payload { msg: plain, aad: context };
        let sealed = self.cipher().encrypt(&nonce.into(), payload).map_err(|_| SecretError::WrongKey)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`Self::seal`] made.
    ///
    /// # Errors
    /// [`SecretError::WrongKey`].
    pub fn open(&self, context: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SecretError> {
        let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE>().ok_or(SecretError::WrongKey)?;
        let payload = Payload { msg: ciphertext, aad: context };
        self.cipher().decrypt(&(*nonce).into(), payload).map_err(|_| SecretError::WrongKey)
    }

    /// How a one-time code is stored: six digits could be found from a plain hash in no time.
    #[must_use]
    pub fn code_mac(&self, identity: i64, code: &str) -> [u8; 32] {
        mac(&self.codes, &[&identity.to_be_bytes(), code.as_bytes()])
    }

    /// What an address that nobody has is counted under.
    #[must_use]
    pub fn address_mac(&self, email: &str) -> [u8; 8] {
        let [a, b, c, d, e, f, g, h, ..] = mac(&self.codes, &[b"address", email.as_bytes()]);
        [a, b, c, d, e, f, g, h]
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.seal.into())
    }
}

impl std::fmt::Debug for Master {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Master(..)")
    }
}

fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC takes keys of any length, so this cannot fail; zeros would open nothing.
    let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(key) else { return [0; 32] };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_only_under_its_key_and_context() {
        let (master, other) = (Master::new(&[1; 32]), Master::new(&[2; 32]));
        let sealed = master.seal(b"here", b"secret").expect("sealed");
        assert_eq!(master.open(b"here", &sealed), Ok(b"secret".to_vec()));
        assert_eq!(master.open(b"there", &sealed), Err(SecretError::WrongKey));
        assert_eq!(other.open(b"here", &sealed), Err(SecretError::WrongKey));
        assert_eq!(master.open(b"here", &[0; 10]), Err(SecretError::WrongKey));
    }

    #[test]
    fn tokens_are_told_apart_by_kind() {
        let (token, hash) = new_token(TokenKind::Device).expect("a token");
        assert_eq!(TokenKind::Device.hash(&token), Some(hash));
        assert_eq!(TokenKind::Session.hash(&token), None);
        assert_eq!(TokenKind::Device.hash("ghd_0"), None);
    }

    #[test]
    fn drawn_text_keeps_to_its_alphabet() {
        let text = random_text(b"AB", 64).expect("text");
        assert!(text.len() == 64 && text.bytes().all(|b| b == b'A' || b == b'B'));
        assert!(text.contains('A') && text.contains('B'));
    }
}
