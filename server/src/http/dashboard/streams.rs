//! How many live streams there are, of whom; and whether the sessions that they were opened with still hold.
//!
//! Every stream belongs to a session, a person and an organisation, and each of these has a share of its own, so that
//! none takes another's. Whether a session holds is looked at after every commit, this process's or another's: however
//! it ended, its streams end with it.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use gatehouse_core::id::PersonId;
use tokio::{sync::watch, time::timeout};

use super::admin::is_admin;
use crate::{
    service::{Service, ServiceError, auth::Channel},
    store::OrgId,
};

/// Streams of one session: the tabs of one browser share one.
const MOST_OF_SESSION: usize = 8;
/// Streams of one person, on all their browsers.
const MOST_OF_PERSON: usize = 32;
/// Streams of one organisation, where there are connections enough.
const MOST_OF_ORGANISATION: usize = 400;
/// Commits that follow each other within this are looked at together.
const GATHERED: Duration = Duration::from_millis(100);
/// How long nothing is looked at where nothing is committed: sessions end by the clock, too.
const LOOK: Duration = Duration::from_secs(1);

/// Why there is no further stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crowded {
    /// The person or session has as many as one may have.
    Person,
    /// The organisation has, or all of them together.
    Organisation,
}

struct Session {
    streams: usize,
    holds: watch::Sender<bool>,
}

#[derive(Default)]
struct Open {
    sessions: HashMap<String, Session>,
    people: HashMap<(OrgId, PersonId), usize>,
    organisations: HashMap<OrgId, usize>,
}

/// The open streams of one server.
pub struct Streams {
    open: Mutex<Open>,
    most: usize,
    most_of_organisation: usize,
}

impl Streams {
    /// So many that half of the connections are left for everything else, the gate's first. One organisation has at
    /// most a quarter of them.
    pub fn for_connections(connections: usize) -> Self {
        let most = connections / 2;
        let most_of_organisation = most.div_ceil(4).min(MOST_OF_ORGANISATION);
        Self { open: Mutex::default(), most, most_of_organisation }
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The right to one more stream.
    pub fn enter(self: &Arc<Self>, org: OrgId, person: PersonId, token: &str) -> Result<Stream, Crowded> {
        let mut open = self.open();
        let of_session = open.sessions.get(token).map_or(0, |session| session.streams);
        let of_person = open.people.get(&(org, person)).copied().unwrap_or_default();
        if of_session >= MOST_OF_SESSION || of_person >= MOST_OF_PERSON {
            return Err(Crowded::Person);
        }
        let of_organisation = open.organisations.get(&org).copied().unwrap_or_default();
        if of_organisation >= self.most_of_organisation
            || open.organisations.values().sum::<usize>() >= self.most
        {
            return Err(Crowded::Organisation);
        }
        let new = || Session { streams: 0, holds: watch::Sender::new(true) };
        let session = open.sessions.entry(token.to_owned()).or_insert_with(new);
        session.streams += 1;
        let holds = session.holds.subscribe();
        *open.people.entry((org, person)).or_default() += 1;
        *open.organisations.entry(org).or_default() += 1;
        drop(open);
        Ok(Stream { streams: self.clone(), org, person, token: token.to_owned(), holds })
    }

    fn tokens(&self) -> Vec<String> {
        self.open().sessions.keys().cloned().collect()
    }

    fn end(&self, tokens: &[String]) {
        let open = self.open();
        for session in tokens.iter().filter_map(|token| open.sessions.get(token)) {
            session.holds.send_replace(false);
        }
    }
}

/// One open stream. Its share is free again when this is dropped.
pub struct Stream {
    streams: Arc<Streams>,
    org: OrgId,
    person: PersonId,
    token: String,
    /// False once the session is over.
    pub holds: watch::Receiver<bool>,
}

impl Drop for Stream {
    fn drop(&mut self) {
        let mut open = self.streams.open();
        if let Some(session) = open.sessions.get_mut(&self.token) {
            session.streams -= 1;
            if session.streams == 0 {
                open.sessions.remove(&self.token);
            }
        }
        take_one(&mut open.people, &(self.org, self.person));
        take_one(&mut open.organisations, &self.org);
    }
}

fn take_one<K: Eq + Hash>(counts: &mut HashMap<K, usize>, key: &K) {
    if let Some(count) = counts.get_mut(key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(key);
        }
    }
}

