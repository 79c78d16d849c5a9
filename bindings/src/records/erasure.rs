//! Whose personal data is to go.

use gatehouse_core::{device, id::InvalidId};

/// Whose personal data is to go.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum Erase {
    /// Everything about a member or invitation.
    Subject {
        /// Its id.
        subject: String,
    },
    /// Everything about these scans and walk-ups: a walk-up names no subject.
    Events {
        /// Their ids.
        events: Vec<String>,
    },
}

impl TryFrom<Erase> for device::Erase {
    type Error = InvalidId;

    fn try_from(erase: Erase) -> Result<Self, InvalidId> {
        Ok(match erase {
            Erase::Subject { subject } => Self::Subject(subject.parse()?),
            Erase::Events { events } => {
                Self::Events(events.iter().map(|event| event.parse()).collect::<Result<_, _>>()?)
            }
        })
    }
}
