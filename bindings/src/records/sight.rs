//! What a frame of the camera shows.

use gatehouse_core::{device, qr, words};

use super::ScanResult;
use crate::words::say;

/// What came of a frame of the running camera.
#[derive(Debug, Clone, uniffi::Record)]
pub struct Sight {
    /// The code that was decided, if any.
    pub scan: Option<ScanResult>,
    /// For each code that was read its four corners, for the viewfinder: upper left, upper right, lower right, lower
    /// left as the code is drawn.
    pub outlines: Vec<Vec<Corner>>,
    /// What helps where none was read.
    pub advice: Option<Advice>,
}

/// A place in a frame, in pixels to the right and downwards.
#[derive(Debug, Clone, Copy, PartialEq, uniffi::Record)]
pub struct Corner {
    /// To the right.
    pub x: f32,
    /// Downwards.
    pub y: f32,
}

impl From<qr::Point> for Corner {
    fn from(qr::Point { x, y }: qr::Point) -> Self {
        Self { x, y }
    }
}

/// Why no code was read.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Advice {
    /// A stable word: `nothing_there`, `too_dark`, `glare`, `too_small`, `blurred`, `unreadable`.
    pub code: String,
    /// What is wrong and what helps, in the language of the app.
    pub words: String,
}

impl From<device::Sight> for Sight {
    fn from(sight: device::Sight) -> Self {
        Self {
            scan: sight.scan.map(ScanResult::from),
            outlines: sight.outlines.into_iter().map(|corners| corners.map(Corner::from).to_vec()).collect(),
            advice: sight
                .why
                .map(|why| Advice { code: why.code().to_owned(), words: say(&words::sight(why).into()) }),
        }
    }
}
