//! What holds for every code, pack, key set and journal, not only for the examples in the vectors.
//!
//! `GATEHOUSE_FULL=1` runs ten times as many cases. `PROPTEST_RNG_SEED=N` repeats a run.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

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
        Content, ExpectedVisit, GatePack, GuardRecord, List, PackError, PhotoPolicy, Policy, RevokedBuilder,
        Section, SiteRecord, prefix,
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

// ---- codes ----

fn name() -> impl Strategy<Value = Name> {
    "\\PC{1,16}".prop_filter_map("not a name", |name| Name::new(&name).ok())
}

fn sites() -> impl Strategy<Value = Vec<SiteNumber>> {
    let few = prop::collection::btree_set(1..=5u32, 0..4);
    let any = prop::collection::btree_set(1..=u32::MAX, 0..=16);
    prop_oneof![few, any].prop_map(|sites| sites.into_iter().map(site).collect())
}

/// Claims at about the present, most of them good now, some not.
fn claims() -> impl Strategy<Value = Claims> {
    let max_uses = option::of(prop_oneof![1..4u32, 1..=1_000_000u32]);
    let kind = prop_oneof![
        Just(Kind::Member),
        max_uses.prop_map(|max_uses| Kind::Visitor { max_uses }),
        Just(Kind::Device(DeviceKey::Ed25519(*public(PHONE).as_bytes()))),
    ];
    let ids = any::<([u8; 16], [u8; 16])>();
    let life = (-400..100i64, -400..400i64, 1..1_000u64);
    (kind, ids, life, option::of(name()), option::of(sites())).prop_map(
        |(kind, (subject, token), (nbf, iat, life), name, sites)| {
            let (not_before, issued_at) = (around_now(nbf), around_now(iat));
            Claims {
                org: org(),
                expires_at: not_before.max(issued_at).plus(life),
                not_before,
                issued_at,
                token: TokenId(token),
                kind,
                subject: SubjectId(subject),
                name,
                sites,
            }
        },
    )
}

/// A member's pass that is good now.
fn member() -> Claims {
    Claims {
        org: org(),
        expires_at: at(NOW + 100),
        not_before: at(NOW - 60),
        issued_at: at(NOW),
        token: TokenId([1; 16]),
        kind: Kind::Member,
        subject: SubjectId([2; 16]),
        name: None,
        sites: None,
    }
}

fn signed_pass(claims: &Claims) -> Vec<u8> {
    NewPass { claims, key: &secret(PASSES) }.envelope().expect("legal claims")
}

/// The text that someone shows: the pass, or for a certificate what the phone mints from it at `time`.
fn shown(claims: &Claims, time: UnixSeconds) -> String {
    let pass = signed_pass(claims);
    match claims.kind {
        Kind::Device(_) => mint_proof(&pass, time, &sign_proof(&secret(PHONE), &pass, time)),
        Kind::Member | Kind::Visitor { .. } => format!("{PREFIX}{}", base45::encode(&pass)),
    }
}

fn p256_key(seed: u8) -> (p256::ecdsa::SigningKey, DeviceKey) {
    let key = p256::ecdsa::SigningKey::from_slice(&[seed; 32]).expect("a scalar");
    let point = key.verifying_key().to_sec1_point(true);
    let (tag, x) = point.as_bytes().split_first().expect("a point");
    (key, DeviceKey::P256 { x: x.try_into().expect("32 bytes"), y_odd: *tag == 3 })
}

fn p256_proof(key: &p256::ecdsa::SigningKey, certificate: &[u8], time: UnixSeconds) -> [u8; 64] {
    let signature: Signature = key.sign(&proof_message(certificate, time));
    signature.normalize_s().to_bytes().into()
}

