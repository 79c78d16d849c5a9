//! From modules to corrected bytes.

use super::header::Format;
use super::modules::Soft;
use super::patterns::{Module, Patterns};
use super::reed_solomon::Word;
use super::version::Version;

/// A wrong block is taken for a right one at most once in 2 to this many; that is also what the standard leaves to
/// the smallest codes.
const LEAST_SURE: f32 = 30.0;

/// A codeword, and how sure its least sure bit is.
#[derive(Debug, Clone, Copy, Default)]
struct Codeword {
    byte: u8,
    sure: f32,
}

/// The corrected data bytes of all blocks in order. `None` if a block is beyond repair.
pub(super) fn corrected(
    soft: &Soft,
    version: Version,
    patterns: &Patterns,
    format: Format,
) -> Option<Vec<u8>> {
    let mut data = Vec::with_capacity(version.codewords());
    for block in blocks(soft, version, patterns, format)? {
        data.extend_from_slice(&block?);
    }
    Some(data)
}

/// The corrected data bytes of each block in order; `None` for a block that is beyond repair.
pub(super) fn blocks(
    soft: &Soft,
    version: Version,
    patterns: &Patterns,
    format: Format,
) -> Option<impl Iterator<Item = Option<Vec<u8>>>> {
    let codewords = read(soft, version, patterns, format.mask);
    let layout = version.blocks(format.level);
    let count = layout.short + layout.long;
    let mut blocks: Vec<Vec<Codeword>> = vec![Vec::new(); count];
    let mut rest = codewords.into_iter();
    // Data column by column, the last column only of the longer blocks; then correction.
    for column in 0..=layout.data {
        let from = if column == layout.data { layout.short } else { 0 };
        for block in blocks.iter_mut().skip(from) {
            block.push(rest.next()?);
        }
    }
    for _ in 0..layout.correction {
        for block in &mut blocks {
            block.push(rest.next()?);
        }
    }
    Some(blocks.into_iter().map(move |block| {
        let mut symbols = repaired(&block, layout.correction)?;
        symbols.truncate(block.len() - layout.correction);
        Some(symbols)
    }))
}

/// Bits in the standard's zigzag, unmasked.
fn read(soft: &Soft, version: Version, patterns: &Patterns, mask: u8) -> Vec<Codeword> {
    let side = version.side();
    let mut codewords = Vec::with_capacity(version.codewords());
    let (mut word, mut bits) = (Codeword { byte: 0, sure: f32::MAX }, 0);
    let mut upwards = true;
    // Pairs of columns from the right; the timing pattern's column belongs to none.
    let pairs =
        (1..=side / 2).map(|pair| if 2 * pair > side - 7 { side - 1 - 2 * pair } else { side - 2 * pair });
    for left in pairs {
        for step in 0..side {
            let y = if upwards { side - 1 - step } else { step };
            for x in [left + 1, left] {
                if patterns.at(x, y) != Some(Module::Data) {
                    continue;
                }
                let value = soft.at(x, y);
                let dark = (value > 0.0) != masked(mask, x, y);
                word.byte = word.byte << 1 | u8::from(dark);
                word.sure = word.sure.min(value.abs());
                bits += 1;
                if bits == 8 {
                    codewords.push(word);
                    (word, bits) = (Codeword { byte: 0, sure: f32::MAX }, 0);
                }
            }
        }
        upwards = !upwards;
    }
    codewords.truncate(version.codewords());
    codewords
}

/// Whether a mask changes a module (table 10).
fn masked(mask: u8, x: usize, y: usize) -> bool {
    match mask {
        0 => (x + y).is_multiple_of(2),
        1 => y.is_multiple_of(2),
        2 => x.is_multiple_of(3),
        3 => (x + y).is_multiple_of(3),
        4 => (y / 2 + x / 3).is_multiple_of(2),
        5 => x * y % 2 + x * y % 3 == 0,
        6 => (x * y % 2 + x * y % 3).is_multiple_of(2),
        _ => ((x + y) % 2 + x * y % 3).is_multiple_of(2),
    }
}

/// The block's symbols, corrected: at first all count, then ever more of the least sure ones are left open.
fn repaired(block: &[Codeword], correction: usize) -> Option<Vec<u8>> {
    let symbols: Vec<u8> = block.iter().map(|codeword| codeword.byte).collect();
    let word = Word::new(&symbols, correction);
    let mut order: Vec<usize> = (0..block.len()).collect();
    let sure = |at: usize| block.get(at).map_or(0.0, |codeword| codeword.sure);
    order.sort_by(|&a, &b| sure(a).total_cmp(&sure(b)));
    for erased in (0..correction).step_by(2) {
        let Some(corrected) = word.corrected(order.get(..erased)?) else { continue };
        if sureness(block.len(), correction, erased, corrected.errors) >= LEAST_SURE {
            return Some(corrected.symbols);
        }
    }
    None
}

/// How unlikely it is that a random word is as near to one of the code's, as a power of 2: symbols of correction that
/// were not needed, less the number of ways in which so many symbols can be wrong.
fn sureness(length: usize, correction: usize, erased: usize, errors: usize) -> f32 {
    let unused = correction.saturating_sub(erased + errors) as f32 * 8.0;
    let ways: f32 =
        (0..errors).map(|at| ((length - erased).saturating_sub(at) as f32 / (at + 1) as f32).log2()).sum();
    unused - ways
}
