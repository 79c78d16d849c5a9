//! A member's key that answers late, badly, or when its answer is not wanted any more.

use std::time::Duration;

use gatehouse_core::{
    decision::Code,
    device::{CodeSource, DeviceSigner, Http, Network, SignerError, WalletCode, WalletError},
    network::{KeyOutcome, KeyTask, Question, Step, Steps},
    role::Role,
};

use crate::{
    common::Server,
    phone::{Hardware, Making, PATIENCE_MS, Phone},
    revocation,
};

/// Carries what is asked of the server, until the key is asked or the work is done.
fn to_the_key<T>(mut steps: Steps<'_, T>) -> Step<'_, T> {
    loop {
        match steps.next(0) {
            Step::Ask(question, mut rest) => {
                let outcome = Http::default().exchange(question.request, Duration::from_secs(10));
                rest.answer(question.number, outcome).expect("it is waited for");
                steps = rest;
            }
            step => return step,
        }
    }
}

fn asked<T>(step: Step<'_, T>) -> (Question<KeyTask>, Steps<'_, T>) {
    let Step::Key(question, steps) = step else { panic!("it does not ask the key") };
    (question, steps)
}

fn done<T>(step: Step<'_, T>) -> T {
    let Step::Done(done) = step else { panic!("it is not done") };
    done
}

/// Does what a key is asked for.
fn does(key: &Hardware, task: KeyTask) -> KeyOutcome {
    match task {
        KeyTask::PublicKey => key.public_key(),
        KeyTask::Sign(message) => key.sign(message),
        KeyTask::Forget => key.forget().map(|()| Vec::new()),
    }
}

/// Goes on until the key is to sign once more than so many times.
fn until_it_signs<'a, T>(
    mut steps: Steps<'a, T>,
    key: &Hardware,
    mut signed: usize,
) -> (Question<KeyTask>, Steps<'a, T>) {
    loop {
        let (question, mut rest) = asked(to_the_key(steps));
        match &question.request {
            KeyTask::Sign(_) if signed == 0 => return (question, rest),
            KeyTask::Sign(_) => signed -= 1,
            _ => {}
        }
        rest.key_answered(question.number, does(key, question.request)).expect("it is waited for");
        steps = rest;
    }
}

/// Goes on to the end.
fn carried<T>(mut steps: Steps<'_, T>, key: &Hardware) -> T {
    loop {
        let (question, mut rest) = match to_the_key(steps) {
            Step::Done(done) => return done,
            step => asked(step),
        };
        rest.key_answered(question.number, does(key, question.request)).expect("it is waited for");
        steps = rest;
    }
}

type Minting<'a> = Steps<'a, Result<WalletCode, WalletError>>;

fn minting(phone: &Phone) -> Minting<'_> {
    Steps::new(|line| phone.wallet.offline_code_through(line))
}

/// A phone whose key is asked for through the line, with a new member.
fn phone_of(server: &Server, email: &str) -> Phone {
    let _ = server.user("oak", email, Role::Member);
    let phone = Phone::asking();
    phone.sign_in(server, "oak", email);
    phone
}

fn certify(phone: &Phone, key: &Hardware) {
    let renewing = Steps::new(|line| phone.wallet.renew_certificate_through(line, PATIENCE_MS));
    carried(renewing, key).expect("certified");
}

#[test]
fn a_key_that_answers_later_is_believed_at_the_gate_and_asked_once_for_a_code() {
    let server = Server::start();
    let (_, guard) = server.user("oak", "guard@oak.example", Role::Guard);
    let phone = phone_of(&server, "one@oak.example");
    // A browser gives s high or low.
    let key = Hardware::new(Making::HighS);
    let code = carried(Steps::new(|line| phone.wallet.code_through(line, PATIENCE_MS)), &key);
    assert_eq!(code.expect("a code").source, CodeSource::Online);
    let status = carried(Steps::new(|line| phone.wallet.status_through(line)), &key).expect("a status");
    assert!(status.offline_until.is_some(), "{status:?}");
    let own = carried(minting(&phone), &key).expect("a code");
    assert_eq!(own.source, CodeSource::Offline);
    assert_eq!(revocation(&server, &guard, &own.text), Code::Ok);
    assert_eq!(done(minting(&phone).next(0)).expect("the same").text, own.text);
    // A call that blocks has nobody to ask.
    phone.clocks.pass_s(40);
    assert_eq!(phone.wallet.offline_code().expect_err("no key").code(), "device_key_failed");
}

