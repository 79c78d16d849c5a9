//! QR codes: drawing them ([`png`], [`svg`]) and reading them from pictures ([`codes_in_picture`]) and from a running camera
//! ([`LiveReader`]).

mod canvas;
mod decode;
mod encode;
mod find;
mod live;
mod threshold;

pub use decode::{codes_in_luma, codes_in_picture, first_pass};
pub use encode::{Correction, EncodeError, modules, png, svg};
pub use live::LiveReader;
