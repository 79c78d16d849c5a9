//! What crosses as values. Ids are lower-case hex, stable words are text, `_ms` and `_s` are milliseconds and seconds
//! since 1970.

mod erasure;
mod outbox;
mod scan;
mod sight;
mod site;

pub use erasure::Erase;
pub use outbox::{Outbox, Salvaged, StuckEntry, StuckPhoto, SyncReport};
pub use scan::{Check, Decided, Reason, ScanResult};
pub use sight::{Advice, Corner, Sight};
pub use site::SiteHere;

use gatehouse_core::{
    device::{self, PackHeld, StationStatus as CoreStatus},
    gatepack,
    time::{UnixMillis, UnixSeconds},
};

/// A number that counts seconds or milliseconds. All times of the core lie before the year 10000, so nothing is cut.
pub(crate) fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A time in milliseconds.
pub(crate) fn millis(time: UnixMillis) -> i64 {
    whole(time.get())
}

/// A time in seconds.
pub(crate) fn seconds(time: UnixSeconds) -> i64 {
    whole(time.get())
}

/// A visitor inside.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Visit {
    /// The event that began the stay.
    pub stay: String,
    /// The visitor.
    pub name: Option<String>,
    /// Where.
    pub site: u32,
    /// Since when.
    pub since_ms: i64,
}

impl From<device::Visit> for Visit {
    fn from(visit: device::Visit) -> Self {
        Self {
            stay: visit.stay.to_string(),
            name: visit.name,
            site: visit.site.get(),
            since_ms: millis(visit.since),
        }
    }
}

/// The station belongs to an organisation now.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Enrolled {
    /// The organisation's name.
    pub organisation: String,
    /// The station's id.
    pub device: String,
}

impl From<device::Enrolled> for Enrolled {
    fn from(enrolled: device::Enrolled) -> Self {
        Self { organisation: enrolled.organisation, device: enrolled.device.to_string() }
    }
}

/// A guard is signed in.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SignedIn {
    /// Who.
    pub person: String,
    /// Their name.
    pub name: String,
}

impl From<device::SignedIn> for SignedIn {
    fn from(signed_in: device::SignedIn) -> Self {
        Self { person: signed_in.person.to_string(), name: signed_in.name }
    }
}

/// A guard who signed in on this station before.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct GuardHere {
    /// Who.
    pub person: String,
    /// Their name.
    pub name: String,
    /// Whether a PIN is set and not void.
    pub has_pin: bool,
    /// Milliseconds before the next try.
    pub wait_ms: i64,
}

impl From<device::GuardHere> for GuardHere {
    fn from(guard: device::GuardHere) -> Self {
        Self {
            person: guard.person.to_string(),
            name: guard.name,
            has_pin: guard.has_pin,
            wait_ms: whole(guard.wait_ms),
        }
    }
}

/// The shift that is running.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ShiftState {
    /// Its id.
    pub shift: String,
    /// Where.
    pub site: u32,
    /// The site's name.
    pub site_name: String,
    /// Since when.
    pub started_ms: i64,
    /// What stood against the phone's place when the shift began: `outside_geofence` or `location_unknown`.
    pub location: Option<String>,
}

impl From<device::ShiftState> for ShiftState {
    fn from(shift: device::ShiftState) -> Self {
        Self {
            shift: shift.shift.to_string(),
            site: shift.site.get(),
            site_name: shift.site_name,
            started_ms: millis(shift.started),
            location: shift.location.map(|code| code.word().to_owned()),
        }
    }
}

