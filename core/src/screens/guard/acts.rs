//! What each action does. By the time it comes here it was offered, and meant for this screen.

use super::{
    Action, Effect, Guard, Work,
    place::{
        Base, Correcting, Enrol, EnrolStage, History, Inside, Judged, Over, PhotoStage, Photographing,
        Purpose, Reporting, Search, SignInStage, StatusPage, WalkingUp,
    },
    stop::Stop,
};
use crate::screens::FieldName;

/// A list of the server's is waited for so long, while what is known here shows already. Milliseconds.
const LIST_MS: u32 = 3_000;
/// So many entries of a shift are listed: more than anybody looks through.
const HISTORY: usize = 300;

impl Guard {
    pub(super) fn act(&mut self, action: Action) {
        // What went wrong before is said until the next thing is done.
        self.notice = None;
        if let Some((_, problem)) = self.over.last_mut().and_then(Over::waits) {
            *problem = None;
        }
        match action {
            Action::Back | Action::No | Action::Stay => self.back(),
            Action::Yes => self.enrol_now(),
            Action::TypeCode => self.type_code(),
            Action::ScanCode => self.enrol_stage(EnrolStage::Scan),
            Action::Check => self.check_typed(),
            Action::SendCode | Action::SendAgain => self.send_code(),
            Action::SignIn => self.sign_in(),
            Action::ByCode => self.sign_in_stage(SignInStage::Address(String::new())),
            Action::OtherGuard => self.sign_in_stage(SignInStage::Guards),
            Action::Guard(person) => self.choose_guard(person),
            Action::Unlock => self.unlock(),
            Action::StartAt(site) => self.start_at(site),
            Action::RefreshPlace => self.effects.push(Effect::AskForFix),
            Action::Torch => self.phone.torch = !self.phone.torch,
            Action::OtherCamera => self.effects.push(Effect::NextCamera),
            Action::WalkUp => self.push(Over::WalkUp(WalkingUp::default())),
            Action::Expected => self.open_expected(),
            Action::Inside => self.open_inside(),
            Action::History => self.open_history(),
            Action::Past(event) => {
                if let Some(Over::History(history)) = self.over.last_mut() {
                    history.open = Some(event);
                }
            }
            Action::Status => self.open_status(),
            Action::EndShift => self.open_end(),
            Action::EndNow => self.end_shift(),
            Action::GoOnOffline => self.go_on_offline(),
            Action::Leave => self.leave_undecided(),
            Action::Deny => self.deny(),
            Action::Grant => self.grant(),
            Action::GrantAgainst => self.grant_against(),
            Action::Report => self.open_report(),
            Action::PutRight => self.open_correction(),
            Action::PutRightNow => self.put_right(),
            Action::Departure => self.departs(),
            Action::Look => self.look_again(),
            Action::Reason(usual) => {
                if let Some(Over::Reason(reasoning)) = self.over.last_mut() {
                    reasoning.usual = (reasoning.usual != Some(usual)).then_some(usual);
                }
            }
            Action::Take => self.take_photo(),
            Action::Retake => self.forget_taken(),
            Action::Use | Action::Skip => self.use_photo(action == Action::Use),
            Action::Register => self.register(),
            Action::Host(of) => self.choose_host(of),
            Action::Arrive(invitation) => self.arrives(invitation),
            Action::Visit(stay) => {
                if let Some(Over::Inside(inside)) = self.over.last_mut() {
                    inside.chosen = (inside.chosen != Some(stay)).then_some(stay);
                }
            }
            Action::Muster => {
                if let Some(Over::Inside(inside)) = self.over.last_mut() {
                    inside.chosen = None;
                    inside.muster = if inside.muster.is_some() { None } else { Some(Default::default()) };
                }
            }
            Action::Found(stay) => {
                if let Some(Over::Inside(Inside { muster: Some(found), .. })) = self.over.last_mut()
                    && !found.remove(&stay)
                {
                    found.insert(stay);
                }
            }
            Action::WithPhoto => self.photograph_for_report(),
            Action::Send => self.send_report(),
            Action::Sync => self.sync(),
            Action::Retry => self.retry(),
            Action::Lock => self.lock(),
            Action::SetPin => self.set_pin(),
            Action::Settings => self.effects.push(Effect::OpenSettings),
            Action::Again => self.again(),
            Action::EnrolAnew => {
                if matches!(self.over.last(), Some(Over::Stop(_))) {
                    self.pop();
                }
                self.push(Over::Enrol(Enrol::default()));
            }
            Action::GoOn => self.pop(),
        }
    }

