//! What the screens stand on: the state machine, the work that it asked for, and the photos that the shell brought.

use std::{collections::BTreeMap, time::Instant};

use gatehouse_core::{
    device::GiveUp,
    screens::{Moment, PhotoNumber, WorkId},
    words::Language,
};

use super::{
    Effect, Screen, Wanted,
    side::{Side, Todo},
};

/// The screens of one side and what belongs to them.
pub(super) struct Desk<S: Side> {
    flow: S::Flow,
    language: Language,
    at: Moment,
    /// When that moment was told.
    told: Instant,
    /// Effects that nobody was given yet.
    due: Vec<Effect>,
    wanted: Wanted,
    asked: BTreeMap<WorkId, Asked<S::Work>>,
    photos: BTreeMap<PhotoNumber, Vec<u8>>,
}

/// Work that was asked for and has not come to anything yet.
struct Asked<W> {
    /// Until it begins.
    work: Option<W>,
    photo: Option<PhotoNumber>,
    signal: GiveUp,
}

/// What is to be done, and whether what stands beneath is to be opened anew.
pub(super) type Taken = (Vec<Effect>, bool);

impl<S: Side> Desk<S> {
    pub(super) fn new(at: Moment, language: Language) -> Self {
        let (flow, effects) = S::begin(at);
        let mut desk = Self {
            flow,
            language,
            at,
            told: Instant::now(),
            due: Vec::new(),
            wanted: Wanted::default(),
            asked: BTreeMap::new(),
            photos: BTreeMap::new(),
        };
        // A phone that has just been started has nothing to open anew.
        let (due, _) = desk.sort(effects);
        desk.due = due;
        desk
    }

    pub(super) fn screen(&self) -> Screen {
        S::screen(&self.flow, self.language, self.wanted)
    }

    pub(super) fn speak(&mut self, language: Language) {
        self.language = language;
    }

    pub(super) fn take(&mut self, at: Moment, input: S::Input) -> Taken {
        (self.at, self.told) = (at, Instant::now());
        let effects = S::take(&mut self.flow, at, input);
        self.sort(effects)
    }

    /// Work that is to be done now, with the photo that goes along; nothing where it was begun, or left.
    pub(super) fn begin(&mut self, id: WorkId) -> Option<(S::Work, Option<Vec<u8>>, GiveUp)> {
        let asked = self.asked.get_mut(&id)?;
        let work = asked.work.take()?;
        let photo = asked.photo.and_then(|photo| self.photos.get(&photo)).cloned();
        Some((work, photo, asked.signal.clone()))
    }

    /// Work came to something. Nobody tells the moment: it is as long after the last one as this machine says.
    pub(super) fn end(&mut self, id: WorkId, outcome: Result<S::Answer, S::Error>) -> Taken {
        self.forget(id);
        let passed = u64::try_from(self.told.elapsed().as_millis()).unwrap_or(0);
        let at = Moment {
            running_ms: self.at.running_ms.saturating_add(passed),
            wall: self.at.wall.plus(passed),
            ..self.at
        };
        let effects = S::take(&mut self.flow, at, S::done(id, outcome));
        self.sort(effects)
    }

    /// Work came to nothing.
    pub(super) fn forget(&mut self, id: WorkId) {
        self.asked.remove(&id);
    }

    pub(super) fn photographed(
        &mut self,
        at: Moment,
        number: PhotoNumber,
        jpeg: Vec<u8>,
        input: S::Input,
    ) -> Taken {
        self.photos.insert(number, jpeg);
        self.take(at, input)
    }

    pub(super) fn taken(&self, number: PhotoNumber) -> Option<Vec<u8>> {
        self.photos.get(&number).cloned()
    }

    /// Keeps what is done here, and gives the rest to the shell, in the order in which it came.
    fn sort(&mut self, effects: Vec<S::Effect>) -> Taken {
        let mut due = std::mem::take(&mut self.due);
        let mut reopens = false;
        for effect in effects {
            match S::todo(effect, self.language) {
                Todo::Work(id, work, photo) => {
                    self.asked.insert(id, Asked { work: Some(work), photo, signal: GiveUp::default() });
                    due.push(Effect::Work { id: id.0 });
                }
                Todo::GiveUp(id) => {
                    if let Some(asked) = self.asked.get(&id) {
                        asked.signal.give_up();
                    }
                }
                Todo::Drop(id) => self.leave(id),
                Todo::Forget(photo) => {
                    self.photos.remove(&photo);
                }
                Todo::Camera(camera) => self.wanted.camera = camera,
                Todo::Torch(torch) => self.wanted.torch = torch,
                Todo::Place(place) => self.wanted.place = place,
                Todo::Awake(awake) => self.wanted.awake = awake,
                Todo::Bright(bright) => self.wanted.bright = bright,
                Todo::Tell(effect) => due.push(effect),
                Todo::Reopen => {
                    let asked: Vec<WorkId> = self.asked.keys().copied().collect();
                    asked.into_iter().for_each(|id| self.leave(id));
                    reopens = true;
                }
            }
        }
        (due, reopens)
    }

    /// Work that has not begun never does; other work is left where it waits next.
    fn leave(&mut self, id: WorkId) {
        let Some(asked) = self.asked.get(&id) else { return };
        if asked.work.is_some() {
            self.asked.remove(&id);
        } else {
            asked.signal.leave();
        }
    }
}
