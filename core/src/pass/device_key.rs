//! The public key of a member's phone, and signatures by it.

use p256::ecdsa::{Signature, VerifyingKey, signature::Verifier};

use crate::envelope::PublicKey;

/// The public key of a member's phone, as a device certificate carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceKey {
    /// Ed25519 (a COSE OKP key).
    Ed25519([u8; 32]),
    /// P-256, compressed (a COSE EC2 key): what hardware on both platforms offers.
    P256 {
        /// The x coordinate.
        x: [u8; 32],
        /// Whether y is odd.
        y_odd: bool,
    },
}

/// What stands before the uncompressed point in a SubjectPublicKeyInfo of a P-256 key (RFC 5480), which is how
/// Android's key store gives public keys away.
const P256_INFO: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86,
    0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

impl DeviceKey {
    /// Reads a public key in whichever form a platform gives it: the 32 bytes of an Ed25519 key; for P-256 a SEC1
    /// point of 33 or 65 bytes, or that point in a SubjectPublicKeyInfo. Nothing if it is no key that can be used.
    #[must_use]
    pub fn from_public(bytes: &[u8]) -> Option<Self> {
        if let Ok(key) = <[u8; 32]>::try_from(bytes) {
            return PublicKey::new(key).is_usable().then_some(Self::Ed25519(key));
        }
        let point = bytes.strip_prefix(&P256_INFO).unwrap_or(bytes);
        let key = VerifyingKey::from_sec1_bytes(point).ok()?;
        let point = key.to_sec1_point(true);
        let (tag, x) = point.as_bytes().split_first()?;
        Some(Self::P256 { x: x.try_into().ok()?, y_odd: *tag == 3 })
    }

    /// The key in its shortest form: 32 bytes of Ed25519, or the compressed SEC1 point of P-256 in 33.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        match self {
            Self::Ed25519(key) => key.to_vec(),
            Self::P256 { x, y_odd } => [&[2 + u8::from(*y_odd)], x.as_slice()].concat(),
        }
    }

    /// Whether a signature over `message` holds: Ed25519 under the strict rules, or ES256 as r and s with s low. A
    /// high s would be a second spelling of the same signature.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        match self {
            Self::Ed25519(key) => PublicKey::new(*key).verifies(message, signature),
            Self::P256 { .. } => {
                let key = VerifyingKey::from_sec1_bytes(&self.to_bytes());
                let (Ok(key), Ok(signature)) = (key, Signature::from_slice(signature)) else { return false };
                signature.normalize_s() == signature && key.verify(message, &signature).is_ok()
            }
        }
    }

    /// The signature over `message` in the one form that codes carry, from what a platform made: Ed25519's 64 bytes,
    /// or ES256 as r and s or as DER, with s high or low. Nothing if it does not hold, whatever its form.
    #[must_use]
    pub fn signature_of(&self, message: &[u8], made: &[u8]) -> Option<[u8; 64]> {
        let plain = <[u8; 64]>::try_from(made).ok();
        if let Self::Ed25519(_) = self {
            return plain.filter(|signature| self.verifies(message, signature));
        }
        // 64 bytes may be r and s or, once in a very long while, DER: whichever holds is meant.
        let candidates = [plain, r_and_s(made)];
        candidates.into_iter().flatten().find_map(|candidate| {
            let low: [u8; 64] = Signature::from_slice(&candidate).ok()?.normalize_s().to_bytes().into();
            self.verifies(message, &low).then_some(low)
        })
    }
}

/// r and s out of a DER-encoded ECDSA signature (RFC 3279, section 2.2.3).
fn r_and_s(der: &[u8]) -> Option<[u8; 64]> {
    let (r, rest) = integer(sequence(der)?)?;
    let (s, rest) = integer(rest)?;
    let mut both = [0; 64];
    let (left, right) = both.split_at_mut(32);
    left.copy_from_slice(&r);
    right.copy_from_slice(&s);
    rest.is_empty().then_some(both)
}

fn sequence(der: &[u8]) -> Option<&[u8]> {
    // Two integers of at most 33 bytes: the length is always one byte.
    let (header, content) = der.split_first_chunk::<2>()?;
    (*header == [0x30, u8::try_from(content.len()).ok()?] && content.len() < 0x80).then_some(content)
}

fn integer(der: &[u8]) -> Option<([u8; 32], &[u8])> {
    let ([tag, length], rest) = der.split_first_chunk::<2>()?;
    let (digits, rest) = rest.split_at_checked((*length).into())?;
    // A zero in front keeps a large number from looking negative.
    let digits = digits.strip_prefix(&[0]).unwrap_or(digits);
    let mut number = [0; 32];
    let start = 32_usize.checked_sub(digits.len())?;
    number.get_mut(start..)?.copy_from_slice(digits);
    (*tag == 0x02).then_some((number, rest))
}

#[cfg(test)]
mod tests {
    use p256::ecdsa::{SigningKey, signature::Signer};

    use super::*;

    fn der_integer(digits: &[u8]) -> Vec<u8> {
        let start = digits.iter().position(|digit| *digit != 0).unwrap_or(digits.len() - 1);
        let digits = &digits[start..];
        let pad: &[u8] = if digits[0] >= 0x80 { &[0] } else { &[] };
        let length = u8::try_from(pad.len() + digits.len()).expect("short");
        [&[2, length], pad, digits].concat()
    }

    fn der(signature: &[u8; 64]) -> Vec<u8> {
        let content = [der_integer(&signature[..32]), der_integer(&signature[32..])].concat();
        [&[0x30, u8::try_from(content.len()).expect("short")], content.as_slice()].concat()
    }

    #[test]
    fn every_form_of_a_platforms_key_and_signature_comes_out_the_same() {
        for seed in 1..40_u8 {
            let key = SigningKey::from_slice(&[seed; 32]).expect("a key");
            let point = key.verifying_key().to_sec1_point(false);
            let info = [P256_INFO.as_slice(), point.as_bytes()].concat();
            let device = DeviceKey::from_public(point.as_bytes()).expect("uncompressed");
            assert_eq!(DeviceKey::from_public(&info), Some(device));
            assert_eq!(DeviceKey::from_public(&device.to_bytes()), Some(device));

            let message = [seed; 7];
            let signature: Signature = key.sign(&message);
            let low = signature.normalize_s();
            let (r, s) = low.split_scalars();
            let high = Signature::from_scalars(r, -*s).expect("the other spelling");
            let low: [u8; 64] = low.to_bytes().into();
            let high: [u8; 64] = high.to_bytes().into();
            assert!(device.verifies(&message, &low) && !device.verifies(&message, &high));
            for made in [low.to_vec(), high.to_vec(), der(&low), der(&high)] {
                assert_eq!(device.signature_of(&message, &made), Some(low));
                assert_eq!(device.signature_of(b"another", &made), None);
                assert_eq!(device.signature_of(&message, &made[1..]), None);
            }
        }
    }

    #[test]
    fn what_is_no_key_is_none() {
        // A point of small order, an x above the prime, no point's tag, a point off the curve.
        let above = [[2].as_slice(), &[0xff; 32]].concat();
        for bytes in [&[][..], &[0; 32], &above, &[0xff; 33], &[4; 65], &[0; 91]] {
            assert_eq!(DeviceKey::from_public(bytes), None, "{bytes:?}");
        }
    }
}
