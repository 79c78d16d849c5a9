use gatehouse_core::device;

use super::{millis, whole};

/// How the outbox stands.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Outbox {
    /// Entries in the journal.
    pub entries: u64,
    /// Entries that the server does not have.
    pub waiting: u64,
    /// When the oldest of them was written.
    pub oldest_ms: Option<i64>,
    /// Entries that the server refuses.
    pub stuck: u64,
    /// Photos that wait to be sent.
    pub photos: u64,
    /// Photos that the server refuses.
    pub stuck_photos: u64,
    /// When everything was last in step with the server.
    pub last_sync_ms: Option<i64>,
}

impl From<device::Pending> for Outbox {
    fn from(pending: device::Pending) -> Self {
        Self {
            entries: pending.entries,
            waiting: pending.waiting,
            oldest_ms: pending.oldest.map(millis),
            stuck: pending.stuck,
            photos: pending.photos,
            stuck_photos: pending.stuck_photos,
            last_sync_ms: pending.last_sync.map(millis),
        }
    }
}

/// What a synchronisation did.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SyncReport {
    /// Entries that the server has now and had not.
    pub sent: u64,
    /// Photos that the server has now and had not.
    pub photos: u64,
    /// Entries that still wait.
    pub waiting: u64,
    /// Entries that the server refuses.
    pub stuck: u64,
    /// Photos that the server refuses.
    pub stuck_photos: u64,
    /// Number of the gate pack in use.
    pub pack_seq: Option<u64>,
    /// The stable code of what stood in the way, if anything.
    pub problem: Option<String>,
    /// Seconds that the server asks to wait before the next try.
    pub retry_after_s: Option<i64>,
    /// Milliseconds until the next try is due; nothing where it waits for somebody to sign in, enrol or retry.
    pub next_try_in_ms: Option<i64>,
}

impl From<device::SyncReport> for SyncReport {
    fn from(report: device::SyncReport) -> Self {
        Self {
            sent: report.sent,
            photos: report.photos,
            waiting: report.waiting,
            stuck: report.stuck,
            stuck_photos: report.stuck_photos,
            pack_seq: report.pack_seq,
            problem: report.problem,
            retry_after_s: report.retry_after.map(whole),
            next_try_in_ms: report.next_try_in_ms.map(whole),
        }
    }
}

/// What is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct Retried {
    /// Entries.
    pub entries: u64,
    /// Photos.
    pub photos: u64,
    /// Entries that stay set aside.
    pub left: u64,
}

impl From<device::Retried> for Retried {
    fn from(retried: device::Retried) -> Self {
        Self { entries: retried.entries, photos: retried.photos, left: retried.left }
    }
}

/// An entry that the server refuses, or that damage cut off from its journal.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct StuckEntry {
    /// Its number.
    pub number: u64,
    /// Its id; nothing where not even that can be read.
    pub id: Option<String>,
    /// When it was written.
    pub written_ms: Option<i64>,
    /// Why: the server's stable code, or `behind_gap`, `enrolment_lost`.
    pub code: String,
}

impl From<device::StuckEntry> for StuckEntry {
    fn from(stuck: device::StuckEntry) -> Self {
        Self {
            number: stuck.number,
            id: stuck.id.map(|id| id.to_string()),
            written_ms: stuck.written.map(millis),
            code: stuck.code,
        }
    }
}
