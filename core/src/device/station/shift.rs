//! The guard's shift: begun, with or without the server, and ended. When it is over says `crate::shift`.

use serde::Serialize;

use super::{GuardStation, Knowledge, Moment, Shift, knowledge, knowledge::Enrolment};
use crate::{
    decision::Code,
    device::{StationError, StoreError, store::Write, vault::random},
    id::{ShiftId, SiteNumber},
    journal::{Body, Personal},
    network::{ClientError, Deadline, Line},
    place::Fix,
    shift::{Begun, Elsewhere, Standing, may_begin_at, may_begin_offline},
    time::UnixMillis,
    wire::{ShiftAnswer, ShiftRequest, path},
};

/// The shift that is running.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShiftState {
    /// Its id.
    pub shift: ShiftId,
    /// Where.
    pub site: SiteNumber,
    /// The site's name.
    pub site_name: String,
    /// Since when.
    pub started: UnixMillis,
    /// What stood against the phone's place when the shift began: `outside_geofence` or `location_unknown`.
    pub location: Option<Code>,
}

impl From<Shift> for ShiftState {
    fn from(shift: Shift) -> Self {
        Self {
            shift: shift.id,
            site: shift.site,
            site_name: shift.site_name,
            started: shift.started,
            location: shift.location,
        }
    }
}

/// What stands against the phone's place at the start of a shift, unless the site blocks that.
fn may_begin(known: &Knowledge, number: SiteNumber, fix: Option<&Fix>) -> Result<Option<Code>, StationError> {
    may_begin_at(known.whereabouts(number, fix)).map_err(|Elsewhere| StationError::OutsideSite {
        site: known.site_name(number),
        unknown: fix.is_none(),
    })
}

impl GuardStation {
    /// Starts the guard's shift at a site. Without the server the gate pack must say that the guard works there.
    ///
    /// # Errors
    /// No guard, a running shift, a site that the guard is not assigned to or is not at.
    pub fn start_shift(
        &self,
        site: SiteNumber,
        fix: Option<Fix>,
        deadline_ms: u32,
    ) -> Result<ShiftState, StationError> {
        self.wait(|line| self.start_shift_through(line, site, fix, deadline_ms))
    }

    /// As [`Self::start_shift`], asking through `line`.
    ///
    /// # Errors
    /// As [`Self::start_shift`].
    pub async fn start_shift_through(
        &self,
        line: Line,
        site: SiteNumber,
        fix: Option<Fix>,
        deadline_ms: u32,
    ) -> Result<ShiftState, StationError> {
        let known = self.knowledge()?;
        let enrolment = known.enrolment()?;
        let guard = known.guard()?;
        let moment = self.moment(&known)?;
        if let Some(shift) = self.settle_shift(&known, &moment)? {
            return Err(StationError::ShiftRunning { site: shift.site_name });
        }
        let deadline = line.in_ms(deadline_ms);
        // What the site demands of places, photos and bans stands in the pack.
        let known = if known.pack.is_none() {
            self.with_first_pack(&line, &enrolment, deadline).await?
        } else {
            known
        };
        // Before the server hears of a shift that would then not begin.
        let location = may_begin(&known, site, fix.as_ref())?;
        let id = ShiftId::timed(moment.now.millis(), random()?);
        let request = ShiftRequest { shift: id, site };
        let client = enrolment.guard_client(&line, &guard);
        let ask = client.post::<ShiftAnswer>(path::SHIFTS, &request, deadline).await;
        let site_name = match self.note_outcome(&guard, ask)? {
            Ok(answer) => {
                self.anchor(answer.server_time)?;
                answer.site_name
            }
            // A server that is ill or overrun must not close the gate.
            Err(ref error) if error.leaves_offline() => {
                let listed = known.pack.as_ref().and_then(|pack| pack.content.guard(guard.person));
                if !may_begin_offline(listed.as_ref(), site) {
                    return Err(StationError::NotAssigned { site: site.get() });
                }
                known.site_name(site)
            }
            Err(ref error) if error.is_not_assigned() => {
                return Err(StationError::NotAssigned { site: site.get() });
            }
            Err(ref error) if error.is_forbidden() => return Err(StationError::NoGuardAnyMore),
            Err(ref error @ ClientError::Refused { status: 401, .. }) if !error.is_device_revoked() => {
                return Err(StationError::SessionEnded);
            }
            Err(error) => return Err(error.into()),
        };
        // The server's answer may have told that the clock was wrong.
        let moment = self.moment(&self.knowledge()?)?;
        let shift =
            Shift { id, guard: guard.person, site, site_name, started: moment.now.millis(), location };
        let mut access = self.store.access();
        let write = access.write()?;
        // The guard may have left the phone to another while the server was asked.
        if write
            .setting::<super::knowledge::Guard>(knowledge::GUARD)?
            .is_none_or(|now| now.person != guard.person)
        {
            return Err(StationError::NotSignedIn);
        }
        // Another process may have started one meanwhile.
        if let Some(running) = write.setting::<Shift>(knowledge::SHIFT)? {
            return Err(StationError::ShiftRunning { site: running.site_name });
        }
        let personal = Personal { fix, ..Personal::default() };
        let body = Body::ShiftStart { actor: shift.actor(), location: shift.location.clone() };
        self.append(&write, &enrolment, &moment, Self::fresh_id(&moment)?, &body, &personal)?;
        write.put_setting(knowledge::SHIFT, &shift)?;
        write.commit()?;
        drop(access);
        self.forget_known();
        Ok(shift.into())
    }

