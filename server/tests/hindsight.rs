//! Grants judged again when they reach the server: by what was so when they were made, and by the grants of others.
#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

mod common;

use common::{Device, Server, now};
use gatehouse_core::{
    decision::{Code, Verdict},
    id::{EntryId, PersonId, SubjectId, TokenId},
    journal::Body,
    role::Role,
    time::{UnixMillis, UnixSeconds},
    wire::EntryUpload,
};
use gatehouse_server::{
    clock::Clock,
    secrets::random,
    service::invitations::NewVisit,
    store::{
        StoreError,
        amendment::{self, Amendment},
    },
};

/// What was found of an event.
fn found(server: &Server, event: EntryId) -> Option<(Verdict, Code, Option<UnixSeconds>)> {
    let org = server.scope("oak").org;
    let all = server.service().store().read(|db| amendment::of_event(db, org, event)).expect("read");
    let judged = |amendment| match amendment {
        Amendment::Judged { found, .. } => Some((found.verdict, found.code, found.since)),
        Amendment::Report { .. } | Amendment::Corrected { .. } => None,
    };
    let mut judged = all.into_iter().filter_map(judged);
    let first = judged.next();
    assert_eq!(judged.next(), None, "said once");
    first
}

fn member(server: &Server, name: &str) -> PersonId {
    server.user("oak", &format!("{name}@oak.example"), Role::Member).0
}

fn invite(server: &Server, max_uses: Option<u32>, at: UnixMillis) -> SubjectId {
    let visit = NewVisit {
        name: "Vera".to_owned(),
        email: None,
        host: None,
        sites: None,
        from: at.to_seconds().minus(60),
        until: at.to_seconds().plus(3600),
        max_uses,
        note: String::new(),
    };
    server.service().invite(&server.scope("oak"), &visit).expect("invited").id
}

/// What should be found of the later of two grants.
type Judgement = Option<(Verdict, Code)>;

/// An offline scan and its grant, by times of their own.
fn grant(
    device: &mut Device,
    scan: &Body,
    times: (UnixMillis, UnixMillis),
    trusted: bool,
) -> (Vec<EntryUpload>, EntryId) {
    let (scan, event) = device.write_at(scan, times.0, trusted);
    let granted = device.write_at(&device.decision(event, true), times.1, trusted).0;
    (vec![scan, granted], event)
}

#[test]
fn of_two_offline_gates_the_later_grant_is_found_whichever_comes_first() {
    let start = now();
    let clock = Clock::at(start);
    let server = Server::start_by(clock.clone());
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let who = member(&server, "member");
    let [mut front, mut back] = [0; 2].map(|_| Device::enrol(&server, "oak", guard));
    let at = |seconds: u64| start.plus(seconds * 1000 + 250);
    clock.set(at(1000));
    let proof = |device: &Device, token: u8, minted: u64| {
        let scan = device.offline_scan(3, who.into(), TokenId([token; 16]));
        let Body::Scan(actor, mut scan) = scan else { panic!("a scan") };
        scan.proof_time = Some(start.to_seconds().plus(minted));
        Body::Scan(actor, scan)
    };
    let once = invite(&server, Some(1), start);
    let twice = invite(&server, Some(2), start);
    let ever = invite(&server, None, start);
    let token = TokenId([1; 16]);

    for later_first in [false, true] {
        let (early, late) = if later_first { (120, 150) } else { (20, 50) };
        let visit = if later_first { twice } else { once };
        let minted = early;
        let cases: [(Body, Body, Judgement); 4] = [
            (
                front.offline_scan(2, visit, token),
                back.offline_scan(2, visit, token),
                (!later_first).then_some((Verdict::Denied, Code::UsedUp)),
            ),
            (front.offline_scan(2, ever, token), back.offline_scan(2, ever, token), None),
            (
                front.offline_scan(1, who.into(), TokenId([u8::from(later_first) + 1; 16])),
                back.offline_scan(1, who.into(), TokenId([u8::from(later_first) + 1; 16])),
                Some((Verdict::Caution, Code::AlreadyUsed)),
            ),
            (proof(&front, 9, minted), proof(&back, 9, minted), Some((Verdict::Caution, Code::AlreadyUsed))),
        ];
        for (here, there, expected) in cases {
            // The first was scanned later and granted earlier: the grant is the use.
            let (earlier, first) = grant(&mut front, &here, (at(early), at(early + 1)), true);
            let (later, second) = grant(&mut back, &there, (at(early - 10), at(late)), true);
            if later_first {
                back.send(&server, later);
                assert_eq!(found(&server, second), None);
                front.send(&server, earlier);
            } else {
                front.send(&server, earlier);
                back.send(&server, later);
            }
            let since = at(early + 1).to_seconds();
            assert_eq!(found(&server, first), None);
            assert_eq!(found(&server, second), expected.map(|(verdict, code)| (verdict, code, Some(since))));
        }
    }
    // The limit of two is reached by a third that lies between them, and marks the one after.
    let scan = front.offline_scan(2, twice, token);
    let (between, third) = grant(&mut front, &scan, (at(130), at(130)), true);
    front.send(&server, between);
    assert_eq!(found(&server, third), None);
    // Told to the device that granted it.
    let findings = back.send(&server, Vec::new()).findings;
    let used_up: Vec<_> = findings.iter().filter(|one| one.code == Code::UsedUp).collect();
    assert_eq!(used_up.len(), 2);
    assert_eq!(used_up[1].since, Some(at(130).to_seconds()));
}

