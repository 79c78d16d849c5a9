//! Opening: from the text of a code to what was signed, every signature checked on the way, and once.

use crate::{
    base45,
    envelope::{Envelope, PublicKey, Purpose},
    keys::{Key, KeyPurpose, KeySet},
    pass::{
        Claims, Kind, MAX_TEXT, PREFIX,
        proof::{Proof, proof_holds},
    },
    time::UnixSeconds,
};

/// Why a text is no pass of this organisation, in the order in which it is found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PassError {
    /// Not the shape or grammar of a pass.
    #[error("not a Gatehouse code")]
    Malformed,
    /// Signed by a key that the key set does not hold, or outside that key's time.
    #[error("signed by an unknown key")]
    UnknownKey,
    /// Signed by a key for other things, or a certificate where a code should be, or the other way round.
    #[error("made for another purpose")]
    WrongPurpose,
    /// The signature does not hold.
    #[error("the signature does not hold")]
    BadSignature,
    /// The phone's own signature over a proof does not hold.
    #[error("the phone's signature does not hold")]
    ProofInvalid,
    /// Another organisation's.
    #[error("another organisation's code")]
    WrongOrg,
}

/// A pass whose signatures hold and which is this organisation's. Whether it is valid now is the decision's to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// What was signed; for a proof, the certificate's claims.
    pub claims: Claims,
    /// For a proof, the time that the member's phone signed.
    pub proof_time: Option<UnixSeconds>,
    /// The key that the claims are signed by.
    pub key: PublicKey,
}

impl Opened {
    /// Whether the code still holds under a key set that came after it was opened: its signatures were checked then, so
    /// only what the key set says of the key can have changed.
    ///
    /// # Errors
    /// As [`open`] with that key set.
    pub fn under(self, keys: &KeySet) -> Result<Self, PassError> {
        let key = for_passes(keys.key(self.key.id()).filter(|key| key.public == self.key))?;
        in_its_time(key, &self.claims)?;
        in_org(self, keys)
    }
}

/// Reads the text of a code and checks every signature in it.
///
/// # Errors
/// The first thing wrong, in the order that the specification gives.
pub fn open(text: &str, keys: &KeySet) -> Result<Opened, PassError> {
    let bytes = envelope_bytes(text).ok_or(PassError::Malformed)?;
    match Proof::parse(&bytes) {
        Ok(Some(proof)) => open_proof(&proof, keys),
        Ok(None) => {
            let (claims, key) = open_envelope(&bytes, keys)?;
            if matches!(claims.kind, Kind::Device(_)) {
                return Err(PassError::WrongPurpose);
            }
            in_org(Opened { claims, proof_time: None, key }, keys)
        }
        Err(_) => Err(PassError::Malformed),
    }
}

fn open_proof(proof: &Proof<'_>, keys: &KeySet) -> Result<Opened, PassError> {
    let (claims, key) = open_envelope(proof.certificate, keys)?;
    let Kind::Device(phone) = &claims.kind else { return Err(PassError::WrongPurpose) };
    #[cfg(feature = "faults")]
    counted::one();
    if !proof_holds(phone, proof) {
        return Err(PassError::ProofInvalid);
    }
    in_org(Opened { claims, proof_time: Some(proof.time), key }, keys)
}

fn in_org(opened: Opened, keys: &KeySet) -> Result<Opened, PassError> {
    if opened.claims.org == keys.org { Ok(opened) } else { Err(PassError::WrongOrg) }
}

fn open_envelope(bytes: &[u8], keys: &KeySet) -> Result<(Claims, PublicKey), PassError> {
    let envelope = Envelope::parse(bytes).map_err(|_| PassError::Malformed)?;
    let key = for_passes(keys.key(envelope.key_id))?;
    #[cfg(feature = "faults")]
    counted::one();
    if !envelope.verify(Purpose::Pass, &key.public) {
        return Err(PassError::BadSignature);
    }
    let claims = Claims::parse(envelope.payload).map_err(|_| PassError::Malformed)?;
    in_its_time(key, &claims)?;
    Ok((claims, key.public.clone()))
}

fn for_passes(key: Option<&Key>) -> Result<&Key, PassError> {
    let key = key.ok_or(PassError::UnknownKey)?;
    if key.allows(KeyPurpose::Passes) { Ok(key) } else { Err(PassError::WrongPurpose) }
}

fn in_its_time(key: &Key, claims: &Claims) -> Result<(), PassError> {
    if key.signs_at(claims.issued_at) { Ok(()) } else { Err(PassError::UnknownKey) }
}

fn envelope_bytes(text: &str) -> Option<Vec<u8>> {
    let text = trimmed(text);
    if text.len() > MAX_TEXT {
        return None;
    }
    base45::decode(text.strip_prefix(PREFIX)?)
}

/// A code's text without the white space that scanners and people put around it.
#[must_use]
pub fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\r', '\n'])
}

/// How many signatures of codes were checked, for tests that hold it against how many there are.
#[cfg(feature = "faults")]
pub mod counted {
    use std::cell::Cell;

    thread_local! {
        static CHECKED: Cell<u64> = const { Cell::new(0) };
    }

    pub(super) fn one() {
        CHECKED.set(CHECKED.get() + 1);
    }

    /// Signatures that this thread has checked so far.
    #[must_use]
    pub fn signatures() -> u64 {
        CHECKED.get()
    }
}
