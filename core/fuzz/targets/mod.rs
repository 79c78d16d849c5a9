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
mod phone_key;
mod picture;
mod storage;
mod text;

pub use examples::{base_pack, deltas, examples};
pub use keyring::{DEVICE, keys};
pub use storage::storage_parts;

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
    ("gif", picture::file),
    ("keys", pack::keys),
    ("member_code", text::member_code),
    ("name", text::name),
    ("pack", pack::pack),
    ("pack_content", pack::content),
    ("pass", pass::pass),
    ("phone_key", phone_key::phone_key),
    ("photo", picture::photo),
    ("picture", picture::picture),
    ("proof", pass::proof),
    ("sealed", journal::sealed),
    ("storage", storage::storage),
    ("webp", picture::file),
    ("wire", http::wire),
];
