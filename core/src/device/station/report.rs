//! Reports of what a guard finds suspicious.

use super::{
    GuardStation,
    decision::{keep, prepare},
    result::EventRecord,
};
use crate::{
    device::StationError,
    id::EntryId,
    journal::{Body, Personal},
    place::Fix,
};

impl GuardStation {
    /// Reports an event as suspicious, whatever its verdict and decision, with a note and a photo if wanted. Admins
    /// see it at once. An event may be reported more than once.
    ///
    /// # Errors
    /// No shift; no such event on this station; a photo that cannot be read.
    pub fn report(
        &self,
        event: EntryId,
        note: Option<String>,
        photo: Option<Vec<u8>>,
        fix: Option<Fix>,
    ) -> Result<(), StationError> {
        let at = self.at_work()?;
        let photo = prepare(photo)?;
        let note = note.map(|note| note.trim().to_owned()).filter(|note| !note.is_empty());
        let mut access = self.store.access();
        let write = access.write()?;
        let at = self.still_at_work(&write, at)?;
        let reported = write.event(event)?.ok_or(StationError::UnknownEvent)?;
        let mut kept = EventRecord::of(&reported)?;
        let personal = Personal { note, fix, photo: keep(&write, photo.as_ref())?, ..Personal::default() };
        let body = Body::Report { actor: at.shift.actor_at(reported.site), event };
        self.record_fresh(&write, &at, &body, &personal)?;
        kept.reported = true;
        write.update_event(event, &kept.to_bytes())?;
        Ok(write.commit()?)
    }
}
