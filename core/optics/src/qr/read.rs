//! Reading QR codes from pictures and camera frames.
//!
//! A picture is looked at in several ways ([`looks`]): at sizes of its own and smaller, sharpened, parted into dark and
//! light by one rule or another. Each look finds finder patterns, joins them in threes, lays a grid over each three and
//! decodes what lies in it, until a code of ours was read. All of it is bounded by counts, none of it by a clock.

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
mod look;
mod modules;
mod outline;
mod patterns;
mod plane;
mod reed_solomon;
mod regions;
mod sight;
mod triple;
mod version;
mod why;

pub use frame::{Frame, Turn};
pub use plane::Point;
pub use why::Why;

pub(in crate::qr) use attempt::read;
pub(in crate::qr) use sight::{Partial, join};

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
