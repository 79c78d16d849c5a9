//! Reading QR codes from pictures.
//!
//! A picture is tried in several ways, the most promising first, until one finds a code of ours: a poster's code beside
//! it is no reason to stop. Each way is one pass of the finder over a black and white version of the picture. The work
//! is bounded whatever the picture: at most [`MAX_PASSES`] passes, none over more than [`MAX_PASS_PIXELS`], in which the
//! finder looks at pixels at most [`MAX_STEPS`] times in all.

use super::find::{Outcome, search};
use super::threshold::{Threshold, blurred, dark_pixels, doubled};
use crate::pass;
use crate::picture::{Luma, MAX_PIXELS, PictureError, luma, shrink};

/// The first pass is over a picture of at most this many pixels on its longer side: enough for any code that fills a
/// tenth of a photograph, and quick.
const COMFORTABLE_SIDE: u32 = 1600;

/// Most pixels in one pass.
const MAX_PASS_PIXELS: u64 = 16_000_000;

/// Most passes over one picture.
const MAX_PASSES: usize = 16;

/// The smallest code's side in modules; nothing is looked for in a narrower picture.
const SMALLEST_CODE: u32 = 21;

/// Most pixel accesses of the finder in one picture, all passes together: a few seconds. Photographs of 12 megapixels
/// without a code take about a sixth of it.
const MAX_STEPS: u64 = 600_000_000;

/// Passes made after one that found a code of ours, but also some it could not read.
const MORE_PASSES: usize = 3;

/// Below this longer side a picture is also tried at twice its size.
const SMALL_SIDE: u32 = 800;

/// Below this longer side nothing is made smaller any more.
const TINY_SIDE: u32 = 160;

/// How the picture is changed before the threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// Area average by this factor.
    Shrunk(u32),
    /// Area average by this factor, then a slight blur.
    Blurred(u32),
    /// Twice the size.
    Doubled,
}

/// One way to look at the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pass {
    change: Change,
    threshold: Threshold,
    inverted: bool,
}

/// The codes in the picture, without duplicates, in an order that depends on the picture alone. Codes of others may be
/// missing where one of ours was read.
///
/// Codes that hold something else than UTF-8 text are left out.
#[must_use]
pub fn codes_in_luma(picture: &Luma) -> Vec<String> {
    look(picture, passes(picture.width, picture.height)).codes
}

/// What was found in a picture, and by which pass.
#[derive(Debug, Default)]
pub(super) struct Sight {
    pub(super) codes: Vec<String>,
    /// The first pass that found a code of ours.
    pub(super) by: Option<Pass>,
}

/// Looks at the picture in these ways, in turn, until a code of ours is found.
pub(super) fn look(picture: &Luma, passes: impl IntoIterator<Item = Pass>) -> Sight {
    let area = u64::from(picture.width) * u64::from(picture.height);
    let wide_enough = picture.width.min(picture.height) >= SMALLEST_CODE;
    if !wide_enough || area > MAX_PIXELS || picture.pixels.len() as u64 != area {
        return Sight::default();
    }
    let mut found = Vec::new();
    let mut by = None;
    let mut more = MAX_PASSES;
    let mut steps = MAX_STEPS;
    let mut last: Option<(Change, Luma)> = None;
    for pass in passes {
        if more == 0 || steps == 0 {
            break;
        }
        more -= 1;
        let changed = match last.take() {
            Some((change, changed)) if change == pass.change => changed,
            _ => apply(picture, pass.change),
        };
        let dark = dark_pixels(&changed, pass.threshold, pass.inverted);
        let outcome = search(dark, changed.width, &mut steps, &mut found);
        last = Some((pass.change, changed));
        if first_pass(&found).is_some() {
            by = by.or(Some(pass));
            if outcome == Outcome::AllRead {
                break;
            }
            more = more.min(MORE_PASSES);
        }
    }
    Sight { codes: found, by }
}

/// Every code in a PNG or JPEG file; see [`codes_in_luma`].
///
/// # Errors
/// [`PictureError`] if the picture cannot be decoded. A picture without a code is no error.
pub fn codes_in_picture(bytes: &[u8]) -> Result<Vec<String>, PictureError> {
    Ok(codes_in_luma(&luma(bytes)?))
}

/// The first of `codes` that looks like a pass, which is one that begins with `GH1:`.
#[must_use]
pub fn first_pass(codes: &[String]) -> Option<&str> {
    codes.iter().map(String::as_str).find(|code| code.starts_with(pass::PREFIX))
}

/// The passes for a picture of this size, the most promising first, at least one.
pub(super) fn passes(width: u32, height: u32) -> Vec<Pass> {
    use Change::{Blurred, Doubled, Shrunk};
    use Threshold::{Global, Mean, Middle};
    let longest = width.max(height);
    let area = |factor: u32| u64::from((width / factor).max(1)) * u64::from((height / factor).max(1));
    let comfortable = longest.div_ceil(COMFORTABLE_SIDE).max(1);
    let finest = (1..comfortable).find(|&factor| area(factor) <= MAX_PASS_PIXELS).unwrap_or(comfortable);
    let finer = (comfortable / 2).max(finest);
    let coarser = |by: u32| (longest / (comfortable * by) >= TINY_SIDE).then_some(comfortable * by);

    let mut list = Vec::new();
    let mut add = |change: Change, threshold: Threshold, inverted: bool| {
        let pass = Pass { change, threshold, inverted };
        if !list.contains(&pass) {
            list.push(pass);
        }
    };
    add(Shrunk(comfortable), Mean, false);
    add(Shrunk(comfortable), Global, false);
    add(Shrunk(finer), Mean, false);
    for factor in [coarser(2), coarser(4)].into_iter().flatten() {
        add(Shrunk(factor), Mean, false);
    }
    add(Shrunk(comfortable), Mean, true);
    add(Shrunk(comfortable), Middle, false);
    add(Blurred(comfortable), Mean, false);
    add(Blurred(comfortable), Middle, false);
    if longest <= SMALL_SIDE {
        add(Doubled, Mean, false);
        add(Doubled, Global, false);
        add(Doubled, Mean, true);
    }
    add(Shrunk(finest), Mean, false);
    add(Shrunk(comfortable), Global, true);
    for factor in [coarser(2), coarser(4)].into_iter().flatten() {
        add(Shrunk(factor), Mean, true);
        add(Shrunk(factor), Middle, false);
    }
    list.truncate(MAX_PASSES);
    list
}

fn apply(picture: &Luma, change: Change) -> Luma {
    let smaller = |factor: u32| {
        if factor == 1 {
            return picture.clone();
        }
        let raster = shrink(&picture.pixels, picture.width, picture.height, 1, factor);
        Luma { width: raster.width, height: raster.height, pixels: raster.pixels }
    };
    match change {
        Change::Shrunk(factor) => smaller(factor),
        Change::Blurred(factor) => blurred(&smaller(factor)),
        Change::Doubled => doubled(picture),
    }
}

#[cfg(test)]
pub(super) mod tests;
