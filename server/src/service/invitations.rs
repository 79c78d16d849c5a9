//! Invitations: made, looked up, cancelled.

use gatehouse_core::{
    access::{manages_invitation, pass_on, sees_all_invitations},
    decision::Bar,
    fold,
    id::{Digest32, PersonId, RequestId, SiteNumber, SubjectId, TokenId},
    name::{self, FullName},
    pass::{Kind, Name},
    role::Role,
    time::{UnixMillis, UnixSeconds},
    visit::{BeyondLimit, HostLimits, InvitationStatus},
    wire::{InvitationAnswer, InvitationRequest},
};
use serde_json::json;

use super::{
    Scope, Service, ServiceError,
    against::{Against, Shown, is_name_banned},
    audit,
    enrol::UNAMBIGUOUS,
    people, policy,
};
use crate::{
    secrets::{random, random_text},
    store::{
        StoreError, Tx, invitation,
        invitation::{Cursor, Filter, Invitation, NewInvitation},
        person,
        person::Person,
        site,
    },
};

/// Longest note in characters.
const LONGEST_NOTE: usize = 2000;
/// Most uses that an invitation can allow.
const MOST_USES: u32 = 1_000_000;
/// Letters behind the `V-` of a reference.
const REFERENCE_LENGTH: usize = 6;

/// A visit about to be invited.
#[derive(Debug, Clone)]
pub struct NewVisit {
    /// The visitor's name, as typed.
    pub name: String,
    /// The visitor's e-mail address.
    pub email: Option<String>,
    /// Who invites; nothing is whoever asks.
    pub host: Option<PersonId>,
    /// Where to; nothing is any site.
    pub sites: Option<Vec<SiteNumber>>,
    /// From when on.
    pub from: UnixSeconds,
    /// Until when.
    pub until: UnixSeconds,
    /// Most uses, if limited.
    pub max_uses: Option<u32>,
    /// For the guard.
    pub note: String,
}

impl From<InvitationRequest> for NewVisit {
    fn from(request: InvitationRequest) -> Self {
        Self {
            name: request.name,
            email: None,
            host: None,
            sites: request.sites,
            from: request.from,
            until: request.until,
            max_uses: request.max_uses,
            note: request.note.unwrap_or_default(),
        }
    }
}

/// An invitation as whoever made it, or wants to send it again, is told of it.
fn answer(invitation: Invitation, code: String, name_banned: bool) -> InvitationAnswer {
    let name_in_code = Name::short_of(&invitation.visitor).map(|name| name.to_string());
    InvitationAnswer { id: invitation.id, reference: invitation.reference, code, name_banned, name_in_code }
}

const fn invalid(field: &'static str, code: &'static str, message: &'static str) -> ServiceError {
    ServiceError::Invalid { field, code, message }
}

impl NewVisit {
    /// What tells one visit from another.
    fn digest(&self) -> Digest32 {
        let Self { name, email, host, sites, from, until, max_uses, note } = self;
        Digest32::of(json!([name, email, host, sites, from, until, max_uses, note]).to_string().as_bytes())
    }

    /// Everything that is wrong with the visit at `now`, field by field.
    #[must_use]
    pub fn faults(&self, now: UnixSeconds) -> Vec<ServiceError> {
        let mut faults = Vec::new();
        if let Err(error) = FullName::from_typed(&self.name) {
            faults.push(people::invalid_name("visitor", error));
        }
        if self.email.as_deref().is_some_and(|email| people::email(email).is_err()) {
            faults.push(invalid("email", "email_invalid", "an e-mail address looks like name@example.org"));
        }
        if self.sites.as_ref().is_some_and(Vec::is_empty) {
            faults.push(invalid("site", "site_required", "no site is chosen"));
        }
        if self.until <= self.from {
            faults.push(invalid("until", "window_reversed", "the end is before the start"));
        } else if self.until <= now {
            faults.push(invalid("until", "window_past", "the window is already over"));
        } else if self.until.since(self.from.min(now)) > (Kind::Visitor { max_uses: None }).longest_life() {
            faults.push(invalid(
                "until",
                "window_too_long",
                "an invitation can be good for at most 400 days",
            ));
        }
        if self.max_uses.is_some_and(|uses| !(1..=MOST_USES).contains(&uses)) {
            faults.push(invalid("max_uses", "uses_invalid", "uses are a number from 1 to 1,000,000"));
        }
        if self.note.chars().count() > LONGEST_NOTE {
            faults.push(invalid("note", "note_too_long", "a note has at most 2,000 characters"));
        }
        faults
    }
}

