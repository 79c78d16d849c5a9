use super::{ClientError, SecretError, StoreError, TimeError, vault::RandomError};
use crate::{
    gatepack::PackError, keys::KeysError, name::NameError, photo::PhotoError, picture::PictureError,
};

/// Why the station cannot do what was asked. Each has a stable code; shells have words for it in every language.
#[derive(Debug, thiserror::Error)]
pub enum StationError {
    /// No enrolment yet.
    #[error("This station is not enrolled. Ask an admin for an enrolment code.")]
    NotEnrolled,
    /// Enrolled before; another enrolment would orphan the journal.
    #[error("This station is enrolled already.")]
    AlreadyEnrolled,
    /// The enrolment code is another organisation's, and not everything was sent to the one before.
    #[error(
        "This station still holds entries that {organisation} does not have. Enrol it there again and let it send them; then it can change."
    )]
    OtherOrganisation {
        /// Whose station it is.
        organisation: String,
    },
    /// The secret store no longer has the journal's key.
    #[error(
        "This station's journal key is gone from its secret store. An admin must revoke it and enrol it anew."
    )]
    JournalKeyLost,
    /// Not an enrolment code.
    #[error("That is not an enrolment code.")]
    EnrolmentCode,
    /// The server that answered is not the one that the enrolment code names.
    #[error("The server's root key is not the one in the enrolment code. Do not use this server.")]
    WrongServer,
    /// The server at another address than before does not prove that it is the organisation's.
    #[error("What answers at {address} does not prove that it is this organisation's server. Do not use it.")]
    AddressUnproven {
        /// Where.
        address: String,
    },
    /// No guard signed in.
    #[error("Nobody is signed in on this station. Sign in first.")]
    NotSignedIn,
    /// Locked by a guard.
    #[error("This station is locked. Unlock it with your PIN, or sign in with a one-time code.")]
    Locked,
    /// Whoever signed in, or is signed in, is no guard.
    #[error("{name} is a {role}, and only guards work at a gate. Nothing was changed on this station.")]
    NotAGuard {
        /// Who.
        name: String,
        /// What they are instead.
        role: String,
    },
    /// The server does not let this account work at a gate any more.
    #[error(
        "Your account is no guard's any more, so the server lets you start no shift. Ask an admin, or sign in as another."
    )]
    NoGuardAnyMore,
    /// Locked without a PIN, the station could be opened by the server alone.
    #[error("Set a PIN first. Without one nobody can unlock this station while the server can't be reached.")]
    PinBeforeLock,
    /// The server ended the guard's session, or it lapsed.
    #[error("Your sign-in has ended. Sign in again with a one-time code.")]
    SessionEnded,
    /// Not a PIN that may be set.
    #[error("Choose 6 to 12 digits that are not all the same and not just counted up or down.")]
    PinUnsuitable,
    /// The guard has no PIN here.
    #[error("No PIN is set for this guard on this device. Sign in with a one-time code.")]
    NoPin,
    /// A wrong PIN.
    #[error("That is not the PIN. {left} tries are left.")]
    WrongPin {
        /// Tries before the PIN is void.
        left: u32,
    },
    /// Too many wrong PINs: wait.
    #[error("Too many wrong PINs. Try again in {seconds} s, or sign in with a one-time code.")]
    PinWait {
        /// How long.
        seconds: u64,
    },
    /// Far too many wrong PINs.
    #[error("Too many wrong PINs. Sign in with a one-time code.")]
    PinVoid,
    /// The gate pack does not name the guard.
    #[error(
        "This device does not know that this guard still works here. Synchronise, or sign in with a one-time code."
    )]
    GuardNotListed,
    /// No shift.
    #[error("There is no active shift. Start your shift first.")]
    NoShift,
    /// A shift is running.
    #[error("A shift is running at {site}. End it first.")]
    ShiftRunning {
        /// Where.
        site: String,
    },
    /// The guard does not work at that site, or nothing is known of it.
    #[error("You are not assigned to site {site}.")]
    NotAssigned {
        /// The site's number.
        site: u32,
    },
    /// The phone is elsewhere, or nobody knows where, and the site blocks that.
    #[error("{}", outside(site, *unknown))]
    OutsideSite {
        /// Where it should be.
        site: String,
        /// The phone did not say where it is.
        unknown: bool,
    },
    /// The code belongs to a visit that is inside: nothing to grant or deny.
    #[error("This visitor is inside. Record the departure instead.")]
    DepartureOpen,
    /// Scanned in a shift that is over: scan again.
    #[error("This was scanned in an earlier shift. Scan again.")]
    OtherShift,
    /// A visit that this station knows nothing of, and no server to ask.
    #[error(
        "This visit began at another gate. The server is needed to record its departure, and it can't be reached."
    )]
    OtherGatesVisit,
    /// Granting against DENIED needs a reason.
    #[error("This code was DENIED. To grant all the same, give a reason.")]
    ReasonRequired,
    /// The site demands a photo.
    #[error("This site needs a photo of the visitor first.")]
    PhotoRequired,
    /// A name is needed.
    #[error("Give the visitor's name.")]
    NameRequired,
    /// A name that is longer than names may be.
    #[error("That name is too long: a name has at most 200 characters.")]
    NameTooLong,
    /// No such event, or not a visit that can end.
    #[error("There is no such visit or scan on this station.")]
    UnknownEvent,
    /// The invitation is not among those that the gate pack expects.
    #[error(
        "This invitation is not expected today, as far as this station knows. Synchronise, or register a walk-up."
    )]
    NotExpected,
    /// Too much time has passed or too much has happened since the scan for its verdict to be granted.
    #[error("This was scanned a while ago. Scan again.")]
    ScanAgain,
    /// The station learned something since the verdict was shown, and it is another one now.
    #[error("This changed while you looked: {now}. Look again.")]
    VerdictChanged {
        /// What it comes to now.
        now: String,
    },
    /// Left undecided for good.
    #[error("This was left undecided. Scan again.")]
    Abandoned,
    /// Decided before, otherwise.
    #[error("This was decided already.")]
    AlreadyDecided,
    /// Several codes of ours in one picture: whose is meant is not for the station to choose.
    #[error("The picture shows {count} codes. Show one at a time, and scan again.")]
    SeveralCodes {
        /// How many.
        count: usize,
    },
    /// No code in the picture.
    #[error("The picture shows no code. Wipe the lens, or turn on the light.")]
    NoCode,
    /// The journal was forked; the station must be enrolled anew.
    #[error("The server holds another journal of this station. It must be enrolled anew.")]
    Forked,
    /// A picture that cannot be used.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// A photo that cannot be used.
    #[error(transparent)]
    Photo(#[from] PhotoError),
    /// The server cannot be reached, or refuses.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// The key set is refused.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The gate pack is refused.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// The store failed: nothing was written, nothing may be shown.
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

impl From<NameError> for StationError {
    fn from(error: NameError) -> Self {
        match error {
            NameError::Invisible => Self::NameRequired,
            NameError::TooLong => Self::NameTooLong,
        }
    }
}

fn outside(site: &str, unknown: bool) -> String {
    if unknown {
        format!(
            "{site} lets nobody work whose device does not say that it is there. Turn on location and try again."
        )
    } else {
        format!("This device is not at {site}, as far as it can tell.")
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
            Self::ReasonRequired => "reason_required",
            Self::PhotoRequired => "photo_required",
            Self::NameRequired => "name_required",
            Self::NameTooLong => "name_too_long",
            Self::UnknownEvent => "unknown_event",
            Self::NotExpected => "not_expected",
            Self::ScanAgain => "scan_again",
            Self::VerdictChanged { .. } => "verdict_changed",
            Self::Abandoned => "abandoned",
            Self::AlreadyDecided => "already_decided",
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
