//! GIF by crate `gif`: the first frame.

use std::io::Cursor;

use gif::{ColorOutput, DecodeOptions, MemoryLimit};

use super::{Layout, PictureError, Raster, Shrinking, Wanted, check_size, convert};

pub(super) fn decode(bytes: &[u8], wanted: Wanted) -> Result<Raster, PictureError> {
    let mut options = DecodeOptions::new();
    // A byte a pixel; colours are looked up row by row.
    options.set_color_output(ColorOutput::Indexed);
    options.set_memory_limit(MemoryLimit::Bytes(
        std::num::NonZeroU64::new(super::MAX_PIXELS).unwrap_or(std::num::NonZeroU64::MIN),
    ));
    let mut decoder = options.read_info(Cursor::new(bytes)).map_err(PictureError::damaged)?;
    let (width, height) = (u32::from(decoder.width()), u32::from(decoder.height()));
    check_size(width, height)?;
    let global = decoder.global_palette().map(<[u8]>::to_vec);
    let frame = decoder.read_next_frame().map_err(PictureError::damaged)?;
    let frame = frame.ok_or_else(|| PictureError::damaged("there is no frame"))?;
    let palette = frame.palette.as_deref().or(global.as_deref());
    let palette = palette.ok_or_else(|| PictureError::damaged("there are no colours"))?;
    let (colours, _) = palette.as_chunks::<3>();
    let channels = if wanted.colour { 3 } else { 1 };
    let longest = width.max(height);
    let factor = wanted.longest_side.map_or(1, |least| longest / least.clamp(1, longest));
    let mut shrinking = Shrinking::new(width, height, channels, factor);
    let (left, top) = (usize::from(frame.left), u32::from(frame.top));
    let wide = usize::from(frame.width).max(1);
    let mut row = Vec::new();
    let mut pixels = Vec::new();
    for y in 0..height {
        // What the frame does not cover, and what shines through it, is white.
        row.clear();
        row.resize(width as usize * 3, 0xff);
        let drawn = y.checked_sub(top).and_then(|y| frame.buffer.chunks_exact(wide).nth(y as usize));
        let (places, _) = row.as_chunks_mut::<3>();
        for (place, index) in places.iter_mut().skip(left).zip(drawn.unwrap_or_default()) {
            if Some(*index) != frame.transparent
                && let Some(colour) = colours.get(usize::from(*index))
            {
                *place = *colour;
            }
        }
        pixels.clear();
        convert(&row, Layout::Rgb, wanted.colour, &mut pixels);
        shrinking.push(&pixels);
    }
    Ok(shrinking.finish())
}
