//! A phone's clocks, to be set and restarted by a test.

use std::{
    sync::{Mutex, PoisonError},
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use gatehouse_core::{
    device::{DeviceTime, TimeError},
    time::{ClockReading, UnixMillis},
};

/// Clocks that run as the machine's do, from wherever they were set.
pub struct Clocks(Mutex<Set>);

struct Set {
    wall_ahead_ms: i64,
    booted: Instant,
    boot: u32,
}

impl Default for Clocks {
    fn default() -> Self {
        Self(Mutex::new(Set { wall_ahead_ms: 0, booted: Instant::now(), boot: 1 }))
    }
}

impl Clocks {
    /// Sets the wall clock so many milliseconds ahead of the machine's, or behind.
    pub fn set_wall_ahead(&self, millis: i64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).wall_ahead_ms = millis;
    }

    /// Restarts the phone: another boot, and a monotonic clock that counts from now.
    pub fn reboot(&self) {
        let mut set = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        set.boot += 1;
        set.booted = Instant::now();
    }
}

impl DeviceTime for Clocks {
    fn read(&self) -> Result<ClockReading, TimeError> {
        let set = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let millis = |time: std::time::Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let wall = millis(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default());
        Ok(ClockReading {
            wall: UnixMillis::new(wall.saturating_add_signed(set.wall_ahead_ms)),
            monotonic_ms: 1_000 + millis(set.booted.elapsed()),
            boot_id: format!("boot-{}", set.boot),
        })
    }
}
