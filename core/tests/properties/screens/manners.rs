//! The manners that hold for every screen, each as a trial.

use gatehouse_core::{
    screens::{
        FieldName, SETTLES_MS, Says, Tone, Weight,
        guard::{Action, CameraUse, Effect, Input, Kind, Usual, Work},
    },
    words::Language,
};

use super::{super::*, phone::Phone, station::Station};

fn kind(phone: &Phone) -> Kind {
    phone.screen().kind
}

#[test]
fn the_camera_is_home_and_everything_is_one_tap_away_and_one_back() {
    let mut phone = Phone::at_work();
    assert_eq!((kind(&phone), phone.camera), (Kind::Camera, Some(CameraUse::Codes)));
    for (action, opens) in [
        (Action::WalkUp, Kind::WalkUp),
        (Action::Expected, Kind::Expected),
        (Action::Inside, Kind::Inside),
        (Action::TypeCode, Kind::TypeCode),
        (Action::Status, Kind::Status),
        (Action::EndShift, Kind::EndShift),
    ] {
        phone.tap(action);
        assert_eq!((kind(&phone), phone.camera), (opens, None));
        phone.wait(400);
        phone.take(Input::Back);
        assert_eq!((kind(&phone), phone.camera), (Kind::Camera, Some(CameraUse::Codes)));
    }
}

#[test]
fn a_verdict_shows_only_what_the_station_has_written_down() {
    let mut phone = Phone::at_work();
    phone.slow = true;
    phone.show("visitor Vera");
    assert_eq!(kind(&phone), Kind::Camera);
    assert!(phone.station.events.is_empty());
    phone.finish();
    assert_eq!(phone.screen().verdict.expect("a verdict").colour, Verdict::Verified);
    assert_eq!(phone.station.events.len(), 1);
    phone.tap(Action::Grant);
    assert_eq!(kind(&phone), Kind::Verdict, "not granted before it is written down");
    assert!(!phone.can(Action::Grant) && phone.screen().busy.is_some());
    phone.tap(Action::Grant);
    phone.finish();
    assert_eq!((kind(&phone), phone.station.decisions), (Kind::Camera, 1));
    assert!(phone.screen().lines[0].text.starts_with("Vera: granted"));
}

#[test]
fn nothing_waits_for_the_network() {
    let mut phone = Phone::at_work();
    phone.slow = true;
    phone.show("member Mia");
    phone.wait(140);
    assert_eq!(kind(&phone), Kind::Camera, "what comes at once shows without a screen in between");
    phone.wait(20);
    assert_eq!(kind(&phone), Kind::Checking);
    let countdown = phone.screen().countdown.expect("a countdown");
    assert_eq!(countdown.until_ms - countdown.from_ms, 1_500);
    phone.tap(Action::GoOnOffline);
    let scan = phone.work.iter().find(|(_, work)| matches!(work, Work::ScanSeen { .. })).expect("a scan").0;
    assert_eq!(phone.effects.last(), Some(&Effect::GiveUp(scan)));
    phone.tap(Action::GoOnOffline);
    assert_eq!(phone.effects.iter().filter(|effect| **effect == Effect::GiveUp(scan)).count(), 1);
    phone.station.online = false;
    phone.finish();
    assert_eq!(phone.screen().verdict.expect("a verdict").colour, Verdict::Caution);
    let lines = phone.screen().lines;
    assert!(lines.iter().any(|line| line.text.contains("the gate pack 7")), "{lines:?}");
}

#[test]
fn a_check_that_is_left_does_not_come_back_while_its_code_is_in_sight() {
    let mut phone = Phone::at_work();
    phone.slow = true;
    phone.show("member Mia");
    phone.wait(200);
    let (id, work) = phone.work.back().expect("a scan").clone();
    phone.tap(Action::Back);
    phone.show("member Mia");
    assert_eq!((kind(&phone), phone.work.is_empty()), (Kind::Camera, true));
    // It was done all the same: then it is on the disk, and is shown.
    let answer = phone.station.does(&work);
    phone.take(Input::Done(id, answer));
    assert_eq!(kind(&phone), Kind::Verdict);
}

