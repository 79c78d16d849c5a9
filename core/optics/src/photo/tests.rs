//! Photos: turned, shrunk, and rid of what they tell beside the picture.

use jpeg_encoder::ColorType;

use super::*;
use crate::picture::tests::{Noise, jpeg_of, png_of};

const RED: [u8; 3] = [220, 30, 30];
const GREEN: [u8; 3] = [30, 200, 40];
const BLUE: [u8; 3] = [30, 40, 220];
const YELLOW: [u8; 3] = [230, 220, 30];

/// A picture whose quarters are red, green (above), blue, yellow (below).
fn quarters(width: u32, height: u32) -> Rgb {
    let colour = |x, y| match (x < width / 2, y < height / 2) {
        (true, true) => RED,
        (false, true) => GREEN,
        (true, false) => BLUE,
        (false, false) => YELLOW,
    };
    let pixels = (0..height).flat_map(|y| (0..width).flat_map(move |x| colour(x, y))).collect();
    Rgb { width, height, pixels }
}

/// The picture as a camera that was held otherwise stores it: undoing `orientation` gives `upright`.
fn stored(upright: Rgb, orientation: u8) -> Rgb {
    // Mirrors and half turns undo themselves; the quarter turns undo each other.
    turn(
        upright,
        match orientation {
            6 => 8,
            8 => 6,
            other => other,
        },
    )
}

/// An Exif block with the orientation and a position, in either byte order.
fn exif_block(orientation: u8, big: bool) -> Vec<u8> {
    let short = |value: u16| if big { value.to_be_bytes() } else { value.to_le_bytes() };
    let long = |value: u32| if big { value.to_be_bytes() } else { value.to_le_bytes() };
    let mut block = b"Exif\0\0".to_vec();
    block.extend_from_slice(if big { b"MM" } else { b"II" });
    block.extend(short(42));
    block.extend(long(8));
    block.extend(short(2));
    for (tag, kind, count, value) in
        [(0x0112, 3, 1, [short(orientation.into()), short(0)].concat()), (0x8825, 4, 1, long(38).to_vec())]
    {
        block.extend([short(tag), short(kind)].concat());
        block.extend(long(count));
        block.extend(value);
    }
    block.extend(long(0));
    block.extend_from_slice(b"GPS 48.2082N 16.3738E");
    block
}

fn with_exif(jpeg: &[u8], block: &[u8]) -> Vec<u8> {
    let length = (block.len() as u16 + 2).to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, block, &jpeg[2..]].concat()
}

fn decoded(photo: &Photo) -> Rgb {
    let raster = decode(&photo.jpeg, Wanted { colour: true, longest_side: None }).unwrap();
    assert_eq!((raster.width, raster.height), (photo.width, photo.height));
    assert!(raster.exif.is_none());
    Rgb { width: raster.width, height: raster.height, pixels: raster.pixels }
}

fn corners_are(picture: &Rgb, expected: [[u8; 3]; 4]) -> bool {
    let (right, bottom) = (picture.width - 4, picture.height - 4);
    [(3, 3), (right, 3), (3, bottom), (right, bottom)].iter().zip(expected).all(|(&(x, y), colour)| {
        let at = 3 * (y * picture.width + x) as usize;
        picture.pixels[at..at + 3].iter().zip(colour).all(|(&a, b)| a.abs_diff(b) < 20)
    })
}

#[test]
fn every_orientation_lands_upright() {
    for orientation in 1..=8 {
        // The largest is decoded at half its size.
        for (width, height, big) in [(2576, 1656, false), (1400, 900, true), (96, 64, false)] {
            let held = stored(quarters(width, height), orientation);
            let size = (held.width as u16, held.height as u16);
            let file = jpeg_of(size, ColorType::Rgb, &held.pixels, false);
            let photo = prepare(&with_exif(&file, &exif_block(orientation, big))).unwrap();
            let expected = if width > MAX_SIDE { (1024, 658) } else { (width, height) };
            assert_eq!((photo.width, photo.height), expected, "{orientation}");
            assert!(corners_are(&decoded(&photo), [RED, GREEN, BLUE, YELLOW]), "{orientation}");
        }
    }
}

