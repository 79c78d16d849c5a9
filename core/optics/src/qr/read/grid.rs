//! Where the modules of a code are.

use super::bends::Bends;
use super::finder::MIDDLE;
use super::grey::Grey;
use super::plane::{Point, Projection};
use super::version::Version;

/// A grid laid over a code.
pub(super) struct Grid {
    pub(super) version: Version,
    pub(super) plane: Projection,
    pub(super) bends: Bends,
    /// By how much places are moved on the code before that, in modules.
    pub(super) slips: Bends,
    /// By what places are multiplied at the end.
    pub(super) zoom: f32,
}

impl Grid {
    /// In the picture's own size, modules where plane and bends have them.
    pub(super) fn new(version: Version, plane: Projection, bends: Bends) -> Self {
        Self { version, plane, bends, slips: Bends::none(), zoom: 1.0 }
    }

    /// Where a place on the code, in modules, is seen.
    #[inline]
    pub(super) fn at(&self, place: Point) -> Point {
        let place = place.plus(self.slips.at(place));
        self.plane.at(place).plus(self.bends.at(place)).times(self.zoom)
    }

    /// The same grid moved, part by part, to where its modules are told apart best: in a module's middle grey is
    /// farthest from the middle of dark and light. From the upper left pattern outwards, so that each part begins where
    /// those before it ended.
    pub(super) fn settled(&self, grey: &Grey<'_>) -> Self {
        /// Modules from one part's middle to the next.
        const PART: f32 = 6.0;
        let far = self.version.side() as f32 - MIDDLE;
        let count = ((far - MIDDLE) / PART).round().max(1.0) as usize + 1;
        let step = (far - MIDDLE) / (count - 1) as f32;
        let lines: Vec<f32> = (0..count).map(|at| MIDDLE + at as f32 * step).collect();
        let mut off = vec![Point::default(); count * count];
        for round in 0..2 * count - 1 {
            for j in 0..count {
                let Some(i) = round.checked_sub(j).filter(|&i| i < count) else { continue };
                let before = |i: Option<usize>, j: Option<usize>| Some(*off.get(j? * count + i?)?);
                let guess = match (before(i.checked_sub(1), Some(j)), before(Some(i), j.checked_sub(1))) {
                    (Some(left), Some(above)) => left.plus(above).times(0.5),
                    (Some(one), None) | (None, Some(one)) => one,
                    (None, None) => Point::default(),
                };
                let (Some(&u), Some(&v)) = (lines.get(i), lines.get(j)) else { continue };
                let found = self.slip(grey, Point::new(u, v), guess);
                if let Some(place) = off.get_mut(j * count + i) {
                    *place = found;
                }
            }
        }
        Self { slips: Bends { lines, off }, bends: self.bends.clone(), ..*self }
    }

    /// By how much the modules around a place are off, near a guess.
    fn slip(&self, grey: &Grey<'_>, middle: Point, guess: Point) -> Point {
        /// Modules a side that are looked at, and how many steps of two sizes, in modules.
        const WIDE: u8 = 5;
        const STEPS: [f32; 2] = [0.4, 0.2];
        let middle = Point::new(middle.x.floor() + 0.5, middle.y.floor() + 0.5);
        // So near to each other the grid is straight.
        let seen = self.at(middle);
        let right = self.at(middle.plus(Point::new(1.0, 0.0))).minus(seen);
        let down = self.at(middle.plus(Point::new(0.0, 1.0))).minus(seen);
        let sampled = |off: Point| {
            let mut all = [0f32; (WIDE * WIDE) as usize];
            for (at, value) in (0..WIDE * WIDE).zip(&mut all) {
                let x = f32::from(at % WIDE) - f32::from(WIDE / 2) + off.x;
                let y = f32::from(at / WIDE) - f32::from(WIDE / 2) + off.y;
                let place = seen.plus(right.times(x)).plus(down.times(y));
                *value = grey.at(place.x, place.y);
            }
            all
        };
        let here = sampled(guess);
        let (low, high) =
            here.iter().fold((f32::MAX, f32::MIN), |(low, high), &it| (low.min(it), high.max(it)));
        let level = (low + high) / 2.0;
        let clear = |off: Point| sampled(off).iter().map(|value| (value - level).abs()).sum::<f32>();
        let mut best = (clear(guess) * 1.015, guess);
        for step in STEPS {
            let around = best.1;
            for at in [0, 1, 2, 3, 5, 6, 7, 8u8] {
                let (x, y) = (f32::from(at % 3) - 1.0, f32::from(at / 3) - 1.0);
                let off = around.plus(Point::new(x * step, y * step));
                let worth = clear(off);
                if worth > best.0 {
                    best = (worth, off);
                }
            }
        }
        best.1
    }

    /// The same grid in a picture of another size.
    pub(super) fn zoomed(&self, zoom: f32) -> Self {
        Self { zoom: self.zoom * zoom, bends: self.bends.clone(), slips: self.slips.clone(), ..*self }
    }

    /// The code's corners: upper left, upper right, lower right, lower left as it is drawn.
    pub(super) fn corners(&self) -> [Point; 4] {
        let side = self.version.side() as f32;
        [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)].map(|(u, v)| self.at(Point::new(u, v)))
    }

    /// A module's size in pixels, in the middle of the code.
    pub(super) fn module(&self) -> f32 {
        let middle = self.version.side() as f32 / 2.0;
        let (right, down) = self.plane.steps(Point::new(middle, middle));
        right.cross(down).abs().sqrt() * self.zoom
    }
}
