//! Typed identifiers. An id of one thing cannot be passed where another's is wanted.

use std::{fmt, num::NonZeroU32, str::FromStr};

use serde::{Deserialize, Serialize, de::Error as _};
use sha2::{Digest, Sha256};

use crate::{hex, time::UnixMillis};

/// Text that is not an identifier of the kind asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {0}")]
pub struct InvalidId(pub &'static str);

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 16]);

        impl $name {
            /// The id as bytes, as it stands in signed formats.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }

            /// An id with a millisecond timestamp in front (UUIDv7, RFC 9562 section 5.7), for things whose time of
            /// making is no secret. `random` must be fresh.
            #[must_use]
            pub fn timed(now: UnixMillis, random: [u8; 10]) -> Self {
                Self(uuid_v7(now, random))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex::encode(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                hex::decode_array(text).map(Self).ok_or(InvalidId($what))
            }
        }

        impl TryFrom<&[u8]> for $name {
            type Error = InvalidId;

            fn try_from(bytes: &[u8]) -> Result<Self, InvalidId> {
                bytes.try_into().map(Self).map_err(|_| InvalidId($what))
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
            }
        }
    };
}

id!(
    /// Who or what a pass speaks for: a member (kinds 1 and 3) or an invitation (kind 2). Random.
    SubjectId,
    "subject id"
);
id!(
    /// One issued pass (`cti`). Random.
    TokenId,
    "token id"
);
id!(
    /// A person known to the server. For members this is also the subject of their passes.
    PersonId,
    "person id"
);
id!(
    /// An enrolled phone or station.
    DeviceId,
    "device id"
);
id!(
    /// A journal entry; that of a scan or walk-up is also the id of the event and of the stay it begins.
    EntryId,
    "entry id"
);
id!(
    /// One wish of a client, so that asking twice does it once. Random.
    RequestId,
    "request id"
);
id!(
    /// A message to a member. Random.
    MessageId,
    "message id"
);
id!(
    /// A guard's shift.
    ShiftId,
    "shift id"
);

impl From<PersonId> for SubjectId {
    fn from(person: PersonId) -> Self {
        Self(person.0)
    }
}

fn uuid_v7(now: UnixMillis, random: [u8; 10]) -> [u8; 16] {
    let mut bytes = [0; 16];
    let (time, rest) = bytes.split_at_mut(6);
    time.copy_from_slice(now.to_be_bytes48().as_slice());
    rest.copy_from_slice(&random);
    if let [version, _, variant, ..] = rest {
        *version = 0x70 | (*version & 0x0f);
        *variant = 0x80 | (*variant & 0x3f);
    }
    bytes
}

/// A site's number within its organisation, from 1, as signed into passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SiteNumber(NonZeroU32);

impl SiteNumber {
    /// A site number, unless it is 0 or does not fit in 32 bits.
    #[must_use]
    pub fn new(number: u64) -> Option<Self> {
        u32::try_from(number).ok().and_then(NonZeroU32::new).map(Self)
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0.get()
    }
}

impl fmt::Display for SiteNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for SiteNumber {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        text.parse().ok().and_then(Self::new).ok_or(InvalidId("site number"))
    }
}

/// An organisation's code: 2 to 24 of `a-z 0-9 -`. Signed into every format and never changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct OrgCode(String);

impl OrgCode {
    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for OrgCode {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if (2..=24).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidId("organisation code (2 to 24 of a-z, 0-9 and -)"))
        }
    }
}

impl fmt::Display for OrgCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for OrgCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// A SHA-256 digest (FIPS 180-4).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest32(pub [u8; 32]);

impl Digest32 {
    /// SHA-256 of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest's bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The first `N` bytes (`N` at most 32; beyond that, zeros follow).
    #[must_use]
    pub fn prefix<const N: usize>(&self) -> [u8; N] {
        let mut prefix = [0; N];
        for (to, from) in prefix.iter_mut().zip(self.0) {
            *to = from;
        }
        prefix
    }
}

impl fmt::Display for Digest32 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(&self.0))
    }
}

impl fmt::Debug for Digest32 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest32({self})")
    }
}

impl FromStr for Digest32 {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        hex::decode_array(text).map(Self).ok_or(InvalidId("SHA-256 digest"))
    }
}

impl Serialize for Digest32 {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest32 {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timed_id_is_a_uuid_v7() {
        let id = EntryId::timed(UnixMillis::new(0x0123_4567_89ab), [0xff; 10]);
        assert_eq!(id.to_string(), "0123456789ab7fffbfffffffffffffff");
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn organisation_codes_keep_their_alphabet() {
        for good in ["ab", "oakwood-hcc2", "0-", "abcdefghijklmnopqrstuvwx"] {
            assert!(good.parse::<OrgCode>().is_ok(), "{good}");
        }
        for bad in ["", "a", "Oak", "a.b", "a_b", "abcdefghijklmnopqrstuvwxy", "é1"] {
            assert!(bad.parse::<OrgCode>().is_err(), "{bad}");
        }
    }
}