    /// One screen back. What a screen gave up half done stays with the screen beneath.
    fn back(&mut self) {
        match self.over.pop() {
            None => self.back_in_base(),
            Some(Over::Checking) => {
                if let Some((scan, _)) = self.eye.scan.take() {
                    self.effects.push(Effect::Drop(scan));
                    self.eye.left = Some(self.eye.frame.codes.clone());
                }
            }
            Some(Over::Reason(reasoning)) => self.push(Over::Verdict(reasoning.judged)),
            Some(Over::Photo(photographing)) => {
                if let PhotoStage::Taken(photo) = photographing.stage {
                    self.effects.push(Effect::ForgetPhoto(photo));
                }
                match photographing.purpose {
                    Purpose::Grant { judged, .. } => self.push(Over::Verdict(judged)),
                    Purpose::Report(reporting) => self.push(Over::Report(reporting)),
                }
            }
            Some(Over::Report(reporting)) => {
                self.effects.extend(reporting.photo.map(Effect::ForgetPhoto));
                self.reported_from(reporting);
            }
            Some(Over::Correct(correcting)) => self.push(Over::History(correcting.from)),
            Some(Over::History(History { found, open: Some(_), .. })) => {
                self.push(Over::History(History { found, ..History::default() }));
            }
            Some(Over::Enrol(enrol)) => {
                if let Some(enrol) = self.back_in_enrol(enrol) {
                    self.push(Over::Enrol(enrol));
                }
            }
            Some(over) => self.let_go(&over),
        }
    }

    fn back_in_base(&mut self) {
        match std::mem::replace(&mut self.base, Base::Opening) {
            Base::Enrol(enrol) => self.base = Base::Enrol(self.back_in_enrol(enrol).unwrap_or_default()),
            Base::SignIn(mut sign_in) => {
                if let Some(asked) = sign_in.asked.take() {
                    self.effects.push(Effect::Drop(asked));
                }
                sign_in.problem = None;
                sign_in.stage = match sign_in.stage {
                    SignInStage::Digits { email, .. } => SignInStage::Address(email),
                    _ => SignInStage::Guards,
                };
                self.base = Base::SignIn(sign_in);
            }
            base => self.base = base,
        }
    }

    /// Nothing where the screen is left.
    fn back_in_enrol(&mut self, enrol: Enrol) -> Option<Enrol> {
        match enrol.stage {
            EnrolStage::Scan | EnrolStage::Type(_) => None,
            EnrolStage::Look { asked, .. } | EnrolStage::Enrol { asked } => {
                self.effects.push(Effect::Drop(asked));
                Some(Enrol::default())
            }
            EnrolStage::Offer { .. } => Some(Enrol::default()),
        }
    }

    pub(super) fn typed(&mut self, field: FieldName, typed: String) {
        let place = match (field, self.over.last_mut(), &mut self.base) {
            (FieldName::Host, Some(Over::WalkUp(_)), _) => return self.search_host(typed),
            (FieldName::Name, Some(Over::WalkUp(_)), _) => return self.name_visitor(typed),
            (FieldName::Reason, Some(Over::WalkUp(walking)), _) if walking.asked.is_none() => {
                &mut walking.reason
            }
            (FieldName::Code, Some(Over::TypeCode(typing)), _)
            | (FieldName::Pin, Some(Over::SetPin(typing)), _)
                if typing.asked.is_none() =>
            {
                &mut typing.text
            }
            (FieldName::Reason, Some(Over::Reason(reasoning)), _) => &mut reasoning.text,
            (FieldName::Reason, Some(Over::Correct(correcting)), _) if correcting.asked.is_none() => {
                &mut correcting.text
            }
            (FieldName::Note, Some(Over::Report(reporting)), _) if reporting.asked.is_none() => {
                &mut reporting.note
            }
            (FieldName::Search, Some(Over::Expected(_)), _) => return self.search(typed),
            (FieldName::Code, Some(Over::Enrol(Enrol { stage: EnrolStage::Type(text), .. })), _)
            | (FieldName::Code, None, Base::Enrol(Enrol { stage: EnrolStage::Type(text), .. })) => text,
            (FieldName::Address, None, Base::SignIn(sign_in)) if sign_in.asked.is_none() => {
                match &mut sign_in.stage {
                    SignInStage::Address(text) => text,
                    _ => return,
                }
            }
            (FieldName::Digits | FieldName::Pin, None, Base::SignIn(sign_in)) if sign_in.asked.is_none() => {
                match &mut sign_in.stage {
                    SignInStage::Digits { text, .. } if field == FieldName::Digits => text,
                    SignInStage::Pin { text, .. } if field == FieldName::Pin => text,
                    _ => return,
                }
            }
            _ => return,
        };
        *place = typed;
    }

