//! Codes in pictures: found and read, or not.

use super::*;
use crate::picture::Luma;
use crate::picture::tests::Noise;
use crate::qr::tests::{PASS, changed, code, lay, paper, turned};

const POSTER: &str = "HTTPS://EXAMPLE.ORG/MENU";

fn texts(picture: &Luma, effort: Effort) -> Vec<String> {
    read_luma(picture, effort).codes.into_iter().map(|code| code.text).collect()
}

/// Read by both efforts.
fn both(picture: &Luma) -> Vec<String> {
    let thorough = texts(picture, Effort::Thorough);
    assert_eq!(texts(picture, Effort::Fast), thorough);
    thorough
}

#[test]
fn codes_of_every_size_come_back() {
    let mut noise = Noise(7);
    for length in (1..=30).step_by(7).chain((40..680).step_by(91)).chain([679, 1500, 2900]) {
        let alphabet = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
        let text: String = (0..length).map(|_| char::from(alphabet[noise.below(45)])).collect();
        for correction in [crate::qr::Correction::Low, crate::qr::Correction::Medium] {
            let Ok(file) = crate::qr::png(&text, correction, 3) else { continue };
            let picture = crate::picture::luma(&file).unwrap();
            assert_eq!(texts(&picture, Effort::Thorough), [text.as_str()], "{length} {correction:?}");
        }
    }
    for text in ["01234567890123456789", "Grüße aus 東京 🎟", "a,b;c"] {
        assert_eq!(texts(&code(text, 4), Effort::Thorough), [text]);
    }
}

#[test]
fn every_direction_and_both_polarities_are_read_at_once() {
    for degrees in [0.0, 7.0, 45.0, 90.0, 133.0, 180.0, 270.0, 353.0] {
        let picture = turned(&code(PASS, 5), degrees);
        assert_eq!(both(&picture), [PASS], "{degrees}");
        let mut negative = paper(picture.width + 40, picture.height + 40, 10);
        lay(&mut negative, &changed(&picture, |pixel| 255 - pixel), 20, 20);
        assert_eq!(both(&negative), [PASS], "light on dark, {degrees}");
    }
}

#[test]
fn corners_are_where_the_code_is() {
    let mut wall = paper(900, 700, 170);
    lay(&mut wall, &code(PASS, 6), 300, 200);
    let reading = read_luma(&wall, Effort::Fast);
    let quiet = 24.0;
    let side = code(PASS, 6).width as f32 - 2.0 * quiet;
    let (left, top) = (300.0 + quiet, 200.0 + quiet);
    let expected = [(left, top), (left + side, top), (left + side, top + side), (left, top + side)];
    for (corner, (x, y)) in reading.codes[0].corners.iter().zip(expected) {
        assert!(corner.distance(Point { x, y }) < 2.0, "{corner:?} is not {x} {y}");
    }
    // On a screen that shows the frame turned they are elsewhere, in the same order.
    let shown = [
        (0, (left, top)),
        (90, (700.0 - top, left)),
        (180, (900.0 - left, 700.0 - top)),
        (270, (top, 900.0 - left)),
    ];
    for (degrees, (x, y)) in shown {
        let frame = Frame::new(&wall.pixels, 900, 700, 900).unwrap().turned(Turn::from_degrees(degrees));
        let (turned, _) = frame.read(Effort::Fast);
        let [corner, ..] = turned.codes[0].corners;
        assert!(corner.distance(Point { x, y }) < 2.0, "{degrees}: {corner:?}");
    }
}

#[test]
fn frames_are_read_where_they_lie() {
    let mut wall = paper(640, 480, 200);
    lay(&mut wall, &code(PASS, 4), 150, 120);
    // Rows with padding of dark and light stripes, none behind the last.
    let mut padded: Vec<u8> =
        wall.pixels.chunks(640).flat_map(|row| [row, &[0, 255, 0, 255, 0, 255, 0]].concat()).collect();
    padded.truncate(padded.len() - 7);
    let frame = Frame::new(&padded, 640, 480, 647).unwrap();
    assert_eq!(frame.read(Effort::Fast).0.codes, read_luma(&wall, Effort::Fast).codes);
    assert_eq!(Frame::new(&padded, 640, 481, 647).unwrap_err().code(), "picture_damaged");
    assert_eq!(Frame::new(&padded, 648, 480, 647).unwrap_err().code(), "picture_damaged");
    assert_eq!(Frame::new(&padded, 0, 480, 647).unwrap_err().code(), "picture_damaged");
    assert_eq!(Frame::new(&padded, 9, 9, 8).unwrap_err().code(), "picture_damaged");
    assert_eq!(Frame::new(&padded, u32::MAX, u32::MAX, u32::MAX).unwrap_err().code(), "picture_too_large");
}

