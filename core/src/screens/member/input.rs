//! What comes in: from the member, the camera, the platform, and of work that was asked for.

use std::sync::Arc;

use serde::Deserialize;

use super::{Action, Answer, Screen, WorkId};
use crate::{
    device::WalletError,
    screens::{CameraSays, FieldName, Frame},
};

/// What happened.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Input {
    /// A button or row was tapped, on the screen of this number.
    Tap {
        /// [`crate::screens::Screen::number`].
        screen: u64,
        /// What.
        action: Action,
    },
    /// A button was held and let go.
    Held {
        /// [`crate::screens::Screen::number`].
        screen: u64,
        /// What.
        action: Action,
        /// For how long. Milliseconds.
        ms: u32,
    },
    /// A field's whole text, after each change.
    Typed {
        /// [`crate::screens::Screen::number`].
        screen: u64,
        /// Which field.
        field: FieldName,
        /// What stands in it now.
        text: String,
    },
    /// The platform's own way back: a gesture, a key.
    Back,
    /// A frame of the camera, as the reader of codes saw it.
    #[serde(skip)]
    Frame(Frame),
    /// A line that a scanner typed.
    Line(String),
    /// The code of a link that opened the app. It says whose a device is, and nothing to whoever has joined.
    Link(String),
    /// How the camera is.
    Camera(CameraSays),
    /// Time passed. To come at least twice a second while the screen is on.
    Tick,
    /// Whether the screen is seen: before or behind something else.
    Foreground(bool),
    /// Whether there is a network, as far as the platform can tell.
    Online(bool),
    /// Charge of the battery in percent; nothing where it is being charged, or there is none.
    Battery(Option<u8>),
    /// What came of [`super::Effect::Unlock`].
    Unlocked(Unlocking),
    /// The wallet was opened anew, by another worker: of the work that was under way there comes no answer.
    #[serde(skip)]
    Restarted,
    /// What came of work.
    #[serde(skip)]
    Done(WorkId, Result<Answer, Arc<WalletError>>),
}

/// What came of asking who holds the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unlocking {
    /// It is theirs.
    Yes,
    /// They did not prove it, or did not want to.
    No,
    /// This platform cannot ask: a one-time code is the way in.
    Cannot,
}

impl Input {
    /// A tap on the screen that is shown.
    #[must_use]
    pub const fn tap(screen: &Screen, action: Action) -> Self {
        Self::Tap { screen: screen.number, action }
    }
}
