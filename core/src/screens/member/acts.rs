//! What each action does. By the time it comes here it was offered, and meant for this screen.

use super::{
    Action, Effect, Member, Top, Work, WorkId,
    place::{Asking, Base, Inviting, Join, JoinStage, Over, SignIn, SignInStage},
    stop::Stop,
};
use crate::screens::FieldName;

impl Member {
    pub(super) fn act(&mut self, action: Action) {
        // What was done, or went wrong, before is said until the next thing is done.
        self.notice = None;
        if let Some((_, problem)) = self.over.last_mut().and_then(Over::waits) {
            *problem = None;
        }
        match action {
            Action::Back | Action::No | Action::Stay => self.back(),
            Action::Yes => self.join_now(),
            Action::TypeCode => self.join_stage(JoinStage::Type(String::new())),
            Action::ScanCode => self.join_stage(JoinStage::Scan),
            Action::Check => self.check_typed(),
            Action::JoinAnew => self.push(Over::Join(Join::default())),
            Action::SendCode | Action::SendAgain => self.send_code(),
            Action::SignIn => self.sign_in(),
            Action::ByCode => self.unlock_by_code(),
            Action::Unlock => self.effects.push(Effect::Unlock),
            Action::Refresh | Action::Invalidate | Action::Entry(_) => self.opens_pass(action),
            Action::InvalidateNow | Action::NotMe => self.invalidate(),
            Action::Invitations => self.open_invitations(),
            Action::Invite => self.push(Over::Invite(Inviting::default())),
            Action::When(_) | Action::Days | Action::Day(_) => self.choose(action),
            Action::Create => self.create(),
            Action::Invitation(id) => self.open_invitation(id),
            Action::Share => self.share(),
            Action::Cancel => self.cancelling(true),
            Action::CancelNow => self.cancel(),
            Action::InviteAgain => self.invite_again(),
            Action::Activity => self.open_activity(),
            Action::Messages => self.open_messages(),
            Action::Message(id) | Action::Read(id) => self.open_message(id),
            Action::Settings => self.push(Over::Settings(Asking::default())),
            Action::LockAfter(after) => {
                let asked = self.ask(Work::SetLock { after });
                self.waits_for(asked);
            }
            Action::Stored => self.push(Over::Stored),
            Action::Status => {
                self.push(Over::Status(Asking::default()));
                self.ask_status();
            }
            Action::Prepare => {
                let asked = self.ask(Work::RenewCertificate);
                self.waits_for(asked);
            }
            Action::SignOut => self.push(Over::SignOut(Asking::default())),
            Action::SignOutNow => {
                self.forget_code();
                self.pass.due_ms = None;
                let asked = self.ask(Work::SignOut);
                self.waits_for(asked);
            }
            Action::OpenSettings => self.effects.push(Effect::OpenSettings),
            Action::Again => self.again(),
            Action::GoOn => {
                self.over.pop();
            }
        }
    }

    /// One screen back.
    fn back(&mut self) {
        if matches!(self.top(), Top::Locked(_)) {
            return self.back_in_lock();
        }
        match self.over.last_mut() {
            None => self.back_in_base(),
            Some(Over::Invite(inviting)) if inviting.picking.is_some() => inviting.picking = None,
            Some(Over::Invitation(invited)) if invited.cancelling => invited.cancelling = false,
            Some(Over::Join(_)) => {
                if let Some(Over::Join(join)) = self.over.pop()
                    && let Some(join) = self.back_in_join(&join)
                {
                    self.push(Over::Join(join));
                }
            }
            Some(_) => {
                self.over.pop();
            }
        }
    }

    fn back_in_base(&mut self) {
        match std::mem::replace(&mut self.base, Base::Opening) {
            Base::Join(join) => self.base = Base::Join(self.back_in_join(&join).unwrap_or_default()),
            Base::SignIn(mut sign_in) => {
                if let Some(asked) = sign_in.asked.take() {
                    self.drop_work(asked);
                }
                sign_in.problem = None;
                if let SignInStage::Digits { email, .. } = sign_in.stage {
                    sign_in.stage = SignInStage::Address(email);
                }
                self.base = Base::SignIn(sign_in);
            }
            base => self.base = base,
        }
    }

    /// Nothing where the screen is left.
    fn back_in_join(&mut self, join: &Join) -> Option<Join> {
        if let Some(asked) = join.asked() {
            self.drop_work(asked);
        }
        match join.stage {
            JoinStage::Scan | JoinStage::Type(_) => None,
            JoinStage::Look { .. } | JoinStage::Join { .. } | JoinStage::Offer { .. } => {
                Some(Join::default())
            }
        }
    }

    pub(super) fn typed(&mut self, field: FieldName, typed: String) {
        let locked = match self.top() {
            Top::Stop(_) | Top::Covered => return,
            Top::Locked(_) => true,
            Top::Over(_) | Top::Base(_) => false,
        };
        let place =
            match field {
                FieldName::Name | FieldName::Note if !locked => {
                    match self.over.last_mut() {
                        Some(Over::Invite(inviting)) if inviting.asked.is_none() => {
                            if field == FieldName::Name { &mut inviting.name } else { &mut inviting.note }
                        }
                        _ => return,
                    }
                }
                FieldName::Code if !locked => match self.join_mut() {
                    Some(Join { stage: JoinStage::Type(text), .. }) => text,
                    _ => return,
                },
                FieldName::Address | FieldName::Digits => match self.sign_in_mut() {
                    Some(SignIn { stage, asked: None, .. }) => match (stage, field) {
                        (SignInStage::Address(text), FieldName::Address)
                        | (SignInStage::Digits { text, .. }, FieldName::Digits) => text,
                        _ => return,
                    },
                    _ => return,
                },
                _ => return,
            };
        *place = typed;
    }

    fn open_invitations(&mut self) {
        self.push(Over::Invitations(Asking::default()));
        self.ask_once(Work::Invitations);
    }

    fn open_activity(&mut self) {
        self.push(Over::Activity(Asking::default()));
        self.ask_once(Work::Recent);
    }

    /// Asks for a list, unless that is under way.
    pub(super) fn ask_once(&mut self, work: Work) {
        if self.asking(|asked| *asked == work).is_none() {
            self.ask(work);
        }
    }

    /// The uppermost screen waits for this.
    pub(super) fn waits_for(&mut self, id: WorkId) {
        if let Some((asked, problem)) = self.over.last_mut().and_then(Over::waits) {
            (*asked, *problem) = (Some(id), None);
        }
    }

    /// Tries once more what failed: what was on the screen is there still.
    fn again(&mut self) {
        match self.over.last() {
            Some(Over::Stop(stop)) if stop.ends_with_a_code() => {
                self.told.retain(|told| !told.ends_with_a_code());
                self.over.pop();
                self.pass.problem = None;
                self.code_due();
            }
            Some(Over::Stop(stop)) => {
                let reopens =
                    matches!(stop, Stop::Damaged(_) | Stop::Elsewhere(_) | Stop::Newer(_) | Stop::Failed(_));
                self.over.pop();
                if reopens {
                    self.effects.push(Effect::Reopen);
                    self.restarted();
                } else {
                    self.ask_status();
                }
            }
            Some(Over::Invitation(_)) => self.load_again(),
            _ => self.phone.camera = None,
        }
    }
}
