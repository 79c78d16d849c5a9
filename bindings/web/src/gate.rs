//! The guard's side: the station and its screens.

use std::sync::Arc;

use gatehouse_core::{
    device::{DeviceTime, GuardStation, SecretStore, StationError},
    network::Steps,
    screens::{
        Frame, Moment, PhotoNumber, WorkId,
        guard::{self, Answer, Effect, Guard, Input, Work},
    },
    words::Language,
};

use super::{
    shell::{Refused, Side},
    told::Todo,
};

/// A guard's station.
pub struct Gate {
    station: Arc<GuardStation>,
}

impl Side for Gate {
    type Screens = Guard;
    type Screen = guard::Screen;
    type Input = Input;
    type Effect = Effect;
    type Work = Work;
    type Answer = Answer;
    type Error = Arc<StationError>;

    const NAME: &'static str = "gate";

    fn open(folder: &str, secrets: Arc<dyn SecretStore>, time: Arc<dyn DeviceTime>) -> Result<Self, Refused> {
        let station = GuardStation::open(folder.to_owned(), secrets, time).map_err(|error| Refused {
            code: error.code().to_owned(),
            text: Box::new(move |language| language.say(&error.phrase())),
        })?;
        Ok(Self { station: Arc::new(station) })
    }

    fn begin(now: Moment) -> (Guard, Vec<Effect>) {
        Guard::open(now)
    }

    fn take(screens: &mut Guard, at: Moment, input: Input) -> Vec<Effect> {
        screens.take(at, input)
    }

    fn todo(effect: Effect, _: Language) -> Todo<Work> {
        Todo::of_guard(effect)
    }

    fn screen(screens: &Guard, language: Language) -> guard::Screen {
        screens.screen(language)
    }

    fn carry(&self, work: Work, photo: Option<Vec<u8>>) -> Steps<'static, Result<Answer, Arc<StationError>>> {
        let station = Arc::clone(&self.station);
        Steps::new(|line| async move { station.carry(line, work, photo).await.map_err(Arc::new) })
    }

    fn done(work: u64, outcome: Result<Answer, Arc<StationError>>) -> Input {
        Input::Done(WorkId(work), outcome)
    }

    fn photo(number: u64) -> Option<Input> {
        Some(Input::Photo(Some(PhotoNumber(number))))
    }

    fn frame(frame: Frame) -> Input {
        Input::Frame(frame)
    }

    fn face(&self, event: &str) -> Option<Vec<u8>> {
        self.station.face_of(event.parse().ok()?).ok().flatten()
    }

    fn export(&self) -> Vec<u8> {
        self.station.export().unwrap_or_default().into_bytes()
    }
}
