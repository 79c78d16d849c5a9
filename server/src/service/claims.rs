//! Holding what journals say against what the server knows. A device signs for what it writes, and not for the truth:
//! whom it names as the guard, which visit it ends, from which device it goes on. What does not fit is kept and marked.

use gatehouse_core::{
    id::EntryId,
    journal::{Actor, Body, Entry, ScanBody},
    role::Role,
    time::UnixMillis,
    visit::{Begun, Departed, Leaving, departed},
};

use super::ServiceError;
use crate::store::{
    Changed, OrgId, Tx, doubt,
    doubt::Doubt,
    event, person, shift, site, stay,
    stay::{Waiting, Witness},
};

/// How far a phone's clock may differ from the server's that both know the time. Milliseconds.
const CLOCKS_DIFFER_MS: u64 = 300_000;

/// Marks an entry, and the event that it is about.
pub fn mark(
    tx: &Tx<'_>,
    org: OrgId,
    entry: &Entry,
    event: Option<EntryId>,
    found: Doubt,
    now: UnixMillis,
) -> Result<(), ServiceError> {
    tracing::warn!(device = %entry.device, entry = %entry.id, doubt = found.word(), "an entry does not fit");
    doubt::add(tx, org, (entry.id, entry.device), event, found, now)?;
    if let Some(event) = event {
        tx.changed(org, Changed::Activity(event));
    }
    Ok(())
}

/// The event that an entry is about.
fn about(entry: &Entry, body: &Body) -> Option<EntryId> {
    match body {
        Body::Scan(..) | Body::WalkUp(_) | Body::JudgedWalkUp(..) => Some(entry.id),
        body => body.speaks_of(),
    }
}

/// Holds against what is known who was at work where, by an entry. True where the guard can have been at the device.
pub fn actor(
    tx: &Tx<'_>,
    org: OrgId,
    entry: &Entry,
    body: &Body,
    now: UnixMillis,
) -> Result<bool, ServiceError> {
    let Some(actor) = body.actor() else { return Ok(true) };
    let event = about(entry, body);
    let was_there = guard(tx, org, entry, actor)?;
    if let Some(found) = was_there {
        mark(tx, org, entry, event, found, now)?;
    }
    if site::get(tx, org, actor.site)?.is_none() {
        mark(tx, org, entry, event, Doubt::SiteUnknown, now)?;
    }
    let begins = matches!(body, Body::ShiftStart { .. } | Body::ShiftEnd { .. });
    if !begins && !shift::is_of(tx, org, actor.shift, actor.guard, entry.device)? {
        mark(tx, org, entry, event, Doubt::ShiftUnknown, now)?;
    }
    Ok(was_there.is_none())
}

fn guard(tx: &Tx<'_>, org: OrgId, entry: &Entry, actor: &Actor) -> Result<Option<Doubt>, ServiceError> {
    let person = person::get(tx, org, actor.guard)?.filter(|person| person.role >= Some(Role::Guard));
    let since = doubt::guard_here_since(tx, org, entry.device, actor.guard)?;
    let (Some(person), Some(since)) = (person, since) else { return Ok(Some(Doubt::GuardNotSignedIn)) };
    // By a clock that nobody vouches for, nobody can say which was first.
    let Some(at) = entry.trusted else { return Ok(None) };
    if at.plus(CLOCKS_DIFFER_MS) < since {
        return Ok(Some(Doubt::GuardNotSignedIn));
    }
    let revoked = person.revoked_at.is_some_and(|revoked| revoked.plus(CLOCKS_DIFFER_MS) < at);
    Ok(revoked.then_some(Doubt::GuardRevoked))
}

/// Whether something surely was before what it follows from.
pub fn is_before(first: Option<UnixMillis>, then: Option<UnixMillis>) -> bool {
    first.zip(then).is_some_and(|(first, then)| then.plus(CLOCKS_DIFFER_MS) < first)
}

/// Whether a scan opens the departure of a visit of the very visitor, at this site; marked where it says so and does not.
pub fn departs(
    tx: &Tx<'_>,
    org: OrgId,
    entry: &Entry,
    scan: &ScanBody,
    now: UnixMillis,
) -> Result<bool, ServiceError> {
    let Some(visit) = scan.departs else { return Ok(false) };
    let theirs = event::subject_of(tx, org, visit)?;
    if theirs.is_some() && theirs == scan.subject {
        return Ok(true);
    }
    mark(tx, org, entry, Some(entry.id), Doubt::VisitNotTheirs, now)?;
    Ok(false)
}

/// Ends a stay by a journal's word, where that can be so. The grant that began it may still be on its way from another
/// gate; then the word waits for it.
pub fn departure(
    tx: &Tx<'_>,
    org: OrgId,
    entry: &Entry,
    actor: &Actor,
    stay: EntryId,
    now: UnixMillis,
) -> Result<(), ServiceError> {
    let (at, surely) = (entry.happened_at(), entry.trusted.is_some());
    let leaving = Leaving { site: actor.site, at, surely, received: now };
    let waiting = Waiting { entry: entry.id, device: entry.device, leaving };
    match stay::begun(tx, org, stay)? {
        Some(begun) => end(tx, org, stay, &begun, &waiting, now),
        None => {
            stay::wait(tx, org, stay, &waiting)?;
            // Somebody left who never was let in, by what stands: it waits, should that be put right.
            let denied = event::to_decide(tx, org, stay)?.and_then(|event| event.stands);
            if denied.is_some_and(|stands| !stands.granted) {
                mark(tx, org, entry, Some(stay), Doubt::LeftAllTheSame, now)?;
            }
            Ok(())
        }
    }
}

/// Hears what was said of the end of a stay before it was known to have begun.
pub fn waiting_departures(
    tx: &Tx<'_>,
    org: OrgId,
    stay: EntryId,
    now: UnixMillis,
) -> Result<(), ServiceError> {
    let Some(begun) = stay::begun(tx, org, stay)? else { return Ok(()) };
    for waiting in stay::take_waiting(tx, org, stay)? {
        end(tx, org, stay, &begun, &waiting, now)?;
    }
    Ok(())
}

fn end(
    tx: &Tx<'_>,
    org: OrgId,
    stay: EntryId,
    begun: &Begun,
    waiting: &Waiting,
    now: UnixMillis,
) -> Result<(), ServiceError> {
    let (at, found) = match departed(begun, &waiting.leaving) {
        Departed::At(at) => (Some(at), None),
        Departed::Around(at) => (Some(at), Some(Doubt::DepartureTime)),
        Departed::Elsewhere => (None, Some(Doubt::DepartedElsewhere)),
        Departed::Before => (None, Some(Doubt::DepartedBefore)),
    };
    if let Some(found) = found {
        doubt::add(tx, org, (waiting.entry, waiting.device), Some(stay), found, now)?;
    }
    if let Some(at) = at
        && stay::depart(tx, org, stay, Witness::Entry(waiting.entry), at)?
    {
        tx.changed(org, Changed::OnSite);
    }
    tx.changed(org, Changed::Activity(stay));
    Ok(())
}
