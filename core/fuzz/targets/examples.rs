//! A good example or several of everything: what mutation starts from.

use ed25519_dalek::SigningKey;
use gatehouse_core::{
    base45,
    cbor::Value,
    decision::{Code, Verdict},
    envelope::{Envelope, PublicKey},
    gatepack::{
        Content, Delta, ExpectedVisit, GatePack, GuardRecord, List, PhotoPolicy, Policy, RevokedBuilder,
        Section, SiteRecord, prefix,
    },
    id::{Digest32, EntryId, PersonId, ShiftId, SiteNumber, SubjectId, TokenId},
    journal::{
        Actor, Body, DeviceCertificate, EnrolRequest, Entry, EntryKey, Export, Hindsight, Personal, Receipt,
    },
    pass::{Claims, DeviceKey, Kind, Name, NewPass, PREFIX, mint_proof, sign_proof},
    place::{Fix, Geofence, GeofenceRule},
    time::{ClockChange, UnixMillis, UnixSeconds},
    wire::{EnrolmentCode, MemberCode},
};

use super::{
    http::{answer_of, json},
    keyring::{DEVICE, NOW, Signer, at, keys, org},
    phone_key::phone_keys,
    picture::{frame_of, gifs, jpeg_of, jpegs, png_of, pngs, webps},
    storage::database,
};

fn site(number: u64) -> SiteNumber {
    SiteNumber::new(number).expect("not 0")
}

pub fn actor() -> Actor {
    Actor { guard: PersonId([1; 16]), shift: ShiftId([2; 16]), site: site(3) }
}

fn claims(kind: Kind) -> Claims {
    Claims {
        org: org(),
        expires_at: at(NOW + 100),
        not_before: at(NOW - 60),
        issued_at: at(NOW),
        token: TokenId([1; 16]),
        kind,
        subject: SubjectId([2; 16]),
        name: Name::new("Zoë Ångström").ok(),
        sites: Some(vec![site(1), site(70_000)]),
    }
}

fn signed(claims: &Claims) -> Vec<u8> {
    NewPass { claims, key: &Signer::Passes.secret() }.envelope().expect("legal claims")
}

fn phone_key() -> DeviceKey {
    DeviceKey::Ed25519(*Signer::Phone.public().as_bytes())
}

fn passes() -> Vec<Claims> {
    let plain = Claims { name: None, sites: None, ..claims(Kind::Member) };
    vec![
        plain,
        claims(Kind::Member),
        claims(Kind::Visitor { max_uses: Some(2) }),
        claims(Kind::Visitor { max_uses: None }),
        claims(Kind::Device(phone_key())),
        claims(Kind::Device(DeviceKey::P256 { x: [7; 32], y_odd: true })),
    ]
}

fn proof(time: UnixSeconds) -> String {
    let certificate = signed(&claims(Kind::Device(phone_key())));
    mint_proof(&certificate, time, &sign_proof(&Signer::Phone.secret(), &certificate, time))
}

fn content() -> Content {
    let fence = Geofence {
        latitude_e6: 52_370_216,
        longitude_e6: -4_895_168,
        radius_m: 100,
        buffer_m: Geofence::DEFAULT_BUFFER_M,
        rule: GeofenceRule::Block,
    };
    let place = SiteRecord {
        number: site(1),
        name: "North".to_owned(),
        time_zone: "Europe/Amsterdam".to_owned(),
        geofence: Some(fence),
        arrival_photo: PhotoPolicy::Required,
        walk_up_photo: PhotoPolicy::Off,
        show_face: true,
    };
    let guard =
        GuardRecord { person: PersonId([1; 16]), name: "Grace".to_owned(), sites: Some(vec![site(1)]) };
    let visit = ExpectedVisit {
        subject: SubjectId([2; 16]),
        name: "Vera".to_owned(),
        host: Some("Hugo".to_owned()),
        sites: None,
        from: at(NOW),
        until: at(NOW + 900),
        max_uses: Some(2),
        photo: Some(Digest32([4; 32])),
        uses: 1,
    };
    let mut revoked = RevokedBuilder::default();
    for other in 100..110u8 {
        revoked.add([List::Revoked, List::Disabled, List::Cancelled][usize::from(other % 3)], &[other; 16]);
        revoked.supersede(&[other; 16], at(NOW));
    }
    Content {
        sites: Section::build([place.to_fields(), vec![Value::Uint(2), "South".into()]]),
        guards: Section::build([guard.to_fields()]),
        invitations: Section::build([visit.to_fields()]),
        revoked: revoked.build(),
        codes: Section::build([vec![Value::Bytes(vec![1; 32])]]),
        bans: Section::build([vec![prefix(&[5; 16]).as_slice().into(), "no".into()]]),
        policy: Some(Policy::default().to_value()),
    }
}

