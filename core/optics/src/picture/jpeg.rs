//! JPEG, after a walk over the markers that bounds the work: cameras' pictures that may become much smaller by
//! [`scaled`], all others by crate `jpeg-decoder`, those whose end is missing by [`cut_off`].

mod cut_off;
mod markers;
mod scaled;

use jpeg_decoder::{CodingProcess, Decoder, Error as JpegError, PixelFormat};

use self::markers::{APP1, SOF2, SOS, Segments};
use super::{Layout, PictureError, Raster, Wanted, check_size, convert};

/// Above this many pixels, pictures of which no size is asked for are decoded at half width and height.
const HALVE_ABOVE: u64 = 16_000_000;

/// Most scans a file may have. Encoders write 1 to 4 (sequential) or 6 to about 20 (progressive).
const MAX_SCANS: u64 = 64;

/// Most scans times pixels. A scan of a few bytes may cover the whole picture, so without this bound a small file
/// could keep the decoder busy for hours.
const MAX_SCANNED_PIXELS: u64 = 800_000_000;

/// Most memory for a progressive file's coefficients, two bytes each: 56 megapixels with halved colours, 28 without.
/// With what they become that is less than 250 MB.
const MAX_COEFFICIENT_BYTES: u64 = 168_000_000;

/// Above so much of it, pictures come at half width and height, too.
const HALVE_ABOVE_COEFFICIENT_BYTES: u64 = 96_000_000;

pub(super) fn decode(bytes: &[u8], wanted: Wanted) -> Result<Raster, PictureError> {
    let facts = walk(bytes).ok_or_else(|| PictureError::damaged("no frame header"))?;
    let (width, height) = (u32::from(facts.width), u32::from(facts.height));
    check_size(width, height)?;
    let area = u64::from(width) * u64::from(height);
    let coefficient_bytes = facts.coefficients.saturating_mul(2);
    if coefficient_bytes > MAX_COEFFICIENT_BYTES {
        return Err(PictureError::too_heavy(area));
    }
    if facts.scans > MAX_SCANS || facts.scans * area > MAX_SCANNED_PIXELS {
        return Err(PictureError::damaged("far too many scans"));
    }
    let exif = facts.exif.map(<[u8]>::to_vec);
    if let Wanted { colour: true, longest_side: Some(least) } = wanted
        && let Some(small) = scaled::decode(bytes, least)
    {
        return Ok(Raster { exif, ..small });
    }
    if facts.cut_off {
        return Ok(Raster { exif, ..cut_off::decode(bytes, (width, height), coefficient_bytes, wanted)? });
    }

    let mut decoder = Decoder::new(bytes);
    decoder.set_max_decoding_buffer_size(area as usize * 4);
    decoder.read_info().map_err(from_jpeg)?;
    let info = decoder.info().ok_or(PictureError::Unsupported)?;
    if info.coding_process == CodingProcess::Lossless {
        return Err(PictureError::Unsupported);
    }
    if (info.width, info.height) != (facts.width, facts.height) {
        return Err(PictureError::damaged("two frame headers"));
    }
    let longest = width.max(height);
    let enough = match wanted.longest_side {
        Some(side) => side.min(longest),
        None if area > HALVE_ABOVE || coefficient_bytes > HALVE_ABOVE_COEFFICIENT_BYTES => {
            longest.div_ceil(2)
        }
        None => longest,
    };
    // The decoder is content with one side that is long enough. The shorter one of a strip is that at every scale, so
    // it is asked for the longer one only.
    let enough = u16::try_from(enough).unwrap_or(u16::MAX);
    let (least_width, least_height) = if width >= height { (enough, u16::MAX) } else { (u16::MAX, enough) };
    let (width, height) = decoder.scale(least_width, least_height).map_err(from_jpeg)?;

    let samples = decoder.decode().map_err(from_jpeg)?;
    let layout = match info.pixel_format {
        PixelFormat::L8 => Layout::Grey,
        PixelFormat::RGB24 => Layout::Rgb,
        PixelFormat::CMYK32 => Layout::Cmyk,
        PixelFormat::L16 => return Err(PictureError::Unsupported),
    };
    let (width, height) = (u32::from(width), u32::from(height));
    let channels = if wanted.colour { 3 } else { 1 };
    let expected = width as usize * height as usize * channels;
    let as_is = matches!((layout, wanted.colour), (Layout::Grey, false) | (Layout::Rgb, true));
    let pixels = if as_is {
        samples
    } else {
        let mut pixels = Vec::with_capacity(expected);
        convert(&samples, layout, wanted.colour, &mut pixels);
        pixels
    };
    if pixels.len() != expected {
        return Err(PictureError::damaged("rows are missing"));
    }
    Ok(Raster { width, height, pixels, exif })
}

fn from_jpeg(error: JpegError) -> PictureError {
    match error {
        JpegError::Unsupported(_) => PictureError::Unsupported,
        other => PictureError::damaged(other),
    }
}

/// What the markers tell.
struct Facts<'a> {
    width: u16,
    height: u16,
    scans: u64,
    /// Coefficients to be kept until all scans are read: none but in a progressive file.
    coefficients: u64,
    exif: Option<&'a [u8]>,
    /// The end of the image is missing.
    cut_off: bool,
}

/// Walks the markers once, without decoding anything. `None` if there is no frame header.
fn walk(bytes: &[u8]) -> Option<Facts<'_>> {
    let (mut size, mut exif, mut scans, mut coefficients) = (None, None, 0, 0);
    let mut segments = Segments::of(bytes);
    for segment in segments.by_ref() {
        match (segment.marker, segment.body) {
            (SOS, _) => scans += 1,
            (APP1, [b'E', b'x', b'i', b'f', 0, 0, tiff @ ..]) => exif = exif.or(Some(tiff)),
            (marker, [_, h1, h0, w1, w0, _, components @ ..]) if segment.is_frame() => {
                let (width, height) = (u16::from_be_bytes([*w1, *w0]), u16::from_be_bytes([*h1, *h0]));
                size = size.or(Some((width, height)));
                if marker == SOF2 {
                    let area = u64::from(width) * u64::from(height);
                    coefficients = coefficients.max(area * samples(components) / 4);
                }
            }
            _ => {}
        }
    }
    let cut_off = !segments.ended();
    size.map(|(width, height)| Facts { width, height, scans, coefficients, exif, cut_off })
}

/// Samples that these components have in four pixels (T.81, A.1.1), rounded up.
fn samples(components: &[u8]) -> u64 {
    let (components, _) = components.as_chunks::<3>();
    let sampling = components.iter().map(|&[_, both, _]| (u64::from(both >> 4), u64::from(both & 15)));
    let across = sampling.clone().map(|(across, _)| across).max().unwrap_or(1).max(1);
    let down = sampling.clone().map(|(_, down)| down).max().unwrap_or(1).max(1);
    (sampling.map(|(x, y)| x * y).sum::<u64>() * 4).div_ceil(across * down)
}

#[cfg(test)]
mod tests;
