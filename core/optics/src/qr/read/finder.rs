//! Finder patterns: dark, light, dark, light, dark in widths of 1, 1, 3, 1, 1 along every line through their middle.

use super::bitmap::Bitmap;
use super::plane::Point;

/// From a finder pattern's edge to its middle, in modules.
pub(super) const MIDDLE: f32 = 3.5;

/// Something that looks like a finder pattern.
#[derive(Debug, Clone, Copy)]
pub(super) struct Finder {
    pub(super) centre: Point,
    /// A module's size in pixels, across and down averaged.
    pub(super) module: f32,
    /// Light where others are dark.
    pub(super) inverted: bool,
    /// Rows in which it was met.
    hits: u32,
}

/// How hard to look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Search {
    /// Every so manieth row.
    pub(super) step: usize,
    /// Most patterns kept.
    pub(super) most: usize,
    /// Most places looked at closely.
    pub(super) closely: usize,
}

/// The finder patterns in a picture, those met most often first.
pub(super) fn find(bitmap: &Bitmap, search: Search) -> Vec<Finder> {
    let mut found: Vec<Finder> = Vec::new();
    let mut within_reach: Vec<usize> = Vec::new();
    let mut edges = Vec::new();
    let step = search.step.max(1);
    // Shared among the rows, so that those above cannot use up what those below need.
    let share = search.closely * step / bitmap.height().max(1);
    for y in (step / 2..bitmap.height()).step_by(step) {
        let mut closely = share.max(8);
        bitmap.edges(y, &mut edges);
        // Those that no row from here on can be near: a picture full of patterns would be compared with itself.
        within_reach.retain(|at: &usize| {
            found.get(*at).is_some_and(|known| y as f32 + 0.5 - known.centre.y < 2.5 * known.module)
        });
        for (at, six) in edges.windows(6).enumerate() {
            let &[a, b, c, d, e, f] = six else { continue };
            let runs = [b - a, c - b, d - c, e - d, f - e];
            // Most places are none for this alone.
            let [_, before, middle, after, _] = runs;
            if middle <= before
                || middle <= after
                || 4 * middle < f - a
                || !is_pattern(runs.map(|run| run as f32))
            {
                continue;
            }
            // Runs from an even edge on begin dark.
            let inverted = at % 2 == 1;
            let x = (c + d) as f32 / 2.0;
            let module = (f - a) as f32 / 7.0;
            let row = y as f32 + 0.5;
            let known = within_reach.iter().copied().find(|at| {
                found.get(*at).is_some_and(|known: &Finder| {
                    let near = known.centre.distance(Point { x, y: row }) < 2.5 * known.module;
                    near && known.inverted == inverted && module < 3.0 * known.module
                })
            });
            if let Some(known) = known.and_then(|at| found.get_mut(at)) {
                known.hits += 1;
                continue;
            }
            if closely == 0 {
                break;
            }
            closely -= 1;
            if let Some(finder) = examine(bitmap, x, row, module, inverted) {
                let near = |known: &&mut Finder| {
                    known.inverted == inverted
                        && known.centre.distance(finder.centre) < 2.5 * known.module.max(finder.module)
                };
                match found.iter_mut().find(near) {
                    Some(known) => known.hits += 1,
                    None => {
                        within_reach.push(found.len());
                        found.push(finder);
                    }
                }
            }
        }
    }
    found.sort_by(|a, b| b.weight().total_cmp(&a.weight()));
    found.truncate(search.most);
    found
}

impl Finder {
    /// How many of the rows that cross its middle met it.
    fn weight(&self) -> f32 {
        (self.hits as f32 / self.module.max(1.0)).min(2.0)
    }
}

/// Whether five runs have the widths of a finder pattern. Widths from one edge to the next of the same kind do not
/// change if ink runs or light blooms; those count.
fn is_pattern([a, b, c, d, e]: [f32; 5]) -> bool {
    let module = (a + 2.0 * (b + c + d) + e) / 12.0;
    let near =
        |width: f32, modules: f32, slack: f32| (width - modules * module).abs() <= slack * module + 0.5;
    near(a + b, 2.0, 0.75)
        && near(b + c, 4.0, 0.9)
        && near(c + d, 4.0, 0.9)
        && near(d + e, 2.0, 0.75)
        && c > 1.15 * b
        && c > 1.15 * d
        && c > 1.05 * a.min(e)
}

