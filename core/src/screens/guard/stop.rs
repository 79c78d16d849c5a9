//! What stops the work.

use std::sync::Arc;

use super::{CameraTrouble, place::Trouble};
use crate::device::{Salvaged, StationError, StoreError};

/// What stops the work.
#[derive(Debug, Clone)]
pub(super) enum Stop {
    ShiftOver,
    Revoked,
    EnrolAnew,
    StorageFull(Trouble),
    Damaged(Trouble),
    Salvaged(Box<Salvaged>),
    Camera(CameraTrouble),
    Newer(Trouble),
    Elsewhere(Trouble),
    Failed(Trouble),
}

impl Stop {
    /// What an error stops altogether; nothing where only what was asked for failed.
    pub(super) fn of(trouble: &Trouble) -> Option<Self> {
        let trouble = Arc::clone(trouble);
        Some(match *trouble {
            StationError::Store(StoreError::Full) => Self::StorageFull(trouble),
            StationError::Store(StoreError::Damaged) => Self::Damaged(trouble),
            StationError::Store(StoreError::InUse) => Self::Elsewhere(trouble),
            StationError::Store(StoreError::Newer { .. }) => Self::Newer(trouble),
            StationError::Forked => Self::EnrolAnew,
            StationError::Store(_)
            | StationError::JournalKeyLost
            | StationError::Secrets(_)
            | StationError::Time(_)
            | StationError::Random(_) => Self::Failed(trouble),
            _ => return None,
        })
    }

    /// Whether both are the same as far as a guard who was told of one needs not be told of the other.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}