/// How the station stands.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct StationStatus {
    /// The organisation's code, once enrolled.
    pub org: Option<String>,
    /// The organisation's name.
    pub organisation: Option<String>,
    /// The server's address.
    pub server: Option<String>,
    /// This station's id.
    pub device: Option<String>,
    /// The name of the guard who is signed in.
    pub guard: Option<String>,
    /// The guard who is signed in.
    pub guard_id: Option<String>,
    /// Why the server does not answer this guard's scans, which are checked offline meanwhile: `session_ended` where
    /// the guard must sign in again, else the server's own code.
    pub guard_refused: Option<String>,
    /// The running shift.
    pub shift: Option<ShiftState>,
    /// Whether the server takes nothing more from this device until it is enrolled anew.
    pub must_enrol_anew: bool,
    /// Whether that is so because an admin revoked it.
    pub revoked: bool,
    /// Undecided scans and walk-ups whose verdict changed since it was shown: [`crate::GuardStation::look`] at them.
    pub unseen: Vec<String>,
    /// What was saved of a damaged database, until the station is enrolled anew.
    pub salvaged: Option<Salvaged>,
    /// The outbox.
    pub outbox: Outbox,
    /// Milliseconds until the next synchronisation is due, 0 for now; nothing where it waits for somebody to sign in,
    /// enrol or retry.
    pub next_try_in_ms: Option<i64>,
    /// The disk was full: the journal writes into the space kept back for that. Free some.
    pub storage_low: bool,
    /// Version of the key set.
    pub keys_version: Option<u64>,
    /// Number of the gate pack.
    pub pack_seq: Option<u64>,
    /// When the gate pack was issued.
    pub pack_issued_at_s: Option<i64>,
    /// `fresh`, `stale`, `expired` or `absent`.
    pub pack_age: PackHeld,
    /// Whether the time is the server's.
    pub clock_trusted: bool,
    /// The time by which the station judges.
    pub now_ms: i64,
    /// The earliest that it can be, where the time is not the server's.
    pub earliest_ms: Option<i64>,
    /// How far the device's own clock is ahead, if that is known.
    pub clock_ahead_ms: Option<i64>,
}

impl From<CoreStatus> for StationStatus {
    fn from(status: CoreStatus) -> Self {
        Self {
            org: status.org.map(|org| org.to_string()),
            organisation: status.organisation,
            server: status.server,
            device: status.device.map(|device| device.to_string()),
            guard: status.guard,
            guard_id: status.guard_id.map(|guard| guard.to_string()),
            guard_refused: status.guard_refused,
            shift: status.shift.map(ShiftState::from),
            must_enrol_anew: status.must_enrol_anew,
            revoked: status.revoked,
            unseen: status.unseen.into_iter().map(|event| event.to_string()).collect(),
            salvaged: status.salvaged.map(Salvaged::from),
            next_try_in_ms: status.outbox.next_try_in_ms.map(whole),
            outbox: status.outbox.into(),
            storage_low: status.storage_low,
            keys_version: status.keys_version,
            pack_seq: status.pack_seq,
            pack_issued_at_s: status.pack_issued_at.map(seconds),
            pack_age: status.pack_age,
            clock_trusted: status.clock_trusted,
            now_ms: millis(status.now),
            earliest_ms: status.earliest.map(millis),
            clock_ahead_ms: status.clock_ahead_ms,
        }
    }
}

/// A visitor who is expected.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ExpectedVisit {
    /// The invitation.
    pub invitation: String,
    /// The visitor.
    pub name: String,
    /// Who invited.
    pub host: Option<String>,
    /// Numbers of the sites; nothing is any site.
    pub sites: Option<Vec<u32>>,
    /// From when on.
    pub from_s: i64,
    /// Until when.
    pub until_s: i64,
    /// Most uses, if limited.
    pub max_uses: Option<u32>,
    /// SHA-256 of a picture of the visitor that the host supplied, for [`crate::GuardStation::face`].
    pub photo: Option<String>,
}

impl From<gatepack::ExpectedVisit> for ExpectedVisit {
    fn from(visit: gatepack::ExpectedVisit) -> Self {
        Self {
            invitation: visit.subject.to_string(),
            name: visit.name,
            host: visit.host,
            sites: visit.sites.map(|sites| sites.into_iter().map(|site| site.get()).collect()),
            from_s: seconds(visit.from),
            until_s: seconds(visit.until),
            max_uses: visit.max_uses,
            photo: visit.photo.map(|digest| digest.to_string()),
        }
    }
}
