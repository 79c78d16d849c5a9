//! Lines that come from a keyboard, or from a scanner that acts as one: what a scanner adds around a code, what of it
//! could be a code at all, what a guard types, and what went wrong on the way.
//!
//! Whatever comes over the channel that codes come over is data. It decides nothing: see [`Question`].

mod line;
mod misread;
mod question;

pub use line::{Command, Line, could_be_code, unframed};
pub use misread::Misread;
pub use question::{Answer, Question, WORD_LENGTH, Word};
