//! Messages to members: what their phones show, while it is shown, and what nobody else sees of it.

use std::{sync::mpsc, thread, time::Duration};

use gatehouse_core::{
    device::{Http, Network, WalletError},
    id::PersonId,
    messages::{Severity, Window},
    network::{Step, Steps},
    role::Role,
    time::UnixMillis,
    wire::{MyMessages, path},
};
use gatehouse_server::{
    clock::Clock,
    service::messages::NewMessage,
    store::{StoreError, audit, erasure},
};
use serde_json::{Value, json};

use crate::{
    MEMBER,
    common::{Server, now},
    phone::{PATIENCE_MS, Phone},
};

const OTHER: &str = "other@oak.example";

fn titles(phone: &Phone, patience_ms: u32) -> Vec<String> {
    let own = phone.wallet.messages(patience_ms).expect("a list");
    own.messages.into_iter().map(|message| message.title).collect()
}

fn noted(server: &Server, action: &'static str) -> u64 {
    let (org, ever) = (server.scope("oak").org, (UnixMillis::new(0), UnixMillis::new(u64::MAX)));
    let counted: Result<u64, StoreError> =
        server.service().store().read(|db| audit::count(db, org, action, ever));
    counted.expect("counted")
}

// covers: S2-123
#[test]
fn a_message_is_on_the_phone_of_whom_it_is_for_until_it_is_removed_and_on_no_other() {
    let server = Server::start();
    server.add_organisation("elm");
    let (_, admin) = server.user("oak", "admin@oak.example", Role::Admin);
    let (_, elms) = server.user("elm", "admin@elm.example", Role::Admin);
    let (member, token) = server.user("oak", MEMBER, Role::Member);
    let (other, _) = server.user("oak", OTHER, Role::Member);
    let (phone, others) = (Phone::new(None), Phone::new(None));
    phone.sign_in(&server, "oak", MEMBER);
    others.sign_in(&server, "oak", OTHER);
    assert!(titles(&phone, PATIENCE_MS).is_empty());

    let messages = format!("/api/people/{member}/messages");
    let pool = json!({ "severity": "notice", "title": " Pool closed ", "body": "Until noon.\r\nSorry." });
    for (by, status, code) in [(&token, 403, "forbidden"), (&elms, 404, "not_found")] {
        let refused = server.post(&messages, by, &pool);
        assert_eq!((refused.status, refused.code()), (status, code));
        assert_eq!(server.get(&messages, by).code(), code);
    }
    let sent = server.post(&messages, &admin, &pool);
    assert_eq!((sent.status, &sent.body["title"]), (201, &json!("Pool closed")));
    let gate = json!({ "severity": "critical", "title": "The gate stays closed" });
    let gate = server.post(&messages, &admin, &gate).body["id"].as_str().expect("an id").to_owned();
    assert_eq!(noted(&server, "user.message"), 2);

    let shown = phone.wallet.messages(PATIENCE_MS).expect("a list");
    assert!(shown.live && shown.messages.iter().all(|message| !message.read), "{shown:?}");
    assert_eq!(titles(&phone, PATIENCE_MS), ["The gate stays closed", "Pool closed"]);
    assert_eq!(shown.messages[1].body, "Until noon.\nSorry.");
    assert!(titles(&others, PATIENCE_MS).is_empty());

    // Read without a network: here at once, also after the app was closed, and there with the next question.
    let read_at = || {
        let listed = server.get(&messages, &admin).body;
        let listed = listed.as_array().expect("a list").clone();
        listed.into_iter().find(|one| one["severity"] == "notice").map(|one| one["read_at"].clone())
    };
    assert!(!phone.wallet.read_message(shown.messages[1].id, 0).expect("noted"));
    let phone = phone.reopened();
    let kept = phone.wallet.messages(0).expect("kept");
    assert_eq!((kept.live, kept.messages[0].read, kept.messages[1].read), (false, false, true));
    assert!(kept.as_of.is_some() && kept.age_ms.is_some());
    assert_eq!(read_at(), Some(Value::Null));
    let told = phone.wallet.messages(PATIENCE_MS).expect("a list");
    assert_eq!(told.messages, kept.messages, "what was read stays read");
    let first = read_at().expect("a message");
    assert!(first.is_u64());
    assert!(phone.wallet.read_message(shown.messages[1].id, PATIENCE_MS).expect("noted again"));
    assert_eq!(read_at(), Some(first), "the first time stays");
    let second = Phone::new(None);
    second.sign_in(&server, "oak", MEMBER);
    let theirs = second.wallet.messages(PATIENCE_MS).expect("a list");
    assert_eq!(theirs.messages, told.messages, "on the member's other phone, too");

    // Without a change the list is not sent again.
    let list = |since: &str| {
        server.get(&format!("{}?since={since}", path::MY_MESSAGES), &token).read::<MyMessages>()
    };
    let cursor = list("").cursor;
    assert_eq!(list(&cursor).messages, None);
    // Nobody reads in another's name.
    let told = json!({ "read": [gate] });
    assert_eq!(server.post(path::MESSAGES_READ, &admin, &told).status, 200);
    assert_eq!(list(&cursor).messages, None);
    assert_eq!(server.post(path::MESSAGES_READ, &token, &told).status, 200);
    let listed = list(&cursor).messages.expect("it changed");
    assert!(listed.iter().all(|message| message.read));

    let remove = |by: &str, person: PersonId| {
        let path = format!("/api/people/{person}/messages/{gate}");
        server.call("DELETE", &path, by, &[], &[])
    };
    assert_eq!(remove(&token, member).code(), "forbidden");
    assert_eq!(remove(&elms, member).code(), "not_found");
    assert_eq!(remove(&admin, other).code(), "not_found");
    assert_eq!(titles(&phone, PATIENCE_MS).len(), 2);
    assert_eq!(remove(&admin, member).status, 200);
    assert_eq!((remove(&admin, member).code(), noted(&server, "user.message_remove")), ("not_found", 1));
    assert_eq!(titles(&phone, PATIENCE_MS), ["Pool closed"]);
    assert_eq!(titles(&phone, 0), ["Pool closed"]);

    // Whoever signs out leaves nothing behind, for themselves or for others.
    phone.wallet.sign_out(PATIENCE_MS).expect("out");
    assert_eq!(phone.wallet.messages(0).expect_err("out").code(), "not_signed_in");
    phone.sign_in(&server, "oak", OTHER);
    let nothing = phone.wallet.messages(0).expect("nothing kept");
    assert_eq!((nothing.messages.len(), nothing.as_of), (0, None));
}