fn pack_of(content: Content, seq: u64) -> GatePack {
    GatePack {
        org: org(),
        device: Some(DEVICE),
        seq,
        issued_at: at(NOW),
        next_update: at(NOW + 60),
        hard_expiry: at(NOW + 120),
        content_hash: Digest32::of(&content.to_bytes()),
        content,
    }
}

/// The pack that a phone has when others come.
pub fn base_pack() -> GatePack {
    pack_of(content(), 5)
}

fn packs() -> Vec<GatePack> {
    let small = Content { sites: content().sites, ..Content::default() };
    let anyone = GatePack { device: None, ..pack_of(small, 6) };
    vec![base_pack(), pack_of(Content::default(), 7), anyone]
}

/// Deltas from [`base_pack`]: to one without bans and with another policy, and to one without anything.
pub fn deltas() -> Vec<Vec<u8>> {
    let policy = Policy { deny_absent_pack: true, ..Policy::default() };
    let changed = Content { bans: None, policy: Some(policy.to_value()), ..content() };
    [changed, Content::default()]
        .map(|after| Delta::between(&base_pack(), &pack_of(after, 6)).sign(&Signer::Packs.secret()))
        .to_vec()
}

fn bodies() -> Vec<(Body, Personal)> {
    let fix = Some(Fix { latitude_e6: 52_370_216, longitude_e6: -4_895_168, accuracy_m: 12 });
    let photo = Some(Digest32([4; 32]));
    let host = Some("Hugo".to_owned());
    let personal = Personal { name: Some("Ada".to_owned()), note: Some("late".to_owned()), fix, photo, host };
    let event = EntryId([9; 16]);
    let found =
        Hindsight { verdict: Verdict::Denied, code: Code::Revoked, since: Some(at(NOW)), pack_seq: Some(6) };
    let clock = ClockChange {
        moved_ms: Some(-90_000),
        ahead_ms: Some(-5),
        restarted: false,
        lowered_ms: Some(259_200_000),
    };
    vec![
        (Body::ShiftStart { actor: actor(), location: None }, Personal::default()),
        (Body::WalkUp(actor()), personal),
        (
            Body::Decision { actor: actor(), event, granted: true, against: None, judgement: 2 },
            Personal::default(),
        ),
        (Body::JudgedAnew { actor: actor(), event, judgement: 2, found: None }, Personal::default()),
        (Body::Arrival { actor: actor(), event }, Personal { photo, ..Personal::default() }),
        (Body::Departure { actor: actor(), stay: event }, Personal { fix, ..Personal::default() }),
        (Body::ShiftEnd { actor: actor(), automatic: true }, Personal::default()),
        (Body::Continues { device: DEVICE, number: 7, head: Digest32([3; 32]) }, Personal::default()),
        (
            Body::Report { actor: actor(), event },
            Personal { note: Some("odd".to_owned()), ..Personal::default() },
        ),
        (Body::Abandoned { actor: actor(), event }, Personal::default()),
        (
            Body::Corrected { actor: actor(), event, granted: true, against: Some(Verdict::Verified) },
            Personal { note: Some("slip".to_owned()), ..Personal::default() },
        ),
        (Body::JudgedAgain { event, found }, Personal::default()),
        (Body::ClockChange(clock), Personal::default()),
    ]
}

