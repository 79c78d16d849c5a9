//! What follows by itself: from time that passes, from how the station stands, and for the platform from what is shown.

use super::{
    CameraSays, CameraUse, Effect, Guard, Kind, Wanted, Work,
    place::{Base, Enrol, EnrolStage, Over, PhotoStage, SignIn, SignInStage, Start},
    stop::Stop,
};

/// An answer within this time shows without a screen in between. Milliseconds.
const AT_ONCE_MS: u64 = 150;
/// How often the station is asked how it stands, if nothing happens. Milliseconds.
const STATUS_MS: u64 = 15_000;
/// How often it is asked to end a shift that is over. Milliseconds.
const OVERDUE_MS: u64 = 60_000;

impl Guard {
    /// Time passed.
    pub(super) fn pass(&mut self) {
        let asked_ms = self.station.asked_ms.unwrap_or_default();
        let opened = self.station.status.is_some();
        if opened && self.now.since(asked_ms) >= STATUS_MS {
            self.ask_status();
        }
        let due = self.station.sync_due_ms.is_some_and(|due_ms| due_ms <= self.now.running_ms);
        if due && self.is_enrolled() {
            self.sync();
        }
        if matches!(self.base, Base::Camera) && self.now.since(self.station.settled_ms) >= OVERDUE_MS {
            self.station.settled_ms = self.now.running_ms;
            self.ask(Work::EndOverdueShift);
        }
        if self.wanted.place && self.phone.here.asks(&self.now) {
            self.effects.push(Effect::AskForFix);
        }
        if let Some((_, since_ms)) = self.eye.scan
            && self.is_looking()
            && self.now.since(since_ms) >= AT_ONCE_MS
        {
            self.push(Over::Checking);
        }
    }

    /// Puts the screen beneath that belongs to how the station stands, and over it what has waited.
    pub(super) fn settle(&mut self) {
        let Some(status) = &self.station.status else { return };
        let kind = match status.as_ref() {
            status if status.org.is_none() => Kind::Enrol,
            status if status.guard.is_none() => Kind::SignIn,
            status if status.shift.is_none() => Kind::Start,
            _ => Kind::Camera,
        };
        if kind != self.base.kind() {
            self.move_to(kind);
        }
        if !self.over.is_empty() {
            return;
        }
        // What was scanned is shown before anything is said of the station.
        if matches!(self.base, Base::Camera)
            && let Some(judged) = self.waiting.pop_front()
        {
            self.push(Over::Verdict(judged));
        } else if let Some(stop) = self.due() {
            self.told.push(stop.clone());
            self.push(Over::Stop(stop));
        }
    }

    fn move_to(&mut self, kind: Kind) {
        let over = matches!((&self.base, kind), (Base::Camera, Kind::Start)) && !self.ending;
        self.ending = false;
        self.home();
        self.notice = None;
        self.eye = super::Eye { read_ms: self.now.running_ms, ..super::Eye::default() };
        self.base = match kind {
            Kind::Enrol => Base::Enrol(Enrol::default()),
            Kind::SignIn => {
                self.ask(Work::Guards);
                Base::SignIn(SignIn { stage: SignInStage::Guards, asked: None, problem: None })
            }
            Kind::Start => {
                self.ask(Work::Sites);
                Base::Start(Start::default())
            }
            _ => {
                self.ask(Work::Sites);
                // Whatever a guard was shown before the phone was killed, and has not decided.
                self.station.owes_undecided = true;
                self.ask(Work::Undecided);
                self.station.settled_ms = self.now.running_ms;
                Base::Camera
            }
        };
        if kind != Kind::Camera {
            // Of another shift: the station lets nobody decide them in the next one.
            self.waiting.clear();
            self.last = None;
        }
        if over {
            self.push(Over::Stop(Stop::ShiftOver));
        }
    }

