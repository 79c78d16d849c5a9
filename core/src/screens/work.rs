//! By what work that was asked for is known.

/// By this the answer to work is known. No two pieces of work of a process have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WorkId(pub u64);