fn entries() -> Vec<(Entry, Vec<u8>)> {
    let mut previous = Digest32([0; 32]);
    let numbered = bodies().into_iter().zip(1u8..);
    let entry = |((body, personal), number): ((Body, Personal), u8)| {
        let id = EntryId([number; 16]);
        let entry = Entry {
            id,
            device: DEVICE,
            number: number.into(),
            previous,
            wall: UnixMillis::new(NOW * 1000 + u64::from(number)),
            trusted: (number % 2 == 0).then(|| UnixMillis::new(NOW * 1000)),
            kind: body.kind(),
            body: body.to_value(id, &personal, &EntryKey::new([0; 32]), [3; 24]),
        };
        let (envelope, hash) = entry.sign(&Signer::Journal.secret());
        previous = hash;
        (entry, envelope)
    };
    numbered.map(entry).collect()
}

fn certificate() -> Vec<u8> {
    let key = *Signer::Journal.public().as_bytes();
    DeviceCertificate { org: org(), device: DEVICE, key, enrolled_at: at(NOW) }.sign(&Signer::Packs.secret())
}

fn receipt() -> Vec<u8> {
    let entries = entries();
    let (last, _) = entries.last().expect("entries");
    let hash = Digest32::of(&last.to_bytes());
    Receipt { org: org(), device: DEVICE, number: last.number, hash, time: at(NOW) }
        .sign(&Signer::Packs.secret())
}

fn enrol_request() -> Vec<u8> {
    let key: SigningKey = Signer::Journal.secret();
    let public = *PublicKey::from(&key).as_bytes();
    EnrolRequest { org: org(), code_hash: Digest32([1; 32]), key: public, time: at(NOW) }.sign(&key)
}

fn export() -> Vec<u8> {
    let key = *Signer::Journal.public().as_bytes();
    let mut lines = vec![Export::head(DEVICE, &key, Some(&certificate()))];
    for (entry, envelope) in entries() {
        lines.push(Export::entry(&envelope, (entry.number == 2).then(|| EntryKey::new([0; 32])).as_ref()));
    }
    lines.push(Export::receipt(&receipt()));
    lines.join("\n").into_bytes()
}

fn payload(envelope: &[u8]) -> Vec<u8> {
    Envelope::parse(envelope).expect("own envelope").payload.to_vec()
}

fn member_code(url: &str) -> MemberCode {
    MemberCode { url: url.to_owned(), org: org(), root: Signer::Root.public().digest() }
}

