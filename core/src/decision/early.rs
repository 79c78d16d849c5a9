//! Deciding a scan where the server's answer may have come too early: grants that wait in the outbox are known to this
//! phone alone, and where they matter the server has judged without them.

use super::{
    Check, Decision, Evidence, Outcome, Verdict,
    checks::{decide_opened, evaluate},
};
use crate::pass::{Opened, PassError};

/// Decides, with the server's answer unless that cannot be right. Says beside it whether the answer counted.
#[must_use]
pub fn decide_scan(opened: Result<Opened, PassError>, evidence: &Evidence<'_>) -> (Decision, bool) {
    let heard = decide_opened(opened, evidence);
    let answered = evidence.online.is_some();
    let used = evidence.uses.is_some_and(|past| past.grants > 0);
    // A denial stands whatever else the server did not know.
    let open = answered && heard.verdict != Verdict::Denied;
    if let (true, Outcome::Passed, Some(opened)) = (used && open, heard.outcome(Check::Uses), &heard.opened) {
        let alone = evaluate(opened.clone(), &Evidence { online: None, ..*evidence });
        if alone.outcome(Check::Uses).verdict() > Verdict::Verified {
            return (alone, false);
        }
    }
    (heard, answered)
}