// covers: S2-127
#[test]
fn outside_of_its_start_and_end_a_message_is_not_shown() {
    let start = now().to_seconds();
    let clock = Clock::at(start.to_millis());
    let server = Server::start_by(clock.clone());
    let (member, token) = server.user("oak", MEMBER, Role::Member);
    let phone = Phone::new(None);
    phone.sign_in(&server, "oak", MEMBER);
    let window = Window { from: Some(start.plus(100)), until: Some(start.plus(200)) };
    let new =
        NewMessage { severity: Severity::Notice, title: "Water".to_owned(), body: String::new(), window };
    server.service().send_message(&server.scope("oak"), member, &new).expect("written");
    let sent = || server.get(path::MY_MESSAGES, &token).read::<MyMessages>().messages.expect("a list").len();

    assert_eq!((titles(&phone, PATIENCE_MS).len(), sent()), (0, 0), "before its start it is told to nobody");
    clock.set(start.plus(150).to_millis());
    assert_eq!((titles(&phone, PATIENCE_MS).len(), sent()), (1, 1));
    // Without the server the phone sees to it that what is over is not shown.
    phone.clocks.pass_s(30);
    assert_eq!(titles(&phone, 0), ["Water"]);
    phone.clocks.pass_s(21);
    assert!(titles(&phone, 0).is_empty());
    clock.set(start.plus(200).to_millis());
    assert_eq!((titles(&phone, PATIENCE_MS).len(), sent()), (0, 0));
}

// covers: S2-124, S2-125, S2-126
#[test]
fn what_is_no_message_is_refused_with_its_field() {
    let server = Server::start();
    let (_, admin) = server.user("oak", "admin@oak.example", Role::Admin);
    let (owner, _) = server.user("oak", "owner@oak.example", Role::Owner);
    let (member, _) = server.user("oak", MEMBER, Role::Member);
    let messages = format!("/api/people/{member}/messages");
    let write = |severity: &str, title: &str, body: &str, from: Option<u64>, until: Option<u64>| {
        let asked =
            json!({ "severity": severity, "title": title, "body": body, "from": from, "until": until });
        server.post(&messages, &admin, &asked)
    };
    for severity in ["information", "notice", "critical"] {
        let sent = write(severity, &"é".repeat(120), &"я".repeat(2000), None, None);
        assert_eq!((sent.status, &sent.body["severity"]), (201, &json!(severity)));
    }
    let refused = |answer: crate::common::Answer, status, code| {
        assert_eq!((answer.status, answer.code()), (status, code));
    };
    let soon = now().to_seconds().get() + 60;
    refused(write("urgent", "Water", "", None, None), 400, "bad_request");
    refused(write("notice", " \u{200b}", "", None, None), 422, "title_required");
    refused(write("notice", &"é".repeat(121), "", None, None), 422, "title_too_long");
    refused(write("notice", "Water", &"я".repeat(2001), None, None), 422, "body_too_long");
    refused(write("notice", "Water", "", Some(soon), Some(soon)), 422, "window_reversed");
    refused(write("notice", "Water", "", None, Some(soon - 61)), 422, "window_past");
    let above = format!("/api/people/{owner}/messages");
    let water = json!({ "severity": "notice", "title": "Water" });
    refused(server.post(&above, &admin, &water), 403, "forbidden");

    // Those that are over count against nobody.
    for _ in 3..50 {
        assert_eq!(write("notice", "Water", "", None, Some(soon)).status, 201);
    }
    refused(write("notice", "Water", "", None, None), 409, "too_many_messages");
    let over: Result<(), StoreError> = server.service().store().write(|tx| {
        tx.execute("UPDATE message SET until_s = 1 WHERE until_s IS NOT NULL", [])?;
        Ok(())
    });
    over.expect("over");
    assert_eq!(write("notice", "Water", "", None, None).status, 201);
}

