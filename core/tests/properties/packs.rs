//! Gate packs: deltas that come to the same, lists that find whom they should, visitors found by name.

use super::*;

/// A name, and the sites that someone works at or may come to.
pub type Person = (String, Option<Vec<SiteNumber>>);
/// A name and a geofence.
pub type Place = (String, Option<(i32, i32, u32)>);

pub fn id(number: u8) -> [u8; 16] {
    [number; 16]
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn a_pack_finds_what_was_put_into_it(
        plain in vec((0..3usize, 0..40u8), 0..40),
        superseded in vec((0..40u8, prop_oneof![0..9u64, u64::from(u32::MAX) - 3..u64::from(u32::MAX) + 3]), 0..20),
        bans in prop::collection::btree_map(0..40u8, "\\PC{0,9}", 0..20),
        people in prop::collection::btree_map(0..40u8, ("\\PC{0,9}", option::of(sites())), 0..20),
        places in prop::collection::btree_map(1..300u32, ("\\PC{0,9}", option::of(any::<(i32, i32, u32)>())), 0..20),
        policy in policy(),
        mine: bool,
    ) {
        let mut revoked = RevokedBuilder::default();
        let mut times: BTreeMap<u8, u64> = BTreeMap::new();
        for (list, number) in &plain {
            revoked.add(LISTS[*list], &id(*number));
        }
        for (number, time) in &superseded {
            revoked.supersede(&id(*number), at(*time));
            let latest = times.entry(*number).or_default();
            *latest = (*latest).max(*time).min(u32::MAX.into());
        }
        let guard = |(number, (name, sites)): (&u8, &Person)| GuardRecord {
            person: PersonId(id(*number)),
            name: name.clone(),
            sites: sites.clone(),
        };
        let visit = |(number, (name, sites)): (&u8, &Person)| ExpectedVisit {
            subject: SubjectId(id(*number)),
            name: name.clone(),
            host: sites.is_some().then(|| name.clone()),
            sites: sites.clone(),
            from: at(NOW),
            until: at(NOW + u64::from(*number)),
            max_uses: sites.is_none().then_some(u32::from(*number)),
            photo: sites.is_none().then_some(Digest32([*number; 32])),
            uses: u32::from(*number) / 2,
        };
        let place = |(number, (name, fence)): (&u32, &Place)| SiteRecord {
            number: site(*number),
            name: name.clone(),
            time_zone: "Europe/Amsterdam".to_owned(),
            geofence: fence.map(|(latitude_e6, longitude_e6, radius_m)| Geofence {
                latitude_e6,
                longitude_e6,
                radius_m,
                rule: GeofenceRule::from_number(u64::from(radius_m % 3)),
                buffer_m: radius_m / 2,
            }),
            arrival_photo: PhotoPolicy::Required,
            walk_up_photo: PhotoPolicy::Off,
            show_face: number.is_multiple_of(2),
        };
        let barred = |reason: &String| Ban { reason: reason.clone(), names: vec![reason.clone(); reason.len() % 3] };
        let ban = |(number, reason): (&u8, &String)| barred(reason).to_fields(prefix(&id(*number)));
        let content = Content {
            sites: Section::build(places.iter().map(|entry| place(entry).to_fields())),
            guards: Section::build(people.iter().map(|entry| guard(entry).to_fields())),
            invitations: Section::build(people.iter().map(|entry| visit(entry).to_fields())),
            revoked: revoked.build(),
            codes: if mine { Section::build([vec![Value::Bytes(vec![1; 32])]]) } else { None },
            bans: Section::build(bans.iter().map(ban)),
            policy: Some(policy.to_value()),
        };
        let sent = GatePack { device: mine.then_some(DEVICE), ..pack(content, at(NOW), (60, 60)) };
        let bytes = sent.sign(&secret(PACKS));
        let got = GatePack::open(&bytes, &keys()).expect("own pack").content;
        let again = GatePack::succeed(Some(&sent), DEVICE, &bytes, &keys());
        prop_assert_eq!(again.as_ref(), Ok(&sent));

        for number in 0..45u8 {
            let named = prefix(&id(number));
            for (which, list) in LISTS.into_iter().enumerate() {
                let contains = got.revoked.as_ref().is_some_and(|lists| lists.contains(list, &named));
                prop_assert_eq!(contains, plain.contains(&(which, number)));
            }
            let before = got.revoked.as_ref().and_then(|lists| lists.superseded_before(&named));
            prop_assert_eq!(before, times.get(&number).map(|time| at(*time)));
            prop_assert_eq!(got.ban(SubjectId(id(number))), bans.get(&number).map(barred));
            let person = people.get_key_value(&number);
            prop_assert_eq!(got.guard(PersonId(id(number))), person.map(guard));
            prop_assert_eq!(got.invitation(SubjectId(id(number))), person.map(visit));
        }
        for number in 1..=300 {
            prop_assert_eq!(got.site(site(number)), places.get_key_value(&number).map(place));
        }
        prop_assert_eq!(got.site_list().len(), places.len());
        prop_assert_eq!(got.policy(), policy);

        prop_assert_eq!(GatePack::open(&sent.sign(&secret(PASSES)), &keys()), Err(PackError::BadSignature));
        let elsewhere = GatePack::succeed(None, DeviceId([7; 16]), &bytes, &keys());
        prop_assert_eq!(elsewhere.err(), mine.then_some(PackError::WrongDevice));
        let older = GatePack { seq: 4, ..sent.clone() }.sign(&secret(PACKS));
        prop_assert_eq!(GatePack::succeed(Some(&sent), DEVICE, &older, &keys()), Err(PackError::Rollback));
        let same = GatePack { content: Content::default(), ..sent.clone() }.sign(&secret(PACKS));
        prop_assert_eq!(GatePack::succeed(Some(&sent), DEVICE, &same, &keys()), Err(PackError::Conflict));
    }

    #[test]
    fn a_key_set_holds_the_keys_that_were_signed(
        signers in prop::collection::btree_map(10..60u8, (any::<u32>(), any::<u32>(), option::of(any::<bool>())), 1..8),
        (version, issued, life) in (any::<u64>(), 0..NOW, 1..NOW),
        next_root in option::of(any::<[u8; 32]>().prop_map(Digest32)),
        (place, bit) in (any::<Index>(), 0..8u8),
    ) {
        let key = |(number, (start, life, only)): (&u8, &(u32, u32, Option<bool>))| Key {
            public: public(*number),
            not_before: at(u64::from(*start)),
            not_after: at(u64::from(*start) + 1 + u64::from(*life)),
            signs_passes: *only != Some(false),
            signs_packs: *only != Some(true),
        };
        let mut keys: Vec<Key> = signers.iter().map(key).collect();
        keys.sort_by_key(|key| key.public.id());
        let set = KeySet { org: org(), version, issued_at: at(issued), expires: at(issued + life), keys, next_root };
        let root = public(ROOT);
        let mut bytes = set.sign(&secret(ROOT));
        let opened = KeySet::open(&bytes, &root);
        prop_assert_eq!(opened.as_ref(), Ok(&set));
        for number in 10..60u8 {
            prop_assert_eq!(set.key(public(number).id()).cloned(), signers.get_key_value(&number).map(key));
        }
        prop_assert!(set.key(KeyId([0; 4])).is_none());
        prop_assert!(KeySet::open(&bytes, &public(PASSES)).is_err());
        let again = KeySet::succeed(Some((&set, &bytes)), root.digest(), &bytes, &root);
        prop_assert_eq!(again, Ok((set, root.digest())));
        let place = place.index(bytes.len());
        bytes[place] ^= 1 << bit;
        prop_assert!(KeySet::open(&bytes, &root).is_err());
    }
}

