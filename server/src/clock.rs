//! The server's time. Everyone else's trusted time comes from here.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use gatehouse_core::time::{UnixMillis, UnixSeconds};

/// Where the time comes from.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// A time that is set by hand, for tests and for making up a past.
    Set(Arc<AtomicU64>),
}

impl Clock {
    /// A clock that stands still until it is set again.
    #[must_use]
    pub fn at(time: UnixMillis) -> Self {
        Self::Set(Arc::new(AtomicU64::new(time.get())))
    }

    /// Sets a clock that is set by hand; the machine's is left alone.
    pub fn set(&self, time: UnixMillis) {
        if let Self::Set(millis) = self {
            millis.store(time.get(), Ordering::Relaxed);
        }
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> UnixMillis {
        match self {
            Self::System => {
                let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
                // A clock before 1970 reads as 1970: nothing is valid then, which is the safe side.
                let millis = since.map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(u64::MAX));
                #[cfg(feature = "faults")]
                let millis = gatehouse_core::device::faults::wall(millis);
                UnixMillis::new(millis)
            }
            Self::Set(millis) => UnixMillis::new(millis.load(Ordering::Relaxed)),
        }
    }

    /// The time in whole seconds.
    #[must_use]
    pub fn seconds(&self) -> UnixSeconds {
        self.now().to_seconds()
    }
}
