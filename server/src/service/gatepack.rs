//! Gate packs: what a guard's phone knows offline.

use gatehouse_core::{
    gatepack::{
        Ban, Content, Delta, ExpectedVisit, GatePack, GuardRecord, Policy, PresentVisitor, Section, prefix,
    },
    id::Digest32,
    keys::KeyPurpose,
    role::Role,
    time::UnixSeconds,
};
use rusqlite::Connection;

use super::{Principal, Scope, Service, ServiceError, policy};
use crate::store::{
    OrgId, ban, device, invitation,
    pack::{self, Sending},
    pass, person, site, stay,
};

/// How far ahead invitations are put into a pack. Seconds.
const EXPECTED_S: u64 = 86_400;

impl Service {
    /// A fresh gate pack for the device that asks, or one for any device. Where it is known what the device has under
    /// the number `since`, and that is shorter, the answer is a delta.
    ///
    /// # Errors
    /// Neither a device's scope nor an admin's.
    pub fn gate_pack(&self, scope: &Scope, since: u64) -> Result<Vec<u8>, ServiceError> {
        scope.require_device()?;
        let ring = self.keyring(scope.org)?;
        let (org, settings, now) = (scope.org, self.settings, self.now());
        let device = match scope.principal {
            Principal::Device(device) => Some(device),
            Principal::Person(_) | Principal::Local => None,
        };
        let issued_at = now.to_seconds();
        // One transaction, so that of two packs the one with the higher number never says less.
        let (seq, content, encoded, base, policy) = self.store.write(move |tx| {
            pass::prune(tx, org, issued_at)?;
            let seq = pack::next_seq(tx, org, since)?;
            let policy = policy::read(tx, org, &settings)?;
            let content = content(tx, org, policy.told, issued_at)?;
            let encoded = content.to_bytes();
            let mut base = None;
            if let Some(device) = device {
                base = pack::sent(tx, org, device, since)?;
                device::set_pack(tx, org, device, seq, now)?;
                let sending = Sending { device, since, seq, content: &encoded };
                pack::note(tx, org, &sending, now)?;
            }
            Ok::<_, ServiceError>((seq, content, encoded, base, policy))
        })?;
        let pack = GatePack {
            org: ring.org.clone(),
            device,
            seq,
            issued_at,
            next_update: issued_at.plus(policy.next_update_s),
            hard_expiry: issued_at.plus(policy.hard_expiry_s),
            content_hash: Digest32::of(&encoded),
            content,
        };
        let key = ring.signer(KeyPurpose::Packs, issued_at)?;
        // What was kept is our own; should it be damaged all the same, a full pack helps.
        let old = base.and_then(|old| Content::parse(&old).ok());
        match old.map(|old| Delta::since(since, &old, &pack).sign(key)) {
            // No full pack is that short.
            Some(delta) if delta.len() <= encoded.len() => Ok(delta),
            Some(delta) => Ok(std::cmp::min_by_key(delta, pack.sign(key), Vec::len)),
            None => Ok(pack.sign(key)),
        }
    }
}

fn content(db: &Connection, org: OrgId, policy: Policy, now: UnixSeconds) -> Result<Content, ServiceError> {
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
            uses: u32::try_from(found.uses).unwrap_or(u32::MAX),
        }
        .to_fields()
    });
    let inside = stay::open(db, org)?.into_iter().map(|stay| {
        PresentVisitor {
            // Rows count from 1.
            number: stay.no.unsigned_abs(),
            stay: stay.id,
            name: stay.name,
            site: stay.site,
            since: stay.since,
            subject: stay.subject,
        }
        .to_fields()
    });
    let bans = ban::list(db, org)?;
    let bans = bans.into_iter().map(|found| {
        Ban { reason: found.reason, names: found.names }.to_fields(prefix(found.subject.as_bytes()))
    });
    Ok(Content {
        sites: Section::build(sites.iter().map(gatehouse_core::gatepack::SiteRecord::to_fields)),
        guards: Section::build(guards),
        invitations: Section::build(visits.chain(inside)),
        revoked: pass::revocations(db, org, now)?.build(),
        codes: None,
        bans: Section::build(bans),
        policy: Some(policy.to_value()),
    })
}
