//! The guard's screens, with a station of their own beneath.

use std::sync::Arc;

use gatehouse_core::{
    device::{self, GiveUp, drive_unless},
    network::Steps,
    qr,
    screens::{
        self, PhotoNumber, WorkId,
        guard::{self, Answer, Guard, Work},
    },
    words::Language,
};

use super::{
    Effect, Input, Moment, Screen, Wanted,
    phone::Phone,
    side::{Side, Todo},
};
use crate::{
    DeviceTime, SecretStore, StationError,
    platform::{Secrets, Time},
};

/// A guard's phone: what it shows, and what is to be done. [`Self::carry`] blocks, [`Self::frame`] takes as long as
/// reading a frame does, and [`Self::face`] reads the disk; everything else is at once. Any number of threads may call.
/// The screen may be another one after each call.
#[derive(uniffi::Object)]
pub struct GuardScreens {
    phone: Phone<device::GuardStation>,
}

#[uniffi::export]
impl GuardScreens {
    /// The screens of the station in `folder`. Nothing is read yet: the station is opened by the first work, and one
    /// that cannot be opened is a screen like any other. What is to be done first comes with the next call that gives
    /// effects. `language` are the phone's languages, as for [`crate::speak`].
    #[uniffi::constructor]
    #[must_use]
    pub fn open(
        folder: String,
        secrets: Arc<dyn SecretStore>,
        time: Arc<dyn DeviceTime>,
        language: &str,
        moment: Moment,
    ) -> Self {
        let secrets: Arc<dyn device::SecretStore> = Arc::new(Secrets(secrets));
        let time: Arc<dyn device::DeviceTime> = Arc::new(Time(time));
        let phone = Phone::<device::GuardStation>::start(moment, language, move || {
            device::GuardStation::open(folder.clone(), Arc::clone(&secrets), Arc::clone(&time))
        });
        Self { phone }
    }

    /// What is shown now.
    #[must_use]
    pub fn screen(&self) -> Screen {
        self.phone.screen()
    }

    /// Takes what happened, and gives what is to be done about it.
    #[must_use]
    pub fn take(&self, moment: Moment, input: Input) -> Vec<Effect> {
        self.phone.take(moment, input.into())
    }

    /// Does the work that [`Effect::Work`] names, and gives what is to be done then. It blocks as long as the work
    /// takes; where the guard goes on without it, no longer than that. Work that was left meanwhile, or was carried
    /// before, gives nothing.
    #[must_use]
    pub fn carry(&self, id: u64) -> Vec<Effect> {
        self.phone.carry(id)
    }

    /// Takes a frame of the running camera; `luma`, `row_stride` and `turn` are as in
    /// [`crate::GuardStation::see_frame`]. The bytes are borrowed, not copied over: Kotlin passes a direct
    /// `ByteBuffer`.
    ///
    /// # Errors
    /// Fewer bytes than the measures promise.
    pub fn frame(
        &self,
        moment: Moment,
        luma: &[u8],
        width: u32,
        height: u32,
        row_stride: u32,
        turn: u32,
    ) -> Result<Vec<Effect>, StationError> {
        let frame = qr::Frame::new(luma, width, height, row_stride).map_err(device::StationError::from)?;
        Ok(self.phone.frame(moment, &frame.turned(qr::Turn::from_degrees(turn))))
    }

    /// Takes the photo that [`Effect::TakePhoto`] asked for, under a number of the shell's own that it uses once. The
    /// bytes are kept here until they are not needed.
    #[must_use]
    pub fn photo(&self, moment: Moment, number: u64, jpeg: Vec<u8>) -> Vec<Effect> {
        let number = PhotoNumber(number);
        self.phone.photographed(moment, number, jpeg, guard::Input::Photo(Some(number)))
    }

    /// The face that [`crate::ScreenPicture::Face`] names, a small JPEG; nothing where it is not here any more. A store
    /// that fails says so at the next thing that is done.
    #[must_use]
    pub fn face(&self, event: &str) -> Option<Vec<u8>> {
        let event = event.parse().ok()?;
        self.phone.at(|station| station.face_of(event)).ok()?.ok()?
    }

    /// The photo that [`crate::ScreenPicture::Taken`] names; nothing once it is not needed.
    #[must_use]
    pub fn taken(&self, number: u64) -> Option<Vec<u8>> {
        self.phone.taken(PhotoNumber(number))
    }

    /// From now on screens speak the first of these languages that the core speaks, or English. Gives its tag.
    pub fn set_language(&self, language: &str) -> String {
        self.phone.set_language(language)
    }
}

impl Side for device::GuardStation {
    type Flow = Guard;
    type Input = guard::Input;
    type Effect = guard::Effect;
    type Work = Work;
    type Answer = Answer;
    type Error = device::StationError;

    fn begin(at: screens::Moment) -> (Guard, Vec<guard::Effect>) {
        Guard::open(at)
    }

    fn take(flow: &mut Guard, at: screens::Moment, input: guard::Input) -> Vec<guard::Effect> {
        flow.take(at, input)
    }

    fn screen(flow: &Guard, language: Language, wanted: Wanted) -> Screen {
        Screen::of(flow.screen(language), wanted)
    }

    fn todo(effect: guard::Effect, _: Language) -> Todo<Work> {
        match effect {
            guard::Effect::Work(id, work) => {
                let photo = work.photo();
                Todo::Work(id, work, photo)
            }
            guard::Effect::GiveUp(id) => Todo::GiveUp(id),
            guard::Effect::Drop(id) => Todo::Drop(id),
            guard::Effect::Play(tone) => Todo::Tell(tone.into()),
            guard::Effect::Camera(camera) => Todo::Camera(camera),
            guard::Effect::Torch(torch) => Todo::Torch(torch),
            guard::Effect::NextCamera => Todo::Tell(Effect::NextCamera),
            guard::Effect::TakePhoto => Todo::Tell(Effect::TakePhoto),
            guard::Effect::ForgetPhoto(photo) => Todo::Forget(photo),
            guard::Effect::WatchPlace(place) => Todo::Place(place),
            guard::Effect::AskForFix => Todo::Tell(Effect::AskForFix),
            guard::Effect::KeepAwake(awake) => Todo::Awake(awake),
            guard::Effect::OpenSettings => Todo::Tell(Effect::OpenSettings),
            guard::Effect::Reopen => Todo::Reopen,
        }
    }

    fn frame(frame: screens::Frame) -> guard::Input {
        guard::Input::Frame(frame)
    }

    fn done(id: WorkId, outcome: Result<Answer, device::StationError>) -> guard::Input {
        guard::Input::Done(id, outcome.map_err(Arc::new))
    }

    fn drive(
        &self,
        work: Work,
        photo: Option<Vec<u8>>,
        signal: &GiveUp,
    ) -> Option<Result<Answer, device::StationError>> {
        let steps = Steps::new(|line| self.carry(line, work, photo));
        drive_unless(self.network(), steps, signal)
    }
}
