//! How a camera sees a code: where it lies, how paper and light change it, and what lens, sensor and compression make
//! of it.

use fast_qr::{ECL, QRBuilder};
use zune_jpeg::zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions};

use crate::noise::Noise;

/// A frame, what is written in it, and where: the code's corners in pixels, from its upper left one clockwise.
pub struct Frame {
    pub width: usize,
    pub height: usize,
    pub luma: Vec<u8>,
    pub text: Option<String>,
    pub corners: [(f32, f32); 4],
}

/// The modules of a code, without quiet zone.
#[derive(Clone)]
pub struct Code {
    pub text: String,
    side: usize,
    dark: Vec<bool>,
}

impl Code {
    pub fn new(text: String) -> Self {
        let drawn = QRBuilder::new(text.as_str()).ecl(ECL::M).build().expect("a text that fits");
        let side = drawn.size;
        let dark = drawn.data.iter().take(side * side).map(|module| module.value()).collect();
        Self { text, side, dark }
    }

    pub fn side(&self) -> usize {
        self.side
    }

    fn is_dark(&self, u: f32, v: f32) -> bool {
        let inside = (0.0..self.side as f32).contains(&u) && (0.0..self.side as f32).contains(&v);
        inside && self.dark[v as usize * self.side + u as usize]
    }
}

/// What is wrong with the scene. Lengths are in modules unless they say otherwise, light is in parts of white.
#[derive(Debug, Clone)]
pub struct Conditions {
    /// Pixels a module has where it is largest.
    pub module_px: f32,
    /// Radians about the line of sight, and away from it.
    pub turn: f32,
    pub tilt: f32,
    pub paper: f32,
    pub ink: f32,
    /// How far ink runs beyond its modules.
    pub spread: f32,
    /// Deviation of the lens's and focus's blur, in modules and in pixels.
    pub blur: f32,
    pub blur_px: f32,
    /// How far the hand moves while the shutter is open.
    pub motion: f32,
    /// Deviation of the sensor's noise, in levels of 256.
    pub grain: f32,
    /// Radius of the bottle the paper is on, in widths of the code; 0 for a flat one.
    pub curve: f32,
    /// How far folds move modules.
    pub crumple: f32,
    /// How strongly the pixels of a screen show, 0 to 1, and their size in pixels of the frame.
    pub screen: f32,
    pub screen_px: f32,
    /// Reflections of lamps, and how strong they are.
    pub lamps: usize,
    pub glare: f32,
    /// Fingers at the edges, and cracks across.
    pub fingers: usize,
    pub cracks: usize,
    /// How much darker a shadow's inside is, and how uneven the light is.
    pub shadow: f32,
    pub uneven: f32,
    /// JPEG's quality; 0 for none.
    pub quality: u8,
}

impl Default for Conditions {
    fn default() -> Self {
        Self {
            module_px: 4.0,
            turn: 0.0,
            tilt: 0.0,
            paper: 0.85,
            ink: 0.1,
            spread: 0.0,
            blur: 0.0,
            blur_px: 0.5,
            motion: 0.0,
            grain: 2.0,
            curve: 0.0,
            crumple: 0.0,
            screen: 0.0,
            screen_px: 1.0,
            lamps: 0,
            glare: 0.0,
            fingers: 0,
            cracks: 0,
            shadow: 0.0,
            uneven: 0.1,
            quality: 85,
        }
    }
}

/// Where the code lies and what else stays the same from frame to frame of one scene.
pub struct Scene {
    pub conditions: Conditions,
    code: Code,
    background: Vec<f32>,
    width: usize,
    height: usize,
    centre: (f32, f32),
    seed: u64,
}

impl Scene {
    pub fn new(code: Code, conditions: Conditions, (width, height): (usize, usize), noise: &mut Noise) -> Self {
        let background = background(width, height, noise, false);
        let reach = 0.5 * code.side as f32 * conditions.module_px;
        let place = |length: usize, noise: &mut Noise| {
            let room = (length as f32 / 2.0 - reach * 1.45).max(0.0);
            length as f32 / 2.0 + noise.between(-room, room)
        };
        let centre = (place(width, noise), place(height, noise));
        Self { conditions, code, background, width, height, centre, seed: noise.next() }
    }

