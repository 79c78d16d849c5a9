//! The words of what happens at a gate: one match over each of its enums, so that nothing new is without words.

use super::{Id, Phrase};
use crate::{
    decision::{Bar, Check, Code, Fact, Reason, Verdict},
    journal::EntryKind,
    message, phrase,
    qr::Why,
    role::Role,
    typed::Misread,
    visit::InvitationStatus,
};

/// The word of a verdict, in capitals on every screen.
#[must_use]
pub const fn verdict(verdict: Verdict) -> Id {
    match verdict {
        Verdict::Verified => message!("verdict-verified"),
        Verdict::Caution => message!("verdict-caution"),
        Verdict::Denied => message!("verdict-denied"),
    }
}

/// What there is to say of a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReasonWords {
    /// Two to four words for a row or a chip.
    pub label: Id,
    /// One sentence for the guard: what happened and what to do.
    pub guard: Id,
    /// One sentence for the admin: what happened and what it means.
    pub admin: Id,
}

macro_rules! reason_words {
    ($key:literal) => {
        ReasonWords {
            label: message!(concat!("reason-", $key)),
            guard: message!(concat!("reason-", $key, "-guard")),
            admin: message!(concat!("reason-", $key, "-admin")),
        }
    };
}

/// Of someone who showed no code, so that nothing was checked.
pub const WALK_UP: ReasonWords = reason_words!("walk_up");
/// Of a code that this version does not know.
pub const UNKNOWN_REASON: ReasonWords = reason_words!("unknown");

/// The words of a reason code.
#[must_use]
pub const fn reason(code: &Code) -> ReasonWords {
    match code {
        Code::Ok => reason_words!("ok"),
        Code::Malformed => reason_words!("malformed"),
        Code::UnknownKey => reason_words!("unknown_key"),
        Code::WrongPurpose => reason_words!("wrong_purpose"),
        Code::BadSignature => reason_words!("bad_signature"),
        Code::ProofInvalid => reason_words!("proof_invalid"),
        Code::WrongOrg => reason_words!("wrong_org"),
        Code::LifetimeTooLong => reason_words!("lifetime_too_long"),
        Code::NotYetValid => reason_words!("not_yet_valid"),
        Code::Expired => reason_words!("expired"),
        Code::ClockUntrusted => reason_words!("clock_untrusted"),
        Code::Revoked => reason_words!("revoked"),
        Code::Superseded => reason_words!("superseded"),
        Code::Cancelled => reason_words!("cancelled"),
        Code::AccessDisabled => reason_words!("access_disabled"),
        Code::Banned => reason_words!("banned"),
        Code::Lockdown => reason_words!("lockdown"),
        Code::NoAccess => reason_words!("no_access"),
        Code::NotAssigned => reason_words!("not_assigned"),
        Code::UsedUp => reason_words!("used_up"),
        Code::AlreadyUsed => reason_words!("already_used"),
        Code::ProofExpired => reason_words!("proof_expired"),
        Code::ProofOld => reason_words!("proof_old"),
        Code::KeysStale => reason_words!("keys_stale"),
        Code::KeysExpired => reason_words!("keys_expired"),
        Code::PackAbsent => reason_words!("pack_absent"),
        Code::PackStale => reason_words!("pack_stale"),
        Code::PackExpired => reason_words!("pack_expired"),
        Code::Offline => reason_words!("offline"),
        Code::Unproven => reason_words!("unproven"),
        Code::NameBanned => reason_words!("name_banned"),
        Code::OutsideGeofence => reason_words!("outside_geofence"),
        Code::LocationUnknown => reason_words!("location_unknown"),
        Code::Other(_) => UNKNOWN_REASON,
    }
}

/// What there is to say of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckWords {
    /// One or two words.
    pub label: Id,
    /// What it means that it passed.
    pub passed: Id,
    /// What it means that it was skipped.
    pub skipped: Id,
}

macro_rules! check_words {
    ($key:literal) => {
        CheckWords {
            label: message!(concat!("check-", $key)),
            passed: message!(concat!("check-", $key, "-passed")),
            skipped: message!(concat!("check-", $key, "-skipped")),
        }
    };
}

/// The words of a check.
#[must_use]
pub const fn check(check: Check) -> CheckWords {
    match check {
        Check::Format => check_words!("format"),
        Check::Signature => check_words!("signature"),
        Check::Issuer => check_words!("issuer"),
        Check::Time => check_words!("time"),
        Check::Revocation => check_words!("revocation"),
        Check::Access => check_words!("access"),
        Check::Site => check_words!("site"),
        Check::Uses => check_words!("uses"),
        Check::Proof => check_words!("proof"),
        Check::Keys => check_words!("keys"),
        Check::Pack => check_words!("pack"),
        Check::Online => check_words!("online"),
        Check::Location => check_words!("location"),
    }
}

/// What a failed check rests on, within a sentence.
#[must_use]
pub const fn fact(fact: Fact) -> Id {
    match fact {
        Fact::Code => message!("fact-code"),
        Fact::Server => message!("fact-server"),
        Fact::GatePack => message!("fact-gate_pack"),
        Fact::KeySet => message!("fact-key_set"),
        Fact::OwnRecords => message!("fact-own_records"),
        Fact::DeviceClock => message!("fact-device_clock"),
        Fact::Location => message!("fact-location"),
        Fact::Guard => message!("fact-guard"),
        Fact::Missing => message!("fact-missing"),
    }
}

