//! Work that failed: what is said where, and what of it stops the member.

use std::sync::Arc;

use super::{
    Member, Work, WorkId,
    place::{Join, JoinStage, Over, Trouble},
    stop::Stop,
};
use crate::device::{CodeSent, WalletError};

impl Member {
    pub(super) fn failed(&mut self, id: WorkId, work: Work, trouble: Trouble) {
        // How the wallet stands is not what was believed.
        let moved = matches!(
            *trouble,
            WalletError::NotJoined
                | WalletError::NotSignedIn
                | WalletError::SessionEnded
                | WalletError::AlreadySignedIn
                | WalletError::AppLocked
        );
        if moved && work != Work::Status {
            self.ask_status();
        }
        if matches!(&*trouble, WalletError::Client(error) if error.is_offline()) {
            self.reached(false);
        }
        let stop = Stop::of(&trouble);
        match &work {
            // Without it nothing is known.
            Work::Status => {
                self.wallet.status_again = false;
                return self.stop(stop.unwrap_or(Stop::Failed(trouble)));
            }
            Work::LookAtCode { .. } | Work::Join { .. } => {
                if let Some(join) = self.join_mut().filter(|join| join.asked() == Some(id)) {
                    *join = Join { stage: JoinStage::Scan, problem: Some(Arc::clone(&trouble)) };
                }
            }
            Work::RequestCode { email } => match *trouble {
                // The last one is on its way, or there: it can be typed.
                WalletError::ResendTooSoon { wait_s } => {
                    let sent = CodeSent { resend_in_s: wait_s, good_for_s: 0 };
                    self.code_sent(id, email.clone(), sent);
                }
                _ => self.failed_to_sign_in(id, &trouble),
            },
            Work::SignIn { .. } => self.failed_to_sign_in(id, &trouble),
            Work::Unlocked => {
                if let Some(locked) = self.lock.as_mut().filter(|locked| locked.asked == Some(id)) {
                    (locked.asked, locked.problem) = (None, Some(Arc::clone(&trouble)));
                } else {
                    // Whoever signed in is signed in, and finds the lock.
                    self.ask_status();
                }
            }
            Work::Left | Work::ReadMessage { .. } => return,
            // They are looked for on the side, and what nobody waits for stops nobody.
            Work::Messages if !self.over.iter().any(|over| matches!(over, Over::Messages(_))) => return,
            Work::Code | Work::FreshCode | Work::OfflineCode => self.failed_to_get_code(&work, &trouble),
            Work::Recent | Work::Messages | Work::Invitations => self.failed_to_list(&work, &trouble),
            Work::InvitationCode { .. } => {
                if let Some(invited) = self.loading(id) {
                    invited.problem = Some(Arc::clone(&trouble));
                }
            }
            Work::Invalidate | Work::SignOut => {
                self.failed_there(id, &trouble);
                self.code_due();
            }
            Work::SetLock { .. } | Work::RenewCertificate | Work::Invite(_) | Work::Cancel { .. } => {
                self.failed_there(id, &trouble);
            }
        }
        if let Some(stop) = stop {
            self.stop(stop);
        }
    }

    /// Something stops the member: it is said over whatever is on the screen, which stays beneath.
    pub(super) fn stop(&mut self, stop: Stop) {
        match self.over.last() {
            Some(Over::Stop(shown)) if shown.is_like(&stop) => {}
            _ => self.push(Over::Stop(stop)),
        }
    }

    fn failed_to_sign_in(&mut self, id: WorkId, trouble: &Trouble) {
        if self.signing_in(id)
            && let Some(sign_in) = self.sign_in_mut()
        {
            sign_in.problem = Some(Arc::clone(trouble));
        }
    }

    /// Says it on the screen that asked, and lets it be tried again.
    fn failed_there(&mut self, id: WorkId, trouble: &Trouble) {
        let waits = self.over.iter_mut().filter_map(Over::waits).find(|(asked, _)| **asked == Some(id));
        if let Some((asked, problem)) = waits {
            (*asked, *problem) = (None, Some(Arc::clone(trouble)));
        }
    }

    /// A list that nobody waits for is asked for again when it is opened.
    fn failed_to_list(&mut self, work: &Work, trouble: &Trouble) {
        let shown = self.over.iter_mut().find_map(|over| match (over, work) {
            (Over::Activity(asking), Work::Recent)
            | (Over::Messages(asking), Work::Messages)
            | (Over::Invitations(asking), Work::Invitations) => Some(asking),
            _ => None,
        });
        if let Some(asking) = shown {
            asking.problem = Some(Arc::clone(trouble));
        }
    }
}
