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
    device::SiteHere,
    message, phrase,
    place::GeofenceRule,
    screens::{FieldName, Says, Viewfinder, camera::camera_trouble},
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
        match self.phone.fix {
            Some(fix) => sheet.line(Says::Text, phrase!("say-place_good", metres = fix.accuracy_m)),
            None => sheet.line(Says::Text, message!("say-place_none")),
        }
        if self.station.sites.is_empty() {
            sheet.line(Says::Warning, message!("say-no_sites"));
        }
        for site in &self.station.sites {
            let detail = match site {
                SiteHere { assigned: false, .. } => Some(message!("say-site_not_yours")),
                SiteHere { geofence: GeofenceRule::Block, .. } => Some(message!("say-site_needs_place")),
                _ => None,
            };
            sheet.row(site.name.clone(), detail.map(Into::into), false, Action::StartAt(site.number));
        }
        sheet.problem(start.problem.as_ref());
        sheet.busy(start.asked.is_some() || self.syncing().is_some(), message!("busy-asking"));
    }
}