/// The same signature with n - s for s, which mathematics accepts and the format does not.
fn high_s(signature: &[u8; 64]) -> [u8; 64] {
    const ORDER: &str = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
    let order = hex::decode_array::<32>(ORDER).expect("32 bytes");
    let mut high = *signature;
    let mut borrow = 0;
    for place in (0..32).rev() {
        let difference = i16::from(order[place]) - i16::from(signature[32 + place]) - borrow;
        borrow = i16::from(difference < 0);
        high[32 + place] = u8::try_from(difference.rem_euclid(256)).expect("a byte");
    }
    high
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn a_pass_says_what_was_signed(claims in claims(), seed in 1..255u8, t in 0..=UnixSeconds::MAX.get()) {
        let time = at(t);
        let text = shown(&claims, time);
        prop_assert!(text.len() <= LONGEST_TEXT, "{} characters", text.len());
        let opened = pass::open(&text, &keys()).expect("own pass");
        prop_assert_eq!(&opened.claims, &claims);
        prop_assert_eq!(opened.proof_time, matches!(claims.kind, Kind::Device(_)).then_some(time));
        prop_assert_eq!(pass::open(&format!(" \t{text}\r\n"), &keys()), Ok(opened));

        let (phone, device_key) = p256_key(seed);
        let claims = Claims { kind: Kind::Device(device_key), ..claims };
        let certificate = signed_pass(&claims);
        let signature = p256_proof(&phone, &certificate, time);
        let minted = |time, signature| pass::open(&mint_proof(&certificate, time, signature), &keys());
        let opened = minted(time, &signature).expect("own proof");
        prop_assert_eq!((opened.claims, opened.proof_time), (claims, Some(time)));
        prop_assert_eq!(minted(at(t ^ 1), &signature), Err(PassError::ProofInvalid));
        prop_assert_eq!(minted(time, &high_s(&signature)), Err(PassError::ProofInvalid));
    }

    #[test]
    fn a_changed_text_is_denied(
        claims in claims(),
        edits in vec((any::<Index>(), prop_oneof![any::<char>(), "[0-9A-Z $%*+./:-]".prop_map(first)], 0..4u8), 40),
    ) {
        let (text, keys) = (shown(&claims, at(NOW)), keys());
        for (place, other, how) in edits {
            let mut characters: Vec<char> = text.chars().collect();
            let place = place.index(characters.len());
            match how {
                0 => characters[place] = other,
                1 => characters.insert(place, other),
                2 => drop(characters.remove(place)),
                _ => characters.swap(place, text.len() / 2),
            }
            let changed: String = characters.into_iter().collect();
            if pass::trimmed(&changed) != text {
                prop_assert!(pass::open(&changed, &keys).is_err(), "{changed}");
            }
        }
    }
}

fn first(text: String) -> char {
    text.chars().next().expect("a character")
}

#[test]
fn no_character_of_a_code_can_be_another() {
    let (text, keys) = (shown(&member(), at(NOW)), keys());
    for place in 0..text.len() {
        for other in b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:gh\n" {
            let mut changed = text.clone().into_bytes();
            changed[place] = *other;
            let changed = String::from_utf8(changed).expect("ASCII");
            assert!(changed == text || pass::open(&changed, &keys).is_err(), "{changed}");
        }
    }
}

#[test]
fn the_largest_pass_has_the_length_that_the_format_promises() {
    let claims = Claims {
        org: "x".repeat(24).parse().expect("a code"),
        expires_at: UnixSeconds::MAX,
        not_before: UnixSeconds::MAX.minus(2),
        issued_at: UnixSeconds::MAX.minus(1),
        kind: Kind::Device(p256_key(1).1),
        name: Name::new(&"x".repeat(64)).ok(),
        sites: Some((u32::MAX - 15..=u32::MAX).map(site).collect()),
        ..member()
    };
    let text = mint_proof(&signed_pass(&claims), UnixSeconds::MAX, &[0; 64]);
    assert_eq!(text.len(), LONGEST_TEXT);
}

// ---- decisions ----

