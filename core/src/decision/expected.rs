//! Visitors without a code: expected ones who are found by name, and walk-ups.

use super::{Check, Code, Decision, Evidence, Outcome, UseLimit, bearer::Bearer, checks, window};
use crate::gatepack::ExpectedVisit;

/// Decides on an expected visitor who shows no code and was found by name. The guard, not a signature, says who this
/// is: at best CAUTION `unproven`. The server is not asked, since there is no code to ask about.
#[must_use]
pub fn decide_expected(visit: &ExpectedVisit, evidence: &Evidence<'_>) -> Decision {
    let bearer = Bearer { subject: visit.subject, token: None, issued_at: None };
    let outcome = |check: Check| match check {
        Check::Format | Check::Issuer | Check::Proof => Outcome::Skipped,
        Check::Signature => Outcome::Cautions(Code::Unproven),
        Check::Time => window::within(visit.from, visit.until, evidence.now),
        Check::Revocation => checks::against(evidence, |pack| bearer.revocation(pack)),
        Check::Access => match checks::against(evidence, |pack| bearer.access(pack)) {
            Outcome::Passed => checks::by_name(&visit.name, evidence),
            outcome => outcome,
        },
        Check::Site => checks::assigned(visit.sites.as_deref(), evidence.site),
        Check::Uses => match evidence.uses {
            Some(past) => UseLimit::Invitation(visit.max_uses).judge(past),
            None => Outcome::Skipped,
        },
        Check::Keys => checks::keys(evidence),
        Check::Pack => checks::pack(evidence),
        Check::Online => Outcome::Cautions(Code::Offline),
        Check::Location => checks::location(evidence.whereabouts),
    };
    Decision::conclude(Check::ALL.iter().map(|check| (*check, outcome(*check))).collect(), None)
}

/// What there is to say of a walk-up: the typed name is on the ban list, or the site blocks whoever is not shown to be
/// there. Nothing where neither is so: then there is no verdict.
#[must_use]
pub fn decide_walk_up(name: &str, evidence: &Evidence<'_>) -> Option<Decision> {
    let (access, location) = (checks::by_name(name, evidence), checks::location(evidence.whereabouts));
    if access == Outcome::Passed && !matches!(location, Outcome::Denies(_)) {
        return None;
    }
    let outcome = |check: Check| match check {
        Check::Access if access != Outcome::Passed => access.clone(),
        Check::Location => location.clone(),
        _ => Outcome::Skipped,
    };
    Some(Decision::conclude(Check::ALL.iter().map(|check| (*check, outcome(*check))).collect(), None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        decision::{PastUses, Verdict},
        gatepack::Policy,
        id::{SiteNumber, SubjectId},
        keys::KeySet,
        place::Whereabouts,
        time::{Now, UnixMillis, UnixSeconds},
    };

    fn at(seconds: u64) -> UnixSeconds {
        UnixSeconds::EPOCH.plus(seconds)
    }

    // covers: S0-6
    #[test]
    fn a_name_is_no_proof_and_rules_count_all_the_same() {
        let site = SiteNumber::new(1).unwrap();
        let visit = ExpectedVisit {
            subject: SubjectId([1; 16]),
            name: "Ada".to_owned(),
            host: None,
            sites: Some(vec![site]),
            from: at(100),
            until: at(200),
            max_uses: Some(1),
            photo: None,
            uses: 0,
        };
        let keys = KeySet {
            org: "oak".parse().unwrap(),
            version: 1,
            issued_at: at(0),
            expires: at(1000),
            keys: Vec::new(),
            next_root: None,
        };
        let judge = |now: u64, site, grants| {
            let evidence = Evidence {
                now: Now::Trusted(UnixMillis::new(now * 1000)),
                keys: &keys,
                pack: None,
                policy: Policy::default(),
                online: None,
                site: Some(site),
                whereabouts: Whereabouts::Inside,
                uses: Some(PastUses { grants, last: None }),
            };
            let decision = decide_expected(&visit, &evidence);
            (decision.verdict, decision.code)
        };
        assert_eq!(judge(150, site, 0), (Verdict::Caution, Code::Unproven));
        assert_eq!(judge(99, site, 0), (Verdict::Denied, Code::NotYetValid));
        assert_eq!(judge(200, site, 0), (Verdict::Denied, Code::Expired));
        assert_eq!(judge(150, site, 1), (Verdict::Denied, Code::UsedUp));
    }
}
