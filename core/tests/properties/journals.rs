//! Journals: chains that hold, and every change of one found.

use super::*;

pub const DEVICE: DeviceId = DeviceId([8; 16]);

pub fn actor() -> Actor {
    Actor { guard: PersonId([1; 16]), shift: ShiftId([2; 16]), site: site(3) }
}

pub fn body() -> impl Strategy<Value = Body> {
    let entry = || any::<[u8; 16]>().prop_map(EntryId);
    let actor = || {
        any::<([u8; 16], [u8; 16])>().prop_map(|(guard, shift)| Actor {
            guard: PersonId(guard),
            shift: ShiftId(shift),
            ..actor()
        })
    };
    let scan = (actor(), scene(), option::of(any::<u64>()), option::of(entry()));
    prop_oneof![
        scan.prop_map(|(actor, scene, seq, departs)| {
            let scan = ScanBody::of(&scene.decide(), seq, scene.answer.is_some(), departs);
            Body::Scan(actor, Box::new(scan))
        }),
        (actor(), entry(), any::<bool>(), option::of(1..=3u64), 1..4u32).prop_map(
            |(actor, event, granted, against, judgement)| {
                let against = against.and_then(Verdict::from_number);
                Body::Decision { actor, event, granted, against, judgement }
            }
        ),
        (actor(), entry(), any::<u32>(), option::of(scene())).prop_map(|(actor, event, judgement, scene)| {
            let found = scene.map(|scene| Box::new(ScanBody::of(&scene.decide(), None, false, None)));
            Body::JudgedAnew { actor, event, judgement, found }
        }),
        (actor(), entry(), any::<bool>(), option::of(1..=3u64)).prop_map(
            |(actor, event, granted, against)| {
                let against = against.and_then(Verdict::from_number);
                Body::Corrected { actor, event, granted, against }
            }
        ),
        actor().prop_map(Body::WalkUp),
        (actor(), entry()).prop_map(|(actor, event)| Body::Arrival { actor, event }),
        (actor(), entry()).prop_map(|(actor, stay)| Body::Departure { actor, stay }),
        (actor(), option::of(Just(Code::LocationUnknown)))
            .prop_map(|(actor, location)| Body::ShiftStart { actor, location }),
        (actor(), any::<bool>()).prop_map(|(actor, automatic)| Body::ShiftEnd { actor, automatic }),
        any::<([u8; 16], u64, [u8; 32])>().prop_map(|(device, number, head)| Body::Continues {
            device: DeviceId(device),
            number,
            head: Digest32(head),
        }),
    ]
}

pub fn personal() -> impl Strategy<Value = Personal> {
    let fix = any::<(i32, i32, u32)>().prop_map(|(latitude_e6, longitude_e6, accuracy_m)| Fix {
        latitude_e6,
        longitude_e6,
        accuracy_m,
    });
    let photo = any::<[u8; 32]>().prop_map(Digest32);
    let text = || option::of("\\PC{0,20}");
    (text(), text(), option::of(fix), option::of(photo), text())
        .prop_map(|(name, note, fix, photo, host)| Personal { name, note, fix, photo, host })
}

/// A journal as its phone keeps it.
pub struct Journal {
    pub entries: Vec<(Entry, Vec<u8>, EntryKey)>,
    pub head: Head,
}

impl Journal {
    pub fn of(bodies: &[(Body, Personal)]) -> Self {
        let mut journal = Self { entries: Vec::new(), head: Head::START };
        for ((body, personal), number) in bodies.iter().zip(1..) {
            let id = EntryId::timed(UnixMillis::new(NOW * 1000 + number), [7; 10]);
            let key = EntryKey::new(Digest32::of(id.as_bytes()).0);
            let entry = Entry {
                id,
                device: DEVICE,
                number,
                previous: journal.head.hash,
                wall: UnixMillis::new(number),
                trusted: (number % 2 == 0).then(|| UnixMillis::new(NOW * 1000)),
                kind: body.kind(),
                body: body.to_value(id, personal, &key, [3; 24]),
            };
            let (envelope, hash) = entry.sign(&secret(JOURNAL));
            journal.head = Head { number, hash };
            journal.entries.push((entry, envelope, key));
        }
        journal
    }

    /// Head, entries (every other one with its key) and receipt.
    pub fn lines(&self) -> Vec<String> {
        let key = *public(JOURNAL).as_bytes();
        let certificate = DeviceCertificate { org: org(), device: DEVICE, key, enrolled_at: at(NOW) };
        let mut lines = vec![Export::head(DEVICE, &key, Some(&certificate.sign(&secret(PACKS))))];
        for (entry, envelope, key) in &self.entries {
            lines.push(Export::entry(envelope, (entry.number % 2 == 1).then_some(key)));
        }
        lines.push(Export::receipt(&self.receipt()));
        lines
    }

