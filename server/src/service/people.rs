//! People with a role: adding, assigning, invalidating, revoking.

use gatehouse_core::{
    id::{PersonId, SiteNumber},
    name::{self, FullName, NameError},
    role::Role,
    time::{UnixMillis, UnixSeconds},
    words::Language,
};
use serde_json::json;

use super::{Principal, Scope, Service, ServiceError, audit, auth, suggest};
use crate::{
    secrets::random,
    store::{OrgId, StoreError, Tx, account, link, pass, person, person::Person, site},
};

/// A person about to be added.
#[derive(Debug, Clone)]
pub struct NewUser {
    /// The e-mail address to sign in with.
    pub email: String,
    /// The role.
    pub role: Role,
    /// The name; without one it is what stands before the @.
    pub name: Option<String>,
}

/// What is to be different about a person; what is nothing stays.
#[derive(Debug, Clone, Default)]
pub struct Correction {
    /// The e-mail address to sign in with.
    pub email: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// The role.
    pub role: Option<Role>,
}

/// A name as it may be shown, from what someone typed.
pub(super) fn display_name(typed: &str) -> Result<FullName, ServiceError> {
    FullName::from_typed(typed).map_err(|error| invalid_name("name", error))
}

/// What is said of a name that is none, in the form's field.
pub(super) const fn invalid_name(field: &'static str, error: NameError) -> ServiceError {
    let (code, message) = match error {
        NameError::Invisible => ("name_required", "a name is missing, or holds nothing that can be seen"),
        NameError::TooLong => ("name_too_long", "a name has at most 200 characters"),
    };
    ServiceError::Invalid { field, code, message }
}

/// An e-mail address in the one form in which it is kept.
pub(super) fn email(typed: &str) -> Result<String, ServiceError> {
    let email = typed.trim().to_lowercase();
    let sound = email.len() <= 254
        && !email.chars().any(|c| c.is_whitespace() || c.is_control())
        && email
            .split_once('@')
            .is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty() && !domain.contains('@'));
    let invalid = ServiceError::Invalid {
        field: "email",
        code: "email_invalid",
        message: "an e-mail address looks like name@example.org",
    };
    if sound { Ok(email) } else { Err(invalid) }
}

/// Lets every code of a person fail that was issued up to now, and gives the second from which on fresh ones are good.
pub(super) fn supersede(
    tx: &Tx<'_>,
    org: OrgId,
    id: PersonId,
    now: UnixMillis,
) -> Result<UnixSeconds, ServiceError> {
    let time = now.to_seconds().plus(1);
    person::supersede(tx, org, id, time)?;
    // What was issued by a clock that has been set back since bears a later time, and would be spared.
    pass::withdraw(tx, org, id.into(), (time, UnixSeconds::MAX), now, now.to_seconds())?;
    Ok(time)
}

/// The identity of an address for `own`, or for somebody new. Whoever had the address and was revoked keeps their
/// history, not the address.
fn free_address(
    tx: &Tx<'_>,
    org: OrgId,
    email: &str,
    own: Option<PersonId>,
    now: UnixMillis,
) -> Result<i64, ServiceError> {
    if let Some(other) = person::by_email(tx, org, email)?.filter(|other| Some(other.id) != own) {
        if other.revoked_at.is_none() {
            let message = "someone with that address is there already";
            return Err(ServiceError::Conflict { code: "conflict", message });
        }
        person::set_email(tx, org, other.id, None)?;
    }
    Ok(account::identity(tx, email, now)?)
}

impl Service {
    /// Adds a person with a role. Owners and admins may go to every site; guards and members where they are assigned.
    ///
    /// # Errors
    /// Not an admin's scope, or a role above one's own; an address that is none or is taken.
    pub fn add_user(&self, scope: &Scope, user: &NewUser) -> Result<Person, ServiceError> {
        scope.require(Role::Admin.max(user.role))?;
        let email = email(&user.email)?;
        let typed = user.name.as_deref().or_else(|| email.split('@').next()).unwrap_or_default();
        let name = display_name(typed)?;
        let (scope, role, id, now) = (*scope, user.role, PersonId(random()?), self.now());
        self.store.write(move |tx| {
            let identity = free_address(tx, scope.org, &email, None, now)?;
            person::add(tx, scope.org, id, name.as_str(), Some(&email), false, now)?;
            person::add_membership(tx, scope.org, id, Some(identity), role)?;
            if role >= Role::Admin {
                person::set_everywhere(tx, scope.org, id)?;
                // Whoever was to sign in first without an address need not any more.
                link::end_unaddressed(tx, scope.org)?;
            }
            audit::note(tx, &scope, "user.add", &id.to_string(), &json!({ "role": role.word() }), now)?;
            Ok(person::get(tx, scope.org, id)?.ok_or(StoreError::Corrupt("person"))?)
        })
    }

