//! What crosses as values. Ids are lower-case hex, stable words are text, `_ms` and `_s` are milliseconds and seconds
//! since 1970.

use gatehouse_core::{
    decision,
    device::{self, StationStatus as CoreStatus},
    gatepack, place,
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

/// Where the phone says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct Fix {
    /// Latitude in millionths of a degree.
    pub latitude_e6: i32,
    /// Longitude in millionths of a degree.
    pub longitude_e6: i32,
    /// Radius in metres within which the phone is with 68 % certainty.
    pub accuracy_m: u32,
}

impl From<Fix> for place::Fix {
    fn from(fix: Fix) -> Self {
        let Fix { latitude_e6, longitude_e6, accuracy_m } = fix;
        Self { latitude_e6, longitude_e6, accuracy_m }
    }
}

/// What the guard sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Verdict {
    /// A good code, confirmed by the server just now.
    Verified,
    /// A good code, but the guard should judge.
    Caution,
    /// Not to be let in on this code.
    Denied,
}

impl From<decision::Verdict> for Verdict {
    fn from(verdict: decision::Verdict) -> Self {
        match verdict {
            decision::Verdict::Verified => Self::Verified,
            decision::Verdict::Caution => Self::Caution,
            decision::Verdict::Denied => Self::Denied,
        }
    }
}

/// What kind of code or person an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum ScannedBy {
    /// A member's access ID.
    Member,
    /// A visitor's invitation.
    Visitor,
    /// A code that a member's phone minted.
    Device,
    /// A visitor without a code.
    WalkUp,
    /// An expected visitor without a code, found by name.
    Expected,
    /// A code whose content may not be shown.
    Unreadable,
}

impl From<device::ScannedBy> for ScannedBy {
    fn from(kind: device::ScannedBy) -> Self {
        match kind {
            device::ScannedBy::Member => Self::Member,
            device::ScannedBy::Visitor => Self::Visitor,
            device::ScannedBy::Device => Self::Device,
            device::ScannedBy::WalkUp => Self::WalkUp,
            device::ScannedBy::Expected => Self::Expected,
            device::ScannedBy::Unreadable => Self::Unreadable,
        }
    }
}

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum CheckState {
    /// Nothing against the code.
    Passed,
    /// Something against it; the check's code says what.
    Failed,
    /// Not made.
    Skipped,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Check {
    /// Which, as a stable word.
    pub check: String,
    /// How it came out.
    pub state: CheckState,
    /// `ok` or the reason; nothing where skipped.
    pub code: Option<String>,
}

impl From<device::CheckResult> for Check {
    fn from(check: device::CheckResult) -> Self {
        let state = match check.state.as_str() {
            "passed" => CheckState::Passed,
            "skipped" => CheckState::Skipped,
            _ => CheckState::Failed,
        };
        Self {
            check: check.check.word().to_owned(),
            state,
            code: check.code.map(|code| code.word().to_owned()),
        }
    }
}

/// What a failed check rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Fact {
    /// What the code itself says.
    Code,
    /// The server's answer to this scan.
    Server,
    /// The gate pack; the number is its number.
    GatePack,
    /// The key set; the number is its version.
    KeySet,
    /// What this device recorded itself.
    OwnRecords,
    /// The device's clock, which nobody confirmed; the time is the earliest that it can be.
    DeviceTime,
    /// The device's location fix; the number is its accuracy in metres.
    Location,
    /// The guard's word.
    Guard,
    /// Nothing: the fact is missing.
    Missing,
}

impl From<decision::Fact> for Fact {
    fn from(fact: decision::Fact) -> Self {
        match fact {
            decision::Fact::Code => Self::Code,
            decision::Fact::Server => Self::Server,
            decision::Fact::GatePack => Self::GatePack,
            decision::Fact::KeySet => Self::KeySet,
            decision::Fact::OwnRecords => Self::OwnRecords,
            decision::Fact::DeviceClock => Self::DeviceTime,
            decision::Fact::Location => Self::Location,
            decision::Fact::Guard => Self::Guard,
            decision::Fact::Missing => Self::Missing,
        }
    }
}

/// Why a check failed: which fact it rests on and how old that is.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Reason {
    /// The check, as a stable word.
    pub check: String,
    /// Why it failed.
    pub code: String,
    /// What that rests on.
    pub fact: Fact,
    /// When the fact was issued, recorded or last known.
    pub as_of_ms: Option<i64>,
    /// How old the fact is; for an end that has passed, how long ago that was.
    pub age_s: Option<i64>,
    /// A number that belongs to the fact, see [`Fact`].
    pub number: Option<u64>,
}

