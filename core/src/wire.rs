//! Requests and answers of the HTTP API, as JSON. One definition for both ends.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    decision::{Check, Code},
    gatepack::Policy,
    hex,
    id::{DeviceId, Digest32, EntryId, OrgCode, PersonId, ShiftId, SiteNumber, SubjectId},
    time::{UnixMillis, UnixSeconds},
};

/// What an enrolment QR carries, as text `GHE1:` and JSON: where to enrol, with what, and the root to pin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolmentCode {
    /// The server's public address.
    pub url: String,
    /// The organisation.
    pub org: OrgCode,
    /// The one-time code.
    pub code: String,
    /// SHA-256 of the root's public key.
    pub root: Digest32,
}

/// What every enrolment text begins with.
pub const ENROLMENT_PREFIX: &str = "GHE1:";

impl EnrolmentCode {
    /// The text of the QR.
    #[must_use]
    pub fn to_text(&self) -> String {
        // Serialising strings and digests cannot fail.
        format!("{ENROLMENT_PREFIX}{}", serde_json::to_string(self).unwrap_or_default())
    }

    /// Reads the text of a QR.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > 2048 {
            return None;
        }
        serde_json::from_str(text.strip_prefix(ENROLMENT_PREFIX)?).ok()
    }
}

/// A phone asks to be enrolled.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EnrolRequest {
    /// The envelope signed by the journal key.
    #[serde(with = "hex::serde_bytes")]
    pub request: Vec<u8>,
    /// What the admins call the device.
    #[serde(default)]
    pub name: Option<String>,
}

/// The server took the phone in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EnrolAnswer {
    /// The device's id.
    pub device: DeviceId,
    /// The bearer token for the device's own calls.
    pub token: String,
    /// The certificate of the journal key.
    #[serde(with = "hex::serde_bytes")]
    pub certificate: Vec<u8>,
    /// The organisation's name.
    pub organisation: String,
    /// The root, to be held against the pin, and the key set.
    pub keys: KeysAnswer,
    /// Policy until the first gate pack.
    pub policy: Policy,
    /// The server's time.
    pub server_time: UnixMillis,
}

/// The organisation's keys.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeysAnswer {
    /// The root's public key.
    #[serde(with = "hex::serde_bytes")]
    pub root: [u8; 32],
    /// The key set's envelope.
    #[serde(with = "hex::serde_bytes")]
    pub keys: Vec<u8>,
}

/// Someone asks for a one-time code. The answer is the same whether or not the address is known.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CodeRequest {
    /// The e-mail address.
    pub email: String,
}

/// Someone signs in with the code.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignInRequest {
    /// The e-mail address.
    pub email: String,
    /// Six digits.
    pub code: String,
}

/// Signed in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignInAnswer {
    /// The bearer token of the session.
    pub token: String,
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The role: `owner`, `admin`, `guard` or `member`.
    pub role: String,
    /// The server's time.
    pub server_time: UnixMillis,
}

/// A guard's phone asks about a scan.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct VerifyRequest {
    /// The event, under which the scan is also logged.
    pub event: EntryId,
    /// The code's text.
    pub code: String,
    /// The site of the shift.
    pub site: SiteNumber,
    /// The visit that the phone knows to be inside by this code, whose grant may not have reached the server yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaving: Option<EntryId>,
}

/// The server's answer about a scan.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct VerifyAnswer {
    /// The event asked about.
    pub event: EntryId,
    /// SHA-256 of the code's text.
    pub code_sha256: Digest32,
    /// The server's time.
    pub server_time: UnixMillis,
    /// A code for each check; `ok` where nothing is against it.
    pub checks: BTreeMap<Check, Code>,
    /// Who invited, for visitors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// When the code was used before, where that is held against it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used: Option<UnixMillis>,
    /// The visit of this code that is on site: the code opens its departure and counts nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stay: Option<EntryId>,
}

/// Journal entries for the server, in order.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EntriesRequest {
    /// The entries.
    pub entries: Vec<EntryUpload>,
}

/// One entry with the key of its sealed part.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EntryUpload {
    /// The signed envelope.
    #[serde(with = "hex::serde_bytes")]
    pub envelope: Vec<u8>,
    /// The key of the sealed part.
    #[serde(with = "hex::serde_bytes")]
    pub key: [u8; 32],
}

/// What became of the entries.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EntriesAnswer {
    /// One result an entry, in the order sent.
    pub results: Vec<EntryResult>,
    /// The receipt for the journal as far as the server has it; nothing before the first entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<String>,
    /// Photos that entries name and the server lacks.
    #[serde(default)]
    pub photos: Vec<Digest32>,
    /// The server's time.
    pub server_time: UnixMillis,
}

/// What became of one entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum EntryResult {
    /// Taken and durable.
    Accepted,
    /// Taken before with the same bytes; as good as accepted.
    Duplicate,
    /// An entry before it is missing.
    Missing {
        /// The number that the server expects.
        expected: u64,
    },
    /// The same number or id with other bytes was there before; both are kept as evidence.
    Forked,
    /// Not an entry of this device that the server could ever take.
    Rejected {
        /// Why: a code of the journal's.
        code: String,
    },
}

