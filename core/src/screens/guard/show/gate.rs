//! The camera, verdicts, and what belongs to them.

use super::{
    super::{
        CameraSays, Guard, Usual,
        action::Did,
        place::{Judged, News, PhotoStage, Photographing, Purpose, Reasoning, Reporting},
    },
    Action, Sheet,
    lists::write_alike,
};
use crate::{
    decision::{CheckState, Code, Verdict},
    device::{CheckResult, ScanResult, ScannedBy},
    gatepack::PhotoPolicy,
    message, phrase,
    qr::Why,
    screens::{Banner, CheckLine, Countdown, FieldName, Picture, Says, Viewfinder, camera::camera_trouble},
    words::{self, Id, Phrase, time},
};

/// A code that cannot be read so long is helped with advice. Milliseconds.
const UNREAD_MS: u64 = 2_000;
/// The longest that a server is usually waited for. The station itself keeps to its organisation's own limit.
const CHECKED_MS: u64 = 1_500;

impl Guard {
    pub(super) fn write_camera(&self, sheet: &mut Sheet) {
        if let Some(last) = &self.last {
            let nobody = message!("say-no_name");
            let who = last.who.as_deref().map_or_else(|| Phrase::from(nobody), said);
            let time = sheet.now.says(last.at);
            match &last.did {
                Did::Granted { against } => {
                    sheet.line(Says::Text, phrase!("say-last_granted", who = who, time = time));
                    if *against {
                        sheet.line(Says::Warning, words::outcome(true, true, false));
                    }
                }
                Did::Denied => sheet.line(Says::Text, phrase!("say-last_denied", who = who, time = time)),
                Did::Left => sheet.line(Says::Text, phrase!("say-last_left", who = who, time = time)),
            }
        }
        if let Some(CameraSays::Fails(trouble)) = self.phone.camera {
            sheet.line(Says::Warning, camera_trouble(trouble));
            sheet.line(Says::Text, message!("say-without_camera"));
        } else {
            // An idle camera sees nothing, and that is nothing to be said.
            let why = self.eye.frame.why.filter(|why| *why != Why::NothingThere);
            let long = sheet.now.since(self.eye.read_ms) >= UNREAD_MS;
            let advice = match (&self.eye.problem, why) {
                (Some(trouble), _) => Some(sheet.say(&trouble.phrase())),
                (None, Some(why)) if long => Some(sheet.language.word(words::sight(why))),
                _ => None,
            };
            sheet.screen.viewfinder = Some(Viewfinder { outlines: self.eye.frame.outlines.clone(), advice });
        }
        sheet.problem(self.notice.as_ref());
    }

    pub(super) fn write_checking(&self, sheet: &mut Sheet) {
        sheet.line(Says::Text, message!("say-checking"));
        sheet.busy(true, message!("busy-asking"));
        if let Some((_, from_ms)) = self.eye.scan {
            let until_ms = from_ms.saturating_add(CHECKED_MS);
            sheet.screen.countdown = Some(Countdown { from_ms, until_ms, text: None });
        }
    }

    pub(super) fn write_verdict(&self, sheet: &mut Sheet, judged: &Judged) {
        let result = &*judged.result;
        if let Some(verdict) = result.verdict {
            let word = sheet.language.word(words::verdict(verdict));
            sheet.screen.verdict = Some(Banner { word, shape: verdict.into(), colour: verdict });
        }
        let who = who(result);
        match (result.departure_of, result.verdict) {
            (Some(_), _) => sheet.title(phrase!("screen-leaving", who = who.clone())),
            (None, Some(verdict)) => {
                sheet.title(phrase!("screen-verdict", verdict = words::verdict(verdict), who = who.clone()));
            }
            (None, None) => sheet.title(phrase!("screen-walk_up_of", who = who.clone())),
        }
        sheet.line(Says::Lead, who);
        if result.kind != ScannedBy::Unreadable {
            sheet.line(Says::Text, kind(result.kind));
        }
        if let Some(host) = &result.host {
            sheet.line(Says::Text, phrase!("say-visiting", host = host));
        }
        sheet.screen.picture = result.face.map(|_| Picture::Face(result.event));
        self.write_why(sheet, result);
        write_alike(sheet, &judged.alike);
        if result.departure_of.is_some() {
            sheet.line(Says::Text, message!("say-departure"));
        }
        if result.again {
            sheet.line(Says::Text, message!("say-again"));
        }
        if judged.reported {
            sheet.line(Says::Text, message!("say-reported"));
        }
        sheet.problem(judged.problem.as_ref());
        sheet.busy(judged.asked.is_some(), message!("busy-writing"));
        sheet.line(Says::Small, phrase!("say-text", text = result.code.word()));
        sheet.screen.checks = checks(sheet, result);
    }

