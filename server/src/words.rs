//! Every English word that carries meaning across screens: reasons, checks, verdicts, decisions, statuses and
//! error messages. Codes are stable and shown small for support; only the words around them are translated.

mod problems;
mod reasons;

use gatehouse_core::{decision::Bar, role::Role, typed::Misread};

pub use problems::{PROBLEMS, Problem, problem};
pub use reasons::REASONS;
use reasons::reason_of;

use crate::store::doubt::Doubt;
use crate::web::view::{ChainState, CheckState, Decision, InvitationStatus, Kind, Mark, Period, Verdict};

/// What to say about one reason code of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason {
    /// The stable code, as in the wire format.
    pub code: &'static str,
    /// Two to four words for a row or a chip.
    pub label: &'static str,
    /// One sentence for the guard: what happened and what to do.
    pub guard: &'static str,
    /// One sentence for the admin: what happened and what it means.
    pub admin: &'static str,
}

/// What to say about one check of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Check {
    /// The stable name, as in the wire format.
    pub code: &'static str,
    /// One or two words.
    pub label: &'static str,
    /// What it means that the check passed.
    pub passed: &'static str,
    /// What it means that the check was skipped.
    pub skipped: &'static str,
}

const UNKNOWN_REASON: Reason = reason_of(
    "unknown",
    "Another reason",
    "This device does not know this reason. Update the app, and decide with what you see.",
    "The reason comes from a newer version of the app or the server than this page knows.",
);

/// The words for a reason code; a code that this version does not know still gets a sentence.
pub fn reason(code: &str) -> Reason {
    REASONS.iter().find(|reason| reason.code == code).copied().unwrap_or(UNKNOWN_REASON)
}

const fn check_of(
    code: &'static str,
    label: &'static str,
    passed: &'static str,
    skipped: &'static str,
) -> Check {
    Check { code, label, passed, skipped }
}

/// Every check, in the order in which they are made.
pub const CHECKS: &[Check] = &[
    check_of(
        "format",
        "Format",
        "It is a Gatehouse code, complete and undamaged.",
        "The format was not checked.",
    ),
    check_of(
        "signature",
        "Signature",
        "It was signed by a key of yours and not changed since.",
        "The signature was not checked.",
    ),
    check_of(
        "issuer",
        "Organisation",
        "It was issued by your organisation.",
        "Not checked: an earlier check had failed.",
    ),
    check_of(
        "time",
        "Time window",
        "It was shown within its window.",
        "Not checked: an earlier check had failed.",
    ),
    check_of(
        "revocation",
        "Not revoked",
        "It had not been revoked, replaced or cancelled.",
        "Not checked: nothing to check against was at hand.",
    ),
    check_of(
        "access",
        "Access",
        "Access was not switched off, and there was no ban and no lockdown.",
        "Not checked: nothing to check against was at hand.",
    ),
    check_of("site", "Site", "The person was assigned to this site.", "Not checked: no site was named."),
    check_of("uses", "Uses", "It had uses left and was not used just before.", "Uses were not counted."),
    check_of(
        "proof",
        "Phone proof",
        "The member's phone made the code just then.",
        "Not needed: this is not an offline member code.",
    ),
    check_of(
        "keys",
        "Signature keys",
        "The phone's signature keys were up to date.",
        "The age of the signature keys was not checked.",
    ),
    check_of(
        "pack",
        "Gate data",
        "The phone's gate data was up to date.",
        "Not needed: the server answered, or an earlier check had failed.",
    ),
    check_of("online", "Server", "The server was asked and agreed.", "The server was not asked."),
    check_of(
        "location",
        "Place",
        "The phone was at the site.",
        "Not checked: this site does not ask for the place.",
    ),
];

const UNKNOWN_CHECK: Check = check_of("unknown", "Another check", "It passed.", "It was not checked.");

/// The words for a check; one that this version does not know still gets a name.
pub fn check(code: &str) -> Check {
    CHECKS.iter().find(|check| check.code == code).copied().unwrap_or(UNKNOWN_CHECK)
}

/// What the keyboard between scanner and station did to a code, and what to do about it.
pub fn misread(misread: Misread) -> &'static str {
    match misread {
        Misread::CapsLock => {
            "Caps lock is on: the scanner typed small letters for capitals. Turn caps lock off, and scan again."
        }
        Misread::KeyboardLayout => {
            "The scanner seems to be set to another keyboard than this computer. Set both to the same keyboard \
             layout (see the scanner's manual), and scan again."
        }
        Misread::EnrolmentCode => {
            "This is a code that enrols a phone or station, not one that lets anyone in. Give it back to an admin."
        }
        Misread::MemberCode => {
            "This is the code by which members' phones find the organisation. Ask the member to open the access ID."
        }
    }
}

/// The one word of a verdict, in capitals on every screen.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Verified => "VERIFIED",
        Verdict::Caution => "CAUTION",
        Verdict::Denied => "DENIED",
    }
}