/// A shift begins; the journal entry about it follows with the same id.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ShiftRequest {
    /// The shift.
    pub shift: ShiftId,
    /// Where.
    pub site: SiteNumber,
}

/// The server knows of the shift.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ShiftAnswer {
    /// The site's name.
    pub site_name: String,
    /// The server's time.
    pub server_time: UnixMillis,
}

/// A visitor inside now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnSiteVisit {
    /// The event that began the stay.
    pub stay: EntryId,
    /// The visitor.
    pub name: Option<String>,
    /// The invitation, where there is one.
    pub subject: Option<SubjectId>,
    /// Where.
    pub site: SiteNumber,
    /// Since when.
    pub since: UnixMillis,
    /// Whether longer than a visit should last.
    pub stale: bool,
}

/// A new invitation.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct InvitationRequest {
    /// The visitor.
    pub name: String,
    /// Where to; nothing is any site.
    #[serde(default)]
    pub sites: Option<Vec<SiteNumber>>,
    /// From when on.
    pub from: UnixSeconds,
    /// Until when.
    pub until: UnixSeconds,
    /// Most uses, if limited.
    #[serde(default)]
    pub max_uses: Option<u32>,
    /// A note for the guard.
    #[serde(default)]
    pub note: Option<String>,
}

/// An invitation as made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct InvitationAnswer {
    /// Its id, the subject of its pass.
    pub id: SubjectId,
    /// What people call it.
    pub reference: String,
    /// The text of its QR.
    pub code: String,
}

/// An invitation as lists show it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct InvitationView {
    /// Its id, the subject of its pass.
    pub id: SubjectId,
    /// What people call it.
    pub reference: String,
    /// The visitor.
    pub name: String,
    /// Who invited.
    pub host: Option<String>,
    /// Where to; nothing is any site.
    pub sites: Option<Vec<SiteNumber>>,
    /// From when on.
    pub from: UnixSeconds,
    /// Until when.
    pub until: UnixSeconds,
    /// Most uses, if limited.
    pub max_uses: Option<u32>,
    /// Grants so far.
    pub uses: u64,
    /// Where it stands.
    pub status: crate::visit::InvitationStatus,
    /// For the guard.
    pub note: String,
}

/// A member's fresh access ID.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GenerateIdAnswer {
    /// The text of the QR.
    pub code: String,
    /// When it lapses.
    pub expires_at: UnixSeconds,
    /// The server's time.
    pub server_time: UnixMillis,
}

/// A failure, as RFC 9457 problem details with a stable code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Always `about:blank`: the code says what kind it is.
    #[serde(rename = "type")]
    pub kind: String,
    /// One line for a person.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The stable code.
    pub code: String,
}

/// An event as the dashboards see it: a scan or walk-up with its decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventView {
    /// The scan's or walk-up's entry.
    pub event: EntryId,
    /// `member`, `visitor`, `device`, `walk_up` or `unreadable`.
    pub kind: String,
    /// The verdict; walk-ups have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<crate::decision::Verdict>,
    /// The code that decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    /// Granted or denied, if decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted: Option<bool>,
    /// Whether it was granted against DENIED.
    pub flagged: bool,
    /// The name, unless erased or never known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where.
    pub site: SiteNumber,
    /// When it happened, by the phone's best clock.
    pub happened_at: UnixMillis,
    /// When the server got it.
    pub received_at: UnixMillis,
    /// When the visitor left, for visits that began with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departed_at: Option<UnixMillis>,
    /// SHA-256 of a photo, once it is there whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<Digest32>,
}

/// Paths of the API, for both ends.
pub mod path {
    /// Enrolment of a device.
    pub const ENROL: &str = "/api/enrol";
    /// Asking for a one-time code.
    pub const CODE: &str = "/api/auth/code";
    /// Signing in with it.
    pub const SIGN_IN: &str = "/api/auth/sign-in";
    /// A member's fresh access ID.
    pub const GENERATE_ID: &str = "/api/access-control/generate-id";
    /// The online check of a scan.
    pub const VERIFY: &str = "/api/access-control/verify";
    /// Journal entries.
    pub const ENTRIES: &str = "/api/access-control/entries";
    /// The gate pack.
    pub const GATE_PACK: &str = "/api/access-control/gate-pack";
    /// The key set.
    pub const KEYS: &str = "/api/access-control/keys";
    /// Photos, by SHA-256 behind a slash.
    pub const PHOTOS: &str = "/api/access-control/photos";
    /// Shifts.
    pub const SHIFTS: &str = "/api/access-control/shifts";
    /// Invitations.
    pub const INVITATIONS: &str = "/api/access-control/invitations";
    /// Visitors inside now.
    pub const ON_SITE: &str = "/api/access-control/on-site";
    /// Events, newest first.
    pub const EVENTS: &str = "/api/access-control/events";
}
