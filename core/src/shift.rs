//! A guard's shift: where it may begin, and when it is over.

use crate::{
    decision::{Code, Outcome, location},
    gatepack::{GatePack, GuardRecord},
    id::{PersonId, SiteNumber},
    place::Whereabouts,
    time::{Span, UnixMillis},
};

/// The phone is elsewhere, or does not say where it is, and the site lets no shift begin so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elsewhere;

/// What stands against the phone's place at the start of a shift, unless the site blocks that. The same rule as at a
/// scan.
///
/// # Errors
/// [`Elsewhere`].
pub fn may_begin_at(whereabouts: Whereabouts) -> Result<Option<Code>, Elsewhere> {
    match location(whereabouts) {
        Outcome::Denies(_) => Err(Elsewhere),
        Outcome::Cautions(code) => Ok(Some(code)),
        Outcome::Passed | Outcome::Skipped => Ok(None),
    }
}

/// Whether a shift may begin without the server's word: only of a guard who works at the site, as far as the gate pack
/// says.
#[must_use]
pub fn may_begin_offline(guard: Option<&GuardRecord>, site: SiteNumber) -> bool {
    guard.is_some_and(|guard| guard.works_at(site))
}

/// A shift that has begun and not ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Begun {
    /// Whose.
    pub guard: PersonId,
    /// Where.
    pub site: SiteNumber,
    /// Since when.
    pub started: UnixMillis,
}

/// How a shift stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It goes on.
    Running,
    /// It was begun by a clock that was ahead: the rest of it is counted from this time.
    RunningSince(UnixMillis),
    /// It ran too long, or its guard no longer works there.
    Over,
}

impl Begun {
    /// How the shift stands at `now`, where one may last `longest_minutes`, by the gate pack that is there. A pack that
    /// is no younger than the shift says nothing of it: the server's word began it.
    #[must_use]
    pub fn at(&self, now: UnixMillis, longest_minutes: u32, pack: Option<&GatePack>) -> Standing {
        let length = Span::new(self.started, u64::from(longest_minutes) * 60_000);
        if length.taken_back(now).is_some() {
            return Standing::RunningSince(now);
        }
        let newer = pack.filter(|pack| pack.issued_at > self.started.to_seconds());
        let assigned =
            newer.is_none_or(|pack| may_begin_offline(pack.content.guard(self.guard).as_ref(), self.site));
        if length.counts(now) && assigned { Standing::Running } else { Standing::Over }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shift_ends_by_its_length_and_is_counted_anew_where_the_clock_was_ahead() {
        let begun = Begun {
            guard: PersonId([1; 16]),
            site: SiteNumber::new(1).expect("a number"),
            started: UnixMillis::new(1_000_000_000),
        };
        let at = |now: UnixMillis| begun.at(now, 10, None);
        assert_eq!(at(begun.started), Standing::Running);
        assert_eq!(at(begun.started.plus(599_999)), Standing::Running);
        assert_eq!(at(begun.started.plus(600_000)), Standing::Over);
        let back = begun.started.minus(3_600_000);
        assert_eq!(at(back), Standing::RunningSince(back));
    }

    #[test]
    fn without_the_server_only_a_guard_of_the_site_begins() {
        let [north, south] = [1, 2].map(|number| SiteNumber::new(number).expect("a number"));
        let guard = |sites| GuardRecord { person: PersonId([1; 16]), name: "Ada".to_owned(), sites };
        assert!(!may_begin_offline(None, north));
        assert!(may_begin_offline(Some(&guard(None)), north));
        assert!(!may_begin_offline(Some(&guard(Some(vec![]))), north));
        assert!(!may_begin_offline(Some(&guard(Some(vec![south]))), north));
    }

    #[test]
    fn no_shift_begins_elsewhere_where_the_site_blocks_that() {
        assert_eq!(may_begin_at(Whereabouts::Inside), Ok(None));
        assert_eq!(may_begin_at(Whereabouts::Missing { blocks: true }), Err(Elsewhere));
        let code = Code::OutsideGeofence;
        assert_eq!(may_begin_at(Whereabouts::Outside { blocks: false }), Ok(Some(code)));
    }
}
