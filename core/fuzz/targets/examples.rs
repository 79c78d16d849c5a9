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
    qr::{Correction, png},
    time::{ClockChange, UnixMillis, UnixSeconds},
    wire::{EnrolmentCode, MemberCode},
};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::{
    keyring::{DEVICE, NOW, Signer, at, keys, org},
    phone_key,
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
    let personal = Personal { name: Some("Ada".to_owned()), note: Some("late".to_owned()), fix, photo };
    let event = EntryId([9; 16]);
    let found =
        Hindsight { verdict: Verdict::Denied, code: Code::Revoked, since: Some(at(NOW)), pack_seq: Some(6) };
    let clock = ClockChange { moved_ms: Some(-90_000), ahead_ms: Some(-5), restarted: false };
    vec![
        (Body::ShiftStart(actor()), Personal::default()),
        (Body::WalkUp(actor()), personal),
        (Body::Decision { actor: actor(), event, granted: true, against: None }, Personal::default()),
        (Body::Arrival { actor: actor(), event }, Personal { photo, ..Personal::default() }),
        (Body::Departure { actor: actor(), stay: event }, Personal { fix, ..Personal::default() }),
        (Body::ShiftEnd { actor: actor(), automatic: true }, Personal::default()),
        (Body::Continues { device: DEVICE, number: 7, head: Digest32([3; 32]) }, Personal::default()),
        (
            Body::Report { actor: actor(), event },
            Personal { note: Some("odd".to_owned()), ..Personal::default() },
        ),
        (Body::Abandoned { actor: actor(), event }, Personal::default()),
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

fn png_of(text: &str) -> Vec<u8> {
    png(text, Correction::Low, 2).expect("drawn")
}

/// A JPEG with an Exif block that says "turned", as a camera's begins.
fn jpeg_of(text: &str) -> Vec<u8> {
    const EXIF: &[u8] =
        b"\xff\xe1\0\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let plain = gatehouse_core::photo::prepare(&png_of(text)).expect("a photo").jpeg;
    [&plain[..2], EXIF, &plain[2..]].concat()
}

/// Every kind of JPEG that phones, scanners and picture programs write.
fn jpegs() -> Vec<Vec<u8>> {
    // One of three planes in a scan each, which the encoder below does not write.
    const PLANES: &[u8] = include_bytes!("../../src/picture/planes.jpg");
    const SIZE: (u16, u16) = (40, 24);
    let pixels = usize::from(SIZE.0) * usize::from(SIZE.1);
    let coloured: Vec<u8> = (0u8..=255).cycle().step_by(7).take(pixels * 4).collect();
    let written = |colour, factor, progressive, interval| {
        let mut out = Vec::new();
        let mut encoder = Encoder::new(&mut out, 80);
        encoder.set_sampling_factor(factor);
        encoder.set_progressive(progressive);
        encoder.set_restart_interval(interval);
        encoder.encode(&coloured, SIZE.0, SIZE.1, colour).expect("written");
        out
    };
    vec![
        written(ColorType::Luma, SamplingFactor::F_1_1, false, 0),
        written(ColorType::Rgb, SamplingFactor::F_1_1, false, 0),
        written(ColorType::Rgb, SamplingFactor::F_2_2, false, 0),
        written(ColorType::Rgb, SamplingFactor::F_2_1, false, 2),
        written(ColorType::Rgb, SamplingFactor::F_2_2, true, 0),
        written(ColorType::Luma, SamplingFactor::F_1_1, true, 0),
        written(ColorType::Cmyk, SamplingFactor::F_1_1, false, 0),
        written(ColorType::CmykAsYcck, SamplingFactor::F_2_2, true, 0),
        PLANES.to_vec(),
    ]
}

/// Every kind of PNG.
fn pngs() -> Vec<Vec<u8>> {
    use png::{BitDepth, ColorType as Colour};
    const INTERLACED: &[u8] = include_bytes!("../../src/picture/interlaced.png");
    let written = |colour, depth, row: usize| {
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, 16, 9);
        encoder.set_color(colour);
        encoder.set_depth(depth);
        if colour == Colour::Indexed {
            encoder.set_palette(vec![0, 0, 0, 255, 0, 0, 255, 255, 255, 9, 9, 9]);
            encoder.set_trns(vec![255, 255, 0]);
        }
        let data: Vec<u8> = (0u8..=255).cycle().step_by(5).take(row * 9).collect();
        let mut writer = encoder.write_header().expect("written");
        writer.write_image_data(&data).expect("written");
        writer.finish().expect("written");
        out
    };
    vec![
        written(Colour::Grayscale, BitDepth::Sixteen, 32),
        written(Colour::GrayscaleAlpha, BitDepth::Eight, 32),
        written(Colour::Rgb, BitDepth::Eight, 48),
        written(Colour::Rgba, BitDepth::Sixteen, 128),
        written(Colour::Indexed, BitDepth::Two, 4),
        INTERLACED.to_vec(),
    ]
}

/// A small database as a power cut leaves it: some of it in the file, some only in the log.
fn database() -> Vec<u8> {
    // Examples may be asked for by several threads at once.
    static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
    let number = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("gatehouse-fuzz-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("station.db");
    let connection = rusqlite::Connection::open(&path).expect("a database");
    let run = |sql: &str| connection.execute_batch(sql).expect("run");
    run("PRAGMA page_size=512; PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;");
    run("CREATE TABLE entry (number INTEGER PRIMARY KEY, id BLOB, sealed BLOB, word TEXT, at INTEGER);");
    run(
        "INSERT INTO entry VALUES (1, x'0101', zeroblob(40), 'one', NULL), (2, x'02', zeroblob(1500), 'two', -5);",
    );
    run("PRAGMA wal_checkpoint(TRUNCATE);");
    run("INSERT INTO entry VALUES (3, x'0303', zeroblob(900), 'three', 1790000000000);");
    run("INSERT INTO entry VALUES (4, x'0404', x'ff', 'four', 0);");
    let read = |name: &str| std::fs::read(folder.join(name)).expect("read");
    let (file, log) = (read("station.db"), read("station.db-wal"));
    drop(connection);
    std::fs::remove_dir_all(&folder).expect("removed");
    let length = u32::try_from(file.len()).expect("short").to_be_bytes();
    [&length, file.as_slice(), log.as_slice()].concat()
}

/// Public keys in every form, and signatures in every form.
fn phone_keys() -> Vec<Vec<u8>> {
    let (point, signature) = phone_key::hardware();
    // What stands before the point in a SubjectPublicKeyInfo, as Android's key store writes it.
    let info = gatehouse_core::hex::decode("3059301306072a8648ce3d020106082a8648ce3d030107034200");
    let short = DeviceKey::from_public(&point).expect("own key").to_bytes();
    let plain: Vec<u8> = signature.to_bytes().to_vec();
    let proof = ed25519_dalek::Signer::sign(&Signer::Phone.secret(), phone_key::MESSAGE);
    vec![
        Signer::Phone.public().as_bytes().to_vec(),
        [info.expect("hex"), point.clone()].concat(),
        point,
        short,
        der(&plain),
        plain,
        proof.to_bytes().to_vec(),
    ]
}

/// r and s as DER writes them.
fn der(signature: &[u8]) -> Vec<u8> {
    let integer = |number: &[u8]| {
        let pad = usize::from(number[0] >= 0x80);
        let length = u8::try_from(number.len() + pad).expect("short");
        [&[2, length], &[0][..pad], number].concat()
    };
    let both = [integer(&signature[..32]), integer(&signature[32..])].concat();
    [&[0x30, u8::try_from(both.len()).expect("short")], both.as_slice()].concat()
}

fn frame(text: &str) -> Vec<u8> {
    let luma = gatehouse_core::picture::luma(&png(text, Correction::Low, 1).expect("drawn")).expect("read");
    let width = u8::try_from(luma.width).expect("narrow");
    [vec![width], luma.pixels].concat()
}

fn http(status: u16, headers: &str, body: &str) -> Vec<u8> {
    [&status.to_be_bytes(), headers.as_bytes(), body.as_bytes()].concat()
}

/// JSON as server and phone exchange it.
fn wire() -> Vec<String> {
    let id = "01".repeat(16);
    let digest = "02".repeat(32);
    vec![
        r#"{"email":"a@b.example","code":"123456"}"#.to_owned(),
        r#"{"type":"about:blank","title":"Too many requests.","status":429,"code":"rate_limited"}"#
            .to_owned(),
        format!(
            r#"{{"results":[{{"result":"accepted"}},{{"result":"duplicate"}},{{"result":"missing","expected":3}},{{"result":"forked"}},{{"result":"rejected","code":"malformed"}}],"receipt":"{digest}","photos":["{digest}"],"server_time":1790000000000,"findings":[{{"event":"{id}","verdict":"DENIED","code":"revoked","since":5}}]}}"#
        ),
        format!(r#"{{"entries":[{{"envelope":"a0","key":"{digest}"}}]}}"#),
        format!(
            r#"{{"event":"{}","code_sha256":"{}","server_time":1790000000000,"checks":{{"revocation":"ok","access":"banned","site":"not_assigned","uses":"new_code"}},"host":"Hugo","last_used":5,"stay":"{id}"}}"#,
            EntryId([9; 16]),
            gatehouse_core::decision::code_digest("GH1:CODE"),
        ),
        format!(r#"{{"event":"{id}","code":"GH1:CODE","site":1,"leaving":"{id}"}}"#),
        format!(r#"{{"shift":"{id}","site":1}}"#),
        r#"{"site_name":"North","server_time":1790000000000}"#.to_owned(),
        format!(r#"[{{"stay":"{id}","name":null,"subject":"{id}","site":1,"since":5,"stale":true}}]"#),
        format!(
            r#"{{"device":"{id}","token":"t","certificate":"a0","organisation":"Oak","keys":{{"root":"{digest}","keys":"a0"}},"policy":{{"deny_expired_pack":true,"deny_absent_pack":false,"deny_expired_keys":true,"online_timeout_ms":1500}},"server_time":9}}"#
        ),
        format!(r#"{{"request":"{digest}","name":"Laptop"}}"#),
        format!(
            r#"{{"event":"{id}","kind":"visitor","verdict":"CAUTION","code":"offline","granted":true,"flagged":false,"name":"Vera","site":1,"happened_at":1,"received_at":2,"departed_at":3,"photo":"{digest}"}}"#
        ),
        r#"{"code":"GH1:CODE","expires_at":1790000000,"server_time":1790000000000}"#.to_owned(),
        r#"{"superseded_before":1790000001,"server_time":1790000000000}"#.to_owned(),
        format!(
            r#"{{"name":"Oakwood","keys":{{"root":"{digest}","keys":"a0"}},"server_time":1790000000000}}"#
        ),
        format!(r#"{{"key":"{digest}","time":1790000000,"signature":"{digest}{digest}"}}"#),
        r#"{"certificate":"a0","server_time":1790000000000}"#.to_owned(),
        format!(
            r#"{{"cursor":"c","entries":[{{"event":"{id}","site":1,"site_name":"North","at":5,"offline_code":true,"verdict":null,"granted":true}}],"server_time":9}}"#
        ),
        format!(r#"{{"faces":[{{"subject":"{id}","sha256":"{digest}"}}]}}"#),
        member_code("https://gate.example").to_text()[5..].to_owned(),
        format!(r#"{{"token":"t","person":"{id}","name":"Grace","role":"guard","server_time":9}}"#),
        r#"{"name":"Vera","sites":[1,2],"from":1,"until":2,"max_uses":3,"note":"n"}"#.to_owned(),
        format!(
            r#"{{"id":"{id}","reference":"R-1","name":"Vera","host":null,"sites":null,"from":1,"until":2,"max_uses":null,"uses":0,"status":"pending","note":""}}"#
        ),
    ]
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
        "answer" => wire()
            .iter()
            .zip([200, 429, 200, 201, 200, 503])
            .map(|(body, status)| http(status, "17\n262144\napplication/json\n", body))
            .chain([
                http(302, "\n\n\n", ""),
                http(200, "\n\ntext/html\n", "<html>Sign in to AirportWifi</html>"),
                http(503, "120\n\n\n", ""),
                http(200, "\n1048576\n\n", ""),
                http(200, "\n\n\n", &wire()[2]),
                http(
                    200,
                    "\n\n\n",
                    r#"{"results":[{"result":"accepted"},{"result":"missing","expected":4}],"server_time":9}"#,
                ),
                http(413, "\n\ntext/plain\n", "too large"),
                http(
                    422,
                    "\n\n\n",
                    r#"{"type":"about:blank","title":"t","status":422,"code":"malformed"}"#,
                ),
                http(404, "\n\n\n", ""),
                http(
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
            let urls = ["https://gate.example", "http://127.0.0.1:8080", "https://ünï.example/\"\u{0}"];
            urls.iter().map(|url| code(url).to_text().into_bytes()).collect()
        }
        "entry" => entries()
            .into_iter()
            .flat_map(|(entry, envelope)| [entry.to_bytes(), entry.body.to_bytes(), envelope])
            .collect(),
        "envelope" => envelopes(),
        "export" => vec![export(), export().to_ascii_uppercase(), [export(), b"\r\n".to_vec()].concat()],
        "frame" => vec![frame("GH1:FRAME"), frame("12345678901234567890")],
        "keys" => {
            let next = gatehouse_core::keys::KeySet {
                version: 4,
                next_root: Some(Signer::Packs.public().digest()),
                ..keys()
            };
            let sets = [keys(), next].map(|set| set.sign(&Signer::Root.secret()));
            sets.iter().map(|set| payload(set)).chain(sets.clone()).collect()
        }
        "member_code" => ["https://gate.example", "http://127.0.0.1:8080", "https://ünï.example/\"\u{0}"]
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
        "wire" => wire().into_iter().map(String::into_bytes).collect(),
        _ => Vec::new(),
    }
}
