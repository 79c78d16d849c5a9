//! How a camera sees a code: where it lies, how paper and light change it, and what lens, sensor and compression make
//! of it.

use fast_qr::{ECL, QRBuilder};

use crate::background::{Texture, background};
use crate::camera::{blur, compress, motion, sense};
use crate::noise::Noise;
use crate::view::View;

/// A frame and what is written in it.
pub struct Frame {
    pub width: usize,
    pub height: usize,
    pub luma: Vec<u8>,
    pub text: Option<String>,
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
    pub centre: (f32, f32),
    seed: u64,
}

impl Scene {
    pub fn new(
        code: Code,
        conditions: Conditions,
        (width, height): (usize, usize),
        noise: &mut Noise,
    ) -> Self {
        let background = background(width, height, noise, false);
        let reach = 0.5 * code.side as f32 * conditions.module_px;
        let place = |length: usize, noise: &mut Noise| {
            let room = (length as f32 / 2.0 - reach * 1.45).max(0.0);
            length as f32 / 2.0 + noise.between(-room, room)
        };
        let centre = (place(width, noise), place(height, noise));
        Self { conditions, code, background, width, height, centre, seed: noise.next() }
    }

    /// Modules a side.
    pub fn side(&self) -> f32 {
        self.code.side as f32
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
        Frame { width: self.width, height: self.height, luma, text: Some(self.code.text.clone()) }
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
        // Whether a place is on the paper, or near enough for a part of its pixel to be.
        let near = |x: f32, y: f32, slack: f32| {
            let inside = |at: f32| (-margin - slack..=side + margin + slack).contains(&at);
            view.back((x, y)).filter(|&(u, v)| inside(u) && inside(v))
        };
        for y in within(cy, self.height) {
            for x in within(cx, self.width) {
                if near(x as f32 + 0.5, y as f32 + 0.5, 4.0).is_none() {
                    continue;
                }
                let mut sum = 0.0;
                let mut covered = 0;
                for (dx, dy) in SAMPLES {
                    let (px, py) = (x as f32 + 0.5 + dx, y as f32 + 0.5 + dy);
                    let Some((u, v)) = near(px, py, 0.0) else { continue };
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
