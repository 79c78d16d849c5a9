//! One look at a picture after the other, until a code of ours was read.

mod candidate;

use std::rc::Rc;

use super::binarise::binarise;
use super::finder::{self, Search};
use super::grey::Grey;
use super::limits::Limits;
use super::look::{Change, Levels, Look, SMALLEST_CODE, Size, looks, looks_at_part};
use super::patterns::Patterns;
use super::plane::Point;
use super::regions::{Region, regions};
use super::sight::Sight;
use super::triple::triples;
use super::version::Version;
use super::{Code, Effort, Reading, Why};

/// From so many pixels on half of the size tells where a code may be.
const LARGE_PICTURE: usize = 640 * 480;

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
    sights: Vec<Sight>,
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
pub(in crate::qr) fn read(grey: &Grey<'_>, effort: Effort) -> (Reading, Vec<Sight>) {
    let (width, height) = (grey.width(), grey.height());
    let mut state = State {
        effort,
        limits: Limits::of(effort, width * height),
        codes: Vec::new(),
        sights: Vec::new(),
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
    (Reading { codes: state.codes, why }, state.sights)
}

/// The parts of a picture in which a code may be, at most `most`. What is full of grain is made smaller for that.
pub(super) fn dense(grey: &Grey<'_>, most: usize) -> Vec<Region> {
    let noise = grey.noise();
    let least = factor_for_parts(grey.width() * grey.height());
    let parts = |factor: usize| {
        let small = grey.shrunk(factor)?;
        let parts = regions(&small, noise / factor as f32, most);
        let parts: Vec<Region> = parts.into_iter().map(|part| part.enlarged(factor)).collect();
        (!parts.is_empty()).then_some(parts)
    };
    [least, 2 * least, 4 * least].into_iter().find_map(parts).unwrap_or_default()
}

/// By what a picture is made smaller before parts of it are looked for.
fn factor_for_parts(pixels: usize) -> usize {
    if pixels > LARGE_PICTURE { 2 } else { 1 }
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
        let factor = factor_for_parts(levels.pixels(Size::Shrunk(1)));
        let Some((grey, _)) = levels.get(Size::Shrunk(factor), Change::None) else { return Vec::new() };
        let parts = regions(&grey, self.noise / factor as f32, self.limits.regions);
        parts.into_iter().map(|part| part.enlarged(factor)).collect()
    }

    /// How many finder patterns were found.
    fn look(&mut self, levels: &mut Levels<'_>, look: Look) -> usize {
        let Some((grey, zoom)) = levels.get(look.size, look.change) else { return 0 };
        let bitmap = binarise(&grey, look.binariser, look.noise(self.noise));
        let full = matches!(look.size, Size::Shrunk(1) | Size::Doubled);
        let step = if full { self.limits.step } else { 2 };
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

/// Whether a place lies within a convex outline, in either sense of turning.
fn contains(outline: &[Point; 4], place: Point) -> bool {
    let [a, b, c, d] = *outline;
    let turns = [(a, b), (b, c), (c, d), (d, a)].map(|(from, to)| to.minus(from).cross(place.minus(from)));
    turns.iter().all(|&turn| turn >= 0.0) || turns.iter().all(|&turn| turn <= 0.0)
}
