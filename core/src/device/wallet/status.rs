//! How a wallet stands, for its screen.

use serde::Serialize;

use super::{LockState, MemberWallet, WalletError, key::KEY_MS};
use crate::{
    id::{OrgCode, PersonId},
    network::Line,
    time::{UnixMillis, UnixSeconds},
};

/// How a wallet stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WalletStatus {
    /// The organisation's code.
    pub org: Option<OrgCode>,
    /// The organisation's name.
    pub organisation: Option<String>,
    /// The server's address.
    pub server: Option<String>,
    /// The member who is signed in.
    pub person: Option<PersonId>,
    /// Their name.
    pub name: Option<String>,
    /// The role.
    pub role: Option<String>,
    /// Until when the kept code is good, if it still is.
    pub code_until: Option<UnixSeconds>,
    /// Until when codes can be minted without a network, if they can.
    pub offline_until: Option<UnixSeconds>,
    /// Whether the server is still to be told of an invalidation.
    pub invalidation_pending: bool,
    /// Every code issued before this was invalidated, by an admin or here, as far as this phone has heard.
    pub invalidated_before: Option<UnixSeconds>,
    /// The app's lock.
    pub lock: LockState,
    /// Whether the time is the server's.
    pub clock_trusted: bool,
    /// The time by which the wallet goes.
    pub now: UnixMillis,
}

impl MemberWallet {
    /// How the wallet stands. Needs no network.
    ///
    /// # Errors
    /// A store or clock that fails.
    pub fn status(&self) -> Result<WalletStatus, WalletError> {
        self.wait(|line| self.status_through(line))
    }

    /// As [`Self::status`], asking through `line`.
    ///
    /// # Errors
    /// As [`Self::status`].
    pub async fn status_through(&self, line: Line) -> Result<WalletStatus, WalletError> {
        // The key is asked for only where there is something to hold it against: asking may make one.
        let certified = self.state()?.certified(self.now()?.seconds()).is_some();
        let own = if certified { self.device_key(&line, line.in_ms(KEY_MS)).await.ok() } else { None };
        // Only now, since the key may have taken its time.
        let (state, now) = (self.state()?, self.now()?);
        let code_until = state.valid_code(now).map(|kept| kept.expires_at);
        let certificate = state.certified(now.seconds());
        let certificate = certificate.filter(|held| own.is_some_and(|own| own.to_bytes() == held.key));
        let offline_until = certificate.map(|held| held.expires_at);
        Ok(WalletStatus {
            org: state.server.as_ref().map(|server| server.org.clone()),
            organisation: state.server.as_ref().map(|server| server.organisation.clone()),
            server: state.server.map(|server| server.url),
            person: state.account.as_ref().map(|account| account.person),
            name: state.account.as_ref().map(|account| account.name.clone()),
            role: state.account.map(|account| account.role),
            code_until,
            offline_until,
            invalidation_pending: state.invalidation.is_some(),
            invalidated_before: state.superseded_before,
            lock: self.app_lock()?,
            clock_trusted: now.trusted().is_some(),
            now: now.millis(),
        })
    }
}
