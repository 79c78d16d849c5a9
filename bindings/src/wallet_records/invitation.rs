//! Invitations as their host makes and sees them.

use gatehouse_core::{device, visit::InvitationStatus, wire};

use crate::records::{millis, seconds, whole};

/// A new invitation.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct NewInvitation {
    /// The visitor.
    pub name: String,
    /// Numbers of the sites; nothing is any site.
    pub sites: Option<Vec<u32>>,
    /// From when on.
    pub from_s: i64,
    /// Until when.
    pub until_s: i64,
    /// Most uses, if limited.
    pub max_uses: Option<u32>,
    /// A note for the guard.
    pub note: Option<String>,
}

/// An invitation as made.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct InvitationMade {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub reference: String,
    /// The text of its QR, for [`crate::draw_code`].
    pub code: String,
}

impl From<wire::InvitationAnswer> for InvitationMade {
    fn from(made: wire::InvitationAnswer) -> Self {
        Self { id: made.id.to_string(), reference: made.reference, code: made.code }
    }
}

/// An invitation as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Invitation {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub reference: String,
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
    /// Grants so far.
    pub uses: u64,
    /// Where it stands.
    pub status: InvitationStatus,
    /// For the guard.
    pub note: String,
}

impl From<wire::InvitationView> for Invitation {
    fn from(view: wire::InvitationView) -> Self {
        Self {
            id: view.id.to_string(),
            reference: view.reference,
            name: view.name,
            host: view.host,
            sites: view.sites.map(|sites| sites.into_iter().map(|site| site.get()).collect()),
            from_s: seconds(view.from),
            until_s: seconds(view.until),
            max_uses: view.max_uses,
            uses: view.uses,
            status: view.status,
            note: view.note,
        }
    }
}

/// The member's own invitations.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct OwnInvitations {
    /// Newest first.
    pub invitations: Vec<Invitation>,
    /// When the server said so; nothing if it was never asked.
    pub as_of_ms: Option<i64>,
    /// How old that is; nothing also where the device's time cannot be trusted.
    pub age_ms: Option<i64>,
    /// Whether the server answered just now.
    pub live: bool,
}

impl From<device::OwnInvitations> for OwnInvitations {
    fn from(own: device::OwnInvitations) -> Self {
        Self {
            invitations: own.invitations.into_iter().map(Invitation::from).collect(),
            as_of_ms: own.as_of.map(millis),
            age_ms: own.age_ms.map(whole),
            live: own.live,
        }
    }
}
