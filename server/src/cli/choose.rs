//! Whom and what a command means: by number or id, or by the name that people know. What is not there is answered with
//! what there is.

use gatehouse_core::{
    id::{DeviceId, SiteNumber},
    name::folded,
};

use super::output::CliError;
use crate::{
    service::{Scope, Service, ServiceError},
    store::{device::Device, invitation, person::Person},
};
use gatehouse_core::role::Role;

/// How many of what there is are named.
const MOST_NAMED: usize = 12;

/// A site, by number or name.
pub fn site(service: &Service, scope: &Scope, typed: &str) -> Result<SiteNumber, CliError> {
    let sites = service.sites(scope)?;
    let by_number = sites.iter().find(|site| Some(site.number) == typed.trim().parse().ok());
    let named = |name: &str| folded(name) == folded(typed);
    if let Some(site) = by_number.or_else(|| only(sites.iter().filter(|site| named(&site.name)))) {
        return Ok(site.number);
    }
    let there = sites.iter().map(|site| format!("{} {}", site.number, site.name));
    Err(unknown("site_unknown", "site", typed, there, "gatehouse site add"))
}

/// Several sites.
pub fn sites(service: &Service, scope: &Scope, typed: &[String]) -> Result<Vec<SiteNumber>, CliError> {
    typed.iter().map(|typed| site(service, scope, typed)).collect()
}

/// Someone with a role, by id, e-mail address or name.
pub fn user(service: &Service, scope: &Scope, typed: &str) -> Result<Person, CliError> {
    match service.find_user(scope, typed) {
        Ok(person) => return Ok(person),
        Err(ServiceError::NotFound(_)) => {}
        Err(error) => return Err(error.into()),
    }
    let people = service.users(scope, Role::Member)?;
    let called = |person: &&Person| person.is_active() && folded(&person.name) == folded(typed);
    if let Some(person) = only(people.iter().filter(called)) {
        return Ok(person.clone());
    }
    let there = people.iter().filter(|person| person.is_active()).map(|person| {
        person
            .email
            .as_ref()
            .map_or_else(|| person.name.clone(), |email| format!("{} ({email})", person.name))
    });
    Err(unknown("not_found", "user", typed, there, "gatehouse user add"))
}

/// A device, by id, the beginning of its id, or name.
pub fn device(service: &Service, scope: &Scope, typed: &str) -> Result<DeviceId, CliError> {
    let devices = service.devices(scope)?;
    let typed = typed.trim();
    let by_name = only(devices.iter().filter(|device| folded(&device.name) == folded(typed)));
    let begins = |device: &&Device| typed.len() >= 4 && device.id.to_string().starts_with(typed);
    if let Some(device) = by_name.or_else(|| only(devices.iter().filter(begins))) {
        return Ok(device.id);
    }
    let there = devices.iter().map(|device| format!("{} ({})", device.name, device.id));
    Err(unknown("not_found", "device", typed, there, "gatehouse device code"))
}

/// An invitation, by id or reference.
pub fn invitation(service: &Service, scope: &Scope, typed: &str) -> Result<invitation::Invitation, CliError> {
    service.find_invitation(scope, typed).map_err(|error| match error {
        ServiceError::NotFound(_) => CliError::new(
            "not_found",
            format!("There is no invitation \"{typed}\". See: gatehouse invitation list"),
        ),
        error => error.into(),
    })
}

/// The only one; nothing where there are several, of which one would be a guess.
pub fn only<T>(mut found: impl Iterator<Item = T>) -> Option<T> {
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// What was meant is not there, and this is.
pub fn unknown(
    code: &'static str,
    what: &str,
    typed: &str,
    there: impl Iterator<Item = String>,
    add: &str,
) -> CliError {
    let mut there: Vec<_> = there.take(MOST_NAMED + 1).collect();
    if there.is_empty() {
        return CliError::new(code, format!("There is no {what} yet. To add one: {add}"));
    }
    if there.len() > MOST_NAMED {
        there.truncate(MOST_NAMED);
        there.push("and more".to_owned());
    }
    CliError::new(
        code,
        format!("There is no {what} \"{typed}\", or several of that name. There are: {}.", there.join(", ")),
    )
}
