//! What a phone shows, as data: every shell draws the same screens and decides nothing.
//!
//! A state machine for the guard ([`guard`]) and one for the member ([`member`]): pure, without I/O, clock or randomness.
//! What happened goes in, with the moment at which it did; what the platform and the station or wallet are to do comes
//! out; and at any time there is one [`Screen`] of texts, fields and buttons. They never call a station or wallet
//! themselves: they ask for work, and the answer comes in as everything else does, so that late, doubled and foreign
//! answers are no special case for a shell.
//!
//! Manners that hold for every screen, each with a test:
//! - Taps name the screen that they were meant for, and a screen takes none in its first moments.
//! - What can be done is worked out in one place, for drawing and for taking: nothing that is not offered is taken.
//! - A verdict is shown only out of a durable answer, and so is a decision.
//! - Over the camera nothing opens by itself but a verdict and what stops the work.
//! - A member's code is shown while it is good and the app is open and looked at, and at no other time.
//! - Everything that a screen shows is found again after a kill, from the station or wallet.

mod camera;
pub mod guard;
pub mod member;
mod moment;
mod offer;
mod screen;
mod sheet;
mod tone;
mod work;

pub use camera::{CameraSays, CameraTrouble, CameraUse, Frame};
pub use moment::Moment;
pub use screen::{
    Banner, Button, CheckLine, CodeShown, Countdown, Field, FieldName, HELD_MS, Keyboard, Line, PhotoNumber,
    Picture, Row, SETTLES_MS, Says, Screen, Shape, Side, StatusLine, Viewfinder, Weight,
};
pub use tone::{Note, Tone};
pub use work::WorkId;