    /// A person with a role, by id, e-mail address, or a name that only one has.
    ///
    /// # Errors
    /// Not an admin's scope; [`ServiceError::NotFound`].
    pub fn find_user(&self, scope: &Scope, id_or_email: &str) -> Result<Person, ServiceError> {
        scope.require(Role::Admin)?;
        self.store.read(|db| {
            let found = match id_or_email.trim().parse::<PersonId>() {
                Ok(id) => person::get(db, scope.org, id)?,
                Err(_) => person::by_email(db, scope.org, &id_or_email.trim().to_lowercase())?,
            };
            match found.filter(|person| person.role.is_some()) {
                Some(found) => Ok(found),
                None => {
                    let wanted = name::folded(id_or_email);
                    let people = person::with_role(db, scope.org, Role::Member)?.into_iter();
                    let mut named =
                        people.filter(|found| !wanted.is_empty() && name::folded(&found.name) == wanted);
                    match (named.next(), named.next()) {
                        (Some(found), None) => Ok(found),
                        _ => Err(suggest::no_user(db, scope, id_or_email)?),
                    }
                }
            }
        })
    }

    /// Everyone with a role of at least `least`, by name.
    ///
    /// # Errors
    /// Not an admin's scope.
    pub fn users(&self, scope: &Scope, least: Role) -> Result<Vec<Person>, ServiceError> {
        scope.require(Role::Admin)?;
        self.store.read_page(|db| Ok(person::with_role(db, scope.org, least)?))
    }

    /// A person, whatever their role.
    ///
    /// # Errors
    /// Neither their own nor an admin's scope; [`ServiceError::NotFound`].
    pub fn person(&self, scope: &Scope, id: PersonId) -> Result<Person, ServiceError> {
        scope.require_self(id)?;
        self.store.read(|db| person::get(db, scope.org, id)?.ok_or(ServiceError::NotFound("person")))
    }

    /// Where a person may go; nothing is every site.
    ///
    /// # Errors
    /// Neither their own nor an admin's scope.
    pub fn sites_of(&self, scope: &Scope, person: &Person) -> Result<Option<Vec<SiteNumber>>, ServiceError> {
        scope.require_self(person.id)?;
        self.store.read(|db| Ok(person::sites(db, scope.org, person)?))
    }

    /// Assigns a person to sites, beside those there already, and gives all of them (nothing is every site).
    ///
    /// # Errors
    /// Not an admin's scope; an unknown person or site.
    pub fn assign(
        &self,
        scope: &Scope,
        id: PersonId,
        sites: &[SiteNumber],
    ) -> Result<Option<Vec<SiteNumber>>, ServiceError> {
        let (scope, sites, now) = (self.admin_of(scope, id)?, sites.to_vec(), self.now());
        self.store.write(move |tx| {
            for number in &sites {
                if site::get(tx, scope.org, *number)?.is_none() {
                    return Err(suggest::no_site(tx, &scope, *number)?);
                }
            }
            person::assign(tx, scope.org, id, &sites, now)?;
            audit::note(tx, &scope, "user.assign", &id.to_string(), &json!({ "sites": sites }), now)?;
            let found = person::get(tx, scope.org, id)?.ok_or(ServiceError::NotFound("user"))?;
            Ok(person::sites(tx, scope.org, &found)?)
        })
    }

