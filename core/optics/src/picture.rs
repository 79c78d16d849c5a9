//! Decoding JPEG, PNG, WebP and GIF bytes of unknown origin, within fixed limits of memory and time.
//!
//! Sizes are judged from the header alone, before any pixel buffer is allocated. [`luma`] serves the reading of
//! codes, [`crate::photo`] takes the colours.

pub(crate) mod exif;
mod gif;
mod jpeg;
mod png;
mod webp;

use std::error::Error;

use thiserror::Error;

/// Most pixels a picture may have (width times height): phones' cameras deliver up to 50 megapixels.
pub const MAX_PIXELS: u64 = 64_000_000;

/// Largest picture file read, in bytes.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;

/// Why a picture could not be decoded.
#[derive(Debug, Error)]
pub enum PictureError {
    /// The header claims more than [`MAX_PIXELS`], here in megapixels, rounded up.
    #[error("That picture is too large ({megapixels} megapixels; at most 64).")]
    TooLarge {
        /// Width times height in millions, rounded up.
        megapixels: u32,
    },
    /// Of a kind that needs more memory at this size than a phone should spend on it.
    #[error(
        "A picture of this kind needs too much memory ({megapixels} megapixels). Take a screenshot of it."
    )]
    TooHeavy {
        /// Width times height in millions, rounded up.
        megapixels: u32,
    },
    /// The file is longer than [`MAX_BYTES`].
    #[error("That picture file is too large (at most 64 MiB).")]
    TooManyBytes,
    /// No picture, or of a rare kind (JPEG that is lossless, of 12 bits or with arithmetic coding).
    #[error("That file is no picture that can be read here. JPEG, PNG, WebP and GIF can.")]
    Unsupported,
    /// HEIC or AVIF, which some phones write.
    #[error(
        "HEIC and AVIF pictures can't be read here. Take a screenshot of it, or send it as JPEG: on an iPhone, \
         Settings, Camera, Formats, Most Compatible."
    )]
    Modern,
    /// The bytes begin as a picture but cannot be decoded.
    #[error("That picture is damaged.")]
    Damaged(#[source] Box<dyn Error + Send + Sync>),
}

impl PictureError {
    /// Stable machine-readable name of the error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } | Self::TooHeavy { .. } | Self::TooManyBytes => "picture_too_large",
            Self::Unsupported | Self::Modern => "picture_unsupported",
            Self::Damaged(_) => "picture_damaged",
        }
    }

    fn too_large(pixels: u64) -> Self {
        Self::TooLarge { megapixels: megapixels(pixels) }
    }

    fn too_heavy(pixels: u64) -> Self {
        Self::TooHeavy { megapixels: megapixels(pixels) }
    }

    pub(crate) fn damaged(reason: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Damaged(reason.into())
    }
}

/// A picture in shades of grey: 0 is black, 255 white.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Luma {
    /// Pixels per row.
    pub width: u32,
    /// Number of rows.
    pub height: u32,
    /// Row after row from the top, one byte a pixel, no padding: `width * height` bytes.
    pub pixels: Vec<u8>,
}

impl Luma {
    /// The grey of a camera frame whose rows begin `row_stride` bytes apart; what lies behind `width` bytes of a row
    /// is padding.
    ///
    /// # Errors
    /// [`PictureError`]: too large, empty, or fewer bytes than its measures promise.
    pub fn from_frame(bytes: &[u8], width: u32, height: u32, row_stride: u32) -> Result<Self, PictureError> {
        check_size(width, height)?;
        let short = || PictureError::damaged("the frame has fewer bytes than its measures promise");
        let (row, stride) = (width as usize, row_stride as usize);
        // Cameras may leave out the padding behind the last row.
        let needed = stride.checked_mul(height as usize - 1).and_then(|above| above.checked_add(row));
        if stride < row || needed.is_none_or(|needed| bytes.len() < needed) {
            return Err(short());
        }
        let mut pixels = Vec::with_capacity(row * height as usize);
        for line in bytes.chunks(stride).take(height as usize) {
            pixels.extend_from_slice(line.get(..row).ok_or_else(short)?);
        }
        Ok(Self { width, height, pixels })
    }
}

/// A decoded picture with 1 (grey) or 3 (red, green, blue) bytes a pixel.
#[derive(Debug)]
pub(crate) struct Raster {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) pixels: Vec<u8>,
    /// The picture's Exif block (a TIFF structure), if it has one; not checked in any way.
    pub(crate) exif: Option<Vec<u8>>,
}

