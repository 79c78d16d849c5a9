//! Huffman-coded coefficients (T.81, annexes C and F.2.2).

use super::bits::{Bits, FETCHED};
use super::block::{BLOCK, Coefficients};
use super::headers::{Codes, LONGEST};

/// Codes up to this many bits are looked up at once.
const SHORT: u32 = 10;

/// Bits of which [`AcTable::leaps`] tells how many symbols they hold.
const LEAP: u32 = 12;

/// Bits of which [`AcTable::quick`] tells what coefficient they begin with.
const QUICK: u32 = 11;

/// Most bits of a value: that many have the coefficients of samples of 8 bits (T.81, table F.2).
const LARGEST: u32 = 10;

/// Most bits of a first coefficient's difference (T.81, table F.1).
const LARGEST_DIFFERENCE: u32 = 11;

/// Most bits that a leap goes over: its last code is within [`LEAP`] bits, the value behind it need not be.
const LONGEST_LEAP: u32 = LEAP + LARGEST;

// No more may be skipped than were fetched, and a leap is stored in a byte.
const _: () = assert!(SHORT <= QUICK && SHORT <= LEAP && QUICK <= FETCHED && LONGEST_LEAP < 256);
const _: () = assert!(LONGEST as u32 + LARGEST_DIFFERENCE <= FETCHED && LONGEST_LEAP <= FETCHED);

/// The symbols of one table by their codes.
struct Symbols {
    /// By the next [`SHORT`] bits: the code's length and the symbol, or length 0 if the code is longer.
    short: Vec<(u8, u8)>,
    /// By length - 1: the first code above those of that length, as if all were [`LONGEST`] bits long, and what to
    /// add to a code of that length for its place among the symbols.
    long: [(u32, i32); LONGEST],
    all: Vec<u8>,
}

impl Symbols {
    /// `None` if there are more codes of a length than fit.
    fn new(&Codes { counts, symbols }: &Codes<'_>) -> Option<Self> {
        let mut short = vec![(0, 0); 1 << SHORT];
        let mut long = [(0, 0); LONGEST];
        let (mut code, mut place) = (0u32, 0usize);
        for ((length, &count), above) in (1u32..).zip(counts).zip(&mut long) {
            let first = (code, place);
            for _ in 0..count {
                let symbol = *symbols.get(place)?;
                if length <= SHORT {
                    let span = 1usize << (SHORT - length);
                    let from = code as usize * span;
                    short.get_mut(from..from + span)?.fill((length as u8, symbol));
                }
                code += 1;
                place += 1;
            }
            if code > 1 << length {
                return None;
            }
            *above = (code << (LONGEST as u32 - length), first.1 as i32 - first.0 as i32);
            code <<= 1;
        }
        Some(Self { short, long, all: symbols.to_vec() })
    }

    /// The length of the code that `ahead`, [`LONGEST`] bits, begins with, and its symbol.
    #[inline(always)]
    fn look_up(&self, ahead: u32) -> Option<(u32, u8)> {
        let &(length, symbol) = self.short.get((ahead >> (LONGEST as u32 - SHORT)) as usize)?;
        if length == 0 { self.look_up_long(ahead) } else { Some((length.into(), symbol)) }
    }

    #[cold]
    #[inline(never)]
    fn look_up_long(&self, ahead: u32) -> Option<(u32, u8)> {
        let at = self.long.iter().position(|&(above, _)| ahead < above)?;
        let &(_, offset) = self.long.get(at)?;
        let length = at as u32 + 1;
        let code = ahead >> (LONGEST as u32 - length);
        let symbol = self.all.get(usize::try_from(code as i32 + offset).ok()?)?;
        Some((length, *symbol))
    }

    /// Takes the next code.
    #[inline(always)]
    fn next(&self, bits: &mut Bits<'_>) -> Option<u8> {
        let (length, symbol) = self.look_up(bits.peek(LONGEST as u32))?;
        bits.skip(length);
        Some(symbol)
    }
}

/// Takes a value of `size` bits, 0 to 15.
#[inline(always)]
fn value(bits: &mut Bits<'_>, size: u32) -> i32 {
    if size == 0 {
        return 0;
    }
    let raw = bits.peek(size);
    bits.skip(size);
    extend(raw, size)
}

