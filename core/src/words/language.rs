//! The languages, and which of them somebody reads.

use std::{fmt, str::FromStr};

use unic_langid::LanguageIdentifier;

use crate::id::InvalidId;

/// A language that everything is said in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// English, in which the sentences are written first.
    #[default]
    English,
    /// Afrikaans.
    Afrikaans,
    /// French.
    French,
    /// Arabic.
    Arabic,
}

/// Where a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// As in English.
    LeftToRight,
    /// As in Arabic.
    RightToLeft,
}

impl Direction {
    /// The value of HTML's `dir`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

/// Whether a letter is written from right to left.
#[must_use]
pub const fn is_right_to_left(letter: char) -> bool {
    matches!(letter as u32, 0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff | 0x1_0800..=0x1_0fff | 0x1_e800..=0x1_efff)
}

impl Language {
    /// Every one, English first.
    pub const ALL: [Self; 4] = [Self::English, Self::Afrikaans, Self::French, Self::Arabic];

    /// The tag (BCP 47).
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Afrikaans => "af",
            Self::French => "fr",
            Self::Arabic => "ar",
        }
    }

    /// What the language calls itself, for a list to choose from.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Afrikaans => "Afrikaans",
            Self::French => "Français",
            Self::Arabic => "العربية",
        }
    }

    /// Where its lines begin.
    #[must_use]
    pub const fn direction(self) -> Direction {
        match self {
            Self::English | Self::Afrikaans | Self::French => Direction::LeftToRight,
            Self::Arabic => Direction::RightToLeft,
        }
    }

    /// Whether somebody who speaks it well has read all of it. Where nobody has, admins are told.
    #[must_use]
    pub const fn is_reviewed(self) -> bool {
        match self {
            Self::English => true,
            Self::Afrikaans | Self::French | Self::Arabic => false,
        }
    }

    /// A number with its digits in groups of three. The digits are the Western ones in Arabic too: they are CLDR's
    /// default for `ar` itself and for the Maghreb and the Emirates, and match what is printed on codes and badges.
    #[must_use]
    pub fn number(self, number: u64) -> String {
        let separator = match self {
            Self::English | Self::Arabic => ',',
            Self::Afrikaans => '\u{a0}',
            Self::French => '\u{202f}',
        };
        let digits = number.to_string();
        let mut text = String::with_capacity(digits.len() + digits.len() / 3);
        for (at, digit) in digits.char_indices() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push(separator);
            }
            text.push(digit);
        }
        text
    }

    /// The plural categories of counts (CLDR's cardinals, of whole numbers), each with a number that has it.
    #[must_use]
    pub const fn plurals(self) -> &'static [(&'static str, u64)] {
        match self {
            Self::English | Self::Afrikaans => &[("one", 1), ("other", 5)],
            // Its category for millions (`many`) reads like the rest.
            Self::French => &[("one", 1), ("other", 5)],
            Self::Arabic => &[("zero", 0), ("one", 1), ("two", 2), ("few", 5), ("many", 11), ("other", 100)],
        }
    }

    /// The first of a browser's or phone's languages that we speak, by the value of `Accept-Language` (RFC 9110,
    /// section 12.5.4): those that are wanted most first, their regions left aside. English where there is none.
    #[must_use]
    pub fn accepted(header: &str) -> Self {
        let mut wanted: Vec<(Self, u16)> = header.split(',').take(32).filter_map(Self::wanted).collect();
        wanted.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
        wanted.first().map_or(Self::English, |(language, _)| *language)
    }

    /// A language of the header and its weight in thousandths; nothing where it is none of ours or not wanted.
    fn wanted(range: &str) -> Option<(Self, u16)> {
        let mut parts = range.split(';').map(str::trim);
        let language = parts.next()?.parse().ok()?;
        let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
        let weight = match weight {
            None => 1000,
            Some(weight) => (weight.parse::<f32>().ok()?.clamp(0.0, 1.0) * 1000.0) as u16,
        };
        (weight > 0).then_some((language, weight))
    }

    /// The language as Fluent names it.
    pub(super) fn identifier(self) -> LanguageIdentifier {
        self.tag().parse().unwrap_or_default()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// By a tag whose region, script and variants do not matter: `fr-CA` is French.
impl FromStr for Language {
    type Err = InvalidId;

    fn from_str(tag: &str) -> Result<Self, InvalidId> {
        let known = |tag: LanguageIdentifier| {
            Self::ALL.into_iter().find(|language| tag.language.as_str() == language.tag())
        };
        tag.parse().ok().and_then(known).ok_or(InvalidId("language (en, af, fr or ar)"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_that_is_wanted_most_is_spoken() {
        for (header, language) in [
            ("", Language::English),
            ("de-DE, nl;q=0.9", Language::English),
            ("fr-CA,fr;q=0.9,en;q=0.8", Language::French),
            ("en;q=0.5, ar-EG ; q=0.9", Language::Arabic),
            ("af", Language::Afrikaans),
            ("ar;q=0, fr;q=0.1", Language::French),
            ("*, ;;;, q=1, fr;q=nan", Language::English),
        ] {
            assert_eq!(Language::accepted(header), language, "{header}");
        }
        assert!("".parse::<Language>().is_err() && "klingon-1".parse::<Language>().is_err());
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!(
            [0, 999, 1000, 1_234_567].map(|n| Language::English.number(n)),
            ["0", "999", "1,000", "1,234,567"]
        );
        assert_eq!(Language::French.number(12_345), "12\u{202f}345");
    }
}
