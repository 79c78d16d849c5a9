//! The page that everybody has who signs in with a browser: what they can do, and where they are signed in.

use askama::Template;
use gatehouse_core::role::Role;

use super::{Moment, Section, Shell, html};
use crate::words;

/// One session.
#[derive(Debug)]
pub struct SessionRow {
    /// What it is called.
    pub id: String,
    /// What it is, in words.
    pub what: String,
    /// When it began.
    pub since: Moment,
    /// When it was last used.
    pub used: Option<Moment>,
    /// When it ends by itself.
    pub until: Moment,
    /// Whether it is the one that asks.
    pub here: bool,
}

/// The page at `/account`.
#[derive(Debug, Template)]
#[template(path = "account.html")]
pub struct Account {
    /// What surrounds the page.
    pub shell: Shell,
    /// The person's role.
    pub role: Role,
    /// The address that they sign in with.
    pub email: Option<String>,
    /// Their name, or what was typed for it.
    pub name: String,
    /// What was typed for the address.
    pub typed: String,
    /// Stable code of what went wrong.
    pub error: Option<String>,
    /// Their sessions, the newest first.
    pub sessions: Vec<SessionRow>,
}

impl Account {
    /// Its place in the rail.
    pub fn section(&self) -> Option<Section> {
        None
    }

    /// The words for what went wrong.
    pub fn problem(&self) -> Option<words::Problem> {
        self.error.as_deref().map(words::problem)
    }

    /// Where the person's work is done, if not here.
    pub fn elsewhere(&self) -> Option<(&'static str, &'static str)> {
        words::elsewhere(self.role)
    }
}
