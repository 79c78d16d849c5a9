//! What stops the member: what happened, what that means, and the one thing that helps.

use super::{
    super::stop::{ClockOff, Stop},
    Sheet,
};
use crate::{
    message, phrase,
    screens::Says,
    words::{Id, time},
};

pub(super) fn write_stop(sheet: &mut Sheet, stop: &Stop) {
    sheet.title(title(stop));
    match stop {
        Stop::SignedOut => sheet.line(Says::Text, message!("say-signed_out")),
        Stop::ClockOff(ClockOff { ahead, by_ms }) => {
            let length = time::length(by_ms / 1_000);
            let says = if *ahead {
                phrase!("say-clock_ahead", length = length)
            } else {
                phrase!("say-clock_behind", length = length)
            };
            sheet.line(Says::Text, says);
        }
        Stop::AccessEnded(trouble)
        | Stop::NotPrepared(trouble)
        | Stop::StorageFull(trouble)
        | Stop::Damaged(trouble)
        | Stop::Newer(trouble)
        | Stop::Elsewhere(trouble)
        | Stop::Failed(trouble) => sheet.problem(Some(trouble)),
    }
}

const fn title(stop: &Stop) -> Id {
    match stop {
        Stop::AccessEnded(_) => message!("screen-access_ended"),
        Stop::SignedOut => message!("screen-signed_out"),
        Stop::NotPrepared(_) => message!("screen-no_offline"),
        Stop::ClockOff(_) => message!("screen-clock_off"),
        Stop::StorageFull(_) => message!("screen-storage_full"),
        Stop::Damaged(_) => message!("screen-storage_damaged"),
        Stop::Newer(_) => message!("screen-newer"),
        Stop::Elsewhere(_) => message!("screen-elsewhere"),
        Stop::Failed(_) => message!("screen-failed"),
    }
}
