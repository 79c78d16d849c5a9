//! Whom and what a command means: by number or id, or by the name that people know. What is not there is answered with
//! what there is.

use gatehouse_core::{
    id::{DeviceId, SiteNumber},
    message,
    name::folded,
    phrase,
    role::Role,
    words::Phrase,
};

use super::{
    language::{joined, said, word},
    output::CliError,
};
use crate::{
    service::{Scope, Service, ServiceError},
    store::{device::Device, invitation, person::Person},
};

/// How many of what there is are named.
const MOST_NAMED: usize = 12;

/// What can be meant and not be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A site.
    Site,
    /// A guard who signed in at the station.
    Guard,
    /// A visitor who is inside.
    Visit,
    /// An organisation on this server.
    Organisation,
    /// Someone with a role.
    User,
    /// A phone or station.
    Device,
}

impl What {
    fn none_yet(self, command: &str) -> Phrase<'_> {
        match self {
            Self::Site => phrase!("none_yet-site", command = command),
            Self::Guard => phrase!("none_yet-guard", command = command),
            Self::Visit => phrase!("none_yet-visit", command = command),
            Self::Organisation => phrase!("none_yet-organisation", command = command),
            Self::User => phrase!("none_yet-user", command = command),
            Self::Device => phrase!("none_yet-device", command = command),
        }
    }

    fn unknown(self, typed: &str, there: String) -> Phrase<'_> {
        match self {
            Self::Site => phrase!("unknown-site", typed = typed, there = there),
            Self::Guard => phrase!("unknown-guard", typed = typed, there = there),
            Self::Visit => phrase!("unknown-visit", typed = typed, there = there),
            Self::Organisation => phrase!("unknown-organisation", typed = typed, there = there),
            Self::User => phrase!("unknown-user", typed = typed, there = there),
            Self::Device => phrase!("unknown-device", typed = typed, there = there),
        }
    }
}

/// A site, by number or name.
pub fn site(service: &Service, scope: &Scope, typed: &str) -> Result<SiteNumber, CliError> {
    let sites = service.sites(scope)?;
    let by_number = sites.iter().find(|site| Some(site.number) == typed.trim().parse().ok());
    let named = |name: &str| folded(name) == folded(typed);
    if let Some(site) = by_number.or_else(|| only(sites.iter().filter(|site| named(&site.name)))) {
        return Ok(site.number);
    }
    let there = sites.iter().map(|site| format!("{} {}", site.number, site.name));
    Err(unknown("site_unknown", What::Site, typed, there, "gatehouse site add"))
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
    Err(unknown("not_found", What::User, typed, there, "gatehouse user add"))
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
    Err(unknown("not_found", What::Device, typed, there, "gatehouse device code"))
}

/// An invitation, by id or reference.
pub fn invitation(service: &Service, scope: &Scope, typed: &str) -> Result<invitation::Invitation, CliError> {
    service.find_invitation(scope, typed).map_err(|error| match error {
        ServiceError::NotFound(_) => {
            let command = "gatehouse invitation list";
            let sentence = phrase!("unknown-invitation", typed = typed, command = command);
            CliError::new("not_found", said(&sentence))
        }
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
    what: What,
    typed: &str,
    there: impl Iterator<Item = String>,
    add: &str,
) -> CliError {
    let mut there: Vec<_> = there.take(MOST_NAMED + 1).collect();
    if there.is_empty() {
        return CliError::new(code, said(&what.none_yet(add)));
    }
    if there.len() > MOST_NAMED {
        there.truncate(MOST_NAMED);
        there.push(word(message!("unknown-and_more")));
    }
    CliError::new(code, said(&what.unknown(typed, joined(there))))
}
