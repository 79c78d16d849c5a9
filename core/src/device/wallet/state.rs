//! What a wallet holds, kept sealed as one.

use serde::{Deserialize, Serialize};

use super::{OfflineProblem, WalletError};
use crate::{
    hex,
    id::{Digest32, OrgCode, PersonId},
    network::{Client, Line},
    time::{Now, Span, UnixMillis, UnixSeconds},
};

// Names of their own, so that a station and a wallet may share a folder.
pub(super) const STATE: &str = "wallet";
pub(super) const KEYS: &str = "wallet-keys";
pub(super) const TIME: &str = "wallet-time";
pub(super) const RECENT: &str = "wallet-recent";
pub(super) const INVITATIONS: &str = "wallet-invitations";
pub(super) const MESSAGES: &str = "wallet-messages";
pub(super) const WISHES: &str = "wallet-wishes";
pub(super) const LOCK: &str = "wallet-lock";

/// What the wallet holds, sealed as one.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct WalletState {
    pub server: Option<Server>,
    pub account: Option<Account>,
    #[serde(rename = "kept")]
    pub code: Option<StoredCode>,
    pub certificate: Option<Certificate>,
    /// Codes are to be invalidated since then, and the server does not know yet.
    pub invalidation: Option<UnixMillis>,
    /// Who signed in last; stays when the server ends the session.
    pub last_person: Option<PersonId>,
    /// The last one-time code that was asked for.
    #[serde(rename = "asked")]
    pub code_request: Option<RequestedCode>,
    /// Every code issued before this fails, as far as the server said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub superseded_before: Option<UnixSeconds>,
    /// Somebody signed out, and the key was not seen to be destroyed: no other member is to have it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub key_remains: bool,
    /// Counts what takes codes away: an answer that began before it must not bring one back.
    pub epoch: u64,
}

/// The organisation's server.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Server {
    pub url: String,
    pub org: OrgCode,
    pub organisation: String,
    /// SHA-256 of the root that is trusted.
    pub pin: Digest32,
    #[serde(with = "hex::serde_bytes")]
    pub root: [u8; 32],
}

/// The member who is signed in.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Account {
    pub person: PersonId,
    pub name: String,
    pub email: String,
    pub role: String,
    pub token: String,
}

/// The newest code of the server's.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct StoredCode {
    pub text: String,
    pub issued_at: UnixSeconds,
    pub expires_at: UnixSeconds,
}

/// The certificate of the phone's key.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Certificate {
    #[serde(with = "hex::serde_bytes")]
    pub envelope: Vec<u8>,
    /// The key in its shortest form.
    #[serde(with = "hex::serde_bytes")]
    pub key: Vec<u8>,
    pub issued_at: UnixSeconds,
    pub expires_at: UnixSeconds,
}

/// When a one-time code was asked for, by a clock that nobody sets.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct RequestedCode {
    pub email: String,
    pub monotonic_ms: u64,
    pub boot_id: String,
}

impl WalletState {
    pub(super) fn server(&self) -> Result<&Server, WalletError> {
        self.server.as_ref().ok_or(WalletError::NotJoined)
    }

    /// Calls on behalf of the member.
    pub(super) fn client(&self, line: &Line) -> Result<Client, WalletError> {
        Ok(Client::new(line, &self.server()?.url).with_bearer(&self.account()?.token))
    }

    pub(super) fn account(&self) -> Result<&Account, WalletError> {
        self.account.as_ref().ok_or(WalletError::NotSignedIn)
    }

    /// That an answer still is for whoever is signed in: what one member asked for is shown to no other.
    pub(super) fn is_still_of(&self, person: PersonId) -> Result<(), WalletError> {
        if self.account()?.person == person { Ok(()) } else { Err(WalletError::NotSignedIn) }
    }

    /// That what began in this epoch still is for whoever is signed in: nothing took codes away since.
    pub(super) fn goes_on_from(&self, epoch: u64) -> Result<(), WalletError> {
        self.account()?;
        if self.epoch == epoch { Ok(()) } else { Err(WalletError::InvalidationPending) }
    }

    /// The certificate under which codes may be minted, if that is not over.
    pub(super) fn may_mint(&self) -> Result<&Certificate, WalletError> {
        self.account()?;
        if self.invalidation.is_some() {
            return Err(WalletError::InvalidationPending);
        }
        self.certificate.as_ref().ok_or(WalletError::NoOfflineCode(OfflineProblem::NoCertificate))
    }

    /// The certificate while it holds.
    pub(super) fn certified(&self, now: UnixSeconds) -> Option<&Certificate> {
        self.certificate.as_ref().filter(|certificate| now < certificate.expires_at)
    }

    /// Takes every code away, and whatever could mint one.
    pub(super) fn forget_codes(&mut self) {
        (self.code, self.certificate) = (None, None);
        self.epoch += 1;
    }

    /// Takes away what was issued before an invalidation.
    pub(super) fn supersede(&mut self, before: UnixSeconds) {
        self.superseded_before = self.superseded_before.max(Some(before));
        self.code.take_if(|kept| kept.issued_at < before);
        self.certificate.take_if(|certificate| certificate.issued_at < before);
    }

    /// The kept code while it is certainly valid. Without trusted time nobody can tell. One that the server issued
    /// while its clock was ahead is valid nowhere now that it was set back.
    pub(super) fn valid_code(&self, now: Now) -> Option<&StoredCode> {
        let now = now.trusted()?.to_seconds().to_millis();
        self.code
            .as_ref()
            .filter(|kept| Span::between(kept.issued_at.to_millis(), kept.expires_at.to_millis()).counts(now))
    }
}

/// How far ahead of this phone a certificate may have been issued. Seconds.
const AHEAD_S: u64 = 60;

impl Certificate {
    /// Whether half of its life is over, or it is from a future that a clock set back has made of it.
    pub(super) fn is_due(&self, now: UnixSeconds) -> bool {
        self.issued_at > now.plus(AHEAD_S)
            || now.since(self.issued_at) >= self.expires_at.since(self.issued_at) / 2
    }
}
