//! Where and when the member's codes were used.

use serde::{Deserialize, Serialize};

use super::{
    MemberWallet, WalletError,
    state::{self, WalletState},
};
use crate::{
    id::PersonId,
    network::Line,
    time::UnixMillis,
    wire::{MyEntries, MyEntry, path},
};

/// Where and when the member's codes were used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecentEntries {
    /// Newest first.
    pub entries: Vec<MyEntry>,
    /// When the server said so; nothing if it was never asked.
    pub as_of: Option<UnixMillis>,
    /// How old that is, in milliseconds; nothing also where the clock cannot be trusted.
    pub age_ms: Option<u64>,
    /// Whether the server answered just now.
    pub live: bool,
}

#[derive(Serialize, Deserialize)]
pub(super) struct KeptEntries {
    person: PersonId,
    cursor: String,
    entries: Vec<MyEntry>,
    as_of: UnixMillis,
}

impl MemberWallet {
    /// Where and when the member's codes were used. Without the server, what it said last, with its age.
    ///
    /// # Errors
    /// Nobody signed in, or no longer; a store that fails.
    pub fn recent(&self, deadline_ms: u32) -> Result<RecentEntries, WalletError> {
        self.wait(|line| self.recent_through(line, deadline_ms))
    }

    /// As [`Self::recent`], asking through `line`.
    ///
    /// # Errors
    /// As [`Self::recent`].
    pub async fn recent_through(&self, line: Line, deadline_ms: u32) -> Result<RecentEntries, WalletError> {
        let state = self.state()?;
        let person = state.account()?.person;
        let kept: Option<KeptEntries> = self.store.access().write()?.setting(state::RECENT)?;
        let kept = kept.filter(|kept| kept.person == person);
        let since = kept.as_ref().map(|kept| format!("?since={}", kept.cursor)).unwrap_or_default();
        let path = format!("{}{since}", path::MY_ENTRIES);
        let answer: MyEntries = match self.get(&line, &state, &path, line.in_ms(deadline_ms)).await {
            Ok(answer) => answer,
            Err(error) if error.leaves_offline() => {
                self.state()?.is_still_of(person)?;
                return self.kept_entries(kept);
            }
            Err(error) => return Err(error),
        };
        self.anchor(answer.server_time)?;
        let entries = match (answer.entries, kept) {
            (Some(entries), _) => entries,
            (None, Some(kept)) => kept.entries,
            (None, None) => Vec::new(),
        };
        let fresh = KeptEntries { person, cursor: answer.cursor, entries, as_of: answer.server_time };
        self.keep_list(&state, state::RECENT, &fresh)?;
        self.learn_invalidation(answer.superseded_before)?;
        Ok(RecentEntries { entries: fresh.entries, as_of: Some(fresh.as_of), age_ms: Some(0), live: true })
    }

    fn kept_entries(&self, kept: Option<KeptEntries>) -> Result<RecentEntries, WalletError> {
        let as_of = kept.as_ref().map(|kept| kept.as_of);
        Ok(RecentEntries {
            entries: kept.map(|kept| kept.entries).unwrap_or_default(),
            as_of,
            age_ms: self.age_of(as_of)?,
            live: false,
        })
    }

    pub(super) fn age_of(&self, as_of: Option<UnixMillis>) -> Result<Option<u64>, WalletError> {
        let now = self.now()?.trusted();
        Ok(as_of.zip(now).map(|(then, now)| now.since(then)))
    }

    /// Keeps a list for reading without a network, unless codes were taken away since it was asked for.
    ///
    /// # Errors
    /// Whose list it is, is not signed in any more; a store that fails.
    pub(super) fn keep_list(
        &self,
        asked: &WalletState,
        name: &str,
        list: &impl Serialize,
    ) -> Result<(), WalletError> {
        let mut access = self.store.access();
        let write = access.write()?;
        let state: WalletState = write.setting(state::STATE)?.unwrap_or_default();
        state.is_still_of(asked.account()?.person)?;
        if state.epoch == asked.epoch {
            write.put_setting(name, list)?;
        }
        Ok(write.commit()?)
    }
}
