//! The classes of frames: one thing each that makes reading hard, to degrees at which good readers begin to fail.

use crate::background::without_code;
use crate::noise::Noise;
use crate::scene::{Code, Conditions, Frame, Scene};

/// Frame sizes, by lines.
pub const SIZES: [(usize, usize); 3] = [(640, 480), (1280, 720), (1920, 1080)];

/// A class: its name and what its frames have.
pub struct Class {
    pub name: &'static str,
    conditions: fn(&mut Noise, &mut Conditions),
}

/// What every frame has a little of.
fn ordinary(noise: &mut Noise) -> Conditions {
    Conditions {
        module_px: noise.between(2.6, 6.0),
        turn: noise.between(0.0, std::f32::consts::TAU),
        tilt: noise.between(0.0, 0.35),
        paper: noise.between(0.5, 0.95),
        ink: noise.between(0.03, 0.13),
        spread: noise.between(-0.06, 0.12),
        blur: noise.between(0.0, 0.25),
        blur_px: noise.between(0.4, 0.7),
        grain: noise.between(1.0, 5.0),
        uneven: noise.between(0.0, 0.3),
        quality: 60 + noise.below(35) as u8,
        ..Conditions::default()
    }
}

pub const CLASSES: [Class; 16] = [
    Class { name: "small", conditions: |n, c| c.module_px = n.between(1.4, 2.6) },
    Class {
        name: "blurred",
        conditions: |n, c| {
            c.blur = n.between(0.3, 0.68);
            c.module_px = n.between(2.5, 7.0);
        },
    },
    Class {
        name: "moved",
        conditions: |n, c| {
            c.motion = n.between(0.8, 2.3);
            c.module_px = n.between(3.0, 7.0);
        },
    },
    Class {
        name: "faint",
        conditions: |n, c| {
            c.ink = n.between(0.25, 0.6);
            c.paper = c.ink + n.between(0.04, 0.2);
            c.grain = n.between(1.0, 4.5);
        },
    },
    Class {
        name: "grainy",
        conditions: |n, c| {
            c.grain = n.between(8.0, 28.0);
            c.paper = n.between(0.3, 0.6);
        },
    },
    Class {
        name: "glare",
        conditions: |n, c| {
            c.lamps = 1 + n.below(2);
            c.glare = n.between(0.3, 1.3);
        },
    },
    Class { name: "tilted", conditions: |n, c| c.tilt = n.between(0.75, 1.2) },
    Class {
        name: "curved",
        conditions: |n, c| {
            c.curve = n.between(0.53, 1.0);
            c.tilt = n.between(0.0, 0.5);
        },
    },
    Class { name: "crumpled", conditions: |n, c| c.crumple = n.between(0.1, 0.75) },
    Class {
        name: "screen",
        conditions: |n, c| {
            c.screen = n.between(0.4, 1.0);
            c.screen_px = n.between(0.7, 2.2);
            c.paper = n.between(0.7, 1.0);
            c.grain = n.between(2.0, 9.0);
            c.module_px = n.between(2.0, 5.0);
        },
    },
    Class {
        name: "covered",
        conditions: |n, c| {
            c.fingers = 1 + n.below(2);
            c.cracks = n.below(3);
        },
    },
    Class { name: "cracked", conditions: |n, c| c.cracks = 3 + n.below(9) },
    Class {
        name: "light on dark",
        conditions: |n, c| {
            std::mem::swap(&mut c.ink, &mut c.paper);
            c.blur = n.between(0.1, 0.7);
            c.spread = n.between(-0.15, 0.15);
            c.grain = n.between(2.0, 14.0);
        },
    },
    Class {
        name: "compressed",
        conditions: |n, c| {
            c.quality = 2 + n.below(16) as u8;
            c.module_px = n.between(2.0, 4.5);
        },
    },
    Class {
        name: "shadows",
        conditions: |n, c| {
            c.shadow = n.between(0.6, 0.95);
            c.uneven = n.between(0.2, 0.8);
            c.grain = n.between(2.0, 7.0);
        },
    },
    Class {
        name: "all at once",
        conditions: |n, c| {
            c.module_px = n.between(2.6, 5.5);
            c.blur = n.between(0.1, 0.35);
            c.motion = n.between(0.0, 0.6);
            c.tilt = n.between(0.1, 0.5);
            c.ink = n.between(0.08, 0.25);
            c.grain = n.between(3.0, 10.0);
            c.lamps = n.below(2);
            c.glare = n.between(0.2, 0.7);
            c.shadow = n.between(0.0, 0.6);
            c.crumple = n.between(0.0, 0.25);
            c.quality = 30 + n.below(50) as u8;
        },
    },
];

/// A pass, or something else one time in eight.
fn text(noise: &mut Noise) -> String {
    const ALPHABET: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    if noise.below(8) == 0 {
        let length = 12 + noise.below(60);
        let tail: String = (0..length).map(|_| char::from(b'a' + noise.below(26) as u8)).collect();
        return format!("https://example.org/{tail}");
    }
    let length = if noise.below(12) == 0 { 480 + noise.below(200) } else { 215 + noise.below(260) };
    let tail: String = (0..length).map(|_| char::from(ALPHABET[noise.below(45)])).collect();
    format!("GH1:{tail}")
}

fn scene(class: &Class, size: (usize, usize), hard: f32, noise: &mut Noise) -> Scene {
    let code = Code::new(text(noise));
    let mut conditions = ordinary(noise);
    (class.conditions)(noise, &mut conditions);
    conditions.module_px /= hard;
    conditions.grain *= hard * hard;
    conditions.quality = (f32::from(conditions.quality) / hard) as u8;
    // What does not fit is farther away.
    let reach = code.side() as f32 * conditions.module_px * 1.45;
    let room = size.0.min(size.1) as f32;
    if reach > room {
        conditions.module_px *= room / reach;
    }
    Scene::new(code, conditions, size, noise)
}

/// The frame of a class with that number.
pub fn frame(seed: u64, class: usize, number: usize) -> Frame {
    let noise = &mut Noise::new(&[seed, class as u64, number as u64]);
    let size = SIZES[number % SIZES.len()];
    scene(&CLASSES[class], size, 1.0, noise).shoot((0.0, 0.0, 0.0), noise)
}

/// How much farther away and darker it is where several frames are looked at.
const HARDER: f32 = 1.4;

/// Frames of one scene, as a camera held by hand takes them one after the other.
pub fn sequence(seed: u64, class: usize, number: usize, frames: usize) -> Vec<Frame> {
    let noise = &mut Noise::new(&[seed, 1_000 + class as u64, number as u64]);
    let scene = scene(&CLASSES[class], SIZES[number % 2], HARDER, noise);
    let mut held = (0.0, 0.0, 0.0);
    (0..frames)
        .map(|_| {
            held = (
                held.0 + 3.0 * noise.normal(),
                held.1 + 3.0 * noise.normal(),
                held.2 + 0.008 * noise.normal(),
            );
            scene.shoot(held, noise)
        })
        .collect()
}

/// A frame without a code.
pub fn empty(seed: u64, size: (usize, usize), number: usize) -> Frame {
    without_code(size, &mut Noise::new(&[seed, 2_000 + size.1 as u64, number as u64]))
}
