//! What kind of pass something is, without what only that kind has.

use super::Kind;

/// Whose code it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PassKind {
    /// A member's short-lived access ID.
    Member,
    /// A visitor's invitation.
    Visitor,
    /// A certificate for a member's phone, or a code that the phone minted with it.
    Device,
}

impl PassKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Member, Self::Visitor, Self::Device];

    /// The word in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Visitor => "visitor",
            Self::Device => "device",
        }
    }

    /// The number in claims and in journal entries.
    #[must_use]
    pub const fn number(self) -> u64 {
        match self {
            Self::Member => 1,
            Self::Visitor => 2,
            Self::Device => 3,
        }
    }

    /// The kind with this number.
    #[must_use]
    pub fn from_number(number: u64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }
}

impl From<&Kind> for PassKind {
    fn from(kind: &Kind) -> Self {
        match kind {
            Kind::Member => Self::Member,
            Kind::Visitor { .. } => Self::Visitor,
            Kind::Device(_) => Self::Device,
        }
    }
}
