//! The network as data: what is asked ([`Request`]), what became of it ([`Outcome`]), and what an answer means
//! ([`Answer::successful`], [`ClientError`]). Nothing in here touches a network or a clock: whoever carries requests
//! (`device::Http` natively, a browser by its own means) is handed values and gives values back, so that hostile
//! answers, and answers that never come, can be tried out. Work that asks as it goes is a [`Steps`]; where the phone's
//! key is as far away as the server, it asks that in the same way ([`KeyTask`]).

mod answer;
mod client;
mod error;
mod key;
mod request;
mod steps;
mod trust;

pub use answer::{Answer, Failure, Outcome};
pub use client::Client;
pub use error::ClientError;
pub use key::{KeyOutcome, KeyTask, SignerError};
pub use request::{LARGEST_ANSWER, Method, Request};
pub use steps::{Deadline, Line, Question, Step, Steps, Unasked};
pub use trust::Distrust;
