//! The ways in which a picture is looked at: its size, what is done to it first, and how dark is told from light.

use std::rc::Rc;

use super::Effort;
use super::binarise::Binariser;
use super::grey::Grey;

/// The longer side of the largest picture that is looked at whole first, in pixels.
const COMFORTABLE_SIDE: usize = 2048;

/// Below this longer side nothing is made smaller any more.
const TINY_SIDE: usize = 160;

/// Up to this longer side a picture is also looked at in twice its size.
const SMALL_SIDE: usize = 1300;

/// Narrower pictures hold no code.
pub(super) const SMALLEST_CODE: usize = 21;

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

/// The ways to look at a picture of this size and noise, in the order in which they are tried.
pub(super) fn looks(width: usize, height: usize, noise: f32, effort: Effort) -> Vec<Look> {
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
pub(super) struct Levels<'a> {
    pub(super) whole: &'a Grey<'a>,
    pub(super) made: Vec<(Size, Change, Rc<Grey<'a>>)>,
}

impl<'a> Levels<'a> {
    /// The picture so changed, and by what places in it are to be multiplied. `None` if nothing would be left.
    pub(super) fn get(&mut self, size: Size, change: Change) -> Option<(Rc<Grey<'a>>, f32)> {
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