/// Good examples by target.
pub fn examples(target: &str) -> Vec<Vec<u8>> {
    let envelopes = || {
        let mut all: Vec<_> = passes().iter().map(signed).collect();
        all.push(keys().sign(&Signer::Root.secret()));
        all.extend(packs().iter().map(|pack| pack.sign(&Signer::Packs.secret())));
        all.extend(entries().into_iter().map(|(_, envelope)| envelope));
        all.extend([certificate(), receipt(), enrol_request()]);
        all
    };
    let texts = || {
        let plain = |claims: &Claims| format!("{PREFIX}{}", base45::encode(&signed(claims)));
        let mut texts: Vec<String> = passes().iter().map(plain).collect();
        texts.extend([proof(at(NOW)), format!(" \t{}\r\n", proof(at(NOW)))]);
        texts
    };
    match target {
        "answer" => json()
            .iter()
            .zip([200, 429, 200, 201, 200, 503])
            .map(|(body, status)| answer_of(status, "17\n262144\napplication/json\n", body))
            .chain([
                answer_of(302, "\n\n\n", ""),
                answer_of(200, "\n\ntext/html\n", "<html>Sign in to AirportWifi</html>"),
                answer_of(503, "120\n\n\n", ""),
                answer_of(200, "\n1048576\n\n", ""),
                answer_of(200, "\n\n\n", &json()[2]),
                answer_of(
                    200,
                    "\n\n\n",
                    r#"{"results":[{"result":"accepted"},{"result":"missing","expected":4}],"server_time":9}"#,
                ),
                answer_of(413, "\n\ntext/plain\n", "too large"),
                answer_of(
                    422,
                    "\n\n\n",
                    r#"{"type":"about:blank","title":"t","status":422,"code":"malformed"}"#,
                ),
                answer_of(404, "\n\n\n", ""),
                answer_of(
                    401,
                    "\n\n\n",
                    r#"{"type":"about:blank","title":"t","status":401,"code":"unauthorized"}"#,
                ),
            ])
            .collect(),
        "base45" => texts()
            .iter()
            .map(|text| text.trim().as_bytes()[PREFIX.len()..].to_vec())
            .chain(envelopes())
            .collect(),
        "cbor" => envelopes().iter().map(|envelope| payload(envelope)).chain(envelopes()).collect(),
        "certificate" => {
            let all = [certificate(), receipt(), enrol_request()];
            all.iter().map(|envelope| payload(envelope)).chain(all.clone()).collect()
        }
        "enrolment_code" => {
            let code = |url: &str| EnrolmentCode {
                url: url.to_owned(),
                org: org(),
                code: "7K2M-Q9XA".to_owned(),
                root: Signer::Root.public().digest(),
            };
            let urls = ["https://gate.example", "http://127.0.0.1:8080", "https://ünï.example/\""];
            urls.iter().map(|url| code(url).to_text().into_bytes()).collect()
        }
        "entry" => entries()
            .into_iter()
            .flat_map(|(entry, envelope)| [entry.to_bytes(), entry.body.to_bytes(), envelope])
            .collect(),
        "envelope" => envelopes(),
        "export" => vec![export(), export().to_ascii_uppercase(), [export(), b"\r\n".to_vec()].concat()],
        "frame" => vec![frame_of("GH1:FRAME"), frame_of("12345678901234567890")],
        "gif" => gifs(),
        "keys" => {
            let next = gatehouse_core::keys::KeySet {
                version: 4,
                next_root: Some(Signer::Packs.public().digest()),
                ..keys()
            };
            let sets = [keys(), next].map(|set| set.sign(&Signer::Root.secret()));
            sets.iter().map(|set| payload(set)).chain(sets.clone()).collect()
        }
        "member_code" => ["https://gate.example", "http://127.0.0.1:8080", "https://ünï.example/\""]
            .map(|url| member_code(url).to_text().into_bytes())
            .to_vec(),
        "name" => ["Ada", "  Zoë \t A\u{30a}ngstro\u{308}m\u{202e} ", "\u{301}a", "漢字".repeat(12).as_str()]
            .iter()
            .map(|name| name.as_bytes().to_vec())
            .collect(),
        "pack" => {
            let mut signed: Vec<_> = packs().iter().map(|pack| pack.sign(&Signer::Packs.secret())).collect();
            signed.extend(deltas());
            signed.iter().map(|pack| payload(pack)).chain(signed.clone()).collect()
        }
        "pack_content" => packs().iter().map(|pack| pack.content.to_bytes()).collect(),
        "pass" => passes()
            .iter()
            .map(|claims| payload(&signed(claims)))
            .chain(texts().into_iter().map(String::into_bytes))
            .collect(),
        "phone_key" => phone_keys(),
        "photo" => {
            let codes = [jpeg_of("GH1:PHOTO"), png_of("GH1:PHOTO")];
            codes.into_iter().chain(jpegs()).chain(pngs()).collect()
        }
        "picture" => vec![png_of("GH1:PICTURE"), jpeg_of("GH1:PICTURE")],
        "proof" => {
            let certificate = signed(&claims(Kind::Device(phone_key())));
            let whole = base45::decode(&proof(at(NOW))[PREFIX.len()..]).expect("own text");
            vec![[NOW.to_be_bytes().to_vec(), certificate].concat(), whole]
        }
        "sealed" => {
            let map = Value::Map(vec![(Value::Uint(1), "Ada".into()), (Value::Uint(2), "late".into())]);
            vec![EntryKey::new([6; 32]).seal(EntryId([9; 16]), [3; 24], &map), map.to_bytes()]
        }
        "storage" => vec![database()],
        "webp" => webps(),
        "wire" => json().into_iter().map(String::into_bytes).collect(),
        _ => Vec::new(),
    }
}
