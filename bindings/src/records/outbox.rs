//! The outbox, what a synchronisation did, and what is stuck or was saved.

use gatehouse_core::{device, journal::EntryKind};

use super::{ScanResult, millis, whole};

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
    /// Undecided scans and walk-ups whose verdict changed by what was learned, as they stand now.
    pub changed: Vec<ScanResult>,
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
            changed: report.changed.into_iter().map(ScanResult::from).collect(),
            problem: report.problem,
            retry_after_s: report.retry_after.map(whole),
            next_try_in_ms: report.next_try_in_ms.map(whole),
        }
    }
}

/// An entry that the server refuses, or that damage cut off from its journal.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct StuckEntry {
    /// Its number.
    pub number: u64,
    /// The device in whose journal it stands, where that is not the one that goes on.
    pub former: Option<String>,
    /// Its id; nothing where not even that can be read.
    pub id: Option<String>,
    /// What it records; nothing where that cannot be read.
    pub kind: Option<EntryKind>,
    /// When it was written.
    pub written_ms: Option<i64>,
    /// Why: the server's stable code, or `behind_gap`, `enrolment_lost`, `other_organisation`.
    pub code: String,
}

impl From<device::StuckEntry> for StuckEntry {
    fn from(stuck: device::StuckEntry) -> Self {
        Self {
            number: stuck.number,
            former: stuck.former.map(|device| device.to_string()),
            id: stuck.id.map(|id| id.to_string()),
            kind: stuck.kind.and_then(EntryKind::from_number),
            written_ms: stuck.written.map(millis),
            code: stuck.code,
        }
    }
}

/// A photo that the server refuses.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct StuckPhoto {
    /// SHA-256 of the JPEG.
    pub sha256: String,
    /// Why, as a stable code.
    pub code: String,
}

impl From<device::StuckPhoto> for StuckPhoto {
    fn from(stuck: device::StuckPhoto) -> Self {
        Self { sha256: stuck.sha256.to_string(), code: stuck.code }
    }
}

/// What was saved of a damaged database.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Salvaged {
    /// When.
    pub at_ms: i64,
    /// What the damaged files begin with, in the station's folder.
    pub set_aside: String,
    /// Entries that go on, without a gap from the first.
    pub entries: u64,
    /// Entries behind a gap, or whose device is not known any more: kept apart, among those that are stuck.
    pub apart: u64,
    /// Scans and walk-ups.
    pub events: u64,
    /// Photos.
    pub photos: u64,
    /// Whether the station still knows whose it is.
    pub enrolled: bool,
    /// Whether the end of the journal is there for sure. If not, the station must be enrolled anew.
    pub complete: bool,
}

impl From<device::Salvaged> for Salvaged {
    fn from(salvaged: device::Salvaged) -> Self {
        Self {
            at_ms: millis(salvaged.at),
            set_aside: salvaged.set_aside,
            entries: salvaged.entries,
            apart: salvaged.apart,
            events: salvaged.events,
            photos: salvaged.photos,
            enrolled: salvaged.enrolled,
            complete: salvaged.complete,
        }
    }
}
