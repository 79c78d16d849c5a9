//! What it takes to make a camera's 12-megapixel picture small, against the `image` crate alone doing the same work:
//! decode, resize to the same size with the same filter, encode with the same quality. Both in turn, in one run.

#![allow(clippy::expect_used, reason = "a measurement that cannot be set up should stop")]

use std::{
    hint::black_box,
    process::ExitCode,
    time::{Duration, Instant},
};

use gatehouse_optics::photo;
use image::{DynamicImage, RgbImage, codecs::jpeg::JpegEncoder, imageops::FilterType};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

const WIDTH: u16 = 4000;
const HEIGHT: u16 = 3000;
const ROUNDS: usize = 8;
/// Most that ours may take of what the `image` crate takes.
const MOST: f64 = 0.25;

/// Edges, gradients and grain, as a camera's picture has them.
fn camera_picture(sampling: SamplingFactor) -> Vec<u8> {
    let mut grain = 0x9e37_79b9_u32;
    let picture = RgbImage::from_fn(WIDTH.into(), HEIGHT.into(), |x, y| {
        grain ^= grain << 13;
        grain ^= grain >> 17;
        grain ^= grain << 5;
        let edge = if (x / 160 + y / 120) % 2 == 0 { 60 } else { 0 };
        let shade = |value: u32| {
            u8::try_from((value * 150 / u32::from(WIDTH) + edge + grain % 24).min(255)).unwrap_or(255)
        };
        image::Rgb([shade(x), shade(y), shade((x + y) / 2)])
    });
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, 92);
    encoder.set_sampling_factor(sampling);
    encoder.encode(picture.as_raw(), WIDTH, HEIGHT, ColorType::Rgb).expect("encoded");
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

/// Prints what the file costs; how long ours takes in parts of what the other takes.
fn compare(name: &str, jpeg: &[u8]) -> f64 {
    println!("a JPEG of {WIDTH} x {HEIGHT}, {name}, {:.1} MB", jpeg.len() as f64 / 1e6);
    let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let own = timed(|| photo::prepare(jpeg).expect("prepared").jpeg.len());
        let alone = timed(|| by_image_alone(jpeg).len());
        ratios.push(own.as_secs_f64() / alone.as_secs_f64());
        ours.push(own);
        theirs.push(alone);
    }
    ours.sort_unstable();
    theirs.sort_unstable();
    ratios.sort_by(f64::total_cmp);
    let middle = ROUNDS / 2;
    println!("ours   {:>8.1} ms (median of {ROUNDS})", ours[middle].as_secs_f64() * 1e3);
    println!("image  {:>8.1} ms", theirs[middle].as_secs_f64() * 1e3);
    ratios[middle]
}

fn main() -> ExitCode {
    let ratio = compare("4:2:0, as cameras write", &camera_picture(SamplingFactor::R_4_2_0));
    println!("ratio  {ratio:.3} (at most {MOST})");
    let fine = compare("4:4:4", &camera_picture(SamplingFactor::R_4_4_4));
    println!("ratio  {fine:.3}");
    if ratio <= MOST { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
