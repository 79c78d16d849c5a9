//! Sites that a shell offers.

use gatehouse_core::{device, gatepack::PhotoPolicy, place::GeofenceRule};

/// A site of the organisation, to be offered for a shift or a walk-up.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SiteHere {
    /// Its number.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// IANA time zone.
    pub time_zone: String,
    /// Whether the guard who is signed in works there, as far as the gate pack knows.
    pub assigned: bool,
    /// What the site does with scans from elsewhere.
    pub geofence: GeofenceRule,
    /// Whether a photo is taken of an invited visitor.
    pub arrival_photo: PhotoPolicy,
    /// Whether a photo is taken of a visitor without a code.
    pub walk_up_photo: PhotoPolicy,
    /// Whether faces stand beside verdicts.
    pub show_face: bool,
}

impl From<device::SiteHere> for SiteHere {
    fn from(site: device::SiteHere) -> Self {
        Self {
            number: site.number.get(),
            name: site.name,
            time_zone: site.time_zone,
            assigned: site.assigned,
            geofence: site.geofence,
            arrival_photo: site.arrival_photo,
            walk_up_photo: site.walk_up_photo,
            show_face: site.show_face,
        }
    }
}
