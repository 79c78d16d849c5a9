//! QR codes: drawing them ([`png`], [`svg`]), reading them from pictures ([`read_picture`]) and from a running camera
//! ([`LiveReader`]).

mod encode;
mod live;
mod read;

pub use encode::{Correction, EncodeError, modules, png, svg};
pub use live::LiveReader;
pub use read::{
    Code, Effort, Frame, Point, Reading, Turn, Why, codes_in_picture, first_pass, read_frame, read_luma,
    read_picture, read_shown,
};

/// What each of our own codes begins with (FORMATS, "Codes"): the reader prefers them to others in one picture.
pub const OURS: &str = "GH1:";

#[cfg(test)]
mod tests;