/// Whether a session may go on looking at the dashboard.
pub fn holds(service: &Service, token: &str) -> Result<bool, ServiceError> {
    match service.session(token, Channel::Cookie) {
        Ok(signed_in) => Ok(is_admin(&signed_in)),
        Err(ServiceError::Unauthorized | ServiceError::DeviceRevoked | ServiceError::Forbidden) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Ends the streams of sessions that are over, until the server or the store ends.
pub async fn follow(
    streams: Arc<Streams>,
    service: Service,
    mut commits: watch::Receiver<u64>,
    mut stopping: watch::Receiver<bool>,
) {
    let all = async {
        loop {
            if let Ok(Err(_)) = timeout(LOOK, commits.changed()).await {
                return;
            }
            tokio::time::sleep(GATHERED).await;
            // Whatever is committed from here on is looked at the next time.
            commits.mark_unchanged();
            if streams.tokens().is_empty() {
                continue;
            }
            let (streams, service) = (streams.clone(), service.clone());
            let looked = tokio::task::spawn_blocking(move || {
                let mut tokens = streams.tokens();
                // What cannot be looked at now is looked at again; no event goes out without a look of its own.
                tokens.retain(|token| holds(&service, token).is_ok_and(|holds| !holds));
                streams.end(&tokens);
            });
            if looked.await.is_err() {
                tracing::error!("sessions of live streams could not be looked at");
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
    use super::*;
    use crate::store::Store;

    #[test]
    fn each_session_person_and_organisation_has_a_share_of_its_own() {
        let dir = tempfile::tempdir().expect("a directory");
        let service = Service::new(Store::create_or_open(dir.path()).expect("a store"));
        let make = |code: &str| {
            let code = code.parse().expect("a code");
            service.create_organisation(&code, "Organisation", "UTC").expect("a free code").id
        };
        let (ours, theirs) = (make("ours"), make("theirs"));
        let streams = Arc::new(Streams::for_connections(4096));
        let someone = |number: u16| {
            let mut id = [0; 16];
            id[..2].copy_from_slice(&number.to_be_bytes());
            PersonId(id)
        };
        let enter = |org, number, token: &str| streams.enter(org, someone(number), token);
        let tabs: Vec<_> = (0..8).map(|_| enter(ours, 0, "one").expect("a tab")).collect();
        assert_eq!(enter(ours, 0, "one").map(|_| ()), Err(Crowded::Person));
        assert!(enter(ours, 0, "two").is_ok(), "another browser of the same person");
        let crowd: Vec<_> = (1..).map_while(|number| enter(ours, number, &number.to_string()).ok()).collect();
        assert_eq!(crowd.len() + tabs.len(), MOST_OF_ORGANISATION);
        assert_eq!(enter(ours, 999, "last").map(|_| ()), Err(Crowded::Organisation));
        assert!(enter(theirs, 1, "theirs").is_ok(), "another organisation is not held up");
        let few = Arc::new(Streams::for_connections(64));
        let held: Vec<_> =
            (1..).map_while(|number| few.enter(ours, someone(number), &number.to_string()).ok()).collect();
        assert_eq!(held.len(), 8, "with few connections, fewer streams");
        assert!(few.enter(theirs, someone(1), "theirs").is_ok());
        drop((tabs, crowd));
        assert!(streams.open().sessions.is_empty() && streams.open().people.is_empty());
    }
}
