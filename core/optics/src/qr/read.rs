//! Reading QR codes from pictures and camera frames.
//!
//! A picture is looked at in several ways, the cheapest and likeliest first, until a code of ours was read. What is tried
//! is bounded by counts ([`limits`]), none of it by a clock: a picture gives the same on every machine.
//!
//! In brackets stands how many of 143 codes are lost without a step, of which a thorough look reads that many in 192
//! frames that `tests/vision` makes (seed 3, 12 a class; 10.6 milliseconds a frame).
//!
//! 1. **Whole** ([`look`]). The picture in half its size, as it is, and in a quarter; above 2,048 pixels on the longer
//!    side it is made smaller first. Of most frames this is all: a half has a quarter of the pixels, and shows modules of
//!    three pixels and more. (The smaller sizes bring speed, and codes that fill a large picture; none of these frames.)
//!    Where there is much grain, neighbours are mixed first [3].
//! 2. **Dark from light** ([`binarise`]). The middle between the darkest and the lightest of 8 by 8 pixels, averaged over
//!    5 by 5 of these squares. It is used for nothing but finding; all that follows is measured in grey.
//! 3. **Finder patterns** ([`finder`]), dark and light ones in one go: every third row, edge by edge, with slack for
//!    blur; what looks like one is looked at across, down and on both diagonals.
//! 4. **Threes** ([`triple`]): all that are not far from a code seen on a slant, the least strained first, at most 10 or
//!    24. One that was looked at in this size before is left out.
//! 5. **The plane** ([`outline`]). Edges of the three outlines, to parts of a pixel, give a projection and the number of
//!    modules; the timing patterns choose among the numbers that are near, and throw out nine threes in ten that are no
//!    code's.
//! 6. **Bends** ([`alignment`], [`bends`]). Alignment patterns, from where something is known outwards, move the grid to
//!    where paper is bent [9].
//! 7. **A glance** at the modules that are the same in all codes: a hundredth of what sampling costs, and the end of most
//!    of what is left of wrong threes.
//! 8. **Modules** ([`modules`]). Grey of each, between the dark and the light level of its neighbourhood, so that shadows
//!    and reflections count as little as they tell. Read as they are, if that can be done.
//! 9. **Taking out blur.** Nine weights and a constant, fitted to the modules that are known, take out of each module
//!    what its neighbours, movement and a shifted grid mixed into it [26 with the next]; then once more, fitted also to
//!    those that are sure by now [3, thorough looks only].
//! 10. **Codewords** ([`codewords`], [`reed_solomon`]). Corrected, then again with ever more of the least sure ones left
//!     open, as long as it is a chance of less than one in 2 to 30 that a block of noise would be taken for one [5].
//! 11. **Settling** ([`grid`]). If too few known modules are right, but more than chance would have: the grid is moved
//!     part by part to where modules are told apart best [2].
//! 12. **Parts** ([`regions`]). Where edges are dense in both directions there may be a code that no look at the whole
//!     found. Up to four such parts are looked at sharpened [6], with the average of the neighbourhood as the level
//!     [1], in half, and in twice their size [1]: [20] in all. A fast look does it with one part, in two ways, if there
//!     seemed to be a finder pattern.
//!
//! What was found and not read is kept ([`sight`]), and frames are laid over each other ([`stack`]), for the frames that
//! follow ([`super::LiveReader`]).

mod alignment;
mod attempt;
mod bends;
mod binarise;
mod bitmap;
mod codewords;
mod content;
mod finder;
mod frame;
mod grey;
mod grid;
mod header;
mod limits;
mod look;
mod modules;
mod outline;
mod patterns;
mod plane;
mod reed_solomon;
mod regions;
mod sight;
mod stack;
mod triple;
mod version;
mod why;

pub use frame::{Frame, Turn};
pub use plane::Point;
pub use why::Why;

use attempt::dense;
pub(in crate::qr) use attempt::read;
pub(in crate::qr) use sight::{Sight, Sights};
pub(in crate::qr) use stack::Stack;

use self::grey::Grey;
use crate::picture::{Luma, PictureError, Shown, shown};

/// How long to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// For each frame of a running camera: the next one comes soon.
    Fast,
    /// For pictures, and for some of the frames.
    Thorough,
}

/// A code that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Code {
    /// What it says.
    pub text: String,
    /// Its corners in the picture, in pixels: upper left, upper right, lower right and lower left as it is drawn.
    pub corners: [Point; 4],
}

impl Code {
    /// Whether it is one of ours.
    #[must_use]
    pub fn is_pass(&self) -> bool {
        self.text.starts_with(super::OURS)
    }
}

/// What a picture shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// The codes, without duplicates. Of codes that are not ours some may be missing where one of ours was read.
    pub codes: Vec<Code>,
    /// If there are none: why.
    pub why: Option<Why>,
}

/// The codes in a picture.
#[must_use]
pub fn read_luma(picture: &Luma, effort: Effort) -> Reading {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let whole = picture.pixels.len() as u64 == u64::from(picture.width) * u64::from(picture.height);
    match Grey::new(&picture.pixels, width, height, width).filter(|_| whole) {
        Some(grey) => read(&grey, effort).0,
        None => Reading { codes: Vec::new(), why: Some(Why::NothingThere) },
    }
}

/// The codes in a frame of a camera, `row_stride` bytes from one row to the next. It is read where it lies.
///
/// # Errors
/// As [`Frame::new`].
pub fn read_frame(
    luma: &[u8],
    width: u32,
    height: u32,
    row_stride: u32,
    effort: Effort,
) -> Result<Reading, PictureError> {
    Ok(Frame::new(luma, width, height, row_stride)?.read(effort).0)
}

/// The codes in a picture file; see [`crate::picture::luma`] for what can be decoded.
///
/// # Errors
/// [`PictureError`] if the picture cannot be decoded. A picture without a code is no error.
pub fn read_picture(bytes: &[u8]) -> Result<Reading, PictureError> {
    Ok(read_shown(&shown(bytes)?, Effort::Thorough))
}

/// The codes in a picture; their corners are told as on a screen that shows it the right way up.
#[must_use]
pub fn read_shown(picture: &Shown, effort: Effort) -> Reading {
    let mut reading = read_luma(&picture.luma, effort);
    for code in &mut reading.codes {
        code.corners = code.corners.map(|Point { x, y }| {
            let (x, y) = picture.place((x, y));
            Point { x, y }
        });
    }
    reading
}

/// The texts of the codes in a picture file; see [`read_picture`].
///
/// # Errors
/// As [`read_picture`].
pub fn codes_in_picture(bytes: &[u8]) -> Result<Vec<String>, PictureError> {
    Ok(read_picture(bytes)?.codes.into_iter().map(|code| code.text).collect())
}

/// The first of `codes` that looks like a pass, which is one that begins with `GH1:`.
#[must_use]
pub fn first_pass(codes: &[String]) -> Option<&str> {
    codes.iter().map(String::as_str).find(|code| code.starts_with(super::OURS))
}

#[cfg(test)]
mod tests;
