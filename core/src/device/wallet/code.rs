//! The code that a member shows: fresh from the server, kept, or minted here.

use serde::Serialize;

use super::{MemberWallet, WalletError, state::StoredCode, state::WalletState};
use crate::{
    network::{ClientError, Deadline, Line},
    pass::Kind,
    qr,
    time::{Now, UnixSeconds},
    wire::{GenerateIdAnswer, path},
};

/// Where a shown code comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeSource {
    /// The server signed it just now.
    Online,
    /// The server signed it a while ago, and it is still valid.
    Kept,
    /// This phone minted it; without a network of their own, guards see CAUTION.
    Offline,
}

/// A code to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WalletCode {
    /// The text of the QR.
    pub text: String,
    /// Where it comes from.
    pub source: CodeSource,
    /// When it was made.
    pub issued_at: UnixSeconds,
    /// The first second in which it must not be shown any more.
    pub expires_at: UnixSeconds,
    /// Seconds until then, for the countdown.
    pub seconds_left: u64,
    /// Seconds after which to ask for the next.
    pub refresh_in_s: u64,
}

impl WalletCode {
    /// The QR as SVG.
    ///
    /// # Errors
    /// A text that is too long for a QR.
    pub fn qr_svg(&self) -> Result<String, WalletError> {
        Ok(qr::svg(&self.text, qr::Correction::Medium)?)
    }

    /// The QR as PNG, a module being so many pixels wide.
    ///
    /// # Errors
    /// A text that is too long for a QR, modules too large.
    pub fn qr_png(&self, module_px: u8) -> Result<Vec<u8>, WalletError> {
        Ok(qr::png(&self.text, qr::Correction::Medium, module_px)?)
    }
}

/// Before a code lapses by so many seconds the next one is fetched, or sooner by a quarter of a shorter life.
const EARLY_S: u64 = 30;
/// Seconds until the server is tried again after it could not be reached.
const RETRY_S: u64 = 5;
/// How long a call for a kept code waits to hear whether it still stands. Milliseconds.
const STANDING_MS: u32 = 1_500;
/// Until the next second has begun. Milliseconds.
const NEXT_SECOND_MS: u32 = 1_050;

/// Seconds from `now` until a code should be replaced; 0 is at once. A code that is not to be replaced yet is good for
/// at least a second more.
#[must_use]
pub fn refresh_in_s(issued_at: UnixSeconds, expires_at: UnixSeconds, now: UnixSeconds) -> u64 {
    let life = expires_at.since(issued_at);
    let early = EARLY_S.min(life.div_ceil(4));
    expires_at.minus(early).since(now)
}

/// Whether the kept code is good, and not to be replaced yet.
fn is_fresh(state: &WalletState, now: Now) -> bool {
    let kept = state.valid_code(now);
    kept.is_some_and(|kept| refresh_in_s(kept.issued_at, kept.expires_at, now.seconds()) > 0)
}

impl StoredCode {
    fn shown(self, source: CodeSource, now: UnixSeconds, least_refresh_s: u64) -> WalletCode {
        let seconds_left = self.expires_at.since(now);
        let refresh = refresh_in_s(self.issued_at, self.expires_at, now);
        WalletCode {
            text: self.text,
            source,
            issued_at: self.issued_at,
            expires_at: self.expires_at,
            seconds_left,
            refresh_in_s: refresh.max(least_refresh_s).min(seconds_left).max(1),
        }
    }
}

impl MemberWallet {
    /// The code to show: the kept one while it is fresh, once the server was asked whether it still stands; else a new
    /// one of the server's; without the server the kept one while it is valid, then one that this phone mints. Never one
    /// that has expired, or of which this phone knows that it was invalidated.
    ///
    /// # Errors
    /// Nobody signed in, or no longer; codes that are being invalidated; no network and no code without one.
    pub fn code(&self, deadline_ms: u32) -> Result<WalletCode, WalletError> {
        self.wait(|line| self.code_through(line, deadline_ms))
    }

    /// As [`Self::code`], asking through `line`.
    ///
    /// # Errors
    /// As [`Self::code`].
    pub async fn code_through(&self, line: Line, deadline_ms: u32) -> Result<WalletCode, WalletError> {
        self.code_by(&line, line.in_ms(deadline_ms), false).await
    }

    /// As [`Self::code`], but the server is asked for a new one whatever is kept.
    ///
    /// # Errors
    /// As [`Self::code`].
    pub fn fresh_code(&self, deadline_ms: u32) -> Result<WalletCode, WalletError> {
        self.wait(|line| self.fresh_code_through(line, deadline_ms))
    }

