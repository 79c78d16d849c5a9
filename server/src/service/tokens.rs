//! API tokens and other sessions of a person: made, listed and ended.

use gatehouse_core::{
    id::{DeviceId, PersonId},
    name::FullName,
    role::Role,
    time::UnixMillis,
};
use serde_json::json;

use super::{Scope, Service, ServiceError, audit, auth};
use crate::{
    secrets::{TokenKind, new_token, random},
    store::{
        person, session,
        session::{Session, SessionId, SessionKind},
    },
};

/// Days that an API token is good for unless somebody chooses, and at most.
pub const TOKEN_DAYS: u32 = 90;
const MOST_DAYS: u32 = 366;
/// Longest name of a token, in characters.
const LONGEST_NAME: usize = 64;

/// A session as its owner and admins see it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct SessionView {
    /// What it is called here.
    pub id: SessionId,
    /// Whose.
    pub person: PersonId,
    /// Their name.
    pub person_name: String,
    /// `browser`, `api` or `guard` (signed in on a phone or station).
    pub kind: &'static str,
    /// What a token is called.
    pub name: String,
    /// The device that it is tied to.
    pub device: Option<DeviceId>,
    /// When it began.
    pub created_at: UnixMillis,
    /// When it ends by itself.
    pub expires_at: UnixMillis,
    /// When a browser or token was last used, to the hour.
    pub used_at: Option<UnixMillis>,
}

impl Service {
    /// Makes an API token for a person, good for the usual time. It is shown once.
    ///
    /// # Errors
    /// As [`Self::new_token`].
    pub fn api_token(&self, scope: &Scope, id: PersonId) -> Result<String, ServiceError> {
        Ok(self.new_token(scope, id, "", TOKEN_DAYS)?.0)
    }

    /// Makes an API token for a person, good for so many days. It is shown once.
    ///
    /// # Errors
    /// Not an admin's scope; an unknown person, or one whose access is off; days or a name out of bounds.
    pub fn new_token(
        &self,
        scope: &Scope,
        id: PersonId,
        name: &str,
        days: u32,
    ) -> Result<(String, SessionView), ServiceError> {
        let (scope, now) = (self.admin_of(scope, id)?, self.now());
        let invalid = |field, code, message| ServiceError::Invalid { field, code, message };
        if !(1..=MOST_DAYS).contains(&days) {
            return Err(invalid("days", "days_invalid", "a token is good for 1 to 366 days"));
        }
        let shown = name.is_empty() || FullName::from_typed(name).is_ok_and(|shown| shown.as_str() == name);
        if name.chars().count() > LONGEST_NAME || !shown {
            return Err(invalid(
                "name",
                "name_too_long",
                "a token's name has at most 64 characters, all of which can be seen, on one line",
            ));
        }
        let (token, hash) = new_token(TokenKind::Session)?;
        let session = Session {
            id: SessionId(random()?),
            org: scope.org,
            person: id,
            device: None,
            kind: SessionKind::Api,
            name: name.trim().to_owned(),
            created_at: now,
            expires_at: now.plus(u64::from(days) * 86_400_000),
            used_at: None,
        };
        self.store.write(move |tx| {
            let Some(person) = person::get(tx, scope.org, id)?.filter(person::Person::is_active) else {
                let message = "this person's access is revoked; restore it first";
                return Err(ServiceError::Conflict { code: "access_revoked", message });
            };
            session::add(tx, &hash, &session)?;
            let detail = json!({ "token": session.id, "days": days });
            audit::note(tx, &scope, "user.token", &id.to_string(), &detail, now)?;
            Ok((token, view(session, person.name)))
        })
    }

    /// Sessions that have not ended, the newest first: of one person, or, where nobody is named, of everyone below the
    /// admin who asks. Who is no admin asks about themselves.
    ///
    /// # Errors
    /// Neither one's own nor an admin's scope; an unknown person.
    pub fn sessions(&self, scope: &Scope, of: Option<PersonId>) -> Result<Vec<SessionView>, ServiceError> {
        let of = of.or_else(|| scope.person_id().filter(|_| scope.role < Some(Role::Admin)));
        match of {
            Some(person) if scope.person_id() == Some(person) => {}
            Some(person) => {
                self.admin_of(scope, person)?;
            }
            None => scope.require(Role::Admin)?,
        }
        let (org, now) = (scope.org, self.now());
        self.store.read(|db| {
            let mut views = Vec::new();
            for session in session::list(db, org, of, now)? {
                let Some(person) = person::get(db, org, session.person)? else { continue };
                if scope.person_id() == Some(person.id) || scope.role >= person.role {
                    views.push(view(session, person.name));
                }
            }
            Ok(views)
        })
    }

    /// What a token is called in lists.
    pub fn token_id(&self, scope: &Scope, token: &str) -> Result<Option<SessionId>, ServiceError> {
        let Some(hash) = TokenKind::Session.hash(token.trim()) else { return Ok(None) };
        let found = self.store.read(|db| session::get(db, &hash, self.now()))?;
        Ok(found.filter(|session| session.org == scope.org).map(|session| session.id))
    }

    /// Ends a session or API token, and says what it was.
    ///
    /// # Errors
    /// Neither one's own nor an admin's scope; an unknown session.
    pub fn end_session(&self, scope: &Scope, id: SessionId) -> Result<SessionView, ServiceError> {
        let unknown = || ServiceError::NotFound("session or token");
        let (scope, now) = (*scope, self.now());
        let session = self.store.read(|db| session::by_id(db, scope.org, id))?.ok_or_else(unknown)?;
        if scope.person_id() != Some(session.person) {
            self.admin_of(&scope, session.person)?;
        }
        self.store.write(move |tx| {
            if !session::end(tx, scope.org, id)? {
                return Err(unknown());
            }
            let person = person::get(tx, scope.org, session.person)?.ok_or_else(unknown)?;
            let (subject, detail) =
                (person.id.to_string(), json!({ "session": session.kind.word(), "id": id }));
            audit::note(tx, &scope, "session.end", &subject, &detail, now)?;
            Ok(view(session, person.name))
        })
    }

    /// Signs a person out everywhere: browsers, phones, stations, API tokens, links. Says how many sessions ended.
    ///
    /// # Errors
    /// Neither one's own nor an admin's scope; an unknown person.
    pub fn sign_out_everywhere(&self, scope: &Scope, id: PersonId) -> Result<usize, ServiceError> {
        let (scope, now) = (*scope, self.now());
        if scope.person_id() != Some(id) {
            self.admin_of(&scope, id)?;
        }
        self.store.write(move |tx| {
            let ended = auth::end_access(tx, scope.org, id)?;
            audit::note(tx, &scope, "user.sign_out", &id.to_string(), &json!({ "ended": ended }), now)?;
            Ok(ended)
        })
    }
}

fn view(session: Session, person_name: String) -> SessionView {
    SessionView {
        id: session.id,
        person: session.person,
        person_name,
        kind: session.kind.word(),
        name: session.name,
        device: session.device,
        created_at: session.created_at,
        expires_at: session.expires_at,
        used_at: session.used_at,
    }
}
