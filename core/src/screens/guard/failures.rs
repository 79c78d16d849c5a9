//! Work that failed: what is said where, and what of it stops the guard.

use std::sync::Arc;

use super::{
    Guard, Work, WorkId,
    place::{
        Base, Enrol, EnrolStage, Judged, News, Over, PhotoStage, Photographing, Purpose, Reasoning, Trouble,
        Typing,
    },
    stop::Stop,
};
use crate::device::StationError;

impl Guard {
    pub(super) fn failed(&mut self, id: WorkId, work: Work, trouble: Trouble) {
        // How the station stands is not what was believed.
        let moved = matches!(
            *trouble,
            StationError::NotEnrolled
                | StationError::NotSignedIn
                | StationError::Locked
                | StationError::NoShift
                | StationError::OtherShift
                | StationError::ShiftRunning { .. }
                | StationError::SessionEnded
                | StationError::Forked
        );
        if moved && work != Work::Status {
            self.ask_status();
        }
        let stop = Stop::of(&trouble);
        match work {
            // Without it nothing is known.
            Work::Status => {
                self.station.status_again = false;
                self.stop(stop.unwrap_or(Stop::Failed(trouble)));
                return;
            }
            // Nobody asked for these: what is wrong shows in the status, or at the next thing that is done.
            Work::Sites
            | Work::Guards
            | Work::Undecided
            | Work::Stuck
            | Work::Counts
            | Work::Hosts { .. }
            | Work::TurnedAway { .. }
            | Work::EndOverdueShift
            | Work::OnSite { .. } => return,
            // When it is tried again is for the station to say.
            Work::Sync => return self.ask_status(),
            Work::LookAtCode { .. } | Work::Enrol { .. } => {
                if let Some(enrol) = self.enrol_mut().filter(|enrol| enrol.asked() == Some(id)) {
                    *enrol = Enrol { stage: EnrolStage::Scan, problem: Some(Arc::clone(&trouble)) };
                }
            }
            Work::RequestCode { .. }
            | Work::SignIn { .. }
            | Work::Unlock { .. }
            | Work::StartShift { .. } => {
                self.failed_in_base(id, &trouble);
            }
            Work::Lock if matches!(*trouble, StationError::PinBeforeLock) => {
                self.waited_in_base(id);
                if self.over.is_empty() {
                    let typing = Typing { problem: Some(Arc::clone(&trouble)), ..Typing::default() };
                    self.push(Over::SetPin(typing));
                }
            }
            Work::Lock => {
                self.failed_in_base(id, &trouble);
                self.notice = Some(Arc::clone(&trouble));
            }
            Work::ScanSeen { .. } | Work::Scan { .. } => self.failed_to_scan(id, &trouble),
            Work::Expected { .. } => {
                if let Some(Over::Expected(search)) = self.over.last_mut()
                    && search.searching == Some(id)
                {
                    (search.searching, search.problem) = (None, Some(Arc::clone(&trouble)));
                }
            }
            Work::Decide { reason, .. } => self.failed_to_decide(id, reason, &trouble),
            Work::Look { .. } | Work::Abandon { .. } if is_past(&trouble) => self.closes(id, &trouble),
            Work::SetPin { .. }
            | Work::EndShift { .. }
            | Work::Look { .. }
            | Work::Abandon { .. }
            | Work::Depart { .. }
            | Work::WalkUp { .. }
            | Work::Arrive { .. }
            | Work::Report { .. }
            | Work::Correct { .. }
            | Work::History { .. }
            | Work::Retry => self.failed_there(id, &trouble),
        }
        if let Some(stop) = stop {
            self.stop(stop);
        }
    }

    /// Something stops the work: it is said over whatever is on the screen, which stays beneath.
    fn stop(&mut self, stop: Stop) {
        match self.over.last() {
            Some(Over::Stop(shown)) if shown.is_like(&stop) => {}
            _ => self.push(Over::Stop(stop)),
        }
    }

    /// Says it on the screen that asked, and lets it be tried again.
    fn failed_there(&mut self, id: WorkId, trouble: &Trouble) {
        let waits = self.over.iter_mut().filter_map(Over::waits).find(|(asked, _)| **asked == Some(id));
        if let Some((asked, problem)) = waits {
            (*asked, *problem) = (None, Some(Arc::clone(trouble)));
        }
    }

    fn failed_in_base(&mut self, id: WorkId, trouble: &Trouble) {
        if !self.waited_in_base(id) {
            return;
        }
        match &mut self.base {
            Base::SignIn(sign_in) => sign_in.problem = Some(Arc::clone(trouble)),
            Base::Start(start) => start.problem = Some(Arc::clone(trouble)),
            _ => {}
        }
    }

    /// There is nothing more to be done with it: the screen is left, and the camera says why.
    fn closes(&mut self, id: WorkId, trouble: &Trouble) {
        if self.over.last().and_then(Over::asked) == Some(id) {
            self.notice = Some(Arc::clone(trouble));
        }
        self.close(id);
    }

    fn failed_to_scan(&mut self, id: WorkId, trouble: &Trouble) {
        if self.eye.scan.is_some_and(|(scan, _)| scan == id) {
            self.eye.scan = None;
            if matches!(self.over.last(), Some(Over::Checking)) {
                self.pop();
            }
            self.unseen(Arc::clone(trouble));
        }
        self.failed_there(id, trouble);
    }

    fn failed_to_decide(&mut self, id: WorkId, reason: Option<String>, trouble: &Trouble) {
        if is_past(trouble) || matches!(**trouble, StationError::ScanAgain) {
            return self.closes(id, trouble);
        }
        match self.over.pop() {
            Some(Over::Verdict(mut judged)) if judged.asked == Some(id) => {
                (judged.asked, judged.problem) = (None, Some(Arc::clone(trouble)));
                let next = self.after_refusal(judged, reason, trouble);
                self.push(next);
            }
            over => {
                self.over.extend(over);
                self.failed_there(id, trouble);
            }
        }
    }

    /// What a decision still lacks by the station's word.
    fn after_refusal(&mut self, judged: Judged, reason: Option<String>, trouble: &Trouble) -> Over {
        let event = judged.result.event;
        match **trouble {
            StationError::VerdictChanged { .. } => Over::News(News { event, asked: None, problem: None }),
            // It opens a departure now.
            StationError::DepartureOpen => {
                let asked = self.ask(Work::Look { event });
                Over::News(News { event, asked: Some(asked), problem: None })
            }
            StationError::ReasonRequired => {
                Over::Reason(Reasoning { judged, usual: None, text: String::new() })
            }
            StationError::PhotoRequired => Over::Photo(Photographing {
                purpose: Purpose::Grant { judged, reason },
                stage: PhotoStage::Live,
            }),
            _ => Over::Verdict(judged),
        }
    }
}

/// Whether an event cannot be decided any more, whatever the guard does.
fn is_past(trouble: &Trouble) -> bool {
    matches!(
        **trouble,
        StationError::AlreadyDecided
            | StationError::Abandoned
            | StationError::UnknownEvent
            | StationError::OtherShift
            | StationError::NoShift
    )
}
