//! One example at least of everything that leaves a program as bytes or text, kept in `core/tests/formats`, so that a
//! change of format is seen in review. CBOR stands there as hexadecimal and in diagnostic notation (RFC 8949,
//! section 8).
//!
//! `GATEHOUSE_BLESS=1` writes the files anew. Whoever does that has changed a format: see FORMATS.md first.

mod diagnostic;
mod json;
mod kept;
#[cfg(feature = "device")]
mod shown;

use std::fmt::Write;

use self::{
    diagnostic::{diagnostic, envelope},
    kept::kept,
};
use super::packs::id;
use super::*;
use gatehouse_core::{gatepack::PresentVisitor, journal::Hindsight, time::ClockChange};

/// A titled example of something signed.
fn signed(into: &mut String, title: &str, bytes: &[u8]) {
    writeln!(into, "# {title}\n{}\n{}\n", hex::encode(bytes), envelope(bytes)).expect("written");
}

/// A titled example of CBOR that is not signed by itself.
fn plain(into: &mut String, title: &str, value: &Value) {
    writeln!(into, "# {title}\n{}\n{}\n", hex::encode(&value.to_bytes()), diagnostic(value))
        .expect("written");
}

fn full_claims(kind: Kind) -> Claims {
    Claims {
        name: Name::new("Zoë Ångström").ok(),
        sites: Some(vec![site(1), site(24), site(70_000)]),
        kind,
        ..member()
    }
}