/// Content whose keys come from few, so that two of them have much in common.
fn content() -> impl Strategy<Value = Content> {
    let section = || {
        let key = prop_oneof![(0..30u64).prop_map(Value::Uint), "[ab]{0,2}".prop_map(Value::Text)];
        vec((key, 0..3u64), 0..20).prop_map(|records| {
            Section::build(records.into_iter().map(|(key, value)| vec![key, Value::Uint(value)]))
        })
    };
    let revoked = (vec((0..3usize, 0..30u8), 0..30), vec((0..30u8, 0..4u64), 0..20));
    let bans = vec((0..20u8, "[a-c]{0,2}"), 0..10);
    let policy = option::of(policy());
    (section(), section(), section(), section(), revoked, bans, policy).prop_map(
        |(sites, guards, invitations, codes, (plain, superseded), bans, policy)| {
            let mut revoked = RevokedBuilder::default();
            plain.iter().for_each(|(list, number)| revoked.add(LISTS[*list], &id(*number)));
            superseded.iter().for_each(|(number, time)| revoked.supersede(&id(*number), at(*time)));
            let ban = |(number, name): (u8, String)| {
                Ban { reason: name.clone(), names: vec![name] }.to_fields(prefix(&id(number)))
            };
            Content {
                sites,
                guards,
                invitations,
                revoked: revoked.build(),
                codes,
                bans: Section::build(bans.into_iter().map(ban)),
                policy: policy.map(Policy::to_value),
            }
        },
    )
}

