//! Journal entries on their way to the server.

use serde::{Deserialize, Serialize};

use crate::{
    decision::{Code, Verdict},
    hex,
    id::{Digest32, EntryId},
    time::{UnixMillis, UnixSeconds},
};

/// Journal entries for the server, in order.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EntriesRequest {
    /// The entries.
    pub entries: Vec<EntryUpload>,
}

/// One entry with the key of its sealed part.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EntryUpload {
    /// The signed envelope.
    #[serde(with = "hex::serde_bytes")]
    pub envelope: Vec<u8>,
    /// The key of the sealed part.
    #[serde(with = "hex::serde_bytes")]
    pub key: [u8; 32],
}

/// What became of the entries.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EntriesAnswer {
    /// One result an entry, in the order sent.
    pub results: Vec<EntryResult>,
    /// The receipt for the journal as far as the server has it; nothing before the first entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<String>,
    /// Photos that entries name and the server lacks.
    #[serde(default)]
    pub photos: Vec<Digest32>,
    /// Offline grants of this device that should not have been, as far as the server knows, until the device's
    /// journal says so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// The server's time.
    pub server_time: UnixMillis,
}

/// An offline grant judged again with what the server knew when it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The scan.
    pub event: EntryId,
    /// The verdict that should have stood.
    pub verdict: Verdict,
    /// Its deciding code.
    pub code: Code,
    /// Since when the fact held, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<UnixSeconds>,
}

/// What became of one entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum EntryResult {
    /// Taken and durable.
    Accepted,
    /// Taken before with the same bytes; as good as accepted.
    Duplicate,
    /// An entry before it is missing.
    Missing {
        /// The number that the server expects.
        expected: u64,
    },
    /// The same number or id with other bytes was there before; both are kept as evidence.
    Forked,
    /// Not an entry of this device that the server could ever take.
    Rejected {
        /// Why: a code of the journal's.
        code: String,
    },
}
