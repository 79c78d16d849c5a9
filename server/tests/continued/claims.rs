//! What a journal says of others is held against what the server knows.

use gatehouse_core::{
    decision::Verdict,
    id::{EntryId, ShiftId, SiteNumber, SubjectId},
    journal::{Actor, Body, Personal},
    role::Role,
    time::UnixMillis,
    wire::{EnrolAnswer, EntryUpload, OnSiteVisit, SignInAnswer, path},
};
use gatehouse_server::{secrets::random, store::doubt::Doubt};

use crate::{
    common::{Device, Server, enrol_request, named, now},
    copy, event,
};

fn doubts(server: &Server, id: EntryId) -> Vec<Doubt> {
    let event = server.service().event(&server.scope("oak"), id).expect("the event");
    event.doubts.into_iter().map(|(doubt, _)| doubt).collect()
}

/// Signs a guard in on a device, over HTTP.
fn sign_in(server: &Server, device: &Device, email: &str) {
    let scope = server.service().device_scope(&device.token).expect("a device");
    let code = server.service().request_code_on(email, Some(&scope)).expect("asked").expect("a code");
    let body = serde_json::to_vec(&serde_json::json!({ "email": email, "code": code })).expect("JSON");
    let headers = [("content-type", "application/json"), ("x-gatehouse-device", device.token.as_str())];
    let _: SignInAnswer = server.call("POST", path::SIGN_IN, "", &headers, &body).read();
}

fn inside(server: &Server) -> Vec<EntryId> {
    let scope = server.scope("oak");
    let found: Vec<OnSiteVisit> = server.service().on_site(&scope).expect("read");
    found.into_iter().map(|visit| visit.stay).collect()
}

#[test]
fn nobody_goes_on_from_a_device_that_is_at_work() {
    let server = Server::start();
    let scope = server.scope("oak");
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let (_, admin) = server.user("oak", "admin@oak.example", Role::Admin);
    let mut live = Device::enrol(&server, "oak", guard);
    let (walk_up, wim) = live.write(&Body::WalkUp(live.actor), &named("Wim"));
    live.send(&server, vec![walk_up]);
    // The very head of it, as an export shows it.
    let mut thief = Device::enrol(&server, "oak", guard);
    let entries =
        vec![thief.continues(&live), thief.write(&thief.decision(wim, true), &Personal::default()).0];
    thief.send(&server, entries);
    assert_eq!(event(&server, &admin, wim).granted, None);
    assert!(inside(&server).is_empty());
    assert!(doubts(&server, wim).contains(&Doubt::EventNotItsOwn));
    let devices = server.service().devices(&scope).expect("devices");
    assert!(devices.iter().all(|device| device.continues.is_none()));
    assert!(server.service().doubts(&scope).expect("counted").contains(&(thief.id, 2)));
    // It decides for itself as before.
    let denied = live.write(&live.decision(wim, false), &Personal::default()).0;
    live.send(&server, vec![denied]);
    assert_eq!(event(&server, &admin, wim).granted, Some(false));
}