#[test]
fn no_slip_of_a_thumb() {
    let mut phone = Phone::at_work();
    phone.tap(Action::WalkUp);
    let before = phone.screen().number;
    phone.wait(SETTLES_MS - 1);
    phone.tap_now(Action::Back);
    assert_eq!(kind(&phone), Kind::WalkUp, "too soon");
    phone.take(Input::Back);
    assert_eq!(kind(&phone), Kind::WalkUp, "too soon for the platform's way back, too");
    phone.wait(1);
    phone.take(Input::Tap { screen: before - 1, action: Action::Back });
    assert_eq!(kind(&phone), Kind::WalkUp, "meant for the screen before");
    phone.tap_now(Action::Back);
    assert_eq!(kind(&phone), Kind::Camera);
    // A finger that goes down on the camera meets a verdict.
    let camera = phone.screen().number;
    phone.show("banned Bo");
    phone.wait(1_000);
    phone.take(Input::Tap { screen: camera, action: Action::Deny });
    assert_eq!(phone.station.decisions, 0);
}

#[test]
fn to_grant_against_denied_needs_a_reason_and_a_second() {
    let mut phone = Phone::at_work();
    phone.show("banned Bo");
    let screen = phone.screen();
    let weight = |action: Action| {
        screen.buttons.iter().find(|button| button.action == action).expect("a button").weight
    };
    assert_eq!((weight(Action::Deny), weight(Action::Grant)), (Weight::Likely, Weight::Dangerous));
    phone.tap(Action::Grant);
    assert_eq!((kind(&phone), phone.can(Action::GrantAgainst)), (Kind::Reason, false));
    phone.hold(Action::GrantAgainst);
    assert_eq!(kind(&phone), Kind::Reason, "without a reason nothing is granted");
    phone.tap(Action::Reason(Usual::Host));
    phone.tap(Action::GrantAgainst);
    assert_eq!((kind(&phone), phone.station.decisions), (Kind::Reason, 0), "a tap is not enough");
    let screen = phone.screen().number;
    phone.take(Input::Held { screen, action: Action::GrantAgainst, ms: 900 });
    assert_eq!(phone.station.decisions, 0);
    phone.slow = true;
    phone.hold(Action::GrantAgainst);
    let (_, decide) = phone.work.back().expect("a decision");
    assert!(
        matches!(decide, Work::Decide { granted: true, reason: Some(reason), .. } if reason == "The host vouched in person"),
        "{decide:?}"
    );
    phone.finish();
    assert_eq!((kind(&phone), phone.station.decisions), (Kind::Camera, 1));
}

#[test]
fn a_finger_that_was_down_before_the_screen_was_there_held_nothing() {
    let mut phone = Phone::at_work();
    phone.show("banned Bo");
    phone.tap(Action::Grant);
    phone.type_in(FieldName::Reason, "Bo is the new gardener");
    phone.wait(700);
    let screen = phone.screen().number;
    phone.take(Input::Held { screen, action: Action::GrantAgainst, ms: 5_000 });
    assert_eq!(phone.station.decisions, 0);
}

#[test]
fn one_tap_asks_for_one_thing() {
    let mut phone = Phone::at_work();
    phone.slow = true;
    phone.show("visitor Vera");
    phone.finish();
    for _ in 0..5 {
        phone.tap(Action::Grant);
        phone.tap(Action::Deny);
        phone.tap(Action::Leave);
    }
    let decisions =
        phone.work.iter().filter(|(_, work)| matches!(work, Work::Decide { .. } | Work::Abandon { .. }));
    assert_eq!(decisions.count(), 1);
}

#[test]
fn nothing_but_a_verdict_and_what_stops_the_work_opens_by_itself() {
    let mut phone = Phone::at_work();
    // A verdict does not come up over something that the guard opened meanwhile.
    phone.slow = true;
    phone.show("member Mia");
    phone.tap_now(Action::WalkUp);
    phone.finish();
    assert_eq!(kind(&phone), Kind::WalkUp);
    phone.tap(Action::Back);
    assert_eq!(kind(&phone), Kind::Verdict, "it waited");
    phone.slow = false;
    phone.tap(Action::Deny);
    phone.take(Input::Online(false));
    phone.take(Input::Battery(Some(3)));
    phone.wait(120_000);
    assert_eq!(kind(&phone), Kind::Camera);
    let line = phone.screen().status.expect("a status line");
    assert!(line.warns && line.text.contains("battery 3 %"), "{line:?}");
    phone.station.revoked = true;
    phone.wait(20_000);
    assert_eq!(kind(&phone), Kind::Stop);
    phone.tap(Action::GoOn);
    phone.wait(60_000);
    assert_eq!(kind(&phone), Kind::Camera, "said once");
}

