//! What a first start makes: the organisation, its first site, its first admin.

use std::path::Path;

use gatehouse_core::{
    id::{OrgCode, SiteNumber},
    role::Role,
};

use super::{choose, output::CliError};
use crate::{
    serve::{NewOrganisation, ensure_organisation},
    service::{Scope, Service, ServiceError, people::NewUser},
    store::{Store, organisation::Organisation, person::Person, site::NewSite},
};

#[derive(clap::Args)]
pub struct First {
    /// Code of the organisation to make at the first start: 2 to 24 of a-z, 0-9 and -; it can never change. Without
    /// one it is made of the name
    #[arg(long, value_name = "ID")]
    pub org: Option<OrgCode>,
    /// Name of the organisation to make at the first start
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Time zone of the organisation to make at the first start
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    pub time_zone: String,
    /// Name of a site to begin with
    #[arg(long, value_name = "NAME")]
    pub site: Option<String>,
    /// E-mail address of an owner to begin with, who signs in to the dashboard
    #[arg(long, value_name = "EMAIL")]
    pub admin: Option<String>,
}

/// What was made, or was there already.
pub struct Founded {
    pub organisation: Organisation,
    /// The site that was named.
    pub site: Option<SiteNumber>,
    /// The admin who was named.
    pub admin: Option<Person>,
    /// Signs in an admin who was made just now.
    pub link: Option<String>,
}

impl First {
    /// The organisation that is asked for, if any is.
    pub fn organisation(&self) -> Option<NewOrganisation> {
        (self.org.is_some() || self.name.is_some()).then(|| NewOrganisation {
            code: self.org.clone(),
            name: self.name.clone(),
            time_zone: self.time_zone.clone(),
        })
    }

    /// Makes in a folder whatever of it is missing.
    pub fn found(&self, data: &Path) -> Result<Founded, CliError> {
        let service = Service::new(Store::create_or_open(data)?);
        ensure_organisation(&service, self.organisation())?;
        let there = service.organisations()?;
        let wanted = there.iter().find(|organisation| self.org.as_ref() == Some(&organisation.code));
        let organisation = wanted.or(there.first()).cloned();
        let organisation =
            organisation.ok_or_else(|| CliError::from(ServiceError::NotFound("organisation")))?;
        let scope = Scope::local(organisation.id);
        let site = match &self.site {
            Some(name) => Some(self.site(&service, &scope, &organisation, name)?),
            None => None,
        };
        let (admin, link) = match &self.admin {
            Some(email) => {
                let (admin, link) = admin(&service, &scope, email)?;
                (Some(admin), link)
            }
            None => (None, None),
        };
        Ok(Founded { organisation, site, admin, link })
    }

    fn site(
        &self,
        service: &Service,
        scope: &Scope,
        organisation: &Organisation,
        name: &str,
    ) -> Result<SiteNumber, CliError> {
        if let Ok(number) = choose::site(service, scope, name) {
            return Ok(number);
        }
        let time_zone = organisation.time_zone.clone();
        Ok(service.add_site(scope, &NewSite::named(name, time_zone))?)
    }
}

fn admin(service: &Service, scope: &Scope, email: &str) -> Result<(Person, Option<String>), CliError> {
    match service.find_user(scope, email) {
        Ok(person) if person.role.is_some_and(|role| role >= Role::Admin) => Ok((person, None)),
        Ok(person) => {
            Err(CliError::new("conflict", format!("{} ({email}) is there, but no admin.", person.name)))
        }
        Err(_) => {
            let new = NewUser { email: email.to_owned(), role: Role::Owner, name: None };
            let person = service.add_user(scope, &new)?;
            let link = service.sign_in_link(scope, person.id)?;
            Ok((person, Some(link)))
        }
    }
}
