//! The guard's screens.
//!
//! [`Guard`] holds where the guard is and what is known; [`Guard::take`] takes what happened and gives what is to be
//! done; [`Guard::screen`] is what is shown now. Which screen lies beneath the others follows from the station's status
//! and from nothing else: not enrolled, nobody signed in, no shift, or the camera. That is why a phone that was killed
//! comes back to where it was, once the status is there, and why nothing of it has to be kept.
//!
//! Each input comes with the phone's clocks at that moment, and each tap with the number of the screen that it was meant
//! for, because a verdict may come up under a thumb that is already on its way.

mod action;
mod acts;
mod answers;
mod at_gate;
mod effect;
mod entering;
mod failures;
mod here;
mod input;
mod lists;
mod offers;
mod place;
mod show;
mod stop;
mod time;

use std::collections::{BTreeMap, VecDeque};

pub use super::{CameraSays, CameraTrouble, CameraUse, Frame, WorkId};
pub use action::{Action, Kind, Usual};
pub use effect::{Answer, Effect, Work};
pub use input::Input;

use self::{
    action::Did,
    here::Here,
    place::{Base, Judged, Over, Trouble},
    stop::Stop,
};
use super::{Moment, Tone, screen};
use crate::{
    device::{GuardHere, SiteHere, StationStatus, StuckEntry},
    id::EntryId,
    time::UnixMillis,
};

/// What a guard's phone shows.
pub type Screen = screen::Screen<Kind, Action>;

/// Where the guard is and what is known.
#[derive(Debug)]
pub struct Guard {
    now: Moment,
    base: Base,
    over: Vec<Over>,
    shown: Shown,
    asked: BTreeMap<WorkId, Work>,
    next: u64,
    effects: Vec<Effect>,
    station: Station,
    phone: Phone,
    wanted: Wanted,
    eye: Eye,
    /// Judged events that wait until the camera is free: each is on the disk, and none is passed over.
    waiting: VecDeque<Judged>,
    last: Option<Last>,
    /// What could not be done, said at the camera until the next thing is done.
    notice: Option<Trouble>,
    /// What the guard was told of, to be told once.
    told: Vec<Stop>,
    /// The guard ended the shift, so nobody needs to be told that it is over.
    ending: bool,
    /// The code of a link, until it is known whether one counts.
    link: Option<String>,
}

/// Which screen is shown, since when.
#[derive(Debug, Default)]
struct Shown {
    number: u64,
    since_ms: u64,
    key: Option<(Kind, usize, u8, Option<EntryId>)>,
    /// The judgement that was heard.
    heard: Option<(EntryId, u32)>,
}

/// What the station said.
#[derive(Debug, Default)]
struct Station {
    status: Option<Box<StationStatus>>,
    /// Asked for once more when the answer is there: something changed meanwhile.
    status_again: bool,
    /// What was left undecided is to be shown, and was not given yet.
    owes_undecided: bool,
    asked_ms: Option<u64>,
    settled_ms: u64,
    sync_due_ms: Option<u64>,
    /// Whether the server was reached last.
    reached: Option<bool>,
    lost_at: Option<UnixMillis>,
    sites: Vec<SiteHere>,
    guards: Vec<GuardHere>,
    stuck: Vec<StuckEntry>,
}

/// What the phone said.
#[derive(Debug)]
struct Phone {
    foreground: bool,
    battery: Option<u8>,
    kept: bool,
    here: Here,
    camera: Option<CameraSays>,
    torch: bool,
    mirrored: bool,
}

/// What the platform was told last.
#[derive(Debug, Default, PartialEq, Eq, Clone, Copy)]
struct Wanted {
    camera: Option<CameraUse>,
    torch: bool,
    place: bool,
    awake: bool,
}

/// What the camera sees.
#[derive(Debug, Default)]
struct Eye {
    frame: Frame,
    /// A scan under way, and since when.
    scan: Option<(WorkId, u64)>,
    /// Its question to the server was given up.
    given_up: bool,
    /// Codes whose scan was left: as long as they are in sight, they are none.
    left: Option<Vec<String>>,
    /// When a code was read last, or the camera began to look.
    read_ms: u64,
    problem: Option<Trouble>,
}

/// What was done last.
#[derive(Debug)]
struct Last {
    who: Option<String>,
    did: Did,
    at: UnixMillis,
}

impl Guard {
    /// A phone that has just been started, also after it was killed in the middle of something.
    #[must_use]
    pub fn open(now: Moment) -> (Self, Vec<Effect>) {
        let mut guard = Self {
            now,
            base: Base::Opening,
            over: Vec::new(),
            // Screens of a phone that was started anew are no others' of before it.
            shown: Shown { number: now.wall.get(), ..Shown::default() },
            asked: BTreeMap::new(),
            next: 1,
            effects: Vec::new(),
            station: Station::default(),
            phone: Phone {
                foreground: true,
                battery: None,
                kept: true,
                here: Here::default(),
                camera: None,
                torch: false,
                mirrored: false,
            },
            wanted: Wanted::default(),
            eye: Eye::default(),
            waiting: VecDeque::new(),
            last: None,
            notice: None,
            told: Vec::new(),
            ending: false,
            link: None,
        };
        guard.ask_status();
        guard.appear();
        let effects = std::mem::take(&mut guard.effects);
        (guard, effects)
    }

