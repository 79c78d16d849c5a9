//! Who has a store's folder open: always this worker alone, since a browser opens each of the pool's files once.

use std::path::Path;

use crate::device::StoreError;

/// A hold on the folder.
#[derive(Debug)]
pub struct Lock;

impl Lock {
    /// Takes the folder for oneself.
    #[allow(clippy::unnecessary_wraps, reason = "where there are others it can fail")]
    pub const fn take(_: &Path) -> Result<Self, StoreError> {
        Ok(Self)
    }

    /// Whether nobody else has the folder open.
    #[allow(clippy::unused_self, reason = "where there are others it depends")]
    pub const fn is_alone(&self) -> bool {
        true
    }

    /// Lets others in; there are none.
    #[allow(clippy::unused_self, clippy::unnecessary_wraps, reason = "where there are others it can fail")]
    pub const fn share(&mut self) -> Result<(), StoreError> {
        Ok(())
    }
}
