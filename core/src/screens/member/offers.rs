//! What can be done now. The one place that says so: screens are drawn from it, and taps are held against it.

use super::{
    Action, CameraSays, Member, Top, When, Work, WorkId,
    inviting::is_open,
    place::{Base, Invited, Inviting, Join, JoinStage, Locked, Over, SignIn, SignInStage},
    stop::Stop,
};
use crate::{
    device::LockAfter,
    screens::{
        Weight,
        offer::{self, likely, offer, other, quiet},
    },
};

/// Something that can be done, or will be.
pub(super) type Offer = offer::Offer<Action>;

impl Member {
    /// What is offered under this action, where it can be done now.
    pub(super) fn offered(&self, action: Action) -> Option<Offer> {
        self.offers().into_iter().find(|offer| offer.enabled && offer.action == action)
    }

    /// Everything that the screen offers, rows of lists too, in the order in which it is read.
    pub(super) fn offers(&self) -> Vec<Offer> {
        match self.top() {
            Top::Stop(stop) => of_stop(stop),
            Top::Covered => Vec::new(),
            Top::Locked(locked) => self.of_lock(locked),
            Top::Over(over) => self.of_over(over),
            Top::Base(Base::Opening) => Vec::new(),
            Top::Base(Base::Join(join)) => self.of_join(join, false),
            Top::Base(Base::SignIn(sign_in)) => {
                let mut offers = self.of_sign_in(sign_in);
                match sign_in.stage {
                    SignInStage::Address(_) => offers.push(quiet(Action::JoinAnew)),
                    SignInStage::Digits { .. } => offers.push(quiet(Action::Back)),
                }
                offers
            }
            Top::Base(Base::Pass) => self.of_pass(),
        }
    }

    fn of_join(&self, join: &Join, back: bool) -> Vec<Offer> {
        let mut offers = match &join.stage {
            JoinStage::Scan => vec![other(Action::TypeCode)],
            JoinStage::Type(text) => {
                vec![likely(Action::Check).when(!text.trim().is_empty()), other(Action::ScanCode)]
            }
            // Leaves the question to the server where it is.
            JoinStage::Look { .. } | JoinStage::Join { .. } => return vec![quiet(Action::Back)],
            JoinStage::Offer { .. } => return vec![likely(Action::Yes), other(Action::No)],
        };
        let fails = matches!(self.phone.camera, Some(CameraSays::Fails(_)));
        if fails && matches!(join.stage, JoinStage::Scan) {
            offers.push(other(Action::Again));
        }
        if back {
            offers.push(quiet(Action::Back));
        }
        offers
    }

    fn of_sign_in(&self, sign_in: &SignIn) -> Vec<Offer> {
        let free = sign_in.asked.is_none();
        match &sign_in.stage {
            SignInStage::Address(text) => vec![likely(Action::SendCode).when(free && text.contains('@'))],
            SignInStage::Digits { text, sent_ms, resend_ms, .. } => vec![
                likely(Action::SignIn).when(free && !text.trim().is_empty()),
                other(Action::SendAgain).when(free && self.now.since(*sent_ms) >= *resend_ms),
            ],
        }
    }

    fn of_lock(&self, locked: &Locked) -> Vec<Offer> {
        if let Some(sign_in) = &locked.by_code {
            let mut offers = self.of_sign_in(sign_in);
            offers.push(quiet(Action::Back));
            return offers;
        }
        let free = locked.asked.is_none();
        if locked.cannot {
            vec![likely(Action::ByCode).when(free), other(Action::Unlock).when(free)]
        } else {
            vec![likely(Action::Unlock).when(free)]
        }
    }

    fn of_pass(&self) -> Vec<Offer> {
        let idle = self.asks_for_code().is_none();
        let message = self.first_messages().first().map(|message| likely(Action::Read(message.id)));
        let rest = [
            other(Action::Invite),
            other(Action::Invitations),
            other(Action::Activity),
            other(Action::Messages),
            other(Action::Refresh).when(idle),
            // It asks once more, and is seldom what a member came for.
            quiet(Action::Invalidate),
            quiet(Action::Status),
            quiet(Action::Settings),
        ];
        message.into_iter().chain(rest).collect()
    }

