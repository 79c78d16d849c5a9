//! Erasing people from the phones, too.

use serde::{Deserialize, Serialize};

use crate::id::{EntryId, SubjectId};

/// Whom a device is to forget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasuresAnswer {
    /// What this device has not confirmed yet, the oldest first.
    pub erasures: Vec<ErasureOrder>,
}

/// Somebody whose personal data is to go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureOrder {
    /// By which the device confirms it.
    pub order: u64,
    /// The member or the invitation; nothing for somebody without either.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<SubjectId>,
    /// Scans and walk-ups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<EntryId>,
}

/// What a device has forgotten, or forgets as soon as the server has its entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasuresDone {
    /// The orders.
    pub done: Vec<u64>,
}
