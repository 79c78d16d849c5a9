//! The ban list.

use gatehouse_core::{id::SubjectId, role::Role};
use serde_json::json;

use super::{Scope, Service, ServiceError, audit, people::display_name};
use crate::{
    secrets::random,
    store::{
        ban::{self, Ban, NewBan},
        invitation, person,
    },
};

/// Longest reason in bytes.
const LONGEST_REASON: usize = 500;
/// Most names of one ban: each travels to every phone.
const MOST_NAMES: usize = 16;

impl Service {
    /// Puts a member or an invitation on the ban list. Of one that is banned the first reason stays.
    ///
    /// # Errors
    /// Not an admin's scope; an unknown subject; a reason that is too long.
    pub fn ban(&self, scope: &Scope, subject: SubjectId, reason: &str) -> Result<(), ServiceError> {
        scope.require(Role::Admin)?;
        let known = self.store.read(|db| {
            let person = person::get(db, scope.org, gatehouse_core::id::PersonId(subject.0))?;
            // A visitor is banned by their invitation, which is what a code speaks for.
            let member = person.is_some_and(|person| person.role.is_some());
            Ok::<_, ServiceError>(member || invitation::get(db, scope.org, subject)?.is_some())
        })?;
        if !known {
            return Err(ServiceError::NotFound("member or invitation"));
        }
        self.add_ban(
            scope,
            NewBan { subject, by_name: false, reason: reason_text(reason)?, names: Vec::new() },
        )
    }

    /// Bans someone of whom only names are known, and gives the ban's id. A name alone denies nobody: a guard who
    /// types it is shown the ban.
    ///
    /// # Errors
    /// Not an admin's scope; no name, too many, or one that cannot be shown; a reason that is too long.
    pub fn ban_by_name(
        &self,
        scope: &Scope,
        names: &[String],
        reason: &str,
    ) -> Result<SubjectId, ServiceError> {
        scope.require(Role::Admin)?;
        let (names, reason) = (known_as(names)?, reason_text(reason)?);
        if names.is_empty() {
            return Err(ServiceError::BadRequest("a ban needs a member, an invitation or a name"));
        }
        let subject = SubjectId(random()?);
        self.add_ban(scope, NewBan { subject, by_name: true, reason, names })?;
        Ok(subject)
    }

    fn add_ban(&self, scope: &Scope, new: NewBan) -> Result<(), ServiceError> {
        let (scope, now) = (*scope, self.now());
        self.store.write(move |tx| {
            ban::add(tx, scope.org, &new, now)?;
            let by = if new.by_name { "name" } else { "subject" };
            audit::note(tx, &scope, "ban.add", &new.subject.to_string(), &json!({ "by": by }), now)
        })
    }

    /// Lifts a ban, by the member, invitation or ban that [`Self::bans`] names.
    ///
    /// # Errors
    /// Not an admin's scope; no such ban.
    pub fn lift_ban(&self, scope: &Scope, subject: SubjectId) -> Result<(), ServiceError> {
        scope.require(Role::Admin)?;
        let (scope, now) = (*scope, self.now());
        self.store.write(move |tx| {
            if !ban::lift(tx, scope.org, subject, now)? {
                return Err(ServiceError::NotFound("ban"));
            }
            audit::note(tx, &scope, "ban.lift", &subject.to_string(), &json!({}), now)
        })
    }

    /// Every ban, the oldest first.
    ///
    /// # Errors
    /// Not an admin's scope.
    pub fn bans(&self, scope: &Scope) -> Result<Vec<Ban>, ServiceError> {
        scope.require(Role::Admin)?;
        self.store.read_page(|db| Ok(ban::list(db, scope.org)?))
    }
}

fn reason_text(typed: &str) -> Result<String, ServiceError> {
    let reason = typed.trim();
    if reason.len() > LONGEST_REASON {
        return Err(ServiceError::BadRequest("a ban's reason has at most 500 bytes"));
    }
    Ok(reason.to_owned())
}

fn known_as(typed: &[String]) -> Result<Vec<String>, ServiceError> {
    if typed.len() > MOST_NAMES {
        return Err(ServiceError::BadRequest("a ban has at most 16 names"));
    }
    typed.iter().map(|name| display_name(name).map(|name| name.as_str().to_owned())).collect()
}