/// All that a decision rests on, owned.
#[derive(Debug, Clone)]
struct Scene {
    text: String,
    claims: Claims,
    now: Now,
    keys: KeySet,
    pack: Option<GatePack>,
    policy: Policy,
    answer: Option<BTreeMap<Check, Code>>,
    site: Option<SiteNumber>,
    whereabouts: Whereabouts,
    uses: Option<PastUses>,
}

impl Scene {
    fn decide(&self) -> Decision {
        let event = EntryId([9; 16]);
        let online = self.answer.clone().map(|checks| {
            let answer: VerifyAnswer = serde_json::from_value(json!({
                "event": event,
                "code_sha256": code_digest(&self.text),
                "server_time": self.now.millis(),
                "checks": checks,
            }))
            .expect("an answer");
            OnlineAnswer::accept(&answer, event, &self.text).expect("a whole answer")
        });
        let evidence = Evidence {
            now: self.now,
            keys: &self.keys,
            pack: self.pack.as_ref(),
            policy: self.policy,
            online: online.as_ref(),
            site: self.site,
            whereabouts: self.whereabouts,
            uses: self.uses,
        };
        decide(&self.text, &evidence)
    }

    fn but(&self, change: impl FnOnce(&mut Self)) -> Decision {
        let mut scene = self.clone();
        change(&mut scene);
        scene.decide()
    }

    fn but_pack(&self, change: impl FnOnce(&mut GatePack)) -> Decision {
        self.but(|scene| {
            if let Some(pack) = &mut scene.pack {
                change(pack);
            }
        })
    }
}

/// What a pack says of a pass. The flag tells whether the subject is listed, or else the pass itself.
#[derive(Debug, Clone, Default)]
struct Listed {
    lists: Vec<(List, bool)>,
    superseded: Option<(i64, bool)>,
    banned: bool,
}

const LISTS: [List; 3] = [List::Revoked, List::Disabled, List::Cancelled];

impl Listed {
    fn content(&self, claims: &Claims) -> Content {
        let id = |subject: bool| if subject { claims.subject.as_bytes() } else { claims.token.as_bytes() };
        let mut revoked = RevokedBuilder::default();
        // Others are listed, too.
        for other in 100..120u8 {
            revoked.add(LISTS[usize::from(other % 3)], &[other; 16]);
            revoked.supersede(&[other; 16], at(NOW));
        }
        for (list, subject) in &self.lists {
            revoked.add(*list, id(*subject));
        }
        if let Some((time, subject)) = self.superseded {
            revoked.supersede(id(subject), around_now(time));
        }
        let ban = || vec![prefix(claims.subject.as_bytes()).as_slice().into(), "reason".into()];
        Content {
            revoked: revoked.build(),
            bans: if self.banned { Section::build([ban()]) } else { None },
            ..Content::default()
        }
    }
}

fn listed() -> impl Strategy<Value = Listed> {
    let lists = vec((prop::sample::select(LISTS.to_vec()), any::<bool>()), 0..3);
    let some = (lists, option::of((-800..800i64, any::<bool>())), any::<bool>());
    prop_oneof![
        Just(Listed::default()),
        some.prop_map(|(lists, superseded, banned)| Listed { lists, superseded, banned }),
    ]
}

/// A full pack as it comes out of [`GatePack::open`].
fn pack(content: Content, issued_at: UnixSeconds, (update, expiry): (u64, u64)) -> GatePack {
    GatePack {
        org: org(),
        device: None,
        seq: 5,
        issued_at,
        next_update: issued_at.plus(update),
        hard_expiry: issued_at.plus(update + expiry),
        content_hash: Digest32::of(&content.to_bytes()),
        content,
    }
}

fn policy() -> impl Strategy<Value = Policy> {
    any::<[bool; 3]>().prop_map(|[deny_expired_pack, deny_absent_pack, deny_expired_keys]| Policy {
        deny_expired_pack,
        deny_absent_pack,
        deny_expired_keys,
        ..Policy::default()
    })
}

