//! What comes of work. An answer to what was never asked, or was answered, or of another kind than was asked for, changes
//! nothing.

use std::sync::Arc;

use super::{
    Answer, Effect, Guard, Last, Work, WorkId,
    action::Did,
    lists::is_unreached,
    place::{Base, Enrol, EnrolStage, Inside, Judged, Over, SignInStage},
    stop::Stop,
};
use crate::{
    device::{Decided, EnrolmentOffer, GuardHere, StationError, StationStatus, SyncReport, Visit},
    id::EntryId,
    screens::PhotoNumber,
};

/// Whatever the station says, it is not asked to send twice within this time. Milliseconds.
const SYNC_APART_MS: u64 = 1_000;

/// Whether this can be an answer to that.
const fn fits(work: &Work, answer: &Answer) -> bool {
    match work {
        Work::Status => matches!(answer, Answer::Status(_)),
        Work::Sites => matches!(answer, Answer::Sites(_)),
        Work::Guards => matches!(answer, Answer::Guards(_)),
        Work::LookAtCode { .. } => matches!(answer, Answer::Offer(_)),
        Work::Enrol { .. } => matches!(answer, Answer::Enrolled(_)),
        Work::SignIn { .. } | Work::Unlock { .. } => matches!(answer, Answer::SignedIn(_)),
        Work::StartShift { .. } => matches!(answer, Answer::Shift(_)),
        Work::EndOverdueShift => matches!(answer, Answer::Ended(_)),
        Work::Undecided => matches!(answer, Answer::Undecided(_)),
        Work::ScanSeen { .. } => matches!(answer, Answer::Seen(_)),
        Work::Scan { .. } | Work::Look { .. } | Work::WalkUp { .. } | Work::Arrive { .. } => {
            matches!(answer, Answer::Judged(_))
        }
        Work::Decide { .. } | Work::Correct { .. } => matches!(answer, Answer::Decided(_)),
        Work::Expected { .. } => matches!(answer, Answer::Expected(_)),
        Work::Hosts { .. } => matches!(answer, Answer::Hosts(_)),
        Work::TurnedAway { .. } => matches!(answer, Answer::TurnedAway(_)),
        Work::OnSite { .. } => matches!(answer, Answer::Inside(_)),
        Work::Sync => matches!(answer, Answer::Synced(_)),
        Work::History { .. } => matches!(answer, Answer::Past(_)),
        Work::Counts => matches!(answer, Answer::Counts(_)),
        Work::Stuck => matches!(answer, Answer::Stuck(_)),
        Work::Retry => matches!(answer, Answer::Retried(_)),
        Work::RequestCode { .. }
        | Work::SetPin { .. }
        | Work::Lock
        | Work::EndShift { .. }
        | Work::Abandon { .. }
        | Work::Depart { .. }
        | Work::Report { .. } => matches!(answer, Answer::Done),
    }
}

impl Guard {
    pub(super) fn answered(&mut self, id: WorkId, outcome: Result<Answer, Arc<StationError>>) {
        let Some(work) = self.asked.get(&id) else { return };
        if outcome.as_ref().is_ok_and(|answer| !fits(work, answer)) {
            return;
        }
        let Some(work) = self.asked.remove(&id) else { return };
        // The station has read the photo. A report that failed keeps its own; a grant may need another judgement first.
        let keeps = matches!(work, Work::Report { .. }) && outcome.is_err();
        if let Some(photo) = work.photo().filter(|_| !keeps) {
            self.effects.push(Effect::ForgetPhoto(photo));
            self.without(photo);
        }
        match outcome {
            Ok(answer) => self.succeeded(id, work, answer),
            Err(trouble) => self.failed(id, work, trouble),
        }
    }

