//! The guard's side: the station and its screens.

use std::{cell::RefCell, sync::Arc};

use gatehouse_core::{
    device::{DeviceTime, GuardStation, SecretStore, StationError},
    network::Steps,
    qr::{self, LiveReader, Reading},
    screens::{
        Moment,
        guard::{self, Answer, Guard, Input, Work, WorkId},
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
    reader: RefCell<LiveReader>,
}

impl Side for Gate {
    type Screens = Guard;
    type Screen = guard::Screen;
    type Input = Input;
    type Work = Work;
    type Answer = Answer;
    type Error = Arc<StationError>;

    const NAME: &'static str = "gate";

    fn open(folder: &str, secrets: Arc<dyn SecretStore>, time: Arc<dyn DeviceTime>) -> Result<Self, Refused> {
        let station = GuardStation::open(folder.to_owned(), secrets, time).map_err(|error| Refused {
            code: error.code().to_owned(),
            text: Box::new(move |language| language.say(&error.phrase())),
        })?;
        Ok(Self { station: Arc::new(station), reader: RefCell::default() })
    }

    fn begin(now: Moment) -> (Guard, Vec<Todo<Work>>) {
        let (screens, effects) = Guard::open(now);
        (screens, effects.into_iter().map(Todo::from).collect())
    }

    fn take(screens: &mut Guard, at: Moment, input: Input) -> Vec<Todo<Work>> {
        screens.take(at, input).into_iter().map(Todo::from).collect()
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

    fn photo(number: u64) -> Input {
        Input::Photo(Some(gatehouse_core::screens::PhotoNumber(number)))
    }

    fn frame(&self, frame: &qr::Frame<'_>) -> Option<Input> {
        let Reading { codes, why } = self.reader.borrow_mut().read(frame);
        let outlines = codes.iter().map(|code| code.corners).collect();
        let codes = codes.into_iter().map(|code| code.text).collect();
        Some(Input::Frame(guard::Frame { codes, outlines, why }))
    }

    fn face(&self, event: &str) -> Option<Vec<u8>> {
        self.station.face_of(event.parse().ok()?).ok().flatten()
    }

    fn export(&self) -> Vec<u8> {
        self.station.export().unwrap_or_default().into_bytes()
    }
}
