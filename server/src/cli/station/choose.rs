//! What a guard means: a site by number or name, a guard or visitor by id or name. What is not there is answered with
//! what there is.

use gatehouse_core::{
    device::GuardStation,
    id::{EntryId, PersonId, SiteNumber},
    message,
    name::folded,
};

use super::{CliError, DEPART_MS, refused};
use crate::cli::{
    choose::{What, only, unknown},
    language::word,
};

/// A site. A number that the station does not know may be one that the server knows.
pub fn site(station: &GuardStation, typed: &str) -> Result<SiteNumber, CliError> {
    if let Ok(number) = typed.trim().parse() {
        return Ok(number);
    }
    let sites = station.sites().map_err(refused)?;
    if let Some(site) = only(sites.iter().filter(|site| folded(&site.name) == folded(typed))) {
        return Ok(site.number);
    }
    let there = sites.iter().map(|site| format!("{} {}", site.number, site.name));
    Err(unknown("site_unknown", What::Site, typed, there, "gatehouse station sync"))
}

/// A guard who signed in here before.
pub fn guard(station: &GuardStation, typed: &str) -> Result<PersonId, CliError> {
    if let Ok(id) = typed.trim().parse() {
        return Ok(id);
    }
    let guards = station.guards().map_err(refused)?;
    if let Some(guard) = only(guards.iter().filter(|guard| folded(&guard.name) == folded(typed))) {
        return Ok(guard.person);
    }
    let there = guards.iter().map(|guard| guard.name.clone());
    Err(unknown("not_found", What::Guard, typed, there, "gatehouse station sign-in"))
}

/// A visit that goes on.
pub fn visit(station: &GuardStation, typed: &str) -> Result<EntryId, CliError> {
    if let Ok(id) = typed.trim().parse() {
        return Ok(id);
    }
    let inside = station.on_site(DEPART_MS).map_err(refused)?;
    let called = |name: &Option<String>| name.as_deref().is_some_and(|name| folded(name) == folded(typed));
    if let Some(visit) = only(inside.iter().filter(|visit| called(&visit.name))) {
        return Ok(visit.stay);
    }
    let there = inside.iter().map(|visit| {
        let name = visit.name.clone().unwrap_or_else(|| word(message!("look-no_name")));
        format!("{name} ({})", visit.stay)
    });
    Err(unknown("unknown_event", What::Visit, typed, there, "gatehouse station scan"))
}
