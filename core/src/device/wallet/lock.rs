//! The app's lock: after how long it locks, and whether it is locked.

use std::sync::atomic::Ordering;

use serde::{Deserialize, Serialize};

use super::{MemberWallet, WalletError, state};
use crate::time::ClockReading;

/// How long after its last use the app locks itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "u32", try_from = "u32")]
pub enum LockAfter {
    /// As soon as it is left.
    Always,
    /// After a minute.
    OneMinute,
    /// After 5 minutes.
    #[default]
    FiveMinutes,
    /// After 15 minutes.
    FifteenMinutes,
    /// After 30 minutes.
    ThirtyMinutes,
    /// After an hour.
    OneHour,
}

impl LockAfter {
    /// Every choice, the shortest first.
    pub const ALL: [Self; 6] = [
        Self::Always,
        Self::OneMinute,
        Self::FiveMinutes,
        Self::FifteenMinutes,
        Self::ThirtyMinutes,
        Self::OneHour,
    ];

    /// The minutes; 0 is always.
    #[must_use]
    pub const fn minutes(self) -> u32 {
        match self {
            Self::Always => 0,
            Self::OneMinute => 1,
            Self::FiveMinutes => 5,
            Self::FifteenMinutes => 15,
            Self::ThirtyMinutes => 30,
            Self::OneHour => 60,
        }
    }
}

impl From<LockAfter> for u32 {
    fn from(after: LockAfter) -> Self {
        after.minutes()
    }
}

impl TryFrom<u32> for LockAfter {
    type Error = &'static str;

    fn try_from(minutes: u32) -> Result<Self, Self::Error> {
        Self::ALL.into_iter().find(|after| after.minutes() == minutes).ok_or("0, 1, 5, 15, 30 or 60 minutes")
    }
}

/// When the app was last in use, by a clock that nobody can set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastUse {
    /// The monotonic clock then.
    pub monotonic_ms: u64,
    /// The boot that it counts from.
    pub boot_id: String,
}

impl LastUse {
    /// In use at this moment.
    #[must_use]
    pub fn at(reading: &ClockReading) -> Self {
        Self { monotonic_ms: reading.monotonic_ms, boot_id: reading.boot_id.clone() }
    }
}

/// Whether the app is locked. The wall clock has no say, so setting it unlocks nothing; after a reboot, or where the
/// monotonic clock ran backwards, it is locked.
#[must_use]
pub fn is_locked(after: LockAfter, last: Option<&LastUse>, now: &ClockReading) -> bool {
    open_for_ms(after, last, now) == 0
}

/// Milliseconds for which it stays open if nobody uses it.
fn open_for_ms(after: LockAfter, last: Option<&LastUse>, now: &ClockReading) -> u64 {
    let since = last
        .filter(|last| last.boot_id == now.boot_id)
        .and_then(|last| now.monotonic_ms.checked_sub(last.monotonic_ms));
    let open = u64::from(after.minutes()) * 60_000;
    since.map_or(0, |since| open.saturating_sub(since))
}

/// How the lock stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LockState {
    /// The member's choice.
    pub after: LockAfter,
    /// Whether the app must be unlocked before it shows anything.
    pub locked: bool,
    /// Milliseconds until it locks itself, once the app was left.
    pub locks_in_ms: Option<u64>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Lock {
    after: LockAfter,
    last: Option<LastUse>,
}

impl MemberWallet {
    /// How the app's lock stands. How it is unlocked (face, finger, the phone's code) is the shell's business.
    ///
    /// # Errors
    /// A store or clock that fails.
    pub fn app_lock(&self) -> Result<LockState, WalletError> {
        let (lock, reading) = (self.lock()?, self.time.read()?);
        let present = self.present.load(Ordering::Acquire);
        let open = open_for_ms(lock.after, lock.last.as_ref(), &reading);
        let locked = !present && open == 0;
        let locks_in_ms = (!present && !locked).then_some(open);
        Ok(LockState { after: lock.after, locked, locks_in_ms })
    }

    /// The member unlocked the app, and is looking at it.
    ///
    /// # Errors
    /// A store or clock that fails.
    pub fn app_unlocked(&self) -> Result<(), WalletError> {
        self.keep_lock(|lock, reading| lock.last = Some(LastUse::at(reading)))?;
        self.present.store(true, Ordering::Release);
        Ok(())
    }

    /// The member left the app: from now on time counts. Leaving a locked app changes nothing.
    ///
    /// # Errors
    /// A store or clock that fails.
    pub fn app_left(&self) -> Result<(), WalletError> {
        if self.present.swap(false, Ordering::AcqRel) {
            self.keep_lock(|lock, reading| lock.last = Some(LastUse::at(reading)))?;
        }
        Ok(())
    }

    /// Chooses after how long the app locks itself. Not while it is locked.
    ///
    /// # Errors
    /// [`WalletError::AppLocked`]; a store or clock that fails.
    pub fn set_app_lock(&self, after: LockAfter) -> Result<(), WalletError> {
        if self.app_lock()?.locked {
            return Err(WalletError::AppLocked);
        }
        self.keep_lock(|lock, _| lock.after = after)
    }

    fn lock(&self) -> Result<Lock, WalletError> {
        Ok(self.store.access().write()?.setting(state::LOCK)?.unwrap_or_default())
    }

    fn keep_lock(&self, change: impl FnOnce(&mut Lock, &ClockReading)) -> Result<(), WalletError> {
        let reading = self.time.read()?;
        let mut access = self.store.access();
        let write = access.write()?;
        let mut lock: Lock = write.setting(state::LOCK)?.unwrap_or_default();
        change(&mut lock, &reading);
        write.put_setting(state::LOCK, &lock)?;
        Ok(write.commit()?)
    }
}
