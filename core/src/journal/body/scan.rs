//! What a scan found, as an entry says it.

use super::id;
use crate::{
    cbor::Value,
    decision::{Check, Code, Decision, Outcome, Verdict},
    id::{EntryId, SubjectId, TokenId},
    pass::PassKind,
    time::UnixSeconds,
};

/// What a scan records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanBody {
    /// The verdict shown.
    pub verdict: Verdict,
    /// The code that decided.
    pub code: Code,
    /// Every check.
    pub checks: Vec<(Check, Outcome)>,
    /// Whose code it is; nothing where its content may not be shown.
    pub kind: Option<PassKind>,
    /// The subject.
    pub subject: Option<SubjectId>,
    /// The pass.
    pub token: Option<TokenId>,
    /// When the pass was issued.
    pub issued_at: Option<UnixSeconds>,
    /// The time in a phone's own code.
    pub proof_time: Option<UnixSeconds>,
    /// Number of the gate pack that was looked at.
    pub pack_seq: Option<u64>,
    /// Whether the server answered.
    pub online: bool,
    /// The stay that this code opened the departure of.
    pub departs: Option<EntryId>,
}

impl ScanBody {
    /// What to record of a decision.
    #[must_use]
    pub fn of(decision: &Decision, pack_seq: Option<u64>, online: bool, departs: Option<EntryId>) -> Self {
        let claims = decision.opened.as_ref().map(|opened| &opened.claims);
        Self {
            verdict: decision.verdict,
            code: decision.code.clone(),
            checks: decision.checks.clone(),
            kind: claims.map(|claims| PassKind::from(&claims.kind)),
            subject: claims.map(|claims| claims.subject),
            token: claims.map(|claims| claims.token),
            issued_at: claims.map(|claims| claims.issued_at),
            proof_time: decision.opened.as_ref().and_then(|opened| opened.proof_time),
            pack_seq,
            online,
            departs,
        }
    }
}

impl ScanBody {
    /// What to record of an expected visitor who was found by name, without a code.
    #[must_use]
    pub fn by_name(self, invitation: SubjectId) -> Self {
        Self { kind: Some(PassKind::Visitor), subject: Some(invitation), ..self }
    }

    pub(super) fn fields(&self) -> Vec<(u64, Option<Value>)> {
        let checks = self.checks.iter().map(|(check, outcome)| {
            let (state, code) = match outcome {
                Outcome::Skipped => (0, None),
                Outcome::Passed => (1, None),
                Outcome::Cautions(code) => (2, Some(code)),
                Outcome::Denies(code) => (3, Some(code)),
            };
            let mut fields = vec![Value::Uint(check.number()), Value::Uint(state)];
            fields.extend(code.map(|code| Value::from(code.word())));
            Value::Array(fields)
        });
        let time = |time: Option<UnixSeconds>| time.map(|time| Value::Uint(time.get()));
        vec![
            (10, Some(Value::Uint(self.verdict.number()))),
            (11, Some(self.code.word().into())),
            (12, Some(Value::Array(checks.collect()))),
            (13, self.kind.map(|kind| Value::Uint(kind.number()))),
            (14, self.subject.map(|id| id.as_bytes().as_slice().into())),
            (15, self.token.map(|id| id.as_bytes().as_slice().into())),
            (16, time(self.issued_at)),
            (17, time(self.proof_time)),
            (18, self.pack_seq.map(Value::Uint)),
            (19, Some(Value::Bool(self.online))),
            (20, self.departs.map(|id| id.as_bytes().as_slice().into())),
        ]
    }

    pub(super) fn read(value: &Value) -> Option<Self> {
        let time = |key| value.get(key).and_then(Value::as_uint).and_then(UnixSeconds::new);
        Some(Self {
            verdict: Verdict::from_number(value.get(10)?.as_uint()?)?,
            code: Code::from_word(value.get(11)?.as_text()?),
            checks: value.get(12)?.as_array()?.iter().filter_map(read_check).collect(),
            kind: value.get(13).and_then(Value::as_uint).and_then(PassKind::from_number),
            subject: value.get(14).and_then(id),
            token: value.get(15).and_then(id),
            issued_at: time(16),
            proof_time: time(17),
            pack_seq: value.get(18).and_then(Value::as_uint),
            online: value.get(19).and_then(Value::as_bool).unwrap_or(false),
            departs: value.get(20).and_then(id),
        })
    }
}

fn read_check(value: &Value) -> Option<(Check, Outcome)> {
    let [check, state, rest @ ..] = value.as_array()? else { return None };
    let code = || rest.first().and_then(Value::as_text).map(Code::from_word);
    let outcome = match state.as_uint()? {
        0 => Outcome::Skipped,
        1 => Outcome::Passed,
        2 => Outcome::Cautions(code()?),
        3 => Outcome::Denies(code()?),
        _ => return None,
    };
    Some((Check::from_number(check.as_uint()?)?, outcome))
}
