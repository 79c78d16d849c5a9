use std::sync::PoisonError;

use super::{
    CodeSource, MemberWallet, OfflineProblem, WalletCode, WalletError, held::Certificate, held::Held,
};
use crate::{
    device::client::Deadline,
    pass::{DeviceKey, Kind, mint_proof, possession_message, proof_message},
    time::UnixSeconds,
    wire::{CertificateAnswer, CertificateRequest, OrganisationAnswer, path},
};

/// How long a minted code is shown before the next one takes its place. Seconds.
const SHOWN_S: u64 = 30;

/// The code that is being shown, so that looking twice does not sign twice.
pub(super) struct Minted {
    certificate: Vec<u8>,
    time: UnixSeconds,
    text: String,
}

impl MemberWallet {
    /// A code that this phone mints by itself, good for 30 s on the screen and a while longer at the gate.
    ///
    /// # Errors
    /// Nobody signed in; codes that are being invalidated; no certificate that holds; a signer that fails or lies.
    pub fn offline_code(&self) -> Result<WalletCode, WalletError> {
        let held = self.held()?;
        held.account()?;
        if held.invalidation.is_some() {
            return Err(WalletError::InvalidationPending);
        }
        let certificate =
            held.certificate.as_ref().ok_or(WalletError::NoOfflineCode(OfflineProblem::NoCertificate))?;
        // The server's time if it is known, else the phone's own, never below what is known to have passed.
        let now = self.now()?.seconds();
        let mut minted = self.minted.lock().unwrap_or_else(PoisonError::into_inner);
        let current = minted.take().filter(|minted| {
            let fresh = minted.time <= now && now < minted.time.plus(SHOWN_S);
            fresh && now < certificate.expires_at && minted.certificate == certificate.envelope
        });
        let (current, now) = match current {
            Some(current) => (current, now),
            None => {
                let now = self.now_kept()?.seconds();
                (self.mint(certificate, now)?, now)
            }
        };
        let expires_at = current.time.plus(SHOWN_S).min(certificate.expires_at);
        let code = WalletCode {
            text: current.text.clone(),
            source: CodeSource::Offline,
            issued_at: current.time,
            expires_at,
            seconds_left: expires_at.since(now),
            refresh_in_s: expires_at.since(now),
        };
        *minted = Some(current);
        Ok(code)
    }

    fn mint(&self, certificate: &Certificate, now: UnixSeconds) -> Result<Minted, WalletError> {
        if now >= certificate.expires_at {
            return Err(WalletError::NoOfflineCode(OfflineProblem::CertificateExpired));
        }
        let key = self.device_key()?;
        if key.to_bytes() != certificate.key {
            return Err(WalletError::NoOfflineCode(OfflineProblem::KeyChanged));
        }
        let signature = self.signature(&key, proof_message(&certificate.envelope, now))?;
        let text = mint_proof(&certificate.envelope, now, &signature);
        Ok(Minted { certificate: certificate.envelope.clone(), time: now, text })
    }

    /// Has the phone's key certified, so that codes can be minted without a network. [`Self::code`] does this by
    /// itself whenever half of a certificate's life is over; this call says what stands in the way.
    ///
    /// # Errors
    /// Nobody signed in; a server that cannot be reached or refuses; a signer that fails or lies.
    pub fn renew_certificate(&self, deadline_ms: u32) -> Result<UnixSeconds, WalletError> {
        self.renew(&self.held()?, Deadline::after_ms(deadline_ms))
    }

    pub(super) fn renew_if_due(&self, deadline: Deadline) -> Result<(), WalletError> {
        let (held, now) = (self.held()?, self.now()?.seconds());
        let key = self.device_key()?.to_bytes();
        let fits = held.certificate.as_ref().is_some_and(|held| held.key == key && !held.is_due(now));
        if fits { Ok(()) } else { self.renew(&held, deadline).map(|_| ()) }
    }

    fn renew(&self, held: &Held, deadline: Deadline) -> Result<UnixSeconds, WalletError> {
        let (server, account) = (held.server()?, held.account()?);
        let key = self.device_key()?;
        if self.now()?.trusted().is_none() {
            // The server takes no request whose time is off.
            let path = format!("{}/{}", path::ORGANISATIONS, server.org);
            let answer: OrganisationAnswer = self.network.at(&server.url).get(&path, deadline)?;
            self.anchor(answer.server_time)?;
        }
        let time = self.now()?.seconds();
        let message = possession_message(&server.org, account.person.into(), &key, time);
        let signature = self.signature(&key, message)?;
        let request = CertificateRequest { key: key.to_bytes(), time, signature };
        let answer: CertificateAnswer =
            self.ask(held, |client| client.post(path::DEVICE_CERTIFICATE, &request, deadline))?;
        self.anchor(answer.server_time)?;
        // What will be shown at the gate one day is tried now, as a guard's phone will try it.
        let time = self.now()?.seconds();
        let signature = self.signature(&key, proof_message(&answer.certificate, time))?;
        let claims =
            self.open_own(held, &mint_proof(&answer.certificate, time, &signature), deadline)?.claims;
        if claims.kind != Kind::Device(key) || time >= claims.expires_at {
            return Err(WalletError::CodeRefused);
        }
        let certificate = Certificate {
            envelope: answer.certificate,
            key: key.to_bytes(),
            issued_at: claims.issued_at,
            expires_at: claims.expires_at,
        };
        let epoch = held.epoch;
        self.change(|held| {
            held.account()?;
            if held.epoch != epoch {
                return Err(WalletError::InvalidationPending);
            }
            held.certificate = Some(certificate);
            Ok(())
        })?;
        Ok(claims.expires_at)
    }

    fn device_key(&self) -> Result<DeviceKey, WalletError> {
        DeviceKey::from_public(&self.signer.public_key()?).ok_or(WalletError::DeviceKey)
    }

    /// The signer's signature, which must hold: a broken key is found here and not at the gate.
    fn signature(&self, key: &DeviceKey, message: Vec<u8>) -> Result<[u8; 64], WalletError> {
        let made = self.signer.sign(message.clone())?;
        key.signature_of(&message, &made).ok_or(WalletError::SignatureBroken)
    }
}