/// Looks at a place across, down and along both diagonals.
fn examine(bitmap: &Bitmap, x: f32, y: f32, module: f32, inverted: bool) -> Option<Finder> {
    // Half of three modules, seen from the side: on a slant at most some three times as many.
    let longest = (6.0 * module) as u32 + 2;
    let cross = |place, direction| cross(bitmap, place, direction, longest, inverted);
    let place = Point { x, y };
    let down = cross(place, (0, 1))?;
    let place = Point { x, y: y + down.offset };
    let across = cross(place, (1, 0))?;
    let place = Point { x: x + across.offset, ..place };
    let again = cross(place, (0, 1))?;
    let centre = Point { y: place.y + again.offset, ..place };
    let (wide, tall) = (across.length / 7.0, again.length / 7.0);
    if wide > 3.5 * tall || tall > 3.5 * wide {
        return None;
    }
    // A line through the middle has the pattern in every direction. Whichever two of them run along the modules are
    // the shorter ones; a diagonal step is longer by the square root of two.
    let falling = cross(centre, (1, 1))?.length / 7.0;
    let rising = cross(centre, (1, -1))?.length / 7.0;
    let module = (wide * tall).min(2.0 * falling * rising).sqrt();
    Some(Finder { centre, module, inverted, hits: 1 })
}

/// The pattern along a line, measured in steps.
struct Crossing {
    length: f32,
    /// From where one looked to the pattern's middle.
    offset: f32,
}

fn cross(
    bitmap: &Bitmap,
    from: Point,
    (dx, dy): (isize, isize),
    longest: u32,
    inverted: bool,
) -> Option<Crossing> {
    let (x, y) = (from.x.floor() as isize, from.y.floor() as isize);
    if bitmap.dark(x, y)? == inverted {
        return None;
    }
    let forward = rays(bitmap, (x, y), (dx, dy), longest, inverted)?;
    let backward = rays(bitmap, (x, y), (-dx, -dy), longest, inverted)?;
    let [f1, f2, f3] = forward;
    let [b1, b2, b3] = backward;
    // The place itself belongs to both.
    let middle = f1 + b1 - 1;
    let runs = [b3, b2, middle, f2, f3].map(|run| run as f32);
    if !is_pattern(runs) {
        return None;
    }
    let length = runs.iter().sum();
    // The middle of the middle run, and that of the edges of the whole, which the ring's blur does not move.
    let inner = (f1 as f32 - b1 as f32) / 2.0;
    let outer = ((f1 + f2 + f3) as f32 - (b1 + b2 + b3) as f32) / 2.0;
    let step = |start: f32, direction: isize| {
        if direction == 0 { 0.0 } else { start.floor() + 0.5 - start }
    };
    let off_grid = if dx != 0 { step(from.x, dx) } else { step(from.y, dy) };
    Some(Crossing { length, offset: (inner + outer) / 2.0 + off_grid })
}

/// Steps to the ends of the three runs from a place outwards, the first at most `longest`.
fn rays(
    bitmap: &Bitmap,
    (mut x, mut y): (isize, isize),
    (dx, dy): (isize, isize),
    mut longest: u32,
    inverted: bool,
) -> Option<[u32; 3]> {
    let mut runs = [0u32; 3];
    for (number, run) in runs.iter_mut().enumerate() {
        let dark = (number % 2 == 0) != inverted;
        loop {
            match bitmap.dark(x, y) {
                Some(pixel) if pixel == dark => {
                    *run += 1;
                    x += dx;
                    y += dy;
                }
                // The outer ring may touch the picture's edge.
                None if number == 2 && *run > 0 => return Some(runs),
                None => return None,
                Some(_) => break,
            }
            if *run > longest {
                return None;
            }
        }
        if number == 0 {
            // Half of three modules; one module is no longer than that, and half as much again.
            longest = *run * 2 + 2;
        }
    }
    Some(runs)
}
