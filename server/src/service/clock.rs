//! The server's own clock, which may be wrong in either direction and then says so.
//!
//! It is held against itself: against where it had got to when the server last wrote, and against its own past while it
//! runs. And it is held against the wall clocks of devices, which networks set ([`gatehouse_core::time::Compared`]). A
//! clock that was set back finds what it wrote in the future taken back, and new key sets with the right time, so that
//! phones follow.

use std::{
    sync::{
        Mutex, OnceLock, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use gatehouse_core::{
    time::{Compared, UnixMillis},
    words::Language,
};

use super::{Service, ServiceError, auth, enrol, keyring};
use crate::{
    store::{clock, clock::SetBack, device, organisation},
    words,
};

/// Steps back below this are what networks correct every day. Milliseconds.
const NOTABLE_MS: u64 = 10_000;
/// How long a clock's having been set back is worth a word. Milliseconds.
const TOLD_MS: u64 = 86_400_000;
/// How long what a device's clock said counts. Milliseconds.
const COMPARED_MS: u64 = 7 * 86_400_000;

/// Where the clock has got to in this process, and when it was last set back.
#[derive(Debug, Default)]
pub(super) struct Watch {
    reached: AtomicU64,
    set_back: Mutex<Option<SetBack>>,
    /// Where the clock had got to when this process began, by what the last one noted, and when that was.
    began: OnceLock<(UnixMillis, Instant)>,
}

impl Watch {
    /// Notes the time; where that is back from where the clock had got to, gives that, to one caller.
    fn went_back(&self, now: UnixMillis) -> Option<UnixMillis> {
        let reached = self.reached.fetch_max(now.get(), Ordering::AcqRel);
        if reached <= now.get().saturating_add(NOTABLE_MS) {
            return None;
        }
        let mine = self.reached.compare_exchange(reached, now.get(), Ordering::AcqRel, Ordering::Relaxed);
        mine.ok().map(UnixMillis::new)
    }

    /// Of `now` what more than this clock's word stands for: where it had got to before, and the time that this process
    /// has run since.
    fn proven(&self, now: UnixMillis) -> UnixMillis {
        self.began.get().map_or(now, |(reached, began)| {
            let run = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
            now.min(reached.plus(run))
        })
    }

    fn remember(&self, back: SetBack) {
        *self.set_back.lock().unwrap_or_else(PoisonError::into_inner) = Some(back);
    }

    fn last(&self) -> Option<SetBack> {
        *self.set_back.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What there is to say of the server's clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClockDoubt {
    /// Most devices' clocks say that it is wrong.
    Disagrees {
        /// How far it is ahead of theirs (positive) or behind. Milliseconds.
        ahead_ms: i64,
        /// How many of them say so.
        by: usize,
        /// Of how many.
        of: usize,
    },
    /// It was set back lately, and what it wrote in the future was taken back.
    SetBack {
        /// By how much. Milliseconds.
        by_ms: u64,
        /// When.
        at: UnixMillis,
    },
}

impl std::fmt::Display for ClockDoubt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&Language::English.say_bare(&words::clock(self)))
    }
}

impl Service {
    /// Holds the clock against where it had got to when the server last wrote, and takes back what it wrote in what is
    /// the future now. For the start.
    pub fn check_clock(&self) -> Result<(), ServiceError> {
        let (reached, now) =
            (self.store.read(|db| Ok::<_, ServiceError>(clock::reached(db)?))?, self.clock.now());
        self.watch.reached.fetch_max(reached.get(), Ordering::AcqRel);
        if reached.get() > 0 {
            let _ = self.watch.began.set((reached, Instant::now()));
        }
        if let Some(was) = self.watch.went_back(now) {
            self.set_back(SetBack { was, now })?;
        }
        self.note_clock()
    }

    /// Notes where the clock has got to, for the next start.
    pub fn note_clock(&self) -> Result<(), ServiceError> {
        let now = self.now();
        self.store.write(move |tx| Ok(clock::note(tx, now)?))
    }

