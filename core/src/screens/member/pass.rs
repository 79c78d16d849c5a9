//! The access ID: what is held of it, when the next one is asked for, and invalidating it.

use super::{
    Action, Member, Work, WorkId,
    place::{Asking, Base, Cover, Noticed, Over, Trouble},
    stop::Stop,
};
use crate::{
    device::{CodeSource, WalletCode, WalletError, refresh_in_s},
    screens::{CodeShown, Moment},
    time::UnixMillis,
    words::Id,
};

/// The server is waited for so long before the phone's own code is shown, where nothing else can be. Milliseconds.
const AT_LATEST_MS: u64 = 1_500;
/// When a code is asked for again after that failed: where the server could not be reached, and else. Milliseconds.
const RETRY_MS: u64 = 5_000;
const REFUSED_MS: u64 = 30_000;
/// Whatever comes of asking, it is not asked for again by itself within this time. Milliseconds.
const APART_MS: u64 = 1_000;
/// A code of the phone's own stays on the screen so long after its turn, until the next one has taken its place: gates
/// take it for longer than that. Milliseconds.
const GRACE_MS: u64 = 1_000;

/// What is known of the access ID.
#[derive(Debug, Default)]
pub(super) struct Pass {
    pub held: Option<Held>,
    /// When the next one is to be asked for, by the running clock; never where asking does not help.
    pub due_ms: Option<u64>,
    /// When the server was asked last.
    pub asked_ms: u64,
    /// The phone's own was asked for since then.
    pub own: bool,
    pub problem: Option<Trouble>,
}

/// A code that can be shown.
#[derive(Debug)]
pub(super) struct Held {
    pub code: Box<WalletCode>,
    pub drawn: CodeShown,
    /// When it came, by both clocks.
    at_ms: u64,
    wall: UnixMillis,
}

impl Held {
    fn new(code: Box<WalletCode>, now: &Moment) -> Result<Self, WalletError> {
        let drawn = CodeShown::of(&code.text)?;
        Ok(Self { code, drawn, at_ms: now.running_ms, wall: now.wall })
    }

    /// When it came, and how long after that its time is over. The wallet counts whole seconds, rounded up.
    pub(super) fn span_ms(&self) -> (u64, u64) {
        let left_ms = self.code.seconds_left.saturating_mul(1_000);
        let rounded = if self.code.source == CodeSource::Offline { 0 } else { 1_000 };
        (self.at_ms, left_ms.saturating_sub(rounded))
    }

    /// Whether it may be shown. The running clock may have stood still while the phone slept; the other may have been
    /// set: what says later counts.
    pub(super) fn is_good(&self, now: &Moment) -> bool {
        let age_ms = now.since(self.at_ms).max(now.wall.since(self.wall));
        let grace_ms = if self.code.source == CodeSource::Offline { GRACE_MS } else { 0 };
        age_ms < self.span_ms().1.saturating_add(grace_ms)
    }

    /// Whether the next one is to take its place.
    fn is_over(&self, now: &Moment) -> bool {
        let (at_ms, lasts_ms) = self.span_ms();
        now.since(at_ms) >= lasts_ms || !self.is_good(now)
    }
}

impl Member {
    /// The code that may be shown now.
    pub(super) fn good(&self) -> Option<&Held> {
        self.pass.held.as_ref().filter(|held| held.is_good(&self.now))
    }

    /// Whether the member is here, and may see a code.
    pub(super) fn is_here(&self) -> bool {
        self.cover == Cover::No && self.lock.is_none() && matches!(self.base, Base::Pass)
    }

    /// Asks for the next code where it is time for it; and for the phone's own where the server takes too long and
    /// nothing can be shown meanwhile.
    pub(super) fn refresh(&mut self) {
        if !self.is_here() {
            return;
        }
        // One whose time is over gives way to the next, also where the running clock stood still meanwhile.
        let lapsed = self.pass.held.as_ref().is_some_and(|held| held.is_over(&self.now));
        let nothing = lapsed || self.pass.held.is_none();
        let early = lapsed && self.now.since(self.pass.asked_ms) >= APART_MS;
        let due = self.pass.due_ms.is_some_and(|due_ms| early || due_ms <= self.now.running_ms);
        if due && self.asks_for_code().is_none() {
            self.ask_code(Work::Code);
        }
        let waited = self.now.since(self.pass.asked_ms) >= AT_LATEST_MS;
        let slow = waited && self.asks_for_code().is_some() || self.wallet.reached == Some(false);
        // Where nothing is due, codes are being invalidated, or there may be none.
        let may = self.pass.due_ms.is_some() && !self.pass.own;
        if nothing && slow && may && self.asking(|work| *work == Work::OfflineCode).is_none() {
            self.pass.own = true;
            self.ask(Work::OfflineCode);
        }
    }

    pub(super) fn ask_code(&mut self, work: Work) {
        (self.pass.asked_ms, self.pass.own) = (self.now.running_ms, false);
        self.ask(work);
    }

