//! Deriving what dashboards and checks read from a journal's entries. Everything written here could be made anew from
//! the entries alone, in any order in which devices may deliver them.

use std::borrow::Cow;

use gatehouse_core::{
    access::reaches,
    decision::{Verdict, guard::is_flagged},
    id::{EntryId, SiteNumber},
    journal::{Actor, Body, Entry, EntryKey, EntryKind, Head, Personal, ScanBody},
    name,
    pass::PassKind,
    place::Whereabouts,
    role::Role,
    shift::may_begin_at,
    time::{Span, UnixMillis, listed_at},
};

use super::{ServiceError, claims, hindsight, hindsight::When, judgements, revoked_devices, succession};
use crate::store::{
    Changed, OrgId, Tx, amendment, device,
    doubt::Doubt,
    event,
    event::{NewEvent, Undecided},
    facet::Kind,
    invitation, journal, pass, person, photo, shift,
    shift::NewShift,
    site, stay,
};

/// Longest note that is derived, in characters. The entry keeps it whole.
const LONGEST_NOTE: usize = 4000;
/// An entry of the last minutes tells how the device's wall clock stands to the server's. Milliseconds.
const JUST_MADE_MS: u64 = 10 * 60_000;

/// What binds the sealed key of an entry to it.
pub fn key_context(entry: EntryId) -> Vec<u8> {
    [b"entry key".as_slice(), entry.as_bytes()].concat()
}

/// What an entry says, as far as this version knows its layout, with what its sealed part holds.
pub fn facts(entry: &Entry, key: &[u8; 32]) -> Option<(Body, Personal)> {
    let body = Body::from_value(entry.kind, &entry.body)?;
    let personal = Body::personal(entry.id, &entry.body, &EntryKey::new(*key)).unwrap_or_default();
    Some((body, personal))
}

/// Writes down what follows from an entry. Where the database's own rules refuse that, the entry stands alone: the
/// journal goes on, and no entry holds up the next.
pub fn guarded(
    tx: &Tx<'_>,
    org: OrgId,
    entry: &Entry,
    body: &Body,
    personal: &Personal,
    now: UnixMillis,
) -> Result<(), ServiceError> {
    let against_rules =
        |error: &ServiceError| matches!(error, ServiceError::Store(error) if error.breaks_rule());
    if let Err(error) = tx.attempt(|| project(tx, org, entry, body, personal, now), against_rules)? {
        tracing::error!(%error, entry = %entry.id, "nothing could be derived from an entry");
        journal::set_unreadable(tx, org, entry.id)?;
    }
    Ok(())
}

/// The personal part with names and a note of a bearable length.
fn capped(personal: &Personal) -> Personal {
    let note = personal.note.as_ref().map(|note| note.chars().take(LONGEST_NOTE).collect());
    Personal {
        name: personal.name.as_deref().and_then(name::bounded),
        note,
        fix: personal.fix,
        photo: personal.photo,
        host: personal.host.as_deref().and_then(name::bounded),
    }
}