    /// One picture of the scene. `held` says how the hand moved since the first one: pixels across and down, radians.
    pub fn shoot(&self, held: (f32, f32, f32), noise: &mut Noise) -> Frame {
        let c = &self.conditions;
        let still = &mut Noise::new(&[self.seed]);
        let view = View::new(self, held, still);
        let mut light = self.background.clone();
        self.draw(&view, &mut light, still);
        self.lay_over(&view, &mut light, still);
        self.illuminate(&view, &mut light, still);
        let module = c.module_px;
        blur(&mut light, self.width, self.height, (c.blur * module).hypot(c.blur_px));
        if c.motion > 0.0 {
            let angle = noise.between(0.0, std::f32::consts::PI);
            light = motion(&light, self.width, self.height, angle, c.motion * module);
        }
        let luma = sense(&light, c.grain, noise);
        let luma = compress(luma, self.width, self.height, c.quality);
        let side = self.code.side as f32;
        let corners = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)].map(|corner| view.onto(corner));
        Frame { width: self.width, height: self.height, luma, text: Some(self.code.text.clone()), corners }
    }

    /// Paper and ink.
    fn draw(&self, view: &View<'_>, light: &mut [f32], noise: &mut Noise) {
        const SAMPLES: [(f32, f32); 9] = [
            (-0.33, -0.33),
            (0.0, -0.33),
            (0.33, -0.33),
            (-0.33, 0.0),
            (0.0, 0.0),
            (0.33, 0.0),
            (-0.33, 0.33),
            (0.0, 0.33),
            (0.33, 0.33),
        ];
        let c = &self.conditions;
        let margin = noise.between(3.0, 7.0);
        let side = self.code.side as f32;
        let reach = side * c.module_px * 1.5 + 12.0 * c.module_px;
        let (cx, cy) = view.centre;
        let within = |middle: f32, length: usize| {
            let low = (middle - reach).max(0.0) as usize;
            low..((middle + reach).max(0.0) as usize + 1).min(length)
        };
        let grain = Texture::new(noise, 1.5);
        let screen_turn = noise.between(-0.2, 0.2);
        let (screen_sin, screen_cos) = screen_turn.sin_cos();
        for y in within(cy, self.height) {
            for x in within(cx, self.width) {
                let mut sum = 0.0;
                let mut covered = 0;
                for (dx, dy) in SAMPLES {
                    let (px, py) = (x as f32 + 0.5 + dx, y as f32 + 0.5 + dy);
                    let Some((u, v)) = view.back((px, py)) else { continue };
                    if u < -margin || v < -margin || u > side + margin || v > side + margin {
                        continue;
                    }
                    covered += 1;
                    let mut value = if self.inked(u, v) { c.ink } else { c.paper };
                    if c.screen > 0.0 {
                        let across = (px * screen_cos + py * screen_sin) / c.screen_px;
                        let down = (py * screen_cos - px * screen_sin) / c.screen_px;
                        let open = |at: f32| if at.rem_euclid(1.0) < 0.7 { 1.0 } else { 1.0 - c.screen };
                        value *= open(across) * open(down);
                    }
                    sum += value;
                }
                if covered > 0 {
                    let share = covered as f32 / SAMPLES.len() as f32;
                    let value = sum / covered as f32 * (0.97 + 0.06 * grain.at(x as f32, y as f32));
                    let pixel = &mut light[y * self.width + x];
                    *pixel = *pixel * (1.0 - share) + value * share;
                }
            }
        }
    }

    fn inked(&self, u: f32, v: f32) -> bool {
        let spread = self.conditions.spread;
        let around = [(spread, 0.0), (-spread, 0.0), (0.0, spread), (0.0, -spread)];
        let mut near = around.iter().map(|(du, dv)| self.code.is_dark(u + du, v + dv));
        if spread >= 0.0 { near.any(|dark| dark) } else { near.all(|dark| dark) }
    }

    /// Fingers and cracks.
    fn lay_over(&self, view: &View<'_>, light: &mut [f32], noise: &mut Noise) {
        let c = &self.conditions;
        let side = self.code.side as f32;
        let at = |x: f32, y: f32| {
            let inside = x >= 0.0 && y >= 0.0 && x < self.width as f32 && y < self.height as f32;
            inside.then_some(y as usize * self.width + x as usize)
        };
        for _ in 0..c.fingers {
            // From the right or the lower edge, where no corner pattern is, or between two of them.
            let along = noise.between(0.3, 0.9) * side;
            let deep = noise.between(0.03, 0.16) * side;
            let wide = noise.between(0.08, 0.17) * side;
            let (u, v) = match noise.below(3) {
                0 => (side - deep, along),
                1 => (along, side - deep),
                _ => (noise.between(0.35, 0.65) * side, deep - 0.05 * side),
            };
            let outward = if u > v { (1.0, 0.0) } else { (0.0, 1.0) };
            let outward = if v < 0.2 * side && u < 0.8 * side { (0.0, -1.0) } else { outward };
            let skin = noise.between(0.25, 0.65);
            for step in 0..60 {
                let (fu, fv) = (u + outward.0 * step as f32 * 0.4, v + outward.1 * step as f32 * 0.4);
                let (x, y) = view.onto((fu, fv));
                let radius = wide * c.module_px;
                for dy in -radius as i32..=radius as i32 {
                    for dx in -radius as i32..=radius as i32 {
                        if ((dx * dx + dy * dy) as f32) < radius * radius
                            && let Some(place) = at(x + dx as f32, y + dy as f32)
                        {
                            let shade = 1.0 - 0.3 * ((dx * dx + dy * dy) as f32).sqrt() / radius;
                            light[place] = skin * shade;
                        }
                    }
                }
            }
        }
        for _ in 0..c.cracks {
            let mut place = (noise.between(0.0, side), noise.between(0.0, side));
            let mut angle = noise.between(0.0, std::f32::consts::TAU);
            let bright = noise.happens(0.6);
            let thick = noise.between(0.15, 0.6) * c.module_px;
            for _ in 0..(side as usize * 3) {
                angle += noise.between(-0.12, 0.12);
                place = (place.0 + angle.cos() * 0.3, place.1 + angle.sin() * 0.3);
                let (x, y) = view.onto(place);
                let reach = thick.ceil() as i32;
                for dy in -reach..=reach {
                    for dx in -reach..=reach {
                        let far = ((dx * dx + dy * dy) as f32).sqrt();
                        if far <= thick
                            && let Some(place) = at(x + dx as f32, y + dy as f32)
                        {
                            light[place] = if bright { light[place].max(0.9) } else { light[place] * 0.35 };
                        }
                    }
                }
            }
        }
    }

    /// Shadows, uneven light, reflections.
    fn illuminate(&self, view: &View<'_>, light: &mut [f32], noise: &mut Noise) {
        let c = &self.conditions;
        let span = self.code.side as f32 * c.module_px;
        let clouds = Texture::new(noise, span * 0.6);
        let (gx, gy) = (noise.between(-1.0, 1.0), noise.between(-1.0, 1.0));
        let edge_angle = noise.between(0.0, std::f32::consts::TAU);
        let (edge_sin, edge_cos) = edge_angle.sin_cos();
        let edge_at = noise.between(-0.3, 0.3) * span;
        let soft = noise.between(0.01, 0.12) * span;
        let second = noise.between(0.1, 0.5) * span;
        let lamps: Vec<_> = (0..c.lamps)
            .map(|_| {
                let place = view.onto((
                    noise.between(0.1, 0.9) * self.code.side as f32,
                    noise.between(0.1, 0.9) * self.code.side as f32,
                ));
                let size = noise.between(0.04, 0.14) * span;
                (place, size, size * noise.between(0.5, 3.0), noise.between(0.0, 3.1), c.glare)
            })
            .collect();
        for y in 0..self.height {
            for x in 0..self.width {
                let (dx, dy) = (x as f32 - view.centre.0, y as f32 - view.centre.1);
                let mut factor = 1.0 + c.uneven * (gx * dx + gy * dy) / span;
                factor += c.uneven * (clouds.at(x as f32, y as f32) - 0.5);
                if c.shadow > 0.0 {
                    let far = dx * edge_cos + dy * edge_sin - edge_at;
                    let inside = 1.0 / (1.0 + (-far / soft).exp());
                    let other = 1.0 / (1.0 + ((dx * edge_sin - dy * edge_cos - second) / soft).exp());
                    factor *= 1.0 - c.shadow * inside;
                    factor *= 1.0 - 0.4 * c.shadow * other;
                }
                let pixel = &mut light[y * self.width + x];
                *pixel *= factor.clamp(0.05, 3.0);
                for &((lx, ly), wide, long, angle, strength) in &lamps {
                    let (sin, cos) = f32::sin_cos(angle);
                    let (ax, ay) = (x as f32 - lx, y as f32 - ly);
                    let (ax, ay) = ((ax * cos + ay * sin) / long, (ay * cos - ax * sin) / wide);
                    let far = ax * ax + ay * ay;
                    if far < 16.0 {
                        *pixel += strength * (-0.5 * far).exp();
                    }
                }
            }
        }
    }
}

