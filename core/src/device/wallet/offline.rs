//! Codes that the phone mints by itself, and the certificate that it needs for them.

use std::sync::{MutexGuard, PoisonError, atomic::Ordering};

use super::{
    CodeSource, MemberWallet, OfflineProblem, WalletCode, WalletError, key::KEY_MS, state::Certificate,
    state::WalletState,
};
use crate::{
    network::{Client, Deadline, Line},
    pass::{DeviceKey, Kind, mint_proof, possession_message, proof_message},
    time::UnixSeconds,
    wire::{CertificateAnswer, CertificateRequest, OrganisationAnswer, path},
};

/// How long a minted code is shown before the next one takes its place. Seconds.
const SHOWN_S: u64 = 30;
/// How long a call for a code goes on for the certificate's sake: while one holds, and while none does. Milliseconds.
const RENEW_MS: u32 = 1_000;
const CERTIFY_MS: u32 = 2_000;
/// How long after a failure a certificate that holds is not renewed on the side. Milliseconds.
const RENEW_AGAIN_MS: u64 = 600_000;

/// The code that is being shown, so that looking twice does not sign twice.
#[derive(Clone)]
pub(super) struct Minted {
    certificate: Vec<u8>,
    time: UnixSeconds,
    text: String,
}

impl Minted {
    /// Whether it may be shown at this time, under this certificate.
    fn is_shown(&self, certificate: &Certificate, now: UnixSeconds) -> bool {
        let fresh = self.time <= now && now < self.time.plus(SHOWN_S);
        fresh && now < certificate.expires_at && self.certificate == certificate.envelope
    }
}

impl MemberWallet {
    fn minted(&self) -> MutexGuard<'_, Option<Minted>> {
        self.minted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A code that this phone mints by itself, good for 30 s on the screen and a while longer at the gate.
    ///
    /// # Errors
    /// Nobody signed in; codes that are being invalidated; no certificate that holds; a signer that fails or lies.
    pub fn offline_code(&self) -> Result<WalletCode, WalletError> {
        self.wait(|line| self.offline_code_through(line))
    }

    /// As [`Self::offline_code`], asking through `line`: for the key alone, where that answers later.
    ///
    /// # Errors
    /// As [`Self::offline_code`].
    pub async fn offline_code_through(&self, line: Line) -> Result<WalletCode, WalletError> {
        self.own_code(&line).await
    }

    pub(super) async fn own_code(&self, line: &Line) -> Result<WalletCode, WalletError> {
        let state = self.state()?;
        let certificate = state.may_mint()?;
        // The server's time if it is known, else the phone's own, never below what is known to have passed.
        let now = self.now()?.seconds();
        let current = self.minted().clone().filter(|minted| minted.is_shown(certificate, now));
        let (current, now) = match current {
            Some(current) => (Ok(current), now),
            None => {
                // The key may take its time, and nobody waits for it who takes codes away.
                let minted = self.mint(line, certificate).await;
                (minted, self.now()?.seconds())
            }
        };
        let current = {
            let mut minted = self.minted();
            // What was taken away meanwhile must not come out after all, nor what lapsed.
            if self.state()?.may_mint()?.envelope != certificate.envelope {
                return Err(WalletError::NoOfflineCode(OfflineProblem::NoCertificate));
            }
            if now >= certificate.expires_at {
                return Err(WalletError::NoOfflineCode(OfflineProblem::CertificateExpired));
            }
            // Of two calls at once both show the same.
            match minted.take().filter(|minted| minted.is_shown(certificate, now)) {
                Some(earlier) => minted.insert(earlier).clone(),
                None => minted.insert(current?).clone(),
            }
        };
        let expires_at = current.time.plus(SHOWN_S).min(certificate.expires_at);
        let code = WalletCode {
            text: current.text,
            source: CodeSource::Offline,
            issued_at: current.time,
            expires_at,
            seconds_left: expires_at.since(now),
            refresh_in_s: expires_at.since(now),
        };
        Ok(code)
    }

    async fn mint(&self, line: &Line, certificate: &Certificate) -> Result<Minted, WalletError> {
        let (now, deadline) = (self.now_kept()?.seconds(), line.in_ms(KEY_MS));
        if now >= certificate.expires_at {
            return Err(WalletError::NoOfflineCode(OfflineProblem::CertificateExpired));
        }
        let key = self.device_key(line, deadline).await?;
        if key.to_bytes() != certificate.key {
            return Err(WalletError::NoOfflineCode(OfflineProblem::KeyChanged));
        }
        let message = proof_message(&certificate.envelope, now);
        let signature = self.signature(line, &key, message, deadline).await?;
        let text = mint_proof(&certificate.envelope, now, &signature);
        Ok(Minted { certificate: certificate.envelope.clone(), time: now, text })
    }

