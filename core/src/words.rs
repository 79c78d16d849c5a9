//! Every sentence that people read, in every language.
//!
//! The texts are Fluent files, one folder a language, and are part of the program. Code names a sentence by
//! [`phrase!`](crate::phrase), which does not compile unless every language has that sentence with exactly these
//! placeables; what belongs to a code is found by an exhaustive match, so that a new code does not compile without
//! its words. README.md beside the files tells how a sentence or a language is added.

mod bundle;
#[cfg(feature = "device")]
mod device;
mod gate;
mod language;
mod messages;
mod network;
mod phrase;
mod problem;
#[allow(clippy::panic, reason = "panics while it is compiled, which is how a build fails")]
mod registry;
pub mod time;

#[cfg(feature = "device")]
pub use device::{code_source, drawing, pack_age, picture};
pub use gate::{
    CheckWords, ReasonWords, UNKNOWN_REASON, WALK_UP, ban, basis, check, decided, entry_kind, fact,
    host_stopped, invitation_status, misread, outcome, plain_basis, reason, role, sight, verdict,
};
pub use language::{Direction, Language, is_right_to_left};
pub use messages::severity;
pub use phrase::{Arg, Phrase, Piece};
pub use problem::{Problem, ProblemWords};
pub use registry::Id;
