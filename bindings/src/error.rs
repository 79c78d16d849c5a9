use gatehouse_core::device::{self, ClientError};

use crate::records::whole;

/// What the platform reports when one of its parts fails: the secret store, a hardware key, the clocks.
#[derive(Debug, Clone, thiserror::Error, uniffi::Error)]
pub enum PlatformError {
    /// It failed. What the platform throws otherwise, whatever it is, arrives here as well.
    #[error("{reason}")]
    Failed {
        /// What it said; for logs, not for people.
        reason: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for PlatformError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        // Kotlin hands over the whole stack trace; its first line says what happened.
        Self::Failed { reason: error.reason.lines().next().unwrap_or_default().to_owned() }
    }
}

/// Why the station cannot do what was asked. There is a variant for each thing that a shell does differently; the
/// stable `code` picks the words, and `sentence` is them in English.
#[derive(Debug, Clone, thiserror::Error, uniffi::Error)]
pub enum StationError {
    /// Show the enrolment: no enrolment yet.
    #[error("{sentence}")]
    NotEnrolled {
        /// The stable code.
        code: String,
        /// In English.
        sentence: String,
    },
    /// Show the enrolment, and say why: the server takes nothing more from this device until it is enrolled anew.
    #[error("{sentence}")]
    MustEnrolAnew {
        /// The stable code.
        code: String,
        /// In English.
        sentence: String,
    },
    /// Show the sign-in.
    #[error("{sentence}")]
    NotSignedIn {
        /// The stable code.
        code: String,
        /// In English.
        sentence: String,
    },
    /// The PIN does not unlock: count the tries down, or offer the one-time code.
    #[error("{sentence}")]
    PinRefused {
        /// The stable code: `wrong_pin`, `pin_wait`, `pin_void`, `no_pin`, `guard_not_listed`.
        code: String,
        /// In English.
        sentence: String,
        /// Tries before the PIN is void.
        tries_left: Option<u32>,
        /// Seconds before the next try.
        wait_s: Option<i64>,
    },
    /// Show "Start shift".
    #[error("{sentence}")]
    NoShift {
        /// The stable code.
        code: String,
        /// In English.
        sentence: String,
    },
    /// Ask the guard for what is missing and call again: `reason_required`, `photo_required`, `name_required`,
    /// `pin_unsuitable`.
    #[error("{sentence}")]
    Incomplete {
        /// The stable code.
        code: String,
        /// In English.
        sentence: String,
    },
    /// The server cannot be asked: try again later.
    #[error("{sentence}")]
    Offline {
        /// The stable code.
        code: String,
        /// In English.
        sentence: String,
    },
    /// The server refused; the code is its own.
    #[error("{sentence}")]
    Refused {
        /// The stable code.
        code: String,
        /// In English.
        sentence: String,
        /// Seconds that it asks to wait before the next try.
        retry_after_s: Option<i64>,
    },
    /// The disk failed or is full: nothing was written, so nothing may be shown as decided.
    #[error("{sentence}")]
    Storage {
        /// The stable code.
        code: String,
        /// In English.
        sentence: String,
    },
    /// What the shell itself lends failed: `secret_store`, `clock_unreadable`, `no_randomness`. Nothing was written.
    #[error("{sentence}")]
    Platform {
        /// The stable code.
        code: String,
        /// In English.
        sentence: String,
    },
    /// Everything else: show the words.
    #[error("{sentence}")]
    Rejected {
        /// The stable code.
        code: String,
        /// In English.
        sentence: String,
    },
}

/// The server's code for a device that an admin revoked.
const DEVICE_REVOKED: &str = "device_revoked";

impl From<device::StationError> for StationError {
    fn from(error: device::StationError) -> Self {
        use device::{StationError as Core, StoreError};
        let (code, sentence) = (error.code().to_owned(), error.to_string());
        match error {
            Core::NotEnrolled => Self::NotEnrolled { code, sentence },
            Core::Forked => Self::MustEnrolAnew { code, sentence },
            Core::NotSignedIn => Self::NotSignedIn { code, sentence },
            Core::NoShift => Self::NoShift { code, sentence },
            Core::ReasonRequired | Core::PhotoRequired | Core::NameRequired | Core::PinUnsuitable => {
                Self::Incomplete { code, sentence }
            }
            Core::WrongPin { left } => {
                Self::PinRefused { code, sentence, tries_left: Some(left), wait_s: None }
            }
            Core::PinWait { seconds } => {
                Self::PinRefused { code, sentence, tries_left: None, wait_s: Some(whole(seconds)) }
            }
            Core::PinVoid | Core::NoPin | Core::GuardNotListed => {
                Self::PinRefused { code, sentence, tries_left: None, wait_s: None }
            }
            Core::Client(error) if error.is_offline() => Self::Offline { code, sentence },
            Core::Client(ClientError::Refused { .. }) if code == DEVICE_REVOKED => {
                Self::MustEnrolAnew { code, sentence }
            }
            Core::Client(ClientError::Refused { retry_after, .. }) => {
                Self::Refused { code, sentence, retry_after_s: retry_after.map(whole) }
            }
            Core::Secrets(_)
            | Core::Time(_)
            | Core::Random(_)
            | Core::Store(StoreError::Secrets(_) | StoreError::Random(_)) => {
                Self::Platform { code, sentence }
            }
            Core::Store(_) => Self::Storage { code, sentence },
            _ => Self::Rejected { code, sentence },
        }
    }
}

