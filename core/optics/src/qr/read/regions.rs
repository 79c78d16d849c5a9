//! Where in a picture a code may be: where edges lie close to each other in both directions, as modules have them.

use super::grey::Grey;

/// Side of the squares that are judged, in pixels.
const TILE: usize = 8;

/// Every so manieth row tells enough.
const EACH: usize = 2;

/// Pixels that are compared lie so far apart: edges are seldom sharper.
const APART: usize = 1;

/// From these shares on edges are dense: of the light's range in a tile, what two pixels differ by on the average, in the
/// direction in which that is less. Blurred modules of six pixels have a fifteenth, sharp ones of three a sixth. And of
/// a tile and the eight around it so many must be: texture has some everywhere, a code has most.
const DENSE: [(f32, usize); 3] = [(0.06, 5), (0.08, 6), (0.11, 7)];

/// More than one in this many of a picture's tiles are too many for one part.
const MOST_OF: usize = 3;

/// Smaller differences of light tell nothing.
const LEAST_RANGE: f32 = 8.0;

/// Fewer tiles hold no code that could be read.
const LEAST_TILES: usize = 4;

/// A part of a picture, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) left: usize,
    pub(super) top: usize,
    pub(super) width: usize,
    pub(super) height: usize,
}

impl Region {
    /// The same in a picture this many times as large.
    pub(super) fn enlarged(self, factor: usize) -> Self {
        let Self { left, top, width, height } = self;
        Self { left: left * factor, top: top * factor, width: width * factor, height: height * factor }
    }
}

/// The parts where edges are dense, the most promising first, at most `most`. In `noise` the deviation of the picture's
/// grain is told, in levels.
pub(super) fn regions(grey: &Grey<'_>, noise: f32, most: usize) -> Vec<Region> {
    let (across, down) = (grey.width() / TILE, grey.height() / TILE);
    if across == 0 || down == 0 || most == 0 {
        return Vec::new();
    }
    let shares = tile_shares(grey, noise, across, down);
    let mut parts = Vec::new();
    // Where all of the picture seems to be dense, it is its texture: what is denser counts.
    for (share, around) in DENSE {
        let dense: Vec<bool> = shares.iter().map(|&it| it > share).collect();
        let denser = joined(&supported(&dense, around, across, down), across, down);
        let denser: Vec<Part> = denser.into_iter().filter(|part| part.tiles >= LEAST_TILES).collect();
        if denser.is_empty() {
            break;
        }
        parts = denser;
        if parts.iter().all(|part| part.area() * MOST_OF < across * down) {
            break;
        }
    }
    parts.sort_by_key(|part| std::cmp::Reverse(part.tiles));
    parts.truncate(most);
    parts.into_iter().map(|part| part.region(grey)).collect()
}

/// Those tiles around which most are dense.
fn supported(dense: &[bool], least: usize, across: usize, down: usize) -> Vec<bool> {
    let around = |x: usize, y: usize| {
        let rows = y.saturating_sub(1)..=(y + 1).min(down - 1);
        let tiles = rows.flat_map(|y| {
            (x.saturating_sub(1)..=(x + 1).min(across - 1)).filter_map(move |x| dense.get(y * across + x))
        });
        tiles.filter(|&&dense| dense).count()
    };
    (0..across * down).map(|at| around(at % across, at / across) >= least).collect()
}

/// How dense each tile's edges are.
fn tile_shares(grey: &Grey<'_>, noise: f32, across: usize, down: usize) -> Vec<f32> {
    // Grain makes pixels differ, too: by 1.13 deviations on the average, and by about 6 at most.
    let (usual, most) = (1.13 * noise, 6.0 * noise);
    let pixels = (TILE * TILE.div_ceil(EACH)) as f32;
    let mut dense = Vec::with_capacity(across * down);
    let mut tiles = vec![Tile::default(); across];
    for band in 0..down {
        tiles.fill(Tile::default());
        for y in (band * TILE..(band + 1) * TILE).step_by(EACH) {
            let row = grey.row(y);
            let below = grey.row((y + APART).min(grey.height() - 1));
            for (at, tile) in tiles.iter_mut().enumerate() {
                let start = at * TILE;
                let beside = (start + APART).min(row.len().saturating_sub(TILE));
                let square = |row: &'_ [u8], from: usize| -> [u8; TILE] {
                    row.get(from..).and_then(|row| row.first_chunk()).copied().unwrap_or_default()
                };
                tile.add(square(row, start), square(row, beside), square(below, start));
            }
        }
        dense.extend(tiles.iter().map(|tile| {
            let range = f32::from(tile.high) - f32::from(tile.low) - most;
            let differs = tile.across.min(tile.down) as f32 / pixels - usual;
            if range > LEAST_RANGE { differs / range } else { 0.0 }
        }));
    }
    dense
}

/// What is known of a tile.
#[derive(Debug, Clone, Copy)]
struct Tile {
    across: u32,
    down: u32,
    low: u8,
    high: u8,
}

impl Default for Tile {
    fn default() -> Self {
        Self { across: 0, down: 0, low: 255, high: 0 }
    }
}

impl Tile {
    fn add(&mut self, here: [u8; TILE], beside: [u8; TILE], below: [u8; TILE]) {
        let away = |other: [u8; TILE]| -> u32 {
            here.iter().zip(other).map(|(&one, other)| u32::from(one.abs_diff(other))).sum()
        };
        self.across += away(beside);
        self.down += away(below);
        self.low = here.iter().fold(self.low, |low, &it| low.min(it));
        self.high = here.iter().fold(self.high, |high, &it| high.max(it));
    }
}

/// Tiles next to each other.
#[derive(Debug, Clone, Copy)]
struct Part {
    left: usize,
    right: usize,
    top: usize,
    bottom: usize,
    tiles: usize,
}

impl Part {
    fn area(&self) -> usize {
        (self.right + 1 - self.left) * (self.bottom + 1 - self.top)
    }

    /// With two tiles around it: those at the edges have too few around them.
    fn region(&self, grey: &Grey<'_>) -> Region {
        let rim = TILE * 2;
        let (left, top) = ((self.left * TILE).saturating_sub(rim), (self.top * TILE).saturating_sub(rim));
        let right = ((self.right + 1) * TILE + rim).min(grey.width());
        let bottom = ((self.bottom + 1) * TILE + rim).min(grey.height());
        Region { left, top, width: right - left, height: bottom - top }
    }
}

/// Tiles that touch each other belong together.
fn joined(dense: &[bool], across: usize, down: usize) -> Vec<Part> {
    let mut open = dense.to_vec();
    let mut parts = Vec::new();
    let mut waiting = Vec::new();
    for start in 0..across * down {
        if !open.get(start).copied().unwrap_or(false) {
            continue;
        }
        let (x, y) = (start % across, start / across);
        let mut part = Part { left: x, right: x, top: y, bottom: y, tiles: 0 };
        waiting.push(start);
        if let Some(tile) = open.get_mut(start) {
            *tile = false;
        }
        while let Some(at) = waiting.pop() {
            let (x, y) = (at % across, at / across);
            part.tiles += 1;
            (part.left, part.right) = (part.left.min(x), part.right.max(x));
            (part.top, part.bottom) = (part.top.min(y), part.bottom.max(y));
            for y in y.saturating_sub(1)..=(y + 1).min(down - 1) {
                for x in x.saturating_sub(1)..=(x + 1).min(across - 1) {
                    if let Some(tile) = open.get_mut(y * across + x).filter(|tile| **tile) {
                        *tile = false;
                        waiting.push(y * across + x);
                    }
                }
            }
        }
        parts.push(part);
    }
    parts
}
