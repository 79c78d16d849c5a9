//! Pictures: decoding, shrinking, and codes in them.

use gatehouse_core::{
    photo::{self, FACE_SIDE, MAX_JPEG_BYTES, MAX_SIDE},
    picture::{self as pictures, Luma, MAX_PIXELS},
    qr::{self, Correction, png as drawn},
};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

/// Most characters that a QR code can hold (version 40-L, digits).
const MOST_CHARACTERS: usize = 7089;

fn check_codes(codes: &[String]) {
    for (place, code) in codes.iter().enumerate() {
        assert!(code.chars().count() <= MOST_CHARACTERS);
        assert!(!codes[..place].contains(code), "found twice");
    }
    if let Some(first) = qr::first_pass(codes) {
        assert!(first.starts_with("GH1:"));
    }
}

fn texts(picture: &Luma) -> Vec<String> {
    qr::read_luma(picture, qr::Effort::Thorough).codes.into_iter().map(|code| code.text).collect()
}

/// The bytes as a picture file in which codes are sought.
pub fn picture(data: &[u8]) {
    let Ok(luma) = pictures::luma(data) else { return };
    let area = u64::from(luma.width) * u64::from(luma.height);
    assert!(area <= MAX_PIXELS && luma.pixels.len() as u64 == area);
    let codes = texts(&luma);
    check_codes(&codes);
    assert_eq!(qr::codes_in_picture(data).ok(), Some(codes), "not the same twice");
}

/// The bytes as a picture file in which codes are sought, and as a photo that is about to be kept.
pub fn file(data: &[u8]) {
    picture(data);
    photo(data);
}

/// The first two bytes are a width and a row's padding, the others the pixels of a camera's frame.
pub fn frame(data: &[u8]) {
    let [width, padding, pixels @ ..] = data else { return };
    let (width, stride) = (u32::from(*width).max(1), u32::from(*width).max(1) + u32::from(*padding) % 16);
    let height = u32::try_from(pixels.len()).unwrap_or(u32::MAX) / stride;
    let Ok(frame) = qr::Frame::new(pixels, width, height, stride) else { return };
    for effort in [qr::Effort::Fast, qr::Effort::Thorough] {
        let reading = qr::read_frame(pixels, width, height, stride, effort).expect("the same frame");
        let codes: Vec<String> = reading.codes.into_iter().map(|code| code.text).collect();
        check_codes(&codes);
        assert_eq!(reading.why.is_none(), !codes.is_empty());
    }
    // The same frame again and again is one that a hand holds still.
    let mut live = qr::LiveReader::default();
    for _ in 0..6 {
        let seen = live.read(&frame).codes.into_iter().map(|code| code.text).collect::<Vec<_>>();
        check_codes(&seen);
    }
    // What is padding does not matter, and a frame that lies about its size is none.
    let rows = pixels.chunks(stride as usize).take(height as usize);
    let whole: Vec<u8> = rows.flat_map(|row| row.iter().take(width as usize)).copied().collect();
    let picture = Luma { width, height, pixels: whole };
    let plain = qr::read_frame(pixels, width, height, stride, qr::Effort::Thorough).expect("the same frame");
    assert_eq!(texts(&picture), plain.codes.into_iter().map(|code| code.text).collect::<Vec<_>>());
    assert!(qr::Frame::new(pixels, width, height + 2, stride).is_err());
}

/// The bytes as a photo that is about to be kept.
pub fn photo(data: &[u8]) {
    if let Ok(face) = photo::prepare_face(data) {
        check_photo(&face);
        assert!(face.width.max(face.height) <= FACE_SIDE);
    }
    let Ok(photo) = photo::prepare(data) else { return };
    check_photo(&photo);
    let again = photo::prepare(&photo.jpeg).expect("our own JPEG");
    check_photo(&again);
    assert_eq!((again.width, again.height), (photo.width, photo.height), "turned or shrunk twice");
}

fn check_photo(photo: &photo::Photo) {
    assert!((1..=MAX_SIDE).contains(&photo.width) && (1..=MAX_SIDE).contains(&photo.height));
    assert!(photo.jpeg.len() <= MAX_JPEG_BYTES, "{} bytes", photo.jpeg.len());
    // Segments before the picture's data: nothing but what a decoder needs, so no Exif, no comment, no profile.
    let mut rest = photo.jpeg.strip_prefix(b"\xff\xd8").expect("a JPEG");
    while let [0xff, marker, high, low, ..] = *rest {
        if marker == 0xda {
            return;
        }
        assert!(matches!(marker, 0xc0..=0xdd | 0xe0), "segment {marker:02x} holds metadata");
        rest = rest.get(2 + usize::from(u16::from_be_bytes([high, low]))..).expect("a whole segment");
    }
    panic!("no picture in the JPEG");
}