fn answer() -> impl Strategy<Value = BTreeMap<Check, Code>> {
    let any = prop_oneof![prop::sample::select(Code::ALL), Just(Code::Other("new".to_owned()))];
    let code = prop_oneof![9 => Just(Code::Ok), 1 => any].boxed();
    let checks = [Check::Revocation, Check::Access, Check::Site, Check::Uses];
    vec(code, 4).prop_map(move |codes| checks.into_iter().zip(codes).collect())
}

fn scene() -> impl Strategy<Value = Scene> {
    let whereabouts = prop::sample::select(vec![
        Whereabouts::NotChecked,
        Whereabouts::Inside,
        Whereabouts::Unknown,
        Whereabouts::Outside { blocks: true },
        Whereabouts::Outside { blocks: false },
    ]);
    let now =
        prop::sample::select(vec![Now::Trusted(at(NOW).to_millis()), Now::Untrusted(at(NOW).to_millis())]);
    let times = (now, -3_000..1_000i64, prop_oneof![-900..900i64, -130..130i64]);
    let packs = option::of((listed(), -3_000..0i64, (0..3_000u64, 0..3_000u64)));
    let place = (option::of((1..6u32).prop_map(site)), whereabouts);
    let uses = option::of((0..4u32).prop_map(|grants| PastUses { grants, last: None }));
    (claims(), times, packs, policy(), option::of(answer()), place, uses).prop_map(
        |(claims, (now, keys_expire, proof), packed, policy, answer, (site, whereabouts), uses)| Scene {
            text: shown(&claims, around_now(proof)),
            now,
            keys: key_set(around_now(keys_expire)),
            pack: packed
                .map(|(listed, issued, life)| pack(listed.content(&claims), around_now(issued), life)),
            claims,
            policy,
            answer,
            site,
            whereabouts,
            uses,
        },
    )
}

/// The verdict that one check would give by itself.
fn verdict(outcome: &Outcome) -> Verdict {
    match outcome {
        Outcome::Skipped | Outcome::Passed => Verdict::Verified,
        Outcome::Cautions(_) => Verdict::Caution,
        Outcome::Denies(_) => Verdict::Denied,
    }
}