    fn succeeded(&mut self, id: WorkId, work: Work, answer: Answer) {
        match (work, answer) {
            (_, Answer::Status(status)) => self.has_status(status),
            (_, Answer::Sites(sites)) => self.station.sites = sites,
            (_, Answer::Guards(guards)) => self.has_guards(guards),
            (_, Answer::Offer(offer)) => self.has_offer(id, offer),
            (_, Answer::Enrolled(_)) => {
                if matches!(self.over.last(), Some(Over::Enrol(enrol)) if enrol.asked() == Some(id)) {
                    self.pop();
                }
                self.ask_status();
                self.sync();
            }
            (_, Answer::SignedIn(_) | Answer::Shift(_)) => {
                self.waited_in_base(id);
                self.ask_status();
            }
            (_, Answer::Ended(true)) => self.ask_status(),
            (_, Answer::Judged(result) | Answer::Seen(Some(result))) => {
                self.hears_of_network(&result);
                self.judged(id, result);
            }
            (_, Answer::Seen(None)) => self.saw_nothing_new(id),
            (_, Answer::Undecided(results)) => {
                self.station.owes_undecided = false;
                for result in results {
                    self.waits(Judged::durable(Box::new(result)));
                }
            }
            (Work::Correct { .. }, Answer::Decided(decided)) => self.corrected(id, &decided),
            (_, Answer::Decided(decided)) => self.decided(id, &decided),
            (_, Answer::Expected(found)) => {
                if let Some(Over::Expected(search)) = self.over.last_mut()
                    && search.searching == Some(id)
                {
                    (search.found, search.searching) = (Some(found), None);
                }
            }
            (_, Answer::Hosts(hosts)) => {
                if let Some(Over::WalkUp(walking)) = self.over.last_mut()
                    && walking.searching == Some(id)
                {
                    (walking.hosts, walking.searching) = (hosts, None);
                }
            }
            (_, Answer::TurnedAway(found)) => {
                let mut searched = self.over.iter_mut().filter_map(Over::alike);
                if let Some(alike) = searched.find(|alike| alike.searching == Some(id)) {
                    (alike.found, alike.searching) = (found, None);
                }
            }
            (_, Answer::Inside(visits)) => self.has_visits(visits),
            (_, Answer::Past(past)) => {
                if let Some(Over::History(history)) = self.over.last_mut() {
                    (history.found, history.asked) = (Some(past), None);
                }
            }
            (_, Answer::Counts(counts)) => {
                if let Some(Over::EndShift(ending)) = self.over.last_mut() {
                    ending.counts = Some(counts);
                }
            }
            (_, Answer::Synced(report)) => self.synced(&report),
            (_, Answer::Stuck(stuck)) => self.station.stuck = stuck,
            (_, Answer::Retried(_)) => {
                self.waited(id);
                self.ask(Work::Stuck);
                self.ask_status();
                self.sync();
            }
            (work, Answer::Done) => self.is_done(id, work),
            (_, Answer::Ended(false)) => {}
        }
    }

    fn is_done(&mut self, id: WorkId, work: Work) {
        match work {
            Work::RequestCode { email } => {
                let sent_ms = self.now.running_ms;
                if self.waited_in_base(id) {
                    self.sign_in_stage(SignInStage::Digits { email, text: String::new(), sent_ms });
                }
            }
            Work::SetPin { .. } => {
                self.close(id);
                self.ask(Work::Guards);
            }
            Work::Lock => {
                self.waited_in_base(id);
                self.ask(Work::Guards);
                self.ask_status();
            }
            // The screen goes with the shift, once the status says so.
            Work::EndShift { .. } => {
                self.ending = true;
                self.ask_status();
            }
            Work::Abandon { .. } => {
                self.close(id);
                self.ask_status();
            }
            Work::Depart { stay, .. } => self.departed(id, stay),
            Work::Report { .. } => {
                match self.over.pop() {
                    Some(Over::Report(mut reporting)) if reporting.asked == Some(id) => {
                        reporting.judged.reported = true;
                        let event = reporting.judged.result.event;
                        let past = reporting.from.iter_mut().filter_map(|history| history.found.as_mut());
                        for past in past.flatten().filter(|past| past.result.event == event) {
                            past.reported = true;
                        }
                        self.reported_from(reporting);
                    }
                    over => self.over.extend(over),
                }
                self.ask_status();
            }
            _ => {}
        }
    }

    fn has_status(&mut self, status: Box<StationStatus>) {
        // What is over may come again, and is news then.
        self.told.retain(|told| match told {
            Stop::Revoked => status.revoked,
            Stop::EnrolAnew => status.must_enrol_anew,
            Stop::Salvaged(_) => status.salvaged.is_some(),
            _ => true,
        });
        if std::mem::take(&mut self.station.status_again) {
            self.ask_status();
        }
        let next_ms = status.outbox.next_try_in_ms.map(|wait_ms| wait_ms.max(SYNC_APART_MS));
        self.station.sync_due_ms = next_ms.map(|wait_ms| self.now.running_ms.saturating_add(wait_ms));
        let asking = self.asked.values().any(|work| *work == Work::Undecided);
        if self.station.owes_undecided && !asking && matches!(self.base, Base::Camera) {
            self.ask(Work::Undecided);
        }
        for event in &status.unseen {
            self.learned(*event, None);
        }
        self.station.status = Some(status);
    }

    fn has_guards(&mut self, guards: Vec<GuardHere>) {
        let known = guards.iter().any(|guard| guard.has_pin);
        self.station.guards = guards;
        if let Base::SignIn(sign_in) = &mut self.base
            && matches!(sign_in.stage, SignInStage::Guards)
            && !known
        {
            sign_in.stage = SignInStage::Address(String::new());
        }
    }

    fn has_offer(&mut self, id: WorkId, offer: EnrolmentOffer) {
        if let Some(Enrol { stage, .. }) = self.enrol_mut()
            && let EnrolStage::Look { code, asked } = stage
            && *asked == id
        {
            *stage = EnrolStage::Offer { code: std::mem::take(code), offer: Box::new(offer) };
        }
    }