/// Writes down what follows from an entry, in the transaction that takes it.
fn project(
    tx: &Tx<'_>,
    org: OrgId,
    entry: &Entry,
    body: &Body,
    personal: &Personal,
    now: UnixMillis,
) -> Result<(), ServiceError> {
    let personal = &capped(personal);
    if let Some(sha256) = personal.photo {
        photo::want(tx, org, sha256, entry.device, now)?;
    }
    // What is ordered and aged by it is never ahead of its receipt; the journal keeps the claim.
    let at = listed_at(entry.happened_at(), now);
    let was_there = claims::actor(tx, org, entry, body, now)?;
    let not_its_own = |event| claims::mark(tx, org, entry, Some(event), Doubt::EventNotItsOwn, now);
    match body {
        Body::Scan(actor, scan) => happening(tx, org, entry, actor, Some(scan), personal, now)?,
        Body::WalkUp(actor) => happening(tx, org, entry, actor, None, personal, now)?,
        Body::JudgedWalkUp(actor, found) => {
            happening(tx, org, entry, actor, Some(found), personal, now)?;
        }
        Body::Decision { event, granted, judgement, .. } => {
            decision(tx, org, entry, (*event, *granted, *judgement), personal, now)?;
        }
        Body::Corrected { actor, event, granted, against } => {
            correction(tx, org, entry, (*event, *granted, *against), actor, personal, now)?;
        }
        Body::JudgedAnew { event, judgement, found, .. } => {
            let found = found.as_deref().map(|found| fitting(tx, org, entry, found, now)).transpose()?;
            if judgements::anew(tx, org, entry, (*event, *judgement), found.as_deref(), personal)? {
                tx.changed(org, Changed::Activity(*event));
            } else if !event::is_own(tx, org, *event, entry.device)? {
                not_its_own(*event)?;
            }
        }
        Body::Arrival { event, .. } => {
            if event::arrive(tx, org, *event, entry.device, personal)? {
                tx.changed(org, Changed::Activity(*event));
                tx.changed(org, Changed::OnSite);
            } else {
                not_its_own(*event)?;
            }
        }
        Body::Departure { actor, stay } => claims::departure(tx, org, entry, actor, *stay, now)?,
        Body::ShiftStart { actor, .. } => {
            let guard = person::get(tx, org, actor.guard)?.filter(|guard| guard.role >= Some(Role::Guard));
            let assigned = match &guard {
                Some(guard) => reaches(person::sites(tx, org, guard)?.as_deref(), actor.site),
                None => false,
            };
            let device = Some(entry.device);
            let (id, guard, site) = (actor.shift, actor.guard, actor.site);
            let new = NewShift { id, guard, device, site, assigned, surely: was_there };
            shift::begin(tx, org, &new, at)?;
            // Of another's shift an entry says nothing.
            let own = shift::is_of(tx, org, actor.shift, actor.guard, entry.device)?;
            if own && site_blocks(tx, org, actor.site, personal)? {
                shift::set_elsewhere(tx, org, actor.shift)?;
                claims::mark(tx, org, entry, None, Doubt::ShiftElsewhere, now)?;
            }
        }
        Body::ShiftEnd { actor, automatic } => {
            if shift::is_of(tx, org, actor.shift, actor.guard, entry.device)? {
                shift::end(tx, org, actor.shift, *automatic, at)?;
            } else {
                claims::mark(tx, org, entry, None, Doubt::ShiftNotItsOwn, now)?;
            }
        }
        Body::Report { actor, event } => {
            if amendment::report(tx, org, (entry.id, entry.device), *event, actor.guard, personal, at)? {
                tx.changed(org, Changed::Activity(*event));
            } else {
                not_its_own(*event)?;
            }
        }
        Body::Abandoned { event, .. } => {
            let undecided = event::to_decide(tx, org, *event)?;
            if !event::is_own(tx, org, *event, entry.device)? {
                not_its_own(*event)?;
            } else if undecided.is_some_and(|event| !event.decided) {
                pass::free(tx, org, *event)?;
            }
        }
        Body::JudgedAgain { event, found } => {
            if amendment::judged(tx, org, (entry.id, entry.device), *event, found, at)? {
                tx.changed(org, Changed::Activity(*event));
            } else {
                not_its_own(*event)?;
            }
        }
        // Stands in the journal; nothing is derived from it yet.
        Body::ClockChange(_) => {}
        Body::Continues { device, number, head } => {
            succession::succeed(tx, org, entry, *device, Head { number: *number, hash: *head }, now)?;
        }
    }
    revoked_devices::note(tx, org, entry, body, now)
}

/// Whether a site would not have let a shift begin where the phone says it was.
fn site_blocks(
    tx: &Tx<'_>,
    org: OrgId,
    number: SiteNumber,
    personal: &Personal,
) -> Result<bool, ServiceError> {
    let fence = site::get(tx, org, number)?.and_then(|site| site.geofence);
    let place = fence.map_or(Whereabouts::NotChecked, |fence| fence.locate(personal.fix.as_ref()));
    Ok(may_begin_at(place).is_err())
}