    /// Lets every code of a person fail that was issued up to now. Fresh ones come from the next second on.
    ///
    /// # Errors
    /// Not an admin's scope; an unknown person.
    pub fn invalidate(&self, scope: &Scope, id: PersonId) -> Result<UnixSeconds, ServiceError> {
        let (scope, service) = (self.admin_of(scope, id)?, self.clone());
        self.store.write(move |tx| {
            // Read in the writer's order: every code signed before this one is of this second or an earlier one.
            let now = service.time_in_writer();
            let time = supersede(tx, scope.org, id, now)?;
            audit::note(tx, &scope, "user.invalidate", &id.to_string(), &json!({ "before": time }), now)?;
            Ok(time)
        })
    }

    /// Takes assignments of a person to sites back, and gives those that are left (nothing is every site).
    ///
    /// # Errors
    /// Not an admin's scope; an unknown person; a site that the person was not assigned to; a person who may go to
    /// every site.
    pub fn unassign(
        &self,
        scope: &Scope,
        id: PersonId,
        sites: &[SiteNumber],
    ) -> Result<Option<Vec<SiteNumber>>, ServiceError> {
        let (scope, sites, now) = (self.admin_of(scope, id)?, sites.to_vec(), self.now());
        self.store.write(move |tx| {
            let found = person::get(tx, scope.org, id)?.ok_or(ServiceError::NotFound("user"))?;
            if found.everywhere {
                let message = "owners and admins may go to every site; change the role first";
                return Err(ServiceError::Conflict { code: "every_site", message });
            }
            for number in &sites {
                if site::get(tx, scope.org, *number)?.is_none() {
                    return Err(suggest::no_site(tx, &scope, *number)?);
                }
            }
            person::unassign(tx, scope.org, id, &sites)?;
            audit::note(tx, &scope, "user.unassign", &id.to_string(), &json!({ "sites": sites }), now)?;
            Ok(person::sites(tx, scope.org, &found)?)
        })
    }

    /// Corrects a person's name, address or role. With another address or role they sign in anew.
    ///
    /// # Errors
    /// Not an admin's scope, or a role above one's own; an unknown person; an address that is none or is taken.
    pub fn correct(&self, scope: &Scope, id: PersonId, change: &Correction) -> Result<Person, ServiceError> {
        let (scope, now) = (self.admin_of(scope, id)?, self.now());
        scope.require(change.role.unwrap_or(Role::Member))?;
        let address = change.email.as_deref().map(email).transpose()?;
        let name = change.name.as_deref().map(display_name).transpose()?;
        let role = change.role;
        self.store.write(move |tx| {
            let before = person::get(tx, scope.org, id)?.ok_or(ServiceError::NotFound("user"))?;
            let had_admin = account::has_admin(tx, scope.org)?;
            let address = address.filter(|address| before.email.as_ref() != Some(address));
            let role = role.filter(|role| before.role != Some(*role));
            if let Some(name) = &name {
                person::rename(tx, scope.org, id, name.as_str())?;
            }
            if address.is_some() || role.is_some() {
                auth::end_access(tx, scope.org, id)?;
            }
            if let Some(address) = &address {
                let identity = free_address(tx, scope.org, address, Some(id), now)?;
                person::set_email(tx, scope.org, id, Some((address, identity)))?;
            }
            if let Some(role) = role {
                person::set_role(tx, scope.org, id, role)?;
            }
            keeps_admin(tx, &scope, had_admin)?;
            if account::has_admin(tx, scope.org)? {
                link::end_unaddressed(tx, scope.org)?;
            }
            let detail = json!({
                "name": name.is_some(),
                "email": address.is_some(),
                "role": role.map(Role::word),
            });
            audit::note(tx, &scope, "user.change", &id.to_string(), &detail, now)?;
            Ok(person::get(tx, scope.org, id)?.ok_or(StoreError::Corrupt("person"))?)
        })
    }

    /// Notes in which language the one who asks wants to be spoken to; without one, it is the browser's to say.
    ///
    /// # Errors
    /// Not a person's scope.
    pub fn choose_language(&self, scope: &Scope, language: Option<Language>) -> Result<(), ServiceError> {
        let (id, org) = (scope.person_id().ok_or(ServiceError::Forbidden)?, scope.org);
        self.store.write(move |tx| Ok(person::set_language(tx, org, id, language)?))
    }

