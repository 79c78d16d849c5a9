//! Gatehouse's rules, shared by the phones, the station and the server.
//!
//! The domain modules take time, keys and randomness as arguments and do no I/O. Only `device` (behind the feature
//! of that name) touches disk and network. `ARCHITECTURE.md` beside this crate shows how the parts fit;
//! `FORMATS.md` specifies every byte that crosses a border.

#![forbid(unsafe_code)]

pub mod access;
pub mod address;
pub mod base45;
pub mod cbor;
pub mod decision;
pub mod envelope;
pub mod fold;
pub mod gatepack;
pub mod hex;
pub mod id;
pub mod journal;
pub mod keys;
pub mod messages;
pub mod name;
pub mod network;
pub mod pass;
pub mod place;
pub mod print;
pub mod role;
pub mod shift;
pub mod time;
pub mod typed;
pub mod visit;
pub mod wire;
pub mod words;

#[cfg(feature = "device")]
pub mod device;
#[cfg(feature = "device")]
pub mod screens;

pub use gatehouse_optics::{photo, picture, qr};