#[test]
fn a_code_that_names_the_device_to_replace_binds_its_successor() {
    let server = Server::start();
    let scope = server.scope("oak");
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let (_, admin) = server.user("oak", "admin@oak.example", Role::Admin);
    let mut first = Device::enrol(&server, "oak", guard);
    let mut other = Device::enrol(&server, "oak", guard);
    let (walk_up, wim) = first.write(&Body::WalkUp(first.actor), &named("Wim"));
    first.send(&server, vec![walk_up]);
    let (walk_up, otto) = other.write(&Body::WalkUp(other.actor), &named("Otto"));
    other.send(&server, vec![walk_up]);
    server.service().revoke_device(&scope, other.id).expect("revoked");

    let (code, _) =
        server.service().enrolment_code_instead(&scope, None, "http://x", Some(first.id)).expect("a code");
    let key = ed25519_dalek::SigningKey::from_bytes(&random().expect("random"));
    let request = gatehouse_core::wire::EnrolRequest {
        request: enrol_request(&key, &code.org, &code.code),
        name: None,
    };
    let answer: EnrolAnswer = server.post(path::ENROL, "", &request).read();
    assert_eq!(server.get(path::KEYS, &first.token).code(), "device_revoked", "it is replaced");
    let mut heir = Device { key, id: answer.device, token: answer.token, ..copy(&first) };
    heir.head = gatehouse_core::journal::Head::START;

    // Nobody else goes on from what an admin replaced, and the heir from nothing else.
    let mut thief = Device::enrol(&server, "oak", guard);
    let entries =
        vec![thief.continues(&first), thief.write(&thief.decision(wim, true), &Personal::default()).0];
    thief.send(&server, entries);
    assert_eq!(event(&server, &admin, wim).granted, None);
    let entries =
        vec![heir.continues(&other), heir.write(&heir.decision(otto, true), &Personal::default()).0];
    heir.send(&server, entries);
    assert_eq!(event(&server, &admin, otto).granted, None);

    // A second heir, as it should be.
    let (code, _) =
        server.service().enrolment_code_instead(&scope, None, "http://x", Some(heir.id)).expect("a code");
    let key = ed25519_dalek::SigningKey::from_bytes(&random().expect("random"));
    let request = gatehouse_core::wire::EnrolRequest {
        request: enrol_request(&key, &code.org, &code.code),
        name: None,
    };
    let answer: EnrolAnswer = server.post(path::ENROL, "", &request).read();
    let mut second = Device { key, id: answer.device, token: answer.token, ..copy(&heir) };
    second.head = gatehouse_core::journal::Head::START;
    let begun = second.continues(&heir);
    second.send(&server, vec![begun]);
    let devices = server.service().devices(&scope).expect("devices");
    let found = devices.iter().find(|device| device.id == second.id).expect("there");
    assert_eq!((found.continues, found.replaces), (Some(heir.id), Some(heir.id)));
}

#[test]
fn a_departure_fits_its_stay_or_changes_nothing() {
    let server = Server::start();
    server.add_site("oak");
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let (_, admin) = server.user("oak", "admin@oak.example", Role::Admin);
    let mut device = Device::enrol(&server, "oak", guard);
    let mut other = Device::enrol(&server, "oak", guard);
    let (walk_up, wim) = device.write(&Body::WalkUp(device.actor), &named("Wim"));
    let granted = device.write(&device.decision(wim, true), &Personal::default()).0;
    let begun = now();
    device.send(&server, vec![walk_up, granted]);
    assert_eq!(inside(&server), [wim]);

    let back = Actor { site: SiteNumber::new(2).expect("a number"), ..other.actor };
    let elsewhere = other.write(&Body::Departure { actor: back, stay: wim }, &Personal::default()).0;
    let early = UnixMillis::new(begun.get() - 3_600_000);
    let before = other.write_at(&Body::Departure { actor: other.actor, stay: wim }, early, true).0;
    other.send(&server, vec![elsewhere, before]);
    assert_eq!(inside(&server), [wim]);
    assert_eq!(event(&server, &admin, wim).departed_at, None);
    let found = doubts(&server, wim);
    assert!(found.contains(&Doubt::DepartedElsewhere) && found.contains(&Doubt::DepartedBefore), "{found:?}");

    // By a clock that nobody vouches for it counts, from the time on at which it can have been.
    let unsure = other.write_at(&Body::Departure { actor: other.actor, stay: wim }, early, false).0;
    other.send(&server, vec![unsure]);
    assert!(inside(&server).is_empty());
    assert!(event(&server, &admin, wim).departed_at.is_some_and(|at| at.plus(60_000) >= begun));
    assert!(doubts(&server, wim).contains(&Doubt::DepartureTime));

    // Another gate's word that came before the grant waits for it, and is held against it then.
    let (walk_up, vera) = device.write(&Body::WalkUp(device.actor), &named("Vera"));
    let granted = device.write(&device.decision(vera, true), &Personal::default()).0;
    let elsewhere = other.write(&Body::Departure { actor: back, stay: vera }, &Personal::default()).0;
    other.send(&server, vec![elsewhere]);
    device.send(&server, vec![walk_up, granted]);
    assert_eq!(inside(&server), [vera]);
    let (walk_up, otto) = device.write(&Body::WalkUp(device.actor), &named("Otto"));
    let granted = device.write(&device.decision(otto, true), &Personal::default()).0;
    let left = other.write(&Body::Departure { actor: other.actor, stay: otto }, &Personal::default()).0;
    other.send(&server, vec![left]);
    device.send(&server, vec![walk_up, granted]);
    assert_eq!(inside(&server), [vera]);
}

