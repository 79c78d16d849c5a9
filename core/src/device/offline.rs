//! What the server's refusal, or its silence, means for a device: when what the device knows by itself stands in for the
//! server's word, and whether the server still wants the device at all.

use crate::network::ClientError;

/// The server's code for a device that an admin revoked.
const DEVICE_REVOKED: &str = "device_revoked";
/// The server's code for a token or a session that it does not know.
const UNAUTHORIZED: &str = "unauthorized";
/// The server's code for someone who may not do it.
const FORBIDDEN: &str = "forbidden";
/// The server's code for a guard who is not assigned to the site.
const NOT_ASSIGNED: &str = "not_assigned";

impl ClientError {
    /// Whether the server is ill, or has more to do than it can: nothing was wrong with what it was asked.
    #[must_use]
    pub const fn is_ill_or_overrun(&self) -> bool {
        matches!(self, Self::Refused { status: 429 | 500.., .. })
    }

    /// Whether what the device knows may be used in the server's stead: an ill server closes no gate.
    #[must_use]
    pub const fn leaves_offline(&self) -> bool {
        self.is_offline() || self.is_ill_or_overrun()
    }

    /// Whether the server takes nothing more from this device, because an admin revoked it.
    #[must_use]
    pub fn is_device_revoked(&self) -> bool {
        matches!(self, Self::Refused { code, .. } if code == DEVICE_REVOKED)
    }

    /// Whether the server does not know the token that it was shown: a session that ended, or a server that was put
    /// back from a backup of before. Only Gatehouse's own word counts, never that of something between.
    #[must_use]
    pub fn is_token_unknown(&self) -> bool {
        matches!(self, Self::Refused { status: 401, ours: true, code, .. } if code == UNAUTHORIZED)
    }

    /// Whether the server knows who asks, and that they may not.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        matches!(self, Self::Refused { status: 403, ours: true, code, .. } if code == FORBIDDEN)
    }

    /// Whether the server does not have the guard down for the site.
    #[must_use]
    pub fn is_not_assigned(&self) -> bool {
        matches!(self, Self::Refused { code, .. } if code == NOT_ASSIGNED)
    }

    /// Seconds that the server asks to wait before the next try.
    #[must_use]
    pub const fn retry_after(&self) -> Option<u64> {
        match self {
            Self::Refused { retry_after, .. } => *retry_after,
            Self::Unreachable { .. }
            | Self::Untrusted { .. }
            | Self::LeadsElsewhere { .. }
            | Self::NotGatehouse
            | Self::Address { .. } => None,
        }
    }
}
