//! A decision put right. A guard who tapped Deny and let the visitor in, or the other way round, says so by a further
//! entry in the same shift: what was decided first stays in the journal, and nothing is undone silently. What stands in
//! the way of it says `crate::decision::guard`.

use super::{Decided, GuardStation, result::EventRecord};
use crate::{
    decision::guard::Settled,
    device::StationError,
    id::EntryId,
    journal::{Body, Personal},
    place::Fix,
};

impl GuardStation {
    /// Puts a decision of the running shift right: it counts as granted or denied from here on, and why is written down
    /// beside what was decided first. To say what stands already changes nothing.
    ///
    /// # Errors
    /// No shift; no such event; one that nobody decided, of another shift, or of a visitor who left since; a visitor who
    /// is inside by another event; a missing reason.
    pub fn correct(
        &self,
        event: EntryId,
        granted: bool,
        reason: Option<String>,
        fix: Option<Fix>,
    ) -> Result<Decided, StationError> {
        let at = self.at_work()?;
        let reason = reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        let mut access = self.store.access();
        let write = access.write()?;
        let at = self.still_at_work(&write, at)?;
        let kept = write.event(event)?.ok_or(StationError::UnknownEvent)?;
        let stored = EventRecord::of(&kept)?;
        let settled = Settled {
            verdict: stored.result.verdict,
            granted: kept.granted,
            departed: kept.departed.is_some(),
            inside_already: write.is_inside_otherwise(event)?,
            in_this_shift: kept.shift == at.shift.id,
            begins_stay: kept.visitor,
        };
        let ruling = settled.correct(granted, reason.is_some())?;
        let decided = Decided { event, granted, flagged: ruling.flagged, on_site: ruling.enters };
        if ruling.repeated {
            return Ok(decided);
        }
        let actor = at.shift.actor_at(kept.site);
        let body = Body::Corrected { actor, event, granted, against: stored.result.verdict };
        let personal = Personal { note: reason, fix, ..Personal::default() };
        self.record_fresh(&write, &at, &body, &personal)?;
        write.correct_event(event, granted)?;
        let decided_by = Some(at.shift.guard);
        write.update_event(event, &EventRecord { corrected: true, decided_by, ..stored }.to_bytes())?;
        write.commit()?;
        Ok(decided)
    }
}