/// What a guard decided.
pub fn decision(decision: Decision) -> &'static str {
    match decision {
        Decision::Granted => "Granted",
        Decision::Denied => "Denied",
        Decision::Undecided => "Undecided",
        Decision::Leaving => "On the way out",
    }
}

/// What kind of person or code was at the gate.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Member => "Member",
        Kind::Visitor => "Visitor",
        Kind::WalkUp => "Walk-up",
        Kind::Unreadable => "Unreadable",
    }
}

/// What stands in the place of a name where there is none.
pub fn nameless(kind: Kind) -> &'static str {
    match kind {
        Kind::Member => "Member, name not kept",
        Kind::Visitor => "Visitor, name not kept",
        Kind::WalkUp => "Walk-up, no name given",
        Kind::Unreadable => "Unreadable code",
    }
}

/// How a check ended.
pub fn check_state(state: CheckState) -> &'static str {
    match state {
        CheckState::Passed => "Passed",
        CheckState::Failed => "Failed",
        CheckState::Skipped => "Skipped",
    }
}

/// Where an invitation stands.
pub fn invitation_status(status: InvitationStatus) -> &'static str {
    match status {
        InvitationStatus::Draft => "Draft",
        InvitationStatus::Pending => "Pending",
        InvitationStatus::Accepted => "Arrived",
        InvitationStatus::Cancelled => "Cancelled",
        InvitationStatus::Over => "Visit over",
        InvitationStatus::Expired => "Expired",
        InvitationStatus::Stopped => "Stopped",
    }
}

/// Why a host lets nobody in any more.
pub const fn host_stopped(bar: Bar) -> &'static str {
    match bar {
        Bar::Disabled => {
            "The host's access is switched off, or the host may no longer go to one of its sites."
        }
        Bar::Banned => "The host is on the ban list.",
        Bar::Revoked | Bar::Superseded | Bar::Cancelled => "The host's access was revoked.",
    }
}

/// A span of days that the activity list can be narrowed to.
pub fn period(period: Period) -> &'static str {
    match period {
        Period::Today => "Today",
        Period::Week => "Last 7 days",
        Period::Month => "Last 30 days",
        Period::All => "All time",
    }
}

/// What somebody should look at again.
pub fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Flagged => "Granted against DENIED",
        Mark::Reported => "Reported as suspicious",
        Mark::Judged => "Judged again",
    }
}

/// A person's role.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Member => "Member",
        Role::Guard => "Guard",
        Role::Admin => "Admin",
        Role::Owner => "Owner",
    }
}

/// Where the work of a role is done that the dashboard is not for: a title, and what to do.
pub fn elsewhere(role: Role) -> Option<(&'static str, &'static str)> {
    match role {
        Role::Admin | Role::Owner => None,
        Role::Guard => Some((
            "Your work is on the gate's phone or station",
            "Scanning, walk-ups and visitors on site are on a phone or station that an admin enrolled for the gate. \
             Sign in there with this address, and start your shift. This page shows only your account.",
        )),
        Role::Member => Some((
            "Your access ID is in the app on your phone",
            "Open the Gatehouse app, scan your organisation's member code, and sign in with this address: there are \
             your access ID, your invitations and where your code was used. This page shows only your account.",
        )),
    }
}

/// What a session is, for its owner.
pub fn session(kind: &str, name: &str) -> String {
    match (kind, name) {
        ("browser", _) => "Browser".to_owned(),
        ("api", "") => "API token".to_owned(),
        ("api", name) => format!("API token \u{201c}{name}\u{201d}"),
        _ => "Phone or station".to_owned(),
    }
}

/// What an admin without an address is told.
pub const NO_ADDRESS: &str = "Your account has no e-mail address, so nobody can sign in to it again.";

/// What admins are told where many one-time codes were wrong lately.
pub fn sign_in_alarm(wrong: u64) -> String {
    format!(
        "{wrong} wrong one-time codes were tried in the last 24 hours. Somebody may be guessing: tries are slowed down \
         by themselves, and nobody at a station is kept from work. The audit log has each of them."
    )
}

/// Stands for the reason of a guard who gave none.
pub const NO_REASON: &str = "no reason given";
/// Stands for a guard whom the organisation does not know.
pub const UNKNOWN_GUARD: &str = "Unknown guard";
/// Stands for the host where there is none.
pub const NO_HOST: &str = "nobody in particular";
/// Stands for the person where the command line did something.
pub const COMMAND_LINE: &str = "the command line";
/// What a guard's report says.
pub fn reported(guard: Option<&str>, note: Option<&str>) -> String {
    let guard = guard.unwrap_or(UNKNOWN_GUARD);
    match note {
        Some(note) => format!("{guard}: {note}"),
        None => format!("{guard} reported this as suspicious and wrote nothing more."),
    }
}

/// What a second judgement says; `before` is how long before the event the fact held, in words.
pub fn judged_again(reason: &str, before: Option<&str>) -> String {
    match before {
        Some(before) => {
            format!("{reason} That was so {before} before the scan, and the phone could not know.")
        }
        None => format!("{reason} Nobody noted since when; it may have come after the scan."),
    }
}

