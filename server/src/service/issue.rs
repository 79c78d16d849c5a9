//! Signing passes: members' short-lived access IDs and visitors' codes.

use std::time::Duration;

use gatehouse_core::{
    decision::Bar,
    id::{Digest32, PersonId, SiteNumber, SubjectId, TokenId},
    keys::KeyPurpose,
    pass::{Claims, DeviceKey, Kind, MAX_SITES, Name, NewPass, possession_message, text_of},
    role::Role,
    time::{UnixMillis, UnixSeconds},
    wire::{CertificateAnswer, CertificateRequest, GenerateIdAnswer},
};

use super::{
    Scope, Service, ServiceError,
    against::{Against, Shown},
    invitations::mine_or_admin,
    keyring::Keyring,
};
use crate::{
    secrets::random,
    store::{OrgId, StoreError, Tx, certificate, invitation, pass, person},
};

/// How long before its making a member's code counts as valid, so that a phone slightly behind agrees. Seconds.
const EARLIER_S: u64 = 60;
/// How far the time may be off at which a phone's key signed its request. Seconds.
const POSSESSION_S: u64 = 300;
/// How long the same phone, asking again, gets the same certificate. Seconds.
const SAME_CERTIFICATE_S: u64 = 3600;
/// Keys of one member that get a certificate within [`KEYS_S`].
const MOST_KEYS: u64 = 20;
const KEYS_S: u64 = 86_400;
/// Longest time until the second that an invalidation names. Beyond it the clock was set back meanwhile. Seconds.
const LONGEST_WAIT_S: u64 = 2;

/// What a pass can name: at most sixteen sites, the lowest numbers. Online the current assignment decides anyway.
fn nameable(sites: Option<Vec<SiteNumber>>) -> Option<Vec<SiteNumber>> {
    sites.map(|mut sites| {
        sites.sort_unstable();
        sites.dedup();
        sites.truncate(MAX_SITES);
        sites
    })
}

/// What a certificate says of the member, apart from its times, and under which key: one that is lost signs nothing that
/// is still good.
fn said_of(claims: &Claims, signer: [u8; 32]) -> Digest32 {
    let mut said = signer.to_vec();
    said.extend(claims.name.iter().flat_map(|name| name.as_str().bytes()));
    // No name holds a control character. No sites at all is something else than every site.
    said.push(0);
    if let Some(sites) = &claims.sites {
        said.push(1);
        said.extend(sites.iter().flat_map(|site| site.get().to_be_bytes()));
    }
    Digest32::of(&said)
}

/// Whether the certificate that a key has serves as well as the one that would be made now.
fn is_as_good(
    kept: &certificate::StoredCertificate,
    now: &Claims,
    content: Digest32,
    member: &person::Person,
) -> bool {
    kept.content == content
        && kept.issued_at <= now.issued_at
        && now.issued_at.since(kept.issued_at) < SAME_CERTIFICATE_S
        && now.issued_at < kept.expires_at
        && member.superseded_before.is_none_or(|time| kept.issued_at >= time)
}

fn sealed_context(org: OrgId, subject: SubjectId) -> Vec<u8> {
    [b"pass".as_slice(), &org.get().to_be_bytes(), subject.as_bytes()].concat()
}

/// The person, if codes may be issued for them in this second; else from which one on.
fn issuable(
    tx: &Tx<'_>,
    org: OrgId,
    person: PersonId,
    now: UnixMillis,
) -> Result<Result<person::Person, UnixSeconds>, ServiceError> {
    let member = person::get(tx, org, person)?.ok_or(ServiceError::NotFound("user"))?;
    let against = Against::member(tx, org, person, Some(&member), Shown::default())?;
    if against.bars().into_iter().any(Bar::stops_host) {
        return Err(ServiceError::Forbidden);
    }
    match member.superseded_before.filter(|time| now.to_seconds() < *time) {
        // The server's clock was ahead and was set back: nobody is kept waiting for it to get there again.
        Some(time) if time > now.to_seconds().plus(LONGEST_WAIT_S) => {
            let earlier = now.to_seconds().plus(1);
            // What that time alone made fail keeps failing, and is held against no grant before it.
            let since = time.to_millis();
            pass::withdraw(tx, org, person.into(), (earlier, time), since, now.to_seconds())?;
            person::set_superseded(tx, org, person, earlier)?;
            Ok(Err(earlier))
        }
        Some(time) => Ok(Err(time)),
        None => Ok(Ok(member)),
    }
}

