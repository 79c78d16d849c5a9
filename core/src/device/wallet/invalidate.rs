//! Invalidating one's codes, also where the server learns of it only later.

use serde::Serialize;

use super::{MemberWallet, WalletError, state::WalletState};
use crate::{
    network::{Deadline, Line},
    time::UnixSeconds,
    wire::{InvalidateIdAnswer, path},
};

/// The member's codes are invalidated, here at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Invalidated {
    /// Whether the server knows. If not, gates still take earlier codes, and the wallet tells it first thing next
    /// time.
    pub done: bool,
    /// Every code issued before this fails, once the server knows.
    pub before: Option<UnixSeconds>,
}

impl MemberWallet {
    /// Lets every earlier code fail, and the phone's certificate with them, until fresh ones come. Here they are
    /// forgotten at once, also when the server cannot be reached; then the wish is kept.
    ///
    /// # Errors
    /// Nobody signed in; a server that refuses; a store that fails.
    pub fn invalidate(&self, deadline_ms: u32) -> Result<Invalidated, WalletError> {
        self.wait(|line| self.invalidate_through(line, deadline_ms))
    }

    /// As [`Self::invalidate`], asking through `line`.
    ///
    /// # Errors
    /// As [`Self::invalidate`].
    pub async fn invalidate_through(&self, line: Line, deadline_ms: u32) -> Result<Invalidated, WalletError> {
        let now = self.now()?.millis();
        let state = self.change(|state| {
            state.account()?;
            state.invalidation.get_or_insert(now);
            state.forget_codes();
            Ok(state.clone())
        })?;
        self.forget_minted();
        match self.send_invalidation(&line, &state, line.in_ms(deadline_ms)).await {
            Ok(before) => Ok(Invalidated { done: true, before: Some(before) }),
            Err(error) if error.leaves_offline() => Ok(Invalidated { done: false, before: None }),
            Err(error) => Err(error),
        }
    }

    /// Tells the server of the wish. Asked twice, it has been done.
    pub(super) async fn send_invalidation(
        &self,
        line: &Line,
        state: &WalletState,
        deadline: Deadline,
    ) -> Result<UnixSeconds, WalletError> {
        let answer: InvalidateIdAnswer = self.post(line, state, path::INVALIDATE_ID, &(), deadline).await?;
        self.anchor(answer.server_time)?;
        let epoch = state.epoch;
        self.change(|state| {
            state.supersede(answer.superseded_before);
            // A wish that came after this one was sent is sent itself.
            if state.epoch == epoch {
                state.invalidation = None;
            }
            Ok(())
        })?;
        Ok(answer.superseded_before)
    }
}
