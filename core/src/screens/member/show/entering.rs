//! Joining, signing in, and the app's lock.

use super::{
    super::{
        CameraSays, Member,
        place::{Join, JoinStage, Locked, SignIn, SignInStage},
    },
    Sheet,
};
use crate::{
    message, phrase,
    screens::{FieldName, Says, Viewfinder, camera::camera_trouble},
};

impl Member {
    pub(super) fn write_join(&self, sheet: &mut Sheet, join: &Join) {
        match &join.stage {
            JoinStage::Scan => {
                sheet.line(Says::Text, message!("say-join"));
                match self.phone.camera {
                    Some(CameraSays::Fails(trouble)) => sheet.line(Says::Warning, camera_trouble(trouble)),
                    _ => sheet.screen.viewfinder = Some(Viewfinder::default()),
                }
            }
            JoinStage::Type(text) => sheet.field(FieldName::Code, message!("field-join"), text),
            JoinStage::Look { .. } | JoinStage::Join { .. } => sheet.busy(true, message!("busy-asking")),
            JoinStage::Offer { offer, .. } => {
                sheet.lead(&offer.organisation);
                sheet.line(Says::Text, phrase!("say-join_offer", server = &offer.server));
                if offer.open_to_others {
                    sheet.line(Says::Warning, message!("enrol-open_to_others"));
                }
            }
        }
        sheet.problem(join.problem.as_ref());
    }

    pub(super) fn write_sign_in(&self, sheet: &mut Sheet, sign_in: &SignIn) {
        match &sign_in.stage {
            SignInStage::Address(text) => {
                sheet.line(Says::Text, message!("say-sign_in"));
                sheet.field(FieldName::Address, message!("field-address"), text);
            }
            SignInStage::Digits { email, text, sent_ms, resend_ms } => {
                sheet.code_sent(email, text, *sent_ms, *resend_ms);
            }
        }
        sheet.problem(sign_in.problem.as_ref());
        sheet.busy(sign_in.asked.is_some(), message!("busy-asking"));
    }

    /// Nothing of the member's stands here, but whose app it is.
    pub(super) fn write_locked(&self, sheet: &mut Sheet, locked: &Locked) {
        if let Some(sign_in) = &locked.by_code {
            return self.write_sign_in(sheet, sign_in);
        }
        let says = if locked.cannot { message!("say-unlock_by_code") } else { message!("say-unlock") };
        sheet.line(Says::Text, says);
        sheet.problem(locked.problem.as_ref());
        sheet.busy(locked.asked.is_some(), message!("busy-opening"));
    }
}
