//! Telling dark from light.

use super::bitmap::Bitmap;
use super::grey::Grey;

/// Side of the blocks that have a threshold each, in pixels.
const BLOCK: usize = 8;

/// How a threshold is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Binariser {
    /// Half way between the darkest and the lightest of the blocks around that have both: for most.
    Blocks,
    /// The average of a small neighbourhood: keeps a light ring that blur has made darker than half.
    Mean,
}

/// In `noise` the deviation of the picture's grain is told, in levels.
pub(super) fn binarise(grey: &Grey<'_>, how: Binariser, noise: f32) -> Bitmap {
    match how {
        Binariser::Blocks => by_blocks(grey, noise),
        Binariser::Mean => by_mean(grey, noise),
    }
}

fn by_blocks(grey: &Grey<'_>, noise: f32) -> Bitmap {
    let (width, height) = (grey.width(), grey.height());
    let (across, down) = (width.div_ceil(BLOCK), height.div_ceil(BLOCK));
    // Blocks that hold noise and nothing else have a contrast of about five deviations.
    let least = (6.0 * noise + 3.0).clamp(8.0, 72.0) as u8;
    let mut middles = Vec::with_capacity(across * down);
    let mut ranges = Vec::with_capacity(across * down);
    let (mut lows, mut highs) = (vec![255u8; width], vec![0u8; width]);
    for band in 0..down {
        // Down the columns first, a row at a time, which machines do for many columns at once.
        lows.fill(255);
        highs.fill(0);
        for y in band * BLOCK..((band + 1) * BLOCK).min(height) {
            let row = grey.row(y);
            lows.iter_mut().zip(row).for_each(|(low, &pixel)| *low = (*low).min(pixel));
            highs.iter_mut().zip(row).for_each(|(high, &pixel)| *high = (*high).max(pixel));
        }
        middles.extend(lows.chunks(BLOCK).zip(highs.chunks(BLOCK)).map(|(lows, highs)| {
            let low = lows.iter().fold(255, |low: u8, &it| low.min(it));
            let high = highs.iter().fold(0, |high: u8, &it| high.max(it));
            ranges.push((low, high));
            let contrast = high.saturating_sub(low);
            if contrast > least { (u16::from(low) + u16::from(high)).div_ceil(2) } else { 0 }
        }));
    }
    let mut levels = smoothed(&middles, across, down);
    level_aligned(&mut levels, &ranges, least, across);
    spread(&mut levels, across);
    let mut bitmap = Bitmap::with_capacity(width, height);
    let mut thresholds = Vec::with_capacity(across * BLOCK);
    for (band, levels) in levels.chunks_exact(across).enumerate() {
        thresholds.clear();
        thresholds.extend(levels.iter().flat_map(|&level| [level; BLOCK]));
        for y in band * BLOCK..((band + 1) * BLOCK).min(height) {
            bitmap.push(grey.row(y), &thresholds);
        }
    }
    bitmap
}

/// The averages of those of the five by five blocks around that have a value. Zero where none has.
fn smoothed(middles: &[u16], across: usize, down: usize) -> Vec<u8> {
    // A sum in the upper half, a count in the lower.
    let packed = |middle: u16| u32::from(middle) << 8 | u32::from(middle != 0);
    let rows: Vec<Vec<u32>> = middles
        .chunks_exact(across)
        .map(|row| {
            let padded: Vec<u32> =
                [0; 2].into_iter().chain(row.iter().map(|&middle| packed(middle))).chain([0; 2]).collect();
            padded.windows(5).map(|five| five.iter().sum()).collect()
        })
        .collect();
    let mut levels = Vec::with_capacity(across * down);
    let mut sums = vec![0u32; across];
    for y in 0..down {
        sums.fill(0);
        for row in rows.iter().take(y + 3).skip(y.saturating_sub(2)) {
            sums.iter_mut().zip(row).for_each(|(sum, part)| *sum += part);
        }
        levels.extend(sums.iter().map(|sum| (sum >> 8).checked_div(sum & 0xff).unwrap_or(0) as u8));
    }
    levels
}