/// What is signed of a member, in a code or for their phone.
#[allow(clippy::too_many_arguments, reason = "each is one claim")]
fn claims(
    tx: &Tx<'_>,
    org: OrgId,
    ring: &Keyring,
    member: &person::Person,
    token: TokenId,
    kind: Kind,
    issued_at: UnixSeconds,
    life_s: u64,
) -> Result<Claims, ServiceError> {
    Ok(Claims {
        org: ring.org.clone(),
        expires_at: issued_at.plus(life_s),
        not_before: issued_at.minus(EARLIER_S),
        issued_at,
        token,
        kind,
        subject: member.id.into(),
        name: Name::of(&member.name),
        sites: nameable(person::sites(tx, org, member)?),
    })
}

fn envelope(ring: &Keyring, claims: &Claims) -> Result<Vec<u8>, ServiceError> {
    let key = ring.signer(KeyPurpose::Passes, claims.issued_at)?;
    NewPass { claims, key }.envelope().map_err(|error| ServiceError::Core(error.to_string()))
}

/// Notes a pass, so that revocations are published while it lives, and forgets those that live no more.
fn note(tx: &Tx<'_>, org: OrgId, claims: &Claims, sealed: Option<Vec<u8>>) -> Result<(), ServiceError> {
    pass::prune(tx, org, claims.issued_at)?;
    let issued = pass::Issued {
        token: claims.token,
        subject: claims.subject,
        issued_at: claims.issued_at,
        expires_at: claims.expires_at,
        sealed,
    };
    Ok(pass::add(tx, org, &issued)?)
}

/// Signs claims and notes the pass; `kept` where its text must be shown again.
fn sign(
    tx: &Tx<'_>,
    service: &Service,
    org: OrgId,
    ring: &Keyring,
    claims: &Claims,
    kept: bool,
) -> Result<String, ServiceError> {
    let text = text_of(&envelope(ring, claims)?);
    let sealed = if kept {
        Some(service.store.master().seal(&sealed_context(org, claims.subject), text.as_bytes())?)
    } else {
        None
    };
    note(tx, org, claims, sealed)?;
    Ok(text)
}

impl Service {
    /// A fresh access ID for the person who asks.
    ///
    /// # Errors
    /// [`ServiceError::NotBefore`] in the second after an invalidation; [`ServiceError::Forbidden`] for someone whose
    /// access is revoked or switched off, or who is banned.
    pub fn generate_id(&self, scope: &Scope) -> Result<GenerateIdAnswer, ServiceError> {
        let person = scope.person_id().ok_or(ServiceError::Forbidden)?;
        self.member_pass(scope, person)
    }

    /// A fresh access ID for a person; an admin may ask for another's.
    ///
    /// # Errors
    /// As [`Self::generate_id`].
    pub fn member_pass(&self, scope: &Scope, person: PersonId) -> Result<GenerateIdAnswer, ServiceError> {
        if scope.person_id() != Some(person) {
            scope.require(Role::Admin)?;
        }
        let ring = self.keyring(scope.org)?;
        let (org, service, token) = (scope.org, self.clone(), TokenId(random()?));
        let issued = self.store.write(move |tx| {
            // The time is read here, in the writer's order: an invalidation before this one is seen, a later one
            // names a later second.
            let now = service.time_in_writer();
            let member = match issuable(tx, org, person, now)? {
                Ok(member) => member,
                Err(time) => return Ok(Err(time)),
            };
            let life = service.settings.member_pass_s;
            let claims = claims(tx, org, &ring, &member, token, Kind::Member, now.to_seconds(), life)?;
            let code = sign(tx, &service, org, &ring, &claims, false)?;
            let superseded_before = member.superseded_before;
            let expires_at = claims.expires_at;
            Ok::<_, ServiceError>(Ok(GenerateIdAnswer {
                code,
                expires_at,
                superseded_before,
                server_time: now,
            }))
        })?;
        // No error in there: what a clock that was set back changed must be committed.
        issued.map_err(ServiceError::NotBefore)
    }