fn numbered(seq: u64, content: Content) -> GatePack {
    GatePack { seq, device: Some(DEVICE), ..pack(content, at(NOW + seq), (60, 60)) }
}

/// Signs any payload as a pack, as a server gone wrong might.
fn signed(payload: &Value) -> Vec<u8> {
    envelope::sign(Purpose::Pack, &secret(PACKS), &payload.to_bytes())
}

/// The payload of an envelope, to be changed.
fn payload(bytes: &[u8]) -> Vec<(Value, Value)> {
    match Value::from_bytes(Envelope::parse(bytes).expect("an envelope").payload).expect("a payload") {
        Value::Map(fields) => fields,
        other => panic!("no map: {other:?}"),
    }
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn base_and_delta_are_the_full_pack(old in content(), new in content(), same: bool) {
        let new = if same { old.clone() } else { new };
        let (old, new) = (numbered(5, old), numbered(9, new));
        let bytes = Delta::between(&old, &new).sign(&secret(PACKS));
        let full = new.sign(&secret(PACKS));
        let got = GatePack::succeed(Some(&old), DEVICE, &bytes, &keys()).expect("own delta");
        prop_assert_eq!(&got, &GatePack::open(&full, &keys()).expect("own pack"));
        if same {
            let changes = payload(&bytes).pop();
            prop_assert_eq!(changes, Some((Value::Uint(9), Value::Map(vec![]))));
        }

        // What the phone keeps is as good as the full pack, and nothing else is.
        let kept = got.content.to_bytes();
        prop_assert_eq!(&GatePack::reopen(&bytes, Some(&kept), &keys()), &Ok(got.clone()));
        prop_assert_eq!(&GatePack::reopen(&full, None, &keys()), &Ok(got.clone()));
        prop_assert_eq!(GatePack::reopen(&bytes, None, &keys()), Err(PackError::MissingBase));
        let other = GatePack::reopen(&bytes, Some(&old.content.to_bytes()), &keys());
        prop_assert_eq!(other.is_ok(), old.content == new.content);

        // The next one builds on what came of the last.
        let third = numbered(12, old.content.clone());
        let next = Delta::between(&got, &third).sign(&secret(PACKS));
        prop_assert_eq!(
            GatePack::succeed(Some(&got), DEVICE, &next, &keys()).expect("own delta").content,
            third.content
        );
    }

    #[test]
    fn a_delta_goes_onto_its_base_or_not_at_all(old in content(), new in content(), third in content()) {
        let (old, new) = (numbered(5, old), numbered(9, new));
        let delta = Delta::between(&old, &new).sign(&secret(PACKS));
        let take = |current: Option<&GatePack>, bytes: &[u8]| GatePack::succeed(current, DEVICE, bytes, &keys());
        let got = take(Some(&old), &delta).expect("own delta");

        prop_assert_eq!(GatePack::open(&delta, &keys()), Err(PackError::MissingBase));
        prop_assert_eq!(take(None, &delta), Err(PackError::MissingBase));
        for seq in [4, 6, 8] {
            prop_assert_eq!(take(Some(&numbered(seq, old.content.clone())), &delta), Err(PackError::MissingBase));
        }
        // Another base with the right number: the outcome is right all the same, or refused.
        let wrong = GatePack { content: third.clone(), ..old.clone() };
        match take(Some(&wrong), &delta) {
            Ok(pack) => prop_assert_eq!(pack.content, new.content.clone()),
            Err(error) => prop_assert_eq!(error, PackError::WrongHash),
        }
        // Played back: to who has it, to who is further, and against another pack with its number.
        prop_assert_eq!(take(Some(&got), &delta), Ok(got.clone()));
        prop_assert_eq!(take(Some(&numbered(10, third.clone())), &delta), Err(PackError::Rollback));
        let forked = GatePack { content_hash: Digest32([1; 32]), ..got.clone() };
        prop_assert_eq!(take(Some(&forked), &delta), Err(PackError::Conflict));
        // Another device's, another key's.
        let elsewhere = GatePack::succeed(Some(&old), DeviceId([7; 16]), &delta, &keys());
        prop_assert_eq!(elsewhere, Err(PackError::WrongDevice));
        let forged = Delta::between(&old, &new).sign(&secret(PASSES));
        prop_assert_eq!(take(Some(&old), &forged), Err(PackError::BadSignature));
        let early = GatePack { issued_at: at(NOW + 61), ..new.clone() };
        let frozen = Delta::between(&old, &GatePack { hard_expiry: at(NOW), ..early }).sign(&secret(PACKS));
        prop_assert_eq!(take(Some(&old), &frozen), Err(PackError::BadSignature));
    }

    #[test]
    fn a_signed_delta_gone_wrong_never_gives_what_its_hash_does_not_name(
        old in content(),
        new in content(),
        (place, to) in (any::<Index>(), any::<u8>()),
    ) {
        let (old, new) = (numbered(5, old), numbered(9, new));
        let delta = Delta::between(&old, &new).sign(&secret(PACKS));
        let mut payload = Envelope::parse(&delta).expect("an envelope").payload.to_vec();
        let place = place.index(payload.len());
        payload[place] = to;
        let delta = envelope::sign(Purpose::Pack, &secret(PACKS), &payload);
        if let Ok(got) = GatePack::succeed(Some(&old), DEVICE, &delta, &keys()) {
            prop_assert_eq!(got.content_hash, Digest32::of(&got.content.to_bytes()));
            prop_assert_eq!(Content::parse(&got.content.to_bytes()), Ok(got.content.clone()));
        }
    }
}

