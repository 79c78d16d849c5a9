//! Ways to tell dark from light, and the small changes of a picture tried before.

use crate::picture::Luma;

/// How a picture of greys becomes black and white.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Threshold {
    /// Darker than the surroundings' average: for photographs in uneven light.
    Mean,
    /// One level for the whole picture, where its histogram falls in two best (Otsu): for flat, noisy pictures.
    Global,
    /// Half way between the darkest and lightest of the surroundings: for faint contrast.
    Middle,
}

/// 1 for dark and 0 for light pixels, in the picture's order.
pub(super) fn dark_pixels(picture: &Luma, how: Threshold, inverted: bool) -> Vec<u8> {
    let mut dark = match how {
        Threshold::Mean => by_mean(picture),
        Threshold::Global => {
            let level = otsu(&picture.pixels);
            picture.pixels.iter().map(|&pixel| u8::from(pixel <= level)).collect()
        }
        Threshold::Middle => by_middle(picture),
    };
    if inverted {
        dark.iter_mut().for_each(|pixel| *pixel ^= 1);
    }
    dark
}

/// Compares each pixel with the average of a square of about an eighth of the picture around it.
fn by_mean(picture: &Luma) -> Vec<u8> {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let reach = (width.max(height) / 16).max(8);
    // Column sums slide down, a window over them slides right: two additions a pixel whatever the reach.
    let row = |y: usize| picture.pixels.get(y * width..(y + 1) * width).unwrap_or_default();
    let mut columns = vec![0u32; width];
    for y in 0..reach.min(height) {
        columns.iter_mut().zip(row(y)).for_each(|(sum, &pixel)| *sum += u32::from(pixel));
    }
    let mut dark = Vec::with_capacity(width * height);
    for y in 0..height {
        columns.iter_mut().zip(row(y + reach)).for_each(|(sum, &pixel)| *sum += u32::from(pixel));
        if let Some(gone) = y.checked_sub(reach + 1) {
            columns.iter_mut().zip(row(gone)).for_each(|(sum, &pixel)| *sum -= u32::from(pixel));
        }
        let tall = (y + reach).min(height - 1) + 1 - y.saturating_sub(reach);
        let mut sum: u64 = columns.iter().take(reach).map(|&column| u64::from(column)).sum();
        for (x, &pixel) in row(y).iter().enumerate() {
            sum += columns.get(x + reach).map_or(0, |&column| u64::from(column));
            if let Some(gone) = x.checked_sub(reach + 1) {
                sum -= columns.get(gone).map_or(0, |&column| u64::from(column));
            }
            let wide = (x + reach).min(width - 1) + 1 - x.saturating_sub(reach);
            // A twentieth below the average, so that blank paper stays white.
            dark.push(u8::from(u64::from(pixel) * (wide * tall) as u64 * 20 < sum * 19));
        }
    }
    dark
}

/// The level (the last dark one) that parts the histogram with the greatest variance between the parts.
fn otsu(pixels: &[u8]) -> u8 {
    let mut histogram = [0u64; 256];
    for &pixel in pixels {
        if let Some(count) = histogram.get_mut(usize::from(pixel)) {
            *count += 1;
        }
    }
    let total: f64 = pixels.len() as f64;
    let whole: f64 = (0u32..).zip(&histogram).map(|(level, &count)| f64::from(level) * count as f64).sum();
    let (mut below, mut below_sum, mut best, mut best_level) = (0.0, 0.0, -1.0, 127);
    for (level, &count) in (0u8..=255).zip(&histogram) {
        below += count as f64;
        below_sum += f64::from(level) * count as f64;
        let above = total - below;
        if below == 0.0 || above == 0.0 {
            continue;
        }
        let apart = below_sum / below - (whole - below_sum) / above;
        let variance = below * above * apart * apart;
        if variance > best {
            (best, best_level) = (variance, level);
        }
    }
    best_level
}

