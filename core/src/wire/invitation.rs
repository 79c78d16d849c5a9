//! Invitations.

use serde::{Deserialize, Serialize};

use crate::{
    decision::Code,
    id::{RequestId, SiteNumber, SubjectId},
    time::UnixSeconds,
};

/// A new invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationRequest {
    /// Names this wish: sent again with the same content, it gets the same answer and no second invitation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<RequestId>,
    /// The visitor.
    pub name: String,
    /// Where to; nothing is every site that whoever invites may invite to: for an admin any, for a member their own.
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationAnswer {
    /// Its id, the subject of its pass.
    pub id: SubjectId,
    /// What people call it.
    pub reference: String,
    /// The text of its QR.
    pub code: String,
    /// Whether somebody on the ban list is called like the visitor; only admins are told.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub name_banned: bool,
    /// What the code itself carries of the visitor's name, where the whole does not fit. Phones that reach the server,
    /// or have it in their gate pack, show the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_in_code: Option<String>,
}

/// An invitation as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Why its host lets nobody in any more, where that is so: `revoked`, `access_disabled` or `banned`. Its code is
    /// denied for as long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host_stopped: Option<Code>,
    /// For the guard.
    pub note: String,
}
