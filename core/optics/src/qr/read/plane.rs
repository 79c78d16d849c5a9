//! Points, and how a flat thing's places are seen in a picture.

/// A place in a picture, in pixels, or on a code, in modules.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Downwards.
    pub y: f32,
}

impl Point {
    pub(super) fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    pub(super) fn plus(self, other: Point) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }

    pub(super) fn minus(self, other: Point) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }

    pub(super) fn times(self, factor: f32) -> Self {
        Self::new(self.x * factor, self.y * factor)
    }

    pub(super) fn length(self) -> f32 {
        // Places in pictures are small enough to be squared.
        self.dot(self).sqrt()
    }

    pub(super) fn distance(self, other: Point) -> f32 {
        self.minus(other).length()
    }

    pub(super) fn dot(self, other: Point) -> f32 {
        self.x * other.x + self.y * other.y
    }

    pub(super) fn cross(self, other: Point) -> f32 {
        self.x * other.y - self.y * other.x
    }
}

/// Where a place on a flat code (in modules) is seen (in pixels), and how much that counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    pub(super) on_code: Point,
    pub(super) in_picture: Point,
    pub(super) weight: f32,
}

/// A projective mapping from the code to the picture: the first two rows over the third, whose last number is 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct Projection([f64; 8]);

impl Projection {
    /// The one that fits best, by the squares of what is off (over the common denominator). `None` if the places do
    /// not settle one.
    pub(super) fn fitted(seen: &[Seen]) -> Option<Self> {
        // Numbers of about 1 keep the equations sound.
        let middle = |of: fn(&Seen) -> Point| {
            let sum = seen.iter().fold(Point::default(), |sum, one| sum.plus(of(one)));
            sum.times(1.0 / seen.len().max(1) as f32)
        };
        let (code, picture) = (middle(|one| one.on_code), middle(|one| one.in_picture));
        let spread = |of: fn(&Seen) -> Point, middle: Point| {
            let sum: f32 = seen.iter().map(|one| of(one).distance(middle)).sum();
            f64::from(sum / seen.len().max(1) as f32).max(1e-6)
        };
        let (code_size, picture_size) =
            (spread(|one| one.on_code, code), spread(|one| one.in_picture, picture));
        let mut normal = [[0f64; 9]; 8];
        for one in seen {
            let (u, v) = scaled(one.on_code, code, code_size);
            let (x, y) = scaled(one.in_picture, picture, picture_size);
            let weight = f64::from(one.weight);
            for row in
                [[u, v, 1.0, 0.0, 0.0, 0.0, -u * x, -v * x, x], [0.0, 0.0, 0.0, u, v, 1.0, -u * y, -v * y, y]]
            {
                for (sums, factor) in normal.iter_mut().zip(row) {
                    sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += weight * factor * value);
                }
            }
        }
        // Where little is known of the perspective there is none.
        for (at, row) in normal.iter_mut().enumerate() {
            if let Some(diagonal) = row.get_mut(at) {
                *diagonal += if at >= 6 { 1e-4 } else { 1e-9 };
            }
        }
        let [a, b, c, d, e, f, g, h] = solve(normal)?;
        // Back to modules and pixels: scale of the picture, the mapping, scale of the code.
        let (cu, cv) = (f64::from(code.x) / code_size, f64::from(code.y) / code_size);
        let (px, py) = (f64::from(picture.x), f64::from(picture.y));
        let (g, h) = (g / code_size, h / code_size);
        let last = 1.0 - g * code_size * cu - h * code_size * cv;
        let row = |p: f64, q: f64, r: f64, shift: f64| {
            let (p, q) = (p * picture_size / code_size, q * picture_size / code_size);
            let r = r * picture_size - p * code_size * cu - q * code_size * cv;
            [p + shift * g, q + shift * h, r + shift * last]
        };
        let ([a, b, c], [d, e, f]) = (row(a, b, c, px), row(d, e, f, py));
        let all = [a, b, c, d, e, f, g, h].map(|number| number / last);
        all.iter().all(|number| number.is_finite()).then_some(Self(all))
    }

    #[inline]
    pub(super) fn at(&self, place: Point) -> Point {
        let [a, b, c, d, e, f, g, h] = self.0;
        let (u, v) = (f64::from(place.x), f64::from(place.y));
        let over = 1.0 / (g * u + h * v + 1.0);
        Point::new(((a * u + b * v + c) * over) as f32, ((d * u + e * v + f) * over) as f32)
    }

    /// A step of a module to the right and one down, in pixels, at a place.
    pub(super) fn steps(&self, place: Point) -> (Point, Point) {
        let around = |du: f32, dv: f32| self.at(place.plus(Point::new(du, dv)));
        let right = around(0.5, 0.0).minus(around(-0.5, 0.0));
        let down = around(0.0, 0.5).minus(around(0.0, -0.5));
        (right, down)
    }

    /// Whether all of the code lies before the camera.
    pub(super) fn is_sound(&self, side: f32) -> bool {
        let [.., g, h] = self.0;
        let side = f64::from(side);
        [(0.0, 0.0), (side, 0.0), (0.0, side), (side, side)]
            .iter()
            .all(|(u, v)| (0.15..8.0).contains(&(g * u + h * v + 1.0)))
    }
}

