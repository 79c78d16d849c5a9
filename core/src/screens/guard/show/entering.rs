//! Enrolling, signing in, and where the shift begins.

use super::{
    super::{
        CameraSays, Guard,
        offers::RESEND_MS,
        place::{Enrol, EnrolStage, SignIn, SignInStage, Start},
    },
    Action, Sheet,
};
use crate::{
    message, phrase,
    place::Whereabouts,
    screens::{FieldName, Says, Viewfinder, camera::camera_trouble},
    words::{Id, Phrase},
};

impl Guard {
    pub(super) fn write_enrol(&self, sheet: &mut Sheet, enrol: &Enrol) {
        match &enrol.stage {
            EnrolStage::Scan => {
                sheet.line(Says::Text, message!("say-enrol"));
                match self.phone.camera {
                    Some(CameraSays::Fails(trouble)) => sheet.line(Says::Warning, camera_trouble(trouble)),
                    _ => sheet.screen.viewfinder = Some(Viewfinder::default()),
                }
            }
            EnrolStage::Type(text) => sheet.field(FieldName::Code, message!("field-enrolment"), text),
            EnrolStage::Look { .. } | EnrolStage::Enrol { .. } => {
                sheet.busy(true, message!("busy-asking"));
            }
            EnrolStage::Offer { offer, .. } => {
                sheet.line(Says::Text, offer.phrase());
                if offer.open_to_others {
                    sheet.line(Says::Warning, message!("enrol-open_to_others"));
                }
            }
        }
        sheet.problem(enrol.problem.as_ref());
    }

    pub(super) fn write_sign_in(&self, sheet: &mut Sheet, sign_in: &SignIn) {
        if self.station.status.as_ref().is_some_and(|status| status.locked) {
            sheet.line(Says::Text, message!("say-locked"));
        }
        match &sign_in.stage {
            SignInStage::Guards => {
                sheet.line(Says::Text, message!("say-sign_in_guards"));
                for guard in self.station.guards.iter().filter(|guard| guard.has_pin) {
                    sheet.row(guard.name.clone(), None, false, Action::Guard(guard.person));
                }
            }
            SignInStage::Address(text) => {
                sheet.field(FieldName::Address, message!("field-address"), text);
            }
            SignInStage::Digits { email, text, sent_ms } => {
                sheet.code_sent(email, text, *sent_ms, RESEND_MS);
            }
            SignInStage::Pin { guard, text } => {
                sheet.lead(&guard.name);
                sheet.field(FieldName::Pin, message!("field-pin"), text);
            }
        }
        sheet.problem(sign_in.problem.as_ref());
        sheet.busy(sign_in.asked.is_some(), message!("busy-asking"));
    }

    pub(super) fn write_start(&self, sheet: &mut Sheet, start: &Start) {
        let fix = self.fix();
        match fix {
            Some(fix) if !fix.is_useful() => {
                sheet.line(Says::Text, phrase!("say-place_coarse", metres = fix.accuracy_m));
            }
            Some(fix) => sheet.line(Says::Text, phrase!("say-place_good", metres = fix.accuracy_m)),
            None => sheet.line(Says::Text, message!("say-place_none")),
        }
        if self.station.sites.is_empty() {
            sheet.line(Says::Warning, message!("say-no_sites"));
        }
        for (site, away) in self.sites_from_here() {
            let whereabouts = site.fence.map_or(Whereabouts::NotChecked, |fence| fence.locate(fix.as_ref()));
            let says =
                if site.assigned { of_place(whereabouts) } else { Some(message!("say-site_not_yours")) };
            let detail = match (away.map(distance), says) {
                (Some(away), Some(says)) => Some(phrase!("line-and", list = away, item = says)),
                (away, says) => away.or_else(|| says.map(Phrase::from)),
            };
            sheet.row(site.name.clone(), detail, false, Action::StartAt(site.number));
        }
        self.write_not_kept(sheet);
        sheet.problem(start.problem.as_ref());
        sheet.busy(start.asked.is_some() || self.syncing().is_some(), message!("busy-asking"));
    }

    /// What was not sent yet may be lost here.
    pub(super) fn write_not_kept(&self, sheet: &mut Sheet) {
        if !self.phone.kept {
            sheet.line(Says::Warning, message!("say-not_kept"));
        }
    }
}

/// What a site does about where the phone is, if anything.
const fn of_place(whereabouts: Whereabouts) -> Option<Id> {
    match whereabouts {
        Whereabouts::Outside { blocks: true }
        | Whereabouts::Missing { blocks: true }
        | Whereabouts::Imprecise { blocks: true } => Some(message!("say-site_needs_place")),
        Whereabouts::Outside { blocks: false } => Some(message!("say-site_marks")),
        Whereabouts::NotChecked
        | Whereabouts::Inside
        | Whereabouts::Missing { blocks: false }
        | Whereabouts::Imprecise { blocks: false } => None,
    }
}

/// How far something is, as people say it: 350 m, 2.4 km, 24 km. No fix is so good that single metres meant anything.
fn distance(metres: u32) -> Phrase<'static> {
    let tens = (metres.saturating_add(5) / 10 * 10).max(10);
    let tenths = metres.saturating_add(50) / 100;
    if tens < 1_000 {
        phrase!("distance-metres", metres = tens)
    } else if tenths < 100 {
        phrase!("distance-tenths", whole = tenths / 10, tenth = tenths % 10)
    } else {
        phrase!("distance-whole", kilometres = metres.saturating_add(500) / 1_000)
    }
}
