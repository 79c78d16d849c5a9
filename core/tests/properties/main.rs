//! What holds for every code, pack, key set and journal, not only for the examples in the vectors.
//!
//! `GATEHOUSE_FULL=1` runs ten times as many cases. `PROPTEST_RNG_SEED=N` repeats a run.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

#[cfg(feature = "device")]
mod chance;
mod codes;
mod decisions;
mod formats;
#[cfg(feature = "faults")]
mod fuzz;
mod hostile;
mod journals;
mod packs;
#[cfg(feature = "device")]
mod screens;
#[cfg(feature = "device")]
mod screens_member;
#[cfg(feature = "device")]
mod told;
#[cfg(feature = "device")]
mod wallet;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use ed25519_dalek::SigningKey;
use gatehouse_core::{
    base45,
    cbor::Value,
    decision::{
        Check, Code, Decision, Evidence, OnlineAnswer, Outcome, PastUses, Verdict, code_digest, decide,
    },
    envelope::{self, Envelope, KeyId, PublicKey, Purpose},
    gatepack::{
        Ban, Content, Delta, ExpectedVisit, GatePack, GuardRecord, List, PackError, PhotoPolicy, Policy,
        RevokedBuilder, Section, SiteRecord, expected, prefix,
    },
    hex,
    id::{DeviceId, Digest32, EntryId, OrgCode, PersonId, ShiftId, SiteNumber, SubjectId, TokenId},
    journal::{
        Actor, Body, DeviceCertificate, EnrolRequest, Entry, EntryKey, EntryKind, Export, Head, Personal,
        Receipt, ScanBody, SignedEntry, verify_export,
    },
    keys::{Key, KeySet},
    pass::{
        self, Claims, DeviceKey, Kind, Name, NewPass, PREFIX, PassError, mint_proof, proof_message,
        sign_proof,
    },
    place::{Fix, Geofence, GeofenceRule, Whereabouts},
    time::{Now, UnixMillis, UnixSeconds},
    wire::{EnrolmentCode, VerifyAnswer},
};
use p256::ecdsa::{Signature, signature::Signer};
use proptest::{collection::vec, option, prelude::*, sample::Index};
use serde_json::json;

use self::{codes::*, decisions::*, journals::*};

const NOW: u64 = 1_790_000_000;
/// Longest text that a legal pass can have.
const LONGEST_TEXT: usize = 685;

fn cases(usual: u32) -> ProptestConfig {
    let full = std::env::var_os("GATEHOUSE_FULL").is_some();
    let cases = if full { usual * 10 } else { usual };
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn at(seconds: u64) -> UnixSeconds {
    UnixSeconds::new(seconds).expect("before the year 10000")
}

fn around_now(offset: i64) -> UnixSeconds {
    at(NOW.saturating_add_signed(offset))
}

fn site(number: u32) -> SiteNumber {
    SiteNumber::new(number.into()).expect("not 0")
}

fn org() -> OrgCode {
    "oak".parse().expect("a code")
}

fn secret(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number; 32])
}

const ROOT: u8 = 1;
const PASSES: u8 = 2;
const PACKS: u8 = 3;
const PHONE: u8 = 4;
const JOURNAL: u8 = 5;

fn public(number: u8) -> PublicKey {
    PublicKey::from(&secret(number))
}

/// Two keys, fresh until `expires`.
fn key_set(expires: UnixSeconds) -> KeySet {
    let key = |number, signs_passes| Key {
        public: public(number),
        not_before: UnixSeconds::EPOCH,
        not_after: UnixSeconds::MAX,
        signs_passes,
        signs_packs: !signs_passes,
    };
    let mut keys = vec![key(PASSES, true), key(PACKS, false)];
    keys.sort_by_key(|key| key.public.id());
    KeySet { org: org(), version: 3, issued_at: expires.minus(1_000), expires, keys, next_root: None }
}

fn keys() -> KeySet {
    key_set(at(NOW + 500))
}
