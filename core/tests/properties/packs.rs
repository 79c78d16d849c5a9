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
        };
        let place = |(number, (name, fence)): (&u32, &Place)| SiteRecord {
            number: site(*number),
            name: name.clone(),
            time_zone: "Europe/Amsterdam".to_owned(),
            geofence: fence.map(|(latitude_e6, longitude_e6, radius_m)| Geofence {
                latitude_e6,
                longitude_e6,
                radius_m,
                buffer_m: Geofence::DEFAULT_BUFFER_M,
                rule: GeofenceRule::from_number(u64::from(radius_m % 3)),
            }),
            arrival_photo: PhotoPolicy::Required,
            walk_up_photo: PhotoPolicy::Off,
        };
        let ban = |(number, reason): (&u8, &String)| vec![prefix(&id(*number)).as_slice().into(), reason.as_str().into()];
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
            prop_assert_eq!(got.ban(SubjectId(id(number))).map(|ban| ban.reason), bans.get(&number).cloned());
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
