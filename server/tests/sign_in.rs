//! Signing in on a station and on a phone of one's own: what a session is good for, and who can spoil it.
#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

#[path = "sign_in/channels.rs"]
mod channels;
mod common;
#[path = "sign_in/guesses.rs"]
mod guesses;
#[path = "sign_in/languages.rs"]
mod languages;
#[path = "sign_in/people.rs"]
mod people;

use common::{Device, Server, now, site};
use gatehouse_core::{
    decision::{Check, Code},
    id::EntryId,
    journal::{Body, Personal},
    role::Role,
    time::UnixMillis,
    wire::{self, SignInAnswer, VerifyAnswer, VerifyRequest, path},
};
use gatehouse_server::{
    clock::Clock,
    secrets::random,
    service::{Principal, Scope, auth::Channel, clock::ClockDoubt, invitations::NewVisit},
};

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
        until: now().to_seconds().plus(2 * 86_400),
        max_uses,
        note: String::new(),
    };
    server.service().invite(&server.scope("oak"), &visit).expect("invited")
}

/// Signs in with a code that is asked for there, on a device or without one.
fn sign_in(server: &Server, email: &str, device: Option<&Device>) -> SignInAnswer {
    let scope = device.map(|device| Scope {
        org: server.scope("oak").org,
        principal: Principal::Device(device.id),
        role: None,
    });
    let code = server.service().request_code_on(email, scope.as_ref()).expect("asked").expect("a code");
    try_code(server, email, &code, device).read()
}

fn try_code(server: &Server, email: &str, code: &str, device: Option<&Device>) -> common::Answer {
    let body = serde_json::to_vec(&serde_json::json!({ "email": email, "code": code })).expect("JSON");
    let mut headers = vec![("content-type", "application/json")];
    headers.extend(device.map(|device| ("x-gatehouse-device", device.token.as_str())));
    server.call("POST", path::SIGN_IN, "", &headers, &body)
}

// covers: S4-11
#[test]
fn without_a_station_everybody_is_a_member() {
    let server = Server::start();
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let _ = server.user("oak", "admin@oak.example", Role::Admin);
    let device = Device::enrol(&server, "oak", guard);
    let shift = wire::ShiftRequest { shift: device.actor.shift, site: site() };
    let code = invite(&server, None).code;
    let asked = VerifyRequest { event: event(), code, site: site(), leaving: None, closed: Vec::new() };
    for email in ["guard@oak.example", "admin@oak.example"] {
        let own = sign_in(&server, email, None);
        assert_eq!(own.role, "member");
        assert_eq!(server.post(path::GENERATE_ID, &own.token, &()).status, 200);
        assert_eq!(server.post(path::VERIFY, &own.token, &asked).code(), "forbidden");
        assert_eq!(server.post(path::SHIFTS, &own.token, &shift).code(), "forbidden");
        for read in [path::ON_SITE, path::EVENTS] {
            assert_eq!(server.get(read, &own.token).code(), "forbidden");
        }
    }
    let at_work = sign_in(&server, "guard@oak.example", Some(&device));
    assert_eq!(at_work.role, "guard");
    assert_eq!(server.post(path::VERIFY, &at_work.token, &asked).status, 200);
    assert_eq!(server.post(path::SHIFTS, &at_work.token, &shift).status, 200);
    assert_eq!(server.get(path::ON_SITE, &at_work.token).status, 200);
    // covers: S4-10
    let above = sign_in(&server, "admin@oak.example", Some(&device));
    assert_eq!(server.post(path::VERIFY, &above.token, &asked).status, 200);
}

#[test]
fn nobody_who_knows_an_address_keeps_its_owner_from_work() {
    let server = Server::start();
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let (device, other) = (Device::enrol(&server, "oak", guard), Device::enrol(&server, "oak", guard));
    let email = "guard@oak.example";
    let scope = Scope { org: server.scope("oak").org, principal: Principal::Device(device.id), role: None };
    let code = server.service().request_code_on(email, Some(&scope)).expect("asked").expect("a code");
    let wrong = if code == "000000" { "111111" } else { "000000" };
    // A stranger asks for codes and guesses until nothing is left.
    let ask = |token: &str| server.post(path::CODE, token, &serde_json::json!({ "email": email })).status;
    while ask("") == 202 {}
    while try_code(&server, email, wrong, None).code() == "code_invalid" {}
    assert_eq!((ask(""), ask("no token of ours"), ask(&device.token)), (429, 429, 202));
    // So does one with a device: its tries are its own.
    while try_code(&server, email, wrong, Some(&other)).code() == "code_invalid" {}
    assert_eq!(try_code(&server, email, &code, None).code(), "too_many_tries");
    assert_eq!(try_code(&server, email, &code, Some(&device)).read::<SignInAnswer>().person, guard);
    // A device's code is good on that device only.
    let code = server.service().request_code_on(email, Some(&scope)).expect("asked").expect("a code");
    let third = Device::enrol(&server, "oak", guard);
    assert_eq!(try_code(&server, email, &code, Some(&third)).code(), "code_invalid");
}

