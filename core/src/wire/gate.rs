//! What a guard's phone asks at the gate.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    decision::{Check, Code},
    id::{Digest32, EntryId, PersonId, ShiftId, SiteNumber, SubjectId},
    time::UnixMillis,
};

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
    /// Own events of this code that were denied or abandoned, where the server may not know that yet: what they had
    /// reserved is not held against the code. At most [`MOST_CLOSED`]; more are passed over.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closed: Vec<EntryId>,
}

/// Most closed events that a question about a scan names.
pub const MOST_CLOSED: usize = 8;

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
    /// The whole name of the member or visitor, where the server knows them: a code has room for the beginning only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Who invited, for visitors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// When the code was used before, where that is held against it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used: Option<UnixMillis>,
    /// Where that was, once the server has heard of the scan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_site: Option<SiteNumber>,
    /// The guard who let somebody in by it, once the server has heard of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_by: Option<PersonId>,
    /// The visit of this code that is on site: the code opens its departure and counts nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stay: Option<EntryId>,
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

/// The picture of a member or expected visitor that stands beside the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Face {
    /// Whose.
    pub subject: SubjectId,
    /// SHA-256 of the JPEG.
    pub sha256: Digest32,
}

/// Every face that a device may show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacesAnswer {
    /// Those whom the gate is likeliest to see, at most [`MOST_FACES`].
    pub faces: Vec<Face>,
}

/// Most faces that a device keeps.
pub const MOST_FACES: usize = 1_000;
