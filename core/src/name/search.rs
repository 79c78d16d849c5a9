//! Finding people by parts of their names through an index that knows nothing but text and its order: a name is kept
//! under its keys, and a search finds it where each word asked for begins one of them.

use std::collections::BTreeSet;

use super::{searchable_words, spelling::is_part_of_letter, words};

/// Longest key in characters. Words that differ only behind that are found together.
const LONGEST_KEY: usize = 24;

/// The keys of a name: its words, and where a script writes none between them, each place where one may begin.
#[must_use]
pub fn keys(name: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for word in searchable_words(name) {
        for (at, letter) in word.char_indices() {
            if at == 0 || begins_anywhere(letter) {
                keys.insert(word.chars().skip(word[..at].chars().count()).take(LONGEST_KEY).collect());
            }
        }
    }
    keys
}

/// The beginnings of keys that a search asks for, all of them; none where nothing is asked for.
#[must_use]
pub fn beginnings(search: &str) -> Vec<String> {
    words(search).into_iter().map(|word| word.chars().take(LONGEST_KEY).collect()).collect()
}

/// Whether a search finds a name: what an index over [`keys`] would say.
#[must_use]
pub fn finds(search: &str, name: &str) -> bool {
    let asked = beginnings(search);
    asked.is_empty() || {
        let keys = keys(name);
        asked
            .iter()
            .all(|word| keys.range(word.clone()..).next().is_some_and(|key| key.starts_with(word.as_str())))
    }
}

/// Letters of scripts that put no spaces between words, where they can be the first of one: Thai, Lao, Burmese, Khmer,
/// Hangul (as its leading consonants, once decomposed), kana and the ideographs.
fn begins_anywhere(letter: char) -> bool {
    let unspaced = matches!(
        letter,
        '\u{e00}'..='\u{eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1100}'..='\u{115f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{3040}'..='\u{30ff}'
            | '\u{31f0}'..='\u{31ff}'
            | '\u{3400}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}'
    );
    unspaced && !is_part_of_letter(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_how_they_begin_in_any_order() {
        for search in ["gra sm", "SMITH gr", "grace", "", " -- ", "s g"] {
            assert!(finds(search, "Grace Smith"), "{search}");
        }
        for search in ["race", "gra smythe", "grace smith x", "smithe"] {
            assert!(!finds(search, "Grace Smith"), "{search}");
        }
        assert!(finds("brien", "Pat O’Brien") && finds("o'br", "Pat O’Brien") && finds("ZOE", "Zoë"));
        assert!(!finds("a", ""));
    }

    #[test]
    fn scripts_without_spaces_are_found_in_their_middle() {
        for (search, name) in [
            ("小明", "王小明"),
            ("太郎", "山田太郎"),
            ("철수", "김철수"),
            ("ใจดี", "สมชายใจดี"),
            ("たろう", "やまだたろう"),
        ] {
            assert!(finds(search, name), "{search} in {name}");
        }
        assert!(!finds("明王", "王小明"));
    }

    #[test]
    fn keys_stay_short_whatever_the_name() {
        let long = "ก".repeat(200);
        let keys = keys(&long);
        assert!(keys.iter().all(|key| key.chars().count() <= LONGEST_KEY) && keys.len() <= LONGEST_KEY);
        assert!(finds(&long, &long));
    }
}
