//! The decision: a pure function of a code and of what the phone knows.
//!
//! Every check reports its own outcome. The first denying one decides, else the first cautioning one; only with
//! neither, and with the server's own answer, is a code VERIFIED. Knowing less never makes a code VERIFIED, and what
//! spoke for a code is never better lost; a fact against it, once lost, can of course deny no longer.

mod anew;
mod bar;
mod bearer;
mod checks;
mod code;
mod early;
mod expected;
mod explain;
pub mod guard;
mod hindsight;
mod online;
mod packed;
mod severity;
mod standing;
mod uses;
mod window;

pub use anew::decide_anew;
pub use bar::Bar;
pub use bearer::Bearer;
pub use checks::{Evidence, decide, decide_opened, location};
pub use code::{Check, Code, Verdict};
pub use early::decide_scan;
pub use expected::{decide_expected, decide_walk_up};
pub use explain::{Background, Fact, Reason, reasons};
pub use hindsight::{Granted, Stood, judge_again, stood_against};
pub use online::{ANSWERED, OnlineAnswer, code_digest};
pub use packed::Findings;
pub use severity::denies;
pub use standing::Standing;
pub use uses::{INVITATION_USE, PastUses, UseId, UseLimit};

use crate::pass::Opened;

/// What one check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing against it.
    Passed,
    /// Not made: the facts for it are missing or an earlier failure ended the evaluation.
    Skipped,
    /// Failed so that the guard should judge.
    Cautions(Code),
    /// Failed so that the code is denied.
    Denies(Code),
}

/// How a check came out, as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckState {
    /// Nothing against the code.
    Passed,
    /// Something against it; the check's code says what.
    Failed,
    /// Not made.
    Skipped,
}

impl CheckState {
    /// The stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }
}

impl Outcome {
    /// How it came out.
    #[must_use]
    pub const fn state(&self) -> CheckState {
        match self {
            Self::Passed => CheckState::Passed,
            Self::Skipped => CheckState::Skipped,
            Self::Cautions(_) | Self::Denies(_) => CheckState::Failed,
        }
    }

    /// What the check would make of a code by itself.
    #[must_use]
    pub const fn verdict(&self) -> Verdict {
        match self {
            Self::Passed | Self::Skipped => Verdict::Verified,
            Self::Cautions(_) => Verdict::Caution,
            Self::Denies(_) => Verdict::Denied,
        }
    }

    /// The stable code: `ok` where passed, none where skipped.
    #[must_use]
    pub const fn code(&self) -> Option<&Code> {
        match self {
            Self::Passed => Some(&Code::Ok),
            Self::Skipped => None,
            Self::Cautions(code) | Self::Denies(code) => Some(code),
        }
    }
}

/// A verdict with everything that led to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What the guard sees first.
    pub verdict: Verdict,
    /// The code that decided; `ok` for VERIFIED.
    pub code: Code,
    /// Every check in the order of the specification.
    pub checks: Vec<(Check, Outcome)>,
    /// The code's content, if its signatures hold and it is this organisation's. Nothing else may be shown.
    pub opened: Option<Opened>,
}

impl Decision {
    fn conclude(checks: Vec<(Check, Outcome)>, opened: Option<Opened>) -> Self {
        let denying = checks.iter().find_map(|(_, outcome)| match outcome {
            Outcome::Denies(code) => Some((Verdict::Denied, code.clone())),
            _ => None,
        });
        let cautioning = || {
            checks.iter().find_map(|(_, outcome)| match outcome {
                Outcome::Cautions(code) => Some((Verdict::Caution, code.clone())),
                _ => None,
            })
        };
        let (verdict, code) = denying.or_else(cautioning).unwrap_or((Verdict::Verified, Code::Ok));
        Self { verdict, code, checks, opened }
    }

    /// What a check found.
    #[must_use]
    pub fn outcome(&self, check: Check) -> &Outcome {
        self.checks.iter().find(|(c, _)| *c == check).map_or(&Outcome::Skipped, |(_, outcome)| outcome)
    }
}
