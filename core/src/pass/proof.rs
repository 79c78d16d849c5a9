use ed25519_dalek::{Signer, SigningKey};
use p256::ecdsa::{Signature, VerifyingKey, signature::Verifier};

use crate::{
    base45,
    cbor::{CborError, Reader, Writer},
    envelope::PublicKey,
    keys::time,
    pass::{DeviceKey, PREFIX, open::element_count},
    time::UnixSeconds,
};

/// What keeps a proof's signature apart from any other that a phone's key could make.
pub const PROOF_DOMAIN: &str = "gatehouse/1/proof";

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
        if element_count(bytes)? != 3 {
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

pub(super) fn proof_holds(key: &DeviceKey, proof: &Proof<'_>) -> bool {
    let message = proof_message(proof.certificate, proof.time);
    match key {
        DeviceKey::Ed25519(bytes) => PublicKey::new(*bytes).verifies(&message, &proof.signature),
        DeviceKey::P256 { x, y_odd } => {
            let mut point = [0; 33];
            let (tag, rest) = point.split_at_mut(1);
            tag.copy_from_slice(&[2 + u8::from(*y_odd)]);
            rest.copy_from_slice(x);
            let (Ok(key), Ok(signature)) =
                (VerifyingKey::from_sec1_bytes(&point), Signature::from_slice(&proof.signature))
            else {
                return false;
            };
            // A high s would be a second spelling of the same signature.
            signature.normalize_s() == signature && key.verify(&message, &signature).is_ok()
        }
    }
}

/// Signs a proof with a software key, as a phone without secure hardware does.
#[must_use]
pub fn sign_proof(key: &SigningKey, certificate: &[u8], time: UnixSeconds) -> [u8; 64] {
    key.sign(&proof_message(certificate, time)).to_bytes()
}
