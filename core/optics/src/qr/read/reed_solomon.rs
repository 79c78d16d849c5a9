//! Reed-Solomon codes over the field of 256 elements that QR codes use (ISO/IEC 18004, 7.5; polynomial 285), decoded
//! with errors and erasures.

/// x^8 + x^4 + x^3 + x^2 + 1.
const POLYNOMIAL: u16 = 0x11d;

/// Powers of 2, twice over so that sums of two logarithms need no remainder, and logarithms.
const TABLES: ([u8; 512], [u8; 256]) = {
    let mut powers = [0u8; 512];
    let mut logarithms = [0u8; 256];
    let mut value = 1u16;
    let mut at = 0;
    while at < 255 {
        powers[at] = value as u8;
        powers[at + 255] = value as u8;
        logarithms[value as usize] = at as u8;
        value <<= 1;
        if value & 0x100 != 0 {
            value ^= POLYNOMIAL;
        }
        at += 1;
    }
    (powers, logarithms)
};

fn logarithm(value: u8) -> usize {
    usize::from(TABLES.1.get(usize::from(value)).copied().unwrap_or(0))
}

/// 2 to a power of 0 to 509.
fn power(of: usize) -> u8 {
    TABLES.0.get(of).copied().unwrap_or(0)
}

fn times(a: u8, b: u8) -> u8 {
    if a == 0 || b == 0 { 0 } else { power(logarithm(a) + logarithm(b)) }
}

/// `b` is not 0.
fn over(a: u8, b: u8) -> u8 {
    if a == 0 { 0 } else { power(logarithm(a) + 255 - logarithm(b)) }
}

/// The value of a polynomial, lowest coefficient first.
fn value_at(polynomial: &[u8], x: u8) -> u8 {
    polynomial.iter().rev().fold(0, |sum, &coefficient| times(sum, x) ^ coefficient)
}

/// A code's word with its last `syndromes.len()` symbols for correction, and what is wrong with it.
pub(super) struct Word<'a> {
    symbols: &'a [u8],
    syndromes: Vec<u8>,
}

/// What decoding changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Corrected {
    pub(super) symbols: Vec<u8>,
    /// Symbols outside the erasures that were wrong.
    pub(super) errors: usize,
}

impl<'a> Word<'a> {
    /// At most 255 symbols.
    pub(super) fn new(symbols: &'a [u8], correction: usize) -> Self {
        let syndromes = (0..correction)
            .map(|root| symbols.iter().fold(0, |sum, &it| times(sum, power(root)) ^ it))
            .collect();
        Self { symbols, syndromes }
    }

    /// The word that differs from this one in as few symbols as can be, those at `erased` not counted. `None` if more
    /// are wrong than the code can tell: half of what the erasures leave of the correction symbols.
    pub(super) fn corrected(&self, erased: &[usize]) -> Option<Corrected> {
        let length = self.symbols.len();
        let correction = self.syndromes.len();
        if self.syndromes.iter().all(|&syndrome| syndrome == 0) {
            return Some(Corrected { symbols: self.symbols.to_vec(), errors: 0 });
        }
        if erased.len() > correction || length > 255 {
            return None;
        }
        // The erasures' locator, roots at the inverses of their places.
        let mut locator = vec![1u8];
        for &at in erased {
            let root = power(length.checked_sub(at + 1)?);
            locator.push(0);
            for at in (1..locator.len()).rev() {
                let below = locator.get(at - 1).copied()?;
                *locator.get_mut(at)? ^= times(below, root);
            }
        }
        let locator = self.with_errors(locator, erased.len())?;
        let wrong = locator.len() - 1;
        let errors = wrong.checked_sub(erased.len())?;
        if 2 * errors + erased.len() > correction {
            return None;
        }
        self.repaired(&locator, wrong, erased)
    }

    /// Berlekamp's and Massey's algorithm, begun with the erasures' locator. Without zeros at its end.
    fn with_errors(&self, start: Vec<u8>, erased: usize) -> Option<Vec<u8>> {
        let mut locator = start.clone();
        let mut before = start;
        let mut degree = erased;
        for step in erased..self.syndromes.len() {
            let discrepancy = locator
                .iter()
                .enumerate()
                .filter_map(|(at, &factor)| Some(times(factor, *self.syndromes.get(step.checked_sub(at)?)?)))
                .fold(0, |sum, part| sum ^ part);
            before.insert(0, 0);
            if discrepancy == 0 {
                continue;
            }
            let scaled: Vec<u8> = before.iter().map(|&it| times(it, discrepancy)).collect();
            let grows = 2 * degree <= step + erased;
            let old = grows.then(|| locator.clone());
            locator.resize(locator.len().max(scaled.len()), 0);
            locator.iter_mut().zip(&scaled).for_each(|(sum, part)| *sum ^= part);
            if let Some(old) = old {
                before = old.iter().map(|&it| over(it, discrepancy)).collect();
                degree = step + 1 + erased - degree;
            }
        }
        let last = locator.iter().rposition(|&it| it != 0)?;
        locator.truncate(last + 1);
        (last == degree).then_some(locator)
    }