#[test]
fn what_the_server_does_not_vouch_for_is_found_without_a_time() {
    let server = Server::start();
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let mut device = Device::enrol(&server, "oak", guard);
    let switched_off = member(&server, "off");
    let outcome: Result<(), StoreError> = server.service().store().write(move |tx| {
        tx.execute("UPDATE person SET access_enabled = 0 WHERE id = ?1", [switched_off.0])?;
        Ok(())
    });
    outcome.expect("switched off");
    let unknown = SubjectId(random().expect("random"));
    let visitor = server.service().invitation(&server.scope("oak"), invite(&server, None, now()));
    assert!(visitor.is_ok());
    let cases = [
        (1, unknown, Code::Revoked),
        (3, unknown, Code::Revoked),
        (2, unknown, Code::Revoked),
        (1, switched_off.into(), Code::AccessDisabled),
    ];
    for (kind, subject, code) in cases {
        let scan = device.offline_scan(kind, subject, TokenId(random().expect("random")));
        let (entries, event) = grant(&mut device, &scan, (now(), now()), true);
        device.send(&server, entries);
        assert_eq!(found(&server, event), Some((Verdict::Denied, code, None)), "{kind}");
    }
    // What a later version scans is not judged by what this one knows.
    let scan = device.offline_scan(99, unknown, TokenId([1; 16]));
    let (entries, event) = grant(&mut device, &scan, (now(), now()), true);
    device.send(&server, entries);
    assert_eq!(found(&server, event), None);
}

