//! Where the modules of a code are: from its finder patterns' outlines, its timing patterns, which tell how many
//! modules it has, and its alignment patterns, which tell how its paper is bent.

use super::grey::Grey;
use super::plane::{Point, Projection, Seen};
use super::triple::Triple;
use super::version::Version;

/// A finder pattern's middle and reach, in modules.
const MIDDLE: f32 = 3.5;

/// A grid laid over a code.
pub(super) struct Grid {
    pub(super) version: Version,
    plane: Projection,
    bends: Bends,
    /// By how much places are moved on the code before that, in modules.
    slips: Bends,
    /// By what places are multiplied at the end.
    zoom: f32,
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

/// What a triple of finder patterns tells before the number of modules is known.
#[derive(Debug)]
pub(super) struct Outline {
    /// Of each pattern (corner, right, below) the middle and its outline's corners, from the upper left one clockwise.
    patterns: [[Point; 5]; 3],
    /// Modules from the left edge to the right, and from top to bottom.
    across: f32,
    down: f32,
}

impl Outline {
    pub(super) fn of(grey: &Grey<'_>, triple: &Triple) -> Option<Self> {
        let right = triple.right.centre.minus(triple.corner.centre);
        let below = triple.below.centre.minus(triple.corner.centre);
        let (long, tall) = (right.length(), below.length());
        let (right, below) = (right.times(1.0 / long), below.times(1.0 / tall));
        let finders = [triple.corner, triple.right, triple.below];
        let light = triple.corner.inverted;
        let patterns = finders.map(|finder| square(grey, light, finder.centre, finder.module, right, below));
        let side = |[_, a, b, c, d]: &[Point; 5]| {
            let across = (b.minus(*a).length() + c.minus(*d).length()) / 14.0;
            let down = (d.minus(*a).length() + c.minus(*b).length()) / 14.0;
            (across, down)
        };
        let [corner, beside, under] = patterns.each_ref().map(side);
        // Where things get smaller with distance, the geometric mean of both ends' sizes counts.
        let across = long / (corner.0 * beside.0).sqrt() + 2.0 * MIDDLE;
        let down = tall / (corner.1 * under.1).sqrt() + 2.0 * MIDDLE;
        let sound = (14.0..240.0).contains(&across) && (14.0..240.0).contains(&down);
        sound.then_some(Self { patterns, across, down })
    }

    /// The sizes that the code may have, the likeliest first.
    fn sides(&self) -> impl Iterator<Item = usize> {
        let likely = (self.across * self.down).sqrt();
        let nearest = ((likely - 17.0) / 4.0).round().clamp(1.0, 40.0) as isize;
        // A twelfth of the size, and at least a step, may be off.
        let reach = 1 + (likely / 40.0) as isize;
        (0..=reach)
            .flat_map(move |step| {
                let both = [nearest + step, nearest - step];
                let number = if step == 0 { 1 } else { 2 };
                both.into_iter().take(number).filter(|number| (1..=40).contains(number))
            })
            .map(|number| 17 + 4 * number as usize)
    }

    fn plane(&self, side: usize) -> Option<(Projection, Vec<Seen>)> {
        let far = side as f32 - 2.0 * MIDDLE;
        let mut seen = Vec::with_capacity(40);
        for (pattern, (left, top)) in self.patterns.iter().zip([(0.0, 0.0), (far, 0.0), (0.0, far)]) {
            let places = [(MIDDLE, MIDDLE), (0.0, 0.0), (7.0, 0.0), (7.0, 7.0), (0.0, 7.0)];
            for (&in_picture, (x, y)) in pattern.iter().zip(places) {
                let weight = if (x, y) == (MIDDLE, MIDDLE) { 2.0 } else { 1.0 };
                seen.push(Seen { on_code: Point::new(left + x, top + y), in_picture, weight });
            }
        }
        let plane = Projection::fitted(&seen)?;
        plane.is_sound(side as f32).then_some((plane, seen))
    }