    /// Certifies the key of the asking person's phone, so that it can mint codes without a network.
    ///
    /// # Errors
    /// As [`Self::generate_id`]; a key that is none, a request that the key did not sign just now.
    pub fn certify(
        &self,
        scope: &Scope,
        request: &CertificateRequest,
    ) -> Result<CertificateAnswer, ServiceError> {
        let person = scope.person_id().ok_or(ServiceError::Forbidden)?;
        let invalid = |field, code, message| ServiceError::Invalid { field, code, message };
        let key = DeviceKey::from_public(&request.key)
            .ok_or_else(|| invalid("key", "device_key_invalid", "that is no public key that can be used"))?;
        let ring = self.keyring(scope.org)?;
        let message = possession_message(&ring.org, person.into(), &key, request.time);
        if !key.verifies(&message, &request.signature) {
            return Err(invalid("signature", "possession_unproven", "the key did not sign this request"));
        }
        let now = self.now().to_seconds();
        if now.since(request.time).max(request.time.since(now)) > POSSESSION_S {
            return Err(invalid("time", "time_off", "the phone's time is too far off"));
        }
        let (org, service, token) = (scope.org, self.clone(), TokenId(random()?));
        let digest = Digest32::of(&request.key);
        let certified = self.store.write(move |tx| {
            let now = service.time_in_writer();
            let member = match issuable(tx, org, person, now)? {
                Ok(member) => member,
                Err(time) => return Ok(Err(time)),
            };
            let kind = Kind::Device(key);
            let life = service.settings.member_certificate_s.min(kind.longest_life() - EARLIER_S);
            let claims = claims(tx, org, &ring, &member, token, kind, now.to_seconds(), life)?;
            let signer = ring.signer(KeyPurpose::Passes, claims.issued_at)?.verifying_key().to_bytes();
            let (content, context) = (said_of(&claims, signer), sealed_context(org, claims.subject));
            let kept = certificate::get(tx, org, person, digest)?;
            if let Some(kept) = kept.filter(|kept| is_as_good(kept, &claims, content, &member)) {
                let certificate = service.store.master().open(&context, &kept.sealed)?;
                return Ok(Ok(CertificateAnswer { certificate, server_time: now }));
            }
            let since = now.to_seconds().minus(KEYS_S);
            if certificate::count_since(tx, org, person, since)? >= MOST_KEYS {
                return Err(ServiceError::TooManyTries { wait: Duration::from_secs(SAME_CERTIFICATE_S) });
            }
            let certificate = envelope(&ring, &claims)?;
            note(tx, org, &claims, None)?;
            let kept = certificate::StoredCertificate {
                token,
                content,
                issued_at: claims.issued_at,
                expires_at: claims.expires_at,
                sealed: service.store.master().seal(&context, &certificate)?,
            };
            certificate::keep(tx, org, person, digest, &kept)?;
            Ok::<_, ServiceError>(Ok(CertificateAnswer { certificate, server_time: now }))
        })?;
        certified.map_err(ServiceError::NotBefore)
    }

    /// Signs the code of an invitation that is being made or shown anew, in the same transaction.
    pub(super) fn sign_invitation(
        &self,
        tx: &Tx<'_>,
        org: OrgId,
        ring: &Keyring,
        token: TokenId,
        invitation: &invitation::Invitation,
        now: UnixSeconds,
    ) -> Result<String, ServiceError> {
        let claims = Claims {
            org: ring.org.clone(),
            expires_at: invitation.until,
            not_before: invitation.from,
            issued_at: now,
            token,
            kind: Kind::Visitor { max_uses: invitation.max_uses },
            subject: invitation.id,
            name: Name::of(&invitation.visitor),
            sites: nameable(invitation.sites.clone()),
        };
        sign(tx, self, org, ring, &claims, true)
    }

    /// The text of an invitation's code, as it was signed.
    ///
    /// # Errors
    /// An unknown invitation, one of others, or one without a code.
    pub fn invitation_code(
        &self,
        scope: &Scope,
        id: SubjectId,
    ) -> Result<(String, UnixSeconds), ServiceError> {
        mine_or_admin(scope, &self.invitation(scope, id)?)?;
        self.kept_code(scope.org, id)
    }

    /// The same, for whom may see it.
    pub(super) fn kept_code(&self, org: OrgId, id: SubjectId) -> Result<(String, UnixSeconds), ServiceError> {
        let kept = self.store.read(|db| pass::newest_kept(db, org, id))?;
        let kept = kept.ok_or(ServiceError::NotFound("invitation"))?;
        let sealed = kept.sealed.unwrap_or_default();
        let text = self.store.master().open(&sealed_context(org, id), &sealed)?;
        let text = String::from_utf8(text).map_err(|_| StoreError::Corrupt("invitation's code"))?;
        Ok((text, kept.expires_at))
    }
}
