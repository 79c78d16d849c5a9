//! What a member's phone asks.

use serde::{Deserialize, Serialize};

use crate::time::{UnixMillis, UnixSeconds};

/// A member's fresh access ID.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GenerateIdAnswer {
    /// The text of the QR.
    pub code: String,
    /// When it lapses.
    pub expires_at: UnixSeconds,
    /// The server's time.
    pub server_time: UnixMillis,
}
