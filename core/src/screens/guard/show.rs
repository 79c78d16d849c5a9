//! What each screen says, in the reader's language. What can be done on it comes from `offers`, and is only given its
//! words here.

mod entering;
mod gate;
mod history;
mod lists;
mod stops;

use super::{
    Action, Guard, Kind, Screen,
    offers::Offer,
    place::{Base, Inside, Over, Trouble},
};
use crate::{
    device::PackHeld,
    message, phrase,
    screens::{Button, Field, FieldName, Keyboard, Line, Moment, Row, Says, StatusLine, screen},
    words::{Id, Language, Phrase},
};

/// Battery below this is said. Percent.
const LOW_BATTERY: u8 = 15;

/// A screen that is being written.
struct Sheet {
    language: Language,
    now: Moment,
    screen: Screen,
}

impl Sheet {
    fn say(&self, phrase: &Phrase<'_>) -> String {
        self.language.say(phrase)
    }

    fn line<'a>(&mut self, says: Says, phrase: impl Into<Phrase<'a>>) {
        let text = self.language.say(&phrase.into());
        self.screen.lines.push(Line { says, text });
    }

    /// What somebody wrote, as it stands.
    fn lead(&mut self, text: &str) {
        self.screen.lines.push(Line { says: Says::Lead, text: text.to_owned() });
    }

    fn title<'a>(&mut self, phrase: impl Into<Phrase<'a>>) {
        self.screen.title = self.language.say(&phrase.into());
    }

    /// Why something could not be done, with its code for support.
    fn problem(&mut self, trouble: Option<&Trouble>) {
        if let Some(trouble) = trouble {
            self.line(Says::Problem, trouble.phrase());
            self.line(Says::Small, phrase!("say-text", text = trouble.code()));
        }
    }

    fn field(&mut self, name: FieldName, label: Id, text: &str) {
        let (keyboard, hidden) = match name {
            FieldName::Digits => (Keyboard::Digits, false),
            FieldName::Pin => (Keyboard::Digits, true),
            FieldName::Address => (Keyboard::Address, false),
            _ => (Keyboard::Text, false),
        };
        let label = self.language.word(label);
        self.screen.fields.push(Field { name, label, text: text.to_owned(), keyboard, hidden });
    }

    fn row(&mut self, text: String, detail: Option<Phrase<'_>>, marked: bool, action: Action) {
        let detail = detail.map(|detail| self.language.say(&detail));
        self.screen.rows.push(Row { text, detail, marked, action: Some(action) });
    }

    fn busy(&mut self, busy: bool, words: Id) {
        if busy {
            self.screen.busy = Some(self.language.word(words));
        }
    }
}

impl Guard {
    /// What is shown now, in this language.
    #[must_use]
    pub fn screen(&self, language: Language) -> Screen {
        let screen = screen::Screen {
            number: self.shown.number,
            kind: self.kind(),
            title: language.word(title(self.kind())),
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
            busy: None,
        };
        let mut sheet = Sheet { language, now: self.now, screen };
        sheet.screen.status = self.status_line(language);
        match self.over.last() {
            Some(over) => self.write_over(&mut sheet, over),
            None => self.write_base(&mut sheet),
        }
        self.write_buttons(&mut sheet);
        sheet.screen
    }

    fn write_base(&self, sheet: &mut Sheet) {
        match &self.base {
            Base::Opening => sheet.busy(true, message!("busy-opening")),
            Base::Enrol(enrol) => self.write_enrol(sheet, enrol),
            Base::SignIn(sign_in) => self.write_sign_in(sheet, sign_in),
            Base::Start(start) => self.write_start(sheet, start),
            Base::Camera => self.write_camera(sheet),
        }
    }

