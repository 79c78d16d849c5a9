//! What a link may do, and when the app may be replaced.

use gatehouse_core::screens::{
    FieldName, Moment,
    guard::{Action, Effect, Guard, Input, Kind, Work},
};

use super::{
    super::*,
    phone::Phone,
    station::{DAY, Station},
};

fn code() -> String {
    let url = "https://gate.example".to_owned();
    EnrolmentCode { url, org: org(), code: "7K2M-Q9XA".to_owned(), root: public(ROOT).digest() }.to_text()
}

fn looks(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::Work(_, Work::LookAtCode { .. })))
}

#[test]
fn a_link_waits_until_it_is_known_whose_the_device_is() {
    let now = Moment { running_ms: 1_000, wall: UnixMillis::new(DAY), zone_s: 0 };
    let (mut guard, opened) = Guard::open(now);
    let [Effect::Work(id, work @ Work::Status)] = opened.as_slice() else { panic!("{opened:?}") };
    assert!(!looks(&guard.take(now, Input::Link(code()))));
    let answer = Station::default().does(work);
    assert!(looks(&guard.take(now, Input::Done(*id, answer))));
}

#[test]
fn a_link_is_nothing_to_a_gate_at_which_somebody_is_at_work() {
    let mut phone = Phone::at_work();
    phone.take(Input::Link(code()));
    phone.station = Station::default();
    phone.wait(20_000);
    assert_eq!(phone.screen().kind, Kind::Enrol);
    assert!(!looks(&phone.effects), "nor later, when it is nobody's");
    phone.tap(Action::TypeCode);
    phone.take(Input::Link("https://example.org".to_owned()));
    assert!(!looks(&phone.effects), "no code of ours");
    phone.take(Input::Link(code()));
    assert!(phone.can(Action::Yes), "it is asked whether that is right");
}

#[test]
fn the_app_is_replaced_only_where_nobody_is_at_work() {
    let mut phone = Phone::new(Station::default());
    assert!(phone.screen().calm);
    phone = Phone::new(Station { enrolled: true, signed_in: true, ..Station::default() });
    assert_eq!((phone.screen().kind, phone.screen().calm), (Kind::Start, true));
    phone.tap(Action::Status);
    assert!(!phone.screen().calm, "somebody reads");
    phone.tap(Action::Back);
    phone.tap(Action::StartAt(site(1)));
    assert_eq!((phone.screen().kind, phone.screen().calm), (Kind::Camera, false));
    phone.station.revoked = true;
    phone.wait(20_000);
    phone.tap(Action::EnrolAnew);
    assert_eq!((phone.screen().kind, phone.screen().calm), (Kind::Enrol, false), "the shift goes on");
}

#[test]
fn the_app_is_not_replaced_under_what_is_typed_or_before_the_digits_that_were_sent() {
    let mut phone = Phone::new(Station::default());
    phone.tap(Action::TypeCode);
    assert!(phone.screen().calm);
    phone.type_in(FieldName::Code, "GHE1");
    assert!(!phone.screen().calm);
    let mut phone = Phone::new(Station { enrolled: true, ..Station::default() });
    phone.type_in(FieldName::Address, "grace@example.org");
    assert_eq!((phone.screen().kind, phone.screen().calm), (Kind::SignIn, true));
    phone.tap(Action::SendCode);
    assert!(!phone.screen().calm);
    phone.wait(599_000);
    assert!(!phone.screen().calm, "its reader has gone to look for it");
    phone.wait(1_000);
    assert!(phone.screen().calm, "it is good no longer");
}

#[test]
fn the_status_line_opens_the_status_where_that_can_be_done() {
    let mut phone = Phone::at_work();
    let action = phone.screen().status.expect("a status line").action;
    assert_eq!(action, Some(Action::Status));
    phone.show("member Mia");
    assert_eq!(phone.screen().status.expect("a status line").action, None);
    phone.tap(Action::Deny);
    phone.tap(Action::Status);
    assert_eq!((phone.screen().kind, phone.screen().status.expect("a line").action), (Kind::Status, None));
}
