//! What a member's phone asks.

use serde::{Deserialize, Serialize};

use super::KeysAnswer;
use crate::{
    address::{Address, AddressNotice},
    decision::Verdict,
    fold, hex,
    id::{Digest32, EntryId, OrgCode, SiteNumber},
    keys::KeySet,
    time::{UnixMillis, UnixSeconds},
};

/// What an organisation shows to its members, as text `GHM1:` and JSON in a QR or link: where its server is, and the
/// root to pin. Nothing in it is secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberCode {
    /// The server's public address.
    pub url: String,
    /// The organisation.
    pub org: OrgCode,
    /// SHA-256 of the root's public key.
    pub root: Digest32,
}

/// What every such text begins with.
pub const MEMBER_PREFIX: &str = "GHM1:";

impl MemberCode {
    /// The text of the QR.
    #[must_use]
    pub fn to_text(&self) -> String {
        // Serialising strings and digests cannot fail.
        format!("{MEMBER_PREFIX}{}", serde_json::to_string(self).unwrap_or_default())
    }

    /// Reads the text of a QR, also as it was pasted.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        fold::pasted(text, |text| {
            let code: Self = serde_json::from_str(text.strip_prefix(MEMBER_PREFIX)?).ok()?;
            fold::is_plain(&code.url).then_some(code)
        })
    }
}

/// An organisation as everyone may see it, before signing in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OrganisationAnswer {
    /// Its name.
    pub name: String,
    /// The root, to be held against the pin, and the key set.
    pub keys: KeysAnswer,
    /// The notice ([`crate::address::AddressNotice`]) of the address that was asked about, if that is the server's.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "optional_hex")]
    pub address: Option<Vec<u8>>,
    /// The server's time.
    pub server_time: UnixMillis,
}

impl OrganisationAnswer {
    /// Where it is asked for: an organisation, and the address that the caller found it at.
    #[must_use]
    pub fn path(org: &OrgCode, address: &Address) -> String {
        format!("{}/{org}?address={}", super::path::ORGANISATIONS, hex::encode(address.as_str().as_bytes()))
    }

    /// Whether the server proves by a key of `keys` that it is to be found at `address`.
    #[must_use]
    pub fn proves(&self, address: &Address, keys: &KeySet, now: UnixSeconds) -> bool {
        let notice = self.address.as_deref().and_then(|notice| AddressNotice::open(notice, keys));
        notice.is_some_and(|notice| notice.vouches_for(address, now))
    }
}

mod optional_hex {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::hex;

    pub fn serialize<S: Serializer>(bytes: &Option<Vec<u8>>, to: S) -> Result<S::Ok, S::Error> {
        bytes.as_deref().map(hex::encode).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<u8>>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        let read = |text: String| hex::decode(&text).ok_or_else(|| serde::de::Error::custom("not hex"));
        text.map(read).transpose()
    }
}

/// A member's fresh access ID.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GenerateIdAnswer {
    /// The text of the QR.
    pub code: String,
    /// When it lapses.
    pub expires_at: UnixSeconds,
    /// Every code and certificate issued before this fails, if any were invalidated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub superseded_before: Option<UnixSeconds>,
    /// The server's time.
    pub server_time: UnixMillis,
}

/// A member's codes were invalidated.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct InvalidateIdAnswer {
    /// Every code and certificate issued before this fails.
    pub superseded_before: UnixSeconds,
    /// The server's time.
    pub server_time: UnixMillis,
}

/// How a member's codes stand.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StandingAnswer {
    /// Every code and certificate issued before this fails, if any were invalidated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub superseded_before: Option<UnixSeconds>,
    /// The server's time.
    pub server_time: UnixMillis,
}

/// A member's phone asks for the certificate of its key.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CertificateRequest {
    /// The public key: 32 bytes of Ed25519, or the compressed SEC1 point of P-256.
    #[serde(with = "hex::serde_bytes")]
    pub key: Vec<u8>,
    /// The phone's time.
    pub time: UnixSeconds,
    /// The key's signature over [`crate::pass::possession_message`].
    #[serde(with = "hex::serde_bytes")]
    pub signature: [u8; 64],
}

/// The certificate of a member's phone.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CertificateAnswer {
    /// The envelope of a pass of kind 3.
    #[serde(with = "hex::serde_bytes")]
    pub certificate: Vec<u8>,
    /// The server's time.
    pub server_time: UnixMillis,
}

/// Where one's own codes were used, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyEntries {
    /// Names this state of the list, to be sent as `since` with the next question.
    pub cursor: String,
    /// The newest entries; nothing where nothing changed since the cursor that was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entries: Option<Vec<MyEntry>>,
    /// Every code and certificate issued before this fails, if any were invalidated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub superseded_before: Option<UnixSeconds>,
    /// The server's time.
    pub server_time: UnixMillis,
}

/// One use of one's own code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyEntry {
    /// The scan.
    pub event: EntryId,
    /// Where.
    pub site: SiteNumber,
    /// The site's name.
    pub site_name: String,
    /// When, by the guard's phone's best clock.
    pub at: UnixMillis,
    /// Whether the member's phone had minted the code itself.
    pub offline_code: bool,
    /// What the check said.
    pub verdict: Option<Verdict>,
    /// Granted or denied; nothing if the guard has not decided.
    pub granted: Option<bool>,
}