#[test]
fn our_code_is_read_beside_a_posters() {
    let sharp = code(PASS, 4);
    let kinds = [
        ("inverted", changed(&sharp, |pixel| 255 - pixel)),
        ("faint", changed(&sharp, |pixel| if pixel > 127 { 230 } else { 205 })),
        ("dark", changed(&sharp, |pixel| if pixel > 127 { 60 } else { 25 })),
        ("small", code(PASS, 2)),
        ("inverted and faint", changed(&sharp, |pixel| if pixel > 127 { 90 } else { 125 })),
    ];
    for (kind, ours) in kinds {
        let mut wall = paper(900, 700, 235);
        lay(&mut wall, &code(POSTER, 9), 30, 30);
        lay(&mut wall, &ours, 500, 400);
        assert!(texts(&wall, Effort::Thorough).iter().any(|text| text == PASS), "{kind}");
    }
    let mut wall = paper(900, 700, 255);
    lay(&mut wall, &code(POSTER, 9), 30, 30);
    assert_eq!(both(&wall), [POSTER]);
}

#[test]
fn covered_parts_are_made_good() {
    let mut picture = code(PASS, 6);
    let side = picture.width;
    for y in side / 2..side / 2 + 40 {
        for x in side - 70..side - 24 {
            picture.pixels[(y * side + x) as usize] = 120;
        }
    }
    assert_eq!(texts(&picture, Effort::Thorough), [PASS]);
}

#[test]
fn nothing_in_nothing_and_why() {
    let mut noise = Noise(3);
    for shade in [0, 128, 255] {
        let reading = read_luma(&paper(500, 300, shade), Effort::Thorough);
        assert!(reading.codes.is_empty() && reading.why.is_some());
    }
    assert_eq!(read_luma(&paper(500, 300, 3), Effort::Fast).why, Some(Why::TooDark));
    for shade in [90, 255] {
        assert_eq!(read_luma(&paper(500, 300, shade), Effort::Fast).why, Some(Why::NothingThere));
    }
    for side in [1, 2, 17, 300] {
        let grain = changed(&paper(side, side, 0), |_| noise.below(256) as u8);
        assert!(read_luma(&grain, Effort::Thorough).codes.is_empty());
    }
    // Half of a code is a code that cannot be read.
    let mut half = code(PASS, 6);
    let side = half.width;
    for y in 0..side {
        for x in 0..side {
            if x > side / 3 && y > side / 3 {
                half.pixels[(y * side + x) as usize] = noise.next() as u8 | 1;
            }
        }
    }
    let reading = read_luma(&half, Effort::Thorough);
    assert!(reading.codes.is_empty());
    assert!(reading.why > Some(Why::TooDark), "{:?}", reading.why);
    // What lies about its size shows nothing.
    let lie = Luma { width: 90, height: 90, pixels: vec![0; 80] };
    assert!(read_luma(&lie, Effort::Thorough).codes.is_empty());
}

#[test]
fn small_pictures_whose_modules_lie_as_blocks_do_are_read_at_a_fast_look() {
    for text in ["GH1:A CODE", "GH1:HELLO", PASS] {
        for module in [2, 3, 4, 6, 8, 12, 16] {
            assert_eq!(texts(&code(text, module), Effort::Fast), [text], "{module}");
        }
    }
}

#[test]
fn codes_seen_in_a_mirror_are_read() {
    for degrees in [0.0, 30.0, 180.0] {
        let picture = turned(&code(PASS, 5), degrees);
        let mirrored: Vec<u8> =
            picture.pixels.chunks(picture.width as usize).flat_map(|row| row.iter().rev().copied()).collect();
        let mirror = Luma { pixels: mirrored, ..picture.clone() };
        assert_eq!(both(&mirror), [PASS], "{degrees}");
        // The upper left corner as it is drawn is on the other side, and the order goes the other way round.
        let corners = |picture: &Luma| read_luma(picture, Effort::Fast).codes[0].corners;
        for (plain, seen) in corners(&picture).iter().zip(corners(&mirror)) {
            assert!(plain.distance(Point { x: picture.width as f32 - seen.x, y: seen.y }) < 2.0);
        }
    }
}

#[test]
fn what_a_read_costs_is_bounded_by_what_is_counted() {
    // Codes next to each other, each with so much overwritten that it can't be read.
    let mut noise = Noise(11);
    let mut wall = paper(1600, 1200, 230);
    let whole = code(PASS, 2);
    for top in (0..1200 - whole.height).step_by(whole.height as usize) {
        for left in (0..1600 - whole.width).step_by(whole.width as usize) {
            lay(&mut wall, &whole, left, top);
            for y in top + 24..top + whole.height - 24 {
                for x in left + 24..left + whole.width - 24 {
                    wall.pixels[(y * 1600 + x) as usize] = if noise.below(2) == 0 { 20 } else { 230 };
                }
            }
        }
    }
    for (effort, most) in [(Effort::Fast, 40_000), (Effort::Thorough, 160_000)] {
        let frame = Frame::new(&wall.pixels, 1600, 1200, 1600).unwrap();
        let (reading, partials) = frame.read(effort);
        assert!(reading.codes.is_empty() && reading.why.is_some());
        let modules = (whole.width / 2 - 8).pow(2) as usize;
        assert!(!partials.is_empty() && (partials.len() - 1) * modules < most, "{}", partials.len());
    }
}