#[test]
fn a_browser_that_may_throw_entries_away_is_warned_of_before_each_shift() {
    let mut phone =
        Phone::new(Station { enrolled: true, signed_in: true, has_pin: true, ..Station::default() });
    let warns = |phone: &Phone| {
        let lines = phone.screen().lines;
        lines.iter().any(|line| line.says == Says::Warning && line.text.contains("This browser may clear"))
    };
    assert_eq!((kind(&phone), warns(&phone)), (Kind::Start, false), "phones keep what is theirs");
    phone.take(Input::Kept(false));
    assert!(warns(&phone));
    phone.tap(Action::Status);
    assert!(warns(&phone));
    phone.take(Input::Kept(true));
    assert!(!warns(&phone));
}

#[test]
fn what_was_learned_takes_the_verdict_from_the_screen() {
    let mut phone = Phone::at_work();
    phone.show("visitor Vera");
    phone.tones.clear();
    phone.station.learns();
    phone.station.waiting = 1;
    phone.wait(120_000);
    assert_eq!((kind(&phone), phone.tones.as_slice()), (Kind::News, [Tone::Stopped].as_slice()));
    phone.tap(Action::Look);
    assert_eq!(phone.screen().verdict.expect("a verdict").colour, Verdict::Denied);
    assert_eq!(phone.tones.last(), Some(&Tone::Denied));
    // Learned at the last moment: the station refuses, and the guard has to look.
    phone.station.learns();
    phone.tap_now(Action::Deny);
    phone.tap(Action::Deny);
    assert_eq!((kind(&phone), phone.station.decisions), (Kind::News, 0));
}

// covers: S4-39
#[test]
fn a_site_that_wants_a_photo_gets_one_and_the_shell_keeps_none() {
    let mut phone = Phone::at_work();
    phone.station.photo = PhotoPolicy::Required;
    phone.show("visitor Vera");
    phone.tap(Action::Grant);
    assert_eq!((kind(&phone), phone.camera), (Kind::Photo, Some(CameraUse::Portrait)));
    assert!(!phone.can(Action::Skip));
    phone.tap(Action::Take);
    assert_eq!((phone.camera, phone.photos.len()), (None, 1));
    phone.tap(Action::Retake);
    assert!(phone.photos.is_empty());
    phone.tap(Action::Take);
    phone.tap(Action::Use);
    assert_eq!((kind(&phone), phone.station.inside.len(), phone.photos.len()), (Kind::Camera, 1, 0));
    // Where it is optional it can be skipped, and one that was taken is forgotten.
    phone.clear();
    phone.station.photo = PhotoPolicy::Optional;
    phone.show("visitor Wim");
    phone.tap(Action::Grant);
    phone.tap(Action::Take);
    phone.tap(Action::Skip);
    assert_eq!((phone.station.inside.len(), phone.photos.len()), (2, 0));
    // Where it is off nobody is asked for one.
    phone.clear();
    phone.station.photo = PhotoPolicy::Off;
    phone.show("visitor Wanda");
    phone.tap(Action::Grant);
    assert_eq!((kind(&phone), phone.station.inside.len()), (Kind::Camera, 3));
}

#[test]
fn a_decision_is_put_right_with_a_reason_and_a_second() {
    let mut phone = Phone::at_work();
    phone.show("visitor Vera");
    phone.tap(Action::Deny);
    let event = *phone.station.events.keys().next().expect("an event");
    phone.tap(Action::History);
    phone.tap(Action::Past(event));
    phone.tap(Action::PutRight);
    assert_eq!(
        (kind(&phone), phone.can(Action::PutRightNow)),
        (Kind::Correct, false),
        "not without a reason"
    );
    phone.type_in(FieldName::Reason, " ");
    assert!(!phone.can(Action::PutRightNow));
    phone.type_in(FieldName::Reason, "The wrong button");
    phone.tap(Action::PutRightNow);
    assert_eq!((kind(&phone), phone.station.inside.len()), (Kind::Correct, 0), "a tap is not enough");
    // Nothing is said to be so before it is written down, and what was typed is not lost.
    phone.station.full = true;
    phone.hold(Action::PutRightNow);
    assert_eq!((kind(&phone), phone.station.events[&event].granted), (Kind::Stop, Some(false)));
    phone.station.full = false;
    phone.tap(Action::Again);
    assert_eq!(kind(&phone), Kind::Correct);
    phone.slow = true;
    phone.hold(Action::PutRightNow);
    assert!(phone.screen().busy.is_some() && !phone.can(Action::PutRightNow) && !phone.can(Action::Back));
    let asked = phone.work.iter().filter_map(|(_, work)| match work {
        Work::Correct { granted, reason, .. } => Some((*granted, reason.clone())),
        _ => None,
    });
    assert_eq!(asked.collect::<Vec<_>>(), [(true, "The wrong button".to_owned())]);
    phone.slow = false;
    phone.finish();
    let kept = &phone.station.events[&event];
    assert_eq!((kept.granted, kept.corrected, phone.station.inside.len()), (Some(true), true, 1));
    let lines = phone.screen().lines;
    assert!(lines.iter().any(|line| line.text.ends_with("granted, put right")), "{lines:?}");
    assert_eq!(
        (kind(&phone), phone.can(Action::PutRight)),
        (Kind::Past, true),
        "and back again, should that be wrong"
    );
    phone.tap(Action::Back);
    assert_eq!(kind(&phone), Kind::History);
    phone.tap(Action::Back);
    assert!(phone.screen().lines[0].text.starts_with("Vera: granted"));
}