impl From<decision::Reason> for Reason {
    fn from(reason: decision::Reason) -> Self {
        Self {
            check: reason.check.word().to_owned(),
            code: reason.code.word().to_owned(),
            fact: reason.fact.into(),
            as_of_ms: reason.as_of.map(millis),
            age_s: reason.age_s.map(whole),
            number: reason.number,
        }
    }
}

/// An entry of the ban list with the typed name of a walk-up: perhaps this person, perhaps a namesake.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct BanNotice {
    /// The names that the banned goes by.
    pub names: Vec<String>,
    /// Why, in the words of whoever banned.
    pub reason: String,
}

/// What the guard sees of a scan or walk-up. It is durable when it arrives.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ScanResult {
    /// The event, by which it is decided.
    pub event: String,
    /// The verdict; walk-ups have none.
    pub verdict: Option<Verdict>,
    /// The code that decided; `ok` for VERIFIED and walk-ups.
    pub code: String,
    /// Every check, in the order of the specification.
    pub checks: Vec<Check>,
    /// Every failed check with what it rests on, the one that decided first.
    pub reasons: Vec<Reason>,
    /// What was scanned.
    pub kind: ScannedBy,
    /// The name to show.
    pub name: Option<String>,
    /// Who invited, if phone or server knows.
    pub host: Option<String>,
    /// The member or invitation.
    pub subject: Option<String>,
    /// The site.
    pub site: u32,
    /// When the code lapses.
    pub expires_at_s: Option<i64>,
    /// When it was scanned.
    pub at_ms: i64,
    /// Whether the server answered.
    pub online: bool,
    /// When the same code was used before, where that matters.
    pub last_used_ms: Option<i64>,
    /// When the facts that an offline result rests on were issued.
    pub facts_from_s: Option<i64>,
    /// The visit that this code would end: the visitor is inside.
    pub departure_of: Option<String>,
    /// Whether this is a scan seen before and not decided yet.
    pub again: bool,
    /// Whether a photo was taken with it.
    pub has_photo: bool,
    /// SHA-256 of the picture of this member or visitor, where the site shows faces beside the verdict.
    pub face: Option<String>,
    /// What the ban list says of a walk-up's name.
    pub bans: Vec<BanNotice>,
}

impl From<device::ScanResult> for ScanResult {
    fn from(result: device::ScanResult) -> Self {
        Self {
            event: result.event.to_string(),
            verdict: result.verdict.map(Verdict::from),
            code: result.code.word().to_owned(),
            checks: result.checks.into_iter().map(Check::from).collect(),
            reasons: result.reasons.into_iter().map(Reason::from).collect(),
            kind: result.kind.into(),
            name: result.name,
            host: result.host,
            subject: result.subject.map(|subject| subject.to_string()),
            site: result.site.get(),
            expires_at_s: result.expires_at.map(seconds),
            at_ms: millis(result.at),
            online: result.online,
            last_used_ms: result.last_used.map(millis),
            facts_from_s: result.facts_from.map(seconds),
            departure_of: result.departure_of.map(|stay| stay.to_string()),
            again: result.again,
            has_photo: result.has_photo,
            face: result.face.map(|face| face.to_string()),
            bans: result
                .bans
                .into_iter()
                .map(|ban| BanNotice { names: ban.names, reason: ban.reason })
                .collect(),
        }
    }
}

/// A decision that is written down.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Decided {
    /// The scan or walk-up.
    pub event: String,
    /// Granted or denied.
    pub granted: bool,
    /// Granted against DENIED.
    pub flagged: bool,
    /// Whether the visitor is inside now.
    pub on_site: bool,
}

impl From<device::Decided> for Decided {
    fn from(decided: device::Decided) -> Self {
        Self {
            event: decided.event.to_string(),
            granted: decided.granted,
            flagged: decided.flagged,
            on_site: decided.on_site,
        }
    }
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
}

impl From<device::ShiftState> for ShiftState {
    fn from(shift: device::ShiftState) -> Self {
        Self {
            shift: shift.shift.to_string(),
            site: shift.site.get(),
            site_name: shift.site_name,
            started_ms: millis(shift.started),
        }
    }
}

