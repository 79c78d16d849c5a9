//! A visitor without a code: whom they visit, and why they come.

use gatehouse_core::screens::{
    FieldName,
    guard::{Action, Kind},
};

use super::{super::*, phone::Phone};

fn says(phone: &Phone, text: &str) -> bool {
    phone.screen().lines.iter().any(|line| line.text == text)
}

#[test]
fn a_name_is_enough() {
    let mut phone = Phone::at_work();
    phone.tap(Action::WalkUp);
    phone.type_in(FieldName::Reason, "The boiler");
    assert!(!phone.can(Action::Register));
    phone.type_in(FieldName::Name, "Willem Walkup");
    phone.type_in(FieldName::Reason, " ");
    phone.tap(Action::Register);
    assert_eq!((phone.screen().kind, phone.station.reasons.len()), (Kind::Verdict, 0));
}

#[test]
fn a_host_is_chosen_of_those_whom_the_phone_knows_or_written() {
    let mut phone = Phone::at_work();
    let hugo = Action::Host(SubjectId(packs::id(5)));
    phone.tap(Action::WalkUp);
    phone.type_in(FieldName::Name, "Willem Walkup");
    phone.type_in(FieldName::Reason, "The boiler");
    phone.type_in(FieldName::Host, "hug");
    phone.tap(hugo);
    assert!(!phone.can(hugo), "chosen");
    phone.tap(Action::Register);
    assert!(says(&phone, "Visiting Hugo Host"));
    assert_eq!(phone.station.reasons, ["The boiler"]);
    phone.tap(Action::Deny);

    phone.tap(Action::WalkUp);
    phone.type_in(FieldName::Name, "Willem Walkup");
    phone.slow = true;
    phone.type_in(FieldName::Host, "hug");
    phone.type_in(FieldName::Host, "hugh");
    phone.slow = false;
    phone.finish();
    assert!(!phone.can(hugo), "what an earlier search found comes too late");
    phone.tap(Action::Register);
    assert!(says(&phone, "Visiting hugh"), "nobody is turned away for visiting somebody unknown");
}
