//! What a file of the pool is called, as it stands at its beginning.
//!
//! Two records, each in a page of its own, and the later one that holds counts. A name is changed by writing over the
//! earlier one: whatever a power cut leaves of that, the other still stands. Then it is written over the other, too, so
//! that no page that is spoilt later brings a former name back or hides the file. Records count through the whole pool,
//! so that of two files of one name the later is the file.
//!
//! ```text
//! page 0    "GHfile1\n", number (8 bytes, little endian), bytes of the name (2), name, SHA-256 of all this
//! page 1    the same, written before page 0 or after it, in turns
//! page 2    the content begins
//! ```

use sha2::{Digest, Sha256};

use super::{Handle, Trouble};

/// Where the content begins. Bytes.
pub const HEADER: u64 = 2 * PAGE;
/// The longest name. Bytes.
pub const LONGEST_NAME: usize = 512;

const PAGE: u64 = 4096;
const MAGIC: &[u8; 8] = b"GHfile1\n";
const FIXED: usize = 18;
const DIGEST: usize = 32;

/// What a file is called since when. Without a name it is free.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Label {
    /// Counts what was written anywhere in the pool.
    pub number: u64,
    /// Empty for a free file.
    pub name: String,
    /// Which page it stands in.
    page: u64,
}

impl Label {
    /// What a file is called, if anything that stands there holds.
    ///
    /// # Errors
    /// A disk that fails.
    pub fn read(handle: &impl Handle) -> Result<Option<Self>, Trouble> {
        let both = [Self::in_page(handle, 0)?, Self::in_page(handle, 1)?];
        Ok(both.into_iter().flatten().max_by_key(|label| label.number))
    }

    fn in_page(handle: &impl Handle, page: u64) -> Result<Option<Self>, Trouble> {
        let mut bytes = [0; FIXED + LONGEST_NAME + DIGEST];
        let there = handle.read_at(&mut bytes, page * PAGE)?;
        Ok(bytes.get(..there).and_then(|bytes| Self::decode(bytes, page)))
    }

    /// Writes what follows on this one, and gives it once it is on the disk. This one stands until then.
    ///
    /// # Errors
    /// A name that is too long, no room, or a disk that fails.
    pub fn follow(
        before: Option<&Self>,
        handle: &impl Handle,
        number: u64,
        name: &str,
    ) -> Result<Self, Trouble> {
        if name.len() > LONGEST_NAME {
            return Err(Trouble::Name);
        }
        let page = before.map_or(0, |label| 1 - label.page);
        let next = Self { number, name: name.to_owned(), page };
        handle.write_at(&next.encode(), page * PAGE)?;
        handle.flush()?;
        Ok(next)
    }

    /// Writes this one into the other page, too, if it does not stand there yet.
    ///
    /// # Errors
    /// No room, or a disk that fails. This one stands all the same.
    pub fn copy(&self, handle: &impl Handle) -> Result<(), Trouble> {
        let page = 1 - self.page;
        if Self::in_page(handle, page)?.is_some_and(|label| label.number == self.number) {
            return Ok(());
        }
        handle.write_at(&self.encode(), page * PAGE)?;
        handle.flush()
    }

    fn encode(&self) -> Vec<u8> {
        let length = u16::try_from(self.name.len()).unwrap_or_default();
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&self.number.to_le_bytes());
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(self.name.as_bytes());
        let digest = Sha256::digest(&bytes);
        bytes.extend_from_slice(&digest);
        bytes
    }

    fn decode(bytes: &[u8], page: u64) -> Option<Self> {
        let (fixed, rest) = bytes.split_at_checked(FIXED)?;
        let (magic, fields) = fixed.split_first_chunk::<8>()?;
        let (number, length) = fields.split_first_chunk::<8>()?;
        let length = usize::from(u16::from_le_bytes(length.try_into().ok()?));
        let (name, rest) = rest.split_at_checked(length)?;
        let signed = bytes.get(..FIXED + length)?;
        let holds = magic == MAGIC && rest.get(..DIGEST)? == Sha256::digest(signed).as_slice();
        let name = String::from_utf8(name.to_vec()).ok()?;
        holds.then(|| Self { number: u64::from_le_bytes(*number), name, page })
    }
}
