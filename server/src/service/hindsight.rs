//! Judging grants again with what was already true when they were made.

use gatehouse_core::{
    decision::{Code, Granted, PastUses, UseId, UseLimit, Verdict, stood_against},
    id::{EntryId, PersonId, SubjectId},
    journal::{Entry, Hindsight},
    time::{UnixMillis, UnixSeconds, listed_at},
};

use super::{
    ServiceError,
    against::{Against, Shown},
};
use crate::store::{
    OrgId, Tx, amendment, device,
    event::{Stands, Undecided},
    invitation, pass, person,
};

/// When a grant was made.
#[derive(Debug, Clone, Copy)]
pub struct When {
    /// By the phone's best clock.
    pub at: UnixMillis,
    /// As far as that is known for sure.
    pub bounds: Granted,
}

impl When {
    /// The time of an entry that has just been received. By a clock that nobody vouches for it was not before the last
    /// time in its journal that was known for sure. No claim of when it was made goes beyond now.
    pub fn of(tx: &Tx<'_>, org: OrgId, entry: &Entry, now: UnixMillis) -> Result<Self, ServiceError> {
        if let Some(trusted) = entry.trusted {
            let at = listed_at(trusted, now);
            return Ok(Self { at, bounds: Granted::at(at) });
        }
        let known = device::get(tx, org, entry.device)?.and_then(|device| device.trusted_at);
        let earliest = known.unwrap_or_default();
        let bounds = Granted { earliest, latest: now.max(earliest) };
        Ok(Self { at: listed_at(entry.wall, now), bounds })
    }

    /// The time of a decision that is put right by an entry of the time `corrected`. Where the phone was not sure of it,
    /// it was made after the scan and before that entry.
    pub fn of_decision(decided: &Stands, scanned: Option<UnixMillis>, corrected: &Self) -> Self {
        if decided.surely {
            return Self { at: decided.at, bounds: Granted::at(decided.at) };
        }
        let earliest = scanned.unwrap_or_default();
        let latest = corrected.bounds.latest.max(earliest);
        Self { at: decided.at, bounds: Granted { earliest, latest } }
    }
}

/// Notes it if an offline grant should not have been, unless that was noted already: a decision that is put right twice is
/// a grant again. What came to be only after the grant is not held against it.
pub fn look_back(
    tx: &Tx<'_>,
    org: OrgId,
    id: EntryId,
    granted: &Undecided,
    when: &When,
    now: UnixMillis,
) -> Result<(), ServiceError> {
    let Some(subject) = granted.subject.filter(|_| !granted.online) else { return Ok(()) };
    let Some((code, since)) = fault(tx, org, granted, subject, when)? else { return Ok(()) };
    if amendment::is_found(tx, org, id, &code)? {
        return Ok(());
    }
    let found = Hindsight { verdict: Verdict::Denied, code, since, pack_seq: None };
    Ok(amendment::found(tx, org, id, &found, now)?)
}

fn fault(
    tx: &Tx<'_>,
    org: OrgId,
    granted: &Undecided,
    subject: SubjectId,
    when: &When,
) -> Result<Option<(Code, Option<UnixSeconds>)>, ServiceError> {
    let token = granted.use_id.as_deref().and_then(UseId::from_bytes).and_then(UseId::token);
    let shown = Shown { token, issued_at: granted.issued_at };
    let against = if granted.visitor {
        let found = invitation::get(tx, org, subject)?;
        Against::visitor(tx, org, subject, found.as_ref(), shown)?
    } else if granted.member {
        let id = PersonId(subject.0);
        Against::member(tx, org, id, person::get(tx, org, id)?.as_ref(), shown)?
    } else {
        return Ok(None);
    };
    Ok(stood_against(against.over_time(), when.bounds))
}

/// Counts the uses of a code in the order of the grants, whichever became known first, and notes those that were too
/// many: of an invitation beyond its limit, of a member's code all but the first.
pub fn count_again(
    tx: &Tx<'_>,
    org: OrgId,
    use_id: &[u8],
    granted: &Undecided,
    (id, at): (EntryId, UnixMillis),
    now: UnixMillis,
) -> Result<(), ServiceError> {
    let limit = match granted.subject {
        Some(subject) if granted.visitor => {
            UseLimit::Invitation(invitation::get(tx, org, subject)?.and_then(|found| found.max_uses))
        }
        Some(_) if granted.member => UseLimit::Member,
        _ => return Ok(()),
    };
    let objection = limit.objection();
    let (Some(_), verdict, Some(code)) = (limit.most(), objection.verdict(), objection.code()) else {
        return Ok(());
    };
    // Only this grant and those after it have one more before them than they had.
    let (mut before, mut last) = pass::uses_before(tx, org, use_id, (at, id))?;
    for grant in pass::uses_from(tx, org, use_id, (at, id), code)? {
        let past = PastUses { grants: before, last: last.map(|(at, _)| at) };
        let held = last.filter(|_| limit.judge(past) == objection && !grant.was_seen);
        if let Some((last, surely)) = held
            && !amendment::is_found(tx, org, grant.event, code)?
        {
            let since = (surely && grant.surely).then(|| last.to_seconds());
            let found = Hindsight { verdict, code: code.clone(), since, pack_seq: None };
            amendment::found(tx, org, grant.event, &found, now)?;
        }
        (before, last) = (before + 1, Some((grant.at, grant.surely)));
    }
    Ok(())
}
