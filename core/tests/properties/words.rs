//! The sentences: that every language has them whole, and that what is made of them reads right.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, PatternElement, VariantKey},
    parser::parse,
};
use gatehouse_core::{
    decision::{Check, Code, Verdict},
    phrase,
    visit::InvitationStatus,
    words::{self, Language, Problem, ProblemWords, time},
};

const FILES: [&str; 10] = [
    "gate.ftl",
    "problems.ftl",
    "device.ftl",
    "times.ftl",
    "pages.ftl",
    "station.ftl",
    "wallet.ftl",
    "commands.ftl",
    "screens.ftl",
    "member.ftl",
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/words")
}

fn text(language: Language, file: &str) -> String {
    fs::read_to_string(source().join(language.tag()).join(file)).expect("a file of the language")
}

/// What a message is made of.
#[derive(Debug, Default)]
struct Parts {
    placeables: BTreeSet<String>,
    /// The keys of each choice, and by what is chosen.
    choices: Vec<(String, BTreeSet<String>)>,
}

impl Parts {
    fn of(elements: &[PatternElement<&str>]) -> Self {
        let mut parts = Self::default();
        parts.read(elements);
        parts
    }

    fn read(&mut self, elements: &[PatternElement<&str>]) {
        for element in elements {
            let PatternElement::Placeable { expression } = element else { continue };
            match expression {
                Expression::Inline(inline) => self.inline(inline),
                Expression::Select { selector, variants } => {
                    self.inline(selector);
                    let InlineExpression::VariableReference { id } = selector else { panic!("{selector:?}") };
                    let key = |key: &VariantKey<&str>| match key {
                        VariantKey::Identifier { name } => (*name).to_owned(),
                        VariantKey::NumberLiteral { value } => (*value).to_owned(),
                    };
                    let keys = variants.iter().map(|variant| key(&variant.key)).collect();
                    self.choices.push((id.name.to_owned(), keys));
                    variants.iter().for_each(|variant| self.read(&variant.value.elements));
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        let InlineExpression::VariableReference { id } = inline else {
            panic!("only placeables: {inline:?}")
        };
        self.placeables.insert(id.name.to_owned());
    }
}

/// Every message of a language by its name.
fn messages(language: Language) -> BTreeMap<String, Parts> {
    let mut messages = BTreeMap::new();
    for file in FILES {
        let text = text(language, file);
        let resource =
            parse(text.as_str()).unwrap_or_else(|(_, errors)| panic!("{language} {file}: {errors:?}"));
        for entry in &resource.body {
            let Entry::Message(message) = entry else { continue };
            assert!(message.attributes.is_empty(), "{language} {}", message.id.name);
            let value = message.value.as_ref().expect("a message says something");
            let parts = Parts::of(&value.elements);
            let twice = messages.insert(message.id.name.to_owned(), parts);
            assert!(twice.is_none(), "{language} has {} twice", message.id.name);
        }
    }
    messages
}

#[test]
fn every_language_has_every_message_with_its_placeables_and_plurals() {
    let english = messages(Language::English);
    assert!(english.len() > 600, "{}", english.len());
    for language in Language::ALL {
        let theirs = messages(language);
        assert_eq!(theirs.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>(), "{language}");
        let categories: BTreeSet<_> =
            language.plurals().iter().map(|(category, _)| (*category).to_owned()).collect();
        for (name, parts) in &theirs {
            assert_eq!(parts.placeables, english[name].placeables, "{language} {name}");
            for (by, keys) in &parts.choices {
                assert_eq!((by.as_str(), keys), ("count", &categories), "{language} {name}");
            }
        }
    }
}

/// What the compiler's own reading of the files does not see: that Fluent says each message without a complaint.
#[test]
fn every_message_is_said_without_an_error() {
    for language in Language::ALL {
        let tag = language.tag().parse().expect("a tag");
        let mut bundle: FluentBundle<FluentResource> = FluentBundle::new_concurrent(vec![tag]);
        for file in FILES {
            let resource = FluentResource::try_new(text(language, file)).expect("parsed before");
            bundle.add_resource(resource).expect("no message twice");
        }
        for (name, parts) in messages(language) {
            let pattern = bundle.get_message(&name).and_then(|message| message.value()).expect("a message");
            for (_, number) in language.plurals() {
                let mut args = FluentArgs::new();
                for placeable in &parts.placeables {
                    args.set(placeable.as_str(), FluentValue::from(*number));
                }
                let mut errors = Vec::new();
                let said = bundle.format_pattern(pattern, Some(&args), &mut errors);
                assert!(errors.is_empty() && !said.trim().is_empty(), "{language} {name}: {errors:?}");
            }
        }
    }
}

/// What stands between quotes where sentences are named: in our own sources and the server's pages.
fn quoted() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut folders = vec![root.join("core/src"), root.join("server/src"), root.join("server/templates")];
    folders.push(root.join("bindings/src"));
    let mut all = String::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            match path.extension().and_then(|extension| extension.to_str()) {
                _ if path.is_dir() => folders.push(path),
                Some("rs" | "html") => all.push_str(&fs::read_to_string(&path).expect("a source")),
                _ => {}
            }
        }
    }
    let is_name = |text: &&str| text.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    all.split('"').filter(is_name).map(str::to_owned).collect()
}

