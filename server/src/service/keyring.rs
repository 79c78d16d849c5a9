//! An organisation's signing keys, unsealed, and its current key set.

use std::sync::{Arc, PoisonError};

use ed25519_dalek::SigningKey;
use gatehouse_core::{
    envelope::PublicKey,
    id::OrgCode,
    keys::{Key, KeyPurpose, KeySet},
    time::{UnixMillis, UnixSeconds},
    wire::KeysAnswer,
};

use super::{Service, ServiceError};
use crate::{
    secrets::{Master, random},
    store::{OrgId, StoreError, Tx, keys, keys::Purpose, organisation},
};

/// How long a key set is good for. Seconds.
const SET_LIFE_S: u64 = 30 * 86_400;
/// Age from which on a new key set is issued. Seconds.
const SET_RENEWED_S: u64 = 86_400;
/// How long a key signs. Seconds.
const KEY_LIFE_S: u64 = 2 * 365 * 86_400;
/// The longest life of a pass, an invitation's. Seconds.
const LONGEST_PASS_S: u64 = 400 * 86_400;
/// How long before its making a key counts as valid, so that a clock slightly behind agrees. Seconds.
const KEY_EARLIER_S: u64 = 300;

/// What signs for an organisation.
pub struct Keyring {
    /// Whose.
    pub org: OrgCode,
    /// The root's public key.
    pub root: PublicKey,
    /// The key set.
    pub set: KeySet,
    /// Its envelope.
    pub envelope: Vec<u8>,
    signers: Vec<(Key, SigningKey)>,
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keyring({}, version {})", self.org, self.set.version)
    }
}

impl Keyring {
    /// The key that signs for `purpose` at `time`.
    ///
    /// # Errors
    /// No key of that purpose is valid then.
    pub fn signer(&self, purpose: KeyPurpose, time: UnixSeconds) -> Result<&SigningKey, ServiceError> {
        let fits = |key: &Key| key.allows(purpose) && key.signs_at(time);
        let found = self.signers.iter().find(|(key, _)| fits(key)).map(|(_, signer)| signer);
        found.ok_or_else(|| ServiceError::Core("no signing key is valid at this time".to_owned()))
    }

    /// The root and the key set at the server's time `now`, as phones fetch them.
    #[must_use]
    pub fn answer(&self, now: UnixMillis) -> KeysAnswer {
        KeysAnswer { root: *self.root.as_bytes(), keys: self.envelope.clone(), server_time: Some(now) }
    }
}

fn context(org: OrgId, public: &[u8; 32]) -> Vec<u8> {
    [b"signing key".as_slice(), &org.get().to_be_bytes(), public].concat()
}

/// Makes the keys of a new organisation and its first key set.
pub(super) fn create(tx: &Tx<'_>, master: &Master, org: OrgId, now: UnixSeconds) -> Result<(), ServiceError> {
    for purpose in [Purpose::Root, Purpose::Passes, Purpose::Packs] {
        add_key(tx, master, org, purpose, now.minus(KEY_EARLIER_S))?;
    }
    load(tx, master, org, now).map(|_| ())
}

fn add_key(
    tx: &Tx<'_>,
    master: &Master,
    org: OrgId,
    purpose: Purpose,
    not_before: UnixSeconds,
) -> Result<(), ServiceError> {
    let taken: Vec<_> = keys::list(tx, org)?.iter().map(|key| PublicKey::new(key.public).id()).collect();
    let key = loop {
        let key = SigningKey::from_bytes(&random()?);
        // A key set names keys by four bytes, and none twice.
        if !taken.contains(&PublicKey::from(&key).id()) {
            break key;
        }
    };
    let public = key.verifying_key().to_bytes();
    let sealed = Some(master.seal(&context(org, &public), key.as_bytes())?);
    let not_after = not_before.plus(KEY_LIFE_S);
    Ok(keys::add(tx, org, &keys::StoredKey { public, sealed, purpose, not_before, not_after })?)
}

/// Destroys what signs no more, and has the next key ready in time: published for as long as a key set lives before it
/// signs, so that every phone that goes by a fresh set knows it. Whether there is a new one.
fn rotate(tx: &Tx<'_>, master: &Master, org: OrgId, now: UnixSeconds) -> Result<bool, ServiceError> {
    keys::destroy_over(tx, org, now)?;
    let mut rotated = false;
    for purpose in [Purpose::Passes, Purpose::Packs] {
        let known = keys::list(tx, org)?;
        let last = known.iter().filter(|key| key.purpose == purpose).map(|key| key.not_after).max();
        let last = last.unwrap_or(UnixSeconds::EPOCH);
        let signs = |key: &keys::StoredKey| {
            key.purpose == purpose && key.sealed.is_some() && key.not_before <= now && now < key.not_after
        };
        if !known.iter().any(signs) {
            // The first, or all that there were are over, or a clock that was far ahead left only keys of later.
            add_key(tx, master, org, purpose, now.minus(KEY_EARLIER_S))?;
            rotated = true;
            continue;
        }
        if last > now.plus(2 * SET_LIFE_S) {
            continue;
        }
        add_key(tx, master, org, purpose, last.min(now.plus(SET_LIFE_S)))?;
        rotated = true;
    }
    Ok(rotated)
}