/// What `size` bits, 1 to 15, stand for (T.81, F.2.2.1).
#[inline(always)]
fn extend(raw: u32, size: u32) -> i32 {
    // Without its highest bit it stands for a negative number.
    let negative = (raw >> (size - 1)) as i32 - 1;
    raw as i32 + (negative & (1 - (1 << size)))
}

/// A coefficient whose code and bits are few enough to be looked up in one go.
#[derive(Debug, Clone, Copy, Default)]
struct Quick {
    value: i16,
    /// Zeros before it.
    run: u8,
    /// Length of code and value; 0 if they are longer than [`QUICK`], or no coefficient follows.
    bits: u8,
}

/// What the codes that [`LEAP`] bits begin with lead over, where the values do not matter: how many bits (from
/// [`Leap::BITS`] up) and how many coefficients (below [`BLOCK`], and [`Leap::END`] more if the last ends the block).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Leap(u16);

impl Leap {
    const BITS: u32 = 8;
    const END: usize = 128;
    /// The first code is too long. One coefficient is always read before, so that this is one too many.
    const NONE: Self = Self(BLOCK as u16);

    fn bits(self) -> u32 {
        u32::from(self.0 >> Self::BITS)
    }

    fn coefficients(self) -> usize {
        usize::from(self.0 & 0xff)
    }
}

/// The table of a component's other coefficients.
pub(super) struct AcTable {
    symbols: Symbols,
    quick: Vec<Quick>,
    leaps: Vec<Leap>,
}

impl AcTable {
    /// `None` if the codes do not fit, or one stands for a value of more bits than there are.
    pub(super) fn new(codes: &Codes<'_>) -> Option<Self> {
        if codes.symbols.iter().any(|symbol| u32::from(symbol & 15) > LARGEST) {
            return None;
        }
        let symbols = Symbols::new(codes)?;
        let quick = (0..1 << QUICK).map(|ahead| quick(&symbols, ahead).unwrap_or_default()).collect();
        let leaps = (0..1 << LEAP).map(|ahead| leap(&symbols, ahead)).collect();
        Some(Self { symbols, quick, leaps })
    }

    /// Reads a block's coefficients from the second on. Only the first `kept` in the order of coding are wanted; of the
    /// others at most one is set, and the rest passed over. `false` if `block` was not touched: all that are wanted are
    /// zeros.
    ///
    /// Not inlined: within the whole scan the compiler runs out of registers for what this loop needs.
    #[inline(never)]
    pub(super) fn read(
        &self,
        bits: &mut Bits<'_>,
        kept: usize,
        block: &mut Coefficients<'_>,
    ) -> Option<bool> {
        let (mut at, mut any) = (1, false);
        'wanted: while at < kept {
            // Several quick ones each time bits are fetched: each waits for the one before, and fetching takes as long
            // as looking up.
            bits.refill()?;
            for _ in 0..FETCHED / QUICK {
                let coefficient = self.quick.get(bits.peek(QUICK) as usize)?;
                if coefficient.bits == 0 {
                    bits.refill()?;
                    match self.symbol(bits)? {
                        Symbol::End => return Some(any),
                        Symbol::Zeros => at += 16,
                        Symbol::Value { run, size } => {
                            at += run;
                            block.set(at, value(bits, size))?;
                            any = true;
                            at += 1;
                        }
                    }
                    continue 'wanted;
                }
                bits.skip(coefficient.bits.into());
                at += usize::from(coefficient.run);
                block.set(at, coefficient.value.into())?;
                any = true;
                at += 1;
                if at >= kept {
                    break 'wanted;
                }
            }
        }
        self.pass_over(bits, at)?;
        Some(any)
    }

    /// Goes to the block's end, `at` coefficients being read.
    #[inline(always)]
    fn pass_over(&self, bits: &mut Bits<'_>, mut at: usize) -> Option<()> {
        'rest: while at < BLOCK {
            bits.refill()?;
            for _ in 0..FETCHED / LONGEST_LEAP {
                let leap = *self.leaps.get(bits.peek(LEAP) as usize)?;
                // Both are at most 64, so the sum stays below the mark for the end.
                let further = at + leap.coefficients();
                let (reached, ended) = (further % Leap::END, further / Leap::END);
                // A block that is full has no end of its own: what would end it belongs to the next.
                if reached + ended > BLOCK {
                    bits.refill()?;
                    match self.symbol(bits)? {
                        Symbol::End => return Some(()),
                        Symbol::Zeros => at += 16,
                        Symbol::Value { run, size } => {
                            bits.skip(size);
                            at += run + 1;
                        }
                    }
                    continue 'rest;
                }
                bits.skip(leap.bits());
                at = further;
                if at >= BLOCK {
                    break 'rest;
                }
            }
        }
        (at == BLOCK || at >= Leap::END).then_some(())
    }

    /// Takes one code, of whatever length, but not the value behind it.
    #[inline(always)]
    fn symbol(&self, bits: &mut Bits<'_>) -> Option<Symbol> {
        let symbol = self.symbols.next(bits)?;
        match (usize::from(symbol >> 4), u32::from(symbol & 15)) {
            (0, 0) => Some(Symbol::End),
            (15, 0) => Some(Symbol::Zeros),
            (_, 0) => None,
            (run, size) => Some(Symbol::Value { run, size }),
        }
    }
}

