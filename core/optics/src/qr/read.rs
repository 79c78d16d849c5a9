//! Reading QR codes from pictures and camera frames.
//!
//! A picture is looked at in several ways ([`looks`]): at sizes of its own and smaller, sharpened, parted into dark and
//! light by one rule or another. Each look finds finder patterns, joins them in threes, lays a grid over each three and
//! decodes what lies in it, until a code of ours was read. All of it is bounded by counts, none of it by a clock.

mod binarise;
mod bitmap;
mod codewords;
mod content;
mod finder;
mod frame;
mod grey;
mod grid;
mod header;
mod modules;
mod patterns;
mod plane;
mod reed_solomon;
mod triple;
mod version;

pub use frame::{Frame, Turn};
pub use plane::Point;

use std::fmt;
use std::rc::Rc;

use self::grey::Grey;
use self::{
    binarise::{Binariser, binarise},
    finder::Search,
    grid::{Grid, Outline},
    modules::{Levelled, Sampled, Soft},
    patterns::Patterns,
    triple::{Triple, triples},
    version::Version,
};
use crate::picture::{Luma, PictureError, luma};

/// How long to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// For each frame of a running camera: the next one comes soon.
    Fast,
    /// For pictures, and for some of the frames.
    Thorough,
}

/// A code that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Code {
    /// What it says.
    pub text: String,
    /// Its corners in the picture, in pixels: upper left, upper right, lower right and lower left as it is drawn.
    pub corners: [Point; 4],
}

impl Code {
    /// Whether it is one of ours.
    #[must_use]
    pub fn is_pass(&self) -> bool {
        self.text.starts_with(super::OURS)
    }
}

/// Why nothing was read, as far as it can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// There is nothing that looks like a part of a code.
    NothingThere,
    /// The picture is black, or nearly.
    TooDark,
    /// So much is white that a reflection may hide the code.
    Glare,
    /// There is a code, of modules less than a pixel and a half wide.
    TooSmall,
    /// There is a code, and its edges are washed out.
    Blurred,
    /// There is a code, and more of it is covered, bent or damaged than it can bear.
    Unreadable,
}

impl Why {
    /// Stable machine-readable name.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NothingThere => "nothing_there",
            Self::TooDark => "too_dark",
            Self::Glare => "glare",
            Self::TooSmall => "too_small",
            Self::Blurred => "blurred",
            Self::Unreadable => "unreadable",
        }
    }
}

impl fmt::Display for Why {
    /// What is wrong and what helps, in a sentence or two.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NothingThere => "No QR code is to be seen. Is all of it in the picture?",
            Self::TooDark => "It is too dark. Switch the light on.",
            Self::Glare => "A reflection hides the code. Tilt it a little.",
            Self::TooSmall => "The code is too small in the picture. Go closer.",
            Self::Blurred => "The code is blurred. Hold still, a little farther away.",
            Self::Unreadable => {
                "There is a QR code, but too much of it is covered, bent or damaged. Hold it flat and whole."
            }
        })
    }
}

/// What a picture shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// The codes, without duplicates. Of codes that are not ours some may be missing where one of ours was read.
    pub codes: Vec<Code>,
    /// If there are none: why.
    pub why: Option<Why>,
}

/// A code that was found and not read: what it looked like.
#[derive(Debug, Clone)]
pub(super) struct Partial {
    soft: Soft,
    version: Version,
    corners: [Point; 4],
    /// The share of modules that are alike in all codes and were as they should be.
    known: f32,
}

impl Partial {
    /// Whether another sight seems to be of the same code, not far from where this one was.
    pub(super) fn is_of_same_code(&self, other: &Partial) -> bool {
        let middle =
            |corners: &[Point; 4]| corners.iter().fold(Point::default(), |sum, &it| sum.plus(it)).times(0.25);
        let [a, _, c, _] = self.corners;
        let near = middle(&self.corners).distance(middle(&other.corners)) < 0.7 * a.distance(c);
        self.version == other.version && near && self.soft.likeness(&other.soft) > LEAST_LIKENESS
    }
}

