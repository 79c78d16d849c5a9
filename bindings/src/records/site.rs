use gatehouse_core::{device, gatepack, place};

/// Whether a photo is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum PhotoPolicy {
    /// Never.
    Off,
    /// If the guard wishes.
    Optional,
    /// No grant without one.
    Required,
}

impl From<gatepack::PhotoPolicy> for PhotoPolicy {
    fn from(policy: gatepack::PhotoPolicy) -> Self {
        match policy {
            gatepack::PhotoPolicy::Off => Self::Off,
            gatepack::PhotoPolicy::Optional => Self::Optional,
            gatepack::PhotoPolicy::Required => Self::Required,
        }
    }
}

/// What a site does with scans from elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum GeofenceRule {
    /// Nothing is checked: the shell need not ask for the phone's place.
    Ignore,
    /// CAUTION.
    Flag,
    /// DENIED.
    Block,
}

impl From<place::GeofenceRule> for GeofenceRule {
    fn from(rule: place::GeofenceRule) -> Self {
        match rule {
            place::GeofenceRule::Ignore => Self::Ignore,
            place::GeofenceRule::Flag => Self::Flag,
            place::GeofenceRule::Block => Self::Block,
        }
    }
}

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
            geofence: site.geofence.into(),
            arrival_photo: site.arrival_photo.into(),
            walk_up_photo: site.walk_up_photo.into(),
            show_face: site.show_face,
        }
    }
}
