//! Decisions that are put right: uses, stays and lists follow from what stands, and what was decided first is told beside
//! it.

use gatehouse_core::{
    decision::{Code, Verdict},
    id::{EntryId, ShiftId, TokenId},
    journal::{Actor, Body, Personal},
    role::Role,
    visit::InvitationStatus,
    wire::{EntryResult, EventView, path},
};
use gatehouse_server::{
    service::{erasure::Whom, invitations::NewVisit},
    store::{amendment::Amendment, doubt::Doubt, facet},
};

use crate::common::{Device, Server, named, now};

fn put_right(device: &Device, event: EntryId, granted: bool) -> Body {
    Body::Corrected { actor: device.actor, event, granted, against: Some(Verdict::Verified) }
}

fn why(reason: &str) -> Personal {
    Personal { note: Some(reason.to_owned()), ..Personal::default() }
}

fn view(server: &Server, admin: &str, id: EntryId) -> EventView {
    let events: Vec<EventView> = server.get(path::EVENTS, admin).read();
    events.into_iter().find(|event| event.event == id).expect("the event")
}

fn inside(server: &Server) -> Vec<EntryId> {
    let found = server.service().on_site(&server.scope("oak")).expect("read");
    found.into_iter().map(|visit| visit.stay).collect()
}

fn doubts(server: &Server, id: EntryId) -> Vec<Doubt> {
    let event = server.service().event(&server.scope("oak"), id).expect("the event");
    event.doubts.into_iter().map(|(doubt, _)| doubt).collect()
}

/// What was put right to what and why, the oldest first.
fn corrections(server: &Server, id: EntryId) -> Vec<(bool, Option<String>)> {
    let event = server.service().event(&server.scope("oak"), id).expect("the event");
    let said = event.amendments.into_iter().filter_map(|said| match said {
        Amendment::Corrected { granted, reason, .. } => Some((granted, reason)),
        Amendment::Report { .. } | Amendment::Judged { .. } => None,
    });
    said.collect()
}

#[test]
fn what_follows_from_a_decision_follows_from_what_stands() {
    let server = Server::start();
    let scope = server.scope("oak");
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let (_, admin) = server.user("oak", "admin@oak.example", Role::Admin);
    let visit = NewVisit {
        name: "Vera".to_owned(),
        email: None,
        host: None,
        sites: None,
        from: now().to_seconds().minus(60),
        until: now().to_seconds().plus(3600),
        max_uses: Some(1),
        note: String::new(),
    };
    let visit = server.service().invite(&scope, &visit).expect("invited").id;
    let mut device = Device::enrol(&server, "oak", guard);
    let (scan, vera) = device.write(&device.scan(2, visit, Verdict::Verified), &named("Vera"));
    let denied = device.write(&device.decision(vera, false), &why("No badge")).0;
    device.send(&server, vec![scan, denied]);
    let standing = || {
        let row = view(&server, &admin, vera);
        let invited = server.service().invitation(&scope, visit).expect("there");
        (row.granted, row.first_granted, inside(&server), invited.uses, invited.noted_status)
    };
    assert_eq!(standing(), (Some(false), None, vec![], 0, InvitationStatus::Pending));
    let steps = [(true, "The wrong button"), (false, "It was somebody else"), (true, "It was her after all")];
    for (granted, reason) in steps {
        let entry = device.write(&put_right(&device, vera, granted), &why(reason)).0;
        assert_eq!(device.send(&server, vec![entry]).results, [EntryResult::Accepted]);
        let expected = if granted {
            (Some(true), Some(false), vec![vera], 1, InvitationStatus::Accepted)
        } else {
            (Some(false), Some(false), vec![], 0, InvitationStatus::Pending)
        };
        assert_eq!(standing(), expected, "{reason}");
        assert_eq!(server.service().store().read(facet::disagreements).expect("counted"), 0);
    }
    let told: Vec<_> = steps.iter().map(|(granted, why)| (*granted, Some((*why).to_owned()))).collect();
    assert_eq!(corrections(&server, vera), told);
    let row = server.service().event(&scope, vera).expect("the event").row;
    assert_eq!(row.reason.as_deref(), Some("No badge"), "what was said first stays");

    // Reasons go with the person, and what was decided does not.
    server.service().erase(&scope, Whom::Event(vera)).expect("erased");
    assert_eq!(corrections(&server, vera), [(true, None), (false, None), (true, None)]);
    assert_eq!(view(&server, &admin, vera).granted, Some(true));
}