    /// As [`Self::fresh_code`], asking through `line`.
    ///
    /// # Errors
    /// As [`Self::code`].
    pub async fn fresh_code_through(&self, line: Line, deadline_ms: u32) -> Result<WalletCode, WalletError> {
        self.code_by(&line, line.in_ms(deadline_ms), true).await
    }

    async fn code_by(&self, line: &Line, deadline: Deadline, anew: bool) -> Result<WalletCode, WalletError> {
        let mut state = self.state()?;
        state.account()?;
        if state.invalidation.is_some() {
            // What was invalidated must not come back, so the server is told before anything is shown.
            self.send_invalidation(line, &state, deadline).await.map_err(|error| match error {
                error if error.leaves_offline() => WalletError::InvalidationPending,
                error => error,
            })?;
            state = self.state()?;
        }
        let now = self.now()?;
        if !anew && is_fresh(&state, now) {
            // Not without asking, where that can be done: an admin may have invalidated it.
            match self.learn_standing(line, &state, line.sooner(deadline, STANDING_MS)).await {
                Ok(()) => state = self.state()?,
                Err(error) if error.leaves_offline() => {}
                Err(error) => return Err(error),
            }
            let now = self.now()?;
            if let Some(kept) = state.valid_code(now).filter(|_| is_fresh(&state, now)) {
                return Ok(kept.clone().shown(CodeSource::Kept, now.seconds(), 0));
            }
        }
        match self.note_access_end(self.fetch_code(line, &state, deadline).await) {
            Ok((kept, now)) => {
                // If that fails, status says so, and the code is good.
                let followed = self.follow_clock(line, &state, deadline).await;
                let _ = self.prepare_for_offline(line, deadline).await.and(followed);
                Ok(kept.shown(CodeSource::Online, now, 0))
            }
            Err(error) if error.leaves_offline() => self.without_server(line).await,
            Err(error) => Err(error),
        }
    }

    /// What can be shown without the server, after it could not be reached.
    async fn without_server(&self, line: &Line) -> Result<WalletCode, WalletError> {
        // Read again: waiting for the server took time, and another call may have changed something.
        let (state, now) = (self.state()?, self.now()?);
        state.account()?;
        match state.valid_code(now) {
            Some(kept) => Ok(kept.clone().shown(CodeSource::Kept, now.seconds(), RETRY_S)),
            None => self.own_code(line).await,
        }
    }

    async fn fetch_code(
        &self,
        line: &Line,
        state: &WalletState,
        deadline: Deadline,
    ) -> Result<(StoredCode, UnixSeconds), WalletError> {
        let ask = async || self.post(line, state, path::GENERATE_ID, &(), deadline).await;
        let answer: GenerateIdAnswer = match ask().await {
            // In the second after an invalidation no code is good yet, and what is kept is not any more.
            Err(refused @ WalletError::Client(ClientError::Refused { status: 409, ours: true, .. })) => {
                line.pause(NEXT_SECOND_MS).await;
                if line.has_passed(deadline) {
                    return Err(refused);
                }
                ask().await?
            }
            answer => answer?,
        };
        self.anchor(answer.server_time)?;
        let opened = self.open_own(line, state, &answer.code, deadline).await?;
        let now = self.now()?.seconds();
        let claims = opened.claims;
        if claims.kind != Kind::Member || now < claims.not_before || now >= claims.expires_at {
            return Err(WalletError::CodeRefused);
        }
        let kept =
            StoredCode { text: answer.code, issued_at: claims.issued_at, expires_at: claims.expires_at };
        let (epoch, keep) = (state.epoch, kept.clone());
        self.change(|state| {
            state.goes_on_from(epoch)?;
            if let Some(before) = answer.superseded_before {
                state.supersede(before);
            }
            // An answer that was on its way while something newer told of an invalidation.
            if state.superseded_before.is_some_and(|before| keep.issued_at < before) {
                return Err(WalletError::CodeRefused);
            }
            state.code = Some(keep);
            Ok(())
        })?;
        Ok((kept, now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> UnixSeconds {
        UnixSeconds::new(seconds).expect("a time")
    }

    #[test]
    fn a_code_is_replaced_thirty_seconds_or_a_quarter_of_its_life_early() {
        for (life, replaced_after) in [(120, 90), (900, 870), (60, 45), (40, 30), (8, 6), (1, 0)] {
            assert_eq!(refresh_in_s(at(1000), at(1000 + life), at(1000)), replaced_after, "{life}");
            assert_eq!(refresh_in_s(at(1000), at(1000 + life), at(1000 + life)), 0);
        }
    }
}
