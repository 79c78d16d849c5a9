//! A visitor without a code: whom they visit, why they come, and who was turned away under a name like theirs.

use gatehouse_core::screens::{
    FieldName, Says,
    guard::{Action, Kind, Work},
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

/// Somebody comes without a code, and is let in or turned away.
fn comes(phone: &mut Phone, name: &str, decision: Action) {
    phone.tap(Action::WalkUp);
    phone.type_in(FieldName::Name, name);
    phone.tap(Action::Register);
    phone.tap(decision);
    assert_eq!(phone.screen().kind, Kind::Camera);
}

/// Who was turned away under a like name, as far as the screen says; a warning stands before them, and never alone.
fn told(phone: &Phone) -> Vec<String> {
    let lines = phone.screen().lines;
    let told: Vec<_> = lines
        .iter()
        .filter(|line| line.text.contains(": turned away "))
        .map(|line| line.text.clone())
        .collect();
    let warns = lines.iter().any(|line| line.says == Says::Warning && line.text.contains("a like name"));
    assert_eq!(warns, !told.is_empty(), "{lines:?}");
    told
}

#[test]
fn who_was_turned_away_under_a_like_name_is_told_as_one_types_and_stands_in_nobodys_way() {
    let willem = ["Willem Walkup: turned away 09:00 by Grace Guard."];
    let mut phone = Phone::at_work();
    comes(&mut phone, "Gina Good", Action::Grant);
    comes(&mut phone, "Willem Walkup", Action::Deny);
    phone.tap(Action::WalkUp);
    for (name, alike) in [
        ("W", false),
        ("Willem", false),
        ("Willem Walkup", true),
        ("Willem Walkupp", true),
        ("Wilma Walkup", false),
        ("walkup, WÍLLEM", true),
        ("Gina Good", false),
        ("Willem Jan Walkup", true),
        ("", false),
    ] {
        phone.type_in(FieldName::Name, name);
        let wanted: &[&str] = if alike { &willem } else { &[] };
        assert_eq!(told(&phone), wanted, "{name}");
    }
    phone.slow = true;
    phone.type_in(FieldName::Name, "Willem Walkup");
    phone.type_in(FieldName::Name, "Wilma Walkup");
    phone.finish();
    assert_eq!(told(&phone), [""; 0], "what an earlier search found comes too late");

    // Who types the name and goes on at once reads it beside the decision.
    phone.type_in(FieldName::Name, "Wíllem Walkup");
    phone.tap(Action::Register);
    let registers = phone.work.iter().position(|(_, work)| matches!(work, Work::WalkUp { .. }));
    let registered = phone.work.remove(registers.expect("registered")).expect("it is there");
    phone.work.push_front(registered);
    phone.finish_one();
    assert_eq!((phone.screen().kind, told(&phone).len()), (Kind::Verdict, 0));
    phone.slow = false;
    phone.finish();
    assert_eq!(told(&phone), willem);
    assert!(phone.can(Action::Deny) && phone.can(Action::Grant));
    phone.tap(Action::Grant);
    let last = phone.station.events.values().next_back().expect("an event");
    assert_eq!((last.result.name.as_deref(), last.granted), (Some("Wíllem Walkup"), Some(true)));
}

#[test]
fn who_was_turned_away_counts_from_midnight_and_at_night_from_the_shifts_begin() {
    let mut phone = Phone::at_work();
    let is_told = |phone: &mut Phone, name: &str| {
        phone.tap(Action::WalkUp);
        phone.type_in(FieldName::Name, name);
        let told = !told(phone).is_empty();
        phone.tap(Action::Back);
        told
    };
    comes(&mut phone, "Willem Walkup", Action::Deny);
    phone.wait(13 * 3_600_000);
    for action in [Action::EndShift, Action::EndNow, Action::StartAt(site(1))] {
        phone.tap(action);
    }
    comes(&mut phone, "Nora Night", Action::Deny);
    assert!(is_told(&mut phone, "Willem Walkup"), "of an earlier shift of this day");
    phone.wait(3 * 3_600_000);
    assert!(is_told(&mut phone, "Nora Night"), "yesterday, and of this shift");
    assert!(!is_told(&mut phone, "Willem Walkup"), "yesterday");
}
