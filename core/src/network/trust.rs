//! Why what answers at an address does not prove by its certificate to be the server. Whom to trust is the platform's to
//! say: its store of authorities, with those that a house added, or the files that `SSL_CERT_FILE` and `SSL_CERT_DIR`
//! name.

use std::fmt;

use crate::words::Language;

/// Why a certificate was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distrust {
    /// No authority that this machine trusts signed it.
    UnknownIssuer,
    /// Its time is over, or this machine's clock is ahead.
    Expired,
    /// Its time has not begun, or this machine's clock is behind.
    NotYetValid,
    /// It is for another name.
    OtherName,
    /// Its authority took it back.
    Revoked,
    /// It is broken, or for another use.
    Unusable,
    /// This machine trusts nobody at all.
    NobodyTrusted,
    /// What answers does not speak HTTPS.
    NoHttps,
}

impl Distrust {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnknownIssuer => "certificate_unknown_issuer",
            Self::Expired => "certificate_expired",
            Self::NotYetValid => "certificate_not_yet_valid",
            Self::OtherName => "certificate_other_name",
            Self::Revoked => "certificate_revoked",
            Self::Unusable => "certificate_unusable",
            Self::NobodyTrusted => "no_certificate_authorities",
            Self::NoHttps => "no_https",
        }
    }
}

impl fmt::Display for Distrust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Language::English.say(&self.phrase()))
    }
}