    /// Takes what happened, and gives what is to be done about it, in this order.
    pub fn take(&mut self, at: Moment, input: Input) -> Vec<Effect> {
        let running_ms = at.running_ms.max(self.now.running_ms);
        self.now = Moment { running_ms, ..at };
        self.heed(input);
        self.pass();
        self.settle();
        self.follow_link();
        self.appear();
        self.arrange();
        std::mem::take(&mut self.effects)
    }

    fn heed(&mut self, input: Input) {
        match input {
            Input::Tap { screen, action } => self.touched(screen, action, 0),
            Input::Held { screen, action, ms } => self.touched(screen, action, ms),
            Input::Back => {
                let back = [Action::Back, Action::Leave, Action::No, Action::Stay, Action::GoOn];
                if let Some(action) = back.into_iter().find(|action| self.offered(*action).is_some()) {
                    self.touched(self.shown.number, action, 0);
                }
            }
            Input::Typed { screen, field, text } if screen == self.shown.number => self.typed(field, text),
            Input::Typed { .. } => {}
            Input::Frame(frame) => self.saw(frame),
            Input::Line(line) => self.read_line(&line),
            Input::Link(code) => self.link = Some(code),
            Input::Camera(says) => self.camera(says),
            Input::Photo(photo) => self.photographed(photo),
            Input::Tick => {}
            Input::Foreground(foreground) => self.phone.foreground = foreground,
            Input::Online(online) => self.network(online),
            Input::Battery(percent) => self.phone.battery = percent,
            Input::Kept(kept) => self.phone.kept = kept,
            Input::Fix(fix) => self.phone.here.told(fix, &self.now),
            Input::EarlierFix { fix, age_ms } => self.phone.here.told_earlier(fix, age_ms, &self.now),
            Input::Mirrored(mirrored) => self.phone.mirrored = mirrored,
            Input::Restarted => self.restarted(),
            Input::Done(work, outcome) => self.answered(work, outcome),
        }
    }

    /// A finger: counted only where this screen offers that, has stood long enough, and was held where it must be.
    fn touched(&mut self, screen: u64, action: Action, ms: u32) {
        let stood_ms = self.now.since(self.shown.since_ms);
        let offer = self.offered(action).filter(|_| screen == self.shown.number);
        if offer.is_some_and(|offer| offer.takes(stood_ms, ms)) {
            self.act(action);
        }
    }

    /// Asks the station for something.
    fn ask(&mut self, work: Work) -> WorkId {
        let id = WorkId(self.next);
        self.next += 1;
        self.effects.push(Effect::Work(id, work.clone()));
        self.asked.insert(id, work);
        id
    }

    /// Asks how the station stands; while that is being asked already, once more behind it.
    fn ask_status(&mut self) {
        if self.asked.values().any(|work| *work == Work::Status) {
            self.station.status_again = true;
            return;
        }
        self.station.asked_ms = Some(self.now.running_ms);
        self.ask(Work::Status);
    }

    /// Puts a screen over the others.
    fn push(&mut self, over: Over) {
        self.over.push(over);
    }

    /// Takes the uppermost screen away.
    fn pop(&mut self) {
        if let Some(over) = self.over.pop() {
            self.let_go(&over);
        }
    }

    /// Back to the screen beneath all others.
    fn home(&mut self) {
        for over in std::mem::take(&mut self.over) {
            self.let_go(&over);
        }
    }

    /// A screen is left for good: what the shell keeps for it is not needed.
    fn let_go(&mut self, over: &Over) {
        if let Some(photo) = over.photo() {
            self.effects.push(Effect::ForgetPhoto(photo));
        }
    }

    fn kind(&self) -> Kind {
        self.over.last().map_or_else(|| self.base.kind(), Over::kind)
    }

    /// Whether the camera looks for codes at a gate.
    fn is_looking(&self) -> bool {
        matches!(self.base, Base::Camera) && self.over.is_empty()
    }

    /// Counts a screen that has come up, and lets it be heard.
    fn appear(&mut self) {
        let stage = self.over.last().map_or_else(|| self.base.stage(), Over::stage);
        let judged = self.over.last().and_then(Over::judged);
        let event = judged.map(|judged| judged.result.event);
        let key = Some((self.kind(), self.over.len(), stage, event));
        let judgement = judged.map(|judged| (judged.result.event, judged.result.judgement));
        let another = judgement.is_some() && judgement != self.shown.heard;
        if key == self.shown.key && !another {
            return;
        }
        self.shown.number += 1;
        self.shown.since_ms = self.now.running_ms;
        self.shown.key = key;
        if another {
            self.shown.heard = judgement;
            let verdict = judged.and_then(|judged| judged.result.verdict);
            self.effects.extend(verdict.map(|verdict| Effect::Play(Tone::from(verdict))));
        } else if matches!(self.over.last(), Some(Over::Stop(_) | Over::News(_))) {
            self.effects.push(Effect::Play(Tone::Stopped));
        }
    }
}