    /// Gives the one who asks a name, and the address that they lack to sign in again.
    ///
    /// # Errors
    /// Not a person's scope, or one who has an address; an address that is none or is taken.
    pub fn introduce(&self, scope: &Scope, name: &str, address: &str) -> Result<(), ServiceError> {
        let id = scope.person_id().ok_or(ServiceError::Forbidden)?;
        let (scope, now) = (*scope, self.now());
        let (name, address) = (display_name(name)?, email(address)?);
        self.store.write(move |tx| {
            if account::of_person(tx, scope.org, id)?.is_some() {
                return Err(ServiceError::Forbidden);
            }
            let identity = free_address(tx, scope.org, &address, Some(id), now)?;
            person::rename(tx, scope.org, id, name.as_str())?;
            person::set_email(tx, scope.org, id, Some((&address, identity)))?;
            link::end(tx, scope.org, id)?;
            audit::note(tx, &scope, "user.introduce", &id.to_string(), &json!({}), now)
        })
    }

    /// Gives a person whose access was revoked their access back. Codes from before the revocation stay bad.
    ///
    /// # Errors
    /// Not an admin's scope; an unknown person; one whose access was not revoked.
    pub fn restore(&self, scope: &Scope, id: PersonId) -> Result<Person, ServiceError> {
        let (scope, service) = (self.admin_of(scope, id)?, self.clone());
        self.store.write(move |tx| {
            let now = service.time_in_writer();
            let before = person::get(tx, scope.org, id)?.ok_or(ServiceError::NotFound("user"))?;
            if !person::restore(tx, scope.org, id, now)? {
                let message = "this person's access was not revoked";
                return Err(ServiceError::Conflict { code: "not_revoked", message });
            }
            // What was issued before was refused everywhere; it must not become good again unasked.
            supersede(tx, scope.org, id, now)?;
            // The address may be somebody else's by now.
            if let Some(address) = before.email.filter(|_| before.role.is_some()) {
                let other = person::by_email(tx, scope.org, &address)?.filter(|other| other.id != id);
                let identity = account::identity(tx, &address, now)?;
                let own = other.is_none().then_some((address.as_str(), identity));
                person::set_email(tx, scope.org, id, own)?;
            }
            audit::note(tx, &scope, "user.restore", &id.to_string(), &json!({}), now)?;
            Ok(person::get(tx, scope.org, id)?.ok_or(StoreError::Corrupt("person"))?)
        })
    }

    /// Revokes a person's access, and ends their sessions, links and codes.
    ///
    /// # Errors
    /// Not an admin's scope; an unknown person.
    pub fn revoke(&self, scope: &Scope, id: PersonId) -> Result<UnixMillis, ServiceError> {
        let (scope, now) = (self.admin_of(scope, id)?, self.now());
        self.store.write(move |tx| {
            let had_admin = account::has_admin(tx, scope.org)?;
            person::revoke(tx, scope.org, id, now)?;
            keeps_admin(tx, &scope, had_admin)?;
            auth::end_access(tx, scope.org, id)?;
            audit::note(tx, &scope, "user.revoke", &id.to_string(), &json!({}), now)?;
            let found = person::get(tx, scope.org, id)?.ok_or(ServiceError::NotFound("user"))?;
            Ok(found.revoked_at.unwrap_or(now))
        })
    }

    /// Goes on only for an admin, and for a person whose role is not above the admin's own.
    pub(super) fn admin_of(&self, scope: &Scope, id: PersonId) -> Result<Scope, ServiceError> {
        scope.require(Role::Admin)?;
        let person = self.person(scope, id)?;
        scope.require(person.role.ok_or(ServiceError::NotFound("user"))?)?;
        Ok(*scope)
    }
}

/// Leaves no organisation without anybody who can sign in as an admin. Whoever runs the server may, and adds another.
pub(super) fn keeps_admin(tx: &Tx<'_>, scope: &Scope, had_admin: bool) -> Result<(), ServiceError> {
    if matches!(scope.principal, Principal::Local) || !had_admin || account::has_admin(tx, scope.org)? {
        return Ok(());
    }
    let message = "nobody else can sign in as an admin; make another admin first";
    Err(ServiceError::Conflict { code: "last_admin", message })
}
