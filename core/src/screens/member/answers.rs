//! What comes of work. An answer to what was never asked, or was answered, or of another kind than was asked for, changes
//! nothing.

use std::sync::Arc;

use super::{
    Answer, Member, Work, WorkId,
    place::{Base, Cover, Invited, Join, JoinStage, Over, SignIn, SignInStage},
    stop::ClockOff,
};
use crate::{
    device::{CodeSent, Invalidated, JoinOffer, OwnInvitations, SignedOut, WalletError, WalletStatus},
    message,
    screens::CodeShown,
    visit::InvitationStatus,
    wire::{InvitationAnswer, InvitationRequest, InvitationView},
};

/// Whether this can be an answer to that.
const fn fits(work: &Work, answer: &Answer) -> bool {
    match work {
        Work::Status => matches!(answer, Answer::Status(_)),
        Work::LookAtCode { .. } => matches!(answer, Answer::Offer(_)),
        Work::Join { .. } => matches!(answer, Answer::Joined(_)),
        Work::RequestCode { .. } => matches!(answer, Answer::CodeSent(_)),
        Work::SignIn { .. } => matches!(answer, Answer::SignedIn(_)),
        Work::SignOut => matches!(answer, Answer::SignedOut(_)),
        Work::Unlocked | Work::Left | Work::SetLock { .. } | Work::ReadMessage { .. } => {
            matches!(answer, Answer::Done)
        }
        Work::Code | Work::FreshCode | Work::OfflineCode => matches!(answer, Answer::Code(_)),
        Work::RenewCertificate => matches!(answer, Answer::Certified(_)),
        Work::Invalidate => matches!(answer, Answer::Invalidated(_)),
        Work::Recent => matches!(answer, Answer::Recent(_)),
        Work::Messages => matches!(answer, Answer::Messages(_)),
        Work::Invite(_) | Work::InvitationCode { .. } => matches!(answer, Answer::Invited(_)),
        Work::Invitations => matches!(answer, Answer::Invitations(_)),
        Work::Cancel { .. } => matches!(answer, Answer::Cancelled(_)),
    }
}

impl Member {
    pub(super) fn answered(&mut self, id: WorkId, outcome: Result<Answer, Arc<WalletError>>) {
        let Some(work) = self.asked.get(&id) else { return };
        if outcome.as_ref().is_ok_and(|answer| !fits(work, answer)) {
            return;
        }
        let Some(work) = self.asked.remove(&id) else { return };
        match outcome {
            Ok(answer) => self.succeeded(id, work, answer),
            Err(trouble) => self.failed(id, work, trouble),
        }
    }

    fn succeeded(&mut self, id: WorkId, work: Work, answer: Answer) {
        match (work, answer) {
            (_, Answer::Status(status)) => self.has_status(id, status),
            (_, Answer::Offer(offer)) => self.has_offer(id, offer),
            (_, Answer::Joined(_)) => self.joined(id),
            (Work::RequestCode { email }, Answer::CodeSent(sent)) => self.code_sent(id, email, sent),
            // The one who signed in is there, and looks at the app.
            (_, Answer::SignedIn(_)) => {
                if self.signing_in(id) {
                    self.pass.problem = None;
                    self.ask(Work::Unlocked);
                }
            }
            (_, Answer::SignedOut(out)) => self.signed_out(out),
            (work, Answer::Code(code)) => self.has_code(&work, code),
            (_, Answer::Certified(_)) => {
                self.waited(id);
                self.reached(true);
                self.ask_status();
            }
            (_, Answer::Invalidated(Invalidated { done, .. })) => {
                self.reached(done);
                let notice = if done { message!("wallet-invalidated") } else { message!("wallet-forgotten") };
                self.invalidated(id, notice);
            }
            (_, Answer::Recent(recent)) => {
                self.reached(recent.live);
                self.wallet.recent = Some(recent);
            }
            (_, Answer::Messages(own)) => self.has_messages(own),
            (Work::Invite(request), Answer::Invited(answer)) => self.invited(id, request, &answer),
            (_, Answer::Invited(answer)) => self.has_invitation_code(id, &answer),
            (_, Answer::Invitations(own)) => self.has_invitations(own),
            (_, Answer::Cancelled(view)) => self.cancelled(id, &view),
            (work, Answer::Done) => self.is_done(id, &work),
            (_, Answer::CodeSent(_)) => {}
        }
    }

    fn is_done(&mut self, id: WorkId, work: &Work) {
        match work {
            Work::Unlocked | Work::SetLock { .. } => {
                self.waited(id);
                self.ask_status();
            }
            _ => {}
        }
    }

    fn has_status(&mut self, id: WorkId, status: Box<WalletStatus>) {
        if std::mem::take(&mut self.wallet.status_again) {
            self.ask_status();
        }
        // What was asked before the member came back says nothing of what the app is now.
        if self.cover == Cover::Until(id) {
            self.cover = Cover::No;
            // An admin may have invalidated meanwhile what is held.
            let waits = self.asking(|work| matches!(work, Work::Invalidate | Work::SignOut)).is_some();
            if matches!(self.base, Base::Pass) && !waits {
                self.code_due();
            }
        }
        self.lock_as(&status);
        let (before, after) = (self.wallet.asked_wall, self.now.wall);
        self.wallet.clock_off =
            status.clock_trusted.then(|| ClockOff::between(before, after, status.now)).flatten();
        self.wallet.status_ms = self.now.running_ms;
        self.wallet.status = Some(status);
    }

