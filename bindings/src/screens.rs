//! The guard's screens as shells hold them: core's state machine with a station of its own beneath. A shell draws
//! [`Screen`], says what happened, and does what comes back; it decides nothing and knows no action by its name.

mod desk;
mod effect;
mod input;
mod screen;
#[cfg(test)]
mod tests;

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError, RwLock,
    atomic::{AtomicBool, Ordering},
};

use gatehouse_core::{
    device::{self, drive_unless},
    network::Steps,
    qr::{self, LiveReader, Reading},
    screens::{
        PhotoNumber,
        guard::{self, WorkId},
    },
    words::Language,
};

pub use effect::{Effect, Wanted};
pub use input::{Input, Moment};
pub use screen::{Countdown, Screen, ScreenButton, ScreenPicture, ScreenRow, StatusLine, Viewfinder};

use self::desk::Desk;
use crate::{
    DeviceTime, SecretStore, StationError,
    platform::{Secrets, Time},
};

/// A guard's phone: what it shows, and what is to be done. [`Self::carry`] blocks, [`Self::frame`] takes as long as
/// reading a frame does, and [`Self::face`] reads the disk; everything else is at once. Any number of threads may call.
/// The screen may be another one after each call.
#[derive(uniffi::Object)]
pub struct GuardScreens {
    folder: String,
    secrets: Arc<dyn device::SecretStore>,
    time: Arc<dyn device::DeviceTime>,
    desk: Mutex<Desk>,
    reader: Mutex<LiveReader>,
    /// Held for reading by each work that is under way: only who is alone may mend a damaged one while it opens.
    station: RwLock<Option<device::GuardStation>>,
    /// The station is to be closed before it is used again.
    closes: AtomicBool,
}

impl GuardScreens {
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take_core(&self, moment: Moment, input: guard::Input) -> Vec<Effect> {
        let (effects, reopens) = self.desk().take(moment.into(), input);
        self.note(reopens);
        effects
    }

    fn note(&self, reopens: bool) {
        if reopens {
            self.closes.store(true, Ordering::Release);
        }
    }

    /// Does something with the station, which is opened where it is not.
    fn at_station<T>(
        &self,
        does: impl FnOnce(&device::GuardStation) -> T,
    ) -> Result<T, device::StationError> {
        loop {
            if !self.closes.load(Ordering::Acquire) {
                let station = self.station.read().unwrap_or_else(PoisonError::into_inner);
                if let Some(station) = station.as_ref() {
                    return Ok(does(station));
                }
            }
            let mut station = self.station.write().unwrap_or_else(PoisonError::into_inner);
            if self.closes.swap(false, Ordering::AcqRel) {
                *station = None;
            }
            if station.is_none() {
                let (secrets, time) = (Arc::clone(&self.secrets), Arc::clone(&self.time));
                *station = Some(device::GuardStation::open(self.folder.clone(), secrets, time)?);
            }
        }
    }
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
        Self {
            folder,
            secrets: Arc::new(Secrets(secrets)),
            time: Arc::new(Time(time)),
            desk: Mutex::new(Desk::new(moment.into(), Language::accepted(language))),
            reader: Mutex::default(),
            station: RwLock::new(None),
            closes: AtomicBool::new(false),
        }
    }

    /// What is shown now.
    #[must_use]
    pub fn screen(&self) -> Screen {
        self.desk().screen()
    }

    /// Takes what happened, and gives what is to be done about it.
    #[must_use]
    pub fn take(&self, moment: Moment, input: Input) -> Vec<Effect> {
        self.take_core(moment, input.into_core())
    }

    /// Does the work that [`Effect::Work`] names, and gives what is to be done then. It blocks as long as the work
    /// takes; where the guard goes on without it, no longer than that. Work that was left meanwhile, or was carried
    /// before, gives nothing.
    #[must_use]
    pub fn carry(&self, id: u64) -> Vec<Effect> {
        let id = WorkId(id);
        let Some((work, photo, signal)) = self.desk().begin(id) else { return Vec::new() };
        let outcome = self.at_station(|station| {
            let steps = Steps::new(|line| station.carry(line, work, photo));
            drive_unless(station.network(), steps, &signal)
        });
        let outcome = match outcome {
            Ok(Some(outcome)) => outcome,
            Ok(None) => {
                self.desk().forget(id);
                return Vec::new();
            }
            Err(unopened) => Err(unopened),
        };
        let (effects, reopens) = self.desk().end(id, outcome);
        self.note(reopens);
        effects
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
        let frame = frame.turned(qr::Turn::from_degrees(turn));
        let Reading { codes, why } = self.reader.lock().unwrap_or_else(PoisonError::into_inner).read(&frame);
        let outlines = codes.iter().map(|code| code.corners).collect();
        let codes = codes.into_iter().map(|code| code.text).collect();
        Ok(self.take_core(moment, guard::Input::Frame(guard::Frame { codes, outlines, why })))
    }

    /// Takes the photo that [`Effect::TakePhoto`] asked for, under a number of the shell's own that it uses once. The
    /// bytes are kept here until they are not needed.
    #[must_use]
    pub fn photo(&self, moment: Moment, number: u64, jpeg: Vec<u8>) -> Vec<Effect> {
        let number = PhotoNumber(number);
        let (effects, reopens) = self.desk().photographed(moment.into(), number, jpeg);
        self.note(reopens);
        effects
    }

    /// The face that [`ScreenPicture::Face`] names, a small JPEG; nothing where it is not here any more. A store that
    /// fails says so at the next thing that is done.
    #[must_use]
    pub fn face(&self, event: &str) -> Option<Vec<u8>> {
        let event = event.parse().ok()?;
        self.at_station(|station| station.face_of(event)).ok()?.ok()?
    }

    /// The photo that [`ScreenPicture::Taken`] names; nothing once it is not needed.
    #[must_use]
    pub fn taken(&self, number: u64) -> Option<Vec<u8>> {
        self.desk().taken(PhotoNumber(number))
    }

    /// From now on screens speak the first of these languages that the core speaks, or English. Gives its tag.
    pub fn set_language(&self, language: &str) -> String {
        let language = Language::accepted(language);
        self.desk().speak(language);
        language.tag().to_owned()
    }
}
