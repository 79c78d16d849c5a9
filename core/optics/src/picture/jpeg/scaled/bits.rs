//! The entropy-coded data of a scan, bit by bit (T.81, F.2.2.5).

use memchr::memchr;

use super::super::markers::RST0;
use super::headers::MOST_BLOCKS;

/// Bits that [`Bits::refill`] provides at least.
pub(super) const FETCHED: u32 = 56;

/// Zeros behind the data. When the last bit of the data is read, `next` is up to seven bytes behind it, and
/// [`Bits::refill`] takes eight from there.
const PADDING: usize = 16;

/// Bytes that [`Bits::ready`] provides at least. A unit has [`MOST_BLOCKS`] of 64 coefficients, each with a code of up
/// to 16 bits and a value of up to 15. Counted as 32 bits, that leaves room for the bytes that a refill looks ahead.
const UNIT: usize = MOST_BLOCKS as usize * 64 * 4;

/// Bytes that are prepared at a time.
const PREPARED: usize = 8 * UNIT;

/// What ended an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The restart marker of this number, 0 to 7.
    Restart(u8),
    /// Any other marker, or the end of the file.
    Scan,
}

/// Reads the restart intervals of a scan one after the other.
pub(super) struct Bits<'a> {
    /// What was not prepared yet.
    data: &'a [u8],
    /// Set when all of the interval is prepared; zeros follow then.
    end: Option<End>,
    /// Part of an interval, without the zeros that are stuffed behind 0xFF.
    prepared: Vec<u8>,
    /// The first byte of which no bit is counted in `count`.
    next: usize,
    /// The next bits, from the highest. Below the counted ones stand zeros or the first bits of byte `next`; taking
    /// these once more changes nothing.
    held: u64,
    /// How many bits of `held` count.
    count: u32,
}

impl<'a> Bits<'a> {
    /// Of the first interval that `data` begin with.
    pub(super) fn new(data: &'a [u8]) -> Self {
        Self { data, end: None, prepared: Vec::new(), next: 0, held: 0, count: 0 }
    }

    /// Sees to it that the next unit can be read.
    #[inline(always)]
    pub(super) fn ready(&mut self) {
        if self.end.is_none() && self.prepared.len() < self.next + UNIT {
            self.prepare();
        }
    }

    #[cold]
    fn prepare(&mut self) {
        let kept = self.next.min(self.prepared.len());
        self.prepared.drain(..kept);
        self.next -= kept;
        while self.prepared.len() < PREPARED && self.end.is_none() {
            let near = self.data.get(..PREPARED).unwrap_or(self.data);
            let plain = memchr(0xff, near).unwrap_or(near.len());
            let (before, from) = self.data.split_at(plain);
            self.prepared.extend_from_slice(before);
            self.data = match from {
                [0xff, 0x00, after @ ..] => {
                    self.prepared.push(0xff);
                    after
                }
                [0xff, ..] | [] => {
                    // More of them may stand before a marker.
                    let fills = from.iter().take_while(|&&byte| byte == 0xff).count();
                    let (end, after) = match from.get(fills) {
                        Some(&marker) if marker.wrapping_sub(RST0) < 8 => {
                            (End::Restart(marker - RST0), fills + 1)
                        }
                        _ => (End::Scan, fills.saturating_sub(1)),
                    };
                    self.end = Some(end);
                    from.get(after..).unwrap_or_default()
                }
                more => more,
            };
        }
        if self.end.is_some() {
            self.prepared.resize(self.prepared.len() + PADDING, 0);
        }
    }

    /// Leaves the interval, all its units being read, for the one that follows. Returns what ended it; `None` if its
    /// data were fewer than were read, or more than the bits that fill up the last byte.
    pub(super) fn finish(&mut self) -> Option<End> {
        // Before the last unit more than that was prepared, or all.
        let end = self.end?;
        // What is held may have stood before what is prepared now.
        let read = (self.next * 8) as isize - self.count as isize;
        let all = (self.prepared.len() - PADDING) as isize * 8;
        let whole = (read..read + 8).contains(&all);
        self.prepared.clear();
        *self = Self { prepared: std::mem::take(&mut self.prepared), ..Self::new(self.data) };
        whole.then_some(end)
    }

    /// Whether the file ends where the interval's data do, rather than a marker.
    pub(super) fn is_cut_off(&self) -> bool {
        // Of a marker both bytes would be left.
        self.end == Some(End::Scan) && self.data.len() < 2
    }

    /// Whether more was read of the interval than it has.
    pub(super) fn ran_out(&self) -> bool {
        let read = (self.next * 8) as isize - self.count as isize;
        self.end.is_some() && read > (self.prepared.len() - PADDING) as isize * 8
    }

    /// What follows in the file.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.data
    }

    /// Sees to it that at least [`FETCHED`] bits are held, zeros behind the last of the data. `None` well past it.
    #[inline(always)]
    pub(super) fn refill(&mut self) -> Option<()> {
        let chunk = u64::from_be_bytes(*self.prepared.get(self.next..)?.first_chunk()?);
        self.held |= chunk >> self.count;
        // As many whole bytes as fit; with them `count` is its last three bits and 56.
        self.next += ((63 - self.count) / 8) as usize;
        self.count |= FETCHED;
        Some(())
    }

    /// The next `bits` bits, 1 to 32. What they cost is up to [`Self::skip`].
    #[inline(always)]
    pub(super) fn peek(&self, bits: u32) -> u32 {
        (self.held >> (64 - bits)) as u32
    }

    /// Goes on by `bits` bits, of those that [`Self::refill`] provided.
    #[inline(always)]
    pub(super) fn skip(&mut self, bits: u32) {
        self.held <<= bits;
        self.count -= bits;
    }
}
