//! What a member can do, and which screens there are.

use serde::{Deserialize, Serialize};

use crate::{
    device::LockAfter,
    id::{EntryId, MessageId, SubjectId},
    message,
    words::Id,
};

/// Which screen it is: how a shell lays it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The wallet is being opened, or the app is not looked at: nothing of the member's is shown.
    Opening,
    /// The app is locked.
    Locked,
    /// The organisation's code, and whether what it says is right.
    Join,
    /// Who the member is.
    SignIn,
    /// The access ID: home.
    Pass,
    /// Whether every earlier code shall fail.
    Invalidate,
    /// The member's own invitations.
    Invitations,
    /// A new invitation.
    Invite,
    /// The days of a new invitation.
    Days,
    /// One invitation, with its code.
    Invitation,
    /// Whether an invitation shall be cancelled.
    Cancel,
    /// Where and when the member's codes were used.
    Activity,
    /// One use of a code.
    Entry,
    /// Messages to the member.
    Messages,
    /// One message.
    Message,
    /// The app's settings.
    Settings,
    /// What this phone keeps of the member.
    Stored,
    /// How the wallet stands.
    Status,
    /// Whether the member shall be signed out.
    SignOut,
    /// What stops the work.
    Stop,
}

/// When a visitor usually comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// Today.
    Today,
    /// Tomorrow.
    Tomorrow,
    /// Saturday and Sunday, or what is left of them.
    Weekend,
}

impl When {
    /// Every one, as they are listed.
    pub const ALL: [Self; 3] = [Self::Today, Self::Tomorrow, Self::Weekend];

    /// Its words.
    #[must_use]
    pub const fn words(self) -> Id {
        match self {
            Self::Today => message!("when-today"),
            Self::Tomorrow => message!("when-tomorrow"),
            Self::Weekend => message!("when-weekend"),
        }
    }
}

/// What a member can do. Those of a list name what they are about, so that a list that changes under a finger changes
/// nothing of what was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is said in words/en/screens.ftl and member.ftl")]
pub enum Action {
    Back,
    Yes,
    No,
    TypeCode,
    ScanCode,
    Check,
    /// The code of an organisation, another or the same at another address.
    JoinAnew,
    SendCode,
    SendAgain,
    SignIn,
    ByCode,
    /// The platform is asked who is there.
    Unlock,
    Refresh,
    Invalidate,
    /// Every earlier code fails, after it was asked whether it shall.
    InvalidateNow,
    Stay,
    Invitations,
    Invite,
    /// The visitor comes then.
    When(When),
    /// The days are chosen one by one.
    Days,
    /// This day, counted from the first of 1970: the first, then the last.
    Day(u32),
    Create,
    /// This invitation is looked at.
    Invitation(SubjectId),
    Share,
    Cancel,
    /// The invitation is cancelled, after it was asked whether it shall be.
    CancelNow,
    InviteAgain,
    Activity,
    /// This use of a code is looked at.
    Entry(EntryId),
    NotMe,
    Messages,
    /// This message is looked at.
    Message(MessageId),
    /// The same, from the access ID.
    Read(MessageId),
    /// The app's own settings.
    Settings,
    LockAfter(LockAfter),
    Stored,
    Status,
    Prepare,
    SignOut,
    /// The member is signed out, after it was asked whether they shall be.
    SignOutNow,
    /// The system's settings.
    OpenSettings,
    Again,
    GoOn,
}

impl Action {
    /// Whether it is a row of a list, and no button.
    #[must_use]
    pub const fn is_row(self) -> bool {
        matches!(
            self,
            Self::When(_)
                | Self::Days
                | Self::Day(_)
                | Self::Invitation(_)
                | Self::Entry(_)
                | Self::Message(_)
                | Self::LockAfter(_)
        )
    }

    /// What stands on its button.
    pub(super) const fn label(self) -> Id {
        match self {
            Self::Back => message!("act-back"),
            Self::Yes => message!("act-yes"),
            Self::No => message!("act-no"),
            Self::TypeCode => message!("act-type_code"),
            Self::ScanCode => message!("act-scan_code"),
            Self::Check => message!("act-check"),
            Self::JoinAnew => message!("act-join_anew"),
            Self::SendCode => message!("act-send_code"),
            Self::SendAgain => message!("act-send_again"),
            Self::SignIn => message!("act-sign_in"),
            Self::ByCode => message!("act-by_code"),
            Self::Unlock => message!("act-unlock"),
            Self::Refresh => message!("act-refresh"),
            Self::Invalidate => message!("act-invalidate"),
            Self::InvalidateNow => message!("act-invalidate_now"),
            Self::Stay => message!("act-keep"),
            Self::Invitations | Self::Invitation(_) => message!("act-invitations"),
            Self::Invite => message!("act-invite"),
            Self::When(when) => when.words(),
            Self::Days | Self::Day(_) => message!("when-days"),
            Self::Create => message!("act-create"),
            Self::Share => message!("act-share"),
            Self::Cancel => message!("act-cancel"),
            Self::CancelNow => message!("act-cancel_now"),
            Self::InviteAgain => message!("act-invite_again"),
            Self::Activity | Self::Entry(_) => message!("act-activity"),
            Self::NotMe => message!("act-not_me"),
            Self::Messages | Self::Message(_) => message!("act-messages"),
            Self::Read(_) => message!("act-read_message"),
            Self::Settings | Self::LockAfter(_) => message!("act-my_settings"),
            Self::Stored => message!("act-stored"),
            Self::Status => message!("act-status"),
            Self::Prepare => message!("act-prepare"),
            Self::SignOut | Self::SignOutNow => message!("act-sign_out"),
            Self::OpenSettings => message!("act-settings"),
            Self::Again => message!("act-again"),
            Self::GoOn => message!("act-go_on"),
        }
    }
}
