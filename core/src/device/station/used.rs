//! Where a code was used before, and who let somebody in by it, as far as a guard's station knows.

use super::{
    Knowledge,
    guards::name_of,
    result::{EventRecord, ScanResult},
};
use crate::{
    device::{StationError, store::Write},
    id::PersonId,
    time::UnixMillis,
    wire::VerifyAnswer,
};

/// The server's answer, where that is to tell of the code's last use. Where it names no site it has heard of a scan and
/// not yet of its decision: that may be this station's own scan, whose grant was decided here after the server was asked.
pub(super) fn tells_of_use(said: Option<&VerifyAnswer>, own: Option<UnixMillis>) -> Option<&VerifyAnswer> {
    said.filter(|said| said.last_used.is_some() && (said.last_used_site.is_some() || own < said.last_used))
}

impl ScanResult {
    /// Tells where the use was that is held against the code, and whose decision: by the server's answer where that
    /// tells of it, else by what this station recorded. Gives the guard who is named.
    pub(super) fn tell_last_use(
        &mut self,
        write: &Write<'_>,
        known: &Knowledge,
        use_id: &[u8],
        tells: Option<&VerifyAnswer>,
    ) -> Result<Option<PersonId>, StationError> {
        let (site, guard) = match tells {
            _ if self.last_used.is_none() => (None, None),
            Some(said) => (said.last_used_site, said.last_used_by),
            None => match write.last_use(use_id)? {
                // A record that cannot be read holds up no scan: who it was is not known then.
                Some(event) => {
                    (Some(event.site), EventRecord::of(&event).ok().and_then(|kept| kept.decided_by))
                }
                None => (None, None),
            },
        };
        self.last_used_site = site.map(|number| known.site_name(number));
        self.last_used_by = match guard {
            Some(guard) => name_of(write, known, guard)?,
            None => None,
        };
        Ok(guard.filter(|_| self.last_used_by.is_some()))
    }
}