#[test]
fn to_put_right_against_denied_says_what_it_is_about() {
    let mut phone = Phone::at_work();
    phone.show("banned Bo");
    phone.tap(Action::Deny);
    let event = *phone.station.events.keys().next().expect("an event");
    phone.tap(Action::History);
    phone.tap(Action::Past(event));
    phone.tap(Action::PutRight);
    let warned = |phone: &Phone| phone.screen().lines.iter().any(|line| line.says == Says::Warning);
    assert!(warned(&phone));
    phone.type_in(FieldName::Reason, "Was let in by the other guard");
    phone.hold(Action::PutRightNow);
    // Back to what it was needs no warning.
    phone.tap(Action::PutRight);
    assert!(!warned(&phone));
    phone.wait(400);
    phone.take(Input::Back);
    assert_eq!(kind(&phone), Kind::Past);
}

#[test]
fn what_was_not_decided_or_is_over_cannot_be_put_right() {
    let mut phone = Phone::at_work();
    phone.show("visitor Vera");
    phone.tap(Action::Grant);
    phone.clear();
    phone.show("visitor Vera");
    phone.tap(Action::Departure);
    phone.clear();
    phone.show("https://example.org");
    phone.tap(Action::Leave);
    phone.clear();
    phone.show("member Mia");
    phone.tap(Action::Grant);
    phone.tap(Action::History);
    let events: Vec<EntryId> = phone.station.events.keys().copied().collect();
    let offered = events.into_iter().map(|event| {
        phone.tap(Action::Past(event));
        assert_eq!(kind(&phone), Kind::Past);
        let offered = phone.can(Action::PutRight);
        phone.tap(Action::Back);
        offered
    });
    assert_eq!(offered.collect::<Vec<_>>(), [false, false, false, true]);
}

#[test]
fn grant_and_deny_change_sides_only_for_whoever_asked() {
    let mut phone = Phone::at_work();
    phone.show("visitor Vera");
    let side = |phone: &Phone, action: Action| {
        phone.screen().buttons.iter().find(|button| button.action == action).expect("a button").side
    };
    let (deny, grant) = (side(&phone, Action::Deny), side(&phone, Action::Grant));
    assert_ne!(deny, grant);
    phone.take(Input::Mirrored(true));
    assert_eq!((side(&phone, Action::Deny), side(&phone, Action::Grant)), (grant, deny));
}

#[test]
fn http_is_warned_of() {
    let mut phone = Phone::new(Station::default());
    assert_eq!(kind(&phone), Kind::Enrol);
    let code = EnrolmentCode {
        url: "http://gate.example".to_owned(),
        org: org(),
        code: "7K2M-Q9XA".to_owned(),
        root: public(ROOT).digest(),
    };
    phone.show("member Mia");
    assert!(!phone.can(Action::Yes), "anything else is passed over");
    phone.show(&code.to_text());
    let lines = phone.screen().lines;
    assert!(lines.iter().any(|line| line.text.contains("without HTTPS")), "{lines:?}");
    phone.tap(Action::No);
    assert!(!phone.station.enrolled);
}

#[test]
fn each_screen_reads_in_every_language() {
    let mut phone = Phone::at_work();
    phone.show("banned Bo");
    let titles: BTreeSet<String> =
        Language::ALL.into_iter().map(|language| phone.guard.screen(language).title).collect();
    assert_eq!(titles.len(), Language::ALL.len());
}
