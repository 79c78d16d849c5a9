//! Why a wallet cannot do what was asked.

use std::fmt;

use super::SignerError;
use crate::{
    device::{SecretError, StoreError, TimeError, vault::RandomError},
    keys::KeysError,
    network::ClientError,
    qr::EncodeError,
    words::Language,
};

/// Why the phone cannot mint a code by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OfflineProblem {
    /// The server has not certified the phone's key yet, or the certificate was invalidated.
    NoCertificate,
    /// The certificate is over.
    CertificateExpired,
    /// The phone's key is another one than the certified.
    KeyChanged,
}

impl fmt::Display for OfflineProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Language::English.say(&self.phrase()))
    }
}

impl OfflineProblem {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoCertificate => "certificate_absent",
            Self::CertificateExpired => "certificate_expired",
            Self::KeyChanged => "device_key_changed",
        }
    }
}

/// Why the wallet cannot do what was asked. Each has a stable code; shells have words for it in every language.
#[derive(Debug, thiserror::Error)]
pub enum WalletError {
    /// Not a member code.
    MemberCode,
    /// No organisation yet.
    NotJoined,
    /// Signed in with another organisation or as someone else.
    AlreadySignedIn,
    /// The server that answered is not the one that the code names.
    WrongServer,
    /// The server at another address than before does not prove that it is the organisation's.
    AddressUnproven {
        /// Where.
        address: String,
    },
    /// Nobody signed in.
    NotSignedIn,
    /// The server no longer knows the session: it was ended, or access was.
    SessionEnded,
    /// An admin switched this member's access off, or took the membership away.
    AccessEnded,
    /// Another one-time code so soon.
    ResendTooSoon {
        /// Seconds until the next may be sent.
        wait_s: u64,
    },
    /// What the server gave is no good code of this member.
    CodeRefused,
    /// No network, and no code without one.
    NoOfflineCode(OfflineProblem),
    /// The codes are to be invalidated, and the server does not know yet.
    InvalidationPending,
    /// The signer's public key is none that can be used.
    DeviceKey,
    /// The signer's signature does not hold under its own key.
    SignatureBroken,
    /// The signer failed.
    Signer(#[from] SignerError),
    /// The app is locked.
    AppLocked,
    /// A window that is none, sites that are none: what can be seen without the server.
    InvitationIncomplete,
    /// The server cannot be reached, or refuses.
    Client(#[from] ClientError),
    /// The key set is refused.
    Keys(#[from] KeysError),
    /// The code cannot be drawn.
    Drawing(#[from] EncodeError),
    /// The store failed.
    Store(#[from] StoreError),
    /// The secret store failed.
    Secrets(#[from] SecretError),
    /// The clock failed.
    Time(#[from] TimeError),
    /// No randomness.
    Random(#[from] RandomError),
}

impl fmt::Display for WalletError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Language::English.say(&self.phrase()))
    }
}

impl WalletError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::MemberCode => "member_code_malformed",
            Self::NotJoined => "not_joined",
            Self::AlreadySignedIn => "already_signed_in",
            Self::WrongServer => "wrong_server",
            Self::AddressUnproven { .. } => "address_unproven",
            Self::NotSignedIn => "not_signed_in",
            Self::SessionEnded => "session_ended",
            Self::AccessEnded => "access_ended",
            Self::ResendTooSoon { .. } => "resend_too_soon",
            Self::CodeRefused => "code_refused",
            Self::NoOfflineCode(problem) => problem.code(),
            Self::InvalidationPending => "invalidation_pending",
            Self::DeviceKey => "device_key_unusable",
            Self::SignatureBroken => "device_key_broken",
            Self::Signer(_) => "device_key_failed",
            Self::AppLocked => "app_locked",
            Self::InvitationIncomplete => "invitation_incomplete",
            Self::Client(error) => error.code(),
            Self::Keys(_) => "keys_invalid",
            Self::Drawing(error) => error.code(),
            Self::Store(error) => error.code(),
            Self::Secrets(_) => "secret_store",
            Self::Time(_) => "clock_unreadable",
            Self::Random(_) => "no_randomness",
        }
    }

    /// Whether what the phone holds may be used in the server's stead: it cannot be reached, or is ill or overrun.
    pub(super) const fn leaves_offline(&self) -> bool {
        match self {
            Self::Client(error) => error.leaves_offline(),
            _ => false,
        }
    }
}