#[test]
fn what_a_device_has_closed_is_not_held_against_its_own_next_scan() {
    let server = Server::start();
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let (other_guard, _) = server.user("oak", "other@oak.example", Role::Guard);
    let here = Device::enrol(&server, "oak", guard);
    let there = Device::enrol(&server, "oak", other_guard);
    let at_work = sign_in(&server, "guard@oak.example", Some(&here)).token;
    let elsewhere = sign_in(&server, "other@oak.example", Some(&there)).token;
    let code = invite(&server, Some(1)).code;
    let uses = |token: &str, event, closed: &[EntryId]| {
        let (code, closed) = (code.clone(), closed.to_vec());
        let asked = VerifyRequest { event, code, site: site(), leaving: None, closed };
        server.post(path::VERIFY, token, &asked).read::<VerifyAnswer>().checks[&Check::Uses].clone()
    };
    let denied = event();
    assert_eq!(uses(&at_work, denied, &[]), Code::Ok);
    assert_eq!(uses(&at_work, event(), &[]), Code::UsedUp);
    assert_eq!(uses(&elsewhere, event(), &[denied]), Code::UsedUp, "another's word");
    let ninth: Vec<_> = (0..8).map(|_| event()).chain([denied]).collect();
    assert_eq!(uses(&at_work, event(), &ninth), Code::UsedUp, "one too many");
    assert_eq!(uses(&at_work, event(), &[denied]), Code::Ok);
}

const DAY: u64 = 86_400_000;
const MINUTE: u64 = 60_000;
const GUARD: &str = "guard@oak.example";

#[test]
fn what_a_clock_a_day_ahead_began_neither_lasts_nor_blocks_a_day_longer() {
    let start = now();
    let clock = Clock::at(start);
    let server = Server::start_by(clock.clone());
    let (admin, _) = server.user("oak", "admin@oak.example", Role::Admin);
    let (guard, _) = server.user("oak", GUARD, Role::Guard);
    let device = Device::enrol(&server, "oak", guard);
    let (service, scope) = (server.service(), server.scope("oak"));
    let once = invite(&server, Some(1)).code;
    let uses = |token: &str| {
        let asked = VerifyRequest {
            event: event(),
            code: once.clone(),
            site: site(),
            leaving: None,
            closed: Vec::new(),
        };
        let answer: VerifyAnswer = server.post(path::VERIFY, token, &asked).read();
        answer.checks.get(&Check::Uses).cloned()
    };
    let signed_in = sign_in(&server, GUARD, Some(&device));
    let wrong = |count: usize| {
        for _ in 0..count {
            assert!(service.sign_in_browser("admin@oak.example", "000000").is_err());
        }
    };

    clock.set(start.plus(DAY));
    let code = service.request_code("admin@oak.example").expect("asked").expect("a code");
    wrong(4);
    let browser = service.use_link(&service.sign_in_link(&scope, admin).expect("a link")).expect("signed in");
    let link = service.sign_in_link(&scope, admin).expect("a link");
    let (enrolment, _) = service.enrolment_code(&scope, None, "https://gate.example").expect("a code");
    assert_eq!((uses(&signed_in.token), uses(&signed_in.token)), (Some(Code::Ok), Some(Code::UsedUp)));

    // Set right. What lets somebody in goes on for its own length from here; what kept somebody waiting does not.
    clock.set(start.plus(MINUTE));
    assert_eq!(uses(&signed_in.token), Some(Code::Ok), "a reservation of tomorrow holds nothing today");
    assert!(service.peek_link(&link).expect("read").is_some());
    assert!(service.session(&browser.token, Channel::Cookie).is_ok());
    assert!(service.sign_in_browser("admin@oak.example", &code).is_ok(), "ten minutes from here");
    assert!(service.request_code("admin@oak.example").expect("asked").is_some());

    clock.set(start.plus(MINUTE + 30 * MINUTE));
    assert!(service.peek_link(&link).expect("read").is_none(), "a link lives for half an hour");
    let key = ed25519_dalek::SigningKey::from_bytes(&[7; 32]);
    let request = common::enrol_request(&key, &"oak".parse().expect("a code"), &enrolment.code);
    assert!(service.enrol(&wire::EnrolRequest { request, name: None }).is_err(), "a quarter of an hour");
    clock.set(start.plus(MINUTE + 12 * 60 * MINUTE));
    assert!(service.session(&browser.token, Channel::Cookie).is_err(), "half a day");
}

