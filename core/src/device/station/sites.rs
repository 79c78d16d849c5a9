//! Sites that a guard can choose.

use serde::Serialize;

use super::GuardStation;
use crate::{
    device::StationError,
    gatepack::PhotoPolicy,
    id::SiteNumber,
    place::{Geofence, GeofenceRule},
};

/// A site of the organisation, as a shell offers it for a shift or a walk-up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SiteHere {
    /// Its number.
    pub number: SiteNumber,
    /// Its name.
    pub name: String,
    /// IANA time zone.
    pub time_zone: String,
    /// Whether the guard who is signed in works there, as far as the gate pack knows.
    pub assigned: bool,
    /// What the site does with scans from elsewhere.
    pub geofence: GeofenceRule,
    /// Where it is, if it says so: for screens, which show how far that is.
    #[serde(skip)]
    pub fence: Option<Geofence>,
    /// Whether a photo is taken of an invited visitor.
    pub arrival_photo: PhotoPolicy,
    /// Whether a photo is taken of a visitor without a code.
    pub walk_up_photo: PhotoPolicy,
    /// Whether faces stand beside verdicts.
    pub show_face: bool,
}

impl GuardStation {
    /// Sites by name, those where the guard works first. From the gate pack: needs no network, and without a pack no
    /// site is known.
    ///
    /// # Errors
    /// A store that fails.
    pub fn sites(&self) -> Result<Vec<SiteHere>, StationError> {
        let known = self.knowledge()?;
        let Some(pack) = &known.pack else { return Ok(Vec::new()) };
        let guard = known.guard.as_ref().and_then(|guard| pack.content.guard(guard.person));
        let mut sites: Vec<_> = pack
            .content
            .site_list()
            .into_iter()
            .map(|site| SiteHere {
                assigned: guard.as_ref().is_some_and(|guard| guard.works_at(site.number)),
                geofence: site.geofence.map_or(GeofenceRule::Ignore, |Geofence { rule, .. }| rule),
                fence: site.geofence,
                number: site.number,
                name: site.name,
                time_zone: site.time_zone,
                arrival_photo: site.arrival_photo,
                walk_up_photo: site.walk_up_photo,
                show_face: site.show_face,
            })
            .collect();
        sites.sort_by(|a, b| (!a.assigned, &a.name, a.number).cmp(&(!b.assigned, &b.name, b.number)));
        Ok(sites)
    }
}
