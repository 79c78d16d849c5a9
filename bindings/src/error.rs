//! What goes wrong, by what a shell does about it.

use gatehouse_core::{
    device::{self, StoreError},
    network::ClientError,
    picture::PictureError,
};

use crate::{records::whole, words::say};

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

/// Makes an error enum whose variants all carry `code` and `sentence`: UniFFI has no fields that variants share.
macro_rules! coded {
    (
        $(#[doc = $about:literal])*
        $name:ident {
            $($(#[doc = $shell:literal])* $variant:ident $({ $($(#[doc = $what:literal])* $field:ident: $type:ty,)* })?,)*
        }
    ) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, thiserror::Error, uniffi::Error)]
        pub enum $name {
            $(
                $(#[doc = $shell])*
                #[error("{sentence}")]
                $variant {
                    /// The stable code.
                    code: String,
                    /// In the language of the app, see [`crate::speak`].
                    sentence: String,
                    $($($(#[doc = $what])* $field: $type,)*)?
                },
            )*
        }

        impl $name {
            fn of_client(error: &ClientError, code: String, sentence: String) -> Self {
                match error {
                    error if error.is_offline() => Self::Offline { code, sentence },
                    ClientError::Refused { retry_after, .. } => {
                        Self::Refused { code, sentence, retry_after_s: retry_after.map(whole) }
                    }
                    ClientError::Unreachable { .. }
                    | ClientError::Untrusted { .. }
                    | ClientError::LeadsElsewhere { .. }
                    | ClientError::NotGatehouse
                    | ClientError::Address { .. } => Self::Rejected { code, sentence },
                }
            }

            fn of_store(error: &StoreError, code: String, sentence: String) -> Self {
                match error {
                    StoreError::Full => Self::StorageFull { code, sentence },
                    StoreError::Damaged => Self::StorageDamaged { code, sentence },
                    StoreError::Newer { .. } | StoreError::WrongKey => {
                        Self::StorageUnusable { code, sentence }
                    }
                    StoreError::Database(_) | StoreError::Folder(_) | StoreError::InUse => {
                        Self::Storage { code, sentence }
                    }
                    StoreError::Secrets(_) | StoreError::Random(_) => Self::Platform { code, sentence },
                }
            }
        }
    };
}

coded! {
    /// Why the station cannot do what was asked. There is a variant for each thing that a shell does differently; the
    /// stable `code` is shown small, and `sentence` says what happened and what to do.
    StationError {
        /// Show the enrolment: no enrolment yet.
        NotEnrolled,
        /// Show the enrolment, and say why: the server takes nothing more from this device until it is enrolled anew.
        MustEnrolAnew,
        /// Show the sign-in: nobody is signed in, or the server ended the session (`session_ended`).
        NotSignedIn,
        /// The PIN does not unlock: count the tries down, or offer the one-time code.
        PinRefused {
            /// Tries before the PIN is void.
            tries_left: Option<u32>,
            /// Seconds before the next try.
            wait_s: Option<i64>,
        },
        /// Show "Start shift".
        NoShift,
        /// Ask the guard for what is missing and call again.
        Incomplete,
        /// Show the event anew, as it stands now: its verdict has changed since it was shown.
        LookAgain,
        /// The server cannot be asked: try again later.
        Offline,
        /// The server refused; the code is its own.
        Refused {
            /// Seconds that it asks to wait before the next try.
            retry_after_s: Option<i64>,
        },
        /// The disk is full and nothing was written, so nothing may be shown as decided: help to free some space.
        StorageFull,
        /// The database is damaged and nothing was written: let go of this object and open another on the same folder,
        /// which saves what can be read.
        StorageDamaged,
        /// The data is not for this app: its format is a newer one, or another secret store sealed it. It was not
        /// touched, and no trying again helps.
        StorageUnusable,
        /// The disk failed, or another process is at work on it: nothing was written, so nothing may be shown as decided.
        /// Offer to try again.
        Storage,
        /// What the shell itself lends failed: the secret store, the clocks, or the system's randomness.
        Platform,
        /// Everything else: show the words.
        Rejected,
    }
}

impl From<device::StationError> for StationError {
    fn from(error: device::StationError) -> Self {
        use device::StationError as Core;
        let (code, sentence) = (error.code().to_owned(), say(&error.phrase()));
        match error {
            Core::NotEnrolled => Self::NotEnrolled { code, sentence },
            Core::Forked => Self::MustEnrolAnew { code, sentence },
            Core::NotSignedIn | Core::Locked | Core::SessionEnded => Self::NotSignedIn { code, sentence },
            Core::NoShift => Self::NoShift { code, sentence },
            Core::ReasonRequired
            | Core::WhyRequired
            | Core::PhotoRequired
            | Core::NameRequired
            | Core::NameTooLong
            | Core::PinUnsuitable
            | Core::PinBeforeLock => Self::Incomplete { code, sentence },
            Core::VerdictChanged { .. } => Self::LookAgain { code, sentence },
            Core::WrongPin { left } => {
                Self::PinRefused { code, sentence, tries_left: Some(left), wait_s: None }
            }
            Core::PinWait { seconds } => {
                Self::PinRefused { code, sentence, tries_left: None, wait_s: Some(whole(seconds)) }
            }
            Core::PinVoid | Core::NoPin | Core::GuardNotListed => {
                Self::PinRefused { code, sentence, tries_left: None, wait_s: None }
            }
            Core::Client(error) if error.is_device_revoked() => Self::MustEnrolAnew { code, sentence },
            Core::Client(error) => Self::of_client(&error, code, sentence),
            Core::Store(error) => Self::of_store(&error, code, sentence),
            Core::Secrets(_) | Core::Time(_) | Core::Random(_) => Self::Platform { code, sentence },
            Core::AlreadyEnrolled
            | Core::OtherOrganisation { .. }
            | Core::JournalKeyLost
            | Core::EnrolmentCode
            | Core::WrongServer
            | Core::AddressUnproven { .. }
            | Core::NotAGuard { .. }
            | Core::NoGuardAnyMore
            | Core::ShiftRunning { .. }
            | Core::NotAssigned { .. }
            | Core::OutsideSite { .. }
            | Core::DepartureOpen
            | Core::OtherShift
            | Core::OtherGatesVisit
            | Core::UnknownEvent
            | Core::NotExpected
            | Core::ScanAgain
            | Core::Abandoned
            | Core::AlreadyDecided
            | Core::NotDecided
            | Core::HasLeft
            | Core::InsideAlready
            | Core::SeveralCodes { .. }
            | Core::NoCode
            | Core::Picture(_)
            | Core::Photo(_)
            | Core::Keys(_)
            | Core::Pack(_) => Self::Rejected { code, sentence },
        }
    }
}

impl StationError {
    /// A text that was handed in as an id and is none.
    pub(crate) fn malformed_id(error: gatehouse_core::id::InvalidId) -> Self {
        Self::Rejected { code: "id_malformed".to_owned(), sentence: error.to_string() }
    }
}

coded! {
    /// Why the wallet cannot do what was asked; made as [`StationError`] is.
    WalletError {
        /// Show how to join: no organisation yet.
        NotJoined,
        /// Show the sign-in: nobody is signed in, or the server ended the session (`session_ended`).
        NotSignedIn,
        /// Show the lock.
        Locked,
        /// Count down, then offer to send the one-time code again.
        TooSoon {
            /// Seconds to wait.
            wait_s: i64,
        },
        /// There is no access ID to show before the server can be reached.
        NoAccessId,
        /// The server cannot be asked: try again later.
        Offline,
        /// The server refused; the code is its own.
        Refused {
            /// Seconds that it asks to wait before the next try.
            retry_after_s: Option<i64>,
        },
        /// As [`StationError::StorageFull`].
        StorageFull,
        /// As [`StationError::StorageDamaged`].
        StorageDamaged,
        /// As [`StationError::StorageUnusable`].
        StorageUnusable,
        /// As [`StationError::Storage`].
        Storage,
        /// What the shell itself lends failed: secret store, clocks, or the phone's key (`device_key_...`).
        Platform,
        /// Everything else: show the words.
        Rejected,
    }
}

impl From<device::WalletError> for WalletError {
    fn from(error: device::WalletError) -> Self {
        use device::WalletError as Core;
        let (code, sentence) = (error.code().to_owned(), say(&error.phrase()));
        match error {
            Core::NotJoined => Self::NotJoined { code, sentence },
            Core::NotSignedIn | Core::SessionEnded => Self::NotSignedIn { code, sentence },
            Core::AppLocked => Self::Locked { code, sentence },
            Core::ResendTooSoon { wait_s } => Self::TooSoon { code, sentence, wait_s: whole(wait_s) },
            Core::NoOfflineCode(_) | Core::InvalidationPending | Core::AccessEnded => {
                Self::NoAccessId { code, sentence }
            }
            Core::Client(error) => Self::of_client(&error, code, sentence),
            Core::Store(error) => Self::of_store(&error, code, sentence),
            Core::Signer(_)
            | Core::DeviceKey
            | Core::SignatureBroken
            | Core::Secrets(_)
            | Core::Time(_)
            | Core::Random(_) => Self::Platform { code, sentence },
            Core::MemberCode
            | Core::AlreadySignedIn
            | Core::WrongServer
            | Core::AddressUnproven { .. }
            | Core::CodeRefused
            | Core::InvitationIncomplete
            | Core::Keys(_)
            | Core::Drawing(_) => Self::Rejected { code, sentence },
        }
    }
}

impl WalletError {
    /// A text or number that was handed in as an id and is none.
    pub(crate) fn malformed(error: gatehouse_core::id::InvalidId) -> Self {
        Self::Rejected { code: "id_malformed".to_owned(), sentence: error.to_string() }
    }

    /// A frame that is none. The wallet itself reads none, so the station's words say why.
    pub(crate) fn no_frame(error: PictureError) -> Self {
        let error = device::StationError::from(error);
        Self::Rejected { code: error.code().to_owned(), sentence: say(&error.phrase()) }
    }
}
