//! The journal: each device's numbered, hash-chained, signed record of what happened at the gate.
//!
//! The server takes every entry whose envelope, grammar and place in the chain hold, whatever its body means.
//! Personal data in a body is sealed under a key of its own that travels beside the envelope; destroying that key
//! erases the person, and the chain still verifies.

mod body;
mod certificate;
mod chain;
mod entry;
mod export;
mod sealed;

pub use body::{Actor, Body, FIRST_JUDGEMENT, Hindsight, Personal, ScanBody};
pub use certificate::{DeviceCertificate, EnrolRequest, Receipt};
pub use chain::{Chain, ChainError, Head, SignedEntry};
pub use entry::{Entry, EntryKind};
pub use export::{Export, ExportFault, Verified, verify_export, verify_export_from};
pub use sealed::{EntryKey, SealError};
