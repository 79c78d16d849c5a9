//! What there is, for whoever asked for something that there is not.

use gatehouse_core::{id::SiteNumber, role::Role};
use rusqlite::Connection;

use super::{Scope, ServiceError};
use crate::store::{person, site};

/// Most names in a hint.
const SHOWN: usize = 8;
/// People among whom the nearest are looked for.
const LOOKED_AT: usize = 5_000;
/// How alike two names must be to be taken for one another (Jaro-Winkler, 0 to 1).
const ALIKE: f64 = 0.8;

/// The refusal for a site that is not there, naming those that are.
pub fn no_site(db: &Connection, scope: &Scope, number: SiteNumber) -> Result<ServiceError, ServiceError> {
    let sites = site::list(db, scope.org)?;
    let mut named: Vec<_> =
        sites.iter().take(SHOWN).map(|site| format!("{} {}", site.number, site.name)).collect();
    if sites.len() > SHOWN {
        named.push(format!("{} more", sites.len() - SHOWN));
    }
    let hint = match named.as_slice() {
        [] => "there are none yet, add the first".to_owned(),
        named => format!("there are: {}", named.join(", ")),
    };
    Ok(ServiceError::NoneSuch { what: "site", asked: number.to_string(), hint })
}

/// The refusal for a person who is not there. Admins are told of those with the nearest addresses and names.
pub fn no_user(db: &Connection, scope: &Scope, asked: &str) -> Result<ServiceError, ServiceError> {
    if scope.role < Some(Role::Admin) {
        return Ok(ServiceError::NotFound("user"));
    }
    let wanted = asked.trim().to_lowercase();
    let mut near: Vec<(f64, String)> = Vec::new();
    for person in person::with_role(db, scope.org, Role::Member)?.into_iter().take(LOOKED_AT) {
        let email = person.email.as_deref().unwrap_or_default();
        let local = email.split('@').next().unwrap_or_default();
        let name = person.name.to_lowercase();
        let alike = [email, local, name.as_str()].map(|text| strsim::jaro_winkler(text, &wanted));
        let best = alike.into_iter().fold(0.0, f64::max);
        let within = !wanted.is_empty() && (email.contains(&wanted) || name.contains(&wanted));
        if within || best >= ALIKE {
            let known_as = person.email.clone().unwrap_or_else(|| person.id.to_string());
            near.push((if within { 1.0 } else { best }, format!("{} ({known_as})", person.name)));
        }
    }
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let near: Vec<_> = near.into_iter().take(3).map(|(_, person)| person).collect();
    let hint = match near.as_slice() {
        [] => "`gatehouse user list` shows everybody".to_owned(),
        near => format!("did you mean {}?", near.join(" or ")),
    };
    Ok(ServiceError::NoneSuch { what: "user", asked: asked.trim().to_owned(), hint })
}
