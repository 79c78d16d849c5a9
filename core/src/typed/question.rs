//! A decision that is typed where codes are typed, too.
//!
//! A scanner that acts as a keyboard types whatever stands in a code, line ends included, so a line that grants may
//! have been printed by whoever wants to come in. Therefore a decision names a word that is random, shown with the
//! verdict, and good for that one verdict: nobody can print it beforehand. Nor can they print all the words there are:
//! after a wrong one nothing counts until the keyboard was silent for a while, which no code can be.

use std::fmt;

/// Characters that nobody takes for one another.
const ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
/// Characters of a word.
pub const WORD_LENGTH: usize = 2;
/// How long nothing must be typed after a wrong word, before a line counts again. Milliseconds.
const SILENCE_MS: u64 = 1_500;

/// What a guard types to show that the verdict was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word([u8; WORD_LENGTH]);

impl Word {
    /// A word of random bytes.
    #[must_use]
    pub fn new(random: [u8; 8]) -> Self {
        // Far more random than the word, so that each is as likely as the next.
        let mut number = u64::from_be_bytes(random);
        let length = ALPHABET.len() as u64;
        Self([(); WORD_LENGTH].map(|()| {
            let index = usize::try_from(number % length).unwrap_or_default();
            number /= length;
            ALPHABET.get(index).copied().unwrap_or(b'X')
        }))
    }

    fn is(self, typed: &str) -> bool {
        typed.as_bytes().eq_ignore_ascii_case(&self.0)
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{}", char::from(*byte)))
    }
}

/// How a typed answer counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer<T> {
    /// It is about this.
    Counts(T),
    /// There is nothing to answer.
    NothingAsked,
    /// The word is missing; it may still be given.
    WordMissing(Word),
    /// Another word. A new one is asked for, once the keyboard was silent.
    WordWrong(Word),
}

/// What is on the screen and waits for the guard, and the word that answers it.
#[derive(Debug, Clone)]
pub struct Question<T> {
    asked: Option<(T, Word)>,
    /// When the last line came in since a wrong word. Milliseconds of a monotonic clock.
    distrusted: Option<u64>,
}

impl<T> Default for Question<T> {
    fn default() -> Self {
        Self { asked: None, distrusted: None }
    }
}

impl<T: Clone> Question<T> {
    /// Asks about something new. What was asked before is over.
    pub const fn ask(&mut self, about: T, word: Word) -> Word
    where
        T: Copy,
    {
        self.asked = Some((about, word));
        word
    }

    /// Nothing is asked any more.
    pub fn withdraw(&mut self) {
        self.asked = None;
    }

    /// A line came in at this time: whether it is listened to. After a wrong word nothing is, until the lines stop.
    pub fn hears(&mut self, now_ms: u64) -> bool {
        match self.distrusted {
            Some(last) if now_ms.saturating_sub(last) < SILENCE_MS => {
                self.distrusted = Some(now_ms);
                false
            }
            _ => {
                self.distrusted = None;
                true
            }
        }
    }

    /// What the guard typed as the word, at this time. `fresh` is asked for instead of a word that was guessed at.
    pub fn answer(&mut self, typed: Option<&str>, now_ms: u64, fresh: Word) -> Answer<T> {
        let Some((about, word)) = &mut self.asked else { return Answer::NothingAsked };
        match typed {
            None => Answer::WordMissing(*word),
            Some(typed) if word.is(typed) => Answer::Counts(about.clone()),
            Some(_) => {
                *word = fresh;
                self.distrusted = Some(now_ms);
                Answer::WordWrong(fresh)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(number: u64) -> Word {
        Word::new(number.to_be_bytes())
    }

    #[test]
    fn only_the_word_that_was_asked_for_counts_and_once_for_each_verdict() {
        let mut question = Question::default();
        assert_eq!(question.answer(Some("22"), 0, word(1)), Answer::NothingAsked);
        let first = question.ask(1, word(40));
        assert_eq!(question.answer(None, 0, word(1)), Answer::WordMissing(first));
        assert_eq!(question.answer(Some(&first.to_string().to_lowercase()), 0, word(1)), Answer::Counts(1));
        let second = question.ask(2, word(41));
        assert_ne!(first, second);
        assert_eq!(question.answer(Some(&first.to_string()), 0, word(7)), Answer::WordWrong(word(7)));
        assert_eq!(question.answer(Some(&second.to_string()), 0, word(8)), Answer::WordWrong(word(8)));
    }

    #[test]
    fn every_word_there_is_in_one_breath_opens_nothing() {
        let mut question = Question::default();
        let _ = question.ask((), word(500));
        let (mut now, mut tried) = (10_000, 0);
        for guess in 0..961 {
            now += 5;
            if question.hears(now) {
                tried += 1;
                assert!(!matches!(
                    question.answer(Some(&word(guess).to_string()), now, word(900)),
                    Answer::Counts(())
                ));
            }
        }
        assert_eq!(tried, 1);
        assert!(!question.hears(now + SILENCE_MS - 1));
        assert!(question.hears(now + 2 * SILENCE_MS));
    }

    #[test]
    fn words_are_spread_over_the_whole_alphabet() {
        let all: std::collections::HashSet<String> =
            (0..961).map(|number| word(number).to_string()).collect();
        assert_eq!(all.len(), 961);
        assert!(all.iter().all(|word| word.len() == WORD_LENGTH));
    }
}
