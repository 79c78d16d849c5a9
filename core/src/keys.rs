//! The key set: which keys an organisation signs with, when, and for what. Phones pin its root.

use crate::{
    cbor::{CborError, Reader, Writer},
    envelope::{self, Envelope, KeyId, PublicKey, Purpose},
    id::{Digest32, OrgCode},
    time::UnixSeconds,
};
use ed25519_dalek::SigningKey;

/// Why a key set is refused. All but rollback share the stable code `keys_invalid`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeysError {
    /// Not a key set of the format.
    #[error("not a key set")]
    Malformed(#[from] CborError),
    /// The root is not the pinned one.
    #[error("the key set's root is not the pinned one")]
    WrongRoot,
    /// The signature does not hold.
    #[error("the key set's signature does not hold")]
    BadSignature,
    /// Of another organisation than the phone is enrolled with.
    #[error("the key set is another organisation's")]
    WrongOrg,
    /// Older than the one in use.
    #[error("the key set is older than the one in use")]
    Rollback,
    /// As old as the one in use, with other content.
    #[error("two key sets carry the same version")]
    Conflict,
}

/// What a key may sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyPurpose {
    /// Passes, device certificates of members included.
    Passes,
    /// Gate packs, journal device certificates and receipts.
    Packs,
}

/// One signing key of an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The key.
    pub public: PublicKey,
    /// First second in which it signs.
    pub not_before: UnixSeconds,
    /// First second in which it signs no more.
    pub not_after: UnixSeconds,
    /// Whether it signs passes.
    pub signs_passes: bool,
    /// Whether it signs packs.
    pub signs_packs: bool,
}

impl Key {
    /// Whether the key may sign for `purpose`.
    #[must_use]
    pub const fn allows(&self, purpose: KeyPurpose) -> bool {
        match purpose {
            KeyPurpose::Passes => self.signs_passes,
            KeyPurpose::Packs => self.signs_packs,
        }
    }

    /// Whether the key signs at `time`.
    #[must_use]
    pub fn signs_at(&self, time: UnixSeconds) -> bool {
        self.not_before <= time && time < self.not_after
    }
}

/// How old a key set is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeysAge {
    /// Before its `expires`.
    Fresh,
    /// Past `expires`: at best CAUTION.
    Stale,
    /// Past `expires` by its own lifetime again: denied where policy says so.
    Expired,
}

/// An organisation's keys, verified against the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeySet {
    /// Whose keys.
    pub org: OrgCode,
    /// Rises with every change.
    pub version: u64,
    /// When it was issued.
    pub issued_at: UnixSeconds,
    /// When it becomes stale.
    pub expires: UnixSeconds,
    /// Keys by ascending id, each once.
    pub keys: Vec<Key>,
    /// SHA-256 of the next root's public key: a higher version by that root moves the pin.
    pub next_root: Option<Digest32>,
}

impl KeySet {
    /// Reads and verifies a key set by its root.
    ///
    /// # Errors
    /// Anything that breaks the format, and a signature that is not the root's.
    pub fn open(bytes: &[u8], root: &PublicKey) -> Result<Self, KeysError> {
        let envelope = Envelope::parse(bytes)?;
        if !envelope.verify(Purpose::Keys, root) {
            return Err(KeysError::BadSignature);
        }
        Ok(Reader::whole(envelope.payload, Self::read)?)
    }

    /// Takes over a newer key set in place of the current one and its bytes, as a phone does: the root must be the
    /// pinned one or the announced next.
    /// Gives the set and the pin from now on.
    ///
    /// # Errors
    /// As [`Self::open`]; another root or organisation; a lower version; the same version with other content.
    pub fn succeed(
        current: Option<(&Self, &[u8])>,
        pin: Digest32,
        bytes: &[u8],
        root: &PublicKey,
    ) -> Result<(Self, Digest32), KeysError> {
        let digest = root.digest();
        let announced = current.and_then(|(set, _)| set.next_root);
        if digest != pin && Some(digest) != announced {
            return Err(KeysError::WrongRoot);
        }
        let next = Self::open(bytes, root)?;
        if let Some((current, held)) = current {
            if next.org != current.org {
                return Err(KeysError::WrongOrg);
            }
            if next.version < current.version || (digest != pin && next.version == current.version) {
                return Err(KeysError::Rollback);
            }
            if next.version == current.version && bytes != held {
                return Err(KeysError::Conflict);
            }
        }
        Ok((next, digest))
    }

