//! Public keys and signatures of phones' hardware.

use gatehouse_core::pass::DeviceKey;
use p256::ecdsa::{Signature, SigningKey, signature::Signer as _};

use super::keyring::Signer;

/// What the phones sign here.
const MESSAGE: &[u8] = b"what a phone signs";

/// The key of a phone with P-256 in hardware.
fn hardware_key() -> SigningKey {
    SigningKey::from_slice(&[6; 32]).expect("a key")
}

/// Its public key as an uncompressed point, and the one signature that it makes of [`MESSAGE`].
fn hardware() -> (Vec<u8>, Signature) {
    let key = hardware_key();
    (key.verifying_key().to_sec1_point(false).as_bytes().to_vec(), key.sign(MESSAGE))
}

/// The bytes as a public key in whichever form a platform gives it, and as a signature that a platform made.
pub fn phone_key(data: &[u8]) {
    if let Some(key) = DeviceKey::from_public(data) {
        let short = key.to_bytes();
        assert!(matches!(short.len(), 32 | 33));
        assert_eq!(DeviceKey::from_public(&short), Some(key), "the short form is another key");
    }
    let (point, own) = hardware();
    let own: [u8; 64] = own.normalize_s().to_bytes().into();
    let hardware = DeviceKey::from_public(&point).expect("own key");
    let software = DeviceKey::Ed25519(*Signer::Phone.public().as_bytes());
    for key in [hardware, software] {
        let Some(signature) = key.signature_of(MESSAGE, data) else { continue };
        assert!(key.verifies(MESSAGE, &signature), "a signature that does not hold");
        assert!(!key.verifies(b"another", &signature));
        assert_eq!(key.signature_of(MESSAGE, &signature), Some(signature), "a second spelling");
        // Without the key nobody makes another signature, whatever is changed in this one.
        assert!(key != hardware || signature == own, "a changed signature holds");
    }
}

/// Public keys in every form, and signatures in every form.
pub fn phone_keys() -> Vec<Vec<u8>> {
    let (point, signature) = hardware();
    // What stands before the point in a SubjectPublicKeyInfo, as Android's key store writes it.
    let info = gatehouse_core::hex::decode("3059301306072a8648ce3d020106082a8648ce3d030107034200");
    let short = DeviceKey::from_public(&point).expect("own key").to_bytes();
    let plain: Vec<u8> = signature.to_bytes().to_vec();
    let proof = ed25519_dalek::Signer::sign(&Signer::Phone.secret(), MESSAGE);
    vec![
        Signer::Phone.public().as_bytes().to_vec(),
        [info.expect("hex"), point.clone()].concat(),
        point,
        short,
        der(&plain),
        plain,
        proof.to_bytes().to_vec(),
    ]
}

/// r and s as DER writes them.
fn der(signature: &[u8]) -> Vec<u8> {
    let integer = |number: &[u8]| {
        let pad = usize::from(number[0] >= 0x80);
        let length = u8::try_from(number.len() + pad).expect("short");
        [&[2, length], &[0][..pad], number].concat()
    };
    let both = [integer(&signature[..32]), integer(&signature[32..])].concat();
    [&[0x30, u8::try_from(both.len()).expect("short")], both.as_slice()].concat()
}
