//! A guard's phone in this process, with clocks that a test sets.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};

use gatehouse_core::{
    device::{DeviceTime, FileSecrets, GuardStation, Network, TimeError},
    id::SiteNumber,
    network::{Failure, Outcome, Request},
    time::{ClockReading, UnixMillis},
};

use crate::server::Server;

/// How long a call may wait for the server, in milliseconds.
pub const PATIENCE_MS: u32 = 20_000;

/// Clocks that stand still until a test moves them.
#[derive(Debug)]
pub struct Clocks(Mutex<ClockReading>);

impl Clocks {
    /// Clocks that agree with this machine's.
    #[must_use]
    pub fn now() -> Arc<Self> {
        let wall = std::time::UNIX_EPOCH.elapsed().expect("after 1970");
        let wall = UnixMillis::new(u64::try_from(wall.as_millis()).expect("before the year 9999"));
        Arc::new(Self(Mutex::new(ClockReading {
            wall,
            monotonic_ms: 1_000_000,
            boot_id: "first".to_owned(),
        })))
    }

    /// Time passes.
    pub fn pass(&self, millis: u64) {
        let mut clocks = self.0.lock().expect("clocks");
        clocks.wall = clocks.wall.plus(millis);
        clocks.monotonic_ms += millis;
    }

    /// Somebody sets the wall clock.
    pub fn set(&self, ahead_ms: i64) {
        let mut clocks = self.0.lock().expect("clocks");
        clocks.wall = UnixMillis::new(clocks.wall.get().saturating_add_signed(ahead_ms));
    }

    /// The phone restarts and has been up for a while.
    pub fn restart(&self, boot: &str, up_ms: u64) {
        let mut clocks = self.0.lock().expect("clocks");
        (clocks.boot_id, clocks.monotonic_ms) = (boot.to_owned(), up_ms);
    }
}

impl DeviceTime for Clocks {
    fn read(&self) -> Result<ClockReading, TimeError> {
        Ok(self.0.lock().expect("clocks").clone())
    }
}

/// No network at all.
struct Unplugged;

impl Network for Unplugged {
    fn exchange(&self, request: Request, _: Duration) -> Outcome {
        Err(Failure::NoWay { reason: format!("unplugged, at {request:?}") })
    }
}

/// A phone's folder, and the clocks in its case.
#[derive(Debug)]
pub struct Phone {
    folder: PathBuf,
    /// Its clocks.
    pub clocks: Arc<Clocks>,
}

impl Phone {
    /// The phone whose folder this is.
    #[must_use]
    pub fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), clocks: Clocks::now() }
    }

    /// A phone enrolled with the server.
    #[must_use]
    pub fn enrolled(server: &Server, folder: &Path) -> Self {
        let phone = Self::at(folder);
        let code = server.local(&["device", "code"]);
        let station = phone.open();
        station
            .enrol(code["code"].as_str().expect("a code").to_owned(), None, PATIENCE_MS)
            .expect("enrolled");
        station.sync_once(PATIENCE_MS).expect("a first pack");
        phone
    }

    /// The app starts on what the folder holds.
    #[must_use]
    pub fn open(&self) -> GuardStation {
        let secrets = FileSecrets::open(self.folder.join("secrets")).expect("secrets");
        let folder = self.folder.to_string_lossy().into_owned();
        let clocks: Arc<dyn DeviceTime> = self.clocks.clone();
        GuardStation::open(folder, Arc::new(secrets), clocks).expect("the station opens")
    }

    /// The same without a network of its own: who asks through it finds none.
    #[must_use]
    pub fn open_unplugged(&self) -> GuardStation {
        let secrets = FileSecrets::open(self.folder.join("secrets")).expect("secrets");
        let folder = self.folder.to_string_lossy().into_owned();
        let clocks: Arc<dyn DeviceTime> = self.clocks.clone();
        GuardStation::open_with(folder, Arc::new(secrets), clocks, Arc::new(Unplugged)).expect("it opens")
    }

    /// A guard signs in.
    pub fn sign_in(&self, server: &Server, station: &GuardStation, email: &str) {
        station.request_code(email.to_owned(), PATIENCE_MS).expect("a code is sent");
        station.sign_in(email.to_owned(), server.one_time_code(email), PATIENCE_MS).expect("signed in");
    }

    /// The app starts, a guard signs in and starts a shift at site 1.
    #[must_use]
    pub fn at_work(&self, server: &Server, email: &str) -> GuardStation {
        let station = self.open();
        self.sign_in(server, &station, email);
        station.start_shift(site(1), None, PATIENCE_MS).expect("a shift");
        station
    }
}

/// A site.
#[must_use]
pub fn site(number: u64) -> SiteNumber {
    SiteNumber::new(number).expect("a site's number")
}
