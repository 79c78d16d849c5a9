//! Black and white pictures of one bit a pixel.

/// Bits in a word.
const WORD: usize = 64;

/// Dark pixels are ones.
#[derive(Debug)]
pub(super) struct Bitmap {
    width: usize,
    height: usize,
    /// Words a row has.
    stride: usize,
    words: Vec<u64>,
}

impl Bitmap {
    /// A picture whose rows are filled one after the other.
    pub(super) fn with_capacity(width: usize, height: usize) -> Self {
        let stride = width.div_ceil(WORD);
        Self { width, height: 0, stride, words: Vec::with_capacity(stride * height) }
    }

    /// Adds a row: each pixel is dark where it is below its threshold.
    pub(super) fn push(&mut self, pixels: &[u8], thresholds: &[u8]) {
        let mut dark = [0u8; WORD];
        for (pixels, thresholds) in pixels.chunks(WORD).zip(thresholds.chunks(WORD)) {
            if pixels.len() < WORD {
                dark.fill(0);
            }
            for ((dark, pixel), threshold) in dark.iter_mut().zip(pixels).zip(thresholds) {
                *dark = u8::from(pixel < threshold);
            }
            let (eights, _) = dark.as_chunks::<8>();
            let mut word = 0;
            for (at, eight) in eights.iter().enumerate() {
                // Gathers the lowest bits of eight bytes in the highest byte.
                let bits = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
                word |= bits << (8 * at);
            }
            self.words.push(word);
        }
        self.height += 1;
    }

    pub(super) fn height(&self) -> usize {
        self.height
    }

    fn row(&self, y: usize) -> &[u64] {
        self.words.get(y * self.stride..(y + 1) * self.stride).unwrap_or_default()
    }

    /// Whether a pixel is dark; `None` outside the picture.
    #[inline]
    pub(super) fn dark(&self, x: isize, y: isize) -> Option<bool> {
        let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
        if x >= self.width || y >= self.height {
            return None;
        }
        let word = self.words.get(y * self.stride + x / WORD)?;
        Some(word >> (x % WORD) & 1 == 1)
    }

    /// Puts where the colour changes in a row into `edges`: the first pixels of runs. The first run is a light one, of
    /// no pixels if the row begins dark; the row's width ends the last.
    pub(super) fn edges(&self, y: usize, edges: &mut Vec<u32>) {
        edges.clear();
        let mut last = 0u64;
        for (at, &word) in self.row(y).iter().enumerate() {
            let mut changes = word ^ (word << 1 | last);
            last = word >> (WORD - 1);
            while changes != 0 {
                let x = at * WORD + changes.trailing_zeros() as usize;
                if x >= self.width {
                    break;
                }
                edges.push(x as u32);
                changes &= changes - 1;
            }
        }
        edges.push(self.width as u32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_and_edges_are_the_pixels() {
        for width in [1, 7, 8, 63, 64, 65, 200] {
            let pixels: Vec<u8> = (0..width).map(|x| if x * x / 9 % 3 == 1 { 10 } else { 200 }).collect();
            let mut bitmap = Bitmap::with_capacity(width, 1);
            bitmap.push(&pixels, &vec![128; width]);
            let mut edges = Vec::new();
            bitmap.edges(0, &mut edges);
            let mut from_edges = vec![false; width];
            let mut dark = false;
            let mut at = 0;
            for &edge in &edges {
                from_edges[at..edge as usize].fill(dark);
                (at, dark) = (edge as usize, !dark);
            }
            for (x, &pixel) in pixels.iter().enumerate() {
                assert_eq!(bitmap.dark(x as isize, 0), Some(pixel < 128), "{width} {x}");
                assert_eq!(from_edges[x], pixel < 128, "{width} {x}");
            }
            assert_eq!(bitmap.dark(width as isize, 0), None);
            assert_eq!(bitmap.dark(-1, 0), None);
            assert_eq!(bitmap.dark(0, 1), None);
        }
    }
}
