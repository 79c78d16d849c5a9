//! Pages for what went wrong.

use askama::Template;

use super::{Section, Shell, html};
use crate::words::{self, Problem};

#[derive(Debug, Template)]
#[template(path = "problem.html")]
struct Inside {
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
    problem: Problem,
    incident: Option<String>,
}

/// The page for a stable error code: in the shell for someone who is signed in, alone otherwise.
/// `incident` is what support can look up in the server's log.
pub fn problem_page(
    shell: Option<Shell>,
    code: &str,
    incident: Option<String>,
) -> Result<String, askama::Error> {
    let problem = words::problem(code);
    match shell {
        Some(shell) => Inside { shell, problem, incident }.render(),
        None => Outside { problem, incident }.render(),
    }
}
