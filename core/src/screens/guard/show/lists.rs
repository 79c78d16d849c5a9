//! Who comes without a code, who is expected, who is inside, how the station stands, and the end of the shift.

use super::{
    super::{
        Guard,
        place::{Alike, Ending, Inside, Search, StatusPage, WalkingUp},
    },
    Action, Sheet,
};
use crate::{
    decision::Code,
    device::{StuckEntry, TurnedAway},
    journal::EntryKind,
    message, phrase,
    screens::{FieldName, Row, Says},
    visit,
    words::{self, Phrase, ProblemWords},
};

impl Guard {
    pub(super) fn write_expected(&self, sheet: &mut Sheet, search: &Search) {
        sheet.field(FieldName::Search, message!("field-search"), &search.text);
        if search.found.as_ref().is_some_and(Vec::is_empty) {
            sheet.line(Says::Text, message!("say-nobody_expected"));
        }
        for visit in search.found.iter().flatten() {
            let from = sheet.now.says(visit.from.to_millis());
            let window = phrase!("say-window", from = from, until = sheet.now.says(visit.until.to_millis()));
            let detail = match &visit.host {
                Some(host) => phrase!("line-and", list = phrase!("say-visiting", host = host), item = window),
                None => window,
            };
            sheet.row(visit.name.clone(), Some(detail), false, Action::Arrive(visit.subject));
        }
        sheet.problem(search.problem.as_ref());
        sheet.busy(search.asked.is_some(), message!("busy-writing"));
    }

    pub(super) fn write_inside(&self, sheet: &mut Sheet, inside: &Inside) {
        let Some(found) = &inside.found else { return sheet.busy(true, message!("busy-asking")) };
        let now = self.station.status.as_ref().map_or(self.now.wall, |status| status.now);
        match &inside.muster {
            Some(ticked) => {
                let missing = found.iter().filter(|visit| !ticked.contains(&visit.stay)).count();
                sheet.line(Says::Lead, phrase!("say-muster", count = missing));
            }
            None if found.is_empty() => sheet.line(Says::Text, message!("say-nobody_inside")),
            None => sheet.line(Says::Lead, phrase!("say-inside", count = found.len())),
        }
        for visit in found {
            let stale = visit::is_stale(visit.since, now);
            let name = visit.name.clone().unwrap_or_else(|| sheet.language.word(message!("say-no_name")));
            let time = sheet.now.says(visit.since);
            let since = if stale {
                phrase!("say-since_long", time = time)
            } else {
                phrase!("say-since", time = time)
            };
            match &inside.muster {
                Some(ticked) if ticked.contains(&visit.stay) => {
                    sheet.row(name, Some(message!("say-found").into()), true, Action::Found(visit.stay));
                }
                Some(_) => sheet.row(name, Some(since), false, Action::Found(visit.stay)),
                None => {
                    let chosen = inside.chosen == Some(visit.stay);
                    sheet.row(name, Some(since), chosen || stale, Action::Visit(visit.stay));
                }
            }
        }
        let chosen = inside.chosen.and_then(|stay| found.iter().find(|visit| visit.stay == stay));
        if let Some(visit) = chosen {
            let nobody = sheet.language.word(message!("say-no_name"));
            let who = visit.name.as_deref().unwrap_or(&nobody);
            sheet.line(Says::Text, phrase!("say-leaves", who = who));
        }
        sheet.problem(inside.problem.as_ref());
        sheet.busy(inside.asked.is_some(), message!("busy-writing"));
    }

    /// Each thing that is not as it should be has a sentence, and what helps stands among the buttons.
    pub(super) fn write_status(&self, sheet: &mut Sheet, page: &StatusPage) {
        let Some(status) = self.station.status.as_deref() else { return };
        let reached = self.station.reached == Some(true);
        let network = if reached { message!("say-online") } else { message!("say-offline") };
        sheet.line(Says::Text, network);
        let outbox = &status.outbox;
        if outbox.waiting == 0 {
            sheet.line(Says::Text, message!("say-nothing_waits"));
        } else {
            sheet.line(Says::Text, phrase!("say-waiting", count = outbox.waiting));
        }
        if outbox.stuck > 0 {
            sheet.line(Says::Warning, phrase!("say-stuck", count = outbox.stuck));
        }
        match outbox.last_sync {
            Some(at) => {
                let time = sheet.now.says(at);
                sheet.line(Says::Text, phrase!("say-last_sync", time = time));
            }
            None => sheet.line(Says::Text, message!("say-never_sync")),
        }
        match status.pack_issued_at {
            Some(at) => {
                let (time, age) = (sheet.now.says(at.to_millis()), words::pack_age(status.pack_age));
                sheet.line(Says::Text, phrase!("say-data_of", time = time, age = age));
            }
            None => sheet.line(Says::Warning, message!("say-data_none")),
        }
        if !status.clock_trusted {
            sheet.line(Says::Warning, message!("say-clock_own"));
        }
        self.write_not_kept(sheet);
        if status.storage_low {
            sheet.line(Says::Warning, message!("say-storage_low"));
        }
        if let Some(code) = &status.guard_refused {
            sheet.line(Says::Warning, ProblemWords::of(code).sentence());
        }
        for entry in &self.station.stuck {
            let text = sheet.say(&stuck(entry, sheet));
            let why = ProblemWords::of(&entry.code).sentence();
            sheet.screen.rows.push(Row { text, detail: Some(sheet.say(&why)), marked: false, action: None });
        }
        if let Some(device) = status.device {
            sheet.line(Says::Small, phrase!("say-text", text = device.to_string()));
        }
        sheet.problem(page.problem.as_ref());
        sheet.busy(self.syncing().is_some() || page.asked.is_some(), message!("busy-sending"));
    }

