//! In which language the command line speaks. What it prints for people comes from core's words. English stay, in
//! every language: `--help` and wrong usage as clap says it, JSON, what `serve` and `init` say as they start, the demo,
//! and the titles of the API's problems. Scripts, manuals and whoever runs a server go by those.

use std::env;

use gatehouse_core::{
    phrase,
    words::{Id, Language, Phrase},
};

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

/// Several things as a sentence names them, one behind the other.
pub fn joined(items: impl IntoIterator<Item = String>) -> String {
    let joined =
        items.into_iter().reduce(|list, item| said(&phrase!("list-joined", list = list, item = item)));
    joined.unwrap_or_default()
}
