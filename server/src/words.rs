//! Which of core's sentences the server means by what only it knows: the dashboard's filters and marks, doubts about
//! journals, what an action did. One match over each, so that nothing new is without words. The sentences themselves
//! stand in `core/src/words`.

use std::time::Duration;

use gatehouse_core::{
    decision::Code,
    message, phrase,
    role::Role,
    words::{self, Id, Phrase, ProblemWords, ReasonWords, time},
};

use crate::{
    service::clock::ClockDoubt,
    store::doubt::Doubt,
    web::view::{ChainState, CheckState, Decision, InvitationStatus, Kind, Mark, Period, Section},
};

/// The words of an event's reason; of a walk-up, who was not judged, without one.
pub const fn reason(code: Option<&Code>) -> ReasonWords {
    match code {
        Some(code) => words::reason(code),
        None => words::WALK_UP,
    }
}

/// What guards decided.
pub const fn decision(decision: Decision) -> Id {
    match decision {
        Decision::Granted => words::decided(true),
        Decision::Denied => words::decided(false),
        Decision::Undecided => message!("decision-undecided"),
        Decision::Leaving => message!("decision-leaving"),
    }
}

/// What kind of person or code was at the gate.
pub const fn kind(kind: Kind) -> Id {
    match kind {
        Kind::Member => message!("kind-member"),
        Kind::Visitor => message!("kind-visitor"),
        Kind::WalkUp => message!("kind-walk_up"),
        Kind::Unreadable => message!("kind-unreadable"),
    }
}

/// What stands in the place of a name where there is none.
pub const fn nameless(kind: Kind) -> Id {
    match kind {
        Kind::Member => message!("nameless-member"),
        Kind::Visitor => message!("nameless-visitor"),
        Kind::WalkUp => message!("nameless-walk_up"),
        Kind::Unreadable => message!("nameless-unreadable"),
    }
}

/// How a check ended.
pub const fn check_state(state: CheckState) -> Id {
    match state {
        CheckState::Passed => message!("check-state-passed"),
        CheckState::Failed => message!("check-state-failed"),
        CheckState::Skipped => message!("check-state-skipped"),
    }
}

/// Where an invitation stands, and whether its code opens a gate.
pub const fn invitation_status(status: InvitationStatus) -> Id {
    use gatehouse_core::visit::InvitationStatus as Noted;
    match status {
        InvitationStatus::Draft => words::invitation_status(Noted::Draft),
        InvitationStatus::Pending => words::invitation_status(Noted::Pending),
        InvitationStatus::Accepted => words::invitation_status(Noted::Accepted),
        InvitationStatus::Cancelled => words::invitation_status(Noted::Cancelled),
        InvitationStatus::Expired => words::invitation_status(Noted::Expired),
        InvitationStatus::Over => message!("status-over"),
        InvitationStatus::Stopped => message!("status-stopped"),
    }
}

/// A place of the dashboard.
pub const fn section(section: Section) -> Id {
    match section {
        Section::Home => message!("page-home"),
        Section::Activity => message!("page-activity"),
        Section::OnSite => message!("page-on_site"),
        Section::Invitations => message!("page-invitations"),
    }
}

/// A span of days that the activity list can be narrowed to.
pub const fn period(period: Period) -> Id {
    match period {
        Period::Today => message!("period-today"),
        Period::Week => message!("period-week"),
        Period::Month => message!("period-month"),
        Period::All => message!("period-all"),
    }
}

/// The same within a line.
pub const fn period_within(period: Period) -> Id {
    match period {
        Period::Today => message!("period-today_within"),
        Period::Week => message!("period-week_within"),
        Period::Month => message!("period-month_within"),
        Period::All => message!("period-all_within"),
    }
}

/// What somebody should look at again.
pub const fn mark(mark: Mark) -> Id {
    match mark {
        Mark::Flagged => message!("mark-flagged"),
        Mark::Reported => message!("mark-reported"),
        Mark::Judged => message!("mark-judged"),
    }
}

/// The same within a line.
pub const fn mark_within(mark: Mark) -> Id {
    match mark {
        Mark::Flagged => message!("mark-flagged_within"),
        Mark::Reported => message!("mark-reported_within"),
        Mark::Judged => message!("mark-judged_within"),
    }
}

/// Where the work of a role is done that the dashboard is not for: a title, and what to do.
pub const fn elsewhere(role: Role) -> Option<(Id, Id)> {
    match role {
        Role::Admin | Role::Owner => None,
        Role::Guard => Some((message!("elsewhere-guard"), message!("elsewhere-guard_text"))),
        Role::Member => Some((message!("elsewhere-member"), message!("elsewhere-member_text"))),
    }
}

/// What a session is, for its owner.
pub fn session(kind: &str, name: String) -> Phrase<'static> {
    match (kind, name.as_str()) {
        ("browser", _) => message!("session-browser").into(),
        ("api", "") => message!("session-token").into(),
        ("api", _) => phrase!("session-named_token", name = name),
        _ => message!("session-device").into(),
    }
}

/// What a guard's report says.
pub fn reported(guard: Option<&str>, note: Option<&str>) -> Phrase<'static> {
    let guard = match guard {
        Some(guard) => guard.to_owned().into(),
        None => message!("row-unknown_guard").into(),
    };
    let guard: words::Arg<'static> = guard;
    match note {
        Some(note) => phrase!("event-reported", guard = guard, note = note.to_owned()),
        None => phrase!("event-reported_bare", guard = guard),
    }
}

