//! A scenario as it is told in its file. `tests/README.md` says what the words mean.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use gatehouse_core::place::Fix;
use gatehouse_tests::here;
use regex::Regex;
use serde::{Deserialize, de::DeserializeOwned};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scenario {
    pub about: String,
    pub set_up: Vec<Vec<String>>,
    pub codes: BTreeMap<String, Code>,
    pub steps: Vec<Told>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Code {
    AtFirst(Vec<String>),
    Fresh(Vec<String>),
    Text(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Told {
    pub step: String,
    #[serde(rename = "do")]
    pub acts: Vec<Act>,
    pub then: Then,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Act {
    Tap(String),
    TapTwice(String),
    TapAtOnce(String),
    Hold(String),
    HoldAtOnce(String),
    Type { field: String, text: String },
    Back,
    Show(String),
    WalkAway,
    WaitMs(u64),
    Fix(Fix),
    Camera { torch: bool, another: bool },
    Network(bool),
    Foreground(bool),
    Unlock(String),
    Reopen,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Then {
    pub kind: Option<String>,
    pub title: Option<String>,
    pub status: Option<String>,
    pub verdict: Option<String>,
    pub says: Vec<String>,
    pub can: Vec<String>,
    pub cannot: Vec<String>,
}

pub(super) fn read<T: DeserializeOwned>(path: &Path) -> T {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub(super) fn scenarios() -> PathBuf {
    here().join("scenarios")
}

/// What is another one each time stands as a word.
pub(super) struct Replaced(Vec<(Regex, String)>);

impl Replaced {
    pub(super) fn read() -> Self {
        let rules: Vec<(String, String)> = read(&scenarios().join("replace.json"));
        Self(rules.into_iter().map(|(rule, by)| (Regex::new(&rule).expect("a rule"), by)).collect())
    }

    pub(super) fn say(&self, text: &str) -> String {
        let replace =
            |text: String, (rule, by): &(Regex, String)| rule.replace_all(&text, by.as_str()).into_owned();
        self.0.iter().fold(text.to_owned(), replace)
    }
}
