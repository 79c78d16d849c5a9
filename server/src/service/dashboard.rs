//! What the dashboard's forms need to know.

use std::collections::HashMap;

use gatehouse_core::{decision::Bar, id::PersonId, role::Role};

use super::{
    Scope, Service, ServiceError,
    against::{Against, Shown},
    people,
};
use crate::store::{person, person::Person};

/// Whether text has the shape of an e-mail address.
#[must_use]
pub fn is_email(text: &str) -> bool {
    people::email(text).is_ok()
}

/// Someone who can invite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    /// Who.
    pub id: PersonId,
    /// The name, with the e-mail address where others have the same name.
    pub label: String,
}

impl Host {
    /// The host whom typed text means.
    #[must_use]
    pub fn find<'a>(hosts: &'a [Self], typed: &str) -> Option<&'a Self> {
        let typed = typed.trim().to_lowercase();
        hosts.iter().find(|host| host.label.to_lowercase() == typed)
    }
}

impl Service {
    /// Everyone who can be a visitor's host, by name.
    ///
    /// # Errors
    /// Not an admin's scope.
    pub fn hosts(&self, scope: &Scope) -> Result<Vec<Host>, ServiceError> {
        scope.require(Role::Admin)?;
        let people = self.store.read(|db| {
            let mut able = Vec::new();
            for person in person::with_role(db, scope.org, Role::Member)? {
                let against = Against::member(db, scope.org, person.id, Some(&person), Shown::default())?;
                if !against.bars().into_iter().any(Bar::stops_host) {
                    able.push(person);
                }
            }
            Ok::<_, ServiceError>(able)
        })?;
        let mut names = HashMap::<String, usize>::new();
        for person in &people {
            *names.entry(person.name.to_lowercase()).or_default() += 1;
        }
        let label = |person: &Person| match &person.email {
            Some(email) if names.get(&person.name.to_lowercase()).is_some_and(|count| *count > 1) => {
                format!("{} ({email})", person.name)
            }
            _ => person.name.clone(),
        };
        Ok(people.iter().map(|person| Host { id: person.id, label: label(person) }).collect())
    }
}
