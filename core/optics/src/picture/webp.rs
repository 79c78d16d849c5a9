//! WebP by crate `image-webp`: lossy, lossless, with transparency; of an animation the first frame.
//!
//! The decoder trusts what chunks say of each other's sizes, so that it is given a file made anew of the one picture's
//! chunks, in which they agree.

use std::io::Cursor;

use image_webp::WebPDecoder;

use super::{Layout, PictureError, Raster, Shrinking, Wanted, check_size, convert};

/// Most bytes that are held at a time: the decoder delivers the whole picture, and has it in other forms before.
const MAX_PICTURE_BYTES: u64 = 240_000_000;

pub(super) fn decode(bytes: &[u8], wanted: Wanted) -> Result<Raster, PictureError> {
    let Found { picture, exif } = find(bytes);
    let picture = picture.ok_or_else(|| PictureError::damaged("there is no picture"))?;
    let (width, height) = (picture.width, picture.height);
    check_size(width, height)?;
    let file = picture.file();
    // What the decoder has of a pixel in all, and what becomes of it here.
    let bytes_each = match (picture.coding, picture.transparent) {
        (Coding::Lossy, true) => 11,
        (Coding::Lossy, false) | (Coding::Lossless, _) => 5,
    };
    let area = u64::from(width) * u64::from(height);
    if area * bytes_each + file.len() as u64 > MAX_PICTURE_BYTES {
        return Err(PictureError::too_heavy(area));
    }
    let mut decoder = WebPDecoder::new(Cursor::new(file)).map_err(PictureError::damaged)?;
    if decoder.dimensions() != (width, height) {
        return Err(PictureError::damaged("two sizes"));
    }
    let size = decoder.output_buffer_size().ok_or(PictureError::Unsupported)?;
    decoder.set_memory_limit(size);
    let (layout, bytes) = if decoder.has_alpha() { (Layout::Rgba, 4) } else { (Layout::Rgb, 3) };
    let mut whole = vec![0; size];
    decoder.read_image(&mut whole).map_err(PictureError::damaged)?;
    let channels = if wanted.colour { 3 } else { 1 };
    let longest = width.max(height);
    let factor = wanted.longest_side.map_or(1, |least| longest / least.clamp(1, longest));
    let mut shrinking = Shrinking::new(width, height, channels, factor);
    let mut pixels = Vec::new();
    for row in whole.chunks_exact_mut((width as usize * bytes).max(1)) {
        if picture.coding == Coding::Lossless && !picture.transparent {
            let (places, _) = row.as_chunks_mut::<4>();
            places.iter_mut().for_each(|[.., alpha]| *alpha = 255);
        }
        pixels.clear();
        convert(row, layout, wanted.colour, &mut pixels);
        shrinking.push(&pixels);
    }
    Ok(Raster { exif: exif.map(<[u8]>::to_vec), ..shrinking.finish() })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Coding {
    Lossy,
    Lossless,
}

/// The one picture that is decoded.
struct Picture<'a> {
    width: u32,
    height: u32,
    coding: Coding,
    transparent: bool,
    /// The chunk of a lossy picture's transparency.
    alpha: Option<&'a [u8]>,
    data: &'a [u8],
}

#[derive(Default)]
struct Found<'a> {
    picture: Option<Picture<'a>>,
    exif: Option<&'a [u8]>,
}

/// The chunks of a RIFF file: what they are called and hold. The last may be cut off.
fn chunks(mut rest: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    std::iter::from_fn(move || {
        let (name, after) = rest.split_first_chunk::<4>()?;
        let (size, after) = after.split_first_chunk::<4>()?;
        let size = u32::from_le_bytes(*size) as usize;
        let body = after.get(..size).unwrap_or(after);
        // To the next even place.
        rest = after.get(size + size % 2..).unwrap_or_default();
        Some((*name, body))
    })
}

