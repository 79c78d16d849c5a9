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

/// The first bar that stood against somebody when the grant was made, and since when if it surely did. One that came to
/// be only afterwards is not held against it. Where nobody knows which was first, or noted since when it stands, there
/// is no time, and people have to look.
#[must_use]
pub fn stood_against(
    bars: impl IntoIterator<Item = (Bar, Option<UnixMillis>)>,
    granted: Granted,
) -> Option<(Code, Option<UnixSeconds>)> {
    let stood = bars.into_iter().filter(|(_, since)| since.is_none_or(|since| granted.may_be_since(since)));
    // Of several of a kind the first that was given counts.
    let (bar, since) = stood.reduce(|first, next| if next.0 < first.0 { next } else { first })?;
    let surely = since.filter(|since| *since <= granted.earliest);
    Some((bar.code(), surely.map(UnixMillis::to_seconds)))
}

/// Judges a grant again with a gate pack that came later. A list that names no time may have grown after the grant; then
/// [`Hindsight::since`] is absent.
#[must_use]
pub fn judge_again(bearer: &Bearer, happened: UnixSeconds, pack: &GatePack) -> Option<Hindsight> {
    let (code, since) = stood_against(bearer.bars(pack), Granted::at(happened.to_millis()))?;
    Some(Hindsight { verdict: Verdict::Denied, code, since, pack_seq: Some(pack.seq) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stood_when_it_was_granted_counts_and_of_that_the_first() {
        let [noon, one] = [43_200_000, 46_800_000].map(UnixMillis::new);
        let granted = Granted::at(noon);
        let later = [(Bar::Banned, None), (Bar::Superseded, Some(one))];
        assert_eq!(stood_against(later, granted), Some((Code::Banned, None)), "invalidated only afterwards");
        let both = [(Bar::Banned, Some(noon)), (Bar::Superseded, Some(noon))];
        assert_eq!(stood_against(both, granted), Some((Code::Superseded, Some(noon.to_seconds()))));
        assert_eq!(stood_against([(Bar::Revoked, Some(one))], granted), None);

        let sometime = Granted { earliest: UnixMillis::new(0), latest: one };
        assert_eq!(stood_against([(Bar::Revoked, Some(noon))], sometime), Some((Code::Revoked, None)));
    }

    #[test]
    fn bars_are_in_the_order_in_which_they_count() {
        assert!(Bar::ALL.is_sorted());
    }
}
