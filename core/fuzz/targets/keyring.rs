//! The organisation that all targets belong to.

use ed25519_dalek::SigningKey;
use gatehouse_core::{
    envelope::PublicKey,
    id::{DeviceId, OrgCode},
    keys::{Key, KeySet},
    time::UnixSeconds,
};

pub const NOW: u64 = 1_790_000_000;
pub const DEVICE: DeviceId = DeviceId([8; 16]);

/// Who signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signer {
    Root = 1,
    Passes = 2,
    Packs = 3,
    /// A member's phone.
    Phone = 4,
    Journal = 5,
}

impl Signer {
    pub fn secret(self) -> SigningKey {
        SigningKey::from_bytes(&[self as u8; 32])
    }

    pub fn public(self) -> PublicKey {
        PublicKey::from(&self.secret())
    }
}

pub fn at(seconds: u64) -> UnixSeconds {
    UnixSeconds::new(seconds).expect("before the year 10000")
}

pub fn org() -> OrgCode {
    "oak".parse().expect("a code")
}

pub fn keys() -> KeySet {
    let key = |signer: Signer| Key {
        public: signer.public(),
        not_before: UnixSeconds::EPOCH,
        not_after: UnixSeconds::MAX,
        signs_passes: signer == Signer::Passes,
        signs_packs: signer == Signer::Packs,
    };
    let mut keys = vec![key(Signer::Passes), key(Signer::Packs)];
    keys.sort_by_key(|key| key.public.id());
    let (issued_at, expires) = (at(NOW - 500), at(NOW + 500));
    KeySet { org: org(), version: 3, issued_at, expires, keys, next_root: None }
}
