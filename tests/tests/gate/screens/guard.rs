//! A guard's side: a real station beneath the screens.

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use gatehouse_core::{
    device::{DeviceTime, FileSecrets, GuardStation, drive},
    network::Steps,
    screens::{
        Frame, Moment, PhotoNumber,
        guard::{Action, Effect, Guard, Input, Kind, Screen},
    },
    words::Language,
};
use gatehouse_tests::here;

use super::{
    clock::Clock,
    phone::{Side, Told},
};

pub(super) struct AtGate {
    station: GuardStation,
    guard: Guard,
    photos: BTreeMap<PhotoNumber, Vec<u8>>,
    taken: u64,
}

impl Side for AtGate {
    type Kind = Kind;
    type Action = Action;
    type Input = Input;
    type Effect = Effect;

    fn open(folder: &Path, clock: &Arc<Clock>) -> (Self, Vec<Effect>) {
        let secrets = FileSecrets::open(folder.join("secrets")).expect("secrets");
        let time: Arc<dyn DeviceTime> = clock.clone();
        let folder = folder.to_string_lossy().into_owned();
        let station = GuardStation::open(folder, Arc::new(secrets), time).expect("the station opens");
        let (guard, effects) = Guard::open(clock.moment());
        (Self { station, guard, photos: BTreeMap::new(), taken: 0 }, effects)
    }

    fn screen(&self) -> Screen {
        self.guard.screen(Language::English)
    }

    fn take(&mut self, at: Moment, input: Input) -> Vec<Effect> {
        self.guard.take(at, input)
    }

    fn frame(frame: Frame) -> Input {
        Input::Frame(frame)
    }

    fn does(&mut self, effect: Effect, told: &mut Told) -> Option<Input> {
        match effect {
            Effect::Work(id, work) => {
                let photo = work.photo().and_then(|photo| self.photos.get(&photo)).cloned();
                let station = &self.station;
                let steps = Steps::new(|line| station.carry(line, work, photo));
                let outcome = drive(station.network().as_ref(), steps).map_err(Arc::new);
                return Some(Input::Done(id, outcome));
            }
            Effect::TakePhoto => {
                self.taken += 1;
                let photo = PhotoNumber(self.taken);
                let jpeg = fs::read(here().join("swift/Tests/GateTests/photo.jpg")).expect("a photo");
                self.photos.insert(photo, jpeg);
                return Some(Input::Photo(Some(photo)));
            }
            Effect::ForgetPhoto(photo) => {
                self.photos.remove(&photo);
            }
            Effect::Camera(camera) => told.camera = camera,
            Effect::Torch(torch) => told.torch = torch,
            Effect::WatchPlace(place) => told.place = place,
            Effect::KeepAwake(awake) => told.awake = awake,
            // Work is done as soon as it is asked for, so that there is none to be left.
            Effect::GiveUp(_)
            | Effect::Drop(_)
            | Effect::Play(_)
            | Effect::NextCamera
            | Effect::AskForFix
            | Effect::OpenSettings
            | Effect::Reopen => {}
        }
        None
    }
}
