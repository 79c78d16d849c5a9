//! Invitations: expected visitors, the form that invites them and the page of one.

use std::borrow::Borrow;

use askama::Template;
use gatehouse_core::{
    decision::Verdict,
    message, phrase,
    words::{Arg, Id, Phrase},
};

use super::filter::encoded;
use super::{ActivityRow, Flag, Moment, Section, Shell, Shown, Words, html};
use crate::words;

/// Where an invitation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvitationStatus {
    /// Not issued yet.
    Draft,
    /// Issued, the visitor has not come yet.
    Pending,
    /// The visitor was let in.
    Accepted,
    /// Cancelled; its code is denied.
    Cancelled,
    /// Its window is over, and the visitor came.
    Over,
    /// Its window is over, and nobody came.
    Expired,
    /// It is open, but its host is revoked, switched off, banned or deleted: its code is denied for as long.
    Stopped,
}

impl InvitationStatus {
    /// Those that a list can be narrowed to, in the order in which they are offered: what is over is among the expired.
    pub const ALL: [Self; 6] =
        [Self::Draft, Self::Pending, Self::Accepted, Self::Stopped, Self::Cancelled, Self::Expired];

    /// The word on the chip.
    pub const fn word(self) -> Id {
        words::invitation_status(self)
    }

    /// The value in the address.
    pub fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Cancelled => "cancelled",
            Self::Over => "over",
            Self::Expired => "expired",
            Self::Stopped => "stopped",
        }
    }

    /// The colours of the chip.
    pub fn class(self) -> &'static str {
        match self {
            Self::Draft => "disabled",
            Self::Pending => "pending",
            Self::Accepted => "active",
            Self::Cancelled => "revoked",
            Self::Over => "disabled",
            Self::Expired => "expired",
            Self::Stopped => "revoked",
        }
    }

    /// The icon on the chip.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Draft => "pencil-line",
            Self::Pending => "hourglass",
            Self::Accepted => "check",
            Self::Cancelled => "x",
            Self::Over => "circle-check",
            Self::Expired => "clock",
            Self::Stopped => "shield-alert",
        }
    }
}

/// One invitation, as a row.
#[derive(Debug, Clone)]
pub struct InvitationRow {
    /// Invitation id; letters, digits and dashes only.
    pub id: String,
    /// Its reference for people.
    pub reference: String,
    /// Name of the visitor.
    pub visitor: String,
    /// Name of the host, where there is one.
    pub host: Option<String>,
    /// Names of the sites; none means any.
    pub sites: Vec<String>,
    /// Start of the window.
    pub from: Moment,
    /// End of the window.
    pub until: Moment,
    /// Times that it was used.
    pub uses: u64,
    /// Times that it may be used; absent for no limit.
    pub max_uses: Option<u64>,
    /// Where it stands.
    pub status: InvitationStatus,
}

impl InvitationRow {
    /// Uses of the permitted ones, in words.
    pub fn used(&self) -> Phrase<'static> {
        match (self.uses, self.max_uses) {
            (uses, Some(max)) => phrase!("invitations-used_of", uses = uses, max = max),
            (0, None) => message!("invitations-used_none").into(),
            (uses, None) => phrase!("invitations-used_any", uses = uses),
        }
    }

    /// Names of the sites in one line.
    pub fn places(&self) -> Phrase<'_> {
        let mut sites = self.sites.iter().map(|site| phrase!("row-name", name = site));
        let Some(first) = sites.next() else { return message!("page-any_site").into() };
        sites.fold(first, |list, site| phrase!("list-joined", list = list, item = site))
    }

    /// The host, or that there is none.
    pub fn host(&self) -> Arg<'_> {
        self.host.as_ref().map_or_else(|| message!("invitations-no_host").into(), Arg::from)
    }
}

/// Who did something; nobody where the command line did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By(pub Option<String>);

impl By {
    /// Their name.
    pub fn arg(&self) -> Arg<'_> {
        self.0.as_ref().map_or_else(|| message!("invitations-command_line").into(), Arg::from)
    }
}

/// The page at `/invitations`; narrowed by `status=KEY` and `q=TEXT`.
#[derive(Debug, Template)]
#[template(path = "invitations.html")]
pub struct Invitations {
    /// The language.
    pub words: Words,
    /// What surrounds the page.
    pub shell: Shell,
    /// The status chosen.
    pub status: Option<InvitationStatus>,
    /// What is searched in references, visitors and hosts.
    pub search: String,
    /// The rows, newest first.
    pub rows: Vec<InvitationRow>,
    /// How many rows the filter lets through.
    pub matching: u64,
    /// Address of the next older rows, if any.
    pub older: Option<String>,
    /// Whether the organisation has any invitation at all.
    pub any: bool,
    /// Whether this person may create invitations.
    pub may_create: bool,
}

