//! Enrolling devices: an admin shows a code, the phone's own journal key signs the request, once.

use gatehouse_core::{
    address::Address,
    id::{DeviceId, Digest32},
    journal::{DeviceCertificate, EnrolRequest},
    keys::KeyPurpose,
    name,
    role::Role,
    time::{Span, UnixMillis},
    wire,
};
use serde_json::json;

use super::{Scope, Service, ServiceError, audit};
use crate::{
    secrets::{TokenKind, new_token, random, random_text},
    store::{device, device::NewDevice, doubt, organisation, setting},
};

/// How long an enrolment code is good for. Milliseconds.
pub(super) const CODE_LIFE_MS: u64 = 15 * 60_000;
/// Letters and digits that are not taken for one another.
pub(super) const UNAMBIGUOUS: &[u8] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
/// Length of an enrolment code; about 99 bits, so that guessing needs no limit.
const CODE_LENGTH: usize = 20;

impl Service {
    /// A code that enrols one device, as the text of its QR, and until when it is good.
    ///
    /// # Errors
    /// Not an admin's scope.
    pub fn enrolment_code(
        &self,
        scope: &Scope,
        name: Option<&str>,
        url: &str,
    ) -> Result<(wire::EnrolmentCode, UnixMillis), ServiceError> {
        self.enrolment_code_instead(scope, name, url, None)
    }

    /// As [`Self::enrolment_code`], for a phone that comes in the place of another device, or is that device, enrolled
    /// anew: the other is revoked as soon as this one is enrolled, and only this one goes on from its journal.
    ///
    /// # Errors
    /// Not an admin's scope; an unknown device to replace.
    pub fn enrolment_code_instead(
        &self,
        scope: &Scope,
        name: Option<&str>,
        url: &str,
        replaces: Option<DeviceId>,
    ) -> Result<(wire::EnrolmentCode, UnixMillis), ServiceError> {
        scope.require(Role::Admin)?;
        let ring = self.keyring(scope.org)?;
        let code = random_text(UNAMBIGUOUS, CODE_LENGTH)?;
        let hash = Digest32::of(code.as_bytes());
        let (scope, now, name) = (*scope, self.now(), name.and_then(device_name));
        let expires_at = now.plus(CODE_LIFE_MS);
        let url = address(url)?.as_str().to_owned();
        let told = url.clone();
        self.store.write(move |tx| {
            setting::add_address(tx, &told)?;
            if let Some(former) = replaces {
                device::get(tx, scope.org, former)?.ok_or(ServiceError::NotFound("device"))?;
            }
            let called = (name.as_deref(), replaces);
            device::add_code(tx, scope.org, hash, called, scope.person_id(), expires_at)?;
            let detail = replaces.map_or_else(|| json!({}), |former| json!({ "replaces": former }));
            audit::note(tx, &scope, "device.code", &hash.to_string(), &detail, now)
        })?;
        Ok((wire::EnrolmentCode { url, org: ring.org.clone(), code, root: ring.root.digest() }, expires_at))
    }

