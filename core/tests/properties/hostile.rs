//! Bytes from anybody: no panic, and no memory for what is merely promised.

use gatehouse_core::address::AddressNotice;

use super::*;

#[derive(Debug, Clone)]
pub enum Change {
    Set(Index, u8),
    Flip(Index, u8),
    Insert(Index, Vec<u8>),
    Cut(Index, Index),
    Copy(Index, Index),
    End(Index),
}

/// Heads of CBOR items that promise much, end early or are not deterministic, and what JSON is made of.
pub const TELLING: [u8; 32] = *b"\x00\x17\x18\x1b\x20\x3a\x40\x58\x5b\x5f\x60\x7b\x80\x84\x9b\x9f\
    \xa0\xa6\xbb\xbf\xc0\xf4\xf5\xf6\xf7\xf9\xff \"{\n:";

pub fn change() -> impl Strategy<Value = Change> {
    let byte = || prop_oneof![prop::sample::select(TELLING.to_vec()), any::<u8>()];
    prop_oneof![
        (any::<Index>(), byte()).prop_map(|(place, byte)| Change::Set(place, byte)),
        (any::<Index>(), 0..8u8).prop_map(|(place, bit)| Change::Flip(place, bit)),
        (any::<Index>(), vec(byte(), 1..20)).prop_map(|(place, bytes)| Change::Insert(place, bytes)),
        any::<(Index, Index)>().prop_map(|(from, to)| Change::Cut(from, to)),
        any::<(Index, Index)>().prop_map(|(from, to)| Change::Copy(from, to)),
        any::<Index>().prop_map(Change::End),
    ]
}

pub fn changed(bytes: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for change in changes {
        let length = bytes.len();
        let between = |one: &Index, other: &Index| {
            let (one, other) = (one.index(length), other.index(length));
            one.min(other)..one.max(other)
        };
        match change {
            _ if length == 0 => bytes.push(0),
            Change::Set(place, byte) => bytes[place.index(length)] = *byte,
            Change::Flip(place, bit) => bytes[place.index(length)] ^= 1 << bit,
            Change::Insert(place, more) => {
                let place = place.index(length);
                bytes.splice(place..place, more.iter().copied());
            }
            Change::Cut(from, to) => drop(bytes.drain(between(from, to))),
            Change::Copy(from, to) => bytes.extend_from_within(between(from, to)),
            Change::End(place) => bytes.truncate(place.index(length)),
        }
    }
    bytes
}

/// One good payload at least of each kind, the purpose that it is signed for, and who signs.
pub fn samples() -> Vec<(Purpose, u8, Vec<u8>)> {
    let member = Claims {
        name: Name::of("Zoë  Ångström\u{202e}"),
        sites: Some(vec![site(1), site(70_000)]),
        ..member()
    };
    let certificate = Claims { kind: Kind::Device(p256_key(1).1), ..member.clone() };
    let listed =
        Listed { lists: LISTS.map(|list| (list, true)).to_vec(), superseded: Some((9, true)), banned: true };
    let content = Content {
        sites: Section::build([vec![Value::Uint(1), "North".into(), "UTC".into(), Value::Null]]),
        policy: Some(Policy::default().to_value()),
        ..listed.content(&member)
    };
    let personal = Personal { name: Some("Ada".to_owned()), ..Personal::default() };
    let journal = Journal::of(&[(Body::WalkUp(actor()), personal)]);
    let key = *public(JOURNAL).as_bytes();
    let device = DeviceCertificate { org: org(), device: DEVICE, key, enrolled_at: at(NOW) };
    let request = EnrolRequest { org: org(), code_hash: Digest32([1; 32]), key, time: at(NOW) };
    let address = AddressNotice { org: org(), url: "https://gate.example".to_owned(), issued_at: at(NOW) };
    let samples = [
        (Purpose::Pass, PASSES, signed_pass(&member)),
        (Purpose::Pass, PASSES, signed_pass(&certificate)),
        (Purpose::Keys, ROOT, keys().sign(&secret(ROOT))),
        (Purpose::Pack, PACKS, pack(content, at(NOW), (9, 9)).sign(&secret(PACKS))),
        (Purpose::Entry, JOURNAL, journal.entries[0].1.clone()),
        (Purpose::Device, PACKS, device.sign(&secret(PACKS))),
        (Purpose::Receipt, PACKS, journal.receipt()),
        (Purpose::Enrol, JOURNAL, request.sign(&secret(JOURNAL))),
        (Purpose::Address, PACKS, address.sign(&secret(PACKS))),
    ];
    let payload = |bytes: &[u8]| Envelope::parse(bytes).expect("own envelope").payload.to_vec();
    samples.iter().map(|(purpose, signer, bytes)| (*purpose, *signer, payload(bytes))).collect()
}

