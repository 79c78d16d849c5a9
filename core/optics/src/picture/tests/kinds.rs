//! The same picture as a file of every kind that is read, and such files broken by chance: for tests, and for
//! `tests/vision`, which measures what the worst of them cost.

use gif::{Encoder as GifEncoder, Frame as GifFrame};
use jpeg_encoder::{ColorType, Encoder as JpegEncoder, SamplingFactor};

/// A picture in shades of grey, row by row.
pub struct Picture<'a> {
    pub pixels: &'a [u8],
    pub width: u16,
    pub height: u16,
}

/// What a kind is called, and how a picture is written as it.
pub type Kind = (String, Box<dyn Fn(&Picture<'_>) -> Vec<u8>>);

/// Every kind that can be written here.
pub fn kinds() -> Vec<Kind> {
    let mut kinds: Vec<Kind> = Vec::new();
    for progressive in [false, true] {
        for (name, colour, bytes) in [
            ("grey", ColorType::Luma, 1),
            ("RGB", ColorType::Rgb, 3),
            ("CMYK", ColorType::Cmyk, 4),
            ("YCCK", ColorType::CmykAsYcck, 4),
        ] {
            for (sampling, factor) in [("4:4:4", SamplingFactor::F_1_1), ("4:2:0", SamplingFactor::F_2_2)] {
                if bytes == 1 && sampling != "4:4:4" {
                    continue;
                }
                let scans = if progressive { "progressive" } else { "sequential" };
                kinds.push((
                    format!("JPEG {scans} {name} {sampling}"),
                    Box::new(move |it| jpeg(it, colour, bytes, factor, progressive)),
                ));
            }
        }
    }
    for interlaced in [false, true] {
        for (colour, depths) in
            [(0, &[1, 2, 4, 8, 16][..]), (2, &[8, 16]), (3, &[1, 2, 4, 8]), (4, &[8, 16]), (6, &[8, 16])]
        {
            for &depth in depths {
                let rows = if interlaced { "interlaced" } else { "plain" };
                let name = ["grey", "", "RGB", "palette", "grey alpha", "", "RGBA"][colour];
                kinds.push((
                    format!("PNG {rows} {name} {depth}"),
                    Box::new(move |it| png(it, colour, depth, interlaced)),
                ));
            }
        }
    }
    kinds.push(("WebP lossless".to_owned(), Box::new(|it| webp(it, image_webp::ColorType::Rgb8, 3))));
    kinds.push(("WebP lossless alpha".to_owned(), Box::new(|it| webp(it, image_webp::ColorType::Rgba8, 4))));
    kinds.push(("GIF".to_owned(), Box::new(|it| gif(it, false))));
    kinds.push(("GIF interlaced".to_owned(), Box::new(|it| gif(it, true))));
    kinds
}

/// Files that other programs wrote: kinds that cannot be written here.
pub fn others() -> Vec<(&'static str, &'static [u8])> {
    vec![
        ("JPEG with planes in scans of their own", include_bytes!("../planes.jpg")),
        ("JPEG of a camera", include_bytes!("../jpeg/camera.jpg")),
        ("WebP lossy", include_bytes!("../lossy.webp")),
        ("WebP lossy with transparency", include_bytes!("../transparent.webp")),
    ]
}

/// The picture in a WebP file as the first of an animation.
pub fn animated(file: &[u8], width: u16, height: u16) -> Vec<u8> {
    let chunk = |name: &[u8; 4], body: &[u8]| {
        let padding = vec![0; body.len() % 2];
        [&name[..], &(body.len() as u32).to_le_bytes(), body, &padding].concat()
    };
    let side = |side: u16| (u32::from(side) - 1).to_le_bytes();
    let sides = [&side(width)[..3], &side(height)[..3]].concat();
    // What is before the picture's own chunks in a file of the extended kind is left out.
    let is_picture = |at: &usize| matches!(&file[*at..*at + 4], b"ALPH" | b"VP8 " | b"VP8L");
    let start = (12..file.len() - 4).step_by(2).find(is_picture).unwrap_or(12);
    let frame = [&[0; 6][..], &sides, &[100, 0, 0, 2], &file[start..]].concat();
    let body = [
        b"WEBP".to_vec(),
        chunk(b"VP8X", &[&[0x12, 0, 0, 0][..], &sides].concat()),
        chunk(b"ANIM", &[0; 6]),
        chunk(b"ANMF", &frame),
        chunk(b"ANMF", &frame),
    ]
    .concat();
    chunk(b"RIFF", &body)
}

fn jpeg(
    from: &Picture<'_>,
    colour: ColorType,
    bytes: usize,
    factor: SamplingFactor,
    progressive: bool,
) -> Vec<u8> {
    let samples: Vec<u8> = match bytes {
        4 => from.pixels.iter().flat_map(|&grey| [0, 0, 0, 255 - grey]).collect(),
        _ => from.pixels.iter().flat_map(|&grey| std::iter::repeat_n(grey, bytes)).collect(),
    };
    let mut out = Vec::new();
    let mut encoder = JpegEncoder::new(&mut out, 85);
    encoder.set_sampling_factor(factor);
    encoder.set_progressive(progressive);
    encoder.encode(&samples, from.width, from.height, colour).expect("written");
    out
}

fn webp(from: &Picture<'_>, colour: image_webp::ColorType, bytes: usize) -> Vec<u8> {
    let samples: Vec<u8> = match bytes {
        4 => from.pixels.iter().flat_map(|&grey| [grey, grey, grey, 255]).collect(),
        _ => from.pixels.iter().flat_map(|&grey| [grey; 3]).collect(),
    };
    let mut out = Vec::new();
    let encoder = image_webp::WebPEncoder::new(&mut out);
    encoder.encode(&samples, from.width.into(), from.height.into(), colour).expect("written");
    out
}

fn gif(from: &Picture<'_>, interlaced: bool) -> Vec<u8> {
    let colours: Vec<u8> = (0..=255u8).flat_map(|grey| [grey; 3]).collect();
    let mut out = Vec::new();
    let mut encoder = GifEncoder::new(&mut out, from.width, from.height, &colours).expect("begun");
    // The file has the rows in the order in which they are shown.
    let width = usize::from(from.width);
    let order = if interlaced { &[(0, 8), (4, 8), (2, 4), (1, 2)][..] } else { &[(0, 1)] };
    let rows = order.iter().flat_map(|&(first, step)| from.pixels.chunks(width).skip(first).step_by(step));
    let buffer: Vec<u8> = rows.flatten().copied().collect();
    let frame = GifFrame {
        width: from.width,
        height: from.height,
        interlaced,
        buffer: buffer.into(),
        ..GifFrame::default()
    };
    encoder.write_frame(&frame).expect("written");
    drop(encoder);
    out
}

/// A PNG file of any kind: the crate's own encoder writes no interlaced ones.
pub fn png(from: &Picture<'_>, colour: usize, depth: usize, interlaced: bool) -> Vec<u8> {
    /// First column and row of each pass, and how far apart they are.
    const PASSES: [(usize, usize, usize, usize); 7] =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
    let (width, height) = (usize::from(from.width), usize::from(from.height));
    let passes = if interlaced { &PASSES[..] } else { &[(0, 0, 1, 1)] };
    let mut rows = Vec::new();
    for &(left, top, across, down) in passes {
        for y in (top..height).step_by(down) {
            if left >= width {
                continue;
            }
            rows.push(0);
            let start = rows.len();
            let mut bits = 0;
            for x in (left..width).step_by(across) {
                let grey = from.pixels[y * width + x];
                match (colour, depth) {
                    (_, ..8) => {
                        if bits % 8 == 0 {
                            rows.push(0);
                        }
                        let last = rows.len() - 1;
                        rows[last] |= (grey >> (8 - depth)) << (8 - depth - bits % 8);
                        bits += depth;
                    }
                    _ => {
                        let values: &[u8] = match colour {
                            0 | 3 => &[grey],
                            2 => &[grey; 3],
                            4 => &[grey, 255],
                            _ => &[grey, grey, grey, 255],
                        };
                        // Of 16 bits the upper eight, twice.
                        rows.extend(values.iter().flat_map(|&it| std::iter::repeat_n(it, depth / 8)));
                    }
                }
            }
            debug_assert!(rows.len() > start);
        }
    }
    let mut header = Vec::new();
    header.extend_from_slice(&u32::from(from.width).to_be_bytes());
    header.extend_from_slice(&u32::from(from.height).to_be_bytes());
    header.extend_from_slice(&[depth as u8, colour as u8, 0, 0, u8::from(interlaced)]);
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut file, b"IHDR", &header);
    if colour == 3 {
        let count = 1usize << depth;
        let palette: Vec<u8> = (0..count).flat_map(|at| [(at * 255 / (count - 1)) as u8; 3]).collect();
        chunk(&mut file, b"PLTE", &palette);
    }
    chunk(&mut file, b"IDAT", &fdeflate::compress_to_vec(&rows));
    chunk(&mut file, b"IEND", &[]);
    file
}

fn chunk(file: &mut Vec<u8>, name: &[u8; 4], body: &[u8]) {
    file.extend_from_slice(&(body.len() as u32).to_be_bytes());
    let start = file.len();
    file.extend_from_slice(name);
    file.extend_from_slice(body);
    let sum = crc(&file[start..]);
    file.extend_from_slice(&sum.to_be_bytes());
}

/// The sum that ends a PNG chunk.
pub fn crc(bytes: &[u8]) -> u32 {
    let table: Vec<u32> = (0..256u32)
        .map(|byte| (0..8).fold(byte, |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 }))
        .collect();
    !bytes.iter().fold(!0, |sum, &byte| sum >> 8 ^ table[((sum ^ u32::from(byte)) & 0xff) as usize])
}

