use gatehouse_core::{decision, device};

use super::{PhotoPolicy, millis, seconds, whole};

/// What the guard sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Verdict {
    /// A good code, confirmed by the server just now.
    Verified,
    /// A good code, but the guard should judge.
    Caution,
    /// Not to be let in on this code.
    Denied,
}

impl From<decision::Verdict> for Verdict {
    fn from(verdict: decision::Verdict) -> Self {
        match verdict {
            decision::Verdict::Verified => Self::Verified,
            decision::Verdict::Caution => Self::Caution,
            decision::Verdict::Denied => Self::Denied,
        }
    }
}

impl From<Verdict> for decision::Verdict {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Verified => Self::Verified,
            Verdict::Caution => Self::Caution,
            Verdict::Denied => Self::Denied,
        }
    }
}

/// What kind of code or person an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum ScannedBy {
    /// A member's access ID.
    Member,
    /// A visitor's invitation.
    Visitor,
    /// A code that a member's phone minted.
    Device,
    /// A visitor without a code.
    WalkUp,
    /// An expected visitor without a code, found by name.
    Expected,
    /// A code whose content may not be shown.
    Unreadable,
}

impl From<device::ScannedBy> for ScannedBy {
    fn from(kind: device::ScannedBy) -> Self {
        match kind {
            device::ScannedBy::Member => Self::Member,
            device::ScannedBy::Visitor => Self::Visitor,
            device::ScannedBy::Device => Self::Device,
            device::ScannedBy::WalkUp => Self::WalkUp,
            device::ScannedBy::Expected => Self::Expected,
            device::ScannedBy::Unreadable => Self::Unreadable,
        }
    }
}

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum CheckState {
    /// Nothing against the code.
    Passed,
    /// Something against it; the check's code says what.
    Failed,
    /// Not made.
    Skipped,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Check {
    /// Which, as a stable word.
    pub check: String,
    /// How it came out.
    pub state: CheckState,
    /// `ok` or the reason; nothing where skipped.
    pub code: Option<String>,
}

impl From<device::CheckResult> for Check {
    fn from(check: device::CheckResult) -> Self {
        let state = match check.state.as_str() {
            "passed" => CheckState::Passed,
            "skipped" => CheckState::Skipped,
            _ => CheckState::Failed,
        };
        Self {
            check: check.check.word().to_owned(),
            state,
            code: check.code.map(|code| code.word().to_owned()),
        }
    }
}

/// What a failed check rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Fact {
    /// What the code itself says.
    Code,
    /// The server's answer to this scan.
    Server,
    /// The gate pack; the number is its number.
    GatePack,
    /// The key set; the number is its version.
    KeySet,
    /// What this device recorded itself.
    OwnRecords,
    /// The device's clock, which nobody confirmed; the time is the earliest that it can be.
    DeviceTime,
    /// The device's location fix; the number is its accuracy in metres.
    Location,
    /// The guard's word.
    Guard,
    /// Nothing: the fact is missing.
    Missing,
}

impl From<decision::Fact> for Fact {
    fn from(fact: decision::Fact) -> Self {
        match fact {
            decision::Fact::Code => Self::Code,
            decision::Fact::Server => Self::Server,
            decision::Fact::GatePack => Self::GatePack,
            decision::Fact::KeySet => Self::KeySet,
            decision::Fact::OwnRecords => Self::OwnRecords,
            decision::Fact::DeviceClock => Self::DeviceTime,
            decision::Fact::Location => Self::Location,
            decision::Fact::Guard => Self::Guard,
            decision::Fact::Missing => Self::Missing,
        }
    }
}

/// Why a check failed: which fact it rests on and how old that is.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Reason {
    /// The check, as a stable word.
    pub check: String,
    /// Why it failed.
    pub code: String,
    /// What that rests on.
    pub fact: Fact,
    /// When the fact was issued, recorded or last known.
    pub as_of_ms: Option<i64>,
    /// How old the fact is; for an end that has passed, how long ago that was.
    pub age_s: Option<i64>,
    /// A number that belongs to the fact, see [`Fact`].
    pub number: Option<u64>,
}

