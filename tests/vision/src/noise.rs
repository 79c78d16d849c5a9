//! A repeatable source of chance (SplitMix64).

/// The same numbers for the same seed, on every machine.
#[derive(Debug, Clone)]
pub struct Noise(u64);

impl Noise {
    /// A source of its own for each combination of these.
    pub fn new(parts: &[u64]) -> Self {
        let mut noise = Self(0x6a09_e667_f3bc_c908);
        for &part in parts {
            noise.0 ^= part.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            noise.next();
        }
        noise
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// Evenly from 0 up to, but not, 1.
    pub fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }

    /// Evenly between two numbers.
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// One of the whole numbers below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// Whether something of this probability happens.
    pub fn happens(&mut self, probability: f32) -> bool {
        self.unit() < probability
    }

    /// Normally distributed, mean 0 and deviation 1, near enough (sum of four even ones).
    pub fn normal(&mut self) -> f32 {
        let bits = self.next();
        let sum: u64 = (0..4).map(|part| bits >> (16 * part) & 0xffff).sum();
        (sum as f32 / 65_536.0 - 2.0) * 1.732_05
    }
}
