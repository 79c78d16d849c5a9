use super::SignerError;
use crate::{
    device::{ClientError, SecretError, StoreError, TimeError, vault::RandomError},
    keys::KeysError,
    qr::EncodeError,
};

/// Why the phone cannot mint a code by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OfflineProblem {
    /// The server has not certified the phone's key yet, or the certificate was invalidated.
    #[error("this phone has not been prepared for it; open the app once with a network")]
    NoCertificate,
    /// The certificate is over.
    #[error("it has been too long without a network; open the app once with one")]
    CertificateExpired,
    /// The phone's key is another one than the certified.
    #[error("this phone's key has changed; open the app once with a network")]
    KeyChanged,
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
    #[error("That is not the code of an organisation. Ask your admin for it.")]
    MemberCode,
    /// No organisation yet.
    #[error("This phone knows no organisation yet. Scan the code that your organisation shows first.")]
    NotJoined,
    /// Signed in with another organisation or as someone else.
    #[error("Somebody is signed in on this phone. Sign out first.")]
    AlreadySignedIn,
    /// The server that answered is not the one that the code names.
    #[error("The server's root key is not the one in the code. Do not use this server.")]
    WrongServer,
    /// The server at another address than before does not prove that it is the organisation's.
    #[error("What answers at {address} does not prove that it is your organisation's server. Do not use it.")]
    AddressUnproven {
        /// Where.
        address: String,
    },
    /// Nobody signed in.
    #[error("Sign in first.")]
    NotSignedIn,
    /// The server no longer knows the session: it was ended, or access was.
    #[error("You were signed out. Sign in again.")]
    SessionEnded,
    /// An admin switched this member's access off, or took the membership away.
    #[error("Your access has ended. Ask an admin if that is a mistake.")]
    AccessEnded,
    /// Another one-time code so soon.
    #[error("A code was just sent. Wait {wait_s} seconds before asking for another.")]
    ResendTooSoon {
        /// Seconds until the next may be sent.
        wait_s: u64,
    },
    /// What the server gave is no good code of this member.
    #[error("The server's answer is not a valid access ID. Nothing is shown.")]
    CodeRefused,
    /// No network, and no code without one.
    #[error("No access ID without a network: {0}.")]
    NoOfflineCode(OfflineProblem),
    /// The codes are to be invalidated, and the server does not know yet.
    #[error("Your access ID is being invalidated. A fresh one comes as soon as the server can be reached.")]
    InvalidationPending,
    /// The signer's public key is none that can be used.
    #[error("This phone's key store gave a key that can't be used.")]
    DeviceKey,
    /// The signer's signature does not hold under its own key.
    #[error("This phone's key store made a signature that doesn't hold.")]
    SignatureBroken,
    /// The signer failed.
    #[error(transparent)]
    Signer(#[from] SignerError),
    /// The app is locked.
    #[error("The app is locked. Unlock it first.")]
    AppLocked,
    /// A window that is none, sites that are none: what can be seen without the server.
    #[error("Give the visitor's name and a window that ends after it begins.")]
    InvitationIncomplete,
    /// The server cannot be reached, or refuses.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// The key set is refused.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The code cannot be drawn.
    #[error(transparent)]
    Drawing(#[from] EncodeError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The secret store failed.
    #[error(transparent)]
    Secrets(#[from] SecretError),
    /// The clock failed.
    #[error(transparent)]
    Time(#[from] TimeError),
    /// No randomness.
    #[error("the operating system gives no randomness: {0}")]
    Random(#[from] RandomError),
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
            Self::Client(error) => {
                error.is_offline() || matches!(error, ClientError::Refused { status: 429 | 500.., .. })
            }
            _ => false,
        }
    }
}
