//! Enrolment of a phone, and the organisation's keys.

use serde::{Deserialize, Serialize};

use crate::{
    fold,
    gatepack::Policy,
    hex,
    id::{DeviceId, Digest32, OrgCode},
    time::UnixMillis,
};

/// What an enrolment QR carries, as text `GHE1:` and JSON: where to enrol, with what, and the root to pin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolmentCode {
    /// The server's public address.
    pub url: String,
    /// The organisation.
    pub org: OrgCode,
    /// The one-time code.
    pub code: String,
    /// SHA-256 of the root's public key.
    pub root: Digest32,
}

/// What every enrolment text begins with.
pub const ENROLMENT_PREFIX: &str = "GHE1:";

impl EnrolmentCode {
    /// The text of the QR.
    #[must_use]
    pub fn to_text(&self) -> String {
        // Serialising strings and digests cannot fail.
        format!("{ENROLMENT_PREFIX}{}", serde_json::to_string(self).unwrap_or_default())
    }

    /// Reads the text of a QR, also as it was pasted.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        fold::pasted(text, |text| {
            let code: Self = serde_json::from_str(text.strip_prefix(ENROLMENT_PREFIX)?).ok()?;
            (fold::is_plain(&code.url) && fold::is_plain(&code.code)).then_some(code)
        })
    }
}

/// A phone asks to be enrolled.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EnrolRequest {
    /// The envelope signed by the journal key.
    #[serde(with = "hex::serde_bytes")]
    pub request: Vec<u8>,
    /// What the admins call the device.
    #[serde(default)]
    pub name: Option<String>,
}

/// The server took the phone in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EnrolAnswer {
    /// The device's id.
    pub device: DeviceId,
    /// The bearer token for the device's own calls.
    pub token: String,
    /// The certificate of the journal key.
    #[serde(with = "hex::serde_bytes")]
    pub certificate: Vec<u8>,
    /// The organisation's name.
    pub organisation: String,
    /// The root, to be held against the pin, and the key set.
    pub keys: KeysAnswer,
    /// Policy until the first gate pack.
    pub policy: Policy,
    /// The server's time.
    pub server_time: UnixMillis,
}

/// The organisation's keys.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeysAnswer {
    /// The root's public key.
    #[serde(with = "hex::serde_bytes")]
    pub root: [u8; 32],
    /// The key set's envelope.
    #[serde(with = "hex::serde_bytes")]
    pub keys: Vec<u8>,
    /// The server's time; a server of an earlier version leaves it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server_time: Option<UnixMillis>,
}