    fn has_offer(&mut self, id: WorkId, offer: JoinOffer) {
        if let Some(Join { stage, .. }) = self.join_mut()
            && let JoinStage::Look { code, asked } = stage
            && *asked == id
        {
            *stage = JoinStage::Offer { code: std::mem::take(code), offer: Box::new(offer) };
        }
    }

    fn joined(&mut self, id: WorkId) {
        if matches!(self.over.last(), Some(Over::Join(join)) if join.asked() == Some(id)) {
            self.over.pop();
        }
        self.reached(true);
        if self.person().is_some() {
            self.code_due();
        }
        self.ask_status();
    }

    /// A one-time code is on its way: its digits can be typed.
    pub(super) fn code_sent(&mut self, id: WorkId, email: String, sent: CodeSent) {
        let (sent_ms, resend_ms) = (self.now.running_ms, sent.resend_in_s.saturating_mul(1_000));
        if !self.signing_in(id) {
            return;
        }
        if let Some(sign_in) = self.sign_in_mut() {
            let stage = SignInStage::Digits { email, text: String::new(), sent_ms, resend_ms };
            *sign_in = SignIn { stage, ..SignIn::default() };
        }
    }

    /// The screen on which the member signs in waits no more for this; false where it did not.
    pub(super) fn signing_in(&mut self, id: WorkId) -> bool {
        let sign_in = self.sign_in_mut().filter(|sign_in| sign_in.asked == Some(id));
        sign_in.map(|sign_in| sign_in.asked = None).is_some()
    }

    fn signed_out(&mut self, out: SignedOut) {
        self.leaving = true;
        self.home();
        self.notice = (!out.server_told).then_some(message!("wallet-signed_out_here"));
        self.ask_status();
    }

    fn has_invitations(&mut self, own: OwnInvitations) {
        self.reached(own.live);
        // One that is on the screen is shown as it stands now.
        if let Some(Over::Invitation(Invited { view, .. })) = self.over.last_mut()
            && let Some(fresh) = own.invitations.iter().find(|fresh| fresh.id == view.id)
        {
            *view = fresh.clone();
        }
        self.wallet.invitations = Some(own);
    }

    /// It was made: where it was filled in it is shown now.
    fn invited(&mut self, id: WorkId, request: InvitationRequest, answer: &InvitationAnswer) {
        self.reached(true);
        if self.over.last().and_then(Over::asked) == Some(id) {
            self.over.pop();
            let (code, problem) = drawn(&answer.code);
            self.push(Over::Invitation(Invited {
                view: made(request, answer),
                code,
                loading: None,
                cancelling: false,
                asked: None,
                problem,
            }));
        }
        self.ask_once(Work::Invitations);
    }

    fn has_invitation_code(&mut self, id: WorkId, answer: &InvitationAnswer) {
        self.reached(true);
        if let Some(invited) = self.loading(id) {
            (invited.code, invited.problem) = drawn(&answer.code);
        }
    }

    /// The invitation whose code this asked for; it waits no more.
    pub(super) fn loading(&mut self, id: WorkId) -> Option<&mut Invited> {
        self.over.iter_mut().find_map(|over| match over {
            Over::Invitation(invited) if invited.loading == Some(id) => {
                invited.loading = None;
                Some(invited)
            }
            _ => None,
        })
    }

    fn cancelled(&mut self, id: WorkId, fresh: &InvitationView) {
        self.reached(true);
        if let Some(Over::Invitation(invited)) = self.over.last_mut()
            && invited.asked == Some(id)
        {
            (invited.asked, invited.cancelling, invited.code) = (None, false, None);
            invited.view = fresh.clone();
        }
        if let Some(own) = &mut self.wallet.invitations
            && let Some(view) = own.invitations.iter_mut().find(|view| view.id == fresh.id)
        {
            *view = fresh.clone();
        }
    }

    /// The screen that waited for this waits no more; false where none did.
    pub(super) fn waited(&mut self, id: WorkId) -> bool {
        if let Some(locked) = self.lock.as_mut().filter(|locked| locked.asked == Some(id)) {
            locked.asked = None;
            return true;
        }
        let waits = self.over.iter_mut().filter_map(Over::waits).find(|(asked, _)| **asked == Some(id));
        waits.map(|(asked, _)| *asked = None).is_some()
    }
}

/// The code of an invitation as it is shown, or why it cannot be.
fn drawn(text: &str) -> (Option<Box<CodeShown>>, Option<Arc<WalletError>>) {
    match CodeShown::of(text) {
        Ok(code) => (Some(Box::new(code)), None),
        Err(error) => (None, Some(Arc::new(error.into()))),
    }
}

/// An invitation as the list will show it, out of what was asked for and what came of it.
fn made(request: InvitationRequest, answer: &InvitationAnswer) -> InvitationView {
    InvitationView {
        id: answer.id,
        reference: answer.reference.clone(),
        name: request.name,
        host: None,
        sites: request.sites,
        from: request.from,
        until: request.until,
        max_uses: request.max_uses,
        uses: 0,
        status: InvitationStatus::Pending,
        host_stopped: None,
        note: request.note.unwrap_or_default(),
    }
}
