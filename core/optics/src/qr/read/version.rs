//! What the standard (ISO/IEC 18004:2015) says of the forty sizes: where patterns lie, and how codewords are spread
//! over blocks.

/// A size of code: 1 (21 modules) to 40 (177 modules).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Version(u8);

/// How much of a code may be lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Low,
    Medium,
    Quartile,
    High,
}

/// The blocks of a code: some of one length, then some a codeword longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Blocks {
    pub(super) short: usize,
    pub(super) long: usize,
    /// Data codewords in a short one.
    pub(super) data: usize,
    /// Error correction codewords in each.
    pub(super) correction: usize,
}

/// Error correction codewords in a block, and blocks (table 9), by version and level L, M, Q, H.
const BLOCKS: [[(u8, u8); 4]; 40] = [
    [(7, 1), (10, 1), (13, 1), (17, 1)],
    [(10, 1), (16, 1), (22, 1), (28, 1)],
    [(15, 1), (26, 1), (18, 2), (22, 2)],
    [(20, 1), (18, 2), (26, 2), (16, 4)],
    [(26, 1), (24, 2), (18, 4), (22, 4)],
    [(18, 2), (16, 4), (24, 4), (28, 4)],
    [(20, 2), (18, 4), (18, 6), (26, 5)],
    [(24, 2), (22, 4), (22, 6), (26, 6)],
    [(30, 2), (22, 5), (20, 8), (24, 8)],
    [(18, 4), (26, 5), (24, 8), (28, 8)],
    [(20, 4), (30, 5), (28, 8), (24, 11)],
    [(24, 4), (22, 8), (26, 10), (28, 11)],
    [(26, 4), (22, 9), (24, 12), (22, 16)],
    [(30, 4), (24, 9), (20, 16), (24, 16)],
    [(22, 6), (24, 10), (30, 12), (24, 18)],
    [(24, 6), (28, 10), (24, 17), (30, 16)],
    [(28, 6), (28, 11), (28, 16), (28, 19)],
    [(30, 6), (26, 13), (28, 18), (28, 21)],
    [(28, 7), (26, 14), (26, 21), (26, 25)],
    [(28, 8), (26, 16), (30, 20), (28, 25)],
    [(28, 8), (26, 17), (28, 23), (30, 25)],
    [(28, 9), (28, 17), (30, 23), (24, 34)],
    [(30, 9), (28, 18), (30, 25), (30, 30)],
    [(30, 10), (28, 20), (30, 27), (30, 32)],
    [(26, 12), (28, 21), (30, 29), (30, 35)],
    [(28, 12), (28, 23), (28, 34), (30, 37)],
    [(30, 12), (28, 25), (30, 34), (30, 40)],
    [(30, 13), (28, 26), (30, 35), (30, 42)],
    [(30, 14), (28, 28), (30, 38), (30, 45)],
    [(30, 15), (28, 29), (30, 40), (30, 48)],
    [(30, 16), (28, 31), (30, 43), (30, 51)],
    [(30, 17), (28, 33), (30, 45), (30, 54)],
    [(30, 18), (28, 35), (30, 48), (30, 57)],
    [(30, 19), (28, 37), (30, 51), (30, 60)],
    [(30, 19), (28, 38), (30, 53), (30, 63)],
    [(30, 20), (28, 40), (30, 56), (30, 66)],
    [(30, 21), (28, 43), (30, 59), (30, 70)],
    [(30, 22), (28, 45), (30, 62), (30, 74)],
    [(30, 24), (28, 47), (30, 65), (30, 77)],
    [(30, 25), (28, 49), (30, 68), (30, 81)],
];

impl Version {
    /// `None` unless there is a size of that many modules a side.
    pub(super) fn of_side(side: usize) -> Option<Self> {
        let number = side.checked_sub(17)?;
        (number.is_multiple_of(4) && (4..=160).contains(&number)).then_some(Self((number / 4) as u8))
    }

    pub(super) fn number(self) -> u8 {
        self.0
    }

    /// Modules a side.
    pub(super) fn side(self) -> usize {
        17 + 4 * usize::from(self.0)
    }

    /// Where the middles of alignment patterns lie, across as well as down (annex E). In the corners that finder
    /// patterns take there is none.
    pub(super) fn alignment(self) -> Vec<usize> {
        let number = usize::from(self.0);
        if number == 1 {
            return Vec::new();
        }
        let count = number / 7 + 2;
        let last = self.side() - 7;
        // Even steps back from the last; the first step is what is left. Version 32 is the exception.
        let step = if number == 32 { 26 } else { (number * 4 + 4).div_ceil(count * 2 - 2) * 2 };
        let mut places: Vec<usize> = (0..count - 1).map(|at| last - at * step).collect();
        places.push(6);
        places.reverse();
        places
    }

    /// Whether the code tells its size itself.
    pub(super) fn has_version_information(self) -> bool {
        self.0 >= 7
    }

    pub(super) fn blocks(self, level: Level) -> Blocks {
        let column = match level {
            Level::Low => 0,
            Level::Medium => 1,
            Level::Quartile => 2,
            Level::High => 3,
        };
        let row = BLOCKS.get(usize::from(self.0) - 1).and_then(|row| row.get(column));
        let (correction, blocks) =
            row.map_or((0, 1), |&(correction, blocks)| (correction.into(), blocks.into()));
        let codewords = self.codewords();
        let data = codewords / blocks - correction;
        let long = codewords % blocks;
        Blocks { short: blocks - long, long, data, correction }
    }

    /// All codewords, of data and of correction.
    pub(super) fn codewords(self) -> usize {
        let number = usize::from(self.0);
        let mut modules = (16 * number + 128) * number + 64;
        if number >= 2 {
            let count = number / 7 + 2;
            modules -= (25 * count - 10) * count - 55;
            if number >= 7 {
                modules -= 36;
            }
        }
        modules / 8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(number: u8) -> Version {
        Version(number)
    }

    #[test]
    fn the_standards_own_figures() {
        assert_eq!(version(1).codewords(), 26);
        assert_eq!(version(7).codewords(), 196);
        assert_eq!(version(10).codewords(), 346);
        assert_eq!(version(40).codewords(), 3706);
        assert_eq!(version(2).alignment(), [6, 18]);
        assert_eq!(version(7).alignment(), [6, 22, 38]);
        assert_eq!(version(14).alignment(), [6, 26, 46, 66]);
        assert_eq!(version(32).alignment(), [6, 34, 60, 86, 112, 138]);
        assert_eq!(version(36).alignment(), [6, 24, 50, 76, 102, 128, 154]);
        assert_eq!(version(40).alignment(), [6, 30, 58, 86, 114, 142, 170]);
        let blocks = version(10).blocks(Level::Medium);
        assert_eq!(blocks, Blocks { short: 4, long: 1, data: 43, correction: 26 });
        assert!(Version::of_side(20).is_none() && Version::of_side(23).is_none());
        assert!(Version::of_side(17).is_none() && Version::of_side(181).is_none());
        assert_eq!(Version::of_side(57), Some(version(10)));
    }

    #[test]
    fn blocks_hold_all_codewords() {
        for number in 1..=40 {
            for level in [Level::Low, Level::Medium, Level::Quartile, Level::High] {
                let blocks = version(number).blocks(level);
                let all = blocks.short * (blocks.data + blocks.correction)
                    + blocks.long * (blocks.data + 1 + blocks.correction);
                assert_eq!(all, version(number).codewords(), "{number} {level:?}");
            }
        }
    }
}
