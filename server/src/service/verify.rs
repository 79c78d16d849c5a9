//! The online check of a scan.

use std::collections::BTreeMap;

use gatehouse_core::{
    access::reaches,
    decision::{
        ANSWERED, Check, Code, Evidence, Outcome, PastUses, Standing, UseId, code_digest, decide, denies,
    },
    gatepack::Policy,
    id::{DeviceId, EntryId, PersonId, SiteNumber, SubjectId},
    pass::{Kind, Opened},
    place::Whereabouts,
    role::Role,
    time::{Now, UnixMillis},
    wire::{MOST_CLOSED, VerifyAnswer, VerifyRequest},
};
use rusqlite::Connection;

use super::{
    Scope, Service, ServiceError,
    against::{Against, Shown, is_name_banned},
    keyring::Keyring,
};
use crate::store::{OrgId, Tx, invitation, pass, pass::Asking, person, site, stay};

/// Checks that the phone's own evaluation covers, but whose denial the server confirms under their own name.
const CONFIRMED: [Check; 5] = [Check::Format, Check::Signature, Check::Issuer, Check::Time, Check::Proof];

/// What the server knows of the person or invitation behind a code.
struct Known {
    standing: Standing,
    name: Option<String>,
    host: Option<String>,
    /// The visitor's open stay: the code opens its departure and takes no use.
    inside: Option<EntryId>,
}

impl Service {
    /// Answers a scan on a device, and reserves a use of its code for the event.
    ///
    /// # Errors
    /// Not a guard's scope, or not from a station; an unknown site, or one that the guard is not assigned to.
    pub fn verify(
        &self,
        scope: &Scope,
        device: Option<DeviceId>,
        request: &VerifyRequest,
    ) -> Result<VerifyAnswer, ServiceError> {
        scope.require(Role::Guard)?;
        let device = Some(device.ok_or(ServiceError::NotAtStation)?);
        let now = self.now();
        let ring = self.keyring(scope.org)?;
        let (opened, mut checks) = judge(&request.code, &ring, now);
        let mut answer = VerifyAnswer {
            event: request.event,
            code_sha256: code_digest(&request.code),
            server_time: now,
            checks: BTreeMap::new(),
            name: None,
            host: None,
            last_used: None,
            last_used_site: None,
            last_used_by: None,
            stay: None,
        };
        self.may_work_at(scope, request.site)?;
        if let Some(opened) = opened {
            let (org, event, site, leaving) = (scope.org, request.event, request.site, request.leaving);
            let until = now.plus(self.settings.reservation_s * 1000);
            let sound = checks.is_empty();
            let closed: Vec<_> = request.closed.iter().copied().take(MOST_CLOSED).collect();
            let (known, found, used) = self.store.write(move |tx| {
                let use_id = UseId::of(&opened).to_bytes();
                // Whoever leaves is not held against the use that let them in. Whoever has left comes anew.
                let leaving = match leaving {
                    Some(stay) if stay::departed_at(tx, org, stay)?.is_none() => Some(stay),
                    _ => None,
                };
                let asking = Asking { event: leaving.unwrap_or(event), device, closed: &closed };
                let known = look_up(tx, org, &opened, &use_id, &asking, now)?;
                let found = known.standing.answer(&opened.claims, Some(site));
                // A scan that is denied here must not hold a use that somebody needs elsewhere.
                let passes = sound && !found.iter().any(|(check, code)| denies(*check, code));
                if passes && known.inside.is_none() && leaving.is_none() {
                    pass::reserve(tx, org, &use_id, event, device, (now, until))?;
                } else {
                    // The same event may have been asked about before, when it still passed.
                    pass::free(tx, org, event)?;
                }
                let held = found.iter().any(|(check, code)| *check == Check::Uses && *code != Code::Ok);
                let used = match known.standing.uses.last.filter(|_| held) {
                    Some(at) => Some((at, pass::whose_use(tx, org, &use_id, at)?)),
                    None => None,
                };
                Ok::<_, ServiceError>((known, found, used))
            })?;
            answer.last_used = used.map(|(at, _)| at);
            (answer.last_used_site, answer.last_used_by) = used.and_then(|(_, whose)| whose).unzip();
            (answer.name, answer.host) = (known.name, known.host);
            answer.stay = known.inside;
            checks.extend(found);
        }
        // An answer without a code for each of these counts as none.
        for check in ANSWERED {
            checks.entry(check).or_insert(Code::Ok);
        }
        Ok(VerifyAnswer { checks, ..answer })
    }

