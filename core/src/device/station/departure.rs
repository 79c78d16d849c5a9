//! Visitors inside and their departures, those of other gates too.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{GuardStation, Knowledge, result::EventRecord};
use crate::{
    device::{StationError, StoreError, store::Write},
    gatepack::PresentVisitor,
    id::{EntryId, SiteNumber, SubjectId},
    journal::{Body, Personal},
    network::Line,
    place::Fix,
    time::UnixMillis,
    visit,
    wire::{OnSiteVisit, path},
};

/// A visitor inside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Visit {
    /// The event that began the stay.
    pub stay: EntryId,
    /// The visitor.
    pub name: Option<String>,
    /// Where.
    pub site: SiteNumber,
    /// Since when.
    pub since: UnixMillis,
}

impl GuardStation {
    /// Visitors inside: those whom this station let in, and those of the other gates, by the server's word or else by
    /// that of the gate pack.
    ///
    /// # Errors
    /// A store that fails.
    pub fn on_site(&self, deadline_ms: u32) -> Result<Vec<Visit>, StationError> {
        self.wait(|line| self.on_site_through(line, deadline_ms))
    }

    /// As [`Self::on_site`], asking through `line`.
    ///
    /// # Errors
    /// As [`Self::on_site`].
    pub async fn on_site_through(&self, line: Line, deadline_ms: u32) -> Result<Vec<Visit>, StationError> {
        let known = self.knowledge()?;
        let mut visits = BTreeMap::new();
        let known_there = {
            let mut access = self.store.access();
            let write = access.write()?;
            for event in write.visits_inside()? {
                let name = EventRecord::of(&event)?.result.name;
                visits.insert(event.id, Visit { stay: event.id, name, site: event.site, since: event.at });
            }
            sent_visits(&write)?
        };
        let Some(there) = self.server_visits(&line, &known, deadline_ms).await? else {
            let mut access = self.store.access();
            let write = access.write()?;
            for there in known.pack.iter().flat_map(|pack| pack.content.present()) {
                if !visits.contains_key(&there.stay) && !is_over(&write, there.stay)? {
                    let PresentVisitor { stay, name, site, since, .. } = there;
                    visits.insert(stay, Visit { stay, name, site, since });
                }
            }
            return Ok(visits.into_values().collect());
        };
        // What the server had before it was asked and does not list has departed elsewhere.
        for stay in known_there {
            if !there.iter().any(|visit| visit.stay == stay) {
                visits.remove(&stay);
            }
        }
        let mut access = self.store.access();
        let write = access.write()?;
        for visit in there {
            // One that this station knows, it knows best: its departure may not have reached the server yet.
            if write.event(visit.stay)?.is_none() && !is_over(&write, visit.stay)? {
                let visit =
                    Visit { stay: visit.stay, name: visit.name, site: visit.site, since: visit.since };
                visits.insert(visit.stay, visit);
            }
        }
        Ok(visits.into_values().collect())
    }

    /// Records that a visitor left. `stay` is the visit, or the scan that opened its departure.
    ///
    /// # Errors
    /// No shift; no such visit inside.
    pub fn depart(&self, stay: EntryId, fix: Option<Fix>, deadline_ms: u32) -> Result<(), StationError> {
        self.wait(|line| self.depart_through(line, stay, fix, deadline_ms))
    }

    /// As [`Self::depart`], asking through `line`.
    ///
    /// # Errors
    /// As [`Self::depart`].
    pub async fn depart_through(
        &self,
        line: Line,
        stay: EntryId,
        fix: Option<Fix>,
        deadline_ms: u32,
    ) -> Result<(), StationError> {
        let at = self.at_work()?;
        let stay = self.visit_of(stay)?;
        let own = {
            let mut access = self.store.access();
            let write = access.write()?;
            if write.is_foreign_departure(stay)? {
                return Ok(());
            }
            write.event(stay)?.is_some()
        };
        let in_pack =
            || at.known.pack.iter().flat_map(|pack| pack.content.present()).any(|there| there.stay == stay);
        if !own && !in_pack() {
            let there = self.server_visits(&line, &at.known, deadline_ms).await?;
            let there = there.ok_or(StationError::OtherGatesVisit)?;
            if !there.iter().any(|visit| visit.stay == stay) {
                return Err(StationError::UnknownEvent);
            }
        }
        let mut access = self.store.access();
        let write = access.write()?;
        if let Some(event) = write.event(stay)? {
            let visit = event.as_visit();
            if !visit.is_stay() {
                return Err(StationError::UnknownEvent);
            }
            if visit.departed {
                return Ok(());
            }
        } else if !write.note_foreign_departure(stay)? {
            return Ok(());
        }
        let at = self.still_at_work(&write, at)?;
        let body = Body::Departure { actor: at.actor(), stay };
        let personal = Personal { fix, ..Personal::default() };
        self.record_fresh(&write, &at, &body, &personal)?;
        write.depart_event(stay, at.moment.now.millis())?;
        Ok(write.commit()?)
    }

