//! The clocks of a browser's worker.

use std::sync::{Mutex, PoisonError};

use js_sys::Date;
use wasm_bindgen::JsCast;
use web_sys::WorkerGlobalScope;

use crate::{
    device::{DeviceTime, TimeError, vault::random},
    hex,
    time::{ClockReading, UnixMillis},
};

/// More than a wall clock is corrected by between two readings, and too little to matter to a decision. Milliseconds.
const DRIFT_MS: f64 = 5_000.0;

/// The clock that only runs forward counts from the worker's start, so each start is a boot of its own. Some browsers
/// stop it while the machine sleeps: where the two clocks came apart, another boot began.
#[derive(Debug, Default)]
pub struct SystemTime {
    boot: Mutex<Option<Boot>>,
}

#[derive(Debug)]
struct Boot {
    id: String,
    /// When it began, by the wall clock.
    began_ms: f64,
}

impl DeviceTime for SystemTime {
    fn read(&self) -> Result<ClockReading, TimeError> {
        let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
        let clock = scope.performance().ok_or_else(|| TimeError { reason: "no clock".to_owned() })?;
        let (wall_ms, running_ms) = (Date::now(), clock.now());
        let began_ms = wall_ms - running_ms;
        let mut boot = self.boot.lock().unwrap_or_else(PoisonError::into_inner);
        let id = match boot.as_ref().filter(|boot| (boot.began_ms - began_ms).abs() <= DRIFT_MS) {
            Some(boot) => boot.id.clone(),
            None => {
                let fresh = random::<16>().map_err(|error| TimeError { reason: error.to_string() })?;
                let id = hex::encode(&fresh);
                *boot = Some(Boot { id: id.clone(), began_ms });
                id
            }
        };
        // Before 1970 the wall clock says nothing, and becomes 0.
        Ok(ClockReading {
            wall: UnixMillis::new(wall_ms as u64),
            monotonic_ms: running_ms as u64,
            boot_id: id,
        })
    }
}
