//! The member's screens.
//!
//! [`Member`] holds where the member is and what is known; [`Member::take`] takes what happened and gives what is to be
//! done; [`Member::screen`] is what is shown now. Beneath the others lies the access ID, or what is missing until there
//! is one: an organisation, and somebody signed in. That follows from the wallet's status and from nothing else.
//!
//! Over all of them lies the app's lock. Whoever leaves the app covers every screen at once, and nothing is uncovered
//! before the wallet has said, asked after that, that the app is not locked.

mod action;
mod acts;
mod answers;
mod effect;
mod entering;
mod failures;
mod input;
mod inviting;
mod messages;
mod offers;
mod pass;
mod place;
mod show;
mod stop;
mod time;

use std::collections::BTreeMap;

pub use super::{CameraSays, CameraTrouble, CameraUse, Frame, WorkId};
pub use action::{Action, Kind, When};
pub use effect::{Answer, Effect, Share, Sharing, Work};
pub use input::{Input, Unlocking};

use self::{
    pass::Pass,
    place::{Base, Cover, Locked, Over},
    stop::{ClockOff, Stop},
};
use super::{Moment, Tone, screen};
use crate::{
    device::{OwnInvitations, OwnMessages, RecentEntries, WalletStatus},
    time::UnixMillis,
    words::Id,
};

/// What a member's phone shows.
pub type Screen = screen::Screen<Kind, Action>;

/// Where the member is and what is known.
#[derive(Debug)]
pub struct Member {
    now: Moment,
    base: Base,
    over: Vec<Over>,
    cover: Cover,
    lock: Option<Locked>,
    shown: Shown,
    asked: BTreeMap<WorkId, Work>,
    next: u64,
    effects: Vec<Effect>,
    wallet: Wallet,
    phone: Phone,
    wanted: Wanted,
    pass: Pass,
    /// What was done, said on the base until the next thing is done.
    notice: Option<Id>,
    /// What the member was told of, to be told once.
    told: Vec<Stop>,
    /// The member signed out, so nobody needs to be told that they are.
    leaving: bool,
    /// The code of a link, until it is known whether one counts.
    link: Option<String>,
}

/// Which screen is shown, since when.
#[derive(Debug, Default)]
struct Shown {
    number: u64,
    since_ms: u64,
    key: Option<(Kind, usize, u8)>,
}

/// What the wallet said.
#[derive(Debug, Default)]
struct Wallet {
    status: Option<Box<WalletStatus>>,
    /// When it said so.
    status_ms: u64,
    /// Asked for once more when the answer is there: something changed meanwhile.
    status_again: bool,
    asked_ms: u64,
    asked_wall: UnixMillis,
    /// By how much the phone's clock is off, where that is far.
    clock_off: Option<ClockOff>,
    /// Whether the server was reached last.
    reached: Option<bool>,
    lost_at: Option<UnixMillis>,
    invitations: Option<OwnInvitations>,
    recent: Option<RecentEntries>,
    messages: Option<OwnMessages>,
    /// When they were asked for last, since the member came.
    messages_ms: Option<u64>,
}

/// What the phone said.
#[derive(Debug)]
struct Phone {
    foreground: bool,
    battery: Option<u8>,
    camera: Option<CameraSays>,
}

/// What the platform was told last.
#[derive(Debug, Default, PartialEq, Eq, Clone, Copy)]
struct Wanted {
    camera: Option<CameraUse>,
    awake: bool,
    bright: bool,
}

