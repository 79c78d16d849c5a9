//! The platform below on an operating system: files, the lock on a store's folder, clocks, secrets in files, HTTP, and
//! waiting. All that `device` asks of a platform is here and nowhere else, so that another one without files or threads
//! (a browser) is another module with these names.

mod clock;
mod database;
mod drive;
pub mod files;
mod http;
mod lock;
mod secrets;
mod tls;

use std::sync::Arc;

pub use clock::SystemTime;
pub use database::before_use;
pub use drive::{GiveUp, drive, drive_unless};
pub use http::{Call, Http};
pub use lock::Lock;
pub use secrets::FileSecrets;

use super::Network;

/// The network of this machine, broken where a test says so.
pub fn network() -> Arc<dyn Network> {
    let http = Http::default();
    #[cfg(feature = "faults")]
    let http = super::faults::Broken(http);
    Arc::new(http)
}