impl From<decision::Reason> for Reason {
    fn from(reason: decision::Reason) -> Self {
        Self {
            check: reason.check.word().to_owned(),
            code: reason.code.word().to_owned(),
            fact: reason.fact.into(),
            as_of_ms: reason.as_of.map(millis),
            age_s: reason.age_s.map(whole),
            number: reason.number,
        }
    }
}

/// An entry of the ban list with the typed name of a walk-up: perhaps this person, perhaps a namesake.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct BanNotice {
    /// The names that the banned goes by.
    pub names: Vec<String>,
    /// Why, in the words of whoever banned.
    pub reason: String,
}

/// What the guard sees of a scan or walk-up. It is durable when it arrives.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ScanResult {
    /// The event, by which it is decided.
    pub event: String,
    /// Number of this judgement of the event, by which the guard decides.
    pub judgement: u32,
    /// The verdict; walk-ups have none.
    pub verdict: Option<Verdict>,
    /// The code that decided; `ok` for VERIFIED and walk-ups.
    pub code: String,
    /// Every check, in the order of the specification.
    pub checks: Vec<Check>,
    /// Every failed check with what it rests on, the one that decided first.
    pub reasons: Vec<Reason>,
    /// What was scanned.
    pub kind: ScannedBy,
    /// The name to show.
    pub name: Option<String>,
    /// Who invited, if phone or server knows.
    pub host: Option<String>,
    /// The member or invitation.
    pub subject: Option<String>,
    /// The site.
    pub site: u32,
    /// When the code lapses.
    pub expires_at_s: Option<i64>,
    /// When it was scanned.
    pub at_ms: i64,
    /// Whether the server answered.
    pub online: bool,
    /// When the same code was used before, where that matters.
    pub last_used_ms: Option<i64>,
    /// When the facts that an offline result rests on were issued.
    pub facts_from_s: Option<i64>,
    /// The visit that this code would end: the visitor is inside.
    pub departure_of: Option<String>,
    /// Whether this is a scan seen before and not decided yet.
    pub again: bool,
    /// Whether the site wants a photo with a grant.
    pub photo: PhotoPolicy,
    /// Whether a photo was taken with it.
    pub has_photo: bool,
    /// SHA-256 of the picture of this member or visitor, where the site shows faces beside the verdict.
    pub face: Option<String>,
    /// What the ban list says of a visitor's name.
    pub bans: Vec<BanNotice>,
    /// An admin revoked this station: say so beside the verdict, which is CAUTION at best.
    pub station_revoked: bool,
}

impl From<device::ScanResult> for ScanResult {
    fn from(result: device::ScanResult) -> Self {
        Self {
            event: result.event.to_string(),
            judgement: result.judgement,
            verdict: result.verdict.map(Verdict::from),
            code: result.code.word().to_owned(),
            checks: result.checks.into_iter().map(Check::from).collect(),
            reasons: result.reasons.into_iter().map(Reason::from).collect(),
            kind: result.kind.into(),
            name: result.name,
            host: result.host,
            subject: result.subject.map(|subject| subject.to_string()),
            site: result.site.get(),
            expires_at_s: result.expires_at.map(seconds),
            at_ms: millis(result.at),
            online: result.online,
            last_used_ms: result.last_used.map(millis),
            facts_from_s: result.facts_from.map(seconds),
            departure_of: result.departure_of.map(|stay| stay.to_string()),
            again: result.again,
            photo: result.photo.into(),
            has_photo: result.has_photo,
            face: result.face.map(|face| face.to_string()),
            bans: result
                .bans
                .into_iter()
                .map(|ban| BanNotice { names: ban.names, reason: ban.reason })
                .collect(),
            station_revoked: result.station_revoked,
        }
    }
}

/// A decision that is written down.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Decided {
    /// The scan or walk-up.
    pub event: String,
    /// Granted or denied.
    pub granted: bool,
    /// Granted against DENIED.
    pub flagged: bool,
    /// Whether the visitor is inside now.
    pub on_site: bool,
}

impl From<device::Decided> for Decided {
    fn from(decided: device::Decided) -> Self {
        Self {
            event: decided.event.to_string(),
            granted: decided.granted,
            flagged: decided.flagged,
            on_site: decided.on_site,
        }
    }
}
