//! The visible side of the dashboard: templates and the plain data that they show.
//!
//! Nothing here knows a database, a session or a request. Times arrive as milliseconds and leave as words;
//! whatever a page links to is an address made from plain identifiers.

use std::borrow::Borrow;

use gatehouse_core::words::Id;

use crate::words;

mod account;
mod activity;
mod app;
mod event;
mod filter;
mod home;
mod html;
mod invitations;
mod on_site;
mod problems;
mod sign_in;
mod time;

pub use account::{Account, SessionRow};
pub use activity::{Activity, ActivityRow, ActivityRowPage, ActivityTotals, Flag, SiteChoice, Totals};
pub use app::{AppKind, AppPage};
pub use event::{Amendment, ChainPlace, ChainState, CheckRow, CheckState, Event, Fix, Judgement, Link};
pub use filter::{Filter, Mark, Period};
pub use home::{Alert, Home};
pub use html::{Shown, Words};
pub use invitations::{
    By, FieldError, InvitationDetail, InvitationForm, InvitationRow, InvitationStatus, InvitationValues,
    Invitations, SiteTick,
};
pub use on_site::{OnSite, SiteGroup, Visit};
pub use problems::problem_page;
pub use sign_in::{SignIn, SignInCode, SignInLink, SignedOut};
pub use time::{Moment, heading};

/// What the guard decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The guard let the person in.
    Granted,
    /// The guard turned the person away.
    Denied,
    /// Nothing was decided yet, or the scan was left.
    Undecided,
    /// Nothing was to be decided: the visitor was leaving.
    Leaving,
}

impl Decision {
    /// Those that a list can be narrowed to, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Granted, Self::Denied, Self::Undecided, Self::Leaving];

    /// The word on the chip.
    pub const fn word(self) -> Id {
        words::decision(self)
    }

    /// The value in the address, and the style.
    pub fn key(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Denied => "denied",
            Self::Undecided => "undecided",
            Self::Leaving => "leaving",
        }
    }

    /// The icon beside the word.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Granted => "check",
            Self::Denied => "x",
            Self::Undecided => "hourglass",
            Self::Leaving => "door-open",
        }
    }
}

/// What kind of person or code was at the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A resident or a member of staff with an access code.
    Member,
    /// A visitor with an invitation.
    Visitor,
    /// A visitor without any code.
    WalkUp,
    /// Something that could not be read.
    Unreadable,
}

impl Kind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Member, Self::Visitor, Self::WalkUp, Self::Unreadable];

    /// The word in a row.
    pub const fn word(self) -> Id {
        words::kind(self)
    }

    /// The value in the address.
    pub fn key(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Visitor => "visitor",
            Self::WalkUp => "walk-up",
            Self::Unreadable => "unreadable",
        }
    }
}

/// The places of the dashboard, as in its rail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Numbers of today.
    Home,
    /// All events at the gates.
    Activity,
    /// Visitors inside now.
    OnSite,
    /// Expected visitors.
    Invitations,
}

impl Section {
    /// The word in the rail.
    pub const fn word(self) -> Id {
        words::section(self)
    }

    /// Where it leads.
    pub fn href(self) -> &'static str {
        match self {
            Self::Home => "/",
            Self::Activity => "/activity",
            Self::OnSite => "/on-site",
            Self::Invitations => "/invitations",
        }
    }

    /// Whether it is the section that is shown.
    fn is_in(self, shown: impl Borrow<Option<Self>>) -> bool {
        *shown.borrow() == Some(self)
    }

    /// Its icon.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Home => "house",
            Self::Activity => "activity",
            Self::OnSite => "map-pin",
            Self::Invitations => "ticket",
        }
    }
}

/// What the last action did, shown once at the top of the next page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// What happened, as a sentence.
    pub text: Id,
    /// Whether it went wrong.
    pub failed: bool,
}

/// What surrounds every page of a signed-in person.
#[derive(Debug, Clone)]
pub struct Shell {
    /// Name of the organisation.
    pub organisation: String,
    /// Name of the person who is signed in.
    pub user: String,
    /// Word for the person's role.
    pub role: Id,
    /// The sections that this person may open, in order.
    pub sections: Vec<Section>,
    /// The apps for browsers that this server serves and this person may use.
    pub apps: Vec<AppKind>,
    /// What the last action did.
    pub notice: Option<Notice>,
}

impl Shell {
    /// Whether this person may open the invitations, so that an empty list may lead there.
    fn has_invitations(&self) -> bool {
        self.sections.contains(&Section::Invitations)
    }
}