/// Whether something that a key signed may still be looked at: a pass while it lives, a journal's certificate and
/// receipts for ever.
fn is_listed(key: &keys::StoredKey, now: UnixSeconds) -> bool {
    match key.purpose {
        Purpose::Root => false,
        Purpose::Passes => now < key.not_after.plus(LONGEST_PASS_S),
        Purpose::Packs => true,
    }
}

/// Issues a new key set whatever the age of the last: the server's clock was set back, and phones follow it only by a
/// later word.
pub(super) fn renew(tx: &Tx<'_>, master: &Master, org: OrgId, now: UnixSeconds) -> Result<(), ServiceError> {
    load_or_issue(tx, master, org, now, true).map(drop)
}

/// Whether a key set is from today. One of later was issued by a clock that has been set back since.
fn is_recent(issued: UnixSeconds, now: UnixSeconds) -> bool {
    now.since(issued) < SET_RENEWED_S && issued <= now.plus(KEY_EARLIER_S)
}

/// Reads the keys, and issues a new key set where the newest is missing or a day old, or where there is a new key.
fn load(tx: &Tx<'_>, master: &Master, org: OrgId, now: UnixSeconds) -> Result<Keyring, ServiceError> {
    load_or_issue(tx, master, org, now, false)
}

fn load_or_issue(
    tx: &Tx<'_>,
    master: &Master,
    org: OrgId,
    now: UnixSeconds,
    anew: bool,
) -> Result<Keyring, ServiceError> {
    let code = organisation::get(tx, org)?.code;
    let rotated = rotate(tx, master, org, now)? || anew;
    let (mut root, mut signers, mut listed) = (None, Vec::new(), Vec::new());
    for stored in keys::list(tx, org)? {
        let key = Key {
            public: PublicKey::new(stored.public),
            not_before: stored.not_before,
            not_after: stored.not_after,
            signs_passes: stored.purpose == Purpose::Passes,
            signs_packs: stored.purpose == Purpose::Packs,
        };
        if is_listed(&stored, now) {
            listed.push(key.clone());
        }
        let Some(sealed) = &stored.sealed else { continue };
        let private = master.open(&context(org, &stored.public), sealed)?;
        let private = <[u8; 32]>::try_from(private).map_err(|_| StoreError::Corrupt("signing key"))?;
        let signer = SigningKey::from_bytes(&private);
        if stored.purpose == Purpose::Root {
            root = Some(signer);
        } else {
            signers.push((key, signer));
        }
    }
    let root = root.ok_or(StoreError::Corrupt("root key"))?;
    let public = PublicKey::from(&root);
    let newest = keys::newest_set(tx, org)?;
    let (envelope, set) = match newest {
        Some((_, issued, envelope)) if !rotated && is_recent(issued, now) => {
            let set = KeySet::open(&envelope, &public).map_err(|_| StoreError::Corrupt("key set"))?;
            (envelope, set)
        }
        older => {
            listed.sort_by_key(|key| key.public.id());
            let version = older.map_or(1, |(version, ..)| version + 1);
            let expires = now.plus(SET_LIFE_S);
            let set =
                KeySet { org: code.clone(), version, issued_at: now, expires, keys: listed, next_root: None };
            let envelope = set.sign(&root);
            keys::add_set(tx, org, version, now, &envelope)?;
            (envelope, set)
        }
    };
    Ok(Keyring { org: code, root: public, set, envelope, signers })
}

impl Service {
    /// The organisation's keys, with a key set that is not older than a day.
    ///
    /// # Errors
    /// The database's, and keys that cannot be unsealed.
    pub fn keyring(&self, org: OrgId) -> Result<Arc<Keyring>, ServiceError> {
        let now = self.clock.seconds();
        let cached = self.rings.lock().unwrap_or_else(PoisonError::into_inner).get(&org).cloned();
        if let Some(ring) = cached.filter(|ring| is_recent(ring.set.issued_at, now)) {
            return Ok(ring);
        }
        let store = self.store.clone();
        let ring = Arc::new(self.store.write(move |tx| load(tx, store.master(), org, now))?);
        self.rings.lock().unwrap_or_else(PoisonError::into_inner).insert(org, Arc::clone(&ring));
        Ok(ring)
    }
}