/// Sights of one code are at least so much alike, from -1 to 1. Sights of different ones are at about 0.2, for the
/// patterns that all codes have.
const LEAST_LIKENESS: f32 = 0.35;

/// Adds another sight of the same code, and reads both together if that can be done.
pub(super) fn join(sights: &mut Partial, sight: &Partial) -> Option<Code> {
    sights.soft.add(&sight.soft, sight.known * 2.0 - 1.0);
    sights.corners = sight.corners;
    let patterns = Patterns::of(sights.version);
    let text = text_of(&sights.soft, sights.version, &patterns)?;
    Some(Code { text, corners: sight.corners })
}

/// The longer side of the largest picture that is looked at whole first, in pixels.
const COMFORTABLE_SIDE: usize = 2048;

/// Below this longer side nothing is made smaller any more.
const TINY_SIDE: usize = 160;

/// Up to this longer side a picture is also looked at in twice its size.
const SMALL_SIDE: usize = 1300;

/// Narrower pictures hold no code.
const SMALLEST_CODE: usize = 21;

/// The share of known modules that must be as they should, or there is no code there.
const LEAST_KNOWN: f32 = 0.72;

/// With a smaller share it is not worth while to look where the modules have moved to.
const LEAST_SETTLED: f32 = 0.6;

/// Looks in which a code at one place is tried.
const MOST_TRIES: usize = 4;

/// Above this size of modules, in pixels, they are sampled in a smaller picture.
const LARGE_MODULE: f32 = 9.0;

/// One way to look at a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    size: Size,
    change: Change,
    binariser: Binariser,
}

impl Look {
    /// The deviation of the grain that is left of the picture's own.
    fn noise(self, noise: f32) -> f32 {
        let by_size = match self.size {
            Size::Shrunk(factor) => 1.0 / factor as f32,
            Size::Doubled => 0.75,
        };
        let by_change = match self.change {
            Change::None => 1.0,
            Change::Sharpened => 2.5,
            Change::Smoothed => 0.5,
        };
        noise * by_size * by_change
    }
}

/// What is done to a picture before dark is told from light.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    None,
    /// Edges made stronger, against blur.
    Sharpened,
    /// Neighbours mixed, against grain.
    Smoothed,
}

/// From so much noise on, in levels, pictures are smoothed first.
const GRAINY: f32 = 7.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Size {
    /// By this factor smaller.
    Shrunk(usize),
    Doubled,
}

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

/// The ways to look at a picture of this size and noise, in the order in which they are tried.
fn looks(width: usize, height: usize, noise: f32, effort: Effort) -> Vec<Look> {
    use Binariser::{Blocks, Mean};
    use Change::{None, Sharpened, Smoothed};
    let longest = width.max(height);
    let base = longest.div_ceil(COMFORTABLE_SIDE).max(1);
    let mut looks: Vec<Look> = Vec::new();
    let mut add = |size: Size, change: Change, binariser: Binariser| {
        let enough = match size {
            Size::Shrunk(factor) => {
                factor == base
                    || (longest / factor >= TINY_SIDE && width.min(height) / factor >= SMALLEST_CODE)
            }
            Size::Doubled => longest <= SMALL_SIDE,
        };
        let look = Look { size, change, binariser };
        if enough && !looks.contains(&look) {
            looks.push(look);
        }
    };
    let grainy = noise > GRAINY;
    add(Size::Shrunk(base), if grainy { Smoothed } else { None }, Blocks);
    add(Size::Shrunk(2 * base), None, Blocks);
    if effort == Effort::Thorough {
        if grainy {
            add(Size::Shrunk(2 * base), Smoothed, Blocks);
            add(Size::Shrunk(3 * base), None, Blocks);
            add(Size::Shrunk(base), Smoothed, Mean);
            add(Size::Shrunk(2 * base), Smoothed, Mean);
        } else {
            add(Size::Shrunk(2 * base), Sharpened, Blocks);
            add(Size::Shrunk(base), None, Mean);
            add(Size::Shrunk(2 * base), None, Mean);
            add(Size::Doubled, None, Blocks);
            add(Size::Shrunk(base), Sharpened, Blocks);
        }
        add(Size::Shrunk(3 * base), None, Blocks);
        add(Size::Shrunk(4 * base), None, Blocks);
        add(Size::Shrunk(base.div_ceil(2)), None, Blocks);
        add(Size::Shrunk(1), None, Blocks);
        add(Size::Shrunk(8 * base), None, Blocks);
    }
    looks
}

