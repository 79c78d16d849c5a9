//! What a reason code means for the check that it stands under, where the server gives it: deny, or caution.

use super::{Check, Code, Outcome};

/// What a code of the server's means for the check that it stands under, if it belongs there.
pub(super) fn severity(check: Check, code: &Code) -> Option<Outcome> {
    let denies = || Some(Outcome::Denies(code.clone()));
    let cautions = || Some(Outcome::Cautions(code.clone()));
    match (check, code) {
        (Check::Revocation, Code::Revoked | Code::Superseded | Code::Cancelled)
        | (Check::Access, Code::AccessDisabled | Code::Banned | Code::Lockdown | Code::NoAccess)
        | (Check::Uses, Code::UsedUp) => denies(),
        (Check::Access, Code::NameBanned)
        | (Check::Site, Code::NotAssigned)
        | (Check::Uses, Code::AlreadyUsed) => cautions(),
        _ => None,
    }
}

/// Whether a code that the server gives for a check denies; the others are for the guard to weigh.
#[must_use]
pub fn denies(check: Check, code: &Code) -> bool {
    *code != Code::Ok && !matches!(severity(check, code), Some(Outcome::Cautions(_)))
}
