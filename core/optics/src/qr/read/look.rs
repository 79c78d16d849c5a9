//! The ways in which a picture is looked at: its size, what is done to it first, and how dark is told from light.

use std::rc::Rc;

use super::Effort;
use super::binarise::Binariser;
use super::grey::Grey;
use super::plane::Point;
use super::regions::Region;

/// The longer side of the largest picture that is looked at whole first, in pixels.
const COMFORTABLE_SIDE: usize = 2048;

/// Above this longer side half the size is looked at first: it is a quarter of the work, and shows most codes.
const HALF_FIRST: usize = 1000;

/// Below this longer side nothing is made smaller any more.
const TINY_SIDE: usize = 160;

/// Up to this longer side a part is also looked at in twice its size.
const SMALL_SIDE: usize = 640;

/// Narrower pictures hold no code.
pub(super) const SMALLEST_CODE: usize = 21;

/// Up to this longer side a part is looked at in twice its size early.
const TINY_PART: usize = 200;

/// One way to look at a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) size: Size,
    pub(super) change: Change,
    pub(super) binariser: Binariser,
}

impl Look {
    /// The deviation of the grain that is left of the picture's own.
    pub(super) fn noise(self, noise: f32) -> f32 {
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
pub(super) enum Change {
    None,
    /// Edges made stronger, against blur.
    Sharpened,
    /// Neighbours mixed, against grain.
    Smoothed,
}

/// From so much noise on, in levels, pictures are smoothed first.
pub(super) const GRAINY: f32 = 7.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    /// By this factor smaller.
    Shrunk(usize),
    Doubled,
}

impl Size {
    /// By what places in it are to be multiplied.
    fn zoom(self) -> f32 {
        match self {
            Self::Shrunk(factor) => factor as f32,
            Self::Doubled => 0.5,
        }
    }
}

/// The ways to look at a whole picture of this size and noise, in the order in which they are tried.
pub(super) fn looks(width: usize, height: usize, noise: f32, effort: Effort) -> Vec<Look> {
    use Binariser::Blocks;
    use Change::{None, Smoothed};
    let longest = width.max(height);
    let base = longest.div_ceil(COMFORTABLE_SIDE).max(1);
    let mut looks: Vec<Look> = Vec::new();
    let mut add = |factor: usize, change: Change, binariser: Binariser| {
        let enough =
            factor == base || (longest / factor >= TINY_SIDE && width.min(height) / factor >= SMALLEST_CODE);
        let look = Look { size: Size::Shrunk(factor), change, binariser };
        if enough && !looks.contains(&look) {
            looks.push(look);
        }
    };
    let grainy = noise > GRAINY;
    let full = if grainy { Smoothed } else { None };
    if longest / base > HALF_FIRST {
        add(2 * base, None, Blocks);
        add(base, full, Blocks);
    } else {
        add(base, full, Blocks);
        add(2 * base, None, Blocks);
    }
    add(4 * base, None, Blocks);
    if effort == Effort::Thorough {
        add(8 * base, None, Blocks);
    }
    looks
}

/// The ways to look at a part of a picture, in which edges are dense.
pub(super) fn looks_at_part(width: usize, height: usize, noise: f32, effort: Effort) -> Vec<Look> {
    use Binariser::{Blocks, Mean};
    use Change::{None, Sharpened, Smoothed};
    let look = |size, change, binariser| Look { size, change, binariser };
    let (full, half) = (Size::Shrunk(1), Size::Shrunk(2));
    let mut looks = if noise > GRAINY {
        vec![
            look(full, Smoothed, Mean),
            look(half, Smoothed, Mean),
            look(half, Smoothed, Blocks),
            look(full, None, Blocks),
        ]
    } else {
        vec![
            look(half, Sharpened, Blocks),
            look(full, None, Mean),
            look(half, None, Mean),
            look(Size::Doubled, None, Blocks),
            look(full, Sharpened, Blocks),
        ]
    };
    if width.max(height) <= TINY_PART {
        // What is so small has small modules.
        looks.insert(1, look(Size::Doubled, None, Blocks));
    }
    if effort == Effort::Fast {
        looks.truncate(2);
    }
    if width.max(height) > SMALL_SIDE {
        looks.retain(|look| look.size != Size::Doubled);
    }
    looks
}

/// The picture in the sizes that were asked for so far.
pub(super) struct Levels<'a> {
    whole: &'a Grey<'a>,
    /// Where it lies in the picture that it is a part of, in pixels.
    origin: Point,
    made: Vec<(Size, Change, Rc<Grey<'a>>)>,
}

impl<'a> Levels<'a> {
    pub(super) fn new(whole: &'a Grey<'a>, origin: Point) -> Self {
        Self { whole, origin, made: Vec::new() }
    }

    pub(super) fn places_of(&self, size: Size) -> Places {
        self.places(size.zoom())
    }

    /// Where places of a level are in the picture, by what they are to be multiplied.
    pub(super) fn places(&self, zoom: f32) -> Places {
        Places { zoom, origin: self.origin }
    }

    /// The whole picture, if it is too small to have parts.
    pub(super) fn tiny(&self) -> Option<Region> {
        let (width, height) = (self.whole.width(), self.whole.height());
        (width.max(height) <= TINY_PART).then_some(Region { left: 0, top: 0, width, height })
    }

    /// Pixels that a look goes over.
    pub(super) fn pixels(&self, size: Size) -> usize {
        let area = self.whole.width() * self.whole.height();
        match size {
            Size::Shrunk(factor) => area / (factor * factor),
            Size::Doubled => 4 * area,
        }
    }

    /// The picture so changed, and by what places in it are to be multiplied. `None` if nothing would be left.
    pub(super) fn get(&mut self, size: Size, change: Change) -> Option<(Rc<Grey<'a>>, f32)> {
        let zoom = size.zoom();
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

/// How places of a level of a part become those of the picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places {
    pub(super) zoom: f32,
    origin: Point,
}

impl Places {
    pub(super) fn in_picture(self, place: Point) -> Point {
        place.times(self.zoom).plus(self.origin)
    }
}
