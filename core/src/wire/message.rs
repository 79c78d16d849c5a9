//! Messages to the member who asks.

use serde::{Deserialize, Serialize};

use crate::{
    id::MessageId,
    messages::{Severity, Window},
    time::UnixMillis,
};

/// The messages that are shown to whoever asks, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyMessages {
    /// Names this state of the list, to be sent as `since` with the next question.
    pub cursor: String,
    /// The messages; nothing where nothing changed since the cursor that was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub messages: Option<Vec<MyMessage>>,
    /// The server's time.
    pub server_time: UnixMillis,
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyMessage {
    /// Its id.
    pub id: MessageId,
    /// How much it matters.
    pub severity: Severity,
    /// What it is called, on one line.
    pub title: String,
    /// What it says, in lines; may be empty.
    pub body: String,
    /// While it is shown.
    #[serde(flatten)]
    pub window: Window,
    /// When it was written.
    pub sent_at: UnixMillis,
    /// Whether the member has read it, on whichever phone.
    pub read: bool,
}

/// Messages that a member has read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessagesRead {
    /// Which.
    pub read: Vec<MessageId>,
}