    /// The next code is due at once.
    pub(super) fn code_due(&mut self) {
        self.pass.due_ms = Some(self.now.running_ms);
    }

    pub(super) fn has_code(&mut self, work: &Work, code: Box<WalletCode>) {
        let own = *work == Work::OfflineCode;
        // What the server said meanwhile is better than what the phone makes.
        if own && self.good().is_some_and(|held| held.code.source != CodeSource::Offline) {
            return;
        }
        let missed = match (work, code.source) {
            (Work::OfflineCode, _) => None,
            (_, CodeSource::Online) => Some(false),
            (_, CodeSource::Offline) | (Work::FreshCode, CodeSource::Kept) => Some(true),
            // One that was due to be replaced was kept because the server did not answer.
            (_, CodeSource::Kept) => {
                let now = code.expires_at.minus(code.seconds_left);
                (refresh_in_s(code.issued_at, code.expires_at, now) == 0).then_some(true)
            }
        };
        if let Some(missed) = missed {
            self.reached(!missed);
        }
        if !own || self.asks_for_code().is_none() {
            let wait_ms = code.refresh_in_s.saturating_mul(1_000).max(APART_MS);
            self.pass.due_ms = Some(self.now.running_ms.saturating_add(wait_ms));
        }
        if code.source == CodeSource::Online {
            // The phone may have been prepared for the time without a network.
            self.ask_status();
        }
        match Held::new(code, &self.now) {
            Ok(held) => {
                (self.pass.held, self.pass.problem) = (Some(held), None);
                self.over.retain(|over| !matches!(over, Over::Stop(stop) if stop.ends_with_a_code()));
                self.told.retain(|told| !told.ends_with_a_code());
            }
            Err(error) => self.pass.problem = Some(error.into()),
        }
    }

    /// No code came. What is held is shown for as long as it is good, unless it was taken away.
    pub(super) fn failed_to_get_code(&mut self, work: &Work, trouble: &Trouble) {
        if *work == Work::OfflineCode {
            // The server's answer is still to come, and says what is wrong.
            return;
        }
        let retry_ms = match **trouble {
            WalletError::AccessEnded => None,
            WalletError::NoOfflineCode(_) | WalletError::InvalidationPending => Some(RETRY_MS),
            _ => Some(REFUSED_MS),
        };
        if matches!(**trouble, WalletError::NoOfflineCode(_)) {
            self.reached(false);
        }
        let taken = matches!(
            **trouble,
            WalletError::AccessEnded
                | WalletError::InvalidationPending
                | WalletError::SessionEnded
                | WalletError::NotSignedIn
        );
        if taken {
            self.forget_code();
            self.ask_status();
        }
        let now = self.now;
        self.pass.held.take_if(|held| held.is_over(&now));
        self.pass.due_ms = retry_ms.map(|wait_ms| self.now.running_ms.saturating_add(wait_ms));
        self.pass.problem = Some(trouble.clone());
    }

    /// What is held of a code is not shown any more, and what is under way brings none back.
    pub(super) fn forget_code(&mut self) {
        self.pass.held = None;
        let asked = |work: &Work| matches!(work, Work::Code | Work::FreshCode | Work::OfflineCode);
        while let Some(id) = self.asking(asked) {
            self.drop_work(id);
        }
    }

    /// Lets every earlier code fail. Nothing of them is shown from this moment on, whatever comes of it.
    pub(super) fn invalidate(&mut self) {
        self.forget_code();
        (self.pass.problem, self.pass.due_ms) = (None, None);
        let asked = self.ask(Work::Invalidate);
        self.waits_for(asked);
    }

    /// Earlier codes are invalidated, or will be: back to the access ID, which gets a fresh code.
    pub(super) fn invalidated(&mut self, id: WorkId, notice: Id) {
        let shown = self.over.iter().any(|over| over.asked() == Some(id));
        if shown {
            self.home();
        }
        self.notice = Some(notice);
        self.code_due();
        self.ask_status();
    }

    pub(super) fn opens_pass(&mut self, action: Action) {
        match action {
            Action::Refresh => {
                self.pass.problem = None;
                self.ask_code(Work::FreshCode);
            }
            Action::Invalidate => self.push(Over::Invalidate(Asking::default())),
            Action::Entry(event) => {
                let mut entries = self.wallet.recent.iter().flat_map(|recent| &recent.entries);
                let entry = entries.find(|entry| entry.event == event).cloned();
                self.over
                    .extend(entry.map(|entry| Over::Entry(Noticed { entry, asked: None, problem: None })));
            }
            _ => {}
        }
    }

    /// What stops the member at the access ID, as long as nothing can be shown.
    pub(super) fn stop_of_pass(&self) -> Option<Stop> {
        let trouble = self.pass.problem.as_ref().filter(|_| self.good().is_none())?;
        match **trouble {
            WalletError::AccessEnded => Some(Stop::AccessEnded(trouble.clone())),
            WalletError::NoOfflineCode(_) => Some(Stop::NotPrepared(trouble.clone())),
            _ => None,
        }
    }
}