#[test]
fn a_delta_outside_the_grammar_is_refused() {
    let record = |key: u64| Value::Array(vec![Value::Uint(key), Value::Uint(1)]);
    let section = |put: &[Value], remove: &[Value]| {
        Value::Array(vec![Value::Array(put.to_vec()), Value::Array(remove.to_vec())])
    };
    let list = |put: &[u8], remove: &[u8]| Value::Array(vec![put.into(), remove.into()]);
    let of = |key: u64, value: Value| Value::Map(vec![(Value::Uint(key), value)]);
    let (a, b, none) = ([b'a'; 8], [b'b'; 8], Value::Array(vec![]));
    let (ab, ba) = ([a, b].concat(), [b, a].concat());
    let lists = |key: u64, change: Value| of(4, of(key, change));
    let base = numbered(5, Content::default());
    let take = |device: Option<DeviceId>, changes: &Value| {
        let sent = GatePack { device, ..numbered(9, Content::default()) };
        let mut fields = payload(&Delta::between(&base, &sent).sign(&secret(PACKS)));
        fields.last_mut().expect("changes").1 = changes.clone();
        GatePack::succeed(Some(&base), DEVICE, &signed(&Value::Map(fields)), &keys())
    };
    // Of these only the outcome is wrong, or nothing at all: what is removed was not there.
    for (changes, holds) in [
        (Value::Map(vec![]), true),
        (of(1, section(&[record(1), record(2)], &[Value::Uint(3)])), false),
        (of(1, section(&[], &[Value::Uint(1), Value::Uint(2)])), true),
        (lists(1, list(&ab, b"")), false),
        (lists(2, list(b"aaaaaaaa1234", &b)), false),
        (lists(2, list(b"", &ab)), true),
        (of(5, section(&[record(1)], &[])), false),
        (of(7, Value::Map(vec![])), true),
    ] {
        let expected = if holds { Ok(Content::default()) } else { Err(PackError::WrongHash) };
        assert_eq!(take(Some(DEVICE), &changes).map(|pack| pack.content), expected, "{changes:?}");
    }
    for changes in [
        none.clone(),
        of(0, section(&[record(1)], &[])),
        of(8, section(&[record(1)], &[])),
        of(1, none.clone()),
        of(1, section(&[], &[])),
        of(1, Value::Array(vec![none.clone(), none.clone(), none.clone()])),
        of(1, section(&[record(2), record(1)], &[])),
        of(1, section(&[record(1), record(1)], &[])),
        of(1, section(&[none], &[])),
        of(1, section(&[], &[Value::Uint(2), Value::Uint(1)])),
        of(1, section(&[], &[Value::Uint(1), Value::Uint(1)])),
        of(1, section(&[], &[Value::Negative(1)])),
        of(1, section(&[record(1)], &[Value::Uint(1)])),
        of(6, section(&[Value::Array(vec![Value::Uint(1), "why".into()])], &[])),
        of(4, Value::Map(vec![])),
        lists(5, list(&a, b"")),
        lists(1, list(b"", b"")),
        lists(1, list(&ba, b"")),
        lists(1, list(b"", &ba)),
        lists(1, list(b"aaaaaaa", b"")),
        lists(1, list(b"", b"aaaaaaa")),
        lists(1, list(&a, &a)),
        lists(2, list(b"aaaaaaaa1234", &a)),
        lists(2, list(&a, b"")),
        lists(1, Value::Array(vec![a.as_slice().into()])),
        of(7, Value::Null),
        of(7, Value::Map(vec![("a".into(), Value::Null)])),
    ] {
        assert!(matches!(take(Some(DEVICE), &changes), Err(PackError::Malformed(_))), "{changes:?}");
    }
    // Codes are a device's own, also in a delta.
    let codes = of(5, section(&[], &[Value::Uint(1)]));
    assert!(matches!(take(None, &codes), Err(PackError::Malformed(_))));
}

