//! Three finder patterns that may belong to one code.

use super::finder::Finder;

/// The finder patterns of a code: upper left, upper right, lower left as the code is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Triple {
    pub(super) corner: Finder,
    pub(super) right: Finder,
    pub(super) below: Finder,
    /// Which of the finders these were.
    pub(super) members: [usize; 3],
    /// How much is unlike a code seen from the front; 0 for nothing.
    strain: f32,
}

/// Most patterns that are combined: all triples of these are looked at.
const MOST_COMBINED: usize = 64;

/// The triples that may be codes, the least strained first, at most `most`.
pub(super) fn triples(finders: &[Finder], most: usize) -> Vec<Triple> {
    let finders = finders.get(..MOST_COMBINED).unwrap_or(finders);
    let mut found = Vec::new();
    for (c, &third) in finders.iter().enumerate() {
        for (b, &second) in finders.iter().enumerate().take(c) {
            if !alike(second, third) {
                continue;
            }
            for (a, &first) in finders.iter().enumerate().take(b) {
                if !alike(first, second) || !alike(first, third) {
                    continue;
                }
                for ([corner, one, other], members) in [
                    ([first, second, third], [a, b, c]),
                    ([second, third, first], [b, c, a]),
                    ([third, first, second], [c, a, b]),
                ] {
                    found.extend(triple(corner, one, other, members));
                }
            }
        }
    }
    found.sort_by(|a, b| a.strain.total_cmp(&b.strain));
    found.truncate(most);
    found
}

fn alike(one: Finder, other: Finder) -> bool {
    let ratio = one.module / other.module;
    one.inverted == other.inverted && (0.4..2.5).contains(&ratio)
}

/// `None` if the places cannot be those of a code with its upper left pattern at `corner`.
fn triple(corner: Finder, one: Finder, other: Finder, [at, first, second]: [usize; 3]) -> Option<Triple> {
    let (a, b) = (one.centre.minus(corner.centre), other.centre.minus(corner.centre));
    let (long, short) = (a.length(), b.length());
    let module = (corner.module + one.module + other.module) / 3.0;
    // Sides of 21 to 177 modules, that is, 14 to 170 from pattern to pattern. Modules seem larger on a slant.
    let modules = [long / (corner.module + one.module) * 2.0, short / (corner.module + other.module) * 2.0];
    if modules.iter().any(|modules| !(8.0..230.0).contains(modules)) {
        return None;
    }
    let legs = long / short;
    let cosine = a.dot(b) / (long * short);
    if !(0.33..3.0).contains(&legs) || cosine.abs() > 0.72 {
        return None;
    }
    let sizes = [corner, one, other].iter().map(|it| (it.module / module).ln().abs()).sum::<f32>();
    let strain = legs.ln().abs() + 1.5 * cosine.abs() + sizes;
    // In a picture, whose rows go down, right to below turns clockwise.
    let (right, below, members) =
        if a.cross(b) > 0.0 { (one, other, [at, first, second]) } else { (other, one, [at, second, first]) };
    Some(Triple { corner, right, below, members, strain })
}
