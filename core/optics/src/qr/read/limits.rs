//! What a read may cost.

use super::Effort;

/// Most pixels of parts that are looked at closely.
const MOST_PIXELS: usize = 4_000_000;

/// From so many pixels on a fast look leaves parts to the next thorough one.
const LARGE_FRAME: usize = 1_500_000;

/// What a read may cost, counted, so that it is the same on every machine.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Triples of finder patterns looked at in a look.
    pub(super) triples: usize,
    /// Grids tried for each of them.
    pub(super) grids: usize,
    /// Every so manieth row of a picture in full is gone through for finder patterns.
    pub(super) step: usize,
    /// Finder patterns kept, and places looked at closely, in a look.
    pub(super) finders: usize,
    pub(super) closely: usize,
    /// Parts of the picture that are looked at closely, and pixels of them, all looks together.
    pub(super) regions: usize,
    pub(super) pixels: usize,
    /// Modules of codes in which decoding is tried, all looks together.
    pub(super) modules: usize,
}

impl Limits {
    pub(super) fn of(effort: Effort, pixels: usize) -> Self {
        match effort {
            Effort::Fast => Self {
                triples: 10,
                grids: 1,
                // In a large frame, modules of less than a pixel and a third are left to thorough looks.
                step: if pixels < LARGE_FRAME { 3 } else { 4 },
                finders: 40,
                closely: 4_000,
                regions: usize::from(pixels < LARGE_FRAME),
                pixels: (pixels / 8).min(MOST_PIXELS),
                modules: 40_000,
            },
            Effort::Thorough => Self {
                triples: 24,
                grids: 2,
                step: 3,
                finders: 64,
                closely: 20_000,
                regions: 4,
                pixels: (3 * pixels / 4 + 200_000).min(MOST_PIXELS),
                modules: 160_000,
            },
        }
    }
}