fn visit(number: u8, name: &str, host: Option<&str>) -> ExpectedVisit {
    ExpectedVisit {
        subject: SubjectId(id(number)),
        name: name.to_owned(),
        host: host.map(str::to_owned),
        sites: None,
        from: at(NOW),
        until: at(NOW + 60),
        max_uses: None,
        photo: None,
        uses: 0,
    }
}

fn expecting(visits: &[ExpectedVisit]) -> Content {
    let invitations = Section::build(visits.iter().map(ExpectedVisit::to_fields));
    Content { invitations, ..Content::default() }
}

#[test]
fn visitors_are_found_by_what_a_guard_types() {
    let content = expecting(&[
        visit(1, "Zoë van den Berg", Some("Maria Łukaszewicz")),
        visit(2, "Søren Straßmann", None),
        visit(3, "Maria O'Brien", Some("Zoe Smit")),
        visit(4, "Ali Işık", None),
        visit(5, "Γιώργος Παπαδόπουλος", None),
        visit(6, "Bergmann", Some("Soren")),
    ]);
    let found = |query: &str| -> Vec<u8> {
        let visits = expected::search(&content, query, at(NOW), None);
        visits.iter().map(|visit| visit.subject.as_bytes()[0]).collect()
    };
    for (query, wanted) in [
        ("", vec![4, 6, 3, 2, 1, 5]),
        (" ,. ", vec![4, 6, 3, 2, 1, 5]),
        // The first name, then another name, then the host's.
        ("zoe", vec![1, 3]),
        ("berg", vec![6, 1]),
        ("maria", vec![3, 1]),
        ("SOREN", vec![2, 6]),
        ("soren strass", vec![2]),
        ("straß", vec![2]),
        ("berg zoe", vec![1]),
        ("Van Den Berg, ZOE", vec![1]),
        ("zoe luka", vec![1]),
        ("obrien", vec![3]),
        ("O\u{2019}Brien", vec![3]),
        ("brien", vec![3]),
        ("isik", vec![4]),
        ("IŞIK", vec![4]),
        ("γιωργος", vec![5]),
        ("ΠΑΠΑΔΟΠΟΥΛΟΣ", vec![5]),
        // The middle of a word begins none, and every word has to.
        ("oe", vec![]),
        ("zoe x", vec![]),
    ] {
        assert_eq!(found(query), wanted, "{query}");
    }
}

