//! Journals over HTTP: taken once, in order, and never another's.
#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

mod common;
#[path = "journal/corrections.rs"]
mod corrections;
#[path = "journal/erasure.rs"]
mod erasure;

use common::{Device, Server, named, now, site};
use gatehouse_core::{
    decision::Verdict,
    id::{Digest32, SubjectId},
    journal::{Body, Head, Personal, verify_export},
    role::Role,
    wire::{EntriesRequest, EntryResult, EventView, OnSiteVisit, path},
};
use gatehouse_server::service::invitations::NewVisit;

// covers: S4-41, S4-78, S4-79
#[test]
fn entries_are_taken_once_and_in_order() {
    let server = Server::start();
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let mut device = Device::enrol(&server, "oak", guard);
    let walk_up = Body::WalkUp(device.actor);
    let start =
        device.write(&Body::ShiftStart { actor: device.actor, location: None }, &Personal::default()).0;
    let (first, event) = device.write(&walk_up, &named("Wim"));
    let third = device.write(&device.decision(event, true), &Personal::default()).0;

    // The third before the second is missing something; the second repeated is as good as accepted.
    let answer = device.send(&server, vec![start.clone(), third.clone()]);
    assert_eq!(answer.results, [EntryResult::Accepted, EntryResult::Missing { expected: 2 }]);
    let answer = device.send(&server, vec![start.clone(), first.clone(), first.clone(), third.clone()]);
    use EntryResult::{Accepted, Duplicate};
    assert_eq!(answer.results, [Duplicate, Accepted, Duplicate, Accepted]);
    assert!(answer.receipt.is_some());

    // Another entry under a number that was taken is kept as evidence; the chain goes on.
    let before = Head { number: 1, ..Head::START };
    let (fork, ..) = device.entry(before, &walk_up, &named("Other"));
    let broken = device.entry(Head { number: 3, hash: Digest32([9; 32]) }, &walk_up, &named("Other")).0;
    let (foreign, ..) = Device { id: gatehouse_core::id::DeviceId([1; 16]), ..clone(&device) }.entry(
        device.head,
        &walk_up,
        &named("Other"),
    );
    let mut bent = third.clone();
    if let Some(last) = bent.envelope.last_mut() {
        *last ^= 1;
    }
    let results = device.send(&server, vec![fork, broken, foreign, bent]).results;
    let rejected = |code: &str| EntryResult::Rejected { code: code.to_owned() };
    assert_eq!(
        results,
        [EntryResult::Forked, rejected("broken_chain"), rejected("wrong_device"), rejected("bad_signature")]
    );

    let scope = server.scope("oak");
    let inside = server.service().on_site(&scope).expect("on site");
    assert_eq!(inside.len(), 1);
    let leave = device.write(&Body::Departure { actor: device.actor, stay: event }, &Personal::default()).0;
    assert_eq!(device.send(&server, vec![leave]).results, [Accepted]);
    assert!(server.service().on_site(&scope).expect("on site").is_empty());
    let views = server.service().event_views(&scope, 10).expect("events");
    assert_eq!((views.len(), views[0].granted, views[0].name.as_deref()), (1, Some(true), Some("Wim")));
    assert!(views[0].departed_at.is_some());

    let mut export = Vec::new();
    server.service().export_journal(&scope, device.id, true, &mut export).expect("exported");
    let keys = server.service().keyring(scope.org).expect("keys");
    let verified = verify_export(&export, Some(&keys.set)).expect("it holds");
    assert_eq!((verified.entries, verified.certified, verified.receipted), (4, Some(true), Some(4)));
}

fn clone(device: &Device) -> Device {
    let (id, token) = (device.id, device.token.clone());
    Device { key: device.key.clone(), id, token, head: device.head, actor: device.actor }
}

