//! Judging a code anew, after it was shown and before anybody decided on it.

use super::{
    Check, Decision, Evidence,
    checks::{decide_opened, evaluate},
};
use crate::pass::{Opened, PassError};

/// What may speak against a code that the server had nothing against, if it came to be since.
const OVERTAKEN: [Check; 3] = [Check::Revocation, Check::Access, Check::Uses];

/// Judges a code by what was learned since it was shown. `evidence.now` is when it was shown: that time has passed is no
/// news. The server's answer of then still counts, but not against a gate pack that was made after it.
#[must_use]
pub fn decide_anew(opened: Result<Opened, PassError>, evidence: &Evidence<'_>) -> Decision {
    let heard = decide_opened(opened, evidence);
    let overtaken = evidence
        .online
        .zip(evidence.pack)
        .is_some_and(|(answer, pack)| pack.issued_at >= answer.server_time.to_seconds());
    let Some(opened) = heard.opened.clone().filter(|_| overtaken) else { return heard };
    let alone = evaluate(opened, &Evidence { online: None, ..*evidence });
    let checks = heard.checks.into_iter().map(|(check, outcome)| {
        let newer = alone.outcome(check);
        let worse = OVERTAKEN.contains(&check) && newer.verdict() > outcome.verdict();
        (check, if worse { newer.clone() } else { outcome })
    });
    Decision::conclude(checks.collect(), heard.opened)
}
