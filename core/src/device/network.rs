//! Who carries requests: the port through which a station or wallet reaches its server.

use std::time::Duration;

use crate::network::{Outcome, Request};

/// Carries requests to servers.
pub trait Network: Send + Sync {
    /// Carries a request, and gives what became of it `within` that time, name look-up and body included.
    ///
    /// # Errors
    /// No answer, for the reason that is given.
    fn exchange(&self, request: Request, within: Duration) -> Outcome;
}
