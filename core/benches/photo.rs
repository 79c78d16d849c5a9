//! What it takes to make a camera's 12-megapixel picture small, against the `image` crate alone doing the same work:
//! decode, resize to the same size with the same filter, encode with the same quality. Both in turn, in one run.

#![allow(clippy::expect_used, reason = "a measurement that cannot be set up should stop")]

use std::{
    hint::black_box,
    process::ExitCode,
    time::{Duration, Instant},
};

use gatehouse_core::photo;
use image::{DynamicImage, RgbImage, codecs::jpeg::JpegEncoder, imageops::FilterType};

const WIDTH: u32 = 4000;
const HEIGHT: u32 = 3000;
const ROUNDS: usize = 8;
/// Most that ours may take of what the `image` crate takes.
const MOST: f64 = 0.25;

/// Edges, gradients and grain, as a camera's picture has them.
fn camera_picture() -> Vec<u8> {
    let mut grain = 0x9e37_79b9_u32;
    let picture = RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        grain ^= grain << 13;
        grain ^= grain >> 17;
        grain ^= grain << 5;
        let edge = if (x / 160 + y / 120) % 2 == 0 { 60 } else { 0 };
        let shade =
            |value: u32| u8::try_from((value * 150 / WIDTH + edge + grain % 24).min(255)).unwrap_or(255);
        image::Rgb([shade(x), shade(y), shade((x + y) / 2)])
    });
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 92).encode_image(&picture).expect("encoded");
    jpeg
}

fn by_image_alone(jpeg: &[u8]) -> Vec<u8> {
    let picture = image::load_from_memory_with_format(jpeg, image::ImageFormat::Jpeg).expect("decoded");
    let small: DynamicImage = picture.resize(photo::MAX_SIDE, photo::MAX_SIDE, FilterType::CatmullRom);
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, 80).encode_image(&small.to_rgb8()).expect("encoded");
    out
}

fn timed(work: impl FnOnce() -> usize) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

fn main() -> ExitCode {
    let jpeg = camera_picture();
    println!("a JPEG of {WIDTH} x {HEIGHT}, {:.1} MB", jpeg.len() as f64 / 1e6);
    let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let own = timed(|| photo::prepare(&jpeg).expect("prepared").jpeg.len());
        let alone = timed(|| by_image_alone(&jpeg).len());
        ratios.push(own.as_secs_f64() / alone.as_secs_f64());
        ours.push(own);
        theirs.push(alone);
    }
    ours.sort_unstable();
    theirs.sort_unstable();
    ratios.sort_by(f64::total_cmp);
    let middle = ROUNDS / 2;
    let ratio = ratios[middle];
    println!("ours   {:>8.1} ms (median of {ROUNDS})", ours[middle].as_secs_f64() * 1e3);
    println!("image  {:>8.1} ms", theirs[middle].as_secs_f64() * 1e3);
    println!("ratio  {ratio:.3} (at most {MOST})");
    if ratio <= MOST { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
