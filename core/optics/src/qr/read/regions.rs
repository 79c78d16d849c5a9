//! Where in a picture a code may be: where edges lie close to each other in both directions, as modules have them.

use super::grey::Grey;

/// Side of the squares that are judged, in pixels.
const TILE: usize = 8;

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
    let pixels = (TILE * TILE) as f32;
    let mut shares = Vec::with_capacity(across * down);
    let mut columns = Columns::new(across * TILE);
    for band in 0..down {
        columns.clear();
        for y in band * TILE..(band + 1) * TILE {
            columns.add(grey.row(y), grey.row((y + 1).min(grey.height() - 1)));
        }
        shares.extend((0..across).map(|at| {
            let (across, down, range) = columns.tile(at * TILE);
            let range = range - most;
            let differs = across.min(down) / pixels - usual;
            if range > LEAST_RANGE { differs / range } else { 0.0 }
        }));
    }
    shares
}

/// What is known of the columns of a band of tiles. Each list is gone through by itself, which machines do for many
/// columns at once.
struct Columns {
    across: Vec<u16>,
    down: Vec<u16>,
    lows: Vec<u8>,
    highs: Vec<u8>,
}

impl Columns {
    fn new(width: usize) -> Self {
        Self { across: vec![0; width], down: vec![0; width], lows: vec![255; width], highs: vec![0; width] }
    }

    fn clear(&mut self) {
        self.across.fill(0);
        self.down.fill(0);
        self.lows.fill(255);
        self.highs.fill(0);
    }

    /// Takes a row, and the one below it to be compared with.
    fn add(&mut self, row: &[u8], below: &[u8]) {
        // The last pixel has none beside it, and is not counted.
        let beside = row.get(1..).unwrap_or_default();
        let differ = |sums: &mut [u16], other: &[u8]| {
            sums.iter_mut().zip(row).zip(other).for_each(|((sum, a), b)| *sum += u16::from(a.abs_diff(*b)));
        };
        differ(&mut self.across, beside);
        differ(&mut self.down, below);
        self.lows.iter_mut().zip(row).for_each(|(low, &pixel)| *low = (*low).min(pixel));
        self.highs.iter_mut().zip(row).for_each(|(high, &pixel)| *high = (*high).max(pixel));
    }

    /// Of the tile that begins at a column: sums of differences across and down, and the range.
    fn tile(&self, start: usize) -> (f32, f32, f32) {
        let sum = |sums: &[u16]| -> f32 {
            let part = sums.get(start..start + TILE).unwrap_or_default();
            part.iter().map(|&it| u32::from(it)).sum::<u32>() as f32
        };
        let lows = self.lows.get(start..start + TILE).unwrap_or_default();
        let highs = self.highs.get(start..start + TILE).unwrap_or_default();
        let low = lows.iter().fold(255, |low: u8, &it| low.min(it));
        let high = highs.iter().fold(0, |high: u8, &it| high.max(it));
        (sum(&self.across), sum(&self.down), f32::from(high.saturating_sub(low)))
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
