//! What each screen says, in the reader's language. What can be done on it comes from `offers`, and is only given its
//! words here.

mod entering;
mod gate;
mod history;
mod lists;
mod stops;

use self::lists::write_walk_up;
use super::{
    Action, Guard, Kind, Screen,
    place::{Base, EnrolStage, Inside, Over, SignIn, SignInStage},
};
use crate::{
    device::PackHeld,
    message, phrase,
    screens::{
        FieldName, Says, StatusLine,
        sheet::{self, CODE_LASTS_MS, LOW_BATTERY},
    },
    words::{Id, Language, Phrase},
};

/// A screen that is being written.
type Sheet = sheet::Sheet<Kind, Action>;

impl Guard {
    /// What is shown now, in this language.
    #[must_use]
    pub fn screen(&self, language: Language) -> Screen {
        let title = title(self.kind());
        let mut sheet = Sheet::new(language, self.now, self.shown.number, self.kind(), title);
        sheet.screen.status = self.status_line(language);
        sheet.screen.calm = self.is_calm();
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
            Over::WalkUp(walking) => write_walk_up(sheet, walking),
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
        for offer in self.offers() {
            let action = offer.action;
            let on = match (action, self.over.last()) {
                (Action::Torch, _) => self.phone.torch,
                (Action::Muster, Some(Over::Inside(Inside { muster, .. }))) => muster.is_some(),
                _ => false,
            };
            sheet.offers(offer, action.is_row(), action.label(on));
        }
    }

    /// Nothing is being done at a gate without a shift. What is asked of the guard, or stops them, can be asked again; what
    /// they type cannot, nor the code that was sent to them.
    fn is_calm(&self) -> bool {
        let idle = matches!(self.over.last(), None | Some(Over::Enrol(_) | Over::Stop(_)));
        let above = self.over.iter().find_map(|over| match over {
            Over::Enrol(enrol) => Some(enrol),
            _ => None,
        });
        let beneath = match &self.base {
            Base::Enrol(enrol) => Some(enrol),
            _ => None,
        };
        let enrols = above.or(beneath).is_some_and(|enrol| {
            let typed = matches!(&enrol.stage, EnrolStage::Type(text) if !text.is_empty());
            typed || enrol.asked().is_some()
        });
        let enters = match &self.base {
            Base::SignIn(SignIn { stage, asked, .. }) => {
                let sent = matches!(stage, SignInStage::Digits { sent_ms, .. }
                    if self.now.since(*sent_ms) < CODE_LASTS_MS);
                sent || asked.is_some()
            }
            Base::Start(start) => start.asked.is_some(),
            Base::Opening | Base::Enrol(_) | Base::Camera => false,
        };
        idle && !enrols && !enters && !matches!(self.base, Base::Camera)
    }

    /// Site, network, what waits; and only if it is wrong: the data's age, clock, storage, battery.
    fn status_line(&self, language: Language) -> Option<StatusLine<Action>> {
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
        let action = self.offered(Action::Status).map(|offer| offer.action);
        Some(StatusLine { text, warns, action })
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
