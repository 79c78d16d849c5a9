//! What can stand against a member or an invitation, which of several counts, and what follows for a host's guests.
//! Phones and the server each bring together what they know; the order of it is here alone.

use super::{Check, Code};

/// Something that keeps a member or an invitation out, in the order in which they are named: of several the first
/// counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bar {
    /// Revoked, deleted, or nobody whom the server knows.
    Revoked,
    /// Issued before an invalidation.
    Superseded,
    /// An invitation that was cancelled, or whose host is stopped.
    Cancelled,
    /// Access is switched off.
    Disabled,
    /// On the ban list.
    Banned,
}

impl Bar {
    /// Every one, the first that counts first.
    pub const ALL: [Self; 5] =
        [Self::Revoked, Self::Superseded, Self::Cancelled, Self::Disabled, Self::Banned];

    /// The check that it fails.
    #[must_use]
    pub const fn check(self) -> Check {
        match self {
            Self::Revoked | Self::Superseded | Self::Cancelled => Check::Revocation,
            Self::Disabled | Self::Banned => Check::Access,
        }
    }

    /// The reason.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            Self::Revoked => Code::Revoked,
            Self::Superseded => Code::Superseded,
            Self::Cancelled => Code::Cancelled,
            Self::Disabled => Code::AccessDisabled,
            Self::Banned => Code::Banned,
        }
    }

    /// The first that stands, of those that a check looks at.
    #[must_use]
    pub fn first(check: Check, stands: impl Fn(Self) -> bool) -> Option<Self> {
        Self::ALL.into_iter().find(|bar| bar.check() == check && stands(*bar))
    }

    /// Whether somebody against whom this stands is stopped as a host: nobody comes in at their word, by whichever
    /// invitation, until it stands no more. A code that was invalidated says nothing of the person.
    #[must_use]
    pub const fn stops_host(self) -> bool {
        matches!(self, Self::Revoked | Self::Disabled | Self::Banned)
    }
}