impl Invitations {
    /// Its place in the rail.
    pub fn section(&self) -> Option<Section> {
        Some(Section::Invitations)
    }

    fn href_any_status(&self) -> String {
        self.href(None)
    }

    fn href_status(&self, status: impl Borrow<InvitationStatus>) -> String {
        self.href(Some(*status.borrow()))
    }

    fn is_status(&self, status: impl Borrow<InvitationStatus>) -> bool {
        self.status == Some(*status.borrow())
    }

    /// The address of the list with another status and the search kept.
    fn href(&self, status: Option<InvitationStatus>) -> String {
        let status = status.map(|status| format!("status={}", status.key()));
        let search = (!self.search.is_empty()).then(|| format!("q={}", encoded(&self.search)));
        let pairs: Vec<_> = status.into_iter().chain(search).collect();
        if pairs.is_empty() { "/invitations".to_owned() } else { format!("/invitations?{}", pairs.join("&")) }
    }

    /// The address of the older rows, with the same status and search.
    pub fn href_older(&self, created_at: u64, id: &str) -> String {
        let href = self.href(self.status);
        let sign = if href.contains('?') { '&' } else { '?' };
        format!("{href}{sign}before={created_at}-{id}")
    }

    /// Whether anything is narrowed.
    pub fn narrowed(&self) -> bool {
        self.status.is_some() || !self.search.is_empty()
    }
}

/// A site to tick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteTick {
    /// Its number, the value of the field `site`.
    pub id: u32,
    /// Its name.
    pub name: String,
    /// Whether it is ticked.
    pub ticked: bool,
}

/// What stands in the fields of the form, as text exactly as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InvitationValues {
    /// Field `visitor`.
    pub visitor: String,
    /// Field `email`.
    pub email: String,
    /// Field `host`.
    pub host: String,
    /// Fields `site`, one for each that is ticked.
    pub sites: Vec<SiteTick>,
    /// Field `from`, as `2025-03-14T09:00`.
    pub from: String,
    /// Field `until`, likewise.
    pub until: String,
    /// Field `max_uses`.
    pub max_uses: String,
    /// Field `note`.
    pub note: String,
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Name of the field.
    pub field: String,
    /// Stable code of the error.
    pub code: String,
}

/// The form at `/invitations/new`, and the answer to a POST with errors.
#[derive(Debug, Template)]
#[template(path = "invitation_form.html")]
pub struct InvitationForm {
    /// The language.
    pub words: Words,
    /// What surrounds the page.
    pub shell: Shell,
    /// What stands in the fields.
    pub values: InvitationValues,
    /// Names of people who can be hosts, offered while typing.
    pub hosts: Vec<String>,
    /// How many more there are than are offered.
    pub unlisted: u64,
    /// Zone in which the times are meant, for instance "Europe/Paris".
    pub zone: String,
    /// What is wrong; none on the first view.
    pub errors: Vec<FieldError>,
}

impl InvitationForm {
    /// Its place in the rail.
    pub fn section(&self) -> Option<Section> {
        Some(Section::Invitations)
    }

    /// The element that the summary of errors leads to.
    fn anchor(&self, field: &str) -> String {
        match self.values.sites.first() {
            Some(site) if field == "site" => format!("site-{}", site.id),
            _ => field.to_owned(),
        }
    }

    /// What is wrong with a field, if anything.
    pub fn error(&self, field: &str) -> Option<words::Problem> {
        self.errors.iter().find(|error| error.field == field).map(|error| words::problem(&error.code))
    }
}

/// The page at `/invitations/{id}`.
#[derive(Debug, Template)]
#[template(path = "invitation.html")]
pub struct InvitationDetail {
    /// The language.
    pub words: Words,
    /// What surrounds the page.
    pub shell: Shell,
    /// What also stands in the row.
    pub row: InvitationRow,
    /// E-mail address of the visitor.
    pub email: Option<String>,
    /// Note for the guards.
    pub note: String,
    /// Who created it.
    pub created_by: By,
    /// When it was created.
    pub created: Moment,
    /// When and by whom it was cancelled.
    pub cancelled: Option<(Moment, By)>,
    /// The code as SVG, trusted and without style attributes; absent when there is none to show.
    pub code_svg: Option<String>,
    /// Its events, newest first.
    pub events: Vec<ActivityRow>,
    /// Whether it can be cancelled, by this person and in its status.
    pub may_cancel: bool,
    /// Why its host lets nobody in any more, as a sentence.
    pub host_stopped: Option<Id>,
    /// Whether somebody on the ban list is called like the visitor.
    pub name_banned: bool,
    /// Names of people who can be its host instead.
    pub hosts: Vec<String>,
    /// What was typed for the host and means nobody.
    pub host_typed: Option<String>,
}

impl InvitationDetail {
    /// Its place in the rail.
    pub fn section(&self) -> Option<Section> {
        Some(Section::Invitations)
    }
}