fn happening(
    tx: &Tx<'_>,
    org: OrgId,
    entry: &Entry,
    actor: &Actor,
    scan: Option<&ScanBody>,
    personal: &Personal,
    now: UnixMillis,
) -> Result<(), ServiceError> {
    let kind = match scan.map(|scan| scan.kind) {
        None => Kind::WalkUp,
        // A name on the ban list makes no invitation of a walk-up.
        Some(None) if entry.kind == EntryKind::WalkUp => Kind::WalkUp,
        Some(Some(PassKind::Member)) => Kind::Member,
        Some(Some(PassKind::Visitor)) => Kind::Visitor,
        Some(Some(PassKind::Device)) => Kind::Device,
        Some(None) => Kind::Unreadable,
    };
    let scan = scan.map(|scan| fitting(tx, org, entry, scan, now)).transpose()?;
    let scan = scan.as_deref();
    let new = NewEvent {
        id: entry.id,
        device: entry.device,
        kind,
        scan,
        actor,
        personal,
        happened_at: entry.happened_at(),
        clock_trusted: entry.trusted.is_some(),
    };
    event::add(tx, org, &new, now)?;
    if shift::began_elsewhere(tx, org, actor.shift)? {
        claims::mark(tx, org, entry, Some(entry.id), Doubt::ShiftElsewhere, now)?;
    }
    tx.changed(org, Changed::Activity(entry.id));
    Ok(())
}

/// What was found, as far as it can be so: what opens nobody's departure is a scan like any other, and waits for a
/// decision.
fn fitting<'a>(
    tx: &Tx<'_>,
    org: OrgId,
    entry: &Entry,
    found: &'a ScanBody,
    now: UnixMillis,
) -> Result<Cow<'a, ScanBody>, ServiceError> {
    if found.departs.is_none() || claims::departs(tx, org, entry, found, now)? {
        return Ok(Cow::Borrowed(found));
    }
    Ok(Cow::Owned(ScanBody { departs: None, ..found.clone() }))
}

/// The event that an entry decides on: only of the journal that it is in or that goes on from that, since no device
/// decides for another. Nothing where it is not, which is marked.
fn its_own(
    tx: &Tx<'_>,
    org: OrgId,
    entry: &Entry,
    id: EntryId,
    now: UnixMillis,
) -> Result<Option<Undecided>, ServiceError> {
    let event = event::to_decide(tx, org, id)?;
    let own = match &event {
        Some(event) => device::speaks_for(tx, org, entry.device, event.device)?,
        None => false,
    };
    let event = event.filter(|_| own);
    if event.is_none() {
        claims::mark(tx, org, entry, Some(id), Doubt::EventNotItsOwn, now)?;
    }
    Ok(event)
}

fn decision(
    tx: &Tx<'_>,
    org: OrgId,
    entry: &Entry,
    (id, granted, judgement): (EntryId, bool, u32),
    personal: &Personal,
    now: UnixMillis,
) -> Result<(), ServiceError> {
    let Some(event) = its_own(tx, org, entry, id, now)? else { return Ok(()) };
    // The first word stands.
    if event.decided {
        return Ok(());
    }
    let when = When::of(tx, org, entry, now)?;
    if claims::is_before(event.surely_at, entry.trusted) {
        claims::mark(tx, org, entry, Some(id), Doubt::DecidedBefore, now)?;
    }
    // No honest phone goes by another judgement than the last one.
    let went_by = judgements::verdict(tx, org, id, judgement)?;
    let decision = event::Decision {
        granted,
        flagged: is_flagged(granted, [event.verdict, went_by]),
        reason: personal.note.as_deref(),
        at: when.at,
        surely: entry.trusted.is_some(),
    };
    event::decide(tx, org, id, &decision)?;
    tx.changed(org, Changed::Activity(id));
    if granted && !event.departs {
        return let_in(tx, org, id, &event, &when, now);
    }
    pass::free(tx, org, id)?;
    Ok(())
}