fn certificate_kinds() -> [(&'static str, Kind); 2] {
    [
        ("Ed25519", Kind::Device(DeviceKey::Ed25519(*public(PHONE).as_bytes()))),
        ("P-256", Kind::Device(p256_key(1).1)),
    ]
}

#[test]
fn passes_and_proofs() {
    let mut text = String::new();
    let kinds = [
        ("a member's pass", full_claims(Kind::Member)),
        ("the smallest pass", member()),
        ("a visitor's pass for two uses", full_claims(Kind::Visitor { max_uses: Some(2) })),
        ("a visitor's pass without limit", full_claims(Kind::Visitor { max_uses: None })),
    ];
    for (title, claims) in &kinds {
        writeln!(text, "{}", shown(claims, at(NOW))).expect("written");
        signed(&mut text, title, &signed_pass(claims));
    }
    for (name, kind) in certificate_kinds() {
        signed(&mut text, &format!("a phone's certificate, {name}"), &signed_pass(&full_claims(kind)));
    }
    let [(_, ed25519), (_, p256)] =
        certificate_kinds().map(|(name, kind)| (name, signed_pass(&full_claims(kind))));
    let by_ed25519 = mint_proof(&ed25519, at(NOW), &sign_proof(&secret(PHONE), &ed25519, at(NOW)));
    let by_p256 = mint_proof(&p256, at(NOW), &p256_proof(&p256_key(1).0, &p256, at(NOW)));
    for (title, proof) in [("a proof by Ed25519", by_ed25519), ("a proof by P-256", by_p256)] {
        assert!(pass::open(&proof, &keys()).is_ok(), "{title}");
        let bytes = base45::decode(&proof[PREFIX.len()..]).expect("own text");
        writeln!(text, "{proof}").expect("written");
        plain(&mut text, title, &Value::from_bytes(&bytes).expect("own proof"));
    }
    kept("passes.txt", &text);
}

#[test]
fn keys_certificates_and_requests() {
    let mut text = String::new();
    signed(&mut text, "a key set", &keys().sign(&secret(ROOT)));
    let succeeded = KeySet { next_root: Some(public(PHONE).digest()), version: 4, ..keys() };
    signed(&mut text, "a key set that announces the next root", &succeeded.sign(&secret(ROOT)));
    let key = *public(JOURNAL).as_bytes();
    let certificate = DeviceCertificate { org: org(), device: DEVICE, key, enrolled_at: at(NOW) };
    signed(&mut text, "a device certificate", &certificate.sign(&secret(PACKS)));
    let receipt = Receipt { org: org(), device: DEVICE, number: 300, hash: Digest32([3; 32]), time: at(NOW) };
    signed(&mut text, "a receipt", &receipt.sign(&secret(PACKS)));
    let request = EnrolRequest { org: org(), code_hash: Digest32([1; 32]), key, time: at(NOW) };
    signed(&mut text, "a request to enrol", &request.sign(&secret(JOURNAL)));
    let root = public(ROOT).digest();
    let code = EnrolmentCode {
        url: "https://gate.example".to_owned(),
        org: org(),
        code: "7K2M-Q9XA".to_owned(),
        root,
    };
    writeln!(text, "# an enrolment code\n{}", code.to_text()).expect("written");
    kept("keys.txt", &text);
}

#[test]
fn gate_packs() {
    let place = |number, geofence| SiteRecord {
        number: site(number),
        name: format!("Gate {number}"),
        time_zone: "Europe/Amsterdam".to_owned(),
        geofence,
        arrival_photo: PhotoPolicy::Required,
        walk_up_photo: PhotoPolicy::Off,
        show_face: true,
    };
    let fence = Geofence {
        latitude_e6: 52_370_216,
        longitude_e6: -4_895_168,
        radius_m: 100,
        buffer_m: Geofence::DEFAULT_BUFFER_M,
        rule: GeofenceRule::Block,
    };
    let guard = |number, sites| GuardRecord { person: PersonId(id(number)), name: "Grace".to_owned(), sites };
    let visit = |number, max_uses, host: Option<&str>| ExpectedVisit {
        subject: SubjectId(id(number)),
        name: "Vera".to_owned(),
        host: host.map(str::to_owned),
        sites: host.map(|_| vec![site(1), site(2)]),
        from: at(NOW),
        until: at(NOW + 900),
        max_uses,
        photo: max_uses.map(|_| Digest32([4; 32])),
        uses: max_uses.unwrap_or(3) - 1,
    };
    let present = |number, name: Option<&str>, subject| PresentVisitor {
        number,
        stay: EntryId(id(9)),
        name: name.map(str::to_owned),
        site: site(1),
        since: UnixMillis::new(NOW * 1000),
        subject,
    };
    let banned =
        Ban { reason: "Threatened a guard".to_owned(), names: vec!["Bo".to_owned(), "Bob".to_owned()] };
    let mut revoked = RevokedBuilder::default();
    for (list, numbers) in LISTS.into_iter().zip([[20, 21], [22, 23], [24, 25]]) {
        numbers.iter().for_each(|number| revoked.add(list, &id(*number)));
    }
    revoked.supersede(&id(26), at(NOW));
    revoked.supersede(&id(27), at(NOW + 1));
    let policy = Policy { deny_expired_pack: true, online_timeout_ms: 900, ..Policy::default() };
    let content = Content {
        sites: Section::build([place(1, Some(fence)).to_fields(), place(300, None).to_fields()]),
        guards: Section::build([guard(1, None).to_fields(), guard(2, Some(vec![site(1)])).to_fields()]),
        invitations: Section::build([
            present(1, Some("Vera"), Some(SubjectId(id(3)))).to_fields(),
            present(300, None, None).to_fields(),
            visit(3, None, None).to_fields(),
            visit(4, Some(2), Some("Hugo")).to_fields(),
        ]),
        revoked: revoked.build(),
        codes: Section::build([vec![Value::Bytes(vec![1; 32])]]),
        bans: Section::build([banned.to_fields(prefix(&id(28)))]),
        policy: Some(policy.to_value()),
    };
    let mut text = String::new();
    let full = GatePack { device: Some(DEVICE), ..pack(content, at(NOW), (600, 3_600)) };
    signed(&mut text, "a device's pack with every section", &full.sign(&secret(PACKS)));
    let base = GatePack {
        seq: 4,
        content: Content { bans: None, sites: None, ..full.content.clone() },
        ..full.clone()
    };
    signed(&mut text, "a delta to it", &Delta::between(&base, &full).sign(&secret(PACKS)));
    let mut fewer = RevokedBuilder::default();
    fewer.add(LISTS[0], &id(20));
    fewer.add(LISTS[2], &id(29));
    fewer.supersede(&id(26), at(NOW + 5));
    let content = Content {
        guards: Section::build([guard(3, None).to_fields()]),
        invitations: Section::build([visit(3, Some(1), None).to_fields()]),
        revoked: fewer.build(),
        codes: None,
        policy: Some(Policy::default().to_value()),
        ..full.content.clone()
    };
    let after = GatePack { seq: 6, content_hash: Digest32::of(&content.to_bytes()), content, ..full.clone() };
    signed(
        &mut text,
        "a delta that removes, with lists and policy",
        &Delta::between(&full, &after).sign(&secret(PACKS)),
    );
    let empty = pack(Content::default(), at(NOW), (600, 3_600));
    signed(&mut text, "the smallest pack, for any device", &empty.sign(&secret(PACKS)));
    assert!(GatePack::open(&full.sign(&secret(PACKS)), &keys()).is_ok());
    kept("packs.txt", &text);
}

/// What kind of body this is. Who adds one adds an example of it below.
fn title(body: &Body) -> &'static str {
    match body {
        Body::Scan(..) => "a scan",
        Body::Decision { .. } => "a decision",
        Body::WalkUp(_) => "a walk-up",
        Body::Arrival { .. } => "an arrival",
        Body::Departure { .. } => "a departure",
        Body::ShiftStart { .. } => "the start of a shift",
        Body::ShiftEnd { .. } => "the end of a shift",
        Body::Continues { .. } => "a journal that goes on from another",
        Body::JudgedWalkUp(..) => "a walk-up of whom something is known",
        Body::Report { .. } => "a report",
        Body::JudgedAnew { .. } => "an undecided event judged anew",
        Body::Abandoned { .. } => "an event left undecided",
        Body::Corrected { .. } => "a decision put right",
        Body::JudgedAgain { .. } => "an event judged again",
        Body::ClockChange(_) => "a change of the clock",
    }
}

