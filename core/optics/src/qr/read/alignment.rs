//! Alignment patterns, which tell how a code's paper is bent.

use super::bends::Bends;
use super::grey::Grey;
use super::grid::Grid;
use super::plane::{Point, Projection, Seen};
use super::version::Version;

/// Alignment patterns' places, where found, and the grid through them.
pub(super) fn bent(grey: &Grey<'_>, inverted: bool, version: Version, plane: Projection, mut seen: Vec<Seen>) -> Grid {
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
