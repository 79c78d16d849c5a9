//! Stand-ins for photos of visitors: drawn faces, each of its own.

use image::{ExtendedColorType, codecs::jpeg::JpegEncoder};

const SIDE: u32 = 640;

/// A JPEG of a drawn face. The same number draws the same face.
pub fn portrait(number: u32) -> Vec<u8> {
    let pick = |colours: &[[u8; 3]], salt: u32| {
        let index = (number.wrapping_mul(2_654_435_761).rotate_left(salt) >> 7) as usize;
        colours.get(index % colours.len().max(1)).copied().unwrap_or([128; 3])
    };
    let wall = pick(&[[205, 219, 214], [214, 208, 196], [196, 207, 220], [222, 212, 214]], 3);
    let skin = pick(&[[244, 208, 180], [224, 172, 132], [176, 118, 82], [120, 78, 52], [252, 222, 200]], 11);
    let hair = pick(&[[44, 34, 30], [92, 60, 36], [160, 112, 60], [120, 120, 124], [24, 24, 28]], 17);
    let shirt = pick(&[[30, 80, 110], [120, 50, 60], [60, 90, 70], [80, 70, 110], [190, 150, 70]], 23);
    let mut pixels = Vec::with_capacity((SIDE * SIDE * 3) as usize);
    for y in 0..SIDE {
        for x in 0..SIDE {
            let (x, y) = (f64::from(x) / f64::from(SIDE) - 0.5, f64::from(y) / f64::from(SIDE) - 0.5);
            let within =
                |cx: f64, cy: f64, rx: f64, ry: f64| ((x - cx) / rx).powi(2) + ((y - cy) / ry).powi(2) < 1.0;
            let eye = within(-0.075, -0.06, 0.018, 0.022) || within(0.075, -0.06, 0.018, 0.022);
            let mouth = within(0.0, 0.1, 0.07, 0.03) && !within(0.0, 0.085, 0.08, 0.03);
            let colour = if eye || mouth {
                [70, 40, 40]
            } else if within(0.0, -0.02, 0.165, 0.21) && y > -0.14 {
                skin
            } else if within(0.0, -0.07, 0.19, 0.21) && y < 0.06 {
                hair
            } else if within(0.0, 0.2, 0.07, 0.12) {
                skin
            } else if within(0.0, 0.52, 0.36, 0.27) {
                shirt
            } else {
                wall
            };
            // Light from the upper left, so that it does not look like a logo.
            let light = 1.0 - 0.18 * (x + y);
            pixels.extend(colour.map(|channel| (f64::from(channel) * light).clamp(0.0, 255.0) as u8));
        }
    }
    let mut jpeg = Vec::new();
    // Encoding into memory at a fixed size has no way to fail; an empty photo would be refused later, and said so.
    let _ = JpegEncoder::new_with_quality(&mut jpeg, 88).encode(&pixels, SIDE, SIDE, ExtendedColorType::Rgb8);
    jpeg
}
