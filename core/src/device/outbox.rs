//! What happens to an entry in the outbox after the server spoke, or did not.

use super::ClientError;
use crate::wire::EntryResult;

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// The server has it.
    Sent,
    /// The server lacks an entry before this one: go on from there.
    ResumeAt(u64),
    /// The server refuses this entry for good: set it aside where people see it.
    Stuck(String),
    /// The journal was forked: nothing more can be sent as this device.
    Forked,
    /// Try again later, at the earliest after so many seconds if the server said so.
    Retry(Option<u64>),
    /// Nothing can be sent until someone signs in or enrols again.
    Pause,
}

/// What the server's word on one entry means.
#[must_use]
pub fn classify(result: &EntryResult) -> Next {
    match result {
        EntryResult::Accepted | EntryResult::Duplicate => Next::Sent,
        EntryResult::Missing { expected } => Next::ResumeAt(*expected),
        EntryResult::Forked => Next::Forked,
        EntryResult::Rejected { code } => Next::Stuck(code.clone()),
    }
}

/// What a failed call means for everything in it.
#[must_use]
pub fn classify_failure(error: &ClientError) -> Next {
    match error {
        ClientError::Refused { status: 401 | 403, .. } => Next::Pause,
        ClientError::Refused { retry_after, .. } => Next::Retry(*retry_after),
        ClientError::Unreachable { .. } | ClientError::NotGatehouse | ClientError::Address { .. } => {
            Next::Retry(None)
        }
    }
}