/// The screen that is seen.
enum Top<'a> {
    Stop(&'a Stop),
    Covered,
    Locked(&'a Locked),
    Over(&'a Over),
    Base(&'a Base),
}

impl Member {
    /// A phone that has just been started, also after it was killed in the middle of something.
    #[must_use]
    pub fn open(now: Moment) -> (Self, Vec<Effect>) {
        let mut member = Self {
            now,
            base: Base::Opening,
            over: Vec::new(),
            cover: Cover::Left,
            lock: None,
            // Screens of a phone that was started anew are no others' of before it.
            shown: Shown { number: now.wall.get(), ..Shown::default() },
            asked: BTreeMap::new(),
            next: 1,
            effects: Vec::new(),
            wallet: Wallet::default(),
            phone: Phone { foreground: true, battery: None, camera: None },
            wanted: Wanted::default(),
            pass: Pass::default(),
            notice: None,
            told: Vec::new(),
            leaving: false,
            link: None,
        };
        member.uncover();
        member.appear();
        let effects = std::mem::take(&mut member.effects);
        (member, effects)
    }

    /// Takes what happened, and gives what is to be done about it, in this order.
    pub fn take(&mut self, at: Moment, input: Input) -> Vec<Effect> {
        let running_ms = at.running_ms.max(self.now.running_ms);
        self.now = Moment { running_ms, ..at };
        self.heed(input);
        self.settle();
        self.follow_link();
        self.pass();
        self.appear();
        self.arrange();
        std::mem::take(&mut self.effects)
    }

    fn heed(&mut self, input: Input) {
        match input {
            Input::Tap { screen, action } => self.touched(screen, action, 0),
            Input::Held { screen, action, ms } => self.touched(screen, action, ms),
            Input::Back => {
                let back = [Action::Back, Action::No, Action::Stay, Action::GoOn];
                if let Some(action) = back.into_iter().find(|action| self.offered(*action).is_some()) {
                    self.touched(self.shown.number, action, 0);
                }
            }
            Input::Typed { screen, field, text } if screen == self.shown.number => self.typed(field, text),
            Input::Typed { .. } => {}
            Input::Frame(frame) => self.saw(&frame.codes),
            Input::Line(line) => self.saw(&[line.trim().to_owned()]),
            Input::Link(code) => self.link = Some(code),
            Input::Camera(says) => self.phone.camera = Some(says),
            Input::Tick => {}
            Input::Foreground(foreground) => self.foreground(foreground),
            Input::Online(online) => self.network(online),
            Input::Battery(percent) => self.phone.battery = percent,
            Input::Unlocked(unlocking) => self.unlocked(unlocking),
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

    /// Asks the wallet for something.
    fn ask(&mut self, work: Work) -> WorkId {
        let id = WorkId(self.next);
        self.next += 1;
        self.effects.push(Effect::Work(id, work.clone()));
        self.asked.insert(id, work);
        id
    }

    /// Leaves work where it is: its answer counts no more.
    fn drop_work(&mut self, id: WorkId) {
        if self.asked.remove(&id).is_some() {
            self.effects.push(Effect::Drop(id));
        }
    }

    /// Work of this kind that is under way.
    fn asking(&self, is: impl Fn(&Work) -> bool) -> Option<WorkId> {
        self.asked.iter().find(|(_, work)| is(work)).map(|(id, _)| *id)
    }

    /// Asks how the wallet stands; while that is being asked already, once more behind it. What was asked before the
    /// screens were covered uncovers nothing.
    fn ask_status(&mut self) {
        let asking = match self.cover {
            Cover::Until(id) => self.asked.contains_key(&id),
            Cover::No | Cover::Left => self.asking(|work| *work == Work::Status).is_some(),
        };
        if asking {
            self.wallet.status_again = true;
            return;
        }
        (self.wallet.asked_ms, self.wallet.asked_wall) = (self.now.running_ms, self.now.wall);
        let id = self.ask(Work::Status);
        if matches!(self.cover, Cover::Until(_)) {
            self.cover = Cover::Until(id);
        }
    }

    /// Asks anew how the wallet stands, to uncover the screens by what it says.
    fn uncover(&mut self) {
        self.wallet.messages_ms = None;
        (self.wallet.asked_ms, self.wallet.asked_wall) = (self.now.running_ms, self.now.wall);
        self.cover = Cover::Until(self.ask(Work::Status));
    }

    /// The app was left, or is looked at again.
    fn foreground(&mut self, foreground: bool) {
        if std::mem::replace(&mut self.phone.foreground, foreground) == foreground {
            return;
        }
        if foreground {
            self.uncover();
        } else {
            if let Cover::Until(id) = self.cover {
                self.drop_work(id);
            }
            self.cover = Cover::Left;
            if self.person().is_some() {
                self.ask(Work::Left);
            }
        }
    }

    /// Puts a screen over the others.
    fn push(&mut self, over: Over) {
        self.over.push(over);
    }

    /// Back to the screen beneath all others. Whoever was asked about a code is left where they are.
    fn home(&mut self) {
        for over in std::mem::take(&mut self.over) {
            if let Over::Join(join) = over
                && let Some(asked) = join.asked()
            {
                self.drop_work(asked);
            }
        }
    }

    /// The screen that is seen. What stops the work tells nobody anything of the member.
    fn top(&self) -> Top<'_> {
        match (self.over.last(), self.cover, &self.lock) {
            (Some(Over::Stop(stop)), ..) => Top::Stop(stop),
            (_, Cover::Left | Cover::Until(_), _) => Top::Covered,
            (_, Cover::No, Some(locked)) => Top::Locked(locked),
            (Some(over), Cover::No, None) => Top::Over(over),
            (None, Cover::No, None) => Top::Base(&self.base),
        }
    }

    fn kind(&self) -> Kind {
        match self.top() {
            Top::Stop(_) => Kind::Stop,
            Top::Covered => Kind::Opening,
            Top::Locked(_) => Kind::Locked,
            Top::Over(over) => over.kind(),
            Top::Base(base) => base.kind(),
        }
    }

    /// Whether the access ID is what is seen.
    fn shows_pass(&self) -> bool {
        matches!(self.top(), Top::Base(Base::Pass))
    }

    /// The time by which the wallet goes.
    fn time(&self) -> UnixMillis {
        let status = self.wallet.status.as_ref();
        status.map_or(self.now.wall, |status| status.now.plus(self.now.since(self.wallet.status_ms)))
    }

    /// Today, by the calendar of the phone's zone.
    fn today(&self) -> u32 {
        self.now.day_of(self.time())
    }

    /// Counts a screen that has come up, and lets a stop be heard. A lock asks by itself once.
    fn appear(&mut self) {
        let stage = match self.top() {
            Top::Locked(locked) => locked.stage(),
            Top::Over(over) => over.stage(),
            Top::Base(base) => base.stage(),
            Top::Stop(_) | Top::Covered => 0,
        };
        let key = Some((self.kind(), self.over.len(), stage));
        if key == self.shown.key {
            return;
        }
        self.shown = Shown { number: self.shown.number + 1, since_ms: self.now.running_ms, key };
        let (stopped, locks) = (matches!(self.top(), Top::Stop(_)), matches!(self.top(), Top::Locked(_)));
        if stopped {
            self.effects.push(Effect::Play(Tone::Stopped));
        }
        if let Some(locked) = self.lock.as_mut().filter(|locked| locks && !locked.prompted) {
            locked.prompted = true;
            self.effects.push(Effect::Unlock);
        }
    }
}
