//! How dark each module of a code is, as far as the picture tells.

use super::grey::Grey;
use super::grid::Grid;
use super::patterns::{Module, Patterns};
use super::plane::{Point, solve};

/// Modules around the code that are looked at, too: a module's neighbours tell what blur brought into it.
const RIM: usize = 1;

/// Modules that share a light and a dark level are this many a side.
const CELL: usize = 6;

/// The least contrast that a neighbourhood is taken to have, in parts of the usual one.
const LEAST_CONTRAST: f32 = 0.4;

/// Taps of the equaliser: a module, the eight around it, and a constant.
const TAPS: usize = 10;

/// Grey of the modules of a code, and of a rim around it.
pub(super) struct Sampled {
    side: usize,
    values: Vec<f32>,
}

/// How sure it is that modules are dark: 1 surely, -1 surely light. Row by row, without a rim.
#[derive(Debug, Clone)]
pub(super) struct Soft {
    pub(super) side: usize,
    pub(super) values: Vec<f32>,
}

/// What shows at a first glance at a grid: the shares of known modules that are as they should be, of all and of those
/// that are in no finder pattern. One place of each is looked at, so that this costs a hundredth of sampling the code.
pub(super) fn glance(grey: &Grey<'_>, grid: &Grid, patterns: &Patterns, inverted: bool) -> (f32, f32) {
    let (mut right, mut all, mut right_beside, mut all_beside) = (0u32, 0u32, 0u32, 0u32);
    let mut seen: Vec<(f32, bool)> = Vec::with_capacity(64);
    for group in patterns.groups() {
        seen.clear();
        seen.extend(group.modules.iter().map(|&(x, y, dark)| {
            let place = grid.at(Point::new(x as f32 + 0.5, y as f32 + 0.5));
            (grey.at(place.x, place.y), dark != inverted)
        }));
        // The middle of both kinds' averages is the level between them.
        let (mut sums, mut counts) = ([0f32; 2], [0f32; 2]);
        for &(value, dark) in &seen {
            if let (Some(sum), Some(count)) =
                (sums.get_mut(usize::from(dark)), counts.get_mut(usize::from(dark)))
            {
                *sum += value;
                *count += 1.0;
            }
        }
        let [light, dark] = [sums[0] / counts[0].max(1.0), sums[1] / counts[1].max(1.0)];
        let level = (light + dark) / 2.0;
        let here = seen.iter().filter(|&&(value, dark)| (value < level) == dark).count() as u32;
        right += here;
        all += seen.len() as u32;
        if !group.finder {
            right_beside += here;
            all_beside += seen.len() as u32;
        }
    }
    (right as f32 / all.max(1) as f32, right_beside as f32 / all_beside.max(1) as f32)
}

impl Sampled {
    pub(super) fn of(grey: &Grey<'_>, grid: &Grid) -> Self {
        let side = grid.version.side();
        let wide = side + 2 * RIM;
        let mut values = Vec::with_capacity(wide * wide);
        // Of modules several pixels wide the middle is averaged.
        let offsets: &[f32] = match grid.module() {
            ..2.2 => &[0.0],
            ..4.0 => &[-0.17, 0.17],
            ..8.0 => &[-0.25, 0.0, 0.25],
            _ => &[-0.3, -0.1, 0.1, 0.3],
        };
        let share = 1.0 / (offsets.len() * offsets.len()) as f32;
        // The middles of a row's modules and of one more; the grid is straight from one to the next.
        let middles = |y: usize, row: &mut Vec<Point>| {
            row.clear();
            let down = y as f32 - RIM as f32 + 0.5;
            row.extend((0..=wide).map(|x| grid.at(Point::new(x as f32 - RIM as f32 + 0.5, down))));
        };
        let (mut row, mut below) = (Vec::with_capacity(wide + 1), Vec::with_capacity(wide + 1));
        middles(0, &mut row);
        for y in 0..wide {
            middles(y + 1, &mut below);
            for (pair, &under) in row.windows(2).zip(&below) {
                let &[seen, beside] = pair else { continue };
                if offsets.len() == 1 {
                    values.push(grey.at(seen.x, seen.y));
                    continue;
                }
                let (right, down) = (beside.minus(seen), under.minus(seen));
                let mut sum = 0.0;
                for v in offsets {
                    let start = seen.plus(down.times(*v));
                    for u in offsets {
                        let place = start.plus(right.times(*u));
                        sum += grey.at(place.x, place.y);
                    }
                }
                values.push(sum * share);
            }
            std::mem::swap(&mut row, &mut below);
        }
        Self { side, values }
    }

