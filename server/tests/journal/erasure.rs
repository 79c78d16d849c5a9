//! Erasing a person: nothing of the data folder tells of them any more, and the journals still hold.

use std::{fs, path::Path};

use gatehouse_core::{
    decision::Verdict,
    id::{Digest32, EntryId, SubjectId},
    journal::{Body, Personal, verify_export},
    messages::{Severity, Window},
    role::Role,
    wire::{ErasuresAnswer, ErasuresDone, EventView, path},
};
use gatehouse_server::{
    service::{erasure::Whom, invitations::NewVisit, messages::NewMessage},
    store::StoreError,
};

use crate::common::{Device, Server, now};

const NAME: &str = "Zébulon Quarkhausen";
const EMAIL: &str = "zebulon@quark.example";

/// Files of the folder that hold any of these words, in whichever case.
fn found(folder: &Path, words: &[&str]) -> Vec<String> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(found(&path, words));
            continue;
        }
        let bytes = fs::read(&path).expect("read").to_ascii_lowercase();
        for word in words {
            let word = word.to_ascii_lowercase();
            if bytes.windows(word.len()).any(|window| window == word.as_bytes()) {
                files.push(format!("{}: {word}", path.display()));
            }
        }
    }
    files
}

/// What begins like a JPEG file, and tells what it is.
fn jpeg(length: u32) -> Vec<u8> {
    let pixels = (0..length).flat_map(|number| format!("QUARKPIXEL{number}").into_bytes());
    [0xff, 0xd8, 0xff, 0xe0].into_iter().chain(pixels).collect()
}

fn upload(server: &Server, device: &Device, photo: &[u8]) -> Digest32 {
    let sha256 = Digest32::of(photo);
    let (first, rest) = photo.split_at(photo.len() / 3);
    let length = photo.len().to_string();
    for (offset, bytes) in [(0, first), (first.len(), rest)] {
        let offset = offset.to_string();
        let headers = [("upload-offset", offset.as_str()), ("upload-length", length.as_str())];
        let path = format!("{}/{sha256}", path::PHOTOS);
        let answer = server.call("PATCH", &path, &device.token, &headers, bytes);
        assert!(answer.status < 300, "{} {}", answer.status, answer.body);
    }
    sha256
}

fn said(note: &str, photo: Option<Digest32>) -> Personal {
    let (name, note) = (Some(NAME.to_owned()), Some(format!("{note} of {NAME}")));
    Personal { name, note, photo, ..Personal::default() }
}