/// What a decision that was put right says; `granted` is what it is now.
pub fn corrected(guard: Option<&str>, granted: bool, reason: Option<&str>) -> Phrase<'static> {
    let guard: words::Arg<'static> = match guard {
        Some(guard) => guard.to_owned().into(),
        None => message!("row-unknown_guard").into(),
    };
    match (granted, reason) {
        (true, Some(reason)) => phrase!("event-corrected_granted", guard = guard, reason = reason.to_owned()),
        (true, None) => phrase!("event-corrected_granted_bare", guard = guard),
        (false, Some(reason)) => phrase!("event-corrected_denied", guard = guard, reason = reason.to_owned()),
        (false, None) => phrase!("event-corrected_denied_bare", guard = guard),
    }
}

/// What a second judgement says; `before` is how long before the event the fact held.
pub fn judged_again(reason: Id, before: Option<Phrase<'static>>) -> Phrase<'static> {
    match before {
        Some(before) => phrase!("event-judged_before", reason = reason, before = before),
        None => phrase!("event-judged_unknown", reason = reason),
    }
}

/// Why something that a device wrote is not believed.
pub fn doubt(doubt: Doubt, device: &str) -> Phrase<'static> {
    let why = match doubt {
        Doubt::GuardNotSignedIn => message!("doubt-guard_not_signed_in"),
        Doubt::GuardRevoked => message!("doubt-guard_revoked"),
        Doubt::ShiftUnknown => message!("doubt-shift_unknown"),
        Doubt::SiteUnknown => message!("doubt-site_unknown"),
        Doubt::EventNotItsOwn => message!("doubt-event_not_its_own"),
        Doubt::DecidedBefore => message!("doubt-decided_before"),
        Doubt::VisitNotTheirs => message!("doubt-visit_not_theirs"),
        Doubt::DepartedElsewhere => message!("doubt-departed_elsewhere"),
        Doubt::DepartedBefore => message!("doubt-departed_before"),
        Doubt::DepartureTime => message!("doubt-departure_time"),
        Doubt::ShiftNotItsOwn => message!("doubt-shift_not_its_own"),
        Doubt::NoSuccessor => message!("doubt-no_successor"),
        Doubt::AfterRevocation => message!("doubt-after_revocation"),
        Doubt::ShiftElsewhere => message!("doubt-shift_elsewhere"),
        Doubt::NothingDecided => message!("doubt-nothing_decided"),
        Doubt::LeftAllTheSame => message!("doubt-left_all_the_same"),
        Doubt::CorrectedElsewhere => message!("doubt-corrected_elsewhere"),
    };
    if device.is_empty() {
        why.into()
    } else {
        phrase!("doubt-of_device", device = device.to_owned(), doubt = why)
    }
}

/// What there is to say of the server's clock.
pub fn clock(doubt: &ClockDoubt) -> Phrase<'static> {
    match doubt {
        ClockDoubt::Disagrees { ahead_ms, by, of } => {
            let length = time::about(ahead_ms.unsigned_abs() / 1000);
            let whose: Phrase<'_> = match (by, of) {
                (_, 1) => message!("clock-one_device").into(),
                (by, of) if by == of => phrase!("clock-all_devices", count = *of),
                (by, of) => phrase!("clock-some_devices", by = *by, of = *of),
            };
            if *ahead_ms > 0 {
                phrase!("clock-ahead", length = length, whose = whose)
            } else {
                phrase!("clock-behind", length = length, whose = whose)
            }
        }
        ClockDoubt::SetBack { by_ms, .. } => {
            phrase!("clock-set_back", length = time::about(by_ms / 1000))
        }
    }
}

/// A wait, rounded up to what a person counts: whoever comes back then is let in.
pub fn wait(wait: Duration) -> Phrase<'static> {
    time::wait(wait.as_secs() + u64::from(wait.subsec_nanos() > 0))
}

/// What went wrong, with the code that stands beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The stable code.
    pub code: String,
    /// What there is to say of it.
    pub words: ProblemWords,
}

/// The words for an error code; an unknown code still gets a sentence.
pub fn problem(code: &str) -> Problem {
    match words::Problem::from_code(code) {
        Some(known) => Problem { code: code.to_owned(), words: known.words() },
        None => Problem { code: "unknown_error".to_owned(), words: ProblemWords::UNKNOWN },
    }
}

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
    /// A language was chosen.
    LanguageChosen,
}

impl Done {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Invited,
        Self::Erased,
        Self::Cancelled,
        Self::HadCancelled,
        Self::HostChanged,
        Self::Departed,
        Self::HadDeparted,
        Self::Introduced,
        Self::SessionEnded,
        Self::LanguageChosen,
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
            Self::LanguageChosen => "language_chosen",
        }
    }

    /// Whether it did not do what was asked.
    pub fn failed(self) -> bool {
        matches!(self, Self::HadCancelled | Self::HadDeparted)
    }
}

/// What an action did, as a sentence for the next page.
pub const fn done(done: Done) -> Id {
    match done {
        Done::Invited => message!("done-invited"),
        Done::Cancelled => message!("done-cancelled"),
        Done::HadCancelled => message!("done-had_cancelled"),
        Done::HostChanged => message!("done-host_changed"),
        Done::Erased => message!("done-erased"),
        Done::Departed => message!("done-departed"),
        Done::HadDeparted => message!("done-had_departed"),
        Done::Introduced => message!("done-introduced"),
        Done::SessionEnded => message!("done-session_ended"),
        Done::LanguageChosen => message!("done-language_chosen"),
    }
}

/// How an entry stands in its device's chain.
pub const fn chain(state: ChainState) -> Id {
    match state {
        ChainState::Whole => message!("chain-whole"),
        ChainState::Forked => message!("chain-forked"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unknown_has_words_too() {
        assert_eq!(problem("from_the_future").code, "unknown_error");
        assert_eq!(problem("too_slow").code, "too_slow");
        assert_eq!(reason(Some(&Code::from_word("from_the_future"))), words::UNKNOWN_REASON);
    }
}
