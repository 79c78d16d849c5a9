//! Passes: what a QR carries. Members show one, visitors bring one, and a member's phone with a certificate mints
//! its own (a proof).

mod claims;
mod device_key;
mod kind;
mod open;
mod proof;

pub use claims::{Claims, Kind, MAX_SITES, Name, NewPass, invalid_name};
pub use device_key::DeviceKey;
pub use kind::PassKind;
#[cfg(feature = "faults")]
pub use open::counted;
pub use open::{Opened, PassError, open, trimmed};
pub use proof::{POSSESSION_DOMAIN, PROOF_DOMAIN, mint_proof, possession_message, proof_message, sign_proof};

/// What every pass text begins with: the format's version.
pub const PREFIX: &str = crate::qr::OURS;

/// The text of a signed pass.
#[must_use]
pub fn text_of(envelope: &[u8]) -> String {
    format!("{PREFIX}{}", crate::base45::encode(envelope))
}

/// Longest text that is looked at, in bytes, white space around it aside.
pub const MAX_TEXT: usize = 1024;