#[test]
fn nothing_in_the_data_folder_tells_of_somebody_who_was_erased() {
    let server = Server::start();
    let scope = server.scope("oak");
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let (_, admin) = server.user("oak", "admin@oak.example", Role::Admin);
    let visit = NewVisit {
        name: NAME.to_owned(),
        email: Some(EMAIL.to_owned()),
        host: None,
        sites: None,
        from: now().to_seconds().minus(60),
        until: now().to_seconds().plus(3600),
        max_uses: None,
        note: format!("Ask {NAME} for the badge"),
    };
    let invited = server.service().invite(&scope, &visit).expect("invited");
    server.service().ban(&scope, invited.id, &format!("{NAME} threw a chair")).expect("banned");
    let mut device = Device::enrol(&server, "oak", guard);
    let picture = jpeg(9000);
    let sha256 = Digest32::of(&picture);
    let (scan, event) = device.write(&device.scan(2, invited.id, Verdict::Denied), &said("Scan", None));
    let granted = device.write(&device.decision(event, true), &said("Reason", None)).0;
    let arrived = Body::Arrival { actor: device.actor, event };
    let arrived = device.write(&arrived, &said("Arrival", Some(sha256))).0;
    let report = Body::Report { actor: device.actor, event };
    let report = device.write(&report, &said("Report", None)).0;
    let (walk_up, other) = device.write(&Body::WalkUp(device.actor), &said("Walk-up", None));
    device.send(&server, vec![scan, granted, arrived, report, walk_up]);
    assert_eq!(upload(&server, &device, &picture), sha256);
    assert_eq!(server.get(&format!("{}?since=0", path::GATE_PACK), &device.token).status, 200);
    assert_eq!(server.service().photo(&scope, sha256).expect("the photo"), picture);
    let folder = server.service().store().dir().to_owned();
    let words = ["quarkhausen", "quark.example", "QUARKPIXEL"];
    assert!(!found(&folder, &words[..2]).is_empty());
    assert_eq!(found(&folder, &words[2..]), Vec::<String>::new(), "photos lie sealed");

    let erased = server.service().erase(&scope, Whom::Invitation(invited.id)).expect("erased");
    assert_eq!((erased.people, erased.invitations, erased.events, erased.photos), (1, 1, 1, 1));
    assert_eq!(erased.entries, 4);
    let erased = server.service().erase(&scope, Whom::Event(other)).expect("erased");
    assert_eq!((erased.events, erased.entries), (1, 1));
    assert!(erased.scrubbed);
    assert_eq!(found(&folder, &words), Vec::<String>::new());
    assert_eq!(server.service().photo(&scope, sha256).expect_err("gone").code(), "photo_unknown");
    let events: Vec<EventView> = server.get(path::EVENTS, &admin).read();
    assert_eq!(events.len(), 2);
    assert!(events.iter().all(|event| event.name.is_none() && event.photo.is_none()));

    // The phone is told, until it says that it did.
    let orders: ErasuresAnswer = server.get(path::ERASURES, &device.token).read();
    let subjects: Vec<_> = orders.erasures.iter().filter_map(|order| order.subject).collect();
    let walk_ups: Vec<_> = orders.erasures.iter().flat_map(|order| order.events.clone()).collect();
    assert!(subjects.contains(&invited.id) && walk_ups == [other]);
    let done = ErasuresDone { done: orders.erasures.iter().map(|order| order.order).collect() };
    assert_eq!(server.post(path::ERASURES, &device.token, &done).status, 200);
    let orders: ErasuresAnswer = server.get(path::ERASURES, &device.token).read();
    assert!(orders.erasures.is_empty());

    // What comes late of the same person is taken without what it says of them; others' is whole.
    let (late, again) =
        device.write(&device.scan(2, invited.id, Verdict::Denied), &said("Late", Some(sha256)));
    let report = Body::Report { actor: device.actor, event: other };
    let report = device.write(&report, &said("Late report", None)).0;
    let vera = Personal { name: Some("Vera Vandermolen".to_owned()), ..Personal::default() };
    let (kept, vera) = device.write(&Body::WalkUp(device.actor), &vera);
    device.send(&server, vec![late, report, kept]);
    assert_eq!(found(&folder, &words), Vec::<String>::new());
    let name = |id: EntryId| server.service().event(&scope, id).expect("there").row.name;
    assert_eq!((name(again), name(vera).as_deref()), (None, Some("Vera Vandermolen")));

    // The journal is whole, with the keys that are left.
    let mut export = Vec::new();
    server.service().export_journal(&scope, device.id, true, &mut export).expect("exported");
    let keys = server.service().keyring(scope.org).expect("keys");
    let verified = verify_export(&export, Some(&keys.set)).expect("it holds");
    assert_eq!((verified.entries, verified.certified, verified.receipted), (8, Some(true), Some(8)));
}

#[test]
fn a_member_is_erased_with_their_account_and_what_they_were_host_of() {
    let server = Server::start();
    let scope = server.scope("oak");
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let user = gatehouse_server::service::people::NewUser {
        email: EMAIL.to_owned(),
        role: Role::Member,
        name: Some(NAME.to_owned()),
    };
    let member = server.service().add_user(&scope, &user).expect("added").id;
    let token = server.service().api_token(&scope, member).expect("a token");
    let (title, body) = (format!("{NAME}, call us"), format!("We wrote to {EMAIL}."));
    let message = NewMessage { severity: Severity::Notice, title, body, window: Window::default() };
    server.service().send_message(&scope, member, &message).expect("written");
    let visit = NewVisit {
        name: "Vera Vandermolen".to_owned(),
        email: None,
        host: Some(member),
        sites: None,
        from: now().to_seconds().minus(60),
        until: now().to_seconds().plus(3600),
        max_uses: None,
        note: String::new(),
    };
    let invited = server.service().invite(&scope, &visit).expect("invited");
    let mut device = Device::enrol(&server, "oak", guard);
    let subject = SubjectId(member.0);
    let (scan, event) = device.write(&device.scan(1, subject, Verdict::Verified), &said("Scan", None));
    let granted = device.write(&device.decision(event, true), &Personal::default()).0;
    let wim =
        Personal { name: Some("Wim Wever".to_owned()), host: Some(NAME.to_owned()), ..Personal::default() };
    let (walk_up, visited) = device.write(&Body::WalkUp(device.actor), &wim);
    device.send(&server, vec![scan, granted, walk_up]);
    let at_gate = || {
        let row = server.service().event(&scope, visited).expect("there").row;
        (row.name, row.host)
    };
    assert_eq!(at_gate(), (wim.name.clone(), wim.host.clone()));
    // covers: S4-81
    assert!(server.service().on_site(&scope).expect("read").is_empty(), "members are on no list of visitors");
    assert_eq!(server.get(&format!("{}?since=0", path::GATE_PACK), &device.token).status, 200);
    let folder = server.service().store().dir().to_owned();
    let words = ["quarkhausen", "quark.example"];
    assert!(!found(&folder, &words).is_empty());

    let people = server.service().people_by(&scope, EMAIL).expect("found");
    assert_eq!(people, [member]);
    let erased = server.service().erase(&scope, Whom::Person(member)).expect("erased");
    assert_eq!((erased.people, erased.events, erased.entries), (1, 1, 2));
    assert_eq!(found(&folder, &words), Vec::<String>::new());
    assert_eq!(server.post(path::GENERATE_ID, &token, &()).code(), "unauthorized");
    assert_eq!(server.service().people_by(&scope, EMAIL).expect_err("nobody").code(), "not_found");
    assert_eq!(at_gate(), (wim.name.clone(), None), "a visitor without a code named them");
    // Whom they invited has a host who lets nobody in any more.
    let found = server.service().invitation(&scope, invited.id).expect("there");
    assert!(found.host_stopped().is_some());
    assert_eq!(found.visitor, "Vera Vandermolen");
}

