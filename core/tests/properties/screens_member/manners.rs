//! The manners that hold for every screen, each as a trial; joining, inviting, and what stops a member.

use gatehouse_core::{
    device::LockAfter,
    screens::{
        FieldName, SETTLES_MS, Tone,
        member::{Action, CameraSays, CameraTrouble, CameraUse, Effect, Input, Kind, When, Work},
    },
    visit::InvitationStatus,
    wire::InvitationRequest,
    words::Language,
};

use super::{
    super::*,
    phone::Phone,
    wallet::{DAY, Wallet, join_code},
};

fn kind(phone: &Phone) -> Kind {
    phone.screen().kind
}

/// Midnight before the day of the tests, in the phone's zone.
fn midnight() -> UnixSeconds {
    at(DAY / 1_000 - 9 * 3_600)
}

fn wishes(phone: &Phone) -> Vec<InvitationRequest> {
    let wish = |effect: &Effect| match effect {
        Effect::Work(_, Work::Invite(request)) => Some(request.clone()),
        _ => None,
    };
    phone.effects.iter().filter_map(wish).collect()
}

#[test]
fn everything_is_one_tap_away_and_one_back() {
    let mut phone = Phone::at_home();
    for (action, opens) in [
        (Action::Invite, Kind::Invite),
        (Action::Invitations, Kind::Invitations),
        (Action::Activity, Kind::Activity),
        (Action::Messages, Kind::Messages),
        (Action::Invalidate, Kind::Invalidate),
        (Action::Status, Kind::Status),
        (Action::Settings, Kind::Settings),
    ] {
        phone.tap(action);
        assert_eq!(kind(&phone), opens);
        assert!(!phone.screen().title.is_empty());
        phone.wait(400);
        phone.take(Input::Back);
        assert_eq!(kind(&phone), Kind::Pass);
    }
}

#[test]
fn no_slip_of_a_thumb() {
    let mut phone = Phone::at_home();
    phone.tap(Action::Settings);
    let before = phone.screen().number;
    phone.wait(SETTLES_MS - 1);
    phone.tap_now(Action::Back);
    phone.take(Input::Back);
    assert_eq!(kind(&phone), Kind::Settings, "too soon");
    phone.wait(1);
    phone.take(Input::Tap { screen: before - 1, action: Action::Back });
    assert_eq!(kind(&phone), Kind::Settings, "meant for the screen before");
    phone.tap_now(Action::Back);
    assert_eq!(kind(&phone), Kind::Pass);
}

#[test]
fn what_is_not_offered_is_not_done() {
    let mut phone = Phone::at_home();
    phone.slow = true;
    phone.wait(1_000);
    for action in [
        Action::InvalidateNow,
        Action::NotMe,
        Action::SignOutNow,
        Action::CancelNow,
        Action::Create,
        Action::Day(0),
        Action::Unlock,
        Action::Share,
        Action::Back,
    ] {
        phone.tap_now(action);
        assert_eq!((kind(&phone), phone.work.is_empty()), (Kind::Pass, true), "{action:?}");
    }
    phone.type_in(FieldName::Name, "Vera");
    assert_eq!(kind(&phone), Kind::Pass);
}

#[test]
fn one_tap_asks_for_one_thing() {
    let mut phone = Phone::at_home();
    phone.tap(Action::Invite);
    phone.type_in(FieldName::Name, "Vera Visitor");
    phone.tap(Action::When(When::Today));
    phone.slow = true;
    for _ in 0..5 {
        phone.tap(Action::Create);
        phone.tap(Action::Back);
    }
    assert_eq!((kind(&phone), wishes(&phone).len()), (Kind::Invite, 1));
    phone.finish();
    assert_eq!((kind(&phone), phone.wallet.invitations.len()), (Kind::Invitation, 1));
}

#[test]
fn three_taps_and_a_name_invite_somebody() {
    let mut phone = Phone::at_home();
    phone.tap(Action::Invite);
    assert!(!phone.can(Action::Create));
    phone.type_in(FieldName::Name, "Vera Visitor");
    phone.tap(Action::When(When::Tomorrow));
    phone.tap(Action::Create);
    let screen = phone.screen();
    assert_eq!((screen.kind, screen.title.as_str()), (Kind::Invitation, "Invitation for Vera Visitor"));
    assert!(screen.code.is_some() && phone.bright && phone.says("Wednesday 23 September"));
    let made = phone.wallet.invitations.first().expect("an invitation").clone();
    assert_eq!((made.from, made.until), (midnight().plus(86_400), midnight().plus(2 * 86_400)));
    phone.tap(Action::Share);
    let shared = phone.shared.first().expect("shared");
    assert_eq!(Some(&shared.code), screen.code.as_ref());
    assert!(shared.title.contains("Oakwood") && shared.text.contains(&made.reference), "{shared:?}");
    // Cancelling asks first.
    phone.tap(Action::Cancel);
    assert_eq!((kind(&phone), phone.screen().code), (Kind::Cancel, None));
    phone.tap(Action::Stay);
    assert!(phone.screen().code.is_some());
    phone.tap(Action::Cancel);
    phone.tap(Action::CancelNow);
    assert_eq!((kind(&phone), phone.screen().code), (Kind::Invitation, None));
    assert_eq!(phone.wallet.invitations[0].status, InvitationStatus::Cancelled);
    assert!(!phone.can(Action::Cancel) && !phone.can(Action::Share));
    phone.tap(Action::InviteAgain);
    assert_eq!((kind(&phone), phone.screen().fields[0].text.as_str()), (Kind::Invite, "Vera Visitor"));
}

