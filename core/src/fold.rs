//! Codes as people type and paste them: one-time codes, PINs, references, the text of an enrolment code.
//!
//! A keyboard set to another script, a space for better reading, a dash put in by a mail program or a mark that nobody
//! sees can only mean one thing. What is left after folding is compared; what does not fold to a code of the right
//! length cannot be one, and costs nobody a try.

use unicode_normalization::UnicodeNormalization;

/// The digits of a code that has digits only, as ASCII; nothing where anything else was typed, or nothing.
///
/// Decimal digits of every script are folded (Unicode 16, general category Nd, and compatibility forms such as `①`);
/// spaces, dashes, dots, quotes, commas and invisible marks between them are dropped.
#[must_use]
pub fn digits(typed: &str) -> Option<String> {
    let folded = code(typed);
    let sound = !folded.is_empty() && folded.bytes().all(|byte| byte.is_ascii_digit());
    sound.then_some(folded)
}

/// A code whose letters have no case, in capitals and without separators; digits and what is dropped as in [`digits`].
/// Whatever else was typed stays, so that it is not taken for a code that it is not.
#[must_use]
pub fn code(typed: &str) -> String {
    let kept = typed.nfkc().filter(|c| !separates(*c) && !is_invisible(*c));
    // Composed again: without what was dropped, and in capitals, parts of letters may stand beside their base.
    kept.flat_map(char::to_uppercase).nfkc().map(|c| decimal(c).unwrap_or(c)).collect()
}

/// Longest text that is made to be scanned for setting a phone up, in bytes.
const LONGEST_PASTED: usize = 2048;

/// Reads a text that was made to be scanned, and may have been pasted instead: as it is, or else without the spaces,
/// line ends and invisible marks that a mail or a terminal put in, its quotes straight.
pub(crate) fn pasted<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
    let text = text.trim();
    if text.len() > LONGEST_PASTED {
        return None;
    }
    let is_clean = !text.chars().any(|c| c != ' ' && is_invisible(c));
    is_clean.then(|| read(text)).flatten().or_else(|| read(&scannable(text)))
}

/// Whether a text of a code holds nothing that pasting may add or drop.
pub(crate) fn is_plain(text: &str) -> bool {
    !text.chars().any(is_invisible)
}

fn scannable(pasted: &str) -> String {
    let seen = pasted.chars().filter(|c| !is_invisible(*c));
    seen.map(|c| if matches!(c, '“' | '”' | '„' | '‟' | '＂' | '«' | '»') { '"' } else { c }).collect()
}

/// The ASCII digit of a decimal digit of any script.
fn decimal(c: char) -> Option<char> {
    if c.is_ascii_digit() {
        return Some(c);
    }
    let c = u32::from(c);
    let after = ZEROS.partition_point(|zero| *zero <= c);
    let zero = ZEROS.get(after.checked_sub(1)?)?;
    char::from_digit(c.checked_sub(*zero)?, 10)
}

/// What people put between the parts of a code.
const fn separates(c: char) -> bool {
    matches!(
        c,
        ' ' | '-' | '_' | '.' | ',' | ':' | ';' | '/' | '\'' | '"' | '`' | '*' | '|'
            | '\u{b7}' | '\u{ab}' | '\u{bb}' | '\u{b4}' // middle dot, guillemets, acute
            | '\u{58a}' | '\u{5be}' | '\u{60c}' | '\u{66b}' | '\u{66c}' | '\u{6d4}' // Armenian, Hebrew, Arabic
            | '\u{964}' // danda
            | '\u{2010}'..='\u{2015}' | '\u{2018}'..='\u{201f}' | '\u{2022}' | '\u{2024}' | '\u{2027}'
            | '\u{2032}' | '\u{2033}' | '\u{2043}' | '\u{2053}' | '\u{2212}'
            | '\u{2e3a}' | '\u{2e3b}' | '\u{3001}' | '\u{3002}' | '\u{3030}' | '\u{30a0}' | '\u{30fb}' | '\u{30fc}'
    )
}

/// What takes part in no code: white space of every kind, controls, and marks that show nothing or only change how
/// the character before them looks.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{640}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{20e3}' // the key around a digit
                | '\u{2800}' | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}' | '\u{ffa0}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Every zero of the general category Nd, ascending; nine digits follow each (The Unicode Standard, 4.6). Those that
/// have a compatibility form never get here.
const ZEROS: [u32; 67] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0,
    0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50,
    0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0x104a0, 0x10d30, 0x10d40, 0x11066, 0x110f0,
    0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x116d0, 0x116da, 0x11730, 0x118e0,
    0x11950, 0x11bf0, 0x11c50, 0x11d50, 0x11da0, 0x11f50, 0x16130, 0x16a60, 0x16ac0, 0x16b50, 0x16d70,
    0x1e140, 0x1e2f0, 0x1e4f0, 0x1e5f1, 0x1e950,
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_can_only_mean_one_code_is_that_code() {
        for typed in [
            "051045",
            "051 045",
            " 051-045\n",
            "051\u{a0}045",
            "051\u{2009}045",
            "05.10.45.",
            "051–045",
            "051−045",
            "０５１０４５",
            "٠٥١٠٤٥",
            "۰۵۱۰۴۵",
            "०५१०४५",
            "০৫১০৪৫",
            "๐๕๑๐๔๕",
            "𝟎𝟓𝟏𝟎𝟒𝟓",
            "\u{202d}051\u{200b}045\u{202c}\u{feff}",
            "“051 045”",
            "0\u{fe0f}\u{20e3}51045",
            "0,5,1,0,4,5",
            "051\t045\r\n",
            "٠٥١ـ٠٤٥",
        ] {
            assert_eq!(digits(typed).as_deref(), Some("051045"), "{typed:?}");
        }
        for typed in ["", " - ", "05104S", "O51045", "+051045", "½51045", "051045#"] {
            assert_eq!(digits(typed), None, "{typed:?}");
        }
        assert_eq!(code(" v‑7k2m4 "), "V7K2M4");
        assert_eq!(code("Ｖ－７ｋ２ｍ４"), "V7K2M4");
        assert_eq!(scannable("GHE1:{“url”:\r\n \"http://a\u{200b}\"}"), "GHE1:{\"url\":\"http://a\"}");
    }

    #[test]
    fn every_digit_of_every_script_is_told() {
        assert!(ZEROS.is_sorted());
        for zero in ZEROS {
            for value in 0..10 {
                let c = char::from_u32(zero + value).unwrap();
                assert_eq!(decimal(c), char::from_digit(value, 10), "{c}");
                assert!(c.is_numeric(), "{c}");
            }
        }
        assert_eq!((decimal('\u{66a}'), decimal('a'), decimal('\u{10ffff}')), (None, None, None));
    }

    proptest! {
        #[test]
        fn folding_again_changes_nothing(typed in any::<String>()) {
            let once = code(&typed);
            prop_assert_eq!(code(&once), once);
        }
    }
}
