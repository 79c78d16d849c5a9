//! The question to the server about a scanned code, and what its answer is good for.

use super::{GuardStation, Knowledge};
use crate::{
    decision::OnlineAnswer,
    device::StationError,
    id::{EntryId, SiteNumber},
    network::Line,
    pass,
    wire::{VerifyAnswer, VerifyRequest, path},
};

/// What the server should know to answer a question about a code.
pub(super) struct Question {
    /// The visit inside by it.
    pub leaving: Option<EntryId>,
    /// Events that no longer hold what was reserved for them.
    pub closed: Vec<EntryId>,
}

/// The server's answer, taken as being about this scan.
pub(super) struct ServerWord {
    /// What it says of the checks.
    pub online: OnlineAnswer,
    /// Everything that it says.
    pub said: VerifyAnswer,
}

impl ServerWord {
    fn accept(said: VerifyAnswer, event: EntryId, code: &str) -> Option<Self> {
        Some(Self { online: OnlineAnswer::accept(&said, event, code)?, said })
    }

    /// What is left of an answer about someone who was taken to be inside.
    pub(super) fn without_stay(self) -> Option<Self> {
        let said = VerifyAnswer { stay: None, ..self.said };
        self.online.bars().then_some(Self { said, ..self })
    }
}

impl GuardStation {
    /// The server's answer, if it comes in time and is about this scan. A station that is revoked asks nobody.
    pub(super) async fn ask(
        &self,
        line: &Line,
        known: &Knowledge,
        event: EntryId,
        code: &str,
        site: SiteNumber,
        Question { leaving, closed }: Question,
    ) -> Result<Option<ServerWord>, StationError> {
        let (Some(enrolment), Some(guard), false) =
            (known.enrolment.as_ref(), known.guard.as_ref(), known.revoked)
        else {
            return Ok(None);
        };
        let code_text = pass::trimmed(code).to_owned();
        let request = VerifyRequest { event, code: code_text, site, leaving, closed };
        let deadline = line.in_ms(known.policy.online_timeout_ms);
        let outcome = enrolment.guard_client(line, guard).post(path::VERIFY, &request, deadline).await;
        let answer: Option<VerifyAnswer> = self.note_outcome(guard, outcome)?.ok();
        Ok(answer.and_then(|said| ServerWord::accept(said, event, code)))
    }

    /// Whether a stay that the server still takes to go on is known here to be over.
    pub(super) fn departed_here(&self, stay: Option<EntryId>) -> Result<bool, StationError> {
        let Some(stay) = stay else { return Ok(false) };
        let mut access = self.store.access();
        let write = access.write()?;
        let own = write.event(stay)?.is_some_and(|event| event.departed.is_some());
        Ok(own || write.is_foreign_departure(stay)?)
    }
}
