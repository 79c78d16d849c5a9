//! The platform in a browser's worker: files and databases in the origin private file system (`gatehouse-opfs`), `fetch`,
//! the browser's clocks, and secrets sealed under a key that the browser keeps. The names are those of `native`.
//!
//! Nothing here can wait. Work that asks is taken as [`crate::network::Steps`] by whoever has the worker, who carries
//! what is asked by [`Http`]; a call that blocks finds no network, and goes on as it does without one.

mod clock;
mod database;
mod drive;
pub mod files;
mod http;
mod lock;
mod secrets;

use std::{sync::Arc, time::Duration};

pub use clock::SystemTime;
pub use database::before_use;
pub use drive::{drive, pause};
pub use http::{Call, GiveUp, Http};
pub use lock::Lock;
pub use secrets::SealedSecrets;

use super::Network;
use crate::network::{Failure, Outcome, Request};

/// No network, for calls that block.
struct Nobody;

impl Network for Nobody {
    fn exchange(&self, _: Request, _: Duration) -> Outcome {
        Err(Failure::NoWay { reason: "a worker of a browser cannot wait".to_owned() })
    }
}

/// The network of calls that block.
pub fn network() -> Arc<dyn Network> {
    Arc::new(Nobody)
}
