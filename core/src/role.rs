//! Roles within an organisation. A higher level may do whatever a lower one may.

use std::{fmt, str::FromStr};

use crate::id::InvalidId;

/// What a person is in an organisation, by rising level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// A resident or one of the staff, showing an access ID.
    Member,
    /// Scans and decides at a gate.
    Guard,
    /// Works with the dashboard.
    Admin,
    /// Answers for the organisation.
    Owner,
}

impl Role {
    /// Every role, the lowest first.
    pub const ALL: [Self; 4] = [Self::Member, Self::Guard, Self::Admin, Self::Owner];

    /// The level: 1 to 4.
    #[must_use]
    pub const fn level(self) -> u8 {
        match self {
            Self::Member => 1,
            Self::Guard => 2,
            Self::Admin => 3,
            Self::Owner => 4,
        }
    }

    /// The stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Guard => "guard",
            Self::Admin => "admin",
            Self::Owner => "owner",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Role {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let found = Self::ALL.into_iter().find(|role| role.word() == text);
        found.ok_or(InvalidId("role (owner, admin, guard or member)"))
    }
}
