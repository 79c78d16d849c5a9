//! Verdicts, checks and reason codes: their stable words, and their numbers in journal entries.

use std::{fmt, str::FromStr};

use crate::id::InvalidId;

/// What the guard sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Verdict {
    /// A good code, confirmed by the server just now.
    Verified,
    /// A good code, but the guard should judge.
    Caution,
    /// Not to be let in on this code.
    Denied,
}

impl Verdict {
    /// The word, as everywhere.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Verified => "VERIFIED",
            Self::Caution => "CAUTION",
            Self::Denied => "DENIED",
        }
    }

    /// The number for journal entries.
    #[must_use]
    pub const fn number(self) -> u64 {
        match self {
            Self::Verified => 1,
            Self::Caution => 2,
            Self::Denied => 3,
        }
    }

    /// The verdict of a journal entry.
    #[must_use]
    pub const fn from_number(number: u64) -> Option<Self> {
        match number {
            1 => Some(Self::Verified),
            2 => Some(Self::Caution),
            3 => Some(Self::Denied),
            _ => None,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Verdict {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        [Self::Verified, Self::Caution, Self::Denied]
            .into_iter()
            .find(|verdict| verdict.word() == text)
            .ok_or(InvalidId("verdict"))
    }
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// Every one, in the order of the specification.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable word.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.word())
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Self::ALL.iter().copied().find(|known| known.word() == text).ok_or(InvalidId(stringify!($name)))
            }
        }
    };
}

words! {
    /// A check of the decision.
    Check {
        /// Shape and grammar.
        Format = "format",
        /// Key, purpose, signatures.
        Signature = "signature",
        /// The organisation.
        Issuer = "issuer",
        /// Life and clock.
        Time = "time",
        /// Revoked, superseded, cancelled.
        Revocation = "revocation",
        /// Access of the person.
        Access = "access",
        /// Assignment to the site.
        Site = "site",
        /// How often it was used.
        Uses = "uses",
        /// Age of a phone's own code.
        Proof = "proof",
        /// Age of the key set.
        Keys = "keys",
        /// Age of the gate pack.
        Pack = "pack",
        /// The server's answer.
        Online = "online",
        /// Where the phone is.
        Location = "location",
    }
}

impl Check {
    /// The number for journal entries: the place in the order of the specification, from 0.
    #[must_use]
    pub fn number(self) -> u64 {
        Self::ALL.iter().position(|check| *check == self).map_or(0, |position| position as u64)
    }

    /// The check of a journal entry.
    #[must_use]
    pub fn from_number(number: u64) -> Option<Self> {
        Self::ALL.get(usize::try_from(number).ok()?).copied()
    }
}

macro_rules! codes {
    ($($(#[$vdoc:meta])* $variant:ident = $word:literal,)*) => {
        /// A stable reason code.
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum Code {
            $($(#[$vdoc])* $variant,)*
            /// A code of the server's that this version does not know. It denies.
            Other(String),
        }

        impl Code {
            /// Every code that this version knows.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable word.
            #[must_use]
            pub const fn word(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)*
                    Self::Other(word) => word.as_str(),
                }
            }

            /// The code with this word; one that this version does not know is kept as it is, cut to 40 characters
            /// of `a-z`, `0-9` and `_`.
            #[must_use]
            pub fn from_word(word: &str) -> Self {
                match word {
                    $($word => Self::$variant,)*
                    _ => {
                        let allowed = |c: &char| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '_';
                        Self::Other(word.chars().filter(allowed).take(40).collect())
                    }
                }
            }
        }
    };
}

codes! {
    /// Nothing against it.
    Ok = "ok",
    /// Not a Gatehouse code.
    Malformed = "malformed",
    /// Signed by a key that is not the organisation's, or not of that time.
    UnknownKey = "unknown_key",
    /// Made for something else.
    WrongPurpose = "wrong_purpose",
    /// Forged or altered.
    BadSignature = "bad_signature",
    /// The phone's own signature does not hold.
    ProofInvalid = "proof_invalid",
    /// Another organisation's.
    WrongOrg = "wrong_org",
    /// Lives longer than its kind may.
    LifetimeTooLong = "lifetime_too_long",
    /// Too early.
    NotYetValid = "not_yet_valid",
    /// Too late.
    Expired = "expired",
    /// The phone does not know the time for sure.
    ClockUntrusted = "clock_untrusted",
    /// Revoked.
    Revoked = "revoked",
    /// Invalidated; a fresh code will pass.
    Superseded = "superseded",
    /// The invitation was cancelled.
    Cancelled = "cancelled",
    /// The person's access is switched off.
    AccessDisabled = "access_disabled",
    /// On the ban list.
    Banned = "banned",
    /// The site is locked down.
    Lockdown = "lockdown",
    /// No rule and no grant lets the person in.
    NoAccess = "no_access",
    /// Good, but not for this site.
    NotAssigned = "not_assigned",
    /// Used as often as allowed.
    UsedUp = "used_up",
    /// Used before within its life.
    AlreadyUsed = "already_used",
    /// The phone's own code is far too old or too far ahead.
    ProofExpired = "proof_expired",
    /// The phone's own code is rather old.
    ProofOld = "proof_old",
    /// The key set is past its time.
    KeysStale = "keys_stale",
    /// The key set is long past its time.
    KeysExpired = "keys_expired",
    /// No gate pack.
    PackAbsent = "pack_absent",
    /// The gate pack's update is overdue.
    PackStale = "pack_stale",
    /// The gate pack is past its hard expiry.
    PackExpired = "pack_expired",
    /// Checked without the server.
    Offline = "offline",
    /// No code was shown: nothing proves who this is.
    Unproven = "unproven",
    /// A banned person has this name.
    NameBanned = "name_banned",
    /// Scanned away from the site.
    OutsideGeofence = "outside_geofence",
    /// Nobody knows where it was scanned.
    LocationUnknown = "location_unknown",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl serde::Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl<'de> serde::Deserialize<'de> for Code {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|word| Self::from_word(&word))
    }
}

impl serde::Serialize for Check {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl<'de> serde::Deserialize<'de> for Check {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        word.parse().map_err(serde::de::Error::custom)
    }
}
