//! Events as dashboards see them.

use serde::{Deserialize, Serialize};

use crate::{
    decision::Code,
    id::{Digest32, EntryId, SiteNumber},
    time::UnixMillis,
};

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
    /// What was decided first, where a guard put that right since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_granted: Option<bool>,
    /// Whether it was granted against DENIED, also where that was put right since.
    pub flagged: bool,
    /// Whether a guard reported it as suspicious.
    #[serde(default)]
    pub reported: bool,
    /// Whether a second judgement came to something else.
    #[serde(default)]
    pub judged_again: bool,
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