proptest! {
    #![proptest_config(cases(1024))]

    #[test]
    fn a_decision_is_the_worst_of_its_checks(scene in scene()) {
        let decision = scene.decide();
        prop_assert_eq!(&decision, &scene.decide(), "not the same twice");
        prop_assert!(decision.checks.iter().map(|(check, _)| check).eq(Check::ALL));
        let worst = decision.checks.iter().map(|(_, outcome)| verdict(outcome)).max();
        prop_assert_eq!(Some(decision.verdict), worst);
        let mut deciding = decision.checks.iter().filter(|(_, outcome)| verdict(outcome) == decision.verdict);
        if decision.verdict == Verdict::Verified {
            prop_assert_eq!(&decision.code, &Code::Ok);
            prop_assert!(scene.answer.is_some() && scene.now.trusted().is_some() && at(NOW) < scene.keys.expires);
        } else {
            prop_assert_eq!(Some(&decision.code), deciding.next().and_then(|(_, outcome)| outcome.code()));
        }
    }

    /// A fact may weigh against a code, so that its loss can turn DENIED into CAUTION. But no loss makes a code
    /// VERIFIED, and what said nothing against a code is never better lost.
    #[test]
    fn less_information_never_gives_a_better_verdict(scene in scene(), older in 0..5_000u64) {
        let full = scene.decide();

        let offline = scene.but(|scene| scene.answer = None);
        prop_assert!(offline.verdict >= Verdict::Caution);
        if scene.answer.iter().flat_map(BTreeMap::values).all(|code| *code == Code::Ok) {
            prop_assert!(offline.verdict >= full.verdict, "{offline:?}\n{full:?}");
        }

        let packless = scene.but(|scene| scene.pack = None);
        prop_assert!(packless.verdict >= full.verdict.min(Verdict::Caution));
        let quiet = [Check::Revocation, Check::Access].map(|check| verdict(full.outcome(check)));
        // An organisation that denies on an expired pack, but not without one, has asked for the one exception.
        if quiet == [Verdict::Verified; 2] && (scene.policy.deny_absent_pack || !scene.policy.deny_expired_pack) {
            prop_assert!(packless.verdict >= full.verdict, "{packless:?}\n{full:?}");
        }

        let untrusted = scene.but(|scene| scene.now = Now::Untrusted(scene.now.millis()));
        prop_assert!(untrusted.verdict >= Verdict::Caution);
        // A clock that lags a little must not be held against a pass: this one thing gets better, up to CAUTION.
        if *full.outcome(Check::Time) != Outcome::Denies(Code::NotYetValid) {
            prop_assert!(untrusted.verdict >= full.verdict, "{untrusted:?}\n{full:?}");
        }

        let aged = scene.but_pack(|pack| {
            pack.issued_at = pack.issued_at.minus(older);
            pack.next_update = pack.next_update.minus(older);
            pack.hard_expiry = pack.hard_expiry.minus(older);
        });
        prop_assert!(aged.verdict >= full.verdict, "{aged:?}\n{full:?}");

        let stale = scene.but(|scene| {
            scene.keys.issued_at = scene.keys.issued_at.minus(older);
            scene.keys.expires = scene.keys.expires.minus(older);
        });
        prop_assert!(stale.verdict >= full.verdict, "{stale:?}\n{full:?}");
    }

    #[test]
    fn more_against_a_code_never_gives_a_better_verdict(scene in scene(), more in listed()) {
        let full = scene.decide();
        let cleared = scene.but_pack(|pack| pack.content = Content::default());
        prop_assert!(cleared.verdict <= full.verdict);
        let listed = scene.but_pack(|pack| pack.content = more.content(&scene.claims));
        prop_assert!(cleared.verdict <= listed.verdict);
        let used = scene.but(|scene| {
            if let Some(uses) = &mut scene.uses {
                uses.grants += 1;
            }
        });
        prop_assert!(used.verdict >= full.verdict);
        let strict = scene.but(|scene| {
            scene.policy.deny_expired_pack = true;
            scene.policy.deny_absent_pack = true;
            scene.policy.deny_expired_keys = true;
        });
        prop_assert!(strict.verdict >= full.verdict);
    }
}

// ---- gate packs and key sets ----

/// A name, and the sites that someone works at or may come to.
type Person = (String, Option<Vec<SiteNumber>>);
/// A name and a geofence.
type Place = (String, Option<(i32, i32, u32)>);

fn id(number: u8) -> [u8; 16] {
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

// ---- journals ----

const DEVICE: DeviceId = DeviceId([8; 16]);

fn actor() -> Actor {
    Actor { guard: PersonId([1; 16]), shift: ShiftId([2; 16]), site: site(3) }
}

fn body() -> impl Strategy<Value = Body> {
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
        (actor(), entry(), any::<bool>(), option::of(1..=3u64)).prop_map(
            |(actor, event, granted, against)| {
                Body::Decision { actor, event, granted, against: against.and_then(Verdict::from_number) }
            }
        ),
        actor().prop_map(Body::WalkUp),
        (actor(), entry()).prop_map(|(actor, event)| Body::Arrival { actor, event }),
        (actor(), entry()).prop_map(|(actor, stay)| Body::Departure { actor, stay }),
        actor().prop_map(Body::ShiftStart),
        (actor(), any::<bool>()).prop_map(|(actor, automatic)| Body::ShiftEnd { actor, automatic }),
        any::<([u8; 16], u64, [u8; 32])>().prop_map(|(device, number, head)| Body::Continues {
            device: DeviceId(device),
            number,
            head: Digest32(head),
        }),
    ]
}

