//! Deterministic CBOR (RFC 8949 section 4.2.1) and nothing else.
//!
//! The reader refuses on the spot whatever the writer would not have produced, so what it accepts is canonical and
//! need not be encoded again to be compared: shortest integers and lengths, definite lengths, map keys in bytewise
//! order and unique, no tags, no floats, of simple values only false, true and null, valid UTF-8, at most
//! [`MAX_DEPTH`] containers deep.

mod reader;
mod value;
mod writer;

pub use reader::{Key, MapReader, Reader};
pub use value::Value;
pub use writer::Writer;

/// Containers that may be nested, the outermost included. Each byte string decoded apart starts anew.
pub const MAX_DEPTH: u8 = 16;

/// Bytes that are not the deterministic CBOR that was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CborError {
    /// The input ended early.
    #[error("the data ends early")]
    Truncated,
    /// Bytes follow the item.
    #[error("bytes follow the data")]
    Trailing,
    /// Encoded in a way that deterministic CBOR does not allow.
    #[error("not deterministic CBOR")]
    NotDeterministic,
    /// Well-formed, but of another type or value than the format wants.
    #[error("unexpected value")]
    Unexpected,
    /// Nested too deeply.
    #[error("nested too deeply")]
    TooDeep,
}