#[test]
fn a_body_that_nobody_knows_holds_nothing_up() {
    let server = Server::start();
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let mut device = Device::enrol(&server, "oak", guard);
    // A decision about nothing, a departure of nobody, and a scan of an unknown kind.
    let nothing = gatehouse_core::id::EntryId([3; 16]);
    let entries = [
        device.decision(nothing, true),
        Body::Departure { actor: device.actor, stay: nothing },
        device.scan(99, SubjectId([2; 16]), Verdict::Denied),
        Body::Arrival { actor: device.actor, event: nothing },
    ];
    let uploads: Vec<_> = entries.iter().map(|body| device.write(body, &Personal::default()).0).collect();
    let answer = device.send(&server, uploads);
    assert_eq!(answer.results, vec![EntryResult::Accepted; 4]);
    let views = server.service().event_views(&server.scope("oak"), 10).expect("events");
    assert_eq!(views.len(), 1);
    assert_eq!(views[0].kind, "unreadable");
}

#[test]
fn organisations_see_nothing_of_each_other() {
    let server = Server::start();
    server.add_organisation("elm");
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let (_, oak) = server.user("oak", "admin@example.org", Role::Admin);
    // The same person is an admin of both, by separate tokens.
    let (_, elm) = server.user("elm", "admin@example.org", Role::Admin);
    let (_, elm_guard) = server.user("elm", "guard@elm.example", Role::Guard);
    let mut device = Device::enrol(&server, "oak", guard);
    let (walk_up, event) = device.write(&Body::WalkUp(device.actor), &named("Wim"));
    let decided = device.write(&device.decision(event, true), &Personal::default()).0;
    device.send(&server, vec![walk_up.clone(), decided]);
    let visit = NewVisit {
        name: "Vera".to_owned(),
        email: None,
        host: None,
        sites: None,
        from: now().to_seconds(),
        until: now().to_seconds().plus(3600),
        max_uses: None,
        note: String::new(),
    };
    let invitation = server.service().invite(&server.scope("oak"), &visit).expect("invited");

    assert_eq!(server.get(path::EVENTS, &oak).read::<Vec<EventView>>().len(), 1);
    assert!(server.get(path::EVENTS, &elm).read::<Vec<EventView>>().is_empty());
    assert_eq!(server.get(path::ON_SITE, &oak).read::<Vec<OnSiteVisit>>().len(), 1);
    assert!(server.get(path::ON_SITE, &elm).read::<Vec<OnSiteVisit>>().is_empty());
    let cancel = format!("{}/{}/cancel", path::INVITATIONS, invitation.id);
    assert_eq!(server.post(&cancel, &elm, &()).code(), "not_found");
    assert_eq!(server.get(path::EVENTS, &elm_guard).code(), "forbidden");
    assert!(server.service().event(&server.scope("elm"), event).is_err());
    assert!(server.service().depart(&server.scope("elm"), event).is_err());
    let mut export = Vec::new();
    assert!(server.service().export_journal(&server.scope("elm"), device.id, false, &mut export).is_err());
    assert!(export.is_empty());

    // A code of one organisation is nothing at the other's gate, and takes no use there.
    let asked = serde_json::json!({ "event": event, "code": invitation.code, "site": site() });
    let answer = server.post(path::VERIFY, &elm_guard, &asked);
    assert_eq!(answer.body["checks"]["signature"], "unknown_key", "{}", answer.body);

    // Nor does a device of one write into the other's journals.
    let stranger = Device::enrol(&server, "elm", guard);
    let sent = server.post(path::ENTRIES, &stranger.token, &EntriesRequest { entries: vec![walk_up] });
    assert_eq!(sent.body["results"][0]["result"], "rejected", "{}", sent.body);
}

