//! The server's answer to a scan, held against that very scan before anything is believed of it.

use super::{Check, Code};
use crate::{
    id::{Digest32, EntryId},
    pass,
    time::UnixMillis,
    wire,
};

/// The server's answer to one scan, accepted as being about that very scan.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct OnlineAnswer {
    codes: Vec<(Check, Code)>,
    /// The server's time.
    pub server_time: UnixMillis,
}

/// The checks that the server answers in the phone's stead.
pub const ANSWERED: [Check; 4] = [Check::Revocation, Check::Access, Check::Site, Check::Uses];

impl OnlineAnswer {
    /// Takes an answer if it names this event and this code and has a code for each check that it replaces; anything
    /// else is no answer.
    #[must_use]
    pub fn accept(answer: &wire::VerifyAnswer, event: EntryId, text: &str) -> Option<Self> {
        let complete = ANSWERED.iter().all(|check| answer.checks.contains_key(check));
        (answer.event == event && answer.code_sha256 == code_digest(text) && complete).then(|| Self {
            codes: answer.checks.iter().map(|(check, code)| (*check, code.clone())).collect(),
            server_time: answer.server_time,
        })
    }

    /// Whether the server bars the person or the pass, which does not depend on what it knows of visits and uses.
    #[must_use]
    pub fn bars(&self) -> bool {
        [Check::Revocation, Check::Access].iter().any(|check| *self.code(*check) != Code::Ok)
    }

    /// What the server says of one of the checks that it answers.
    pub(super) fn code(&self, check: Check) -> &Code {
        self.codes.iter().find(|(c, _)| *c == check).map_or(&Code::Ok, |(_, code)| code)
    }

    /// The first thing that the server has against the code beyond the checks that it answers: it denies.
    pub(super) fn objection(&self, belongs: impl Fn(Check, &Code) -> bool) -> Option<&Code> {
        self.codes
            .iter()
            .find(|(check, code)| *code != Code::Ok && !belongs(*check, code))
            .map(|(_, code)| code)
    }
}

/// SHA-256 of a code's text as it is looked at, white space around it aside.
#[must_use]
pub fn code_digest(text: &str) -> Digest32 {
    Digest32::of(pass::trimmed(text).as_bytes())
}