/// How the outbox stands.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Outbox {
    /// Entries in the journal.
    pub entries: u64,
    /// Entries that the server does not have.
    pub waiting: u64,
    /// When the oldest of them was written.
    pub oldest_ms: Option<i64>,
    /// Entries that the server refuses.
    pub stuck: u64,
    /// Photos that wait to be sent.
    pub photos: u64,
    /// Photos that the server refuses.
    pub stuck_photos: u64,
    /// When everything was last in step with the server.
    pub last_sync_ms: Option<i64>,
}

impl From<device::Pending> for Outbox {
    fn from(pending: device::Pending) -> Self {
        Self {
            entries: pending.entries,
            waiting: pending.waiting,
            oldest_ms: pending.oldest.map(millis),
            stuck: pending.stuck,
            photos: pending.photos,
            stuck_photos: pending.stuck_photos,
            last_sync_ms: pending.last_sync.map(millis),
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
    /// The guard who is signed in.
    pub guard: Option<String>,
    /// The running shift.
    pub shift: Option<ShiftState>,
    /// Whether the server takes nothing more from this device until it is enrolled anew.
    pub must_enrol_anew: bool,
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
    pub pack_age: String,
    /// Whether the time is the server's.
    pub clock_trusted: bool,
    /// The time by which the station judges.
    pub now_ms: i64,
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
            shift: status.shift.map(ShiftState::from),
            must_enrol_anew: status.must_enrol_anew,
            next_try_in_ms: status.outbox.next_try_in_ms.map(whole),
            outbox: status.outbox.into(),
            storage_low: status.storage_low,
            keys_version: status.keys_version,
            pack_seq: status.pack_seq,
            pack_issued_at_s: status.pack_issued_at.map(seconds),
            pack_age: status.pack_age.to_owned(),
            clock_trusted: status.clock_trusted,
            now_ms: millis(status.now),
            clock_ahead_ms: status.clock_ahead_ms,
        }
    }
}

/// What a synchronisation did.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SyncReport {
    /// Entries that the server has now and had not.
    pub sent: u64,
    /// Photos that the server has now and had not.
    pub photos: u64,
    /// Entries that still wait.
    pub waiting: u64,
    /// Entries that the server refuses.
    pub stuck: u64,
    /// Photos that the server refuses.
    pub stuck_photos: u64,
    /// Number of the gate pack in use.
    pub pack_seq: Option<u64>,
    /// The stable code of what stood in the way, if anything.
    pub problem: Option<String>,
    /// Seconds that the server asks to wait before the next try.
    pub retry_after_s: Option<i64>,
    /// Milliseconds until the next try is due; nothing where it waits for somebody to sign in, enrol or retry.
    pub next_try_in_ms: Option<i64>,
}

impl From<device::SyncReport> for SyncReport {
    fn from(report: device::SyncReport) -> Self {
        Self {
            sent: report.sent,
            photos: report.photos,
            waiting: report.waiting,
            stuck: report.stuck,
            stuck_photos: report.stuck_photos,
            pack_seq: report.pack_seq,
            problem: report.problem,
            retry_after_s: report.retry_after.map(whole),
            next_try_in_ms: report.next_try_in_ms.map(whole),
        }
    }
}

/// What is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct Retried {
    /// Entries.
    pub entries: u64,
    /// Photos.
    pub photos: u64,
    /// Entries that stay set aside.
    pub left: u64,
}

impl From<device::Retried> for Retried {
    fn from(retried: device::Retried) -> Self {
        Self { entries: retried.entries, photos: retried.photos, left: retried.left }
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
    /// From when on.
    pub from_s: i64,
    /// Until when.
    pub until_s: i64,
}

impl From<gatepack::ExpectedVisit> for ExpectedVisit {
    fn from(visit: gatepack::ExpectedVisit) -> Self {
        Self {
            invitation: visit.subject.to_string(),
            name: visit.name,
            host: visit.host,
            from_s: seconds(visit.from),
            until_s: seconds(visit.until),
        }
    }
}

/// An entry that the server refuses, or that damage cut off from its journal.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct StuckEntry {
    /// Its number.
    pub number: u64,
    /// Its id; nothing where not even that can be read.
    pub id: Option<String>,
    /// When it was written.
    pub written_ms: Option<i64>,
    /// Why: the server's stable code, or `behind_gap`, `enrolment_lost`.
    pub code: String,
}

impl From<device::StuckEntry> for StuckEntry {
    fn from(stuck: device::StuckEntry) -> Self {
        Self {
            number: stuck.number,
            id: stuck.id.map(|id| id.to_string()),
            written_ms: stuck.written.map(millis),
            code: stuck.code,
        }
    }
}
