//! What a guard decides on an event, written down. What stands in the way of it says `crate::decision::guard`.

use serde::Serialize;

use super::{
    AtWork, GuardStation, Knowledge, Seen,
    result::{EventRecord, ScanResult, ScannedBy},
};
use crate::{
    decision::{
        Verdict,
        guard::{Choice, Undecided, is_too_late},
    },
    device::{
        StationError,
        store::{Event, NewPhoto, Write},
    },
    gatepack::PhotoPolicy,
    id::{Digest32, EntryId},
    journal::{Body, Personal},
    photo,
    place::Fix,
    time::UnixMillis,
};

/// A decision that is written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decided {
    /// The scan or walk-up.
    pub event: EntryId,
    /// Granted or denied.
    pub granted: bool,
    /// Granted against DENIED.
    pub flagged: bool,
    /// Whether the visitor is inside now.
    pub on_site: bool,
}

impl GuardStation {
    /// Grants or denies a scan or walk-up. The guard's decision is apart from the verdict: granting against DENIED
    /// needs a reason and is flagged. For an invited visitor a photo may be taken along. `seen` says by which judgement:
    /// the result that the guard looked at, or an event's id for the last one that this station gave out.
    ///
    /// # Errors
    /// No such event, a decision that was made otherwise before, a missing reason or photo; a verdict that has changed
    /// since it was shown; a grant so long after the scan, or after another grant of the same code, that it must be
    /// scanned again.
    pub fn decide(
        &self,
        seen: impl Into<Seen>,
        granted: bool,
        reason: Option<String>,
        photo: Option<Vec<u8>>,
        fix: Option<Fix>,
    ) -> Result<Decided, StationError> {
        let at = self.at_work()?;
        let photo = prepare(photo)?;
        let reason = reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        let Seen { event, judgement: seen } = seen.into();
        let mut access = self.store.access();
        let write = access.write()?;
        let at = self.still_at_work(&write, at)?;
        let now = at.moment.now.millis();
        let mut kept = write.event(event)?.ok_or(StationError::UnknownEvent)?;
        // One that can no longer be granted is scanned again; turning away needs no new verdict.
        let turned_away = !granted && too_late(&write, &kept, now)?;
        if kept.is_open(at.shift.id) && !turned_away {
            // Nothing that is known may be decided against only because it came a moment ago.
            kept = self.up_to_date(&write, &at, kept)?;
            if seen.unwrap_or(kept.shown) != kept.judgement {
                let now = EventRecord::of(&kept)?.result.in_words();
                write.commit()?;
                return Err(StationError::VerdictChanged { now });
            }
        }
        let stored = EventRecord::of(&kept)?;
        let result = &stored.result;
        let policy = at.known.photo_policy(kept.site, result.kind);
        let undecided = Undecided {
            verdict: result.verdict,
            departs: result.departure_of.is_some(),
            left: kept.closed,
            decided: kept.granted,
            in_this_shift: kept.shift == at.shift.id,
            begins_stay: kept.visitor,
            photo: policy,
            has_photo: result.has_photo,
            too_late: too_late(&write, &kept, now)? || outdated(&stored, &at.known),
        };
        let choice = Choice { granted, reason: reason.is_some(), photo: photo.is_some() };
        let ruling = undecided.decide(&choice)?;
        let decided = Decided { event, granted, flagged: ruling.flagged, on_site: ruling.enters };
        if ruling.repeated {
            return Ok(decided);
        }
        let photo = photo.filter(|_| policy != PhotoPolicy::Off);
        let actor = at.shift.actor_at(kept.site);
        let personal = Personal { note: reason, fix, ..Personal::default() };
        let body =
            Body::Decision { actor, event, granted, against: result.verdict, judgement: kept.judgement };
        self.record_fresh(&write, &at, &body, &personal)?;
        // An arrival tells the photo; a walk-up whose photo was taken at registration has told it already.
        let registered = matches!(result.kind, ScannedBy::WalkUp | ScannedBy::Expected);
        if ruling.enters && (!registered || photo.is_some()) {
            let personal = Personal { photo: keep(&write, photo.as_ref())?, fix, ..Personal::default() };
            self.record_fresh(&write, &at, &Body::Arrival { actor, event }, &personal)?;
        }
        write.decide_event(event, granted, now)?;
        // Nobody judges it anew any more.
        let decided_as = EventRecord { grounds: None, decided_by: Some(at.shift.guard), ..stored };
        write.update_event(event, &decided_as.to_bytes())?;
        write.commit()?;
        Ok(decided)
    }

    /// Events of the running shift that nobody decided yet, the newest first: after a restart in the middle of a
    /// scan the guard goes on from here.
    ///
    /// # Errors
    /// No shift; a store that fails.
    pub fn undecided(&self) -> Result<Vec<ScanResult>, StationError> {
        let at = self.at_work()?;
        let mut access = self.store.access();
        let write = access.write()?;
        let at = self.still_at_work(&write, at)?;
        let open = write.open_events(at.shift.id)?;
        let shown: Result<Vec<_>, _> = open.into_iter().map(|event| self.show(&write, &at, event)).collect();
        write.commit()?;
        shown
    }

    /// Leaves an event undecided for good. It counts no use, and frees at the server what it had reserved.
    ///
    /// # Errors
    /// No such event, or one that is decided.
    pub fn abandon(&self, event: EntryId) -> Result<(), StationError> {
        let at = self.at_work()?;
        let mut access = self.store.access();
        let write = access.write()?;
        let at = self.still_at_work(&write, at)?;
        let kept = write.event(event)?.ok_or(StationError::UnknownEvent)?;
        if kept.closed {
            return Ok(());
        }
        if kept.granted.is_some() {
            return Err(StationError::AlreadyDecided);
        }
        self.leave_undecided(&write, &at, &kept)?;
        Ok(write.commit()?)
    }

    /// Writes down that an event is left undecided, within a transaction that the caller commits.
    pub(super) fn leave_undecided(
        &self,
        write: &Write<'_>,
        at: &AtWork,
        event: &Event,
    ) -> Result<(), StationError> {
        let body = Body::Abandoned { actor: at.shift.actor_at(event.site), event: event.id };
        self.record_fresh(write, at, &body, &Personal::default())?;
        Ok(write.abandon_event(event.id, at.moment.now.millis())?)
    }
}

/// Whether what an earlier version kept, which cannot be judged anew, would be by what is known now.
fn outdated(kept: &EventRecord, known: &Knowledge) -> bool {
    let (None, Some(bearer), Some(pack)) = (&kept.grounds, &kept.bearer, &known.pack) else { return false };
    kept.result.verdict != Some(Verdict::Denied)
        && (bearer.revocation(pack).is_some() || bearer.access(pack).is_some())
}

/// Whether a scan can no longer be granted, by what is written down of its code.
pub(super) fn too_late(write: &Write<'_>, event: &Event, now: UnixMillis) -> Result<bool, StationError> {
    Ok(is_too_late(event.judged_at, now, write.granted_since(event.id, now)?))
}

pub(super) fn prepare(photo: Option<Vec<u8>>) -> Result<Option<NewPhoto>, StationError> {
    let Some(bytes) = photo else { return Ok(None) };
    let jpeg = photo::prepare(&bytes)?.jpeg;
    Ok(Some(NewPhoto { sha256: Digest32::of(&jpeg), jpeg }))
}

pub(super) fn keep(write: &Write<'_>, photo: Option<&NewPhoto>) -> Result<Option<Digest32>, StationError> {
    let Some(photo) = photo else { return Ok(None) };
    write.add_photo(photo)?;
    Ok(Some(photo.sha256))
}