/// Half way between the extremes of the 5 by 5 blocks around, each block 1/40 of the picture.
fn by_middle(picture: &Luma) -> Vec<u8> {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let block = (width.max(height) / 40).max(4);
    let across = width.div_ceil(block);
    let down = height.div_ceil(block);
    let mut extremes = vec![(255u8, 0u8); across * down];
    for (y, row) in picture.pixels.chunks_exact(width).enumerate() {
        for (x, pixels) in row.chunks(block).enumerate() {
            if let Some((low, high)) = extremes.get_mut(y / block * across + x) {
                for &pixel in pixels {
                    *low = (*low).min(pixel);
                    *high = (*high).max(pixel);
                }
            }
        }
    }
    let mut levels = Vec::with_capacity(extremes.len());
    for by in 0..down {
        for bx in 0..across {
            let (mut low, mut high) = (255u8, 0u8);
            for y in by.saturating_sub(2)..=(by + 2).min(down - 1) {
                let near = y * across + bx.saturating_sub(2)..=y * across + (bx + 2).min(across - 1);
                for &(block_low, block_high) in extremes.get(near).unwrap_or_default() {
                    low = low.min(block_low);
                    high = high.max(block_high);
                }
            }
            levels.push((u16::from(low) + u16::from(high)).div_ceil(2) as u8);
        }
    }
    let mut dark = Vec::with_capacity(width * height);
    for (y, row) in picture.pixels.chunks_exact(width).enumerate() {
        for (x, pixels) in row.chunks(block).enumerate() {
            let level = levels.get(y / block * across + x).copied().unwrap_or(128);
            dark.extend(pixels.iter().map(|&pixel| u8::from(pixel < level)));
        }
    }
    dark
}

/// Average of each pixel's 3 by 3 neighbourhood, against noise and screen patterns.
pub(super) fn blurred(picture: &Luma) -> Luma {
    let width = picture.width as usize;
    let sums: Vec<u16> = picture.pixels.chunks_exact(width.max(1)).flat_map(three_wide).collect();
    let rows: Vec<&[u16]> = sums.chunks_exact(width.max(1)).collect();
    let mut pixels = Vec::with_capacity(picture.pixels.len());
    for (y, &row) in rows.iter().enumerate() {
        let above = y.checked_sub(1).and_then(|y| rows.get(y)).copied().unwrap_or(row);
        let below = rows.get(y + 1).copied().unwrap_or(row);
        let columns = above.iter().zip(row).zip(below);
        pixels.extend(columns.map(|((a, b), c)| ((a + b + c + 4) / 9) as u8));
    }
    Luma { width: picture.width, height: picture.height, pixels }
}

/// Sums of each value and its two neighbours; the ends count twice.
fn three_wide(row: &[u8]) -> Vec<u16> {
    let left = row.first().into_iter().chain(row);
    let right = row.iter().skip(1).chain(row.last());
    left.zip(row).zip(right).map(|((&a, &b), &c)| u16::from(a) + u16::from(b) + u16::from(c)).collect()
}

/// Twice the width and height, with values in between where pixels were put in between.
pub(super) fn doubled(picture: &Luma) -> Luma {
    let width = picture.width as usize;
    let wide: Vec<u8> = picture.pixels.chunks_exact(width.max(1)).flat_map(stretched).collect();
    let rows: Vec<&[u8]> = wide.chunks_exact((2 * width).max(1)).collect();
    let mut pixels = Vec::with_capacity(2 * wide.len());
    for (y, &row) in rows.iter().enumerate() {
        let above = y.checked_sub(1).and_then(|y| rows.get(y)).copied().unwrap_or(row);
        let below = rows.get(y + 1).copied().unwrap_or(row);
        pixels.extend(row.iter().zip(above).map(|(&near, &far)| mixed(near, far)));
        pixels.extend(row.iter().zip(below).map(|(&near, &far)| mixed(near, far)));
    }
    Luma { width: picture.width * 2, height: picture.height * 2, pixels }
}

fn stretched(row: &[u8]) -> Vec<u8> {
    let left = row.first().into_iter().chain(row);
    let right = row.iter().skip(1).chain(row.last());
    left.zip(row).zip(right).flat_map(|((&a, &b), &c)| [mixed(b, a), mixed(b, c)]).collect()
}

fn mixed(near: u8, far: u8) -> u8 {
    ((3 * u16::from(near) + u16::from(far) + 2) / 4) as u8
}
