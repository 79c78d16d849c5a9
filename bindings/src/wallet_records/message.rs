//! Messages as the member whom they are for sees them.

use gatehouse_core::{device, wire};

use crate::{
    MessageSeverity,
    records::{millis, seconds, whole},
};

/// A message from the organisation.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct MemberMessage {
    /// Its id.
    pub id: String,
    /// How much it matters.
    pub severity: MessageSeverity,
    /// What it is called, on one line.
    pub title: String,
    /// What it says, in lines; may be empty.
    pub body: String,
    /// From when on it is shown, if not from its beginning.
    pub from_s: Option<i64>,
    /// Until when, if not until it is taken back.
    pub until_s: Option<i64>,
    /// When it was written.
    pub sent_at_ms: i64,
    /// Whether the member has read it, on whichever phone.
    pub read: bool,
}

impl From<wire::MyMessage> for MemberMessage {
    fn from(message: wire::MyMessage) -> Self {
        Self {
            id: message.id.to_string(),
            severity: message.severity,
            title: message.title,
            body: message.body,
            from_s: message.window.from.map(seconds),
            until_s: message.window.until.map(seconds),
            sent_at_ms: millis(message.sent_at),
            read: message.read,
        }
    }
}

/// Messages to the member.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct OwnMessages {
    /// Those that are shown now, as they are to be read: what matters most first, then what was not read.
    pub messages: Vec<MemberMessage>,
    /// When the server said so; nothing if it was never asked.
    pub as_of_ms: Option<i64>,
    /// How old that is; nothing also where the device's time cannot be trusted.
    pub age_ms: Option<i64>,
    /// Whether the server answered just now.
    pub live: bool,
}

impl From<device::OwnMessages> for OwnMessages {
    fn from(own: device::OwnMessages) -> Self {
        Self {
            messages: own.messages.into_iter().map(MemberMessage::from).collect(),
            as_of_ms: own.as_of.map(millis),
            age_ms: own.age_ms.map(whole),
            live: own.live,
        }
    }
}
