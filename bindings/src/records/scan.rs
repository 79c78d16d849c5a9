//! Scans and walk-ups, and what was found.

use gatehouse_core::{
    decision::{self, CheckState, Fact, Verdict},
    device::{self, BanNotice, ScannedBy},
    gatepack::PhotoPolicy,
};

use super::{millis, seconds, whole};

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
        Self {
            check: check.check.word().to_owned(),
            state: check.state,
            code: check.code.map(|code| code.word().to_owned()),
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
            fact: reason.fact,
            as_of_ms: reason.as_of.map(millis),
            age_s: reason.age_s.map(whole),
            number: reason.number,
        }
    }
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
    /// The site at which that was, as far as it is known.
    pub last_used_site: Option<String>,
    /// The guard who let somebody in then, as far as this station knows them.
    pub last_used_by: Option<String>,
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
            verdict: result.verdict,
            code: result.code.word().to_owned(),
            checks: result.checks.into_iter().map(Check::from).collect(),
            reasons: result.reasons.into_iter().map(Reason::from).collect(),
            kind: result.kind,
            name: result.name,
            host: result.host,
            subject: result.subject.map(|subject| subject.to_string()),
            site: result.site.get(),
            expires_at_s: result.expires_at.map(seconds),
            at_ms: millis(result.at),
            online: result.online,
            last_used_ms: result.last_used.map(millis),
            last_used_site: result.last_used_site,
            last_used_by: result.last_used_by,
            facts_from_s: result.facts_from.map(seconds),
            departure_of: result.departure_of.map(|stay| stay.to_string()),
            again: result.again,
            photo: result.photo,
            has_photo: result.has_photo,
            face: result.face.map(|face| face.to_string()),
            bans: result.bans,
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
