//! What goes wrong around the screens: the disk, the camera, the worker, the phone itself.

use std::sync::Arc;

use gatehouse_core::{
    device::{StationError, StoreError},
    qr::Why,
    screens::{
        FieldName, Moment,
        guard::{
            Action, Answer, CameraSays, CameraTrouble, CameraUse, Effect, Frame, Guard, Input, Kind, Work,
            WorkId,
        },
    },
    words::Language,
};

use super::{phone::Phone, station::GUARD};

fn kind(phone: &Phone) -> Kind {
    phone.screen().kind
}

#[test]
fn a_full_disk_shows_no_verdict_and_loses_no_decision() {
    let mut phone = Phone::at_work();
    phone.station.full = true;
    phone.show("member Mia");
    assert_eq!((kind(&phone), phone.screen().verdict), (Kind::Stop, None));
    phone.station.full = false;
    phone.tap(Action::Again);
    phone.show("member Mia");
    phone.station.full = true;
    phone.tap(Action::Grant);
    assert_eq!((kind(&phone), phone.station.decisions), (Kind::Stop, 0));
    phone.station.full = false;
    phone.tap(Action::Again);
    assert_eq!(kind(&phone), Kind::Verdict, "the verdict is there still");
    phone.tap(Action::Grant);
    assert_eq!((kind(&phone), phone.station.decisions), (Kind::Camera, 1));
}

#[test]
fn a_station_that_cannot_be_opened_is_a_stop_with_a_way_on() {
    let asks = |effects: &[Effect]| {
        let mut statuses = effects.iter().filter_map(|effect| match effect {
            Effect::Work(id, Work::Status) => Some(*id),
            _ => None,
        });
        statuses.next().expect("how the station stands is asked for")
    };
    let now = |running_ms| Moment { running_ms, ..Moment::default() };
    let (mut guard, mut effects) = Guard::open(now(0));
    for (round, trouble) in [StoreError::InUse, StoreError::WrongKey, StoreError::Newer { found: 99 }]
        .into_iter()
        .map(StationError::from)
        .chain([StationError::JournalKeyLost])
        .enumerate()
    {
        let at = u64::try_from(round).expect("small") * 1_000;
        let status = asks(&effects);
        guard.take(now(at), Input::Done(status, Err(Arc::new(trouble))));
        let screen = guard.screen(Language::English);
        assert_eq!(screen.kind, Kind::Stop, "{screen:?}");
        effects = guard.take(now(at + 500), Input::tap(&screen, Action::Again));
        assert!(effects.contains(&Effect::Reopen), "{effects:?}");
    }
}

#[test]
fn killed_and_restored_nothing_is_lost() {
    let mut phone = Phone::at_work();
    phone.show("visitor Vera");
    let phone = phone.kill();
    assert_eq!(kind(&phone), Kind::Verdict, "shown and not decided");
    let mut phone = phone;
    phone.tap(Action::Grant);
    let phone = phone.kill();
    assert_eq!((kind(&phone), phone.station.inside.len()), (Kind::Camera, 1));
    let mut phone = phone;
    phone.tap(Action::Lock);
    let mut phone = phone.kill();
    assert_eq!(kind(&phone), Kind::SignIn);
    phone.tap(Action::Guard(GUARD));
    phone.type_in(FieldName::Pin, "483920");
    phone.tap(Action::Unlock);
    assert_eq!(kind(&phone), Kind::Camera, "the shift went on");
}

#[test]
fn a_worker_that_starts_anew_leaves_no_screen_waiting() {
    let mut phone = Phone::at_work();
    phone.show("visitor Vera");
    phone.slow = true;
    phone.tap(Action::Grant);
    phone.work.clear();
    phone.take(Input::Restarted);
    phone.finish();
    assert!(phone.can(Action::Grant));
    phone.tap(Action::Grant);
    phone.finish();
    assert_eq!((kind(&phone), phone.station.decisions), (Kind::Camera, 1));
}

#[test]
fn late_doubled_and_foreign_answers_change_nothing() {
    let mut phone = Phone::at_work();
    phone.slow = true;
    phone.show("visitor Vera");
    let (id, work) = phone.work.back().expect("a scan").clone();
    let answer = phone.station.does(&work);
    phone.take(Input::Done(id, Ok(Answer::Done)));
    phone.take(Input::Done(WorkId(9_999), answer.clone()));
    assert_eq!(kind(&phone), Kind::Camera);
    phone.take(Input::Done(id, answer.clone()));
    assert_eq!(kind(&phone), Kind::Verdict);
    phone.work.clear();
    phone.tap(Action::Deny);
    phone.finish();
    phone.take(Input::Done(id, answer));
    assert_eq!(kind(&phone), Kind::Camera);
}

#[test]
fn without_a_camera_the_rest_goes_on() {
    let mut phone = Phone::at_work();
    phone.take(Input::Camera(CameraSays::Fails(CameraTrouble::Refused)));
    assert_eq!((kind(&phone), phone.camera), (Kind::Stop, None));
    phone.tap(Action::Settings);
    assert_eq!(phone.effects.last(), Some(&Effect::OpenSettings));
    phone.tap(Action::GoOn);
    phone.wait(1_000);
    assert_eq!(kind(&phone), Kind::Camera);
    phone.tap(Action::TypeCode);
    phone.type_in(FieldName::Code, "member Mia");
    phone.tap(Action::Check);
    assert_eq!(kind(&phone), Kind::Verdict);
    phone.tap(Action::Grant);
    phone.take(Input::Line("visitor Vera\r\n".to_owned()));
    assert_eq!(kind(&phone), Kind::Verdict, "a scanner types");
    phone.tap(Action::Deny);
    phone.tap(Action::Again);
    assert_eq!(phone.camera, Some(CameraUse::Codes));
}

#[test]
fn an_idle_camera_says_nothing_and_a_code_that_cannot_be_read_is_helped() {
    let mut phone = Phone::at_work();
    let advice = |phone: &Phone| phone.screen().viewfinder.expect("a viewfinder").advice;
    let why = |why| Input::Frame(Frame { why: Some(why), ..Frame::default() });
    phone.wait(5_000);
    phone.take(why(Why::NothingThere));
    assert_eq!(advice(&phone), None);
    phone.take(why(Why::TooSmall));
    assert_eq!(advice(&phone).expect("advice"), "The code is too small in the picture. Go closer.");
    phone.take(Input::Frame(Frame {
        codes: vec!["member A".to_owned(), "member B".to_owned()],
        ..Frame::default()
    }));
    assert!(advice(&phone).expect("advice").contains("one at a time"));
}

#[test]
fn a_damaged_or_newer_store_and_another_tab_are_each_met_with_a_screen() {
    for (error, title) in [
        (StationError::Store(StoreError::Damaged), "Storage is damaged"),
        (StationError::Store(StoreError::Newer { found: 99 }), "A newer Gatehouse is needed"),
        (StationError::Store(StoreError::InUse), "Gatehouse is open elsewhere"),
        (StationError::JournalKeyLost, "Gatehouse can't go on"),
    ] {
        let mut phone = Phone::at_work();
        phone.slow = true;
        phone.wait(20_000);
        let (id, _) = phone.work.iter().find(|(_, work)| *work == Work::Status).expect("asked").clone();
        phone.work.clear();
        phone.take(Input::Done(id, Err(Arc::new(error))));
        assert_eq!((kind(&phone), phone.screen().title.as_str()), (Kind::Stop, title));
        phone.tap(Action::Again);
        assert!(phone.effects.contains(&Effect::Reopen));
        phone.finish();
        assert_eq!(kind(&phone), Kind::Camera);
    }
}
