//! When the next synchronisation is due.

use super::{GuardStation, SyncReport, knowledge};
use crate::{
    device::{
        StationError,
        outbox::{Backoff, Next},
        store::Write,
        vault::random,
    },
    network::Line,
};

impl GuardStation {
    /// Milliseconds until a synchronisation is due, 0 for now; nothing before the enrolment, and while it waits for
    /// somebody to sign in, enrol or retry. Kept over restarts.
    ///
    /// # Errors
    /// A store or clock that fails.
    pub fn next_sync(&self) -> Result<Option<u64>, StationError> {
        let now = self.time.read()?;
        if self.knowledge()?.enrolment.is_none() {
            return Ok(None);
        }
        let mut access = self.store.access();
        let write = access.write()?;
        let counts = write.outbox_counts()?;
        Ok(backoff(&write)?.due_in(&now, counts.waiting + counts.photos > 0))
    }

    /// Synchronises if that is due: what a scheduler calls. Nothing where it is not; [`Self::next_sync`] tells when.
    ///
    /// # Errors
    /// As [`Self::sync_once`].
    pub fn sync_if_due(&self, deadline_ms: u32) -> Result<Option<SyncReport>, StationError> {
        self.wait(|line| self.sync_if_due_through(line, deadline_ms))
    }

    /// As [`Self::sync_if_due`], asking through `line`.
    ///
    /// # Errors
    /// As [`Self::sync_once`].
    pub async fn sync_if_due_through(
        &self,
        line: Line,
        deadline_ms: u32,
    ) -> Result<Option<SyncReport>, StationError> {
        match self.next_sync()? {
            Some(0) => self.sync_through(line, deadline_ms).await.map(Some),
            _ => Ok(None),
        }
    }

    /// Notes how a synchronisation came out, and gives when the next is due.
    pub(super) fn schedule_after(&self, outcome: &Next, progress: bool) -> Result<Option<u64>, StationError> {
        let now = self.time.read()?;
        let mut access = self.store.access();
        let write = access.write()?;
        let mut before = backoff(&write)?;
        if progress {
            before = before.with_progress();
        }
        let after = before.after(outcome, &now, u64::from_le_bytes(random()?));
        write.put_setting(knowledge::BACKOFF, &after)?;
        let counts = write.outbox_counts()?;
        write.commit()?;
        Ok(after.due_in(&now, counts.waiting + counts.photos > 0))
    }
}

fn backoff(write: &Write<'_>) -> Result<Backoff, StationError> {
    Ok(write.setting(knowledge::BACKOFF)?.unwrap_or_default())
}