    fn write_over(&self, sheet: &mut Sheet, over: &Over) {
        match over {
            Over::Checking => self.write_checking(sheet),
            Over::Verdict(judged) => self.write_verdict(sheet, judged),
            Over::News(news) => self.write_news(sheet, news),
            Over::Reason(reasoning) => self.write_reason(sheet, reasoning),
            Over::Photo(photographing) => self.write_photo(sheet, photographing),
            Over::Report(reporting) => self.write_report(sheet, reporting),
            Over::WalkUp(typing) => {
                sheet.line(Says::Text, message!("say-walk_up"));
                sheet.field(FieldName::Name, message!("field-name"), &typing.text);
                sheet.problem(typing.problem.as_ref());
                sheet.busy(typing.asked.is_some(), message!("busy-writing"));
            }
            Over::TypeCode(typing) => {
                sheet.line(Says::Text, message!("say-type_code"));
                sheet.field(FieldName::Code, message!("field-code"), &typing.text);
                sheet.problem(typing.problem.as_ref());
                sheet.busy(typing.asked.is_some(), message!("busy-asking"));
            }
            Over::SetPin(typing) => {
                sheet.line(Says::Text, message!("say-pin"));
                sheet.field(FieldName::Pin, message!("field-new_pin"), &typing.text);
                sheet.problem(typing.problem.as_ref());
                sheet.busy(typing.asked.is_some(), message!("busy-writing"));
            }
            Over::Expected(search) => self.write_expected(sheet, search),
            Over::Inside(inside) => self.write_inside(sheet, inside),
            Over::History(history) => self.write_history(sheet, history),
            Over::Correct(correcting) => self.write_correct(sheet, correcting),
            Over::Status(page) => self.write_status(sheet, page),
            Over::EndShift(ending) => self.write_end(sheet, ending),
            Over::Enrol(enrol) => self.write_enrol(sheet, enrol),
            Over::Stop(stop) => self.write_stop(sheet, stop),
        }
    }

    fn write_buttons(&self, sheet: &mut Sheet) {
        for Offer { action, enabled, weight, held, side } in self.offers() {
            if action.is_row() {
                // A row that cannot be tapped now stays to be read.
                let row = sheet.screen.rows.iter_mut().find(|row| row.action == Some(action));
                if let Some(row) = row.filter(|_| !enabled) {
                    row.action = None;
                }
                continue;
            }
            let on = match (action, self.over.last()) {
                (Action::Torch, _) => self.phone.torch,
                (Action::Muster, Some(Over::Inside(Inside { muster, .. }))) => muster.is_some(),
                _ => false,
            };
            let label = sheet.language.word(action.label(on));
            sheet.screen.buttons.push(Button { action, label, enabled, weight, held, side });
        }
    }

    /// Site, network, what waits; and only if it is wrong: the data's age, clock, storage, battery.
    fn status_line(&self, language: Language) -> Option<StatusLine> {
        let status = self.station.status.as_deref()?;
        let shift = status.shift.as_ref()?;
        let mut parts: Vec<Phrase<'_>> = Vec::new();
        parts.push(match (self.station.reached, self.station.lost_at) {
            (Some(true), _) => message!("line-online").into(),
            (_, Some(lost)) => phrase!("line-offline_since", time = self.now.says(lost)),
            (_, None) => message!("line-offline").into(),
        });
        if status.outbox.waiting > 0 {
            parts.push(phrase!("line-waiting", count = status.outbox.waiting));
        }
        let usual = parts.len();
        let wrong = [
            (status.revoked, message!("line-revoked")),
            (status.pack_age != PackHeld::Fresh, message!("line-data_old")),
            (!status.clock_trusted, message!("line-clock")),
            (status.storage_low, message!("line-storage")),
        ];
        parts.extend(wrong.into_iter().filter(|(is, _)| *is).map(|(_, words)| words.into()));
        if let Some(percent) = self.phone.battery.filter(|percent| *percent < LOW_BATTERY) {
            parts.push(phrase!("line-battery", percent = u32::from(percent)));
        }
        let warns = parts.len() > usual;
        let parts = parts.into_iter().reduce(|list, item| phrase!("line-and", list = list, item = item))?;
        let text = language.say(&phrase!("line-site", site = &shift.site_name, parts = parts));
        Some(StatusLine { text, warns })
    }
}

/// What a screen is called, where it has no better name.
const fn title(kind: Kind) -> Id {
    match kind {
        Kind::Opening => message!("screen-opening"),
        Kind::Enrol => message!("screen-enrol"),
        Kind::SignIn => message!("screen-sign_in"),
        Kind::Start => message!("screen-start"),
        Kind::Camera => message!("screen-camera"),
        // The verdict is not known yet, or a head of its own says it.
        Kind::Checking | Kind::Verdict | Kind::Leaving => message!("screen-checking"),
        Kind::News => message!("screen-news"),
        Kind::Reason => message!("screen-reason"),
        Kind::Photo => message!("screen-photo"),
        Kind::WalkUp => message!("screen-walk_up"),
        Kind::Expected => message!("screen-expected"),
        Kind::Inside => message!("screen-inside"),
        Kind::TypeCode => message!("screen-type_code"),
        Kind::History => message!("screen-history"),
        Kind::Past => message!("screen-past"),
        Kind::Correct => message!("screen-correct"),
        Kind::Report => message!("screen-report"),
        Kind::Status => message!("screen-status"),
        Kind::SetPin => message!("screen-set_pin"),
        Kind::EndShift => message!("screen-end_shift"),
        Kind::Stop => message!("screen-failed"),
    }
}
