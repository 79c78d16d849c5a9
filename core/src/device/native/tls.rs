//! HTTPS by rustls: whom this machine trusts, and what a failed handshake says of trust.

use std::{error::Error, io, sync::Arc};

use rustls::{CertificateError, ClientConfig, Error as TlsError, RootCertStore, crypto::ring};

use crate::network::Distrust;

/// HTTPS with the authorities that this machine trusts, as they are now.
///
/// # Errors
/// It trusts nobody.
pub fn trusting() -> Result<ClientConfig, Distrust> {
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| Distrust::Unusable)?;
    #[cfg(not(target_os = "android"))]
    let builder = {
        use rustls_platform_verifier::BuilderVerifierExt;
        builder.with_platform_verifier().map_err(|error| of_tls(&error).unwrap_or(Distrust::NobodyTrusted))?
    };
    // The platform's answer needs the app's own context, which a library has not.
    #[cfg(target_os = "android")]
    let builder = builder
        .with_root_certificates(RootCertStore::from_iter(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()));
    Ok(builder.with_no_client_auth())
}

/// HTTPS that trusts nobody, for a client that is to speak plain HTTP: the list of authorities takes a while to read.
///
/// # Errors
/// None that could happen with a provider that knows every version.
pub fn trusting_nobody() -> Result<ClientConfig, Distrust> {
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| Distrust::Unusable)?;
    Ok(builder.with_root_certificates(RootCertStore::empty()).with_no_client_auth())
}

/// What a failed call says of trust; nothing where it is about something else.
pub fn distrust(error: &(dyn Error + 'static)) -> Option<Distrust> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(tls) = error.downcast_ref::<TlsError>() {
            return of_tls(tls);
        }
        // An I/O error's source is the source of what is in it, which would pass over the one that counts.
        let within = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = match within {
            Some(within) => Some(within as &(dyn Error + 'static)),
            None => error.source(),
        };
    }
    None
}

fn of_tls(error: &TlsError) -> Option<Distrust> {
    match error {
        TlsError::InvalidCertificate(error) => Some(of_certificate(error)),
        TlsError::NoCertificatesPresented => Some(Distrust::Unusable),
        TlsError::InvalidMessage(_) => Some(Distrust::NoHttps),
        // The one thing that the platform's verifier says in words of its own.
        TlsError::General(text) if text.contains("No CA certificates") => Some(Distrust::NobodyTrusted),
        _ => None,
    }
}

const fn of_certificate(error: &CertificateError) -> Distrust {
    match error {
        CertificateError::UnknownIssuer => Distrust::UnknownIssuer,
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => Distrust::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => Distrust::NotYetValid,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            Distrust::OtherName
        }
        CertificateError::Revoked => Distrust::Revoked,
        _ => Distrust::Unusable,
    }
}
