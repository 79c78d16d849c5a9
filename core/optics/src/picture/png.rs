//! PNG by crate `png`: every bit depth and colour type, interlaced or not.

use std::io::{Cursor, ErrorKind};

use png::{ColorType, Decoder, DecodingError, InterlaceInfo, Limits, Transformations, expand_interlaced_row};

use super::{Layout, MISSING, PictureError, Raster, Shrinking, Wanted, check_size, convert, is_enough};

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
    // Made smaller row by row, so that memory follows from what is wanted and not from what the camera has.
    let longest = width.max(height);
    let factor = wanted.longest_side.map_or(1, |least| longest / least.clamp(1, longest));
    let mut shrinking = Shrinking::new(width, height, channels, factor);
    let row_bytes = width as usize * channels;
    let mut pixels = Vec::with_capacity(row_bytes);
    if interlaced {
        // What is wanted of each pixel goes to its place at once: rows as the file has them never exist in full.
        let mut whole = vec![MISSING; row_bytes * height as usize];
        while let Some(row) = reader.next_interlaced_row().map_err(PictureError::damaged)? {
            if let InterlaceInfo::Adam7(place) = row.interlace() {
                pixels.clear();
                convert(row.data(), layout, wanted.colour, &mut pixels);
                expand_interlaced_row(&mut whole, row_bytes, &pixels, place, 8 * channels as u8);
            }
        }
        if factor == 1 {
            let exif = reader.info().exif_metadata.as_ref().map(|block| block.to_vec());
            return Ok(Raster { width, height, pixels: whole, exif });
        }
        whole.chunks_exact(row_bytes).for_each(|row| shrinking.push(row));
    } else {
        let mut push = |row: &[u8]| {
            pixels.clear();
            convert(row, layout, wanted.colour, &mut pixels);
            shrinking.push(&pixels);
            if pixels.len() == row_bytes { Ok(()) } else { Err("rows are of the wrong length") }
        };
        // Row by row, so that a 64 megapixel RGBA picture never exists in full.
        for above in 0..height {
            match reader.next_row() {
                Ok(Some(row)) => push(row.data()).map_err(PictureError::damaged)?,
                Err(error) if is_enough(above, height, wanted.colour) && is_cut_off(&error) => {
                    let missing = vec![MISSING; row_bytes];
                    (above..height).for_each(|_| shrinking.push(&missing));
                    break;
                }
                Err(error) => return Err(PictureError::damaged(error)),
                Ok(None) => return Err(PictureError::damaged("rows are missing")),
            }
        }
    }
    let exif = reader.info().exif_metadata.as_ref().map(|block| block.to_vec());
    let raster = shrinking.finish();
    if raster.pixels.len() != raster.width as usize * raster.height as usize * channels {
        return Err(PictureError::damaged("rows are missing"));
    }
    Ok(Raster { exif, ..raster })
}

/// Whether the file ends before the picture does.
fn is_cut_off(error: &DecodingError) -> bool {
    matches!(error, DecodingError::IoError(error) if error.kind() == ErrorKind::UnexpectedEof)
}
