use crate::{
    id::{SubjectId, TokenId},
    journal::ScanBody,
    pass::{Kind, Opened},
    time::{UnixMillis, UnixSeconds},
};

/// What counts as the same code when uses are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UseId {
    /// A member's pass: each counts by itself.
    Token(TokenId),
    /// An invitation: every pass for it counts together.
    Invitation(SubjectId),
    /// A code minted by a member's phone: each minting counts by itself.
    Proof(TokenId, UnixSeconds),
}

impl UseId {
    /// The identity of an opened pass.
    #[must_use]
    pub const fn of(opened: &Opened) -> Self {
        match (&opened.claims.kind, opened.proof_time) {
            (_, Some(time)) => Self::Proof(opened.claims.token, time),
            (Kind::Visitor { .. }, None) => Self::Invitation(opened.claims.subject),
            (Kind::Member | Kind::Device(_), None) => Self::Token(opened.claims.token),
        }
    }

    /// The identity of a scanned pass, from what the journal says of it; nothing where its content was not readable.
    #[must_use]
    pub const fn of_scan(scan: &ScanBody) -> Option<Self> {
        match (scan.kind, scan.token, scan.subject, scan.proof_time) {
            (Some(1), Some(token), _, None) => Some(Self::Token(token)),
            (Some(2), _, Some(subject), None) => Some(Self::Invitation(subject)),
            (Some(3), Some(token), _, Some(time)) => Some(Self::Proof(token, time)),
            _ => None,
        }
    }

    /// Bytes that are the same only for the same identity, for use as a key.
    #[must_use]
    pub fn to_bytes(self) -> Vec<u8> {
        match self {
            Self::Token(token) => [&[1], token.as_bytes().as_slice()].concat(),
            Self::Invitation(subject) => [&[2], subject.as_bytes().as_slice()].concat(),
            Self::Proof(token, time) => {
                [&[3], token.as_bytes().as_slice(), time.get().to_be_bytes().as_slice()].concat()
            }
        }
    }
}

/// Grants that are known for a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PastUses {
    /// How many.
    pub grants: u32,
    /// When the last one was.
    pub last: Option<UnixMillis>,
}