    fn of_over(&self, over: &Over) -> Vec<Offer> {
        let free = over.asked().is_none();
        let back = quiet(Action::Back).when(free);
        match over {
            Over::Join(join) => self.of_join(join, true),
            Over::Invalidate(_) => vec![
                offer(Action::InvalidateNow, Weight::Dangerous).when(free),
                likely(Action::Stay).when(free),
            ],
            Over::Invitations(_) => {
                let listed = self.invitations().into_iter();
                let rows = listed.map(|view| other(Action::Invitation(view.id)));
                rows.chain([likely(Action::Invite), back]).collect()
            }
            Over::Invite(inviting) => self.of_invite(inviting),
            Over::Invitation(invited) => self.of_invitation(invited),
            Over::Activity(_) => {
                let entries = self.wallet.recent.iter().flat_map(|recent| &recent.entries);
                let rows = entries.map(|entry| other(Action::Entry(entry.event)));
                rows.chain([back]).collect()
            }
            Over::Entry(_) => vec![offer(Action::NotMe, Weight::Dangerous).when(free), back],
            Over::Settings(_) => {
                let rows = LockAfter::ALL.into_iter();
                let rows = rows.map(|after| other(Action::LockAfter(after)).when(free));
                let rest = [
                    other(Action::Stored).when(free),
                    other(Action::Status).when(free),
                    quiet(Action::JoinAnew).when(free),
                    offer(Action::SignOut, Weight::Dangerous).when(free),
                    back,
                ];
                rows.chain(rest).collect()
            }
            Over::Messages(_) => {
                let rows = self.messages().into_iter().map(|message| other(Action::Message(message.id)));
                rows.chain([back]).collect()
            }
            Over::Stored | Over::Message(_) => vec![back],
            Over::Status(_) => vec![other(Action::Prepare).when(free), back],
            Over::SignOut(_) => {
                vec![offer(Action::SignOutNow, Weight::Dangerous).when(free), likely(Action::Stay).when(free)]
            }
            // It is seen before all else.
            Over::Stop(stop) => of_stop(stop),
        }
    }

    fn of_invite(&self, inviting: &Inviting) -> Vec<Offer> {
        let free = inviting.asked.is_none();
        let back = quiet(Action::Back).when(free);
        if let Some(picking) = inviting.picking {
            let days = self.days(picking).map(|day| other(Action::Day(day)));
            return days.chain([back]).collect();
        }
        let whole = !inviting.name.trim().is_empty() && inviting.when.is_some();
        let rows = When::ALL.into_iter().map(Action::When).chain([Action::Days]);
        let rows = rows.map(|action| other(action).when(free));
        rows.chain([likely(Action::Create).when(free && whole), back]).collect()
    }

    fn of_invitation(&self, invited: &Invited) -> Vec<Offer> {
        let free = invited.asked.is_none();
        if invited.cancelling {
            return vec![
                offer(Action::CancelNow, Weight::Dangerous).when(free),
                likely(Action::Stay).when(free),
            ];
        }
        let open = is_open(&invited.view, self.time());
        let mut offers = Vec::new();
        if open {
            offers.push(likely(Action::Share).when(invited.code.is_some()));
            if invited.code.is_none() {
                offers.push(other(Action::Again).when(free && invited.loading.is_none()));
            }
        }
        offers.push(other(Action::InviteAgain).when(free));
        if open {
            offers.push(offer(Action::Cancel, Weight::Dangerous).when(free));
        }
        offers.push(quiet(Action::Back).when(free));
        offers
    }

    /// Whether the server is being asked for the access ID.
    pub(super) fn asks_for_code(&self) -> Option<WorkId> {
        self.asking(|work| matches!(work, Work::Code | Work::FreshCode))
    }
}

fn of_stop(stop: &Stop) -> Vec<Offer> {
    match stop {
        Stop::AccessEnded(_) => {
            vec![likely(Action::Again), other(Action::GoOn), quiet(Action::SignOut)]
        }
        Stop::NotPrepared(_) => vec![likely(Action::Again), other(Action::GoOn)],
        Stop::SignedOut => vec![likely(Action::GoOn)],
        Stop::ClockOff(_) => vec![likely(Action::OpenSettings), other(Action::GoOn)],
        Stop::StorageFull(_) | Stop::Damaged(_) | Stop::Newer(_) | Stop::Elsewhere(_) | Stop::Failed(_) => {
            vec![likely(Action::Again)]
        }
    }
}