    /// Notices it where the clock was set back since it was last looked at. A failure is met again at the next look.
    pub(super) fn notice_clock(&self, now: UnixMillis) {
        let Some(was) = self.watch.went_back(now) else { return };
        if let Err(error) = self.set_back(SetBack { was, now }) {
            tracing::error!(%error, "what a clock wrote that was ahead could not be taken back yet");
            self.watch.reached.fetch_max(was.get(), Ordering::AcqRel);
        }
    }

    fn set_back(&self, back: SetBack) -> Result<(), ServiceError> {
        let lengths = clock::Lengths {
            link: auth::LINK_LIFE_MS,
            enrolment: enrol::CODE_LIFE_MS,
            resend: auth::RESEND_MS,
            tries: auth::TRIES_MS,
        };
        let store = self.store.clone();
        self.store.write(move |tx| {
            clock::take_back(tx, back, &lengths)?;
            // The later word that phones need before they believe in an earlier time.
            for organisation in organisation::list(tx)? {
                keyring::renew(tx, store.master(), organisation.id, back.now.to_seconds())?;
            }
            Ok::<_, ServiceError>(())
        })?;
        self.rings.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.watch.remember(back);
        tracing::warn!("{}", ClockDoubt::SetBack { by_ms: back.was.since(back.now), at: back.now });
        Ok(())
    }

    /// The time by which what is past its time may be forgotten for good: a clock that is far ahead must not cost what
    /// nothing brings back. None while devices say that it is ahead.
    pub(super) fn time_to_forget_by(&self) -> Result<Option<UnixMillis>, ServiceError> {
        let is_ahead = |doubt: &ClockDoubt| matches!(doubt, ClockDoubt::Disagrees { ahead_ms: 1.., .. });
        let doubted = self.clock_doubts()?.iter().any(is_ahead);
        Ok((!doubted).then(|| self.watch.proven(self.now())))
    }

    /// What there is to say of the server's clock, what weighs most first.
    pub fn clock_doubts(&self) -> Result<Vec<ClockDoubt>, ServiceError> {
        let now = self.now();
        let walls =
            self.store.read(|db| Ok::<_, ServiceError>(device::walls_ahead(db, now.minus(COMPARED_MS))?))?;
        let compared = Compared::of(&walls);
        let disagrees = compared.deviation.map(|found| ClockDoubt::Disagrees {
            ahead_ms: found.ahead_ms,
            by: found.by,
            of: compared.others,
        });
        let set_back = self.watch.last().filter(|back| now.apart(back.now) < TOLD_MS);
        let set_back =
            set_back.map(|back| ClockDoubt::SetBack { by_ms: back.was.since(back.now), at: back.now });
        Ok(disagrees.into_iter().chain(set_back).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubts_read_as_sentences() {
        let of = |ahead_ms, by, of| ClockDoubt::Disagrees { ahead_ms, by, of }.to_string();
        assert_eq!(
            of(3 * 86_400_000, 1, 1),
            "This server's clock seems to be 3 days ahead of the clock of its one device. Set the server's clock \
             right; codes are judged by it."
        );
        assert!(of(-300_000, 3, 5).contains("5 minutes behind the clocks of 3 of its 5 devices"));
        assert!(of(-7_200_000, 2, 2).contains("2 hours behind the clocks of all its 2 devices"));
    }

    #[test]
    fn a_clock_that_jumped_ahead_before_the_start_proves_no_time_that_did_not_pass() {
        let watch = Watch::default();
        let (before, far) = (UnixMillis::new(1_000_000), UnixMillis::new(99_000_000_000));
        assert_eq!(watch.proven(far), far, "nothing is known of before");
        let _ = watch.began.set((before, Instant::now()));
        assert!(watch.proven(far) < before.plus(3_600_000));
        assert_eq!(watch.proven(before), before);
    }

    #[test]
    fn one_caller_is_told_that_the_clock_went_back() {
        let (watch, at) = (Watch::default(), UnixMillis::new);
        assert_eq!(
            [at(50_000), at(1_000_000), at(995_000)].map(|now| watch.went_back(now)),
            [None, None, None]
        );
        assert_eq!(watch.went_back(at(60_000)), Some(at(1_000_000)));
        assert_eq!(watch.went_back(at(60_001)), None);
    }
}
