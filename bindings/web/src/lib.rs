//! Gatehouse in a browser: a guard's station or a member's wallet in a worker, behind a few functions.
//!
//! The page draws what it is told and hands in what happened; JavaScript in the worker passes messages on and decides
//! nothing. [`open`] opens the files, the secrets and the station, and gives an [`App`]. What is to be shown and done
//! comes as one piece of JSON ([`told`]) to a function of the worker's. Work for the station is done in here, several
//! pieces beside each other, and `fetch` does their waiting.
//!
//! That there is one worker for one side is for JavaScript to see to, by a lock of the browser's; where it did not, the
//! files cannot be opened.
//!
//! A worker that panics has the page start another one: what is on the disk is as after a power cut.

#[cfg(target_arch = "wasm32")]
mod app;
#[cfg(target_arch = "wasm32")]
mod cabinet;
#[cfg(target_arch = "wasm32")]
mod gate;
#[cfg(target_arch = "wasm32")]
mod id;
#[cfg(target_arch = "wasm32")]
mod js;
#[cfg(target_arch = "wasm32")]
mod key;
#[cfg(target_arch = "wasm32")]
mod shell;
#[cfg(target_arch = "wasm32")]
mod signer;
pub mod told;

#[cfg(target_arch = "wasm32")]
pub use app::{App, open};
