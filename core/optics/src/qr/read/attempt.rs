//! One look at a picture after the other, until a code of ours was read.

use std::rc::Rc;

use super::binarise::binarise;
use super::finder::{self, Search};
use super::grey::Grey;
use super::grid::Grid;
use super::look::{Change, GRAINY, Levels, Look, Places, SMALLEST_CODE, Size, looks, looks_at_part};
use super::modules::{Levelled, Sampled, Soft, glance};
use super::outline::Outline;
use super::patterns::Patterns;
use super::plane::Point;
use super::regions::{Region, regions};
use super::sight::Partial;
use super::triple::{Triple, triples};
use super::version::Version;
use super::{Code, Effort, Reading, Why, codewords, content, header};

/// The share of known modules that must be as they should, or there is no code there.
const LEAST_KNOWN: f32 = 0.72;

/// The same at a first glance, of all known modules and of those beside the finder patterns.
const LEAST_GLANCE: f32 = 0.64;
const LEAST_BESIDE: f32 = 0.6;

/// With a smaller share it is not worth while to look where the modules have moved to.
const LEAST_SETTLED: f32 = 0.6;

/// From so many pixels on half of the size tells where a code may be.
const LARGE_PICTURE: usize = 640 * 480;

/// Looks in which a code at one place is tried.
const MOST_TRIES: usize = 4;

/// Above this size of modules, in pixels, they are sampled in a smaller picture.
const LARGE_MODULE: f32 = 9.0;

/// Most pixels of parts that are looked at closely.
const MOST_PIXELS: usize = 4_000_000;

/// From so many pixels on a fast look leaves parts to the next thorough one.
const LARGE_FRAME: usize = 1_500_000;

/// What a read may cost, counted, so that it is the same on every machine.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// Triples of finder patterns looked at in a look.
    triples: usize,
    /// Grids tried for each of them.
    grids: usize,
    /// Finder patterns kept, and places looked at closely, in a look.
    finders: usize,
    closely: usize,
    /// Parts of the picture that are looked at closely, and pixels of them, all looks together.
    regions: usize,
    pixels: usize,
    /// Modules of codes in which decoding is tried, all looks together.
    modules: usize,
}

impl Limits {
    fn of(effort: Effort, pixels: usize) -> Self {
        match effort {
            Effort::Fast => Self {
                triples: 10,
                grids: 1,
                finders: 40,
                closely: 4_000,
                regions: usize::from(pixels < LARGE_FRAME),
                pixels: (pixels / 8).min(MOST_PIXELS),
                modules: 40_000,
            },
            Effort::Thorough => Self {
                triples: 24,
                grids: 2,
                finders: 64,
                closely: 20_000,
                regions: 4,
                pixels: (3 * pixels / 4 + 200_000).min(MOST_PIXELS),
                modules: 160_000,
            },
        }
    }
}

/// Three patterns that were looked at, and in which sizes of the picture.
struct Known {
    centres: [Point; 3],
    zooms: [Option<f32>; 2],
}

/// What is known so far.
struct State {
    effort: Effort,
    limits: Limits,
    codes: Vec<Code>,
    partials: Vec<Partial>,
    /// Where decoding was tried: version, middle of the code, and how often.
    tried: Vec<(Version, Point, usize)>,
    triples: Vec<Known>,
    noise: f32,
    patterns: Vec<(Version, Rc<Patterns>)>,
    /// Most finder patterns that one look found.
    finders: usize,
    /// The smallest module of a code that was found and not read, in pixels.
    smallest: Option<f32>,
}

/// Reads the codes in a picture, and keeps what was found of others.
pub(in crate::qr) fn read(grey: &Grey<'_>, effort: Effort) -> (Reading, Vec<Partial>) {
    let (width, height) = (grey.width(), grey.height());
    let mut state = State {
        effort,
        limits: Limits::of(effort, width * height),
        codes: Vec::new(),
        partials: Vec::new(),
        tried: Vec::new(),
        triples: Vec::new(),
        noise: grey.noise(),
        patterns: Vec::new(),
        finders: 0,
        smallest: None,
    };
    if width.min(height) >= SMALLEST_CODE {
        let mut levels = Levels::new(grey, Point::default());
        for look in looks(width, height, state.noise, effort) {
            if state.is_done() {
                break;
            }
            state.look(&mut levels, look);
        }
        // While the camera runs the next frame comes soon; only what looks like a code is looked at again.
        if !state.is_done() && (effort == Effort::Thorough || state.finders >= 2) {
            state.look_closely(grey, &mut levels);
        }
    }
    let why = state.codes.is_empty().then(|| state.why(grey));
    (Reading { codes: state.codes, why }, state.partials)
}

impl State {
    fn is_done(&self) -> bool {
        self.limits.modules == 0 || self.codes.iter().any(Code::is_pass)
    }

