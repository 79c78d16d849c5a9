//! Which modules of a code are the same whatever it says, and what these are.

use super::version::Version;

/// What is known of a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Module {
    /// A bit of a codeword.
    Data,
    /// Part of the format or version information.
    Header,
    /// Always dark, or always light.
    Fixed { dark: bool },
}

/// What is known of all modules of a size, row by row.
#[derive(Debug)]
pub(super) struct Patterns {
    side: usize,
    modules: Vec<Module>,
    groups: Vec<Group>,
}

/// Modules near each other that are the same in all codes.
#[derive(Debug, Default)]
pub(super) struct Group {
    pub(super) modules: Vec<(usize, usize, bool)>,
    /// Whether it is a finder pattern.
    pub(super) finder: bool,
}

/// Modules of a timing pattern that make a group.
const TIMING_GROUP: usize = 12;

impl Patterns {
    pub(super) fn of(version: Version) -> Self {
        let side = version.side();
        let mut patterns = Self { side, modules: vec![Module::Data; side * side], groups: Vec::new() };
        for at in 0..side {
            let timing = Module::Fixed { dark: at % 2 == 0 };
            patterns.set(at, 6, timing);
            patterns.set(6, at, timing);
        }
        for at in 0..9 {
            patterns.set(at, 8, Module::Header);
            patterns.set(8, at, Module::Header);
            if at < 8 {
                patterns.set(side - 1 - at, 8, Module::Header);
                patterns.set(8, side - 1 - at, Module::Header);
            }
        }
        // Timing again where the format's strips went across, and the module that is always dark.
        patterns.set(6, 8, Module::Fixed { dark: true });
        patterns.set(8, 6, Module::Fixed { dark: true });
        patterns.set(8, side - 8, Module::Fixed { dark: true });
        if version.has_version_information() {
            for at in 0..18 {
                patterns.set(at / 3, side - 11 + at % 3, Module::Header);
                patterns.set(side - 11 + at % 3, at / 3, Module::Header);
            }
        }
        let places = version.alignment();
        let last = side.saturating_sub(7);
        for &y in &places {
            for &x in &places {
                if (x, y) != (6, 6) && (x, y) != (6, last) && (x, y) != (last, 6) {
                    patterns.rings(x, y, 2);
                }
            }
        }
        for (x, y) in [(3, 3), (side - 4, 3), (3, side - 4)] {
            patterns.rings(x, y, 4);
        }
        patterns.groups = patterns.grouped(&places, last);
        patterns
    }

    fn grouped(&self, places: &[usize], last: usize) -> Vec<Group> {
        let side = self.side;
        let group = |places: &mut dyn Iterator<Item = (usize, usize)>, finder: bool| Group {
            modules: places
                .filter_map(|(x, y)| match self.at(x, y) {
                    Some(Module::Fixed { dark }) => Some((x, y, dark)),
                    _ => None,
                })
                .collect(),
            finder,
        };
        let square = |left: usize, top: usize, side: usize| {
            (top..top + side).flat_map(move |y| (left..left + side).map(move |x| (x, y)))
        };
        let corners = [(0, 0), (side - 8, 0), (0, side - 8)];
        let mut groups: Vec<Group> =
            corners.into_iter().map(|(x, y)| group(&mut square(x, y, 8), true)).collect();
        for &y in places {
            for &x in
                places.iter().filter(|&&x| (x, y) != (6, 6) && (x, y) != (6, last) && (x, y) != (last, 6))
            {
                groups.push(group(&mut square(x - 2, y - 2, 5), false));
            }
        }
        for from in (8..side - 8).step_by(TIMING_GROUP) {
            let along = from..(from + TIMING_GROUP).min(side - 8);
            groups.push(group(&mut along.clone().map(|at| (at, 6)), false));
            groups.push(group(&mut along.map(|at| (6, at)), false));
        }
        groups
    }

    /// The modules that are the same in all codes, by where they are.
    pub(super) fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Rings around a middle: dark, light, dark for an alignment pattern; a finder pattern's middle is of two rings
    /// more, and around it there is a light one.
    fn rings(&mut self, x: usize, y: usize, reach: isize) {
        for dy in -reach..=reach {
            for dx in -reach..=reach {
                let ring = dx.abs().max(dy.abs());
                let dark = if reach == 2 { ring != 1 } else { matches!(ring, 0 | 1 | 3) };
                if let (Some(x), Some(y)) = (x.checked_add_signed(dx), y.checked_add_signed(dy)) {
                    self.set(x, y, Module::Fixed { dark });
                }
            }
        }
    }

    fn set(&mut self, x: usize, y: usize, module: Module) {
        if x < self.side
            && let Some(place) = self.modules.get_mut(y * self.side + x)
        {
            *place = module;
        }
    }

    pub(super) fn at(&self, x: usize, y: usize) -> Option<Module> {
        self.modules.get(y * self.side + x).copied().filter(|_| x < self.side)
    }

    /// All modules, row by row.
    pub(super) fn all(&self) -> &[Module] {
        &self.modules
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qr::{Correction, modules};

    #[test]
    fn drawn_codes_have_these_patterns_and_room_for_their_codewords() {
        for length in [4, 20, 60, 130, 260, 420, 640, 1500, 3000] {
            let drawn = modules(&"A".repeat(length), Correction::Low).unwrap();
            let side = drawn.width as usize - 8;
            let version = Version::of_side(side).unwrap();
            let patterns = Patterns::of(version);
            for y in 0..side {
                for x in 0..side {
                    if let Some(Module::Fixed { dark }) = patterns.at(x, y) {
                        let pixel = drawn.pixels[(y + 4) * (side + 8) + x + 4];
                        assert_eq!(dark, pixel == 0, "{x} {y} of {side}");
                    }
                }
            }
            let data = patterns.all().iter().filter(|&&module| module == Module::Data).count();
            assert_eq!(data / 8, version.codewords(), "{side}");
        }
    }
}