/// A frame with all kinds of things and no code.
pub fn without_code((width, height): (usize, usize), noise: &mut Noise) -> Frame {
    let mut light = background(width, height, noise, true);
    let sharp = noise.between(0.4, 1.6);
    blur(&mut light, width, height, sharp);
    let grain = noise.between(1.0, 9.0);
    let luma = sense(&light, grain, noise);
    let luma = compress(luma, width, height, 85);
    Frame { width, height, luma, text: None, corners: [(0.0, 0.0); 4] }
}

/// From the code's plane to the frame and back.
struct View<'a> {
    scene: &'a Scene,
    centre: (f32, f32),
    /// Rotation of the plane about the line of sight.
    sin: f32,
    cos: f32,
    /// The direction of the tilt in the plane, its cosine, and how much nearer a module is than the one before.
    axis: (f32, f32),
    squeeze: f32,
    nearer: f32,
    waves: [(f32, f32, f32, f32); 6],
}

impl<'a> View<'a> {
    fn new(scene: &'a Scene, held: (f32, f32, f32), noise: &mut Noise) -> Self {
        let c = &scene.conditions;
        let (sin, cos) = (c.turn + held.2).sin_cos();
        let direction = noise.between(0.0, std::f32::consts::TAU);
        // As seen from three widths of the code away.
        let distance = 3.0 * scene.code.side as f32;
        let waves = std::array::from_fn(|_| {
            let length = noise.between(0.25, 0.9) * scene.code.side as f32;
            let angle = noise.between(0.0, std::f32::consts::TAU);
            let number = std::f32::consts::TAU / length;
            (angle.cos() * number, angle.sin() * number, noise.between(0.0, 6.2), noise.between(0.0, 6.2))
        });
        Self {
            scene,
            centre: (scene.centre.0 + held.0, scene.centre.1 + held.1),
            sin,
            cos,
            axis: (direction.cos(), direction.sin()),
            squeeze: c.tilt.cos(),
            nearer: c.tilt.sin() / distance,
            waves,
        }
    }

