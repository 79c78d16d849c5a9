//! Why a guard's station or a member's phone could not do what was asked, in words. Each error's own `Display` is this
//! sentence in English, so that there is no second one. Also what only they know: whose code it is, where one comes from,
//! how old the gate pack is.

use super::{Arg, Id, Phrase};
use crate::{
    device::{
        CodeSource, EnrolmentEffect, EnrolmentOffer, OfflineProblem, PackHeld, SecretError, SignerError,
        StationError, StoreError, TimeError, WalletError,
    },
    message,
    photo::PhotoError,
    phrase,
    picture::PictureError,
    qr::EncodeError,
};

impl StationError {
    /// What happened and what to do.
    #[must_use]
    pub fn phrase(&self) -> Phrase<'_> {
        match self {
            Self::NotEnrolled => message!("station-not_enrolled").into(),
            Self::AlreadyEnrolled => message!("station-already_enrolled").into(),
            Self::OtherOrganisation { organisation } => {
                phrase!("station-other_organisation", organisation = organisation)
            }
            Self::JournalKeyLost => message!("station-journal_key_lost").into(),
            Self::EnrolmentCode => message!("station-enrolment_code").into(),
            Self::WrongServer => message!("station-wrong_server").into(),
            Self::AddressUnproven { address } => phrase!("station-address_unproven", address = address),
            Self::NotSignedIn => message!("station-not_signed_in").into(),
            Self::Locked => message!("station-locked").into(),
            Self::NotAGuard { name, role } => {
                let known = role.parse().map(super::role).ok();
                let role = known.map_or_else(|| Arg::from(role), |role| Arg::Said(role.into()));
                phrase!("station-not_a_guard", name = name, role = role)
            }
            Self::NoGuardAnyMore => message!("station-no_guard_any_more").into(),
            Self::PinBeforeLock => message!("station-pin_before_lock").into(),
            Self::SessionEnded => message!("station-session_ended").into(),
            Self::PinUnsuitable => message!("station-pin_unsuitable").into(),
            Self::NoPin => message!("station-no_pin").into(),
            Self::WrongPin { left } => phrase!("station-wrong_pin", count = *left),
            Self::PinWait { seconds } => phrase!("station-pin_wait", count = *seconds),
            Self::PinVoid => message!("station-pin_void").into(),
            Self::GuardNotListed => message!("station-guard_not_listed").into(),
            Self::NoShift => message!("station-no_shift").into(),
            Self::ShiftRunning { site } => phrase!("station-shift_running", site = site),
            Self::NotAssigned { site } => phrase!("station-not_assigned", site = site.to_string()),
            Self::OutsideSite { site, unknown: true } => phrase!("station-place_unknown", site = site),
            Self::OutsideSite { site, unknown: false } => phrase!("station-outside_site", site = site),
            Self::DepartureOpen => message!("station-departure_open").into(),
            Self::OtherShift => message!("station-other_shift").into(),
            Self::OtherGatesVisit => message!("station-other_gates_visit").into(),
            Self::ReasonRequired => message!("station-reason_required").into(),
            Self::PhotoRequired => message!("station-photo_required").into(),
            Self::NameRequired => message!("station-name_required").into(),
            Self::NameTooLong => message!("station-name_too_long").into(),
            Self::UnknownEvent => message!("station-unknown_event").into(),
            Self::NotExpected => message!("station-not_expected").into(),
            Self::ScanAgain => message!("station-scan_again").into(),
            Self::VerdictChanged { now } => phrase!("station-verdict_changed", now = now),
            Self::Abandoned => message!("station-abandoned").into(),
            Self::AlreadyDecided => message!("station-already_decided").into(),
            Self::NotDecided => message!("station-not_decided").into(),
            Self::HasLeft => message!("station-has_left").into(),
            Self::InsideAlready => message!("station-inside_already").into(),
            Self::WhyRequired => message!("station-why_required").into(),
            Self::SeveralCodes { count } => phrase!("station-several_codes", count = *count),
            Self::NoCode => message!("station-no_code").into(),
            Self::Forked => message!("station-forked").into(),
            Self::Picture(error) => picture(error),
            Self::Photo(error) => photo(error),
            Self::Client(error) => error.phrase(),
            Self::Keys(error) => phrase!("device-keys_refused", reason = error.to_string()),
            Self::Pack(error) => phrase!("device-pack_refused", reason = error.to_string()),
            Self::Store(error) => error.phrase(),
            Self::Secrets(error) => secrets(error),
            Self::Time(error) => clock(error),
            Self::Random(error) => phrase!("device-no_randomness", reason = error.to_string()),
        }
    }
}

