//! Codes drawn and read again, small, turned, in bad light, several at once.

use super::*;
use crate::picture::tests::{Noise, grey_png};
use crate::picture::{Luma, luma};

pub(in crate::qr) const PASS: &str =
    "GH1:6BFOXN*TS0BI$ZD-PHQ7I9AD66V5B22CH9M9ESI9XBHXK-%69LQOGI.*V76GCV4*XUA2P-FHT-HNTI4L6N$Q%UG/YL WO*Z7";

fn codes_in_luma(picture: &Luma) -> Vec<String> {
    read_luma(picture, Effort::Thorough).codes.into_iter().map(|code| code.text).collect()
}

/// A light picture.
pub(in crate::qr) fn paper(width: u32, height: u32, shade: u8) -> Luma {
    Luma { width, height, pixels: vec![shade; (width * height) as usize] }
}

pub(in crate::qr) fn code(text: &str, module_px: u8) -> Luma {
    luma(&png(text, Correction::Medium, module_px).unwrap()).unwrap()
}

/// Draws `top` into `base`.
pub(in crate::qr) fn lay(base: &mut Luma, top: &Luma, left: u32, above: u32) {
    for y in 0..top.height {
        for x in 0..top.width {
            base.pixels[((above + y) * base.width + left + x) as usize] =
                top.pixels[(y * top.width + x) as usize];
        }
    }
}

/// The picture turned about its middle, on paper large enough, with values between pixels.
pub(in crate::qr) fn turned(picture: &Luma, degrees: f64) -> Luma {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let side = f64::from(picture.width).hypot(f64::from(picture.height)).ceil() as u32;
    let mut out = paper(side, side, 255);
    let at = |x: i64, y: i64| {
        let inside =
            (0..i64::from(picture.width)).contains(&x) && (0..i64::from(picture.height)).contains(&y);
        if inside { f64::from(picture.pixels[(y * i64::from(picture.width) + x) as usize]) } else { 255.0 }
    };
    let middle = f64::from(side) / 2.0;
    for y in 0..side {
        for x in 0..side {
            let (dx, dy) = (f64::from(x) + 0.5 - middle, f64::from(y) + 0.5 - middle);
            let fx = cos * dx + sin * dy + f64::from(picture.width) / 2.0 - 0.5;
            let fy = -sin * dx + cos * dy + f64::from(picture.height) / 2.0 - 0.5;
            let (left, top) = (fx.floor() as i64, fy.floor() as i64);
            let (u, v) = (fx - fx.floor(), fy - fy.floor());
            let upper = at(left, top) * (1.0 - u) + at(left + 1, top) * u;
            let lower = at(left, top + 1) * (1.0 - u) + at(left + 1, top + 1) * u;
            out.pixels[(y * side + x) as usize] = (upper * (1.0 - v) + lower * v).round() as u8;
        }
    }
    out
}

pub(in crate::qr) fn changed(picture: &Luma, mut change: impl FnMut(u8) -> u8) -> Luma {
    Luma { pixels: picture.pixels.iter().map(|&pixel| change(pixel)).collect(), ..*picture }
}

fn jpeg(picture: &Luma, quality: u8) -> Vec<u8> {
    let mut out = Vec::new();
    jpeg_encoder::Encoder::new(&mut out, quality)
        .encode(&picture.pixels, picture.width as u16, picture.height as u16, jpeg_encoder::ColorType::Luma)
        .unwrap();
    out
}

#[test]
fn a_code_is_read_from_a_file_whose_end_is_missing() {
    let mut sheet = paper(640, 900, 230);
    lay(&mut sheet, &code(PASS, 5), 60, 60);
    for (file, header) in [(jpeg(&sheet, 80), 200), (grey_png(&sheet), 40)] {
        for end in [file.len() - 1, file.len() - 2, file.len() - 40] {
            assert_eq!(codes_in_picture(&file[..end]).unwrap(), [PASS], "{end} of {}", file.len());
        }
        assert_eq!(codes_in_picture(&file[..header]).unwrap_err().code(), "picture_damaged");
    }
    // Half of a sheet, with the code on the upper half, and noise below so that it is half of the bytes too.
    let mut noise = Noise(17);
    sheet.pixels[640 * 450..].iter_mut().for_each(|pixel| *pixel = noise.next() as u8);
    for file in [jpeg(&sheet, 80), grey_png(&sheet)] {
        assert_eq!(codes_in_picture(&file[..file.len() / 2]).unwrap(), [PASS]);
    }
}

#[test]
fn every_length_comes_back() {
    let alphabet = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    let mut noise = Noise(7);
    // Every length takes minutes without optimisation; the steps hit every version up to the longest.
    for length in (1..=24).chain((25..680).step_by(13)).chain([679, 680]) {
        let text: String = (0..length).map(|_| char::from(alphabet[noise.below(45)])).collect();
        for correction in [Correction::Low, Correction::Medium] {
            let px = 2 + (length % 3) as u8;
            let file = png(&text, correction, px).unwrap();
            assert_eq!(codes_in_picture(&file).unwrap(), [text.as_str()], "{length} {correction:?} {px}");
        }
    }
}

#[test]
fn finds_all_codes_on_a_sheet() {
    let mut sheet = paper(1240, 1754, 240);
    let texts: Vec<String> =
        (0..12).map(|n| format!("GH1:TICKET {n} OF A SHEET WITH SOME MORE IN IT")).collect();
    for (n, text) in texts.iter().enumerate() {
        lay(&mut sheet, &code(text, 4), 60 + (n as u32 % 3) * 400, 60 + (n as u32 / 3) * 420);
    }
    let mut found = codes_in_luma(&sheet);
    assert_eq!(found, codes_in_luma(&sheet));
    found.sort();
    let mut expected = texts;
    expected.sort();
    assert_eq!(found, expected);
    // The same code twice is one.
    let mut twice = paper(900, 400, 255);
    lay(&mut twice, &code(PASS, 4), 20, 20);
    lay(&mut twice, &code(PASS, 4), 460, 40);
    assert_eq!(codes_in_luma(&twice), [PASS]);
}

