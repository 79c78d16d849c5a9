//! Frames laid over each other: what grain, compression and a screen's pixels did to each averages out.
//!
//! A hand never holds still, so that each frame is first brought to where the last one has the same things: by trying
//! shifts in a small size, then by what differs along the edges, with turns and stretches (Lucas and Kanade).

use super::grey::Grey;
use super::plane::{Point, solve};
use super::regions::Region;

/// Frames kept beside the one that came last.
const MOST_FRAMES: usize = 4;

/// Larger frames are not kept, and larger parts not laid over each other.
const MOST_KEPT_PIXELS: usize = 4_000_000;
const MOST_PART_PIXELS: usize = 1_000_000;

/// Longer side of the small size in which shifts are tried, and how far, in its pixels.
const SMALL: usize = 56;
const FARTHEST: isize = 5;

/// Longer side of the size in which edges are compared, and how often.
const MIDDLING: usize = 220;
const ROUNDS: usize = 5;

/// Frames differ by at most this part of what pixels of one vary by, or they do not show the same.
const MOST_DIFFERENCE: f32 = 1.2;

/// One pixel counts no more than this many levels of difference.
const MOST_OFF: f32 = 60.0;

/// The last frames, as long as they are of one size.
#[derive(Debug, Default)]
pub(in crate::qr) struct Stack {
    frames: Vec<Kept>,
}

#[derive(Debug)]
struct Kept {
    pixels: Vec<u8>,
    width: usize,
    height: usize,
}

impl Stack {
    pub(super) fn keep(&mut self, grey: &Grey<'_>) {
        let (width, height) = (grey.width(), grey.height());
        self.frames.retain(|kept| (kept.width, kept.height) == (width, height));
        if width * height > MOST_KEPT_PIXELS {
            return;
        }
        let mut pixels =
            if self.frames.len() >= MOST_FRAMES { self.frames.remove(0).pixels } else { Vec::new() };
        pixels.clear();
        pixels.reserve_exact(width * height);
        grey.rows().for_each(|row| pixels.extend_from_slice(row));
        self.frames.push(Kept { pixels, width, height });
    }

    pub(in crate::qr) fn clear(&mut self) {
        self.frames.clear();
    }

    /// A part of a frame with the same parts of those before laid over it. `None` if none shows the same.
    pub(super) fn over(&self, grey: &Grey<'_>, part: Region) -> Option<Grey<'static>> {
        let Region { left, top, width, height } = part;
        let now = grey.part(left, top, width, height)?;
        let (width, height) = (now.width(), now.height());
        if width * height > MOST_PART_PIXELS {
            return None;
        }
        let mut sums: Vec<f32> = now.rows().flatten().map(|&pixel| f32::from(pixel)).collect();
        let mut count = 1.0;
        for kept in
            self.frames.iter().filter(|kept| (kept.width, kept.height) == (grey.width(), grey.height()))
        {
            let Some(before) = Grey::new(&kept.pixels, kept.width, kept.height, kept.width) else { continue };
            let Some(before) = before.part(left, top, width, height) else { continue };
            let Some(way) = Way::between(&now, &before) else { continue };
            for (y, row) in sums.chunks_exact_mut(width).enumerate() {
                let mut place = way.at(Point::new(0.5, y as f32 + 0.5));
                let step = way.across();
                for sum in row {
                    *sum += before.at(place.x, place.y);
                    place = place.plus(step);
                }
            }
            count += 1.0;
        }
        let pixels: Vec<u8> = sums.iter().map(|sum| (sum / count + 0.5) as u8).collect();
        (count > 1.0).then(|| Grey::of(pixels, width, height))
    }
}

/// Where places of one picture are in another: a shift, and what turns and stretches add to it with the distance from
/// the middle.
#[derive(Debug, Clone, Copy)]
struct Way {
    middle: Point,
    shift: Point,
    right: Point,
    down: Point,
}

impl Way {
    fn at(&self, place: Point) -> Point {
        let off = place.minus(self.middle);
        place.plus(self.shift).plus(self.right.times(off.x)).plus(self.down.times(off.y))
    }

