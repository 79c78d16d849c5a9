//! Small pieces of markup that templates use everywhere, and the language in which a page speaks.

use std::{borrow::Borrow, convert::Infallible};

use askama::Template;
use askama::filters::Safe;
use axum::{extract::FromRequestParts, http::header, http::request::Parts};
use gatehouse_core::{
    decision::Verdict,
    phrase,
    words::{self, Arg, Id, Language, Phrase, Piece},
};

use super::Moment;
use crate::web::assets;

/// The language of a page. Whoever is not signed in has that of the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Words(pub Language);

impl<S: Sync> FromRequestParts<S> for Words {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let asked = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Ok(Self(Language::accepted(asked.unwrap_or_default())))
    }
}

impl Words {
    /// A sentence as markup. What somebody wrote stands in it in an element of its own, so that its direction disorders
    /// nothing.
    pub fn say<'a>(self, phrase: impl Into<Phrase<'a>>) -> Safe<String> {
        let phrase = phrase.into();
        let mut markup = String::new();
        for piece in self.0.pieces(&phrase) {
            match piece {
                Piece::Words(words) => markup.push_str(&escaped(&words)),
                Piece::Text(text) => markup.push_str(&format!("<bdi>{}</bdi>", escaped(text))),
                Piece::Made(made) => markup.push_str(made),
            }
        }
        Safe(markup)
    }

    /// A sentence as text, for an attribute.
    pub fn text<'a>(self, phrase: impl Into<Phrase<'a>>) -> String {
        self.0.say(&phrase.into())
    }

    /// A number with its digits in groups.
    pub fn number(self, number: impl Borrow<u64>) -> String {
        self.0.number(*number.borrow())
    }

    /// The value of `lang`.
    pub fn tag(self) -> &'static str {
        self.0.tag()
    }

    /// The value of `dir`.
    pub fn direction(self) -> &'static str {
        self.0.direction().word()
    }

    /// What the page's script says, as JSON. Counted words have a form for each plural category (CLDR) of the language,
    /// in which `#` stands for the number.
    pub fn script(self) -> String {
        let text = |id: Id| serde_json::Value::from(self.0.word(id));
        // A number of each category, by which its form is found.
        let forms = |say: fn(u64) -> Phrase<'static>| -> serde_json::Value {
            let form = |(category, number): &(&str, u64)| {
                let said = self.0.say(&say(*number)).replacen(&self.0.number(*number), "#", 1);
                ((*category).to_owned(), said.into())
            };
            serde_json::Value::Object(self.0.plurals().iter().map(form).collect())
        };
        let of_row = phrase!(
            "live-row",
            verdict = Arg::Made("{verdict}".into()),
            who = Arg::Made("{who}".into()),
            site = Arg::Made("{site}".into()),
            decision = Arg::Made("{decision}".into()),
        );
        let latest = phrase!("live-latest", new = Arg::Made("{new}".into()), row = Arg::Made("{row}".into()));
        serde_json::json!({
            "connecting": text(words_of::CONNECTING),
            "live": text(words_of::LIVE),
            "reconnecting": text(words_of::RECONNECTING),
            "signedOut": text(words_of::SIGNED_OUT),
            "silent": text(words_of::SILENT),
            "tooMany": text(words_of::TOO_MANY),
            "failed": text(words_of::FAILED),
            "now": text(words_of::NOW),
            "ago": forms(|count| phrase!("time-minutes_ago", count = count)),
            "new": forms(|count| phrase!("live-new", count = count)),
            "latest": self.0.say(&latest),
            "row": self.0.say(&of_row),
        })
        .to_string()
    }
}

/// What the script says that has no form by number.
mod words_of {
    use gatehouse_core::{message, words::Id};