#[test]
fn the_grant_counts_to_the_millisecond_and_an_uncertain_clock_within_its_bounds() {
    // A whole second, so that what follows lies in the same one.
    let start = now().to_seconds().to_millis();
    let clock = Clock::at(start);
    let server = Server::start_by(clock.clone());
    let scope = server.scope("oak");
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let mut device = Device::enrol(&server, "oak", guard);
    let revoked = member(&server, "gone");
    clock.set(start.plus(500));
    let since = server.service().revoke(&scope, revoked).expect("revoked");
    assert_eq!(since, start.plus(500));
    clock.set(start.plus(100_000));
    let mut judge = |scan_ms: u64, grant_ms: u64, trusted: bool| {
        let scan = device.offline_scan(1, revoked.into(), TokenId(random().expect("random")));
        let times = (start.plus(scan_ms), start.plus(grant_ms));
        let (entries, event) = grant(&mut device, &scan, times, trusted);
        device.send(&server, entries);
        found(&server, event).map(|(_, code, since)| (code, since))
    };
    let surely = Some((Code::Revoked, Some(since.to_seconds())));
    // Scanned before, granted before; scanned before, granted after.
    assert_eq!(judge(100, 499, true), None);
    // Nobody vouches for this clock, and the last sure time was before: whatever it says, it may have been so.
    assert_eq!(judge(100, 499, false), Some((Code::Revoked, None)));
    assert_eq!(judge(90_000, 90_000, false), Some((Code::Revoked, None)));
    assert_eq!(judge(100, 500, true), surely);
    // From a sure time on that is past it, no clock makes it undone.
    assert_eq!(judge(0, 1, false), surely);
    // What happened after the grant reached the server is never held against it.
    let later = member(&server, "later");
    let scan = device.offline_scan(1, later.into(), TokenId([3; 16]));
    let (entries, event) = grant(&mut device, &scan, (start.plus(900_000), start.plus(900_000)), false);
    device.send(&server, entries);
    clock.set(start.plus(200_000));
    server.service().revoke(&scope, later).expect("revoked");
    assert_eq!(found(&server, event), None);

    // The entry that begins a continued journal is younger than what it brings along: it bounds nothing.
    let mut first = Device::enrol(&server, "oak", guard);
    let early =
        first.write_at(&Body::ShiftStart { actor: first.actor, location: None }, start.plus(400), true).0;
    first.send(&server, vec![early]);
    let scan = first.offline_scan(1, revoked.into(), TokenId([4; 16]));
    let (waiting, event) = grant(&mut first, &scan, (start.plus(450), start.plus(450)), false);
    server.service().revoke_device(&scope, first.id).expect("revoked");
    let mut second = Device::enrol(&server, "oak", guard);
    let mut entries = vec![second.continues(&first)];
    entries.extend(waiting.iter().map(|entry| second.sign_again(&first, entry)));
    second.send(&server, entries);
    assert_eq!(found(&server, event).map(|(_, code, since)| (code, since)), Some((Code::Revoked, None)));
}

#[test]
fn a_grant_is_held_to_what_stood_then_though_it_was_lifted_before_anybody_knew_of_the_grant() {
    let start = now().to_seconds().to_millis();
    let clock = Clock::at(start);
    let server = Server::start_by(clock.clone());
    let scope = server.scope("oak");
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let mut device = Device::enrol(&server, "oak", guard);
    let (banned, revoked) = (member(&server, "banned"), member(&server, "revoked"));
    let (visitor, guest) = (invite(&server, None, start), invite(&server, None, start));
    let (host, _) = server.user("oak", "host@oak.example", Role::Member);
    let outcome: Result<(), StoreError> = server.service().store().write(move |tx| {
        tx.execute("UPDATE invitation SET host = ?2 WHERE id = ?1", (guest.0, host.0))?;
        Ok(())
    });
    outcome.expect("named as host");

    // From the tenth second on they are kept out, and from the fiftieth no more.
    clock.set(start.plus(10_000));
    for subject in [banned.into(), visitor, host.into()] {
        server.service().ban(&scope, subject, "").expect("banned");
    }
    server.service().revoke(&scope, revoked).expect("revoked");
    clock.set(start.plus(50_000));
    for subject in [banned.into(), visitor, host.into()] {
        server.service().lift_ban(&scope, subject).expect("lifted");
    }
    server.service().restore(&scope, revoked).expect("restored");
    clock.set(start.plus(100_000));

    let mut judge = |kind: u64, subject: SubjectId, at_ms: u64| {
        let scan = device.offline_scan(kind, subject, TokenId(random().expect("random")));
        let at = start.plus(at_ms);
        let (entries, event) = grant(&mut device, &scan, (at, at), true);
        device.send(&server, entries);
        found(&server, event).map(|(_, code, since)| (code, since))
    };
    let since = Some(start.plus(10_000).to_seconds());
    let cases: [(u64, SubjectId, Code); 4] = [
        (1, banned.into(), Code::Banned),
        (2, visitor, Code::Banned),
        (2, guest, Code::Cancelled),
        (1, revoked.into(), Code::Revoked),
    ];
    for (kind, subject, code) in cases {
        assert_eq!(judge(kind, subject, 30_000), Some((code.clone(), since)), "while it stood: {code}");
        assert_eq!(judge(kind, subject, 5_000), None, "before it stood: {code}");
        assert_eq!(judge(kind, subject, 60_000), None, "once it was lifted: {code}");
    }
}
