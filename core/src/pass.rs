//! Passes: what a QR carries. Members show one, visitors bring one, and a member's phone with a certificate mints
//! its own (a proof).

mod claims;
mod open;
mod proof;

pub use claims::{Claims, DeviceKey, Kind, MAX_SITES, Name, NewPass, invalid_name};
pub use open::{Opened, PassError, open, trimmed};
pub use proof::{PROOF_DOMAIN, mint_proof, proof_message, sign_proof};

/// What every pass text begins with: the format's version.
pub const PREFIX: &str = "GH1:";

/// Longest text that is looked at, in bytes, white space around it aside.
pub const MAX_TEXT: usize = 1024;
