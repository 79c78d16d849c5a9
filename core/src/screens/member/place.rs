//! Where the member is: a base that follows from how the wallet stands, and what was opened over it. Each screen has its
//! own data, so that a screen cannot be in a state that it does not have.

use std::sync::Arc;

use super::{Kind, When, WorkId, stop::Stop};
use crate::{
    device::{JoinOffer, WalletError},
    id::MessageId,
    screens::CodeShown,
    wire::{InvitationView, MyEntry},
};

/// Why something could not be done. Shared, because an error keeps its cause and cannot be copied.
pub(super) type Trouble = Arc<WalletError>;

/// The screen beneath all others.
#[derive(Debug)]
pub(super) enum Base {
    Opening,
    Join(Join),
    SignIn(SignIn),
    Pass,
}

/// A screen over the base. `asked` is work whose answer it waits for.
#[derive(Debug)]
pub(super) enum Over {
    Join(Join),
    Invalidate(Asking),
    Invitations(Asking),
    Invite(Inviting),
    Invitation(Invited),
    Activity(Asking),
    Entry(Noticed),
    Messages(Asking),
    Message(MessageId),
    Settings(Asking),
    Stored,
    Status(Asking),
    SignOut(Asking),
    Stop(Stop),
}

/// Whether the member looks at the app, as far as the wallet has said after they came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cover {
    /// They do.
    No,
    /// They left.
    Left,
    /// They are back; this asks whether the app is locked.
    Until(WorkId),
}

/// The app is locked.
#[derive(Debug, Default)]
pub(super) struct Locked {
    /// The platform was asked by itself, once.
    pub prompted: bool,
    /// The platform cannot ask who holds the phone.
    pub cannot: bool,
    /// The member signs in again in its stead.
    pub by_code: Option<SignIn>,
    pub asked: Option<WorkId>,
    pub problem: Option<Trouble>,
}

#[derive(Debug, Default)]
pub(super) struct Join {
    pub stage: JoinStage,
    pub problem: Option<Trouble>,
}

#[derive(Debug, Default)]
pub(super) enum JoinStage {
    #[default]
    Scan,
    Type(String),
    /// The server that the code names is asked who it is.
    Look {
        code: String,
        asked: WorkId,
    },
    /// The member is asked whether that is right.
    Offer {
        code: String,
        offer: Box<JoinOffer>,
    },
    Join {
        asked: WorkId,
    },
}

#[derive(Debug, Default)]
pub(super) struct SignIn {
    pub stage: SignInStage,
    pub asked: Option<WorkId>,
    pub problem: Option<Trouble>,
}

#[derive(Debug)]
pub(super) enum SignInStage {
    Address(String),
    Digits { email: String, text: String, sent_ms: u64, resend_ms: u64 },
}

impl Default for SignInStage {
    fn default() -> Self {
        Self::Address(String::new())
    }
}

/// A screen that holds nothing of its own but what it waits for.
#[derive(Debug, Default)]
pub(super) struct Asking {
    pub asked: Option<WorkId>,
    pub problem: Option<Trouble>,
}

/// A new invitation.
#[derive(Debug, Default)]
pub(super) struct Inviting {
    pub name: String,
    pub note: String,
    pub when: Option<Chosen>,
    /// The days are being chosen.
    pub picking: Option<Picking>,
    pub asked: Option<WorkId>,
    pub problem: Option<Trouble>,
}

/// When the visitor comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chosen {
    Usual(When),
    /// From this day to that, both counted from the first of 1970.
    Days(u32, u32),
}

/// The days that were chosen so far.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Picking {
    pub first: Option<u32>,
}

/// One invitation.
#[derive(Debug)]
pub(super) struct Invited {
    pub view: InvitationView,
    pub code: Option<Box<CodeShown>>,
    /// Its code is being asked for.
    pub loading: Option<WorkId>,
    /// The member is asked whether it shall be cancelled.
    pub cancelling: bool,
    pub asked: Option<WorkId>,
    pub problem: Option<Trouble>,
}

/// One use of a code.
#[derive(Debug)]
pub(super) struct Noticed {
    pub entry: MyEntry,
    pub asked: Option<WorkId>,
    pub problem: Option<Trouble>,
}

