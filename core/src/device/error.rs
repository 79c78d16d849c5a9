//! Why a station cannot do what was asked.

use std::fmt;

use super::{SecretError, StoreError, TimeError, vault::RandomError};
use crate::{
    decision::guard::Refusal, gatepack::PackError, keys::KeysError, name::NameError, network::ClientError,
    photo::PhotoError, picture::PictureError, words::Language,
};

/// Why the station cannot do what was asked. Each has a stable code; shells have words for it in every language.
#[derive(Debug, thiserror::Error)]
pub enum StationError {
    /// No enrolment yet.
    NotEnrolled,
    /// Enrolled before; another enrolment would orphan the journal.
    AlreadyEnrolled,
    /// The enrolment code is another organisation's, and not everything was sent to the one before.
    OtherOrganisation {
        /// Whose station it is.
        organisation: String,
    },
    /// The secret store no longer has the journal's key.
    JournalKeyLost,
    /// Not an enrolment code.
    EnrolmentCode,
    /// The server that answered is not the one that the enrolment code names.
    WrongServer,
    /// The server at another address than before does not prove that it is the organisation's.
    AddressUnproven {
        /// Where.
        address: String,
    },
    /// No guard signed in.
    NotSignedIn,
    /// Locked by a guard.
    Locked,
    /// Whoever signed in, or is signed in, is no guard.
    NotAGuard {
        /// Who.
        name: String,
        /// What they are instead.
        role: String,
    },
    /// The server does not let this account work at a gate any more.
    NoGuardAnyMore,
    /// Locked without a PIN, the station could be opened by the server alone.
    PinBeforeLock,
    /// The server ended the guard's session, or it lapsed.
    SessionEnded,
    /// Not a PIN that may be set.
    PinUnsuitable,
    /// The guard has no PIN here.
    NoPin,
    /// A wrong PIN.
    WrongPin {
        /// Tries before the PIN is void.
        left: u32,
    },
    /// Too many wrong PINs: wait.
    PinWait {
        /// How long.
        seconds: u64,
    },
    /// Far too many wrong PINs.
    PinVoid,
    /// The gate pack does not name the guard.
    GuardNotListed,
    /// No shift.
    NoShift,
    /// A shift is running.
    ShiftRunning {
        /// Where.
        site: String,
    },
    /// The guard does not work at that site, or nothing is known of it.
    NotAssigned {
        /// The site's number.
        site: u32,
    },
    /// The phone is elsewhere, or nobody knows where, and the site blocks that.
    OutsideSite {
        /// Where it should be.
        site: String,
        /// The phone did not say where it is.
        unknown: bool,
    },
    /// The code belongs to a visit that is inside: nothing to grant or deny.
    DepartureOpen,
    /// Scanned in a shift that is over: scan again.
    OtherShift,
    /// A visit that this station knows nothing of, and no server to ask.
    OtherGatesVisit,
    /// Granting against DENIED needs a reason.
    ReasonRequired,
    /// The site demands a photo.
    PhotoRequired,
    /// A name is needed.
    NameRequired,
    /// A name that is longer than names may be.
    NameTooLong,
    /// No such event, or not a visit that can end.
    UnknownEvent,
    /// The invitation is not among those that the gate pack expects.
    NotExpected,
    /// Too much time has passed or too much has happened since the scan for its verdict to be granted.
    ScanAgain,
    /// The station learned something since the verdict was shown, and it is another one now.
    VerdictChanged {
        /// What it comes to now.
        now: String,
    },
    /// Left undecided for good.
    Abandoned,
    /// Decided before, otherwise.
    AlreadyDecided,
    /// Nobody decided it, so there is nothing to put right.
    NotDecided,
    /// The visitor's departure was recorded: what was decided before can no longer be put right.
    HasLeft,
    /// The visitor is inside by another entry.
    InsideAlready,
    /// Whoever puts a decision right says why.
    WhyRequired,
    /// Several codes of ours in one picture: whose is meant is not for the station to choose.
    SeveralCodes {
        /// How many.
        count: usize,
    },
    /// No code in the picture.
    NoCode,
    /// The journal was forked; the station must be enrolled anew.
    Forked,
    /// A picture that cannot be used.
    Picture(#[from] PictureError),
    /// A photo that cannot be used.
    Photo(#[from] PhotoError),
    /// The server cannot be reached, or refuses.
    Client(#[from] ClientError),
    /// The key set is refused.
    Keys(#[from] KeysError),
    /// The gate pack is refused.
    Pack(#[from] PackError),
    /// The store failed: nothing was written, nothing may be shown.
    Store(#[from] StoreError),
    /// The secret store failed.
    Secrets(#[from] SecretError),
    /// The clock failed.
    Time(#[from] TimeError),
    /// No randomness.
    Random(#[from] RandomError),
}

impl fmt::Display for StationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Language::English.say(&self.phrase()))
    }
}

impl From<Refusal> for StationError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::DepartureOpen => Self::DepartureOpen,
            Refusal::Left => Self::Abandoned,
            Refusal::DecidedOtherwise => Self::AlreadyDecided,
            Refusal::OtherShift => Self::OtherShift,
            Refusal::ReasonRequired => Self::ReasonRequired,
            Refusal::PhotoRequired => Self::PhotoRequired,
            Refusal::TooLate => Self::ScanAgain,
            Refusal::NotDecided => Self::NotDecided,
            Refusal::HasLeft => Self::HasLeft,
            Refusal::InsideAlready => Self::InsideAlready,
            Refusal::WhyRequired => Self::WhyRequired,
        }
    }
}

impl From<NameError> for StationError {
    fn from(error: NameError) -> Self {
        match error {
            NameError::Invisible => Self::NameRequired,
            NameError::TooLong => Self::NameTooLong,
        }
    }
}

impl StationError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::NotEnrolled => "not_enrolled",
            Self::AlreadyEnrolled => "already_enrolled",
            Self::OtherOrganisation { .. } => "other_organisation",
            Self::JournalKeyLost => "journal_key_lost",
            Self::EnrolmentCode => "enrolment_code_malformed",
            Self::WrongServer => "wrong_server",
            Self::AddressUnproven { .. } => "address_unproven",
            Self::NotSignedIn => "not_signed_in",
            Self::Locked => "locked",
            Self::NotAGuard { .. } | Self::NoGuardAnyMore => "not_a_guard",
            Self::PinBeforeLock => "pin_before_lock",
            Self::SessionEnded => "session_ended",
            Self::PinUnsuitable => "pin_unsuitable",
            Self::NoPin => "no_pin",
            Self::WrongPin { .. } => "wrong_pin",
            Self::PinWait { .. } => "pin_wait",
            Self::PinVoid => "pin_void",
            Self::GuardNotListed => "guard_not_listed",
            Self::NoShift => "no_shift",
            Self::ShiftRunning { .. } => "shift_running",
            Self::NotAssigned { .. } => "not_assigned",
            Self::OutsideSite { .. } => "outside_geofence",
            Self::DepartureOpen => "departure_open",
            Self::OtherShift => "other_shift",
            Self::OtherGatesVisit => "server_needed",
            Self::ReasonRequired | Self::WhyRequired => "reason_required",
            Self::PhotoRequired => "photo_required",
            Self::NameRequired => "name_required",
            Self::NameTooLong => "name_too_long",
            Self::UnknownEvent => "unknown_event",
            Self::NotExpected => "not_expected",
            Self::ScanAgain => "scan_again",
            Self::VerdictChanged { .. } => "verdict_changed",
            Self::Abandoned => "abandoned",
            Self::AlreadyDecided => "already_decided",
            Self::NotDecided => "not_decided",
            Self::HasLeft => "has_left",
            Self::InsideAlready => "inside_already",
            Self::SeveralCodes { .. } => "several_codes",
            Self::NoCode => "no_code",
            Self::Forked => "forked",
            Self::Picture(error) => error.code(),
            Self::Photo(error) => error.code(),
            Self::Client(error) => error.code(),
            Self::Keys(_) => "keys_invalid",
            Self::Pack(_) => "pack_invalid",
            Self::Store(error) => error.code(),
            Self::Secrets(_) => "secret_store",
            Self::Time(_) => "clock_unreadable",
            Self::Random(_) => "no_randomness",
        }
    }
}
