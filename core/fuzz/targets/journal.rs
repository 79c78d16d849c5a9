//! Entries, bodies, envelopes and exports of journals from anybody.

use gatehouse_core::{
    cbor::Value,
    envelope::{self, Purpose},
    id::{Digest32, EntryId},
    journal::{
        Body, Chain, ChainError, DeviceCertificate, EnrolRequest, Entry, EntryKey, EntryKind, Export,
        Personal, Receipt, SignedEntry, verify_export,
    },
    time::UnixSeconds,
};

use super::keyring::{DEVICE, Signer, keys, org};

/// The bytes as an entry's payload, as its body, and as an envelope.
pub fn entry(data: &[u8]) {
    let journal = Signer::Journal.public();
    if let Ok(signed) = SignedEntry::open(data, &journal) {
        assert_eq!(signed.entry.sign(&Signer::Journal.secret()).0, data, "a changed entry was taken");
    }
    let envelope = envelope::sign(Purpose::Entry, &Signer::Journal.secret(), data);
    let opened = SignedEntry::open(&envelope, &journal);
    assert_eq!(SignedEntry::open(&envelope, &Signer::Phone.public()), Err(ChainError::BadSignature));
    match (Entry::parse(data), opened) {
        (Ok(entry), Ok(signed)) => {
            assert_eq!((&entry, signed.hash), (&signed.entry, Digest32::of(data)));
            // Times past the year 9999 are cut when they are read.
            let last = UnixSeconds::MAX.get() * 1000 + 999;
            if entry.wall.get() < last && entry.trusted.is_none_or(|time| time.get() < last) {
                assert_eq!(entry.to_bytes(), data, "an entry has a second spelling");
            }
            let taken = Chain::new(entry.device).push(&signed).is_ok();
            assert_eq!(taken, entry.number == 1 && entry.previous == Digest32([0; 32]));
            assert_eq!(Chain::new(DEVICE).push(&signed).is_ok(), taken && entry.device == DEVICE);
            understand(&entry.body);
        }
        (Err(_), Err(_)) => {}
        both => panic!("payload and entry disagree: {both:?}"),
    }
    if let Ok(body @ Value::Map(_)) = Value::from_bytes(data) {
        understand(&body);
    }
}

/// What is read of a body is written so that it is read again as the same.
fn understand(value: &Value) {
    let key = EntryKey::new([0; 32]);
    for kind in (1..=10).filter_map(EntryKind::from_number) {
        let Some(body) = Body::from_value(kind, value) else { continue };
        assert_eq!(body.kind(), kind);
        let again = body.to_value(EntryId([9; 16]), &Personal::default(), &key, [3; 24]);
        assert_eq!(Body::from_value(kind, &again), Some(body));
    }
    let personal = Personal::from_value(value);
    let sealed = Body::WalkUp(super::examples::actor()).to_value(EntryId([9; 16]), &personal, &key, [3; 24]);
    assert_eq!(Body::personal(EntryId([9; 16]), &sealed, &key).unwrap_or_default(), personal);
    let _ = Body::personal(EntryId([9; 16]), value, &key);
}

/// The bytes as a sealed part: what opens was sealed with this key for this entry, to the byte.
pub fn sealed(data: &[u8]) {
    let (key, id) = (EntryKey::new([6; 32]), EntryId([9; 16]));
    if let Ok(map) = key.open(id, data) {
        let nonce = data.first_chunk().expect("a nonce");
        assert_eq!(key.seal(id, *nonce, &map), data, "a changed sealed part was opened");
        assert!(key.open(EntryId([1; 16]), data).is_err(), "opened for another entry");
        assert!(EntryKey::new([7; 32]).open(id, data).is_err(), "opened with another key");
    }
    if let Ok(map @ Value::Map(_)) = Value::from_bytes(data) {
        assert_eq!(key.open(id, &key.seal(id, [3; 24], &map)), Ok(map));
    }
}

/// The bytes as a device certificate, a receipt and a request to enrol, as they are and signed by who may.
pub fn certificate(data: &[u8]) {
    let (keys, packs, journal) = (keys(), Signer::Packs.secret(), Signer::Journal.secret());
    for bytes in [data.to_vec(), envelope::sign(Purpose::Device, &packs, data)] {
        if let Some(certificate) = DeviceCertificate::open(&bytes, &keys) {
            assert_eq!(certificate.sign(&packs), bytes, "a changed certificate was taken");
            assert_eq!(certificate.org, org());
        }
    }
    for bytes in [data.to_vec(), envelope::sign(Purpose::Receipt, &packs, data)] {
        if let Some(receipt) = Receipt::open(&bytes, &keys) {
            assert_eq!(receipt.sign(&packs), bytes, "a changed receipt was taken");
            assert_eq!(receipt.org, org());
        }
    }
    for bytes in [data.to_vec(), envelope::sign(Purpose::Enrol, &journal, data)] {
        if let Some(request) = EnrolRequest::open(&bytes) {
            assert_eq!(request.sign(&journal), bytes, "a changed request was taken");
        }
    }
    for wrong in [Signer::Passes, Signer::Root, Signer::Journal] {
        assert!(
            DeviceCertificate::open(&envelope::sign(Purpose::Device, &wrong.secret(), data), &keys).is_none()
        );
        assert!(Receipt::open(&envelope::sign(Purpose::Receipt, &wrong.secret(), data), &keys).is_none());
    }
}

/// The bytes as an export.
pub fn export(data: &[u8]) {
    let keys = keys();
    let bare = verify_export(data, None);
    let full = verify_export(data, Some(&keys));
    let lines = data.split(|byte| *byte == b'\n').count() as u64;
    match (&bare, &full) {
        (Ok(bare), Ok(full)) => {
            assert_eq!((bare.entries, bare.head), (full.entries, full.head));
            assert_eq!((bare.certified, bare.receipted), (None, None));
            assert!(full.receipted.is_some_and(|receipted| receipted <= full.entries));
            assert!(bare.entries < lines);
            // What is appended and no entry of this journal is noticed.
            let more = Export::entry(&envelope::sign(Purpose::Entry, &Signer::Root.secret(), b"\xa0"), None);
            let text = [data, if data.ends_with(b"\n") { b"" } else { b"\n" }, more.as_bytes()].concat();
            assert!(verify_export(&text, None).is_err(), "a stranger's entry was taken");
        }
        (Ok(_), Err(fault)) => {
            assert!(["bad_certificate", "bad_receipt"].contains(&fault.error), "{fault:?}");
            assert!((1..=lines).contains(&fault.line));
        }
        (Err(fault), other) => {
            assert!((1..=lines.max(1)).contains(&fault.line), "{fault:?}");
            let other = other.as_ref().expect_err("holds only with keys");
            assert!(other == fault || other.line < fault.line || other.error == "bad_certificate");
        }
    }
}
