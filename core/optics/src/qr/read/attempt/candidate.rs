//! Three finder patterns tried as a code's: a grid laid over them, its modules told apart, what they say decoded.

use std::rc::Rc;

use super::{Known, State};
use crate::qr::read::grey::Grey;
use crate::qr::read::grid::Grid;
use crate::qr::read::look::{Change, GRAINY, Levels, Look, Places, Size};
use crate::qr::read::modules::{Levelled, Sampled, Soft, glance};
use crate::qr::read::outline::Outline;
use crate::qr::read::patterns::Patterns;
use crate::qr::read::sight::Sight;
use crate::qr::read::triple::Triple;
use crate::qr::read::version::Version;
use crate::qr::read::{Code, Effort, codewords, content, header};

/// The share of known modules that must be as they should, or there is no code there.
const LEAST_KNOWN: f32 = 0.72;

/// The same at a first glance, of all known modules and of those beside the finder patterns.
const LEAST_GLANCE: f32 = 0.64;
const LEAST_BESIDE: f32 = 0.6;

/// With a smaller share it is not worth while to look where the modules have moved to.
const LEAST_SETTLED: f32 = 0.6;

/// Looks in which a code at one place is tried.
const MOST_TRIES: usize = 4;

/// Above this size of modules, in pixels, they are sampled in a smaller picture.
const LARGE_MODULE: f32 = 9.0;

impl State {
    pub(super) fn try_triple(&mut self, levels: &mut Levels<'_>, look: Look, triple: &Triple) {
        if self.is_known(levels.places_of(look.size), triple) {
            return;
        }
        let inverted = triple.corner.inverted;
        let Some((grey, zoom)) = levels.get(look.size, look.change) else { return };
        let Some(outline) = Outline::of(&grey, triple) else { return };
        for grid in outline.grids(&grey, inverted, self.limits.grids) {
            let module = grid.module() * zoom;
            // In full, unless modules are so large that nothing is gained by it.
            let fine = match (module / LARGE_MODULE).log2().ceil() {
                ..=0.0 => 1,
                power => 1usize << (power as u32).min(6),
            };
            let sizes = [Size::Shrunk(fine), look.size];
            if self.is_worn_out(levels.places(zoom), &grid) {
                continue;
            }
            // What grain hides in full, the average of several pixels may show.
            let many = if self.noise > GRAINY && sizes[0] != sizes[1] { 2 } else { 1 };
            for size in sizes.into_iter().take(many) {
                let Some((grey, sampled_zoom)) = levels.get(size, Change::None) else { continue };
                let grid = grid.zoomed(zoom / sampled_zoom);
                if self.decode(levels.places(sampled_zoom), &grey, &grid, inverted) {
                    return;
                }
            }
        }
    }

    /// Whether these three patterns were looked at in two sizes before, or in this one: another way to tell dark from
    /// light finds them at the same places, and all that follows is measured in grey.
    fn is_known(&mut self, places: Places, triple: &Triple) -> bool {
        let centres = [triple.corner, triple.right, triple.below].map(|it| places.in_picture(it.centre));
        let near = 0.8 * triple.corner.module * places.zoom;
        let known = self
            .triples
            .iter_mut()
            .find(|known| known.centres.iter().zip(&centres).all(|(one, other)| one.distance(*other) < near));
        match known {
            Some(known) if known.zooms.contains(&Some(places.zoom)) || known.zooms[1].is_some() => true,
            Some(known) => {
                known.zooms[1] = Some(places.zoom);
                false
            }
            None => {
                self.triples.push(Known { centres, zooms: [Some(places.zoom), None] });
                false
            }
        }
    }

