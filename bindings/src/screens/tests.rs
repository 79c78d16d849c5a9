use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Instant,
};

use super::*;
use crate::{DeviceTime, PlatformError, SecretStore, TimeReading, Unlocking, WalletError};

#[derive(Default)]
struct Kept(Mutex<BTreeMap<String, Vec<u8>>>);

impl SecretStore for Kept {
    fn load(&self, name: String) -> Result<Option<Vec<u8>>, PlatformError> {
        Ok(self.0.lock().expect("secrets").get(&name).cloned())
    }

    fn store(&self, name: String, secret: Vec<u8>) -> Result<(), PlatformError> {
        self.0.lock().expect("secrets").insert(name, secret);
        Ok(())
    }

    fn delete(&self, name: String) -> Result<(), PlatformError> {
        self.0.lock().expect("secrets").remove(&name);
        Ok(())
    }
}

struct Clock;

impl DeviceTime for Clock {
    fn read(&self) -> Result<TimeReading, PlatformError> {
        Ok(TimeReading { wall_ms: 1_790_000_000_000, monotonic_ms: 5_000, boot_id: "boot".to_owned() })
    }
}

/// A phone whose work is done as soon as it is asked for.
struct Phone {
    screens: GuardScreens,
    began: Instant,
    /// What passed beyond what this machine's clock says.
    passed_ms: i64,
}

impl Phone {
    fn open(folder: String) -> Self {
        let screens = GuardScreens::open(folder, Arc::new(Kept::default()), Arc::new(Clock), "en", at(0));
        let mut phone = Self { screens, began: Instant::now(), passed_ms: 0 };
        phone.take(Input::Tick);
        phone
    }

    fn take(&mut self, input: Input) {
        // Long enough for the screen to have settled.
        self.passed_ms += 400;
        let running_ms = i64::try_from(self.began.elapsed().as_millis()).expect("soon") + self.passed_ms;
        let mut effects = self.screens.take(at(running_ms), input);
        while let Some(effect) = effects.pop() {
            if let Effect::Work { id } = effect {
                effects.extend(self.screens.carry(id));
                assert!(self.screens.carry(id).is_empty(), "it is done once");
            }
        }
    }

    fn tap(&mut self, label: &str) {
        let screen = self.screens.screen();
        let button = screen.buttons.into_iter().find(|button| button.label == label && button.enabled);
        let action = button.unwrap_or_else(|| panic!("no {label} in {:?}", screen.lines)).action;
        self.take(Input::Tap { screen: screen.number, action });
    }
}

fn at(running_ms: i64) -> Moment {
    Moment { running_ms, wall_ms: 1_790_000_000_000 + running_ms, zone_s: 0 }
}

fn folder(name: &str) -> String {
    let folder = std::env::temp_dir().join(format!("gatehouse-screens-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    folder.to_string_lossy().into_owned()
}

#[test]
fn a_station_that_cannot_be_opened_is_a_screen_and_opens_once_it_can() {
    let folder = folder("unopened");
    std::fs::write(&folder, b"a file where the folder should be").expect("written");
    let mut phone = Phone::open(folder.clone());
    let screen = phone.screens.screen();
    assert_eq!(screen.kind, ScreenKind::Stop, "{screen:?}");
    phone.tap("Try again");
    assert_eq!(phone.screens.screen().kind, ScreenKind::Stop);
    std::fs::remove_file(&folder).expect("removed");
    phone.tap("Try again");
    let screen = phone.screens.screen();
    assert_eq!(screen.kind, ScreenKind::Enrol, "{screen:?}");
    assert_eq!(screen.wanted.camera, Some(crate::CameraUse::Codes));
    drop(phone);
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn a_shell_hands_back_what_it_was_given_and_nothing_else_is_taken() {
    let folder = folder("opaque");
    let mut phone = Phone::open(folder.clone());
    let before = phone.screens.screen();
    for action in ["", "null", "\"grant\"", "{\"past\":\"x\"}", "\"no_such_action\""] {
        phone.take(Input::Tap { screen: before.number, action: action.to_owned() });
        assert_eq!(phone.screens.screen().number, before.number, "{action}");
    }
    phone.tap("Type code");
    let screen = phone.screens.screen();
    assert_eq!((screen.kind, screen.fields.len()), (ScreenKind::Enrol, 1));
    assert_eq!(screen.wanted.camera, None);
    assert_eq!(phone.screens.set_language("fr"), "fr");
    assert_ne!(phone.screens.screen().title, screen.title);
    assert_eq!(phone.screens.face("no event"), None);
    drop(phone);
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn a_photo_that_nobody_waits_for_is_not_kept() {
    let folder = folder("photo");
    let phone = Phone::open(folder.clone());
    let _ = phone.screens.photo(at(60_000), 7, vec![1, 2, 3]);
    assert_eq!(phone.screens.taken(7), None);
    drop(phone);
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn a_member_hears_nothing_of_what_is_a_guards_and_nobody_of_a_frame_that_is_none() {
    let folder = folder("member");
    let secrets = Arc::new(Kept::default());
    let screens = MemberScreens::open(folder.clone(), secrets, Arc::new(Clock), None, "en", at(0));
    let mut due = screens.take(at(400), Input::Tick);
    while let Some(effect) = due.pop() {
        if let Effect::Work { id } = effect {
            due.extend(screens.carry(id));
        }
    }
    let before = screens.screen();
    assert_eq!((before.kind, before.wanted.camera), (ScreenKind::Join, Some(crate::CameraUse::Codes)));
    let others = [
        Input::PhotoFailed,
        Input::Place { fix: None, age_ms: 0 },
        Input::Mirrored { mirrored: true },
        Input::Unlocked { unlocking: Unlocking::Yes },
        Input::Tap { screen: before.number, action: "\"walk_up\"".to_owned() },
    ];
    for input in others {
        assert_eq!(screens.take(at(800), input), Vec::new());
        assert_eq!(screens.screen(), before);
    }
    let short = screens.frame(at(1_200), &[0; 10], 100, 100, 100, 0);
    assert!(matches!(short, Err(WalletError::Rejected { .. })), "{short:?}");
    drop(screens);
    std::fs::remove_dir_all(&folder).expect("removed");
}
