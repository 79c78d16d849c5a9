//! Places: where a site is, where a phone is, and whether the two agree.

use serde::{Deserialize, Serialize};

/// What a site does with scans from elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GeofenceRule {
    /// Nothing is checked.
    Ignore,
    /// CAUTION.
    #[default]
    Flag,
    /// DENIED.
    Block,
}

impl GeofenceRule {
    /// The rule's number in a gate pack.
    #[must_use]
    pub const fn number(self) -> u64 {
        match self {
            Self::Ignore => 0,
            Self::Flag => 1,
            Self::Block => 2,
        }
    }

    /// The rule with this number; one that we do not know flags.
    #[must_use]
    pub const fn from_number(number: u64) -> Self {
        match number {
            0 => Self::Ignore,
            2 => Self::Block,
            _ => Self::Flag,
        }
    }
}

/// A circle on the ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Geofence {
    /// Latitude of the centre in millionths of a degree.
    pub latitude_e6: i32,
    /// Longitude of the centre in millionths of a degree.
    pub longitude_e6: i32,
    /// Radius in metres.
    pub radius_m: u32,
    /// What happens outside.
    pub rule: GeofenceRule,
}

/// Where a phone says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// Latitude in millionths of a degree.
    pub latitude_e6: i32,
    /// Longitude in millionths of a degree.
    pub longitude_e6: i32,
    /// Radius in metres within which the phone is with 68 % certainty.
    pub accuracy_m: u32,
}

/// What is known of a phone's place relative to a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Whereabouts {
    /// The site does not check.
    #[default]
    NotChecked,
    /// At the site, as far as the fix can tell.
    Inside,
    /// Elsewhere for sure; `blocks` where the site denies that.
    Outside {
        /// Whether the site's rule is to block.
        blocks: bool,
    },
    /// No fix, or one too coarse to tell.
    Unknown,
}

/// A fix coarser than this says nothing of a gate.
const USELESS_ACCURACY_M: u32 = 1_000;
/// Mean radius of the earth, metres.
const EARTH_M: f64 = 6_371_008.8;

impl Geofence {
    /// Metres from the centre to a fix, on a sphere.
    #[must_use]
    pub fn distance_m(&self, fix: &Fix) -> f64 {
        let radians = |e6: i32| (f64::from(e6) / 1e6).to_radians();
        let (lat_a, lat_b) = (radians(self.latitude_e6), radians(fix.latitude_e6));
        let (d_lat, d_lon) = (lat_b - lat_a, radians(fix.longitude_e6) - radians(self.longitude_e6));
        let h = (d_lat / 2.0).sin().powi(2) + lat_a.cos() * lat_b.cos() * (d_lon / 2.0).sin().powi(2);
        2.0 * EARTH_M * h.sqrt().min(1.0).asin()
    }

    /// What a fix says. The phone is outside only where its whole circle of accuracy is.
    #[must_use]
    pub fn locate(&self, fix: Option<&Fix>) -> Whereabouts {
        let blocks = match self.rule {
            GeofenceRule::Ignore => return Whereabouts::NotChecked,
            GeofenceRule::Flag => false,
            GeofenceRule::Block => true,
        };
        match fix {
            Some(fix) if fix.accuracy_m <= USELESS_ACCURACY_M => {
                if self.distance_m(fix) <= f64::from(self.radius_m.saturating_add(fix.accuracy_m)) {
                    Whereabouts::Inside
                } else {
                    Whereabouts::Outside { blocks }
                }
            }
            _ => Whereabouts::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_circle_wholly_outside_is_outside() {
        let gate = Geofence {
            latitude_e6: 52_370_216,
            longitude_e6: 4_895_168,
            radius_m: 100,
            rule: GeofenceRule::Block,
        };
        let north = |metres: f64, accuracy_m| Fix {
            latitude_e6: gate.latitude_e6 + (metres / 0.111_195).round() as i32,
            longitude_e6: gate.longitude_e6,
            accuracy_m,
        };
        assert!((gate.distance_m(&north(1000.0, 5)) - 1000.0).abs() < 1.0);
        assert_eq!(gate.locate(Some(&north(99.0, 5))), Whereabouts::Inside);
        assert_eq!(gate.locate(Some(&north(104.0, 5))), Whereabouts::Inside);
        assert_eq!(gate.locate(Some(&north(110.0, 5))), Whereabouts::Outside { blocks: true });
        assert_eq!(gate.locate(Some(&north(0.0, 1_001))), Whereabouts::Unknown);
        assert_eq!(gate.locate(None), Whereabouts::Unknown);
    }
}