/// Why something that a device wrote is not believed, as a sentence.
pub fn doubt(doubt: Doubt, device: &str) -> String {
    let why = match doubt {
        Doubt::GuardNotSignedIn => "The guard whom it names was not signed in here at that time.",
        Doubt::GuardRevoked => "The access of the guard whom it names had been revoked before.",
        Doubt::ShiftUnknown => "The guard whom it names had begun no such shift here.",
        Doubt::SiteUnknown => "The organisation has no such site.",
        Doubt::EventNotItsOwn => "It speaks of a scan that is another device's, or that nobody made.",
        Doubt::DecidedBefore => "It was decided before the scan was made.",
        Doubt::VisitNotTheirs => "It opened the departure of a visit that is not this visitor's.",
        Doubt::DepartedElsewhere => "It ended the visit at another site. The visit goes on.",
        Doubt::DepartedBefore => "It ended the visit before that began. The visit goes on.",
        Doubt::DepartureTime => {
            "It ended the visit at a time that cannot be. The nearest possible time counts."
        }
        Doubt::ShiftNotItsOwn => {
            "It ended the shift of somebody else or of another device. That shift goes on."
        }
        Doubt::AfterRevocation => {
            "It was recorded after the device had been revoked, or nobody knows that it was before."
        }
        Doubt::ShiftElsewhere => {
            "The shift began where the phone was not shown to be at the site, which the site does not allow."
        }
        Doubt::NoSuccessor => "It says to go on from a device that is at work, or has another successor.",
    };
    if device.is_empty() { why.to_owned() } else { format!("{device}: {why}") }
}

/// Why a photo is not shown although one was taken.
pub const PHOTO_MISSING: &str =
    "A photo was taken. It is still on the guard's phone and follows when the phone has time.";

/// What an action did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// A visitor was invited.
    Invited,
    /// An invitation was cancelled.
    Cancelled,
    /// It had been cancelled before.
    HadCancelled,
    /// An invitation has another host.
    HostChanged,
    /// A person was erased.
    Erased,
    /// A visitor was marked as departed.
    Departed,
    /// The visitor had left before.
    HadDeparted,
    /// The account has an address now.
    Introduced,
    /// A session was ended.
    SessionEnded,
}

impl Done {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Invited,
        Self::Erased,
        Self::Cancelled,
        Self::HadCancelled,
        Self::HostChanged,
        Self::Departed,
        Self::HadDeparted,
        Self::Introduced,
        Self::SessionEnded,
    ];

    /// The stable word.
    pub fn key(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Cancelled => "cancelled",
            Self::HadCancelled => "already_cancelled",
            Self::HostChanged => "host_changed",
            Self::Erased => "erased",
            Self::Departed => "departed",
            Self::HadDeparted => "already_departed",
            Self::Introduced => "introduced",
            Self::SessionEnded => "session_ended",
        }
    }

    /// Whether it did not do what was asked.
    pub fn failed(self) -> bool {
        matches!(self, Self::HadCancelled | Self::HadDeparted)
    }
}

/// What an action did, as a sentence for the next page.
pub fn done(done: Done) -> &'static str {
    match done {
        Done::Invited => "The invitation is created. Send its code to the visitor.",
        Done::Cancelled => "The invitation is cancelled.",
        Done::HadCancelled => "Someone cancelled this invitation before you. Nothing was changed.",
        Done::HostChanged => "The invitation has another host, and its code holds.",
        Done::Erased => {
            "The person is erased here. Phones follow when they next reach the server; backups do not."
        }
        Done::Departed => "The visitor is marked as departed.",
        Done::HadDeparted => "This visitor had already left. Nothing was changed.",
        Done::Introduced => "Saved. From now on you sign in with this address and a one-time code.",
        Done::SessionEnded => "That session has ended.",
    }
}

/// How an entry stands in its device's chain, as a sentence.
pub fn chain(state: ChainState) -> &'static str {
    match state {
        ChainState::Whole => "Signed by the device, and linked to the entry before it.",
        ChainState::Forked => "Two different entries claim this number. Both are kept as evidence.",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn codes_are_unique_and_sentences_end() {
        let mut seen = HashSet::new();
        for reason in REASONS {
            assert!(seen.insert(reason.code), "{} twice", reason.code);
            for sentence in [reason.guard, reason.admin] {
                assert!(sentence.ends_with('.') && !sentence.contains('!'), "{sentence}");
            }
        }
        let mut seen = HashSet::new();
        for problem in PROBLEMS {
            assert!(seen.insert(problem.code), "{} twice", problem.code);
            assert!(problem.text.ends_with('.') && !problem.text.contains('!'), "{}", problem.text);
        }
    }

    #[test]
    fn the_unknown_has_words_too() {
        assert_eq!(reason("from_the_future").label, "Another reason");
        assert_eq!(check("from_the_future").label, "Another check");
        assert_eq!(problem("from_the_future").code, "unknown_error");
        assert_eq!(reason("expired").label, "Expired");
    }
}