#[test]
fn photos_go_on_where_they_stopped() {
    let server = Server::start();
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let mut device = Device::enrol(&server, "oak", guard);
    let numbers = (0..100_000_u32).flat_map(u32::to_le_bytes);
    let photo: Vec<u8> = [0xff, 0xd8, 0xff, 0xe0].into_iter().chain(numbers).collect();
    let sha256 = Digest32::of(&photo);
    let address = format!("{}/{sha256}", path::PHOTOS);
    let length = photo.len().to_string();
    let send = |offset: &str, bytes: &[u8]| {
        let headers = [("upload-offset", offset), ("upload-length", length.as_str())];
        server.call("PATCH", &address, &device.token, &headers, bytes)
    };
    assert_eq!(send("0", &photo[..10]).code(), "photo_unknown");

    let personal = Personal { photo: Some(sha256), ..named("Wim") };
    let (walk_up, event) = {
        let (upload, id, head) = device.entry(device.head, &Body::WalkUp(device.actor), &personal);
        (upload, (id, head))
    };
    let answer = device.send(&server, vec![walk_up]);
    assert_eq!(answer.photos, [sha256]);
    let offset = |answer: &common::Answer| answer.headers["upload-offset"].to_str().expect("text").to_owned();

    // Another device may not send it, and a length that came alone binds nobody.
    let mut other = Device::enrol(&server, "oak", guard);
    let size = |token: &str, length: &str| {
        server.call("PATCH", &address, token, &[("upload-offset", "0"), ("upload-length", length)], &[])
    };
    assert_eq!(size(&other.token, "5").code(), "photo_unknown");
    assert_eq!(size(&device.token, "5").status, 204);
    // A name is cut where it goes on for too long.
    let walk_up = other.write(&Body::WalkUp(other.actor), &named(&"x".repeat(5000))).0;
    other.send(&server, vec![walk_up]);
    let views = server.service().event_views(&server.scope("oak"), 1).expect("events");
    assert_eq!(views[0].name.as_ref().map(String::len), Some(200));

    let first = send("0", &photo[..1000]);
    assert_eq!((first.status, offset(&first)), (204, "1000".to_owned()));
    let again = send("0", &photo[..1000]);
    assert_eq!((again.status, offset(&again)), (409, "1000".to_owned()));
    let told = server.call("HEAD", &address, &device.token, &[], &[]);
    assert_eq!((told.status, offset(&told)), (200, "1000".to_owned()));
    // Bytes that do not come to the hash are thrown away, and it begins anew.
    assert_eq!(send("1000", &vec![0; photo.len() - 1000]).code(), "photo_mismatch");
    assert_eq!(send("1000", &photo[1000..]).status, 409);
    assert_eq!(send("0", &photo[..200_000]).status, 204);
    assert_eq!(send("200000", &photo[200_000..]).status, 204);
    assert_eq!(send("200000", &photo[200_000..]).status, 204, "a repeated last piece does no harm");

    let scope = server.scope("oak");
    assert_eq!(server.service().photo(&scope, sha256).expect("the photo"), photo);
    let views = server.service().event_views(&scope, 2).expect("events");
    assert_eq!((views[1].event, views[1].photo), (event.0, Some(sha256)));
    device.head = event.1;
    let next = device.write(&Body::WalkUp(device.actor), &named("Later")).0;
    assert!(device.send(&server, vec![next]).photos.is_empty());
}

#[test]
fn an_arrival_adds_only_to_its_own_devices_events() {
    let server = Server::start();
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let mut device = Device::enrol(&server, "oak", guard);
    let mut other = Device::enrol(&server, "oak", guard);
    let (walk_up, event) = device.write(&Body::WalkUp(device.actor), &Personal::default());
    device.send(&server, vec![walk_up]);
    let name = || server.service().event_views(&server.scope("oak"), 1).expect("events")[0].name.clone();
    let arrival = Body::Arrival { actor: other.actor, event };
    let foreign = other.write(&arrival, &named("Other")).0;
    assert_eq!(other.send(&server, vec![foreign]).results, [EntryResult::Accepted]);
    assert_eq!(name(), None);
    let own = device.write(&arrival, &named("Wim")).0;
    device.send(&server, vec![own]);
    assert_eq!(name().as_deref(), Some("Wim"));
}