impl Service {
    /// Invites a visitor: a person, an invitation and its signed code. Whoever is no admin invites as host, and only to
    /// where they may go themselves.
    ///
    /// # Errors
    /// Not a person's or the local scope; the first of [`NewVisit::faults`]; an unknown host or site, or one of others.
    pub fn invite(&self, scope: &Scope, visit: &NewVisit) -> Result<InvitationAnswer, ServiceError> {
        self.invite_once(scope, visit, None)
    }

    /// As [`Self::invite`], once for each `request` of a person: asked again for the same, it answers the same.
    ///
    /// # Errors
    /// As [`Self::invite`]; a request that was for something else before.
    pub fn invite_once(
        &self,
        scope: &Scope,
        visit: &NewVisit,
        request: Option<RequestId>,
    ) -> Result<InvitationAnswer, ServiceError> {
        scope.require(Role::Member)?;
        let once = request.zip(scope.person_id());
        let content = visit.digest();
        if let Some(found) = self.asked_before(scope, once, content)? {
            return Ok(found);
        }
        let now = self.now();
        if let Some(fault) = visit.faults(now.to_seconds()).into_iter().next() {
            return Err(fault);
        }
        let name = people::display_name(&visit.name)?;
        let email = visit.email.as_deref().map(people::email).transpose()?;
        let ring = self.keyring(scope.org)?;
        let (scope, service, mut visit, settings) = (*scope, self.clone(), visit.clone(), self.settings);
        let (id, visitor, token) = (SubjectId(random()?), PersonId(random()?), TokenId(random()?));
        let made = self.store.write(move |tx| {
            // The same request may be on its way twice; the writer lets one of them through.
            if let Some((request, person)) = once
                && invitation::by_request(tx, scope.org, person, request)?.is_some()
            {
                return Ok(None);
            }
            let sites = known_sites(tx, &scope, visit.sites.as_deref())?;
            let host = visit.host.or(scope.person_id());
            let sites = if is_admin(&scope) {
                sites
            } else {
                let limits = policy::read(tx, scope.org, &settings)?.invitations;
                visit.max_uses = within_limits(tx, &scope, &visit, &limits, now.to_seconds())?;
                own_sites(tx, &scope, host, sites)?
            };
            let host_name = match host {
                Some(host) => able_host(tx, &scope, host)?.name,
                None => String::new(),
            };
            person::add(tx, scope.org, visitor, name.as_str(), email.as_deref(), true, now)?;
            let reference = free_reference(tx, &scope)?;
            let search = searched(&reference, name.as_str(), &host_name, email.as_deref());
            let new = NewInvitation {
                id,
                reference,
                visitor,
                host,
                created_by: scope.person_id(),
                sites,
                from: visit.from,
                until: visit.until,
                max_uses: visit.max_uses,
                note: visit.note,
                search,
            };
            invitation::add(tx, scope.org, &new, now)?;
            let made = invitation::get(tx, scope.org, id)?.ok_or(StoreError::Corrupt("invitation"))?;
            let code = service.sign_invitation(tx, scope.org, &ring, token, &made, now.to_seconds())?;
            if let Some((request, person)) = once {
                invitation::note_request(tx, scope.org, person, request, id, content)?;
            }
            audit::note(tx, &scope, "invitation.add", &id.to_string(), &json!({}), now)?;
            // Whom the organisation keeps out is nothing that members are told.
            let name_banned = is_admin(&scope) && is_name_banned(tx, scope.org, name.as_str())?;
            Ok::<_, ServiceError>(Some(answer(made, code, name_banned)))
        })?;
        match made {
            Some(made) => Ok(made),
            None => self.asked_before(&scope, once, content)?.ok_or(ServiceError::NotFound("invitation")),
        }
    }

