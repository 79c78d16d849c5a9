//! The clocks of a Linux machine.

use std::fs;

use rustix::time::{ClockId, clock_gettime};

use crate::{
    device::{DeviceTime, TimeError},
    time::{ClockReading, UnixMillis},
};

/// The clocks of a Linux machine.
#[derive(Debug, Clone, Default)]
pub struct SystemTime;

impl DeviceTime for SystemTime {
    fn read(&self) -> Result<ClockReading, TimeError> {
        let boot_id = fs::read_to_string("/proc/sys/kernel/random/boot_id")
            .map_err(|error| TimeError { reason: format!("no boot id: {error}") })?;
        let millis = |clock| {
            let time = clock_gettime(clock);
            // Before 1970 the wall clock says nothing that the floor would not say better.
            u64::try_from(time.tv_sec).unwrap_or(0) * 1000
                + u64::try_from(time.tv_nsec).unwrap_or(0) / 1_000_000
        };
        let reading = ClockReading {
            wall: UnixMillis::new(millis(ClockId::Realtime)),
            monotonic_ms: millis(ClockId::Boottime),
            boot_id: boot_id.trim().to_owned(),
        };
        #[cfg(feature = "faults")]
        let reading = crate::device::faults::clocks(reading);
        Ok(reading)
    }
}