    /// Looks at the parts that a code may be in, each in every way, as long as there is something to go by.
    fn look_closely(&mut self, grey: &Grey<'_>, levels: &mut Levels<'_>) {
        for part in self.regions(levels) {
            let Some(cut) = grey.part(part.left, part.top, part.width, part.height) else { continue };
            let mut levels = Levels::new(&cut, Point::new(part.left as f32, part.top as f32));
            let mut finders = 0;
            for (at, look) in
                looks_at_part(part.width, part.height, self.noise, self.effort).into_iter().enumerate()
            {
                let pixels = levels.pixels(look.size);
                if self.is_done() {
                    return;
                }
                if pixels > self.limits.pixels {
                    continue;
                }
                self.limits.pixels -= pixels;
                finders += self.look(&mut levels, look);
                if at >= 1 && finders == 0 {
                    break;
                }
            }
        }
    }

    /// Parts that a code may be in, found in a level that is not too large.
    fn regions(&self, levels: &mut Levels<'_>) -> Vec<Region> {
        if let Some(whole) = levels.tiny() {
            return vec![whole];
        }
        let factor = if levels.pixels(Size::Shrunk(1)) > LARGE_PICTURE { 2 } else { 1 };
        let Some((grey, _)) = levels.get(Size::Shrunk(factor), Change::None) else { return Vec::new() };
        let parts = regions(&grey, self.noise / factor as f32, self.limits.regions);
        parts.into_iter().map(|part| part.enlarged(factor)).collect()
    }

    /// How many finder patterns were found.
    fn look(&mut self, levels: &mut Levels<'_>, look: Look) -> usize {
        let Some((grey, zoom)) = levels.get(look.size, look.change) else { return 0 };
        let bitmap = binarise(&grey, look.binariser, look.noise(self.noise));
        let step = if matches!(look.size, Size::Shrunk(1) | Size::Doubled) { 3 } else { 2 };
        let search = Search { step, most: self.limits.finders, closely: self.limits.closely };
        let mut finders = finder::find(&bitmap, search);
        self.finders = self.finders.max(finders.len());
        // What a code that was read has in it is no other code's.
        let places = levels.places(zoom);
        let taken = |finder: &finder::Finder, codes: &[Code]| {
            codes.iter().any(|code| contains(&code.corners, places.in_picture(finder.centre)))
        };
        finders.retain(|finder| !taken(finder, &self.codes));
        let mut used = vec![false; finders.len()];
        for triple in triples(&finders, self.limits.triples) {
            if triple.members.iter().any(|&at| used.get(at).copied().unwrap_or(true)) {
                continue;
            }
            if self.limits.modules == 0 {
                break;
            }
            let before = self.codes.len();
            self.try_triple(levels, look, &triple);
            if self.codes.len() > before {
                for (used, finder) in used.iter_mut().zip(&finders) {
                    *used = *used || taken(finder, &self.codes);
                }
            }
        }
        finders.len()
    }

    fn try_triple(&mut self, levels: &mut Levels<'_>, look: Look, triple: &Triple) {
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
        let known = plain.known(patterns);
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
        self.partials.push(Partial {
            soft: again.unwrap_or_else(|| upright(clear)),
            version,
            corners,
            known,
        });
        false
    }

    fn why(&self, grey: &Grey<'_>) -> Why {
        let (mut sum, mut white, mut count) = (0u64, 0u64, 0u64);
        for y in (0..grey.height()).step_by((grey.height() / 64).max(1)) {
            for &pixel in grey.row(y) {
                sum += u64::from(pixel);
                white += u64::from(pixel >= 250);
                count += 1;
            }
        }
        let average = sum / count.max(1);
        match self.smallest {
            Some(module) if module < 1.5 => Why::TooSmall,
            Some(_) if white * 12 > count => Why::Glare,
            Some(_) => Why::Unreadable,
            None if average < 28 => Why::TooDark,
            // White paper is no reflection: only over parts of a code it hides one.
            None if self.finders >= 2 && white * 3 > count => Why::Glare,
            None if self.finders >= 2 => Why::Blurred,
            None => Why::NothingThere,
        }
    }
}

/// The text of a code whose modules these are.
pub(super) fn text_of(soft: &Soft, version: Version, patterns: &Patterns) -> Option<String> {
    header::formats(soft).into_iter().find_map(|format| {
        let data = codewords::corrected(soft, version, patterns, format)?;
        content::text(&data, version.number())
    })
}

/// Whether a place lies within a convex outline, in either sense of turning.
fn contains(outline: &[Point; 4], place: Point) -> bool {
    let [a, b, c, d] = *outline;
    let turns = [(a, b), (b, c), (c, d), (d, a)].map(|(from, to)| to.minus(from).cross(place.minus(from)));
    turns.iter().all(|&turn| turn >= 0.0) || turns.iter().all(|&turn| turn <= 0.0)
}
