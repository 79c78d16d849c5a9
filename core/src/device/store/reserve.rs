//! Space kept back, so that a full disk does not close the gate.

use std::{
    fs::{File, OpenOptions},
    io::{self, Seek, SeekFrom, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

/// The trial that fills a disk (`tests/tests/chaos/storage.rs`) gets 1390 scans with their decisions out of this, log
/// included: some 3 kB each. 200 are promised, and a photo may be as large as 300 of them.
pub const RESERVE_BYTES: u64 = 4 << 20;
/// Freed at once: enough for any transaction without a photo, and little enough that others on the same disk do not
/// take the whole reserve.
const PIECE_BYTES: u64 = 256 << 10;
/// The last part of the reserve: for entries and decisions alone, since a few photos would use up the rest.
pub const FOR_ENTRIES: u64 = 1 << 20;

/// A file of fixed size beside the database, freed piece by piece when the disk is full.
#[derive(Debug)]
pub struct Reserve {
    path: PathBuf,
}

impl Reserve {
    /// The reserve of a store's folder, whether there yet or not.
    pub fn of(folder: &Path) -> Self {
        Self { path: folder.join("reserve") }
    }

    /// Whether less than the whole is there.
    pub fn is_low(&self) -> bool {
        self.held() < RESERVE_BYTES
    }

    /// Frees a piece of what is there beyond `leave` bytes; false when nothing was.
    pub fn free_piece(&self, leave: u64) -> bool {
        let held = self.held();
        if held <= leave {
            return false;
        }
        let shorter = held.saturating_sub(PIECE_BYTES).max(leave);
        let freed = OpenOptions::new().write(true).open(&self.path).and_then(|file| {
            file.set_len(shorter)?;
            // Some file systems give the space back only then.
            file.sync_all()
        });
        freed.is_ok()
    }

    /// Makes the reserve whole again where the disk has room for it and as much again. Where it has not, or the disk
    /// fails, the reserve stays low, which [`Self::is_low`] tells.
    pub fn renew(&self) {
        let held = self.held();
        if held == RESERVE_BYTES || !self.has_room(RESERVE_BYTES.saturating_sub(held)) {
            return;
        }
        if self.fill(held.min(RESERVE_BYTES)).is_err()
            && let Ok(file) = OpenOptions::new().write(true).open(&self.path)
        {
            // Half a reserve would keep space back from the journal without promising anything.
            let _ = file.set_len(held.min(RESERVE_BYTES));
        }
    }

    /// Writes real bytes that no file system leaves out or packs.
    fn fill(&self, held: u64) -> io::Result<()> {
        let mut file =
            OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&self.path)?;
        file.set_len(held)?;
        file.seek(SeekFrom::Start(held))?;
        let (mut left, mut word) = (RESERVE_BYTES - held, 0x9e37_79b9_7f4a_7c15_u64 ^ held);
        while left > 0 {
            let mut block = Vec::with_capacity(64 << 10);
            while block.len() < 64 << 10 {
                word ^= word << 13;
                word ^= word >> 7;
                word ^= word << 17;
                block.extend_from_slice(&word.to_le_bytes());
            }
            let part = usize::try_from(left).map_or(block.len(), |left| left.min(block.len()));
            file.write_all(block.get(..part).unwrap_or(&block))?;
            left -= part as u64;
        }
        file.sync_all()?;
        match self.path.parent() {
            Some(folder) => File::open(folder)?.sync_all(),
            None => Ok(()),
        }
    }

    fn held(&self) -> u64 {
        self.path.metadata().map_or(0, |file| file.len())
    }

    fn has_room(&self, missing: u64) -> bool {
        let Some(disk) = self.path.parent().and_then(|folder| rustix::fs::statvfs(folder).ok()) else {
            return false;
        };
        disk.f_bavail.saturating_mul(disk.f_frsize) >= missing.saturating_add(RESERVE_BYTES)
    }
}
