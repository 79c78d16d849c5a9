//! One event: everything that is known about it.

use askama::Template;

use gatehouse_core::{
    decision::{Check, Code, Verdict},
    message, phrase,
    words::{Id, Phrase},
};

use super::{ActivityRow, Decision, Flag, Kind, Moment, Section, Shell, Shown, Words, html};
use crate::words;

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckState {
    /// It held.
    Passed,
    /// It did not hold.
    Failed,
    /// It was not made.
    Skipped,
}

impl CheckState {
    /// The word in the list.
    pub const fn word(self) -> Id {
        words::check_state(self)
    }

    /// The icon.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Passed => "circle-check",
            Self::Failed => "circle-x",
            Self::Skipped => "circle-minus",
        }
    }
}

/// One check of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckRow {
    /// The check.
    pub check: Check,
    /// How it ended.
    pub state: CheckState,
    /// Why it failed, if it did.
    pub code: Option<Code>,
    /// Whether a failed check only cautions.
    pub cautions: bool,
}

impl CheckRow {
    /// Name of the check in words.
    pub const fn label(&self) -> Id {
        gatehouse_core::words::check(self.check).label
    }

    /// The stable code of a failed check.
    fn code_word(&self) -> &str {
        self.code.as_ref().map_or("", Code::word)
    }

    /// Its icon: a failed check that only cautions has the triangle of CAUTION.
    pub fn icon(&self) -> &'static str {
        if self.class() == "cautions" { "triangle-alert" } else { self.state.icon() }
    }

    /// Its style.
    pub fn class(&self) -> &'static str {
        match self.state {
            CheckState::Passed => "passed",
            CheckState::Skipped => "skipped",
            CheckState::Failed if self.cautions => "cautions",
            CheckState::Failed => "failed",
        }
    }

    /// What it means, as a sentence.
    pub const fn sentence(&self) -> Id {
        let check = gatehouse_core::words::check(self.check);
        match self.state {
            CheckState::Passed => check.passed,
            CheckState::Skipped => check.skipped,
            CheckState::Failed => words::reason(self.code.as_ref()).admin,
        }
    }
}

/// How an entry stands in its device's chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChainState {
    /// Signature and link to the entry before hold.
    Whole,
    /// Two entries claim the same number.
    Forked,
}

impl ChainState {
    /// What it means, as a sentence.
    pub const fn sentence(self) -> Id {
        words::chain(self)
    }

    /// The icon beside the sentence.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Whole => "link-2",
            Self::Forked => "triangle-alert",
        }
    }
}

/// Where an entry stands in its device's journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainPlace {
    /// Number of the entry.
    pub number: u64,
    /// SHA-256 of the entry's payload, in hex.
    pub hash: String,
    /// How it stands.
    pub state: ChainState,
}

/// Where the phone was.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Radius of the uncertainty in metres.
    pub accuracy: u32,
    /// Metres from the site's centre, where the site has one.
    pub distance: Option<u32>,
    /// Whether that is inside the site's area, where it has one.
    pub inside: Option<bool>,
}

impl Fix {
    /// Degrees north and east; five decimals are about a metre.
    fn position(&self) -> String {
        format!("{:.5}, {:.5}", self.latitude, self.longitude)
    }

    /// How good it is and how it lies to the site.
    fn sentence(&self) -> Phrase<'static> {
        let accuracy = self.accuracy;
        match (self.distance, self.inside) {
            (None, _) => phrase!("fix-accurate", accuracy = accuracy),
            (Some(distance), None) => phrase!("fix-distance", accuracy = accuracy, distance = distance),
            (Some(distance), Some(true)) => phrase!("fix-inside", accuracy = accuracy, distance = distance),
            (Some(distance), Some(false)) => phrase!("fix-outside", accuracy = accuracy, distance = distance),
        }
    }
}

/// Something said of the event later; what was recorded first stays.
#[derive(Debug, Clone)]
pub struct Amendment {
    /// When it was added.
    pub at: Moment,
    /// The verdict that a second judgement comes to, with its deciding code; none for what a guard says.
    pub judged: Option<(Verdict, String)>,
    /// Whether a guard put the decision right; else it is a report or a judgement.
    pub corrected: bool,
    /// What it says, as a sentence.
    pub text: Phrase<'static>,
    /// SHA-256 of a photo in hex.
    pub photo: Option<String>,
}

/// What the event was judged as before it was judged anew.
#[derive(Debug, Clone)]
pub struct Judgement {
    /// When.
    pub at: Moment,
    /// The verdict; none for a walk-up against whom nothing was known.
    pub verdict: Option<Verdict>,
    /// Its deciding code, `walk_up` where there was none.
    pub code: String,
    /// Why, as a sentence.
    pub text: Id,
}

/// A link with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub href: String,
    /// Its words.
    pub text: String,
}

/// The page at `/activity/{id}`.
#[derive(Debug, Template)]
#[template(path = "event.html")]
pub struct Event {
    /// The language.
    pub words: Words,
    /// What surrounds the page.
    pub shell: Shell,
    /// What also stands in the row.
    pub row: ActivityRow,
    /// Every check, in the order in which they were made; none for a walk-up.
    pub checks: Vec<CheckRow>,
    /// When the guard decided.
    pub decided: Option<Moment>,
    /// Reason that the guard gave.
    pub reason: Option<String>,
    /// What the guard wrote down.
    pub note: Option<String>,
    /// When the visitor left.
    pub departed: Option<Moment>,
    /// The event that began the visit, for a scan on the way out.
    pub visit: Option<Link>,
    /// Name of the device.
    pub device: String,
    /// Place in the device's journal.
    pub chain: ChainPlace,
    /// When the entry reached the server.
    pub arrived: Moment,
    /// How long after the event that was, in words, when it was late.
    pub late: Option<Phrase<'static>>,
    /// Whether the phone's clock was confirmed by the server.
    pub clock_trusted: bool,
    /// What the phone's clock said where that lay ahead of the arrival, and by how much, in words.
    pub claimed: Option<(Moment, Phrase<'static>)>,
    /// Address of everything about the same member or invitation.
    pub same_subject: Option<String>,
    /// Where the phone was.
    pub fix: Option<Fix>,
    /// SHA-256 of the photo in hex, if there is one and it may be shown.
    pub photo: Option<String>,
    /// Says why no photo can be shown although one was taken.
    pub photo_missing: Option<Id>,
    /// The invitation that was shown, if it is one.
    pub invitation: Option<Link>,
    /// What it was judged as before, oldest first. What the row shows is what was decided on.
    pub earlier: Vec<Judgement>,
    /// What was said of it later, oldest first.
    pub amendments: Vec<Amendment>,
    /// What does not fit of what devices wrote, as sentences.
    pub doubts: Vec<Phrase<'static>>,
    /// The device whose journal goes on from that of this event.
    pub continued_by: Option<String>,
}

impl Event {
    /// Its place in the rail.
    pub fn section(&self) -> Option<Section> {
        Some(Section::Activity)
    }

    /// What stays as it was at the gate, in one sentence.
    pub fn later(&self) -> Id {
        if self.amendments.iter().any(|said| said.corrected) {
            message!("event-later_corrected")
        } else {
            message!("event-later_text")
        }
    }

    /// Why the verdict is what it is, in one sentence.
    pub const fn sentence(&self) -> Id {
        words::reason(self.row.code.as_ref()).admin
    }
}
