//! One line, and what it is.

/// Texts that are ours begin so, in whatever case they arrive.
const OUR_PREFIXES: [&str; 3] =
    [crate::pass::PREFIX, crate::wire::ENROLMENT_PREFIX, crate::wire::MEMBER_PREFIX];
/// Shorter texts are slips of a hand: no code that anyone prints is.
const SHORTEST_CODE: usize = 4;
/// Nobody types a word of so many letters.
const LONGEST_WORD: usize = 20;

/// The text of a code without what scanners and editors put around it: byte order marks, control characters (STX, ETX,
/// line ends, tabs) and spaces on both sides, and the symbology identifier in front (`]Q1` for a QR code; ISO/IEC
/// 15424). Nothing of that can be part of a code of ours.
#[must_use]
pub fn unframed(text: &str) -> &str {
    let text = text.trim_matches(is_frame);
    let mut characters = text.chars();
    let identified = characters.next() == Some(']')
        && characters.next().is_some_and(|letter| letter.is_ascii_alphabetic())
        && characters.next().is_some_and(|modifier| modifier.is_ascii_alphanumeric());
    match text.get(3..) {
        Some(rest) if identified => rest.trim_matches(is_frame),
        _ => text,
    }
}

fn is_frame(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{feff}' | '\u{fffe}')
}

/// What a typed line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line<'a> {
    /// Nothing but line ends and spaces.
    Nothing,
    /// The text of a code, or what could be one: to be judged, and written down.
    Code(&'a str),
    /// Something that a guard says.
    Command(Command<'a>),
    /// Neither: a word that means nothing here. Nothing is written down.
    Unknown(&'a str),
}

/// What a guard says. Capitals do not matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command<'a> {
    /// What can be typed.
    Help,
    /// Enough for now.
    Quit {
        /// The word that was asked for.
        word: Option<&'a str>,
    },
    /// Grant what is on the screen.
    Grant {
        /// The word that was asked for.
        word: Option<&'a str>,
        /// Why; may be empty.
        reason: &'a str,
    },
    /// Deny it; for a visitor who is inside, record the departure.
    Deny {
        /// The word that was asked for.
        word: Option<&'a str>,
        /// Why; may be empty.
        reason: &'a str,
    },
    /// Record the departure of who is on the screen.
    Depart {
        /// The word that was asked for.
        word: Option<&'a str>,
    },
}

impl<'a> Line<'a> {
    /// Reads a line, with whatever stands around it.
    #[must_use]
    pub fn read(text: &'a str) -> Self {
        let text = unframed(text);
        if text.is_empty() {
            return Self::Nothing;
        }
        match Command::read(text) {
            Some(command) => Self::Command(command),
            None if could_be_code(text) => Self::Code(text),
            None => Self::Unknown(text),
        }
    }
}

impl<'a> Line<'a> {
    /// Reads a line of a channel on which no guard types, only scanners do. What grants with a word stood in a code, and
    /// is kept as one: whoever showed it tried something.
    #[must_use]
    pub fn scanned(text: &'a str) -> Self {
        match Self::read(text) {
            Self::Command(Command::Grant { word: Some(_), .. }) => Self::Code(unframed(text)),
            line => line,
        }
    }
}

impl<'a> Command<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let (verb, rest) = first_word(text);
        let (word, reason) = first_word(rest);
        let word = Some(word).filter(|word| !word.is_empty());
        let is = |names: &[&str]| names.iter().any(|name| verb.eq_ignore_ascii_case(name));
        if is(&["?", "h", "help"]) {
            return rest.is_empty().then_some(Self::Help);
        }
        if is(&["q", "quit", "exit"]) {
            return reason.is_empty().then_some(Self::Quit { word });
        }
        if is(&["g", "grant"]) {
            return Some(Self::Grant { word, reason });
        }
        if is(&["d", "deny"]) {
            return Some(Self::Deny { word, reason });
        }
        is(&["o", "out", "depart"]).then_some(Self::Depart { word })
    }
}

fn first_word(text: &str) -> (&str, &str) {
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (word, rest.trim())
}

/// Whether a text could be what someone showed to a scanner, and not a word that a hand typed: whatever begins as ours
/// does, and else what is all in capitals, holds something besides letters and the punctuation of speech, or is longer
/// than any word. So a foreign code is written down, and `hello` is not.
#[must_use]
pub fn could_be_code(text: &str) -> bool {
    let begins =
        |prefix: &str| text.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
    if OUR_PREFIXES.iter().any(|prefix| begins(prefix)) {
        return true;
    }
    let spoken = |c: char| c.is_alphabetic() || c.is_whitespace() || "?!.,'’".contains(c);
    let long = || text.split_whitespace().any(|word| word.chars().count() > LONGEST_WORD);
    let capitals = || text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase);
    text.chars().count() >= SHORTEST_CODE && (!text.chars().all(spoken) || capitals() || long())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_scanners_add_is_taken_away() {
        for framed in [
            "GH1:ABC",
            "]Q1GH1:ABC",
            "]d2GH1:ABC",
            "\u{2}GH1:ABC\u{3}",
            "\u{2}]Q1GH1:ABC\r\u{3}",
            "\u{feff}GH1:ABC",
            "\u{feff}]Q3\u{2}GH1:ABC",
            "\t GH1:ABC\t\r\n",
            "GH1:ABC\u{4}\0",
        ] {
            assert_eq!(unframed(framed), "GH1:ABC", "{framed:?}");
        }
        // No identifier, and nothing to cut into the middle of.
        for text in ["]", "]Q", "]é1", "]1QX", "Q1]"] {
            assert_eq!(unframed(text), text);
        }
        assert_eq!(unframed("]Q1"), "");
    }

    #[test]
    fn words_are_no_codes_and_codes_are_no_words() {
        for word in ["hello", "Vera Visitor", "what now?", "can't", "é", "12", "x", "Straße", "ok.", "g47"]
        {
            assert_eq!(Line::read(word), Line::Unknown(word));
        }
        for code in [
            "GH1:ABC",
            "gh1:abc",
            "GHE1:{}",
            "https://example.org",
            "4006381333931",
            "ONE 1",
            "JUNK-CODE-TEXT",
            "JUNK",
            "ABCDEFGHIJKLMNOPQRSTU",
            "WIFI:S:guest;;",
        ] {
            assert_eq!(Line::read(code), Line::Code(code));
        }
        assert_eq!(Line::read(" \r\n\u{3}"), Line::Nothing);
        assert_eq!(Line::scanned("g let me in\r"), Line::Code("g let me in"));
        assert_eq!(Line::scanned("G"), Line::read("G"));
    }

    #[test]
    fn what_a_guard_says_is_understood_in_any_case() {
        for help in ["?", "help", "HELP", "h", " H \n"] {
            assert_eq!(Line::read(help), Line::Command(Command::Help), "{help}");
        }
        let grant = Command::Grant { word: Some("k7"), reason: "host vouched" };
        assert_eq!(Line::read("G k7  host vouched"), Line::Command(grant));
        assert_eq!(Line::read("G"), Line::Command(Command::Grant { word: None, reason: "" }));
        let deny = Command::Deny { word: Some("K7"), reason: "" };
        assert_eq!(Line::read("deny K7"), Line::Command(deny));
        assert_eq!(Line::read("q"), Line::Command(Command::Quit { word: None }));
        assert_eq!(Line::read("o K7"), Line::Command(Command::Depart { word: Some("K7") }));
    }
}
