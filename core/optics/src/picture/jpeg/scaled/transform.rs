//! The inverse cosine transform, straight to a smaller block.

use std::f32::consts::{PI, SQRT_2};

/// Most samples a block gives in either direction, and the frequencies it has in either.
pub(super) const MOST: usize = 8;

/// A block's coefficients or samples, row after row.
pub(super) type Block<T> = [[T; MOST]; MOST];

/// Makes `width` by `height` samples of a block: what the full transform (T.81, A.3.3) would give without the
/// frequencies that so few samples cannot hold.
pub(super) struct Transform {
    pub(super) width: usize,
    pub(super) height: usize,
    /// By row of samples: how much each frequency gives to it.
    down: Block<f32>,
    /// By frequency: how much it gives to each sample of a row.
    across: Block<f32>,
}

impl Transform {
    /// Both sides 1 to [`MOST`].
    pub(super) fn new(width: usize, height: usize) -> Self {
        let mut transform = Self { width, height, down: Block::default(), across: Block::default() };
        for (sample, row) in transform.down.iter_mut().enumerate().take(height) {
            for (frequency, share) in row.iter_mut().enumerate().take(height) {
                *share = wave(frequency, sample, height);
            }
        }
        for (frequency, row) in transform.across.iter_mut().enumerate().take(width) {
            for (sample, share) in row.iter_mut().enumerate().take(width) {
                *share = wave(frequency, sample, width);
            }
        }
        transform
    }

    /// The samples of a block of which more than the mean is known. What stands outside `width` and `height` means
    /// nothing.
    #[inline(always)]
    pub(super) fn samples(&self, coefficients: &Block<f32>, out: &mut Block<u8>) {
        if self.width <= 4 {
            self.lanes::<4>(coefficients, out);
        } else {
            self.lanes::<MOST>(coefficients, out);
        }
    }

    /// For widths up to `LANES`, which the compiler computes side by side.
    #[inline(always)]
    fn lanes<const LANES: usize>(&self, coefficients: &Block<f32>, out: &mut Block<u8>) {
        for (samples, shares) in out.iter_mut().zip(&self.down).take(self.height) {
            let mut frequencies = [0.0; LANES];
            for (row, share) in coefficients.iter().zip(shares).take(self.height) {
                add(&mut frequencies, row, *share);
            }
            let mut sums = [128.0; LANES];
            for (shape, strength) in self.across.iter().zip(frequencies).take(self.width) {
                add(&mut sums, shape, strength);
            }
            for (sample, sum) in samples.iter_mut().zip(sums) {
                *sample = to_byte(sum);
            }
        }
    }
}

/// The sample of a block whose samples are all alike, from its first coefficient.
pub(super) fn mean(first: f32) -> u8 {
    to_byte(first / 8.0 + 128.0)
}

/// What a coefficient of 1 gives in one direction.
fn wave(frequency: usize, sample: usize, samples: usize) -> f32 {
    let strength = if frequency == 0 { 1.0 } else { SQRT_2 };
    let angle = (2 * sample + 1) as f32 * frequency as f32 * PI / (2 * samples) as f32;
    strength * angle.cos() / 8f32.sqrt()
}

#[inline(always)]
fn add<const LANES: usize>(sums: &mut [f32; LANES], shape: &[f32; MOST], strength: f32) {
    for (sum, part) in sums.iter_mut().zip(shape) {
        *sum += part * strength;
    }
}

/// Rounds by way of the number's own form: from 2^23 on the lowest bits of an `f32` are the whole ones, here of what
/// was clamped before. Unlike a cast this is one instruction for several samples.
#[inline(always)]
fn to_byte(sample: f32) -> u8 {
    (sample.clamp(0.0, 255.0) + 8_388_608.0).to_bits() as u8
}