    /// What a person's request was answered before, if it was.
    fn asked_before(
        &self,
        scope: &Scope,
        once: Option<(RequestId, PersonId)>,
        content: Digest32,
    ) -> Result<Option<InvitationAnswer>, ServiceError> {
        let Some((request, person)) = once else { return Ok(None) };
        match self.store.read(|db| invitation::by_request(db, scope.org, person, request))? {
            None => Ok(None),
            Some((id, before)) if before == content => self.invitation_again(scope, id).map(Some),
            Some(_) => Err(ServiceError::Conflict {
                code: "request_reused",
                message: "that request id belongs to another invitation",
            }),
        }
    }

    /// The code of an invitation, to be shown again to its host or an admin.
    ///
    /// # Errors
    /// An unknown invitation, or one of others; [`ServiceError::Forbidden`] for a host who is stopped.
    pub fn invitation_again(&self, scope: &Scope, id: SubjectId) -> Result<InvitationAnswer, ServiceError> {
        let found = self.invitation(scope, id)?;
        mine_or_admin(scope, &found)?;
        if found.host_stopped().is_some() && !is_admin(scope) {
            return Err(ServiceError::Forbidden);
        }
        let (code, _) = self.kept_code(scope.org, id)?;
        let name_banned = self.is_name_banned(scope, &found)?;
        Ok(answer(found, code, name_banned))
    }

    /// Whether somebody on the ban list is called like an invitation's visitor, which only admins are told.
    pub fn is_name_banned(&self, scope: &Scope, found: &Invitation) -> Result<bool, ServiceError> {
        if !is_admin(scope) {
            return Ok(false);
        }
        self.store.read(|db| is_name_banned(db, scope.org, &found.visitor))
    }

    /// An invitation by its id.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], also for one that is not the caller's to see.
    pub fn invitation(&self, scope: &Scope, id: SubjectId) -> Result<Invitation, ServiceError> {
        let found = self.store.read(|db| invitation::get(db, scope.org, id))?;
        visible(scope, found)
    }

    /// An invitation by its id or reference.
    ///
    /// # Errors
    /// As [`Self::invitation`].
    pub fn find_invitation(&self, scope: &Scope, text: &str) -> Result<Invitation, ServiceError> {
        let text = text.trim();
        let found = self.store.read(|db| match text.parse::<SubjectId>() {
            Ok(id) => invitation::get(db, scope.org, id),
            Err(_) => invitation::by_reference(db, scope.org, &typed_reference(text)),
        })?;
        visible(scope, found)
    }

    /// A page of the invitations that the caller may see, newest first, those older than `before`, and how many the
    /// filter lets through.
    ///
    /// # Errors
    /// Not a person's scope, nor a guard's.
    pub fn invitations(
        &self,
        scope: &Scope,
        filter: &Filter,
        before: Option<Cursor>,
        limit: u32,
    ) -> Result<(Vec<Invitation>, u64), ServiceError> {
        let (filter, now) = (seen_by(scope, filter)?, self.now().to_seconds());
        self.store.read_page(|db| Ok(invitation::page(db, scope.org, &filter, now, before, limit)?))
    }

    /// Where a list goes on behind one of its invitations.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for one that the caller may not see, or of another host than the filter asks for.
    pub fn place_in_list(
        &self,
        scope: &Scope,
        filter: &Filter,
        id: SubjectId,
    ) -> Result<Cursor, ServiceError> {
        let found = self.invitation(scope, id)?;
        if filter.host.is_some_and(|host| found.host_id != Some(host)) {
            return Err(ServiceError::NotFound("invitation"));
        }
        Ok(Cursor { created_at: found.created_at, id })
    }

