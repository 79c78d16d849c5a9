//! What a guard can do, and which screens there are.

use serde::{Deserialize, Serialize};

use crate::{
    id::{EntryId, PersonId, SiteNumber, SubjectId},
    message,
    words::Id,
};

/// Which screen it is: how a shell lays it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The station is being opened.
    Opening,
    /// The enrolment code, and whether what it says is right.
    Enrol,
    /// Who is at work.
    SignIn,
    /// Where the shift begins.
    Start,
    /// The camera: home.
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
    /// A decision of this shift that is put right.
    Correct,
    /// Something suspicious.
    Report,
    /// How the station stands, and what waits.
    Status,
    /// A PIN of one's own.
    SetPin,
    /// The end of the shift.
    EndShift,
    /// What stops the work.
    Stop,
}

/// A reason that is given often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Usual {
    /// The host vouched.
    Host,
    /// The guard knows them.
    Known,
    /// A document was shown.
    Document,
    /// Police, fire, ambulance.
    Emergency,
    /// The code is wrong, not the person.
    Fault,
}

impl Usual {
    /// Every one, as they are listed.
    pub const ALL: [Self; 5] = [Self::Host, Self::Known, Self::Document, Self::Emergency, Self::Fault];

    /// Its words.
    #[must_use]
    pub const fn words(self) -> Id {
        match self {
            Self::Host => message!("why-host"),
            Self::Known => message!("why-known"),
            Self::Document => message!("why-document"),
            Self::Emergency => message!("why-emergency"),
            Self::Fault => message!("why-fault"),
        }
    }
}

/// What a guard can do. Those of a list name what they are about, so that a list that changes under a finger changes
/// nothing of what was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is said in words/en/screens.ftl")]
pub enum Action {
    Back,
    Yes,
    No,
    TypeCode,
    ScanCode,
    Check,
    SendCode,
    SendAgain,
    SignIn,
    ByCode,
    OtherGuard,
    /// This guard, of those who know the device.
    Guard(PersonId),
    Unlock,
    /// The shift begins at this site.
    StartAt(SiteNumber),
    RefreshPlace,
    Torch,
    OtherCamera,
    WalkUp,
    Expected,
    Inside,
    History,
    Status,
    EndShift,
    /// The shift ends, after it was asked whether it shall.
    EndNow,
    GoOnOffline,
    Leave,
    Deny,
    Grant,
    /// Granted against DENIED, with a reason.
    GrantAgainst,
    Report,
    PutRight,
    /// It is put right, after the reason was written.
    PutRightNow,
    Departure,
    Look,
    Reason(Usual),
    Take,
    Retake,
    Use,
    Skip,
    Register,
    /// Whoever made this invitation is visited.
    Host(SubjectId),
    /// This expected visitor arrives.
    Arrive(SubjectId),
    /// This visit is chosen.
    Visit(EntryId),
    /// This entry of the shift is opened.
    Past(EntryId),
    Muster,
    /// This visitor was found.
    Found(EntryId),
    WithPhoto,
    Send,
    Sync,
    Retry,
    Lock,
    SetPin,
    Stay,
    Settings,
    Again,
    EnrolAnew,
    GoOn,
}

impl Action {
    /// Whether it is a row of a list, and no button.
    #[must_use]
    pub const fn is_row(self) -> bool {
        matches!(
            self,
            Self::Guard(_)
                | Self::StartAt(_)
                | Self::Reason(_)
                | Self::Host(_)
                | Self::Arrive(_)
                | Self::Visit(_)
                | Self::Past(_)
                | Self::Found(_)
        )
    }

    /// What stands on its button; `on` where it ends what it began.
    pub(super) const fn label(self, on: bool) -> Id {
        match self {
            Self::Back => message!("act-back"),
            Self::Yes => message!("act-yes"),
            Self::No => message!("act-no"),
            Self::TypeCode => message!("act-type_code"),
            Self::ScanCode => message!("act-scan_code"),
            Self::Check => message!("act-check"),
            Self::SendCode => message!("act-send_code"),
            Self::SendAgain => message!("act-send_again"),
            Self::SignIn => message!("act-sign_in"),
            Self::ByCode => message!("act-by_code"),
            Self::OtherGuard | Self::Guard(_) => message!("act-other_guard"),
            Self::Unlock => message!("act-unlock"),
            Self::StartAt(_) => message!("act-start"),
            Self::RefreshPlace => message!("act-refresh_place"),
            Self::Torch if on => message!("act-torch_off"),
            Self::Torch => message!("act-torch_on"),
            Self::OtherCamera => message!("act-other_camera"),
            Self::WalkUp => message!("act-walk_up"),
            Self::Expected => message!("act-expected"),
            Self::Inside => message!("act-inside"),
            Self::History | Self::Past(_) => message!("act-history"),
            Self::Status => message!("act-status"),
            Self::EndShift | Self::EndNow => message!("act-end_shift"),
            Self::GoOnOffline => message!("act-offline"),
            Self::Leave => message!("act-leave"),
            Self::Deny => message!("act-deny"),
            Self::Grant | Self::Arrive(_) => message!("act-grant"),
            Self::GrantAgainst => message!("act-grant_hold"),
            Self::Report => message!("act-report"),
            Self::PutRight => message!("act-put_right"),
            Self::PutRightNow => message!("act-put_right_hold"),
            Self::Departure | Self::Visit(_) => message!("act-departure"),
            Self::Look => message!("act-look"),
            Self::Reason(usual) => usual.words(),
            Self::Take => message!("act-take"),
            Self::Retake => message!("act-retake"),
            Self::Use => message!("act-use"),
            Self::Skip => message!("act-skip"),
            Self::Register => message!("act-register"),
            Self::Host(_) => message!("field-host"),
            Self::Muster if on => message!("act-muster_end"),
            Self::Muster => message!("act-muster"),
            Self::Found(_) => message!("say-found"),
            Self::WithPhoto => message!("act-with_photo"),
            Self::Send => message!("act-send"),
            Self::Sync => message!("act-sync"),
            Self::Retry => message!("act-retry"),
            Self::Lock => message!("act-lock"),
            Self::SetPin => message!("act-set_pin"),
            Self::Stay => message!("act-stay"),
            Self::Settings => message!("act-settings"),
            Self::Again => message!("act-again"),
            Self::EnrolAnew => message!("act-enrol_anew"),
            Self::GoOn => message!("act-go_on"),
        }
    }
}

/// What the guard did last, as it stands beside the camera.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Did {
    /// Against DENIED, or not.
    Granted {
        against: bool,
    },
    Denied,
    Left,
}