    pub(super) fn write_end(&self, sheet: &mut Sheet, ending: &Ending) {
        if let Some(shift) = self.station.status.as_ref().and_then(|status| status.shift.as_ref()) {
            let time = sheet.now.says(shift.started);
            sheet.line(Says::Text, phrase!("say-end", site = &shift.site_name, time = time));
        }
        if let Some(counts) = &ending.counts {
            let scans = phrase!("counted-scans", count = counts.events);
            let (granted, denied) = (counts.granted.to_string(), counts.denied.to_string());
            sheet.line(
                Says::Text,
                phrase!("say-end_counts", scans = scans, granted = granted, denied = denied),
            );
            if counts.reported > 0 {
                sheet.line(Says::Text, phrase!("say-end_reported", count = counts.reported));
            }
        }
        if let Some(inside) = ending.inside.filter(|inside| *inside > 0) {
            sheet.line(Says::Text, phrase!("say-end_inside", count = inside));
        }
        match self.station.status.as_ref().map_or(0, |status| status.outbox.waiting) {
            0 => sheet.line(Says::Text, message!("say-nothing_waits")),
            waiting => sheet.line(Says::Text, phrase!("say-end_waiting", count = waiting)),
        }
        sheet.problem(ending.problem.as_ref());
        sheet.busy(ending.asked.is_some(), message!("busy-writing"));
    }
}

/// Only the name must be written: at a busy gate the rest is for whoever asks for it.
pub(super) fn write_walk_up(sheet: &mut Sheet, walking: &WalkingUp) {
    sheet.line(Says::Text, message!("say-walk_up"));
    write_alike(sheet, &walking.alike);
    sheet.field(FieldName::Name, message!("field-name"), &walking.name);
    sheet.field(FieldName::Reason, message!("field-visit_reason"), &walking.reason);
    // The last one, so that the hosts who are found stand right below it.
    sheet.field(FieldName::Host, message!("field-host"), &walking.host);
    for host in &walking.hosts {
        sheet.row(host.name.clone(), None, false, Action::Host(host.of));
    }
    sheet.problem(walking.problem.as_ref());
    sheet.busy(walking.asked.is_some(), message!("busy-writing"));
}

/// Who was turned away under a like name. It warns, and decides nothing.
pub(super) fn write_alike(sheet: &mut Sheet, alike: &Alike) {
    if !alike.found.is_empty() {
        sheet.line(Says::Warning, message!("say-alike"));
    }
    for TurnedAway { name, at, code, by } in &alike.found {
        let (who, time) = (name, sheet.now.says(*at));
        let reason = (*code != Code::Ok).then(|| words::reason(code).label);
        let line = match (by, reason) {
            (None, None) => phrase!("say-turned_away_at", who = who, time = time),
            (None, Some(reason)) => {
                phrase!("say-turned_away_why", who = who, time = time, reason = reason)
            }
            (Some(guard), None) => phrase!("say-turned_away_by", who = who, time = time, guard = guard),
            (Some(guard), Some(reason)) => {
                phrase!("say-turned_away_by_why", who = who, time = time, guard = guard, reason = reason)
            }
        };
        sheet.line(Says::Text, line);
    }
}

/// What an entry is that the server does not take, as far as that can be read.
fn stuck(entry: &StuckEntry, sheet: &Sheet) -> Phrase<'static> {
    let kind = entry.kind.and_then(EntryKind::from_number).map(words::entry_kind);
    match (kind, entry.written) {
        (Some(kind), Some(at)) => phrase!("say-stuck_entry", kind = kind, time = sheet.now.says(at)),
        (Some(kind), None) => kind.into(),
        (None, _) => phrase!("stuck-entry", number = entry.number.to_string()),
    }
}
