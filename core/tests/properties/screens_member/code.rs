//! The access ID: fresh before it lapses, with and without a network, and never again once it was invalidated.

use gatehouse_core::{
    device::LockAfter,
    screens::{
        CodeShown,
        member::{Action, Answer, Input, Kind, Work, WorkId},
    },
};

use super::{
    super::*,
    phone::Phone,
    wallet::{DAY, Wallet},
};

fn kind(phone: &Phone) -> Kind {
    phone.screen().kind
}

/// What the wallet has to show of the server's.
fn kept(phone: &Phone) -> Option<CodeShown> {
    let (text, ..) = phone.wallet.kept.as_ref()?;
    Some(CodeShown::of(text).expect("a short text"))
}

fn position(phone: &Phone, wanted: impl Fn(&Work) -> bool) -> Option<usize> {
    phone.work.iter().position(|(_, work)| wanted(work))
}

#[test]
fn a_code_is_shown_bright_and_the_screen_stays_on() {
    let mut phone = Phone::at_home();
    let screen = phone.screen();
    assert_eq!((screen.kind, screen.code), (Kind::Pass, kept(&phone)));
    assert!(phone.awake && phone.bright && phone.says("Works without a network"));
    phone.tap(Action::Settings);
    assert!(!phone.awake && !phone.bright && phone.screen().code.is_none());
    phone.tap(Action::Back);
    assert!(phone.awake && phone.bright);
}

// covers: S4-22
#[test]
fn a_code_is_replaced_before_it_lapses_and_nothing_flickers() {
    let mut phone = Phone::at_home();
    let number = phone.screen().number;
    for _ in 0..800 {
        phone.wait(500);
        let screen = phone.screen();
        assert_eq!((screen.kind, screen.number, screen.code), (Kind::Pass, number, kept(&phone)));
        let countdown = screen.countdown.expect("a countdown");
        assert!(countdown.until_ms > phone.now.running_ms + 20_000, "{countdown:?}");
    }
    assert_eq!(phone.wallet.made, 5, "one in 90 seconds");
}

#[test]
fn without_a_network_the_kept_code_is_shown_and_then_the_phones_own() {
    let mut phone = Phone::at_home();
    phone.network(false);
    let (number, mut codes) = (phone.screen().number, Vec::new());
    for _ in 0..600 {
        phone.wait(500);
        let screen = phone.screen();
        let code = screen.code.expect("always one");
        assert_eq!(screen.number, number);
        if codes.last() != Some(&code) {
            codes.push(code);
        }
    }
    assert!((7..=9).contains(&codes.len()), "a new one every 30 seconds: {}", codes.len());
    assert!(
        phone.says("No network since") && phone.screen().status.expect("a line").text.contains("offline")
    );
    phone.network(true);
    assert_eq!(phone.screen().code, kept(&phone));
    assert!(!phone.says("No network"));
}

#[test]
fn a_server_that_takes_its_time_is_not_waited_for() {
    let mut phone = Phone::at_home();
    phone.wallet.after = LockAfter::OneHour;
    phone.slow = true;
    phone.leave(600_000, true);
    while let Some(at) = position(&phone, |work| matches!(work, Work::Left | Work::Status | Work::Unlocked)) {
        let (id, work) = phone.work.remove(at).expect("there");
        let outcome = phone.wallet.does(&work);
        phone.take(Input::Done(id, outcome));
    }
    assert_eq!((kind(&phone), phone.screen().code), (Kind::Pass, None), "that one has lapsed");
    phone.wait(1_000);
    assert_eq!(position(&phone, |work| *work == Work::OfflineCode), None);
    phone.wait(600);
    let at = position(&phone, |work| *work == Work::OfflineCode).expect("asked for");
    let (id, work) = phone.work.remove(at).expect("there");
    let outcome = phone.wallet.does(&work);
    phone.take(Input::Done(id, outcome));
    assert!(phone.screen().code.is_some() && phone.says("makes the code itself"));
    phone.finish();
    assert_eq!(phone.screen().code, kept(&phone));
}

