//! At the gate: what the camera sees, what was judged, and what the guard does about it.

use super::{
    CameraSays, Effect, Frame, Guard, Work, WorkId,
    offers::goes_against,
    place::{Judged, News, Over, PhotoStage, Photographing, Purpose, Reasoning, Trouble, WalkingUp},
};
use crate::{
    device::{ScanResult, Seen, WalkUp},
    gatepack::PhotoPolicy,
    id::{EntryId, SubjectId},
    screens::{PhotoNumber, Tone},
    words::Language,
};

impl Guard {
    /// A frame counts where the camera looks for codes, and nowhere else.
    pub(super) fn saw(&mut self, frame: Frame) {
        if self.awaits_enrolment() {
            return self.saw_enrolment(&frame.codes);
        }
        if !self.is_looking() {
            return;
        }
        if frame.codes.is_empty() {
            (self.eye.problem, self.eye.left) = (None, None);
        } else if self.eye.left.as_ref() != Some(&frame.codes) {
            self.eye.read_ms = self.now.running_ms;
            if frame.codes != self.eye.frame.codes {
                self.effects.push(Effect::Play(Tone::Read));
            }
            // Whether this is another scan, or the one that was decided a moment ago, is for the station to say.
            if self.eye.scan.is_none() {
                let codes = frame.codes.clone();
                self.scan(Work::ScanSeen { codes, fix: self.fix() });
            }
        }
        self.eye.frame = frame;
    }

    /// What a scanner typed counts as what a camera saw.
    pub(super) fn read_line(&mut self, line: &str) {
        let code = line.trim();
        if code.is_empty() {
            return;
        }
        if self.awaits_enrolment() {
            return self.saw_enrolment(&[code.to_owned()]);
        }
        if self.is_looking() && self.eye.scan.is_none() {
            self.effects.push(Effect::Play(Tone::Read));
            self.scan(Work::Scan { code: code.to_owned(), fix: self.fix() });
        }
    }

    fn scan(&mut self, work: Work) {
        let id = self.ask(work);
        self.eye.scan = Some((id, self.now.running_ms));
        self.eye.given_up = false;
        self.notice = None;
    }

    pub(super) fn go_on_offline(&mut self) {
        if let Some((scan, _)) = self.eye.scan {
            self.effects.push(Effect::GiveUp(scan));
            self.eye.given_up = true;
        }
    }

    /// Something was judged and is on the disk. It is shown where it was asked for; where the guard went on meanwhile,
    /// it waits until the camera is free.
    pub(super) fn judged(&mut self, asked: WorkId, result: Box<ScanResult>) {
        let judged = Judged::durable(result);
        let scanned = self.eye.scan.is_some_and(|(scan, _)| scan == asked);
        if scanned {
            self.eye.scan = None;
        }
        let waited = self.over.last().and_then(Over::asked) == Some(asked);
        let free = self.is_looking() || matches!(self.over.last(), Some(Over::Checking));
        if waited || scanned && free {
            // What was found by the name is minded when it is decided on, too.
            let alike = self.over.last_mut().and_then(Over::alike).map(std::mem::take).unwrap_or_default();
            self.home();
            self.push(Over::Verdict(Judged { alike, ..judged }));
        } else {
            self.waits(judged);
        }
    }

    /// Keeps a judged event until the camera is free, unless it is known already.
    pub(super) fn waits(&mut self, judged: Judged) {
        let event = judged.result.event;
        let shown = self.over.iter().filter_map(Over::judged).any(|shown| shown.result.event == event);
        let kept = self.waiting.iter_mut().find(|waiting| waiting.result.event == event);
        match kept {
            Some(waiting) => *waiting = judged,
            None if shown => {}
            None => self.waiting.push_back(judged),
        }
    }

    /// Takes the verdict from the screen, to go on with it.
    pub(super) fn take_judged(&mut self) -> Option<Judged> {
        match self.over.pop() {
            Some(Over::Verdict(judged)) => Some(judged),
            over => {
                self.over.extend(over);
                None
            }
        }
    }

    /// The uppermost screen waits for this.
    pub(super) fn waits_for(&mut self, id: WorkId) {
        if let Some((asked, problem)) = self.over.last_mut().and_then(Over::waits) {
            (*asked, *problem) = (Some(id), None);
        }
    }

    pub(super) fn deny(&mut self) {
        if let Some(judged) = self.take_judged() {
            self.decide(judged, false, None, None);
        }
    }

    pub(super) fn grant(&mut self) {
        let Some(judged) = self.take_judged() else { return };
        if goes_against(&judged) {
            self.push(Over::Reason(Reasoning { judged, usual: None, text: String::new() }));
        } else {
            self.with_photo(judged, None);
        }
    }

    pub(super) fn grant_against(&mut self) {
        match self.over.pop() {
            Some(Over::Reason(Reasoning { judged, usual, text })) => {
                // The journal is read by people of every language, so that what was chosen is kept in one.
                let usual = usual.map(|usual| Language::English.word(usual.words()));
                let written = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
                let reason = match (usual, written) {
                    (Some(usual), Some(written)) => Some(format!("{usual}. {written}")),
                    (usual, written) => usual.or(written),
                };
                self.with_photo(judged, reason);
            }
            over => self.over.extend(over),
        }
    }

    /// Grants, with a photo first where the site wants one.
    fn with_photo(&mut self, judged: Judged, reason: Option<String>) {
        let result = &judged.result;
        if result.begins_stay() && !result.has_photo && result.photo != PhotoPolicy::Off {
            let purpose = Purpose::Grant { judged, reason };
            self.push(Over::Photo(Photographing { purpose, stage: PhotoStage::Live }));
        } else {
            self.decide(judged, true, reason, None);
        }
    }

