//! How the station stands, for its screen.

use serde::Serialize;

use super::{GuardStation, knowledge, refusal::refusal, shift::ShiftState};
use crate::{
    device::{StationError, store::Salvaged},
    gatepack::PackAge,
    id::{DeviceId, EntryId, OrgCode, PersonId},
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
    /// Photos that wait to be sent.
    pub photos: u64,
    /// Photos that the server refuses.
    pub stuck_photos: u64,
    /// Milliseconds until the next synchronisation is due, 0 for now; nothing where it waits for somebody to sign in,
    /// enrol or retry.
    pub next_try_in_ms: Option<u64>,
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
    /// The name of the guard who is signed in.
    pub guard: Option<String>,
    /// The guard who is signed in.
    pub guard_id: Option<PersonId>,
    /// Why the server does not answer this guard's scans, which are checked offline meanwhile: `session_ended` where
    /// the guard must sign in again, else the server's own code.
    pub guard_refused: Option<String>,
    /// Whether a guard locked it: one who has a PIN here unlocks it, also without the server.
    pub locked: bool,
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
    /// How old the gate pack is.
    pub pack_age: PackHeld,
    /// Whether the time is the server's.
    pub clock_trusted: bool,
    /// The time by which the station judges.
    pub now: UnixMillis,
    /// The earliest that it can be, where the time is not the server's.
    pub earliest: Option<UnixMillis>,
    /// The disk was full: the journal writes into the space kept back for that. Free some.
    pub storage_low: bool,
    /// The server takes nothing more from this device: an admin must enrol it anew.
    pub must_enrol_anew: bool,
    /// That is so because an admin revoked it: nothing that it finds is better than CAUTION, and what it records is
    /// marked.
    pub revoked: bool,
    /// Undecided events of the running shift whose verdict changed since a guard was shown it: look at them again.
    pub unseen: Vec<EntryId>,
    /// What was saved of a damaged database, until the station is enrolled anew.
    pub salvaged: Option<Salvaged>,
    /// How far the device's own clock is ahead, in milliseconds, if that is known.
    pub clock_ahead_ms: Option<i64>,
}

/// The gate pack that a station goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PackHeld {
    /// There is none.
    Absent,
    /// Before its next update was due.
    Fresh,
    /// Past its next update.
    Stale,
    /// Past its hard expiry.
    Expired,
}

impl GuardStation {
    /// How the station stands. Needs no network.
    ///
    /// # Errors
    /// A store or clock that fails.
    pub fn status(&self) -> Result<StationStatus, StationError> {
        let known = self.knowledge()?;
        let moment = self.moment(&known)?;
        let next_try_in_ms = self.next_sync()?;
        let (unseen, counts, last_sync, must_enrol_anew, salvaged, guard_refused) = {
            let mut access = self.store.access();
            let write = access.write()?;
            let shift = known.shift.as_ref();
            (
                shift.map(|shift| write.unseen_events(shift.id)).transpose()?.unwrap_or_default(),
                write.outbox_counts()?,
                write.setting::<UnixMillis>(knowledge::LAST_SYNC)?,
                write.setting::<bool>(knowledge::MUST_ENROL_ANEW)? == Some(true),
                write.setting::<Salvaged>(knowledge::SALVAGED)?,
                known.guard.as_ref().map(|guard| refusal(&write, guard)).transpose()?.flatten(),
            )
        };
        let enrolment = known.enrolment.as_deref();
        let pack = known.pack.as_deref();
        let pack_age = match pack.map(|pack| pack.age(moment.now.seconds())) {
            None => PackHeld::Absent,
            Some(PackAge::Fresh) => PackHeld::Fresh,
            Some(PackAge::Stale) => PackHeld::Stale,
            Some(PackAge::Expired) => PackHeld::Expired,
        };
        Ok(StationStatus {
            org: enrolment.map(|enrolment| enrolment.org.clone()),
            organisation: enrolment.map(|enrolment| enrolment.organisation.clone()),
            server: enrolment.map(|enrolment| enrolment.url.clone()),
            device: enrolment.map(|enrolment| enrolment.device),
            guard: known.guard.as_ref().map(|guard| guard.name.clone()),
            guard_id: known.guard.as_ref().map(|guard| guard.person),
            guard_refused,
            locked: known.locked,
            shift: known.shift.clone().map(ShiftState::from),
            outbox: Pending {
                entries: counts.entries,
                waiting: counts.waiting,
                oldest: counts.oldest,
                stuck: counts.stuck,
                photos: counts.photos,
                stuck_photos: counts.stuck_photos,
                next_try_in_ms,
                last_sync,
            },
            keys_version: known.keys.as_ref().map(|keys| keys.version),
            pack_seq: pack.map(|pack| pack.seq),
            pack_issued_at: pack.map(|pack| pack.issued_at),
            pack_age,
            clock_trusted: moment.now.trusted().is_some(),
            now: moment.now.millis(),
            earliest: moment.now.trusted().is_none().then(|| known.time.earliest(&moment.reading)),
            storage_low: self.store.is_low(),
            must_enrol_anew,
            revoked: known.revoked,
            unseen,
            salvaged,
            clock_ahead_ms: known.time.wall_deviation_ms(&moment.reading),
        })
    }
}
