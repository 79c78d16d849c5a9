//! Visits: where an invitation stands, what a host may invite to, and how long a visitor may be inside before someone
//! should look.

use crate::{
    id::SiteNumber,
    time::{Span, UnixMillis, UnixSeconds},
};

/// A visitor inside for longer than this is marked: most likely the departure was forgotten. Milliseconds.
pub const STALE_AFTER_MS: u64 = 8 * 3_600_000;

/// Whether a visitor inside since `since` should be looked after at `now`. A visit that some clock began further in the
/// future than it may last should: nobody knows how long it has lasted.
#[must_use]
pub const fn is_stale(since: UnixMillis, now: UnixMillis) -> bool {
    !Span::new(since, STALE_AFTER_MS + 1).counts(now)
}

/// The beginnings, first and last, of visits that are not stale at `now`: the same rule for a database.
#[must_use]
pub fn begun_lately(now: UnixMillis) -> (UnixMillis, UnixMillis) {
    Span::starts(now, STALE_AFTER_MS + 1)
}

/// An event of a station's own, as it may have begun a stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnEvent {
    /// Whether a grant of it begins a stay.
    pub begins_stay: bool,
    /// What was decided.
    pub granted: Option<bool>,
    /// Whether the departure is recorded.
    pub departed: bool,
}

impl OwnEvent {
    /// Whether it began a stay, over or not.
    #[must_use]
    pub const fn is_stay(&self) -> bool {
        self.begins_stay && matches!(self.granted, Some(true))
    }
}

/// Whether a visit that others have down as inside has ended all the same, or never was, as far as a station knows:
/// `own` is its own event of that id, and `departed_here` whether it recorded a departure of another gate's visit.
#[must_use]
pub fn is_over(own: Option<OwnEvent>, departed_here: bool) -> bool {
    // Its own visits a station lists itself, as long as they last.
    departed_here || own.is_some_and(|event| !event.is_stay() || event.departed)
}

/// Where an invitation stands: its paperwork, not whether its code opens a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationStatus {
    /// Not issued yet.
    Draft,
    /// Issued, not used yet.
    Pending,
    /// The visitor was let in.
    Accepted,
    /// Taken back.
    Cancelled,
    /// Its window has passed.
    Expired,
}

impl InvitationStatus {
    /// Every status, in the order in which an invitation may run through them.
    pub const ALL: [Self; 5] = [Self::Draft, Self::Pending, Self::Accepted, Self::Cancelled, Self::Expired];

    /// The stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }

    /// The status with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }

    /// The status at `now` of an invitation noted as `self` whose window ends at `until`. No sweep is needed: an
    /// open invitation has expired as soon as its window has passed, and a cancelled one stays cancelled.
    #[must_use]
    pub fn at(self, until: UnixSeconds, now: UnixSeconds) -> Self {
        match self {
            Self::Draft | Self::Pending | Self::Accepted if now >= until => Self::Expired,
            _ => self,
        }
    }
}

/// A stay, as a departure is held against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Begun {
    /// Where the visitor came in.
    pub site: SiteNumber,
    /// When.
    pub since: UnixMillis,
    /// Whether that time was known for sure.
    pub surely: bool,
}

/// What a journal says of the end of a stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaving {
    /// Where the guard was at work.
    pub site: SiteNumber,
    /// When, by the phone's best clock.
    pub at: UnixMillis,
    /// Whether that time was known for sure.
    pub surely: bool,
    /// When the server learned of it.
    pub received: UnixMillis,
}

/// Whether the end of a stay can have been so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Departed {
    /// It fits.
    At(UnixMillis),
    /// By a clock that nobody vouches for it was before the stay began, or is still to come: it counts from the nearest
    /// time at which it can have been.
    Around(UnixMillis),
    /// It was at another site, where this visitor was not.
    Elsewhere,
    /// It was surely before the stay began.
    Before,
}

/// How far two phones' clocks may differ that both know the time. Milliseconds.
const CLOCKS_DIFFER_MS: u64 = 60_000;

