//! Signing in and out; these pages stand alone, outside the shell.

use askama::Template;

use gatehouse_core::phrase;

use super::{Words, html};
use crate::words;

/// The page at `/sign-in`, which asks for the e-mail address (field `email`).
#[derive(Debug, Default, Template)]
#[template(path = "sign_in.html")]
pub struct SignIn {
    /// The language.
    pub words: Words,
    /// What was typed before.
    pub email: String,
    /// Stable code of what went wrong.
    pub error: Option<String>,
    /// How long to wait, as a sentence.
    pub wait: Option<String>,
}

impl SignIn {
    /// The words for what went wrong.
    pub fn problem(&self) -> Option<words::Problem> {
        self.error.as_deref().map(words::problem)
    }
}

/// The answer to `POST /sign-in`: asks for the digits (field `code`; `email` is sent along).
#[derive(Debug, Template)]
#[template(path = "sign_in_code.html")]
pub struct SignInCode {
    /// The language.
    pub words: Words,
    /// Where the code was sent.
    pub email: String,
    /// Stable code of what went wrong.
    pub error: Option<String>,
    /// How long to wait, as a sentence.
    pub wait: Option<String>,
}

impl SignInCode {
    /// The words for what went wrong.
    pub fn problem(&self) -> Option<words::Problem> {
        self.error.as_deref().map(words::problem)
    }
}

/// The page at `/sign-in/link`: one button, so that a link preview signs nobody in. The link's secret is not in it.
#[derive(Debug, Default, Template)]
#[template(path = "sign_in_link.html")]
pub struct SignInLink {
    /// The language.
    pub words: Words,
}

/// Shown after signing out.
#[derive(Debug, Default, Template)]
#[template(path = "signed_out.html")]
pub struct SignedOut {
    /// The language.
    pub words: Words,
}
