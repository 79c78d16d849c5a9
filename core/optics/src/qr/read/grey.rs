//! Pictures in shades of grey, and the sizes and sharpnesses at which they are looked at.

use std::borrow::Cow;

/// A picture of bytes, 0 black and 255 white, whose rows begin `stride` bytes apart. At least one pixel wide and high.
#[derive(Debug, Clone)]
pub(crate) struct Grey<'a> {
    pixels: Cow<'a, [u8]>,
    width: usize,
    height: usize,
    stride: usize,
}

impl<'a> Grey<'a> {
    /// `None` if there are no pixels, or fewer bytes than the measures promise. The last row may lack its padding.
    pub(crate) fn new(pixels: &'a [u8], width: usize, height: usize, stride: usize) -> Option<Self> {
        let needed = stride.checked_mul(height.checked_sub(1)?)?.checked_add(width)?;
        let sound = width > 0 && stride >= width && pixels.len() >= needed;
        sound.then_some(Self { pixels: Cow::Borrowed(pixels), width, height, stride })
    }

    /// Pixels row by row, as many as the measures promise.
    pub(super) fn of(pixels: Vec<u8>, width: usize, height: usize) -> Grey<'static> {
        Self::owned(pixels, width, height)
    }

    fn owned(pixels: Vec<u8>, width: usize, height: usize) -> Grey<'static> {
        Grey { pixels: Cow::Owned(pixels), width, height, stride: width }
    }

    pub(crate) fn width(&self) -> usize {
        self.width
    }

    pub(crate) fn height(&self) -> usize {
        self.height
    }

    /// The pixels of a row; none below the last.
    #[inline]
    pub(super) fn row(&self, y: usize) -> &[u8] {
        let start = y * self.stride;
        self.pixels.get(start..start + self.width).unwrap_or_default()
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.height).map(|y| self.row(y))
    }

    /// The grey at a place, pixels' centres being at halves; at the edge, that of the nearest pixel.
    #[inline]
    pub(super) fn at(&self, x: f32, y: f32) -> f32 {
        // A place that is no number becomes 0.
        let x = (x - 0.5).clamp(0.0, (self.width - 1) as f32);
        let y = (y - 0.5).clamp(0.0, (self.height - 1) as f32);
        let (left, top) = (x as usize, y as usize);
        let (a, b) = (x - left as f32, y - top as f32);
        let start = top * self.stride + left;
        let right = usize::from(left + 1 < self.width);
        let below = if top + 1 < self.height { self.stride } else { 0 };
        let pixel = |at: usize| f32::from(self.pixels.get(at).copied().unwrap_or(0));
        let upper = pixel(start) + a * (pixel(start + right) - pixel(start));
        let lower = pixel(start + below) + a * (pixel(start + below + right) - pixel(start + below));
        upper + b * (lower - upper)
    }

    /// A part of the picture, cut to what there is of it.
    pub(super) fn part(&self, left: usize, top: usize, width: usize, height: usize) -> Option<Grey<'_>> {
        let width = width.min(self.width.checked_sub(left)?);
        let height = height.min(self.height.checked_sub(top)?);
        Grey::new(self.pixels.get(top * self.stride + left..)?, width, height, self.stride)
    }

    /// The averages of squares of `factor` pixels; what fills none at the edges is left out. `None` if nothing is left.
    pub(super) fn shrunk(&self, factor: usize) -> Option<Grey<'static>> {
        let (width, height) = (self.width / factor, self.height / factor);
        if width == 0 || height == 0 {
            return None;
        }
        let mut pixels = Vec::with_capacity(width * height);
        if factor == 2 {
            for y in 0..height {
                let (upper, _) = self.row(2 * y).as_chunks::<2>();
                let (lower, _) = self.row(2 * y + 1).as_chunks::<2>();
                // Two bytes in one number are added up in fewer steps.
                pixels.extend(upper.iter().zip(lower).map(|(&upper, &lower)| {
                    let (upper, lower) = (u16::from_le_bytes(upper), u16::from_le_bytes(lower));
                    (((upper & 0xff) + (upper >> 8) + (lower & 0xff) + (lower >> 8) + 2) >> 2) as u8
                }));
            }
            return Some(Self::owned(pixels, width, height));
        }
        let area = (factor * factor) as u32;
        let mut sums = vec![0u32; width];
        for y in 0..height {
            sums.fill(0);
            for row in 0..factor {
                let blocks = self.row(y * factor + row).chunks_exact(factor);
                for (sum, block) in sums.iter_mut().zip(blocks) {
                    *sum += block.iter().map(|&pixel| u32::from(pixel)).sum::<u32>();
                }
            }
            pixels.extend(sums.iter().map(|sum| ((sum + area / 2) / area) as u8));
        }
        Some(Self::owned(pixels, width, height))
    }

    /// Twice the width and height, with values in between where pixels were put in between.
    pub(super) fn doubled(&self) -> Grey<'static> {
        fn mixed(near: u8, far: u8) -> u8 {
            ((3 * u16::from(near) + u16::from(far) + 2) >> 2) as u8
        }
        let stretched = |row: &[u8]| -> Vec<u8> {
            let left = row.first().into_iter().chain(row);
            let right = row.iter().skip(1).chain(row.last());
            left.zip(row).zip(right).flat_map(|((&a, &b), &c)| [mixed(b, a), mixed(b, c)]).collect()
        };
        let rows: Vec<Vec<u8>> = self.rows().map(stretched).collect();
        let mut pixels = Vec::with_capacity(4 * self.width * self.height);
        for (y, row) in rows.iter().enumerate() {
            let above = y.checked_sub(1).and_then(|y| rows.get(y)).unwrap_or(row);
            let below = rows.get(y + 1).unwrap_or(row);
            pixels.extend(row.iter().zip(above).map(|(&near, &far)| mixed(near, far)));
            pixels.extend(row.iter().zip(below).map(|(&near, &far)| mixed(near, far)));
        }
        Self::owned(pixels, 2 * self.width, 2 * self.height)
    }

    /// Edges made stronger: away from the average of the five by five pixels around, by `strength` times as far.
    pub(super) fn sharpened(&self, strength: i32) -> Grey<'static> {
        let (width, height) = (self.width, self.height);
        // Sums of five in a row, then of five such sums in a column.
        let across: Vec<Vec<u16>> = self.rows().map(five_wide).collect();
        let mut pixels = Vec::with_capacity(width * height);
        let mut sums = vec![0u16; width];
        for y in 0..height {
            sums.fill(0);
            for near in 0..5 {
                let from = (y + near).saturating_sub(2).min(height - 1);
                let row = across.get(from).map(Vec::as_slice).unwrap_or_default();
                sums.iter_mut().zip(row).for_each(|(sum, part)| *sum += part);
            }
            pixels.extend(self.row(y).iter().zip(&sums).map(|(&pixel, &sum)| {
                let pixel = i32::from(pixel);
                let away = 25 * pixel - i32::from(sum);
                (pixel + away * strength / 25).clamp(0, 255) as u8
            }));
        }
        Self::owned(pixels, width, height)
    }

    /// Each pixel mixed with the eight around it, against grain.
    pub(super) fn smoothed(&self) -> Grey<'static> {
        let (width, height) = (self.width, self.height);
        let across: Vec<Vec<u16>> = self.rows().map(three_wide).collect();
        let mut pixels = Vec::with_capacity(width * height);
        for (y, row) in across.iter().enumerate() {
            let above = y.checked_sub(1).and_then(|y| across.get(y)).unwrap_or(row);
            let below = across.get(y + 1).unwrap_or(row);
            pixels.extend(
                above.iter().zip(row).zip(below).map(|((&a, &b), &c)| ((a + 2 * b + c + 8) >> 4) as u8),
            );
        }
        Self::owned(pixels, width, height)
    }

    /// The deviation of the sensor's noise, in levels: from second differences along some of the rows, of which most
    /// are noise and nothing else.
    pub(super) fn noise(&self) -> f32 {
        let mut counts = [0u32; 511];
        let mut total = 0u32;
        for y in (0..self.height).step_by((self.height / 48).max(1)) {
            for triple in self.row(y).windows(3).step_by(2) {
                if let [a, b, c] = *triple {
                    let bend = (i32::from(a) + i32::from(c) - 2 * i32::from(b)).unsigned_abs() as usize;
                    if let Some(count) = counts.get_mut(bend) {
                        *count += 1;
                        total += 1;
                    }
                }
            }
        }
        let mut below = 0;
        let median = counts.iter().position(|&count| {
            below += count;
            2 * below >= total
        });
        // Half of normally distributed values are within 0.674 deviations, and these are sums with weights 1, 2, 1.
        median.unwrap_or(0) as f32 / (0.674 * 6f32.sqrt())
    }
}

/// Sums of twice each value and its neighbours; those at the ends count for what is missing.
fn three_wide(row: &[u8]) -> Vec<u16> {
    let left = row.first().into_iter().chain(row);
    let right = row.iter().skip(1).chain(row.last());
    left.zip(row).zip(right).map(|((&a, &b), &c)| u16::from(a) + 2 * u16::from(b) + u16::from(c)).collect()
}

/// Sums of each value and its two neighbours on both sides; those at the ends count for what is missing.
fn five_wide(row: &[u8]) -> Vec<u16> {
    let (Some(&first), Some(&last)) = (row.first(), row.last()) else { return Vec::new() };
    let mut padded = Vec::with_capacity(row.len() + 4);
    padded.extend([first; 2]);
    padded.extend_from_slice(row);
    padded.extend([last; 2]);
    padded.windows(5).map(|five| five.iter().map(|&pixel| u16::from(pixel)).sum()).collect()
}
