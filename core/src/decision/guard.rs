//! The guard's decision on an event: what stands in its way, and what it is marked with.

use super::Verdict;
use crate::{
    gatepack::PhotoPolicy,
    time::{Span, UnixMillis},
};

/// How long after the scan its verdict may be granted: the server holds a use for a moment only. Milliseconds.
pub const GRANTED_WITHIN_MS: u64 = 10 * 60_000;

/// An event as it stands when a guard decides on it.
#[derive(Debug, Clone, Copy)]
pub struct Undecided {
    /// What it was judged as; walk-ups may have no verdict.
    pub verdict: Option<Verdict>,
    /// Whether it opened a departure: then there is nothing to grant or deny.
    pub departs: bool,
    /// Whether it was left undecided for good.
    pub left: bool,
    /// What was decided before.
    pub decided: Option<bool>,
    /// Whether it is of the shift that decides.
    pub in_this_shift: bool,
    /// Whether a grant begins a stay.
    pub begins_stay: bool,
    /// Whether the site wants a photo with a grant.
    pub photo: PhotoPolicy,
    /// Whether one was taken with it already.
    pub has_photo: bool,
    /// Whether it is too late to grant its verdict: [`is_too_late`], or what is known now speaks against it.
    pub too_late: bool,
}

/// What the guard says of it.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// Granted or denied.
    pub granted: bool,
    /// Whether with a reason.
    pub reason: bool,
    /// Whether with a photo.
    pub photo: bool,
}

/// A decision that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ruling {
    /// Granted against DENIED.
    pub flagged: bool,
    /// Whether the visitor is inside now.
    pub enters: bool,
    /// Whether that was decided before: then there is nothing to write down.
    pub repeated: bool,
}

/// An event as it stands when a guard puts right what was decided on it.
#[derive(Debug, Clone, Copy)]
pub struct Settled {
    /// What it was judged as; walk-ups may have no verdict.
    pub verdict: Option<Verdict>,
    /// What stands. A departure was never decided, nor was what was left for good.
    pub granted: Option<bool>,
    /// Whether the visitor's departure was recorded.
    pub departed: bool,
    /// Whether the same visitor is inside by another event.
    pub inside_already: bool,
    /// Whether it is of the shift that puts it right.
    pub in_this_shift: bool,
    /// Whether a grant begins a stay.
    pub begins_stay: bool,
}

/// Why a decision does not hold, the first that a guard should be told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The visitor is inside, and this code opened the departure.
    DepartureOpen,
    /// Left undecided for good.
    Left,
    /// Decided otherwise before.
    DecidedOtherwise,
    /// Scanned in an earlier shift.
    OtherShift,
    /// Granting against DENIED needs a reason.
    ReasonRequired,
    /// The site lets no visitor in without a photo.
    PhotoRequired,
    /// What was judged then may be otherwise now.
    TooLate,
    /// Nobody decided it, so there is nothing to put right.
    NotDecided,
    /// The visitor was seen leaving: what came before is over.
    HasLeft,
    /// The visitor is inside by another event, and nobody comes in twice.
    InsideAlready,
    /// Whoever puts a decision right says why.
    WhyRequired,
}

impl Undecided {
    /// What becomes of the event by a guard's choice. To turn away is never too late and needs nothing.
    ///
    /// # Errors
    /// What stands in the way.
    pub fn decide(&self, choice: &Choice) -> Result<Ruling, Refusal> {
        let flagged = is_flagged(choice.granted, [self.verdict]);
        let enters = choice.granted && self.begins_stay;
        let lacks_photo = enters && self.photo == PhotoPolicy::Required && !choice.photo && !self.has_photo;
        if self.departs {
            Err(Refusal::DepartureOpen)
        } else if self.left {
            Err(Refusal::Left)
        } else if let Some(before) = self.decided {
            let repeated = before == choice.granted;
            if repeated { Ok(Ruling { flagged, enters, repeated }) } else { Err(Refusal::DecidedOtherwise) }
        } else if !self.in_this_shift {
            Err(Refusal::OtherShift)
        } else if flagged && !choice.reason {
            Err(Refusal::ReasonRequired)
        } else if lacks_photo {
            Err(Refusal::PhotoRequired)
        } else if choice.granted && self.verdict.is_some() && self.too_late {
            Err(Refusal::TooLate)
        } else {
            Ok(Ruling { flagged, enters, repeated: false })
        }
    }
}