#[test]
fn a_grant_against_denied_stays_marked_whatever_is_said_of_it_later() {
    let server = Server::start();
    let scope = server.scope("oak");
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let (mia, _) = server.user("oak", "mia@oak.example", Role::Member);
    let mut device = Device::enrol(&server, "oak", guard);
    let shown = |event: EntryId| {
        let row = server.service().event(&scope, event).expect("the event").row;
        (row.granted, row.flagged, row.reason)
    };
    let said = |reason: &str| Some(reason.to_owned());
    // Granted against it and taken back, or the other way round: the reason is that of the grant.
    for granted in [true, false] {
        let (scan, event) = device.write(&device.scan(1, mia.into(), Verdict::Denied), &named("Mia"));
        let first = device.write(&device.decision(event, granted), &why("So I decided")).0;
        let then = device.write(&put_right(&device, event, !granted), &why("It was otherwise")).0;
        device.send(&server, vec![scan, first]);
        assert_eq!(shown(event), (Some(granted), granted, said("So I decided")));
        device.send(&server, vec![then]);
        let of_the_grant = if granted { "So I decided" } else { "It was otherwise" };
        assert_eq!(shown(event), (Some(!granted), true, said(of_the_grant)));
        assert_eq!(server.service().store().read(facet::disagreements).expect("counted"), 0);
    }
}

#[test]
fn nobody_puts_right_what_is_another_s_or_was_not_decided() {
    let server = Server::start();
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let (_, admin) = server.user("oak", "admin@oak.example", Role::Admin);
    let [mut device, mut other] = [0; 2].map(|_| Device::enrol(&server, "oak", guard));
    let (walk_up, wim) = device.write(&Body::WalkUp(device.actor), &named("Wim"));
    let early = device.write(&put_right(&device, wim, true), &why("Too early")).0;
    device.send(&server, vec![walk_up, early]);
    assert!(doubts(&server, wim).contains(&Doubt::NothingDecided));
    assert_eq!((view(&server, &admin, wim).granted, inside(&server)), (None, vec![]));

    let denied = device.write(&device.decision(wim, false), &Personal::default()).0;
    device.send(&server, vec![denied]);
    let foreign = other.write(&put_right(&other, wim, true), &why("Not mine")).0;
    other.send(&server, vec![foreign]);
    assert!(doubts(&server, wim).contains(&Doubt::EventNotItsOwn));
    // What stands already is no news.
    let same = device.write(&put_right(&device, wim, false), &why("Said again")).0;
    device.send(&server, vec![same]);
    let seen = view(&server, &admin, wim);
    assert_eq!((seen.granted, seen.first_granted, inside(&server)), (Some(false), None, vec![]));
    assert!(corrections(&server, wim).is_empty());

    let entry = device.write(&put_right(&device, wim, true), &why("The wrong button")).0;
    let results = device.send(&server, vec![entry.clone(), entry.clone()]).results;
    assert_eq!(results, [EntryResult::Accepted, EntryResult::Duplicate]);
    assert_eq!(device.send(&server, vec![entry]).results, [EntryResult::Duplicate]);
    assert_eq!((corrections(&server, wim).len(), inside(&server)), (1, vec![wim]));
}

#[test]
fn whoever_continues_a_journal_may_put_right_what_stands_in_it() {
    let server = Server::start();
    let scope = server.scope("oak");
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let (_, admin) = server.user("oak", "admin@oak.example", Role::Admin);
    let mut first = Device::enrol(&server, "oak", guard);
    let (walk_up, wim) = first.write(&Body::WalkUp(first.actor), &named("Wim"));
    let denied = first.write(&first.decision(wim, false), &Personal::default()).0;
    first.send(&server, vec![walk_up, denied]);
    let waiting = first.write(&put_right(&first, wim, true), &why("The wrong button")).0;
    server.service().revoke_device(&scope, first.id).expect("revoked");
    let mut second = Device::enrol(&server, "oak", guard);
    let entries = vec![second.continues(&first), second.sign_again(&first, &waiting)];
    second.send(&server, entries);
    let seen = view(&server, &admin, wim);
    assert_eq!((seen.granted, seen.first_granted, inside(&server)), (Some(true), Some(false), vec![wim]));
}

