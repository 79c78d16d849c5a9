//! The guard station and what it keeps.
