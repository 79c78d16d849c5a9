//! Breaking a text into lines that fit a width, in letters as large as that allows. No font is asked: what prints it has
//! one of its own, so widths are those of an ordinary sans serif, and a little more.

use unicode_segmentation::UnicodeSegmentation;

/// By how much letters shrink from one try to the next.
const STEP: f64 = 0.2;

/// The size of the letters and the lines. What does not even fit at the least size loses its end, which is marked.
pub fn fit(text: &str, width: f64, largest: f64, least: f64, most: usize) -> (f64, Vec<String>) {
    let mut size = largest;
    while size > least {
        if let Some(lines) = whole(text, width / size).filter(|lines| lines.len() <= most) {
            return (size, lines);
        }
        size -= STEP;
    }
    let mut lines = broken(text, width / least);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while ems(last) + 1.0 > width / least {
                let Some((at, _)) = last.grapheme_indices(true).next_back() else { break };
                last.truncate(at);
            }
            last.push('…');
        }
    }
    (least, lines)
}

/// Lines of whole words, `width` ems wide at most; none where a word is wider.
fn whole(text: &str, width: f64) -> Option<Vec<String>> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        if ems(word) > width {
            return None;
        }
        match lines.last_mut() {
            Some(line) if ems(line) + ems(" ") + ems(word) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    Some(lines)
}

/// The same, with words broken where they are wider.
fn broken(text: &str, width: f64) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let mut part = String::new();
        for letter in word.graphemes(true) {
            if !part.is_empty() && ems(&part) + ems(letter) > width {
                parts.push(std::mem::take(&mut part));
            }
            part.push_str(letter);
        }
        parts.push(part);
    }
    whole(&parts.join(" "), width.max(2.0)).unwrap_or(parts)
}

/// The width of a text in ems.
fn ems(text: &str) -> f64 {
    let width = |letter: &str| match letter.chars().next() {
        None => 0.0,
        Some(' ' | 'i' | 'j' | 'l' | 'I' | '.' | ',' | '\'' | ':') => 0.32,
        // Han, kana, Hangul and full-width forms; emoji.
        Some('\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..) => {
            1.05
        }
        Some('m' | 'w' | 'M' | 'W' | '@') => 0.95,
        Some(letter) if letter.is_uppercase() => 0.74,
        Some(_) => 0.62,
    };
    text.graphemes(true).map(width).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_short_name_is_large_and_a_long_one_whole() {
        assert_eq!(fit("Vera Visitor", 28.0, 6.4, 3.0, 5), (6.4, vec!["Vera".into(), "Visitor".into()]));
        let (size, lines) = fit("Maria-Magdalena Wolfeschlegelsteinhausen", 28.0, 6.4, 3.0, 5);
        assert!(size < 3.2, "{size}");
        assert_eq!(lines.concat().replace(' ', ""), "Maria-MagdalenaWolfeschlegelsteinhausen");
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_there_are_not_too_many(text in "\\PC{0,200}") {
            let (size, lines) = fit(&text, 28.0, 6.4, 3.0, 5);
            prop_assert!((3.0..=6.4).contains(&size));
            prop_assert!(lines.len() <= 5);
            for line in &lines {
                prop_assert!(ems(line) * size <= 28.0 + 1.1 * size, "{line}");
            }
        }
    }
}
