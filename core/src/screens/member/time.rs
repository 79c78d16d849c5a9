//! What follows by itself: from time that passes, from how the wallet stands, and for the platform from what is shown.

use super::{
    CameraSays, CameraUse, Effect, Kind, Member, Top, Wanted, Work,
    pass::Pass,
    place::{Base, Cover, Join, JoinStage, Over, SignIn},
    stop::Stop,
};

/// How often the wallet is asked how it stands, if nothing happens. Milliseconds.
const STATUS_MS: u64 = 60_000;

impl Member {
    /// Time passed.
    pub(super) fn pass(&mut self) {
        if self.cover == Cover::No && self.now.since(self.wallet.asked_ms) >= STATUS_MS {
            self.ask_status();
        }
        self.refresh();
        self.look_for_messages();
    }

    /// Puts the screen beneath that belongs to how the wallet stands, and over the access ID what stops it.
    pub(super) fn settle(&mut self) {
        let Some(status) = &self.wallet.status else { return };
        let kind = match status.as_ref() {
            status if status.org.is_none() => Kind::Join,
            status if status.person.is_none() => Kind::SignIn,
            _ => Kind::Pass,
        };
        if kind != self.base.kind() {
            self.move_to(kind);
        }
        if self.shows_pass()
            && let Some(stop) = self.due()
        {
            self.told.push(stop.clone());
            self.push(Over::Stop(stop));
        }
    }

    fn move_to(&mut self, kind: Kind) {
        let ended = matches!((&self.base, kind), (Base::Pass, Kind::SignIn)) && !self.leaving;
        self.leaving = false;
        self.home();
        // Nothing of one member is shown to another.
        if kind != Kind::Pass {
            self.forget_code();
            self.forget_lists();
        }
        self.pass = Pass::default();
        self.base = match kind {
            Kind::Join => Base::Join(Join::default()),
            Kind::SignIn => Base::SignIn(SignIn::default()),
            _ => {
                self.code_due();
                self.notice = None;
                Base::Pass
            }
        };
        self.told.clear();
        if ended {
            self.push(Over::Stop(Stop::SignedOut));
        }
    }

    /// What was listed for the member is not shown any more, and what is under way brings none of it back. Whoever comes
    /// next asks anew.
    fn forget_lists(&mut self) {
        (self.wallet.invitations, self.wallet.recent, self.wallet.messages) = (None, None, None);
        self.wallet.messages_ms = None;
        let asked = |work: &Work| matches!(work, Work::Invitations | Work::Recent | Work::Messages);
        while let Some(id) = self.asking(asked) {
            self.drop_work(id);
        }
    }

    /// What the member is to be told, and was not yet.
    fn due(&self) -> Option<Stop> {
        let clock = self.wallet.clock_off.map(Stop::ClockOff);
        let due = [self.stop_of_pass(), clock];
        due.into_iter().flatten().find(|stop| !self.told.iter().any(|told| told.is_like(stop)))
    }

    /// What the platform has to see to for what is shown now; it is told what changed.
    pub(super) fn arrange(&mut self) {
        if self.wallet.clock_off.is_none() {
            // Should it be off again, that is news.
            self.told.retain(|told| !matches!(told, Stop::ClockOff(_)));
        }
        let works = !matches!(self.phone.camera, Some(CameraSays::Fails(_)));
        let seen = self.phone.foreground;
        let camera = (self.awaits_code() && works && seen).then_some(CameraUse::Codes);
        let shows_code = match self.top() {
            Top::Base(Base::Pass) => self.good().is_some(),
            Top::Over(Over::Invitation(invited)) => self.code_of(invited).is_some(),
            _ => false,
        };
        let shows_code = shows_code && seen;
        let wanted = Wanted { camera, awake: shows_code, bright: shows_code };
        let told = std::mem::replace(&mut self.wanted, wanted);
        let changes = [
            (told.camera != camera).then_some(Effect::Camera(camera)),
            (told.awake != wanted.awake).then_some(Effect::KeepAwake(wanted.awake)),
            (told.bright != wanted.bright).then_some(Effect::Brightness(wanted.bright)),
        ];
        self.effects.extend(changes.into_iter().flatten());
    }

    /// The platform says whether there is a network; whether the server answers there is to be seen.
    pub(super) fn network(&mut self, online: bool) {
        if !online {
            self.reached(false);
        } else if self.wallet.reached != Some(true) && self.pass.due_ms.is_some() {
            self.code_due();
        }
    }

    pub(super) fn reached(&mut self, reached: bool) {
        if !reached && self.wallet.reached != Some(false) {
            self.wallet.lost_at = Some(self.now.wall);
        }
        if reached {
            self.wallet.lost_at = None;
        }
        self.wallet.reached = Some(reached);
    }

    /// The wallet was opened anew. What it was asked for it knows nothing of: each screen can ask again, and what was
    /// done is found there.
    pub(super) fn restarted(&mut self) {
        self.asked.clear();
        self.wallet.status_again = false;
        for (asked, _) in self.over.iter_mut().filter_map(Over::waits) {
            *asked = None;
        }
        for over in &mut self.over {
            if let Over::Invitation(invited) = over {
                invited.loading = None;
            }
        }
        if let Some(locked) = &mut self.lock {
            locked.asked = None;
        }
        if let Some(sign_in) = self.sign_in_mut() {
            sign_in.asked = None;
        }
        if self.join_mut().is_some_and(|join| join.asked().is_some()) {
            self.join_stage(JoinStage::Scan);
        }
        if matches!(self.base, Base::Pass) {
            self.code_due();
        }
        // The wallet that was opened anew knows nobody who looks at it.
        if self.phone.foreground {
            self.uncover();
        } else {
            self.ask_status();
        }
        let open = self.over.iter().any(|over| matches!(over, Over::Invitations(_) | Over::Invitation(_)));
        if open {
            self.ask_once(Work::Invitations);
        }
        if self.over.iter().any(|over| matches!(over, Over::Activity(_))) {
            self.ask_once(Work::Recent);
        }
    }
}