impl Base {
    pub(super) const fn kind(&self) -> Kind {
        match self {
            Self::Opening => Kind::Opening,
            Self::Join(_) => Kind::Join,
            Self::SignIn(_) => Kind::SignIn,
            Self::Pass => Kind::Pass,
        }
    }

    /// Which of its screens it is.
    pub(super) const fn stage(&self) -> u8 {
        match self {
            Self::Join(join) => join.number(),
            Self::SignIn(sign_in) => sign_in.number(),
            Self::Opening | Self::Pass => 0,
        }
    }
}

impl Locked {
    pub(super) fn stage(&self) -> u8 {
        self.by_code.as_ref().map_or(0, |sign_in| 1 + sign_in.number())
    }
}

impl SignIn {
    pub(super) const fn number(&self) -> u8 {
        match self.stage {
            SignInStage::Address(_) => 0,
            SignInStage::Digits { .. } => 1,
        }
    }
}

impl Join {
    pub(super) const fn number(&self) -> u8 {
        match self.stage {
            JoinStage::Scan => 0,
            JoinStage::Type(_) => 1,
            JoinStage::Look { .. } => 2,
            JoinStage::Offer { .. } => 3,
            JoinStage::Join { .. } => 4,
        }
    }

    pub(super) const fn asked(&self) -> Option<WorkId> {
        match self.stage {
            JoinStage::Look { asked, .. } | JoinStage::Join { asked } => Some(asked),
            JoinStage::Scan | JoinStage::Type(_) | JoinStage::Offer { .. } => None,
        }
    }
}

impl Over {
    pub(super) const fn kind(&self) -> Kind {
        match self {
            Self::Join(_) => Kind::Join,
            Self::Invalidate(_) => Kind::Invalidate,
            Self::Invitations(_) => Kind::Invitations,
            Self::Invite(Inviting { picking: Some(_), .. }) => Kind::Days,
            Self::Invite(_) => Kind::Invite,
            Self::Invitation(Invited { cancelling: true, .. }) => Kind::Cancel,
            Self::Invitation(_) => Kind::Invitation,
            Self::Activity(_) => Kind::Activity,
            Self::Entry(_) => Kind::Entry,
            Self::Messages(_) => Kind::Messages,
            Self::Message(_) => Kind::Message,
            Self::Settings(_) => Kind::Settings,
            Self::Stored => Kind::Stored,
            Self::Status(_) => Kind::Status,
            Self::SignOut(_) => Kind::SignOut,
            Self::Stop(_) => Kind::Stop,
        }
    }

    pub(super) const fn stage(&self) -> u8 {
        match self {
            Self::Join(join) => join.number(),
            Self::Invite(Inviting { picking: Some(Picking { first: Some(_) }), .. }) => 1,
            _ => 0,
        }
    }

    /// Work of whose answer it depends whether the screen goes on: nothing else can be done on it meanwhile.
    pub(super) const fn asked(&self) -> Option<WorkId> {
        match self {
            Self::Invalidate(asking)
            | Self::Invitations(asking)
            | Self::Activity(asking)
            | Self::Messages(asking)
            | Self::Settings(asking)
            | Self::Status(asking)
            | Self::SignOut(asking) => asking.asked,
            Self::Invite(Inviting { asked, .. })
            | Self::Invitation(Invited { asked, .. })
            | Self::Entry(Noticed { asked, .. }) => *asked,
            Self::Join(join) => join.asked(),
            Self::Message(_) | Self::Stored | Self::Stop(_) => None,
        }
    }

    /// Where that is written down, and what went wrong.
    pub(super) const fn waits(&mut self) -> Option<(&mut Option<WorkId>, &mut Option<Trouble>)> {
        match self {
            Self::Invalidate(Asking { asked, problem })
            | Self::Invitations(Asking { asked, problem })
            | Self::Activity(Asking { asked, problem })
            | Self::Messages(Asking { asked, problem })
            | Self::Settings(Asking { asked, problem })
            | Self::Status(Asking { asked, problem })
            | Self::SignOut(Asking { asked, problem })
            | Self::Invite(Inviting { asked, problem, .. })
            | Self::Invitation(Invited { asked, problem, .. })
            | Self::Entry(Noticed { asked, problem, .. }) => Some((asked, problem)),
            Self::Join(_) | Self::Message(_) | Self::Stored | Self::Stop(_) => None,
        }
    }
}
