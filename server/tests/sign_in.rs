//! Signing in on a station and on a phone of one's own: what a session is good for, and who can spoil it.
#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

mod common;

use common::{Device, Server, now, site};
use gatehouse_core::{
    decision::{Check, Code},
    id::EntryId,
    role::Role,
    wire::{self, SignInAnswer, VerifyAnswer, VerifyRequest, path},
};
use gatehouse_server::{
    secrets::random,
    service::{Principal, Scope, invitations::NewVisit},
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
        until: now().to_seconds().plus(3600),
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