    /// From a place to the next one on its right.
    fn across(&self) -> Point {
        Point::new(1.0 + self.right.x, self.right.y)
    }

    /// `None` if the pictures do not show the same.
    fn between(now: &Grey<'_>, before: &Grey<'_>) -> Option<Self> {
        let longest = now.width().max(now.height());
        let small = longest.div_ceil(SMALL);
        let shift = shift(&now.shrunk(small)?, &before.shrunk(small)?).times(small as f32);
        let factor = longest.div_ceil(MIDDLING);
        let (now, before) = (now.shrunk(factor)?.smoothed(), before.shrunk(factor)?.smoothed());
        let middle = Point::new(now.width() as f32 / 2.0, now.height() as f32 / 2.0);
        let none = Point::default();
        let mut way = Self { middle, shift: shift.times(1.0 / factor as f32), right: none, down: none };
        let edges = Edges::of(&now);
        for _ in 0..ROUNDS {
            way = edges.nearer(&before, way)?;
        }
        let whole = factor as f32;
        let same = edges.differ(&before, &way) < MOST_DIFFERENCE;
        same.then_some(Self { middle: middle.times(whole), shift: way.shift.times(whole), ..way })
    }
}

/// The shift in whole pixels at which two small pictures differ least.
fn shift(now: &Grey<'_>, before: &Grey<'_>) -> Point {
    let mut best = (f32::MAX, Point::default());
    for dy in -FARTHEST..=FARTHEST {
        for dx in -FARTHEST..=FARTHEST {
            let (mut sum, mut count) = (0u64, 0u64);
            for (y, row) in now.rows().enumerate() {
                let Some(y) = y.checked_add_signed(dy).filter(|&y| y < before.height()) else { continue };
                let from = dx.max(0) as usize;
                let other = before.row(y).iter().skip(from);
                for (a, b) in row.iter().skip((-dx).max(0) as usize).zip(other) {
                    let differs = u64::from(a.abs_diff(*b));
                    sum += differs * differs;
                    count += 1;
                }
            }
            let each = sum as f32 / count.max(1) as f32 * (1.0 + 0.002 * (dx * dx + dy * dy) as f32);
            if count > 0 && each < best.0 {
                best = (each, Point::new(dx as f32, dy as f32));
            }
        }
    }
    best.1
}

/// Places of a picture with their grey and how it changes there.
struct Edges {
    places: Vec<(Point, f32, Point)>,
    /// By how much the grey varies, squared.
    varies: f32,
}

impl Edges {
    /// Every other place of every other row.
    fn of(grey: &Grey<'_>) -> Self {
        let mut places = Vec::with_capacity(grey.width() * grey.height() / 4);
        let (mut sum, mut squares) = (0f32, 0f32);
        for y in (1..grey.height().saturating_sub(1)).step_by(2) {
            let (above, row, below) = (grey.row(y - 1), grey.row(y), grey.row(y + 1));
            for (x, three) in row.windows(3).enumerate().step_by(2) {
                let &[left, here, right] = three else { continue };
                let (Some(&up), Some(&down)) = (above.get(x + 1), below.get(x + 1)) else { continue };
                let half = |a: u8, b: u8| (f32::from(b) - f32::from(a)) / 2.0;
                let place = Point::new(x as f32 + 1.5, y as f32 + 0.5);
                places.push((place, f32::from(here), Point::new(half(left, right), half(up, down))));
                sum += f32::from(here);
                squares += f32::from(here) * f32::from(here);
            }
        }
        let count = places.len().max(1) as f32;
        Self { places, varies: (squares / count - (sum / count).powi(2)).max(0.0) }
    }