    /// Takes a device in. The same request again, within the code's life, gives the same device a fresh token: the
    /// first answer may have been lost on its way.
    ///
    /// # Errors
    /// [`ServiceError::EnrolmentCodeInvalid`] for whatever is not exactly right.
    pub fn enrol(&self, request: &wire::EnrolRequest) -> Result<wire::EnrolAnswer, ServiceError> {
        let asked = EnrolRequest::open(&request.request).ok_or(ServiceError::EnrolmentCodeInvalid)?;
        let org = self.store.read(|db| organisation::by_code(db, &asked.org))?;
        let org = org.ok_or(ServiceError::EnrolmentCodeInvalid)?;
        let (ring, now) = (self.keyring(org.id)?, self.now());
        let new_id = DeviceId(random()?);
        let (token, token_hash) = new_token(TokenKind::Device)?;
        let suggested = request.name.as_deref().and_then(device_name);
        let enrolled = DeviceCertificate {
            org: ring.org.clone(),
            device: new_id,
            key: asked.key,
            enrolled_at: now.to_seconds(),
        };
        let certificate = enrolled.sign(ring.signer(KeyPurpose::Packs, now.to_seconds())?);
        let (device, certificate) = self.store.write(move |tx| {
            let invalid = || ServiceError::EnrolmentCodeInvalid;
            let code = device::code(tx, org.id, asked.code_hash)?.ok_or_else(invalid)?;
            if !Span::until(code.expires_at, CODE_LIFE_MS).counts(now) {
                return Err(invalid());
            }
            if let Some(id) = code.device {
                let known = device::get(tx, org.id, id)?.ok_or_else(invalid)?;
                if known.public_key != asked.key || known.revoked_at.is_some() {
                    return Err(invalid());
                }
                device::set_token(tx, org.id, id, &token_hash)?;
                return Ok((id, known.certificate));
            }
            let name = code.name.or(suggested).unwrap_or_else(|| format!("Device {}", &short(new_id)));
            let new = NewDevice {
                id: new_id,
                name: &name,
                public_key: asked.key,
                certificate: &certificate,
                token_hash,
                replaces: code.replaces,
            };
            if !device::add(tx, org.id, &new, now)?
                || !device::use_code(tx, org.id, asked.code_hash, new_id, now)?
            {
                return Err(invalid());
            }
            let subject = new_id.to_string();
            audit::note(tx, &Scope::local(org.id), "device.enrol", &subject, &json!({}), now)?;
            if let Some(former) = code.replaces {
                device::revoke(tx, org.id, former, now)?;
                let detail = json!({ "by": new_id });
                let former = former.to_string();
                audit::note(tx, &Scope::local(org.id), "device.replace", &former, &detail, now)?;
            }
            Ok((new_id, certificate))
        })?;
        Ok(wire::EnrolAnswer {
            device,
            token,
            certificate,
            organisation: org.name,
            keys: ring.answer(now),
            policy: self.policy(&Scope::local(org.id))?.told,
            server_time: now,
        })
    }

    /// Revokes a device: its token stops to work at once.
    ///
    /// # Errors
    /// Not an admin's scope; an unknown device.
    pub fn revoke_device(&self, scope: &Scope, id: DeviceId) -> Result<(), ServiceError> {
        scope.require(Role::Admin)?;
        let (scope, now) = (*scope, self.now());
        self.store.write(move |tx| {
            if !device::revoke(tx, scope.org, id, now)? {
                return Err(ServiceError::NotFound("device"));
            }
            audit::note(tx, &scope, "device.revoke", &id.to_string(), &json!({}), now)
        })
    }

    /// How many entries of each device do not fit what the server knows.
    ///
    /// # Errors
    /// Not an admin's scope.
    pub fn doubts(&self, scope: &Scope) -> Result<Vec<(DeviceId, u64)>, ServiceError> {
        scope.require(Role::Admin)?;
        self.store.read(|db| Ok(doubt::by_device(db, scope.org)?))
    }

    /// Every device, by name.
    ///
    /// # Errors
    /// Not an admin's scope.
    pub fn devices(&self, scope: &Scope) -> Result<Vec<device::Device>, ServiceError> {
        scope.require(Role::Admin)?;
        self.store.read_page(|db| Ok(device::list(db, scope.org)?))
    }
}

/// An address that phones are told, from what somebody typed.
pub(super) fn address(typed: &str) -> Result<Address, ServiceError> {
    Address::parse(typed).ok_or(ServiceError::Invalid {
        field: "url",
        code: "address_invalid",
        message: "a server's address looks like https://gate.example.org",
    })
}

/// A name for a device, from what someone typed or a phone says of itself.
fn device_name(typed: &str) -> Option<String> {
    name::bounded(typed)
}

fn short(id: DeviceId) -> String {
    id.to_string().chars().take(6).collect()
}
