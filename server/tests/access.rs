//! Who gets in, by whose word: enrolment, signing in, access IDs and the online check.
#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

#[path = "access/app.rs"]
mod app;
mod common;
#[path = "access/hosts.rs"]
mod hosts;
#[path = "access/permits.rs"]
mod permits;
#[path = "access/shares.rs"]
mod shares;
#[path = "access/streams.rs"]
mod streams;

use std::io::{Read, Write};

use common::{Device, Server, enrol_request, now, site};
use ed25519_dalek::SigningKey;
use gatehouse_core::{
    decision::{Check, Code, Verdict},
    gatepack::{GatePack, List, prefix},
    id::EntryId,
    journal::Personal,
    keys::KeySet,
    role::Role,
    wire::{self, EnrolAnswer, GenerateIdAnswer, SignInAnswer, VerifyAnswer, VerifyRequest, path},
};
use gatehouse_server::{
    clock::Clock,
    secrets::random,
    service::{auth::Channel, invitations::NewVisit},
    store::site::NewSite,
};

fn verify(server: &Server, token: &str, event: EntryId, code: &str) -> VerifyAnswer {
    verify_leaving(server, token, event, code, None)
}

fn verify_leaving(
    server: &Server,
    token: &str,
    event: EntryId,
    code: &str,
    leaving: Option<EntryId>,
) -> VerifyAnswer {
    let request = VerifyRequest { event, code: code.to_owned(), site: site(), leaving, closed: Vec::new() };
    server.post(path::VERIFY, token, &request).read()
}

fn event() -> EntryId {
    EntryId::timed(now(), random().expect("random"))
}

fn invite(server: &Server, max_uses: Option<u32>) -> wire::InvitationAnswer {
    let visit = NewVisit {
        name: "Vera".to_owned(),
        email: None,
        host: None,
        sites: Some(vec![site()]),
        from: now().to_seconds().minus(60),
        until: now().to_seconds().plus(3600),
        max_uses,
        note: String::new(),
    };
    server.service().invite(&server.scope("oak"), &visit).expect("invited")
}

#[test]
fn an_enrolment_code_takes_one_device_in() {
    let server = Server::start();
    let (code, _) =
        server.service().enrolment_code(&server.scope("oak"), Some("North"), "http://x/").expect("a code");
    assert_eq!(code.url, "http://x");
    let enrol = |key: &SigningKey, text: &str| {
        let request = enrol_request(key, &code.org, text);
        server.post(path::ENROL, "", &wire::EnrolRequest { request, name: None })
    };
    let (key, other) = (SigningKey::from_bytes(&[1; 32]), SigningKey::from_bytes(&[2; 32]));
    assert_eq!(enrol(&key, "WRONG").code(), "enrolment_code_invalid");
    let first: EnrolAnswer = enrol(&key, &code.code).read();
    assert_eq!(enrol(&other, &code.code).code(), "enrolment_code_invalid");
    // The answer may have been lost: the same phone asks again, and only its newest token works.
    let second: EnrolAnswer = enrol(&key, &code.code).read();
    assert_eq!((first.device, &first.certificate), (second.device, &second.certificate));
    assert_eq!(server.get(path::KEYS, &first.token).code(), "unauthorized");
    let keys: wire::KeysAnswer = server.get(path::KEYS, &second.token).read();
    assert!(keys.server_time.is_some());
    let root = gatehouse_core::envelope::PublicKey::new(keys.root);
    assert_eq!(root.digest(), code.root);
    let set = KeySet::open(&keys.keys, &root).expect("a key set");
    let pack = server.service().gate_pack(&server.scope("oak"), 0).expect("a pack");
    assert_eq!(GatePack::open(&pack, &set).expect("it opens").content.site_list().len(), 1);

    server.service().revoke_device(&server.scope("oak"), first.device).expect("revoked");
    let refused = server.get(path::KEYS, &second.token);
    assert_eq!((refused.status, refused.code()), (401, "device_revoked"));
}

