//! Sights of codes that were found and not read, and what several of them tell together.

use super::Code;
use super::attempt::text_of;
use super::modules::Soft;
use super::patterns::Patterns;
use super::plane::Point;
use super::version::Version;

/// A code that was found and not read: what it looked like.
#[derive(Debug, Clone)]
pub(in crate::qr) struct Partial {
    pub(super) soft: Soft,
    pub(super) version: Version,
    pub(super) corners: [Point; 4],
    /// The share of modules that are alike in all codes and were as they should be.
    pub(super) known: f32,
}

impl Partial {
    /// Whether another sight seems to be of the same code, not far from where this one was.
    pub(in crate::qr) fn is_of_same_code(&self, other: &Partial) -> bool {
        let middle =
            |corners: &[Point; 4]| corners.iter().fold(Point::default(), |sum, &it| sum.plus(it)).times(0.25);
        let [a, _, c, _] = self.corners;
        let near = middle(&self.corners).distance(middle(&other.corners)) < 0.7 * a.distance(c);
        self.version == other.version && near && self.soft.likeness(&other.soft) > LEAST_LIKENESS
    }
}

/// Sights of one code are at least so much alike, from -1 to 1. Sights of different ones are at about 0.2, for the
/// patterns that all codes have.
const LEAST_LIKENESS: f32 = 0.35;

/// Adds another sight of the same code, and reads both together if that can be done.
pub(in crate::qr) fn join(sights: &mut Partial, sight: &Partial) -> Option<Code> {
    sights.soft.add(&sight.soft, sight.known * 2.0 - 1.0);
    sights.corners = sight.corners;
    let patterns = Patterns::of(sights.version);
    let text = text_of(&sights.soft, sights.version, &patterns)?;
    Some(Code { text, corners: sight.corners })
}
