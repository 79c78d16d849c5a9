//! A phone that was enrolled anew goes on from what it was before, and nobody else does.
#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

#[path = "continued/claims.rs"]
mod claims;
mod common;

use common::{Device, Server, named, now, site};
use gatehouse_core::{
    decision::{Code, Verdict},
    id::{Digest32, EntryId, SiteNumber, SubjectId, TokenId},
    journal::{Actor, Body, Head, Hindsight, Personal, verify_export},
    role::Role,
    wire::{EntryResult, EventView, OnSiteVisit, path},
};
use gatehouse_server::service::invitations::NewVisit;

fn invite(server: &Server) -> SubjectId {
    let visit = NewVisit {
        name: "Vera".to_owned(),
        email: None,
        host: None,
        sites: None,
        from: now().to_seconds().minus(60),
        until: now().to_seconds().plus(3600),
        max_uses: Some(5),
        note: String::new(),
    };
    server.service().invite(&server.scope("oak"), &visit).expect("invited").id
}

fn event(server: &Server, admin: &str, id: EntryId) -> EventView {
    let events: Vec<EventView> = server.get(path::EVENTS, admin).read();
    events.into_iter().find(|event| event.event == id).expect("the event")
}

// covers: S4-40, S4-80
#[test]
fn what_waited_when_a_phone_was_revoked_counts_when_it_comes_by_another_device() {
    let server = Server::start();
    let scope = server.scope("oak");
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let (_, admin) = server.user("oak", "admin@oak.example", Role::Admin);
    let (gone, _) = server.user("oak", "gone@oak.example", Role::Member);
    server.service().revoke(&scope, gone).expect("revoked");
    let visit = invite(&server);

    // Three scans reach the server, and of the decisions only that on a revoked member, whose finding is lost.
    let mut first = Device::enrol(&server, "oak", guard);
    let (scan, vera) = first.write(&first.scan(2, visit, Verdict::Verified), &named("Vera"));
    let (walk_up, wim) = first.write(&Body::WalkUp(first.actor), &named("Wim"));
    let offline = first.offline_scan(1, gone.into(), TokenId([5; 16]));
    let (wrong, wrongly) = first.write(&offline, &Personal::default());
    let granted = first.write(&first.decision(wrongly, true), &Personal::default()).0;
    let answer = first.send(&server, vec![scan, walk_up, wrong, granted]);
    assert_eq!(answer.findings.len(), 1);
    let waiting = [
        first.write(&first.decision(vera, true), &Personal::default()).0,
        first.write(&Body::Report { actor: first.actor, event: wrongly }, &named("Odd")).0,
        first.write(&Body::Arrival { actor: first.actor, event: vera }, &named("Vera")).0,
    ];
    server.service().revoke_device(&scope, first.id).expect("revoked");

    // It was a phone of another organisation, one that knows nothing of the journal, and one that says so too late.
    server.add_organisation("elm");
    let (elm_guard, _) = server.user("elm", "guard@elm.example", Role::Guard);
    let mut strangers =
        [("elm", elm_guard), ("oak", guard)].map(|(org, guard)| Device::enrol(&server, org, guard));
    let made_up = Device { head: Head { number: 2, hash: Digest32([9; 32]) }, ..copy(&first) };
    for stranger in &mut strangers {
        let entries =
            vec![stranger.continues(&made_up), stranger.write(&stranger.decision(vera, true), &named("")).0];
        assert_eq!(stranger.send(&server, entries).results, vec![EntryResult::Accepted; 2]);
    }
    let mut late = Device::enrol(&server, "oak", guard);
    let entries = vec![
        late.write(&Body::WalkUp(late.actor), &named("Otto")).0,
        late.continues(&first),
        late.write(&late.decision(vera, true), &Personal::default()).0,
        late.write(&Body::Report { actor: late.actor, event: wim }, &Personal::default()).0,
    ];
    assert_eq!(late.send(&server, entries).results, vec![EntryResult::Accepted; 4]);
    let seen = event(&server, &admin, vera);
    assert_eq!((seen.granted, event(&server, &admin, wim).reported), (None, false));

    // The phone itself, enrolled anew.
    let mut second = Device::enrol(&server, "oak", guard);
    let mut entries = vec![second.continues(&first)];
    entries.extend(waiting.iter().map(|entry| second.sign_again(&first, entry)));
    let answer = second.send(&server, entries.clone());
    assert_eq!(answer.results, vec![EntryResult::Accepted; 4]);
    assert_eq!(second.send(&server, entries).results, vec![EntryResult::Duplicate; 4]);
    assert_eq!(event(&server, &admin, vera).granted, Some(true));
    let inside: Vec<OnSiteVisit> = server.get(path::ON_SITE, &admin).read();
    assert_eq!(inside.iter().map(|visit| visit.stay).collect::<Vec<_>>(), [vera]);
    assert_eq!(server.service().invitation(&scope, visit).expect("there").uses, 1);
    assert!(event(&server, &admin, wrongly).reported);
    // It is told what was found of its former self, until its own journal says so.
    let [finding] = answer.findings.as_slice() else { panic!("{:?}", answer.findings) };
    assert_eq!((finding.event, &finding.code), (wrongly, &Code::Revoked));
    let (code, since) = (finding.code.clone(), finding.since);
    let found = Hindsight { verdict: finding.verdict, code, since, pack_seq: None };
    let told = second.write(&Body::JudgedAgain { event: wrongly, found }, &Personal::default()).0;
    assert!(second.send(&server, vec![told]).findings.is_empty());

    // Nobody else goes on from the same device; and a third goes on from the second, and so from the first.
    let mut other = Device::enrol(&server, "oak", guard);
    let entries =
        vec![other.continues(&first), other.write(&other.decision(wim, true), &Personal::default()).0];
    other.send(&server, entries);
    assert_eq!(event(&server, &admin, wim).granted, None);
    server.service().revoke_device(&scope, second.id).expect("revoked");
    let mut third = Device::enrol(&server, "oak", guard);
    let entries =
        vec![third.continues(&second), third.write(&third.decision(wim, false), &Personal::default()).0];
    third.send(&server, entries);
    assert_eq!(event(&server, &admin, wim).granted, Some(false));
}

