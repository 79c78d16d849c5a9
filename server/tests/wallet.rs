//! A member's phone against a real server: the wallet's calls over HTTP, and what nobody else may do with them.
#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

mod common;
#[path = "wallet/front.rs"]
mod front;
#[path = "wallet/hardship.rs"]
mod hardship;
#[path = "wallet/hosting.rs"]
mod hosting;
#[path = "wallet/late_key.rs"]
mod late_key;
#[path = "wallet/messages.rs"]
mod messages;
#[path = "wallet/phone.rs"]
mod phone;

use std::sync::Arc;

use common::{Device, Server, named, now, site};
use gatehouse_core::{
    decision::{Check, Code, Verdict},
    device::{CodeSource, DeviceSigner, LockAfter, WalletError},
    id::EntryId,
    journal::Personal,
    role::Role,
    time::UnixSeconds,
    wire::{MyEntries, VerifyAnswer, VerifyRequest, path},
};
use gatehouse_server::{clock::Clock, secrets::random};
use phone::{Hardware, Making, PATIENCE_MS, Phone, code_of};

const MEMBER: &str = "member@oak.example";

fn revocation(server: &Server, guard: &str, code: &str) -> Code {
    let event = EntryId::timed(now(), random().expect("random"));
    let request =
        VerifyRequest { event, code: code.to_owned(), site: site(), leaving: None, closed: Vec::new() };
    let answer: VerifyAnswer = server.post(path::VERIFY, guard, &request).read();
    assert!(!answer.checks.contains_key(&Check::Proof), "{:?}", answer.checks);
    answer.checks[&Check::Revocation].clone()
}

fn hour() -> (UnixSeconds, UnixSeconds) {
    let from = now().to_seconds().minus(60);
    (from, from.plus(3600))
}

// covers: S4-14, S4-17, S4-21, S4-22
#[test]
fn a_code_is_kept_replaced_in_time_and_never_shown_expired() {
    let server = Server::start();
    let _ = server.user("oak", MEMBER, Role::Member);
    let phone = Phone::new(None);
    phone.sign_in(&server, "oak", MEMBER);

    let first = phone.wallet.code(PATIENCE_MS).expect("a code");
    assert_eq!((first.source, first.refresh_in_s > 80), (CodeSource::Online, true), "{first:?}");
    assert!(first.qr_svg().expect("drawn").contains("<svg"));
    // Kept: no network is needed, also after the app was closed.
    let phone = phone.reopened();
    let kept = phone.wallet.code(0).expect("a code");
    assert_eq!((kept.source, &kept.text), (CodeSource::Kept, &first.text));
    phone.clocks.pass_s(95);
    let due = phone.wallet.code(0).expect("a code");
    assert_eq!((due.source, due.refresh_in_s), (CodeSource::Kept, 5), "{due:?}");
    let second = phone.wallet.code(PATIENCE_MS).expect("a code");
    assert_eq!(second.source, CodeSource::Online);
    assert_ne!(second.text, first.text);

    // Past its end the phone's own takes its place, one for half a minute.
    phone.clocks.pass_s(120);
    let own = phone.wallet.code(0).expect("a code");
    // Signing takes a moment, in which another second may begin.
    assert!(own.source == CodeSource::Offline && (29..=30).contains(&own.seconds_left), "{own:?}");
    assert_eq!(phone.wallet.code(0).expect("a code").text, own.text);
    phone.clocks.pass_s(30);
    assert_ne!(phone.wallet.code(0).expect("a code").text, own.text);

    // After a restart nobody can tell whether a kept code is still good.
    phone.wallet.fresh_code(PATIENCE_MS).expect("a code");
    phone.clocks.restart(0);
    assert_eq!(phone.wallet.code(0).expect("a code").source, CodeSource::Offline);
    // The certificate ends after a week, and a clock that is set back does not bring it back.
    phone.wallet.fresh_code(PATIENCE_MS).expect("a code");
    phone.clocks.pass_s(8 * 86_400);
    assert_eq!(phone.wallet.code(0).expect_err("too old").code(), "certificate_expired");
    phone.clocks.restart(8 * 86_400);
    assert_eq!(phone.wallet.code(0).expect_err("too old").code(), "certificate_expired");
    assert_eq!(phone.wallet.code(PATIENCE_MS).expect("a code").source, CodeSource::Online);
    assert_eq!(phone.wallet.offline_code().expect("certified anew").source, CodeSource::Offline);
}

