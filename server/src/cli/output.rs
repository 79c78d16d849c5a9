//! What commands tell the caller: exit statuses, errors, JSON.

use std::{borrow::Cow, fmt, process::ExitCode};

use gatehouse_core::decision::Verdict;

/// A command that ran. The exit status says how it came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// 0.
    Done,
    /// 1: it ran, and what it looked at is not right.
    Wrong,
    /// 0, 10 or 20.
    Verdict(Verdict),
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Done | Status::Verdict(Verdict::Verified) => 0,
            Status::Wrong => 1,
            Status::Verdict(Verdict::Caution) => 10,
            Status::Verdict(Verdict::Denied) => 20,
        })
    }
}

/// A command that could not do its work: a stable code and a sentence. Exit status 2.
#[derive(Debug)]
pub struct CliError {
    code: Cow<'static, str>,
    message: String,
}

impl CliError {
    /// An error with a stable code.
    pub fn new(code: impl Into<Cow<'static, str>>, message: impl fmt::Display) -> Self {
        Self { code: code.into(), message: message.to_string() }
    }

    /// A file that cannot be read.
    pub fn file(path: &std::path::Path, error: &std::io::Error) -> Self {
        Self::new("file_unreadable", format!("can't read {}: {error}", path.display()))
    }

    /// The stable code.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The exit status.
    pub const fn status(&self) -> u8 {
        2
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

/// Prints one JSON value on a line of its own.
///
/// # Errors
/// Standard output that is closed.
pub fn print_json(value: &impl serde::Serialize) -> Result<(), CliError> {
    let line = serde_json::to_string(value).map_err(|error| CliError::new("output_closed", error))?;
    print_line(line)
}

/// Prints a line, or several that hold their own breaks.
///
/// # Errors
/// Standard output that is closed.
pub fn print_line(line: impl fmt::Display) -> Result<(), CliError> {
    use std::io::Write;
    std::io::stdout()
        .lock()
        .write_all(format!("{line}\n").as_bytes())
        .map_err(|error| CliError::new("output_closed", error))
}
