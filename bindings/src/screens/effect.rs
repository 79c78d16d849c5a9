//! What a shell does: at once, and for as long as it is wanted.

use gatehouse_core::screens::{CameraUse, CodeShown, Tone, member::Share};

use crate::ToneNote;

/// What is to be done once. A guard's screens never ask for [`Self::Unlock`] and [`Self::Share`], a member's for neither
/// photo, place nor another camera.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum Effect {
    /// [`crate::GuardScreens::carry`] or [`crate::MemberScreens::carry`] is to be called with this, on a thread that may
    /// wait.
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
    /// Whoever holds the phone is asked to prove that it is theirs, by face, finger or the phone's own code; what came of
    /// it goes back as [`crate::Input::Unlocked`].
    Unlock,
    /// An invitation is handed to the system's sheet for sharing.
    Share {
        /// A title.
        title: String,
        /// A text, to stand beside the code.
        text: String,
        /// A link to the invitation, where there is one.
        url: Option<String>,
        /// The code, to go along as a picture.
        code: CodeShown,
    },
}

impl From<Tone> for Effect {
    fn from(tone: Tone) -> Self {
        Self::Play { notes: tone.notes().to_vec(), buzzes: tone.buzzes().to_vec() }
    }
}

impl From<Share> for Effect {
    fn from(share: Share) -> Self {
        let Share { title, text, url, code } = share;
        Self::Share { title, text, url, code }
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
    /// Whether the screen is as bright as it can be, so that a gate reads the code on it.
    pub bright: bool,
}