/// Where modules lie just as blocks do, no block has both dark and light: there each is taken together with those around
/// it.
fn level_aligned(levels: &mut [u8], ranges: &[(u8, u8)], least: u8, across: usize) {
    for (at, level) in levels.iter_mut().enumerate().filter(|(_, level)| **level == 0) {
        let (x, y) = (at % across, at / across);
        let rows = (y.saturating_sub(1)..=y + 1).filter_map(|y| ranges.get(y * across..(y + 1) * across));
        let around =
            rows.flat_map(|row| row.iter().skip(x.saturating_sub(1)).take(if x == 0 { 2 } else { 3 }));
        let (low, high) =
            around.fold((255, 0), |(low, high): (u8, u8), range| (low.min(range.0), high.max(range.1)));
        if high.saturating_sub(low) > least {
            *level = (u16::from(low) + u16::from(high)).div_ceil(2) as u8;
        }
    }
}

/// Gives blocks without a level that of a neighbour: first from the left and above, then from the right and below.
fn spread(levels: &mut [u8], across: usize) {
    let mut above = vec![0u8; across];
    for row in levels.chunks_exact_mut(across) {
        let mut left = 0;
        for (level, above) in row.iter_mut().zip(&mut above) {
            if *level == 0 {
                *level = if left != 0 { left } else { *above };
            }
            (left, *above) = (*level, *level);
        }
    }
    above.fill(0);
    for row in levels.chunks_exact_mut(across).rev() {
        let mut right = 0;
        for (level, below) in row.iter_mut().zip(&mut above).rev() {
            if *level == 0 {
                *level = if right != 0 { right } else { *below };
            }
            (right, *below) = (*level, *level);
        }
    }
}

/// Compares each pixel with the average of a square of about a tenth of the shorter side: some modules, where a code
/// fills the picture, or a light square in dark would have a hole.
fn by_mean(grey: &Grey<'_>, noise: f32) -> Bitmap {
    let (width, height) = (grey.width(), grey.height());
    let reach = (width.min(height) / 20).max(6);
    // So that plain paper stays white.
    let margin = 1 + noise.min(7.0) as u8;
    let mut columns = vec![0u32; width];
    let wide = |x: usize| (x + reach).min(width - 1) + 1 - x.saturating_sub(reach);
    let shares: Vec<f32> = (0..width).map(|x| 1.0 / wide(x) as f32).collect();
    let add = |columns: &mut [u32], y: usize| {
        columns.iter_mut().zip(grey.row(y)).for_each(|(sum, &pixel)| *sum += u32::from(pixel));
    };
    (0..reach.min(height)).for_each(|y| add(&mut columns, y));
    let mut bitmap = Bitmap::with_capacity(width, height);
    let mut thresholds = vec![0u8; width];
    let mut padded = vec![0u32; width + 2 * reach + 1];
    for y in 0..height {
        if y + reach < height {
            add(&mut columns, y + reach);
        }
        if let Some(gone) = y.checked_sub(reach + 1) {
            columns.iter_mut().zip(grey.row(gone)).for_each(|(sum, &pixel)| *sum -= u32::from(pixel));
        }
        let each = 1.0 / ((y + reach).min(height - 1) + 1 - y.saturating_sub(reach)) as f32;
        // Sums from the row's start; a window's sum is a difference of two.
        let mut sum = 0u32;
        let (first, rest) = padded.split_at_mut(reach + 1);
        first.fill(0);
        let (inside, beyond) = rest.split_at_mut(width);
        for (out, column) in inside.iter_mut().zip(&columns) {
            sum += column;
            *out = sum;
        }
        beyond.fill(sum);
        let ends = padded.get(2 * reach + 1..).unwrap_or_default();
        for ((threshold, share), (start, end)) in
            thresholds.iter_mut().zip(&shares).zip(padded.iter().zip(ends))
        {
            // Parts have four million pixels at most, so that a window is 201 pixels wide and high, and its sum less than
            // 2 to 24: exact as a floating point number. An average added to 2 to 23 stands in the lowest bits, which
            // machines turn into bytes for many at once.
            let average = end.wrapping_sub(*start) as i32 as f32 * share * each + 8_388_608.0;
            *threshold = (average.to_bits() as u8).saturating_sub(margin);
        }
        bitmap.push(grey.row(y), &thresholds);
    }
    bitmap
}
