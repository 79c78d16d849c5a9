//! What comes out: work for the wallet, and what the platform does.

use serde::Serialize;

use super::inviting::window;
use crate::{
    device::{
        CodeSent, Invalidated, JoinOffer, Joined, LockAfter, MemberSignedIn, OwnInvitations, OwnMessages,
        RecentEntries, SignedOut, WalletCode, WalletStatus,
    },
    id::{MessageId, SubjectId},
    phrase,
    screens::{CameraUse, CodeShown, Moment, Tone, WorkId},
    time::UnixSeconds,
    wire::{InvitationAnswer, InvitationRequest, InvitationView},
    words::Language,
};

/// What is to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Work for the wallet; what comes of it comes back as [`super::Input::Done`] with this id.
    Work(WorkId, Work),
    /// The work is left where it is. If it is done all the same, its answer counts no more.
    Drop(WorkId),
    /// Something is heard and felt.
    Play(Tone),
    /// The camera runs for this, or not at all.
    Camera(Option<CameraUse>),
    /// Whether the screen stays on.
    KeepAwake(bool),
    /// Whether the screen is as bright as it can be, so that a gate reads the code on it.
    Brightness(bool),
    /// The platform asks whoever holds the phone to prove that it is theirs, by face, finger or the phone's own code;
    /// what came of it comes back as [`super::Input::Unlocked`].
    Unlock,
    /// An invitation is handed to the system's sheet for sharing. [`Sharing::said`] has its words.
    Share(Box<Sharing>),
    /// The system's settings for this app.
    OpenSettings,
    /// The wallet is closed and opened again, and its status asked for.
    Reopen,
}

/// An invitation to be handed on, before it is put into words.
#[derive(Debug, Clone, PartialEq)]
pub struct Sharing {
    /// The visitor.
    pub name: String,
    /// The organisation's name.
    pub organisation: String,
    /// What people call the invitation.
    pub reference: String,
    /// From when on.
    pub from: UnixSeconds,
    /// Until when.
    pub until: UnixSeconds,
    /// Its code.
    pub code: CodeShown,
    /// When it was shared.
    pub at: Moment,
}

/// What the system's sheet for sharing is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Share {
    /// A title.
    pub title: String,
    /// A text, to stand beside the code.
    pub text: String,
    /// A link to the invitation, where there is one.
    pub url: Option<String>,
    /// The code, to go along as a picture.
    pub code: CodeShown,
}

impl Sharing {
    /// In words of this language.
    #[must_use]
    pub fn said(&self, language: Language) -> Share {
        let title = phrase!("share-title", organisation = &self.organisation);
        let text = phrase!(
            "share-text",
            name = &self.name,
            organisation = &self.organisation,
            window = window(&self.at, self.from, self.until),
            reference = &self.reference,
        );
        Share { title: language.say(&title), text: language.say(&text), url: None, code: self.code.clone() }
    }
}

/// Work for the wallet. Each is one call of `MemberWallet` or its sister that asks through a line; how long each may
/// take, `MemberWallet::carry` says.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "arguments of the calls that each is named after")]
pub enum Work {
    Status,
    LookAtCode {
        code: String,
    },
    Join {
        code: String,
    },
    RequestCode {
        email: String,
    },
    SignIn {
        email: String,
        code: String,
    },
    SignOut,
    /// The member unlocked the app, or is looking at one that was not locked.
    Unlocked,
    /// The member left the app.
    Left,
    SetLock {
        after: LockAfter,
    },
    Code,
    FreshCode,
    OfflineCode,
    RenewCertificate,
    Invalidate,
    Recent,
    Messages,
    ReadMessage {
        id: MessageId,
    },
    Invite(InvitationRequest),
    Invitations,
    InvitationCode {
        id: SubjectId,
    },
    Cancel {
        id: SubjectId,
    },
}

/// What came of work.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "results of the calls that each is named after")]
pub enum Answer {
    Status(Box<WalletStatus>),
    Offer(JoinOffer),
    Joined(Joined),
    CodeSent(CodeSent),
    SignedIn(MemberSignedIn),
    SignedOut(SignedOut),
    Code(Box<WalletCode>),
    /// Until when codes can be made without a network.
    Certified(UnixSeconds),
    Invalidated(Invalidated),
    Recent(RecentEntries),
    Messages(OwnMessages),
    /// An invitation that was made, or its code.
    Invited(Box<InvitationAnswer>),
    Invitations(OwnInvitations),
    Cancelled(Box<InvitationView>),
    /// It is done, and there is nothing else to say.
    Done,
}
