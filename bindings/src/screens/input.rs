//! What a shell says happened.

use gatehouse_core::{
    place::Fix,
    screens::{
        self,
        guard::{self, CameraSays, CameraTrouble},
    },
    time::UnixMillis,
};

use crate::FieldName;

/// The phone's clocks at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct Moment {
    /// Milliseconds by a clock that only runs forward and that nobody sets; any, but always the same one.
    pub running_ms: i64,
    /// Milliseconds since 1970 by the wall clock, for texts. No decision goes by it.
    pub wall_ms: i64,
    /// By how much the phone's zone is ahead of UTC now. Seconds.
    pub zone_s: i32,
}

impl From<Moment> for screens::Moment {
    fn from(moment: Moment) -> Self {
        let passed = |ms: i64| u64::try_from(ms).unwrap_or(0);
        Self {
            running_ms: passed(moment.running_ms),
            wall: UnixMillis::new(passed(moment.wall_ms)),
            zone_s: moment.zone_s,
        }
    }
}

/// What happened. `screen` is the number of the screen that it was meant for, and `action` comes back as it came.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum Input {
    /// A button or row was tapped.
    Tap {
        /// [`crate::Screen::number`].
        screen: u64,
        /// What.
        action: String,
    },
    /// A button was held and let go.
    Held {
        /// [`crate::Screen::number`].
        screen: u64,
        /// What.
        action: String,
        /// For how long. Milliseconds.
        ms: u32,
    },
    /// A field's whole text, after each change.
    Typed {
        /// [`crate::Screen::number`].
        screen: u64,
        /// Which field.
        field: FieldName,
        /// What stands in it now.
        text: String,
    },
    /// The platform's own way back: a gesture, a key.
    Back,
    /// A line that a scanner typed.
    Line {
        /// The line.
        text: String,
    },
    /// The code of a link that opened the app. It says whose a device is, and nothing where somebody is at work.
    Link {
        /// What stands in it.
        code: String,
    },
    /// The camera runs.
    CameraRuns {
        /// Whether it has a light.
        torch: bool,
        /// Whether there is another one.
        another: bool,
    },
    /// The camera does not run, though it is wanted.
    CameraFails {
        /// Why.
        trouble: CameraTrouble,
    },
    /// No photo could be taken. One that was goes to [`crate::GuardScreens::photo`].
    PhotoFailed,
    /// Time passed. To come at least twice a second while the screen is on.
    Tick,
    /// Whether the screen is seen: before or behind something else.
    Foreground {
        /// Before.
        seen: bool,
    },
    /// Whether there is a network, as far as the platform can tell.
    Online {
        /// There is.
        online: bool,
    },
    /// Charge of the battery.
    Battery {
        /// Nothing where it is being charged, or there is none.
        percent: Option<u8>,
    },
    /// Where the phone is.
    Place {
        /// Nothing where it does not know.
        fix: Option<Fix>,
    },
    /// Whether the guard asked for Grant at the left.
    Mirrored {
        /// They did.
        mirrored: bool,
    },
}

impl Input {
    /// As the core takes it. An action that is none of the core's can have been offered by no screen: time passes.
    pub(crate) fn into_core(self) -> guard::Input {
        match self {
            Self::Tap { screen, action } => match serde_json::from_str(&action) {
                Ok(action) => guard::Input::Tap { screen, action },
                Err(_) => guard::Input::Tick,
            },
            Self::Held { screen, action, ms } => match serde_json::from_str(&action) {
                Ok(action) => guard::Input::Held { screen, action, ms },
                Err(_) => guard::Input::Tick,
            },
            Self::Typed { screen, field, text } => guard::Input::Typed { screen, field, text },
            Self::Back => guard::Input::Back,
            Self::Line { text } => guard::Input::Line(text),
            Self::Link { code } => guard::Input::Link(code),
            Self::CameraRuns { torch, another } => guard::Input::Camera(CameraSays::Runs { torch, another }),
            Self::CameraFails { trouble } => guard::Input::Camera(CameraSays::Fails(trouble)),
            Self::PhotoFailed => guard::Input::Photo(None),
            Self::Tick => guard::Input::Tick,
            Self::Foreground { seen } => guard::Input::Foreground(seen),
            Self::Online { online } => guard::Input::Online(online),
            Self::Battery { percent } => guard::Input::Battery(percent),
            Self::Place { fix } => guard::Input::Fix(fix),
            Self::Mirrored { mirrored } => guard::Input::Mirrored(mirrored),
        }
    }
}
