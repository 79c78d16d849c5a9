//! Pages for what went wrong.

use askama::Template;

use gatehouse_core::phrase;

use super::{Section, Shell, Words, html};
use crate::words::{self, Problem};

#[derive(Debug, Template)]
#[template(path = "problem.html")]
struct Inside {
    words: Words,
    shell: Shell,
    problem: Problem,
    incident: Option<String>,
}

impl Inside {
    fn section(&self) -> Option<Section> {
        None
    }
}

#[derive(Debug, Template)]
#[template(path = "problem_bare.html")]
struct Outside {
    words: Words,
    problem: Problem,
    incident: Option<String>,
}

/// The page for a stable error code: in the shell for someone who is signed in, alone otherwise.
/// `incident` is what support can look up in the server's log.
pub fn problem_page(
    words: Words,
    shell: Option<Shell>,
    code: &str,
    incident: Option<String>,
) -> Result<String, askama::Error> {
    let problem = words::problem(code);
    match shell {
        Some(shell) => Inside { words, shell, problem, incident }.render(),
        None => Outside { words, problem, incident }.render(),
    }
}
