//! Sites.

use gatehouse_core::{gatepack::SiteRecord, id::SiteNumber, place::Geofence, role::Role};

use super::{Scope, Service, ServiceError, audit};
use crate::store::{site, site::NewSite};

/// Largest radius of a geofence in metres.
const WIDEST_M: u32 = 100_000;

/// Refuses a time zone that is not in the IANA database.
pub(super) fn known_zone(zone: &str) -> Result<(), ServiceError> {
    let unknown = ServiceError::BadRequest("a time zone is a name like Europe/Amsterdam");
    zone.parse::<chrono_tz::Tz>().map(|_| ()).map_err(|_| unknown)
}

fn sensible(fence: &Geofence) -> bool {
    let within = |e6: i32, most: i32| (-most..=most).contains(&e6);
    within(fence.latitude_e6, 90_000_000)
        && within(fence.longitude_e6, 180_000_000)
        && (1..=WIDEST_M).contains(&fence.radius_m)
        && fence.buffer_m <= WIDEST_M
}

impl Service {
    /// Adds a site and gives its number.
    ///
    /// # Errors
    /// Not an admin's scope; an empty name, an unknown time zone, a place that is none.
    pub fn add_site(&self, scope: &Scope, site: &NewSite) -> Result<SiteNumber, ServiceError> {
        scope.require(Role::Admin)?;
        let name = super::people::display_name(&site.name)?.as_str().to_owned();
        known_zone(&site.time_zone)?;
        if site.geofence.as_ref().is_some_and(|fence| !sensible(fence)) {
            return Err(ServiceError::BadRequest(
                "a location is a latitude, a longitude and a radius in metres",
            ));
        }
        let (scope, now, site) = (*scope, self.now(), NewSite { name, ..site.clone() });
        self.store.write(move |tx| {
            let number = site::add(tx, scope.org, &site, now)?;
            audit::note(tx, &scope, "site.add", &number.to_string(), &serde_json::json!({}), now)?;
            Ok(number)
        })
    }

    /// Every site, by number.
    ///
    /// # Errors
    /// Not an admin's scope.
    pub fn sites(&self, scope: &Scope) -> Result<Vec<SiteRecord>, ServiceError> {
        scope.require(Role::Admin)?;
        self.store.read(|db| Ok(site::list(db, scope.org)?))
    }
}