#[test]
fn a_phone_that_is_not_prepared_says_so_and_goes_on_by_itself() {
    let wallet = Wallet {
        joined: true,
        signed_in: true,
        online: false,
        last_use: Some(UnixMillis::new(DAY)),
        ..Wallet::default()
    };
    let mut phone = Phone::new(wallet);
    assert_eq!((kind(&phone), phone.screen().title.as_str()), (Kind::Stop, "No access ID without a network"));
    phone.tap(Action::GoOn);
    phone.watch(30);
    assert_eq!((kind(&phone), phone.screen().code), (Kind::Pass, None), "said once");
    assert!(phone.can(Action::Refresh) && phone.says("has not been prepared"));
    phone.network(true);
    assert_eq!(phone.screen().code, kept(&phone));
    // What it waited for comes while the stop is on the screen.
    let wallet = Wallet { kept: None, prepared: false, online: false, ..phone.wallet };
    let mut phone = Phone::new(wallet);
    assert_eq!(kind(&phone), Kind::Stop);
    phone.network(true);
    assert_eq!((kind(&phone), phone.screen().code), (Kind::Pass, kept(&phone)));
}

#[test]
fn late_doubled_and_foreign_answers_change_nothing() {
    let mut phone = Phone::at_home();
    phone.slow = true;
    phone.tap(Action::Refresh);
    let (id, work) = phone.work.back().expect("a fresh code").clone();
    assert_eq!(work, Work::FreshCode);
    let before = phone.screen().code;
    let answer = phone.wallet.does(&work);
    phone.take(Input::Done(id, Ok(Answer::Done)));
    phone.take(Input::Done(WorkId(9_999), answer.clone()));
    assert_eq!((phone.screen().code, phone.can(Action::Refresh)), (before.clone(), false));
    // Invalidated while the answer was on its way: it must not come back.
    phone.tap(Action::Invalidate);
    phone.tap(Action::InvalidateNow);
    phone.take(Input::Done(id, answer.clone()));
    assert_eq!((kind(&phone), phone.work.len()), (Kind::Invalidate, 1));
    phone.finish();
    assert_eq!((kind(&phone), phone.screen().code), (Kind::Pass, kept(&phone)));
    assert_ne!(phone.screen().code, before);
    phone.take(Input::Done(id, answer));
    assert_eq!(phone.screen().code, kept(&phone));
}

#[test]
fn nothing_of_an_invalidated_code_is_shown_also_without_a_network() {
    let mut phone = Phone::at_home();
    phone.network(false);
    phone.tap(Action::Invalidate);
    assert_eq!(kind(&phone), Kind::Invalidate, "it is asked first");
    phone.tap(Action::Stay);
    assert!(phone.screen().code.is_some() && !phone.wallet.untold);
    phone.tap(Action::Invalidate);
    phone.tap(Action::InvalidateNow);
    assert_eq!((kind(&phone), phone.screen().code, phone.wallet.untold), (Kind::Pass, None, true));
    phone.watch(60);
    assert_eq!(phone.screen().code, None);
    assert!(phone.screen().status.expect("a line").warns);
    phone.network(true);
    assert_eq!((phone.screen().code, phone.wallet.untold), (kept(&phone), false));
}

#[test]
fn access_that_ended_stops_and_is_not_asked_for_without_end() {
    let mut phone = Phone::at_home();
    phone.wallet.ended = true;
    phone.watch(100);
    assert_eq!((kind(&phone), phone.screen().title.as_str()), (Kind::Stop, "Your access has ended"));
    phone.tap(Action::GoOn);
    let asked = phone.effects.len();
    phone.watch(50);
    assert_eq!((kind(&phone), phone.screen().code), (Kind::Pass, None));
    assert!(phone.effects.len() <= asked + 4, "only how the wallet stands is asked");
    phone.wallet.ended = false;
    phone.tap(Action::Refresh);
    assert_eq!(phone.screen().code, kept(&phone));
}

#[test]
fn a_session_that_the_server_ended_is_said_once() {
    let mut phone = Phone::at_home();
    phone.wallet.session_ended = true;
    phone.watch(100);
    assert_eq!((kind(&phone), phone.screen().title.as_str()), (Kind::Stop, "You were signed out"));
    phone.tap(Action::GoOn);
    phone.watch(120);
    assert_eq!((kind(&phone), phone.screen().code), (Kind::SignIn, None));
}

#[test]
fn whoever_signs_out_is_told_nothing_of_it() {
    let mut phone = Phone::at_home();
    phone.tap(Action::Settings);
    phone.tap(Action::SignOut);
    assert_eq!(kind(&phone), Kind::SignOut, "it is asked first");
    phone.wallet.online = false;
    phone.tap(Action::SignOutNow);
    assert_eq!((kind(&phone), phone.wallet.signed_in), (Kind::SignIn, false));
    assert!(phone.says("The server could not be told"));
}
