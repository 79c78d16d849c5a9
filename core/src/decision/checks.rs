//! The thirteen checks of a code, each by itself.

use super::{
    Check, Code, Decision, OnlineAnswer, Outcome, PastUses, UseLimit, bearer::Bearer, severity::severity,
    window,
};
use crate::{
    access::reaches,
    gatepack::{GatePack, PackAge, Policy},
    id::SiteNumber,
    keys::{KeySet, KeysAge},
    pass::{self, Claims, Kind, Opened, PassError},
    place::Whereabouts,
    time::Now,
};

/// Everything that a decision rests on besides the code itself.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// The time, trusted or not.
    pub now: Now,
    /// The organisation's keys.
    pub keys: &'a KeySet,
    /// The gate pack, if there is a good one.
    pub pack: Option<&'a GatePack>,
    /// What the organisation decided, remembered even without a pack.
    pub policy: Policy,
    /// The server's answer to this scan.
    pub online: Option<&'a OnlineAnswer>,
    /// The site that is asked for.
    pub site: Option<SiteNumber>,
    /// Where the phone is.
    pub whereabouts: Whereabouts,
    /// Grants of the same code that the phone knows of; nothing if uses are not looked at.
    pub uses: Option<PastUses>,
}

/// A proof's age, either way, up to which it passes, and up to which it cautions. Seconds.
const PROOF_FRESH_S: u64 = 120;
const PROOF_OLD_S: u64 = 600;
/// How far ahead of our clock a pass may have been issued. Seconds.
const ISSUED_AHEAD_S: u64 = 300;

/// Decides a code. Pure: the same text and evidence give the same decision.
#[must_use]
pub fn decide(text: &str, evidence: &Evidence<'_>) -> Decision {
    decide_opened(pass::open(text, evidence.keys), evidence)
}

/// The same for a text whose signatures were checked with the key set of the evidence.
#[must_use]
pub fn decide_opened(opened: Result<Opened, PassError>, evidence: &Evidence<'_>) -> Decision {
    match opened {
        Ok(opened) => evaluate(opened, evidence),
        Err(error) => refuse(error),
    }
}

/// The first failure of a text that is no pass of ours ends the evaluation.
fn refuse(error: PassError) -> Decision {
    let (failed, code) = match error {
        PassError::Malformed => (Check::Format, Code::Malformed),
        PassError::UnknownKey => (Check::Signature, Code::UnknownKey),
        PassError::WrongPurpose => (Check::Signature, Code::WrongPurpose),
        PassError::BadSignature => (Check::Signature, Code::BadSignature),
        PassError::ProofInvalid => (Check::Signature, Code::ProofInvalid),
        PassError::WrongOrg => (Check::Issuer, Code::WrongOrg),
    };
    let outcome = |check: Check| match check.cmp(&failed) {
        std::cmp::Ordering::Less => Outcome::Passed,
        std::cmp::Ordering::Equal => Outcome::Denies(code.clone()),
        std::cmp::Ordering::Greater => Outcome::Skipped,
    };
    Decision::conclude(Check::ALL.iter().map(|check| (*check, outcome(*check))).collect(), None)
}

pub(super) fn evaluate(opened: Opened, evidence: &Evidence<'_>) -> Decision {
    let claims = &opened.claims;
    let checks = Check::ALL
        .iter()
        .map(|check| {
            let outcome = match check {
                Check::Format | Check::Signature | Check::Issuer => Outcome::Passed,
                Check::Time => time(claims, evidence.now),
                Check::Revocation => revocation(claims, evidence),
                Check::Access => access(claims, evidence),
                Check::Site => site(claims, evidence),
                Check::Uses => uses_of(claims, evidence),
                Check::Proof => proof(&opened, evidence.now),
                Check::Keys => keys(evidence),
                Check::Pack => pack(evidence),
                Check::Online => online(evidence),
                Check::Location => location(evidence.whereabouts),
            };
            (*check, outcome)
        })
        .collect();
    Decision::conclude(checks, Some(opened))
}

fn time(claims: &Claims, now: Now) -> Outcome {
    if claims.expires_at.since(claims.not_before.min(claims.issued_at)) > claims.kind.longest_life() {
        return Outcome::Denies(Code::LifetimeTooLong);
    }
    window::within(claims.not_before.max(claims.issued_at.minus(ISSUED_AHEAD_S)), claims.expires_at, now)
}

fn revocation(claims: &Claims, evidence: &Evidence<'_>) -> Outcome {
    if let Some(answer) = evidence.online {
        return answered(answer, Check::Revocation);
    }
    against(evidence, |pack| Bearer::of(claims).revocation(pack))
}

fn access(claims: &Claims, evidence: &Evidence<'_>) -> Outcome {
    let by_id = match evidence.online {
        Some(answer) => answered(answer, Check::Access),
        None => against(evidence, |pack| Bearer::of(claims).access(pack)),
    };
    match (&by_id, &claims.kind) {
        // A member's account says who that is. A visitor's name is as good as what somebody types at the gate; the pack
        // may have the whole of it, of which the code had no room for more than the first words.
        (Outcome::Passed, Kind::Visitor { .. }) => {
            let whole = evidence.pack.and_then(|pack| pack.content.invitation(claims.subject));
            let name = whole.as_ref().map(|visit| visit.name.as_str());
            match name.or(claims.name.as_ref().map(pass::Name::as_str)) {
                Some(name) => by_name(name, evidence),
                None => by_id,
            }
        }
        _ => by_id,
    }
}

