//! In which language the command line speaks of verdicts, refusals and troubles. What it says of itself (help,
//! labels of its own lists, JSON) is English: scripts and manuals go by it.

use std::env;

use gatehouse_core::words::{Id, Language, Phrase};

/// The language of whoever sits at the terminal, by `GATEHOUSE_LANGUAGE` or what POSIX has for messages.
pub fn language() -> Language {
    let named = ["GATEHOUSE_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"];
    let set = named.into_iter().find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()));
    let set = set.unwrap_or_default();
    set.split(['.', '@']).next().and_then(|tag| tag.replace('_', "-").parse().ok()).unwrap_or_default()
}

/// A sentence as terminals show it.
pub fn said(phrase: &Phrase<'_>) -> String {
    language().say_bare(phrase)
}

/// Words without anything in them.
pub fn word(id: Id) -> String {
    language().word(id)
}