impl WalletError {
    /// What happened and what to do.
    #[must_use]
    pub fn phrase(&self) -> Phrase<'_> {
        match self {
            Self::MemberCode => message!("wallet-member_code").into(),
            Self::NotJoined => message!("wallet-not_joined").into(),
            Self::AlreadySignedIn => message!("wallet-already_signed_in").into(),
            Self::WrongServer => message!("wallet-wrong_server").into(),
            Self::AddressUnproven { address } => phrase!("wallet-address_unproven", address = address),
            Self::NotSignedIn => message!("wallet-not_signed_in").into(),
            Self::SessionEnded => message!("wallet-session_ended").into(),
            Self::AccessEnded => message!("wallet-access_ended").into(),
            Self::ResendTooSoon { wait_s } => phrase!("wallet-resend_too_soon", count = *wait_s),
            Self::CodeRefused => message!("wallet-code_refused").into(),
            Self::NoOfflineCode(problem) => problem.phrase(),
            Self::InvalidationPending => message!("wallet-invalidation_pending").into(),
            Self::DeviceKey => message!("wallet-device_key").into(),
            Self::SignatureBroken => message!("wallet-signature_broken").into(),
            Self::Signer(SignerError { reason }) => phrase!("wallet-signer", reason = reason),
            Self::AppLocked => message!("wallet-app_locked").into(),
            Self::InvitationIncomplete => message!("wallet-invitation_incomplete").into(),
            Self::Client(error) => error.phrase(),
            Self::Keys(error) => phrase!("device-keys_refused", reason = error.to_string()),
            Self::Drawing(error) => drawing(error),
            Self::Store(error) => error.phrase(),
            Self::Secrets(error) => secrets(error),
            Self::Time(error) => clock(error),
            Self::Random(error) => phrase!("device-no_randomness", reason = error.to_string()),
        }
    }
}

impl OfflineProblem {
    /// What happened and what to do.
    #[must_use]
    pub fn phrase(self) -> Phrase<'static> {
        match self {
            Self::NoCertificate => message!("wallet-certificate_absent").into(),
            Self::CertificateExpired => message!("wallet-certificate_expired").into(),
            Self::KeyChanged => message!("wallet-key_changed").into(),
        }
    }
}

impl StoreError {
    /// What happened and what to do.
    #[must_use]
    pub fn phrase(&self) -> Phrase<'_> {
        match self {
            Self::Full => message!("store-full").into(),
            Self::Database(error) => phrase!("store-database", reason = told(error)),
            Self::Damaged => message!("store-damaged").into(),
            Self::InUse => message!("store-in_use").into(),
            Self::Folder(error) => phrase!("store-folder", reason = error.to_string()),
            Self::Newer { found } => phrase!("store-newer", format = found.to_string()),
            Self::WrongKey => message!("store-wrong_key").into(),
            Self::Secrets(error) => secrets(error),
            Self::Random(error) => phrase!("device-no_randomness", reason = error.to_string()),
        }
    }
}

impl EnrolmentOffer {
    /// Whose server it is, and what enrolling there does.
    #[must_use]
    pub fn phrase(&self) -> Phrase<'_> {
        let Self { organisation, server, does, .. } = self;
        match does {
            EnrolmentEffect::Enrols => {
                phrase!("enrol-enrols", organisation = organisation, server = server)
            }
            EnrolmentEffect::EnrolsAnew => {
                phrase!("enrol-anew", organisation = organisation, server = server)
            }
            EnrolmentEffect::Moves { from } => {
                phrase!("enrol-moves", organisation = organisation, from = from, server = server)
            }
            EnrolmentEffect::Changes { from } => {
                phrase!("enrol-changes", from = from, organisation = organisation, server = server)
            }
            EnrolmentEffect::Nothing => {
                phrase!("enrol-nothing", organisation = organisation, server = server)
            }
        }
    }
}

/// Where a member's code comes from, within brackets.
#[must_use]
pub const fn code_source(source: CodeSource) -> Id {
    match source {
        CodeSource::Online => message!("wallet-code_new"),
        CodeSource::Kept => message!("wallet-code_kept"),
        CodeSource::Offline => message!("wallet-code_offline"),
    }
}

/// How old the gate pack is.
#[must_use]
pub const fn pack_age(held: PackHeld) -> Id {
    match held {
        PackHeld::Absent => message!("pack-absent"),
        PackHeld::Fresh => message!("pack-fresh"),
        PackHeld::Stale => message!("pack-stale"),
        PackHeld::Expired => message!("pack-expired"),
    }
}

/// What SQLite says, without the statement that it said it of: people read this, in one line.
fn told(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    }
}

fn secrets(error: &SecretError) -> Phrase<'_> {
    phrase!("device-secrets", reason = &error.reason)
}

fn clock(error: &TimeError) -> Phrase<'_> {
    phrase!("device-clock", reason = &error.reason)
}

/// Why a picture can't be read.
#[must_use]
pub fn picture(error: &PictureError) -> Phrase<'static> {
    match error {
        PictureError::TooLarge { megapixels } => phrase!("picture-too_large", megapixels = *megapixels),
        PictureError::TooHeavy { megapixels } => phrase!("picture-too_heavy", megapixels = *megapixels),
        PictureError::TooManyBytes => message!("picture-too_many_bytes").into(),
        PictureError::Unsupported => message!("picture-unsupported").into(),
        PictureError::Modern => message!("picture-modern").into(),
        PictureError::Damaged(_) => message!("picture-damaged").into(),
    }
}

fn photo(error: &PhotoError) -> Phrase<'static> {
    match error {
        PhotoError::Picture(error) => picture(error),
        PhotoError::Resize => message!("photo-resize").into(),
        PhotoError::Encode => message!("photo-encode").into(),
    }
}

/// Why a code can't be drawn.
#[must_use]
pub fn drawing(error: &EncodeError) -> Phrase<'static> {
    match error {
        EncodeError::Empty => message!("drawing-empty").into(),
        EncodeError::TooLong { bytes } => phrase!("drawing-too_long", bytes = *bytes),
        EncodeError::ModuleSize => message!("drawing-module_size").into(),
        EncodeError::Png(_) => message!("drawing-png").into(),
    }
}
