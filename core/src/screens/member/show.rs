//! What each screen says, in the reader's language. What can be done on it comes from `offers`, and is only given its
//! words here.

mod entering;
mod invitations;
mod lists;
mod messages;
mod pass;
mod stops;

use self::{lists::write_entry, stops::write_stop};
use super::{
    Action, Kind, Member, Screen, Top,
    place::{Base, Join, JoinStage, Over, SignInStage},
};
use crate::{
    message, phrase,
    screens::{
        Says, StatusLine,
        sheet::{self, CODE_LASTS_MS, LOW_BATTERY},
    },
    words::{Id, Language, Phrase},
};

/// A screen that is being written.
type Sheet = sheet::Sheet<Kind, Action>;

impl Member {
    /// What is shown now, in this language.
    #[must_use]
    pub fn screen(&self, language: Language) -> Screen {
        let title = title(self.kind());
        let mut sheet = Sheet::new(language, self.now, self.shown.number, self.kind(), title);
        match self.top() {
            Top::Stop(stop) => write_stop(&mut sheet, stop),
            Top::Covered => sheet.busy(true, message!("busy-opening")),
            Top::Locked(locked) => self.write_locked(&mut sheet, locked),
            Top::Over(over) => self.write_over(&mut sheet, over),
            Top::Base(base) => self.write_base(&mut sheet, base),
        }
        sheet.screen.calm = self.is_calm();
        for offer in self.offers() {
            let action = offer.action;
            sheet.offers(offer, action.is_row(), action.label());
        }
        sheet.screen
    }

    /// All that could be lost is what is being typed, what is under way, and the screen that waits for a code that was
    /// sent, also while its reader has left the app to look for it.
    fn is_calm(&self) -> bool {
        let sign_in = match (&self.lock, &self.base) {
            (Some(locked), _) => locked.by_code.as_ref(),
            (None, Base::SignIn(sign_in)) => Some(sign_in),
            (None, _) => None,
        };
        let signs_in = sign_in.is_some_and(|sign_in| {
            let sent = matches!(sign_in.stage, SignInStage::Digits { sent_ms, .. }
                if self.now.since(sent_ms) < CODE_LASTS_MS);
            sent || sign_in.asked.is_some()
        });
        let joins = matches!(&self.base, Base::Join(join) if is_filled_in(join));
        let over = self.over.iter().any(|over| match over {
            Over::Join(join) => is_filled_in(join),
            Over::Invite(inviting) => {
                inviting.asked.is_some() || !inviting.name.is_empty() || !inviting.note.is_empty()
            }
            _ => over.asked().is_some(),
        });
        !(signs_in || joins || over)
    }

    fn write_base(&self, sheet: &mut Sheet, base: &Base) {
        match base {
            Base::Opening => sheet.busy(true, message!("busy-opening")),
            Base::Join(join) => self.write_join(sheet, join),
            Base::SignIn(sign_in) => {
                if let Some(organisation) = self.organisation() {
                    sheet.lead(organisation);
                }
                self.write_notice(sheet);
                self.write_sign_in(sheet, sign_in);
            }
            Base::Pass => {
                sheet.screen.status = self.status_line(sheet.language);
                self.write_pass(sheet);
            }
        }
    }

