//! What the guard sees of a scan or walk-up, and what is kept of it.

use serde::{Deserialize, Serialize};

use super::{AtWork, GuardStation, grounds::Grounds};
use crate::{
    decision::{Bearer, Check, CheckState, Code, Decision, Outcome, Reason, Verdict},
    device::{
        StationError,
        store::{Event, NewEvent, Write},
    },
    gatepack::{Ban, PhotoPolicy},
    id::{Digest32, EntryId, PersonId, SiteNumber, SubjectId},
    journal::FIRST_JUDGEMENT,
    time::{UnixMillis, UnixSeconds},
};

/// One check, as shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckResult {
    /// Which.
    pub check: Check,
    /// How it came out.
    pub state: CheckState,
    /// `ok` or the reason; nothing where skipped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
}

/// What kind of code or person an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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

/// What the guard sees of a scan or walk-up. By the time this is returned it is durable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanResult {
    /// The event, also at the server.
    pub event: EntryId,
    /// Number of this judgement of the event: it may be judged anew before it is decided, and a decision names the
    /// judgement that the guard was shown.
    #[serde(default = "first")]
    pub judgement: u32,
    /// The verdict; walk-ups have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// The code that decided; `ok` for VERIFIED and walk-ups.
    pub code: Code,
    /// Every check.
    pub checks: Vec<CheckResult>,
    /// Every failed check with the fact that it rests on and how old that is, the one that decided first.
    #[serde(default)]
    pub reasons: Vec<Reason>,
    /// What was scanned.
    pub kind: ScannedBy,
    /// The name to show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Who invited, if the phone or server knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// The member or invitation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<SubjectId>,
    /// The site.
    pub site: SiteNumber,
    /// When the code lapses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<UnixSeconds>,
    /// When.
    pub at: UnixMillis,
    /// Whether the server answered.
    pub online: bool,
    /// When the same code was used before, where that matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used: Option<UnixMillis>,
    /// The site at which that was, as far as it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_site: Option<String>,
    /// The guard who let somebody in then, as far as this station knows them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_by: Option<String>,
    /// When the facts that an offline result rests on were issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts_from: Option<UnixSeconds>,
    /// The visit whose departure this code opens: it is inside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departure_of: Option<EntryId>,
    /// Whether this is a scan seen before and not decided yet.
    #[serde(default)]
    pub again: bool,
    /// Whether the site wants a photo with a grant.
    #[serde(default)]
    pub photo: PhotoPolicy,
    /// Whether a photo was taken with it.
    #[serde(default)]
    pub has_photo: bool,
    /// SHA-256 of the picture of this member or visitor, where the site shows faces beside the verdict.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub face: Option<Digest32>,
    /// Entries of the ban list with the name of this visitor: perhaps this person, perhaps a namesake.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bans: Vec<BanNotice>,
    /// An admin revoked this station, and it knows: nothing that it finds is better than CAUTION, and what it records is
    /// marked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub station_revoked: bool,
}

const fn first() -> u32 {
    FIRST_JUDGEMENT
}

impl ScanResult {
    /// An event of which nothing was judged yet.
    pub(super) const fn unjudged(event: EntryId, kind: ScannedBy, site: SiteNumber, at: UnixMillis) -> Self {
        Self {
            event,
            judgement: FIRST_JUDGEMENT,
            verdict: None,
            code: Code::Ok,
            checks: Vec::new(),
            reasons: Vec::new(),
            kind,
            name: None,
            host: None,
            subject: None,
            site,
            expires_at: None,
            at,
            online: false,
            last_used: None,
            last_used_site: None,
            last_used_by: None,
            facts_from: None,
            departure_of: None,
            again: false,
            photo: PhotoPolicy::Optional,
            has_photo: false,
            face: None,
            bans: Vec::new(),
            station_revoked: false,
        }
    }

    /// Whether a grant begins a stay.
    #[must_use]
    pub const fn begins_stay(&self) -> bool {
        matches!(self.kind, ScannedBy::Visitor | ScannedBy::WalkUp | ScannedBy::Expected)
            && self.departure_of.is_none()
    }

    /// Whether another judgement says the same, whatever the age of its facts.
    pub(super) fn says_the_same_as(&self, other: &Self) -> bool {
        (self.verdict, &self.code, &self.checks, self.departure_of, self.kind)
            == (other.verdict, &other.code, &other.checks, other.departure_of, other.kind)
    }

    /// What it comes to, in words.
    pub(super) fn in_words(&self) -> String {
        match self.verdict {
            _ if self.departure_of.is_some() => "this visitor is inside and would leave".to_owned(),
            Some(verdict) => format!("it is {verdict} now ({})", self.code),
            None => "nothing is known against this visitor now".to_owned(),
        }
    }
}

/// An entry of the ban list that a guard should read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BanNotice {
    /// The names that the banned goes by.
    pub names: Vec<String>,
    /// Why, in the words of whoever banned.
    pub reason: String,
}

impl From<Ban> for BanNotice {
    fn from(ban: Ban) -> Self {
        Self { names: ban.names, reason: ban.reason }
    }
}

impl CheckResult {
    pub(super) fn all(decision: &Decision) -> Vec<Self> {
        let shown = |(check, outcome): &(Check, Outcome)| Self {
            check: *check,
            state: outcome.state(),
            code: outcome.code().cloned(),
        };
        decision.checks.iter().map(shown).collect()
    }
}

/// What is kept of an event, sealed: what was shown, and what a later judgement needs.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct EventRecord {
    #[serde(flatten)]
    pub result: ScanResult,
    /// Whose pass it was, if its content could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bearer: Option<Bearer>,
    /// What it was last judged again as.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judged: Option<(Code, Option<UnixSeconds>)>,
    /// Reported as suspicious.
    #[serde(default)]
    pub reported: bool,
    /// The decision was put right after it was made.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub corrected: bool,
    /// The guard whose decision stands; nothing where an earlier version kept it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<PersonId>,
    /// The guard whom the result names for an earlier use, so that the name can be found where that guard is erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_by: Option<PersonId>,
    /// What the result rests on, while nobody decided; nothing where an earlier version kept it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grounds: Option<Grounds>,
}

impl EventRecord {
    /// What is kept of a judgement that was just made.
    pub(super) const fn new(result: ScanResult, bearer: Option<Bearer>, grounds: Grounds) -> Self {
        Self {
            result,
            bearer,
            judged: None,
            reported: false,
            corrected: false,
            decided_by: None,
            used_by: None,
            grounds: Some(grounds),
        }
    }

    pub(super) fn of(event: &Event) -> Result<Self, StationError> {
        serde_json::from_slice(&event.result).map_err(|_| StationError::UnknownEvent)
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        // Plain structs with text keys: they always serialise.
        serde_json::to_vec(self).unwrap_or_default()
    }
}

impl GuardStation {
    /// Keeps an event beside its entry, within the transaction that the caller commits.
    pub(super) fn add_event(
        write: &Write<'_>,
        at: &AtWork,
        use_id: Option<Vec<u8>>,
        kept: &EventRecord,
    ) -> Result<(), StationError> {
        let result = &kept.result;
        Ok(write.add_event(&NewEvent {
            id: result.event,
            use_id,
            shift: at.shift.id,
            site: result.site,
            visitor: result.begins_stay(),
            departs: result.departure_of,
            at: at.moment.now.millis(),
            result: &kept.to_bytes(),
        })?)
    }
}