#[test]
fn a_host_is_found_once_by_the_beginnings_of_their_names() {
    let content = expecting(&[
        visit(1, "Zoë van den Berg", Some("Maria Łukaszewicz")),
        visit(2, "Søren Straßmann", None),
        visit(3, "Ali Işık", Some("Zoe Smit")),
        visit(4, "Maria O'Brien", Some("Maria Łukaszewicz")),
        visit(5, "Bergmann", Some("Maria Adams")),
    ]);
    let found = |query: &str, most| -> Vec<String> {
        expected::hosts(&content, query, most).into_iter().map(|host| host.name).collect()
    };
    assert_eq!(found("maria", 5), ["Maria Adams", "Maria Łukaszewicz"]);
    assert_eq!(found("luka MAR", 5), ["Maria Łukaszewicz"]);
    assert_eq!(found("maria", 1), ["Maria Adams"]);
    assert_eq!([found("", 5), found("berg", 5)], [Vec::<String>::new(), Vec::new()]);
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn visits_are_looked_for_while_they_can_come_and_where(
        windows in vec((-100_000..100_000i64, 0..100_000i64, option::of(sites())), 1..30),
        asked in option::of((1..20u32).prop_map(site)),
    ) {
        let visits: Vec<_> = windows
            .iter()
            .zip(0..)
            .map(|((from, life, sites), number)| ExpectedVisit {
                from: around_now(*from),
                until: around_now(from + life),
                sites: sites.clone(),
                ..visit(number, "Vera", None)
            })
            .collect();
        let found = expected::search(&expecting(&visits), "vera", at(NOW), asked);
        let mut wanted: Vec<_> = visits
            .into_iter()
            .filter(|visit| visit.until > at(NOW) && visit.from < at(NOW + 86_400))
            .filter(|visit| match (&visit.sites, asked) {
                (Some(sites), Some(asked)) => sites.contains(&asked),
                _ => true,
            })
            .collect();
        wanted.sort_by_key(|visit| (visit.from, visit.subject));
        prop_assert_eq!(found, wanted);
    }

    #[test]
    fn a_name_is_found_by_the_beginnings_of_its_words_in_any_order(
        words in vec("\\PC{1,6}", 1..4),
        cuts in vec(any::<Index>(), 4),
        reversed: bool,
        upper: bool,
    ) {
        let content = expecting(&[visit(1, &words.join(" "), None)]);
        let folded = gatehouse_core::name::words(&words.join(" "));
        let mut typed: Vec<String> = folded
            .iter()
            .zip(cuts)
            .map(|(word, cut)| word.chars().take(1 + cut.index(word.chars().count())).collect())
            .collect();
        if reversed {
            typed.reverse();
        }
        let typed = typed.join(" ");
        prop_assert_eq!(expected::search(&content, &typed, at(NOW), None).len(), 1, "{:?}", typed);
        let again = gatehouse_core::name::folded(&folded.join(" "));
        prop_assert_eq!(&again, &folded.join(" "), "folding twice changes nothing");
        if upper && words.iter().all(|word| word.is_ascii()) {
            prop_assert_eq!(gatehouse_core::name::words(&words.join(" ").to_uppercase()), folded);
        }
    }
}

#[test]
fn a_banned_name_is_recognised_whoever_writes_it() {
    let ban = |number: u8, names: &[&str]| {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        Ban { reason: number.to_string(), names }.to_fields(prefix(&id(number)))
    };
    // As a server of before wrote it, and as one to come may.
    let old = vec![prefix(&id(4)).as_slice().into(), "4".into()];
    let new = vec![
        prefix(&id(5)).as_slice().into(),
        "5".into(),
        Value::Array(vec!["Nina".into(), Value::Null]),
        Value::Null,
    ];
    let bans = [ban(1, &["Jörg Weiß", "Jay"]), ban(2, &["Weiss, Jorg"]), ban(3, &[]), old, new];
    let content = Content { bans: Section::build(bans), ..Content::default() };
    let content =
        GatePack::open(&numbered(1, content).sign(&secret(PACKS)), &keys()).expect("own pack").content;
    let named = |name: &str| {
        let mut reasons: Vec<_> = content.bans_by_name(name).into_iter().map(|ban| ban.reason).collect();
        reasons.sort();
        reasons
    };
    assert_eq!(named("JORG  WEISS"), ["1", "2"]);
    assert_eq!(named("weiß, jörg"), ["1", "2"]);
    assert_eq!(named("jay"), ["1"]);
    assert_eq!(named("nina"), ["5"]);
    assert_eq!(named("Jörg Peter Weis"), ["1", "2"]);
    for other in ["", " ", "Jorg", "Jorg Weiss Jr", "Jorg Wendt"] {
        assert!(named(other).is_empty(), "{other}");
    }
    for (number, names) in [(1, 2), (2, 1), (3, 0), (4, 0), (5, 1)] {
        assert_eq!(content.ban(SubjectId(id(number))).expect("banned").names.len(), names);
    }
}
