//! Judging a grant again by what became known after it: what stood against it already when it was made.

use super::{Bar, Bearer, Code, Verdict};
use crate::{
    gatepack::GatePack,
    journal::Hindsight,
    time::{UnixMillis, UnixSeconds},
};

/// When a grant was made, as far as that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Granted {
    /// The earliest that it can have been.
    pub earliest: UnixMillis,
    /// The latest that it can have been.
    pub latest: UnixMillis,
}

impl Granted {
    /// At a time that is known.
    #[must_use]
    pub const fn at(time: UnixMillis) -> Self {
        Self { earliest: time, latest: time }
    }

    /// Whether it may have been at `time` or later.
    #[must_use]
    pub fn may_be_since(&self, time: UnixMillis) -> bool {
        time <= self.latest
    }
}

/// A bar against somebody, and while it stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stood {
    /// What stood against them.
    pub bar: Bar,
    /// Since when, where that was noted.
    pub since: Option<UnixMillis>,
    /// Until when: lifted then, or given back. Nothing while it stands.
    pub until: Option<UnixMillis>,
}

impl Stood {
    /// One that stands today.
    #[must_use]
    pub const fn still(bar: Bar, since: Option<UnixMillis>) -> Self {
        Self { bar, since, until: None }
    }

    fn may_have(&self, granted: Granted) -> bool {
        self.since.is_none_or(|since| granted.may_be_since(since))
            && self.until.is_none_or(|until| granted.earliest < until)
    }

    /// Since when, if it stood however the grant's time is taken.
    fn surely_since(&self, granted: Granted) -> Option<UnixMillis> {
        let lasted = self.until.is_none_or(|until| granted.latest < until);
        self.since.filter(|since| *since <= granted.earliest && lasted)
    }
}

/// The first bar that stood against somebody when the grant was made, and since when if it surely did. One that came to
/// be only afterwards, or was lifted before, is not held against it. Where nobody knows which was first, or noted since
/// when it stands, there is no time, and people have to look.
#[must_use]
pub fn stood_against(
    bars: impl IntoIterator<Item = Stood>,
    granted: Granted,
) -> Option<(Code, Option<UnixSeconds>)> {
    let stood = bars.into_iter().filter(|stood| stood.may_have(granted));
    // Of several of a kind the first that was given counts.
    let stood = stood.reduce(|first, next| if next.bar < first.bar { next } else { first })?;
    Some((stood.bar.code(), stood.surely_since(granted).map(UnixMillis::to_seconds)))
}

/// Judges a grant again with a gate pack that came later. A list that names no time may have grown after the grant; then
/// [`Hindsight::since`] is absent.
#[must_use]
pub fn judge_again(bearer: &Bearer, happened: UnixSeconds, pack: &GatePack) -> Option<Hindsight> {
    let bars = bearer.bars(pack).map(|(bar, since)| Stood::still(bar, since));
    let (code, since) = stood_against(bars, Granted::at(happened.to_millis()))?;
    Some(Hindsight { verdict: Verdict::Denied, code, since, pack_seq: Some(pack.seq) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stood_when_it_was_granted_counts_and_of_that_the_first() {
        let [noon, one] = [43_200_000, 46_800_000].map(UnixMillis::new);
        let granted = Granted::at(noon);
        let later = [Stood::still(Bar::Banned, None), Stood::still(Bar::Superseded, Some(one))];
        assert_eq!(stood_against(later, granted), Some((Code::Banned, None)), "invalidated only afterwards");
        let both = [Stood::still(Bar::Banned, Some(noon)), Stood::still(Bar::Superseded, Some(noon))];
        assert_eq!(stood_against(both, granted), Some((Code::Superseded, Some(noon.to_seconds()))));
        assert_eq!(stood_against([Stood::still(Bar::Revoked, Some(one))], granted), None);

        let sometime = Granted { earliest: UnixMillis::new(0), latest: one };
        assert_eq!(
            stood_against([Stood::still(Bar::Revoked, Some(noon))], sometime),
            Some((Code::Revoked, None))
        );
    }

    #[test]
    fn what_was_lifted_counts_for_the_time_that_it_stood() {
        let [eleven, noon, one] = [39_600_000, 43_200_000, 46_800_000].map(UnixMillis::new);
        let banned = |since, until| [Stood { bar: Bar::Banned, since: Some(since), until: Some(until) }];
        let surely = Some((Code::Banned, Some(eleven.to_seconds())));
        assert_eq!(stood_against(banned(eleven, one), Granted::at(noon)), surely);
        assert_eq!(stood_against(banned(eleven, noon), Granted::at(noon)), None, "lifted by then");
        assert_eq!(stood_against(banned(noon, one), Granted::at(eleven)), None, "not banned yet");
        let sometime = Granted { earliest: eleven, latest: one };
        assert_eq!(stood_against(banned(eleven, noon), sometime), Some((Code::Banned, None)));
    }

    #[test]
    fn bars_are_in_the_order_in_which_they_count() {
        assert!(Bar::ALL.is_sorted());
    }
}