    /// Goes on only where the site is the organisation's and the guard is assigned to it.
    pub(super) fn may_work_at(&self, scope: &Scope, number: SiteNumber) -> Result<String, ServiceError> {
        let org = scope.org;
        self.store.read(|db| {
            let site = site::get(db, org, number)?.ok_or(ServiceError::NotFound("site"))?;
            let Some(id) = scope.person_id() else { return Ok(site.name) };
            let guard = person::get(db, org, id)?.ok_or(ServiceError::Unauthorized)?;
            let assigned = reaches(person::sites(db, org, &guard)?.as_deref(), number);
            if assigned { Ok(site.name) } else { Err(ServiceError::NotAssigned) }
        })
    }
}

/// What the code says by itself: its content if it is ours, and what is wrong with it.
fn judge(text: &str, ring: &Keyring, now: UnixMillis) -> (Option<Opened>, BTreeMap<Check, Code>) {
    let evidence = Evidence {
        now: Now::Trusted(now),
        keys: &ring.set,
        pack: None,
        policy: Policy::default(),
        online: None,
        site: None,
        whereabouts: Whereabouts::NotChecked,
        uses: None,
    };
    let decision = decide(text, &evidence);
    let denied = CONFIRMED.into_iter().filter_map(|check| match decision.outcome(check) {
        Outcome::Denies(code) => Some((check, code.clone())),
        _ => None,
    });
    let denied = denied.collect();
    (decision.opened, denied)
}

fn look_up(
    tx: &Tx<'_>,
    org: OrgId,
    opened: &Opened,
    use_id: &[u8],
    asking: &Asking<'_>,
    now: UnixMillis,
) -> Result<Known, ServiceError> {
    let subject = opened.claims.subject;
    let uses = pass::past_uses(tx, org, use_id, asking, now)?;
    let shown = Shown { token: Some(opened.claims.token), issued_at: Some(opened.claims.issued_at) };
    match opened.claims.kind {
        Kind::Visitor { .. } => visitor(tx, org, subject, shown, uses),
        Kind::Member | Kind::Device(_) => member(tx, org, subject, shown, uses),
    }
}

fn visitor(
    db: &Connection,
    org: OrgId,
    subject: SubjectId,
    shown: Shown,
    uses: PastUses,
) -> Result<Known, ServiceError> {
    let found = invitation::get(db, org, subject)?;
    let bars = Against::visitor(db, org, subject, found.as_ref(), shown)?.bars();
    let standing = Standing { bars, uses, ..Standing::default() };
    let Some(found) = found else { return Ok(Known { standing, name: None, host: None, inside: None }) };
    let inside = stay::open_of(db, org, subject)?;
    // Whoever leaves uses nothing, so nothing can be used up.
    let uses = if inside.is_some() { PastUses::default() } else { standing.uses };
    let name_banned = is_name_banned(db, org, &found.visitor)?;
    let standing = Standing { sites: found.sites, uses, name_banned, ..standing };
    Ok(Known { standing, name: Some(found.visitor), host: found.host, inside })
}

fn member(
    db: &Connection,
    org: OrgId,
    subject: SubjectId,
    shown: Shown,
    uses: PastUses,
) -> Result<Known, ServiceError> {
    let id = PersonId(subject.0);
    let person = person::get(db, org, id)?;
    let bars = Against::member(db, org, id, person.as_ref(), shown)?.bars();
    let sites = match &person {
        Some(person) => person::sites(db, org, person)?,
        None => None,
    };
    let standing = Standing { bars, sites, uses, ..Standing::default() };
    let name = person.map(|person| person.name);
    Ok(Known { standing, name, host: None, inside: None })
}
