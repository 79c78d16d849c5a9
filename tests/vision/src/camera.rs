//! What lens, shutter, sensor and compression make of light.

use zune_jpeg::zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions};

use crate::noise::Noise;

/// Gaussian blur, by its kernel.
pub fn blur(light: &mut Vec<f32>, width: usize, height: usize, sigma: f32) {
    if sigma < 0.2 {
        return;
    }
    let reach = (3.0 * sigma).ceil() as usize;
    let kernel: Vec<f32> =
        (0..=2 * reach).map(|at| (-0.5 * ((at as f32 - reach as f32) / sigma).powi(2)).exp()).collect();
    let total: f32 = kernel.iter().sum();
    let kernel: Vec<f32> = kernel.iter().map(|share| share / total).collect();
    let mut across = vec![0.0; light.len()];
    let mut padded = vec![0.0; width + 2 * reach];
    for (row, out) in light.chunks(width).zip(across.chunks_mut(width)) {
        for (at, value) in padded.iter_mut().enumerate() {
            *value = row[at.saturating_sub(reach).min(width - 1)];
        }
        for (share, shifted) in kernel.iter().zip(padded.windows(width)) {
            for (sum, value) in out.iter_mut().zip(shifted) {
                *sum += share * value;
            }
        }
    }
    for (y, out) in light.chunks_mut(width).enumerate() {
        out.fill(0.0);
        for (at, share) in kernel.iter().enumerate() {
            let from = (y + at).saturating_sub(reach).min(height - 1);
            for (sum, value) in out.iter_mut().zip(&across[from * width..]) {
                *sum += share * value;
            }
        }
    }
}

/// The average along a line.
pub fn motion(light: &[f32], width: usize, height: usize, angle: f32, length: f32) -> Vec<f32> {
    let steps = (length.ceil() as usize).max(1) * 2 + 1;
    let (sin, cos) = angle.sin_cos();
    let mut out = vec![0.0; light.len()];
    for step in 0..steps {
        let far = length * (step as f32 / (steps - 1) as f32 - 0.5);
        let (dx, dy) = (far * cos, far * sin);
        let (left, top) = (dx.floor(), dy.floor());
        let (a, b) = (dx - left, dy - top);
        let clamp = |at: i32, end: usize| at.clamp(0, end as i32 - 1) as usize;
        for y in 0..height {
            let upper = &light[clamp(y as i32 + top as i32, height) * width..][..width];
            let lower = &light[clamp(y as i32 + top as i32 + 1, height) * width..][..width];
            for x in 0..width {
                let (near, next) =
                    (clamp(x as i32 + left as i32, width), clamp(x as i32 + left as i32 + 1, width));
                let above = upper[near] * (1.0 - a) + upper[next] * a;
                let below = lower[near] * (1.0 - a) + lower[next] * a;
                out[y * width + x] += (above * (1.0 - b) + below * b) / steps as f32;
            }
        }
    }
    out
}

/// What the sensor tells, in bytes: brightness as the eye sees it, with grain that is stronger in the dark.
pub fn sense(light: &[f32], grain: f32, noise: &mut Noise) -> Vec<u8> {
    let curve: Vec<f32> = (0..=4096).map(|at| 255.0 * (at as f32 / 4096.0).powf(0.6)).collect();
    light
        .iter()
        .map(|&value| {
            let seen = curve[(value.clamp(0.0, 1.0) * 4096.0) as usize];
            let strength = grain * (1.25 - 0.5 * value.clamp(0.0, 1.0));
            (seen + strength * noise.normal()).clamp(0.0, 255.0) as u8
        })
        .collect()
}

pub fn compress(luma: Vec<u8>, width: usize, height: usize, quality: u8) -> Vec<u8> {
    if quality == 0 {
        return luma;
    }
    let mut file = Vec::new();
    jpeg_encoder::Encoder::new(&mut file, quality)
        .encode(&luma, width as u16, height as u16, jpeg_encoder::ColorType::Luma)
        .expect("encoded");
    let grey = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(&file), grey);
    decoder.decode().expect("decoded")
}