/// Every reader of what comes from outside gets the bytes. None may panic, whatever it makes of them.
pub fn read_by_all(bytes: &[u8], keys: &KeySet) {
    if let Ok(value) = Value::from_bytes(bytes) {
        assert_eq!(value.to_bytes(), bytes, "a second spelling was accepted");
    }
    let _ = Envelope::parse(bytes);
    let _ = Claims::parse(bytes);
    let _ = Content::parse(bytes);
    let _ = EntryKey::new([0; 32]).open(EntryId([0; 16]), bytes);
    if let Ok(entry) = Entry::parse(bytes) {
        for kind in (1..=10).filter_map(EntryKind::from_number) {
            let _ = Body::from_value(kind, &entry.body);
        }
        let _ = Personal::from_value(&entry.body);
        let _ = Body::personal(entry.id, &entry.body, &EntryKey::new([0; 32]));
    }
    if let Ok(pack) = GatePack::open(bytes, keys) {
        let content = &pack.content;
        let _ = (content.policy(), content.site_list(), content.ban(SubjectId([2; 16])));
        let _ = (content.guard(PersonId([1; 16])), content.invitation(SubjectId([2; 16])));
    }
    let _ = KeySet::open(bytes, &public(ROOT));
    let _ = SignedEntry::open(bytes, &public(JOURNAL));
    let _ = DeviceCertificate::open(bytes, keys);
    let _ = Receipt::open(bytes, keys);
    let _ = EnrolRequest::open(bytes);
    let _ = pass::open(&format!("{PREFIX}{}", base45::encode(bytes)), keys);
    let _ = verify_export(bytes, Some(keys));
    let _ = serde_json::from_slice::<VerifyAnswer>(bytes);
    let text = String::from_utf8_lossy(bytes);
    if let Some(decoded) = base45::decode(&text) {
        assert_eq!(base45::encode(&decoded), text, "a second spelling was accepted");
    }
    let _ = (hex::decode(&text), pass::open(&text, keys), EnrolmentCode::parse(&text), Name::of(&text));
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn no_reader_panics(
        sample in any::<Index>(),
        proof: bool,
        inside in vec(change(), 0..4),
        outside in vec(change(), 1..4),
    ) {
        let (keys, samples) = (keys(), samples());
        // Changed within and then signed by the right key, so that the readers behind the signature meet it, too.
        let (purpose, signer, payload) = sample.get(&samples);
        let payload = changed(payload, &inside);
        let envelope = envelope::sign(*purpose, &secret(*signer), &payload);
        let code = if proof {
            mint_proof(&envelope, at(NOW), &p256_proof(&p256_key(1).0, &envelope, at(NOW)))
        } else {
            format!("{PREFIX}{}", base45::encode(&envelope))
        };
        let head = Export::head(DEVICE, public(JOURNAL).as_bytes(), Some(&envelope));
        let entry = Export::entry(&envelope, Some(&EntryKey::new([0; 32])));
        let export = text(&[head, entry, Export::receipt(&envelope)]);
        let root = Digest32::of(&payload);
        let code_text = hex::encode(&payload);
        let enrolment = EnrolmentCode { url: "https://gate.example".to_owned(), org: org(), code: code_text, root };
        for bytes in [payload, envelope, code.into_bytes(), export, enrolment.to_text().into_bytes()] {
            read_by_all(&bytes, &keys);
            read_by_all(&changed(&bytes, &outside), &keys);
        }
    }

    #[test]
    fn no_reader_panics_at_noise(bytes in vec(any::<u8>(), 0..300), text in "\\PC{0,80}") {
        read_by_all(&bytes, &keys());
        read_by_all(text.as_bytes(), &keys());
    }
}

/// Otherwise the changed samples would prove little.
#[test]
fn unchanged_samples_are_read() {
    let keys = keys();
    let purposes: BTreeSet<&str> = samples().iter().map(|(purpose, ..)| purpose.aad()).collect();
    assert_eq!(purposes.len(), 8, "a kind of envelope has no sample");
    for (purpose, signer, payload) in samples() {
        let bytes = envelope::sign(purpose, &secret(signer), &payload);
        let read = match purpose {
            Purpose::Pass => Claims::parse(&payload).is_ok(),
            Purpose::Pack => GatePack::open(&bytes, &keys).is_ok(),
            Purpose::Keys => KeySet::open(&bytes, &public(ROOT)).is_ok(),
            Purpose::Entry => SignedEntry::open(&bytes, &public(JOURNAL)).is_ok(),
            Purpose::Enrol => EnrolRequest::open(&bytes).is_some(),
            Purpose::Device => DeviceCertificate::open(&bytes, &keys).is_some(),
            Purpose::Receipt => Receipt::open(&bytes, &keys).is_some(),
            Purpose::Address => AddressNotice::open(&bytes, &keys).is_some(),
        };
        assert!(read, "{purpose:?}");
    }
}