    /// The grids that fit the timing patterns, best first; at most `most`.
    pub(super) fn grids(&self, grey: &Grey<'_>, inverted: bool, most: usize) -> Vec<Grid> {
        let mut planes: Vec<(f32, Version, Projection, Vec<Seen>)> = self
            .sides()
            .filter_map(|side| {
                let version = Version::of_side(side)?;
                let (plane, seen) = self.plane(side)?;
                let fit = timing(grey, side, inverted, |place| plane.at(place));
                (fit > LEAST_TIMING).then_some((fit, version, plane, seen))
            })
            .collect();
        planes.sort_by(|a, b| b.0.total_cmp(&a.0));
        planes.truncate(most);
        let bent = |(_, version, plane, seen)| bent(grey, inverted, version, plane, seen);
        planes.into_iter().map(bent).collect()
    }
}

/// Below this the timing patterns are not there.
const LEAST_TIMING: f32 = 0.25;

/// A finder pattern's middle and its outline's corners, where they can be seen between dark ring and light surroundings;
/// else where they should be.
fn square(
    grey: &Grey<'_>,
    light: bool,
    centre: Point,
    module: f32,
    right: Point,
    below: Point,
) -> [Point; 5] {
    // How long seven modules are in these directions; measured at the middle, both ways.
    let reach = |direction: Point| edge(grey, light, centre, direction, (2.7 * module, 4.8 * module));
    let half = |direction: Point| {
        let (there, back) = (reach(direction), reach(direction.times(-1.0)));
        match (there, back) {
            (Some(there), Some(back)) => Some(((there + back) / 2.0, (there - back) / 2.0)),
            _ => None,
        }
    };
    let (across, aside) = half(right).unwrap_or((MIDDLE * module, 0.0));
    let (down, lower) = half(below).unwrap_or((MIDDLE * module, 0.0));
    let centre = centre.plus(right.times(aside * 0.5)).plus(below.times(lower * 0.5));
    // Each side by several places along it.
    let side = |outward: Point, length: f32, along: Point, width: f32| -> Option<(Point, Point)> {
        let mut places = Vec::with_capacity(5);
        for part in [-0.72, -0.4, 0.0, 0.4, 0.72] {
            let from = centre.plus(along.times(part * width));
            let far = edge(grey, light, from, outward, (length * 0.76, length * 1.26));
            places.extend(far.map(|far| from.plus(outward.times(far))));
        }
        line(&places, along)
    };
    let top = side(below.times(-1.0), down, right, across);
    let bottom = side(below, down, right, across);
    let left = side(right.times(-1.0), across, below, down);
    let far = side(right, across, below, down);
    let corner = |one: Option<(Point, Point)>, other: Option<(Point, Point)>, x: f32, y: f32| {
        let expected = centre.plus(right.times(x * across)).plus(below.times(y * down));
        let met = one.zip(other).and_then(|(one, other)| meeting(one, other));
        met.filter(|met| met.distance(expected) < 0.35 * (across + down)).unwrap_or(expected)
    };
    [
        centre,
        corner(top, left, -1.0, -1.0),
        corner(top, far, 1.0, -1.0),
        corner(bottom, far, 1.0, 1.0),
        corner(bottom, left, -1.0, 1.0),
    ]
}

/// How far from a place, within bounds in pixels, the dark ring ends (`light`: the light one): half way between its
/// darkest and the lightest beyond. `None` if there is hardly a difference.
fn edge(
    grey: &Grey<'_>,
    light: bool,
    from: Point,
    direction: Point,
    (nearest, farthest): (f32, f32),
) -> Option<f32> {
    const MOST: usize = 40;
    let step = ((farthest - nearest) / (MOST - 1) as f32).max(0.25);
    let count = (((farthest - nearest) / step) as usize + 1).min(MOST);
    let mut values = [0f32; MOST];
    for (at, value) in values.iter_mut().enumerate().take(count) {
        let place = from.plus(direction.times(nearest + at as f32 * step));
        let grey = grey.at(place.x, place.y);
        *value = if light { 255.0 - grey } else { grey };
    }
    let values = values.get(..count)?;
    let (at, ring) = values.get(..count.div_ceil(2))?.iter().enumerate().min_by(|a, b| a.1.total_cmp(b.1))?;
    let beyond = values.get(at..)?;
    let lightest = beyond.iter().fold(*ring, |most, &value| most.max(value));
    if lightest - ring < 4.0 {
        return None;
    }
    let middle = (ring + lightest) / 2.0;
    let before = beyond.windows(2).position(|pair| matches!(pair, [a, b] if *a <= middle && *b > middle))?;
    let (a, b) = (*beyond.get(before)?, *beyond.get(before + 1)?);
    Some(nearest + ((at + before) as f32 + (middle - a) / (b - a)) * step)
}

/// A line near some places: a place on it and its direction. `None` with too few of them.
fn line(places: &[Point], along: Point) -> Option<(Point, Point)> {
    if places.len() < 3 {
        return None;
    }
    let fitted = |places: &[Point]| {
        let count = places.len() as f32;
        let middle = places.iter().fold(Point::default(), |sum, &place| sum.plus(place)).times(1.0 / count);
        // Deviations across it against places along it.
        let across = Point::new(-along.y, along.x);
        let (mut slope, mut spread) = (0.0, 1e-6);
        for place in places {
            let away = place.minus(middle);
            slope += away.dot(along) * away.dot(across);
            spread += away.dot(along).powi(2);
        }
        let direction = along.plus(across.times((slope / spread).clamp(-1.0, 1.0)));
        (middle, direction.times(1.0 / direction.length()))
    };
    let (middle, direction) = fitted(places);
    // Once more without the place that is farthest from it.
    let off = |place: &Point| place.minus(middle).cross(direction).abs();
    let worst = places.iter().map(off).fold(0.0, f32::max);
    let kept: Vec<Point> = places.iter().copied().filter(|place| off(place) < worst).collect();
    if kept.len() < 3 { Some((middle, direction)) } else { Some(fitted(&kept)) }
}

fn meeting((a, along): (Point, Point), (b, other): (Point, Point)) -> Option<Point> {
    let turn = along.cross(other);
    (turn.abs() > 0.2).then(|| a.plus(along.times(b.minus(a).cross(other) / turn)))
}

/// How well the timing patterns are met: 1 if each module differs from both neighbours as it should.
fn timing(grey: &Grey<'_>, side: usize, inverted: bool, seen: impl Fn(Point) -> Point) -> f32 {
    let mut whole = 1.0f32;
    let mut sum = 0.0f32;
    for turned in [false, true] {
        let value = |at: usize| {
            let (along, beside) = (at as f32 + 0.5, 6.5);
            let place = if turned { Point::new(beside, along) } else { Point::new(along, beside) };
            let place = seen(place);
            grey.at(place.x, place.y)
        };
        let mut before = value(7);
        let (mut right, mut all) = (0.0f32, 0.5f32);
        for at in 8..side - 7 {
            let now = value(at);
            // Even ones are dark.
            let rise = if at % 2 == 0 { before - now } else { now - before };
            right += rise;
            all += rise.abs();
            before = now;
        }
        let part = if inverted { -right / all } else { right / all };
        whole = whole.min(part);
        sum += part;
    }
    // Both must be there, and one of them may be covered in part.
    sum / 2.0 + whole.min(0.0)
}

/// Alignment patterns' places, where found, and the grid through them.
fn bent(grey: &Grey<'_>, inverted: bool, version: Version, plane: Projection, mut seen: Vec<Seen>) -> Grid {
    let places = version.alignment();
    let side = version.side() as f32;
    let Some(&last) = places.last() else {
        return Grid { version, plane, bends: Bends::none(), slips: Bends::none(), zoom: 1.0 };
    };
    let count = places.len();
    let mut off = vec![None; count * count];
    let mut plane = plane;
    // The one far from all finder patterns first: it settles the perspective.
    let far = Point::new(last as f32 + 0.5, last as f32 + 0.5);
    let reach = 1.5 + side / 22.0;
    let first = search(grey, inverted, far, &plane, Point::default(), reach);
    if let Some((place, quality)) = first {
        seen.push(Seen { on_code: far, in_picture: place, weight: 4.0 * quality });
        if let Some(better) = Projection::fitted(&seen).filter(|better| better.is_sound(side)) {
            plane = better;
        }
    }
    if count == 2 {
        if let Some((place, _)) = first {
            let bends = Bends::single(far, place.minus(plane.at(far)));
            return Grid { version, plane, bends, slips: Bends::none(), zoom: 1.0 };
        }
        return Grid { version, plane, bends: Bends::none(), slips: Bends::none(), zoom: 1.0 };
    }
    // The inner corners of the finder patterns are half a module from where alignment patterns would be.
    for (i, j, at) in [(0usize, 0usize, 3usize), (count - 1, 0, 9), (0, count - 1, 12)] {
        if let (Some(place), Some(one)) = (off.get_mut(j * count + i), seen.get(at)) {
            *place = Some(one.in_picture.minus(plane.at(one.on_code)));
        }
    }
    // From where something is known, outwards.
    for round in 0..2 * count - 1 {
        for j in 0..count {
            let Some(i) = round.checked_sub(j).filter(|&i| i < count) else { continue };
            let at = |i: Option<usize>, j: Option<usize>| -> Option<Point> { *off.get(j? * count + i?)? };
            if at(Some(i), Some(j)).is_some() {
                continue;
            }
            let (Some(&x), Some(&y)) = (places.get(i), places.get(j)) else { continue };
            let on_code = Point::new(x as f32 + 0.5, y as f32 + 0.5);
            let (left, above) = (at(i.checked_sub(1), Some(j)), at(Some(i), j.checked_sub(1)));
            let beyond = at(i.checked_sub(1), j.checked_sub(1));
            let guess = match (left, above, beyond) {
                (Some(left), Some(above), Some(beyond)) => left.plus(above).minus(beyond),
                (Some(left), Some(above), None) => left.plus(above).times(0.5),
                (Some(one), None, _) | (None, Some(one), _) => one.times(0.7),
                (None, None, _) => Point::default(),
            };
            let found = search(grey, inverted, on_code, &plane, guess, 1.9);
            if let Some((place, quality)) = found {
                seen.push(Seen { on_code, in_picture: place, weight: 2.0 * quality });
                if let Some(off) = off.get_mut(j * count + i) {
                    *off = Some(place.minus(plane.at(on_code)));
                }
            }
        }
    }
    if let Some(better) = Projection::fitted(&seen).filter(|better| better.is_sound(side)) {
        plane = better;
    }
    let bends = Bends::through(&places, &seen, &plane);
    Grid { version, plane, bends, slips: Bends::none(), zoom: 1.0 }
}

/// Looks for an alignment pattern around where it should be, `reach` modules each way. Where it is seen, and how well
/// it is met, up to 1.
fn search(
    grey: &Grey<'_>,
    inverted: bool,
    on_code: Point,
    plane: &Projection,
    off: Point,
    reach: f32,
) -> Option<(Point, f32)> {
    let expected = plane.at(on_code).plus(off);
    let (right, down) = plane.steps(on_code);
    let place = |x: f32, y: f32| expected.plus(right.times(x)).plus(down.times(y));
    let quality = |x: f32, y: f32| met(grey, inverted, place(x, y), right, down);
    let mut best = (f32::MIN, 0.0f32, 0.0f32);
    let steps = (reach * 2.0) as i32;
    for y in -steps..=steps {
        for x in -steps..=steps {
            let (x, y) = (x as f32 * 0.5, y as f32 * 0.5);
            // The nearer of two that are alike.
            let worth = quality(x, y) - 0.03 * x.hypot(y);
            if worth > best.0 {
                best = (worth, x, y);
            }
        }
    }
    let mut step = 0.25;
    let mut top = (quality(best.1, best.2), best.1, best.2);
    for _ in 0..3 {
        let (_, x, y) = top;
        for (dx, dy) in [(step, 0.0), (-step, 0.0), (0.0, step), (0.0, -step)] {
            let worth = quality(x + dx, y + dy);
            if worth > top.0 {
                top = (worth, x + dx, y + dy);
            }
        }
        step *= 0.5;
    }
    (top.0 > LEAST_ALIGNMENT).then(|| (place(top.1, top.2), top.0))
}

/// Below this there is no alignment pattern.
const LEAST_ALIGNMENT: f32 = 0.45;

/// How well an alignment pattern is met at a place: the difference of what should be light and dark, over the contrast.
fn met(grey: &Grey<'_>, inverted: bool, middle: Point, right: Point, down: Point) -> f32 {
    let (mut light, mut dark) = (0.0f32, 0.0f32);
    let (mut squares, mut all) = (0.0f32, 0.0f32);
    for y in -2..=2i32 {
        for x in -2..=2i32 {
            let place = middle.plus(right.times(x as f32)).plus(down.times(y as f32));
            let value = grey.at(place.x, place.y);
            let ring = x.abs().max(y.abs());
            if ring == 1 {
                light += value;
            } else {
                dark += value;
            }
            squares += value * value;
            all += value;
        }
    }
    // Eight are light and seventeen dark.
    let difference = light / 8.0 - dark / 17.0;
    let deviation = (squares / 25.0 - (all / 25.0) * (all / 25.0)).max(0.0).sqrt();
    // Of two levels in these numbers the deviation is 0.4665 times their difference.
    let met = difference / (deviation / 0.4665 + 1.0);
    if inverted { -met } else { met }
}

/// How far places lie from where a flat code would have them.
#[derive(Debug, Clone)]
pub(super) struct Bends {
    /// Where lines of known places lie, in modules, across and down alike.
    lines: Vec<f32>,
    /// At their crossings, row by row, in pixels.
    off: Vec<Point>,
}

impl Bends {
    fn none() -> Self {
        Self { lines: Vec::new(), off: Vec::new() }
    }

    /// With one alignment pattern: what is left at its place goes to nothing at the finder patterns.
    fn single(far: Point, left_over: Point) -> Self {
        let none = Point::default();
        Self { lines: vec![6.5, far.x], off: vec![none, none, none, left_over] }
    }

    /// Through all patterns that were seen. A place that was not seen has the average of its neighbours.
    fn through(places: &[usize], seen: &[Seen], plane: &Projection) -> Self {
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
    fn at(&self, place: Point) -> Point {
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
