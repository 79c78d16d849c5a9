//! Work that the member's screens ask for, carried out: each piece is one call, and here stands how long it may take.

use super::{MemberWallet, WalletError};
use crate::{
    network::Line,
    screens::member::{Answer, Work},
};

/// The server is waited for so long while a code is on the screen, or is to be. Milliseconds.
const CODE_MS: u32 = 4_000;
/// For a list, while what is kept of it shows. Milliseconds.
const LIST_MS: u32 = 5_000;
/// For something that the member asked for and waits to see done. Milliseconds.
const CALL_MS: u32 = 15_000;
/// To be told that the member signs out, which is done here by then. Milliseconds.
const PARTING_MS: u32 = 3_000;

impl MemberWallet {
    /// Carries out work of the screens, asking through `line`.
    ///
    /// # Errors
    /// Those of the call that it is.
    pub async fn carry(&self, line: Line, work: Work) -> Result<Answer, WalletError> {
        Ok(match work {
            Work::Status => Answer::Status(Box::new(self.status_through(line).await?)),
            Work::LookAtCode { code } => Answer::Offer(self.look_at_code_through(line, code, CALL_MS).await?),
            Work::Join { code } => Answer::Joined(self.join_through(line, code, CALL_MS).await?),
            Work::RequestCode { email } => {
                Answer::CodeSent(self.request_code_through(line, email, CALL_MS).await?)
            }
            Work::SignIn { email, code } => {
                Answer::SignedIn(self.sign_in_through(line, email, code, CALL_MS).await?)
            }
            Work::SignOut => Answer::SignedOut(self.sign_out_through(line, PARTING_MS).await?),
            Work::Unlocked => self.app_unlocked().map(|()| Answer::Done)?,
            Work::Left => self.app_left().map(|()| Answer::Done)?,
            Work::SetLock { after } => self.set_app_lock(after).map(|()| Answer::Done)?,
            Work::Code => Answer::Code(Box::new(self.code_through(line, CODE_MS).await?)),
            Work::FreshCode => Answer::Code(Box::new(self.fresh_code_through(line, CODE_MS).await?)),
            Work::OfflineCode => Answer::Code(Box::new(self.offline_code_through(line).await?)),
            Work::RenewCertificate => Answer::Certified(self.renew_certificate_through(line, CALL_MS).await?),
            Work::Invalidate => Answer::Invalidated(self.invalidate_through(line, CODE_MS).await?),
            Work::Recent => Answer::Recent(self.recent_through(line, LIST_MS).await?),
            Work::Messages => Answer::Messages(self.messages_through(line, LIST_MS).await?),
            Work::ReadMessage { id } => {
                self.read_message_through(line, id, LIST_MS).await.map(|_| Answer::Done)?
            }
            Work::Invite(asked) => {
                Answer::Invited(Box::new(self.invite_through(line, asked, CALL_MS).await?))
            }
            Work::Invitations => Answer::Invitations(self.invitations_through(line, LIST_MS).await?),
            Work::InvitationCode { id } => {
                Answer::Invited(Box::new(self.invitation_code_through(line, id, LIST_MS).await?))
            }
            Work::Cancel { id } => Answer::Cancelled(Box::new(self.cancel_through(line, id, CALL_MS).await?)),
        })
    }
}
