//! Where the guard is: a base that follows from how the station stands, and what was opened over it. Each screen has its
//! own data, so that a screen cannot be in a state that it does not have.

use std::{collections::BTreeSet, sync::Arc};

use super::{Kind, Usual, WorkId, stop::Stop};
use crate::{
    device::{
        EnrolmentOffer, GuardHere, PastEvent, ScanResult, ShiftCounts, StationError, TurnedAway, Visit,
    },
    gatepack::{ExpectedVisit, expected::Host},
    id::EntryId,
    screens::PhotoNumber,
};

/// Why something could not be done. Shared, because an error keeps its cause and cannot be copied.
pub(super) type Trouble = Arc<StationError>;

/// The screen beneath all others.
#[derive(Debug)]
pub(super) enum Base {
    Opening,
    Enrol(Enrol),
    SignIn(SignIn),
    Start(Start),
    Camera,
}

/// A screen over the base. `asked` is work whose answer it waits for.
#[derive(Debug)]
pub(super) enum Over {
    Checking,
    Verdict(Judged),
    News(News),
    Reason(Reasoning),
    Photo(Photographing),
    Report(Reporting),
    WalkUp(WalkingUp),
    TypeCode(Typing),
    SetPin(Typing),
    Expected(Search),
    Inside(Inside),
    History(History),
    Correct(Correcting),
    Status(StatusPage),
    EndShift(Ending),
    Enrol(Enrol),
    Stop(Stop),
}

#[derive(Debug, Default)]
pub(super) struct Enrol {
    pub stage: EnrolStage,
    pub problem: Option<Trouble>,
}

#[derive(Debug, Default)]
pub(super) enum EnrolStage {
    #[default]
    Scan,
    Type(String),
    /// The server that the code names is asked who it is.
    Look {
        code: String,
        asked: WorkId,
    },
    /// The guard is asked whether that is right.
    Offer {
        code: String,
        offer: Box<EnrolmentOffer>,
    },
    Enrol {
        asked: WorkId,
    },
}

#[derive(Debug)]
pub(super) struct SignIn {
    pub stage: SignInStage,
    pub asked: Option<WorkId>,
    pub problem: Option<Trouble>,
}

#[derive(Debug, Clone)]
pub(super) enum SignInStage {
    /// Those who know this phone.
    Guards,
    Address(String),
    Digits {
        email: String,
        text: String,
        sent_ms: u64,
    },
    Pin {
        guard: GuardHere,
        text: String,
    },
}

#[derive(Debug, Default)]
pub(super) struct Start {
    pub asked: Option<WorkId>,
    pub problem: Option<Trouble>,
}

/// An event with its judgement, both on the station's disk: nothing else makes one.
#[derive(Debug)]
pub(super) struct Judged {
    pub result: Box<ScanResult>,
    /// Of a visitor who was written down: what was found by the name.
    pub alike: Alike,
    pub asked: Option<WorkId>,
    pub problem: Option<Trouble>,
    pub reported: bool,
}

impl Judged {
    /// Out of what the station returned, and it returns nothing that is not written down.
    pub(super) fn durable(result: Box<ScanResult>) -> Self {
        Self { result, alike: Alike::default(), asked: None, problem: None, reported: false }
    }
}

/// Who was turned away and is called like a visitor without a code.
#[derive(Debug, Default)]
pub(super) struct Alike {
    pub found: Vec<TurnedAway>,
    /// The last search: what earlier ones found comes too late.
    pub searching: Option<WorkId>,
}

/// What was shown of this event counts no more.
#[derive(Debug)]
pub(super) struct News {
    pub event: EntryId,
    pub asked: Option<WorkId>,
    pub problem: Option<Trouble>,
}

/// A grant against DENIED that still lacks its reason.
#[derive(Debug)]
pub(super) struct Reasoning {
    pub judged: Judged,
    pub usual: Option<Usual>,
    pub text: String,
}

#[derive(Debug)]
pub(super) struct Photographing {
    pub purpose: Purpose,
    pub stage: PhotoStage,
}

