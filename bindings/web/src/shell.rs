//! What drives screens and what stands beneath them, whosever they are.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
    sync::Arc,
    time::Duration,
};

use gatehouse_core::{
    device::{DeviceTime, GiveUp, Http, SecretStore, pause},
    network::{Failure, Step, Steps},
    qr::{self, LiveReader, Reading},
    screens::{Frame, Moment, PhotoNumber},
    time::UnixMillis,
    words::Language,
};
use js_sys::{Date, Function};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::WorkerGlobalScope;

use super::{
    signer,
    told::{Todo, Told, Wish},
};

/// How often files are made and room is asked for, at most. Milliseconds.
const TEND_EACH_MS: u64 = 60_000;

/// What a code that was read is asked about is shown once it takes so long, in milliseconds: a verdict mostly comes
/// sooner, and need not wait for a screen that is drawn only to be replaced.
const SHOWN_BUSY_AFTER_MS: u64 = 40;

/// Why there is nothing to show.
pub struct Refused {
    /// The stable code.
    pub code: String,
    /// Its words.
    pub text: Box<dyn Fn(Language) -> String>,
}

/// One side: a guard's or a member's.
pub trait Side: Sized + 'static {
    /// The state machine.
    type Screens: 'static;
    /// What it shows.
    type Screen: Serialize + PartialEq + 'static;
    /// What it takes.
    type Input: DeserializeOwned;
    /// What it has done.
    type Effect;
    /// What it asks for.
    type Work: 'static;
    /// What comes of that.
    type Answer: 'static;
    /// Or why nothing does.
    type Error: 'static;

    /// What its files, its key and its place are called.
    const NAME: &'static str;

    fn open(folder: &str, secrets: Arc<dyn SecretStore>, time: Arc<dyn DeviceTime>) -> Result<Self, Refused>;
    fn begin(now: Moment) -> (Self::Screens, Vec<Self::Effect>);
    fn take(screens: &mut Self::Screens, at: Moment, input: Self::Input) -> Vec<Self::Effect>;
    fn todo(effect: Self::Effect, language: Language) -> Todo<Self::Work>;
    fn screen(screens: &Self::Screens, language: Language) -> Self::Screen;
    fn carry(
        &self,
        work: Self::Work,
        photo: Option<Vec<u8>>,
    ) -> Steps<'static, Result<Self::Answer, Self::Error>>;
    fn done(work: u64, outcome: Result<Self::Answer, Self::Error>) -> Self::Input;
    fn photo(number: u64) -> Option<Self::Input>;
    fn frame(frame: Frame) -> Self::Input;
    fn face(&self, event: &str) -> Option<Vec<u8>>;
    fn export(&self) -> Vec<u8>;
}

/// What the page asks for, whichever side it is.
pub trait Page {
    /// As [`super::App::take`]. False where it is no input.
    fn take(self: Rc<Self>, at: Moment, input: &str) -> bool;
    fn frame(self: Rc<Self>, at: Moment, frame: &qr::Frame<'_>);
    fn photo(self: Rc<Self>, at: Moment, number: u64, jpeg: Vec<u8>);
    fn taken(&self, number: u64) -> Option<Vec<u8>>;
    fn face(&self, event: &str) -> Option<Vec<u8>>;
    fn speak(&self, language: Language);
    fn export(&self) -> Vec<u8>;
}

/// A piece of work under way.
#[derive(Default)]
struct Running {
    /// Its question.
    asks: Option<GiveUp>,
    /// It asked something already.
    asked: bool,
    /// Given up before it asked.
    given_up: bool,
}

/// The worker.
pub struct Shell<S: Side> {
    side: S,
    draw: Function,
    http: Http,
    screens: RefCell<S::Screens>,
    shown: RefCell<Option<S::Screen>>,
    /// What the page is to do and was not told yet.
    wishes: RefCell<Vec<Wish>>,
    /// What changed is not told yet: it is by what comes next, or soon.
    held_back: Cell<bool>,
    language: Cell<Language>,
    reader: RefCell<LiveReader>,
    running: RefCell<BTreeMap<u64, Running>>,
    photos: RefCell<BTreeMap<u64, Vec<u8>>>,
    tended_ms: Cell<u64>,
}

impl<S: Side> Shell<S> {
    /// Shows the first screen.
    pub fn begin(side: S, draw: Function, language: Language, now: Moment) -> Rc<Self> {
        let (screens, effects) = S::begin(now);
        let shell = Rc::new(Self {
            side,
            draw,
            http: Http::default(),
            screens: RefCell::new(screens),
            shown: RefCell::new(None),
            wishes: RefCell::default(),
            held_back: Cell::default(),
            language: Cell::new(language),
            reader: RefCell::default(),
            running: RefCell::default(),
            photos: RefCell::default(),
            tended_ms: Cell::new(now.running_ms),
        });
        shell.see_to(effects);
        shell
    }

