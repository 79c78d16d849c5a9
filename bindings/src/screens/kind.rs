//! Which screens there are, a guard's and a member's: what both have is one.

use gatehouse_core::screens::{guard, member};

/// Which screen it is: how a shell lays it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum ScreenKind {
    /// Being opened; of a member's also that the app is not looked at, so that nothing of theirs is shown.
    Opening,
    /// The enrolment code, and whether what it says is right.
    Enrol,
    /// Who is at work, or who the member is.
    SignIn,
    /// Where the shift begins.
    Start,
    /// The camera: a guard's home.
    Camera,
    /// The server is being asked.
    Checking,
    /// The verdict, or a visitor without a code.
    Verdict,
    /// A visitor who is inside.
    Leaving,
    /// The verdict that was on the screen has changed.
    News,
    /// Why somebody is let in against DENIED.
    Reason,
    /// A photo.
    Photo,
    /// A visitor without a code.
    WalkUp,
    /// Who is expected.
    Expected,
    /// Who is inside.
    Inside,
    /// A code typed instead of scanned.
    TypeCode,
    /// What was recorded in this shift.
    History,
    /// One entry of it.
    Past,
    /// A decision of it that is put right.
    Correct,
    /// Something suspicious.
    Report,
    /// How the station or the wallet stands.
    Status,
    /// A PIN of one's own.
    SetPin,
    /// The end of the shift.
    EndShift,
    /// What stops the work.
    Stop,
    /// The app is locked.
    Locked,
    /// The organisation's code, and whether what it says is right.
    Join,
    /// The access ID: a member's home.
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
    /// Whether the member shall be signed out.
    SignOut,
}

impl From<guard::Kind> for ScreenKind {
    fn from(kind: guard::Kind) -> Self {
        use guard::Kind;
        match kind {
            Kind::Opening => Self::Opening,
            Kind::Enrol => Self::Enrol,
            Kind::SignIn => Self::SignIn,
            Kind::Start => Self::Start,
            Kind::Camera => Self::Camera,
            Kind::Checking => Self::Checking,
            Kind::Verdict => Self::Verdict,
            Kind::Leaving => Self::Leaving,
            Kind::News => Self::News,
            Kind::Reason => Self::Reason,
            Kind::Photo => Self::Photo,
            Kind::WalkUp => Self::WalkUp,
            Kind::Expected => Self::Expected,
            Kind::Inside => Self::Inside,
            Kind::TypeCode => Self::TypeCode,
            Kind::History => Self::History,
            Kind::Past => Self::Past,
            Kind::Correct => Self::Correct,
            Kind::Report => Self::Report,
            Kind::Status => Self::Status,
            Kind::SetPin => Self::SetPin,
            Kind::EndShift => Self::EndShift,
            Kind::Stop => Self::Stop,
        }
    }
}

impl From<member::Kind> for ScreenKind {
    fn from(kind: member::Kind) -> Self {
        use member::Kind;
        match kind {
            Kind::Opening => Self::Opening,
            Kind::Locked => Self::Locked,
            Kind::Join => Self::Join,
            Kind::SignIn => Self::SignIn,
            Kind::Pass => Self::Pass,
            Kind::Invalidate => Self::Invalidate,
            Kind::Invitations => Self::Invitations,
            Kind::Invite => Self::Invite,
            Kind::Days => Self::Days,
            Kind::Invitation => Self::Invitation,
            Kind::Cancel => Self::Cancel,
            Kind::Activity => Self::Activity,
            Kind::Entry => Self::Entry,
            Kind::Messages => Self::Messages,
            Kind::Message => Self::Message,
            Kind::Settings => Self::Settings,
            Kind::Stored => Self::Stored,
            Kind::Status => Self::Status,
            Kind::SignOut => Self::SignOut,
            Kind::Stop => Self::Stop,
        }
    }
}