/// A name that the gate pack has on its ban list cautions, whoever shows it and however: a code, a name typed at the
/// gate, or one found among those who are expected. It may be a namesake's.
pub(super) fn by_name(name: &str, evidence: &Evidence<'_>) -> Outcome {
    let banned = evidence.pack.is_some_and(|pack| !pack.content.bans_by_name(name).is_empty());
    if banned { Outcome::Cautions(Code::NameBanned) } else { Outcome::Passed }
}

/// What the gate pack has against someone denies; without a pack nothing is known.
pub(super) fn against(evidence: &Evidence<'_>, look: impl FnOnce(&GatePack) -> Option<Code>) -> Outcome {
    match evidence.pack {
        Some(pack) => look(pack).map_or(Outcome::Passed, Outcome::Denies),
        None => Outcome::Skipped,
    }
}

fn site(claims: &Claims, evidence: &Evidence<'_>) -> Outcome {
    if let Some(outcome) = evidence.online.map(|answer| answered(answer, Check::Site)) {
        // Without a site, "ok" says nothing; an objection counts all the same.
        return if evidence.site.is_none() && outcome == Outcome::Passed {
            Outcome::Skipped
        } else {
            outcome
        };
    }
    assigned(claims.sites.as_deref(), evidence.site)
}

/// What the check on sites finds of somebody with these.
pub(super) fn assigned(sites: Option<&[SiteNumber]>, site: Option<SiteNumber>) -> Outcome {
    let Some(site) = site else { return Outcome::Skipped };
    if reaches(sites, site) { Outcome::Passed } else { Outcome::Cautions(Code::NotAssigned) }
}

fn uses_of(claims: &Claims, evidence: &Evidence<'_>) -> Outcome {
    match (evidence.online, evidence.uses) {
        (Some(answer), _) => answered(answer, Check::Uses),
        (None, None) => Outcome::Skipped,
        (None, Some(past)) => UseLimit::of(&claims.kind).judge(past),
    }
}

fn proof(opened: &Opened, now: Now) -> Outcome {
    let Some(time) = opened.proof_time else { return Outcome::Skipped };
    let age = now.seconds().since(time).max(time.since(now.seconds()));
    if age <= PROOF_FRESH_S {
        Outcome::Passed
    } else if age <= PROOF_OLD_S {
        Outcome::Cautions(Code::ProofOld)
    } else {
        Outcome::Denies(Code::ProofExpired)
    }
}

pub(super) fn keys(evidence: &Evidence<'_>) -> Outcome {
    match evidence.keys.age(evidence.now.seconds()) {
        KeysAge::Fresh => Outcome::Passed,
        KeysAge::Expired if evidence.policy.deny_expired_keys => Outcome::Denies(Code::KeysExpired),
        KeysAge::Stale | KeysAge::Expired => Outcome::Cautions(Code::KeysStale),
    }
}

pub(super) fn pack(evidence: &Evidence<'_>) -> Outcome {
    let denies_if = |policy, code| if policy { Outcome::Denies(code) } else { Outcome::Cautions(code) };
    if evidence.online.is_some() {
        return Outcome::Skipped;
    }
    match evidence.pack.map(|pack| pack.age(evidence.now.seconds())) {
        None => denies_if(evidence.policy.deny_absent_pack, Code::PackAbsent),
        Some(PackAge::Fresh) => Outcome::Passed,
        Some(PackAge::Stale) => Outcome::Cautions(Code::PackStale),
        Some(PackAge::Expired) => denies_if(evidence.policy.deny_expired_pack, Code::PackExpired),
    }
}

fn online(evidence: &Evidence<'_>) -> Outcome {
    let Some(answer) = evidence.online else { return Outcome::Cautions(Code::Offline) };
    let belongs = |check, code: &Code| severity(check, code).is_some();
    answer.objection(belongs).map_or(Outcome::Passed, |code| Outcome::Denies(code.clone()))
}

/// What the check `location` finds, at a scan as at the start of a shift. Where a site blocks, a phone that is not shown
/// to be there counts as elsewhere: else it would be enough to switch its location off.
#[must_use]
pub const fn location(whereabouts: Whereabouts) -> Outcome {
    match whereabouts {
        Whereabouts::NotChecked => Outcome::Skipped,
        Whereabouts::Inside => Outcome::Passed,
        Whereabouts::Outside { blocks: true }
        | Whereabouts::Missing { blocks: true }
        | Whereabouts::Imprecise { blocks: true } => Outcome::Denies(Code::OutsideGeofence),
        Whereabouts::Outside { blocks: false } => Outcome::Cautions(Code::OutsideGeofence),
        Whereabouts::Missing { blocks: false } | Whereabouts::Imprecise { blocks: false } => {
            Outcome::Cautions(Code::LocationUnknown)
        }
    }
}

/// The server's word for one of the checks that it answers. A code that does not belong there denies by the online
/// check, so here it only counts as not passed.
fn answered(answer: &OnlineAnswer, check: Check) -> Outcome {
    match answer.code(check) {
        Code::Ok => Outcome::Passed,
        code => severity(check, code).unwrap_or(Outcome::Skipped),
    }
}