    pub const CONNECTING: Id = message!("live-connecting");
    pub const LIVE: Id = message!("live-live");
    pub const RECONNECTING: Id = message!("live-reconnecting");
    pub const SIGNED_OUT: Id = message!("live-signed_out");
    pub const SILENT: Id = message!("live-silent");
    pub const TOO_MANY: Id = message!("live-too_many");
    pub const FAILED: Id = message!("live-failed");
    pub const NOW: Id = message!("time-now");
}

#[derive(Template)]
#[template(ext = "html", source = "{{ text }}")]
struct Escaped<'a> {
    text: &'a str,
}

fn escaped(text: &str) -> String {
    Escaped { text }.render().unwrap_or_default()
}

/// A text within an element, as part of a sentence. Name and attributes are our own.
pub(super) fn within(element: &'static str, attributes: &'static str, text: &str) -> Arg<'static> {
    Arg::Made(format!("<{element} {attributes}>{}</{element}>", escaped(text)).into())
}

/// A text that runs from left to right in every language: an address, a zone.
pub(super) fn ltr(text: &str) -> Arg<'static> {
    within("span", "dir=\"ltr\"", text)
}

/// A code, small.
pub(super) fn code(text: &str) -> Arg<'static> {
    Arg::Made(format!("<code>{}</code>", escaped(text)).into())
}

/// A number that stands out; `say` is what a screen reader is told when it changes.
pub(super) fn counted(number: &str, say: &str) -> Arg<'static> {
    let (number, say) = (escaped(number), escaped(say));
    Arg::Made(format!("<strong class=\"figures\" data-say=\"{say}\">{number}</strong>").into())
}

/// A number that is made up already.
pub(super) fn figure(number: &str) -> Arg<'static> {
    Arg::Made(number.to_owned().into())
}

/// A time as part of a sentence, as [`stamp`] shows it.
pub(super) fn time(at: &Moment) -> Arg<'static> {
    Arg::Made(stamp(at).0.into())
}

/// A time as part of a sentence, to the second.
pub(super) fn exact(at: &Moment) -> Arg<'static> {
    Arg::Made(format!("<time datetime=\"{}\">{}</time>", escaped(&at.iso), escaped(&at.exact)).into())
}

/// How pages show a verdict.
pub trait Shown: Copy + 'static {
    /// All of them, in the order in which they are offered.
    const OFFERED: [Self; 3];

    /// The word.
    fn said(self) -> Id;

    /// The style that carries colour and shape, and the value in the address.
    fn class(self) -> &'static str;
}

impl Shown for Verdict {
    const OFFERED: [Self; 3] = [Self::Verified, Self::Caution, Self::Denied];

    fn said(self) -> Id {
        words::verdict(self)
    }

    fn class(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Caution => "caution",
            Self::Denied => "denied",
        }
    }
}

/// What happened, in a few words, by the code of an error.
pub(super) fn problem_title(code: &str) -> Id {
    crate::words::problem(code).words.title
}

/// An icon of the sprite; always beside a word, so it is hidden from assistive technology.
#[derive(Debug, Template)]
#[template(
    ext = "html",
    source = r##"<svg class="icon" aria-hidden="true" focusable="false"><use href="{{ sprite }}#{{ name }}"/></svg>"##
)]
struct Icon<'a> {
    sprite: String,
    name: &'a str,
}

/// A time: short in the text, exact in the title, fit for machines in the attribute.
#[derive(Debug, Template)]
#[template(
    ext = "html",
    source = r#"<time datetime="{{ at.iso }}" title="{{ at.exact }}" dir="auto"{% if at.is_recent %} data-relative{% endif %} data-clock="{{ at.clock }}">{{ at.relative }}</time>"#
)]
struct Stamp<'a> {
    at: &'a Moment,
}

/// Markup of an icon.
pub(super) fn icon(name: &str) -> Safe<String> {
    let icon = Icon { sprite: assets::url("icons.svg"), name };
    Safe(icon.render().unwrap_or_default())
}

/// Markup of a time.
pub(super) fn stamp(at: &Moment) -> Safe<String> {
    Safe(Stamp { at }.render().unwrap_or_default())
}
