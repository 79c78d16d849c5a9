//! What was recorded in the running shift, to be read again.

use serde::Serialize;

use super::{
    GuardStation,
    result::{EventRecord, ScanResult},
};
use crate::{
    decision::{Code, guard::Settled},
    device::{StationError, store::Event},
    time::{UnixMillis, UnixSeconds},
};

/// An event of the running shift as it stands now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PastEvent {
    /// What the guard was shown.
    pub result: ScanResult,
    /// Granted or denied, once decided.
    pub granted: Option<bool>,
    /// Nobody is to decide it any more: left for good, or a departure that was recorded.
    pub closed: bool,
    /// When the visitor left.
    pub departed: Option<UnixMillis>,
    /// Whether it was reported as suspicious.
    pub reported: bool,
    /// Whether the decision was put right: first it was another one.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub corrected: bool,
    /// What a later judgement found against a grant that was made offline, and since when that stood.
    pub found: Option<(Code, Option<UnixSeconds>)>,
}

impl PastEvent {
    /// What a guard can put the decision right to; nothing where there is no decision, or the visitor has left. The
    /// history is of one shift, and whether the visitor came in by another entry meanwhile is for the station to say.
    #[must_use]
    pub fn correction(&self) -> Option<bool> {
        let granted = !self.granted?;
        let settled = Settled {
            verdict: self.result.verdict,
            granted: self.granted,
            departed: self.departed.is_some(),
            inside_already: false,
            in_this_shift: true,
            begins_stay: self.result.begins_stay(),
        };
        settled.correct(granted, true).is_ok().then_some(granted)
    }
}

/// A shift in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct ShiftCounts {
    /// Scans, walk-ups and arrivals.
    pub events: u64,
    /// Let in, as it stands: a decision that was put right counts as what it is now.
    pub granted: u64,
    /// Turned away.
    pub denied: u64,
    /// Reported as suspicious.
    pub reported: u64,
}

impl GuardStation {
    /// The latest events of the running shift, at most `most`, the newest first.
    ///
    /// # Errors
    /// No shift; a store that fails.
    pub fn history(&self, most: usize) -> Result<Vec<PastEvent>, StationError> {
        let at = self.at_work()?;
        let mut access = self.store.access();
        let write = access.write()?;
        let events = write.latest_events(at.shift.id, most)?;
        let past = |event: &Event| {
            let kept = EventRecord::of(event).ok()?;
            Some(PastEvent {
                result: kept.result,
                granted: event.granted,
                closed: event.closed,
                departed: event.departed,
                reported: kept.reported,
                corrected: kept.corrected,
                found: kept.judged,
            })
        };
        // One that does not open holds up no other; what was signed of it is in the journal.
        Ok(events.iter().filter_map(past).collect())
    }

    /// The running shift in numbers.
    ///
    /// # Errors
    /// No shift; a store that fails.
    pub fn shift_counts(&self) -> Result<ShiftCounts, StationError> {
        let mut counts = ShiftCounts::default();
        for past in self.history(usize::MAX)? {
            counts.events += 1;
            counts.granted += u64::from(past.granted == Some(true));
            counts.denied += u64::from(past.granted == Some(false));
            counts.reported += u64::from(past.reported);
        }
        Ok(counts)
    }
}
