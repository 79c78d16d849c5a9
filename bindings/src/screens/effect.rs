//! What a shell does: at once, and for as long as it is wanted.

use gatehouse_core::screens::{Tone, guard::CameraUse};

use crate::ToneNote;

/// What is to be done once.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum Effect {
    /// [`crate::GuardScreens::carry`] is to be called with this, on a thread that may wait.
    Work {
        /// Which.
        id: u64,
    },
    /// Something is heard and felt.
    Play {
        /// What is heard. A switch that mutes the phone mutes this.
        notes: Vec<ToneNote>,
        /// What is felt, as milliseconds of buzzing and of pause in turns. Nothing mutes this.
        buzzes: Vec<u16>,
    },
    /// The next camera.
    NextCamera,
    /// A photo of what the camera shows, for [`crate::GuardScreens::photo`].
    TakePhoto,
    /// A fresh fix, now.
    AskForFix,
    /// The system's settings for this app.
    OpenSettings,
}

impl From<Tone> for Effect {
    fn from(tone: Tone) -> Self {
        Self::Play { notes: tone.notes().to_vec(), buzzes: tone.buzzes().to_vec() }
    }
}

/// What is wanted of the phone now. It stands in the screen and not among the effects, because threads that bring
/// effects may overtake each other: whoever goes by the latest screen is never wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, uniffi::Record)]
pub struct Wanted {
    /// What the camera runs for, if it runs.
    pub camera: Option<CameraUse>,
    /// The camera's light.
    pub torch: bool,
    /// Whether the phone watches where it is.
    pub place: bool,
    /// Whether the screen stays on.
    pub awake: bool,
}
