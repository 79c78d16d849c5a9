//! Finder patterns' outlines, from which follow the size of a code and the plane that it lies in.

use super::alignment::bent;
use super::finder::MIDDLE;
use super::grey::Grey;
use super::grid::Grid;
use super::plane::{Point, Projection, Seen};
use super::triple::Triple;
use super::version::Version;

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

/// Below this the timing patterns are not there. Of frames that can be read, one in a hundred is below; of triples that
/// are no code's, nine in ten.
const LEAST_TIMING: f32 = 0.42;

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
    let reach = |direction: Point| {
        ring_end(grey, light, centre, direction, module)
            .or_else(|| edge(grey, light, centre, direction, (2.7 * module, 4.8 * module)))
    };
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

/// How far from a finder pattern's middle its dark ring ends (`light`: the light one): from there on it gets light,
/// dark and light again. On a slant modules are several times as long in one direction as in the other, so that their
/// size alone does not tell.
fn ring_end(grey: &Grey<'_>, light: bool, centre: Point, direction: Point, module: f32) -> Option<f32> {
    const MOST: usize = 48;
    let far = 7.0 * module;
    let step = (far / (MOST - 1) as f32).max(0.5);
    let count = ((far / step) as usize + 1).min(MOST);
    let mut values = [0f32; MOST];
    for (at, value) in values.iter_mut().enumerate().take(count) {
        let place = centre.plus(direction.times(at as f32 * step));
        let grey = grey.at(place.x, place.y);
        *value = if light { 255.0 - grey } else { grey };
    }
    let values = values.get(..count)?;
    let near = values.get(..((4.0 * module / step) as usize).clamp(2, count))?;
    let (low, high) = near.iter().fold((f32::MAX, f32::MIN), |(low, high), &it| (low.min(it), high.max(it)));
    if high - low < 6.0 {
        return None;
    }
    let level = (low + high) / 2.0;
    let sure = 0.12 * (high - low);
    let mut dark = true;
    let mut ends = [0f32; 3];
    let mut found = 0;
    for (at, &value) in values.iter().enumerate() {
        let changes = if dark { value > level + sure } else { value < level - sure };
        if !changes {
            continue;
        }
        let before = *values.get(at.checked_sub(1)?)?;
        let part = if (value - before).abs() > 1e-3 { (level - before) / (value - before) } else { 0.5 };
        *ends.get_mut(found)? = (at as f32 - 1.0 + part.clamp(-1.0, 1.0)) * step;
        found += 1;
        dark = !dark;
        if found == ends.len() {
            break;
        }
    }
    // At one and a half, two and a half, and three and a half modules.
    let [first, second, third] = ends;
    let sound = found == 3 && (1.5..3.7).contains(&(third / first)) && (1.1..2.2).contains(&(third / second));
    sound.then_some(third)
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
    let step = ((farthest - nearest) / (MOST - 1) as f32).max(0.5);
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
        // Whatever the other one is, it cannot make up for this.
        if sum < -0.06 {
            return sum;
        }
    }
    // Both must be there, and one of them may be covered in part.
    sum / 2.0 + whole.min(0.0)
}
