//! How much one device may send, and what is still taken in while the disk fills up. Beyond it a device is told to
//! come back later: nothing of a journal is lost, it waits on the phone.

use std::{path::Path, time::Duration};

use gatehouse_core::{id::DeviceId, time::UnixMillis};

use super::{Principal, Scope, Service, ServiceError};
use crate::store::{StoreError, Tx, usage, usage::Usage};

/// Milliseconds of a day, in UTC: what quotas go by.
const DAY_MS: u64 = 86_400_000;
/// How soon a device whose quota is used up asks again, at the latest. Seconds; phones wait for an hour at most.
const LONGEST_WAIT_S: u64 = 3600;
/// How soon to come back where a device has its whole share of the disk, or the disk is nearly full. Seconds.
const FULL_WAIT_S: u64 = 300;

/// What one device may send in a day, and keep here in all. Far above what the busiest gate comes to: a scan every
/// three seconds around the clock is 58,000 entries and 90 MB a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// Entries a day.
    pub entries_a_day: u64,
    /// Bytes of entries a day.
    pub entry_bytes_a_day: u64,
    /// Bytes of entries in all.
    pub entry_bytes: u64,
    /// Bytes of photos a day.
    pub photo_bytes_a_day: u64,
    /// Bytes of photos in all.
    pub photo_bytes: u64,
}

impl Default for Quota {
    fn default() -> Self {
        Self {
            entries_a_day: 250_000,
            entry_bytes_a_day: 512 << 20,
            entry_bytes: 64 << 30,
            photo_bytes_a_day: 1 << 30,
            photo_bytes: 128 << 30,
        }
    }
}

/// What is left free on the disk: photos are refused first, entries last, so that the gate's word is written down for
/// as long as anything can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reserve {
    /// Bytes that photos leave free, but no more than a tenth of the disk.
    pub photos: u64,
    /// Bytes that entries leave free, but no more than a hundredth of the disk.
    pub entries: u64,
}

impl Default for Reserve {
    fn default() -> Self {
        Self { photos: 1 << 30, entries: 64 << 20 }
    }
}

/// What a disk has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Space {
    free: u64,
    all: u64,
}

impl Space {
    /// The disk of a directory; nothing where the system does not say.
    fn of(dir: &Path) -> Option<Self> {
        let stat = rustix::fs::statvfs(dir).ok()?;
        let bytes = |blocks: u64| blocks.saturating_mul(stat.f_frsize);
        Some(Self { free: bytes(stat.f_bavail), all: bytes(stat.f_blocks) })
    }
}

impl Reserve {
    const fn leaves_photos(self, space: Space) -> bool {
        space.free >= if self.photos < space.all / 10 { self.photos } else { space.all / 10 }
    }

    const fn leaves_entries(self, space: Space) -> bool {
        space.free >= if self.entries < space.all / 100 { self.entries } else { space.all / 100 }
    }
}

const fn day(now: UnixMillis) -> u64 {
    now.get() / DAY_MS
}

/// Until the day is over.
const fn rest_of_day(now: UnixMillis) -> Duration {
    let seconds = (DAY_MS - now.get() % DAY_MS) / 1000;
    Duration::from_secs(if seconds < LONGEST_WAIT_S { seconds } else { LONGEST_WAIT_S })
}

impl Quota {
    /// Whether a device that has sent `today` and `all` may send `more`.
    fn allows(self, today: Usage, all: Usage, more: Usage, now: UnixMillis) -> Result<(), ServiceError> {
        let (today, all) = (today.plus(more), all.plus(more));
        let over = |used: u64, limit: u64, more: u64| more > 0 && used > limit;
        if over(today.entries, self.entries_a_day, more.entries)
            || over(today.entry_bytes, self.entry_bytes_a_day, more.entry_bytes)
            || over(today.photo_bytes, self.photo_bytes_a_day, more.photo_bytes)
        {
            return Err(ServiceError::QuotaReached { wait: rest_of_day(now) });
        }
        if over(all.entry_bytes, self.entry_bytes, more.entry_bytes)
            || over(all.photo_bytes, self.photo_bytes, more.photo_bytes)
        {
            return Err(ServiceError::QuotaReached { wait: Duration::from_secs(FULL_WAIT_S) });
        }
        Ok(())
    }
}