/// Holds what a journal says of the end of a stay against what is known of the stay.
#[must_use]
pub fn departed(begun: &Begun, leaving: &Leaving) -> Departed {
    if begun.site != leaving.site {
        return Departed::Elsewhere;
    }
    if begun.surely && leaving.surely && leaving.at.plus(CLOCKS_DIFFER_MS) < begun.since {
        return Departed::Before;
    }
    let nearest = leaving.at.min(leaving.received).max(begun.since);
    let differs = nearest.get().abs_diff(leaving.at.get()) > CLOCKS_DIFFER_MS;
    if differs { Departed::Around(nearest) } else { Departed::At(nearest) }
}

/// What an invitation may be at most that its host makes, who is no admin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct HostLimits {
    /// How far ahead it may begin. Days.
    pub ahead_days: u32,
    /// How long it may be good for. Days.
    pub length_days: u32,
    /// How often it may be used.
    pub uses: u32,
    /// How many of a host's may be open at once.
    pub open: u32,
}

impl Default for HostLimits {
    fn default() -> Self {
        Self { ahead_days: 90, length_days: 14, uses: 50, open: 200 }
    }
}

/// The limit that an invitation is beyond.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BeyondLimit {
    /// It begins too far ahead.
    Ahead,
    /// It is good for too long.
    Length,
    /// It may be used too often.
    Uses,
    /// Its host has as many as may be open at once.
    Open,
}

const DAY_S: u64 = 86_400;

impl HostLimits {
    /// The first limit that an invitation is beyond, made at `now` by a host who has `open` others; without a number of
    /// uses it has as many as it may.
    #[must_use]
    pub fn beyond(
        &self,
        (from, until): (UnixSeconds, UnixSeconds),
        uses: Option<u32>,
        open: u64,
        now: UnixSeconds,
    ) -> Option<BeyondLimit> {
        if from.since(now) > u64::from(self.ahead_days) * DAY_S {
            Some(BeyondLimit::Ahead)
        } else if until.since(from.max(now)) > u64::from(self.length_days) * DAY_S {
            Some(BeyondLimit::Length)
        } else if uses.is_some_and(|uses| uses > self.uses) {
            Some(BeyondLimit::Uses)
        } else {
            (open >= u64::from(self.open)).then_some(BeyondLimit::Open)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // covers: S0-41, S0-42
    #[test]
    fn a_window_that_has_passed_expires_only_what_was_open() {
        let (before, until) = (UnixSeconds::EPOCH.plus(9), UnixSeconds::EPOCH.plus(10));
        assert_eq!(InvitationStatus::Pending.at(until, before), InvitationStatus::Pending);
        for open in [InvitationStatus::Draft, InvitationStatus::Pending, InvitationStatus::Accepted] {
            assert_eq!(open.at(until, until), InvitationStatus::Expired);
        }
        assert_eq!(InvitationStatus::Cancelled.at(until, until), InvitationStatus::Cancelled);
    }

    #[test]
    fn a_visit_is_over_by_its_departure_or_because_it_never_was() {
        let inside = OwnEvent { begins_stay: true, granted: Some(true), departed: false };
        assert!(!is_over(Some(inside), false) && !is_over(None, false), "what is not known goes on");
        assert!(is_over(None, true));
        assert!(is_over(Some(OwnEvent { departed: true, ..inside }), false));
        assert!(is_over(Some(OwnEvent { granted: Some(false), ..inside }), false));
        assert!(is_over(Some(OwnEvent { granted: None, ..inside }), false));
        assert!(is_over(Some(OwnEvent { begins_stay: false, ..inside }), false));
    }

    // covers: S4-82, S4-83
    #[test]
    fn a_visit_is_stale_only_past_eight_hours() {
        let since = UnixMillis::new(1);
        assert!(!is_stale(since, since.plus(STALE_AFTER_MS)));
        assert!(is_stale(since, since.plus(STALE_AFTER_MS + 1)));
        let (now, in_2035) = (UnixMillis::new(1_800_000_000_000), UnixMillis::new(2_067_000_000_000));
        assert!(is_stale(in_2035, now), "a visit from the future never grows old");
        assert!(!is_stale(now.plus(60_000), now));
        let (first, last) = begun_lately(now);
        for since in [first.minus(1), first, now, last, last.plus(1), in_2035] {
            assert_eq!(is_stale(since, now), !(first..=last).contains(&since), "{since:?}");
        }
    }
}