    /// The longest inside come first.
    fn has_visits(&mut self, mut visits: Vec<Visit>) {
        visits.sort_by_key(|visit| (visit.since, visit.stay));
        match self.over.last_mut() {
            Some(Over::Inside(inside)) => {
                let chosen = inside.chosen.filter(|stay| visits.iter().any(|visit| visit.stay == *stay));
                (inside.chosen, inside.found) = (chosen, Some(visits));
            }
            Some(Over::EndShift(ending)) => ending.inside = Some(visits.len()),
            _ => {}
        }
    }

    fn saw_nothing_new(&mut self, id: WorkId) {
        if self.eye.scan.is_some_and(|(scan, _)| scan == id) {
            self.eye.scan = None;
            if matches!(self.over.last(), Some(Over::Checking)) {
                self.pop();
            }
        }
    }

    fn decided(&mut self, id: WorkId, decided: &Decided) {
        let shown = self.over.iter().filter_map(Over::judged);
        let judged = shown.into_iter().find(|judged| judged.result.event == decided.event);
        let who = judged.and_then(|judged| judged.result.name.clone());
        let did = if decided.granted { Did::Granted { against: decided.flagged } } else { Did::Denied };
        self.last = Some(Last { who, did, at: self.now.wall });
        self.waiting.retain(|waiting| waiting.result.event != decided.event);
        self.close(id);
        self.ask_status();
    }

    /// The history shows what stands now, and so does what is said of the last one at the camera.
    fn corrected(&mut self, id: WorkId, decided: &Decided) {
        let mut who = None;
        let mut places = self.over.iter_mut();
        if let Some(over) = places.find(|over| over.asked() == Some(id))
            && let Over::Correct(correcting) = over
        {
            let mut from = std::mem::take(&mut correcting.from);
            let past = from.found.iter_mut().flatten();
            for past in past.filter(|past| past.result.event == decided.event) {
                (past.granted, past.corrected) = (Some(decided.granted), true);
                who.clone_from(&past.result.name);
            }
            *over = Over::History(from);
        }
        let did = if decided.granted { Did::Granted { against: decided.flagged } } else { Did::Denied };
        self.last = Some(Last { who, did, at: self.now.wall });
        self.ask_status();
    }

    fn departed(&mut self, id: WorkId, stay: EntryId) {
        let who = match self.over.last_mut() {
            Some(Over::Verdict(judged)) if judged.asked == Some(id) => judged.result.name.clone(),
            Some(Over::Inside(Inside { asked, chosen, found, .. })) if *asked == Some(id) => {
                (*asked, *chosen) = (None, None);
                found.as_mut().and_then(|visits| {
                    let at = visits.iter().position(|visit| visit.stay == stay)?;
                    visits.remove(at).name
                })
            }
            _ => None,
        };
        self.last = Some(Last { who, did: Did::Left, at: self.now.wall });
        self.close(id);
        self.ask_status();
    }

    fn synced(&mut self, report: &SyncReport) {
        self.reached(report.sent > 0 || !report.problem.as_deref().is_some_and(is_unreached));
        for result in &report.changed {
            self.learned(result.event, Some(result.judgement));
        }
        // What waits is shown as it stands now.
        for waiting in &mut self.waiting {
            let fresh = report.changed.iter().find(|fresh| fresh.event == waiting.result.event);
            if let Some(fresh) = fresh {
                *waiting = Judged::durable(Box::new(fresh.clone()));
            }
        }
        // A new gate pack may name other sites and guards.
        self.ask(Work::Sites);
        self.ask_status();
    }

    /// The screen that waited for this is left.
    pub(super) fn close(&mut self, id: WorkId) {
        if self.over.last().and_then(Over::asked) == Some(id) {
            self.pop();
        }
    }

    /// The screen that waited for this waits no more; false where none did.
    pub(super) fn waited(&mut self, id: WorkId) -> bool {
        let waits = self.over.iter_mut().filter_map(Over::waits).find(|(asked, _)| **asked == Some(id));
        waits.map(|(asked, _)| *asked = None).is_some()
    }

    pub(super) fn waited_in_base(&mut self, id: WorkId) -> bool {
        let asked = match &mut self.base {
            Base::SignIn(sign_in) => &mut sign_in.asked,
            Base::Start(start) => &mut start.asked,
            _ => return false,
        };
        if *asked != Some(id) {
            return false;
        }
        *asked = None;
        true
    }

    /// A photo is gone: a report that named it can get another.
    fn without(&mut self, photo: PhotoNumber) {
        if let Some(Over::Report(reporting)) = self.over.last_mut()
            && reporting.photo == Some(photo)
        {
            reporting.photo = None;
        }
    }
}