    /// Between the dark and the light level of each neighbourhood, dark at 1 and light at -1. With its rim.
    fn levelled(&self, inverted: bool) -> Vec<f32> {
        let wide = self.side + 2 * RIM;
        let cells = wide.div_ceil(CELL);
        let mut ranges = vec![(f32::MAX, f32::MIN); cells * cells];
        for (y, row) in self.values.chunks_exact(wide).enumerate() {
            for (x, &value) in row.iter().enumerate() {
                if let Some((low, high)) = ranges.get_mut(y / CELL * cells + x / CELL) {
                    *low = low.min(value);
                    *high = high.max(value);
                }
            }
        }
        // Of each cell and those around it; between the cells' middles evenly.
        let around: Vec<(f32, f32)> = (0..cells * cells)
            .map(|at| {
                let (x, y) = (at % cells, at / cells);
                let (mut lows, mut highs, mut weight) = (0.0, 0.0, 0.0);
                for cy in y.saturating_sub(1)..=(y + 1).min(cells - 1) {
                    for cx in x.saturating_sub(1)..=(x + 1).min(cells - 1) {
                        if let Some((low, high)) = ranges.get(cy * cells + cx) {
                            let share = if (cx, cy) == (x, y) { 3.0 } else { 1.0 };
                            lows += share * low;
                            highs += share * high;
                            weight += share;
                        }
                    }
                }
                (lows / weight, highs / weight)
            })
            .collect();
        // Under a finger or a reflection there is next to no contrast; what is seen there is not to count for much.
        let mut contrasts: Vec<f32> = around.iter().map(|(low, high)| high - low).collect();
        contrasts.sort_by(f32::total_cmp);
        let least = (LEAST_CONTRAST * contrasts.get(contrasts.len() / 2).copied().unwrap_or(0.0)).max(4.0);
        let place = |at: usize| {
            let at = ((at as f32 + 0.5) / CELL as f32 - 0.5).clamp(0.0, (cells - 1) as f32);
            let before = (at as usize).min(cells.saturating_sub(2));
            (before, at - before as f32)
        };
        let level = |x: usize, y: usize| around.get(y.min(cells - 1) * cells + x.min(cells - 1)).copied();
        let mut out = Vec::with_capacity(self.values.len());
        for (y, row) in self.values.chunks_exact(wide).enumerate() {
            let (cy, b) = place(y);
            for (x, &value) in row.iter().enumerate() {
                let (cx, a) = place(x);
                let mixed = |of: fn((f32, f32)) -> f32| {
                    let get = |x: usize, y: usize| level(x, y).map_or(0.0, of);
                    let upper = get(cx, cy) * (1.0 - a) + get(cx + 1, cy) * a;
                    let lower = get(cx, cy + 1) * (1.0 - a) + get(cx + 1, cy + 1) * a;
                    upper * (1.0 - b) + lower * b
                };
                let (low, high) = (mixed(|range| range.0), mixed(|range| range.1));
                let half = (high - low).max(least) / 2.0;
                let dark = ((low + high) / 2.0 - value) / half;
                out.push(if inverted { -dark } else { dark }.clamp(-1.5, 1.5));
            }
        }
        out
    }

    /// As the picture shows them.
    pub(super) fn plain(&self, inverted: bool) -> Levelled {
        Levelled { side: self.side, values: self.levelled(inverted) }
    }
}

/// Modules between dark and light, with their rim.
pub(super) struct Levelled {
    side: usize,
    values: Vec<f32>,
}

impl Levelled {
    /// Without any change.
    pub(super) fn soft(&self) -> Soft {
        let wide = self.side + 2 * RIM;
        let rows = self.values.chunks_exact(wide).skip(RIM).take(self.side);
        let values = rows.flat_map(|row| row.iter().skip(RIM).take(self.side)).copied().collect();
        Soft { side: self.side, values }
    }

    /// With what blur, movement and a shifted grid mixed into each module from its neighbours taken out again, as
    /// learnt from the modules that are known, and from those of `sure` that are.
    pub(super) fn equalised(&self, patterns: &Patterns, sure: Option<&Soft>) -> Option<Soft> {
        let mut normal = [[0f64; TAPS + 1]; TAPS];
        for (at, module) in patterns.all().iter().enumerate() {
            let (target, weight) = match module {
                Module::Fixed { dark } => (if *dark { 1.0 } else { -1.0 }, 1.0),
                _ => {
                    let value = sure.and_then(|sure| sure.values.get(at)).copied().unwrap_or(0.0);
                    let size = value.abs();
                    if size < 0.35 {
                        continue;
                    }
                    (f64::from(value.signum()), f64::from(size.min(1.0)) * 0.5)
                }
            };
            let taps = self.taps(at % self.side, at / self.side)?;
            for (sums, factor) in normal.iter_mut().zip(taps) {
                let factor = f64::from(factor) * weight;
                sums.iter_mut().zip(taps).for_each(|(sum, tap)| *sum += factor * f64::from(tap));
                if let Some(right) = sums.last_mut() {
                    *right += factor * target;
                }
            }
        }
        // Towards no change, where little is known.
        for (at, row) in normal.iter_mut().enumerate() {
            if let Some(diagonal) = row.get_mut(at) {
                *diagonal += 6.0;
            }
            if at == 4
                && let Some(right) = row.last_mut()
            {
                *right += 6.0;
            }
        }
        let weights = solve(normal)?.map(|weight| weight as f32);
        let values = (0..self.side * self.side)
            .map(|at| {
                let taps = self.taps(at % self.side, at / self.side).unwrap_or_default();
                taps.iter().zip(weights).map(|(tap, weight)| tap * weight).sum()
            })
            .collect();
        Some(Soft { side: self.side, values })
    }

