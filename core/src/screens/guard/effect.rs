//! What comes out: work for the station, and what the platform does.

use crate::{
    device::{
        Decided, Enrolled, EnrolmentOffer, GuardHere, PastEvent, Retried, ScanResult, Seen, ShiftCounts,
        ShiftState, SignedIn, SiteHere, StationStatus, StuckEntry, SyncReport, TurnedAway, Visit, WalkUp,
    },
    gatepack::{ExpectedVisit, expected::Host},
    id::{EntryId, PersonId, SiteNumber, SubjectId},
    place::Fix,
    screens::{CameraUse, PhotoNumber, Tone, WorkId},
    time::UnixMillis,
};

/// What is to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Work for the station; what comes of it comes back as [`super::Input::Done`] with this id.
    Work(WorkId, Work),
    /// The work's question to the server is given up at once, as at its deadline, and the work goes on without an
    /// answer. Work that asks nothing is not touched.
    GiveUp(WorkId),
    /// The work is left where it is. If it is done all the same, its answer still comes.
    Drop(WorkId),
    /// Something is heard and felt.
    Play(Tone),
    /// The camera runs for this, or not at all.
    Camera(Option<CameraUse>),
    /// The camera's light.
    Torch(bool),
    /// The next camera, if there are several.
    NextCamera,
    /// A photo of what the camera shows.
    TakePhoto,
    /// The bytes of this photo are not needed any more.
    ForgetPhoto(PhotoNumber),
    /// Whether the phone watches where it is.
    WatchPlace(bool),
    /// A fresh fix, now.
    AskForFix,
    /// Whether the screen stays on.
    KeepAwake(bool),
    /// The system's settings for this app.
    OpenSettings,
    /// The station is closed and opened again, and its status asked for.
    Reopen,
}

/// Work for the station. Each is one call of `GuardStation` or its sister that asks through a line.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "arguments of the calls that each is named after")]
pub enum Work {
    Status,
    Sites,
    Guards,
    LookAtCode {
        code: String,
    },
    Enrol {
        code: String,
    },
    RequestCode {
        email: String,
    },
    SignIn {
        email: String,
        code: String,
    },
    Unlock {
        person: PersonId,
        pin: String,
    },
    SetPin {
        pin: String,
    },
    Lock,
    StartShift {
        site: SiteNumber,
        fix: Option<Fix>,
    },
    EndShift {
        fix: Option<Fix>,
    },
    EndOverdueShift,
    Undecided,
    /// The codes that a frame showed, of which the station chooses: nothing comes of it while one that was decided a
    /// moment ago is still in sight, as with `GuardStation::see`.
    ScanSeen {
        codes: Vec<String>,
        fix: Option<Fix>,
    },
    /// A text that was typed or that a scanner sent.
    Scan {
        code: String,
        fix: Option<Fix>,
    },
    Look {
        event: EntryId,
    },
    Decide {
        seen: Seen,
        granted: bool,
        reason: Option<String>,
        photo: Option<PhotoNumber>,
        fix: Option<Fix>,
    },
    Correct {
        event: EntryId,
        granted: bool,
        reason: String,
        fix: Option<Fix>,
    },
    Abandon {
        event: EntryId,
    },
    Depart {
        stay: EntryId,
        fix: Option<Fix>,
    },
    WalkUp {
        visitor: WalkUp,
        fix: Option<Fix>,
    },
    /// Whom a visitor may say they visit.
    Hosts {
        query: String,
    },
    /// Who was turned away and is called like a visitor.
    TurnedAway {
        name: String,
        since: UnixMillis,
    },
    Arrive {
        invitation: SubjectId,
        fix: Option<Fix>,
    },
    Expected {
        query: String,
        site: Option<SiteNumber>,
    },
    /// With 0 ms what is known here, at once.
    OnSite {
        deadline_ms: u32,
    },
    Report {
        event: EntryId,
        note: Option<String>,
        photo: Option<PhotoNumber>,
        fix: Option<Fix>,
    },
    /// The latest of the running shift.
    History {
        most: usize,
    },
    /// The running shift in numbers.
    Counts,
    Sync,
    Stuck,
    Retry,
}

impl Work {
    /// The photo that goes along, whose bytes the shell has.
    #[must_use]
    pub const fn photo(&self) -> Option<PhotoNumber> {
        match self {
            Self::Decide { photo, .. } | Self::Report { photo, .. } => *photo,
            _ => None,
        }
    }
}

/// What came of work.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "results of the calls that each is named after")]
pub enum Answer {
    Status(Box<StationStatus>),
    Sites(Vec<SiteHere>),
    Guards(Vec<GuardHere>),
    Offer(EnrolmentOffer),
    Enrolled(Enrolled),
    SignedIn(SignedIn),
    Shift(ShiftState),
    /// A scan, walk-up, arrival or look.
    Judged(Box<ScanResult>),
    /// Of what a frame showed.
    Seen(Option<Box<ScanResult>>),
    Undecided(Vec<ScanResult>),
    Decided(Decided),
    Expected(Vec<ExpectedVisit>),
    Hosts(Vec<Host>),
    TurnedAway(Vec<TurnedAway>),
    Inside(Vec<Visit>),
    Past(Vec<PastEvent>),
    Counts(ShiftCounts),
    Synced(Box<SyncReport>),
    Stuck(Vec<StuckEntry>),
    Retried(Retried),
    /// Whether an overdue shift was ended.
    Ended(bool),
    /// It is done, and there is nothing else to say.
    Done,
}
