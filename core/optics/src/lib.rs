//! What a camera sees and what a printer prints: pictures decoded within bounds, photos made small, codes read and
//! drawn.
//!
//! Pure as the rest of the core is, and the only part of it that counts pixels: it stands in a crate of its own so
//! that a build optimises it alone. `gatehouse-core` gives out its modules as its own.

#![forbid(unsafe_code)]

pub mod photo;
pub mod picture;
pub mod qr;
