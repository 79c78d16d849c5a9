//! What stops the work: what happened, what that means, and the one thing that helps.

use super::{
    super::{Guard, stop::Stop},
    Sheet,
};
use crate::{
    message, phrase,
    screens::{Says, camera::camera_trouble},
    words::Id,
};

impl Guard {
    pub(super) fn write_stop(&self, sheet: &mut Sheet, stop: &Stop) {
        sheet.title(title(stop));
        match stop {
            Stop::ShiftOver => sheet.line(Says::Text, message!("say-shift_over")),
            Stop::Revoked => sheet.line(Says::Text, message!("say-revoked")),
            Stop::EnrolAnew => sheet.line(Says::Text, message!("say-enrol_anew")),
            Stop::StorageFull(trouble)
            | Stop::Damaged(trouble)
            | Stop::Newer(trouble)
            | Stop::Elsewhere(trouble)
            | Stop::Failed(trouble) => sheet.problem(Some(trouble)),
            Stop::Salvaged(saved) => {
                let entries = phrase!("counted-entries", count = saved.entries);
                let photos = phrase!("counted-photos", count = saved.photos);
                sheet.line(Says::Text, phrase!("say-saved", entries = entries, photos = photos));
            }
            Stop::Camera(trouble) => {
                sheet.line(Says::Text, camera_trouble(*trouble));
                sheet.line(Says::Text, message!("say-without_camera"));
            }
        }
    }
}

const fn title(stop: &Stop) -> Id {
    match stop {
        Stop::ShiftOver => message!("screen-shift_over"),
        Stop::Revoked => message!("screen-revoked"),
        Stop::EnrolAnew => message!("screen-enrol_anew"),
        Stop::StorageFull(_) => message!("screen-storage_full"),
        Stop::Damaged(_) => message!("screen-storage_damaged"),
        Stop::Salvaged(_) => message!("screen-salvaged"),
        Stop::Camera(_) => message!("screen-no_camera"),
        Stop::Newer(_) => message!("screen-newer"),
        Stop::Elsewhere(_) => message!("screen-elsewhere"),
        Stop::Failed(_) => message!("screen-failed"),
    }
}