/// What a photo is for.
#[derive(Debug)]
pub(super) enum Purpose {
    Grant { judged: Judged, reason: Option<String> },
    Report(Reporting),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PhotoStage {
    Live,
    Asked,
    Taken(PhotoNumber),
}

#[derive(Debug)]
pub(super) struct Reporting {
    pub judged: Judged,
    pub note: String,
    pub photo: Option<PhotoNumber>,
    /// The history that it was opened from; nothing where that was the verdict.
    pub from: Option<History>,
    pub asked: Option<WorkId>,
    pub problem: Option<Trouble>,
}

/// One text, and what is done with it.
#[derive(Debug, Default)]
pub(super) struct Typing {
    pub text: String,
    pub asked: Option<WorkId>,
    pub problem: Option<Trouble>,
}

/// A visitor without a code, as far as the guard has written them down.
#[derive(Debug, Default)]
pub(super) struct WalkingUp {
    pub name: String,
    pub alike: Alike,
    pub host: String,
    pub reason: String,
    /// Who is called like the host, of those whom the phone knows.
    pub hosts: Vec<Host>,
    /// The last search: what earlier ones found comes too late.
    pub searching: Option<WorkId>,
    pub asked: Option<WorkId>,
    pub problem: Option<Trouble>,
}

#[derive(Debug, Default)]
pub(super) struct Search {
    pub text: String,
    pub found: Option<Vec<ExpectedVisit>>,
    /// The last search: what earlier ones found comes too late.
    pub searching: Option<WorkId>,
    pub asked: Option<WorkId>,
    pub problem: Option<Trouble>,
}

#[derive(Debug, Default)]
pub(super) struct Inside {
    pub found: Option<Vec<Visit>>,
    pub chosen: Option<EntryId>,
    /// Those who were found, while a muster goes on.
    pub muster: Option<BTreeSet<EntryId>>,
    pub asked: Option<WorkId>,
    pub problem: Option<Trouble>,
}

/// What was recorded in this shift, and which entry of it is open.
#[derive(Debug, Default)]
pub(super) struct History {
    pub found: Option<Vec<PastEvent>>,
    pub open: Option<EntryId>,
    pub asked: Option<WorkId>,
    pub problem: Option<Trouble>,
}

impl History {
    /// The entry that is open.
    pub(super) fn opened(&self) -> Option<&PastEvent> {
        let open = self.open?;
        self.found.iter().flatten().find(|past| past.result.event == open)
    }
}

/// The decision of the history's open entry is put right.
#[derive(Debug, Default)]
pub(super) struct Correcting {
    pub from: History,
    pub text: String,
    pub asked: Option<WorkId>,
    pub problem: Option<Trouble>,
}

impl Correcting {
    /// What it becomes.
    pub(super) fn becomes(&self) -> Option<bool> {
        self.from.opened()?.correction()
    }
}

#[derive(Debug, Default)]
pub(super) struct StatusPage {
    pub asked: Option<WorkId>,
    pub problem: Option<Trouble>,
}

#[derive(Debug, Default)]
pub(super) struct Ending {
    /// How many visitors are inside, as far as is known here.
    pub inside: Option<usize>,
    /// The shift in numbers.
    pub counts: Option<ShiftCounts>,
    pub asked: Option<WorkId>,
    pub problem: Option<Trouble>,
}

impl Base {
    pub(super) const fn kind(&self) -> Kind {
        match self {
            Self::Opening => Kind::Opening,
            Self::Enrol(_) => Kind::Enrol,
            Self::SignIn(_) => Kind::SignIn,
            Self::Start(_) => Kind::Start,
            Self::Camera => Kind::Camera,
        }
    }