/// Breaks a file in one to six places, half of them among its headers, with parts of another one now and then. Sums of
/// PNG chunks are made right again most times, or nothing behind them would ever be reached.
pub fn mutate(file: &mut Vec<u8>, other: &[u8], below: &mut dyn FnMut(usize) -> usize) {
    for _ in 0..1 + below(6) {
        let reach = if below(2) == 0 { file.len().min(200) } else { file.len() };
        if reach == 0 {
            return;
        }
        let at = below(reach);
        match below(8) {
            0 => file[at] ^= 1 << below(8),
            1 => file[at] = [0, 1, 0x7f, 0x80, 0xff][below(5)],
            2 => {
                let end = (at + 1 + below(24)).min(file.len());
                drop(file.drain(at..end));
            }
            3 if !other.is_empty() => {
                let from = below(other.len());
                let part = &other[from..(from + 1 + below(64)).min(other.len())];
                let end = (at + part.len()).min(file.len());
                file.splice(at..end, part.iter().copied());
            }
            4 => {
                let end = (at + 1 + below(24)).min(file.len());
                let part = file[at..end].to_vec();
                file.splice(at..at, part);
            }
            _ => file[at] = below(256) as u8,
        }
    }
    if below(8) == 0 {
        let end = below(file.len().max(1));
        file.truncate(end);
    }
    if below(8) != 0 {
        mend_sums(file);
    }
}

fn mend_sums(file: &mut [u8]) {
    if !file.starts_with(b"\x89PNG\r\n\x1a\n") {
        return;
    }
    let mut at = 8;
    while let Some(&[a, b, c, d]) = file.get(at..).and_then(|rest| rest.first_chunk::<4>()) {
        let end = at + 8 + u32::from_be_bytes([a, b, c, d]) as usize;
        let Some(sum) = file.get(at + 4..end).map(crc) else { return };
        let Some(place) = file.get_mut(end..end + 4) else { return };
        place.copy_from_slice(&sum.to_be_bytes());
        at = end + 4;
    }
}
