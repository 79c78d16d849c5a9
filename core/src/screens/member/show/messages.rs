//! Messages: those above the access ID, the list, and one by itself.

use super::{
    super::{Action, Member, Work, place::Asking},
    Sheet,
    invitations::write_age,
};
use crate::{
    id::MessageId,
    message,
    messages::Severity,
    phrase,
    screens::Says,
    words::{self, Phrase},
};

impl Member {
    pub(super) fn write_first_messages(&self, sheet: &mut Sheet) {
        for message in self.first_messages() {
            let severity = marked(message.severity);
            let says = phrase!("say-message", severity = severity, title = &message.title);
            sheet.line(weight(message.severity), says);
        }
    }

    pub(super) fn write_messages(&self, sheet: &mut Sheet, asking: &Asking) {
        let listed = self.messages();
        if let Some(own) = &self.wallet.messages {
            write_age(sheet, own.live, own.as_of);
            if listed.is_empty() && (own.live || own.as_of.is_some()) {
                sheet.line(Says::Text, message!("say-no_messages"));
            }
        }
        for message in listed {
            let time = sheet.now.says(message.sent_at);
            let sent = phrase!("line-and", list = marked(message.severity), item = time);
            let detail = match message.read {
                true => sent,
                false => phrase!("line-and", list = sent, item = message!("say-unread")),
            };
            sheet.row(message.title.clone(), Some(detail), !message.read, Action::Message(message.id));
        }
        sheet.problem(asking.problem.as_ref());
        let loading = self.asking(|work| *work == Work::Messages).is_some();
        sheet.busy(loading, message!("busy-asking"));
    }

    pub(super) fn write_message(&self, sheet: &mut Sheet, id: MessageId) {
        let Some(message) = self.messages().into_iter().find(|message| message.id == id) else { return };
        sheet.lead(&message.title);
        sheet.line(weight(message.severity), marked(message.severity));
        for line in message.body.lines().filter(|line| !line.is_empty()) {
            sheet.line(Says::Text, phrase!("say-text", text = line));
        }
        let time = sheet.now.says(message.sent_at);
        sheet.line(Says::Small, phrase!("say-sent", time = time));
        if let Some(until) = message.window.until {
            let time = sheet.now.says(until.to_millis());
            sheet.line(Says::Small, phrase!("say-shown_until", time = time));
        }
    }
}

/// How much it matters: a shape and a word, for whoever sees no colours.
fn marked(severity: Severity) -> Phrase<'static> {
    let mark = match severity {
        Severity::Information => "○",
        Severity::Notice => "△",
        Severity::Critical => "◆",
    };
    phrase!("say-marked", mark = mark, word = words::severity(severity))
}

const fn weight(severity: Severity) -> Says {
    match severity {
        Severity::Information | Severity::Notice => Says::Text,
        Severity::Critical => Says::Warning,
    }
}
