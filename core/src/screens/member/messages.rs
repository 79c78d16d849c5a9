//! Messages to the member: when they are asked for, which stand above the access ID, and reading one.

use super::{
    Member, Work,
    place::{Asking, Over},
};
use crate::{device::OwnMessages, id::MessageId, messages, wire::MyMessage};

/// How often messages are asked for while the member looks at the app. Milliseconds.
const EVERY_MS: u64 = 60_000;
/// Most messages above the access ID, which is what a member opens the app for.
const MOST_FIRST: usize = 3;

impl Member {
    /// The messages that are shown now, as they are to be read.
    pub(super) fn messages(&self) -> Vec<&MyMessage> {
        let kept = self.wallet.messages.iter().flat_map(|own| &own.messages);
        messages::listed(kept, self.time().to_seconds())
    }

    /// Those that stand above the access ID: what was not read before what was. A button opens the first.
    pub(super) fn first_messages(&self) -> Vec<&MyMessage> {
        let first = self.messages().into_iter().filter(|message| messages::stands_first(message));
        let (unread, read): (Vec<_>, Vec<_>) = first.partition(|message| !message.read);
        unread.into_iter().chain(read).take(MOST_FIRST).collect()
    }

    /// Asks for messages, where the member looks at the app and that was not done for a while. One that is not shown any
    /// more is not read on.
    pub(super) fn look_for_messages(&mut self) {
        let due = self.wallet.messages_ms.is_none_or(|asked_ms| self.now.since(asked_ms) >= EVERY_MS);
        if due && self.is_here() {
            self.ask_messages();
        }
        let open = self.over.iter().find_map(|over| match over {
            Over::Message(id) => Some(*id),
            _ => None,
        });
        if open.is_some_and(|id| self.messages().iter().all(|message| message.id != id)) {
            self.over.retain(|over| !matches!(over, Over::Message(_)));
        }
    }

    fn ask_messages(&mut self) {
        self.wallet.messages_ms = Some(self.now.running_ms);
        self.ask_once(Work::Messages);
    }

    pub(super) fn open_messages(&mut self) {
        self.push(Over::Messages(Asking::default()));
        self.ask_messages();
    }

    /// Opened, it was read; the server is told on the side.
    pub(super) fn open_message(&mut self, id: MessageId) {
        let mut kept = self.wallet.messages.iter_mut().flat_map(|own| &mut own.messages);
        let Some(message) = kept.find(|message| message.id == id) else { return };
        if !std::mem::replace(&mut message.read, true) {
            self.ask(Work::ReadMessage { id });
        }
        self.push(Over::Message(id));
    }

    pub(super) fn has_messages(&mut self, mut own: OwnMessages) {
        self.reached(own.live);
        let known = self.wallet.messages.take();
        let read = |id: MessageId| {
            let mut known = known.iter().flat_map(|known| &known.messages);
            known.any(|message| message.id == id && message.read)
        };
        // An answer from before one was opened here makes nothing unread.
        for message in &mut own.messages {
            message.read |= read(message.id);
        }
        self.wallet.messages = Some(own);
    }
}