fn find(file: &[u8]) -> Found<'_> {
    let mut found = Found::default();
    let mut alpha = None;
    for (name, body) in chunks(file.get(12..).unwrap_or_default()) {
        match &name {
            b"ALPH" => alpha = alpha.or(Some(body)),
            // Some write before it what stands there in JPEG files.
            b"EXIF" => found.exif = found.exif.or(Some(body.strip_prefix(b"Exif\0\0").unwrap_or(body))),
            // Where it lies, how large it is and how long it is shown stands before its chunks.
            b"ANMF" if found.picture.is_none() => {
                let mut alpha = None;
                for (name, body) in chunks(body.get(16..).unwrap_or_default()) {
                    match &name {
                        b"ALPH" => alpha = alpha.or(Some(body)),
                        _ => found.picture = found.picture.or_else(|| Picture::of(name, body, alpha)),
                    }
                }
            }
            _ => found.picture = found.picture.or_else(|| Picture::of(name, body, alpha)),
        }
    }
    found
}

impl<'a> Picture<'a> {
    /// `None` if it is another chunk, or one that does not begin as it should.
    fn of(name: [u8; 4], data: &'a [u8], alpha: Option<&'a [u8]>) -> Option<Self> {
        match &name {
            b"VP8 " => {
                let [_, _, _, 0x9d, 0x01, 0x2a, w0, w1, h0, h1] = *data.first_chunk()? else { return None };
                let side = |low, high| u32::from(u16::from_le_bytes([low, high]) & 0x3fff);
                let (width, height) = (side(w0, w1), side(h0, h1));
                let transparent = alpha.is_some();
                Some(Self { width, height, coding: Coding::Lossy, transparent, alpha, data })
            }
            b"VP8L" => {
                let [0x2f, sizes @ ..] = *data.first_chunk::<5>()? else { return None };
                let header = u32::from_le_bytes(sizes);
                let (width, height) = ((header & 0x3fff) + 1, (header >> 14 & 0x3fff) + 1);
                let transparent = header >> 28 & 1 == 1;
                Some(Self { width, height, coding: Coding::Lossless, transparent, alpha: None, data })
            }
            _ => None,
        }
    }

    /// A file with nothing else in it.
    fn file(&self) -> Vec<u8> {
        let mut body = Vec::with_capacity(self.data.len() + self.alpha.map_or(0, <[u8]>::len) + 64);
        body.extend_from_slice(b"RIFF\0\0\0\0WEBP");
        if let Some(alpha) = self.alpha {
            // Only bit 4 is set: there is transparency. Then three bytes that are reserved, and width and height less
            // one, of three bytes each.
            let mut header = [0u8; 10];
            let [flags, _, _, _, w0, w1, w2, h0, h1, h2] = &mut header;
            *flags = 0x10;
            [*w0, *w1, *w2, _] = self.width.saturating_sub(1).to_le_bytes();
            [*h0, *h1, *h2, _] = self.height.saturating_sub(1).to_le_bytes();
            push(&mut body, b"VP8X", &header);
            push(&mut body, b"ALPH", alpha);
        }
        match self.coding {
            Coding::Lossy => push(&mut body, b"VP8 ", self.data),
            Coding::Lossless => {
                let data = body.len() + 8;
                push(&mut body, b"VP8L", self.data);
                // Said to be transparent it is decoded to where it is delivered; else the decoder holds it twice.
                if let Some(flags) = body.get_mut(data + 4) {
                    *flags |= 0x10;
                }
            }
        }
        let size = (body.len() as u32).saturating_sub(8).to_le_bytes();
        if let Some(place) = body.get_mut(4..8) {
            place.copy_from_slice(&size);
        }
        body
    }
}

fn push(file: &mut Vec<u8>, name: &[u8; 4], body: &[u8]) {
    file.extend_from_slice(name);
    file.extend_from_slice(&(body.len() as u32).to_le_bytes());
    file.extend_from_slice(body);
    if body.len() % 2 == 1 {
        file.push(0);
    }
}
