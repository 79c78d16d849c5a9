//! People who were turned away here, found by a name like theirs: whoever comes back under another spelling of it, or
//! without the code that was refused, is worth a question.

use super::{GuardStation, guards::name_of, result::EventRecord};
use crate::{decision::Code, device::StationError, name, time::UnixMillis};

/// So many of the last events are looked at: more than a gate has in a shift.
const LOOKED_AT: u32 = 2_000;
/// So many are told of: what a guard takes in while somebody waits.
const MOST: usize = 3;

/// Somebody who was turned away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnedAway {
    /// What they are called, as the guard was shown it.
    pub name: String,
    /// When they came.
    pub at: UnixMillis,
    /// What they were judged by; `ok` where nothing spoke against them.
    pub code: Code,
    /// The guard who turned them away, as far as this station knows.
    pub by: Option<String>,
}

impl GuardStation {
    /// Who was turned away on this station at `since` or later and may be called so ([`name::is_among`], as with bans by
    /// name), the latest first. What was put right counts as what it is now. Others are called the same, so this is a
    /// reason to ask and never to deny.
    ///
    /// # Errors
    /// No shift; a store that fails.
    pub fn turned_away(&self, name: &str, since: UnixMillis) -> Result<Vec<TurnedAway>, StationError> {
        let at = self.at_work()?;
        if name::words(name).is_empty() {
            return Ok(Vec::new());
        }
        let mut access = self.store.access();
        let write = access.write()?;
        let denied = write.denied_since(since, LOOKED_AT)?;
        // One that does not open holds up no other, as in the history.
        let records = denied.iter().filter_map(|event| EventRecord::of(event).ok());
        let alike = records.filter_map(|kept| {
            let called = kept.result.name.filter(|called| name::is_among(name, [called.as_str()]))?;
            Some((called, kept.result.at, kept.result.code, kept.decided_by))
        });
        let told = alike.take(MOST).map(|(name, when, code, guard)| {
            let by = guard.map(|guard| name_of(&write, &at.known, guard)).transpose()?.flatten();
            Ok(TurnedAway { name, at: when, code, by })
        });
        told.collect()
    }
}
