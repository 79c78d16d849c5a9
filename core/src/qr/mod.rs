//! QR codes: drawing them ([`png`], [`svg`]), reading them from pictures ([`read_picture`]) and from a running camera
//! ([`LiveReader`]).

mod encode;
mod live;
mod read;

pub use encode::{Correction, EncodeError, modules, png, svg};
pub use live::LiveReader;
pub use read::{
    Code, Effort, Frame, Point, Reading, Turn, Why, codes_in_picture, first_pass, read_frame, read_luma,
    read_picture,
};

#[cfg(test)]
mod tests;
