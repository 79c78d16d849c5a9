//! The last changes of each organisation, numbered, so that a stream can begin exactly where a page was made.
//!
//! Changes are announced after their commit. A page takes its place here before it looks at the database: whatever
//! it does not see yet is announced later, and so stands behind that place.

use std::{
    collections::{HashMap, VecDeque},
    fmt,
    str::FromStr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use gatehouse_core::{id::InvalidId, time::UnixMillis};
use tokio::sync::{broadcast, broadcast::error::RecvError, watch};

use crate::store::{Change, Changed, OrgId};

/// Changes kept of an organisation; a page that is further behind is loaded anew.
const KEPT: usize = 1024;

/// A place among the changes of one organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Which run of numbers; another one after a restart or a loss.
    era: u64,
    at: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.era, self.at)
    }
}

impl FromStr for Place {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let numbers = text.split_once('-').and_then(|(era, at)| Some((era.parse().ok()?, at.parse().ok()?)));
        numbers.map(|(era, at)| Self { era, at }).ok_or(InvalidId("place in a stream"))
    }
}

#[derive(Default)]
struct Ring {
    /// Number of the next change.
    next: u64,
    kept: VecDeque<Changed>,
}

struct Rings {
    era: u64,
    of: HashMap<OrgId, Ring>,
}

/// The last changes of every organisation.
pub struct Feed {
    rings: Mutex<Rings>,
    wake: watch::Sender<()>,
}

impl Feed {
    /// Nothing yet. `now` tells this run from those before.
    pub fn new(now: UnixMillis) -> Self {
        Self { rings: Mutex::new(Rings { era: now.get(), of: HashMap::new() }), wake: watch::Sender::new(()) }
    }

    fn rings(&self) -> MutexGuard<'_, Rings> {
        self.rings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The place behind the newest change.
    pub fn cursor(&self, org: OrgId) -> Place {
        let rings = self.rings();
        Place { era: rings.era, at: rings.of.get(&org).map_or(0, |ring| ring.next) }
    }

    /// What changed after `place`, and the place behind that; nothing where some of it is lost.
    pub fn since(&self, org: OrgId, place: Place) -> Option<(Vec<Changed>, Place)> {
        let rings = self.rings();
        if place.era != rings.era {
            return None;
        }
        let Some(ring) = rings.of.get(&org) else { return (place.at == 0).then(|| (Vec::new(), place)) };
        let behind = usize::try_from(ring.next.checked_sub(place.at)?).ok()?;
        let skip = ring.kept.len().checked_sub(behind)?;
        let changes = ring.kept.iter().skip(skip).copied().collect();
        Some((changes, Place { at: ring.next, ..place }))
    }

    /// Wakes at every change.
    pub fn wakes(&self) -> watch::Receiver<()> {
        self.wake.subscribe()
    }

    fn push(&self, change: Change) {
        let mut rings = self.rings();
        let ring = rings.of.entry(change.org).or_default();
        if ring.kept.len() >= KEPT {
            ring.kept.pop_front();
        }
        ring.kept.push_back(change.what);
        ring.next += 1;
        drop(rings);
        self.wake.send_replace(());
    }

    /// Some changes were missed: every place from before is worth nothing.
    fn lose(&self) {
        let mut rings = self.rings();
        rings.era += 1;
        rings.of.clear();
        drop(rings);
        self.wake.send_replace(());
    }
}

/// Takes the store's changes into the feed, until the server or the store ends.
pub async fn follow(
    feed: Arc<Feed>,
    mut changes: broadcast::Receiver<Change>,
    mut stopping: watch::Receiver<bool>,
) {
    let all = async {
        loop {
            match changes.recv().await {
                Ok(change) => feed.push(change),
                Err(RecvError::Lagged(_)) => feed.lose(),
                Err(RecvError::Closed) => break,
            }
        }
    };
    tokio::select! {
        () = all => {}
        _ = stopping.wait_for(|stop| *stop) => {}
    }
}

#[cfg(test)]
mod tests {
    use gatehouse_core::id::EntryId;

    use super::*;
    use crate::{service::Service, store::Store};

    fn two_organisations() -> (OrgId, OrgId) {
        let dir = tempfile::tempdir().expect("a directory");
        let service = Service::new(Store::create_or_open(dir.path()).expect("a store"));
        let make = |code: &str| {
            let code = code.parse().expect("a code");
            service.create_organisation(&code, "Organisation", "UTC").expect("a free code").id
        };
        (make("ours"), make("theirs"))
    }

    #[test]
    fn a_place_sees_what_came_after_it_and_only_its_own() {
        let (feed, (ours, theirs)) = (Feed::new(UnixMillis::new(7)), two_organisations());
        let start = feed.cursor(ours);
        assert_eq!(start.to_string().parse(), Ok(start));
        assert_eq!(feed.since(ours, start), Some((Vec::new(), start)));
        let event = Changed::Activity(EntryId([1; 16]));
        feed.push(Change { org: theirs, what: Changed::OnSite });
        feed.push(Change { org: ours, what: event });
        let (seen, next) = feed.since(ours, start).expect("nothing is lost");
        assert_eq!((seen, next), (vec![event], feed.cursor(ours)));
        assert_eq!(feed.since(ours, next).map(|(seen, _)| seen), Some(Vec::new()));
        for _ in 0..KEPT {
            feed.push(Change { org: ours, what: Changed::OnSite });
        }
        assert_eq!(feed.since(ours, start), None, "too far behind");
        assert!(feed.since(ours, next).is_some());
        assert_eq!(feed.since(ours, Place { at: u64::MAX, ..start }), None, "from nowhere");
        feed.lose();
        assert_eq!(feed.since(ours, next), None);
    }
}
