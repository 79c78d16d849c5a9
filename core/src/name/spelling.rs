//! Names as they are searched: what a guard types quickly, without accents, must still be found.

use unicode_normalization::UnicodeNormalization;

use super::is_invisible;

/// The words of a name in the one spelling in which they are compared: lower case, compatibility forms resolved,
/// accents and vowel points gone, letters that nobody finds on another keyboard written as the ones that stand in for
/// them (`ß` as `ss`, `ø` as `o`, `ł` as `l`, `đ` as `d`, `ı` as `i`, `ς` as `σ` and so on).
///
/// An apostrophe joins what stands around it, everything else that is neither letter nor digit separates.
pub fn words(text: &str) -> Vec<String> {
    fold(text, true)
}

/// The same, and besides the parts of words with an apostrophe (`O'Brien` is `obrien`, `o` and `brien`), and umlauts and
/// their kin as those write them who have no key for them (`Müller` is `muller` and `mueller`).
pub fn searchable_words(text: &str) -> Vec<String> {
    let mut found = words(text);
    let written_out: String =
        text.nfc().map(|c| written_out(c).map_or_else(|| c.to_string(), str::to_owned)).collect();
    for part in fold(text, false).into_iter().chain(fold(&written_out, true)) {
        if !found.contains(&part) {
            found.push(part);
        }
    }
    found
}

/// How letters are typed where a keyboard lacks them and an accent left out would be another letter.
const fn written_out(c: char) -> Option<&'static str> {
    Some(match c {
        'ä' | 'Ä' => "ae",
        'ö' | 'Ö' | 'ø' | 'Ø' => "oe",
        'ü' | 'Ü' => "ue",
        'å' | 'Å' => "aa",
        _ => return None,
    })
}

/// The [`words`] of a name with a space between them: text that can be searched and compared.
pub fn folded(text: &str) -> String {
    words(text).join(" ")
}

fn fold(text: &str, joins: bool) -> Vec<String> {
    let mut folded = String::with_capacity(text.len());
    // Before the accents go: decomposed, some apostrophes are a space with an accent.
    let text = text.chars().map(|c| if is_apostrophe(c) { '\'' } else { c });
    // Lower case twice: some letters have a lower case only in their compatibility form.
    for c in text.flat_map(char::to_lowercase).nfkd().flat_map(char::to_lowercase) {
        match c {
            _ if is_mark_of_spelling(c) || (is_invisible(c) && !c.is_control()) => {}
            '\'' if joins => {}
            _ => match plain(c) {
                Some(plain) => folded.push_str(plain),
                None if c.is_alphanumeric() || is_part_of_letter(c) => folded.push(c),
                None => folded.push(' '),
            },
        }
    }
    folded.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | 'ʹ' | '`' | '´' | '′' | '＇')
}

/// Letters that stay whole when accents are taken off, and what people type in their place.
const fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' | 'ɨ' => "i",
        'ŧ' => "t",
        'ŋ' => "n",
        'ĸ' => "k",
        'ς' => "σ",
        // Of Arabic and Hebrew the forms that one keyboard, language or place in a word has for another's.
        'ة' | 'ۃ' | 'ہ' | 'ھ' | 'ۀ' => "ه",
        'ى' | 'ی' | 'ې' => "ي",
        'ک' => "ك",
        'ך' => "כ",
        'ם' => "מ",
        'ן' => "נ",
        'ף' => "פ",
        'ץ' => "צ",
        _ => return None,
    })
}

/// Marks that change how a letter is spelt but not which letter it is: accents of Latin, Greek and Cyrillic, points of
/// Hebrew and Arabic. The vowel signs of the scripts of India and the
/// voicing marks of Japanese make other letters and stay.
const fn is_mark_of_spelling(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36f}'
            | '\u{483}'..='\u{487}'
            | '\u{591}'..='\u{5bd}'
            | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
            | '\u{610}'..='\u{61a}'
            | '\u{640}'
            | '\u{64b}'..='\u{65f}'
            | '\u{670}'
            | '\u{6d6}'..='\u{6dc}'
            | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{fe20}'..='\u{fe2f}'
    )
}

/// Marks that are no letters by themselves but part of one.
pub(super) fn is_part_of_letter(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_fold_alike() {
        for (text, wanted) in [
            ("  Zoë   VAN-DEN BERG ", "zoe van den berg"),
            ("Straße STRASSE Strasse ẞ", "strasse strasse strasse ss"),
            ("Søren Łukasz Đorđe", "soren lukasz dorde"),
            ("İSTANBUL ıstanbul ISTANBUL istanbul", "istanbul istanbul istanbul istanbul"),
            ("ΟΔΥΣΣΕΥΣ Ὀδυσσεύς", "οδυσσευσ οδυσσευσ"),
            ("O'Brien O’BRIEN D´Angelo", "obrien obrien dangelo"),
            ("ﬁn Ｗｉｄｅ Ǆ", "fin wide dz"),
            ("e\u{301} é", "e e"),
            ("Æsa Œuvre Þór", "aesa oeuvre thor"),
            ("Ёлкин Йод", "елкин иод"),
            ("مُحَمَّد", "محمد"),
            ("राम रमा", "राम रमा"),
            ("がか", "か\u{3099}か"),
            ("Nr. 7, 2nd", "nr 7 2nd"),
            ("'’- \u{200e}", ""),
        ] {
            assert_eq!(folded(text), wanted, "{text}");
        }
        assert_eq!(searchable_words("O'Brien"), ["obrien", "o", "brien"]);
        assert_eq!(searchable_words("Søren Mu\u{308}ller"), ["soren", "muller", "soeren", "mueller"]);
        assert_eq!(folded("a\u{200b}b\u{3164}c \u{2800} d\u{e0041}"), "abc d");
    }
}