#[test]
fn every_signer_is_checked_and_a_good_one_is_believed_at_the_gate() {
    let server = Server::start();
    let (_, guard) = server.user("oak", "guard@oak.example", Role::Guard);
    let _ = server.user("oak", MEMBER, Role::Member);
    for making in [Making::Raw, Making::HighS, Making::Der] {
        let hardware: Arc<dyn DeviceSigner> = Arc::new(Hardware::new(making));
        let phone = Phone::new(Some(hardware));
        phone.sign_in(&server, "oak", MEMBER);
        phone.wallet.code(PATIENCE_MS).expect("a code");
        let own = phone.wallet.offline_code().expect("a code");
        assert_eq!(revocation(&server, &guard, &own.text), Code::Ok, "{making:?}");
    }
    for (making, code) in [
        (Making::Lies, "device_key_broken"),
        (Making::NoKey, "device_key_unusable"),
        (Making::Fails, "device_key_failed"),
    ] {
        let phone = Phone::new(Some(Arc::new(Hardware::new(making))));
        phone.sign_in(&server, "oak", MEMBER);
        assert_eq!(phone.wallet.code(PATIENCE_MS).expect("the server's is good").source, CodeSource::Online);
        assert_eq!(phone.wallet.renew_certificate(PATIENCE_MS).expect_err("refused").code(), code);
        assert_eq!(phone.wallet.status().expect("status").offline_until, None);
        assert_eq!(phone.wallet.offline_code().expect_err("none").code(), "certificate_absent");
    }
}

#[test]
fn the_server_certifies_only_who_shows_the_key_now() {
    use gatehouse_core::pass::{DeviceKey, possession_message, sign_proof};
    let server = Server::start();
    let (member, token) = server.user("oak", MEMBER, Role::Member);
    let (other, _) = server.user("oak", "other@oak.example", Role::Member);
    let key = ed25519_dalek::SigningKey::from_bytes(&[7; 32]);
    let public = DeviceKey::Ed25519(key.verifying_key().to_bytes());
    let org = "oak".parse().expect("a code");
    let ask = |subject: gatehouse_core::id::PersonId, time, signed_time| {
        use ed25519_dalek::Signer;
        let message = possession_message(&org, subject.into(), &public, signed_time);
        let signature = key.sign(&message).to_bytes();
        let request = gatehouse_core::wire::CertificateRequest { key: public.to_bytes(), time, signature };
        server.post(path::DEVICE_CERTIFICATE, &token, &request)
    };
    let now = now().to_seconds();
    let first: gatehouse_core::wire::CertificateAnswer = ask(member, now, now).read();
    // Asked for again, it is the same: no row and no signature more.
    let again: gatehouse_core::wire::CertificateAnswer = ask(member, now.plus(1), now.plus(1)).read();
    assert_eq!(first.certificate, again.certificate);
    assert_eq!(ask(other, now, now).code(), "possession_unproven", "signed for someone else");
    assert_eq!(ask(member, now, now.plus(1)).code(), "possession_unproven");
    assert_eq!(ask(member, now.minus(900), now.minus(900)).code(), "time_off");
    // What was signed to mint a code does not pass for a request.
    let signature = sign_proof(&key, b"certificate", now);
    let request = gatehouse_core::wire::CertificateRequest { key: public.to_bytes(), time: now, signature };
    assert_eq!(server.post(path::DEVICE_CERTIFICATE, &token, &request).code(), "possession_unproven");
    server.service().revoke(&server.scope("oak"), member).expect("revoked");
    assert_eq!(ask(member, now, now).code(), "unauthorized");
}

