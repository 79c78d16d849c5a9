//! What is a guard's or a member's alone, where all else of their screens is the same.

use gatehouse_core::{
    device::GiveUp,
    screens::{CameraUse, Frame, Moment, PhotoNumber, WorkId},
    words::Language,
};

use super::{Effect, Input, Screen, Wanted};

/// One side, by what stands beneath its screens: a guard's station or a member's wallet.
pub(super) trait Side: Sized {
    /// The state machine.
    type Flow;
    /// What it takes.
    type Input: From<Input>;
    /// What it has done.
    type Effect;
    /// What it asks for.
    type Work;
    /// What comes of that.
    type Answer;
    /// Or why nothing does.
    type Error;

    fn begin(at: Moment) -> (Self::Flow, Vec<Self::Effect>);
    fn take(flow: &mut Self::Flow, at: Moment, input: Self::Input) -> Vec<Self::Effect>;
    fn screen(flow: &Self::Flow, language: Language, wanted: Wanted) -> Screen;
    fn todo(effect: Self::Effect, language: Language) -> Todo<Self::Work>;
    fn frame(frame: Frame) -> Self::Input;
    fn done(id: WorkId, outcome: Result<Self::Answer, Self::Error>) -> Self::Input;

    /// Carries work out, and waits where it asks; nothing where it was left.
    fn drive(
        &self,
        work: Self::Work,
        photo: Option<Vec<u8>>,
        signal: &GiveUp,
    ) -> Option<Result<Self::Answer, Self::Error>>;
}

/// What an effect of the core's is here.
pub(super) enum Todo<W> {
    /// Work, with the photo that goes along.
    Work(WorkId, W, Option<PhotoNumber>),
    /// The work's question is given up.
    GiveUp(WorkId),
    /// The work is left where it is.
    Drop(WorkId),
    /// A photo's bytes go.
    Forget(PhotoNumber),
    /// What the camera runs for is another thing.
    Camera(Option<CameraUse>),
    Torch(bool),
    Place(bool),
    Awake(bool),
    Bright(bool),
    /// The shell's.
    Tell(Effect),
    /// What stands beneath is closed and opened again.
    Reopen,
}