impl Service {
    /// Counts what a device has written, in the same transaction, which an error undoes.
    pub(super) fn count_usage(
        &self,
        tx: &Tx<'_>,
        scope: &Scope,
        device: DeviceId,
        more: Usage,
        now: UnixMillis,
    ) -> Result<(), ServiceError> {
        if more == Usage::default() {
            return Ok(());
        }
        let (today, all) = usage::of(tx, scope.org, device, day(now))?;
        self.settings.quota.allows(today, all, more, now)?;
        Ok(usage::add(tx, scope.org, device, day(now), more)?)
    }

    /// Whether the disk has room for entries.
    pub(super) fn has_room_for_entries(&self) -> Result<(), ServiceError> {
        let space = Space::of(self.store.dir());
        self.room(space.is_none_or(|space| self.settings.reserve.leaves_entries(space)))
    }

    /// Takes a piece of a photo into account before it is written: it begins like one, and there is room for it.
    pub(super) fn admit_piece(&self, scope: &Scope, offset: u64, bytes: &[u8]) -> Result<(), ServiceError> {
        if !begins_like_jpeg(offset, bytes) {
            return Err(ServiceError::NoPicture);
        }
        let space = Space::of(self.store.dir());
        self.room(space.is_none_or(|space| self.settings.reserve.leaves_photos(space)))?;
        let Principal::Device(device) = scope.principal else { return Ok(()) };
        let more = Usage { photo_bytes: bytes.len() as u64, ..Usage::default() };
        let (service, scope, now) = (self.clone(), *scope, self.now());
        self.store.write(move |tx| service.count_usage(tx, &scope, device, more, now))
    }

    fn room(&self, there: bool) -> Result<(), ServiceError> {
        if there {
            return Ok(());
        }
        tracing::error!(
            "the disk of {} is nearly full; make room, phones keep what they cannot send",
            self.store.dir().display()
        );
        Err(StoreError::DiskFull.into())
    }
}

/// The first bytes of a JPEG file (ITU-T T.81, B.1.1.3): the start of the image and of another marker.
fn begins_like_jpeg(offset: u64, bytes: &[u8]) -> bool {
    const START: [u8; 3] = [0xff, 0xd8, 0xff];
    let Ok(offset) = usize::try_from(offset) else { return true };
    let Some(wanted) = START.get(offset..) else { return true };
    wanted.iter().zip(bytes).all(|(wanted, is)| wanted == is)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_jpeg_is_known_by_its_first_bytes_wherever_they_are_cut() {
        assert!(begins_like_jpeg(0, &[0xff, 0xd8, 0xff, 0xe0]) && begins_like_jpeg(0, &[0xff]));
        assert!(begins_like_jpeg(1, &[0xd8]) && begins_like_jpeg(3, b"anything"));
        assert!(
            !begins_like_jpeg(0, b"\x89PNG")
                && !begins_like_jpeg(1, b"\x89")
                && !begins_like_jpeg(2, b"\xd8\xff")
        );
    }

    #[test]
    fn a_filling_disk_refuses_photos_first_and_entries_last() {
        let reserve = Reserve::default();
        let space = |free| Space { free, all: 1 << 40 };
        assert!(reserve.leaves_photos(space(2 << 30)) && reserve.leaves_entries(space(2 << 30)));
        assert!(!reserve.leaves_photos(space(1 << 29)) && reserve.leaves_entries(space(1 << 29)));
        assert!(!reserve.leaves_entries(space(1 << 25)));
        let small = Space { free: 20 << 20, all: 100 << 20 };
        assert!(reserve.leaves_photos(small), "a small disk is not full from the start");
    }

    #[test]
    fn a_quota_binds_what_it_is_for_and_ends_with_the_day() {
        let quota = Quota { entries_a_day: 10, photo_bytes_a_day: 100, photo_bytes: 150, ..Quota::default() };
        let now = UnixMillis::new(3 * DAY_MS - 5_000);
        let entries = |entries| Usage { entries, ..Usage::default() };
        let photos = |photo_bytes| Usage { photo_bytes, ..Usage::default() };
        let none = Usage::default();
        assert!(quota.allows(entries(9), none, entries(1), now).is_ok());
        let refused = quota.allows(entries(10), none, entries(1), now).expect_err("used up");
        assert!(matches!(refused, ServiceError::QuotaReached { wait } if wait.as_secs() == 5), "{refused:?}");
        assert!(
            quota.allows(entries(10), none, photos(100), now).is_ok(),
            "photos have a quota of their own"
        );
        assert!(quota.allows(photos(100), none, photos(1), now).is_err());
        assert!(quota.allows(none, photos(150), photos(1), now).is_err());
        assert!(quota.allows(photos(100), photos(150), entries(1), now).is_ok());
    }
}