#[test]
fn a_departure_of_somebody_who_was_not_let_in_is_kept_and_marked_whichever_comes_first() {
    let server = Server::start();
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let (_, admin) = server.user("oak", "admin@oak.example", Role::Admin);
    let [mut device, mut other] = [0; 2].map(|_| Device::enrol(&server, "oak", guard));
    for departure_first in [true, false] {
        let (walk_up, wim) = device.write(&Body::WalkUp(device.actor), &named("Wim"));
        let granted = device.write(&device.decision(wim, true), &Personal::default()).0;
        device.send(&server, vec![walk_up, granted]);
        assert_eq!(inside(&server), [wim]);
        let left = other.write(&Body::Departure { actor: other.actor, stay: wim }, &Personal::default()).0;
        let denied = device.write(&put_right(&device, wim, false), &why("The wrong name")).0;
        if departure_first {
            other.send(&server, vec![left]);
            assert!(!doubts(&server, wim).contains(&Doubt::LeftAllTheSame));
            device.send(&server, vec![denied]);
        } else {
            device.send(&server, vec![denied]);
            other.send(&server, vec![left]);
        }
        assert_eq!((view(&server, &admin, wim).granted, inside(&server)), (Some(false), vec![]));
        assert!(doubts(&server, wim).contains(&Doubt::LeftAllTheSame), "{departure_first}");
        let back = device.write(&put_right(&device, wim, true), &why("It was him")).0;
        device.send(&server, vec![back]);
        let seen = view(&server, &admin, wim);
        assert_eq!((seen.granted, inside(&server)), (Some(true), vec![]), "he has left, {departure_first}");
        assert!(seen.departed_at.is_some());
    }
}

#[test]
fn what_is_a_grant_only_by_a_correction_is_judged_again_like_any_and_once() {
    let server = Server::start();
    let scope = server.scope("oak");
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let (gone, _) = server.user("oak", "gone@oak.example", Role::Member);
    server.service().revoke(&scope, gone).expect("revoked");
    let mut device = Device::enrol(&server, "oak", guard);
    let offline = device.offline_scan(1, gone.into(), TokenId([5; 16]));
    let (scan, wrongly) = device.write(&offline, &Personal::default());
    let denied = device.write(&device.decision(wrongly, false), &Personal::default()).0;
    assert!(device.send(&server, vec![scan, denied]).findings.is_empty());
    for granted in [true, false, true] {
        let entry = device.write(&put_right(&device, wrongly, granted), &why("A slip")).0;
        let answer = device.send(&server, vec![entry]);
        let [finding] = answer.findings.as_slice() else { panic!("{:?}", answer.findings) };
        assert_eq!((finding.event, &finding.code), (wrongly, &Code::Revoked));
    }
}

#[test]
fn a_correction_of_another_shift_or_without_a_reason_takes_nothing_back() {
    let server = Server::start();
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let (_, admin) = server.user("oak", "admin@oak.example", Role::Admin);
    let mut device = Device::enrol(&server, "oak", guard);
    let (walk_up, wim) = device.write(&Body::WalkUp(device.actor), &named("Wim"));
    let granted = device.write(&device.decision(wim, true), &Personal::default()).0;
    device.send(&server, vec![walk_up, granted]);
    assert_eq!(inside(&server), [wim]);
    let another = Actor { shift: ShiftId([9; 16]), ..device.actor };
    let elsewhere = Body::Corrected { actor: another, event: wim, granted: false, against: None };
    let refused = [(put_right(&device, wim, false), Personal::default()), (elsewhere, why("Some other day"))];
    for ((body, personal), marks) in refused.into_iter().zip(1..) {
        let entry = device.write(&body, &personal).0;
        assert_eq!(device.send(&server, vec![entry]).results, [EntryResult::Accepted]);
        let found = doubts(&server, wim).into_iter().filter(|doubt| *doubt == Doubt::CorrectedElsewhere);
        assert_eq!(found.count(), marks, "{body:?}");
        assert_eq!((view(&server, &admin, wim).granted, inside(&server)), (Some(true), vec![wim]));
        assert!(corrections(&server, wim).is_empty());
    }
}
