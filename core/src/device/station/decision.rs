use serde::Serialize;

use super::{
    GuardStation, Knowledge, Moment, Seen, Shift,
    result::{Kept, ScanResult, ScannedBy},
};
use crate::{
    decision::Verdict,
    device::{
        StationError,
        store::{Event, NewPhoto, Write},
    },
    gatepack::PhotoPolicy,
    id::{Digest32, EntryId},
    journal::{Body, Personal},
    photo,
    place::Fix,
    time::{Span, UnixMillis},
};

/// How long after the scan its verdict may be granted. Milliseconds.
const GRANTED_WITHIN_MS: u64 = 10 * 60_000;

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
        let known = self.knowledge()?;
        let moment = self.moment(&known)?;
        let shift = self.active_shift(&known, &moment)?;
        let enrolment = known.enrolment()?;
        let photo = prepare(photo)?;
        let reason = reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        let Seen { event, judgement: seen } = seen.into();
        let mut access = self.store.access();
        let write = access.write()?;
        let known = self.known_within(&write)?;
        self.same_shift(&write, &shift)?;
        let mut kept = write.event(event)?.ok_or(StationError::UnknownEvent)?;
        // One that can no longer be granted is scanned again; turning away needs no new verdict.
        let turned_away = !granted && is_stale(&write, &kept, moment.now.millis())?;
        if kept.granted.is_none() && !kept.closed && kept.shift == shift.id && !turned_away {
            // Nothing that is known may be decided against only because it came a moment ago.
            kept = self.up_to_date(&write, &known, &moment, &shift, kept)?;
            if seen.unwrap_or(kept.shown) != kept.judgement {
                let now = Kept::of(&kept)?.result.in_words();
                write.commit()?;
                return Err(StationError::VerdictChanged { now });
            }
        }
        let stored = Kept::of(&kept)?;
        let result = &stored.result;
        if result.departure_of.is_some() {
            return Err(StationError::DepartureOpen);
        }
        if kept.closed {
            return Err(StationError::Abandoned);
        }
        let flagged = granted && result.verdict == Some(Verdict::Denied);
        let decided = Decided { event, granted, flagged, on_site: granted && kept.visitor };
        match kept.granted {
            Some(before) if before == granted => return Ok(decided),
            Some(_) => return Err(StationError::AlreadyDecided),
            None => {}
        }
        if kept.shift != shift.id {
            return Err(StationError::OtherShift);
        }
        if flagged && reason.is_none() {
            return Err(StationError::ReasonRequired);
        }
        let policy = known.photo_policy(kept.site, result.kind);
        if decided.on_site && policy == PhotoPolicy::Required && photo.is_none() && !result.has_photo {
            return Err(StationError::PhotoRequired);
        }
        let photo = photo.filter(|_| policy != PhotoPolicy::Off);
        if granted && result.verdict.is_some() {
            // What was judged then may be otherwise now, and the server holds a use for a moment only.
            if is_stale(&write, &kept, moment.now.millis())? || outdated(&stored, &known) {
                return Err(StationError::ScanAgain);
            }
        }
        let actor = shift.actor_at(kept.site);
        let personal = Personal { note: reason, fix, ..Personal::default() };
        let body =
            Body::Decision { actor, event, granted, against: result.verdict, judgement: kept.judgement };
        self.append(&write, &enrolment, &moment, Self::fresh_id(&moment)?, &body, &personal)?;
        // An arrival tells the photo; a walk-up whose photo was taken at registration has told it already.
        let registered = matches!(result.kind, ScannedBy::WalkUp | ScannedBy::Expected);
        if decided.on_site && (!registered || photo.is_some()) {
            let personal = Personal { photo: keep(&write, photo.as_ref())?, fix, ..Personal::default() };
            let body = Body::Arrival { actor, event };
            self.append(&write, &enrolment, &moment, Self::fresh_id(&moment)?, &body, &personal)?;
        }
        write.decide_event(event, granted, moment.now.millis())?;
        // Nobody judges it anew any more.
        write.update_event(event, &Kept { grounds: None, ..stored }.to_bytes())?;
        write.commit()?;
        Ok(decided)
    }

    /// Events of the running shift that nobody decided yet, the newest first: after a restart in the middle of a
    /// scan the guard goes on from here.
    ///
    /// # Errors
    /// No shift; a store that fails.
    pub fn undecided(&self) -> Result<Vec<ScanResult>, StationError> {
        let known = self.knowledge()?;
        let moment = self.moment(&known)?;
        let shift = self.active_shift(&known, &moment)?;
        let mut access = self.store.access();
        let write = access.write()?;
        let known = self.known_within(&write)?;
        let shown = write.open_events(shift.id)?;
        let shown: Result<Vec<_>, _> =
            shown.into_iter().map(|event| self.show(&write, &known, &moment, &shift, event)).collect();
        write.commit()?;
        shown
    }

    /// Leaves an event undecided for good. It counts no use, and frees at the server what it had reserved.
    ///
    /// # Errors
    /// No such event, or one that is decided.
    pub fn abandon(&self, event: EntryId) -> Result<(), StationError> {
        let known = self.knowledge()?;
        let moment = self.moment(&known)?;
        let shift = self.active_shift(&known, &moment)?;
        let mut access = self.store.access();
        let write = access.write()?;
        self.same_shift(&write, &shift)?;
        let kept = write.event(event)?.ok_or(StationError::UnknownEvent)?;
        if kept.closed {
            return Ok(());
        }
        if kept.granted.is_some() {
            return Err(StationError::AlreadyDecided);
        }
        self.leave_undecided(&write, &known, &moment, &shift, &kept)?;
        Ok(write.commit()?)
    }

    /// Writes down that an event is left undecided, within a transaction that the caller commits.
    pub(super) fn leave_undecided(
        &self,
        write: &Write<'_>,
        known: &Knowledge,
        moment: &Moment,
        shift: &Shift,
        event: &Event,
    ) -> Result<(), StationError> {
        let body = Body::Abandoned { actor: shift.actor_at(event.site), event: event.id };
        let id = Self::fresh_id(moment)?;
        self.append(write, &*known.enrolment()?, moment, id, &body, &Personal::default())?;
        Ok(write.abandon_event(event.id, moment.now.millis())?)
    }
}

/// Whether what an earlier version kept, which cannot be judged anew, would be by what is known now.
fn outdated(kept: &Kept, known: &Knowledge) -> bool {
    let (None, Some(bearer), Some(pack)) = (&kept.grounds, &kept.bearer, &known.pack) else { return false };
    kept.result.verdict != Some(Verdict::Denied)
        && (bearer.revocation(pack).is_some() || bearer.access(pack).is_some())
}

/// Whether a scan can no longer be granted: held up too long ago, or another scan of the same code was granted since.
pub(super) fn is_stale(write: &Write<'_>, event: &Event, now: UnixMillis) -> Result<bool, StationError> {
    Ok(!Span::new(event.judged_at, GRANTED_WITHIN_MS + 1).counts(now)
        || write.granted_since(event.id, now)?)
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
