//! Alignment patterns, which tell how a code's paper is bent.

use super::bends::Bends;
use super::grey::Grey;
use super::grid::Grid;
use super::plane::{Point, Projection, Seen};
use super::version::Version;

/// Alignment patterns' places, where found, and the grid through them.
pub(super) fn bent(
    grey: &Grey<'_>,
    inverted: bool,
    version: Version,
    plane: Projection,
    mut seen: Vec<Seen>,
) -> Grid {
    let places = version.alignment();
    let side = version.side() as f32;
    let Some(&last) = places.last() else {
        return Grid::new(version, plane, Bends::none());
    };
    let count = places.len();
    let mut off = vec![None; count * count];
    let mut plane = plane;
    // The one far from all finder patterns first: it settles the perspective.
    let far = Point::new(last as f32 + 0.5, last as f32 + 0.5);
    // Where finder patterns are seen on a slant, it may be farther off.
    let first = [1.5 + side / 22.0, 1.5 + side / 10.0]
        .into_iter()
        .find_map(|reach| search(grey, inverted, far, &plane, Point::default(), reach));
    if let Some((place, quality)) = first {
        seen.push(Seen { on_code: far, in_picture: place, weight: 4.0 * quality });
        if let Some(better) = Projection::fitted(&seen).filter(|better| better.is_sound(side)) {
            plane = better;
        }
    }
    if count == 2 {
        if let Some((place, _)) = first {
            let bends = Bends::single(far, place.minus(plane.at(far)));
            return Grid::new(version, plane, bends);
        }
        return Grid::new(version, plane, Bends::none());
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
    Grid::new(version, plane, bends)
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
    let quality = |x: f32, y: f32| {
        let values = (0..25u8).map(|at| {
            let place = place(x + f32::from(at % 5) - 2.0, y + f32::from(at / 5) - 2.0);
            grey.at(place.x, place.y)
        });
        met(values, inverted)
    };
    // Places half a module apart, looked at once: a pattern's modules are every other of them.
    let steps = (reach * 2.0) as usize;
    let half = (steps + 4) as f32;
    let wide = 2 * (steps + 4) + 1;
    let mut patch = Vec::with_capacity(wide * wide);
    for v in 0..wide {
        for u in 0..wide {
            let place = place((u as f32 - half) * 0.5, (v as f32 - half) * 0.5);
            patch.push(grey.at(place.x, place.y));
        }
    }
    let mut best = (f32::MIN, 0.0f32, 0.0f32);
    for v in 0..=2 * steps {
        for u in 0..=2 * steps {
            let row = |down: usize| patch.get((v + 2 * down) * wide + u..).unwrap_or_default();
            let values = (0..5).flat_map(|down| row(down).iter().step_by(2).take(5).copied());
            let (x, y) = ((u as f32 - steps as f32) * 0.5, (v as f32 - steps as f32) * 0.5);
            // The nearer of two that are alike.
            let worth = met(values, inverted) - 0.03 * (x * x + y * y).sqrt();
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

/// How well an alignment pattern is met by the grey of its 25 modules: the difference of what should be light and dark,
/// over the contrast.
fn met(values: impl Iterator<Item = f32>, inverted: bool) -> f32 {
    /// What is light: the ring around the middle.
    const LIGHT: [bool; 25] = {
        let mut light = [false; 25];
        let ring = [6, 7, 8, 11, 13, 16, 17, 18];
        let mut at = 0;
        while at < ring.len() {
            light[ring[at]] = true;
            at += 1;
        }
        light
    };
    let (mut light, mut all, mut squares) = (0.0f32, 0.0f32, 0.0f32);
    for (value, is_light) in values.zip(LIGHT) {
        light += if is_light { value } else { 0.0 };
        all += value;
        squares += value * value;
    }
    // Eight are light and seventeen dark.
    let difference = light / 8.0 - (all - light) / 17.0;
    let deviation = (squares / 25.0 - (all / 25.0) * (all / 25.0)).max(0.0).sqrt();
    // Of two levels in these numbers the deviation is 0.4665 times their difference.
    let met = difference / (deviation / 0.4665 + 1.0);
    if inverted { -met } else { met }
}
