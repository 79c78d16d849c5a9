//! A phone of either side: its screens, and what stands beneath them.

use std::sync::{
    Mutex, MutexGuard, PoisonError, RwLock,
    atomic::{AtomicBool, Ordering},
};

use gatehouse_core::{
    qr::{self, LiveReader, Reading},
    screens::{Frame, PhotoNumber, WorkId},
    words::Language,
};

use super::{
    Effect, Moment, Screen,
    desk::{Desk, Taken},
    side::Side,
};

/// Opens what stands beneath.
type Opens<S> = Box<dyn Fn() -> Result<S, <S as Side>::Error> + Send + Sync>;

/// A phone: what it shows, and what is to be done.
pub(super) struct Phone<S: Side> {
    opens: Opens<S>,
    desk: Mutex<Desk<S>>,
    reader: Mutex<LiveReader>,
    /// Held for reading by each work that is under way: only who is alone may mend a damaged one while it opens.
    beneath: RwLock<Option<S>>,
    /// It is to be closed before it is used again.
    closes: AtomicBool,
}

impl<S: Side> Phone<S> {
    /// A phone of which nothing was opened yet.
    pub(super) fn start(
        moment: Moment,
        language: &str,
        opens: impl Fn() -> Result<S, S::Error> + Send + Sync + 'static,
    ) -> Self {
        Self {
            opens: Box::new(opens),
            desk: Mutex::new(Desk::new(moment.into(), Language::accepted(language))),
            reader: Mutex::default(),
            beneath: RwLock::new(None),
            closes: AtomicBool::new(false),
        }
    }

    fn desk(&self) -> MutexGuard<'_, Desk<S>> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is to be done by the shell; that it is to be opened anew is noted here.
    fn noted(&self, (effects, reopens): Taken) -> Vec<Effect> {
        if reopens {
            self.closes.store(true, Ordering::Release);
        }
        effects
    }

    pub(super) fn screen(&self) -> Screen {
        self.desk().screen()
    }

    pub(super) fn take(&self, moment: Moment, input: S::Input) -> Vec<Effect> {
        let taken = self.desk().take(moment.into(), input);
        self.noted(taken)
    }

    /// Does work that was asked for, and gives what is to be done then.
    pub(super) fn carry(&self, id: u64) -> Vec<Effect> {
        let id = WorkId(id);
        let Some((work, photo, signal)) = self.desk().begin(id) else { return Vec::new() };
        let outcome = match self.at(|beneath| beneath.drive(work, photo, &signal)) {
            Ok(Some(outcome)) => outcome,
            Ok(None) => {
                self.desk().forget(id);
                return Vec::new();
            }
            Err(unopened) => Err(unopened),
        };
        let taken = self.desk().end(id, outcome);
        self.noted(taken)
    }

    /// Takes what a frame of the running camera shows.
    pub(super) fn frame(&self, moment: Moment, frame: &qr::Frame<'_>) -> Vec<Effect> {
        let Reading { codes, why } = self.reader.lock().unwrap_or_else(PoisonError::into_inner).read(frame);
        let outlines = codes.iter().map(|code| code.corners).collect();
        let codes = codes.into_iter().map(|code| code.text).collect();
        self.take(moment, S::frame(Frame { codes, outlines, why }))
    }

    /// Keeps a photo, and takes that it is there.
    pub(super) fn photographed(
        &self,
        moment: Moment,
        number: PhotoNumber,
        jpeg: Vec<u8>,
        input: S::Input,
    ) -> Vec<Effect> {
        let taken = self.desk().photographed(moment.into(), number, jpeg, input);
        self.noted(taken)
    }

    pub(super) fn taken(&self, number: PhotoNumber) -> Option<Vec<u8>> {
        self.desk().taken(number)
    }

    /// Gives the tag of the language that the screens speak from now on.
    pub(super) fn set_language(&self, language: &str) -> String {
        let language = Language::accepted(language);
        self.desk().speak(language);
        language.tag().to_owned()
    }

    /// Does something with what stands beneath, which is opened where it is not.
    pub(super) fn at<T>(&self, does: impl FnOnce(&S) -> T) -> Result<T, S::Error> {
        loop {
            if !self.closes.load(Ordering::Acquire) {
                let beneath = self.beneath.read().unwrap_or_else(PoisonError::into_inner);
                if let Some(beneath) = beneath.as_ref() {
                    return Ok(does(beneath));
                }
            }
            let mut beneath = self.beneath.write().unwrap_or_else(PoisonError::into_inner);
            if self.closes.swap(false, Ordering::AcqRel) {
                *beneath = None;
            }
            if beneath.is_none() {
                *beneath = Some((self.opens)()?);
            }
        }
    }
}