/// What the caller wants a picture turned into.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    /// Three bytes a pixel rather than one.
    pub(crate) colour: bool,
    /// The decoder may deliver less than the full size, but no less than this on the longer side, in pixels.
    pub(crate) longest_side: Option<u32>,
}

/// Decodes a picture file to shades of grey; transparent pixels are laid on white. A file whose end is missing is
/// decoded as far as it goes; what is missing is grey.
///
/// JPEG pictures above 16 megapixels come at half their width and height: that bounds memory, and no code is so
/// fine that it would be lost.
///
/// # Errors
/// [`PictureError`]: too large, of an unsupported kind, or damaged.
pub fn luma(bytes: &[u8]) -> Result<Luma, PictureError> {
    let raster = decode(bytes, Wanted { colour: false, longest_side: None })?;
    Ok(Luma { width: raster.width, height: raster.height, pixels: raster.pixels })
}

/// A picture in shades of grey as the file has it, and which way it is turned where it is shown.
#[derive(Debug, Clone)]
pub struct Shown {
    /// As the file has it.
    pub luma: Luma,
    orientation: u8,
}

impl Shown {
    /// Where a place of the picture, in pixels from its left and upper edges, is where the picture is shown.
    #[must_use]
    pub fn place(&self, (x, y): (f32, f32)) -> (f32, f32) {
        let (right, bottom) = (self.luma.width as f32 - x, self.luma.height as f32 - y);
        match self.orientation {
            2 => (right, y),
            3 => (right, bottom),
            4 => (x, bottom),
            5 => (y, x),
            6 => (bottom, x),
            7 => (bottom, right),
            8 => (y, right),
            _ => (x, y),
        }
    }
}

/// As [`luma`], and which way up it is to be shown.
///
/// # Errors
/// As [`luma`].
pub fn shown(bytes: &[u8]) -> Result<Shown, PictureError> {
    let raster = decode(bytes, Wanted { colour: false, longest_side: None })?;
    let orientation = raster.exif.as_deref().map_or(1, exif::orientation);
    let luma = Luma { width: raster.width, height: raster.height, pixels: raster.pixels };
    Ok(Shown { luma, orientation })
}

/// Decodes a picture file as `wanted`.
pub(crate) fn decode(bytes: &[u8], wanted: Wanted) -> Result<Raster, PictureError> {
    if bytes.len() > MAX_BYTES {
        return Err(PictureError::TooManyBytes);
    }
    let decoder = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        png::decode
    } else if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        jpeg::decode
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        webp::decode
    } else if bytes.starts_with(b"GIF8") {
        gif::decode
    } else if is_modern(bytes) {
        return Err(PictureError::Modern);
    } else {
        return Err(PictureError::Unsupported);
    };
    decoder(bytes, wanted)
}

/// Whether a file is of the family that HEIC and AVIF belong to (ISO/IEC 23008-12): a box `ftyp` with one of their
/// brands.
fn is_modern(bytes: &[u8]) -> bool {
    const BRANDS: [&[u8; 4]; 9] =
        [b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"];
    let brand = bytes.get(8..12).filter(|_| bytes.get(4..8) == Some(b"ftyp"));
    brand.is_some_and(|brand| BRANDS.iter().any(|known| known.as_slice() == brand))
}

fn megapixels(pixels: u64) -> u32 {
    u32::try_from(pixels.div_ceil(1_000_000)).unwrap_or(u32::MAX)
}

/// Refuses empty pictures and those above [`MAX_PIXELS`].
pub(crate) fn check_size(width: u32, height: u32) -> Result<(), PictureError> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 {
        return Err(PictureError::damaged("the picture has no pixels"));
    }
    if pixels > MAX_PIXELS {
        return Err(PictureError::too_large(pixels));
    }
    Ok(())
}

/// What stands where a file that was cut off tells nothing: middle grey.
const MISSING: u8 = 128;

/// Whether so many rows are enough of a picture of that many: for codes any, since a code tells by itself whether it is
/// whole, and a quarter of a photo.
fn is_enough(rows: u32, of: u32, photo: bool) -> bool {
    rows > 0 && (!photo || rows >= of.div_ceil(4))
}

/// How the bytes of a decoded pixel are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    Grey,
    GreyAlpha,
    Rgb,
    Rgba,
    /// 255 is full ink.
    Cmyk,
}

