//! Cameras' JPEG files decoded straight to an eighth, a quarter, three eighths or half of their size.
//!
//! A photo of twelve megapixels is wanted at one. Nearly all the time a decoder takes for that goes into details that
//! are thrown away afterwards; here they are not even computed, and their codes are passed over several at a time.
//! Only what cameras write is read (sequential, Huffman, 8 bits, YCbCr in one scan), and only what is whole as far as
//! the file goes: of anything else [`decode`] says `None`, and the general decoder judges it.

mod bits;
mod block;
mod headers;
mod huffman;
mod transform;

use self::{
    bits::{Bits, End},
    block::{Coefficients, ZIGZAG},
    headers::{Codes, Component, Headers, Tables},
    huffman::{AcTable, DcTable},
    transform::{Block, MOST, Transform, mean},
};
use super::markers::EOI;
use crate::picture::{MISSING, Raster, is_enough};

/// The largest size that is decoded here, in eighths of the full one. Above it the colours' blocks would have to
/// grow by more than the transform can.
const MOST_EIGHTHS: u32 = 4;

/// Decodes the file to the smallest size whose longer side is at least `least` pixels, without its Exif block.
/// `None` if it is not of the kind that cameras write, would have to be larger than half its size, or is damaged. Of a
/// file that was cut off, what is missing is grey.
pub(super) fn decode(file: &[u8], least: u32) -> Option<Raster> {
    let headers = Headers::read(file)?;
    let longest = headers.width.max(headers.height);
    let eighths = (1..=MOST_EIGHTHS).find(|eighths| (longest * eighths).div_ceil(8) >= least)?;
    let (width, height) = ((headers.width * eighths).div_ceil(8), (headers.height * eighths).div_ceil(8));
    let tables = DecodingTables::of(&headers)?;
    let mut strips = strips(&headers, &tables, eighths)?;
    let mut pixels = vec![0; width as usize * height as usize * 3];
    let (_, down) = headers.unit();
    let band = width as usize * 3 * (down * eighths) as usize;
    let decoded = scan(&headers, &mut strips, pixels.chunks_mut(band), width as usize)?;
    let rows = (decoded as u32).saturating_mul(down * eighths).min(height);
    if !is_enough(rows, height, true) {
        return None;
    }
    pixels.get_mut(decoded * band..).unwrap_or_default().fill(MISSING);
    Some(Raster { width, height, pixels, exif: None })
}

/// The decoding tables that components use, under the numbers they use.
struct DecodingTables {
    dc: Tables<DcTable>,
    ac: Tables<AcTable>,
}

impl DecodingTables {
    fn of(headers: &Headers<'_>) -> Option<Self> {
        fn made<T>(
            from: &Tables<Codes<'_>>,
            used: [usize; 3],
            make: fn(&Codes<'_>) -> Option<T>,
        ) -> Option<Tables<T>> {
            let mut tables = Tables::default();
            for number in used {
                let table = tables.get_mut(number)?;
                if table.is_none() {
                    *table = Some(make(from.get(number)?.as_ref()?)?);
                }
            }
            Some(tables)
        }
        let used = |number: fn(&Component) -> usize| headers.components.each_ref().map(number);
        Some(Self {
            dc: made(&headers.dc, used(|component| component.dc), DcTable::new)?,
            ac: made(&headers.ac, used(|component| component.ac), AcTable::new)?,
        })
    }
}

/// Where a row of units goes: all components at the same size, so that the coarser ones give larger blocks.
fn strips<'a>(headers: &'a Headers<'_>, tables: &'a DecodingTables, eighths: u32) -> Option<[Strip<'a>; 3]> {
    let unit = headers.unit();
    let strip = |component: &Component| -> Option<Strip<'a>> {
        let (wide, high) = (unit.0 / component.across * eighths, unit.1 / component.down * eighths);
        let transform = Transform::new(wide as usize, high as usize);
        let table = headers.quantisers.get(component.quantiser)?.as_ref()?;
        let kept = ZIGZAG.iter().rposition(|&at| u32::from(at & 7) < wide && u32::from(at >> 3) < high)?;
        let stride = (headers.across() * unit.0 * eighths) as usize + MOST;
        let rows = (unit.1 * eighths) as usize;
        Some(Strip {
            block: Coefficients { values: Block::default(), quantiser: table },
            dc: tables.dc.get(component.dc)?.as_ref()?,
            ac: tables.ac.get(component.ac)?.as_ref()?,
            across: component.across as usize,
            down: component.down as usize,
            kept: kept + 1,
            transform,
            last: 0,
            stride,
            samples: vec![0; stride * rows],
        })
    };
    let [y, cb, cr] = &headers.components;
    Some([strip(y)?, strip(cb)?, strip(cr)?])
}