/// A scan by a device's code, with everything that an entry can say of one.
fn full_scan() -> ScanBody {
    let scene = Scene {
        text: shown(&full_claims(certificate_kinds()[0].1.clone()), at(NOW - 300)),
        claims: member(),
        now: Now::Trusted(at(NOW).to_millis()),
        keys: keys(),
        pack: None,
        policy: Policy::default(),
        answer: None,
        site: Some(site(9)),
        whereabouts: Whereabouts::Missing { blocks: false },
        uses: Some(PastUses { grants: 1, last: None }),
    };
    ScanBody::of(&scene.decide(), Some(7), false, Some(EntryId(id(9))))
}

fn every_body() -> Vec<(Body, Personal)> {
    let fix = Some(Fix { latitude_e6: 52_370_216, longitude_e6: -4_895_168, accuracy_m: 12 });
    let photo = Some(Digest32([4; 32]));
    let (name, note) = (Some("Ada".to_owned()), Some("Host vouched".to_owned()));
    let all = Personal { name, note, fix, photo, host: None };
    let (actor, event) = (actor(), EntryId(id(9)));
    let unreadable = Scene { text: "NOT A CODE".to_owned(), ..scene_of(member()) };
    let unreadable = ScanBody::of(&unreadable.decide(), None, false, None);
    let against = Some(Verdict::Denied);
    let full =
        Hindsight { verdict: Verdict::Denied, code: Code::Revoked, since: Some(at(NOW)), pack_seq: Some(6) };
    let bare = Hindsight { verdict: Verdict::Caution, code: Code::NotAssigned, since: None, pack_seq: None };
    let set = ClockChange { moved_ms: Some(-90_000), ahead_ms: Some(-5), restarted: false, lowered_ms: None };
    let restarted = ClockChange { moved_ms: None, ahead_ms: None, restarted: true, lowered_ms: None };
    let lowered =
        ClockChange { moved_ms: None, ahead_ms: None, restarted: false, lowered_ms: Some(259_200_000) };
    vec![
        (
            Body::Continues { device: DeviceId(id(7)), number: 41, head: Digest32([3; 32]) },
            Personal::default(),
        ),
        (
            Body::ShiftStart { actor, location: Some(Code::OutsideGeofence) },
            Personal { fix, ..Personal::default() },
        ),
        (
            Body::Scan(actor, Box::new(full_scan())),
            Personal { name: all.name.clone(), fix, ..Personal::default() },
        ),
        (Body::Scan(actor, Box::new(unreadable)), Personal::default()),
        (Body::Decision { actor, event, granted: true, against, judgement: 1 }, all.clone()),
        (Body::Decision { actor, event, granted: false, against: None, judgement: 2 }, Personal::default()),
        (Body::WalkUp(actor), Personal { host: Some("Hugo".to_owned()), ..all.clone() }),
        (Body::JudgedWalkUp(actor, Box::new(full_scan())), Personal { note: None, ..all }),
        (Body::Arrival { actor, event }, Personal { photo, ..Personal::default() }),
        (Body::Departure { actor, stay: event }, Personal::default()),
        (Body::ShiftEnd { actor, automatic: false }, Personal::default()),
        (Body::ShiftEnd { actor, automatic: true }, Personal::default()),
        (
            Body::Report { actor, event },
            Personal { note: Some("Borrowed phone".to_owned()), ..Personal::default() },
        ),
        (Body::Abandoned { actor, event }, Personal::default()),
        (
            Body::JudgedAnew { actor, event, judgement: 2, found: Some(Box::new(full_scan())) },
            Personal { fix, ..Personal::default() },
        ),
        (Body::JudgedAnew { actor, event, judgement: 3, found: None }, Personal::default()),
        (Body::JudgedAgain { event, found: full }, Personal::default()),
        (Body::JudgedAgain { event, found: bare }, Personal::default()),
        (Body::ClockChange(set), Personal::default()),
        (Body::ClockChange(restarted), Personal::default()),
        (Body::ClockChange(lowered), Personal::default()),
        (
            Body::Corrected { actor, event, granted: true, against: Some(Verdict::Verified) },
            Personal { note: Some("The wrong button".to_owned()), ..Personal::default() },
        ),
        (Body::Corrected { actor, event, granted: false, against: None }, Personal::default()),
    ]
}