    /// The payload and signature of this set by the root.
    #[must_use]
    pub fn sign(&self, root: &SigningKey) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.map(5 + usize::from(self.next_root.is_some()));
        writer.uint(1).text(self.org.as_str()).uint(2).uint(self.version);
        writer.uint(3).uint(self.issued_at.get()).uint(4).uint(self.expires.get());
        writer.uint(5).array(self.keys.len());
        for key in &self.keys {
            writer.map(5).uint(1).bytes(&key.public.id().0).uint(2).bytes(key.public.as_bytes());
            writer.uint(3).uint(key.not_before.get()).uint(4).uint(key.not_after.get()).uint(5);
            writer.array(usize::from(key.signs_passes) + usize::from(key.signs_packs));
            if key.signs_passes {
                writer.uint(1);
            }
            if key.signs_packs {
                writer.uint(2);
            }
        }
        if let Some(next_root) = self.next_root {
            writer.uint(6).bytes(next_root.as_bytes());
        }
        envelope::sign(Purpose::Keys, root, &writer.finish())
    }

    /// The one key that `id` names.
    #[must_use]
    pub fn key(&self, id: KeyId) -> Option<&Key> {
        let index = self.keys.binary_search_by_key(&id, |key| key.public.id()).ok()?;
        self.keys.get(index)
    }

    /// How old the set is at `now`.
    #[must_use]
    pub fn age(&self, now: UnixSeconds) -> KeysAge {
        if now < self.expires {
            KeysAge::Fresh
        } else if now.since(self.expires) < self.expires.since(self.issued_at) {
            KeysAge::Stale
        } else {
            KeysAge::Expired
        }
    }

    /// Verifies an envelope by a key of this set with the right purpose, valid at a time that the payload names.
    /// For everything but passes, whose failures have codes of their own.
    pub(crate) fn verify_packed<T>(
        &self,
        envelope: &Envelope<'_>,
        purpose: Purpose,
        read: impl FnOnce(&mut Reader<'_>) -> Result<T, CborError>,
        signed_at: impl FnOnce(&T) -> UnixSeconds,
    ) -> Option<T> {
        let key = self.key(envelope.key_id).filter(|key| key.allows(KeyPurpose::Packs))?;
        if !envelope.verify(purpose, &key.public) {
            return None;
        }
        Reader::whole(envelope.payload, read).ok().filter(|value| key.signs_at(signed_at(value)))
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, CborError> {
        reader.map(|map| {
            map.expect_key(1)?;
            let org = org(map)?;
            map.expect_key(2)?;
            let version = map.uint()?;
            map.expect_key(3)?;
            let issued_at = time(map)?;
            map.expect_key(4)?;
            let expires = time(map)?;
            map.expect_key(5)?;
            let keys = map.array(|reader, count| {
                let mut keys: Vec<Key> = Vec::new();
                for _ in 0..count {
                    let key = Self::read_key(reader)?;
                    if keys.last().is_some_and(|last| last.public.id() >= key.public.id()) {
                        return Err(CborError::Unexpected);
                    }
                    keys.push(key);
                }
                Ok(keys)
            })?;
            let next_root = match map.next_uint_key()? {
                None => None,
                Some(6) => Some(Digest32(map.array_of()?)),
                Some(_) => return Err(CborError::Unexpected),
            };
            if keys.is_empty() || issued_at >= expires {
                return Err(CborError::Unexpected);
            }
            Ok(Self { org, version, issued_at, expires, keys, next_root })
        })
    }

    fn read_key(reader: &mut Reader<'_>) -> Result<Key, CborError> {
        reader.map(|map| {
            let (mut id, mut public, mut not_before, mut not_after, mut purposes) =
                (None, None, None, None, None);
            while let Some(key) = map.next_uint_key()? {
                match key {
                    1 => id = Some(KeyId(map.array_of()?)),
                    2 => public = Some(PublicKey::new(map.array_of()?)),
                    3 => not_before = Some(time(map)?),
                    4 => not_after = Some(time(map)?),
                    5 => {
                        purposes = Some(map.array(|reader, count| match count {
                            1 => match reader.uint()? {
                                1 => Ok((true, false)),
                                2 => Ok((false, true)),
                                _ => Err(CborError::Unexpected),
                            },
                            2 if (reader.uint()?, reader.uint()?) == (1, 2) => Ok((true, true)),
                            _ => Err(CborError::Unexpected),
                        })?);
                    }
                    _ => return Err(CborError::Unexpected),
                }
            }
            match (id, public, not_before, not_after, purposes) {
                (
                    Some(id),
                    Some(public),
                    Some(not_before),
                    Some(not_after),
                    Some((signs_passes, signs_packs)),
                ) if id == public.id() && not_before < not_after => {
                    Ok(Key { public, not_before, not_after, signs_passes, signs_packs })
                }
                _ => Err(CborError::Unexpected),
            }
        })
    }
}

/// A time of the formats.
pub(crate) fn time(reader: &mut Reader<'_>) -> Result<UnixSeconds, CborError> {
    UnixSeconds::new(reader.uint()?).ok_or(CborError::Unexpected)
}

/// An organisation's code.
pub(crate) fn org(reader: &mut Reader<'_>) -> Result<OrgCode, CborError> {
    reader.text()?.parse().map_err(|_| CborError::Unexpected)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(version: u64, root: &SigningKey, next: Option<&SigningKey>) -> Vec<u8> {
        let key = Key {
            public: PublicKey::from(&SigningKey::from_bytes(&[9; 32])),
            not_before: UnixSeconds::EPOCH,
            not_after: UnixSeconds::MAX,
            signs_passes: true,
            signs_packs: true,
        };
        KeySet {
            org: "oak".parse().unwrap(),
            version,
            issued_at: UnixSeconds::new(100).unwrap(),
            expires: UnixSeconds::new(200).unwrap(),
            keys: vec![key],
            next_root: next.map(|key| PublicKey::from(key).digest()),
        }
        .sign(root)
    }

    #[test]
    fn a_phone_follows_announced_roots_only_and_never_back() {
        let (first, second, stranger) = (
            SigningKey::from_bytes(&[1; 32]),
            SigningKey::from_bytes(&[2; 32]),
            SigningKey::from_bytes(&[3; 32]),
        );
        let pin = PublicKey::from(&first).digest();
        let take = |current: Option<&KeySet>, pin, bytes: &[u8], root: &SigningKey| {
            let held = set(1, &first, Some(&second));
            KeySet::succeed(current.map(|set| (set, held.as_slice())), pin, bytes, &PublicKey::from(root))
        };
        let (one, pin) = take(None, pin, &set(1, &first, Some(&second)), &first).unwrap();
        assert_eq!(take(Some(&one), pin, &set(2, &stranger, None), &stranger), Err(KeysError::WrongRoot));
        assert_eq!(take(None, pin, &set(2, &second, None), &second), Err(KeysError::WrongRoot));
        assert_eq!(take(Some(&one), pin, &set(1, &first, None), &first), Err(KeysError::Conflict));
        assert_eq!(take(Some(&one), pin, &set(0, &first, None), &first), Err(KeysError::Rollback));
        assert_eq!(take(Some(&one), pin, &set(1, &second, None), &second), Err(KeysError::Rollback));
        let (two, moved) = take(Some(&one), pin, &set(2, &second, None), &second).unwrap();
        assert_eq!(moved, PublicKey::from(&second).digest());
        assert_eq!(take(Some(&two), moved, &set(3, &first, None), &first), Err(KeysError::WrongRoot));
    }

    #[test]
    fn age_counts_from_expires() {
        let root = SigningKey::from_bytes(&[1; 32]);
        let set = KeySet::open(&set(1, &root, None), &PublicKey::from(&root)).unwrap();
        let at = |seconds| set.age(UnixSeconds::new(seconds).unwrap());
        assert_eq!(
            (at(199), at(200), at(299), at(300)),
            (KeysAge::Fresh, KeysAge::Stale, KeysAge::Stale, KeysAge::Expired)
        );
    }
}