#[test]
fn a_guard_who_was_never_there_is_marked_and_ends_nobodys_shift() {
    let server = Server::start();
    let scope = server.scope("oak");
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let (victim, _) = server.user("oak", "victim@oak.example", Role::Guard);
    let mut honest = Device::enrol(&server, "oak", victim);
    sign_in(&server, &honest, "victim@oak.example");
    let start = |device: &mut Device| {
        device.write(&Body::ShiftStart { actor: device.actor, location: None }, &Personal::default()).0
    };
    let walk_up = |device: &mut Device| device.write(&Body::WalkUp(device.actor), &named("Wim"));
    let begun = start(&mut honest);
    let (scan, right) = walk_up(&mut honest);
    honest.send(&server, vec![begun, scan]);
    assert_eq!(doubts(&server, right), []);

    // Another phone writes the victim's name on everything.
    let mut liar = Device::enrol(&server, "oak", guard);
    sign_in(&server, &liar, "guard@oak.example");
    let own = liar.actor;
    liar.actor = Actor { guard: victim, ..own };
    let begun = start(&mut liar);
    let (scan, wrong) = walk_up(&mut liar);
    let ended = Body::ShiftEnd { actor: honest.actor, automatic: false };
    let ended = liar.write(&ended, &Personal::default()).0;
    liar.send(&server, vec![begun, scan, ended]);
    assert!(doubts(&server, wrong).contains(&Doubt::GuardNotSignedIn));
    assert!(shift_is_open(&server, honest.actor.shift));
    // Before the guard signed in, or after the access was revoked, it does not fit either.
    liar.actor = Actor { shift: ShiftId(random().expect("random")), ..own };
    let begun = start(&mut liar);
    let early = liar.write_at(&Body::WalkUp(liar.actor), UnixMillis::new(now().get() - 3_600_000), true);
    let fitting = walk_up(&mut liar);
    liar.send(&server, vec![begun, early.0, fitting.0]);
    assert_eq!(doubts(&server, early.1), [Doubt::GuardNotSignedIn]);
    assert_eq!(doubts(&server, fitting.1), []);
    server.service().revoke(&scope, guard).expect("revoked");
    let late = liar.write_at(&Body::WalkUp(liar.actor), now().plus(3_600_000), true);
    liar.send(&server, vec![late.0]);
    assert_eq!(doubts(&server, late.1), [Doubt::GuardRevoked]);
}

fn shift_is_open(server: &Server, id: ShiftId) -> bool {
    let org = server.scope("oak").org;
    let open: Result<bool, gatehouse_server::store::StoreError> =
        server.service().store().read(|db| gatehouse_server::store::shift::is_open(db, org, id));
    open.expect("read")
}

#[test]
fn a_scan_opens_only_its_own_visitors_departure() {
    let server = Server::start();
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let mut device = Device::enrol(&server, "oak", guard);
    let (walk_up, wim) = device.write(&Body::WalkUp(device.actor), &named("Wim"));
    let granted = device.write(&device.decision(wim, true), &Personal::default()).0;
    let Body::Scan(actor, scan) = device.scan(2, SubjectId([9; 16]), Verdict::Verified) else {
        unreachable!()
    };
    let scan = gatehouse_core::journal::ScanBody { departs: Some(wim), ..*scan };
    let (scan, id): (EntryUpload, EntryId) =
        device.write(&Body::Scan(actor, Box::new(scan)), &Personal::default());
    device.send(&server, vec![walk_up, granted, scan]);
    let found = server.service().event(&server.scope("oak"), id).expect("there");
    assert_eq!(found.row.departs, None, "it waits for a decision like any other");
    assert!(doubts(&server, id).contains(&Doubt::VisitNotTheirs));
}
