//! The guard station: everything that a guard does at the gate, whatever draws the screen.

mod address;
mod asking;
mod at_work;
mod beside;
mod carry;
mod correction;
mod decision;
mod departure;
mod enrolment;
mod erasure;
mod expected;
mod export;
mod faces;
#[cfg(test)]
mod formats;
mod frame;
mod grounds;
mod guards;
mod hindsight;
mod history;
mod judgement;
mod knowledge;
mod question;
mod refusal;
mod report;
mod result;
mod scan;
mod shift;
mod sites;
mod status;
mod stuck;
mod sync;
mod turned_away;
mod used;
mod walk_up;

use std::{
    future::Future,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use ed25519_dalek::SigningKey;

pub use address::{EnrolmentEffect, EnrolmentOffer};
pub use decision::Decided;
pub use departure::Visit;
pub use enrolment::{Enrolled, SignedIn};
pub use erasure::{Erase, Erased};
pub use frame::Sight;
pub use guards::GuardHere;
pub use history::{PastEvent, ShiftCounts};
pub use judgement::Seen;
pub use result::{BanNotice, CheckResult, ScanResult, ScannedBy};
pub use shift::ShiftState;
pub use sites::SiteHere;
pub use status::{PackHeld, Pending, StationStatus};
pub use stuck::{Retried, StuckEntry, StuckPhoto};
pub use sync::SyncReport;
pub use turned_away::TurnedAway;
pub use walk_up::WalkUp;

use super::{
    DeviceTime, Network, SecretStore, StationError, platform,
    store::{JOURNAL_KEY, Store, Write},
    vault::random,
};
use crate::{
    id::{EntryId, SiteNumber},
    journal::{Actor, Body, Entry, EntryKey, Head, Personal},
    network::{Client, Line, Steps},
    qr::LiveReader,
    time::{ClockReading, Now, TimeKeeper, UnixMillis, Word},
};
use at_work::AtWork;
use knowledge::{Enrolment, Guard, Knowledge, Shift};

/// A journal key that is about to be enrolled. Kept apart, so that a cut at any moment leaves a key that fits.
const NEXT_JOURNAL_KEY: &str = "journal-key-next";

/// A guard's station. Calls block; those that wait for the network take a deadline in milliseconds. Any number of
/// threads may call, and several processes may work on the same folder.
///
/// Each call that asks the server has a sister that asks through a [`Line`] and does not block: the same work as
/// [`Steps`], for those who carry requests themselves or have one thread for everything. A call by itself is no more
/// than these steps taken one after another.
pub struct GuardStation {
    store: Store,
    secrets: Arc<dyn SecretStore>,
    time: Arc<dyn DeviceTime>,
    network: Arc<dyn Network>,
    known: Mutex<Option<Knowledge>>,
    sightings: Mutex<Vec<frame::Sighting>>,
    asking: Mutex<Vec<asking::Asking>>,
    reader: Mutex<LiveReader>,
}

/// What the clocks said when a call began, and the time by which it judges.
#[derive(Clone)]
struct Moment {
    reading: ClockReading,
    now: Now,
}

impl GuardStation {
    /// Opens the station in `folder`, or makes a new one there.
    ///
    /// # Errors
    /// A folder or secret store that cannot be used; data that another secret store sealed. A damaged database is no
    /// error: what can be read goes on, and [`StationStatus::salvaged`] says what that was.
    pub fn open(
        folder: String,
        secrets: Arc<dyn SecretStore>,
        time: Arc<dyn DeviceTime>,
    ) -> Result<Self, StationError> {
        Self::open_with(folder, secrets, time, platform::network())
    }

    /// The same with another network than this machine's, for the calls that block.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_with(
        folder: String,
        secrets: Arc<dyn SecretStore>,
        time: Arc<dyn DeviceTime>,
        network: Arc<dyn Network>,
    ) -> Result<Self, StationError> {
        let store = Store::open(Path::new(&folder), secrets.as_ref(), time.read()?.wall)?;
        Ok(Self {
            store,
            secrets,
            time,
            network,
            known: Mutex::new(None),
            sightings: Mutex::default(),
            asking: Mutex::default(),
            reader: Mutex::default(),
        })
    }

    /// The network through which the calls that block ask.
    #[must_use]
    pub const fn network(&self) -> &Arc<dyn Network> {
        &self.network
    }

    fn moment(&self, known: &Knowledge) -> Result<Moment, StationError> {
        let reading = self.time.read()?;
        let now = known.time.now(&reading);
        Ok(Moment { reading, now })
    }

    /// What is known, read again if another process wrote since.
    fn knowledge(&self) -> Result<Knowledge, StationError> {
        let mut access = self.store.access();
        let version = access.data_version()?;
        if let Some(known) = self.cached(version) {
            return Ok(known);
        }
        self.known_within(&access.write()?)
    }

    /// The same within a transaction: nothing newer can come before it ends.
    fn known_within(&self, write: &Write<'_>) -> Result<Knowledge, StationError> {
        let version = write.data_version();
        if let Some(known) = self.cached(version) {
            return Ok(known);
        }
        let fresh = Knowledge::load(write, version)?;
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(fresh.clone());
        Ok(fresh)
    }

    fn cached(&self, version: i64) -> Option<Knowledge> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.as_ref().filter(|known| known.version == version).cloned()
    }

    /// What the camera's frames have told so far.
    fn reader(&self) -> MutexGuard<'_, LiveReader> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Codes that the camera saw a moment ago.
    fn sightings(&self) -> MutexGuard<'_, Vec<frame::Sighting>> {
        self.sightings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// After a setting was written: read again at the next use.
    fn forget_known(&self) {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Does it step by step, and waits for the network where it asks.
    fn wait<'a, T, F>(&self, work: impl FnOnce(Line) -> F) -> T
    where
        F: Future<Output = T> + Send + 'a,
    {
        platform::drive(self.network.as_ref(), Steps::new(work))
    }

    /// The key that the server certified, by whichever name it is kept.
    fn journal_key(&self, enrolment: &Enrolment) -> Result<SigningKey, StationError> {
        for name in [JOURNAL_KEY, NEXT_JOURNAL_KEY] {
            if let Some(key) =
                self.load_key(name)?.filter(|key| key.verifying_key().to_bytes() == enrolment.key)
            {
                return Ok(key);
            }
        }
        Err(StationError::JournalKeyLost)
    }

    fn load_key(&self, name: &str) -> Result<Option<SigningKey>, StationError> {
        let seed = self.secrets.load(name.to_owned())?.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        Ok(seed.map(|seed| SigningKey::from_bytes(&seed)))
    }

    fn fresh_id(moment: &Moment) -> Result<EntryId, StationError> {
        Ok(EntryId::timed(moment.now.millis(), random()?))
    }

    /// Appends an entry to the journal and the outbox, within a transaction that the caller commits; before it what
    /// happened to the clock since the last one. Time only ever moves forward, also over a restart: what is known to
    /// have passed is kept with each entry.
    fn append(
        &self,
        write: &Write<'_>,
        enrolment: &Enrolment,
        moment: &Moment,
        id: EntryId,
        body: &Body,
        personal: &Personal,
    ) -> Result<(), StationError> {
        self.note_clock(write, enrolment, moment)?;
        self.append_one(write, enrolment, moment, id, body, personal)
    }

    fn append_one(
        &self,
        write: &Write<'_>,
        enrolment: &Enrolment,
        moment: &Moment,
        id: EntryId,
        body: &Body,
        personal: &Personal,
    ) -> Result<(), StationError> {
        let head = write.head()?;
        let key = EntryKey::new(random()?);
        let mut said = body.to_value(id, personal, &key, random()?);
        if write.setting::<UnixMillis>(knowledge::REVOKED)?.is_some() {
            said = Body::by_revoked_device(said);
        }
        let entry = Entry {
            id,
            device: enrolment.device,
            number: head.number + 1,
            previous: head.hash,
            wall: moment.reading.wall,
            trusted: moment.now.trusted(),
            kind: body.kind(),
            body: said,
        };
        let (envelope, hash) = entry.sign(&self.journal_key(enrolment)?);
        write.append(id, Head { number: entry.number, hash }, &envelope, &key, moment.now.millis())?;
        Ok(())
    }

    fn note_clock(
        &self,
        write: &Write<'_>,
        enrolment: &Enrolment,
        moment: &Moment,
    ) -> Result<(), StationError> {
        // From the store, not from what was known when the call began: an answer may have brought a new anchor.
        let mut keeper: TimeKeeper = write.setting(knowledge::TIME)?.unwrap_or_default();
        let change = keeper.observe(&moment.reading);
        self.keep_time(write, keeper)?;
        let Some(change) = change else { return Ok(()) };
        let (id, body) = (Self::fresh_id(moment)?, Body::ClockChange(change));
        self.append_one(write, enrolment, moment, id, &body, &Personal::default())
    }

    fn keep_time(&self, write: &Write<'_>, keeper: TimeKeeper) -> Result<(), StationError> {
        write.put_setting(knowledge::TIME, &keeper)?;
        if let Some(cached) = self.known.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            cached.time = keeper;
        }
        Ok(())
    }

    /// The time of a key set or gate pack that was asked for at `asked`, within the transaction that takes it. Where it
    /// sets the floor back, the journal says so in the same breath.
    fn heed(
        &self,
        write: &Write<'_>,
        enrolment: &Enrolment,
        word: Word,
        asked: &ClockReading,
    ) -> Result<(), StationError> {
        let reading = self.time.read()?;
        let mut keeper: TimeKeeper = write.setting(knowledge::TIME)?.unwrap_or_default();
        let lowers = keeper.heed(word, asked, &reading);
        let now = keeper.now(&reading);
        self.keep_time(write, keeper)?;
        if lowers {
            self.note_clock(write, enrolment, &Moment { reading, now })?;
        }
        Ok(())
    }

    /// The server's time, from an answer that has just arrived.
    fn anchor(&self, server: UnixMillis) -> Result<(), StationError> {
        let reading = self.time.read()?;
        let mut access = self.store.access();
        let write = access.write()?;
        let mut keeper: TimeKeeper = write.setting(knowledge::TIME)?.unwrap_or_default();
        keeper.anchor(server, &reading);
        let now = keeper.now(&reading);
        self.keep_time(&write, keeper)?;
        if let Some(enrolment) = write.setting::<Enrolment>(knowledge::ENROLMENT)? {
            self.note_clock(&write, &enrolment, &Moment { reading, now })?;
        }
        Ok(write.commit()?)
    }
}

impl Enrolment {
    /// Calls on behalf of the guard.
    fn guard_client(&self, line: &Line, guard: &Guard) -> Client {
        Client::new(line, &self.url).with_bearer(&guard.token)
    }

    /// Calls on behalf of the device.
    fn device_client(&self, line: &Line) -> Client {
        Client::new(line, &self.url).with_bearer(&self.token)
    }
}

impl Shift {
    const fn actor(&self) -> Actor {
        self.actor_at(self.site)
    }

    /// The guard at work at another site, where that is whose event it is.
    const fn actor_at(&self, site: SiteNumber) -> Actor {
        Actor { guard: self.guard, shift: self.id, site }
    }
}