#[test]
fn nothing_hidden_remains() {
    let picture = quarters(64, 64);
    let file = jpeg_of((64, 64), ColorType::Rgb, &picture.pixels, false);
    let file = with_exif(&file, &exif_block(1, true));
    let has = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).any(|window| window == what);
    assert!(has(&file, b"GPS 48"));
    let photo = prepare(&file).unwrap();
    // Only the JFIF header is left of all application and comment segments.
    assert!(!has(&photo.jpeg, b"GPS 48") && !has(&photo.jpeg, b"Exif"));
    assert!((0xe1..=0xef).chain([0xfe]).all(|marker| !has(&photo.jpeg, &[0xff, marker])));
}

#[test]
fn sizes_are_bounded() {
    let mut noise = Noise(11);
    let loud: Vec<u8> = (0..1600 * 1600 * 3).map(|_| noise.next() as u8).collect();
    let photo = prepare(&jpeg_of((1600, 1600), ColorType::Rgb, &loud, false)).unwrap();
    assert_eq!((photo.width, photo.height), (1024, 1024));
    assert!(photo.jpeg.len() <= MAX_JPEG_BYTES);
    // The worst there is: noise at the final size, so that nothing is smoothed.
    let worst = Rgb { width: 1024, height: 1024, pixels: loud[..1024 * 1024 * 3].to_vec() };
    assert!(encode(&worst).unwrap().len() <= MAX_JPEG_BYTES);
    let grey = png::ColorType::Grayscale;
    for (width, height, expected) in [
        (1, 1, (1, 1)),
        (1024, 3, (1024, 3)),
        (5000, 2, (1024, 1)),
        (300_000, 1, (1024, 1)),
        (1, 70_000, (1, 1024)),
    ] {
        let file = png_of((width, height), grey, png::BitDepth::Eight, &vec![99; (width * height) as usize]);
        let photo = prepare(&file).unwrap();
        assert_eq!((photo.width, photo.height), expected);
    }
}

#[test]
fn png_transparency_is_white_and_edges_stay_clean() {
    let pixels: Vec<u8> =
        (0..80 * 80).flat_map(|at| if at % 80 < 40 { [0, 0, 0, 0] } else { [30, 40, 220, 255] }).collect();
    let photo = prepare(&png_of((80, 80), png::ColorType::Rgba, png::BitDepth::Eight, &pixels)).unwrap();
    assert!(corners_are(&decoded(&photo), [[255; 3], BLUE, [255; 3], BLUE]));
}

#[test]
fn exif_reading_is_bounded() {
    for big in [true, false] {
        for orientation in 1..=8 {
            assert_eq!(exif::orientation(&exif_block(orientation, big)[6..]), orientation);
        }
        assert_eq!(exif::orientation(&exif_block(0, big)[6..]), 1);
        assert_eq!(exif::orientation(&exif_block(9, big)[6..]), 1);
        let block = exif_block(6, big);
        for end in 6..block.len() {
            assert!(matches!(exif::orientation(&block[6..end]), 1 | 6));
        }
    }
    assert_eq!(exif::orientation(b"II\x2a\0\xff\xff\xff\xff"), 1);
    assert_eq!(exif::orientation(b""), 1);
    let mut noise = Noise(8);
    for _ in 0..2000 {
        let mut block = exif_block(6, noise.below(2) == 0);
        for _ in 0..4 {
            let at = 6 + noise.below(block.len() as u64 - 6);
            block[at] = noise.next() as u8;
        }
        assert!((1..=8).contains(&exif::orientation(&block[6..])));
    }
}

#[test]
fn refusals_keep_their_code() {
    assert_eq!(prepare(b"%PDF-1.7").unwrap_err().code(), "picture_unsupported");
}
