//! QR codes: drawing them ([`png`], [`svg`]) and reading them from pictures ([`codes_in_picture`], [`codes_in_frame`]).

mod canvas;
mod decode;
mod encode;
mod find;
mod threshold;

pub use decode::{codes_in_frame, codes_in_luma, codes_in_picture, first_pass};
pub use encode::{Correction, EncodeError, modules, png, svg};