#[test]
fn days_are_chosen_the_first_and_the_last() {
    let mut phone = Phone::at_home();
    let today = phone.now.day_of(phone.wallet.now);
    phone.tap(Action::Invite);
    phone.type_in(FieldName::Name, "Vera Visitor");
    phone.tap(Action::Days);
    assert_eq!(kind(&phone), Kind::Days);
    assert!(!phone.can(Action::Day(today - 1)));
    phone.tap(Action::Day(today + 3));
    assert!(!phone.can(Action::Day(today + 2)) && !phone.can(Action::Day(today + 17)));
    phone.tap(Action::Day(today + 5));
    assert_eq!(kind(&phone), Kind::Invite);
    phone.tap(Action::Create);
    let made = phone.wallet.invitations.first().expect("an invitation");
    assert_eq!((made.from, made.until), (midnight().plus(3 * 86_400), midnight().plus(6 * 86_400)));
    assert!(phone.says("Friday 25 September to Sunday 27 September"));
}

#[test]
fn a_wish_whose_answer_was_lost_is_the_same_when_it_is_said_again() {
    let mut phone = Phone::at_home();
    phone.tap(Action::Invite);
    phone.type_in(FieldName::Name, "Vera Visitor");
    phone.type_in(FieldName::Note, "Brings a ladder");
    phone.tap(Action::When(When::Today));
    phone.network(false);
    phone.tap(Action::Create);
    assert!(kind(&phone) == Kind::Invite && phone.says("Can't reach the server"));
    phone.wait(120_000);
    phone.network(true);
    phone.tap(Action::Create);
    assert_eq!(kind(&phone), Kind::Invitation);
    let wishes = wishes(&phone);
    assert_eq!((wishes.len(), wishes.first()), (2, wishes.last()));
}

#[test]
fn lists_show_what_is_kept_and_how_old_it_is() {
    let mut phone = Phone::at_home();
    phone.wallet.entries.push(gatehouse_core::wire::MyEntry {
        event: EntryId([9; 16]),
        site: site(1),
        site_name: "North gate".to_owned(),
        at: UnixMillis::new(DAY - 3_600_000),
        offline_code: true,
        verdict: Some(Verdict::Caution),
        granted: Some(true),
    });
    phone.tap(Action::Activity);
    assert!(!phone.says("The server can't be reached"));
    phone.tap(Action::Back);
    phone.network(false);
    phone.tap(Action::Activity);
    assert!(phone.says("The server can't be reached; as of 09:00."));
    assert_eq!(phone.screen().rows[0].detail.as_deref(), Some("Let in, 08:00"));
    phone.tap(Action::Entry(EntryId([9; 16])));
    assert!(kind(&phone) == Kind::Entry && phone.says("CAUTION"));
    phone.network(true);
    phone.tap(Action::NotMe);
    assert_eq!((kind(&phone), phone.wallet.invalidated.is_some()), (Kind::Pass, true));
    assert!(phone.says("Every earlier access ID fails from now on."));
}

#[test]
fn an_organisation_is_joined_only_after_it_was_named() {
    let mut phone = Phone::new(Wallet::default());
    assert_eq!((kind(&phone), phone.camera), (Kind::Join, Some(CameraUse::Codes)));
    phone.show("GH1:SOMETHING");
    assert!(phone.screen().viewfinder.is_some(), "anything else is passed over");
    phone.show(&join_code("http://gate.example"));
    assert!(phone.says("Oakwood") && phone.says("http://gate.example") && phone.says("without HTTPS"));
    assert_eq!((phone.camera, phone.tones.as_slice()), (None, [Tone::Read].as_slice()));
    phone.tap(Action::No);
    assert!(!phone.wallet.joined);
    phone.tap(Action::TypeCode);
    phone.type_in(FieldName::Code, "nonsense");
    phone.tap(Action::Check);
    assert!(
        kind(&phone) == Kind::Join && phone.says("not the code of an organisation"),
        "{:?}",
        phone.screen().lines
    );
    phone.take(Input::Line(format!("{}\r\n", join_code("https://gate.example"))));
    phone.tap(Action::Yes);
    assert_eq!((kind(&phone), phone.wallet.joined), (Kind::SignIn, true));
    phone.type_in(FieldName::Address, "mia@example.org");
    phone.tap(Action::SendCode);
    assert!(!phone.can(Action::SendAgain) && phone.screen().countdown.is_some());
    phone.wait(32_000);
    assert!(phone.can(Action::SendAgain) && phone.screen().countdown.is_none());
    phone.type_in(FieldName::Digits, "274951");
    phone.tap(Action::SignIn);
    assert_eq!((kind(&phone), phone.prompts), (Kind::Pass, 0));
    assert!(phone.screen().code.is_some());
}

