use gatehouse_core::pass::DeviceKey;
use p256::ecdsa::{Signature, SigningKey, signature::Signer as _};

use super::keyring::Signer;

/// What the phones sign here.
pub const MESSAGE: &[u8] = b"what a phone signs";

/// The key of a phone with P-256 in hardware.
pub fn hardware_key() -> SigningKey {
    SigningKey::from_slice(&[6; 32]).expect("a key")
}

/// Its public key as an uncompressed point, and the one signature that it makes of [`MESSAGE`].
pub fn hardware() -> (Vec<u8>, Signature) {
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
