//! What a call at the gate begins with: what is known, the time by which it judges, and the shift that is at work.

use super::{GuardStation, Knowledge, Moment, Shift};
use crate::{
    device::{StationError, store::Write},
    id::EntryId,
    journal::{Actor, Body, Personal},
    place::{Fix, Whereabouts},
};

/// A guard at work.
#[derive(Clone)]
pub(super) struct AtWork {
    pub known: Knowledge,
    pub moment: Moment,
    pub shift: Shift,
}

impl AtWork {
    pub(super) const fn actor(&self) -> Actor {
        self.shift.actor()
    }

    /// Where the phone is relative to the site of the shift.
    pub(super) fn whereabouts(&self, fix: Option<&Fix>) -> Whereabouts {
        self.known.whereabouts(self.shift.site, fix)
    }

    /// Number of the gate pack in use.
    pub(super) fn pack_seq(&self) -> Option<u64> {
        self.known.pack.as_ref().map(|pack| pack.seq)
    }
}

impl GuardStation {
    /// What is known, and the time.
    pub(super) fn present(&self) -> Result<(Knowledge, Moment), StationError> {
        let known = self.knowledge()?;
        let moment = self.moment(&known)?;
        Ok((known, moment))
    }

    /// The guard who is signed in, at work; a shift that is over ends here and now.
    ///
    /// # Errors
    /// Nobody is signed in; no shift of theirs.
    pub(super) fn at_work(&self) -> Result<AtWork, StationError> {
        let (known, moment) = self.present()?;
        let guard = known.guard()?;
        let shift = self.settle_shift(&known, &moment)?;
        let shift = shift.filter(|shift| shift.guard == guard.person).ok_or(StationError::NoShift)?;
        Ok(AtWork { known, moment, shift })
    }

    /// The same within a transaction, with what was learned since the call began.
    ///
    /// # Errors
    /// The shift has ended meanwhile.
    pub(super) fn still_at_work(&self, write: &Write<'_>, at: AtWork) -> Result<AtWork, StationError> {
        let known = self.known_within(write)?;
        self.same_shift(write, &at.shift)?;
        Ok(AtWork { known, ..at })
    }

    /// Appends an entry to the journal and the outbox, within a transaction that the caller commits.
    pub(super) fn record(
        &self,
        write: &Write<'_>,
        at: &AtWork,
        id: EntryId,
        body: &Body,
        personal: &Personal,
    ) -> Result<(), StationError> {
        self.append(write, &*at.known.enrolment()?, &at.moment, id, body, personal)
    }

    /// The same under an id of its own.
    pub(super) fn record_fresh(
        &self,
        write: &Write<'_>,
        at: &AtWork,
        body: &Body,
        personal: &Personal,
    ) -> Result<(), StationError> {
        self.record(write, at, Self::fresh_id(&at.moment)?, body, personal)
    }
}