#[test]
fn photos_of_earlier_versions_are_sealed_at_the_start() {
    let server = Server::start();
    let scope = server.scope("oak");
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let mut device = Device::enrol(&server, "oak", guard);
    let picture = jpeg(3);
    let sha256 = Digest32::of(&picture);
    let walk_up = device.write(&Body::WalkUp(device.actor), &said("x", Some(sha256))).0;
    device.send(&server, vec![walk_up]);
    upload(&server, &device, &picture);
    let folder = server.service().store().dir().to_owned();
    let name = sha256.to_string();
    let plain = folder.join("photos").join(scope.org.get().to_string()).join(&name[..2]).join(&name[2..]);
    fs::write(&plain, &picture).expect("written");
    fs::remove_file(plain.with_extension("sealed")).expect("it was sealed");
    let done: Result<(), StoreError> = server.service().store().write(|tx| {
        tx.execute("UPDATE photo SET key = NULL", [])?;
        Ok(())
    });
    done.expect("as it was");
    assert_eq!(server.service().photo(&scope, sha256).expect("plain"), picture);
    server.service().seal_photos().expect("sealed");
    assert!(!plain.exists());
    assert_eq!(found(&folder, &["QUARKPIXEL"]), Vec::<String>::new());
    assert_eq!(server.service().photo(&scope, sha256).expect("sealed"), picture);

    // Of one that an earlier version had a part of, the part goes: the phone sends it anew.
    fs::write(plain.with_extension("part"), &picture).expect("written");
    let done: Result<(), StoreError> = server.service().store().write(|tx| {
        tx.execute("UPDATE photo SET key = NULL, complete = 0, received = 100", [])?;
        Ok(())
    });
    done.expect("as it was");
    server.service().seal_photos().expect("done");
    assert_eq!(found(&folder, &["QUARKPIXEL"]), Vec::<String>::new());
    assert_eq!(upload(&server, &device, &picture), sha256);
    assert_eq!(server.service().photo(&scope, sha256).expect("whole"), picture);
}

#[test]
fn somebody_is_erased_from_entries_that_come_while_others_are_looked_at() {
    let server = Server::start();
    let scope = server.scope("oak");
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let (member, _) = server.user("oak", "mia@oak.example", Role::Member);
    let mut device = Device::enrol(&server, "oak", guard);
    // More than are looked at in one view, with the one's in between.
    let (mut entries, mut own) = (Vec::new(), 0);
    for number in 0..4100 {
        let theirs = number % 1000 == 7;
        own += usize::from(theirs);
        let subject = if theirs { member.into() } else { SubjectId([9; 16]) };
        entries.push(device.write(&device.scan(1, subject, Verdict::Verified), &said("Scan", None)).0);
    }
    for piece in entries.chunks(100) {
        device.send(&server, piece.to_vec());
    }
    let erased = server.service().erase(&scope, Whom::Person(member)).expect("erased");
    assert_eq!((erased.events, erased.entries), (own, own));
    // The next start writes the file anew, once.
    let wanted =
        || server.service().store().read(gatehouse_server::store::setting::wants_compact).expect("read");
    assert!(wanted());
    server.service().compact_after_erasure().expect("done");
    assert!(!wanted());
}
