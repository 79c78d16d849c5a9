//! What else there is in a frame: a wall and things on it, some of them much like parts of codes.

use crate::camera::{blur, compress, sense};
use crate::noise::Noise;
use crate::scene::Frame;

/// Smooth values from 0 to 1 with features of one size.
pub struct Texture {
    size: f32,
    seed: u64,
}

impl Texture {
    pub fn new(noise: &mut Noise, size: f32) -> Self {
        Self { size: size.max(1.0), seed: noise.next() }
    }

    fn corner(&self, x: i32, y: i32) -> f32 {
        let mut mixed = self.seed ^ (x as u32 as u64) << 32 ^ y as u32 as u64;
        mixed = (mixed ^ mixed >> 31).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed >> 40) as f32 / (1u32 << 24) as f32
    }

    pub fn at(&self, x: f32, y: f32) -> f32 {
        let (x, y) = (x / self.size, y / self.size);
        let (left, top) = (x.floor(), y.floor());
        let smooth = |t: f32| t * t * (3.0 - 2.0 * t);
        let (a, b) = (smooth(x - left), smooth(y - top));
        let (left, top) = (left as i32, top as i32);
        let upper = self.corner(left, top) * (1.0 - a) + self.corner(left + 1, top) * a;
        let lower = self.corner(left, top + 1) * (1.0 - a) + self.corner(left + 1, top + 1) * a;
        upper * (1.0 - b) + lower * b
    }
}

/// A wall with things on it. `busy` ones have more, some of them much like parts of codes.
pub fn background(width: usize, height: usize, noise: &mut Noise, busy: bool) -> Vec<f32> {
    let coarse = Texture::new(noise, width as f32 / 5.0);
    let fine = Texture::new(noise, noise.clone().between(2.0, 12.0));
    let base = noise.between(0.15, 0.7);
    let depth = noise.between(0.02, 0.25);
    let mut light: Vec<f32> = Vec::with_capacity(width * height);
    for y in 0..height {
        for x in 0..width {
            let (x, y) = (x as f32, y as f32);
            light.push(base * (0.6 + 0.8 * coarse.at(x, y)) + depth * (fine.at(x, y) - 0.5));
        }
    }
    let things = if busy { 60 } else { 18 };
    for _ in 0..things {
        let span = width.min(height) as f32;
        let (cx, cy) = (noise.between(0.0, width as f32), noise.between(0.0, height as f32));
        let size = span * noise.between(0.02, 0.22);
        let shade = noise.between(0.03, 0.95);
        let other = noise.between(0.03, 0.95);
        let (sin, cos) = noise.between(0.0, 3.1).sin_cos();
        let upright = noise.happens(0.5);
        let kind = noise.below(if busy { 7 } else { 5 });
        let seed = Texture::new(noise, 1.0);
        let step = noise.between(1.5, 7.0);
        let reach = size * 1.5;
        let rows = (cy - reach).max(0.0) as usize..((cy + reach).max(0.0) as usize).min(height);
        for y in rows {
            for x in (cx - reach).max(0.0) as usize..((cx + reach).max(0.0) as usize).min(width) {
                let (dx, dy) = (x as f32 - cx, y as f32 - cy);
                let (dx, dy) = if upright { (dx, dy) } else { (dx * cos + dy * sin, dy * cos - dx * sin) };
                let value = match kind {
                    0 => (dx.abs() < size && dy.abs() < size * 0.4).then_some(shade),
                    1 => (dx * dx + dy * dy < size * size).then_some(shade),
                    // Lines of writing.
                    2 => {
                        let line = (dy / (step * 2.0)).floor();
                        let letter = seed.corner((dx / step * 1.4).floor() as i32, line as i32);
                        let stroke = seed.corner((dx / step * 4.0).floor() as i32, (dy / step * 3.0) as i32);
                        let inside = dx.abs() < size && dy.abs() < size * 0.5;
                        let ink = (dy / (step * 2.0)).rem_euclid(1.0) < 0.6 && letter > 0.2 && stroke > 0.45;
                        inside.then_some(if ink { shade.min(other) } else { shade.max(other) })
                    }
                    // Stripes, as blinds and bar codes have them.
                    3 => {
                        let bar = seed.corner((dx / step).floor() as i32, 0) > 0.5;
                        (dx.abs() < size && dy.abs() < size * 0.5).then_some(if bar { shade } else { other })
                    }
                    4 => (dx.abs() < size && dy.abs() < step).then_some(shade),
                    // Squares in squares.
                    5 => {
                        let ring = (dx.abs().max(dy.abs()) / step).floor() as i32;
                        (ring < 4).then_some(if matches!(ring, 2) {
                            shade.max(other)
                        } else {
                            shade.min(other)
                        })
                    }
                    // A chessboard, or modules of no code.
                    _ => {
                        let cell = seed.corner((dx / step).floor() as i32, (dy / step).floor() as i32) > 0.5;
                        (dx.abs() < size && dy.abs() < size).then_some(if cell { shade } else { other })
                    }
                };
                if let Some(value) = value {
                    light[y * width + x] = value;
                }
            }
        }
    }
    light
}

/// A frame with all kinds of things and no code.
pub fn without_code((width, height): (usize, usize), noise: &mut Noise) -> Frame {
    let mut light = background(width, height, noise, true);
    let sharp = noise.between(0.4, 1.6);
    blur(&mut light, width, height, sharp);
    let grain = noise.between(1.0, 9.0);
    let luma = sense(&light, grain, noise);
    let luma = compress(luma, width, height, 85);
    Frame { width, height, luma, text: None }
}