pub fn png_of(text: &str) -> Vec<u8> {
    drawn(text, Correction::Low, 2).expect("drawn")
}

/// A JPEG with an Exif block that says "turned", as a camera's begins.
pub fn jpeg_of(text: &str) -> Vec<u8> {
    const EXIF: &[u8] =
        b"\xff\xe1\0\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let plain = photo::prepare(&png_of(text)).expect("a photo").jpeg;
    [&plain[..2], EXIF, &plain[2..]].concat()
}

/// Every kind of JPEG that phones, scanners and picture programs write.
pub fn jpegs() -> Vec<Vec<u8>> {
    // One of three planes in a scan each, which the encoder below does not write.
    const PLANES: &[u8] = include_bytes!("../../optics/src/picture/planes.jpg");
    const SIZE: (u16, u16) = (40, 24);
    // So wide that faces are decoded at half, a quarter and an eighth of the size, and a photo at half.
    const WIDE: [(u16, u16); 3] = [(656, 18), (1_290, 10), (2_600, 9)];
    let coloured: Vec<u8> = (0u8..=255).cycle().step_by(7).take(3 * 2_600 * 9).collect();
    let written_as = |size: (u16, u16), colour, factor, progressive, interval| {
        let mut out = Vec::new();
        let mut encoder = Encoder::new(&mut out, 80);
        encoder.set_sampling_factor(factor);
        encoder.set_progressive(progressive);
        encoder.set_restart_interval(interval);
        encoder.encode(&coloured, size.0, size.1, colour).expect("written");
        out
    };
    let written =
        |colour, factor, progressive, interval| written_as(SIZE, colour, factor, progressive, interval);
    vec![
        written(ColorType::Luma, SamplingFactor::F_1_1, false, 0),
        written(ColorType::Rgb, SamplingFactor::F_1_1, false, 0),
        written(ColorType::Rgb, SamplingFactor::F_2_2, false, 0),
        written(ColorType::Rgb, SamplingFactor::F_2_1, false, 2),
        written(ColorType::Rgb, SamplingFactor::F_2_2, true, 0),
        written(ColorType::Luma, SamplingFactor::F_1_1, true, 0),
        written(ColorType::Cmyk, SamplingFactor::F_1_1, false, 0),
        written(ColorType::CmykAsYcck, SamplingFactor::F_2_2, true, 0),
        written_as(WIDE[0], ColorType::Rgb, SamplingFactor::F_2_2, false, 0),
        written_as(WIDE[1], ColorType::Rgb, SamplingFactor::F_2_1, false, 9),
        written_as(WIDE[2], ColorType::Rgb, SamplingFactor::F_2_2, false, 5),
        PLANES.to_vec(),
    ]
}

/// Every kind of PNG.
pub fn pngs() -> Vec<Vec<u8>> {
    use png::{BitDepth, ColorType as Colour};
    const INTERLACED: &[u8] = include_bytes!("../../optics/src/picture/interlaced.png");
    let written = |colour, depth, row: usize| {
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, 16, 9);
        encoder.set_color(colour);
        encoder.set_depth(depth);
        if colour == Colour::Indexed {
            encoder.set_palette(vec![0, 0, 0, 255, 0, 0, 255, 255, 255, 9, 9, 9]);
            encoder.set_trns(vec![255, 255, 0]);
        }
        let data: Vec<u8> = (0u8..=255).cycle().step_by(5).take(row * 9).collect();
        let mut writer = encoder.write_header().expect("written");
        writer.write_image_data(&data).expect("written");
        writer.finish().expect("written");
        out
    };
    vec![
        written(Colour::Grayscale, BitDepth::Sixteen, 32),
        written(Colour::GrayscaleAlpha, BitDepth::Eight, 32),
        written(Colour::Rgb, BitDepth::Eight, 48),
        written(Colour::Rgba, BitDepth::Sixteen, 128),
        written(Colour::Indexed, BitDepth::Two, 4),
        INTERLACED.to_vec(),
    ]
}

pub fn frame_of(text: &str) -> Vec<u8> {
    let luma = pictures::luma(&drawn(text, Correction::Low, 1).expect("drawn")).expect("read");
    let width = u8::try_from(luma.width).expect("narrow");
    [vec![width, 0], luma.pixels].concat()
}

/// An animation, its rows interlaced.
pub fn gifs() -> Vec<Vec<u8>> {
    vec![include_bytes!("../../optics/src/picture/frames.gif").to_vec()]
}

/// Lossy, lossless and transparent.
pub fn webps() -> Vec<Vec<u8>> {
    const ALL: [&[u8]; 3] = [
        include_bytes!("../../optics/src/picture/lossy.webp"),
        include_bytes!("../../optics/src/picture/lossless.webp"),
        include_bytes!("../../optics/src/picture/transparent.webp"),
    ];
    ALL.map(<[u8]>::to_vec).to_vec()
}
