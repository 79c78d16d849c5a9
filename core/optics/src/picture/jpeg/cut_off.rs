//! JPEG files whose end is missing, by crate `zune-jpeg`, which fills up what it cannot decode with grey.

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions};

use super::MAX_SCANS;
use crate::picture::{Layout, MISSING, PictureError, Raster, Wanted, convert, is_enough};

/// Most bytes of coefficients and pixels: this decoder makes nothing smaller.
const MAX_BYTES: u64 = 240_000_000;

/// Decodes the file at its full size, without its Exif block, as far as it goes.
pub(super) fn decode(
    bytes: &[u8],
    (width, height): (u32, u32),
    coefficient_bytes: u64,
    wanted: Wanted,
) -> Result<Raster, PictureError> {
    let options = DecoderOptions::default()
        .set_max_width(width as usize)
        .set_max_height(height as usize)
        .set_strict_mode(false)
        .jpeg_set_max_scans(MAX_SCANS as usize);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(PictureError::damaged)?;
    let size = decoder.info().map(|info| (u32::from(info.width), u32::from(info.height)));
    if size != Some((width, height)) {
        return Err(PictureError::damaged("two frame headers"));
    }
    // Brightness alone is half the work where it is coded as such.
    let grey = matches!(decoder.input_colorspace(), Some(ColorSpace::Luma))
        || (matches!(decoder.input_colorspace(), Some(ColorSpace::YCbCr)) && !wanted.colour);
    let (layout, colours) =
        if grey { (Layout::Grey, ColorSpace::Luma) } else { (Layout::Rgb, ColorSpace::RGB) };
    let area = u64::from(width) * u64::from(height);
    if coefficient_bytes + area * colours.num_components() as u64 > MAX_BYTES {
        return Err(PictureError::too_heavy(area));
    }
    decoder.set_options(options.jpeg_set_out_colorspace(colours));
    let samples = decoder.decode().map_err(PictureError::damaged)?;
    let row = width as usize * colours.num_components();
    let missing = samples.rchunks_exact(row.max(1)).take_while(|row| row.iter().all(|&it| it == MISSING));
    let rows = height.saturating_sub(missing.count() as u32);
    if samples.len() != row * height as usize || !is_enough(rows, height, wanted.colour) {
        return Err(PictureError::damaged("the file ends too early"));
    }
    if grey != wanted.colour {
        return Ok(Raster { width, height, pixels: samples, exif: None });
    }
    let mut pixels = Vec::new();
    convert(&samples, layout, wanted.colour, &mut pixels);
    Ok(Raster { width, height, pixels, exif: None })
}
