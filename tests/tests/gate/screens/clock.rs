//! The clocks of a phone in a scenario.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Instant, UNIX_EPOCH},
};

use gatehouse_core::{
    device::{DeviceTime, TimeError},
    screens::Moment,
    time::{ClockReading, UnixMillis},
};

/// Clocks that run as this machine's do, and can be moved on.
pub(super) struct Clock {
    began: Instant,
    passed_ms: AtomicU64,
}

impl Clock {
    pub(super) fn start() -> Arc<Self> {
        Arc::new(Self { began: Instant::now(), passed_ms: AtomicU64::new(0) })
    }

    fn passed_ms(&self) -> u64 {
        self.passed_ms.load(Ordering::Relaxed)
    }

    pub(super) fn pass(&self, ms: u64) {
        self.passed_ms.fetch_add(ms, Ordering::Relaxed);
    }

    fn wall(&self) -> UnixMillis {
        let wall = UNIX_EPOCH.elapsed().expect("after 1970").as_millis();
        UnixMillis::new(u64::try_from(wall).expect("before the year 9999") + self.passed_ms())
    }

    fn running_ms(&self) -> u64 {
        1_000_000 + u64::try_from(self.began.elapsed().as_millis()).expect("soon") + self.passed_ms()
    }

    pub(super) fn moment(&self) -> Moment {
        Moment { running_ms: self.running_ms(), wall: self.wall(), zone_s: 0 }
    }
}

impl DeviceTime for Clock {
    fn read(&self) -> Result<ClockReading, TimeError> {
        let (wall, monotonic_ms) = (self.wall(), self.running_ms());
        Ok(ClockReading { wall, monotonic_ms, boot_id: "first".to_owned() })
    }
}