    /// What the guard is to be told of how the station stands, and was not yet.
    fn due(&self) -> Option<Stop> {
        let status = self.station.status.as_deref()?;
        let mut due = Vec::new();
        if status.revoked {
            due.push(Stop::Revoked);
        } else if status.must_enrol_anew {
            due.push(Stop::EnrolAnew);
        }
        if let Some(salvaged) = &status.salvaged {
            due.push(Stop::Salvaged(Box::new(salvaged.clone())));
        }
        if let (Base::Camera, Some(CameraSays::Fails(trouble))) = (&self.base, self.phone.camera) {
            due.push(Stop::Camera(trouble));
        }
        due.into_iter().find(|stop| !self.told.iter().any(|told| told.is_like(stop)))
    }

    /// What the platform has to see to for what is shown now; it is told what changed.
    pub(super) fn arrange(&mut self) {
        let works = !matches!(self.phone.camera, Some(CameraSays::Fails(_)));
        let enrol = match (self.over.last(), &self.base) {
            (Some(Over::Enrol(enrol)), _) | (None, Base::Enrol(enrol)) => Some(&enrol.stage),
            _ => None,
        };
        let looks = self.is_looking() || matches!(self.over.last(), Some(Over::Checking));
        let portrait = match self.over.last() {
            Some(Over::Photo(photographing)) => !matches!(photographing.stage, PhotoStage::Taken(_)),
            _ => false,
        };
        let camera = match enrol {
            _ if portrait => Some(CameraUse::Portrait),
            Some(EnrolStage::Scan) => Some(CameraUse::Codes),
            _ if looks => Some(CameraUse::Codes),
            _ => None,
        };
        let seen = self.phone.foreground;
        let camera = camera.filter(|_| works && seen);
        if camera != Some(CameraUse::Codes) {
            self.phone.torch = false;
        } else if self.wanted.camera != camera {
            self.eye.read_ms = self.now.running_ms;
            self.eye.frame = super::Frame::default();
        }
        if matches!(self.phone.camera, Some(CameraSays::Runs { .. })) {
            // Should it fail again, that is news.
            self.told.retain(|told| !matches!(told, Stop::Camera(_)));
        }
        let place = matches!(self.base, Base::Start(_) | Base::Camera) && seen;
        let awake = matches!(self.base, Base::Camera) && seen;
        let wanted = Wanted { camera, torch: self.phone.torch, place, awake };
        let told = std::mem::replace(&mut self.wanted, wanted);
        let changes = [
            (told.camera != camera).then_some(Effect::Camera(camera)),
            (told.torch != wanted.torch).then_some(Effect::Torch(wanted.torch)),
            (told.place != place).then_some(Effect::WatchPlace(place)),
            (told.awake != awake).then_some(Effect::KeepAwake(awake)),
        ];
        self.effects.extend(changes.into_iter().flatten());
    }

    /// The station was opened anew. What it was asked for it knows nothing of: each screen can ask again, and what was
    /// recorded is found there.
    pub(super) fn restarted(&mut self) {
        // A report keeps its own, to be sent again.
        let decisions = self.asked.values().filter(|work| !matches!(work, Work::Report { .. }));
        let photos = decisions.filter_map(Work::photo).map(Effect::ForgetPhoto);
        self.effects.extend(photos);
        self.asked.clear();
        self.station.status_again = false;
        (self.eye.scan, self.eye.given_up) = (None, false);
        if matches!(self.over.last(), Some(Over::Checking)) {
            self.pop();
        }
        for (asked, _) in self.over.iter_mut().filter_map(Over::waits) {
            *asked = None;
        }
        match &mut self.base {
            Base::SignIn(sign_in) => sign_in.asked = None,
            Base::Start(start) => start.asked = None,
            Base::Opening | Base::Enrol(_) | Base::Camera => {}
        }
        if self.enrol_mut().is_some_and(|enrol| enrol.asked().is_some()) {
            self.enrol_stage(EnrolStage::Scan);
        }
        self.ask_status();
        let work = match self.base {
            Base::SignIn(_) => Work::Guards,
            Base::Start(_) => Work::Sites,
            Base::Camera => {
                self.station.owes_undecided = true;
                Work::Undecided
            }
            Base::Opening | Base::Enrol(_) => return,
        };
        self.ask(work);
    }
}
