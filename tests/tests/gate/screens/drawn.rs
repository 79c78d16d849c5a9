//! A screen as text.

use std::fmt::Write as _;

use gatehouse_core::screens::{Picture, Says, Screen};
use serde::Serialize;

/// The stable word of one of several.
pub(super) fn word(one: impl Serialize) -> String {
    let value = serde_json::to_value(one).expect("JSON");
    value.as_str().expect("a word").to_owned()
}

/// A screen as text, in the order in which it is read. Kotlin and Swift write the same.
pub(super) fn drawn<K: Copy + Serialize, A>(
    screen: &Screen<K, A>,
    wanted: &str,
    handed_on: &[String],
) -> String {
    let mut drawn = format!("[{}] {}\n", word(screen.kind), screen.title);
    let mut line = |mark: &str, said: &str| writeln!(drawn, "  {mark} {said}").expect("written");
    if let Some(status) = &screen.status {
        line(if status.warns { "!" } else { "~" }, &status.text);
    }
    if let Some(verdict) = &screen.verdict {
        line("#", &format!("{} {}", verdict.word, word(verdict.shape)));
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
        let typed = if field.hidden { "*".repeat(field.text.chars().count()) } else { field.text.clone() };
        line("_", &format!("{}: {typed}", field.label));
    }
    for row in &screen.rows {
        let parts: Vec<&str> =
            [Some(row.text.as_str()), row.detail.as_deref()].into_iter().flatten().collect();
        line(if row.marked { "*" } else { "|" }, &parts.join(" / "));
    }
    if let Some(countdown) = &screen.countdown {
        let ms = countdown.until_ms - countdown.from_ms;
        line("%", &format!("{ms} ms {}", countdown.text.as_deref().unwrap_or_default()));
    }
    if screen.viewfinder.is_some() {
        line("o", "camera");
    }
    match screen.picture {
        Some(Picture::Face(_)) => line("o", "face"),
        Some(Picture::Taken(_)) => line("o", "taken"),
        None => {}
    }
    if screen.code.is_some() {
        line("o", "code");
    }
    if let Some(busy) = &screen.busy {
        line("…", busy);
    }
    if !wanted.is_empty() {
        line("@", wanted);
    }
    for handed_on in handed_on {
        line("^", handed_on);
    }
    let buttons = screen.buttons.iter().map(|button| {
        let label = if button.enabled { button.label.clone() } else { format!("({})", button.label) };
        let label = if button.held { format!("{label} held") } else { label };
        format!("{label} {}", word(button.weight))
    });
    line(">", &buttons.collect::<Vec<_>>().join(" · "));
    drawn
}
