//! Gate packs: what a guard's phone knows offline.

use gatehouse_core::{
    gatepack::{Ban, Content, ExpectedVisit, GatePack, GuardRecord, Policy, Section, prefix},
    id::Digest32,
    keys::KeyPurpose,
    role::Role,
    time::UnixSeconds,
};
use rusqlite::Connection;

use super::{Principal, Scope, Service, ServiceError};
use crate::store::{OrgId, device, invitation, organisation, pass, person, site};

/// How far ahead invitations are put into a pack. Seconds.
const EXPECTED_S: u64 = 86_400;

impl Service {
    /// A fresh gate pack for the device that asks, or one for any device.
    ///
    /// # Errors
    /// The database's.
    pub fn gate_pack(&self, scope: &Scope) -> Result<Vec<u8>, ServiceError> {
        let ring = self.keyring(scope.org)?;
        let (org, settings, now) = (scope.org, self.settings, self.now());
        let device = match scope.principal {
            Principal::Device(device) => Some(device),
            Principal::Person(_) | Principal::Local => None,
        };
        let issued_at = now.to_seconds();
        let (seq, content) = self.store.write(move |tx| {
            pass::prune(tx, org, issued_at)?;
            let seq = organisation::next_pack_seq(tx, org)?;
            if let Some(device) = device {
                device::set_pack(tx, org, device, seq, now)?;
            }
            Ok::<_, ServiceError>((seq, content(tx, org, issued_at)?))
        })?;
        let pack = GatePack {
            org: ring.org.clone(),
            device,
            seq,
            issued_at,
            next_update: issued_at.plus(settings.pack_next_update_s),
            hard_expiry: issued_at.plus(settings.pack_hard_expiry_s),
            // Computed when it is signed.
            content_hash: Digest32([0; 32]),
            content,
        };
        Ok(pack.sign(ring.signer(KeyPurpose::Packs, issued_at)?))
    }
}

fn content(db: &Connection, org: OrgId, now: UnixSeconds) -> Result<Content, ServiceError> {
    let sites = site::list(db, org)?;
    let mut guards = Vec::new();
    for guard in person::with_role(db, org, Role::Guard)? {
        if guard.is_active() {
            let sites = person::sites(db, org, &guard)?;
            guards.push(GuardRecord { person: guard.id, name: guard.name, sites }.to_fields());
        }
    }
    let expected = invitation::expected(db, org, now, now.plus(EXPECTED_S))?;
    let visits = expected.into_iter().map(|found| {
        ExpectedVisit {
            subject: found.id,
            name: found.visitor,
            host: found.host,
            sites: found.sites,
            from: found.from,
            until: found.until,
            max_uses: found.max_uses,
            // Hosts cannot supply one yet.
            photo: None,
        }
        .to_fields()
    });
    let bans = person::bans(db, org)?;
    let bans = bans
        .into_iter()
        .map(|(subject, reason)| Ban { reason, names: Vec::new() }.to_fields(prefix(subject.as_bytes())));
    Ok(Content {
        sites: Section::build(sites.iter().map(gatehouse_core::gatepack::SiteRecord::to_fields)),
        guards: Section::build(guards),
        invitations: Section::build(visits),
        revoked: pass::revocations(db, org, now)?.build(),
        codes: None,
        bans: Section::build(bans),
        policy: Some(Policy::default().to_value()),
    })
}
