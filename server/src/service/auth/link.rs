//! Links that sign a person in at the dashboard, once: the first admin's, and those that an admin makes.

use gatehouse_core::{
    id::PersonId,
    role::Role,
    time::{Span, UnixMillis},
};
use serde_json::json;

use super::{BROWSER_LIFE_MS, BrowserSession, Fresh, LINK_LIFE_MS};
use crate::{
    secrets::{TokenKind, new_token, random},
    service::{Scope, Service, ServiceError, audit},
    store::{
        OrgId, account, link, link::LinkRow, organisation, person, person::Person, session::SessionKind,
    },
};

/// The name under which the first admin is known until they give their own.
const FIRST_ADMIN: &str = "First admin";

/// Whether a link is good still.
const fn is_good(row: &LinkRow, now: UnixMillis) -> bool {
    Span::until(row.expires_at, LINK_LIFE_MS).counts(now)
}

impl Service {
    /// A one-time token for a link that signs a person in at the dashboard. It ends the one before.
    ///
    /// # Errors
    /// Not an admin's scope, or a person above it; an unknown person, or one whose access is off.
    pub fn sign_in_link(&self, scope: &Scope, id: PersonId) -> Result<String, ServiceError> {
        let (scope, now) = (self.admin_of(scope, id)?, self.now());
        let (token, hash) = new_token(TokenKind::Link)?;
        self.store.write(move |tx| {
            if !person::get(tx, scope.org, id)?.is_some_and(|person| person.is_active()) {
                let message = "this person's access is revoked; restore it first";
                return Err(ServiceError::Conflict { code: "access_revoked", message });
            }
            link::set(tx, scope.org, id, &hash, now.plus(LINK_LIFE_MS))?;
            audit::note(tx, &scope, "user.link", &id.to_string(), &json!({}), now)
        })?;
        Ok(token)
    }

    /// A one-time token for the first admin's link, while no admin can sign in by e-mail. It ends the one before.
    pub fn first_admin_link(&self, org: OrgId) -> Result<Option<String>, ServiceError> {
        let (id, now) = (PersonId(random()?), self.now());
        let (token, hash) = new_token(TokenKind::Link)?;
        self.store.write(move |tx| {
            link::end_unaddressed(tx, org)?;
            if account::has_admin(tx, org)? {
                return Ok(None);
            }
            let waiting = person::with_role(tx, org, Role::Owner)?.into_iter().find(Person::is_active);
            let admin = match waiting {
                Some(admin) => admin.id,
                None => {
                    person::add(tx, org, id, FIRST_ADMIN, None, false, now)?;
                    person::add_membership(tx, org, id, None, Role::Owner)?;
                    person::set_everywhere(tx, org, id)?;
                    id
                }
            };
            link::set(tx, org, admin, &hash, now.plus(LINK_LIFE_MS))?;
            Ok(Some(token))
        })
    }

    /// Whom a link would sign in, and the organisation's name; nothing for one that was used, replaced or has lapsed.
    pub fn peek_link(&self, token: &str) -> Result<Option<(String, String)>, ServiceError> {
        let (Some(hash), now) = (TokenKind::Link.hash(token), self.now()) else { return Ok(None) };
        self.store.read(|db| {
            let Some(row) = link::get(db, &hash)?.filter(|row| is_good(row, now)) else { return Ok(None) };
            let person = person::get(db, row.org, row.person)?.filter(Person::is_active);
            let Some(person) = person else { return Ok(None) };
            Ok(Some((person.name, organisation::get(db, row.org)?.name)))
        })
    }

    /// Signs in by a link, once.
    ///
    /// # Errors
    /// [`ServiceError::CodeInvalid`] for one that was used, replaced or has lapsed.
    pub fn use_link(&self, link: &str) -> Result<BrowserSession, ServiceError> {
        let hash = TokenKind::Link.hash(link).ok_or(ServiceError::CodeInvalid)?;
        let (now, fresh) = (self.now(), Fresh::new()?);
        let (signed_in, token) = self.store.write(move |tx| {
            let row = link::get(tx, &hash)?.filter(|row| is_good(row, now));
            let row = row.ok_or(ServiceError::CodeInvalid)?;
            link::end(tx, row.org, row.person)?;
            let whose = (row.org, row.person);
            let signed_in = fresh.begin(tx, whose, None, SessionKind::Browser, now)?;
            Ok::<_, ServiceError>((signed_in.ok_or(ServiceError::CodeInvalid)?, fresh.token))
        })?;
        Ok(BrowserSession { token, seconds: BROWSER_LIFE_MS / 1000, signed_in })
    }
}