    #[inline]
    fn taps(&self, x: usize, y: usize) -> Option<[f32; TAPS]> {
        let wide = self.side + 2 * RIM;
        let row = |down: usize| self.values.get((y + down) * wide + x..)?.first_chunk::<3>();
        let ([a, b, c], [d, e, f], [g, h, i]) = (row(0)?, row(1)?, row(2)?);
        Some([*a, *b, *c, *d, *e, *f, *g, *h, *i, 1.0])
    }
}

impl Soft {
    /// Dark at a place, row `y` from above.
    pub(super) fn at(&self, x: usize, y: usize) -> f32 {
        self.values.get(y * self.side + x).copied().unwrap_or(0.0)
    }

    /// Rows as columns: as it is seen in a mirror.
    pub(super) fn transposed(&self) -> Self {
        let places = (0..self.side).flat_map(|y| (0..self.side).map(move |x| (y, x)));
        Self { side: self.side, values: places.map(|(x, y)| self.at(x, y)).collect() }
    }

    /// The share of known modules that are what they should be.
    pub(super) fn known(&self, patterns: &Patterns) -> f32 {
        let (mut right, mut all) = (0, 0);
        for (module, value) in patterns.all().iter().zip(&self.values) {
            if let Module::Fixed { dark } = module {
                all += 1;
                right += u32::from(*dark == (*value > 0.0));
            }
        }
        right as f32 / all.max(1) as f32
    }

    /// How much two sights of the modules that `patterns` leaves open are alike: 1 if they are the same but for their
    /// strength, 0 if they have nothing to do with each other.
    pub(super) fn likeness(&self, other: &Soft, patterns: &Patterns) -> f32 {
        let mut likeness = Likeness::default();
        for ((module, &a), &b) in patterns.all().iter().zip(&self.values).zip(&other.values) {
            if *module == Module::Data {
                likeness.take(a, b);
            }
        }
        likeness.value()
    }

    /// What several sights of one code tell together. Each counts, part by part, as much as it is like the others there:
    /// where one of them was misplaced, covered or blurred it tells nothing.
    pub(super) fn joined(sights: &[Soft]) -> Option<Self> {
        let side = sights.first()?.side;
        let mut sum = vec![0f32; side * side];
        for sight in sights {
            sum.iter_mut().zip(&sight.values).for_each(|(sum, value)| *sum += value.clamp(-MOST, MOST));
        }
        if sights.len() < 3 {
            return Some(Self { side, values: sum });
        }
        let parts = side.div_ceil(PART);
        let mut values = vec![0f32; side * side];
        let mut alike = Vec::new();
        for sight in sights {
            alike.clear();
            alike.resize(parts * parts, Likeness::default());
            let part = |at: usize| at / side / PART * parts + at % side / PART;
            for (at, (&value, &all)) in sight.values.iter().zip(&sum).enumerate() {
                if let Some(likeness) = alike.get_mut(part(at)) {
                    let value = value.clamp(-MOST, MOST);
                    likeness.take(value, all - value);
                }
            }
            for (at, (joined, value)) in values.iter_mut().zip(&sight.values).enumerate() {
                let weight = alike.get(part(at)).map_or(0.0, |likeness| likeness.value().max(LEAST_WEIGHT));
                *joined += weight * value.clamp(-MOST, MOST);
            }
        }
        Some(Self { side, values })
    }
}

/// What one sight's module counts at most.
const MOST: f32 = 1.2;

/// Modules a side that share a weight when sights are joined, and what each counts at least.
const PART: usize = 7;
const LEAST_WEIGHT: f32 = 0.05;

/// Of pairs of values, how much they rise and fall together.
#[derive(Debug, Clone, Copy, Default)]
struct Likeness {
    both: f32,
    one: f32,
    other: f32,
}

impl Likeness {
    fn take(&mut self, a: f32, b: f32) {
        self.both += a * b;
        self.one += a * a;
        self.other += b * b;
    }

    fn value(&self) -> f32 {
        self.both / ((self.one * self.other).sqrt() + 1e-6)
    }
}
