//! What happens in the outbox after the server spoke, or did not. Pure: a word of the server's in, what to do out.
//!
//! An answer marks only what it names: an entry counts as sent when the server's signed receipt reaches it, not
//! because something answered with a 200.

mod backoff;
#[cfg(test)]
mod tests;

pub use backoff::Backoff;
#[cfg(test)]
use backoff::{LONGEST_ASKED_MS, LONGEST_WAIT_MS};

use crate::{journal::Head, network::ClientError, wire::EntryResult};

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// The server has it.
    Sent,
    /// The server lacks an entry before this one: go on from there.
    ResumeAt(u64),
    /// The server refuses this for good: set it aside where people see it.
    Stuck(String),
    /// The journal was forked: nothing more can be sent as this device.
    Forked,
    /// The server has the entry already, in another journal or with other bytes: it is set aside and never taken
    /// along, and nothing more can be sent as this device.
    Taken,
    /// Too much at once, or something in it that the server cannot read: send fewer.
    Fewer,
    /// The server threw away what it had: begin again from its first byte.
    Anew,
    /// Ask how far the server is and go on from there.
    AskAgain,
    /// Try again later, at the earliest after so many seconds if the server said so.
    Retry(Option<u64>),
    /// Nothing can be sent until someone signs in or enrols again.
    Pause,
}

/// What the server's word on one entry means, by itself.
#[must_use]
pub fn classify(result: &EntryResult) -> Next {
    match result {
        EntryResult::Accepted | EntryResult::Duplicate => Next::Sent,
        EntryResult::Missing { expected } => Next::ResumeAt(*expected),
        EntryResult::Forked => Next::Forked,
        EntryResult::Rejected { code } => Next::Stuck(reason(code)),
    }
}

/// What the server's answer to a batch means for each entry in it: `offered` are the entries' numbers and hashes, and
/// `reach` is where the server's receipt says that its copy of this journal ends ([`Head::START`] without one). Nothing
/// where the answer is about something else, as a cached, repeated or cut one is: then it marks nothing.
#[must_use]
pub fn classify_answer(offered: &[Head], results: &[EntryResult], reach: Head) -> Option<Vec<Next>> {
    if offered.len() != results.len() {
        return None;
    }
    offered
        .iter()
        .zip(results)
        .map(|(entry, result)| match classify(result) {
            Next::Sent if entry.number > reach.number => None,
            Next::Sent if entry.number == reach.number && entry.hash != reach.hash => Some(Next::Forked),
            // It asks for what its receipt says that it has, or for what lies behind this very entry.
            Next::ResumeAt(expected)
                if Some(expected) != reach.number.checked_add(1) || expected >= entry.number =>
            {
                None
            }
            Next::Forked if entry.number > reach.number => Some(Next::Taken),
            next => Some(next),
        })
        .collect()
}

/// What a failed call means for a batch of so many entries.
///
/// Only a Gatehouse server's own word sets an entry aside or pauses everything; what stands between may be wrong, and
/// may be gone tomorrow. A single entry that is refused as a request (400, 413, 422) is no fork: the chain still
/// holds, and the entry is offered again when the server asks for it or somebody retries by hand.
#[must_use]
pub fn classify_batch(error: &ClientError, entries: usize) -> Next {
    match error {
        ClientError::Refused { status: 413, .. } if entries > 1 => Next::Fewer,
        ClientError::Refused { status: 400 | 422, ours: true, .. } if entries > 1 => Next::Fewer,
        ClientError::Refused { status: 400 | 413 | 422, ours: true, code, .. } => Next::Stuck(reason(code)),
        error => classify_failure(error),
    }
}

/// What a failed call means for a photo. `named` says whether every entry that could name it is at the server.
#[must_use]
pub fn classify_photo(error: &ClientError, named: bool) -> Next {
    match error {
        ClientError::Refused { status: 413, .. } => Next::Fewer,
        ClientError::Refused { status: 409, .. } => Next::AskAgain,
        // The whole did not have its hash, and the server threw it away.
        ClientError::Refused { status: 422, ours: true, .. } => Next::Anew,
        // An answer to HEAD has no body, so that nothing says whose it is: 404 counts from anybody.
        ClientError::Refused { status: 404, code, .. } if named => Next::Stuck(reason(code)),
        ClientError::Refused { status: 400, ours: true, code, .. } => Next::Stuck(reason(code)),
        error => classify_failure(error),
    }
}

/// What a failed call means for everything in it.
#[must_use]
pub fn classify_failure(error: &ClientError) -> Next {
    match error {
        ClientError::Refused { status: 401 | 403, ours: true, .. } => Next::Pause,
        ClientError::Refused { retry_after, .. } => Next::Retry(*retry_after),
        ClientError::Unreachable { .. }
        | ClientError::Untrusted { .. }
        | ClientError::LeadsElsewhere { .. }
        | ClientError::NotGatehouse
        | ClientError::Address { .. } => Next::Retry(None),
    }
}

/// A reason code as it may be kept and shown, whatever the answer held.
fn reason(code: &str) -> String {
    const LONGEST: usize = 64;
    let plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_';
    if code.is_empty() || code.len() > LONGEST || !code.bytes().all(plain) {
        return "refused".to_owned();
    }
    code.to_owned()
}