/// The picture in the sizes that were asked for so far.
struct Levels<'a> {
    whole: &'a Grey<'a>,
    made: Vec<(Size, Change, Rc<Grey<'a>>)>,
}

impl<'a> Levels<'a> {
    /// The picture so changed, and by what places in it are to be multiplied. `None` if nothing would be left.
    fn get(&mut self, size: Size, change: Change) -> Option<(Rc<Grey<'a>>, f32)> {
        let zoom = match size {
            Size::Shrunk(factor) => factor as f32,
            Size::Doubled => 0.5,
        };
        if let Some((_, _, grey)) = self.made.iter().find(|made| (made.0, made.1) == (size, change)) {
            return Some((Rc::clone(grey), zoom));
        }
        let made: Grey<'a> = match (change, size) {
            (Change::Sharpened, _) => self.get(size, Change::None)?.0.sharpened(2),
            (Change::Smoothed, _) => self.get(size, Change::None)?.0.smoothed(),
            (Change::None, Size::Shrunk(1)) => self.whole.clone(),
            // A quarter is half of a half.
            (Change::None, Size::Shrunk(factor)) if factor % 2 == 0 => {
                self.get(Size::Shrunk(factor / 2), Change::None)?.0.shrunk(2)?
            }
            (Change::None, Size::Shrunk(factor)) => self.whole.shrunk(factor)?,
            (Change::None, Size::Doubled) => self.whole.doubled(),
        };
        let made = Rc::new(made);
        self.made.push((size, change, Rc::clone(&made)));
        Some((made, zoom))
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

/// The codes in a picture.
#[must_use]
pub fn read_luma(picture: &Luma, effort: Effort) -> Reading {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let whole = picture.pixels.len() as u64 == u64::from(picture.width) * u64::from(picture.height);
    match Grey::new(&picture.pixels, width, height, width).filter(|_| whole) {
        Some(grey) => read(&grey, effort).0,
        None => Reading { codes: Vec::new(), why: Some(Why::NothingThere) },
    }
}

/// The codes in a frame of a camera, `row_stride` bytes from one row to the next. It is read where it lies.
///
/// # Errors
/// As [`Frame::new`].
pub fn read_frame(
    luma: &[u8],
    width: u32,
    height: u32,
    row_stride: u32,
    effort: Effort,
) -> Result<Reading, PictureError> {
    Ok(Frame::new(luma, width, height, row_stride)?.read(effort).0)
}

/// The codes in a picture file; see [`luma`] for what can be decoded.
///
/// # Errors
/// [`PictureError`] if the picture cannot be decoded. A picture without a code is no error.
pub fn read_picture(bytes: &[u8]) -> Result<Reading, PictureError> {
    Ok(read_luma(&luma(bytes)?, Effort::Thorough))
}

/// The texts of the codes in a picture file; see [`read_picture`].
///
/// # Errors
/// As [`read_picture`].
pub fn codes_in_picture(bytes: &[u8]) -> Result<Vec<String>, PictureError> {
    Ok(read_picture(bytes)?.codes.into_iter().map(|code| code.text).collect())
}

/// The first of `codes` that looks like a pass, which is one that begins with `GH1:`.
#[must_use]
pub fn first_pass(codes: &[String]) -> Option<&str> {
    codes.iter().map(String::as_str).find(|code| code.starts_with(super::OURS))
}

/// Reads the codes in a picture, and keeps what was found of others.
pub(super) fn read(grey: &Grey<'_>, effort: Effort) -> (Reading, Vec<Partial>) {
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
fn text_of(soft: &Soft, version: Version, patterns: &Patterns) -> Option<String> {
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

#[cfg(test)]
mod tests;
