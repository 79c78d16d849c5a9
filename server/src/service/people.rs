//! People with a role: adding, assigning, invalidating, revoking.

use gatehouse_core::{
    id::{PersonId, SiteNumber},
    name::{FullName, NameError},
    role::Role,
    time::{UnixMillis, UnixSeconds},
};
use serde_json::json;

use super::{Scope, Service, ServiceError, audit};
use crate::{
    secrets::{TokenKind, new_token, random},
    store::{
        OrgId, StoreError, Tx, account, pass, person, person::Person, session, session::Session,
        session::SessionKind, site,
    },
};

/// How long an API token is good for. Milliseconds.
const API_TOKEN_LIFE_MS: u64 = 2 * 365 * 86_400_000;

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
            if person::by_email(tx, scope.org, &email)?.is_some() {
                let message = "someone with that address is there already";
                return Err(ServiceError::Conflict { code: "conflict", message });
            }
            let identity = account::identity(tx, &email, now)?;
            person::add(tx, scope.org, id, name.as_str(), Some(&email), false, now)?;
            person::add_membership(tx, scope.org, id, Some(identity), role)?;
            if role >= Role::Admin {
                person::set_everywhere(tx, scope.org, id)?;
            }
            audit::note(tx, &scope, "user.add", &id.to_string(), &json!({ "role": role.word() }), now)?;
            Ok(person::get(tx, scope.org, id)?.ok_or(StoreError::Corrupt("person"))?)
        })
    }

    /// A person with a role, by id or e-mail address.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`].
    pub fn find_user(&self, scope: &Scope, id_or_email: &str) -> Result<Person, ServiceError> {
        let found = self.store.read(|db| match id_or_email.parse::<PersonId>() {
            Ok(id) => person::get(db, scope.org, id),
            Err(_) => person::by_email(db, scope.org, &id_or_email.trim().to_lowercase()),
        })?;
        found.filter(|person| person.role.is_some()).ok_or(ServiceError::NotFound("user"))
    }

    /// Everyone with a role of at least `least`, by name.
    ///
    /// # Errors
    /// The database's.
    pub fn users(&self, scope: &Scope, least: Role) -> Result<Vec<Person>, ServiceError> {
        self.store.read_page(|db| Ok(person::with_role(db, scope.org, least)?))
    }

    /// A person's name.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`].
    pub fn person(&self, scope: &Scope, id: PersonId) -> Result<Person, ServiceError> {
        self.store.read(|db| person::get(db, scope.org, id)?.ok_or(ServiceError::NotFound("person")))
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
                site::get(tx, scope.org, *number)?.ok_or(ServiceError::NotFound("site"))?;
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

    /// Revokes a person's access for good, and ends their sessions.
    ///
    /// # Errors
    /// Not an admin's scope; an unknown person.
    pub fn revoke(&self, scope: &Scope, id: PersonId) -> Result<UnixMillis, ServiceError> {
        let (scope, now) = (self.admin_of(scope, id)?, self.now());
        self.store.write(move |tx| {
            person::revoke(tx, scope.org, id, now)?;
            session::end_all(tx, scope.org, id)?;
            audit::note(tx, &scope, "user.revoke", &id.to_string(), &json!({}), now)?;
            let found = person::get(tx, scope.org, id)?.ok_or(ServiceError::NotFound("user"))?;
            Ok(found.revoked_at.unwrap_or(now))
        })
    }

    /// Makes an API token for a person. It is shown once.
    ///
    /// # Errors
    /// Not an admin's scope; an unknown person.
    pub fn api_token(&self, scope: &Scope, id: PersonId) -> Result<String, ServiceError> {
        let (scope, now) = (self.admin_of(scope, id)?, self.now());
        let (token, hash) = new_token(TokenKind::Session)?;
        let expires_at = now.plus(API_TOKEN_LIFE_MS);
        let session =
            Session { org: scope.org, person: id, device: None, kind: SessionKind::Api, expires_at };
        self.store.write(move |tx| {
            session::add(tx, &hash, &session, now)?;
            audit::note(tx, &scope, "user.token", &id.to_string(), &json!({}), now)?;
            Ok(token)
        })
    }

    /// Goes on only for an admin, and for a person whose role is not above the admin's own.
    fn admin_of(&self, scope: &Scope, id: PersonId) -> Result<Scope, ServiceError> {
        scope.require(Role::Admin)?;
        let person = self.person(scope, id)?;
        scope.require(person.role.ok_or(ServiceError::NotFound("user"))?)?;
        Ok(*scope)
    }
}
