//! Signing passes: members' short-lived access IDs and visitors' codes.

use gatehouse_core::{
    id::{PersonId, SiteNumber, SubjectId, TokenId},
    keys::KeyPurpose,
    pass::{Claims, Kind, MAX_SITES, Name, NewPass},
    role::Role,
    time::UnixSeconds,
    wire::GenerateIdAnswer,
};

use super::{Scope, Service, ServiceError, keyring::Keyring};
use crate::{
    secrets::random,
    store::{OrgId, StoreError, Tx, invitation, pass, person},
};

/// How long before its making a member's code counts as valid, so that a phone slightly behind agrees. Seconds.
const EARLIER_S: u64 = 60;

/// What a pass can name: at most sixteen sites, the lowest numbers. Online the current assignment decides anyway.
fn nameable(sites: Option<Vec<SiteNumber>>) -> Option<Vec<SiteNumber>> {
    sites.map(|mut sites| {
        sites.sort_unstable();
        sites.dedup();
        sites.truncate(MAX_SITES);
        sites
    })
}

fn sealed_context(org: OrgId, subject: SubjectId) -> Vec<u8> {
    [b"pass".as_slice(), &org.get().to_be_bytes(), subject.as_bytes()].concat()
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
    let key = ring.signer(KeyPurpose::Passes, claims.issued_at)?;
    let text = NewPass { claims, key }.issue().map_err(|error| ServiceError::Core(error.to_string()))?;
    let sealed = if kept {
        Some(service.store.master().seal(&sealed_context(org, claims.subject), text.as_bytes())?)
    } else {
        None
    };
    let issued = pass::Issued {
        token: claims.token,
        subject: claims.subject,
        issued_at: claims.issued_at,
        expires_at: claims.expires_at,
        sealed,
    };
    pass::add(tx, org, &issued)?;
    Ok(text)
}

impl Service {
    /// A fresh access ID for the person who asks.
    ///
    /// # Errors
    /// [`ServiceError::NotBefore`] in the second after an invalidation; [`ServiceError::Forbidden`] for someone whose
    /// access is revoked or switched off.
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
        self.store.write(move |tx| {
            // The time is read here, in the writer's order: an invalidation before this one is seen, a later one
            // names a later second.
            let now = service.now();
            let member = person::get(tx, org, person)?.ok_or(ServiceError::NotFound("user"))?;
            if member.role.is_none() || !member.is_active() {
                return Err(ServiceError::Forbidden);
            }
            let issued_at = now.to_seconds();
            if let Some(time) = member.superseded_before.filter(|time| issued_at < *time) {
                return Err(ServiceError::NotBefore(time));
            }
            let expires_at = issued_at.plus(service.settings.member_pass_s);
            let claims = Claims {
                org: ring.org.clone(),
                expires_at,
                not_before: issued_at.minus(EARLIER_S),
                issued_at,
                token,
                kind: Kind::Member,
                subject: person.into(),
                name: Name::from_typed(&member.name),
                sites: nameable(person::sites(tx, org, &member)?),
            };
            let code = sign(tx, &service, org, &ring, &claims, false)?;
            Ok(GenerateIdAnswer { code, expires_at, server_time: now })
        })
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
            name: Name::from_typed(&invitation.visitor),
            sites: nameable(invitation.sites.clone()),
        };
        sign(tx, self, org, ring, &claims, true)
    }

    /// The text of an invitation's code, as it was signed.
    ///
    /// # Errors
    /// An unknown invitation, or one without a code.
    pub fn invitation_code(
        &self,
        scope: &Scope,
        id: SubjectId,
    ) -> Result<(String, UnixSeconds), ServiceError> {
        let org = scope.org;
        let kept = self.store.read(|db| pass::newest_kept(db, org, id))?;
        let kept = kept.ok_or(ServiceError::NotFound("invitation"))?;
        let sealed = kept.sealed.unwrap_or_default();
        let text = self.store.master().open(&sealed_context(org, id), &sealed)?;
        let text = String::from_utf8(text).map_err(|_| StoreError::Corrupt("invitation's code"))?;
        Ok((text, kept.expires_at))
    }
}
