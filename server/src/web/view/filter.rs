//! What the activity list is narrowed to, and the addresses that say so.

use std::borrow::Borrow;

use gatehouse_core::{decision::Verdict, words::Id};

use super::{Decision, Kind, Shown};
use crate::words;

/// A span of days that the list can be narrowed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Period {
    /// Since midnight, where the organisation is.
    Today,
    /// Today and the six days before.
    Week,
    /// Today and the twenty-nine days before.
    Month,
    /// Everything that is kept.
    #[default]
    All,
}

impl Period {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::All, Self::Today, Self::Week, Self::Month];

    /// The value in the address; absent there for everything.
    pub fn key(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Week => "week",
            Self::Month => "month",
            Self::All => "",
        }
    }

    /// The word on the chip.
    pub const fn word(self) -> Id {
        words::period(self)
    }

    /// The same within a line.
    pub const fn within(self) -> Id {
        words::period_within(self)
    }
}

/// What somebody should look at again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Granted against DENIED.
    Flagged,
    /// Reported as suspicious.
    Reported,
    /// Judged again, and found to be something else.
    Judged,
}

impl Mark {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Flagged, Self::Reported, Self::Judged];

    /// The value in the address.
    pub fn key(self) -> &'static str {
        match self {
            Self::Flagged => "against-denied",
            Self::Reported => "reported",
            Self::Judged => "judged-again",
        }
    }

    /// The words in the menu.
    pub const fn word(self) -> Id {
        words::mark(self)
    }

    /// The same within a line.
    pub const fn within(self) -> Id {
        words::mark_within(self)
    }

    /// The icon beside them.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Flagged => "shield-alert",
            Self::Reported => "flag",
            Self::Judged => "history",
        }
    }
}

/// What the list is narrowed to, exactly as the address says it: `period`, `decision`, `verdict`, `kind`, `site`,
/// `mark`, `subject` and `q`, each absent when not narrowed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// `period=today|week|month`.
    pub period: Period,
    /// `decision=granted|denied|undecided|leaving`.
    pub decision: Option<Decision>,
    /// `verdict=verified|caution|denied`.
    pub verdict: Option<Verdict>,
    /// `kind=member|visitor|walk-up|unreadable`.
    pub kind: Option<Kind>,
    /// `site=NUMBER`.
    pub site: Option<u32>,
    /// `mark=against-denied|reported|judged-again`.
    pub mark: Option<Mark>,
    /// `subject=ID`: a member or an invitation.
    pub subject: Option<String>,
    /// `q=TEXT`, searched in names.
    pub search: String,
}

impl Filter {
    /// The query of the address with its question mark, empty when nothing is narrowed.
    pub fn query(&self) -> String {
        let mut pairs = Vec::new();
        if self.period != Period::All {
            pairs.push(format!("period={}", self.period.key()));
        }
        if let Some(decision) = self.decision {
            pairs.push(format!("decision={}", decision.key()));
        }
        if let Some(verdict) = self.verdict {
            pairs.push(format!("verdict={}", verdict.class()));
        }
        if let Some(kind) = self.kind {
            pairs.push(format!("kind={}", kind.key()));
        }
        if let Some(site) = self.site {
            pairs.push(format!("site={site}"));
        }
        if let Some(mark) = self.mark {
            pairs.push(format!("mark={}", mark.key()));
        }
        if let Some(subject) = &self.subject {
            pairs.push(format!("subject={}", encoded(subject)));
        }
        if !self.search.is_empty() {
            pairs.push(format!("q={}", encoded(&self.search)));
        }
        if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
    }

    /// The address of the list narrowed like this.
    pub fn href(&self) -> String {
        format!("/activity{}", self.query())
    }

    /// The address of the list with any decision and the rest kept.
    pub fn href_any_decision(&self) -> String {
        Self { decision: None, ..self.clone() }.href()
    }

    /// The address of the list with this decision and the rest kept.
    pub fn href_decision(&self, decision: impl Borrow<Decision>) -> String {
        Self { decision: Some(*decision.borrow()), ..self.clone() }.href()
    }

    /// The address of the list with any verdict and the rest kept.
    pub fn href_any_verdict(&self) -> String {
        Self { verdict: None, ..self.clone() }.href()
    }