impl Settled {
    /// What becomes of a decision that a guard puts right. It tells what has happened at the gate already, so that no
    /// age of the verdict forbids it and no photo is asked for: there is nobody left to take one of.
    ///
    /// # Errors
    /// What stands in the way.
    pub fn correct(&self, granted: bool, why: bool) -> Result<Ruling, Refusal> {
        let ruling = Ruling {
            flagged: is_flagged(granted, [self.verdict]),
            enters: granted && self.begins_stay && !self.departed,
            repeated: self.granted == Some(granted),
        };
        if self.granted.is_none() {
            Err(Refusal::NotDecided)
        } else if ruling.repeated {
            Ok(ruling)
        } else if !self.in_this_shift {
            Err(Refusal::OtherShift)
        } else if self.departed {
            Err(Refusal::HasLeft)
        } else if ruling.enters && self.inside_already {
            Err(Refusal::InsideAlready)
        } else if !why {
            Err(Refusal::WhyRequired)
        } else {
            Ok(ruling)
        }
    }
}

/// Whether a decision goes against DENIED, by whichever of the judgements that it may have gone by.
#[must_use]
pub fn is_flagged(granted: bool, judgements: impl IntoIterator<Item = Option<Verdict>>) -> bool {
    granted && judgements.into_iter().any(|verdict| verdict == Some(Verdict::Denied))
}

