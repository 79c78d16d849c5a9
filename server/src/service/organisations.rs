//! Organisations.

use gatehouse_core::id::OrgCode;

use super::{Service, ServiceError, keyring};
use crate::store::{OrgId, organisation, organisation::Organisation};

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
    pub fn organisations(&self) -> Result<Vec<Organisation>, ServiceError> {
        self.store.read(|db| Ok(organisation::list(db)?))
    }

    /// An organisation.
    pub fn organisation(&self, org: OrgId) -> Result<Organisation, ServiceError> {
        self.store.read(|db| Ok(organisation::get(db, org)?))
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
