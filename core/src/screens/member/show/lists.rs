//! Where codes were used, the app's settings, what the phone keeps, and how the wallet stands.

use super::{
    super::{
        Action, Member, Work,
        place::{Asking, Noticed},
    },
    Sheet,
    invitations::write_age,
};
use crate::{
    device::LockAfter,
    message, phrase,
    screens::Says,
    wire::MyEntry,
    words::{self, Id},
};

impl Member {
    pub(super) fn write_activity(&self, sheet: &mut Sheet, asking: &Asking) {
        if let Some(recent) = &self.wallet.recent {
            write_age(sheet, recent.live, recent.as_of);
            if recent.entries.is_empty() && recent.as_of.is_some() {
                sheet.line(Says::Text, message!("say-no_activity"));
            }
        }
        for entry in self.wallet.recent.iter().flat_map(|recent| &recent.entries) {
            let time = sheet.now.says(entry.at);
            let detail = phrase!("line-and", list = outcome(entry), item = time);
            let denied = entry.granted == Some(false);
            sheet.row(entry.site_name.clone(), Some(detail), denied, Action::Entry(entry.event));
        }
        sheet.problem(asking.problem.as_ref());
        let loading = self.asking(|work| *work == Work::Recent).is_some();
        sheet.busy(loading, message!("busy-asking"));
    }

    pub(super) fn write_settings(&self, sheet: &mut Sheet, asking: &Asking) {
        let Some(status) = self.wallet.status.as_deref() else { return };
        if let Some(name) = &status.name {
            sheet.lead(name);
        }
        sheet.line(Says::Text, message!("say-lock_after"));
        for after in LockAfter::ALL {
            let text = match after {
                LockAfter::Always => sheet.language.word(message!("lock-always")),
                _ => sheet.say(&phrase!("lock-after", count = after.minutes())),
            };
            sheet.row(text, None, status.lock.after == after, Action::LockAfter(after));
        }
        sheet.problem(asking.problem.as_ref());
        sheet.busy(asking.asked.is_some(), message!("busy-writing"));
    }

    pub(super) fn write_stored(&self, sheet: &mut Sheet) {
        let Some(status) = self.wallet.status.as_deref() else { return };
        sheet.line(Says::Text, message!("say-stored"));
        if let (Some(organisation), Some(server)) = (&status.organisation, &status.server) {
            let says = phrase!("say-stored_server", organisation = organisation, server = server);
            sheet.line(Says::Text, says);
        }
        if let Some(name) = &status.name {
            sheet.line(Says::Text, phrase!("say-stored_name", name = name));
        }
        sheet.line(Says::Text, message!("say-stored_codes"));
        sheet.line(Says::Text, message!("say-stored_lists"));
        sheet.line(Says::Text, message!("say-stored_gone"));
    }

    /// Each thing that is not as it should be has a sentence, and what helps stands among the buttons.
    pub(super) fn write_status(&self, sheet: &mut Sheet, asking: &Asking) {
        let Some(status) = self.wallet.status.as_deref() else { return };
        let reached = self.wallet.reached != Some(false);
        let network = if reached { message!("say-online") } else { message!("say-member_offline") };
        sheet.line(Says::Text, network);
        match status.offline_until {
            Some(until) => {
                let time = sheet.now.says(until.to_millis());
                sheet.line(Says::Text, phrase!("say-works_offline", time = time));
            }
            None => sheet.line(Says::Warning, message!("say-not_prepared")),
        }
        if let Some(before) = status.invalidated_before {
            let time = sheet.now.says(before.to_millis());
            sheet.line(Says::Text, phrase!("wallet-invalidated_before", time = time));
        }
        if status.invalidation_pending {
            sheet.line(Says::Warning, message!("wallet-untold"));
        }
        if !status.clock_trusted {
            sheet.line(Says::Warning, message!("say-clock_own"));
        }
        if let (Some(organisation), Some(server)) = (&status.organisation, &status.server) {
            sheet.line(Says::Small, phrase!("line-and", list = organisation, item = server));
        }
        sheet.problem(asking.problem.as_ref());
        sheet.busy(asking.asked.is_some(), message!("busy-asking"));
    }
}

/// One use of a code, and what helps if it was somebody else's.
pub(super) fn write_entry(sheet: &mut Sheet, noticed: &Noticed) {
    let entry = &noticed.entry;
    sheet.lead(&entry.site_name);
    let time = sheet.now.says(entry.at);
    sheet.line(Says::Text, phrase!("line-and", list = outcome(entry), item = time));
    if let Some(verdict) = entry.verdict {
        sheet.line(Says::Text, phrase!("say-check_said", verdict = words::verdict(verdict)));
    }
    if entry.offline_code {
        sheet.line(Says::Text, message!("say-made_here"));
    }
    sheet.line(Says::Text, message!("say-not_me"));
    sheet.problem(noticed.problem.as_ref());
    sheet.busy(noticed.asked.is_some(), message!("busy-asking"));
}

const fn outcome(entry: &MyEntry) -> Id {
    match entry.granted {
        Some(true) => message!("say-let_in"),
        Some(false) => message!("say-turned_away"),
        None => message!("say-undecided"),
    }
}
