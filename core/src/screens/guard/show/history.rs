//! What was recorded in this shift: the list, and one entry of it.

use super::{
    super::{
        Guard,
        place::{Correcting, History},
    },
    Action, Sheet,
    gate::{checks, kind, who},
};
use crate::{
    decision::guard::is_flagged,
    device::{PastEvent, ScannedBy},
    message, phrase,
    screens::{Banner, FieldName, Says},
    words::{self, Id, Phrase},
};

impl Guard {
    pub(super) fn write_history(&self, sheet: &mut Sheet, history: &History) {
        sheet.problem(history.problem.as_ref());
        if let Some(past) = history.opened() {
            return write_past(sheet, past);
        }
        let Some(found) = &history.found else {
            return sheet.busy(history.asked.is_some(), message!("busy-asking"));
        };
        if found.is_empty() {
            sheet.line(Says::Text, message!("say-no_history"));
        }
        for past in found {
            let text = sheet.say(&who(&past.result));
            let time = sheet.now.says(past.result.at);
            let what = phrase!("line-and", list = time, item = outcome(past));
            let detail = match past.result.verdict {
                Some(verdict) => phrase!("line-and", list = words::verdict(verdict), item = what),
                None => what,
            };
            // What was found later, or was never decided, is to be seen without opening each.
            let marked = past.found.is_some() || past.granted.is_none() && !past.closed;
            sheet.row(text, Some(detail), marked, Action::Past(past.result.event));
        }
    }

    pub(super) fn write_correct(&self, sheet: &mut Sheet, correcting: &Correcting) {
        if let Some(past) = correcting.from.opened()
            && let Some(granted) = correcting.becomes()
        {
            sheet.line(Says::Lead, who(&past.result));
            if is_flagged(granted, [past.result.verdict]) {
                sheet.line(Says::Warning, words::reason(&past.result.code).guard);
            }
            let (before, after) = (decided(!granted), decided(granted));
            sheet.line(Says::Text, phrase!("say-correct", before = before, after = after));
        }
        sheet.field(FieldName::Reason, message!("field-why"), &correcting.text);
        sheet.problem(correcting.problem.as_ref());
        sheet.busy(correcting.asked.is_some(), message!("busy-writing"));
    }
}

fn write_past(sheet: &mut Sheet, past: &PastEvent) {
    let result = &past.result;
    if let Some(verdict) = result.verdict {
        let word = sheet.language.word(words::verdict(verdict));
        sheet.screen.verdict = Some(Banner { word, shape: verdict.into(), colour: verdict });
    }
    sheet.title(phrase!("screen-past_of", who = who(result), time = sheet.now.says(result.at)));
    sheet.line(Says::Lead, who(result));
    if result.kind != ScannedBy::Unreadable {
        sheet.line(Says::Text, kind(result.kind));
    }
    if let Some(host) = &result.host {
        sheet.line(Says::Text, phrase!("say-visiting", host = host));
    }
    sheet.line(Says::Text, phrase!("say-past", time = sheet.now.says(result.at), outcome = outcome(past)));
    if let Some((code, since)) = &past.found {
        let reason = words::reason(code).label;
        let found = match since {
            Some(since) => {
                phrase!("say-found_since", reason = reason, time = sheet.now.says(since.to_millis()))
            }
            None => phrase!("say-found_against", reason = reason),
        };
        sheet.line(Says::Warning, found);
    }
    if let Some(left) = past.departed {
        sheet.line(Says::Text, phrase!("say-left", time = sheet.now.says(left)));
    }
    if past.reported {
        sheet.line(Says::Text, message!("say-reported"));
    }
    sheet.line(Says::Small, phrase!("say-text", text = result.code.word()));
    sheet.screen.checks = checks(sheet, result);
}

/// What became of it.
fn outcome(past: &PastEvent) -> Phrase<'static> {
    let id: Id = match (past.granted, past.closed) {
        (Some(granted), _) => decided(granted),
        (None, true) if past.result.departure_of.is_some() => message!("past-left"),
        (None, true) => message!("past-undecided"),
        (None, false) => message!("past-open"),
    };
    if past.corrected { phrase!("past-corrected", outcome = id) } else { id.into() }
}

const fn decided(granted: bool) -> Id {
    if granted { message!("past-granted") } else { message!("past-denied") }
}