    fn write_over(&self, sheet: &mut Sheet, over: &Over) {
        match over {
            Over::Join(join) => self.write_join(sheet, join),
            Over::Invalidate(asking) => {
                sheet.line(Says::Text, message!("say-invalidate"));
                sheet.problem(asking.problem.as_ref());
                sheet.busy(asking.asked.is_some(), message!("busy-asking"));
            }
            Over::Invitations(asking) => self.write_invitations(sheet, asking),
            Over::Invite(inviting) => self.write_invite(sheet, inviting),
            Over::Invitation(invited) => self.write_invitation(sheet, invited),
            Over::Activity(asking) => self.write_activity(sheet, asking),
            Over::Entry(noticed) => write_entry(sheet, noticed),
            Over::Messages(asking) => self.write_messages(sheet, asking),
            Over::Message(id) => self.write_message(sheet, *id),
            Over::Settings(asking) => self.write_settings(sheet, asking),
            Over::Stored => self.write_stored(sheet),
            Over::Status(asking) => self.write_status(sheet, asking),
            Over::SignOut(asking) => {
                sheet.line(Says::Text, message!("say-sign_out"));
                sheet.problem(asking.problem.as_ref());
                sheet.busy(asking.asked.is_some(), message!("busy-asking"));
            }
            // It is seen before all else.
            Over::Stop(stop) => write_stop(sheet, stop),
        }
    }

    /// What was done last.
    fn write_notice(&self, sheet: &mut Sheet) {
        if let Some(notice) = self.notice {
            sheet.line(Says::Text, notice);
        }
    }

    fn organisation(&self) -> Option<&str> {
        self.wallet.status.as_ref().and_then(|status| status.organisation.as_deref())
    }

    /// Organisation and network; and only if it is wrong: clock, what the server does not know, battery.
    fn status_line(&self, language: Language) -> Option<StatusLine<Action>> {
        let status = self.wallet.status.as_deref()?;
        let organisation = status.organisation.as_deref()?;
        let mut parts: Vec<Phrase<'_>> = Vec::new();
        parts.push(match (self.wallet.reached, self.wallet.lost_at) {
            (Some(false), Some(lost)) => phrase!("line-offline_since", time = self.now.says(lost)),
            (Some(false), None) => message!("line-offline").into(),
            // As long as nothing says otherwise.
            (None | Some(true), _) => message!("line-online").into(),
        });
        let usual = parts.len();
        let wrong = [
            (!status.clock_trusted, message!("line-clock")),
            (status.invalidation_pending, message!("line-untold")),
        ];
        parts.extend(wrong.into_iter().filter(|(is, _)| *is).map(|(_, words)| words.into()));
        if let Some(percent) = self.phone.battery.filter(|percent| *percent < LOW_BATTERY) {
            parts.push(phrase!("line-battery", percent = u32::from(percent)));
        }
        let warns = parts.len() > usual;
        let parts = parts.into_iter().reduce(|list, item| phrase!("line-and", list = list, item = item))?;
        let text = language.say(&phrase!("line-site", site = organisation, parts = parts));
        let action = self.offered(Action::Status).map(|offer| offer.action);
        Some(StatusLine { text, warns, action })
    }
}

/// Whether something is typed there that would be lost, or is asked.
fn is_filled_in(join: &Join) -> bool {
    let typed = matches!(&join.stage, JoinStage::Type(text) if !text.is_empty());
    typed || join.asked().is_some()
}

/// What a screen is called, where it has no better name.
const fn title(kind: Kind) -> Id {
    match kind {
        Kind::Opening => message!("screen-opening"),
        Kind::Locked => message!("screen-locked"),
        Kind::Join => message!("screen-join"),
        Kind::SignIn => message!("screen-sign_in"),
        Kind::Pass => message!("screen-pass"),
        Kind::Invalidate => message!("screen-invalidate"),
        Kind::Invitations => message!("screen-invitations"),
        Kind::Invite => message!("screen-invite"),
        Kind::Days => message!("screen-days"),
        Kind::Invitation => message!("screen-invitation"),
        Kind::Cancel => message!("screen-cancel"),
        Kind::Activity => message!("screen-activity"),
        Kind::Entry => message!("screen-entry"),
        Kind::Messages => message!("screen-messages"),
        Kind::Message => message!("screen-message"),
        Kind::Settings => message!("screen-settings"),
        Kind::Stored => message!("screen-stored"),
        Kind::Status => message!("screen-status"),
        Kind::SignOut => message!("screen-sign_out"),
        Kind::Stop => message!("screen-failed"),
    }
}
