//! When what a device knows by itself stands in for the server's word: the server cannot be reached, or it is ill.

use crate::network::ClientError;

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
