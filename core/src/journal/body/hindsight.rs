//! What judging an event again came to, as an entry says it.

use crate::{
    cbor::Value,
    decision::{Code, Verdict},
    time::UnixSeconds,
};

/// What judging an event again came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hindsight {
    /// The verdict that should have stood.
    pub verdict: Verdict,
    /// Its deciding code.
    pub code: Code,
    /// Since when the fact held that decides, where that is known.
    pub since: Option<UnixSeconds>,
    /// Number of the gate pack that told; nothing where the server did.
    pub pack_seq: Option<u64>,
}

impl Hindsight {
    pub(super) fn fields(&self) -> [(u64, Option<Value>); 4] {
        [
            (11, Some(Value::Uint(self.verdict.number()))),
            (12, Some(self.code.word().into())),
            (13, self.since.map(|since| Value::Uint(since.get()))),
            (14, self.pack_seq.map(Value::Uint)),
        ]
    }

    pub(super) fn read(value: &Value) -> Option<Self> {
        Some(Self {
            verdict: Verdict::from_number(value.get(11)?.as_uint()?)?,
            code: Code::from_word(value.get(12)?.as_text()?),
            since: value.get(13).and_then(Value::as_uint).and_then(UnixSeconds::new),
            pack_seq: value.get(14).and_then(Value::as_uint),
        })
    }
}
