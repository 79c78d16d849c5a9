//! Examples of what a phone keeps for itself, in `core/tests/formats` beside those of what is sent: a phone that is
//! brought up to date must still read what it wrote before.

use std::fmt::Write;

use serde::{Serialize, de::DeserializeOwned};

#[path = "../../tests/properties/formats/kept.rs"]
mod kept;

pub use kept::kept;

/// Reads an example as the type that a phone keeps under this name, and notes how it is written now.
pub fn keeps<T: Serialize + DeserializeOwned>(into: &mut String, name: &str, example: &str) {
    let kind = std::any::type_name::<T>().rsplit("::").next().unwrap_or_default().trim_end_matches('>');
    let read: T = serde_json::from_str(example)
        .unwrap_or_else(|error| panic!("a {kind} that a phone may have kept is not read any more: {error}"));
    let text = serde_json::to_string_pretty(&read).expect("written");
    writeln!(into, "# {name}: {kind}\n{text}\n").expect("written");
}