#[test]
fn a_one_time_code_bears_five_tries_and_works_once() {
    let server = Server::start();
    let (person, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let device = Device::enrol(&server, "oak", person);
    let sign_in = |email: &str, code: &str| {
        let body = serde_json::to_vec(&serde_json::json!({ "email": email, "code": code })).expect("JSON");
        let headers = [("content-type", "application/json"), ("x-gatehouse-device", device.token.as_str())];
        server.call("POST", path::SIGN_IN, "", &headers, &body)
    };
    // What is known and what is not is answered alike.
    for email in ["guard@oak.example", "nobody@oak.example", "no address"] {
        let answer = server.post(path::CODE, "", &serde_json::json!({ "email": email }));
        assert_eq!((answer.status, answer.body), (202, serde_json::json!({})));
    }
    assert_eq!(sign_in("nobody@oak.example", "000000").code(), "code_invalid");

    let (other, _) = server.user("oak", "other@oak.example", Role::Guard);
    let code = server.service().request_code(" Other@oak.example ").expect("asked").expect("a code");
    let wrong = if code == "000000" { "111111" } else { "000000" };
    for _ in 0..4 {
        assert_eq!(sign_in("other@oak.example", wrong).code(), "code_invalid");
    }
    let answer: SignInAnswer = sign_in("other@oak.example", &code).read();
    assert_eq!((answer.person, answer.role.as_str()), (other, "guard"));
    assert_eq!(sign_in("other@oak.example", &code).code(), "code_invalid", "once");
    assert_eq!(server.get(path::ON_SITE, &answer.token).status, 200);

    let third = server.user("oak", "third@oak.example", Role::Guard).0;
    let code = server.service().request_code("third@oak.example").expect("asked").expect("a code");
    let wrong = if code == "000000" { "111111" } else { "000000" };
    for _ in 0..5 {
        assert_eq!(sign_in("third@oak.example", wrong).code(), "code_invalid");
    }
    let refused = sign_in("third@oak.example", &code);
    assert_eq!((refused.status, refused.code()), (429, "too_many_tries"));

    // An address that nobody knows bears as many.
    for _ in 0..5 {
        assert_eq!(sign_in("nobody@elm.example", wrong).code(), "code_invalid");
    }
    let refused = sign_in(" Nobody@elm.example", wrong);
    assert_eq!((refused.status, refused.code()), (429, "too_many_tries"));

    // A revoked device takes its sessions along; a revoked person loses theirs.
    server.service().revoke(&server.scope("oak"), third).expect("revoked");
    server.service().revoke_device(&server.scope("oak"), device.id).expect("revoked");
    assert_eq!(server.get(path::ON_SITE, &answer.token).code(), "device_revoked");
}

#[test]
fn links_sign_in_once() {
    let server = Server::start();
    let link = server.running.first_admin_links.first().expect("a link").1.clone();
    let token = link.split_once("#token=").expect("a token where browsers send it to nobody").1;
    let service = server.service();
    assert_eq!(service.peek_link(token).expect("asked").expect("someone").1, "Oak");
    let session = service.use_link(token).expect("signed in");
    assert_eq!(session.signed_in.role, Role::Owner);
    assert!(service.use_link(token).is_err());
    assert!(service.session(&session.token, Channel::Cookie).is_ok());
    service.sign_out(&session.token, Channel::Cookie).expect("signed out");
    assert!(service.session(&session.token, Channel::Cookie).is_err());
    let org = server.scope("oak").org;
    // Without an address the first admin could never come back: there is a link until someone has one.
    assert!(service.first_admin_link(org).expect("asked").is_some());
    let (admin, _) = server.user("oak", "admin@oak.example", Role::Admin);
    assert_eq!(service.first_admin_link(org).expect("asked"), None);
    service.revoke(&server.scope("oak"), admin).expect("revoked");
    assert!(service.first_admin_link(org).expect("asked").is_some());
    assert_eq!(service.public_url().expect("asked"), Some(server.running.url.clone()));
}

// covers: S4-16, S4-29, S4-30
#[test]
fn an_invalidated_member_is_superseded_until_a_fresh_code() {
    let server = Server::start();
    let (_, guard) = server.user("oak", "guard@oak.example", Role::Guard);
    let (member, token) = server.user("oak", "member@oak.example", Role::Member);
    let generate = || server.post(path::GENERATE_ID, &token, &()).read::<GenerateIdAnswer>().code;
    let old = generate();
    let checks = verify(&server, &guard, event(), &old).checks;
    assert!(checks.values().all(|code| *code == Code::Ok), "{checks:?}");

    server.service().invalidate(&server.scope("oak"), member).expect("invalidated");
    // Asked at once, the server waits for the second from which on codes are good.
    let fresh = generate();
    assert_eq!(verify(&server, &guard, event(), &old).checks[&Check::Revocation], Code::Superseded);
    assert_eq!(verify(&server, &guard, event(), &fresh).checks[&Check::Revocation], Code::Ok);

    server.service().revoke(&server.scope("oak"), member).expect("revoked");
    assert_eq!(verify(&server, &guard, event(), &fresh).checks[&Check::Revocation], Code::Revoked);
    assert_eq!(server.post(path::GENERATE_ID, &token, &()).code(), "unauthorized");
    let bad = verify(&server, &guard, event(), "GH1:NOTHING");
    assert_eq!(bad.checks[&Check::Format], Code::Malformed);
}

// covers: S0-125
#[test]
fn a_use_is_reserved_for_its_event_and_freed_by_a_denial() {
    let server = Server::start();
    let (guard, token) = server.user("oak", "guard@oak.example", Role::Guard);
    let mut device = Device::enrol(&server, "oak", guard);
    let invitation = invite(&server, Some(1));
    let uses = |event| verify(&server, &token, event, &invitation.code).checks[&Check::Uses].clone();

    let (scan, first) = device.write(
        &device.scan(2, invitation.id, Verdict::Verified),
        &Personal { name: Some("Vera".to_owned()), ..Personal::default() },
    );
    assert_eq!(uses(first), Code::Ok);
    assert_eq!(uses(first), Code::Ok, "asked again for the same event");
    assert_eq!(uses(event()), Code::UsedUp, "another event sees the reservation");
    let denied = device.write(&device.decision(first, false), &Personal::default()).0;
    device.send(&server, vec![scan, denied]);
    let (scan, second) =
        device.write(&device.scan(2, invitation.id, Verdict::Verified), &Personal::default());
    let granted = device.write(&device.decision(second, true), &Personal::default()).0;
    device.send(&server, vec![scan, granted]);

    // Inside, the same code opens the departure and counts nothing.
    let answer = verify(&server, &token, event(), &invitation.code);
    assert_eq!((answer.stay, &answer.checks[&Check::Uses]), (Some(second), &Code::Ok));
    let left = gatehouse_core::journal::Body::Departure { actor: device.actor, stay: second };
    let left = device.write(&left, &Personal::default()).0;
    device.send(&server, vec![left]);
    let answer = verify(&server, &token, event(), &invitation.code);
    assert_eq!((answer.stay, &answer.checks[&Check::Uses]), (None, &Code::UsedUp));
    assert!(answer.last_used.is_some());
    let whose = (answer.last_used_site, answer.last_used_by);
    assert_eq!(whose, (Some(device.actor.site), Some(device.actor.guard)));
    // Who has left cannot leave again by the use that let them in.
    let answer = verify_leaving(&server, &token, event(), &invitation.code, Some(second));
    assert_eq!(answer.checks[&Check::Uses], Code::UsedUp);

    server.service().cancel_invitation(&server.scope("oak"), invitation.id).expect("cancelled");
    let answer = verify(&server, &token, event(), &invitation.code);
    assert_eq!(answer.checks[&Check::Revocation], Code::Cancelled);
}

#[test]
fn a_denied_scan_reserves_nothing() {
    let server = Server::start();
    let (_, token) = server.user("oak", "guard@oak.example", Role::Guard);
    let mut visit = invite(&server, Some(1));
    let scope = server.scope("oak");
    server.service().ban(&scope, visit.id, "noise").expect("banned");
    let uses = |event, code: &str| verify(&server, &token, event, code).checks[&Check::Uses].clone();
    assert_eq!((uses(event(), &visit.code), uses(event(), &visit.code)), (Code::Ok, Code::Ok));
    visit = invite(&server, Some(1));
    assert_eq!((uses(event(), &visit.code), uses(event(), &visit.code)), (Code::Ok, Code::UsedUp));
}

#[test]
fn requests_beyond_their_limits_are_refused_with_a_code() {
    let server = Server::start();
    let (_, token) = server.user("oak", "guard@oak.example", Role::Guard);
    let json = [("content-type", "application/json")];
    // Refused by its length alone, before a byte of it was sent.
    for (path, length) in [(path::VERIFY, (64 << 10) + 1), (path::ENTRIES, (4 << 20) + 1)] {
        let mut stream = std::net::TcpStream::connect(server.running.address).expect("connected");
        write!(stream, "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: {length}\r\n\r\n").expect("sent");
        let mut head = [0; 12];
        stream.read_exact(&mut head).expect("an answer");
        assert_eq!(&head, b"HTTP/1.1 413");
    }
    // Nor does a body that hides its length get any further.
    let endless = server.chunked(path::VERIFY, &token, (64 << 10) + 1);
    assert!(endless.is_none_or(|answer| answer.code() == "too_large"));
    assert_eq!(server.call("POST", path::VERIFY, &token, &json, b"{").code(), "bad_request");
    assert_eq!(server.get("/api/nothing", &token).code(), "not_found");
    assert_eq!(server.get(path::VERIFY, &token).code(), "method_not_allowed");
    assert_eq!(server.get(path::EVENTS, "").code(), "unauthorized");
    assert_eq!(server.get(path::GATE_PACK, &token).code(), "unauthorized");
    let elsewhere = serde_json::json!({ "event": event(), "code": "x", "site": 77 });
    assert_eq!(server.post(path::VERIFY, &token, &elsewhere).code(), "not_found");
    assert_eq!(server.get("/healthz", "").status, 200);
}

#[test]
fn a_clock_that_was_set_back_spares_no_code_and_keeps_nobody_waiting() {
    let start = now().to_seconds();
    let clock = Clock::at(start.to_millis());
    let server = Server::start_by(clock.clone());
    let (_, guard) = server.user("oak", "guard@oak.example", Role::Guard);
    let (member, token) = server.user("oak", "member@oak.example", Role::Member);
    let scope = server.scope("oak");
    let set = |seconds: u64| clock.set(start.plus(seconds).to_millis());
    let generate = || server.post(path::GENERATE_ID, &token, &());
    let code = || generate().read::<GenerateIdAnswer>().code;
    let revocation =
        |code: &str| verify(&server, &guard, event(), code).checks.get(&Check::Revocation).cloned();
    let listed = |code: &str| {
        let keys = server.service().keyring(scope.org).expect("keys").set.clone();
        let pack = server.service().gate_pack(&scope, 0).expect("a pack");
        let lists = GatePack::open(&pack, &keys).expect("it opens").content.revoked.expect("lists");
        let claims = gatehouse_core::pass::open(code, &keys).expect("ours").claims;
        lists.contains(List::Revoked, &prefix(claims.token.as_bytes()))
    };

    set(3600);
    let ahead = code();
    set(0);
    assert_eq!(revocation(&ahead), Some(Code::Ok));
    server.service().invalidate(&scope, member).expect("invalidated");
    assert_eq!((revocation(&ahead), listed(&ahead)), (Some(Code::Revoked), true));

    // Invalidated by a clock that was ahead: what it let fail goes on failing, what came after is spared.
    set(7200);
    let before = code();
    server.service().invalidate(&scope, member).expect("invalidated");
    set(7202);
    let after = code();
    set(10);
    let refused = generate();
    assert_eq!((refused.status, refused.code()), (409, "conflict"));
    set(11);
    let answer: GenerateIdAnswer = generate().read();
    assert_eq!(answer.superseded_before, Some(start.plus(11)));
    assert_eq!(revocation(&answer.code), Some(Code::Ok));
    assert_eq!((revocation(&before), listed(&before)), (Some(Code::Revoked), true));
    assert_eq!((revocation(&after), listed(&after)), (Some(Code::Ok), false));
}

fn site_with_faces(server: &Server) -> gatehouse_core::id::SiteNumber {
    let site = NewSite {
        name: "Back".to_owned(),
        time_zone: "UTC".to_owned(),
        geofence: None,
        arrival_photo: Default::default(),
        walk_up_photo: Default::default(),
        show_face: true,
    };
    server.service().add_site(&server.scope("oak"), &site).expect("a site")
}

#[test]
fn a_face_is_shown_only_of_whom_guards_may_see() {
    let server = Server::start();
    let scope = server.scope("oak");
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let (member, _) = server.user("oak", "member@oak.example", Role::Member);
    let device = Device::enrol(&server, "oak", guard);
    let picture =
        gatehouse_core::qr::png("a face", gatehouse_core::qr::Correction::Medium, 8).expect("drawn");
    let sha256 = server.service().set_face(&scope, member, Some(&picture)).expect("set").expect("a picture");
    let face = || server.get(&format!("{}/{sha256}", path::FACES), &device.token).status;
    assert_eq!(face(), 404, "no site shows faces");
    let number = site_with_faces(&server);
    assert_eq!(face(), 404, "not a member there");
    server.service().assign(&scope, member, &[number]).expect("assigned");
    assert_eq!(face(), 200);
    server.service().revoke(&scope, member).expect("revoked");
    assert_eq!(face(), 404);
}

#[test]
fn faces_lie_sealed_and_those_of_earlier_versions_are_sealed_at_the_start() {
    let server = Server::start();
    let scope = server.scope("oak");
    let (member, _) = server.user("oak", "member@oak.example", Role::Member);
    let number = site_with_faces(&server);
    server.service().assign(&scope, member, &[number]).expect("assigned");
    let picture =
        gatehouse_core::qr::png("a face", gatehouse_core::qr::Correction::Medium, 8).expect("drawn");
    let sha256 = server.service().set_face(&scope, member, Some(&picture)).expect("set").expect("a picture");
    let jpeg = server.service().face(&scope, sha256).expect("opened");
    assert_eq!(gatehouse_core::id::Digest32::of(&jpeg), sha256);
    let part = jpeg[jpeg.len() / 2..][..48].to_vec();
    let folder = server.service().store().dir().to_owned();
    let is_plain = || {
        let mut files =
            std::fs::read_dir(&folder).expect("a folder").filter_map(|file| file.ok()?.path().into());
        files.any(|file: std::path::PathBuf| {
            std::fs::read(&file).is_ok_and(|bytes| bytes.windows(part.len()).any(|window| window == part))
        })
    };
    assert!(!is_plain(), "sealed as it comes");
    let plain = jpeg.clone();
    let done: Result<(), gatehouse_server::store::StoreError> = server.service().store().write(move |tx| {
        tx.execute("UPDATE person SET photo = ?1, face = NULL WHERE photo_sha256 IS NOT NULL", [plain])?;
        Ok(())
    });
    done.expect("as an earlier version kept it");
    assert!(is_plain());
    server.service().seal_faces().expect("sealed");
    assert_eq!(server.service().face(&scope, sha256).expect("opened"), jpeg);
    assert!(server.service().store().empty_log());
    assert!(!is_plain(), "sealed at the start");
}