#[test]
fn invalidation_takes_codes_and_certificates_at_once_and_reaches_the_server_later() {
    let server = Server::start();
    let (_, guard) = server.user("oak", "guard@oak.example", Role::Guard);
    let (member, _) = server.user("oak", MEMBER, Role::Member);
    let phone = Phone::new(None);
    phone.sign_in(&server, "oak", MEMBER);
    let old = phone.wallet.code(PATIENCE_MS).expect("a code").text;
    let old_own = phone.wallet.offline_code().expect("a code").text;

    // Without the server: gone here, wanted there.
    let wish = phone.wallet.invalidate(0).expect("noted");
    assert!(!wish.done);
    let phone = phone.reopened();
    assert!(phone.wallet.status().expect("status").invalidation_pending);
    for refused in [phone.wallet.code(0), phone.wallet.offline_code()] {
        assert_eq!(refused.expect_err("nothing to show").code(), "invalidation_pending");
    }
    assert_eq!(revocation(&server, &guard, &old), Code::Ok, "the server does not know yet");
    let fresh = phone.wallet.code(PATIENCE_MS).expect("a code");
    assert_eq!(fresh.source, CodeSource::Online);
    let fresh_own = phone.wallet.offline_code().expect("certified anew").text;
    for gone in [&old, &old_own] {
        assert_eq!(revocation(&server, &guard, gone), Code::Superseded);
    }
    for good in [&fresh.text, &fresh_own] {
        assert_eq!(revocation(&server, &guard, good), Code::Ok);
    }

    // An admin's is noticed with the next code.
    server.service().invalidate(&server.scope("oak"), member).expect("invalidated");
    phone.wallet.fresh_code(PATIENCE_MS).expect("a code");
    let own = phone.wallet.offline_code().expect("certified anew").text;
    assert_eq!(revocation(&server, &guard, &fresh_own), Code::Superseded);
    assert_eq!(revocation(&server, &guard, &own), Code::Ok);
    let done = phone.wallet.invalidate(PATIENCE_MS).expect("invalidated");
    assert!(done.done && done.before.is_some());
    assert_eq!(phone.wallet.code(0).expect_err("none").code(), "certificate_absent");

    // Whose access ends shows nothing any more, with or without a network.
    phone.wallet.code(PATIENCE_MS).expect("a code");
    server.service().revoke(&server.scope("oak"), member).expect("revoked");
    assert_eq!(phone.wallet.fresh_code(PATIENCE_MS).expect_err("ended").code(), "session_ended");
    assert_eq!(phone.wallet.code(0).expect_err("ended").code(), "not_signed_in");
    assert_eq!(phone.wallet.offline_code().expect_err("ended").code(), "not_signed_in");
}

#[test]
fn a_member_sees_where_the_own_code_was_used_and_nothing_else() {
    let server = Server::start();
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let (member, token) = server.user("oak", MEMBER, Role::Member);
    let (other, _) = server.user("oak", "other@oak.example", Role::Member);
    let mut device = Device::enrol(&server, "oak", guard);
    let phone = Phone::new(None);
    phone.sign_in(&server, "oak", MEMBER);
    assert!(phone.wallet.recent(PATIENCE_MS).expect("nothing").entries.is_empty());

    let (scan, event) = device.write(&device.scan(3, member.into(), Verdict::Caution), &named("Me"));
    let (theirs, _) = device.write(&device.scan(1, other.into(), Verdict::Verified), &named("Other"));
    device.send(&server, vec![scan, theirs]);
    let seen = phone.wallet.recent(PATIENCE_MS).expect("one").entries;
    let [entry] = seen.as_slice() else { panic!("{seen:?}") };
    assert_eq!((entry.event, entry.site_name.as_str(), entry.granted), (event, "Gate", None));
    assert_eq!((entry.verdict, entry.offline_code), (Some(Verdict::Caution), true));

    // A decision changes the entry, and so does the cursor; without a change the list is not sent again.
    let list =
        |since: &str| server.get(&format!("{}?since={since}", path::MY_ENTRIES), &token).read::<MyEntries>();
    let cursor = list("").cursor;
    assert_eq!(list(&cursor).entries, None);
    let granted = device.write(&device.decision(event, true), &Personal::default()).0;
    device.send(&server, vec![granted]);
    assert_eq!(list(&cursor).entries.expect("changed")[0].granted, Some(true));
    let live = phone.wallet.recent(PATIENCE_MS).expect("live");
    assert_eq!((live.live, live.entries[0].granted), (true, Some(true)));
    let kept = phone.wallet.recent(0).expect("kept");
    assert_eq!((kept.live, kept.as_of, kept.age_ms.is_some()), (false, live.as_of, true));
    assert_eq!(kept.entries, live.entries);
}