    /// Has the phone's key certified, so that codes can be minted without a network. [`Self::code`] does this by
    /// itself, if it can be done in a moment, whenever half of a certificate's life is over; this call says what stands
    /// in the way.
    ///
    /// # Errors
    /// Nobody signed in; a server that cannot be reached or refuses; a signer that fails or lies.
    pub fn renew_certificate(&self, deadline_ms: u32) -> Result<UnixSeconds, WalletError> {
        self.wait(|line| self.renew_certificate_through(line, deadline_ms))
    }

    /// As [`Self::renew_certificate`], asking through `line`.
    ///
    /// # Errors
    /// As [`Self::renew_certificate`].
    pub async fn renew_certificate_through(
        &self,
        line: Line,
        deadline_ms: u32,
    ) -> Result<UnixSeconds, WalletError> {
        let (state, deadline) = (self.state()?, line.in_ms(deadline_ms));
        state.server()?;
        state.account()?;
        let key = self.device_key(&line, deadline).await?;
        self.renew(&line, &state, key, deadline).await
    }

    /// Prepares for the next time without a network, in what is left of a call whose answer is good: for a moment at
    /// most, and while the certificate still holds not again soon after it failed. If it fails, status says so.
    pub(super) async fn prepare_for_offline(
        &self,
        line: &Line,
        deadline: Deadline,
    ) -> Result<(), WalletError> {
        let (state, now, reading) = (self.state()?, self.now()?.seconds(), self.time.read()?);
        // Whoever signed out meanwhile is made no key.
        state.account()?;
        let Ok(key) = self.device_key(line, line.sooner(deadline, CERTIFY_MS)).await else { return Ok(()) };
        let own = state.certified(now).filter(|state| state.key == key.to_bytes());
        if own.is_some_and(|state| !state.is_due(now)) {
            return Ok(());
        }
        let again = self.renew_after_ms.load(Ordering::Relaxed);
        if own.is_some() && (1..=RENEW_AGAIN_MS).contains(&again.saturating_sub(reading.monotonic_ms)) {
            return Ok(());
        }
        let patience_ms = if own.is_some() { RENEW_MS } else { CERTIFY_MS };
        let again = match self.renew(line, &state, key, line.sooner(deadline, patience_ms)).await {
            Ok(_) => 0,
            Err(_) => reading.monotonic_ms.saturating_add(RENEW_AGAIN_MS),
        };
        self.renew_after_ms.store(again, Ordering::Relaxed);
        Ok(())
    }

    async fn renew(
        &self,
        line: &Line,
        state: &WalletState,
        key: DeviceKey,
        deadline: Deadline,
    ) -> Result<UnixSeconds, WalletError> {
        let (server, account) = (state.server()?, state.account()?);
        if self.now()?.trusted().is_none() {
            // The server takes no request whose time is off.
            let path = format!("{}/{}", path::ORGANISATIONS, server.org);
            let answer: OrganisationAnswer = Client::new(line, &server.url).get(&path, deadline).await?;
            self.anchor(answer.server_time)?;
        }
        let time = self.now()?.seconds();
        let message = possession_message(&server.org, account.person.into(), &key, time);
        let signature = self.signature(line, &key, message, deadline).await?;
        // The key may have taken its time: nothing is asked for whoever signed out meanwhile.
        self.state()?.goes_on_from(state.epoch)?;
        let request = CertificateRequest { key: key.to_bytes(), time, signature };
        let asked = self.post(line, state, path::DEVICE_CERTIFICATE, &request, deadline).await;
        let answer: CertificateAnswer = self.note_access_end(asked)?;
        self.anchor(answer.server_time)?;
        // What will be shown at the gate one day is tried now, as a guard's phone will try it.
        let time = self.now()?.seconds();
        let message = proof_message(&answer.certificate, time);
        let signature = self.signature(line, &key, message, deadline).await?;
        let code = mint_proof(&answer.certificate, time, &signature);
        let claims = self.open_own(line, state, &code, deadline).await?.claims;
        if claims.kind != Kind::Device(key) || time >= claims.expires_at {
            return Err(WalletError::CodeRefused);
        }
        let certificate = Certificate {
            envelope: answer.certificate,
            key: key.to_bytes(),
            issued_at: claims.issued_at,
            expires_at: claims.expires_at,
        };
        let epoch = state.epoch;
        self.change(|state| {
            state.goes_on_from(epoch)?;
            // An answer that was on its way while something newer told of an invalidation.
            if state.superseded_before.is_some_and(|before| certificate.issued_at < before) {
                return Err(WalletError::CodeRefused);
            }
            state.certificate = Some(certificate);
            Ok(())
        })?;
        Ok(claims.expires_at)
    }
}