    /// Visitors expected from `from` to `until`, soonest first.
    ///
    /// # Errors
    /// Not a guard's scope.
    pub fn expected(
        &self,
        scope: &Scope,
        from: UnixSeconds,
        until: UnixSeconds,
    ) -> Result<Vec<Invitation>, ServiceError> {
        scope.require(Role::Guard)?;
        self.store.read_page(|db| Ok(invitation::expected(db, scope.org, from, until)?))
    }

    /// Names another host, at whose word the visitor comes in from now on: an invitation that stopped because of its
    /// host holds again.
    ///
    /// # Errors
    /// Not an admin's scope; an unknown invitation, or one that is cancelled; a host who is unknown or stopped.
    pub fn take_over_invitation(
        &self,
        scope: &Scope,
        id: SubjectId,
        host: PersonId,
    ) -> Result<Invitation, ServiceError> {
        scope.require(Role::Admin)?;
        let (scope, now) = (*scope, self.now());
        self.store.write(move |tx| {
            let missing = || ServiceError::NotFound("invitation");
            let found = invitation::get(tx, scope.org, id)?.ok_or_else(missing)?;
            if found.noted_status == InvitationStatus::Cancelled {
                let message = "this invitation is cancelled; invite the visitor again";
                return Err(ServiceError::Conflict { code: "cancelled", message });
            }
            let able = able_host(tx, &scope, host)?;
            let search = searched(&found.reference, &found.visitor, &able.name, found.email.as_deref());
            invitation::set_host(tx, scope.org, id, host, &search)?;
            let detail = json!({ "from": found.host_id, "to": host });
            audit::note(tx, &scope, "invitation.host", &id.to_string(), &detail, now)?;
            invitation::get(tx, scope.org, id)?.ok_or_else(missing)
        })
    }

    /// Cancels an invitation, for its host or an admin. Says when it was cancelled, and whether that was now.
    ///
    /// # Errors
    /// An unknown invitation, or one of others.
    pub fn cancel_invitation(
        &self,
        scope: &Scope,
        id: SubjectId,
    ) -> Result<(UnixMillis, bool), ServiceError> {
        let (scope, now) = (*scope, self.now());
        self.store.write(move |tx| {
            let found = invitation::get(tx, scope.org, id)?.ok_or(ServiceError::NotFound("invitation"))?;
            mine_or_admin(&scope, &found)?;
            if found.noted_status == InvitationStatus::Cancelled {
                return Ok((found.cancelled_at.unwrap_or(now), false));
            }
            invitation::cancel(tx, scope.org, id, scope.person_id(), now)?;
            audit::note(tx, &scope, "invitation.cancel", &id.to_string(), &json!({}), now)?;
            Ok((now, true))
        })
    }
}

fn is_admin(scope: &Scope) -> bool {
    scope.require(Role::Admin).is_ok()
}

fn hosts(scope: &Scope, found: &Invitation) -> bool {
    scope.person_id().is_some() && found.host_id == scope.person_id()
}

/// Goes on only for an admin or the host. That others' invitations exist is not told.
pub(super) fn mine_or_admin(scope: &Scope, found: &Invitation) -> Result<(), ServiceError> {
    let may = manages_invitation(scope.role, hosts(scope, found));
    if may { Ok(()) } else { Err(ServiceError::NotFound("invitation")) }
}

/// What was found, if it is the caller's to see.
fn visible(scope: &Scope, found: Option<Invitation>) -> Result<Invitation, ServiceError> {
    let seen = found.filter(|found| sees_all_invitations(scope.role) || hosts(scope, found));
    seen.ok_or(ServiceError::NotFound("invitation"))
}

/// What a filter lets through of what the caller may see.
fn seen_by(scope: &Scope, filter: &Filter) -> Result<Filter, ServiceError> {
    if sees_all_invitations(scope.role) {
        return Ok(filter.clone());
    }
    let own = scope.person_id().ok_or(ServiceError::Forbidden)?;
    Ok(Filter { host: Some(own), ..filter.clone() })
}

