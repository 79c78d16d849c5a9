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
        let (left, top) = (middle.x.floor() - 3.0, middle.y.floor() - 3.0);
        let sampled = |off: Point| {
            let values = (0..49u8).map(move |at| {
                let place = Point::new(left + f32::from(at % 7) + 0.5, top + f32::from(at / 7) + 0.5);
                let seen = self.at(place.plus(off));
                grey.at(seen.x, seen.y)
            });
            let mut all = [0f32; 49];
            all.iter_mut().zip(values).for_each(|(to, value)| *to = value);
            all
        };
        let here = sampled(guess);
        let (low, high) =
            here.iter().fold((f32::MAX, f32::MIN), |(low, high), &it| (low.min(it), high.max(it)));
        let level = (low + high) / 2.0;
        let clear = |values: [f32; 49]| values.iter().map(|value| (value - level).abs()).sum::<f32>();
        let mut best = (clear(here) * 1.015, guess);
        for (dx, dy) in (0..25i8).map(|at| (f32::from(at % 5 - 2) * 0.22, f32::from(at / 5 - 2) * 0.22)) {
            let off = guess.plus(Point::new(dx, dy));
            let worth = clear(sampled(off));
            if worth > best.0 {
                best = (worth, off);
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