    /// A way on which the other picture differs less.
    fn nearer(&self, other: &Grey<'_>, way: Way) -> Option<Way> {
        // Shift, turns and stretches, and how much lighter the other is.
        let mut normal = [[0f64; 8]; 7];
        let mut rows = [[0f32; 8]; 7];
        for (at, &(place, grey, slope)) in self.places.iter().enumerate() {
            let seen = way.at(place);
            let off = (other.at(seen.x, seen.y) - grey).clamp(-MOST_OFF, MOST_OFF);
            // Distances as parts of a hundred pixels, so that all numbers are about as large.
            let far = place.minus(way.middle).times(0.01);
            let all = [
                slope.x,
                slope.y,
                slope.x * far.x,
                slope.y * far.x,
                slope.x * far.y,
                slope.y * far.y,
                1.0,
                off,
            ];
            for (sums, factor) in rows.iter_mut().zip(all) {
                sums.iter_mut().zip(all).for_each(|(sum, value)| *sum += factor * value);
            }
            // Small sums are added up exactly enough; many of them are not.
            if at % 512 == 511 || at + 1 == self.places.len() {
                for (sums, parts) in normal.iter_mut().zip(&mut rows) {
                    sums.iter_mut()
                        .zip(parts)
                        .for_each(|(sum, part)| *sum += f64::from(std::mem::take(part)));
                }
            }
        }
        for (at, row) in normal.iter_mut().enumerate() {
            if let Some(diagonal) = row.get_mut(at) {
                *diagonal += 1.0;
            }
        }
        let [x, y, rx, ry, dx, dy, _] = solve(normal)?.map(|it| it as f32);
        let step = |x: f32, y: f32| Point::new(x, y);
        Some(Way {
            shift: way.shift.minus(step(x, y)),
            right: way.right.minus(step(rx, ry).times(0.01)),
            down: way.down.minus(step(dx, dy).times(0.01)),
            ..way
        })
    }

    /// How much the other picture differs on a way, in parts of what this one's grey varies by, both squared.
    fn differ(&self, other: &Grey<'_>, way: &Way) -> f32 {
        let sum: f32 = self
            .places
            .iter()
            .map(|&(place, grey, _)| {
                let seen = way.at(place);
                (other.at(seen.x, seen.y) - grey).powi(2)
            })
            .sum();
        sum / self.places.len().max(1) as f32 / (self.varies + 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::tests::Noise;
    use crate::qr::tests::{PASS, code, lay, paper, turned};

    #[test]
    fn frames_held_a_little_otherwise_are_laid_over_each_other() {
        let page = |degrees: f64, left: u32, top: u32| {
            let mut wall = paper(420, 420, 150);
            let code = turned(&code(PASS, 4), degrees);
            lay(&mut wall, &code, left, top);
            wall
        };
        let mut noise = Noise(3);
        let mut grainy = |picture: &crate::picture::Luma| -> Vec<u8> {
            let mut grain = || (0..4).map(|_| noise.below(81) as i32 - 40).sum::<i32>();
            picture
                .pixels
                .iter()
                .map(|&pixel| (i32::from(pixel / 2 + 64) + grain()).clamp(0, 255) as u8)
                .collect()
        };
        let now = page(0.0, 60, 60);
        let mut stack = Stack::default();
        for (degrees, left, top) in [(0.8, 66, 55), (-0.7, 52, 63), (0.4, 64, 66), (-0.3, 57, 58)] {
            let pixels = grainy(&page(degrees, left, top));
            stack.keep(&Grey::new(&pixels, 420, 420, 420).unwrap());
        }
        let pixels = grainy(&now);
        let whole = Region { left: 0, top: 0, width: 420, height: 420 };
        let frame = Grey::new(&pixels, 420, 420, 420).unwrap();
        let laid = stack.over(&frame, whole).unwrap();
        let off = |grey: &Grey<'_>| -> f64 {
            let rows = grey.rows().flatten().zip(&now.pixels);
            rows.map(|(&a, &b)| (f64::from(a) - f64::from(b / 2 + 64)).powi(2)).sum()
        };
        assert!(off(&laid) < 0.5 * off(&frame), "{} {}", off(&laid), off(&frame));
        // What shows something else is left out.
        let other: Vec<u8> = (0..420 * 420).map(|_| noise.below(256) as u8).collect();
        assert!(stack.over(&Grey::new(&other, 420, 420, 420).unwrap(), whole).is_none());
    }
}
