//! A phone that draws the screens and carries out what they ask for, as every shell does.

use std::collections::{BTreeSet, VecDeque};

use gatehouse_core::screens::{
    FieldName, Moment, PhotoNumber, Tone,
    guard::{Action, CameraUse, Effect, Frame, Guard, Input, Screen, Work, WorkId},
};
use gatehouse_core::words::Language;

use super::{
    super::*,
    station::{DAY, Station},
};

pub struct Phone {
    pub guard: Guard,
    pub station: Station,
    pub now: Moment,
    /// Work that waits for the station.
    pub work: VecDeque<(WorkId, Work)>,
    /// Whether work waits until it is carried out by hand.
    pub slow: bool,
    pub camera: Option<CameraUse>,
    pub tones: Vec<Tone>,
    pub photos: BTreeSet<PhotoNumber>,
    pub effects: Vec<Effect>,
    taken: u64,
}

impl Phone {
    pub fn new(station: Station) -> Self {
        let now = Moment { running_ms: 1_000, wall: UnixMillis::new(DAY), zone_s: 7_200 };
        let (guard, effects) = Guard::open(now);
        let mut phone = Self {
            guard,
            station,
            now,
            work: VecDeque::new(),
            slow: false,
            camera: None,
            tones: Vec::new(),
            photos: BTreeSet::new(),
            effects: Vec::new(),
            taken: 0,
        };
        phone.carry_out(effects);
        phone.finish();
        phone
    }

    /// A phone at the camera, with a shift that has just begun.
    pub fn at_work() -> Self {
        let station = Station {
            enrolled: true,
            signed_in: true,
            has_pin: true,
            shift: Some(UnixMillis::new(DAY)),
            shifts: 1,
            ..Station::default()
        };
        let mut phone = Self::new(station);
        phone.wait(1_000);
        phone.take(Input::Fix(Some(Fix { latitude_e6: 1, longitude_e6: 2, accuracy_m: 12 })));
        phone
    }

    /// The process is killed and started again: all that is left is what the station has.
    pub fn kill(self) -> Self {
        Self { now: self.now, ..Self::new(self.station) }
    }

    pub fn screen(&self) -> Screen {
        self.guard.screen(Language::English)
    }

    pub fn take(&mut self, input: Input) {
        let effects = self.guard.take(self.now, input);
        self.carry_out(effects);
        if !self.slow {
            self.finish();
        }
    }

    /// Everything that was asked of the station.
    pub fn finish(&mut self) {
        while !self.work.is_empty() {
            self.finish_one();
        }
    }

    pub fn finish_one(&mut self) {
        let Some((id, work)) = self.work.pop_front() else { return };
        let outcome = self.station.does(&work);
        let effects = self.guard.take(self.now, Input::Done(id, outcome));
        self.carry_out(effects);
    }

    pub fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match &effect {
                Effect::Work(id, work) => self.work.push_back((*id, work.clone())),
                Effect::Drop(id) => self.work.retain(|(asked, _)| asked != id),
                Effect::Camera(camera) => self.camera = *camera,
                Effect::Play(tone) => self.tones.push(*tone),
                Effect::ForgetPhoto(photo) => {
                    self.photos.remove(photo);
                }
                Effect::Reopen => self.work.clear(),
                _ => {}
            }
            let takes = effect == Effect::TakePhoto;
            self.effects.push(effect);
            if takes && !self.slow {
                self.photo();
            }
        }
    }

    pub fn photo(&mut self) {
        self.taken += 1;
        let photo = PhotoNumber(self.taken);
        self.photos.insert(photo);
        let effects = self.guard.take(self.now, Input::Photo(Some(photo)));
        self.carry_out(effects);
    }

    pub fn wait(&mut self, ms: u64) {
        self.now.running_ms += ms;
        self.now.wall = self.now.wall.plus(ms);
        self.station.now = self.station.now.plus(ms);
        self.take(Input::Tick);
    }

    /// A tap once the screen has stood long enough.
    pub fn tap(&mut self, action: Action) {
        self.wait(400);
        self.tap_now(action);
    }

    pub fn tap_now(&mut self, action: Action) {
        let screen = self.screen();
        self.take(Input::tap(&screen, action));
    }

    pub fn hold(&mut self, action: Action) {
        self.wait(1_200);
        let screen = self.screen().number;
        self.take(Input::Held { screen, action, ms: 1_100 });
    }

    pub fn type_in(&mut self, field: FieldName, text: &str) {
        let screen = self.screen().number;
        self.take(Input::Typed { screen, field, text: text.to_owned() });
    }

    /// Frames that show this code until it was looked at, and then none.
    pub fn show(&mut self, code: &str) {
        self.wait(100);
        self.take(Input::Frame(Frame { codes: vec![code.to_owned()], ..Frame::default() }));
    }

    /// Nothing is before the camera any more.
    pub fn clear(&mut self) {
        self.station.rested = None;
        self.wait(100);
        self.take(Input::Frame(Frame::default()));
    }

    /// Whether a button, or a row, can be used now.
    pub fn can(&self, action: Action) -> bool {
        let screen = self.screen();
        let button = screen.buttons.iter().any(|button| button.action == action && button.enabled);
        button || screen.rows.iter().any(|row| row.action == Some(action))
    }
}
