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

/// What an erasure did.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Erased {
    /// Entries whose personal data is gone.
    pub entries: u64,
    /// Photos that are gone.
    pub photos: u64,
    /// Entries that the server does not have yet: theirs goes as soon as they are sent.
    pub waiting: u64,
    /// Files beside the database that hold older copies, for the shell to delete: a backup, a damaged database.
    pub files_set_aside: Vec<String>,
}

impl From<device::Erased> for Erased {
    fn from(erased: device::Erased) -> Self {
        Self {
            entries: erased.entries,
            photos: erased.photos,
            waiting: erased.waiting,
            files_set_aside: erased.files_set_aside,
        }
    }
}
