//! Screens as shells hold them: core's state machines, a guard's with a station of its own beneath and a member's with a
//! wallet. A shell draws [`Screen`], says what happened, and does what comes back; it decides nothing and knows no action
//! by its name. What it says, is told and draws are the same types for both, and what drives them is the same code.

mod desk;
mod effect;
mod guard;
mod input;
mod kind;
mod member;
mod phone;
mod screen;
mod side;
#[cfg(test)]
mod tests;

pub use effect::{Effect, Wanted};
pub use guard::GuardScreens;
pub use input::{Input, Moment};
pub use kind::ScreenKind;
pub use member::MemberScreens;
pub use screen::{Countdown, Screen, ScreenButton, ScreenPicture, ScreenRow, StatusLine, Viewfinder};
