//! Uses of a code: what counts as the same code, and how often it may be used.

use super::{Code, Outcome};
use crate::{
    id::{SubjectId, TokenId},
    journal::ScanBody,
    pass::{Kind, Opened, PassKind},
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
            (Some(PassKind::Member), Some(token), _, None) => Some(Self::Token(token)),
            (Some(PassKind::Visitor), _, Some(subject), None) => Some(Self::Invitation(subject)),
            (Some(PassKind::Device), Some(token), _, Some(time)) => Some(Self::Proof(token, time)),
            _ => None,
        }
    }

    /// Bytes that are the same only for the same identity, for use as a key: what it is the identity of, then that.
    #[must_use]
    pub fn to_bytes(self) -> Vec<u8> {
        match self {
            Self::Token(token) => [&[TOKEN], token.as_bytes().as_slice()].concat(),
            Self::Invitation(subject) => [&[INVITATION_USE], subject.as_bytes().as_slice()].concat(),
            Self::Proof(token, time) => {
                [&[PROOF], token.as_bytes().as_slice(), time.get().to_be_bytes().as_slice()].concat()
            }
        }
    }

    /// The identity with these bytes; nothing where [`Self::to_bytes`] makes no such bytes.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (of, rest) = bytes.split_first()?;
        match *of {
            TOKEN => rest.try_into().ok().map(Self::Token),
            INVITATION_USE => rest.try_into().ok().map(Self::Invitation),
            PROOF => {
                let (token, time) = rest.split_last_chunk::<8>()?;
                Some(Self::Proof(token.try_into().ok()?, UnixSeconds::new(u64::from_be_bytes(*time))?))
            }
            _ => None,
        }
    }

    /// The pass that is used, where each counts by itself.
    #[must_use]
    pub const fn token(self) -> Option<TokenId> {
        match self {
            Self::Token(token) | Self::Proof(token, _) => Some(token),
            Self::Invitation(_) => None,
        }
    }
}

const TOKEN: u8 = 1;
const PROOF: u8 = 3;
/// What the bytes of an invitation's identity begin with; its id follows. For databases that put them together.
pub const INVITATION_USE: u8 = 2;

/// Grants that are known for a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PastUses {
    /// How many.
    pub grants: u32,
    /// When the last one was.
    pub last: Option<UnixMillis>,
}

/// How often a code may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UseLimit {
    /// An invitation runs out, if it is limited at all.
    Invitation(Option<u32>),
    /// A member's code is for once: seen again it is suspicious.
    Member,
}

impl UseLimit {
    /// The limit of a pass.
    #[must_use]
    pub const fn of(kind: &Kind) -> Self {
        match kind {
            Kind::Visitor { max_uses } => Self::Invitation(*max_uses),
            Kind::Member | Kind::Device(_) => Self::Member,
        }
    }

    /// The most uses before [`Self::objection`] is made.
    #[must_use]
    pub const fn most(self) -> Option<u32> {
        match self {
            Self::Invitation(most) => most,
            Self::Member => Some(1),
        }
    }

    /// What stands against a use beyond the limit.
    #[must_use]
    pub const fn objection(self) -> Outcome {
        match self {
            Self::Invitation(_) => Outcome::Denies(Code::UsedUp),
            Self::Member => Outcome::Cautions(Code::AlreadyUsed),
        }
    }

    /// What the check on uses finds after these.
    #[must_use]
    pub fn judge(self, past: PastUses) -> Outcome {
        if self.most().is_some_and(|most| past.grants >= most) { self.objection() } else { Outcome::Passed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_is_read_from_its_bytes() {
        let token = TokenId([7; 16]);
        let time = UnixSeconds::EPOCH.plus(1_800_000_000);
        for id in [UseId::Token(token), UseId::Invitation(SubjectId([9; 16])), UseId::Proof(token, time)] {
            assert_eq!(UseId::from_bytes(&id.to_bytes()), Some(id));
        }
        assert_eq!(UseId::Invitation(SubjectId([9; 16])).to_bytes().first(), Some(&INVITATION_USE));
        // What stands for a text that is no code of ours, and what is cut.
        assert_eq!(UseId::from_bytes(&[&[0][..], &[7; 32]].concat()), None);
        assert_eq!(UseId::from_bytes(&[PROOF, 7, 7]), None);
        assert_eq!(UseId::from_bytes(&[]), None);
    }

    #[test]
    fn an_invitation_runs_out_and_a_member_is_asked_about() {
        let after = |limit: UseLimit, grants| limit.judge(PastUses { grants, last: None });
        assert_eq!(after(UseLimit::Invitation(Some(2)), 1), Outcome::Passed);
        assert_eq!(after(UseLimit::Invitation(Some(2)), 2), Outcome::Denies(Code::UsedUp));
        assert_eq!(after(UseLimit::Invitation(None), 1000), Outcome::Passed);
        assert_eq!(after(UseLimit::Member, 0), Outcome::Passed);
        assert_eq!(after(UseLimit::Member, 1), Outcome::Cautions(Code::AlreadyUsed));
    }
}