fn copy(device: &Device) -> Device {
    let (id, token) = (device.id, device.token.clone());
    Device { key: device.key.clone(), id, token, head: device.head, actor: device.actor }
}

#[test]
fn an_entry_whose_answer_was_lost_forks_nothing_when_it_is_signed_again() {
    let server = Server::start();
    let scope = server.scope("oak");
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let (_, admin) = server.user("oak", "admin@oak.example", Role::Admin);
    let mut first = Device::enrol(&server, "oak", guard);
    let (walk_up, wim) = first.write(&Body::WalkUp(first.actor), &named("Wim"));
    let granted = first.write(&first.decision(wim, true), &Personal::default()).0;
    first.send(&server, vec![walk_up.clone(), granted.clone()]);
    server.service().revoke_device(&scope, first.id).expect("revoked");

    let mut second = Device::enrol(&server, "oak", guard);
    let mut entries = vec![second.continues(&first)];
    entries.extend([&walk_up, &granted].map(|entry| second.sign_again(&first, entry)));
    entries.push(second.write(&Body::Departure { actor: second.actor, stay: wim }, &Personal::default()).0);
    assert_eq!(second.send(&server, entries.clone()).results, vec![EntryResult::Accepted; 4]);
    assert_eq!(second.send(&server, entries).results, vec![EntryResult::Duplicate; 4]);
    let events: Vec<EventView> = server.get(path::EVENTS, &admin).read();
    assert_eq!((events.len(), events[0].departed_at.is_some()), (1, true), "nothing happened twice");
    let mut export = Vec::new();
    server.service().export_journal(&scope, second.id, true, &mut export).expect("exported");
    let keys = server.service().keyring(scope.org).expect("keys");
    let verified = verify_export(&export, Some(&keys.set)).expect("it holds");
    assert_eq!((verified.entries, verified.receipted), (4, Some(4)));

    // Under the id of an entry that it may speak of, a device says nothing else.
    let mut third = Device::enrol(&server, "oak", guard);
    let begun = third.continues(&second);
    let other = {
        let key = gatehouse_core::envelope::PublicKey::from(&first.key);
        let signed = gatehouse_core::journal::SignedEntry::open(&granted.envelope, &key).expect("its own");
        let body = third.decision(wim, false);
        let secret = gatehouse_core::journal::EntryKey::new([1; 32]);
        let body = body.to_value(signed.entry.id, &Personal::default(), &secret, [0; 24]);
        let (number, previous) = (third.head.number + 1, third.head.hash);
        let entry =
            gatehouse_core::journal::Entry { device: third.id, number, previous, body, ..signed.entry };
        gatehouse_core::wire::EntryUpload { envelope: entry.sign(&third.key).0, key: [1; 32] }
    };
    let results = third.send(&server, vec![begun, other]).results;
    assert_eq!(results, [EntryResult::Accepted, EntryResult::Forked]);
}

#[test]
fn a_stay_begins_where_its_visitor_stood() {
    let server = Server::start();
    server.add_site("oak");
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let (_, admin) = server.user("oak", "admin@oak.example", Role::Admin);
    let mut device = Device::enrol(&server, "oak", guard);
    let back = SiteNumber::new(2).expect("a number");
    assert_ne!(back, site());
    let (walk_up, wim) = device.write(&Body::WalkUp(Actor { site: back, ..device.actor }), &named("Wim"));
    let granted = device.write(&device.decision(wim, true), &Personal::default()).0;
    device.send(&server, vec![walk_up, granted]);
    let inside: Vec<OnSiteVisit> = server.get(path::ON_SITE, &admin).read();
    assert_eq!(inside.iter().map(|visit| visit.site).collect::<Vec<_>>(), [back]);
}