/// Appends the pixels in `from` to `to`, as grey or as red, green, blue.
fn convert(from: &[u8], layout: Layout, colour: bool, to: &mut Vec<u8>) {
    match (layout, colour) {
        (Layout::Grey, false) | (Layout::Rgb, true) => to.extend_from_slice(from),
        (Layout::Grey, true) => to.extend(from.iter().flat_map(|&g| [g; 3])),
        (Layout::GreyAlpha, _) => {
            let (pairs, _) = from.as_chunks::<2>();
            push_all(pairs.iter().map(|&[g, a]| [on_white(g, a); 3]), colour, to);
        }
        (Layout::Rgb, false) => {
            let (triples, _) = from.as_chunks::<3>();
            push_all(triples.iter().copied(), colour, to);
        }
        (Layout::Rgba, _) => {
            let (quads, _) = from.as_chunks::<4>();
            push_all(quads.iter().map(|&[r, g, b, a]| [r, g, b].map(|v| on_white(v, a))), colour, to);
        }
        (Layout::Cmyk, _) => {
            let (quads, _) = from.as_chunks::<4>();
            let light = |ink: u8, key: u8| scaled(255 - ink, 255 - key);
            push_all(quads.iter().map(|&[c, m, y, k]| [c, m, y].map(|ink| light(ink, k))), colour, to);
        }
    }
}

fn push_all(pixels: impl Iterator<Item = [u8; 3]>, colour: bool, to: &mut Vec<u8>) {
    if colour {
        to.extend(pixels.flatten());
    } else {
        to.extend(pixels.map(brightness));
    }
}

/// Rec. 601 luma.
fn brightness([r, g, b]: [u8; 3]) -> u8 {
    let sum = 77 * u32::from(r) + 150 * u32::from(g) + 29 * u32::from(b) + 128;
    (sum >> 8).min(255) as u8
}

fn scaled(value: u8, by: u8) -> u8 {
    ((u32::from(value) * u32::from(by) + 127) / 255) as u8
}

fn on_white(value: u8, alpha: u8) -> u8 {
    255 - scaled(255 - value, alpha)
}

/// Area average by a whole factor, at least one pixel staying in each direction. `channels` bytes a pixel.
pub(crate) fn shrink(pixels: &[u8], width: u32, height: u32, channels: usize, factor: u32) -> Raster {
    let mut shrinking = Shrinking::new(width, height, channels, factor);
    let row_bytes = (width as usize * channels).max(1);
    pixels.chunks_exact(row_bytes).for_each(|row| shrinking.push(row));
    shrinking.finish()
}

/// A picture that becomes smaller while its rows come in, so that it never exists in full.
struct Shrinking {
    channels: usize,
    across: usize,
    down: usize,
    width: u32,
    height: u32,
    sums: Vec<u32>,
    /// Rows in `sums`.
    rows: usize,
    out: Vec<u8>,
}

impl Shrinking {
    fn new(width: u32, height: u32, channels: usize, factor: u32) -> Self {
        let (across, down) = (factor.clamp(1, width.max(1)), factor.clamp(1, height.max(1)));
        let (width, height) = (width / across, height / down);
        let row = width as usize * channels;
        let out = Vec::with_capacity(row * height as usize);
        let (across, down) = (across as usize, down as usize);
        Self { channels, across, down, width, height, sums: vec![0; row], rows: 0, out }
    }

    /// Takes the next row of the large picture. Rows and columns that fill no pixel at the end are left out.
    fn push(&mut self, row: &[u8]) {
        if self.across * self.down == 1 {
            self.out.extend_from_slice(row);
            return;
        }
        let blocks = row.chunks_exact(self.channels * self.across);
        for (cell, block) in self.sums.chunks_exact_mut(self.channels).zip(blocks) {
            for pixel in block.chunks_exact(self.channels) {
                for (sum, &value) in cell.iter_mut().zip(pixel) {
                    *sum += u32::from(value);
                }
            }
        }
        self.rows += 1;
        if self.rows == self.down {
            let area = (self.across * self.down) as u32;
            self.out.extend(self.sums.iter().map(|&sum| ((sum + area / 2) / area).min(255) as u8));
            self.sums.fill(0);
            self.rows = 0;
        }
    }

    fn finish(self) -> Raster {
        Raster { width: self.width, height: self.height, pixels: self.out, exif: None }
    }
}

#[cfg(test)]
pub(crate) mod tests;
