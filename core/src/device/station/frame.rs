//! Scanning by a running camera, which sees the same code many times a second.

use super::{GuardStation, decision::is_stale, result::ScanResult, result::repeated};
use crate::{
    decision::code_digest,
    device::StationError,
    id::{Digest32, EntryId},
    picture::Luma,
    place::Fix,
    qr,
    time::ClockReading,
};

/// A code that was away from the camera for longer than this is scanned anew (G7).
const SAME_FRAME_MS: u64 = 2_000;

/// A code that the camera saw, and the event that it became. In memory only: after a restart the code is held up anew.
pub(super) struct Sighting {
    code: Digest32,
    event: EntryId,
    boot_id: String,
    monotonic_ms: u64,
}

impl GuardStation {
    /// Finds the code in a frame of a running camera and decides it. Of several the first of ours counts. Nothing
    /// where the frame shows none, and nothing where it still shows one that was decided a moment ago: a code must
    /// have left the frame for two seconds to be scanned again.
    ///
    /// # Errors
    /// As [`Self::scan`].
    pub fn scan_frame(&self, frame: &Luma, fix: Option<Fix>) -> Result<Option<ScanResult>, StationError> {
        let Some(text) = super::scan::chosen(qr::codes_in_frame(frame)) else { return Ok(None) };
        let known = self.knowledge()?;
        let moment = self.moment(&known)?;
        let shift = self.active_shift(&known, &moment)?;
        let code = code_digest(&text);
        if let Some(event) = self.still_in_frame(&code, &moment.reading) {
            let mut access = self.store.access();
            let write = access.write()?;
            match write.event(event)?.filter(|event| event.shift == shift.id) {
                Some(event) if event.granted.is_some() || event.closed => return Ok(None),
                Some(event) if !is_stale(&write, &event, moment.now.millis())? => {
                    return repeated(&event).map(Some);
                }
                Some(_) | None => {}
            }
        }
        let result = self.scan(text, fix)?;
        // The server may have taken its time: the code was in the frame until now.
        let reading = self.time.read()?;
        self.sightings().push(Sighting {
            code,
            event: result.event,
            boot_id: reading.boot_id,
            monotonic_ms: reading.monotonic_ms,
        });
        Ok(Some(result))
    }

    /// The event of a code that the camera saw a moment ago, and sees again now.
    fn still_in_frame(&self, code: &Digest32, now: &ClockReading) -> Option<EntryId> {
        let mut sightings = self.sightings();
        sightings.retain(|seen| {
            seen.boot_id == now.boot_id && now.monotonic_ms.saturating_sub(seen.monotonic_ms) <= SAME_FRAME_MS
        });
        let seen = sightings.iter_mut().rev().find(|seen| seen.code == *code)?;
        seen.monotonic_ms = now.monotonic_ms;
        Some(seen.event)
    }
}
