//! WebP by crate `image-webp`: lossy, lossless, with transparency; of an animation the first frame.

use std::io::Cursor;

use image_webp::WebPDecoder;

use super::{Layout, PictureError, Raster, Shrinking, Wanted, check_size, convert};

/// Most bytes of pixels: the decoder delivers the whole picture, and needs half as much again for itself.
const MAX_PIXEL_BYTES: usize = 128_000_000;

pub(super) fn decode(bytes: &[u8], wanted: Wanted) -> Result<Raster, PictureError> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(PictureError::damaged)?;
    let (width, height) = decoder.dimensions();
    check_size(width, height)?;
    let size = decoder.output_buffer_size().unwrap_or(usize::MAX);
    if size > MAX_PIXEL_BYTES {
        return Err(PictureError::too_large(u64::from(width) * u64::from(height)));
    }
    decoder.set_memory_limit(MAX_PIXEL_BYTES);
    let exif = decoder.exif_metadata().ok().flatten();
    let (layout, bytes) = if decoder.has_alpha() { (Layout::Rgba, 4) } else { (Layout::Rgb, 3) };
    let mut whole = vec![0; size];
    decoder.read_image(&mut whole).map_err(PictureError::damaged)?;
    let channels = if wanted.colour { 3 } else { 1 };
    let longest = width.max(height);
    let factor = wanted.longest_side.map_or(1, |least| longest / least.clamp(1, longest));
    let mut shrinking = Shrinking::new(width, height, channels, factor);
    let mut pixels = Vec::new();
    for row in whole.chunks_exact((width as usize * bytes).max(1)) {
        pixels.clear();
        convert(row, layout, wanted.colour, &mut pixels);
        shrinking.push(&pixels);
    }
    Ok(Raster { exif, ..shrinking.finish() })
}