/// What a code stands for (T.81, F.1.2.2.1).
enum Symbol {
    /// All others are zeros.
    End,
    /// Sixteen zeros.
    Zeros,
    /// Some zeros, then a value of so many bits.
    Value { run: usize, size: u32 },
}

/// The coefficient that `ahead`, [`QUICK`] bits, begins with, if it is whole.
fn quick(symbols: &Symbols, ahead: u32) -> Option<Quick> {
    let &(length, symbol) = symbols.short.get((ahead >> (QUICK - SHORT)) as usize)?;
    let (run, size) = (symbol >> 4, symbol & 15);
    let bits = length + size;
    if length == 0 || size == 0 || u32::from(bits) > QUICK {
        return None;
    }
    let raw = (ahead >> (QUICK - u32::from(bits))) & ((1 << size) - 1);
    Some(Quick { value: extend(raw, size.into()) as i16, run, bits })
}

/// As many whole codes as `ahead`, [`LEAP`] bits, begins with, up to a block's end.
fn leap(symbols: &Symbols, ahead: u32) -> Leap {
    let (mut bits, mut coefficients) = (0, 0);
    while bits < LEAP {
        let rest = (ahead << bits) & ((1 << LEAP) - 1);
        let Some(&(length, symbol)) = symbols.short.get((rest >> (LEAP - SHORT)) as usize) else { break };
        let length = u32::from(length);
        if length == 0 || bits + length > LEAP {
            break;
        }
        let (run, size) = (usize::from(symbol >> 4), u32::from(symbol & 15));
        let further = match (run, size) {
            (0, 0) => Leap::END,
            (15, 0) => 16,
            (_, 0) => break,
            _ => run + 1,
        };
        if coefficients + further % Leap::END >= BLOCK {
            break;
        }
        bits += length + size;
        coefficients += further;
        if further == Leap::END {
            break;
        }
    }
    if bits == 0 { Leap::NONE } else { Leap((bits << Leap::BITS) as u16 | coefficients as u16) }
}

/// The table of a component's first coefficients.
pub(super) struct DcTable(Symbols);

impl DcTable {
    /// As [`AcTable::new`].
    pub(super) fn new(codes: &Codes<'_>) -> Option<Self> {
        let sound = codes.symbols.iter().all(|&symbol| u32::from(symbol) <= LARGEST_DIFFERENCE);
        sound.then(|| Symbols::new(codes)).flatten().map(Self)
    }

    /// The difference from the block before.
    #[inline(always)]
    pub(super) fn read(&self, bits: &mut Bits<'_>) -> Option<i32> {
        bits.refill()?;
        let size = u32::from(self.0.next(bits)?);
        Some(value(bits, size))
    }
}

#[cfg(test)]
mod tests;
