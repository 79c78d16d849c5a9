//! What stands before a scan's data, as far as cameras write it.

use super::super::markers::{APP0, APP14, APP15, COM, DHT, DQT, DRI, SOF0, SOF1, SOS, Segments};
use super::block::{BLOCK, Quantiser, Step, ZIGZAG};

/// Most blocks of a unit in a scan of several components (T.81, B.2.3).
pub(super) const MOST_BLOCKS: u32 = 10;

/// Longest Huffman code there is, in bits.
pub(super) const LONGEST: usize = 16;

/// How a component is sampled and coded.
pub(super) struct Component {
    id: u8,
    /// Blocks a unit (minimum coded unit) holds of it, across and down: 1 or 2.
    pub(super) across: u32,
    pub(super) down: u32,
    pub(super) quantiser: usize,
    pub(super) dc: usize,
    pub(super) ac: usize,
}

/// A Huffman table as it stands in the file. Files may define any number; decoding tables are made of those in use.
#[derive(Clone, Copy)]
pub(super) struct Codes<'a> {
    /// Of each length, from 1 bit up.
    pub(super) counts: &'a [u8; LONGEST],
    /// In the order of the codes.
    pub(super) symbols: &'a [u8],
}

/// Up to four tables of a kind; more than are ever used.
pub(super) type Tables<T> = [Option<T>; 4];

/// All that stands before the scan's data, and these.
pub(super) struct Headers<'a> {
    /// In pixels, not 0.
    pub(super) width: u32,
    pub(super) height: u32,
    /// Y, Cb, Cr.
    pub(super) components: [Component; 3],
    pub(super) quantisers: Tables<Quantiser>,
    pub(super) dc: Tables<Codes<'a>>,
    pub(super) ac: Tables<Codes<'a>>,
    /// Units between restart markers; 0 if there are none.
    pub(super) restart: u32,
    pub(super) data: &'a [u8],
}

impl<'a> Headers<'a> {
    pub(super) fn read(file: &'a [u8]) -> Option<Self> {
        let (mut quantisers, mut dc, mut ac) = (Tables::default(), Tables::default(), Tables::default());
        let (mut frame, mut restart) = (None, 0);
        for segment in Segments::of(file) {
            match segment.marker {
                DQT => read_quantisers(segment.body, &mut quantisers)?,
                DHT => read_codes(segment.body, &mut dc, &mut ac)?,
                DRI => restart = u32::from(u16::from_be_bytes(*segment.body.first_chunk()?)),
                // Adobe's segment tells the colours; 1 is YCbCr, as it is without.
                APP14 if segment.body.starts_with(b"Adobe") && segment.body.get(11) != Some(&1) => {
                    return None;
                }
                APP0..=APP15 | COM => {}
                // Baseline and extended sequential; two frames are for the general decoder to judge.
                SOF0 | SOF1 if frame.is_none() => frame = Some(read_frame(segment.body)?),
                SOS => {
                    let (width, height, mut components) = frame?;
                    read_scan(segment.body, &mut components)?;
                    let data = segment.after;
                    return Some(Self { width, height, components, quantisers, dc, ac, restart, data });
                }
                _ => return None,
            }
        }
        None
    }

    /// Blocks of the finest component that a unit is wide and high.
    pub(super) fn unit(&self) -> (u32, u32) {
        let most = |of: fn(&Component) -> u32| self.components.iter().map(of).max().unwrap_or(1);
        (most(|component| component.across), most(|component| component.down))
    }

    /// Units of the picture, across.
    pub(super) fn across(&self) -> u32 {
        self.width.div_ceil(8 * self.unit().0)
    }
}

/// Tables of 8 or 16 bits (T.81, B.2.4.1).
fn read_quantisers(mut body: &[u8], into: &mut Tables<Quantiser>) -> Option<()> {
    while let [kind, rest @ ..] = body {
        let bytes = match kind >> 4 {
            0 => 1,
            1 => 2,
            _ => return None,
        };
        let (values, after) = rest.split_at_checked(BLOCK * bytes)?;
        let mut table = [Step::default(); BLOCK];
        for ((step, &place), value) in table.iter_mut().zip(&ZIGZAG).zip(values.chunks(bytes)) {
            let factor = value.iter().fold(0u16, |sum, &byte| sum << 8 | u16::from(byte));
            if factor == 0 {
                return None;
            }
            *step = Step { place, factor: factor.into() };
        }
        *into.get_mut(usize::from(kind & 15))? = Some(table);
        body = after;
    }
    Some(())
}

/// Huffman tables (T.81, B.2.4.2).
fn read_codes<'a>(mut body: &'a [u8], dc: &mut Tables<Codes<'a>>, ac: &mut Tables<Codes<'a>>) -> Option<()> {
    while let [kind, rest @ ..] = body {
        let (counts, rest) = rest.split_first_chunk()?;
        let symbols = counts.iter().map(|&count| usize::from(count)).sum();
        let (symbols, after) = rest.split_at_checked(symbols)?;
        let tables = match kind >> 4 {
            0 => &mut *dc,
            1 => &mut *ac,
            _ => return None,
        };
        *tables.get_mut(usize::from(kind & 15))? = Some(Codes { counts, symbols });
        body = after;
    }
    Some(())
}

/// Width, height and components of a frame (T.81, B.2.2): three of 8 bits, numbered from 1, as JFIF and Exif demand
/// of Y, Cb and Cr, or from 0, as some write them.
fn read_frame(body: &[u8]) -> Option<(u32, u32, [Component; 3])> {
    let [8, h1, h0, w1, w0, 3, components @ ..] = body else { return None };
    let ([first, second, third], []) = components.as_chunks::<3>() else { return None };
    let base = first.first()?.min(&1);
    let component = |number: u8, &[id, sampling, quantiser]: &[u8; 3]| {
        let (across, down) = (u32::from(sampling >> 4), u32::from(sampling & 15));
        let usual = id == base + number && (1..=2).contains(&across) && (1..=2).contains(&down);
        usual.then_some(Component { id, across, down, quantiser: quantiser.into(), dc: 0, ac: 0 })
    };
    let components = [component(0, first)?, component(1, second)?, component(2, third)?];
    let blocks: u32 = components.iter().map(|component| component.across * component.down).sum();
    let side = |high: u8, low: u8| u32::from(u16::from_be_bytes([high, low]));
    let (width, height) = (side(*w1, *w0), side(*h1, *h0));
    (width != 0 && height != 0 && blocks <= MOST_BLOCKS).then_some((width, height, components))
}

/// The tables each component uses (T.81, B.2.3). `None` unless the scan holds all of the picture.
fn read_scan(body: &[u8], components: &mut [Component; 3]) -> Option<()> {
    let [3, selectors @ ..] = body else { return None };
    let (selectors, [0, 63, 0]) = selectors.split_at_checked(6)? else { return None };
    for (component, selector) in components.iter_mut().zip(selectors.chunks(2)) {
        let [id, tables] = selector else { return None };
        if *id != component.id {
            return None;
        }
        (component.dc, component.ac) = (usize::from(tables >> 4), usize::from(tables & 15));
    }
    Some(())
}