#[test]
fn a_wallet_joins_one_organisation_and_reaches_nothing_of_another() {
    let server = Server::start();
    server.add_organisation("elm");
    // The same person is a guard in one and a member in the other.
    let _ = server.user("oak", MEMBER, Role::Guard);
    let (in_elm, _) = server.user("elm", MEMBER, Role::Member);
    let (_, oak_admin) = server.user("oak", "admin@oak.example", Role::Admin);
    let phone = Phone::new(None);
    assert_eq!(
        phone.wallet.join("GHE1:{}".to_owned(), PATIENCE_MS).expect_err("no").code(),
        "member_code_malformed"
    );
    let mut elsewhere = code_of(&server, "elm", &server.running.url);
    elsewhere.root = code_of(&server, "oak", &server.running.url).root;
    assert_eq!(phone.wallet.join(elsewhere.to_text(), PATIENCE_MS).expect_err("no").code(), "wrong_server");
    assert_eq!(
        phone.wallet.request_code(MEMBER.to_owned(), PATIENCE_MS).expect_err("no").code(),
        "not_joined"
    );

    phone.sign_in(&server, "elm", MEMBER);
    let status = phone.wallet.status().expect("status");
    assert_eq!((status.person, status.role.as_deref()), (Some(in_elm), Some("member")));
    let (from, until) = hour();
    let made =
        phone.wallet.invite("Vera".to_owned(), None, from, until, None, None, PATIENCE_MS).expect("invited");
    assert_eq!(server.get(&format!("{}/{}", path::INVITATIONS, made.id), &oak_admin).code(), "not_found");
    let cancel = server.post(&format!("{}/{}/cancel", path::INVITATIONS, made.id), &oak_admin, &());
    assert_eq!(cancel.code(), "not_found");
    let code = phone.wallet.code(PATIENCE_MS).expect("a code");
    let oak = code_of(&server, "oak", &server.running.url);
    assert_eq!(phone.wallet.join(oak.to_text(), PATIENCE_MS).expect_err("no").code(), "already_signed_in");
    assert_eq!(phone.wallet.code(0).expect("still there").text, code.text);

    // Signing out forgets everything that could show a code, also where the server can't be told.
    assert!(phone.secret("code-key").exists());
    assert!(!phone.wallet.sign_out(0).expect("out").server_told);
    assert!(!phone.secret("code-key").exists());
    assert_eq!(phone.wallet.code(PATIENCE_MS).expect_err("out").code(), "not_signed_in");
    phone.sign_in(&server, "oak", MEMBER);
    assert!(phone.wallet.invitations(0).expect("nothing kept").as_of.is_none());
    assert!(phone.wallet.sign_out(PATIENCE_MS).expect("out").server_told);
}

#[test]
fn a_phone_asks_for_codes_at_most_twice_a_minute() {
    let server = Server::start();
    let _ = server.user("oak", MEMBER, Role::Member);
    let phone = Phone::new(None);
    phone.wallet.join(code_of(&server, "oak", &server.running.url).to_text(), PATIENCE_MS).expect("joined");
    let ask = |phone: &Phone| phone.wallet.request_code(MEMBER.to_owned(), PATIENCE_MS);
    assert_eq!(ask(&phone).expect("sent").resend_in_s, 32);
    let phone = phone.reopened();
    assert_eq!(ask(&phone).expect_err("too soon").code(), "resend_too_soon");
    phone.clocks.pass_s(32);
    // The phone asks again; the server has a clock of its own, by which it is too soon still.
    let refused = ask(&phone).expect_err("the server says when");
    assert!(matches!(refused, WalletError::Client(_)), "{refused:?}");
    assert_eq!(refused.code(), "resend_too_soon");
}

#[test]
fn only_time_in_use_keeps_the_app_open() {
    let phone = Phone::new(None);
    let locked = |phone: &Phone| phone.wallet.app_lock().expect("a state").locked;
    assert!(locked(&phone));
    assert_eq!(phone.wallet.set_app_lock(LockAfter::OneHour).expect_err("locked").code(), "app_locked");
    phone.wallet.app_unlocked().expect("unlocked");
    phone.clocks.pass_s(3600);
    assert!(!locked(&phone), "in use");
    phone.wallet.app_left().expect("left");
    phone.clocks.pass_s(299);
    let phone = phone.reopened();
    assert!(!locked(&phone));
    phone.clocks.pass_s(1);
    phone.clocks.set_wall_back_s(600);
    assert!(locked(&phone), "five minutes are over, whatever the wall clock says");
    phone.wallet.app_unlocked().expect("unlocked");
    phone.wallet.set_app_lock(LockAfter::Always).expect("set");
    phone.wallet.app_left().expect("left");
    assert!(locked(&phone));
    phone.wallet.app_unlocked().expect("unlocked");
    phone.wallet.set_app_lock(LockAfter::OneHour).expect("set");
    phone.wallet.app_left().expect("left");
    let phone = phone.reopened();
    assert!(!locked(&phone));
    phone.clocks.restart(0);
    assert!(locked(&phone), "after a restart");
}