/// Decodes the scan into bands of pixels, one for each row of units, `width` pixels in a row. Returns how many bands
/// the file holds, which is less than all if it was cut off. `None` if anything about it is wrong.
fn scan<'a>(
    headers: &Headers<'_>,
    strips: &mut [Strip<'_>; 3],
    bands: impl Iterator<Item = &'a mut [u8]>,
    width: usize,
) -> Option<usize> {
    let mut bits = Bits::new(headers.data);
    let (mut until_restart, mut restarts) = (headers.restart, 0);
    let mut decoded = 0;
    for band in bands {
        for column in 0..headers.across() as usize {
            if headers.restart != 0 && until_restart == 0 {
                let cut_off = bits.is_cut_off();
                if bits.finish() != Some(End::Restart(restarts)) {
                    return cut_off.then_some(decoded);
                }
                strips.iter_mut().for_each(|strip| strip.last = 0);
                restarts = (restarts + 1) % 8;
                until_restart = headers.restart;
            }
            bits.ready();
            for strip in strips.iter_mut() {
                if strip.unit(column, &mut bits).is_none() {
                    return (bits.ran_out() && bits.is_cut_off()).then_some(decoded);
                }
            }
            until_restart = until_restart.wrapping_sub(1);
        }
        if bits.ran_out() {
            return bits.is_cut_off().then_some(decoded);
        }
        colours(strips, band, width);
        decoded += 1;
    }
    // A second scan would refine or replace the first; there is none where the image ends.
    let cut_off = bits.is_cut_off();
    let whole = bits.finish()? == End::Scan && (cut_off || bits.rest().starts_with(&[0xff, EOI]));
    whole.then_some(decoded)
}

/// A component's samples of one row of units.
struct Strip<'a> {
    block: Coefficients<'a>,
    dc: &'a DcTable,
    ac: &'a AcTable,
    /// Blocks a unit holds, across and down.
    across: usize,
    down: usize,
    /// Coefficients that the transform looks at, in the order of coding.
    kept: usize,
    transform: Transform,
    /// First coefficient of the block before.
    last: i32,
    /// Bytes from a row's start to the next's. Blocks are written eight samples wide, from left to right, so that
    /// each covers what the one before wrote too much; behind the last there is room for that.
    stride: usize,
    samples: Vec<u8>,
}

impl Strip<'_> {
    /// Decodes the blocks of one unit.
    #[inline(always)]
    fn unit(&mut self, column: usize, bits: &mut Bits<'_>) -> Option<()> {
        for down in 0..self.down {
            for across in 0..self.across {
                self.last = self.last.wrapping_add(self.dc.read(bits)?);
                let mut samples = Block::default();
                if self.ac.read(bits, self.kept, &mut self.block)? {
                    self.block.set(0, self.last)?;
                    self.transform.samples(&self.block.values, &mut samples);
                    self.block.values = Block::default();
                } else {
                    let mean = mean(self.last as f32 * self.block.quantiser.first()?.factor);
                    samples = [[mean; MOST]; MOST];
                }
                let x = (column * self.across + across) * self.transform.width;
                let mut at = down * self.transform.height * self.stride + x;
                for samples in samples.iter().take(self.transform.height) {
                    *self.samples.get_mut(at..)?.first_chunk_mut()? = *samples;
                    at += self.stride;
                }
            }
        }
        Some(())
    }
}

/// Red, green and blue of the samples in the strips (JFIF 1.02, page 3).
fn colours(strips: &[Strip<'_>; 3], pixels: &mut [u8], width: usize) {
    let [y, cb, cr] = strips.each_ref().map(|strip| strip.samples.chunks(strip.stride));
    for (line, ((y, cb), cr)) in pixels.chunks_mut(width * 3).zip(y.zip(cb).zip(cr)) {
        let (line, _) = line.as_chunks_mut::<3>();
        for (((pixel, y), cb), cr) in line.iter_mut().zip(y).zip(cb).zip(cr) {
            *pixel = colour(*y, *cb, *cr);
        }
    }
}

#[inline(always)]
fn colour(y: u8, cb: u8, cr: u8) -> [u8; 3] {
    /// Fractions of 65,536.
    const HALF: i32 = 1 << 15;
    let (y, cb, cr) = ((i32::from(y) << 16) + HALF, i32::from(cb) - 128, i32::from(cr) - 128);
    let byte = |sum: i32| (sum >> 16).clamp(0, 255) as u8;
    [byte(y + 91_881 * cr), byte(y - 22_554 * cb - 46_802 * cr), byte(y + 116_130 * cb)]
}
