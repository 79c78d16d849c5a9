//! Whether two names may be one person's, however typed: words in another order, left out or run together, and letters
//! that several spellings share. For lists that people must notice they are on; it says "look twice", never "the same".

use super::spelling::words;

/// Particles that some write apart from the name behind them and some do not.
const PARTICLES: [&str; 29] = [
    "abd", "abdul", "abu", "al", "ap", "bar", "ben", "bin", "da", "das", "de", "del", "della", "den", "der",
    "di", "do", "dos", "du", "el", "ibn", "la", "le", "mac", "mc", "o", "ter", "van", "von",
];

/// What tells a son from his father.
const GENERATIONS: [&str; 6] = ["jr", "junior", "sr", "senior", "ii", "iii"];

/// Most words that are put into every order to see whether they were run together otherwise.
const MOST_ORDERED: usize = 5;

/// A name in the form in which it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    /// Its words, reduced to what spellings share, particles joined to the word behind, in alphabetical order.
    words: Vec<String>,
    /// The same without the particles.
    bare: Vec<String>,
    /// The same with each particle a word of its own.
    apart: Vec<String>,
    /// All their letters in order of the alphabet.
    letters: Vec<char>,
    /// The word that tells a son from his father, if there is one.
    generation: Option<&'static str>,
}

impl Likeness {
    /// The form of a name; of one without a letter or digit it is like nothing.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let (mut all, mut bare, mut apart) = (Vec::<String>::new(), Vec::new(), Vec::new());
        let (mut particle, mut generation) = (String::new(), None);
        for word in words(name) {
            if let Some(told) = GENERATIONS.into_iter().find(|told| *told == word) {
                generation = Some(match told {
                    "junior" => "jr",
                    "senior" => "sr",
                    told => told,
                });
                continue;
            }
            particle.push_str(&word);
            apart.push(reduced(&word));
            if !PARTICLES.contains(&word.as_str()) {
                bare.push(reduced(&word));
                all.push(reduced(&std::mem::take(&mut particle)));
            }
        }
        if !particle.is_empty() {
            all.push(reduced(&particle));
        }
        for words in [&mut all, &mut bare, &mut apart] {
            words.sort_unstable();
        }
        let mut letters: Vec<char> = all.iter().flat_map(|word| word.chars()).collect();
        letters.sort_unstable();
        Self { words: all, bare, apart, letters, generation }
    }

    /// Whether both may be names of one person: the words of the shorter are among the other's, at least two of them
    /// unless there is only one in each; or all letters are the same and only their division into words is not. A junior
    /// is not the senior.
    #[must_use]
    pub fn may_be(&self, other: &Self) -> bool {
        if self.generation != other.generation {
            return false;
        }
        let some = |a: &[String], b: &[String]| {
            let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
            few.len() > 1 && is_among(few, many)
        };
        if some(&self.bare, &other.bare) || some(&self.apart, &other.apart) {
            return true;
        }
        let (few, many) = if self.words.len() <= other.words.len() { (self, other) } else { (other, self) };
        match few.words.len() {
            0 => false,
            1 if many.words.len() > 1 => few.is_run_together(many),
            _ => is_among(&few.words, &many.words) || few.is_run_together(many),
        }
    }

    fn is_run_together(&self, other: &Self) -> bool {
        self.letters == other.letters
            && other.words.len() <= MOST_ORDERED
            && self.words.len() <= MOST_ORDERED
            && {
                let mut ours = Vec::new();
                orders(&self.words, &mut Vec::new(), &mut ours);
                let mut theirs = Vec::new();
                orders(&other.words, &mut Vec::new(), &mut theirs);
                ours.iter().any(|text| theirs.contains(text))
            }
    }
}

/// Whether every one of `few` has one of its own among `many`; both in alphabetical order.
fn is_among(few: &[String], many: &[String]) -> bool {
    let mut many = many.iter();
    few.iter().all(|word| many.by_ref().any(|other| other == word))
}

/// The words one behind the other, in every order.
fn orders(words: &[String], taken: &mut Vec<usize>, found: &mut Vec<String>) {
    if taken.len() == words.len() {
        found.push(taken.iter().filter_map(|at| words.get(*at)).map(String::as_str).collect());
        return;
    }
    for at in 0..words.len() {
        if !taken.contains(&at) {
            taken.push(at);
            orders(words, taken, found);
            taken.pop();
        }
    }
}

/// A folded word without what spellings differ in: umlauts written out, doubled letters, `ph`, `y`.
fn reduced(word: &str) -> String {
    let word =
        word.replace("ae", "a").replace("oe", "o").replace("ue", "u").replace("ph", "f").replace('y', "i");
    let mut reduced = String::with_capacity(word.len());
    for c in word.chars() {
        if !reduced.ends_with(c) {
            reduced.push(c);
        }
    }
    reduced
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may_be(a: &str, b: &str) -> bool {
        let (a, b) = (Likeness::of(a), Likeness::of(b));
        assert_eq!(a.may_be(&b), b.may_be(&a));
        a.may_be(&b)
    }

    #[test]
    fn one_person_is_found_in_any_order_and_spelling() {
        for (a, b) in [
            ("Gerald Banned", "BANNED, Gérald"),
            ("Gerald James Banned", "Gerald Banned"),
            ("Jürgen Müller", "Mueller Juergen"),
            ("Sofie Nielsen", "Nielsen Sophie"),
            ("Shaima Al-Harbi", "alharbi shaima"),
            ("Zoë van den Berg", "Vandenberg, Zoe"),
            ("Shaima Al-Harbi", "Shaima Harbi"),
            ("Zoë van den Berg", "Zoe Berg"),
            ("Le Thi Hoa", "Hoa Le"),
            ("Sean O'Brien", "Sean O Brien"),
            ("Anne-Marie Schmidt", "Annemarie Schmidt"),
            ("山田太郎", "山田 太郎"),
            ("أحمد الحربي", "الحربى احمد"),
            ("فاطمة", "فاطمه"),
            ("Mattsson Ase", "Åse Matsson"),
            ("Suharto", "SUHARTO"),
            ("Ge\u{200b}rald Ban\u{3164}ned", "Gerald Banned"),
            ("รัตนาวลี สุวรรณภูมิพิทักษ์ไพศาลกุล", "สุวรรณภูมิพิทักษ์ไพศาลกุล รัตนาวลี"),
        ] {
            assert!(may_be(a, b), "{a} and {b}");
        }
    }

    #[test]
    fn others_are_not() {
        for (a, b) in [
            ("Gerald Banned", "Gerald Bennett"),
            ("Gerald Banned", "Gerald"),
            ("Gerald", "Gerald Banned"),
            ("Jorg Weiss", "Jorg Weiss Jr"),
            ("", ""),
            ("...", "..."),
            ("Ana Lima", "Ana Lima-Costa Prado".split(' ').next().unwrap_or_default()),
        ] {
            assert!(!may_be(a, b), "{a} and {b}");
        }
    }
}
