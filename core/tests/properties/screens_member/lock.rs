//! The app's lock: nothing shows before the wallet has said that it is open, asked after the member came.

use gatehouse_core::{
    device::LockAfter,
    screens::{
        FieldName,
        member::{Action, Input, Kind, Unlocking, Work},
    },
};

use super::{phone::Phone, wallet::Wallet};

const MINUTE: u64 = 60_000;

fn kind(phone: &Phone) -> Kind {
    phone.screen().kind
}

fn calm(phone: &Phone) -> bool {
    phone.screen().calm
}

#[test]
fn an_app_that_was_left_for_long_is_locked_until_its_owner_is_there() {
    let mut phone = Phone::at_home();
    phone.leave(2 * MINUTE, false);
    assert_eq!(kind(&phone), Kind::Pass);
    phone.holder = None;
    for stands_still in [false, true] {
        phone.leave(6 * MINUTE, stands_still);
        let screen = phone.screen();
        assert_eq!((screen.kind, screen.code, screen.status), (Kind::Locked, None, None));
        assert!(!phone.awake && !phone.says("Mia"));
        let prompts = phone.prompts;
        phone.tap(Action::Unlock);
        assert_eq!(phone.prompts, prompts + 1);
        phone.take(Input::Unlocked(Unlocking::No));
        phone.tap(Action::Invite);
        assert_eq!(kind(&phone), Kind::Locked);
        phone.take(Input::Unlocked(Unlocking::Yes));
        assert_eq!(kind(&phone), Kind::Pass);
        assert!(phone.screen().code.is_some());
    }
}

#[test]
fn the_platform_is_asked_by_itself_once() {
    let mut phone = Phone::at_home();
    phone.holder = Some(Unlocking::No);
    phone.leave(6 * MINUTE, false);
    assert_eq!((kind(&phone), phone.prompts), (Kind::Locked, 1));
    // The platform's own question covers the app for a moment.
    phone.leave(1_000, false);
    phone.watch(5);
    assert_eq!((kind(&phone), phone.prompts), (Kind::Locked, 1));
}

#[test]
fn an_app_that_is_not_looked_at_shows_nothing() {
    let mut phone = Phone::at_home();
    phone.slow = true;
    phone.take(Input::Foreground(false));
    let covered = |phone: &Phone| {
        let screen = phone.screen();
        assert_eq!((screen.kind, screen.code, screen.status), (Kind::Opening, None, None));
        assert!(screen.buttons.is_empty() && !phone.awake && !phone.bright && !phone.says("Mia"));
    };
    covered(&phone);
    phone.finish();
    covered(&phone);
    phone.take(Input::Foreground(true));
    covered(&phone);
    phone.finish();
    assert_eq!(kind(&phone), Kind::Pass);
}

#[test]
fn what_was_asked_before_the_member_came_back_uncovers_nothing() {
    let mut phone = Phone::at_home();
    phone.slow = true;
    phone.wait(61_000);
    let (id, work) = phone.work.pop_front().expect("how it stands");
    assert_eq!(work, Work::Status);
    let answer = phone.wallet.does(&work);
    phone.take(Input::Foreground(false));
    phone.take(Input::Foreground(true));
    phone.take(Input::Done(id, answer));
    assert_eq!(kind(&phone), Kind::Opening);
    phone.finish();
    assert_eq!(kind(&phone), Kind::Pass);
}

#[test]
fn a_platform_that_cannot_ask_leaves_a_code_by_mail() {
    let mut phone = Phone::at_home();
    phone.holder = Some(Unlocking::Cannot);
    phone.leave(6 * MINUTE, false);
    assert_eq!((kind(&phone), phone.can(Action::ByCode)), (Kind::Locked, true));
    phone.tap(Action::ByCode);
    phone.type_in(FieldName::Address, "mia@example.org");
    phone.tap(Action::SendCode);
    phone.tap(Action::Back);
    // Asked for again so soon, none is sent: the last one can be typed.
    phone.tap(Action::SendCode);
    phone.type_in(FieldName::Digits, "000000");
    phone.tap(Action::SignIn);
    assert_eq!(kind(&phone), Kind::Locked);
    phone.type_in(FieldName::Digits, "274951");
    phone.tap(Action::SignIn);
    assert_eq!(kind(&phone), Kind::Pass);
    assert!(phone.screen().code.is_some());
}

#[test]
fn the_app_is_not_replaced_under_what_is_typed_or_before_the_digits_that_were_sent() {
    let mut phone = Phone::new(Wallet::default());
    phone.tap(Action::TypeCode);
    assert!(calm(&phone));
    phone.type_in(FieldName::Code, "GHM1");
    assert!(!calm(&phone));
    let mut phone = Phone::at_home();
    phone.tap(Action::Invite);
    assert!(calm(&phone));
    phone.type_in(FieldName::Name, "Vera Visitor");
    assert!(!calm(&phone));

    let mut phone = Phone::new(Wallet { joined: true, ..Wallet::default() });
    let mut locked = Phone::at_home();
    locked.holder = Some(Unlocking::Cannot);
    locked.leave(6 * MINUTE, false);
    locked.tap(Action::ByCode);
    for phone in [&mut phone, &mut locked] {
        phone.type_in(FieldName::Address, "mia@example.org");
        assert!(calm(phone));
        phone.slow = true;
        phone.tap(Action::SendCode);
        assert!(!calm(phone), "it is asked for");
        phone.slow = false;
        phone.finish();
        assert!(!calm(phone));
        phone.take(Input::Foreground(false));
        assert!(!calm(phone), "it is looked for in another app");
        phone.take(Input::Foreground(true));
        phone.wait(10 * MINUTE);
        assert!(calm(phone), "it is good no longer");
    }
}

#[test]
fn the_member_chooses_when_it_locks() {
    let mut phone = Phone::at_home();
    phone.tap(Action::Settings);
    for after in LockAfter::ALL {
        phone.tap(Action::LockAfter(after));
        let rows = phone.screen().rows;
        let marked: Vec<_> = rows.iter().filter(|row| row.marked).map(|row| row.action).collect();
        assert_eq!(marked, [Some(Action::LockAfter(after))]);
    }
    phone.leave(59 * MINUTE, false);
    assert_eq!(kind(&phone), Kind::Settings);
    phone.tap(Action::LockAfter(LockAfter::Always));
    phone.holder = None;
    phone.leave(1, false);
    assert_eq!(kind(&phone), Kind::Locked);
    phone.take(Input::Unlocked(Unlocking::Yes));
    assert_eq!(kind(&phone), Kind::Settings, "what was on the screen is there still");
}

#[test]
fn a_phone_that_was_killed_is_locked_as_it_was_left() {
    let mut phone = Phone::at_home();
    phone.wait(10 * MINUTE);
    assert_eq!(kind(&phone), Kind::Pass, "whoever looks at it is there");
    let phone = phone.kill();
    assert_eq!((phone.prompts, kind(&phone)), (1, Kind::Pass), "the owner was asked for");
}