/// A failed check and what it rests on; `time` is the time of that fact, as the reader's clock says it.
#[must_use]
pub fn basis(reason: &Reason, time: Option<Phrase<'static>>) -> Phrase<'static> {
    let found = found(reason);
    let (label, code) = (self::reason(&reason.code).label, reason.code.word().to_owned());
    match (reason.fact, time) {
        (_, None) => phrase!("basis", reason = label, code = code, fact = found),
        // A time within the code or a lower bound may lie ahead.
        (Fact::Code | Fact::DeviceClock, Some(time)) => {
            phrase!("basis-at", reason = label, code = code, fact = found, time = time)
        }
        (_, Some(time)) => phrase!("basis-of", reason = label, code = code, fact = found, time = time),
    }
}

/// The same for somebody at a gate, who needs no code.
#[must_use]
pub fn plain_basis(reason: &Reason, time: Option<Phrase<'static>>) -> Phrase<'static> {
    let (found, label) = (found(reason), self::reason(&reason.code).label);
    match (reason.fact, time) {
        (_, None) => phrase!("basis-plain", reason = label, fact = found),
        (Fact::Code | Fact::DeviceClock, Some(time)) => {
            phrase!("basis-plain_at", reason = label, fact = found, time = time)
        }
        (_, Some(time)) => phrase!("basis-plain_of", reason = label, fact = found, time = time),
    }
}

fn found(reason: &Reason) -> Phrase<'static> {
    match (reason.fact, reason.number) {
        (Fact::GatePack, Some(number)) => phrase!("fact-gate_pack_number", number = number.to_string()),
        (Fact::KeySet, Some(number)) => phrase!("fact-key_set_number", number = number.to_string()),
        (Fact::Location, Some(metres)) => phrase!("fact-location_metres", metres = metres),
        (other, _) => fact(other).into(),
    }
}

/// What a decision came to.
#[must_use]
pub const fn outcome(granted: bool, against_denied: bool, on_site: bool) -> Id {
    match (granted, against_denied, on_site) {
        (false, ..) => message!("decided-denied"),
        (true, false, false) => message!("decided-granted"),
        (true, false, true) => message!("decided-granted_inside"),
        (true, true, false) => message!("decided-against"),
        (true, true, true) => message!("decided-against_inside"),
    }
}

/// What the keyboard between scanner and station did to a code, and what to do about it.
#[must_use]
pub const fn misread(misread: Misread) -> Id {
    match misread {
        Misread::CapsLock => message!("misread-caps_lock"),
        Misread::KeyboardLayout => message!("misread-keyboard_layout"),
        Misread::EnrolmentCode => message!("misread-enrolment_code"),
        Misread::MemberCode => message!("misread-member_code"),
    }
}

/// Why a camera or picture gave no code, and what helps.
#[must_use]
pub const fn sight(why: Why) -> Id {
    match why {
        Why::NothingThere => message!("sight-nothing_there"),
        Why::TooDark => message!("sight-too_dark"),
        Why::Glare => message!("sight-glare"),
        Why::TooSmall => message!("sight-too_small"),
        Why::Blurred => message!("sight-blurred"),
        Why::Unreadable => message!("sight-unreadable"),
    }
}

/// What a guard decided.
#[must_use]
pub const fn decided(granted: bool) -> Id {
    if granted { message!("decision-granted") } else { message!("decision-denied") }
}

/// Where an invitation stands.
#[must_use]
pub const fn invitation_status(status: InvitationStatus) -> Id {
    match status {
        InvitationStatus::Draft => message!("status-draft"),
        InvitationStatus::Pending => message!("status-pending"),
        InvitationStatus::Accepted => message!("status-accepted"),
        InvitationStatus::Cancelled => message!("status-cancelled"),
        InvitationStatus::Expired => message!("status-expired"),
    }
}

/// Why a host lets nobody in any more.
#[must_use]
pub const fn host_stopped(bar: Bar) -> Id {
    match bar {
        Bar::Disabled => message!("host-stopped-disabled"),
        Bar::Banned => message!("host-stopped-banned"),
        Bar::Revoked | Bar::Superseded | Bar::Cancelled => message!("host-stopped-revoked"),
    }
}

/// A person's role.
#[must_use]
pub const fn role(role: Role) -> Id {
    match role {
        Role::Member => message!("role-member"),
        Role::Guard => message!("role-guard"),
        Role::Admin => message!("role-admin"),
        Role::Owner => message!("role-owner"),
    }
}

/// What an entry of a journal records.
#[must_use]
pub const fn entry_kind(kind: EntryKind) -> Id {
    match kind {
        EntryKind::Scan => message!("entry-scan"),
        EntryKind::Decision => message!("entry-decision"),
        EntryKind::WalkUp => message!("entry-walk_up"),
        EntryKind::Arrival => message!("entry-arrival"),
        EntryKind::Departure => message!("entry-departure"),
        EntryKind::ShiftStart => message!("entry-shift_start"),
        EntryKind::ShiftEnd => message!("entry-shift_end"),
        EntryKind::CodeEntry => message!("entry-code_entry"),
        EntryKind::Amendment => message!("entry-amendment"),
        EntryKind::ClockChange => message!("entry-clock_change"),
    }
}

/// An entry of the ban list, for the guard who compares.
#[must_use]
pub fn ban<'a>(names: &[String], reason: &'a str) -> Phrase<'a> {
    phrase!("ban-entry", names = names.join(", "), reason = reason)
}
