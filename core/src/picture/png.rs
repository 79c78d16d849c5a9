//! PNG by crate `png`: every bit depth and colour type, interlaced or not.

use std::io::Cursor;

use png::{ColorType, Decoder, Limits, Transformations};

use super::{Layout, PictureError, Raster, Wanted, check_size, convert};

/// What the decoder may allocate for itself; pixel rows are the caller's.
const DECODER_BYTES: usize = 32 * 1024 * 1024;

pub(super) fn decode(bytes: &[u8], wanted: Wanted) -> Result<Raster, PictureError> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: DECODER_BYTES });
    // Neither text nor colour profile is used, and both could be compressed bombs.
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    // Palette, sub-byte and 16 bit pixels all become 8 bit per channel; tRNS becomes alpha.
    decoder.set_transformations(Transformations::normalize_to_color8());
    let header = decoder.read_header_info().map_err(PictureError::damaged)?;
    let (width, height, interlaced) = (header.width, header.height, header.interlaced);
    check_size(width, height)?;
    let mut reader = decoder.read_info().map_err(PictureError::damaged)?;
    let layout = match reader.output_color_type().0 {
        ColorType::Grayscale => Layout::Grey,
        ColorType::GrayscaleAlpha => Layout::GreyAlpha,
        ColorType::Rgb => Layout::Rgb,
        ColorType::Rgba => Layout::Rgba,
        ColorType::Indexed => return Err(PictureError::damaged("the palette was not applied")),
    };
    let channels = if wanted.colour { 3 } else { 1 };
    let mut pixels = Vec::with_capacity(width as usize * height as usize * channels);
    if interlaced {
        let size = reader.output_buffer_size().ok_or(PictureError::Unsupported)?;
        let mut whole = vec![0; size];
        reader.next_frame(&mut whole).map_err(PictureError::damaged)?;
        convert(&whole, layout, wanted.colour, &mut pixels);
    } else {
        // Row by row, so that a 40 megapixel RGBA picture never exists in full.
        for _ in 0..height {
            let row = reader.next_row().map_err(PictureError::damaged)?;
            let row = row.ok_or_else(|| PictureError::damaged("rows are missing"))?;
            convert(row.data(), layout, wanted.colour, &mut pixels);
        }
    }
    if pixels.len() != width as usize * height as usize * channels {
        return Err(PictureError::damaged("rows are of the wrong length"));
    }
    let exif = reader.info().exif_metadata.as_ref().map(|block| block.to_vec());
    Ok(Raster { width, height, pixels, exif })
}
