//! The sentences of the core for shells: which languages there are, and what to say for a stable code.

use std::sync::atomic::{AtomicUsize, Ordering};

use gatehouse_core::{
    decision, message,
    words::{self, Direction, Language as Core, Phrase, ProblemWords as CoreProblem},
};

/// A language that everything is said in.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Language {
    /// Its tag (BCP 47).
    pub tag: String,
    /// What it calls itself.
    pub own_name: String,
    /// Whether its lines begin at the right.
    pub right_to_left: bool,
    /// Whether somebody who speaks it well has read all of it.
    pub reviewed: bool,
}

/// What to say for a reason code.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ReasonWords {
    /// Two to four words.
    pub label: String,
    /// One sentence for the guard: what happened and what to do.
    pub guard: String,
    /// One sentence for the admin: what happened and what it means.
    pub admin: String,
}

/// What to say for a check.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CheckWords {
    /// One or two words.
    pub label: String,
    /// What it means that it passed.
    pub passed: String,
    /// What it means that it was skipped.
    pub skipped: String,
}

/// What to say for an error or trouble.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ProblemWords {
    /// What happened, in a few words.
    pub title: String,
    /// What it means and what to do.
    pub text: String,
}

/// The language in which errors say their sentence, by its place among [`Core::ALL`]: one for the whole app, as on
/// every phone.
static SPOKEN: AtomicUsize = AtomicUsize::new(0);

fn spoken() -> Core {
    Core::ALL.get(SPOKEN.load(Ordering::Relaxed)).copied().unwrap_or_default()
}

/// A sentence in the language of the app.
pub(crate) fn say(phrase: &Phrase<'_>) -> String {
    spoken().say(phrase)
}

/// The languages, English first.
#[uniffi::export]
#[must_use]
pub fn languages() -> Vec<Language> {
    let shown = |language: Core| Language {
        tag: language.tag().to_owned(),
        own_name: language.own_name().to_owned(),
        right_to_left: language.direction() == Direction::RightToLeft,
        reviewed: language.is_reviewed(),
    };
    Core::ALL.map(shown).to_vec()
}

/// From now on errors and the functions here speak the first of the phone's languages (tags, or the value of
/// `Accept-Language`) that the core speaks, or English. Gives its tag.
#[uniffi::export]
#[must_use]
pub fn speak(wanted: &str) -> String {
    let language = Core::accepted(wanted);
    let place = Core::ALL.iter().position(|known| *known == language).unwrap_or_default();
    SPOKEN.store(place, Ordering::Relaxed);
    language.tag().to_owned()
}

/// What to say for a reason code of a scan; one that this version does not know still gets a sentence.
#[uniffi::export]
#[must_use]
pub fn reason_words(code: &str) -> ReasonWords {
    let (found, language) = (words::reason(&decision::Code::from_word(code)), spoken());
    ReasonWords {
        label: language.word(found.label),
        guard: language.word(found.guard),
        admin: language.word(found.admin),
    }
}

/// What to say for a check; nothing where there is no such check.
#[uniffi::export]
#[must_use]
pub fn check_words(check: &str) -> Option<CheckWords> {
    let (found, language) = (words::check(check.parse().ok()?), spoken());
    Some(CheckWords {
        label: language.word(found.label),
        passed: language.word(found.passed),
        skipped: language.word(found.skipped),
    })
}

/// What to say for the code of a trouble: of what is stuck, of a synchronisation, of the station's status.
#[uniffi::export]
#[must_use]
pub fn problem_words(code: &str) -> ProblemWords {
    let (found, language) = (CoreProblem::of(code), spoken());
    ProblemWords { title: language.word(found.title), text: language.word(found.text) }
}

/// The one word of a verdict.
#[uniffi::export]
#[must_use]
pub fn verdict_word(verdict: crate::Verdict) -> String {
    spoken().word(words::verdict(verdict))
}

/// What stands for someone who showed no code.
#[uniffi::export]
#[must_use]
pub fn walk_up_word() -> String {
    spoken().word(message!("kind-walk_up"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shells_are_spoken_to_in_the_language_of_the_phone() {
        assert_eq!(speak("de, fr-CA;q=0.8"), "fr");
        assert_eq!(verdict_word(crate::Verdict::Denied), "REFUSÉ");
        assert_eq!(reason_words("expired").label, "Expiré");
        let locked = crate::StationError::from(gatehouse_core::device::StationError::Locked);
        assert!(locked.to_string().starts_with("Ce poste est verrouillé."), "{locked}");
        assert_eq!(speak("tlh"), "en");
        assert_eq!(problem_words("from_the_future").title, "Something went wrong");
        assert_eq!(check_words("from_the_future"), None);
        assert_eq!(languages().iter().filter(|language| language.right_to_left).count(), 1);
    }
}