    /// What is known once a station without a gate pack has asked for one. Without a server it has to wait.
    async fn with_first_pack(
        &self,
        line: &Line,
        enrolment: &Enrolment,
        deadline: Deadline,
    ) -> Result<Knowledge, StationError> {
        match self.fetch_news(&enrolment.device_client(line), deadline).await {
            Ok(())
            | Err(
                StationError::Client(_)
                | StationError::Keys(_)
                | StationError::Pack(_)
                | StationError::Store(StoreError::Full),
            ) => self.knowledge(),
            Err(error) => Err(error),
        }
    }

    /// Ends the shift.
    ///
    /// # Errors
    /// No shift.
    pub fn end_shift(&self, fix: Option<Fix>) -> Result<(), StationError> {
        let at = self.at_work()?;
        let mut access = self.store.access();
        let write = access.write()?;
        let at = self.still_at_work(&write, at)?;
        self.close_shift(&write, &at.known, &at.moment, &at.shift, false, fix)?;
        write.commit()?;
        drop(access);
        self.forget_known();
        Ok(())
    }

    /// Ends a shift that ran too long or whose guard no longer works there, as every call that needs a shift does; true
    /// if it did. For a shell to call now and then, so that nobody has to touch the phone for that.
    ///
    /// # Errors
    /// A store, secret store or clock that fails.
    pub fn end_overdue_shift(&self) -> Result<bool, StationError> {
        let (known, moment) = self.present()?;
        Ok(known.shift.is_some() && self.settle_shift(&known, &moment)?.is_none())
    }

    /// Ends a shift that is over, and counts one anew that was begun by a clock which was ahead: gives the one that goes
    /// on.
    pub(super) fn settle_shift(
        &self,
        known: &Knowledge,
        moment: &Moment,
    ) -> Result<Option<Shift>, StationError> {
        let Some(shift) = known.shift.clone() else { return Ok(None) };
        let begun = Begun { guard: shift.guard, site: shift.site, started: shift.started };
        let longest_minutes = known.policy.longest_shift_minutes.get();
        match begun.at(moment.now.millis(), longest_minutes, known.pack.as_deref()) {
            Standing::Running => return Ok(Some(shift)),
            Standing::RunningSince(started) => {
                return match self.shift_since(shift, started) {
                    // Another process has just ended it.
                    Err(StationError::NoShift) => Ok(None),
                    outcome => outcome.map(Some),
                };
            }
            Standing::Over => {}
        }
        {
            let mut access = self.store.access();
            let write = access.write()?;
            match self.same_shift(&write, &shift) {
                Ok(()) => {
                    self.close_shift(&write, known, moment, &shift, true, None)?;
                    write.commit()?;
                }
                // Another process ended it, and perhaps started the next.
                Err(StationError::NoShift) => {}
                Err(error) => return Err(error),
            }
        }
        self.forget_known();
        Ok(None)
    }

    fn shift_since(&self, shift: Shift, started: UnixMillis) -> Result<Shift, StationError> {
        let shift = Shift { started, ..shift };
        {
            let mut access = self.store.access();
            let write = access.write()?;
            self.same_shift(&write, &shift)?;
            write.put_setting(knowledge::SHIFT, &shift)?;
            write.commit()?;
        }
        self.forget_known();
        Ok(shift)
    }

    /// Within the transaction that records something: the shift is still the one that the call began with.
    pub(super) fn same_shift(&self, write: &Write<'_>, shift: &Shift) -> Result<(), StationError> {
        match write.setting::<Shift>(knowledge::SHIFT)? {
            Some(running) if running.id == shift.id => Ok(()),
            _ => Err(StationError::NoShift),
        }
    }

    pub(super) fn close_shift(
        &self,
        write: &Write<'_>,
        known: &Knowledge,
        moment: &Moment,
        shift: &Shift,
        automatic: bool,
        fix: Option<Fix>,
    ) -> Result<(), StationError> {
        let body = Body::ShiftEnd { actor: shift.actor(), automatic };
        let personal = Personal { fix, ..Personal::default() };
        self.append(write, &*known.enrolment()?, moment, Self::fresh_id(moment)?, &body, &personal)?;
        Ok(write.delete_setting(knowledge::SHIFT)?)
    }
}
