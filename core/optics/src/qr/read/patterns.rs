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
pub(super) struct Patterns {
    side: usize,
    modules: Vec<Module>,
}

impl Patterns {
    pub(super) fn of(version: Version) -> Self {
        let side = version.side();
        let mut patterns = Self { side, modules: vec![Module::Data; side * side] };
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
        patterns
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
