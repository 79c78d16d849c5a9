//! The access ID.

use super::{super::Member, Sheet};
use crate::{
    device::CodeSource,
    message, phrase,
    screens::{Countdown, Says},
};

impl Member {
    pub(super) fn write_pass(&self, sheet: &mut Sheet) {
        let Some(status) = self.wallet.status.as_deref() else { return };
        if let Some(name) = &status.name {
            sheet.lead(name);
        }
        self.write_notice(sheet);
        self.write_first_messages(sheet);
        match self.good() {
            Some(held) => {
                sheet.screen.code = Some(held.drawn.clone());
                let (from_ms, lasts_ms) = held.span_ms();
                let until_ms = from_ms.saturating_add(lasts_ms);
                // A screen reader says how long a code lasts, and not every second of it.
                let text = Some(sheet.say(&phrase!("say-code_until", time = until(sheet, lasts_ms))));
                let life_ms = held.code.expires_at.since(held.code.issued_at).saturating_mul(1_000);
                let from_ms = until_ms.saturating_sub(life_ms).min(from_ms);
                sheet.screen.countdown = Some(Countdown { from_ms, until_ms, text });
                if held.code.source == CodeSource::Offline {
                    let says = match self.wallet.lost_at {
                        Some(lost) => phrase!("say-own_code_since", time = sheet.now.says(lost)),
                        None => message!("say-own_code").into(),
                    };
                    sheet.line(Says::Text, says);
                }
            }
            None => {
                sheet.problem(self.pass.problem.as_ref());
                sheet.busy(self.asks_for_code().is_some(), message!("busy-asking"));
            }
        }
        match status.offline_until {
            Some(until) => {
                let time = sheet.now.says(until.to_millis());
                sheet.line(Says::Small, phrase!("say-works_offline", time = time));
            }
            None => sheet.line(Says::Warning, message!("say-not_prepared")),
        }
        if status.invalidation_pending {
            sheet.line(Says::Warning, message!("wallet-untold"));
        }
    }
}

/// When a code's time is over, on the clock of the wall.
fn until(sheet: &Sheet, lasts_ms: u64) -> crate::words::Phrase<'static> {
    sheet.now.says(sheet.now.wall.plus(lasts_ms))
}
