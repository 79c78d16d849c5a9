//! Invitations: the list, a new one, its days, and one by itself.

use super::{
    super::{
        Action, Member, When, Work,
        inviting::{day, status, window},
        place::{Asking, Chosen, Invited, Inviting, Picking},
    },
    Sheet,
};
use crate::{
    decision::Bar,
    message, phrase,
    screens::{FieldName, Says},
    time::UnixMillis,
    visit::InvitationStatus,
    wire::InvitationView,
    words::{self, Phrase},
};

impl Member {
    pub(super) fn write_invitations(&self, sheet: &mut Sheet, asking: &Asking) {
        let loading = self.asking(|work| *work == Work::Invitations).is_some();
        if let Some(own) = &self.wallet.invitations {
            write_age(sheet, own.live, own.as_of);
            if own.invitations.is_empty() && own.as_of.is_some() {
                sheet.line(Says::Text, message!("say-no_invitations"));
            }
        }
        let now = self.time();
        for view in self.invitations() {
            let (stands, window) = (status(view, now), window(&sheet.now, view.from, view.until));
            let detail = phrase!("line-and", list = words::invitation_status(stands), item = window);
            let came = stands == InvitationStatus::Accepted;
            sheet.row(view.name.clone(), Some(detail), came, Action::Invitation(view.id));
        }
        sheet.problem(asking.problem.as_ref());
        sheet.busy(loading, message!("busy-asking"));
    }

    pub(super) fn write_invite(&self, sheet: &mut Sheet, inviting: &Inviting) {
        if let Some(picking) = inviting.picking {
            return self.write_days(sheet, picking);
        }
        let today = self.today();
        sheet.field(FieldName::Name, message!("field-name"), &inviting.name);
        for when in When::ALL {
            let (first, last) = when.days(today);
            let text = sheet.language.word(when.words());
            let chosen = inviting.when == Some(Chosen::Usual(when));
            sheet.row(text, Some(days(sheet, first, last)), chosen, Action::When(when));
        }
        let chosen = match inviting.when {
            Some(Chosen::Days(first, last)) => Some(days(sheet, first, last)),
            _ => None,
        };
        let marked = chosen.is_some();
        let text = sheet.language.word(message!("when-days"));
        sheet.row(text, chosen, marked, Action::Days);
        sheet.field(FieldName::Note, message!("field-guard_note"), &inviting.note);
        sheet.problem(inviting.problem.as_ref());
        sheet.busy(inviting.asked.is_some(), message!("busy-asking"));
    }

    fn write_days(&self, sheet: &mut Sheet, picking: Picking) {
        let says = match picking.first {
            None => message!("say-first_day"),
            Some(_) => message!("say-last_day"),
        };
        sheet.line(Says::Text, says);
        for number in self.days(picking) {
            let text = sheet.say(&day(&sheet.now, number));
            sheet.row(text, None, false, Action::Day(number));
        }
    }

    pub(super) fn write_invitation(&self, sheet: &mut Sheet, invited: &Invited) {
        let (view, now) = (&invited.view, self.time());
        if invited.cancelling {
            sheet.line(Says::Text, phrase!("say-cancel", name = &view.name));
            sheet.problem(invited.problem.as_ref());
            return sheet.busy(invited.asked.is_some(), message!("busy-asking"));
        }
        sheet.title(phrase!("screen-invitation_of", name = &view.name));
        sheet.lead(&view.name);
        let window = window(&sheet.now, view.from, view.until);
        sheet.line(Says::Text, window);
        let stands = words::invitation_status(status(view, now));
        sheet.line(Says::Text, phrase!("line-and", list = &*view.reference, item = stands));
        if !view.note.is_empty() {
            sheet.line(Says::Text, phrase!("say-text", text = &view.note));
        }
        if let Some(bar) = host_bar(view) {
            sheet.line(Says::Warning, words::host_stopped(bar));
        }
        sheet.screen.code = self.code_of(invited).cloned();
        sheet.problem(invited.problem.as_ref());
        sheet.busy(invited.loading.is_some() || invited.asked.is_some(), message!("busy-asking"));
    }
}

/// What a list is worth that the server did not give just now.
pub(super) fn write_age(sheet: &mut Sheet, live: bool, as_of: Option<UnixMillis>) {
    match as_of {
        _ if live => {}
        Some(at) => {
            let time = sheet.now.says(at);
            sheet.line(Says::Warning, phrase!("wallet-as_of", time = time));
        }
        None => sheet.line(Says::Warning, message!("wallet-never_asked")),
    }
}

/// From one day to another, in words.
fn days(sheet: &Sheet, first: u32, last: u32) -> Phrase<'static> {
    window(&sheet.now, sheet.now.begins(first), sheet.now.begins(last.saturating_add(1)))
}

/// Why the member lets nobody in any more.
fn host_bar(view: &InvitationView) -> Option<Bar> {
    let code = view.host_stopped.as_ref()?;
    Bar::ALL.into_iter().find(|bar| bar.code() == *code)
}
