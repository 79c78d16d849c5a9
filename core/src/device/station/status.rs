use serde::Serialize;

use super::{GuardStation, knowledge, shift::ShiftState};
use crate::{
    device::StationError,
    gatepack::PackAge,
    id::{DeviceId, OrgCode},
    time::{UnixMillis, UnixSeconds},
};

/// How the outbox stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pending {
    /// Entries in the journal.
    pub entries: u64,
    /// Entries that the server does not have.
    pub waiting: u64,
    /// When the oldest of them was written.
    pub oldest: Option<UnixMillis>,
    /// Entries that the server refuses.
    pub stuck: u64,
    /// Photos that the server does not have.
    pub photos: u64,
    /// When everything was last in step with the server.
    pub last_sync: Option<UnixMillis>,
}

/// How the station stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StationStatus {
    /// The organisation's code, once enrolled.
    pub org: Option<OrgCode>,
    /// The organisation's name.
    pub organisation: Option<String>,
    /// The server's address.
    pub server: Option<String>,
    /// This station's id.
    pub device: Option<DeviceId>,
    /// The guard who is signed in.
    pub guard: Option<String>,
    /// The running shift.
    pub shift: Option<ShiftState>,
    /// The outbox.
    pub outbox: Pending,
    /// Version of the key set.
    pub keys_version: Option<u64>,
    /// Number of the gate pack.
    pub pack_seq: Option<u64>,
    /// When the gate pack was issued.
    pub pack_issued_at: Option<UnixSeconds>,
    /// `fresh`, `stale`, `expired` or `absent`.
    pub pack_age: &'static str,
    /// Whether the time is the server's.
    pub clock_trusted: bool,
    /// The time by which the station judges.
    pub now: UnixMillis,
    /// How far the device's own clock is ahead, in milliseconds, if that is known.
    pub clock_ahead_ms: Option<i64>,
}

impl GuardStation {
    /// How the station stands. Needs no network.
    ///
    /// # Errors
    /// A store or clock that fails.
    pub fn status(&self) -> Result<StationStatus, StationError> {
        let known = self.knowledge()?;
        let moment = self.moment(&known)?;
        let (counts, last_sync) = {
            let mut access = self.store.access();
            let write = access.write()?;
            (write.outbox_counts()?, write.setting::<UnixMillis>(knowledge::LAST_SYNC)?)
        };
        let enrolment = known.enrolment.as_deref();
        let pack = known.pack.as_deref();
        let pack_age = pack.map_or("absent", |pack| match pack.age(moment.now.seconds()) {
            PackAge::Fresh => "fresh",
            PackAge::Stale => "stale",
            PackAge::Expired => "expired",
        });
        Ok(StationStatus {
            org: enrolment.map(|enrolment| enrolment.org.clone()),
            organisation: enrolment.map(|enrolment| enrolment.organisation.clone()),
            server: enrolment.map(|enrolment| enrolment.url.clone()),
            device: enrolment.map(|enrolment| enrolment.device),
            guard: known.guard.as_ref().map(|guard| guard.name.clone()),
            shift: known.shift.clone().map(ShiftState::from),
            outbox: Pending {
                entries: counts.entries,
                waiting: counts.waiting,
                oldest: counts.oldest,
                stuck: counts.stuck,
                photos: counts.photos,
                last_sync,
            },
            keys_version: known.keys.as_ref().map(|keys| keys.version),
            pack_seq: pack.map(|pack| pack.seq),
            pack_issued_at: pack.map(|pack| pack.issued_at),
            pack_age,
            clock_trusted: moment.now.trusted().is_some(),
            now: moment.now.millis(),
            clock_ahead_ms: known.time.wall_deviation_ms(&moment.reading),
        })
    }
}
