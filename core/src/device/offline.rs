//! What the server's refusal, or its silence, means for a device: when what the device knows by itself stands in for the
//! server's word, and whether the server still wants the device at all.

use crate::network::ClientError;

/// The server's code for a device that an admin revoked.
const DEVICE_REVOKED: &str = "device_revoked";

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
