//! The coefficients of a block of 8 by 8 samples.

use super::transform::Block;

/// Coefficients of a block.
pub(super) const BLOCK: usize = 64;

/// Where the coefficients stand in a block, in the order in which they are coded (T.81, figure A.6).
pub(super) const ZIGZAG: [u8; BLOCK] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7,
    14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39,
    46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/// Where a coefficient stands in its block, and what its coded value is multiplied with.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Step {
    pub(super) place: u8,
    pub(super) factor: f32,
}

/// The coefficients of a block in the order in which they are coded.
pub(super) type Quantiser = [Step; BLOCK];

/// A block on its way from codes to samples; all zeros between two blocks.
pub(super) struct Coefficients<'a> {
    pub(super) values: Block<f32>,
    pub(super) quantiser: &'a Quantiser,
}

impl Coefficients<'_> {
    /// Sets the coefficient that is coded as number `at`. `None` if there are not so many.
    #[inline(always)]
    pub(super) fn set(&mut self, at: usize, value: i32) -> Option<()> {
        let Step { place, factor } = *self.quantiser.get(at)?;
        *self.values.as_flattened_mut().get_mut(usize::from(place))? = value as f32 * factor;
        Some(())
    }
}
