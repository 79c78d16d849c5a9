//! A screen that is being written, in the language of its reader: what the guard's and the member's screens have in
//! common.

use std::sync::Arc;

use super::{Button, Countdown, Field, FieldName, Keyboard, Line, Moment, Row, Says, Screen, offer::Offer};
use crate::{
    device::{StationError, WalletError},
    message, phrase,
    words::{Id, Language, Phrase, time},
};

/// Battery below this is said. Percent.
pub(super) const LOW_BATTERY: u8 = 15;
/// So long a one-time code that was sent is good. Milliseconds.
pub(super) const CODE_LASTS_MS: u64 = 600_000;

/// Something that failed and can say why.
pub(super) trait Failure {
    fn sentence(&self) -> Phrase<'_>;
    fn stable_code(&self) -> &str;
}

impl Failure for StationError {
    fn sentence(&self) -> Phrase<'_> {
        self.phrase()
    }

    fn stable_code(&self) -> &str {
        self.code()
    }
}

impl Failure for WalletError {
    fn sentence(&self) -> Phrase<'_> {
        self.phrase()
    }

    fn stable_code(&self) -> &str {
        self.code()
    }
}

/// A screen that is being written.
pub(super) struct Sheet<K, A> {
    pub language: Language,
    pub now: Moment,
    pub screen: Screen<K, A>,
}

impl<K, A> Sheet<K, A> {
    /// With nothing on it but its title.
    pub(super) fn new(language: Language, now: Moment, number: u64, kind: K, title: Id) -> Self {
        let screen = Screen {
            number,
            kind,
            title: language.word(title),
            direction: language.direction(),
            status: None,
            verdict: None,
            lines: Vec::new(),
            checks: Vec::new(),
            fields: Vec::new(),
            rows: Vec::new(),
            buttons: Vec::new(),
            countdown: None,
            viewfinder: None,
            picture: None,
            code: None,
            busy: None,
            calm: false,
        };
        Self { language, now, screen }
    }

    pub(super) fn say(&self, phrase: &Phrase<'_>) -> String {
        self.language.say(phrase)
    }

    pub(super) fn line<'a>(&mut self, says: Says, phrase: impl Into<Phrase<'a>>) {
        let text = self.language.say(&phrase.into());
        self.screen.lines.push(Line { says, text });
    }

    /// What somebody wrote, as it stands.
    pub(super) fn lead(&mut self, text: &str) {
        self.screen.lines.push(Line { says: Says::Lead, text: text.to_owned() });
    }

    pub(super) fn title<'a>(&mut self, phrase: impl Into<Phrase<'a>>) {
        self.screen.title = self.language.say(&phrase.into());
    }

    /// Why something could not be done, with its code for support.
    pub(super) fn problem<E: Failure>(&mut self, trouble: Option<&Arc<E>>) {
        if let Some(trouble) = trouble {
            self.line(Says::Problem, trouble.sentence());
            self.line(Says::Small, phrase!("say-text", text = trouble.stable_code()));
        }
    }

    pub(super) fn field(&mut self, name: FieldName, label: Id, text: &str) {
        let (keyboard, hidden) = match name {
            FieldName::Digits => (Keyboard::Digits, false),
            FieldName::Pin => (Keyboard::Digits, true),
            FieldName::Address => (Keyboard::Address, false),
            _ => (Keyboard::Text, false),
        };
        let label = self.language.word(label);
        self.screen.fields.push(Field { name, label, text: text.to_owned(), keyboard, hidden });
    }

    pub(super) fn row(&mut self, text: String, detail: Option<Phrase<'_>>, marked: bool, action: A) {
        let detail = detail.map(|detail| self.language.say(&detail));
        self.screen.rows.push(Row { text, detail, marked, action: Some(action) });
    }

    pub(super) fn busy(&mut self, busy: bool, words: Id) {
        if busy {
            self.screen.busy = Some(self.language.word(words));
        }
    }

    /// The one-time code that was sent to an address, and when another can be sent.
    pub(super) fn code_sent(&mut self, email: &str, text: &str, sent_ms: u64, resend_ms: u64) {
        self.line(Says::Text, phrase!("say-code_sent", email = email));
        self.field(FieldName::Digits, message!("field-digits"), text);
        let wait_ms = resend_ms.saturating_sub(self.now.since(sent_ms));
        if wait_ms > 0 {
            let wait = time::wait(wait_ms.div_ceil(1_000));
            let text = Some(self.say(&phrase!("say-resend_in", wait = wait)));
            let until_ms = sent_ms.saturating_add(resend_ms);
            self.screen.countdown = Some(Countdown { from_ms: sent_ms, until_ms, text });
        }
    }
}

impl<K, A: Copy + PartialEq> Sheet<K, A> {
    /// Gives an offer its words as a button, or, where it is a row that was written before, says whether it can be
    /// tapped now: one that cannot stays to be read.
    pub(super) fn offers(&mut self, offer: Offer<A>, is_row: bool, label: Id) {
        let Offer { action, enabled, weight, held, side } = offer;
        if is_row {
            let row = self.screen.rows.iter_mut().find(|row| row.action == Some(action));
            if let Some(row) = row.filter(|_| !enabled) {
                row.action = None;
            }
            return;
        }
        let label = self.language.word(label);
        self.screen.buttons.push(Button { action, label, enabled, weight, held, side });
    }
}