/// Puts a decision right: the event shows what it is now, and what followed from the other one is taken back. The first
/// one stays in its entry, and beside the event.
fn correction(
    tx: &Tx<'_>,
    org: OrgId,
    entry: &Entry,
    (id, granted, against): (EntryId, bool, Option<Verdict>),
    actor: &Actor,
    personal: &Personal,
    now: UnixMillis,
) -> Result<(), ServiceError> {
    let Some(event) = its_own(tx, org, entry, id, now)? else { return Ok(()) };
    let Some(stands) = event.stands else {
        return claims::mark(tx, org, entry, Some(id), Doubt::NothingDecided, now);
    };
    // What stands already needs nothing, as at the gate.
    if stands.granted == granted {
        return Ok(());
    }
    let reason = personal.note.as_deref();
    // No honest phone does either, and what a correction takes back is a visitor's stay and a code's use.
    if actor.shift != event.shift || reason.is_none() {
        return claims::mark(tx, org, entry, Some(id), Doubt::CorrectedElsewhere, now);
    }
    let corrected = When::of(tx, org, entry, now)?;
    amendment::corrected(tx, org, entry.id, id, (actor.guard, granted), reason, corrected.at)?;
    event::correct(tx, org, id, granted, is_flagged(granted, [event.verdict, against]), reason)?;
    tx.changed(org, Changed::Activity(id));
    if granted && !event.departs {
        // As if it had been granted then: that is when the visitor went in.
        let when = When::of_decision(&stands, event.surely_at, &corrected);
        return let_in(tx, org, id, &event, &when, now);
    }
    pass::give_back(tx, org, id)?;
    if event.visitor {
        if let Some(subject) = event.subject {
            invitation::unaccept(tx, org, subject)?;
        }
        if stay::departed_at(tx, org, id)?.is_some() {
            claims::mark(tx, org, entry, Some(id), Doubt::LeftAllTheSame, now)?;
        }
        stay::take_away(tx, org, id)?;
        tx.changed(org, Changed::OnSite);
    }
    Ok(())
}

/// What follows from a grant, whether it was the first word or put right to be one.
fn let_in(
    tx: &Tx<'_>,
    org: OrgId,
    id: EntryId,
    event: &Undecided,
    when: &When,
    now: UnixMillis,
) -> Result<(), ServiceError> {
    // What was DENIED then needs no second judgement.
    if event.verdict != Some(Verdict::Denied) {
        hindsight::look_back(tx, org, id, event, when, now)?;
    }
    if let Some(use_id) = &event.use_id {
        pass::grant(tx, org, use_id, id, when.at)?;
        hindsight::count_again(tx, org, use_id, event, (id, when.at), now)?;
    }
    if event.visitor {
        if let Some(subject) = event.subject {
            invitation::accept(tx, org, subject)?;
        }
        // Where the visitor stood, which may be another site than that of the shift.
        stay::begin(tx, org, id, event.subject, event.site, listed_at(when.at, now))?;
        claims::waiting_departures(tx, org, id, now)?;
        tx.changed(org, Changed::OnSite);
    }
    Ok(())
}

/// Keeps the last time of a journal that was known for sure. The entries that say how a journal goes on from another,
/// and what became of the clock meanwhile, are younger than those of the former one that stand behind them.
pub fn note_time(tx: &Tx<'_>, org: OrgId, entry: &Entry, now: UnixMillis) -> Result<(), ServiceError> {
    // Only what has just been made, by this server's time as it is now, says how the two clocks stand.
    if let Some(trusted) = entry.trusted
        && Span::new(trusted, JUST_MADE_MS).counts(now)
    {
        let signed = |time: UnixMillis| i64::try_from(time.get()).unwrap_or(i64::MAX);
        let ahead_ms = signed(entry.wall).saturating_sub(signed(trusted));
        device::set_wall_ahead(tx, org, entry.device, ahead_ms, now)?;
    }
    let in_order = match entry.kind {
        EntryKind::ClockChange => false,
        EntryKind::Amendment => {
            !matches!(Body::from_value(entry.kind, &entry.body), Some(Body::Continues { .. }))
        }
        _ => true,
    };
    match entry.trusted.filter(|_| in_order) {
        // No later than now: a time that lies ahead would bound no grant from below.
        Some(trusted) => Ok(device::set_trusted(tx, org, entry.device, listed_at(trusted, now))?),
        None => Ok(()),
    }
}
