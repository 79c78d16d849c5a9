//! Judging grants again with what was already true when they were made.

use gatehouse_core::{
    decision::{Code, Verdict},
    id::{EntryId, PersonId, SubjectId, TokenId},
    journal::{Entry, Hindsight},
    time::{UnixMillis, UnixSeconds, listed_at},
};

use super::{
    ServiceError,
    against::{Against, Shown},
};
use crate::store::{OrgId, Tx, amendment, device, event::Undecided, invitation, pass, person};

/// When a grant was made, as far as that is known.
#[derive(Debug, Clone, Copy)]
pub struct When {
    /// By the phone's best clock.
    pub at: UnixMillis,
    earliest: UnixMillis,
    latest: UnixMillis,
}

/// What speaks against a grant, and since when where that is known for sure.
type Fault = (Code, Option<UnixSeconds>);

impl When {
    /// The time of an entry that has just been received. By a clock that nobody vouches for it was not before the last
    /// time in its journal that was known for sure. No claim of when it was made goes beyond now.
    pub fn of(tx: &Tx<'_>, org: OrgId, entry: &Entry, now: UnixMillis) -> Result<Self, ServiceError> {
        if let Some(trusted) = entry.trusted {
            let at = listed_at(trusted, now);
            return Ok(Self { at, earliest: at, latest: at });
        }
        let known = device::get(tx, org, entry.device)?.and_then(|device| device.trusted_at);
        let earliest = known.unwrap_or_default();
        Ok(Self { at: listed_at(entry.wall, now), earliest, latest: now.max(earliest) })
    }

    /// Whether it may have been at `time` or later.
    pub fn may_be_since(&self, time: UnixMillis) -> bool {
        time <= self.latest
    }

    /// A fault, unless what it rests on came to be only after the grant. Where nobody knows which was first it has no
    /// time, and people have to look.
    fn fault(&self, code: Code, since: UnixMillis) -> Option<Fault> {
        let surely = since <= self.earliest;
        (since <= self.latest).then(|| (code, surely.then(|| since.to_seconds())))
    }
}

/// Notes it if an offline grant should not have been. What came to be only after the grant is not held against it.
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
    let found = Hindsight { verdict: Verdict::Denied, code, since, pack_seq: None };
    Ok(amendment::found(tx, org, id, &found, now)?)
}

fn fault(
    tx: &Tx<'_>,
    org: OrgId,
    granted: &Undecided,
    subject: SubjectId,
    when: &When,
) -> Result<Option<Fault>, ServiceError> {
    let token = granted.use_id.as_deref().and_then(token_of);
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
    let found = against.in_order().find_map(|(bar, since)| match since {
        Some(since) => when.fault(bar.code(), since),
        // Nobody noted since when.
        None => Some((bar.code(), None)),
    });
    Ok(found)
}

/// The pass that a member's use is of.
fn token_of(use_id: &[u8]) -> Option<TokenId> {
    match use_id {
        [1 | 3, rest @ ..] => rest.get(..16)?.try_into().ok(),
        _ => None,
    }
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
    let (most, verdict, code) = match granted.subject {
        Some(subject) if granted.visitor => {
            let limit = invitation::get(tx, org, subject)?.and_then(|found| found.max_uses);
            let Some(limit) = limit else { return Ok(()) };
            (u64::from(limit), Verdict::Denied, Code::UsedUp)
        }
        Some(_) if granted.member => (1, Verdict::Caution, Code::AlreadyUsed),
        _ => return Ok(()),
    };
    // Only this grant and those after it have one more before them than they had.
    let (mut before, mut last) = pass::uses_before(tx, org, use_id, (at, id))?;
    for grant in pass::uses_from(tx, org, use_id, (at, id), &code)? {
        let held = last.filter(|_| before >= most && !grant.was_seen);
        if let Some((last, surely)) = held
            && !amendment::is_found(tx, org, grant.event, &code)?
        {
            let since = (surely && grant.surely).then(|| last.to_seconds());
            let found = Hindsight { verdict, code: code.clone(), since, pack_seq: None };
            amendment::found(tx, org, grant.event, &found, now)?;
        }
        (before, last) = (before + 1, Some((grant.at, grant.surely)));
    }
    Ok(())
}