    fn open_expected(&mut self) {
        self.push(Over::Expected(Search::default()));
        self.search(String::new());
    }

    fn open_inside(&mut self) {
        self.push(Over::Inside(Inside::default()));
        // What is known here shows at once; the server's word comes when it comes.
        self.ask(Work::OnSite { deadline_ms: 0 });
        self.ask(Work::OnSite { deadline_ms: LIST_MS });
    }

    fn open_status(&mut self) {
        self.push(Over::Status(StatusPage::default()));
        self.ask_status();
        self.ask(Work::Stuck);
    }

    fn open_history(&mut self) {
        let asked = self.ask(Work::History { most: HISTORY });
        self.push(Over::History(History { asked: Some(asked), ..History::default() }));
    }

    fn open_report(&mut self) {
        let (judged, from) = match self.over.pop() {
            Some(Over::Verdict(judged)) => (judged, None),
            Some(Over::History(history)) => {
                let Some(past) = history.opened() else { return self.push(Over::History(history)) };
                (Judged::durable(Box::new(past.result.clone())), Some(history))
            }
            over => return self.over.extend(over),
        };
        self.push(Over::Report(Reporting {
            judged,
            note: String::new(),
            photo: None,
            from,
            asked: None,
            problem: None,
        }));
    }

    fn open_correction(&mut self) {
        match self.over.pop() {
            Some(Over::History(from)) => {
                self.push(Over::Correct(Correcting { from, ..Correcting::default() }));
            }
            over => self.over.extend(over),
        }
    }

    fn put_right(&mut self) {
        let Some(Over::Correct(correcting)) = self.over.last() else { return };
        let (Some(event), Some(granted)) = (correcting.from.open, correcting.becomes()) else { return };
        let reason = correcting.text.trim().to_owned();
        let asked = self.ask(Work::Correct { event, granted, reason, fix: self.fix() });
        self.waits_for(asked);
    }

    fn photograph_for_report(&mut self) {
        match self.over.pop() {
            Some(Over::Report(reporting)) => self.push(Over::Photo(Photographing {
                purpose: Purpose::Report(reporting),
                stage: PhotoStage::Live,
            })),
            over => self.over.extend(over),
        }
    }

    /// From a report back to where it was opened.
    pub(super) fn reported_from(&mut self, reporting: Reporting) {
        match reporting.from {
            Some(history) => self.push(Over::History(history)),
            None => self.push(Over::Verdict(reporting.judged)),
        }
    }

    /// Tries once more what a stop stopped: the station is asked how it stands, and what was on the screen is there
    /// still.
    fn again(&mut self) {
        match self.over.last() {
            Some(Over::Stop(Stop::Camera(_))) => {
                self.pop();
                self.phone.camera = None;
            }
            Some(Over::Stop(stop)) => {
                let reopens =
                    matches!(stop, Stop::Damaged(_) | Stop::Elsewhere(_) | Stop::Newer(_) | Stop::Failed(_));
                self.pop();
                if reopens {
                    self.effects.push(Effect::Reopen);
                    self.restarted();
                } else {
                    self.ask_status();
                }
            }
            _ => self.phone.camera = None,
        }
    }
}
