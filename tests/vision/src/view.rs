//! How the code's plane is seen: tilted, bent and crumpled; from pixels to modules and back.

use crate::noise::Noise;
use crate::scene::Scene;

/// From the code's plane to the frame and back.
pub struct View<'a> {
    scene: &'a Scene,
    pub centre: (f32, f32),
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
    pub fn new(scene: &'a Scene, held: (f32, f32, f32), noise: &mut Noise) -> Self {
        let c = &scene.conditions;
        let (sin, cos) = (c.turn + held.2).sin_cos();
        let direction = noise.between(0.0, std::f32::consts::TAU);
        // As seen from three widths of the code away.
        let distance = 3.0 * scene.side();
        let waves = std::array::from_fn(|_| {
            let length = noise.between(0.25, 0.9) * scene.side();
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
    pub fn back(&self, (x, y): (f32, f32)) -> Option<(f32, f32)> {
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
        let side = self.scene.side();
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
    pub fn onto(&self, (u, v): (f32, f32)) -> (f32, f32) {
        let px = self.scene.conditions.module_px;
        let side = self.scene.side();
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