#[test]
fn nothing_that_lapsed_lives_again_once_the_clock_is_set_back() {
    let start = now();
    let clock = Clock::at(start);
    let server = Server::start_by(clock.clone());
    let (admin, _) = server.user("oak", "admin@oak.example", Role::Admin);
    let (service, scope) = (server.service(), server.scope("oak"));
    let browser = service.use_link(&service.sign_in_link(&scope, admin).expect("a link")).expect("signed in");
    let link = service.sign_in_link(&scope, admin).expect("a link");
    let code = service.request_code("admin@oak.example").expect("asked").expect("a code");
    clock.set(start.plus(DAY));
    assert!(service.peek_link(&link).expect("read").is_none());
    clock.set(start);
    assert!(service.peek_link(&link).expect("read").is_none());
    assert!(service.session(&browser.token, Channel::Cookie).is_err());
    assert!(service.sign_in_browser("admin@oak.example", &code).is_err());
}

#[test]
fn a_clock_that_was_set_back_is_told_and_publishes_later_words_with_the_right_time() {
    let start = now();
    let clock = Clock::at(start);
    let server = Server::start_by(clock.clone());
    let (service, scope) = (server.service(), server.scope("oak"));
    // Half a day: not so much that the key set would be renewed for its age.
    clock.set(start.plus(DAY / 2));
    let before = service.keyring(scope.org).expect("keys").set.clone();
    assert_eq!(service.clock_doubts().expect("read"), []);
    clock.set(start.plus(MINUTE));
    let doubts = service.clock_doubts().expect("read");
    assert!(
        matches!(doubts.as_slice(), [ClockDoubt::SetBack { by_ms, .. }] if *by_ms == DAY / 2 - MINUTE),
        "{doubts:?}"
    );
    let after = service.keyring(scope.org).expect("keys").set.clone();
    assert!(after.version > before.version);
    assert_eq!(after.issued_at, start.plus(MINUTE).to_seconds());
    // What it signs now is good now.
    assert!(after.keys.iter().any(|key| key.signs_passes && key.signs_at(start.plus(MINUTE).to_seconds())));
}

#[test]
fn most_devices_clocks_tell_that_the_servers_is_wrong() {
    let start = now();
    let clock = Clock::at(start.plus(3 * DAY));
    let server = Server::start_by(clock.clone());
    let (guard, _) = server.user("oak", GUARD, Role::Guard);
    let mut devices: Vec<_> = (0..3).map(|_| Device::enrol(&server, "oak", guard)).collect();
    let mut tell = |index: usize, wall: UnixMillis, trusted: UnixMillis| {
        let device = &mut devices[index];
        let body = Body::ShiftEnd { actor: device.actor, automatic: false };
        let (upload, _, head) =
            device.entry_at(device.head, &body, &Personal::default(), wall, Some(trusted));
        device.head = head;
        device.send(&server, vec![upload]);
    };
    let doubts = || server.service().clock_doubts().expect("read");
    let ahead = |ahead_ms, by, of| vec![ClockDoubt::Disagrees { ahead_ms, by, of }];
    let to_days = i64::try_from(3 * DAY).expect("small");
    // The server's time, and the phones' own.
    tell(0, start, start.plus(3 * DAY));
    assert_eq!(doubts(), ahead(to_days, 1, 1));
    tell(1, start.plus(3 * DAY), start.plus(3 * DAY));
    assert_eq!(doubts(), [], "one of two is no majority");
    tell(2, start, start.plus(3 * DAY));
    assert_eq!(doubts(), ahead(to_days, 2, 3));
    // Set right: what was compared with the wrong clock says nothing of the right one.
    clock.set(start);
    assert!(!doubts().iter().any(|doubt| matches!(doubt, ClockDoubt::Disagrees { .. })));
    // An entry from then that comes late says nothing either.
    tell(0, start, start.plus(3 * DAY));
    tell(1, start, start);
    assert!(!doubts().iter().any(|doubt| matches!(doubt, ClockDoubt::Disagrees { .. })));
}