    /// The address of the list with this verdict and the rest kept.
    pub fn href_verdict(&self, verdict: impl Borrow<Verdict>) -> String {
        Self { verdict: Some(*verdict.borrow()), ..self.clone() }.href()
    }

    /// The address of the list whatever is to be looked at again, and the rest kept.
    pub fn href_any_mark(&self) -> String {
        Self { mark: None, ..self.clone() }.href()
    }

    /// The address of the list of what is to be looked at again, with the rest kept.
    pub fn href_mark(&self, mark: impl Borrow<Mark>) -> String {
        Self { mark: Some(*mark.borrow()), ..self.clone() }.href()
    }

    /// The address of the list with everybody and the rest kept.
    pub fn href_any_subject(&self) -> String {
        Self { subject: None, ..self.clone() }.href()
    }

    /// The address of everything about one member or invitation.
    pub fn href_subject(subject: &str) -> String {
        Self { subject: Some(subject.to_owned()), ..Self::default() }.href()
    }

    /// The address of the list with any kind and the rest kept.
    pub fn href_any_kind(&self) -> String {
        Self { kind: None, ..self.clone() }.href()
    }

    /// The address of the list with this kind and the rest kept.
    pub fn href_kind(&self, kind: impl Borrow<Kind>) -> String {
        Self { kind: Some(*kind.borrow()), ..self.clone() }.href()
    }

    /// The address of the list with any site and the rest kept.
    pub fn href_any_site(&self) -> String {
        Self { site: None, ..self.clone() }.href()
    }

    /// The address of the list with this site and the rest kept.
    pub fn href_site(&self, site: impl Borrow<u32>) -> String {
        Self { site: Some(*site.borrow()), ..self.clone() }.href()
    }

    /// The address of the list with this span and the rest kept.
    pub fn href_period(&self, period: impl Borrow<Period>) -> String {
        Self { period: *period.borrow(), ..self.clone() }.href()
    }

    /// The address of today's list with nothing else narrowed.
    pub fn href_today_all() -> String {
        Self { period: Period::Today, ..Self::default() }.href()
    }

    /// The address of today's list with one decision and nothing else narrowed.
    pub fn href_today(decision: impl Borrow<Decision>) -> String {
        Self { period: Period::Today, ..Self::default() }.href_decision(decision)
    }

    pub(super) fn is_decision(&self, decision: impl Borrow<Decision>) -> bool {
        self.decision == Some(*decision.borrow())
    }

    pub(super) fn is_verdict(&self, verdict: impl Borrow<Verdict>) -> bool {
        self.verdict == Some(*verdict.borrow())
    }

    pub(super) fn is_mark(&self, mark: impl Borrow<Mark>) -> bool {
        self.mark == Some(*mark.borrow())
    }

    pub(super) fn is_kind(&self, kind: impl Borrow<Kind>) -> bool {
        self.kind == Some(*kind.borrow())
    }

    pub(super) fn is_site(&self, site: impl Borrow<u32>) -> bool {
        self.site == Some(*site.borrow())
    }

    pub(super) fn is_period(&self, period: impl Borrow<Period>) -> bool {
        self.period == *period.borrow()
    }

    /// Whether anything is narrowed.
    pub fn is_set(&self) -> bool {
        *self != Self::default()
    }
}

/// Percent-encodes all but the unreserved characters of an address.
pub(super) fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_filter_stands_in_the_address() {
        assert_eq!(Filter::default().href(), "/activity");
        let filter = Filter {
            period: Period::Today,
            decision: Some(Decision::Denied),
            kind: Some(Kind::WalkUp),
            site: Some(7),
            verdict: Some(Verdict::Caution),
            mark: Some(Mark::Reported),
            subject: Some("0a".to_owned()),
            search: "Zoë & co".to_owned(),
        };
        assert_eq!(
            filter.href(),
            "/activity?period=today&decision=denied&verdict=caution&kind=walk-up&site=7&mark=reported&subject=0a&q=Zo%C3%AB%20%26%20co"
        );
        assert!(filter.is_set() && !Filter::default().is_set());
    }
}
