//! The phone's clocks.

use crate::time::ClockReading;

/// The clocks cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the clock can't be read: {reason}")]
pub struct TimeError {
    /// What went wrong.
    pub reason: String,
}

/// Reads the phone's clocks: `elapsedRealtime` and boot count on Android, `mach_continuous_time` and boot session on
/// iOS, `CLOCK_BOOTTIME` and the kernel's boot id on Linux.
pub trait DeviceTime: Send + Sync {
    /// All clocks at one moment.
    ///
    /// # Errors
    /// A platform that does not tell.
    fn read(&self) -> Result<ClockReading, TimeError>;
}
