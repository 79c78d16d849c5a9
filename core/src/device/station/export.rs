//! The journal as a file, where nothing else brings it to the server.

use super::GuardStation;
use crate::{device::StationError, journal::Export};

impl GuardStation {
    /// This station's journal as text that anybody can check without us (`gatehouse journal verify`). What tells of
    /// people stays sealed.
    ///
    /// # Errors
    /// No enrolment; a store that fails.
    pub fn export(&self) -> Result<String, StationError> {
        let known = self.knowledge()?;
        let enrolment = known.enrolment.as_ref().ok_or(StationError::NotEnrolled)?;
        let mut entries = Vec::new();
        self.store.access().write()?.each_entry(|entry| {
            // A former device's journal is another one.
            if entry.former.is_none() {
                entries.push((entry.number, Export::entry(&entry.envelope, None)));
            }
            Ok(())
        })?;
        entries.sort_by_key(|(number, _)| *number);
        let head = Export::head(enrolment.device, &enrolment.key, Some(&enrolment.certificate));
        let mut text = head + "\n";
        for (_, entry) in entries {
            text += &entry;
            text.push('\n');
        }
        Ok(text)
    }
}