    fn happened(self: &Rc<Self>, at: Moment, input: S::Input) {
        let effects = S::take(&mut self.screens.borrow_mut(), at, input);
        self.see_to(effects);
        self.tend(at);
    }

    /// Does what is to be done, and tells the page what is left to it.
    fn see_to(self: &Rc<Self>, effects: Vec<S::Effect>) {
        self.begin_all(effects);
        self.tell();
    }

    /// Has what is to be done begun, which happens once this returns. Whether there is work among it.
    fn begin_all(self: &Rc<Self>, effects: Vec<S::Effect>) -> bool {
        let mut works = false;
        for effect in effects {
            match S::todo(effect, self.language.get()) {
                Todo::Work(id, work, photo) => {
                    works = true;
                    self.start(id, work, photo);
                }
                Todo::GiveUp(id) => self.give_up(id),
                Todo::Drop(id) => {
                    // Its question ends with it.
                    if let Some(Running { asks: Some(asks), .. }) = self.running.borrow_mut().remove(&id) {
                        asks.now();
                    }
                }
                Todo::Forget(PhotoNumber(number)) => drop(self.photos.borrow_mut().remove(&number)),
                Todo::Tell(wish) => self.wishes.borrow_mut().push(wish),
            }
        }
        works
    }

    /// Tells the page a little later, unless something else is told before.
    fn tell_later(self: &Rc<Self>) {
        self.held_back.set(true);
        let shell = Rc::clone(self);
        spawn_local(async move {
            pause(SHOWN_BUSY_AFTER_MS).await;
            if shell.held_back.get() {
                shell.tell();
            }
        });
    }

    fn tell(&self) {
        self.held_back.set(false);
        let wishes = self.wishes.take();
        let screen = S::screen(&self.screens.borrow(), self.language.get());
        let changed = self.shown.borrow().as_ref() != Some(&screen);
        if !changed && wishes.is_empty() {
            return;
        }
        let told = Told { screen: changed.then_some(&screen), effects: &wishes };
        let json = serde_json::to_string(&told).unwrap_or_default();
        if changed {
            self.shown.replace(Some(screen));
        }
        // A worker that cannot post to its page has none any more.
        let _ = self.draw.call1(&JsValue::UNDEFINED, &json.into());
    }

    /// Work begins once what is to be shown is told.
    fn start(self: &Rc<Self>, id: u64, work: S::Work, photo: Option<PhotoNumber>) {
        let photo = photo.and_then(|PhotoNumber(number)| self.photos.borrow().get(&number).cloned());
        self.running.borrow_mut().insert(id, Running::default());
        let shell = Rc::clone(self);
        spawn_local(async move {
            let steps = shell.side.carry(work, photo);
            let Some(outcome) = shell.carry(id, steps).await else { return };
            shell.running.borrow_mut().remove(&id);
            shell.happened(now(), S::done(id, outcome));
        });
    }

    fn give_up(&self, id: u64) {
        if let Some(running) = self.running.borrow_mut().get_mut(&id) {
            match &running.asks {
                Some(asks) => asks.now(),
                None => running.given_up = !running.asked,
            }
        }
    }