impl StationError {
    /// A text that was handed in as an id and is none.
    pub(crate) fn malformed_id(error: gatehouse_core::id::InvalidId) -> Self {
        Self::Rejected { code: "id_malformed".to_owned(), sentence: error.to_string() }
    }
}

/// Why the wallet cannot do what was asked; made as [`StationError`] is.
#[derive(Debug, Clone, thiserror::Error, uniffi::Error)]
pub enum WalletError {
    /// Show how to join: no organisation yet.
    #[error("{sentence}")]
    NotJoined {
        /// The stable code.
        code: String,
        /// In English.
        sentence: String,
    },
    /// Show the sign-in: nobody is signed in, or the server ended the session (`session_ended`).
    #[error("{sentence}")]
    NotSignedIn {
        /// The stable code.
        code: String,
        /// In English.
        sentence: String,
    },
    /// Show the lock.
    #[error("{sentence}")]
    Locked {
        /// The stable code.
        code: String,
        /// In English.
        sentence: String,
    },
    /// Count down, then offer to send the one-time code again.
    #[error("{sentence}")]
    TooSoon {
        /// The stable code.
        code: String,
        /// In English.
        sentence: String,
        /// Seconds to wait.
        wait_s: i64,
    },
    /// There is no access ID to show before the server can be reached.
    #[error("{sentence}")]
    NoAccessId {
        /// The stable code.
        code: String,
        /// In English.
        sentence: String,
    },
    /// The server cannot be asked: try again later.
    #[error("{sentence}")]
    Offline {
        /// The stable code.
        code: String,
        /// In English.
        sentence: String,
    },
    /// The server refused; the code is its own.
    #[error("{sentence}")]
    Refused {
        /// The stable code.
        code: String,
        /// In English.
        sentence: String,
        /// Seconds that it asks to wait before the next try.
        retry_after_s: Option<i64>,
    },
    /// The disk failed or is full.
    #[error("{sentence}")]
    Storage {
        /// The stable code.
        code: String,
        /// In English.
        sentence: String,
    },
    /// What the shell itself lends failed: secret store, clocks, or the phone's key (`device_key_...`).
    #[error("{sentence}")]
    Platform {
        /// The stable code.
        code: String,
        /// In English.
        sentence: String,
    },
    /// Everything else: show the words.
    #[error("{sentence}")]
    Rejected {
        /// The stable code.
        code: String,
        /// In English.
        sentence: String,
    },
}

impl From<device::WalletError> for WalletError {
    fn from(error: device::WalletError) -> Self {
        use device::{StoreError, WalletError as Core};
        let (code, sentence) = (error.code().to_owned(), error.to_string());
        match error {
            Core::NotJoined => Self::NotJoined { code, sentence },
            Core::NotSignedIn | Core::SessionEnded => Self::NotSignedIn { code, sentence },
            Core::AppLocked => Self::Locked { code, sentence },
            Core::ResendTooSoon { wait_s } => Self::TooSoon { code, sentence, wait_s: whole(wait_s) },
            Core::NoOfflineCode(_) | Core::InvalidationPending => Self::NoAccessId { code, sentence },
            Core::Client(error) if error.is_offline() => Self::Offline { code, sentence },
            Core::Client(ClientError::Refused { retry_after, .. }) => {
                Self::Refused { code, sentence, retry_after_s: retry_after.map(whole) }
            }
            Core::Signer(_)
            | Core::DeviceKey
            | Core::SignatureBroken
            | Core::Secrets(_)
            | Core::Time(_)
            | Core::Random(_)
            | Core::Store(StoreError::Secrets(_) | StoreError::Random(_)) => {
                Self::Platform { code, sentence }
            }
            Core::Store(_) => Self::Storage { code, sentence },
            _ => Self::Rejected { code, sentence },
        }
    }
}

impl WalletError {
    /// A text or number that was handed in as an id and is none.
    pub(crate) fn malformed(error: gatehouse_core::id::InvalidId) -> Self {
        Self::Rejected { code: "id_malformed".to_owned(), sentence: error.to_string() }
    }
}