fn scene_of(claims: Claims) -> Scene {
    Scene {
        text: shown(&claims, at(NOW)),
        claims,
        now: Now::Trusted(at(NOW).to_millis()),
        keys: keys(),
        pack: None,
        policy: Policy::default(),
        answer: None,
        site: None,
        whereabouts: Whereabouts::NotChecked,
        uses: None,
    }
}

#[test]
fn journals() {
    let bodies = every_body();
    let titles: BTreeSet<&str> = bodies.iter().map(|(body, _)| title(body)).collect();
    assert_eq!(titles.len(), 15, "a kind of body has no example");
    let journal = Journal::of(&bodies);
    let mut text = String::new();
    for ((body, personal), (entry, envelope, key)) in bodies.iter().zip(&journal.entries) {
        signed(&mut text, title(body), envelope);
        let sealed = entry.body.get(0).and_then(Value::as_bytes);
        assert_eq!(sealed.is_some(), *personal != Personal::default());
        if let Some(sealed) = sealed {
            let key_text = hex::encode(key.as_bytes());
            let opened = key.open(entry.id, sealed).expect("own sealed part");
            plain(&mut text, &format!("its sealed part, opened with {key_text}"), &opened);
        }
    }
    kept("journal.txt", &text);
    let lines = journal.lines();
    assert!(verify_export(&self::text(&lines), Some(&keys())).is_ok());
    kept("export.txt", &format!("{}\n", lines.join("\n")));
}