#[test]
fn survives_turning() {
    for degrees in [7.0, 45.0, 90.0, 133.0, 180.0, 270.0, 353.0] {
        assert_eq!(codes_in_luma(&turned(&code(PASS, 5), degrees)), [PASS], "{degrees}");
    }
}

#[test]
fn survives_poor_pictures() {
    let sharp = code(PASS, 5);
    let mut noise = Noise(99);
    let noisy = changed(&sharp, |pixel| {
        let shifted = 40 + i32::from(pixel) * 170 / 255 + noise.below(81) as i32 - 40;
        shifted.clamp(0, 255) as u8
    });
    assert_eq!(codes_in_luma(&noisy), [PASS], "noise");
    let faint = changed(&sharp, |pixel| if pixel > 127 { 124 } else { 112 });
    assert_eq!(codes_in_luma(&faint), [PASS], "low contrast");
    assert_eq!(codes_in_picture(&jpeg(&noisy, 30)).unwrap(), [PASS], "noise and JPEG");
    assert_eq!(codes_in_picture(&jpeg(&turned(&code(PASS, 3), 4.0), 30)).unwrap(), [PASS], "JPEG");
    assert_eq!(codes_in_luma(&changed(&sharp, |pixel| 255 - pixel)), [PASS], "inverted");
    let mut shaded = turned(&sharp, 3.0);
    let width = shaded.width as usize;
    for (at, pixel) in shaded.pixels.iter_mut().enumerate() {
        *pixel = (usize::from(*pixel) * (60 + 195 * (at % width) / width) / 255) as u8;
    }
    assert_eq!(codes_in_luma(&shaded), [PASS], "uneven light");
}

#[test]
fn finds_small_codes_in_large_pictures_and_tiny_ones() {
    let mut photo = paper(4000, 3000, 200);
    let mut noise = Noise(5);
    photo.pixels.iter_mut().for_each(|pixel| *pixel = 150 + noise.below(60) as u8);
    let mut dark = photo.clone();
    lay(&mut photo, &turned(&code(PASS, 4), 5.0), 2900, 1700);
    assert_eq!(codes_in_luma(&photo), [PASS]);
    lay(&mut dark, &changed(&code(PASS, 40), |pixel| 50 + pixel / 2), 100, 100);
    assert_eq!(codes_in_luma(&dark), [PASS]);
    assert_eq!(codes_in_luma(&code(PASS, 1)), [PASS]);
}

#[test]
fn nothing_in_nothing() {
    let mut noise = Noise(3);
    assert!(codes_in_luma(&paper(500, 300, 255)).is_empty());
    assert!(codes_in_luma(&paper(500, 300, 0)).is_empty());
    assert!(codes_in_luma(&paper(1, 1, 9)).is_empty());
    assert!(codes_in_luma(&Luma { width: 9, height: 9, pixels: vec![0; 80] }).is_empty());
    for side in [2, 17, 300] {
        assert!(codes_in_luma(&changed(&paper(side, side, 0), |_| noise.below(256) as u8)).is_empty());
    }
    assert!(codes_in_picture(&grey_png(&paper(200, 200, 128))).unwrap().is_empty());
}

#[test]
fn hostile_pictures_end() {
    const FIELD: u32 = 500;
    // Corner patterns and nothing else, as many as fit, in three sizes.
    for px in [1, 2, 5] {
        let corner = code("A", px);
        let side = 9 * u32::from(px);
        let mut field = paper(FIELD, FIELD, 255);
        let quiet = 3 * u32::from(px);
        let mut tile = paper(side, side, 255);
        for y in 0..side {
            for x in 0..side {
                tile.pixels[(y * side + x) as usize] =
                    corner.pixels[((y + quiet) * corner.width + x + quiet) as usize];
            }
        }
        for y in 0..FIELD / side {
            for x in 0..FIELD / side {
                lay(&mut field, &tile, x * side, y * side);
            }
        }
        assert!(codes_in_luma(&field).is_empty());
    }
}

#[test]
fn first_pass_is_told_by_its_prefix() {
    let codes = ["HTTPS://EXAMPLE.ORG", "XGH1:A", "GH1:A", "GH1:B"].map(String::from);
    assert_eq!(first_pass(&codes), Some("GH1:A"));
    assert_eq!(first_pass(&codes[..2]), None);
}

/// Someone else's code, large and clear.
const POSTER: &str = "HTTPS://EXAMPLE.ORG/MENU";

#[test]
fn our_code_is_read_beside_a_posters() {
    let sharp = code(PASS, 4);
    let kinds = [
        ("inverted", changed(&sharp, |pixel| 255 - pixel)),
        ("faint", changed(&sharp, |pixel| if pixel > 127 { 230 } else { 195 })),
    ];
    for (kind, ours) in kinds {
        for shade in [255, 235] {
            let mut wall = paper(900, 700, shade);
            lay(&mut wall, &code(POSTER, 9), 30, 30);
            lay(&mut wall, &ours, 500, 400);
            assert_eq!(first_pass(&codes_in_luma(&wall)), Some(PASS), "{kind} on {shade}");
        }
    }
    let mut wall = paper(900, 700, 255);
    lay(&mut wall, &code(POSTER, 9), 30, 30);
    assert_eq!(codes_in_luma(&wall), [POSTER]);
}
