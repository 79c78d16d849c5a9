//! What comes in: from the guard, the camera, the platform, and of work that was asked for.

use std::sync::Arc;

use serde::Deserialize;

use super::{Action, Answer, Screen, WorkId};
use crate::{
    device::StationError,
    place::Fix,
    screens::{CameraSays, FieldName, Frame, PhotoNumber},
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
    /// The code of a link that opened the app. It says whose a device is, and nothing where somebody is at work.
    Link(String),
    /// How the camera is.
    Camera(CameraSays),
    /// A photo was taken; nothing if that failed.
    Photo(Option<PhotoNumber>),
    /// Time passed. To come at least twice a second while the screen is on.
    Tick,
    /// Whether the screen is seen: before or behind something else.
    Foreground(bool),
    /// Whether there is a network, as far as the platform can tell.
    Online(bool),
    /// Charge of the battery in percent; nothing where it is being charged, or there is none.
    Battery(Option<u8>),
    /// Whether what is kept here stays until somebody deletes it. It does, as long as nothing else is said: a browser may
    /// throw it away when room runs short.
    Kept(bool),
    /// Where the phone is, by a fix that was taken just now; nothing where it does not know.
    Fix(Option<Fix>),
    /// Where the phone was, by a fix that the platform had kept.
    EarlierFix {
        /// It.
        fix: Fix,
        /// How long before this it was taken. Milliseconds.
        age_ms: u64,
    },
    /// Whether the guard asked for Grant at the left.
    Mirrored(bool),
    /// The station was opened anew, by another worker: of the work that was under way there comes no answer.
    #[serde(skip)]
    Restarted,
    /// What came of work.
    #[serde(skip)]
    Done(WorkId, Result<Answer, Arc<StationError>>),
}

impl Input {
    /// A tap on the screen that is shown.
    #[must_use]
    pub const fn tap(screen: &Screen, action: Action) -> Self {
        Self::Tap { screen: screen.number, action }
    }
}
