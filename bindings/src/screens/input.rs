//! What a shell says happened.

use gatehouse_core::{
    place::Fix,
    screens::{
        self, CameraSays, CameraTrouble, guard,
        member::{self, Unlocking},
    },
    time::UnixMillis,
};
use serde::de::DeserializeOwned;

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

/// What happened. `screen` is the number of the screen that it was meant for, and `action` comes back as it came. Of what
/// only a guard's screens ask for, or only a member's, the other's hear nothing: to them time passes.
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
    /// No photo could be taken, of a guard's. One that was goes to [`crate::GuardScreens::photo`].
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
    /// Where the phone is, of a guard's.
    Place {
        /// Nothing where it does not know.
        fix: Option<Fix>,
        /// How long ago that was taken: nought if just now, and more where the platform had kept it. Milliseconds.
        age_ms: u64,
    },
    /// Whether the guard asked for Grant at the left.
    Mirrored {
        /// They did.
        mirrored: bool,
    },
    /// What came of [`crate::Effect::Unlock`], of a member's.
    Unlocked {
        /// Whether the phone is theirs.
        unlocking: Unlocking,
    },
}

impl From<Input> for guard::Input {
    fn from(input: Input) -> Self {
        match input {
            Input::Tap { screen, action } => {
                meant(&action).map_or(Self::Tick, |action| Self::Tap { screen, action })
            }
            Input::Held { screen, action, ms } => {
                meant(&action).map_or(Self::Tick, |action| Self::Held { screen, action, ms })
            }
            Input::Typed { screen, field, text } => Self::Typed { screen, field, text },
            Input::Back => Self::Back,
            Input::Line { text } => Self::Line(text),
            Input::Link { code } => Self::Link(code),
            Input::CameraRuns { torch, another } => Self::Camera(CameraSays::Runs { torch, another }),
            Input::CameraFails { trouble } => Self::Camera(CameraSays::Fails(trouble)),
            Input::PhotoFailed => Self::Photo(None),
            Input::Tick | Input::Unlocked { .. } => Self::Tick,
            Input::Foreground { seen } => Self::Foreground(seen),
            Input::Online { online } => Self::Online(online),
            Input::Battery { percent } => Self::Battery(percent),
            Input::Place { fix: Some(fix), age_ms: age_ms @ 1.. } => Self::EarlierFix { fix, age_ms },
            Input::Place { fix, .. } => Self::Fix(fix),
            Input::Mirrored { mirrored } => Self::Mirrored(mirrored),
        }
    }
}

impl From<Input> for member::Input {
    fn from(input: Input) -> Self {
        match input {
            Input::Tap { screen, action } => {
                meant(&action).map_or(Self::Tick, |action| Self::Tap { screen, action })
            }
            Input::Held { screen, action, ms } => {
                meant(&action).map_or(Self::Tick, |action| Self::Held { screen, action, ms })
            }
            Input::Typed { screen, field, text } => Self::Typed { screen, field, text },
            Input::Back => Self::Back,
            Input::Line { text } => Self::Line(text),
            Input::Link { code } => Self::Link(code),
            Input::CameraRuns { torch, another } => Self::Camera(CameraSays::Runs { torch, another }),
            Input::CameraFails { trouble } => Self::Camera(CameraSays::Fails(trouble)),
            Input::Tick | Input::PhotoFailed | Input::Place { .. } | Input::Mirrored { .. } => Self::Tick,
            Input::Foreground { seen } => Self::Foreground(seen),
            Input::Online { online } => Self::Online(online),
            Input::Battery { percent } => Self::Battery(percent),
            Input::Unlocked { unlocking } => Self::Unlocked(unlocking),
        }
    }
}

/// The action that a shell handed back; nothing where it is none of these screens', so that none can have offered it.
fn meant<A: DeserializeOwned>(action: &str) -> Option<A> {
    serde_json::from_str(action).ok()
}
