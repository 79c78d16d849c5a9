//! Whether what this phone holds still stands: an admin may have invalidated it, or ended the membership.

use super::{MemberWallet, WalletError, state::WalletState};
use crate::{
    network::{ClientError, Deadline, Line},
    time::UnixSeconds,
    wire::{StandingAnswer, path},
};

impl MemberWallet {
    /// Asks the server whether codes of this member still stand, and takes away those that do not.
    ///
    /// # Errors
    /// No longer signed in; a member who may have no code; a server that cannot be reached.
    pub(super) async fn learn_standing(
        &self,
        line: &Line,
        state: &WalletState,
        deadline: Deadline,
    ) -> Result<(), WalletError> {
        let asked: Result<StandingAnswer, _> = self.get(line, state, path::STANDING, deadline).await;
        let answer = match self.note_access_end(asked) {
            // A server from before there was this question.
            Err(WalletError::Client(ClientError::Refused { status: 404 | 405, .. })) => return Ok(()),
            answer => answer?,
        };
        self.anchor(answer.server_time)?;
        self.learn_invalidation(answer.superseded_before)
    }

    /// Takes away what was issued before an invalidation that an answer told of.
    pub(super) fn learn_invalidation(&self, before: Option<UnixSeconds>) -> Result<(), WalletError> {
        let Some(before) = before else { return Ok(()) };
        if self.state()?.superseded_before >= Some(before) {
            return Ok(());
        }
        self.forget_minted();
        self.change(|state| {
            state.supersede(before);
            Ok(())
        })
    }

    /// Takes every code away where the server says that this member may have none.
    pub(super) fn note_access_end<T>(&self, outcome: Result<T, WalletError>) -> Result<T, WalletError> {
        match outcome {
            Err(WalletError::Client(error)) if error.is_forbidden() => {
                self.forget_minted();
                self.change(|state| {
                    state.forget_codes();
                    Ok(())
                })?;
                Err(WalletError::AccessEnded)
            }
            other => other,
        }
    }
}
