//! What commands tell the caller: exit statuses, errors, JSON. Nothing that they print can act on a terminal, whoever
//! wrote it: names, reasons and codes are only ever shown.

use std::{borrow::Cow, fmt, process::ExitCode};

use gatehouse_core::{decision::Verdict, name::garbles, phrase, words::Id};

use super::language::{said, word};

/// Columns in front of what stands behind a label, where no label needs more.
const LABELS: usize = 14;

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
        let (path, reason) = (path.display().to_string(), error.to_string());
        Self::new("file_unreadable", said(&phrase!("file-unreadable", path = path, reason = reason)))
    }

    /// A file that cannot be written.
    pub fn unwritable(path: &std::path::Path, error: &std::io::Error) -> Self {
        let (path, reason) = (path.display().to_string(), error.to_string());
        Self::new("file_unwritable", said(&phrase!("file-unwritable", path = path, reason = reason)))
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
        write!(f, "{}: {}", legible(&self.code), legible_lines(&self.message))
    }
}

/// A text of whoever, as one line that only shows: what would act on a terminal stands there as `�`.
pub fn legible(text: &str) -> Cow<'_, str> {
    if !text.contains(garbles) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if garbles(c) { char::REPLACEMENT_CHARACTER } else { c }).collect())
}

/// The same for our own words, which break lines.
fn legible_lines(text: &str) -> Cow<'_, str> {
    let acts = |c: char| c != '\n' && garbles(c);
    if !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if acts(c) { char::REPLACEMENT_CHARACTER } else { c }).collect())
}

/// Labels, one below the other, each with what stands behind it.
pub fn labelled(rows: &[(Id, String)]) -> String {
    let labels: Vec<_> = rows.iter().map(|(label, _)| word(*label)).collect();
    let longest = labels.iter().map(|label| label.chars().count()).max().unwrap_or_default();
    let width = LABELS.max(longest + 1);
    let lines = labels.iter().zip(rows).map(|(label, (_, text))| format!("{label:<width$}{text}"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Prints one JSON value on a line of its own.
///
/// # Errors
/// Standard output that is closed.
pub fn print_json(value: &impl serde::Serialize) -> Result<(), CliError> {
    let line = serde_json::to_string(value).map_err(|error| CliError::new("output_closed", error))?;
    print_line(inert_json(&line))
}

/// JSON leaves some characters as they are that act on terminals. They stand within strings, where they can be escaped.
fn inert_json(json: &str) -> Cow<'_, str> {
    if !json.contains(garbles) {
        return Cow::Borrowed(json);
    }
    let mut inert = String::with_capacity(json.len() + 16);
    for character in json.chars() {
        if garbles(character) {
            // All of them lie in the basic plane.
            inert.push_str(&format!("\\u{:04x}", u32::from(character)));
        } else {
            inert.push(character);
        }
    }
    Cow::Owned(inert)
}

/// Prints a line, or several that hold their own breaks.
///
/// # Errors
/// Standard output that is closed.
pub fn print_line(line: impl fmt::Display) -> Result<(), CliError> {
    write_out(&format!("{}\n", legible_lines(&line.to_string())))
}

/// Prints a word that is our own, with the colour that it has, and behind it a line of whoever.
///
/// # Errors
/// Standard output that is closed.
pub fn print_painted(word: &str, line: &str) -> Result<(), CliError> {
    write_out(&format!("{word}{}\n", legible_lines(line)))
}

fn write_out(text: &str) -> Result<(), CliError> {
    use std::io::Write;
    std::io::stdout().lock().write_all(text.as_bytes()).map_err(|error| CliError::new("output_closed", error))
}

/// Says something to whoever sits at the terminal, apart from what programs read. Who has closed standard error does
/// not want to know.
pub fn tell(text: &str) {
    use std::io::Write;
    let _ = std::io::stderr().lock().write_all(legible_lines(text).as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "Eve\u{1b}]0;gone\u{7}\u{9b}2J\u{202e}\r\u{7f}";

    #[test]
    fn what_anyone_wrote_only_shows() {
        let shown = [
            legible(HOSTILE).into_owned(),
            CliError::new("code", HOSTILE).to_string(),
            inert_json(&serde_json::to_string(HOSTILE).expect("JSON")).into_owned(),
        ];
        for text in shown {
            assert!(!text.contains(garbles), "{text:?}");
        }
        let json = serde_json::to_string(HOSTILE).expect("JSON");
        assert_eq!(serde_json::from_str::<String>(&inert_json(&json)).expect("still JSON"), HOSTILE);
        assert_eq!(legible("a\nb"), "a\u{fffd}b");
        assert_eq!(legible_lines("a\nb"), "a\nb");
    }
}