    /// One sentence, and where the guard is to judge what that rests on and how old it is.
    fn write_why(&self, sheet: &mut Sheet, result: &ScanResult) {
        let sentence = match result.verdict {
            None => words::WALK_UP.guard,
            Some(_) => words::reason(&result.code).guard,
        };
        sheet.line(Says::Text, sentence);
        for ban in &result.bans {
            sheet.line(Says::Warning, words::ban(&ban.names, &ban.reason));
        }
        if let Some(used) = result.last_used {
            let time = sheet.now.says(used);
            let before = match (&result.last_used_site, &result.last_used_by) {
                (Some(site), Some(guard)) => {
                    phrase!("say-used_by", time = time, site = site, guard = guard)
                }
                (Some(site), None) => phrase!("say-used_site", time = time, site = site),
                (None, _) if result.online => phrase!("say-used_elsewhere", time = time),
                (None, _) => phrase!("say-used_at", time = time),
            };
            sheet.line(Says::Warning, before);
        }
        if result.verdict == Some(Verdict::Caution) {
            for reason in &result.reasons {
                let time = reason.as_of.map(|as_of| {
                    let clock = sheet.say(&sheet.now.says(as_of));
                    reason
                        .age_s
                        .map_or_else(|| sheet.now.says(as_of), |age_s| time::clock_and_age(clock, age_s))
                });
                sheet.line(Says::Text, words::plain_basis(reason, time));
            }
        }
        if result.station_revoked {
            sheet.line(Says::Warning, message!("say-revoked_result"));
        }
    }

    pub(super) fn write_news(&self, sheet: &mut Sheet, news: &News) {
        sheet.line(Says::Text, message!("say-news"));
        sheet.problem(news.problem.as_ref());
        sheet.busy(news.asked.is_some(), message!("busy-asking"));
    }

    pub(super) fn write_reason(&self, sheet: &mut Sheet, reasoning: &Reasoning) {
        sheet.line(Says::Lead, who(&reasoning.judged.result));
        sheet.line(Says::Warning, words::reason(&reasoning.judged.result.code).guard);
        sheet.line(Says::Text, message!("say-hold"));
        for usual in Usual::ALL {
            let text = sheet.language.word(usual.words());
            sheet.row(text, None, reasoning.usual == Some(usual), Action::Reason(usual));
        }
        sheet.field(FieldName::Reason, message!("field-reason"), &reasoning.text);
        sheet.problem(reasoning.judged.problem.as_ref());
    }

    pub(super) fn write_photo(&self, sheet: &mut Sheet, photographing: &Photographing) {
        let sentence = match &photographing.purpose {
            Purpose::Grant { judged, .. } if judged.result.photo == PhotoPolicy::Required => {
                message!("say-photo_required")
            }
            Purpose::Grant { .. } => message!("say-photo_optional"),
            Purpose::Report(_) => message!("say-photo_note"),
        };
        sheet.line(Says::Text, sentence);
        match (photographing.stage, self.phone.camera) {
            (PhotoStage::Taken(photo), _) => sheet.screen.picture = Some(Picture::Taken(photo)),
            (_, Some(CameraSays::Fails(trouble))) => sheet.line(Says::Warning, camera_trouble(trouble)),
            _ => sheet.screen.viewfinder = Some(Viewfinder::default()),
        }
        if let Purpose::Grant { judged, .. } = &photographing.purpose {
            sheet.problem(judged.problem.as_ref());
        }
    }

    pub(super) fn write_report(&self, sheet: &mut Sheet, reporting: &Reporting) {
        sheet.line(Says::Lead, who(&reporting.judged.result));
        sheet.line(Says::Text, message!("say-report"));
        sheet.field(FieldName::Note, message!("field-note"), &reporting.note);
        sheet.screen.picture = reporting.photo.map(Picture::Taken);
        sheet.problem(reporting.problem.as_ref());
        sheet.busy(reporting.asked.is_some(), message!("busy-writing"));
    }
}

/// Every check, failed ones first.
pub(super) fn checks(sheet: &Sheet, result: &ScanResult) -> Vec<CheckLine> {
    let of = |state: CheckState| result.checks.iter().filter(move |check| check.state == state);
    let checks = of(CheckState::Failed).chain(of(CheckState::Passed)).chain(of(CheckState::Skipped));
    checks.map(|check| check_line(sheet, check)).collect()
}

/// Who it is, as far as that may be shown.
pub(super) fn who(result: &ScanResult) -> Phrase<'_> {
    match (&result.name, result.kind) {
        (Some(name), _) => said(name),
        (None, ScannedBy::Unreadable) => message!("nameless-unreadable").into(),
        (None, _) => message!("say-no_name").into(),
    }
}

/// What somebody is called, as it stands.
fn said(name: &str) -> Phrase<'_> {
    phrase!("say-text", text = name)
}

pub(super) const fn kind(kind: ScannedBy) -> Id {
    match kind {
        ScannedBy::Member | ScannedBy::Device => message!("kind-member"),
        ScannedBy::Visitor | ScannedBy::Expected => message!("kind-visitor"),
        ScannedBy::WalkUp => message!("kind-walk_up"),
        ScannedBy::Unreadable => message!("kind-unreadable"),
    }
}

fn check_line(sheet: &Sheet, check: &CheckResult) -> CheckLine {
    let words = words::check(check.check);
    let text = match (check.state, &check.code) {
        (CheckState::Passed, _) => words.passed,
        (CheckState::Skipped, _) => words.skipped,
        (CheckState::Failed, code) => words::reason(code.as_ref().unwrap_or(&Code::Ok)).label,
    };
    let (label, text) = (sheet.language.word(words.label), sheet.language.word(text));
    CheckLine { state: check.state, label, text }
}
