//! Scans that are about to ask the server, or asked and were given up before anything was recorded. The server may have
//! reserved a use for the event that it was asked about: the same code held up again is asked about as that event, not
//! as another that would then be told that the code is used.

use std::sync::PoisonError;

use super::{GuardStation, Moment};
use crate::{
    device::StationError,
    id::{EntryId, ShiftId},
};

/// Longer than any server reserves a use. Milliseconds.
pub(super) const RESERVED_MS: u64 = 10 * 60_000;

/// An event of which nothing is recorded yet. In memory only: what was reserved ends by itself.
pub(super) struct Asking {
    use_id: Vec<u8>,
    shift: ShiftId,
    event: EntryId,
    boot_id: String,
    monotonic_ms: u64,
}

impl GuardStation {
    /// The event that a code becomes which is none yet.
    pub(super) fn event_to_ask_about(
        &self,
        use_id: &[u8],
        shift: ShiftId,
        moment: &Moment,
    ) -> Result<EntryId, StationError> {
        let now = &moment.reading;
        let mut asking = self.asking.lock().unwrap_or_else(PoisonError::into_inner);
        asking.retain(|asked| {
            asked.boot_id == now.boot_id && now.monotonic_ms.saturating_sub(asked.monotonic_ms) < RESERVED_MS
        });
        if let Some(asked) = asking.iter().find(|asked| asked.use_id == use_id && asked.shift == shift) {
            return Ok(asked.event);
        }
        let event = Self::fresh_id(moment)?;
        asking.push(Asking {
            use_id: use_id.to_vec(),
            shift,
            event,
            boot_id: now.boot_id.clone(),
            monotonic_ms: now.monotonic_ms,
        });
        Ok(event)
    }

    /// The event is recorded, or another in its stead.
    pub(super) fn forget_question(&self, event: EntryId) {
        self.asking.lock().unwrap_or_else(PoisonError::into_inner).retain(|asked| asked.event != event);
    }
}
