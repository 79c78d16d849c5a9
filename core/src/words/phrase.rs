//! A sentence before it is said: its name and what stands in it.

use std::borrow::Cow;

use super::{Direction, Id, Language, is_right_to_left};

/// What stands in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg<'a> {
    /// A text of whoever: a name, an address. Its direction is its own.
    Text(Cow<'a, str>),
    /// A number, which chooses the plural.
    Number(u64),
    /// Another phrase, said in the same language.
    Said(Phrase<'a>),
    /// One of the words by which the sentence itself chooses.
    Choice(&'static str),
    /// Something that is made up already, as markup is for a page.
    Made(Cow<'a, str>),
    /// What somebody says in English, and the words of other languages for it.
    English(&'a str, Id),
}

impl<'a> Arg<'a> {
    /// What a server says in English; other languages have words of their own for it, which know less of the case.
    #[must_use]
    pub const fn english(text: &'a str, others: Id) -> Self {
        Self::English(text, others)
    }
}

macro_rules! args {
    ($($from:ty => |$value:ident| $arg:expr,)*) => {
        $(impl<'a> From<$from> for Arg<'a> { fn from($value: $from) -> Self { $arg } })*
    };
}

args! {
    &'a str => |text| Self::Text(Cow::Borrowed(text)),
    &'a String => |text| Self::Text(Cow::Borrowed(text)),
    &'a &'a str => |text| Self::Text(Cow::Borrowed(*text)),
    &'a &'a String => |text| Self::Text(Cow::Borrowed(text.as_str())),
    String => |text| Self::Text(Cow::Owned(text)),
    Cow<'a, str> => |text| Self::Text(text),
    Id => |id| Self::Said(id.into()),
    u64 => |number| Self::Number(number),
    u32 => |number| Self::Number(number.into()),
    usize => |number| Self::Number(number as u64),
    &'a u64 => |number| Self::Number(*number),
    &'a u32 => |number| Self::Number((*number).into()),
    Phrase<'a> => |phrase| Self::Said(phrase),
}

/// A sentence, or a few words, by its name in every language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase<'a> {
    pub(super) id: Id,
    pub(super) args: Vec<(&'static str, Arg<'a>)>,
}

impl From<Id> for Phrase<'_> {
    fn from(id: Id) -> Self {
        Self { id, args: Vec::new() }
    }
}

// Templates hand on what they have by reference.
impl From<&Id> for Phrase<'_> {
    fn from(id: &Id) -> Self {
        (*id).into()
    }
}

impl From<&&Id> for Phrase<'_> {
    fn from(id: &&Id) -> Self {
        (**id).into()
    }
}

impl<'a> From<&Phrase<'a>> for Phrase<'a> {
    fn from(phrase: &Phrase<'a>) -> Self {
        phrase.clone()
    }
}

impl<'a> From<&&Phrase<'a>> for Phrase<'a> {
    fn from(phrase: &&Phrase<'a>) -> Self {
        (*phrase).clone()
    }
}

impl<'a> Phrase<'a> {
    /// With what stands in it. To be made by [`phrase!`](crate::phrase), which sees that nothing is forgotten.
    #[must_use]
    pub const fn with(id: Id, args: Vec<(&'static str, Arg<'a>)>) -> Self {
        Self { id, args }
    }

    /// Its name.
    #[must_use]
    pub const fn id(&self) -> Id {
        self.id
    }
}

/// A part of a sentence that is being said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'p> {
    /// The language's own words.
    Words(Cow<'p, str>),
    /// A text of whoever, see [`Arg::Text`].
    Text(&'p str),
    /// What was made up already, see [`Arg::Made`].
    Made(&'p str),
}

impl Language {
    /// The sentence as plain text. A text within it that runs against the sentence's direction is set apart by marks
    /// that do not show (Unicode bidirectional algorithm, isolates), so that it disorders nothing; where nothing runs
    /// against anything there are no marks.
    #[must_use]
    pub fn say(self, phrase: &Phrase<'_>) -> String {
        let mut said = String::new();
        for piece in self.pieces(phrase) {
            match piece {
                Piece::Words(words) => said.push_str(&words),
                Piece::Text(text) if self.runs_against(text) => {
                    said.push('\u{2068}');
                    said.push_str(text);
                    said.push('\u{2069}');
                }
                Piece::Text(text) | Piece::Made(text) => said.push_str(text),
            }
        }
        said
    }

    /// The sentence without marks, for terminals and tables: those order lines by rules of their own, show such marks as
    /// boxes, and ours take them for an attack.
    #[must_use]
    pub fn say_bare(self, phrase: &Phrase<'_>) -> String {
        let pieces = self.pieces(phrase);
        let texts = pieces.iter().map(|piece| match piece {
            Piece::Words(words) => words.as_ref(),
            Piece::Text(text) | Piece::Made(text) => text,
        });
        texts.collect()
    }

    /// Whether a text has a letter that is written in the other direction than this language.
    fn runs_against(self, text: &str) -> bool {
        match self.direction() {
            Direction::LeftToRight => text.contains(is_right_to_left),
            Direction::RightToLeft => text.contains(|c: char| c.is_alphabetic() && !is_right_to_left(c)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase;

    #[test]
    fn only_what_runs_against_the_sentence_is_set_apart() {
        let said =
            |language: Language, site: &str| language.say(&phrase!("station-shift_running", site = site));
        assert_eq!(said(Language::English, "North"), "A shift is running at North. End it first.");
        assert_eq!(
            said(Language::English, "شمال"),
            "A shift is running at \u{2068}شمال\u{2069}. End it first."
        );
        assert!(said(Language::Arabic, "North").contains("\u{2068}North\u{2069}"));
        assert!(!said(Language::Arabic, "شمال 2").contains('\u{2068}'));
    }
}
