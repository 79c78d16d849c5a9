//! Grants that were judged again, here or at the server, and the amendments that say so.

use super::{Enrolment, GuardStation, Moment, result::EventRecord};
use crate::{
    decision::judge_again,
    device::{StationError, store::Write},
    id::EntryId,
    journal::{Body, Hindsight, Personal},
    wire::Finding,
};

impl GuardStation {
    /// Judges the offline grants that could not be sent again with the gate pack. Those that the server has, it judged
    /// itself when they reached it, with times that no pack carries.
    pub(super) fn judge_unsent_again(&self) -> Result<(), StationError> {
        let known = self.knowledge()?;
        let Some(pack) = known.pack.clone() else { return Ok(()) };
        let (moment, enrolment) = (self.moment(&known)?, known.enrolment()?);
        let mut access = self.store.access();
        let write = access.write()?;
        for event in write.unsent_grants()? {
            let kept = EventRecord::of(&event)?;
            let Some(bearer) = kept.bearer.filter(|_| !kept.result.online) else { continue };
            if let Some(found) = judge_again(&bearer, event.at.to_seconds(), &pack) {
                self.amend(&write, &enrolment, &moment, event.id, kept, found)?;
            }
        }
        Ok(write.commit()?)
    }

    /// Takes over what the server found when it judged offline grants of this device again.
    pub(super) fn take_findings(
        &self,
        write: &Write<'_>,
        enrolment: &Enrolment,
        moment: &Moment,
        findings: &[Finding],
    ) -> Result<(), StationError> {
        for finding in findings {
            let Some(event) = write.event(finding.event)? else { continue };
            let found = Hindsight {
                verdict: finding.verdict,
                code: finding.code.clone(),
                since: finding.since,
                pack_seq: None,
            };
            self.amend(write, enrolment, moment, event.id, EventRecord::of(&event)?, found)?;
        }
        Ok(())
    }

    /// Appends an amendment, unless one says the same already; the original entry stays.
    fn amend(
        &self,
        write: &Write<'_>,
        enrolment: &Enrolment,
        moment: &Moment,
        event: EntryId,
        kept: EventRecord,
        found: Hindsight,
    ) -> Result<(), StationError> {
        let judged = Some((found.code.clone(), found.since));
        // A finding without a time adds nothing to one that has it.
        let told = kept.judged.as_ref().is_some_and(|(code, since)| {
            *code == found.code && (*since == found.since || found.since.is_none())
        });
        if told {
            return Ok(());
        }
        let body = Body::JudgedAgain { event, found };
        self.append(write, enrolment, moment, Self::fresh_id(moment)?, &body, &Personal::default())?;
        Ok(write.update_event(event, &EventRecord { judged, ..kept }.to_bytes())?)
    }
}