#[test]
fn a_wallet_follows_a_server_that_was_half_a_day_ahead_over_a_restart_without_a_network() {
    let (start, half_a_day_ms) = (now(), 12 * 3_600_000);
    let clock = Clock::at(start);
    let server = Server::start_by(clock.clone());
    let _ = server.user("oak", MEMBER, Role::Member);
    let phone = Phone::new(None);
    phone.sign_in(&server, "oak", MEMBER);
    clock.set(start.plus(half_a_day_ms));
    phone.wallet.fresh_code(PATIENCE_MS).expect("a code");
    clock.set(start.plus(1_000));
    // The code that is kept is of a time that has not come. Asking whether it still stands tells the time.
    assert_eq!(phone.wallet.code(PATIENCE_MS).expect("a code").source, CodeSource::Online);
    phone.wallet.fresh_code(PATIENCE_MS).expect("a code");
    phone.clocks.restart(0);
    let own = phone.wallet.offline_code().expect("a code");
    let off = own.issued_at.to_millis().apart(start);
    assert!(off < 600_000, "minted {off} ms away from now");
}

// covers: S4-30
#[test]
fn what_an_admin_invalidated_is_never_shown_again() {
    let server = Server::start();
    let (member, _) = server.user("oak", MEMBER, Role::Member);
    let (_, guard) = server.user("oak", "guard@oak.example", Role::Guard);
    let scope = server.scope("oak");
    let phone = Phone::new(None);
    phone.sign_in(&server, "oak", MEMBER);
    let first = phone.wallet.code(PATIENCE_MS).expect("a code");
    assert_eq!(phone.wallet.code(PATIENCE_MS).expect("a code").source, CodeSource::Kept, "it stands");
    server.service().invalidate(&scope, member).expect("invalidated");
    // The kept one is good by its times, and bad at every gate.
    let second = phone.wallet.code(PATIENCE_MS).expect("a code");
    assert_eq!((second.source, second.text != first.text), (CodeSource::Online, true));
    assert_eq!(revocation(&server, &guard, &second.text), Code::Ok);
    let before = phone.wallet.status().expect("status").invalidated_before.expect("said so");
    assert!(before > first.issued_at && before <= second.issued_at);

    // The list of entries tells it as well, and then no network brings it back: neither code nor certificate.
    server.service().invalidate(&scope, member).expect("invalidated");
    phone.wallet.recent(PATIENCE_MS).expect("a list");
    let status = phone.wallet.status().expect("status");
    assert_eq!((status.code_until, status.offline_until), (None, None));
    assert_eq!(phone.wallet.code(0).expect_err("nothing is left").code(), "certificate_absent");
    assert_eq!(phone.wallet.offline_code().expect_err("nothing is left").code(), "certificate_absent");
}

// covers: S4-16, S4-26
#[test]
fn whose_membership_was_revoked_is_shown_nothing_that_was_kept() {
    let server = Server::start();
    let (member, _) = server.user("oak", MEMBER, Role::Member);
    let phone = Phone::new(None);
    phone.sign_in(&server, "oak", MEMBER);
    phone.wallet.code(PATIENCE_MS).expect("a code");
    server.service().revoke(&server.scope("oak"), member).expect("revoked");
    let refused = phone.wallet.code(PATIENCE_MS).expect_err("a member no more");
    assert!(["session_ended", "access_ended"].contains(&refused.code()), "{refused}");
    let status = phone.wallet.status().expect("status");
    assert_eq!((status.code_until, status.offline_until), (None, None));
    assert!(phone.wallet.code(0).is_err() && phone.wallet.offline_code().is_err(), "nothing that was kept");
}
