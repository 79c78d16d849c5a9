//! The page that everybody has who signs in with a browser: what they can do, and where they are signed in.

use std::borrow::Borrow;

use askama::Template;
use gatehouse_core::{
    phrase,
    role::Role,
    words::{Id, Language, Phrase},
};

use super::{AppKind, Moment, Section, Shell, Words, html};
use crate::words;

/// One session.
#[derive(Debug)]
pub struct SessionRow {
    /// What it is called.
    pub id: String,
    /// What it is, in words.
    pub what: Phrase<'static>,
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
    /// The language.
    pub words: Words,
    /// What surrounds the page.
    pub shell: Shell,
    /// The language that the person chose.
    pub language: Option<Language>,
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
    /// What a language is called in the list: by itself, and that nobody who knows it well has read it.
    fn called(&self, language: impl Borrow<Language>) -> String {
        let name = language.borrow().own_name();
        match language.borrow().is_reviewed() {
            true => name.to_owned(),
            false => self.words.text(phrase!("account-language_unread", language = name)),
        }
    }

    /// Whether it is the language that the person chose.
    fn is_chosen(&self, language: impl Borrow<Language>) -> bool {
        self.language == Some(*language.borrow())
    }

    /// Its place in the rail.
    pub fn section(&self) -> Option<Section> {
        None
    }

    /// The words for what went wrong.
    pub fn problem(&self) -> Option<words::Problem> {
        self.error.as_deref().map(words::problem)
    }

    /// Where the person's work is done, if not here.
    pub fn elsewhere(&self) -> Option<(Id, Id)> {
        words::elsewhere(self.role)
    }

    /// The app in which it is done, where it can be opened in this browser.
    fn app(&self) -> Option<AppKind> {
        // The guard's stands before the member's, for whoever has both.
        self.shell.apps.first().copied()
    }
}