    /// Finds the locator's roots (Chien) and what is wrong there (Forney).
    fn repaired(&self, locator: &[u8], wrong: usize, erased: &[usize]) -> Option<Corrected> {
        let correction = self.syndromes.len();
        let length = self.symbols.len();
        // The evaluator: syndromes times locator, up to the correction's degree.
        let evaluator: Vec<u8> = (0..correction)
            .map(|degree| {
                let parts = locator.iter().enumerate().filter_map(|(at, &factor)| {
                    Some(times(factor, *self.syndromes.get(degree.checked_sub(at)?)?))
                });
                parts.fold(0, |sum, part| sum ^ part)
            })
            .collect();
        let mut symbols = self.symbols.to_vec();
        let (mut roots, mut errors) = (0, 0);
        for (at, symbol) in symbols.iter_mut().enumerate() {
            let exponent = length - 1 - at;
            let inverse = power((255 - exponent) % 255);
            if value_at(locator, inverse) != 0 {
                continue;
            }
            roots += 1;
            // The derivative has the odd coefficients, a degree lower.
            let squared = times(inverse, inverse);
            let derivative =
                locator.iter().skip(1).step_by(2).rev().fold(0, |sum, &it| times(sum, squared) ^ it);
            if derivative == 0 {
                return None;
            }
            let size = times(over(value_at(&evaluator, inverse), derivative), power(exponent));
            if size != 0 && !erased.contains(&at) {
                errors += 1;
            }
            *symbol ^= size;
        }
        let sound = roots == wrong && Word::new(&symbols, correction).syndromes.iter().all(|&it| it == 0);
        sound.then_some(Corrected { symbols, errors })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::tests::Noise;

    /// Appends what makes all syndromes zero.
    fn encoded(data: &[u8], correction: usize) -> Vec<u8> {
        let mut generator = vec![1u8];
        for root in 0..correction {
            generator.push(0);
            for at in (1..generator.len()).rev() {
                generator[at] ^= times(generator[at - 1], power(root));
            }
        }
        let mut rest = [data, &vec![0; correction]].concat();
        for at in 0..data.len() {
            let factor = rest[at];
            for (place, &coefficient) in generator.iter().enumerate() {
                rest[at + place] ^= times(coefficient, factor);
            }
        }
        [data, &rest[data.len()..]].concat()
    }

    #[test]
    fn errors_and_erasures_are_mended_up_to_the_limit() {
        let mut noise = Noise(31);
        for round in 0..3000 {
            let correction = 2 + noise.below(29);
            let data: Vec<u8> = (0..1 + noise.below(120)).map(|_| noise.next() as u8).collect();
            let word = encoded(&data, correction);
            let erased = noise.below(correction as u64 + 1);
            let errors = (correction - erased) / 2;
            let mut places: Vec<usize> = (0..word.len()).collect();
            for at in 0..places.len() {
                places.swap(at, noise.below(word.len() as u64));
            }
            let erased = erased.min(word.len());
            let errors = errors.min(word.len() - erased);
            let mut received = word.clone();
            // Of what is erased some may be right all the same.
            places[..erased].iter().for_each(|&at| received[at] ^= noise.next() as u8);
            places[erased..erased + errors].iter().for_each(|&at| received[at] ^= 1 + noise.below(255) as u8);
            let corrected = Word::new(&received, correction).corrected(&places[..erased]);
            let corrected = corrected.unwrap_or_else(|| panic!("round {round}: {erased} and {errors}"));
            assert_eq!(corrected.symbols, word, "round {round}");
            assert!(corrected.errors <= errors);
        }
    }

    #[test]
    fn what_is_beyond_the_limit_is_mostly_refused_and_never_half_mended() {
        let mut noise = Noise(77);
        let mut refused = 0;
        for _ in 0..1000 {
            let data: Vec<u8> = (0..40).map(|_| noise.next() as u8).collect();
            let mut received = encoded(&data, 16);
            (0..12).for_each(|_| received[noise.below(56)] ^= 1 + noise.below(255) as u8);
            match Word::new(&received, 16).corrected(&[]) {
                None => refused += 1,
                Some(other) => assert!(Word::new(&other.symbols, 16).syndromes.iter().all(|&it| it == 0)),
            }
        }
        assert!(refused > 950, "{refused}");
        let word = Word::new(&[1, 2, 3], 2);
        assert!(word.corrected(&[7]).is_none() && word.corrected(&[0, 1, 2]).is_none());
    }
}