#[test]
fn a_link_says_whose_a_phone_is_and_nothing_to_a_member() {
    let link = || Input::Link(join_code("https://gate.example"));
    let mut phone = Phone::new(Wallet::default());
    assert!(phone.screen().calm);
    phone.take(link());
    assert!(phone.can(Action::Yes) && phone.says("Oakwood"));
    let mut phone = Phone::at_home();
    phone.take(link());
    assert_eq!(kind(&phone), Kind::Pass);
    phone.tap(Action::Settings);
    phone.tap(Action::JoinAnew);
    assert!(!phone.can(Action::Yes), "it is not taken up later");
}

#[test]
fn without_a_camera_the_code_is_typed() {
    let mut phone = Phone::new(Wallet::default());
    phone.take(Input::Camera(CameraSays::Fails(CameraTrouble::Refused)));
    assert_eq!((kind(&phone), phone.camera), (Kind::Join, None));
    assert!(phone.can(Action::TypeCode) && phone.says("may not use the camera"));
    phone.tap(Action::Again);
    assert_eq!(phone.camera, Some(CameraUse::Codes));
}

#[test]
fn a_clock_that_is_far_off_is_said_once() {
    let mut phone = Phone::at_home();
    phone.now.wall = phone.now.wall.plus(600_000);
    phone.wait(61_000);
    let title = phone.screen().title;
    assert_eq!((kind(&phone), title.as_str()), (Kind::Stop, "This phone's clock is wrong"));
    assert!(phone.says("10 minutes ahead"));
    phone.tap(Action::OpenSettings);
    assert_eq!(phone.effects.last(), Some(&Effect::OpenSettings));
    phone.tap(Action::GoOn);
    phone.watch(130);
    assert_eq!(kind(&phone), Kind::Pass);
}

#[test]
fn a_full_storage_stops_and_what_was_on_the_screen_is_there_still() {
    let mut phone = Phone::at_home();
    phone.tap(Action::Invite);
    phone.type_in(FieldName::Name, "Vera Visitor");
    phone.tap(Action::When(When::Weekend));
    phone.wallet.full = true;
    phone.tones.clear();
    phone.tap(Action::Create);
    assert_eq!((kind(&phone), phone.tones.as_slice()), (Kind::Stop, [Tone::Stopped].as_slice()));
    phone.wallet.full = false;
    phone.tap(Action::Again);
    assert_eq!((kind(&phone), phone.screen().fields[0].text.as_str()), (Kind::Invite, "Vera Visitor"));
    phone.tap(Action::Create);
    assert_eq!(kind(&phone), Kind::Invitation);
}

#[test]
fn a_worker_that_starts_anew_leaves_no_screen_waiting() {
    let mut phone = Phone::at_home();
    phone.tap(Action::Invite);
    phone.type_in(FieldName::Name, "Vera Visitor");
    phone.tap(Action::When(When::Today));
    phone.slow = true;
    phone.tap(Action::Create);
    phone.work.clear();
    phone.wallet.present = false;
    phone.take(Input::Restarted);
    phone.finish();
    phone.slow = false;
    assert!(phone.can(Action::Create));
    phone.tap(Action::Create);
    assert_eq!((kind(&phone), phone.wallet.invitations.len()), (Kind::Invitation, 1));
}

#[test]
fn each_screen_reads_in_every_language() {
    let phone = Phone::at_home();
    let titles: BTreeSet<String> =
        Language::ALL.into_iter().map(|language| phone.member.screen(language).title).collect();
    assert_eq!(titles.len(), Language::ALL.len());
}

#[test]
fn screens_and_inputs_cross_the_border_as_json() {
    let phone = Phone::at_home();
    let screen = serde_json::to_value(phone.screen()).expect("a screen");
    assert_eq!((&screen["kind"], &screen["buttons"][0]["action"]), (&json!("pass"), &json!("invite")));
    assert_eq!(screen["code"]["side"], json!(screen["code"]["rows"].as_array().expect("rows").len()));
    for input in [
        json!("tick"),
        json!("back"),
        json!({ "unlocked": "yes" }),
        json!({ "foreground": true }),
        json!({ "camera": { "fails": "refused" } }),
        json!({ "tap": { "screen": 1, "action": { "lock_after": 15 } } }),
        json!({ "tap": { "screen": 1, "action": { "when": "weekend" } } }),
        json!({ "tap": { "screen": 1, "action": { "day": 20_718 } } }),
        json!({ "typed": { "screen": 1, "field": "name", "text": "Vera" } }),
    ] {
        assert!(serde_json::from_value::<Input>(input.clone()).is_ok(), "{input}");
    }
    for row in [Action::LockAfter(LockAfter::OneHour), Action::Entry(EntryId([9; 16])), Action::GoOn] {
        let there = serde_json::to_value(row).expect("an action");
        assert_eq!(serde_json::from_value::<Action>(there).expect("the same"), row);
    }
}
