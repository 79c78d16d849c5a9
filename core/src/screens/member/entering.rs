//! Joining an organisation, signing in, and the app's lock.

use super::{
    Effect, Kind, Member, Top, Unlocking, Work,
    place::{Base, Join, JoinStage, Locked, Over, SignIn, SignInStage},
};
use crate::{device::WalletStatus, id::PersonId, screens::Tone, wire::MemberCode};

impl Member {
    /// The screen on which an organisation is joined, wherever it stands.
    pub(super) fn join_mut(&mut self) -> Option<&mut Join> {
        match (self.over.last_mut(), &mut self.base) {
            (Some(Over::Join(join)), _) | (None, Base::Join(join)) => Some(join),
            _ => None,
        }
    }

    pub(super) fn join_stage(&mut self, stage: JoinStage) {
        if let Some(join) = self.join_mut() {
            *join = Join { stage, problem: None };
        }
    }

    /// Whether the camera waits for an organisation's code.
    pub(super) fn awaits_code(&self) -> bool {
        let join = match self.top() {
            Top::Over(Over::Join(join)) | Top::Base(Base::Join(join)) => join,
            _ => return false,
        };
        matches!(join.stage, JoinStage::Scan)
    }

    /// Of what a camera or scanner saw, all but an organisation's code is passed over.
    pub(super) fn saw(&mut self, codes: &[String]) {
        if self.awaits_code() {
            self.look_at_ours(codes);
        }
    }

    fn look_at_ours(&mut self, codes: &[String]) {
        if let Some(code) = codes.iter().find(|code| MemberCode::parse(code).is_some()) {
            self.effects.push(Effect::Play(Tone::Read));
            self.look_at(code.clone());
        }
    }

    /// A link counts where the app waits for an organisation's code, however that comes.
    pub(super) fn follow_link(&mut self) {
        let kind = self.kind();
        if matches!(kind, Kind::Opening | Kind::Stop) {
            return;
        }
        let Some(code) = self.link.take() else { return };
        let waits = |join: &mut Join| matches!(join.stage, JoinStage::Scan | JoinStage::Type(_));
        if kind == Kind::Join && self.join_mut().is_some_and(waits) {
            self.look_at_ours(&[code]);
        }
    }

    pub(super) fn check_typed(&mut self) {
        let code = match self.join_mut().map(|join| &join.stage) {
            Some(JoinStage::Type(text)) => text.trim().to_owned(),
            _ => return,
        };
        self.look_at(code);
    }

    fn look_at(&mut self, code: String) {
        let asked = self.ask(Work::LookAtCode { code: code.clone() });
        self.join_stage(JoinStage::Look { code, asked });
    }

    pub(super) fn join_now(&mut self) {
        let code = match self.join_mut().map(|join| &join.stage) {
            Some(JoinStage::Offer { code, .. }) => code.clone(),
            _ => return,
        };
        let asked = self.ask(Work::Join { code });
        self.join_stage(JoinStage::Join { asked });
    }

    /// The screen on which the member signs in: behind the lock, or beneath the others.
    pub(super) fn sign_in_mut(&mut self) -> Option<&mut SignIn> {
        match (&mut self.lock, &mut self.base) {
            (Some(locked), _) => locked.by_code.as_mut(),
            (None, Base::SignIn(sign_in)) => Some(sign_in),
            (None, _) => None,
        }
    }

    fn sign_in_asks(&mut self, work: Work) {
        let id = self.ask(work);
        if let Some(sign_in) = self.sign_in_mut() {
            (sign_in.asked, sign_in.problem) = (Some(id), None);
        }
    }

    pub(super) fn send_code(&mut self) {
        let email = match self.sign_in_mut().map(|sign_in| &sign_in.stage) {
            Some(SignInStage::Address(email) | SignInStage::Digits { email, .. }) => email.trim().to_owned(),
            None => return,
        };
        self.sign_in_asks(Work::RequestCode { email });
    }

    pub(super) fn sign_in(&mut self) {
        let (email, code) = match self.sign_in_mut().map(|sign_in| &sign_in.stage) {
            Some(SignInStage::Digits { email, text, .. }) => (email.clone(), text.trim().to_owned()),
            _ => return,
        };
        self.sign_in_asks(Work::SignIn { email, code });
    }

    pub(super) fn unlock_by_code(&mut self) {
        if let Some(locked) = &mut self.lock {
            locked.by_code = Some(SignIn::default());
        }
    }

    /// From the address back to the lock, from the digits to the address.
    pub(super) fn back_in_lock(&mut self) {
        let Some(mut sign_in) = self.lock.as_mut().and_then(|locked| locked.by_code.take()) else { return };
        if let Some(asked) = sign_in.asked.take() {
            self.drop_work(asked);
        }
        if let (SignInStage::Digits { email, .. }, Some(locked)) = (sign_in.stage, &mut self.lock) {
            let stage = SignInStage::Address(email);
            locked.by_code = Some(SignIn { stage, ..SignIn::default() });
        }
    }

    /// The platform asked who holds the phone. Its word counts only while the app is locked.
    pub(super) fn unlocked(&mut self, unlocking: Unlocking) {
        let Some(locked) = self.lock.as_mut().filter(|locked| locked.asked.is_none()) else { return };
        match unlocking {
            Unlocking::Yes => {
                let asked = self.ask(Work::Unlocked);
                if let Some(locked) = &mut self.lock {
                    (locked.asked, locked.problem) = (Some(asked), None);
                }
            }
            Unlocking::No => {}
            Unlocking::Cannot => locked.cannot = true,
        }
    }

    /// Locks the screens, or opens them, as the wallet says. Whoever looks at an app that is open is noted as present,
    /// or it would lock itself before their eyes.
    pub(super) fn lock_as(&mut self, status: &WalletStatus) {
        let looks = self.phone.foreground && status.person.is_some();
        if status.person.is_some() && status.lock.locked {
            if self.lock.is_none() {
                self.lock = Some(Locked::default());
            }
            return;
        }
        self.lock = None;
        if looks && status.lock.locks_in_ms.is_some() {
            self.ask_once(Work::Unlocked);
        }
    }

    /// Who is signed in.
    pub(super) fn person(&self) -> Option<PersonId> {
        self.wallet.status.as_ref().and_then(|status| status.person)
    }
}
