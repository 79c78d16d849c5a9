//! Whether what answers at an address proves by its certificate to be the server. Whom to trust is the platform's to
//! say: its store of authorities, with those that a house added, or the files that `SSL_CERT_FILE` and `SSL_CERT_DIR`
//! name.

use std::fmt;

use rustls::{CertificateError, Error as TlsError};
use ureq::tls::{RootCerts, TlsConfig};

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

    /// What a failed call says of trust; nothing where it is about something else.
    #[must_use]
    pub fn of(error: &ureq::Error) -> Option<Self> {
        match error {
            ureq::Error::Rustls(error) => Self::of_tls(error),
            ureq::Error::Io(error) => Self::of_tls(error.get_ref()?.downcast_ref()?),
            _ => None,
        }
    }

    fn of_tls(error: &TlsError) -> Option<Self> {
        match error {
            TlsError::InvalidCertificate(error) => Some(Self::of_certificate(error)),
            TlsError::NoCertificatesPresented => Some(Self::Unusable),
            TlsError::InvalidMessage(_) => Some(Self::NoHttps),
            // The one thing that the platform's verifier says in words of its own.
            TlsError::General(text) if text.contains("No CA certificates") => Some(Self::NobodyTrusted),
            _ => None,
        }
    }

    const fn of_certificate(error: &CertificateError) -> Self {
        match error {
            CertificateError::UnknownIssuer => Self::UnknownIssuer,
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => Self::Expired,
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => Self::NotYetValid,
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                Self::OtherName
            }
            CertificateError::Revoked => Self::Revoked,
            _ => Self::Unusable,
        }
    }
}

impl fmt::Display for Distrust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Language::English.say(&self.phrase()))
    }
}

/// How the client trusts.
pub(super) fn tls() -> TlsConfig {
    TlsConfig::builder().root_certs(authorities()).build()
}

#[cfg(not(target_os = "android"))]
const fn authorities() -> RootCerts {
    RootCerts::PlatformVerifier
}

/// The platform's answer needs the app's own context, which a library has not.
#[cfg(target_os = "android")]
const fn authorities() -> RootCerts {
    RootCerts::WebPki
}