fn scaled(place: Point, middle: Point, size: f64) -> (f64, f64) {
    (f64::from(place.x - middle.x) / size, f64::from(place.y - middle.y) / size)
}

/// Solves equations of a symmetric matrix; the last column is the right side. `None` if they do not settle it.
pub(super) fn solve<const ROWS: usize, const COLUMNS: usize>(
    mut rows: [[f64; COLUMNS]; ROWS],
) -> Option<[f64; ROWS]> {
    for pivot in 0..ROWS {
        let size = |row: &[f64; COLUMNS]| row.get(pivot).map_or(0.0, |value| value.abs());
        let best = (pivot..ROWS).max_by(|&a, &b| {
            let of = |at: usize| rows.get(at).map_or(0.0, size);
            of(a).total_cmp(&of(b))
        })?;
        rows.swap(pivot, best);
        let (done, rest) = rows.split_at_mut(pivot + 1);
        let top = done.last()?;
        let divisor = *top.get(pivot)?;
        if divisor.abs() < 1e-12 {
            return None;
        }
        for row in rest {
            let factor = *row.get(pivot)? / divisor;
            row.iter_mut().zip(top).skip(pivot).for_each(|(value, above)| *value -= factor * above);
        }
    }
    let mut out = [0f64; ROWS];
    for at in (0..ROWS).rev() {
        let row = rows.get(at)?;
        let known: f64 = row.iter().zip(&out).skip(at + 1).map(|(value, known)| value * known).sum();
        *out.get_mut(at)? = (row.get(ROWS)? - known) / row.get(at)?;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_projection_is_found_again() {
        let truth = Projection([3.0, 0.4, 100.0, -0.2, 2.5, 50.0, 0.002, -0.003]);
        let places = [(3.5, 3.5), (53.5, 3.5), (3.5, 53.5), (50.5, 50.5), (20.0, 33.0)];
        let seen: Vec<Seen> = places
            .iter()
            .map(|&(x, y)| Seen {
                on_code: Point::new(x, y),
                in_picture: truth.at(Point::new(x, y)),
                weight: 1.0,
            })
            .collect();
        let found = Projection::fitted(&seen).unwrap();
        for one in &seen {
            assert!(found.at(one.on_code).distance(one.in_picture) < 0.2, "{one:?} {found:?}");
        }
        assert!(Projection::fitted(&seen[..0]).is_none_or(|it| it.at(Point::default()).x.is_finite()));
        let same = [seen[0]; 9];
        assert!(Projection::fitted(&same).is_none_or(|it| it.at(Point::default()).x.is_finite()));
    }
}
