//! How far the places of a bent code lie from where a flat one would have them.

use super::plane::{Point, Projection, Seen};

/// How far places lie from where a flat code would have them.
#[derive(Debug, Clone)]
pub(super) struct Bends {
    /// Where lines of known places lie, in modules, across and down alike.
    pub(super) lines: Vec<f32>,
    /// At their crossings, row by row, in pixels.
    pub(super) off: Vec<Point>,
}

impl Bends {
    pub(super) fn none() -> Self {
        Self { lines: Vec::new(), off: Vec::new() }
    }

    /// With one alignment pattern: what is left at its place goes to nothing at the finder patterns.
    pub(super) fn single(far: Point, left_over: Point) -> Self {
        let none = Point::default();
        Self { lines: vec![6.5, far.x], off: vec![none, none, none, left_over] }
    }

    /// Through all patterns that were seen. A place that was not seen has the average of its neighbours.
    pub(super) fn through(places: &[usize], seen: &[Seen], plane: &Projection) -> Self {
        let lines: Vec<f32> = places.iter().map(|&place| place as f32 + 0.5).collect();
        let count = lines.len();
        let near = |u: f32, v: f32| {
            let at = seen.iter().find(|one| {
                // The finder patterns' inner corners are half a module beside where alignment patterns would be.
                (one.on_code.x - u).abs() < 0.6 && (one.on_code.y - v).abs() < 0.6
            })?;
            Some(at.in_picture.minus(plane.at(at.on_code)))
        };
        let mut off: Vec<Option<Point>> =
            lines.iter().flat_map(|&v| lines.iter().map(move |&u| (u, v))).map(|(u, v)| near(u, v)).collect();
        // Twice, so that a place without neighbours gets something, too.
        for _ in 0..2 {
            let known = off.clone();
            for (at, place) in off.iter_mut().enumerate().filter(|(_, place)| place.is_none()) {
                let (x, y) = (at % count, at / count);
                let (mut sum, mut number) = (Point::default(), 0.0);
                for (dx, dy) in [(1isize, 0isize), (-1, 0), (0, 1), (0, -1)] {
                    let (Some(x), Some(y)) = (x.checked_add_signed(dx), y.checked_add_signed(dy)) else {
                        continue;
                    };
                    if x < count
                        && let Some(Some(near)) = known.get(y * count + x)
                    {
                        sum = sum.plus(*near);
                        number += 1.0;
                    }
                }
                if number > 0.0 {
                    *place = Some(sum.times(1.0 / number));
                }
            }
        }
        Self { lines, off: off.into_iter().map(Option::unwrap_or_default).collect() }
    }

    /// Between four known places evenly; beyond the outermost as between the last two.
    pub(super) fn at(&self, place: Point) -> Point {
        let (Some((i, a)), Some((j, b))) = (self.between(place.x), self.between(place.y)) else {
            return Point::default();
        };
        let count = self.lines.len();
        let off = |i: usize, j: usize| self.off.get(j * count + i).copied().unwrap_or_default();
        let upper = off(i, j).times(1.0 - a).plus(off(i + 1, j).times(a));
        let lower = off(i, j + 1).times(1.0 - a).plus(off(i + 1, j + 1).times(a));
        upper.times(1.0 - b).plus(lower.times(b))
    }

    /// The line before a place, and how far to the next it is. A little beyond the ends goes on as it was.
    fn between(&self, at: f32) -> Option<(usize, f32)> {
        let last = self.lines.len().checked_sub(2)?;
        let before = self.lines.iter().skip(1).take(last).filter(|&&line| line < at).count();
        let (start, end) = (*self.lines.get(before)?, *self.lines.get(before + 1)?);
        Some((before, ((at - start) / (end - start)).clamp(-0.5, 1.5)))
    }
}
