//! Codes in sight. A running camera sees the same code many times a second, and a scanner may type it twice.

use super::{GuardStation, result::ScanResult, scan::chosen};
use crate::{
    decision::code_digest,
    device::StationError,
    id::{Digest32, EntryId},
    network::Line,
    picture::Luma,
    place::Fix,
    qr::{Frame, Point, Reading, Why},
    time::ClockReading,
};

/// A code that was out of sight for longer than this is scanned anew (G7).
const SAME_SIGHT_MS: u64 = 2_000;

/// A code that was seen, and the event that it became. In memory only: after a restart the code is held up anew.
pub(super) struct Sighting {
    code: Digest32,
    event: EntryId,
    boot_id: String,
    monotonic_ms: u64,
}

/// What a frame of the camera came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Sight {
    /// As [`GuardStation::scan_frame`].
    pub scan: Option<ScanResult>,
    /// The corners of each code that was read, in pixels of the frame as it is turned: upper left, upper right, lower
    /// right and lower left as the code is drawn.
    pub outlines: Vec<[Point; 4]>,
    /// Why none was read.
    pub why: Option<Why>,
}

impl GuardStation {
    /// Finds the code in a frame of a running camera and decides it. Others' codes beside one of ours do not matter. Nothing
    /// where the frame shows none, and nothing where it still shows one that was decided a moment ago: a code must
    /// have left the frame for two seconds to be scanned again.
    ///
    /// # Errors
    /// Several codes of ours in the frame, and as [`Self::scan`].
    pub fn scan_frame(&self, frame: &Luma, fix: Option<Fix>) -> Result<Option<ScanResult>, StationError> {
        self.wait(|line| self.scan_frame_through(line, frame, fix))
    }

    /// As [`Self::scan_frame`], asking through `line`.
    ///
    /// # Errors
    /// As [`Self::scan_frame`].
    pub async fn scan_frame_through(
        &self,
        line: Line,
        frame: &Luma,
        fix: Option<Fix>,
    ) -> Result<Option<ScanResult>, StationError> {
        let frame = Frame::new(&frame.pixels, frame.width, frame.height, frame.width)?;
        Ok(self.see_through(line, &frame, fix).await?.scan)
    }

    /// As [`Self::scan_frame`], of a frame where the camera has it, and with what the viewfinder shows: where the codes
    /// are, and why none is read.
    ///
    /// # Errors
    /// As [`Self::scan_frame`].
    pub fn see(&self, frame: &Frame<'_>, fix: Option<Fix>) -> Result<Sight, StationError> {
        self.wait(|line| self.see_through(line, frame, fix))
    }

    /// As [`Self::see`], asking through `line`.
    ///
    /// # Errors
    /// As [`Self::scan_frame`].
    pub async fn see_through(
        &self,
        line: Line,
        frame: &Frame<'_>,
        fix: Option<Fix>,
    ) -> Result<Sight, StationError> {
        let Reading { codes, why } = self.reader().read(frame);
        let outlines = codes.iter().map(|code| code.corners).collect();
        let texts = codes.into_iter().map(|code| code.text).collect();
        let scan = self.scan_seen(line, texts, fix).await?;
        Ok(Sight { scan, outlines, why })
    }

    /// Of the codes that a frame showed, as [`Self::see`].
    pub(super) async fn scan_seen(
        &self,
        line: Line,
        codes: Vec<String>,
        fix: Option<Fix>,
    ) -> Result<Option<ScanResult>, StationError> {
        let Some(text) = chosen(codes)? else { return Ok(None) };
        let at = self.at_work()?;
        let in_sight = self.in_sight(&code_digest(&text), &at.moment.reading);
        if let Some(event) = in_sight {
            let mut access = self.store.access();
            let event = access.write()?.event(event)?.filter(|event| event.shift == at.shift.id);
            if event.is_some_and(|event| event.granted.is_some() || event.closed) {
                return Ok(None);
            }
        }
        self.scan_in_sight(&line, &text, fix, in_sight).await.map(Some)
    }

    /// The event of a code that was seen a moment ago, and is seen again now.
    pub(super) fn in_sight(&self, code: &Digest32, now: &ClockReading) -> Option<EntryId> {
        let mut sightings = self.sightings();
        sightings.retain(|seen| {
            seen.boot_id == now.boot_id && now.monotonic_ms.saturating_sub(seen.monotonic_ms) <= SAME_SIGHT_MS
        });
        let seen = sightings.iter_mut().find(|seen| seen.code == *code)?;
        seen.monotonic_ms = now.monotonic_ms;
        Some(seen.event)
    }

    /// A code is in sight now, as this event. The server may have taken its time: it was until now.
    pub(super) fn note_sighting(&self, code: Digest32, event: EntryId) -> Result<(), StationError> {
        let reading = self.time.read()?;
        let mut sightings = self.sightings();
        sightings.retain(|seen| seen.code != code);
        sightings.push(Sighting {
            code,
            event,
            boot_id: reading.boot_id,
            monotonic_ms: reading.monotonic_ms,
        });
        Ok(())
    }
}