/// What comes of work that one member began, where the server's answer arrives after another signed in on the phone.
fn late<T>(
    server: &Server,
    number: u8,
    begin: impl for<'a> FnOnce(&'a Phone) -> Steps<'a, Result<T, WalletError>>,
) -> String {
    let (one, other) = (format!("one-{number}@oak.example"), format!("other-{number}@oak.example"));
    for email in [&one, &other] {
        let _ = server.user("oak", email, Role::Member);
    }
    let phone = Phone::new(None);
    phone.sign_in(server, "oak", &one);
    let Step::Ask(question, mut steps) = begin(&phone).next(0) else { panic!("it asks the server") };
    let outcome = Http::default().exchange(question.request, Duration::from_secs(10));
    phone.wallet.sign_out(PATIENCE_MS).expect("out");
    phone.sign_in(server, "oak", &other);
    steps.answer(question.number, outcome).expect("it is waited for");
    let Step::Done(Err(error)) = steps.next(0) else { panic!("another's list is shown") };
    error.code().to_owned()
}

#[test]
fn what_one_member_asked_for_is_told_to_no_other_who_signed_in_meanwhile() {
    let server = Server::start();
    let messages =
        late(&server, 1, |phone| Steps::new(|line| phone.wallet.messages_through(line, PATIENCE_MS)));
    let recent = late(&server, 2, |phone| Steps::new(|line| phone.wallet.recent_through(line, PATIENCE_MS)));
    let invitations =
        late(&server, 3, |phone| Steps::new(|line| phone.wallet.invitations_through(line, PATIENCE_MS)));
    assert_eq!([messages, recent, invitations], ["not_signed_in"; 3]);
}

#[test]
fn nothing_is_written_to_somebody_who_is_erased_meanwhile() {
    let server = Server::start();
    let scope = server.scope("oak");
    let (member, _) = server.user("oak", MEMBER, Role::Member);
    let (title, body, window) = ("Water".to_owned(), String::new(), Window::default());
    let new = NewMessage { severity: Severity::Notice, title, body, window };
    let (begin, begun) = mpsc::channel();
    thread::scope(|threads| {
        let erasing = threads.spawn(|| {
            let done: Result<(), StoreError> = server.service().store().write(move |tx| {
                begin.send(()).expect("somebody waits");
                // By the end of this the message waits for the writer, having found whom it is for.
                thread::sleep(Duration::from_millis(500));
                erasure::clear_person(tx, scope.org, member, now())
            });
            done.expect("erased");
        });
        begun.recv().expect("the writer is at it");
        let refused = server.service().send_message(&scope, member, &new).expect_err("erased");
        assert_eq!(refused.code(), "not_found");
        erasing.join().expect("erased");
    });
}

#[test]
fn a_message_is_removed_90_days_after_its_end() {
    let server = Server::start();
    let scope = server.scope("oak");
    let (member, _) = server.user("oak", MEMBER, Role::Member);
    let soon = now().to_seconds().plus(60);
    for (title, until) in [("Water", Some(soon)), ("House rules", None)] {
        let (title, body, window) = (title.to_owned(), String::new(), Window { from: None, until });
        let new = NewMessage { severity: Severity::Notice, title, body, window };
        server.service().send_message(&scope, member, &new).expect("written");
    }
    let kept_after = |days: u64| -> Vec<String> {
        let service = server.service().with_clock(Clock::at(now().plus(days * 86_400_000)));
        while !service.prune().expect("looked") {}
        let kept = server.service().messages_to(&scope, member).expect("a list");
        kept.into_iter().map(|message| message.title).collect()
    };
    assert_eq!(kept_after(90).len(), 2);
    assert_eq!(kept_after(91), ["House rules"]);
}
