//! What people and things are called: whole, as an organisation keeps and shows it; shortened for a code, which has
//! little room; and in the spellings in which names are searched and compared.

mod likeness;
pub mod search;
mod spelling;

use std::fmt;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_segmentation::UnicodeSegmentation;

pub use likeness::Likeness;
pub use spelling::{folded, searchable_words, words};

/// A name as an organisation keeps it and everyone sees it: 1 to [`FullName::LONGEST`] characters, one of them visible,
/// in NFC, without what garbles the line it stands in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FullName(String);

/// Why something is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing in it can be seen.
    #[error("a name is missing, or holds nothing that can be seen")]
    Invisible,
    /// More than [`FullName::LONGEST`] characters.
    #[error("a name has at most 200 characters")]
    TooLong,
}

impl FullName {
    /// Most characters (Unicode scalar values).
    pub const LONGEST: usize = 200;

    /// Makes what a person typed into a name: NFC, white space folded, what cannot be seen or turns the line around
    /// dropped. Nothing is cut.
    ///
    /// # Errors
    /// Nothing to be seen is left, or too much.
    pub fn from_typed(typed: &str) -> Result<Self, NameError> {
        let name = tidy(typed);
        if !name.chars().any(is_visible) {
            Err(NameError::Invisible)
        } else if name.chars().nth(Self::LONGEST).is_some() {
            Err(NameError::TooLong)
        } else {
            Ok(Self(name))
        }
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<FullName> for String {
    fn from(name: FullName) -> Self {
        name.0
    }
}

impl fmt::Display for FullName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A name from elsewhere, another's journal say, at a bearable length: tidied, cut behind a word. Nothing where nothing
/// can be seen.
#[must_use]
pub fn bounded(text: &str) -> Option<String> {
    let name = tidy(text);
    let end = name.char_indices().nth(FullName::LONGEST).map_or(name.len(), |(at, _)| at);
    let name = shortened(&name, end);
    name.chars().any(is_visible).then(|| name.to_owned())
}

/// Whether somebody of this name may be among people who are called so ([`Likeness`]). Others are called the same, so
/// this is a reason to look twice and never to deny.
pub fn is_among<'a>(name: &str, called: impl IntoIterator<Item = &'a str>) -> bool {
    let wanted = Likeness::of(name);
    called.into_iter().any(|name| wanted.may_be(&Likeness::of(name)))
}

/// NFC, white space folded, forbidden and invisible characters dropped.
pub(crate) fn tidy(typed: &str) -> String {
    // What is dropped goes first: words may consist of it, and composing around it would leave another form.
    let kept = typed.chars().filter(|c| c.is_whitespace() || !(garbles(*c) || is_blank(*c)));
    let spaced: String = kept.map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let mut name = String::with_capacity(spaced.len());
    // A mark without a letter before it would stand on the space.
    let words = spaced.split(' ').map(|word| word.trim_start_matches(is_combining_mark));
    for word in words.filter(|word| word.chars().any(is_visible)) {
        if !name.is_empty() {
            name.push(' ');
        }
        name.extend(word.nfc());
    }
    name
}

/// As much of a tidy name as fits into `most` bytes: whole words, or where the first is too long already, whole letters
/// of it as a reader counts them.
pub(crate) fn shortened(name: &str, most: usize) -> &str {
    if name.len() <= most {
        return name;
    }
    let fits = |end: &usize| *end <= most;
    let words = name.match_indices(' ').map(|(at, _)| at).take_while(fits).last();
    let whole = |end: &usize| *end > 0;
    let letters = || name.grapheme_indices(true).map(|(at, _)| at).take_while(fits).last().filter(whole);
    // A letter under a pile of marks may be too long by itself.
    let end = words.or_else(letters).unwrap_or_else(|| name.floor_char_boundary(most));
    name.get(..end).unwrap_or_default()
}

/// Whether a character could garble what stands around it: controls, and those that turn the direction of writing.
#[must_use]
pub fn garbles(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character shows nothing and shapes nothing: fillers, blanks that are no white space, soft hyphens.
const fn is_blank(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{2060}'..='\u{2065}'
            | '\u{206a}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d159}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e001f}'
    )
}

/// Whether a character only shapes its neighbours: joiners, and what selects a form of a letter or picture.
const fn is_shaper(c: char) -> bool {
    matches!(
        c,
        '\u{180b}'..='\u{180d}'
            | '\u{180f}'
            | '\u{200c}'
            | '\u{200d}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{e0020}'..='\u{e0fff}'
    )
}

/// Whether a character shows nothing by itself; the Unicode property Default_Ignorable_Code_Point, and blanks that are
/// drawn.
pub(crate) fn is_invisible(c: char) -> bool {
    garbles(c) || is_blank(c) || is_shaper(c)
}

fn is_visible(c: char) -> bool {
    !(c.is_whitespace() || is_invisible(c) || is_combining_mark(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_kept_whole_and_must_be_seen() {
        let thai = "รัตนาวลี สุวรรณภูมิพิทักษ์ไพศาลกุล";
        assert_eq!(FullName::from_typed(&format!("  {thai}\n")).expect("a name").as_str(), thai);
        for blank in [
            "",
            " ",
            "\u{3164}",
            "\u{200b}\u{200b}",
            "\u{2800}",
            "\u{202e}",
            "\u{301}",
            "\u{200d}\u{fe0f}",
            "\u{e0041}",
        ] {
            assert_eq!(FullName::from_typed(blank), Err(NameError::Invisible), "{blank:?}");
        }
        assert!(FullName::from_typed(&"я".repeat(200)).is_ok());
        assert_eq!(FullName::from_typed(&"я".repeat(201)), Err(NameError::TooLong));
        assert_eq!(FullName::from_typed("Ge\u{200b}rald\u{3164} 👨‍👩‍👧").expect("a name").as_str(), "Gerald 👨‍👩‍👧");
    }

    #[test]
    fn what_does_not_fit_is_cut_behind_a_word_or_a_letter() {
        assert_eq!(shortened("Cornelis Maria van Oudtshoorn", 20), "Cornelis Maria van");
        assert_eq!(shortened("Cornelis Maria van", 18), "Cornelis Maria van");
        assert_eq!(shortened("Llanfairpwllgwyngyll", 5), "Llanf");
        assert_eq!(shortened("a\u{301}\u{301}\u{301}", 4), "a\u{301}");
        // A family is one letter to its reader, and a Thai vowel stands on its consonant.
        assert_eq!(shortened("👨‍👩‍👧‍👦👩", 26), "👨‍👩‍👧‍👦");
        assert_eq!(shortened("กี่กี่", 10), "กี่");
        assert_eq!(bounded(&"word ".repeat(100)).map(|name| name.len()), Some(199));
    }
}
