//! Searching, sending, and what is known of the network.

use super::{Guard, Work, WorkId, place::Over};
use crate::{
    decision::Code,
    device::{ScanResult, ScannedBy},
    time::UnixMillis,
};

impl Guard {
    pub(super) fn search(&mut self, typed: String) {
        let site =
            self.station.status.as_ref().and_then(|status| status.shift.as_ref()).map(|shift| shift.site);
        let searching = self.ask(Work::Expected { query: typed.clone(), site });
        if let Some(Over::Expected(search)) = self.over.last_mut() {
            (search.text, search.searching) = (typed, Some(searching));
        }
    }

    pub(super) fn search_host(&mut self, typed: String) {
        if self.over.last().is_some_and(|over| over.asked().is_some()) {
            return;
        }
        let searching = self.ask(Work::Hosts { query: typed.clone() });
        if let Some(Over::WalkUp(walking)) = self.over.last_mut() {
            (walking.host, walking.searching) = (typed, Some(searching));
        }
    }

    /// Who was turned away and is called like that is looked for with every letter, as hosts are.
    pub(super) fn name_visitor(&mut self, typed: String) {
        if self.over.last().is_some_and(|over| over.asked().is_some()) {
            return;
        }
        let searching = self.ask(Work::TurnedAway { name: typed.clone(), since: self.day_began() });
        if let Some(Over::WalkUp(walking)) = self.over.last_mut() {
            (walking.name, walking.alike.searching) = (typed, Some(searching));
        }
    }

    /// When today began for whoever is at work: by the calendar of the phone's zone, and at night with the shift.
    fn day_began(&self) -> UnixMillis {
        let status = self.station.status.as_ref();
        let now = status.map_or(self.now.wall, |status| status.now);
        let midnight = self.now.begins(self.now.day_of(now)).to_millis();
        let shift = status.and_then(|status| status.shift.as_ref());
        shift.map_or(midnight, |shift| shift.started.min(midnight))
    }

    /// Whether entries are being sent.
    pub(super) fn syncing(&self) -> Option<WorkId> {
        self.asked.iter().find(|(_, work)| **work == Work::Sync).map(|(id, _)| *id)
    }

    pub(super) fn sync(&mut self) {
        if self.syncing().is_none() {
            self.station.sync_due_ms = None;
            self.ask(Work::Sync);
        }
    }

    pub(super) fn retry(&mut self) {
        let asked = self.ask(Work::Retry);
        self.waits_for(asked);
    }

    /// The platform says whether there is a network; whether the server answers there is to be seen.
    pub(super) fn network(&mut self, online: bool) {
        if !online {
            self.reached(false);
        } else if self.station.reached != Some(true) && self.is_enrolled() {
            self.station.sync_due_ms = Some(self.now.running_ms);
        }
    }

    /// What a scan tells of the network; one of which the server was not asked tells nothing.
    pub(super) fn hears_of_network(&mut self, result: &ScanResult) {
        if result.online {
            self.reached(true);
        } else if matches!(result.kind, ScannedBy::Member | ScannedBy::Visitor | ScannedBy::Device)
            && result.reasons.iter().any(|reason| reason.code == Code::Offline)
        {
            self.reached(false);
        }
    }

    pub(super) fn reached(&mut self, reached: bool) {
        if !reached && self.station.reached != Some(false) {
            self.station.lost_at = Some(self.now.wall);
        }
        if reached {
            self.station.lost_at = None;
        }
        self.station.reached = Some(reached);
    }

    pub(super) fn is_enrolled(&self) -> bool {
        self.station.status.as_ref().is_some_and(|status| status.org.is_some())
    }
}

/// Whether a synchronisation's problem is that it was not the server who answered, if anybody did.
pub(super) fn is_unreached(code: &str) -> bool {
    matches!(
        code,
        "unreachable" | "not_gatehouse" | "leads_elsewhere" | "no_https" | "no_certificate_authorities"
    ) || code.starts_with("certificate_")
}