    /// Where a pixel looks at, in modules from the code's upper left corner.
    fn back(&self, (x, y): (f32, f32)) -> Option<(f32, f32)> {
        let px = self.scene.conditions.module_px;
        let (x, y) = ((x - self.centre.0) / px, (y - self.centre.1) / px);
        let (x, y) = (x * self.cos + y * self.sin, y * self.cos - x * self.sin);
        // Along the tilt's axis things are shorter, and the farther the smaller.
        let along = x * self.axis.0 + y * self.axis.1;
        let beside = y * self.axis.0 - x * self.axis.1;
        let deep = self.squeeze - along * self.nearer;
        if deep <= 0.05 {
            return None;
        }
        let true_along = along / deep;
        let true_beside = beside * (1.0 + true_along * self.nearer);
        let u = true_along * self.axis.0 - true_beside * self.axis.1;
        let v = true_along * self.axis.1 + true_beside * self.axis.0;
        self.unbend((u, v))
    }

    fn unbend(&self, (u, v): (f32, f32)) -> Option<(f32, f32)> {
        let c = &self.scene.conditions;
        let side = self.scene.code.side as f32;
        let (mut u, mut v) = (u, v);
        if c.curve > 0.0 {
            let radius = c.curve * side;
            if (u / radius).abs() > 0.98 {
                return None;
            }
            u = radius * (u / radius).asin();
        }
        if c.crumple > 0.0 {
            let (mut du, mut dv) = (0.0, 0.0);
            for (fu, fv, first, second) in self.waves {
                du += (fu * u + fv * v + first).sin();
                dv += (fu * u + fv * v + second).sin();
            }
            u += du * c.crumple * 0.4;
            v += dv * c.crumple * 0.4;
        }
        Some((u + side / 2.0, v + side / 2.0))
    }

