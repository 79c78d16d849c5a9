//! What a shell wants to hear of without asking again and again. Events are found by comparing how the station stood
//! before and after a call; shells pull them.

use std::{
    future::{Future, poll_fn},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Poll, Waker},
};

use crate::{Outbox, ShiftState, StationStatus};

/// Something changed. Each kind tells the latest state, so one that comes in place of several loses nothing.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum StationEvent {
    /// Entries or photos came or went.
    OutboxChanged {
        /// How the outbox stands now.
        outbox: Outbox,
    },
    /// Another gate pack is in use.
    PackChanged {
        /// Its number.
        seq: Option<u64>,
        /// When it was issued.
        issued_at_s: Option<i64>,
    },
    /// The shift ended, and not because [`crate::GuardStation::end_shift`] was called here.
    ShiftEnded {
        /// The shift that ended.
        shift: ShiftState,
    },
    /// The server takes nothing more from this device until it is enrolled anew.
    MustEnrolAnew,
    /// Verdicts changed since they were shown: [`crate::GuardStation::look`] at these events before anybody decides.
    VerdictsChanged {
        /// All of the running shift.
        events: Vec<String>,
    },
    /// The server has begun to refuse this guard: scans are checked offline until that is put right.
    GuardRefused {
        /// `session_ended` where the guard must sign in again, else the server's own code.
        code: String,
    },
}

/// An event and its number.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Notice {
    /// Counts up from 1, over all kinds.
    pub number: u64,
    /// What happened.
    pub event: StationEvent,
}

/// How the station stood when it was last looked at, and what was told since it was opened.
#[derive(Default)]
pub(crate) struct Board {
    seen: Mutex<Option<StationStatus>>,
    told: Mutex<Announced>,
}

#[derive(Default)]
struct Announced {
    number: u64,
    /// The latest of each kind, the oldest first.
    notices: Vec<Notice>,
    waiting: Vec<(u64, Waker)>,
    waits: u64,
}

/// Held while the station is looked at, so that what two calls saw is never told in the wrong order.
pub(crate) type Seen<'a> = MutexGuard<'a, Option<StationStatus>>;

impl Board {
    pub(crate) fn look(&self) -> Seen<'_> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells what is different now; `ended_here` where the guard has just ended the shift.
    pub(crate) fn tell(&self, seen: &mut Seen<'_>, now: StationStatus, ended_here: bool) {
        if let Some(before) = seen.as_ref() {
            let differences = differences(before, &now, ended_here);
            self.publish(differences);
        }
        **seen = Some(now);
    }

    fn announced(&self) -> MutexGuard<'_, Announced> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn publish(&self, events: Vec<StationEvent>) {
        if events.is_empty() {
            return;
        }
        let waiting = {
            let mut told = self.announced();
            for event in events {
                told.number += 1;
                let kind = std::mem::discriminant(&event);
                told.notices.retain(|notice| std::mem::discriminant(&notice.event) != kind);
                let number = told.number;
                told.notices.push(Notice { number, event });
            }
            std::mem::take(&mut told.waiting)
        };
        wake(waiting);
    }

    /// Lets every wait look again.
    fn wake_all(&self) {
        let waiting = std::mem::take(&mut self.announced().waiting);
        wake(waiting);
    }
}

/// Not under the lock: a foreign executor may poll at once.
fn wake(waiting: Vec<(u64, Waker)>) {
    for (_, waker) in waiting {
        waker.wake();
    }
}

fn differences(before: &StationStatus, now: &StationStatus, ended_here: bool) -> Vec<StationEvent> {
    let mut events = Vec::new();
    if before.outbox != now.outbox {
        events.push(StationEvent::OutboxChanged { outbox: now.outbox.clone() });
    }
    if before.pack_seq != now.pack_seq {
        events.push(StationEvent::PackChanged { seq: now.pack_seq, issued_at_s: now.pack_issued_at_s });
    }
    let still = |shift: &ShiftState| now.shift.as_ref().is_some_and(|now| now.shift == shift.shift);
    if let Some(shift) = before.shift.as_ref().filter(|shift| !still(shift) && !ended_here) {
        events.push(StationEvent::ShiftEnded { shift: shift.clone() });
    }
    if now.must_enrol_anew && !before.must_enrol_anew {
        events.push(StationEvent::MustEnrolAnew);
    }
    if now.unseen != before.unseen && !now.unseen.is_empty() {
        events.push(StationEvent::VerdictsChanged { events: now.unseen.clone() });
    }
    if let Some(code) = now.guard_refused.clone().filter(|_| now.guard_refused != before.guard_refused) {
        events.push(StationEvent::GuardRefused { code });
    }
    events
}

/// Hears of a station's events. Any number of listeners hear the same.
#[derive(uniffi::Object)]
pub struct StationEvents {
    board: Arc<Board>,
    stopped: Mutex<bool>,
}

impl StationEvents {
    pub(crate) fn new(board: Arc<Board>) -> Self {
        Self { board, stopped: Mutex::new(false) }
    }

    fn is_stopped(&self) -> bool {
        *self.stopped.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[uniffi::export]
impl StationEvents {
    /// Waits for the first event after the one numbered `after`; 0 hears everything since the station was opened.
    /// Nothing means that [`Self::stop`] was called.
    ///
    /// A listener passes the number of the last event that it has dealt with. So an event whose arrival was cancelled
    /// comes again, wherever the cancelling struck.
    pub async fn next_event(&self, after: u64) -> Option<Notice> {
        let mut wait = Wait { board: &self.board, id: None };
        poll_fn(|context| {
            let mut told = self.board.announced();
            if self.is_stopped() {
                return Poll::Ready(None);
            }
            if let Some(notice) = told.notices.iter().find(|notice| notice.number > after) {
                return Poll::Ready(Some(notice.clone()));
            }
            wait.register(&mut told, context.waker());
            Poll::Pending
        })
        .await
    }

    /// Ends every wait of this listener, now and from now on. For Swift, whose cancelled tasks do not reach the core.
    pub fn stop(&self) {
        *self.stopped.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.board.wake_all();
    }
}

/// One wait's place among those to be woken, given up when the wait is dropped.
struct Wait<'a> {
    board: &'a Board,
    id: Option<u64>,
}

impl Wait<'_> {
    fn register(&mut self, told: &mut Announced, waker: &Waker) {
        let id = *self.id.get_or_insert_with(|| {
            told.waits += 1;
            told.waits
        });
        told.waiting.retain(|(waiting, _)| *waiting != id);
        told.waiting.push((id, waker.clone()));
    }
}

impl Drop for Wait<'_> {
    fn drop(&mut self) {
        if let Some(id) = self.id {
            self.board.announced().waiting.retain(|(waiting, _)| *waiting != id);
        }
    }
}

const _: fn() = || {
    fn sendable<T: Future + Send>(_: T) {}
    fn check(events: &StationEvents) {
        sendable(events.next_event(0));
    }
    let _ = check;
};
