//! One pass of the finder over a black and white picture.
//!
//! Where many codes lie in rows, the finder (crate `rqrr`) takes corner patterns of different codes for one code's
//! and then misses both. So when it located more than it could read, the codes that were read are painted over and
//! ever smaller windows are searched.

use rqrr::{Point, PreparedImage};

use super::canvas::{Budget, Canvas};
use crate::picture::guarded;

/// Pixel accesses one pass may make, all windows together: by the pixel, and on top. A picture with one code takes
/// about 5 a pixel.
const STEPS_PER_PIXEL: u64 = 80;
const STEPS_ON_TOP: u64 = 10_000_000;

/// The windows' sides as parts of the picture's. Windows overlap by half, so each step looks at the picture four
/// times; the steps end where nothing is left to read.
const WINDOWS: [usize; 3] = [2, 4, 7];

/// Smallest window side, in pixels.
const MIN_WINDOW: usize = 60;

/// What a pass came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Every code that was located was read (there may have been none).
    AllRead,
    /// Something looked like a code and could not be read, or the search was given up.
    SomeUnread,
}

/// Adds to `found` the codes that are new. In `dark`, 1 is dark and 0 light, `width` pixels a row. The pixel accesses
/// made are taken off `steps`, which also limits them.
pub(super) fn search(dark: Vec<u8>, width: u32, steps: &mut u64, found: &mut Vec<String>) -> Outcome {
    let granted = (*steps).min(dark.len() as u64 * STEPS_PER_PIXEL + STEPS_ON_TOP);
    let budget = Budget::new(granted);
    let outcome = search_within(dark, width, &budget, found);
    *steps -= granted - budget.left();
    outcome
}

fn search_within(dark: Vec<u8>, width: u32, budget: &Budget, found: &mut Vec<String>) -> Outcome {
    let width = width as usize;
    let mut field = Field { width, height: dark.len() / width.max(1), dark };
    let whole = Window { left: 0, top: 0, width: field.width, height: field.height };
    let first = field.search(whole, budget, found);
    if first.unread == 0 && !first.given_up {
        return Outcome::AllRead;
    }
    // A single thing that cannot be read is usually no code, or one that no window makes readable.
    if first.read + first.unread < 2 && !first.given_up {
        return Outcome::SomeUnread;
    }
    for parts in WINDOWS {
        let mut unread = 0;
        for window in whole.split(parts) {
            if budget.left() == 0 {
                return Outcome::SomeUnread;
            }
            let tally = field.search(window, budget, found);
            unread += tally.unread + usize::from(tally.given_up);
        }
        if unread == 0 {
            return Outcome::AllRead;
        }
    }
    Outcome::SomeUnread
}

/// A part of the picture, in pixels.
#[derive(Debug, Clone, Copy)]
struct Window {
    left: usize,
    top: usize,
    width: usize,
    height: usize,
}

impl Window {
    /// Windows of a `parts`th of the longer side, overlapping by half.
    fn split(self, parts: usize) -> impl Iterator<Item = Window> {
        let side = (self.width.max(self.height) / parts).max(MIN_WINDOW);
        let starts =
            move |length: usize| (0..length.saturating_sub(side / 2).max(1)).step_by(side.div_ceil(2));
        starts(self.height).flat_map(move |top| {
            starts(self.width).map(move |left| Window {
                left,
                top,
                width: side.min(self.width - left),
                height: side.min(self.height - top),
            })
        })
    }
}

/// What was located in a window.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    read: usize,
    unread: usize,
    given_up: bool,
}

/// The picture, in which codes that were read are painted over.
struct Field {
    width: usize,
    height: usize,
    dark: Vec<u8>,
}

impl Field {
    fn search(&mut self, window: Window, budget: &Budget, found: &mut Vec<String>) -> Tally {
        let rows = self.dark.chunks_exact(self.width.max(1)).skip(window.top).take(window.height);
        let columns = window.left..window.left + window.width;
        let part: Vec<u8> =
            rows.flat_map(|row| row.get(columns.clone()).unwrap_or_default()).copied().collect();
        let mut tally = Tally::default();
        let mut outlines = Vec::new();
        // Unwinding is how the budget ends a search, and the finder asserts some things that a hostile picture can
        // make false. What was read before that stays.
        let ended = guarded(|| {
            let canvas = Canvas::new(window.width as u32, &part, budget);
            let mut prepared = PreparedImage::without_preparation(canvas);
            for grid in prepared.detect_grids() {
                let Ok((_, text)) = grid.decode() else {
                    tally.unread += 1;
                    continue;
                };
                tally.read += 1;
                outlines.push(grid.bounds);
                if !found.contains(&text) {
                    found.push(text);
                }
            }
        });
        tally.given_up = ended.is_none();
        for outline in outlines {
            self.paint_over(outline.map(|corner| (corner, window)).map(placed));
        }
        tally
    }

    /// Makes the inside of a convex quadrilateral light.
    fn paint_over(&mut self, outline: [(i64, i64); 4]) {
        let [(ax, ay), (bx, by), (cx, cy), (dx, dy)] = outline;
        let within = |low: i64, high: i64, end: usize| {
            low.clamp(0, end as i64) as usize..high.saturating_add(1).clamp(0, end as i64) as usize
        };
        let columns = within(ax.min(bx).min(cx).min(dx), ax.max(bx).max(cx).max(dx), self.width);
        let lines = within(ay.min(by).min(cy).min(dy), ay.max(by).max(cy).max(dy), self.height);
        let sides = [((ax, ay), (bx, by)), ((bx, by), (cx, cy)), ((cx, cy), (dx, dy)), ((dx, dy), (ax, ay))];
        let rows = self.dark.chunks_exact_mut(self.width.max(1)).enumerate();
        for (y, row) in rows.skip(lines.start).take(lines.len()) {
            for (x, pixel) in row.iter_mut().enumerate().skip(columns.start).take(columns.len()) {
                let (x, y) = (x as i64, y as i64);
                let turns = sides.map(|((px, py), (qx, qy))| (qx - px) * (y - py) - (qy - py) * (x - px));
                if turns.iter().all(|&turn| turn >= 0) || turns.iter().all(|&turn| turn <= 0) {
                    *pixel = 0;
                }
            }
        }
    }
}

/// A corner found in a window, in the picture's coordinates.
fn placed((corner, window): (Point, Window)) -> (i64, i64) {
    (i64::from(corner.x) + window.left as i64, i64::from(corner.y) + window.top as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_cover_the_picture_and_overlap() {
        for (width, height) in [(640, 480), (100, 1000), (61, 21), (1, 1)] {
            let whole = Window { left: 0, top: 0, width, height };
            for parts in WINDOWS {
                let mut covered = vec![0u8; width * height];
                for window in whole.split(parts) {
                    for y in window.top..window.top + window.height {
                        for x in window.left..window.left + window.width {
                            covered[y * width + x] += 1;
                        }
                    }
                }
                assert!(covered.iter().all(|&times| (1..=4).contains(&times)), "{width} {height} {parts}");
            }
        }
    }

    #[test]
    fn painting_stays_inside() {
        let mut field = Field { width: 10, height: 10, dark: vec![1; 100] };
        field.paint_over([(2, 2), (6, 2), (6, 5), (2, 5)]);
        assert_eq!(field.dark.iter().filter(|&&pixel| pixel == 0).count(), 5 * 4);
        field.paint_over([
            (i64::from(i32::MIN), 0),
            (0, i64::from(i32::MIN)),
            (i64::from(i32::MAX), 0),
            (0, 90),
        ]);
    }
}
