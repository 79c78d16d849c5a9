//! Organisations, and their first admin.

use gatehouse_core::{
    id::{OrgCode, PersonId},
    role::Role,
};

use super::{Service, ServiceError, auth::LINK_LIFE_MS, keyring};
use crate::{
    secrets::{TokenKind, new_token, random},
    store::{OrgId, account, organisation, organisation::Organisation, person},
};

/// The name under which the first admin is known until they give their own.
const FIRST_ADMIN: &str = "First admin";

/// A code made of a name: what is left of it in `a-z 0-9 -`.
#[must_use]
pub fn code_of_name(name: &str) -> Option<OrgCode> {
    let mut code = String::new();
    for character in name.to_lowercase().chars() {
        match character {
            'a'..='z' | '0'..='9' => code.push(character),
            _ if code.ends_with('-') || code.is_empty() => {}
            _ => code.push('-'),
        }
        if code.len() >= 24 {
            break;
        }
    }
    code.trim_end_matches('-').parse().ok()
}

impl Service {
    /// Makes an organisation with its keys.
    ///
    /// # Errors
    /// A code that is taken, an empty name, an unknown time zone.
    pub fn create_organisation(
        &self,
        code: &OrgCode,
        name: &str,
        time_zone: &str,
    ) -> Result<Organisation, ServiceError> {
        let name = super::people::display_name(name)?;
        super::sites::known_zone(time_zone)?;
        let (code, zone, now) = (code.clone(), time_zone.to_owned(), self.now());
        let store = self.store.clone();
        self.store.write(move |tx| {
            let taken =
                ServiceError::Conflict { code: "conflict", message: "that organisation code is taken" };
            let org = organisation::add(tx, &code, name.as_str(), &zone, now)?.ok_or(taken)?;
            keyring::create(tx, store.master(), org, now.to_seconds())?;
            Ok(organisation::get(tx, org)?)
        })
    }

    /// Every organisation, the oldest first.
    ///
    /// # Errors
    /// The database's.
    pub fn organisations(&self) -> Result<Vec<Organisation>, ServiceError> {
        self.store.read(|db| Ok(organisation::list(db)?))
    }

    /// An organisation.
    ///
    /// # Errors
    /// The database's.
    pub fn organisation(&self, org: OrgId) -> Result<Organisation, ServiceError> {
        self.store.read(|db| Ok(organisation::get(db, org)?))
    }

    /// A one-time token for the first admin's link, while no admin can sign in by e-mail. Each call makes a new one.
    ///
    /// # Errors
    /// The database's.
    pub fn first_admin_link(&self, org: OrgId) -> Result<Option<String>, ServiceError> {
        let (id, now) = (PersonId(random()?), self.now());
        let (token, hash) = new_token(TokenKind::Link)?;
        self.store.write(move |tx| {
            if account::has_admin(tx, org)? {
                return Ok(None);
            }
            let waiting =
                person::with_role(tx, org, Role::Owner)?.into_iter().find(person::Person::is_active);
            let admin = match waiting {
                Some(admin) => admin.id,
                None => {
                    person::add(tx, org, id, FIRST_ADMIN, None, false, now)?;
                    person::add_membership(tx, org, id, None, Role::Owner)?;
                    person::set_everywhere(tx, org, id)?;
                    id
                }
            };
            account::add_link(tx, org, admin, &hash, now.plus(LINK_LIFE_MS))?;
            Ok(Some(token))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_made_of_names() {
        let code = |name| code_of_name(name).map(|code| code.to_string());
        assert_eq!(code("Oakwood Estate"), Some("oakwood-estate".to_owned()));
        assert_eq!(code("  Zoë's  Place! "), Some("zo-s-place".to_owned()));
        assert_eq!(code("The Very Long Name Of An Estate"), Some("the-very-long-name-of-an".to_owned()));
        assert_eq!(code("—"), None);
    }
}