#[test]
fn no_message_is_without_use() {
    let quoted = quoted();
    let named = |name: &str| quoted.contains(name);
    // Reasons, checks and problems are named by their code, of which every form of theirs follows; months and days by
    // a number.
    let by_code = |name: &str| {
        let rest = ["reason-", "check-", "problem-"].iter().find_map(|prefix| name.strip_prefix(prefix))?;
        let ends = ["-guard", "-admin", "-passed", "-skipped", "-text"];
        Some(named(ends.iter().find_map(|end| rest.strip_suffix(end)).unwrap_or(rest)))
    };
    let by_number = |name: &str| name.starts_with("month-") || name.starts_with("weekday-");
    let unused: Vec<_> = messages(Language::English)
        .into_keys()
        .filter(|name| !named(name) && by_code(name) != Some(true) && !by_number(name))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// The codes that the HTTP API answers with, as its specification lists them, and those that the server's services name.
#[test]
fn every_code_of_the_api_has_words() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let formats = fs::read_to_string(root.join("core/FORMATS.md")).expect("the specification");
    let table = formats.split("| status | code | |").nth(1).expect("the table of codes");
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let codes =
        rows.filter_map(|row| row.split('|').nth(2)).flat_map(|cell| cell.split('`').skip(1).step_by(2));
    let mut codes: BTreeSet<String> = codes.map(str::to_owned).collect();
    assert!(codes.len() > 15, "{codes:?}");
    for entry in fs::read_dir(root.join("server/src/service")).expect("the services") {
        let path = entry.expect("an entry").path();
        if path.is_file() {
            let source = fs::read_to_string(&path).expect("a source");
            let named = source.split("code: \"").skip(1).filter_map(|rest| rest.split('"').next());
            codes.extend(named.map(str::to_owned));
        }
    }
    let silent: Vec<_> = codes.iter().filter(|code| Problem::from_code(code).is_none()).collect();
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn every_value_has_a_sentence_in_every_language() {
    for language in Language::ALL {
        let mut said = BTreeSet::new();
        let mut sentence = |id| {
            let text = language.word(id);
            assert!(text.ends_with('.') && !text.contains('!'), "{language}: {text}");
            said.insert(text);
        };
        for code in Code::ALL {
            let words = words::reason(code);
            [words.guard, words.admin].into_iter().for_each(&mut sentence);
        }
        for check in Check::ALL {
            let words = words::check(*check);
            [words.passed, words.skipped].into_iter().for_each(&mut sentence);
        }
        for problem in Problem::ALL {
            sentence(problem.words().text);
        }
        assert!(said.len() > 150, "{language}: {}", said.len());
        let mut words = BTreeSet::new();
        let verdicts = [Verdict::Verified, Verdict::Caution, Verdict::Denied].map(words::verdict);
        let statuses = InvitationStatus::ALL.map(words::invitation_status);
        for id in verdicts.into_iter().chain(statuses) {
            assert!(words.insert(language.word(id)), "{language} says {} twice", id.name());
        }
    }
    assert_eq!(ProblemWords::of("from_the_future"), ProblemWords::UNKNOWN);
    assert_eq!(words::reason(&Code::from_word("from_the_future")), words::UNKNOWN_REASON);
}

/// A few sentences as they are read, kept so that a change is seen: with names that run the other way, and with every
/// plural of Arabic.
#[test]
fn sentences_read_as_they_are_kept() {
    let mut text = String::new();
    for language in Language::ALL {
        let direction = language.direction().word();
        text.push_str(&format!("# {language}, {}, {direction}\n", language.own_name()));
        let mut say = |said: String| {
            // What does not show is shown.
            text.push_str(
                &said.replace('\u{2068}', "⟨").replace('\u{2069}', "⟩").replace(['\u{a0}', '\u{202f}'], "_"),
            );
            text.push('\n');
        };
        say(language.word(words::verdict(Verdict::Caution)));
        say(language.word(words::reason(&Code::AlreadyUsed).guard));
        say(language.say(&ProblemWords::of("unreachable").sentence()));
        for site in ["North", "شمال"] {
            say(language.say(&phrase!("station-shift_running", site = site)));
        }
        for count in [0u32, 1, 2, 3, 11, 100, 1_000_000] {
            say(language.say(&phrase!("station-wrong_pin", count = count)));
        }
        for seconds in [0, 90, 7_200, 259_200, 1_000_000] {
            say(language.say(&time::length(seconds)));
        }
        let at = time::Local {
            year: 2030,
            month: 5,
            day: 1,
            weekday: 3,
            hour: 9,
            minute: 5,
            second: 7,
            zone: "CEST".to_owned(),
        };
        say(language.say(&time::exact(&at)));
        say(language.say(&time::heading(&at, true)));
        say(language.say_bare(&phrase!("time-clock_and_age", clock = "14:02", age = time::length(120))));
        text.push('\n');
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sentences.txt");
    if std::env::var_os("GATEHOUSE_BLESS").is_some() {
        fs::write(&path, &text).expect("written");
    }
    let before = fs::read_to_string(&path).unwrap_or_default();
    for (line, (before, now)) in (1..).zip(before.lines().zip(text.lines())) {
        assert_eq!(
            now, before,
            "tests/sentences.txt, line {line}: read it, then write it by GATEHOUSE_BLESS=1"
        );
    }
    assert_eq!(before.lines().count(), text.lines().count(), "tests/sentences.txt has other sentences");
}