    /// Takes work step by step, and gives what came of it; nothing where it was left.
    async fn carry<T>(&self, id: u64, mut steps: Steps<'static, T>) -> Option<T> {
        let began_ms = running_ms();
        let passed_ms = || running_ms().saturating_sub(began_ms);
        loop {
            // Left before it began, or while it waited.
            if !self.running.borrow().contains_key(&id) {
                return None;
            }
            steps = match steps.next(passed_ms()) {
                Step::Ask(question, mut steps) => {
                    let within = Duration::from_millis(question.until_ms.saturating_sub(passed_ms()));
                    let outcome = match self.http.begin(question.request, within) {
                        Ok(call) if self.asks(id, call.give_up()) => call.wait().await,
                        Ok(_) => Err(Failure::TimedOut),
                        Err(failure) => Err(failure),
                    };
                    self.asked(id);
                    // It is waited for: nothing else was asked since.
                    let _ = steps.answer(question.number, outcome);
                    steps
                }
                Step::Key(question, mut steps) => {
                    let within_ms = question.until_ms.saturating_sub(passed_ms());
                    let outcome = signer::carry(question.request, within_ms).await;
                    // One that is late was given up by then, and is an error either way.
                    let _ = steps.key_answered(question.number, outcome);
                    steps
                }
                Step::Wait(until_ms, steps) => {
                    pause(until_ms.saturating_sub(passed_ms())).await;
                    steps
                }
                Step::Done(done) => return Some(done),
            }
        }
    }

    /// Work has a question under way. False where that was given up before.
    fn asks(&self, id: u64, give_up: GiveUp) -> bool {
        let mut running = self.running.borrow_mut();
        let Some(running) = running.get_mut(&id) else { return false };
        running.asks = Some(give_up);
        running.asked = true;
        !std::mem::take(&mut running.given_up)
    }

    fn asked(&self, id: u64) {
        if let Some(running) = self.running.borrow_mut().get_mut(&id) {
            running.asks = None;
        }
    }

    /// Now and then the files are seen to, so that there are enough, and room that came back is used.
    fn tend(&self, at: Moment) {
        if at.since(self.tended_ms.get()) >= TEND_EACH_MS {
            self.tended_ms.set(at.running_ms);
            spawn_local(async {
                // What failed is tried again.
                let _ = gatehouse_opfs::tend().await;
            });
        }
    }
}

impl<S: Side> Page for Shell<S> {
    fn take(self: Rc<Self>, at: Moment, input: &str) -> bool {
        serde_json::from_str(input).map(|input| self.happened(at, input)).is_ok()
    }

    fn frame(self: Rc<Self>, at: Moment, frame: &qr::Frame<'_>) {
        // A code was just read: what is on the camera meanwhile would only be read in its way.
        if self.held_back.get() {
            return;
        }
        let Reading { codes, why } = self.reader.borrow_mut().read(frame);
        let outlines = codes.iter().map(|code| code.corners).collect();
        let codes = codes.into_iter().map(|code| code.text).collect();
        let effects = S::take(&mut self.screens.borrow_mut(), at, S::frame(Frame { codes, outlines, why }));
        if self.begin_all(effects) {
            self.tell_later();
        } else {
            self.tell();
        }
        self.tend(at);
    }

    fn photo(self: Rc<Self>, at: Moment, number: u64, jpeg: Vec<u8>) {
        if let Some(input) = S::photo(number) {
            self.photos.borrow_mut().insert(number, jpeg);
            self.happened(at, input);
        }
    }

    fn taken(&self, number: u64) -> Option<Vec<u8>> {
        self.photos.borrow().get(&number).cloned()
    }

    fn face(&self, event: &str) -> Option<Vec<u8>> {
        self.side.face(event)
    }

    fn speak(&self, language: Language) {
        self.language.set(language);
        self.shown.replace(None);
        self.tell();
    }

    fn export(&self) -> Vec<u8> {
        self.side.export()
    }
}

/// The clocks now.
fn now() -> Moment {
    let zone_s = -(Date::new_0().get_timezone_offset() * 60.0) as i32;
    Moment { running_ms: running_ms(), wall: UnixMillis::new(Date::now() as u64), zone_s }
}

fn running_ms() -> u64 {
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    scope.performance().map_or(0, |clock| clock.now() as u64)
}