#[test]
fn every_judgement_of_an_event_is_kept_and_a_decision_is_held_against_the_one_that_it_names() {
    let server = Server::start();
    let scope = server.scope("oak");
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let mut device = Device::enrol(&server, "oak", guard);
    let subject = SubjectId([3; 16]);
    let anew = |device: &Device, event, judgement, verdict| {
        let Body::Scan(actor, found) = device.scan(1, subject, verdict) else { panic!("a scan") };
        Body::JudgedAnew { actor, event, judgement, found: Some(found) }
    };
    let granted = |device: &Device, event, judgement| {
        let actor = device.actor;
        Body::Decision { actor, event, granted: true, against: None, judgement }
    };
    let shown = |event| server.service().event(&scope, event).expect("an event").row;
    let earlier = |event| {
        let all = server.service().earlier_judgements(&scope, event).expect("judgements");
        all.into_iter().map(|earlier| earlier.verdict).collect::<Vec<_>>()
    };
    let (verified, caution, denied) = (Verdict::Verified, Verdict::Caution, Verdict::Denied);

    // As an honest phone does it, out of any order that nobody would write: the row is the last, and what was before stays.
    let (scan, event) = device.write(&device.scan(1, subject, verified), &named("Mia"));
    let second = device.write(&anew(&device, event, 2, denied), &Personal::default()).0;
    let stale = device.write(&anew(&device, event, 2, verified), &Personal::default()).0;
    let third = device.write(&anew(&device, event, 3, caution), &Personal::default()).0;
    let decided = device.write(&granted(&device, event, 3), &Personal::default()).0;
    let late = device.write(&anew(&device, event, 4, denied), &Personal::default()).0;
    device.send(&server, vec![scan, second, stale, third, decided, late]);
    let row = shown(event);
    assert_eq!((row.verdict, row.granted, row.flagged), (Some(caution), Some(true), false));
    assert_eq!((row.name.as_deref(), earlier(event)), (Some("Mia"), vec![Some(verified), Some(denied)]));

    // A journal that goes by an older, better judgement hides nothing by that; nor does one by an older, worse one.
    for (first, then, named_judgement) in
        [(verified, denied, 1), (denied, verified, 1), (verified, denied, 9)]
    {
        let (scan, event) = device.write(&device.scan(1, subject, first), &Personal::default());
        let anew = device.write(&anew(&device, event, 2, then), &Personal::default()).0;
        let decided = device.write(&granted(&device, event, named_judgement), &Personal::default()).0;
        device.send(&server, vec![scan, anew, decided]);
        let row = shown(event);
        assert_eq!((row.verdict, row.flagged), (Some(then), true), "{first:?} {then:?} {named_judgement}");
    }
}

#[test]
fn what_a_device_records_after_its_revocation_is_marked_however_late_it_comes() {
    use gatehouse_server::{clock::Clock, store::doubt::Doubt};
    let start = now();
    let clock = Clock::at(start);
    let server = Server::start_by(clock.clone());
    let scope = server.scope("oak");
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let mut first = Device::enrol(&server, "oak", guard);
    let at = |seconds: u64| start.plus(seconds * 1000);
    let walk_up = Body::WalkUp(first.actor);
    let waiting: Vec<_> = [(at(50), true), (at(150), true), (at(50), false)]
        .into_iter()
        .map(|(time, sure)| first.write_at(&walk_up, time, sure))
        .collect();
    clock.set(at(100));
    server.service().revoke_device(&scope, first.id).expect("revoked");
    clock.set(at(200));
    let mut second = Device::enrol(&server, "oak", guard);
    let mut sent = vec![second.continues(&first)];
    sent.extend(waiting.iter().map(|(upload, _)| second.sign_again(&first, upload)));
    let (after, own) = second.write_at(&walk_up, at(250), true);
    sent.push(after);
    clock.set(at(300));
    second.send(&server, sent);
    let doubted = |event| -> Vec<Doubt> {
        let found = server.service().event(&scope, event).expect("an event").doubts;
        let found = found.into_iter().map(|(doubt, _)| doubt);
        found.filter(|doubt| *doubt == Doubt::AfterRevocation).collect()
    };
    let marks: Vec<_> = waiting.iter().map(|(_, event)| doubted(*event)).collect();
    // By a clock that nobody vouches for, it may have been after.
    assert_eq!(marks, [vec![], vec![Doubt::AfterRevocation], vec![Doubt::AfterRevocation]]);
    assert_eq!(doubted(own), []);
}
