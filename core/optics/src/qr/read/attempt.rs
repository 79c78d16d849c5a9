//! One look at a picture after the other, until a code of ours was read.

use super::binarise::binarise;
use super::finder::{self, Search};
use super::grey::Grey;
use super::grid::Grid;
use super::look::{Change, GRAINY, Levels, Look, SMALLEST_CODE, Size, looks};
use super::modules::{Levelled, Sampled, Soft};
use super::outline::Outline;
use super::patterns::Patterns;
use super::plane::Point;
use super::sight::Partial;
use super::triple::{Triple, triples};
use super::version::Version;
use super::{Code, Effort, Reading, Why, codewords, content, header};

/// The share of known modules that must be as they should, or there is no code there.
const LEAST_KNOWN: f32 = 0.72;

/// With a smaller share it is not worth while to look where the modules have moved to.
const LEAST_SETTLED: f32 = 0.6;

/// Looks in which a code at one place is tried.
const MOST_TRIES: usize = 4;

/// Above this size of modules, in pixels, they are sampled in a smaller picture.
const LARGE_MODULE: f32 = 9.0;

/// What a read may cost.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// Triples of finder patterns looked at in a look.
    triples: usize,
    /// Grids tried for each of them.
    grids: usize,
    /// Finder patterns kept, and places looked at closely, in a look.
    finders: usize,
    closely: usize,
    /// Grids in which decoding was tried, all looks together.
    decodings: usize,
}

impl Limits {
    fn of(effort: Effort) -> Self {
        match effort {
            Effort::Fast => Self { triples: 10, grids: 1, finders: 40, closely: 4_000, decodings: 8 },
            Effort::Thorough => Self { triples: 40, grids: 2, finders: 64, closely: 20_000, decodings: 48 },
        }
    }
}

/// What is known so far.
struct State {
    effort: Effort,
    limits: Limits,
    codes: Vec<Code>,
    partials: Vec<Partial>,
    /// Where decoding was tried: version, middle of the code, and how often.
    tried: Vec<(Version, Point, usize)>,
    noise: f32,
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
        limits: Limits::of(effort),
        codes: Vec::new(),
        partials: Vec::new(),
        tried: Vec::new(),
        noise: grey.noise(),
        finders: 0,
        smallest: None,
    };
    if width.min(height) >= SMALLEST_CODE {
        let mut levels = Levels { whole: grey, made: Vec::new() };
        for look in looks(width, height, state.noise, effort) {
            state.look(&mut levels, look);
            if state.limits.decodings == 0 || state.codes.iter().any(Code::is_pass) {
                break;
            }
        }
    }
    let why = state.codes.is_empty().then(|| state.why(grey));
    (Reading { codes: state.codes, why }, state.partials)
}

impl State {
    fn look(&mut self, levels: &mut Levels<'_>, look: Look) {
        let Some((grey, zoom)) = levels.get(look.size, look.change) else { return };
        let bitmap = binarise(&grey, look.binariser, look.noise(self.noise));
        let step = if look.size == Size::Doubled { 3 } else { 2 };
        let search = Search { step, most: self.limits.finders, closely: self.limits.closely };
        let mut finders = finder::find(&bitmap, search);
        self.finders = self.finders.max(finders.len());
        // What a code that was read has in it is no other code's.
        let taken = |finder: &finder::Finder, codes: &[Code]| {
            codes.iter().any(|code| contains(&code.corners, finder.centre.times(zoom)))
        };
        finders.retain(|finder| !taken(finder, &self.codes));
        let mut used = vec![false; finders.len()];
        for triple in triples(&finders, self.limits.triples) {
            if triple.members.iter().any(|&at| used.get(at).copied().unwrap_or(true)) {
                continue;
            }
            if self.limits.decodings == 0 {
                return;
            }
            let before = self.codes.len();
            self.try_triple(levels, look, &triple);
            if self.codes.len() > before {
                for (used, finder) in used.iter_mut().zip(&finders) {
                    *used = *used || taken(finder, &self.codes);
                }
            }
        }
    }

    fn try_triple(&mut self, levels: &mut Levels<'_>, look: Look, triple: &Triple) {
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
            if self.is_worn_out(&grid, zoom) {
                continue;
            }
            // What grain hides in full, the average of several pixels may show.
            let many = if self.noise > GRAINY && sizes[0] != sizes[1] { 2 } else { 1 };
            for size in sizes.into_iter().take(many) {
                let Some((grey, sampled_zoom)) = levels.get(size, Change::None) else { continue };
                let grid = grid.zoomed(zoom / sampled_zoom);
                if self.decode(&grey, &grid, inverted, sampled_zoom) {
                    return;
                }
            }
        }
    }

    /// Whether a code of that size was tried at that place so often that another look will not change it.
    fn is_worn_out(&mut self, grid: &Grid, zoom: f32) -> bool {
        let [a, b, c, d] = grid.corners();
        let middle = a.plus(b).plus(c).plus(d).times(zoom / 4.0);
        let near = 1.5 * grid.module() * zoom;
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
    fn decode(&mut self, grey: &Grey<'_>, grid: &Grid, inverted: bool, zoom: f32) -> bool {
        let patterns = Patterns::of(grid.version);
        let levelled = Sampled::of(grey, grid).plain(inverted);
        let known = levelled.soft().known(&patterns);
        if known >= LEAST_KNOWN && self.decode_levelled(&levelled, grid, &patterns, zoom) {
            return true;
        }
        // The paper may be bent where no pattern tells.
        if self.effort == Effort::Fast || known < LEAST_SETTLED {
            return false;
        }
        let settled = grid.settled(grey);
        let levelled = Sampled::of(grey, &settled).plain(inverted);
        let better = levelled.soft().known(&patterns);
        better > known.max(LEAST_KNOWN) && self.decode_levelled(&levelled, &settled, &patterns, zoom)
    }

    fn decode_levelled(&mut self, levelled: &Levelled, grid: &Grid, patterns: &Patterns, zoom: f32) -> bool {
        let version = grid.version;
        let plain = levelled.soft();
        if self.limits.decodings == 0 || header::version(&plain).is_some_and(|says| says != version) {
            return false;
        }
        self.limits.decodings -= 1;
        let corners = grid.corners().map(|corner| corner.times(zoom));
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
        if done(&clear) {
            return true;
        }
        // What is sure by now teaches what the known modules alone could not.
        let again = levelled.equalised(patterns, Some(&clear));
        if self.effort == Effort::Thorough && again.as_ref().is_some_and(&mut done) {
            return true;
        }
        let module = grid.module() * zoom;
        self.smallest = Some(self.smallest.map_or(module, |smallest| smallest.min(module)));
        let known = plain.known(patterns);
        self.partials.push(Partial { soft: again.unwrap_or(clear), version, corners, known });
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
            None if white * 3 > count => Why::Glare,
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