    /// Which of its screens it is.
    pub(super) const fn stage(&self) -> u8 {
        match self {
            Self::Enrol(enrol) => enrol.number(),
            Self::SignIn(SignIn { stage, .. }) => match stage {
                SignInStage::Guards => 0,
                SignInStage::Address(_) => 1,
                SignInStage::Digits { .. } => 2,
                SignInStage::Pin { .. } => 3,
            },
            Self::Opening | Self::Start(_) | Self::Camera => 0,
        }
    }
}

impl Enrol {
    pub(super) const fn number(&self) -> u8 {
        match self.stage {
            EnrolStage::Scan => 0,
            EnrolStage::Type(_) => 1,
            EnrolStage::Look { .. } => 2,
            EnrolStage::Offer { .. } => 3,
            EnrolStage::Enrol { .. } => 4,
        }
    }
}

impl Over {
    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::Checking => Kind::Checking,
            Self::Verdict(judged) if judged.result.departure_of.is_some() => Kind::Leaving,
            Self::Verdict(_) => Kind::Verdict,
            Self::News(_) => Kind::News,
            Self::Reason(_) => Kind::Reason,
            Self::Photo(_) => Kind::Photo,
            Self::Report(_) => Kind::Report,
            Self::WalkUp(_) => Kind::WalkUp,
            Self::TypeCode(_) => Kind::TypeCode,
            Self::SetPin(_) => Kind::SetPin,
            Self::Expected(_) => Kind::Expected,
            Self::Inside(_) => Kind::Inside,
            Self::History(History { open: Some(_), .. }) => Kind::Past,
            Self::History(_) => Kind::History,
            Self::Correct(_) => Kind::Correct,
            Self::Status(_) => Kind::Status,
            Self::EndShift(_) => Kind::EndShift,
            Self::Enrol(_) => Kind::Enrol,
            Self::Stop(_) => Kind::Stop,
        }
    }

    pub(super) const fn stage(&self) -> u8 {
        match self {
            Self::Enrol(enrol) => enrol.number(),
            Self::Photo(Photographing { stage: PhotoStage::Taken(_), .. }) => 1,
            _ => 0,
        }
    }

    /// The event that it is about.
    pub(super) const fn judged(&self) -> Option<&Judged> {
        match self {
            Self::Verdict(judged)
            | Self::Reason(Reasoning { judged, .. })
            | Self::Photo(Photographing {
                purpose: Purpose::Grant { judged, .. } | Purpose::Report(Reporting { judged, .. }),
                ..
            })
            | Self::Report(Reporting { judged, .. }) => Some(judged),
            _ => None,
        }
    }

    /// Who was turned away and is called alike, where that is told.
    pub(super) const fn alike(&mut self) -> Option<&mut Alike> {
        match self {
            Self::WalkUp(WalkingUp { alike, .. }) | Self::Verdict(Judged { alike, .. }) => Some(alike),
            _ => None,
        }
    }

    /// A photo that it holds.
    pub(super) const fn photo(&self) -> Option<PhotoNumber> {
        match self {
            Self::Photo(Photographing { stage: PhotoStage::Taken(photo), .. }) => Some(*photo),
            Self::Report(Reporting { photo, .. })
            | Self::Photo(Photographing { purpose: Purpose::Report(Reporting { photo, .. }), .. }) => *photo,
            _ => None,
        }
    }

    /// Work of whose answer it depends whether the screen goes on, while it writes: nothing else can be done on it.
    pub(super) const fn asked(&self) -> Option<WorkId> {
        match self {
            Self::Verdict(Judged { asked, .. })
            | Self::News(News { asked, .. })
            | Self::Report(Reporting { asked, .. })
            | Self::WalkUp(WalkingUp { asked, .. })
            | Self::TypeCode(Typing { asked, .. })
            | Self::SetPin(Typing { asked, .. })
            | Self::Expected(Search { asked, .. })
            | Self::Inside(Inside { asked, .. })
            | Self::History(History { asked, .. })
            | Self::Correct(Correcting { asked, .. })
            | Self::Status(StatusPage { asked, .. })
            | Self::EndShift(Ending { asked, .. }) => *asked,
            Self::Enrol(enrol) => enrol.asked(),
            Self::Checking | Self::Reason(_) | Self::Photo(_) | Self::Stop(_) => None,
        }
    }

    /// Where that is written down, and what went wrong.
    pub(super) const fn waits(&mut self) -> Option<(&mut Option<WorkId>, &mut Option<Trouble>)> {
        match self {
            Self::Verdict(Judged { asked, problem, .. })
            | Self::News(News { asked, problem, .. })
            | Self::Report(Reporting { asked, problem, .. })
            | Self::WalkUp(WalkingUp { asked, problem, .. })
            | Self::TypeCode(Typing { asked, problem, .. })
            | Self::SetPin(Typing { asked, problem, .. })
            | Self::Expected(Search { asked, problem, .. })
            | Self::Inside(Inside { asked, problem, .. })
            | Self::History(History { asked, problem, .. })
            | Self::Correct(Correcting { asked, problem, .. })
            | Self::Status(StatusPage { asked, problem, .. })
            | Self::EndShift(Ending { asked, problem, .. }) => Some((asked, problem)),
            Self::Checking | Self::Reason(_) | Self::Photo(_) | Self::Enrol(_) | Self::Stop(_) => None,
        }
    }
}

impl Enrol {
    pub(super) const fn asked(&self) -> Option<WorkId> {
        match self.stage {
            EnrolStage::Look { asked, .. } | EnrolStage::Enrol { asked } => Some(asked),
            EnrolStage::Scan | EnrolStage::Type(_) | EnrolStage::Offer { .. } => None,
        }
    }
}
