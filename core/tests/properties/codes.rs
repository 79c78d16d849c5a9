//! Codes: what was signed is what is read, and nothing else passes.

use super::*;

pub fn name() -> impl Strategy<Value = Name> {
    "\\PC{1,16}".prop_filter_map("not a name", |name| Name::new(&name).ok())
}

pub fn sites() -> impl Strategy<Value = Vec<SiteNumber>> {
    let few = prop::collection::btree_set(1..=5u32, 0..4);
    let any = prop::collection::btree_set(1..=u32::MAX, 0..=16);
    prop_oneof![few, any].prop_map(|sites| sites.into_iter().map(site).collect())
}

/// Claims at about the present, most of them good now, some not.
pub fn claims() -> impl Strategy<Value = Claims> {
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
pub fn member() -> Claims {
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

pub fn signed_pass(claims: &Claims) -> Vec<u8> {
    NewPass { claims, key: &secret(PASSES) }.envelope().expect("legal claims")
}

/// The text that someone shows: the pass, or for a certificate what the phone mints from it at `time`.
pub fn shown(claims: &Claims, time: UnixSeconds) -> String {
    let pass = signed_pass(claims);
    match claims.kind {
        Kind::Device(_) => mint_proof(&pass, time, &sign_proof(&secret(PHONE), &pass, time)),
        Kind::Member | Kind::Visitor { .. } => format!("{PREFIX}{}", base45::encode(&pass)),
    }
}

pub fn p256_key(seed: u8) -> (p256::ecdsa::SigningKey, DeviceKey) {
    let key = p256::ecdsa::SigningKey::from_slice(&[seed; 32]).expect("a scalar");
    let point = key.verifying_key().to_sec1_point(true);
    let (tag, x) = point.as_bytes().split_first().expect("a point");
    (key, DeviceKey::P256 { x: x.try_into().expect("32 bytes"), y_odd: *tag == 3 })
}

pub fn p256_proof(key: &p256::ecdsa::SigningKey, certificate: &[u8], time: UnixSeconds) -> [u8; 64] {
    let signature: Signature = key.sign(&proof_message(certificate, time));
    signature.normalize_s().to_bytes().into()
}

/// The same signature with n - s for s, which mathematics accepts and the format does not.
pub fn high_s(signature: &[u8; 64]) -> [u8; 64] {
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

    // covers: S0-124
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

pub fn first(text: String) -> char {
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

#[cfg(feature = "faults")]
#[test]
fn each_signature_in_a_code_is_checked_once() {
    let checked = |text: &str| {
        let before = pass::counted::signatures();
        pass::open(text, &keys()).expect("own pass");
        pass::counted::signatures() - before
    };
    assert_eq!(checked(&shown(&member(), at(NOW))), 1);
    let (phone, key) = p256_key(7);
    let certificate = signed_pass(&Claims { kind: Kind::Device(key), ..member() });
    let signature = p256_proof(&phone, &certificate, at(NOW));
    assert_eq!(checked(&mint_proof(&certificate, at(NOW), &signature)), 2, "certificate and phone");
}
