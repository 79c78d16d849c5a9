//! Where the phone is: its last fix, for as long as that counts, when a fresh one is asked for, and how far from there
//! the sites are.

use super::Guard;
use crate::{device::SiteHere, place::Fix, screens::Moment, time::UnixMillis};

/// A phone that rests may tell of no other place by itself: it is asked for a fresh fix when the last one is so old, and
/// again as long after that. Milliseconds.
const ASKED_AFTER_MS: u64 = Fix::HOLDS_MS / 2;

/// What the phone said last of where it is.
#[derive(Debug, Default)]
pub(super) struct Here {
    fix: Option<Placed>,
    asked_ms: Option<u64>,
}

/// A fix, when it came, by both clocks, and how old it was by then.
#[derive(Debug)]
struct Placed {
    fix: Fix,
    old_ms: u64,
    at_ms: u64,
    wall: UnixMillis,
}

impl Placed {
    /// The running clock may have stood still while the phone slept; the other may have been set: what says more counts.
    fn age_ms(&self, now: &Moment) -> u64 {
        now.since(self.at_ms).max(now.wall.apart(self.wall)).saturating_add(self.old_ms)
    }
}

impl Here {
    /// The phone is here, or does not know where.
    pub(super) fn told(&mut self, fix: Option<Fix>, now: &Moment) {
        self.fix = fix.map(|fix| Placed { fix, old_ms: 0, at_ms: now.running_ms, wall: now.wall });
    }

    /// The phone was here so long ago. What is known from later stays.
    pub(super) fn told_earlier(&mut self, fix: Fix, old_ms: u64, now: &Moment) {
        if self.fix.as_ref().is_none_or(|placed| placed.age_ms(now) > old_ms) {
            self.fix = Some(Placed { fix, old_ms, at_ms: now.running_ms, wall: now.wall });
        }
    }

    /// Whether a fresh fix is to be asked for now: then it is.
    pub(super) fn asks(&mut self, now: &Moment) -> bool {
        let aged = self.fix.as_ref().is_some_and(|placed| placed.age_ms(now) >= ASKED_AFTER_MS);
        let asks = aged && self.asked_ms.is_none_or(|asked_ms| now.since(asked_ms) >= ASKED_AFTER_MS);
        if asks {
            self.asked_ms = Some(now.running_ms);
        }
        asks
    }
}

impl Guard {
    /// Where the phone is now, as far as a fix says that still holds.
    pub(super) fn fix(&self) -> Option<Fix> {
        let placed = self.phone.here.fix.as_ref()?;
        (placed.age_ms(&self.now) <= Fix::HOLDS_MS).then_some(placed.fix)
    }

    /// The sites, each with how many metres it is away as far as that is known: those of the guard first, of them the
    /// nearest. Where no distance is known, the order is that of the names.
    pub(super) fn sites_from_here(&self) -> Vec<(&SiteHere, Option<u32>)> {
        let fix = self.fix().filter(Fix::is_useful);
        let away = |site: &SiteHere| Some(site.fence?.distance_m(&fix?).round() as u32);
        let mut sites: Vec<_> = self.station.sites.iter().map(|site| (site, away(site))).collect();
        sites.sort_by_key(|(site, away)| (!site.assigned, away.is_none(), *away));
        sites
    }
}
