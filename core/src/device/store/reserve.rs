//! Space kept back, so that a full disk does not close the gate.

use std::path::{Path, PathBuf};

use crate::device::platform::files;

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
        files::cut(&self.path, shorter).is_ok()
    }

    /// Makes the reserve whole again where the disk has room for it and as much again. Where it has not, or the disk
    /// fails, the reserve stays low, which [`Self::is_low`] tells.
    pub fn renew(&self) {
        let held = self.held();
        if held == RESERVE_BYTES || !self.has_room(RESERVE_BYTES.saturating_sub(held)) {
            return;
        }
        let kept = held.min(RESERVE_BYTES);
        if files::fill(&self.path, kept, blocks(kept)).is_err() {
            // Half a reserve would keep space back from the journal without promising anything.
            let _ = files::cut(&self.path, kept);
        }
    }

    fn held(&self) -> u64 {
        files::length(&self.path)
    }

    fn has_room(&self, missing: u64) -> bool {
        let room = self.path.parent().and_then(files::room);
        room.is_some_and(|room| room >= missing.saturating_add(RESERVE_BYTES))
    }
}

/// Real bytes for the rest of the reserve, which no file system leaves out or packs.
fn blocks(held: u64) -> impl Iterator<Item = Vec<u8>> {
    const BLOCK: usize = 64 << 10;
    let (mut left, mut word) = (RESERVE_BYTES - held, 0x9e37_79b9_7f4a_7c15_u64 ^ held);
    std::iter::from_fn(move || {
        let length = usize::try_from(left).map_or(BLOCK, |left| left.min(BLOCK));
        left -= length as u64;
        let mut block = Vec::with_capacity(BLOCK);
        while block.len() < length {
            word ^= word << 13;
            word ^= word >> 7;
            word ^= word << 17;
            block.extend_from_slice(&word.to_le_bytes());
        }
        block.truncate(length);
        (length > 0).then_some(block)
    })
}