    fn decide(
        &mut self,
        mut judged: Judged,
        granted: bool,
        reason: Option<String>,
        photo: Option<PhotoNumber>,
    ) {
        let seen = Seen::from(&*judged.result);
        judged.asked = Some(self.ask(Work::Decide { seen, granted, reason, photo, fix: self.fix() }));
        judged.problem = None;
        self.push(Over::Verdict(judged));
    }

    pub(super) fn leave_undecided(&mut self) {
        let Some(event) = self.event() else { return };
        let asked = self.ask(Work::Abandon { event });
        self.waits_for(asked);
    }

    pub(super) fn departs(&mut self) {
        let stay = match self.over.last() {
            Some(Over::Verdict(judged)) => Some(judged.result.event),
            Some(Over::Inside(inside)) => inside.chosen,
            _ => None,
        };
        let Some(stay) = stay else { return };
        let asked = self.ask(Work::Depart { stay, fix: self.fix() });
        self.waits_for(asked);
    }

    pub(super) fn look_again(&mut self) {
        let Some(Over::News(News { event, .. })) = self.over.last() else { return };
        let asked = self.ask(Work::Look { event: *event });
        self.waits_for(asked);
    }

    fn event(&self) -> Option<EntryId> {
        self.over.last().and_then(Over::judged).map(|judged| judged.result.event)
    }

    pub(super) fn register(&mut self) {
        let Some(Over::WalkUp(WalkingUp { name, host, reason, .. })) = self.over.last() else { return };
        let written = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let (name, host, reason) = (name.trim().to_owned(), written(host), written(reason));
        let asked = self.ask(Work::WalkUp { visitor: WalkUp { name, host, reason }, fix: self.fix() });
        self.waits_for(asked);
    }

    pub(super) fn choose_host(&mut self, of: SubjectId) {
        let Some(Over::WalkUp(walking)) = self.over.last_mut() else { return };
        if let Some(host) = walking.hosts.iter().find(|host| host.of == of) {
            walking.host.clone_from(&host.name);
            (walking.hosts, walking.searching) = (Vec::new(), None);
        }
    }

    pub(super) fn arrives(&mut self, invitation: SubjectId) {
        let asked = self.ask(Work::Arrive { invitation, fix: self.fix() });
        self.waits_for(asked);
    }

    pub(super) fn take_photo(&mut self) {
        if let Some(Over::Photo(photographing)) = self.over.last_mut() {
            photographing.stage = PhotoStage::Asked;
            self.effects.push(Effect::TakePhoto);
        }
    }

    /// A camera that fails takes no photo either.
    pub(super) fn camera(&mut self, says: CameraSays) {
        self.phone.camera = Some(says);
        if matches!(says, CameraSays::Fails(_)) {
            self.photographed(None);
        }
    }

    /// A photo that nobody waits for is not kept.
    pub(super) fn photographed(&mut self, taken: Option<PhotoNumber>) {
        match (self.over.last_mut(), taken) {
            (Some(Over::Photo(photographing)), taken) if photographing.stage == PhotoStage::Asked => {
                photographing.stage = taken.map_or(PhotoStage::Live, PhotoStage::Taken);
            }
            (_, Some(photo)) => self.effects.push(Effect::ForgetPhoto(photo)),
            (_, None) => {}
        }
    }

    pub(super) fn forget_taken(&mut self) {
        let Some(Over::Photo(photographing)) = self.over.last_mut() else { return };
        if let PhotoStage::Taken(photo) = photographing.stage {
            photographing.stage = PhotoStage::Live;
            self.effects.push(Effect::ForgetPhoto(photo));
        }
    }

    /// Goes on with the photo that was taken, or without any.
    pub(super) fn use_photo(&mut self, uses: bool) {
        if !uses {
            self.forget_taken();
        }
        match self.over.pop() {
            Some(Over::Photo(Photographing { purpose, stage })) => {
                let photo = if let PhotoStage::Taken(photo) = stage { Some(photo) } else { None };
                match purpose {
                    Purpose::Grant { judged, reason } => self.decide(judged, true, reason, photo),
                    Purpose::Report(mut reporting) => {
                        reporting.photo = photo;
                        self.push(Over::Report(reporting));
                    }
                }
            }
            over => self.over.extend(over),
        }
    }

    pub(super) fn send_report(&mut self) {
        let Some(Over::Report(reporting)) = self.over.last() else { return };
        let (event, photo) = (reporting.judged.result.event, reporting.photo);
        let note = Some(reporting.note.trim().to_owned()).filter(|note| !note.is_empty());
        let asked = self.ask(Work::Report { event, note, photo, fix: self.fix() });
        self.waits_for(asked);
    }

    /// What was learned speaks of an event that is on the screen: what is seen there counts no more. One that is being
    /// decided is left to the station, which decides by what it knows.
    pub(super) fn learned(&mut self, event: EntryId, judgement: Option<u32>) {
        let about = |over: &Over| {
            over.asked().is_none()
                && over.judged().is_some_and(|shown| {
                    shown.result.event == event && judgement != Some(shown.result.judgement)
                })
        };
        if let Some(at) = self.over.iter().position(about) {
            let rest = self.over.split_off(at);
            for over in rest {
                self.let_go(&over);
            }
            self.push(Over::News(News { event, asked: None, problem: None }));
        }
    }

    /// Why nothing can be shown of what the camera saw.
    pub(super) fn unseen(&mut self, trouble: Trouble) {
        self.eye.problem = Some(trouble);
    }
}