    pub fn receipt(&self) -> Vec<u8> {
        let Head { number, hash } = self.head;
        Receipt { org: org(), device: DEVICE, number, hash, time: at(NOW) }.sign(&secret(PACKS))
    }
}

pub fn text(lines: &[String]) -> Vec<u8> {
    lines.join("\n").into_bytes()
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn a_journal_holds_until_anything_is_changed(
        bodies in vec((body(), personal()), 1..7),
        flips in vec((any::<Index>(), any::<Index>(), 0..8u8), 24),
        (one, other) in any::<(Index, Index)>(),
    ) {
        let journal = Journal::of(&bodies);
        for ((body, personal), (entry, envelope, key)) in bodies.iter().zip(&journal.entries) {
            let read = SignedEntry::open(envelope, &public(JOURNAL)).expect("own entry").entry;
            prop_assert_eq!(&read, entry);
            let understood = Body::from_value(read.kind, &read.body);
            prop_assert_eq!(understood.as_ref(), Some(body));
            prop_assert_eq!(&Body::personal(read.id, &read.body, key).unwrap_or_default(), personal);
        }

        let keys = keys();
        let lines = journal.lines();
        let good = verify_export(&text(&lines), Some(&keys)).expect("own journal");
        prop_assert_eq!((good.entries, good.head), (bodies.len() as u64, journal.head.hash));
        prop_assert_eq!((good.certified, good.receipted), (Some(true), Some(good.entries)));
        prop_assert_eq!(verify_export(lines.join("\r\n").as_bytes(), Some(&keys)), Ok(good.clone()));

        for (line, place, bit) in flips {
            let line = line.index(lines.len());
            let mut changed: Vec<Vec<u8>> = lines.iter().map(|line| line.clone().into_bytes()).collect();
            let place = place.index(changed[line].len());
            changed[line][place] ^= 1 << bit;
            // Hexadecimal means the same in either case, and a disclosed key is looked at for its form only.
            let case = changed[line].eq_ignore_ascii_case(lines[line].as_bytes());
            let disclosed = line > 0 && lines[line].find(' ').is_some_and(|space| place > space);
            let result = verify_export(&changed.join(&b'\n'), Some(&keys));
            // In the head, the certificate's name can be lost; then the journal is no longer certified.
            let told = if line == 0 { result != Ok(good.clone()) } else { result.is_err() };
            prop_assert!(told || case || disclosed, "line {line}, byte {place}, bit {bit}");
        }

        // Without a receipt nothing vouches for a journal's end; all that comes before still hangs together.
        let (one, other) = (1 + one.index(bodies.len()), 1 + other.index(bodies.len()));
        let mut removed = lines.clone();
        removed.remove(one);
        prop_assert!(verify_export(&text(&removed), Some(&keys)).is_err());
        prop_assert_eq!(verify_export(&text(&removed), None).is_ok(), one == bodies.len());
        let mut swapped = lines.clone();
        swapped.swap(one, other);
        prop_assert_eq!(verify_export(&text(&swapped), None).is_ok(), one == other);
        let mut repeated = lines.clone();
        repeated.insert(other, lines[one].clone());
        prop_assert!(verify_export(&text(&repeated), None).is_err());
    }

    #[test]
    fn a_sealed_part_opens_only_with_its_key_for_its_entry(
        personal in personal(),
        (key, id, nonce) in any::<([u8; 32], [u8; 16], [u8; 24])>(),
        (place, bit) in (any::<Index>(), 0..8u8),
    ) {
        let (id, sealer) = (EntryId(id), EntryKey::new(key));
        let body = Body::WalkUp(actor()).to_value(id, &personal, &sealer, nonce);
        prop_assert_eq!(Body::personal(id, &body, &sealer).unwrap_or_default(), personal);

        let sealed = sealer.seal(id, nonce, &Value::Map(vec![(Value::Uint(1), "Ada".into())]));
        prop_assert!(sealer.open(id, &sealed).is_ok());
        let flipped = |bytes: &[u8]| {
            let mut bytes = bytes.to_vec();
            let place = place.index(bytes.len());
            bytes[place] ^= 1 << bit;
            bytes
        };
        prop_assert!(sealer.open(id, &flipped(&sealed)).is_err());
        prop_assert!(EntryKey::new(flipped(&key).try_into().unwrap()).open(id, &sealed).is_err());
        prop_assert!(sealer.open(EntryId(flipped(id.as_bytes()).try_into().unwrap()), &sealed).is_err());
    }
}

#[test]
fn every_bit_of_an_entry_counts() {
    let personal = Personal { name: Some("Ada".to_owned()), ..Personal::default() };
    let journal = Journal::of(&[(Body::WalkUp(actor()), personal)]);
    let head = journal.lines().remove(0);
    let envelope = &journal.entries[0].1;
    for bit in 0..envelope.len() * 8 {
        let mut changed = envelope.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let export = text(&[head.clone(), Export::entry(&changed, None)]);
        assert!(verify_export(&export, None).is_err(), "bit {bit}");
    }
}
