//! Blocks are read as a decoder by the book reads them, by tables of random shape.

use super::*;
use crate::picture::jpeg::scaled::{
    block::{Step, ZIGZAG},
    transform::Block,
};
use crate::picture::tests::Noise;

/// A table of random shape: all values that eight-bit samples have, or a few of them, in random order.
fn table(noise: &mut Noise) -> ([u8; LONGEST], Vec<u8>) {
    let mut symbols: Vec<u8> =
        (0..=255).filter(|symbol| matches!(symbol & 15, 1..=10) || matches!(symbol, 0 | 0xf0)).collect();
    for at in (1..symbols.len()).rev() {
        symbols.swap(at, noise.below(at as u64 + 1));
    }
    if noise.below(3) == 0 {
        symbols.truncate(2 + noise.below(12));
    }
    // Codes fill the tree from the left; what is left of it must hold the rest at the greatest length.
    let (mut counts, mut left, mut places) = ([0; LONGEST], symbols.len() as u32, 1u32);
    for (depth, count) in counts.iter_mut().enumerate() {
        places *= 2;
        let most = if depth + 1 == LONGEST {
            left
        } else {
            let below = 1u32 << (LONGEST - 1 - depth);
            // So many may end here that the others still find room below.
            (0..=left.min(places)).rev().find(|&ends| (places - ends) * below > left - ends).unwrap_or(0)
        };
        let ends = if depth + 1 == LONGEST { most } else { noise.below(u64::from(most.min(24)) + 1) as u32 };
        *count = ends as u8;
        (places, left) = (places - ends, left - ends);
    }
    (counts, symbols)
}

/// The codes of a table by the book (T.81, annex C), as text.
fn codes(counts: &[u8; LONGEST], symbols: &[u8]) -> Vec<(String, u8)> {
    let (mut code, mut all) = (0u32, Vec::new());
    for (length, &count) in (1..).zip(counts) {
        for _ in 0..count {
            all.push((format!("{code:0length$b}"), symbols[all.len()]));
            code += 1;
        }
        code *= 2;
    }
    all
}

/// One block, read a bit at a time: its coefficients in the order of coding and where it ends.
fn by_the_book(codes: &[(String, u8)], bits: &str) -> Option<([i32; BLOCK], usize)> {
    let (mut block, mut at, mut place) = ([0; BLOCK], 1, 0);
    while at < BLOCK {
        let (code, symbol) = codes.iter().find(|(code, _)| bits[place..].starts_with(code.as_str()))?;
        place += code.len();
        let (run, size) = (usize::from(symbol >> 4), usize::from(symbol & 15));
        match (run, size) {
            (0, 0) => return Some((block, place)),
            (15, 0) => at += 16,
            _ => {
                let raw = bits.get(place..place + size)?;
                place += size;
                let value = i32::from_str_radix(raw, 2).unwrap();
                at += run;
                *block.get_mut(at)? = if raw.starts_with('0') { value - (1 << size) + 1 } else { value };
                at += 1;
            }
        }
    }
    (at == BLOCK).then_some((block, place))
}

#[test]
fn blocks_are_read_as_by_the_book() {
    let mut noise = Noise(31);
    let mut quantiser = [Step { place: 0, factor: 1.0 }; BLOCK];
    quantiser.iter_mut().zip(ZIGZAG).for_each(|(step, place)| step.place = place);
    let (mut sound, mut full) = (0, 0);
    for _ in 0..60 {
        let (counts, symbols) = table(&mut noise);
        let codes = codes(&counts, &symbols);
        let table = AcTable::new(&Codes { counts: &counts, symbols: &symbols }).unwrap();
        for _ in 0..60 {
            // Mostly codes of the table, and values of all kinds; blocks that overrun among them.
            let mut text = String::new();
            while text.len() < 1200 {
                let (code, symbol) = &codes[noise.below(codes.len() as u64)];
                // An end would come too soon to see full blocks.
                if *symbol == 0 && noise.below(4) != 0 {
                    continue;
                }
                text += code;
                (0..symbol & 15).for_each(|_| text.push(if noise.below(2) == 0 { '0' } else { '1' }));
            }
            let bytes: Vec<u8> = (text.as_bytes().as_chunks::<8>().0.iter())
                .map(|bits| bits.iter().fold(0, |byte, bit| byte << 1 | (bit - b'0')))
                .flat_map(|byte| if byte == 0xff { vec![0xff, 0] } else { vec![byte] })
                .collect();
            let expected = by_the_book(&codes, &text);
            full += usize::from(expected.is_some_and(|(block, _)| block[BLOCK - 1] != 0));
            for kept in [1, 2, 6, 13, 25, 41, BLOCK] {
                let mut bits = Bits::new(&bytes);
                bits.ready();
                let mut block = Coefficients { values: Block::default(), quantiser: &quantiser };
                let read = table.read(&mut bits, kept, &mut block);
                let Some((wanted, end)) = expected else {
                    assert_eq!(read, None);
                    continue;
                };
                let touched = read.unwrap();
                let seen = ZIGZAG.map(|place| block.values.as_flattened()[usize::from(place)] as i32);
                assert_eq!(seen[..kept], wanted[..kept]);
                assert!(touched || seen == [0; BLOCK]);
                bits.refill().unwrap();
                let following = u32::from_str_radix(&text[end..end + 24], 2).unwrap();
                assert_eq!(bits.peek(24), following, "goes on in the wrong place");
                sound += 1;
            }
        }
    }
    assert!(sound > 2_000 && full > 100, "{sound} blocks, {full} of them full");
}
