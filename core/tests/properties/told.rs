//! Screens as text, so that a change of what they say is seen in review. `GATEHOUSE_BLESS=1` writes the kept files anew.

use std::{
    fmt::{Debug, Write},
    fs,
    path::Path,
};

use gatehouse_core::{
    screens::{Says, Screen},
    words::Language,
};
use serde::Serialize;
use serde_json::{Value, json};

/// The screens of a day as the page gets them. `GATEHOUSE_SCREENS` names a folder for them, and the trials of the page draw
/// what they find there.
#[derive(Default)]
pub struct Gallery(Vec<Value>);

impl Gallery {
    /// Another one, and what happened before it.
    pub fn hang<K: Serialize, A: Serialize>(&mut self, what: &str, screen: &Screen<K, A>) {
        self.0.push(json!({"what": what, "screen": screen}));
    }

    /// The day is over.
    pub fn close(self, whose: &str, language: Language) {
        let Some(folder) = std::env::var_os("GATEHOUSE_SCREENS") else { return };
        fs::create_dir_all(&folder).expect("a folder");
        let file = Path::new(&folder).join(format!("{whose}.{}.json", language.tag()));
        fs::write(file, Value::from(self.0).to_string()).expect("written");
    }
}

/// Holds a text against the one that is kept in `core/tests/screens`.
pub fn kept(file: &str, now: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screens").join(file);
    if std::env::var_os("GATEHOUSE_BLESS").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(&path, now).expect("written");
        return;
    }
    let before = fs::read_to_string(&path).unwrap_or_default();
    let differs = before.lines().zip(now.lines()).zip(1..).find(|((before, now), _)| before != now);
    if let Some(((before, now), line)) = differs {
        panic!(
            "{file}, line {line}, is no longer\n  {before}\nbut\n  {now}\nIf that is meant: GATEHOUSE_BLESS=1"
        );
    }
    assert_eq!(before.lines().count(), now.lines().count(), "{file} has another number of lines");
}

/// A screen as text: what is read, in the order in which it is read.
pub fn drawn<K: Debug, A>(screen: &Screen<K, A>) -> String {
    let mut text = format!("[{:?}] {}\n", screen.kind, screen.title);
    let mut line = |mark: &str, said: &str| writeln!(text, "  {mark} {said}").expect("written");
    if let Some(status) = &screen.status {
        line(if status.warns { "!" } else { "~" }, &status.text);
    }
    if let Some(verdict) = &screen.verdict {
        line("#", &format!("{} {:?}", verdict.word, verdict.shape));
    }
    for said in &screen.lines {
        let mark = match said.says {
            Says::Lead => "=",
            Says::Text => "-",
            Says::Warning | Says::Problem => "!",
            Says::Small => ".",
        };
        line(mark, &said.text);
    }
    for check in &screen.checks {
        line("?", &format!("{} {}: {}", check.state.word(), check.label, check.text));
    }
    for field in &screen.fields {
        let typed = if field.hidden { "*".repeat(field.text.len()) } else { field.text.clone() };
        line("_", &format!("{}: {typed}", field.label));
    }
    for row in &screen.rows {
        let mark = if row.marked { "*" } else { "|" };
        line(
            mark,
            &[Some(&row.text), row.detail.as_ref()]
                .into_iter()
                .flatten()
                .cloned()
                .collect::<Vec<_>>()
                .join(" / "),
        );
    }
    if let Some(countdown) = &screen.countdown {
        let ms = countdown.until_ms - countdown.from_ms;
        line("%", &format!("{ms} ms {}", countdown.text.as_deref().unwrap_or_default()));
    }
    if let Some(viewfinder) = &screen.viewfinder {
        line("o", viewfinder.advice.as_deref().unwrap_or("camera"));
    }
    if let Some(picture) = screen.picture {
        line("o", &format!("{picture:?}"));
    }
    if let Some(code) = &screen.code {
        line("o", &format!("a code, {} modules wide", code.side));
    }
    if let Some(busy) = &screen.busy {
        line("…", busy);
    }
    let buttons: Vec<String> = screen
        .buttons
        .iter()
        .map(|button| {
            let label = if button.enabled { button.label.clone() } else { format!("({})", button.label) };
            let label = if button.held { format!("{label} held") } else { label };
            format!("{label} {:?}", button.weight)
        })
        .collect();
    line(">", &buttons.join(" · "));
    text
}