    /// Where a place on the code is seen: found by going backwards until it fits.
    fn onto(&self, (u, v): (f32, f32)) -> (f32, f32) {
        let px = self.scene.conditions.module_px;
        let side = self.scene.code.side as f32;
        let (du, dv) = (u - side / 2.0, v - side / 2.0);
        let mut x = self.centre.0 + px * (du * self.cos - dv * self.sin);
        let mut y = self.centre.1 + px * (du * self.sin + dv * self.cos);
        for _ in 0..25 {
            let Some((bu, bv)) = self.back((x, y)) else {
                x = (x + self.centre.0) / 2.0;
                y = (y + self.centre.1) / 2.0;
                continue;
            };
            let (eu, ev) = (u - bu, v - bv);
            x += 0.7 * px * (eu * self.cos - ev * self.sin) * self.squeeze.max(0.4);
            y += 0.7 * px * (eu * self.sin + ev * self.cos) * self.squeeze.max(0.4);
        }
        (x, y)
    }
}

/// Smooth values from 0 to 1 with features of one size.
struct Texture {
    size: f32,
    seed: u64,
}

impl Texture {
    fn new(noise: &mut Noise, size: f32) -> Self {
        Self { size: size.max(1.0), seed: noise.next() }
    }

    fn corner(&self, x: i32, y: i32) -> f32 {
        let mut mixed = self.seed ^ (x as u32 as u64) << 32 ^ y as u32 as u64;
        mixed = (mixed ^ mixed >> 31).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed >> 40) as f32 / (1u32 << 24) as f32
    }

    fn at(&self, x: f32, y: f32) -> f32 {
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
fn background(width: usize, height: usize, noise: &mut Noise, busy: bool) -> Vec<f32> {
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
                let (dx, dy) =
                    if upright { (dx, dy) } else { (dx * cos + dy * sin, dy * cos - dx * sin) };
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
                        (ring < 4).then_some(if matches!(ring, 2) { shade.max(other) } else { shade.min(other) })
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

/// Gaussian blur, by its kernel.
fn blur(light: &mut Vec<f32>, width: usize, height: usize, sigma: f32) {
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
fn motion(light: &[f32], width: usize, height: usize, angle: f32, length: f32) -> Vec<f32> {
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
                let (near, next) = (clamp(x as i32 + left as i32, width), clamp(x as i32 + left as i32 + 1, width));
                let above = upper[near] * (1.0 - a) + upper[next] * a;
                let below = lower[near] * (1.0 - a) + lower[next] * a;
                out[y * width + x] += (above * (1.0 - b) + below * b) / steps as f32;
            }
        }
    }
    out
}

/// What the sensor tells, in bytes: brightness as the eye sees it, with grain that is stronger in the dark.
fn sense(light: &[f32], grain: f32, noise: &mut Noise) -> Vec<u8> {
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

fn compress(luma: Vec<u8>, width: usize, height: usize, quality: u8) -> Vec<u8> {
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