    /// Whether a code of that size was tried at that place so often that another look will not change it.
    fn is_worn_out(&mut self, places: Places, grid: &Grid) -> bool {
        let [a, b, c, d] = grid.corners();
        let middle = places.in_picture(a.plus(b).plus(c).plus(d).times(0.25));
        let near = 1.5 * grid.module() * places.zoom;
        let known = self
            .tried
            .iter_mut()
            .find(|(version, place, _)| *version == grid.version && place.distance(middle) < near);
        match known {
            Some((_, _, times)) => {
                *times += 1;
                *times > MOST_TRIES
            }
            None => {
                self.tried.push((grid.version, middle, 1));
                false
            }
        }
    }

    /// Whether the grid holds a code that can be read.
    fn decode(&mut self, places: Places, grey: &Grey<'_>, grid: &Grid, inverted: bool) -> bool {
        let patterns = self.patterns(grid.version);
        let (all, beside) = glance(grey, grid, &patterns, inverted);
        if all < LEAST_GLANCE || beside < LEAST_BESIDE {
            return false;
        }
        let levelled = Sampled::of(grey, grid).plain(inverted);
        let known = levelled.soft().known(&patterns);
        if known >= LEAST_KNOWN && self.decode_levelled(places, &levelled, grid, &patterns) {
            return true;
        }
        // The paper may be bent where no pattern tells.
        let least = if self.effort == Effort::Fast { LEAST_KNOWN } else { LEAST_SETTLED };
        if known < least {
            return false;
        }
        let settled = grid.settled(grey);
        let levelled = Sampled::of(grey, &settled).plain(inverted);
        let better = levelled.soft().known(&patterns);
        better > known.max(LEAST_KNOWN) && self.decode_levelled(places, &levelled, &settled, &patterns)
    }

    /// The patterns of codes of a size, made once.
    fn patterns(&mut self, version: Version) -> Rc<Patterns> {
        if let Some((_, known)) = self.patterns.iter().find(|(of, _)| *of == version) {
            return Rc::clone(known);
        }
        let made = Rc::new(Patterns::of(version));
        self.patterns.push((version, Rc::clone(&made)));
        made
    }

    fn decode_levelled(
        &mut self,
        places: Places,
        levelled: &Levelled,
        grid: &Grid,
        patterns: &Patterns,
    ) -> bool {
        let version = grid.version;
        let plain = levelled.soft();
        if self.limits.modules == 0 || header::version(&plain).is_some_and(|says| says != version) {
            return false;
        }
        self.limits.modules = self.limits.modules.saturating_sub(version.side() * version.side());
        let corners = grid.corners().map(|corner| places.in_picture(corner));
        // Seen through glass or in a mirror, rows are columns.
        let mirrored = header::is_mirrored(&plain);
        let [a, b, c, d] = corners;
        let corners = if mirrored { [a, d, c, b] } else { corners };
        let upright = |soft: Soft| if mirrored { soft.transposed() } else { soft };
        let plain = upright(plain);
        let mut done = |soft: &Soft| match text_of(soft, version, patterns) {
            Some(text) => {
                if !self.codes.iter().any(|code| code.text == text) {
                    self.codes.push(Code { text, corners });
                }
                true
            }
            None => false,
        };
        if done(&plain) {
            return true;
        }
        let Some(clear) = levelled.equalised(patterns, None) else { return false };
        if done(&upright(clear.clone())) {
            return true;
        }
        // What is sure by now teaches what the known modules alone could not.
        let again = levelled.equalised(patterns, Some(&clear)).map(upright);
        if self.effort == Effort::Thorough && again.as_ref().is_some_and(&mut done) {
            return true;
        }
        let module = grid.module() * places.zoom;
        self.smallest = Some(self.smallest.map_or(module, |smallest| smallest.min(module)));
        let soft = again.unwrap_or_else(|| upright(clear));
        self.sights.push(Sight { soft, version, corners });
        false
    }
}

/// The text of a code whose modules these are.
fn text_of(soft: &Soft, version: Version, patterns: &Patterns) -> Option<String> {
    header::formats(soft).into_iter().find_map(|format| {
        let data = codewords::corrected(soft, version, patterns, format)?;
        content::text(&data, version.number())
    })
}