/// Whether a scan that was judged at `judged` can be granted no longer: that was too long ago, or another scan of the
/// same code was granted since.
#[must_use]
pub const fn is_too_late(judged: UnixMillis, now: UnixMillis, granted_since: bool) -> bool {
    granted_since || !Span::new(judged, GRANTED_WITHIN_MS + 1).counts(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRANT: Choice = Choice { granted: true, reason: false, photo: false };
    const SCAN: Undecided = Undecided {
        verdict: Some(Verdict::Verified),
        departs: false,
        left: false,
        decided: None,
        in_this_shift: true,
        begins_stay: true,
        photo: PhotoPolicy::Optional,
        has_photo: false,
        too_late: false,
    };

    #[test]
    fn granting_against_denied_needs_a_reason_and_is_flagged() {
        let denied = Undecided { verdict: Some(Verdict::Denied), ..SCAN };
        assert_eq!(denied.decide(&GRANT), Err(Refusal::ReasonRequired));
        let ruling = denied.decide(&Choice { reason: true, ..GRANT });
        assert_eq!(ruling, Ok(Ruling { flagged: true, enters: true, repeated: false }));
        let turned_away = denied.decide(&Choice { granted: false, ..GRANT });
        assert_eq!(turned_away, Ok(Ruling { flagged: false, enters: false, repeated: false }));
        assert!(is_flagged(true, [Some(Verdict::Caution), Some(Verdict::Denied)]), "the one that it went by");
    }

    #[test]
    fn a_photo_is_asked_for_only_of_who_enters_and_has_none() {
        let wanted = Undecided { photo: PhotoPolicy::Required, ..SCAN };
        assert_eq!(wanted.decide(&GRANT), Err(Refusal::PhotoRequired));
        assert!(wanted.decide(&Choice { photo: true, ..GRANT }).is_ok());
        assert!(Undecided { has_photo: true, ..wanted }.decide(&GRANT).is_ok());
        assert!(Undecided { begins_stay: false, ..wanted }.decide(&GRANT).is_ok());
        assert!(wanted.decide(&Choice { granted: false, ..GRANT }).is_ok());
    }

    #[test]
    fn only_a_grant_of_a_verdict_can_be_too_late() {
        let late = Undecided { too_late: true, ..SCAN };
        assert_eq!(late.decide(&GRANT), Err(Refusal::TooLate));
        assert!(late.decide(&Choice { granted: false, ..GRANT }).is_ok());
        assert!(Undecided { verdict: None, ..late }.decide(&GRANT).is_ok(), "no verdict grows old");
        let judged = UnixMillis::new(5);
        assert!(!is_too_late(judged, judged.plus(GRANTED_WITHIN_MS), false));
        assert!(is_too_late(judged, judged.plus(GRANTED_WITHIN_MS + 1), false));
        assert!(is_too_late(judged, judged, true));
    }

    #[test]
    fn the_first_word_stands_and_may_be_said_again_in_another_shift() {
        let granted = Undecided { decided: Some(true), in_this_shift: false, too_late: true, ..SCAN };
        assert_eq!(granted.decide(&GRANT), Ok(Ruling { flagged: false, enters: true, repeated: true }));
        assert_eq!(granted.decide(&Choice { granted: false, ..GRANT }), Err(Refusal::DecidedOtherwise));
        assert_eq!(Undecided { in_this_shift: false, ..SCAN }.decide(&GRANT), Err(Refusal::OtherShift));
        assert_eq!(Undecided { left: true, ..granted }.decide(&GRANT), Err(Refusal::Left));
        assert_eq!(Undecided { departs: true, ..SCAN }.decide(&GRANT), Err(Refusal::DepartureOpen));
    }

    const DENIED: Settled = Settled {
        verdict: Some(Verdict::Verified),
        granted: Some(false),
        departed: false,
        inside_already: false,
        in_this_shift: true,
        begins_stay: true,
    };

    #[test]
    fn what_was_decided_can_be_put_right_either_way_and_never_without_a_reason() {
        let ruling = Ruling { flagged: false, enters: true, repeated: false };
        assert_eq!(DENIED.correct(true, true), Ok(ruling));
        assert_eq!(DENIED.correct(true, false), Err(Refusal::WhyRequired));
        let granted = Settled { granted: Some(true), ..DENIED };
        assert_eq!(granted.correct(false, true), Ok(Ruling { enters: false, ..ruling }));
        assert_eq!(granted.correct(false, false), Err(Refusal::WhyRequired));
        let member = Settled { begins_stay: false, ..DENIED };
        assert_eq!(member.correct(true, true), Ok(Ruling { enters: false, ..ruling }));
        let against = Settled { verdict: Some(Verdict::Denied), ..DENIED };
        assert_eq!(against.correct(true, true), Ok(Ruling { flagged: true, ..ruling }));
        let back = Settled { granted: Some(true), ..against };
        assert_eq!(
            back.correct(false, true),
            Ok(Ruling { enters: false, ..ruling }),
            "a denial goes against none"
        );
    }

    #[test]
    fn nothing_is_put_right_that_was_not_decided_or_is_over() {
        let open = Settled { granted: None, ..DENIED };
        assert_eq!(open.correct(true, true), Err(Refusal::NotDecided));
        assert_eq!(open.correct(false, true), Err(Refusal::NotDecided));
        let earlier = Settled { in_this_shift: false, ..DENIED };
        assert_eq!(earlier.correct(true, true), Err(Refusal::OtherShift));
        let left = Settled { granted: Some(true), departed: true, ..DENIED };
        assert_eq!(left.correct(false, true), Err(Refusal::HasLeft));
        let twice = Settled { inside_already: true, ..DENIED };
        assert_eq!(twice.correct(true, true), Err(Refusal::InsideAlready));
        assert!(Settled { begins_stay: false, ..twice }.correct(true, true).is_ok(), "members come and go");
        assert!(Settled { granted: Some(true), ..twice }.correct(false, true).is_ok());
    }

    #[test]
    fn what_stands_may_be_said_again_at_any_time() {
        for granted in [true, false] {
            let said = Settled {
                granted: Some(granted),
                departed: true,
                inside_already: true,
                in_this_shift: false,
                ..DENIED
            };
            let ruling = said.correct(granted, false).expect("nothing is to be written");
            assert!(ruling.repeated && !ruling.enters, "{ruling:?}");
        }
    }
}
