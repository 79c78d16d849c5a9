//! One function for each thing that comes from outside. Each takes any bytes and panics where a law is broken: what is
//! read is the only spelling of what was understood, nothing changed verifies, nothing grows beyond its bound.
//!
//! The same functions are run by `cargo test` on mutated examples and by `cargo fuzz`.

mod examples;
mod http;
mod journal;
mod keyring;
mod pack;
mod pass;
mod picture;
mod text;

pub use examples::{base_pack, deltas, examples};
pub use keyring::{DEVICE, keys};

/// A name, and what is done with the bytes.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: &[Target] = &[
    ("answer", http::answer),
    ("base45", text::base45),
    ("cbor", text::cbor),
    ("certificate", journal::certificate),
    ("enrolment_code", text::enrolment_code),
    ("entry", journal::entry),
    ("envelope", pass::envelope),
    ("export", journal::export),
    ("frame", picture::frame),
    ("keys", pack::keys),
    ("name", text::name),
    ("pack", pack::pack),
    ("pack_content", pack::content),
    ("pass", pass::pass),
    ("photo", picture::photo),
    ("picture", picture::picture),
    ("proof", pass::proof),
    ("sealed", journal::sealed),
    ("wire", http::wire),
];