#[test]
fn what_a_key_signs_for_whoever_signed_out_or_invalidated_meanwhile_comes_to_nothing() {
    let server = Server::start();
    let key = Hardware::new(Making::Raw);

    let phone = phone_of(&server, "one@oak.example");
    certify(&phone, &key);
    let (sign, mut mints) = until_it_signs(minting(&phone), &key, 0);
    let (public, mut tells) = asked(Steps::new(|line| phone.wallet.status_through(line)).next(0));
    let leaving = Steps::new(|line| phone.wallet.sign_out_through(line, PATIENCE_MS));
    let (forget, mut leaving) = asked(leaving.next(0));
    assert_eq!(forget.request, KeyTask::Forget, "before the server is told");
    mints.key_answered(sign.number, does(&key, sign.request)).expect("it is waited for");
    assert_eq!(done(mints.next(0)).expect_err("too late").code(), "not_signed_in");
    tells.key_answered(public.number, does(&key, public.request)).expect("it is waited for");
    let status = done(tells.next(0)).expect("a status");
    assert_eq!((status.person, status.offline_until), (None, None));
    let Step::Wait(_, waiting) = leaving.next(0) else { panic!("it waits until the key is gone") };
    leaving = waiting;
    leaving.key_answered(forget.number, Ok(Vec::new())).expect("it is waited for");
    assert!(done(to_the_key(leaving)).expect("signed out").server_told);
    assert_eq!(done(minting(&phone).next(0)).expect_err("no key is asked").code(), "not_signed_in");

    // Before the server is asked for a certificate, and after it gave one.
    let renews = |phone: &Phone, signed, meanwhile: &dyn Fn(&Phone)| {
        let renewing = Steps::new(|line| phone.wallet.renew_certificate_through(line, PATIENCE_MS));
        let (sign, mut renewing) = until_it_signs(renewing, &key, signed);
        meanwhile(phone);
        renewing.key_answered(sign.number, does(&key, sign.request)).expect("it is waited for");
        let error = done(renewing.next(0)).expect_err("too late");
        // There is no certificate to hold the key against, so that it is not asked.
        done(Steps::new(|line| phone.wallet.status_through(line)).next(0)).expect("a status");
        error.code().to_owned()
    };
    let invalidates = |phone: &Phone| assert!(!phone.wallet.invalidate(0).expect("noted").done);
    let signs_out = |phone: &Phone| {
        // A key that cannot be destroyed keeps nobody signed in.
        assert_eq!(phone.wallet.sign_out(0).expect_err("no key").code(), "device_key_failed");
    };
    for signed in [0, 1] {
        let phone = phone_of(&server, &format!("two-{signed}@oak.example"));
        assert_eq!(renews(&phone, signed, &invalidates), "invalidation_pending");
        let phone = phone_of(&server, &format!("three-{signed}@oak.example"));
        assert_eq!(renews(&phone, signed, &signs_out), "not_signed_in");
    }
}

#[test]
fn a_key_that_fails_or_is_another_is_named_and_another_is_certified_anew() {
    let server = Server::start();
    let (_, guard) = server.user("oak", "guard@oak.example", Role::Guard);
    let phone = phone_of(&server, "one@oak.example");
    let (key, other) = (Hardware::new(Making::Raw), Hardware::of_seed(8, Making::Raw));
    certify(&phone, &key);

    let (sign, mut steps) = until_it_signs(minting(&phone), &key, 0);
    let refused = Err(SignerError { reason: "the browser keeps it back".to_owned() });
    steps.key_answered(sign.number, refused).expect("it is waited for");
    let error = done(steps.next(0)).expect_err("no signature");
    assert_eq!(error.code(), "device_key_failed");
    assert!(error.to_string().contains("the browser keeps it back"), "{error}");

    let (sign, steps) = until_it_signs(minting(&phone), &key, 0);
    let Step::Wait(until, steps) = steps.next(sign.until_ms - 1) else { panic!("it waits") };
    assert_eq!(until, sign.until_ms);
    assert_eq!(done(steps.next(until)).expect_err("not in time").code(), "device_key_failed");

    let (sign, mut steps) = until_it_signs(minting(&phone), &key, 0);
    steps.key_answered(sign.number, does(&other, sign.request)).expect("it is waited for");
    assert_eq!(done(steps.next(0)).expect_err("another's").code(), "device_key_broken");

    // The browser threw the key away, and made another.
    assert_eq!(carried(minting(&phone), &other).expect_err("another").code(), "device_key_changed");
    let status = || carried(Steps::new(|line| phone.wallet.status_through(line)), &other).expect("a status");
    assert_eq!(status().offline_until, None);
    carried(Steps::new(|line| phone.wallet.fresh_code_through(line, PATIENCE_MS)), &other).expect("a code");
    assert!(status().offline_until.is_some());
    let own = carried(minting(&phone), &other).expect("certified anew");
    assert_eq!(revocation(&server, &guard, &own.text), Code::Ok);

    // A certificate ends while the key takes its time.
    phone.clocks.pass_s(40);
    let (sign, mut steps) = until_it_signs(minting(&phone), &other, 0);
    phone.clocks.pass_s(8 * 86_400);
    steps.key_answered(sign.number, does(&other, sign.request)).expect("it is waited for");
    assert_eq!(done(steps.next(0)).expect_err("over").code(), "certificate_expired");
}

#[test]
fn a_sign_out_that_is_cut_off_leaves_the_next_member_no_key() {
    let server = Server::start();
    let (phone, key) = (phone_of(&server, "one@oak.example"), Hardware::new(Making::Raw));
    certify(&phone, &key);
    let leaving = Steps::new(|line| phone.wallet.sign_out_through(line, PATIENCE_MS));
    let (question, leaving) = asked(to_the_key(leaving));
    assert!(matches!(question.request, KeyTask::Forget), "{:?}", question.request);
    drop(leaving);

    let email = "two@oak.example".to_owned();
    let _ = server.user("oak", &email, Role::Member);
    let code = phone.join_at(&server, &server.running.url, "oak", &email);
    let signing = Steps::new(|line| phone.wallet.sign_in_through(line, email, code, PATIENCE_MS));
    let (question, mut signing) = asked(to_the_key(signing));
    assert!(matches!(question.request, KeyTask::Forget), "{:?}", question.request);
    signing.key_answered(question.number, does(&key, question.request)).expect("it is waited for");
    done(to_the_key(signing)).expect("signed in");
    // One that was carried through leaves nothing to do.
    carried(Steps::new(|line| phone.wallet.sign_out_through(line, PATIENCE_MS)), &key).expect("signed out");
    phone.sign_in(&server, "oak", "one@oak.example");
}
