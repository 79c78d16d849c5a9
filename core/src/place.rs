//! Places: where a site is, where a phone is, and whether the two agree.

use geo::{Distance, Haversine, Point};
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
    /// Metres beyond the radius that still count as there: fixes jump, and gates stand at the edge.
    #[serde(default = "Geofence::default_buffer_m")]
    pub buffer_m: u32,
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

impl Fix {
    /// A fix says so long after it was taken where a phone is: whoever walks is elsewhere by then. Milliseconds.
    pub const HOLDS_MS: u64 = 2 * 60_000;

    /// Whether it says anything of a gate: a coarse one does not, nor of a place far from it.
    #[must_use]
    pub const fn is_useful(&self) -> bool {
        self.accuracy_m <= USELESS_ACCURACY_M
    }
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
    /// No fix. Says nothing for or against the phone's place.
    Missing {
        /// Whether the site denies whoever is not shown to be there.
        blocks: bool,
    },
    /// A fix too coarse to tell.
    Imprecise {
        /// Whether the site denies whoever is not shown to be there.
        blocks: bool,
    },
}

/// A fix coarser than this says nothing of a gate, nor of a place far from it.
const USELESS_ACCURACY_M: u32 = 1_000;

impl Geofence {
    /// Metres of buffer where a site names none.
    pub const DEFAULT_BUFFER_M: u32 = 25;

    const fn default_buffer_m() -> u32 {
        Self::DEFAULT_BUFFER_M
    }

    /// Metres from the centre to a fix, along a great circle of the mean earth.
    #[must_use]
    pub fn distance_m(&self, fix: &Fix) -> f64 {
        Haversine
            .distance(point(self.latitude_e6, self.longitude_e6), point(fix.latitude_e6, fix.longitude_e6))
    }

    /// What a fix says. The phone is outside only where its whole circle of accuracy is, and inside only if that
    /// circle is no wider than the fence: between the two nobody can tell.
    #[must_use]
    pub fn locate(&self, fix: Option<&Fix>) -> Whereabouts {
        let blocks = match self.rule {
            GeofenceRule::Ignore => return Whereabouts::NotChecked,
            GeofenceRule::Flag => false,
            GeofenceRule::Block => true,
        };
        let Some(fix) = fix else { return Whereabouts::Missing { blocks } };
        if !fix.is_useful() {
            return Whereabouts::Imprecise { blocks };
        }
        let reach = self.radius_m.saturating_add(self.buffer_m);
        if self.distance_m(fix) > f64::from(reach.saturating_add(fix.accuracy_m)) {
            Whereabouts::Outside { blocks }
        } else if fix.accuracy_m > reach {
            Whereabouts::Imprecise { blocks }
        } else {
            Whereabouts::Inside
        }
    }
}

fn point(latitude_e6: i32, longitude_e6: i32) -> Point {
    Point::new(f64::from(longitude_e6) / 1e6, f64::from(latitude_e6) / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GATE: Geofence = Geofence {
        latitude_e6: 52_370_216,
        longitude_e6: 4_895_168,
        radius_m: 100,
        buffer_m: 20,
        rule: GeofenceRule::Block,
    };

    fn north(metres: f64, accuracy_m: u32) -> Fix {
        Fix {
            latitude_e6: GATE.latitude_e6 + (metres / 0.111_195).round() as i32,
            longitude_e6: GATE.longitude_e6,
            accuracy_m,
        }
    }

    #[test]
    fn only_a_circle_wholly_outside_is_outside() {
        assert!((GATE.distance_m(&north(1000.0, 5)) - 1000.0).abs() < 1.0);
        assert_eq!(GATE.locate(Some(&north(119.0, 5))), Whereabouts::Inside);
        assert_eq!(GATE.locate(Some(&north(124.0, 5))), Whereabouts::Inside);
        assert_eq!(GATE.locate(Some(&north(130.0, 5))), Whereabouts::Outside { blocks: true });
        assert_eq!(GATE.locate(Some(&north(200_000.0, 900))), Whereabouts::Outside { blocks: true });
    }

    #[test]
    fn what_cannot_tell_is_neither_inside_nor_outside() {
        assert_eq!(GATE.locate(None), Whereabouts::Missing { blocks: true });
        assert_eq!(GATE.locate(Some(&north(0.0, 121))), Whereabouts::Imprecise { blocks: true });
        assert_eq!(GATE.locate(Some(&north(0.0, 1_001))), Whereabouts::Imprecise { blocks: true });
        assert_eq!(GATE.locate(Some(&north(200_000.0, 1_001))), Whereabouts::Imprecise { blocks: true });
        let careless = Geofence { rule: GeofenceRule::Ignore, ..GATE };
        assert_eq!(careless.locate(None), Whereabouts::NotChecked);
    }

    #[test]
    fn a_fence_across_the_date_line_is_one_fence() {
        let fence = Geofence { latitude_e6: 0, longitude_e6: 179_999_900, ..GATE };
        let beyond = Fix { latitude_e6: 0, longitude_e6: -179_999_900, accuracy_m: 5 };
        assert_eq!(fence.locate(Some(&beyond)), Whereabouts::Inside);
    }
}
