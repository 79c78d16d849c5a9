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
        let (reading, sights) = frame.read(effort);
        assert!(reading.codes.is_empty() && reading.why.is_some());
        let modules = (whole.width / 2 - 8).pow(2) as usize;
        assert!(!sights.is_empty() && (sights.len() - 1) * modules < most, "{}", sights.len());
    }
}

/// A picture file that says how it is to be turned.
fn jpeg_turned(picture: &Luma, orientation: u8) -> Vec<u8> {
    let (width, height) = (picture.width as u16, picture.height as u16);
    let file = crate::picture::tests::jpeg_of(
        (width, height),
        jpeg_encoder::ColorType::Luma,
        &picture.pixels,
        false,
    );
    let mut exif =
        b"\xff\xe1\0\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0".to_vec();
    exif[29] = orientation;
    [&file[..2], &exif, &file[2..]].concat()
}

#[test]
fn corners_are_where_a_turned_picture_is_shown() {
    let mut wall = paper(600, 400, 170);
    lay(&mut wall, &code(PASS, 3), 200, 60);
    let quiet = 12.0;
    let side = code(PASS, 3).width as f32 - 2.0 * quiet;
    let (left, top) = (200.0 + quiet, 60.0 + quiet);
    // Where the code's upper left corner is shown, and the next one along its upper edge.
    let shown = [
        (1, (left, top), (left + side, top)),
        (2, (600.0 - left, top), (600.0 - left - side, top)),
        (3, (600.0 - left, 400.0 - top), (600.0 - left - side, 400.0 - top)),
        (4, (left, 400.0 - top), (left + side, 400.0 - top)),
        (5, (top, left), (top, left + side)),
        (6, (400.0 - top, left), (400.0 - top, left + side)),
        (7, (400.0 - top, 600.0 - left), (400.0 - top, 600.0 - left - side)),
        (8, (top, 600.0 - left), (top, 600.0 - left - side)),
    ];
    for (orientation, first, second) in shown {
        let reading = read_picture(&jpeg_turned(&wall, orientation)).unwrap();
        let [a, b, ..] = reading.codes[0].corners;
        for (corner, (x, y)) in [(a, first), (b, second)] {
            assert!(corner.distance(Point { x, y }) < 2.0, "{orientation}: {corner:?} is not {x} {y}");
        }
    }
}

/// Lines of letters as a page shows them.
fn page(width: u32, height: u32) -> Luma {
    let mut noise = Noise(19);
    let mut page = paper(width, height, 250);
    for line in (40..height - 40).step_by(22) {
        let mut x = 60;
        while x < width - 80 {
            let letter = 3 + noise.below(7) as u32;
            for y in line..line + 12 {
                for stroke in (x..x + letter).step_by(1 + noise.below(3)) {
                    if noise.below(4) != 0 {
                        page.pixels[(y * width + stroke) as usize] = 40;
                    }
                }
            }
            x += letter + if noise.below(6) == 0 { 9 } else { 2 };
        }
    }
    page
}

#[test]
fn a_code_somewhere_in_a_screenshot_of_a_page_is_read() {
    for (module, left, top) in [(2, 90, 1700), (3, 560, 900), (6, 200, 300), (3, 820, 2100)] {
        let mut shot = page(1170, 2532);
        lay(&mut shot, &code(PASS, module), left, top);
        for picture in [changed(&shot, |pixel| pixel), changed(&shot, |pixel| 255 - pixel)] {
            let file = crate::picture::tests::grey_png(&picture);
            assert_eq!(codes_in_picture(&file).unwrap(), [PASS], "modules of {module}");
        }
    }
    assert!(codes_in_picture(&crate::picture::tests::grey_png(&page(1170, 2532))).unwrap().is_empty());
}

#[test]
fn codes_of_other_kinds_are_not_read() {
    // What a Micro QR code of 13 modules looks like: one finder pattern, timing along the upper and the left edge.
    const MICRO: [&str; 13] = [
        "#######.#.#.#",
        "#.....#.###.#",
        "#.###.#..##.#",
        "#.###.#..####",
        "#.###.#.###..",
        "#.....#.#...#",
        "#######..####",
        ".........##..",
        "##.#....#...#",
        ".##.#.#.#.#.#",
        "###..#######.",
        "...#.#....##.",
        "###.#..##.###",
    ];
    for module in [4, 7] {
        let mut wall = paper(400, 300, 240);
        for (y, row) in (0u32..).zip(MICRO) {
            for (x, _) in (0u32..).zip(row.bytes()).filter(|(_, byte)| *byte == b'#') {
                lay(&mut wall, &paper(module, module, 20), 100 + x * module, 80 + y * module);
            }
        }
        let reading = read_luma(&wall, Effort::Thorough);
        assert!(reading.codes.is_empty() && reading.why.is_some(), "{:?}", reading.codes);
    }
    // Bars, as other codes have them.
    let mut bars = paper(500, 300, 240);
    let mut noise = Noise(5);
    for x in 60..440 {
        if noise.below(2) == 0 {
            lay(&mut bars, &paper(2, 160, 20), x, 70);
        }
    }
    assert!(read_luma(&bars, Effort::Thorough).codes.is_empty());
}
