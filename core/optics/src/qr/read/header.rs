//! Format and version information (ISO/IEC 18004, 7.9 and 7.10): which of the few words there are is nearest.

use super::modules::Soft;
use super::version::{Level, Version};

/// Remainders of the codes that protect them.
const FORMAT_GENERATOR: u32 = 0b101_0011_0111;
const VERSION_GENERATOR: u32 = 0b1_1111_0010_0101;

/// What every format word is mixed with, so that none is all zeros.
const FORMAT_MASK: u32 = 0b101_0100_0001_0010;

/// Level and mask of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Format {
    pub(super) level: Level,
    pub(super) mask: u8,
}

fn with_remainder(data: u32, generator: u32, bits: u32) -> u32 {
    let mut rest = data << bits;
    while rest >> bits != 0 {
        let degree = 31 - rest.leading_zeros();
        rest ^= generator << (degree - bits);
    }
    data << bits | rest
}

/// The formats by how near they are, nearest first, at most two: the second only if it is nearly as near.
pub(super) fn formats(soft: &Soft) -> Vec<Format> {
    let mut near = by_likeness(|x, y| soft.at(x, y), soft.side);
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    let best = near.first().map_or(0.0, |best| best.0);
    near.retain(|(likeness, _)| *likeness > 0.0 && *likeness >= best - 6.0);
    near.into_iter().take(2).map(|(_, format)| format).collect()
}

/// Whether a code is seen in a mirror: the format, which is written the other way then, is much nearer to what there is
/// with rows taken for columns.
pub(super) fn is_mirrored(soft: &Soft) -> bool {
    let best = |near: Vec<(f32, Format)>| near.iter().fold(0.0f32, |best, (likeness, _)| best.max(*likeness));
    let plain = best(by_likeness(|x, y| soft.at(x, y), soft.side));
    best(by_likeness(|x, y| soft.at(y, x), soft.side)) > plain + 5.0
}

/// All formats, and how much what is at their places is like each.
fn by_likeness(at: impl Fn(usize, usize) -> f32, side: usize) -> Vec<(f32, Format)> {
    // From the highest bit, twice.
    let first = (0..6).map(|x| (x, 8)).chain([(7, 8), (8, 8), (8, 7)]).chain((0..6).rev().map(|y| (8, y)));
    let second = (0..7).map(|at| (8, side - 1 - at)).chain((0..8).map(|at| (side - 8 + at, 8)));
    let bits: Vec<f32> = first
        .zip(second)
        .map(|((ax, ay), (bx, by))| at(ax, ay).clamp(-1.0, 1.0) + at(bx, by).clamp(-1.0, 1.0))
        .collect();
    (0..32u32)
        .map(|data| {
            let word = with_remainder(data, FORMAT_GENERATOR, 10) ^ FORMAT_MASK;
            let level = match data >> 3 {
                0 => Level::Medium,
                1 => Level::Low,
                2 => Level::High,
                _ => Level::Quartile,
            };
            (likeness(&bits, word), Format { level, mask: (data & 7) as u8 })
        })
        .collect()
}

/// How much bits, the highest first, are like a word.
fn likeness(bits: &[f32], word: u32) -> f32 {
    let of = |(at, bit): (usize, &f32)| if word >> at & 1 == 1 { *bit } else { -bit };
    bits.iter().rev().enumerate().map(of).sum()
}

/// The size that a code says it has. `None` if it is too small to say, or nothing is near.
pub(super) fn version(soft: &Soft) -> Option<Version> {
    let side = soft.side;
    if !Version::of_side(side)?.has_version_information() {
        return None;
    }
    // From the lowest bit, twice.
    let mut bits: Vec<f32> = (0..18)
        .map(|at| {
            let (a, b) = (at / 3, side - 11 + at % 3);
            soft.at(a, b).clamp(-1.0, 1.0) + soft.at(b, a).clamp(-1.0, 1.0)
        })
        .collect();
    bits.reverse();
    let all: f32 = bits.iter().map(|bit| bit.abs()).sum();
    let best = (7..=40u32)
        .map(|number| (likeness(&bits, with_remainder(number, VERSION_GENERATOR, 12)), number))
        .max_by(|a, b| a.0.total_cmp(&b.0))?;
    let sure = best.0 > 0.7 * all;
    sure.then(|| Version::of_side(17 + 4 * best.1 as usize)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_standard() {
        // Annex C's and D's examples: level M with mask 101, and version 7.
        assert_eq!(with_remainder(0b00101, FORMAT_GENERATOR, 10) ^ FORMAT_MASK, 0b100_0000_1100_1110);
        assert_eq!(with_remainder(7, VERSION_GENERATOR, 12), 0b00_0111_1100_1001_0100);
    }
}