/// The uses of a visit to which somebody who is no admin may invite by what the organisation allows its hosts.
fn within_limits(
    tx: &Tx<'_>,
    scope: &Scope,
    visit: &NewVisit,
    limits: &HostLimits,
    now: UnixSeconds,
) -> Result<Option<u32>, ServiceError> {
    let host = scope.person_id().ok_or(ServiceError::Forbidden)?;
    let open = invitation::open_of_host(tx, scope.org, host, now)?;
    let Some(beyond) = limits.beyond((visit.from, visit.until), visit.max_uses, open, now) else {
        return Ok(visit.max_uses.or(Some(limits.uses)));
    };
    let (field, code, message) = match beyond {
        BeyondLimit::Ahead => (
            Some("from"),
            "window_too_far",
            format!("your invitations can begin at most {} days from now", limits.ahead_days),
        ),
        BeyondLimit::Length => (
            Some("until"),
            "window_too_long",
            format!("your invitations can be good for at most {} days", limits.length_days),
        ),
        BeyondLimit::Uses => (
            Some("max_uses"),
            "uses_too_many",
            format!("your invitations can be used at most {} times", limits.uses),
        ),
        BeyondLimit::Open => (
            None,
            "too_many_invitations",
            format!("you have {} open invitations; cancel some, or wait until they are over", limits.open),
        ),
    };
    Err(ServiceError::BeyondLimit { field, code, message })
}

/// Somebody at whose word visitors come in.
fn able_host(tx: &Tx<'_>, scope: &Scope, host: PersonId) -> Result<Person, ServiceError> {
    let unknown = || invalid("host", "host_unknown", "that host is not known");
    let person = person::get(tx, scope.org, host)?.ok_or_else(unknown)?;
    let against = Against::member(tx, scope.org, host, Some(&person), Shown::default())?;
    if against.bars().into_iter().any(Bar::stops_host) {
        return Err(invalid(
            "host",
            "host_stopped",
            "that host's access is revoked, switched off or banned; choose somebody else",
        ));
    }
    Ok(person)
}

/// What a search for an invitation looks in.
fn searched(reference: &str, visitor: &str, host: &str, email: Option<&str>) -> String {
    name::folded(&format!("{reference} {visitor} {host} {}", email.unwrap_or_default()))
}

/// Where somebody who is no admin may invite to: as host, to sites that they may go to.
fn own_sites(
    tx: &Tx<'_>,
    scope: &Scope,
    host: Option<PersonId>,
    asked: Option<Vec<SiteNumber>>,
) -> Result<Option<Vec<SiteNumber>>, ServiceError> {
    let own = host.filter(|_| host == scope.person_id()).ok_or(ServiceError::Forbidden)?;
    let member = person::get(tx, scope.org, own)?.filter(person::Person::is_active);
    let mine = person::sites(tx, scope.org, &member.ok_or(ServiceError::Forbidden)?)?;
    let not_yours = || invalid("site", "site_not_yours", "you can invite only to sites that you may go to");
    pass_on(mine.as_deref(), asked).ok_or_else(not_yours)
}

fn known_sites(
    tx: &Tx<'_>,
    scope: &Scope,
    sites: Option<&[SiteNumber]>,
) -> Result<Option<Vec<SiteNumber>>, ServiceError> {
    let Some(sites) = sites else { return Ok(None) };
    let mut sites = sites.to_vec();
    sites.sort_unstable();
    sites.dedup();
    for number in &sites {
        let unknown = || invalid("site", "site_unknown", "that site is not known");
        site::get(tx, scope.org, *number)?.ok_or_else(unknown)?;
    }
    Ok(Some(sites))
}

/// A reference as it is stored, from what someone typed.
fn typed_reference(text: &str) -> String {
    let code = fold::code(text);
    code.strip_prefix('V').map_or_else(|| code.clone(), |letters| format!("V-{letters}"))
}

fn free_reference(tx: &Tx<'_>, scope: &Scope) -> Result<String, ServiceError> {
    for _ in 0..50 {
        let reference = format!("V-{}", random_text(UNAMBIGUOUS, REFERENCE_LENGTH)?);
        if !invitation::reference_taken(tx, scope.org, &reference)? {
            return Ok(reference);
        }
    }
    Err(ServiceError::Core("no reference is free".to_owned()))
}
