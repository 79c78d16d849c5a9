//! Who is revoked, cancelled, disabled or superseded, as sorted lists that are searched in place.

use std::collections::BTreeMap;

use crate::{
    cbor::{CborError, Reader, Writer},
    id::Digest32,
    time::UnixSeconds,
};

/// The first 8 bytes of SHA-256 of a subject or token id: how the lists name them.
#[must_use]
pub fn prefix(id: &[u8; 16]) -> [u8; 8] {
    Digest32::of(id).prefix()
}

/// One of the lists of plain records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Revoked for good.
    Revoked,
    /// A person whose access is switched off.
    Disabled,
    /// An invitation that was cancelled.
    Cancelled,
}

/// Who and what may not pass. Lists are kept as they travel: sorted records end to end, searched in place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Revoked {
    revoked: Vec<u8>,
    superseded: Vec<u8>,
    disabled: Vec<u8>,
    cancelled: Vec<u8>,
}

impl Revoked {
    /// Whether a list names the subject or token with this [`prefix`].
    #[must_use]
    pub fn contains(&self, list: List, prefix: &[u8; 8]) -> bool {
        let bytes = match list {
            List::Revoked => &self.revoked,
            List::Disabled => &self.disabled,
            List::Cancelled => &self.cancelled,
        };
        bytes.as_chunks::<8>().0.binary_search(prefix).is_ok()
    }

    /// The time before which codes of the subject or token with this [`prefix`] were issued in vain.
    #[must_use]
    pub fn superseded_before(&self, prefix: &[u8; 8]) -> Option<UnixSeconds> {
        let records = self.superseded.as_chunks::<12>().0;
        let index = records.binary_search_by(|record| record.first_chunk::<8>().cmp(&Some(prefix))).ok()?;
        let time = records.get(index)?.last_chunk::<4>()?;
        UnixSeconds::new(u64::from(u32::from_be_bytes(*time)))
    }

    /// The lists by key, and how long their records are.
    pub(super) const fn lists(&self) -> [(u64, usize, &Vec<u8>); 4] {
        [(1, 8, &self.revoked), (2, 12, &self.superseded), (3, 8, &self.disabled), (4, 8, &self.cancelled)]
    }

    /// The list with this key.
    pub(super) const fn list_mut(&mut self, key: u64) -> Option<&mut Vec<u8>> {
        match key {
            1 => Some(&mut self.revoked),
            2 => Some(&mut self.superseded),
            3 => Some(&mut self.disabled),
            4 => Some(&mut self.cancelled),
            _ => None,
        }
    }

    /// These lists, or nothing where all are empty.
    pub(super) fn present(self) -> Option<Self> {
        (self != Self::default()).then_some(self)
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, CborError> {
        reader.map(|map| {
            let mut lists = Self::default();
            let mut any = false;
            while let Some(key) = map.next_uint_key()? {
                any = true;
                let bytes = map.bytes()?;
                if bytes.is_empty() || !is_sorted(bytes, record_length(key)?) {
                    return Err(CborError::Unexpected);
                }
                *lists.list_mut(key).ok_or(CborError::Unexpected)? = bytes.to_vec();
            }
            if any { Ok(lists) } else { Err(CborError::Unexpected) }
        })
    }

    pub(super) fn write(&self, writer: &mut Writer) {
        let present = || self.lists().into_iter().filter(|(_, _, bytes)| !bytes.is_empty());
        writer.map(present().count());
        for (key, _, bytes) in present() {
            writer.uint(key).bytes(bytes);
        }
    }
}

/// Bytes of a record in the list with this key.
///
/// # Errors
/// A key without a list.
pub(super) const fn record_length(list: u64) -> Result<usize, CborError> {
    match list {
        2 => Ok(12),
        1 | 3 | 4 => Ok(8),
        _ => Err(CborError::Unexpected),
    }
}

/// Whole records of `length` bytes, strictly ascending by their first 8.
pub(super) fn is_sorted(records: &[u8], length: usize) -> bool {
    let whole = records.chunks_exact(length);
    whole.remainder().is_empty()
        && by_prefix(records, length).map(|(prefix, _)| prefix).is_sorted_by(|a, b| a < b)
}

/// The records with their prefixes.
pub(super) fn by_prefix(records: &[u8], length: usize) -> impl Iterator<Item = ([u8; 8], &[u8])> {
    records.chunks_exact(length).filter_map(|record| record.first_chunk().map(|prefix| (*prefix, record)))
}

/// Collects what the server knows into lists.
#[derive(Debug, Clone, Default)]
pub struct RevokedBuilder {
    revoked: BTreeMap<[u8; 8], ()>,
    superseded: BTreeMap<[u8; 8], u32>,
    disabled: BTreeMap<[u8; 8], ()>,
    cancelled: BTreeMap<[u8; 8], ()>,
}

impl RevokedBuilder {
    /// Puts a subject or token on a list.
    pub fn add(&mut self, list: List, id: &[u8; 16]) {
        let into = match list {
            List::Revoked => &mut self.revoked,
            List::Disabled => &mut self.disabled,
            List::Cancelled => &mut self.cancelled,
        };
        into.insert(prefix(id), ());
    }

    /// Lets codes of a subject issued before `time` fail. Of two times the later stays.
    pub fn supersede(&mut self, id: &[u8; 16], time: UnixSeconds) {
        // Four bytes hold seconds until 2106; later ones refuse every code, which errs on the safe side.
        let time = u32::try_from(time.get()).unwrap_or(u32::MAX);
        let entry = self.superseded.entry(prefix(id)).or_default();
        *entry = time.max(*entry);
    }

    /// The lists, or nothing where all are empty.
    #[must_use]
    pub fn build(self) -> Option<Revoked> {
        let plain = |list: BTreeMap<[u8; 8], ()>| list.into_keys().flatten().collect::<Vec<u8>>();
        let superseded = self
            .superseded
            .into_iter()
            .flat_map(|(prefix, time)| prefix.into_iter().chain(time.to_be_bytes()));
        let lists = Revoked {
            revoked: plain(self.revoked),
            superseded: superseded.collect(),
            disabled: plain(self.disabled),
            cancelled: plain(self.cancelled),
        };
        lists.present()
    }
}
