//! How many files the process may have open, connections included.

use rlimit::{Resource, increase_nofile_limit};

/// What is taken where the system does not say.
const USUAL: u64 = 1024;

/// Raises the limit as far as the process itself may.
pub fn raise_limit() {
    // Where it stays as it is, there is a place for fewer connections.
    if let Err(error) = increase_nofile_limit(u64::MAX) {
        tracing::warn!(%error, "the limit of open files stays as it is");
    }
}

/// How many files may be open now.
pub fn limit() -> u64 {
    Resource::NOFILE.get_soft().unwrap_or(USUAL)
}