fn personal() -> impl Strategy<Value = Personal> {
    let fix = any::<(i32, i32, u32)>().prop_map(|(latitude_e6, longitude_e6, accuracy_m)| Fix {
        latitude_e6,
        longitude_e6,
        accuracy_m,
    });
    let photo = any::<[u8; 32]>().prop_map(Digest32);
    (option::of("\\PC{0,20}"), option::of("\\PC{0,20}"), option::of(fix), option::of(photo))
        .prop_map(|(name, note, fix, photo)| Personal { name, note, fix, photo })
}

/// A journal as its phone keeps it.
struct Journal {
    entries: Vec<(Entry, Vec<u8>, EntryKey)>,
    head: Head,
}

impl Journal {
    fn of(bodies: &[(Body, Personal)]) -> Self {
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
    fn lines(&self) -> Vec<String> {
        let key = *public(JOURNAL).as_bytes();
        let certificate = DeviceCertificate { org: org(), device: DEVICE, key, enrolled_at: at(NOW) };
        let mut lines = vec![Export::head(DEVICE, &key, Some(&certificate.sign(&secret(PACKS))))];
        for (entry, envelope, key) in &self.entries {
            lines.push(Export::entry(envelope, (entry.number % 2 == 1).then_some(key)));
        }
        lines.push(Export::receipt(&self.receipt()));
        lines
    }

    fn receipt(&self) -> Vec<u8> {
        let Head { number, hash } = self.head;
        Receipt { org: org(), device: DEVICE, number, hash, time: at(NOW) }.sign(&secret(PACKS))
    }
}

fn text(lines: &[String]) -> Vec<u8> {
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

// ---- hostile bytes ----

#[derive(Debug, Clone)]
enum Change {
    Set(Index, u8),
    Flip(Index, u8),
    Insert(Index, Vec<u8>),
    Cut(Index, Index),
    Copy(Index, Index),
    End(Index),
}

/// Heads of CBOR items that promise much, end early or are not deterministic, and what JSON is made of.
const TELLING: [u8; 32] = *b"\x00\x17\x18\x1b\x20\x3a\x40\x58\x5b\x5f\x60\x7b\x80\x84\x9b\x9f\
    \xa0\xa6\xbb\xbf\xc0\xf4\xf5\xf6\xf7\xf9\xff \"{\n:";

fn change() -> impl Strategy<Value = Change> {
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

fn changed(bytes: &[u8], changes: &[Change]) -> Vec<u8> {
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
fn samples() -> Vec<(Purpose, u8, Vec<u8>)> {
    let member = Claims {
        name: Name::from_typed("Zoë  Ångström\u{202e}"),
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
    let samples = [
        (Purpose::Pass, PASSES, signed_pass(&member)),
        (Purpose::Pass, PASSES, signed_pass(&certificate)),
        (Purpose::Keys, ROOT, keys().sign(&secret(ROOT))),
        (Purpose::Pack, PACKS, pack(content, at(NOW), (9, 9)).sign(&secret(PACKS))),
        (Purpose::Entry, JOURNAL, journal.entries[0].1.clone()),
        (Purpose::Device, PACKS, device.sign(&secret(PACKS))),
        (Purpose::Receipt, PACKS, journal.receipt()),
        (Purpose::Enrol, JOURNAL, request.sign(&secret(JOURNAL))),
    ];
    let payload = |bytes: &[u8]| Envelope::parse(bytes).expect("own envelope").payload.to_vec();
    samples.iter().map(|(purpose, signer, bytes)| (*purpose, *signer, payload(bytes))).collect()
}

/// Every reader of what comes from outside gets the bytes. None may panic, whatever it makes of them.
fn read_by_all(bytes: &[u8], keys: &KeySet) {
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
    let _ =
        (hex::decode(&text), pass::open(&text, keys), EnrolmentCode::parse(&text), Name::from_typed(&text));
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
    assert_eq!(purposes.len(), 7, "a kind of envelope has no sample");
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
        };
        assert!(read, "{purpose:?}");
    }
}
