//! Proofs: codes that a member's phone mints by itself, and what it signs for its certificate.

use ed25519_dalek::{Signer, SigningKey};

use crate::{
    base45,
    cbor::{CborError, Reader, Writer},
    id::{OrgCode, SubjectId},
    keys::time,
    pass::{DeviceKey, PREFIX},
    time::UnixSeconds,
};

/// What keeps a proof's signature apart from any other that a phone's key could make.
pub const PROOF_DOMAIN: &str = "gatehouse/1/proof";

/// What keeps the signature apart by which a phone asks for its certificate.
pub const POSSESSION_DOMAIN: &str = "gatehouse/1/possession";

/// A code minted by a member's phone: its certificate, the phone's time, and the phone's signature over both.
#[derive(Debug)]
pub(super) struct Proof<'a> {
    pub(super) certificate: &'a [u8],
    pub(super) time: UnixSeconds,
    signature: [u8; 64],
}

impl<'a> Proof<'a> {
    /// Nothing where the bytes have another number of elements, an envelope's for example.
    pub(super) fn parse(bytes: &'a [u8]) -> Result<Option<Self>, CborError> {
        // The two shapes differ in the number of elements.
        if Reader::new(bytes).array(|_, count| Ok(count))? != 3 {
            return Ok(None);
        }
        Reader::whole(bytes, |reader| {
            reader.array(|reader, _| {
                Ok(Some(Self {
                    certificate: reader.bytes()?,
                    time: time(reader)?,
                    signature: reader.array_of()?,
                }))
            })
        })
    }
}

/// The bytes that a member's phone signs to mint a code at `time` (its own clock).
#[must_use]
pub fn proof_message(certificate: &[u8], time: UnixSeconds) -> Vec<u8> {
    let mut writer = Writer::with_capacity(certificate.len() + 48);
    writer.array(4).text("Gatehouse1").text(PROOF_DOMAIN).bytes(certificate).uint(time.get());
    writer.finish()
}

/// The text of a minted code, from a certificate's envelope and the phone's signature over [`proof_message`].
/// The signature is Ed25519's 64 bytes, or r and s of ES256 with s low.
#[must_use]
pub fn mint_proof(certificate: &[u8], time: UnixSeconds, signature: &[u8; 64]) -> String {
    let mut writer = Writer::with_capacity(certificate.len() + 80);
    writer.array(3).bytes(certificate).uint(time.get()).bytes(signature);
    format!("{PREFIX}{}", base45::encode(&writer.finish()))
}

/// The bytes that a member's phone signs to show that it holds the key which it wants certified, at its time.
#[must_use]
pub fn possession_message(org: &OrgCode, subject: SubjectId, key: &DeviceKey, time: UnixSeconds) -> Vec<u8> {
    let mut writer = Writer::with_capacity(128);
    writer.array(6).text("Gatehouse1").text(POSSESSION_DOMAIN).text(org.as_str());
    writer.bytes(subject.as_bytes()).bytes(&key.to_bytes()).uint(time.get());
    writer.finish()
}

pub(super) fn proof_holds(key: &DeviceKey, proof: &Proof<'_>) -> bool {
    key.verifies(&proof_message(proof.certificate, proof.time), &proof.signature)
}

/// Signs a proof with a software key, as a phone without secure hardware does.
#[must_use]
pub fn sign_proof(key: &SigningKey, certificate: &[u8], time: UnixSeconds) -> [u8; 64] {
    key.sign(&proof_message(certificate, time)).to_bytes()
}
