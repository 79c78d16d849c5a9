//! Enrolling, signing in, locking, and the beginning and end of a shift.

use super::{
    Guard, Kind, Work,
    place::{Base, Ending, Enrol, EnrolStage, Over, SignIn, SignInStage, Typing},
};
use crate::{
    id::{PersonId, SiteNumber},
    wire::EnrolmentCode,
};

impl Guard {
    /// The screen on which the station is enrolled, wherever it stands.
    pub(super) fn enrol_mut(&mut self) -> Option<&mut Enrol> {
        match (self.over.last_mut(), &mut self.base) {
            (Some(Over::Enrol(enrol)), _) | (None, Base::Enrol(enrol)) => Some(enrol),
            _ => None,
        }
    }

    pub(super) fn enrol_stage(&mut self, stage: EnrolStage) {
        if let Some(enrol) = self.enrol_mut() {
            *enrol = Enrol { stage, problem: None };
        }
    }

    /// A code was scanned or typed where the station is enrolled.
    pub(super) fn look_at(&mut self, code: String) {
        let asked = self.ask(Work::LookAtCode { code: code.clone() });
        self.enrol_stage(EnrolStage::Look { code, asked });
    }

    /// Whether the camera waits for an enrolment code.
    pub(super) fn awaits_enrolment(&self) -> bool {
        let enrol = match (self.over.last(), &self.base) {
            (Some(Over::Enrol(enrol)), _) | (None, Base::Enrol(enrol)) => enrol,
            _ => return false,
        };
        matches!(enrol.stage, EnrolStage::Scan)
    }

    /// Of what a camera saw where the station is enrolled, all but an enrolment code is passed over.
    pub(super) fn saw_enrolment(&mut self, codes: &[String]) {
        if let Some(code) = codes.iter().find(|code| EnrolmentCode::parse(code).is_some()) {
            self.look_at(code.clone());
        }
    }

    /// A link counts where the station waits for an enrolment code, however that comes.
    pub(super) fn follow_link(&mut self) {
        if matches!(self.kind(), Kind::Opening | Kind::Stop) {
            return;
        }
        let Some(code) = self.link.take() else { return };
        let waits = |enrol: &mut Enrol| matches!(enrol.stage, EnrolStage::Scan | EnrolStage::Type(_));
        if self.enrol_mut().is_some_and(waits) {
            self.saw_enrolment(&[code]);
        }
    }

    pub(super) fn enrol_now(&mut self) {
        let code = match self.enrol_mut().map(|enrol| &enrol.stage) {
            Some(EnrolStage::Offer { code, .. }) => code.clone(),
            _ => return,
        };
        let asked = self.ask(Work::Enrol { code });
        self.enrol_stage(EnrolStage::Enrol { asked });
    }

    pub(super) fn type_code(&mut self) {
        if self.enrol_mut().is_some() {
            self.enrol_stage(EnrolStage::Type(String::new()));
        } else {
            self.push(Over::TypeCode(Typing::default()));
        }
    }

    pub(super) fn check_typed(&mut self) {
        if let Some(EnrolStage::Type(text)) = self.enrol_mut().map(|enrol| &enrol.stage) {
            let code = text.trim().to_owned();
            return self.look_at(code);
        }
        let Some(Over::TypeCode(typing)) = self.over.last() else { return };
        let code = typing.text.trim().to_owned();
        let asked = self.ask(Work::Scan { code, fix: self.fix() });
        self.waits_for(asked);
    }

    pub(super) fn sign_in_stage(&mut self, stage: SignInStage) {
        if let Base::SignIn(sign_in) = &mut self.base {
            *sign_in = SignIn { stage, asked: None, problem: None };
        }
    }

    pub(super) fn choose_guard(&mut self, person: PersonId) {
        let guard = self.station.guards.iter().find(|guard| guard.person == person).cloned();
        if let Some(guard) = guard {
            self.sign_in_stage(SignInStage::Pin { guard, text: String::new() });
        }
    }

    fn sign_in_asks(&mut self, work: Work) {
        let id = self.ask(work);
        if let Base::SignIn(sign_in) = &mut self.base {
            (sign_in.asked, sign_in.problem) = (Some(id), None);
        }
    }

    pub(super) fn send_code(&mut self) {
        let Base::SignIn(SignIn { stage, .. }) = &self.base else { return };
        let (SignInStage::Address(email) | SignInStage::Digits { email, .. }) = stage else { return };
        let email = email.trim().to_owned();
        self.sign_in_asks(Work::RequestCode { email });
    }

    pub(super) fn sign_in(&mut self) {
        let Base::SignIn(SignIn { stage: SignInStage::Digits { email, text, .. }, .. }) = &self.base else {
            return;
        };
        let (email, code) = (email.clone(), text.trim().to_owned());
        self.sign_in_asks(Work::SignIn { email, code });
    }

    pub(super) fn unlock(&mut self) {
        let Base::SignIn(SignIn { stage: SignInStage::Pin { guard, text }, .. }) = &mut self.base else {
            return;
        };
        let (person, pin) = (guard.person, std::mem::take(text));
        self.sign_in_asks(Work::Unlock { person, pin });
    }

    pub(super) fn start_at(&mut self, site: SiteNumber) {
        let id = self.ask(Work::StartShift { site, fix: self.fix() });
        if let Base::Start(start) = &mut self.base {
            (start.asked, start.problem) = (Some(id), None);
        }
    }

    pub(super) fn is_locking(&self) -> bool {
        self.asked.values().any(|work| *work == Work::Lock)
    }

    pub(super) fn lock(&mut self) {
        let id = self.ask(Work::Lock);
        if let Base::Start(start) = &mut self.base {
            (start.asked, start.problem) = (Some(id), None);
        }
    }

    pub(super) fn set_pin(&mut self) {
        let Some(Over::SetPin(typing)) = self.over.last_mut() else {
            return self.push(Over::SetPin(Typing::default()));
        };
        let pin = std::mem::take(&mut typing.text);
        let asked = self.ask(Work::SetPin { pin });
        self.waits_for(asked);
    }

    pub(super) fn open_end(&mut self) {
        self.push(Over::EndShift(Ending::default()));
        self.ask(Work::OnSite { deadline_ms: 0 });
        self.ask(Work::Counts);
        self.ask_status();
    }

    pub(super) fn end_shift(&mut self) {
        let asked = self.ask(Work::EndShift { fix: self.fix() });
        self.waits_for(asked);
    }
}
