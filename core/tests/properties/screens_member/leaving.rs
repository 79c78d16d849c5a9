//! A member signs out and another signs in on the same phone.

use gatehouse_core::{
    id::MessageId,
    messages::{Severity, Window},
    screens::{
        FieldName,
        member::{Action, Input, Kind, When, Work},
    },
    wire::{MyEntry, MyMessage},
};

use super::{super::*, phone::Phone, wallet::DAY};

fn signs_in(phone: &mut Phone, address: &str) {
    phone.type_in(FieldName::Address, address);
    phone.tap(Action::SendCode);
    phone.type_in(FieldName::Digits, "274951");
    phone.tap(Action::SignIn);
}

#[test]
fn lists_that_come_after_their_member_left_are_shown_to_no_other() {
    let mut phone = Phone::at_home();
    phone.tap(Action::Invite);
    phone.type_in(FieldName::Name, "Vera Visitor");
    phone.tap(Action::When(When::Today));
    phone.tap(Action::Create);
    phone.tap(Action::Back);
    phone.wallet.messages = vec![MyMessage {
        id: MessageId([7; 16]),
        severity: Severity::Notice,
        title: "Water".to_owned(),
        body: String::new(),
        window: Window::default(),
        sent_at: UnixMillis::new(DAY),
        read: false,
    }];
    phone.wallet.entries = vec![MyEntry {
        event: EntryId([9; 16]),
        site: site(1),
        site_name: "North gate".to_owned(),
        at: UnixMillis::new(DAY),
        offline_code: false,
        verdict: Some(Verdict::Verified),
        granted: Some(true),
    }];

    // The three lists are asked for, and the answers take their time.
    phone.slow = true;
    phone.wait(60_000);
    for list in [Action::Activity, Action::Invitations] {
        phone.tap(list);
        phone.tap(Action::Back);
    }
    let is_list = |work: &Work| matches!(work, Work::Messages | Work::Recent | Work::Invitations);
    let (lists, others): (Vec<_>, Vec<_>) = phone.work.drain(..).partition(|(_, work)| is_list(work));
    phone.work.extend(others);
    let late: Vec<_> = lists.into_iter().map(|(id, work)| (id, phone.wallet.does(&work))).collect();
    assert_eq!(late.len(), 3);

    phone.slow = false;
    phone.tap(Action::Settings);
    phone.tap(Action::SignOut);
    phone.tap(Action::SignOutNow);
    assert_eq!(phone.screen().kind, Kind::SignIn);
    phone.wallet.messages.clear();
    phone.wallet.entries.clear();
    phone.wallet.invitations.clear();
    signs_in(&mut phone, "bo@oakwood.example");
    assert_eq!(phone.screen().kind, Kind::Pass);
    phone.slow = true;
    for (id, outcome) in late {
        phone.take(Input::Done(id, outcome));
    }
    for list in [Action::Messages, Action::Activity, Action::Invitations] {
        phone.tap(list);
        assert!(phone.screen().rows.is_empty(), "{list:?}: {:?}", phone.screen().rows);
        phone.tap(Action::Back);
    }
    let asked = phone.work.iter().filter(|(_, work)| is_list(work)).count();
    assert_eq!(asked, 3, "each is asked for anew");
}