    /// The visit whose departure a scan opened; anything else is one itself.
    fn visit_of(&self, event: EntryId) -> Result<EntryId, StationError> {
        let mut access = self.store.access();
        let scan = access.write()?.event(event)?;
        let opened =
            scan.map(|scan| EventRecord::of(&scan)).transpose()?.and_then(|kept| kept.result.departure_of);
        Ok(opened.unwrap_or(event))
    }

    /// What the server knows of this station's visits, before a gate pack is asked for.
    pub(super) fn visits_at_server(&self) -> Result<KnownThere, StationError> {
        let mut access = self.store.access();
        let write = access.write()?;
        let inside = sent_visits(&write)?;
        Ok(KnownThere { inside, everything: write.acknowledged()? == write.head()?.number })
    }

    /// Closes visits that the server knew of before it made the gate pack in use and that the pack does not list: they
    /// ended at another gate or by an admin's hand. One that the pack lists goes on, if the server knew everything: a
    /// server that was put back from a backup had lost it for a while.
    pub(super) fn take_visits_over(&self, there: &KnownThere) -> Result<(), StationError> {
        let known = self.knowledge()?;
        let Some(pack) = &known.pack else { return Ok(()) };
        let now = self.moment(&known)?.now.millis();
        let mut access = self.store.access();
        let write = access.write()?;
        let present: BTreeSet<EntryId> = pack.content.present().map(|there| there.stay).collect();
        for stay in there.inside.iter().filter(|stay| !present.contains(stay)) {
            write.depart_event(*stay, now)?;
        }
        if there.everything {
            for stay in &present {
                write.reopen_visit(*stay)?;
            }
        }
        Ok(write.commit()?)
    }

    /// The visit of an invitation at another gate that is inside as far as the gate pack knows, and of whose end
    /// nothing is known here.
    pub(super) fn inside_by_pack(
        write: &Write<'_>,
        known: &Knowledge,
        invitation: SubjectId,
    ) -> Result<Option<EntryId>, StationError> {
        let mut there = known.pack.iter().flat_map(|pack| pack.content.present());
        let Some(visit) = there.find(|there| there.subject == Some(invitation)) else { return Ok(None) };
        Ok((!is_over(write, visit.stay)?).then_some(visit.stay))
    }

    /// What the server says; nothing if it does not answer.
    async fn server_visits(
        &self,
        line: &Line,
        known: &Knowledge,
        deadline_ms: u32,
    ) -> Result<Option<Vec<OnSiteVisit>>, StationError> {
        let (Some(enrolment), Some(guard)) = (known.enrolment.as_ref(), known.guard.as_ref()) else {
            return Ok(None);
        };
        let client = enrolment.guard_client(line, guard);
        let outcome = client.get(path::ON_SITE, line.in_ms(deadline_ms)).await;
        Ok(self.note_outcome(guard, outcome)?.ok())
    }
}

/// What the server knew of this station's visits at one moment.
pub(super) struct KnownThere {
    /// Visits inside whose beginning it had.
    inside: Vec<EntryId>,
    /// Whether it had the whole journal, and so every departure.
    everything: bool,
}

/// Visits inside whose beginning the server has.
fn sent_visits(write: &Write<'_>) -> Result<Vec<EntryId>, StoreError> {
    let mut sent = Vec::new();
    for event in write.visits_inside()? {
        if write.is_sent(event.id)? {
            sent.push(event.id);
        }
    }
    Ok(sent)
}

/// Whether a visit that others have down as inside is over, as far as is written down here.
fn is_over(write: &Write<'_>, stay: EntryId) -> Result<bool, StationError> {
    let own = write.event(stay)?.map(|event| event.as_visit());
    Ok(visit::is_over(own, write.is_foreign_departure(stay)?))
}
