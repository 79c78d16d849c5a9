//! Why a call brought nothing, by what that means for whoever asked.

use std::fmt;

use super::Distrust;
use crate::words::Language;

/// Why a call brought nothing.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// No answer in time: no network, no server, or too slow.
    Unreachable {
        /// Where it was looked for.
        address: String,
        /// What the transport said.
        reason: String,
    },
    /// What answers at the address does not prove that it is the server, so nothing was said to it.
    Untrusted {
        /// Where.
        address: String,
        /// Why not.
        distrust: Distrust,
    },
    /// The address only leads elsewhere. Nobody is sent there unasked: whoever owns a network can answer so.
    LeadsElsewhere {
        /// Where the server was looked for.
        address: String,
        /// Scheme and host that it leads to.
        to: String,
    },
    /// The server refused.
    Refused {
        /// HTTP status.
        status: u16,
        /// The stable code.
        code: String,
        /// One line for a person.
        title: String,
        /// Seconds that the server asks to wait.
        retry_after: Option<u64>,
        /// Whether a Gatehouse server said so, in a problem document, and not something on the way.
        ours: bool,
    },
    /// Something answered that is not a Gatehouse server: a captive portal, a proxy.
    NotGatehouse,
    /// The address cannot be used.
    Address {
        /// Why.
        reason: String,
    },
}

impl fmt::Display for ClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Language::English.say(&self.phrase()))
    }
}

impl ClientError {
    /// The stable code; the server's own where it refused.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Unreachable { .. } => "unreachable",
            Self::Untrusted { distrust, .. } => distrust.code(),
            Self::LeadsElsewhere { .. } => "leads_elsewhere",
            Self::Refused { code, .. } => code,
            Self::NotGatehouse => "not_gatehouse",
            Self::Address { .. } => "address_unusable",
        }
    }

    /// Whether the server could not be asked at all, so that the offline result stands.
    #[must_use]
    pub const fn is_offline(&self) -> bool {
        matches!(
            self,
            Self::Unreachable { .. }
                | Self::Untrusted { .. }
                | Self::LeadsElsewhere { .. }
                | Self::NotGatehouse
                | Self::Refused { ours: false, .. }
        )
    }
}
