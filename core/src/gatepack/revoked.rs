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

    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, CborError> {
        reader.map(|map| {
            let mut lists = Self::default();
            let mut any = false;
            while let Some(key) = map.next_uint_key()? {
                any = true;
                let bytes = map.bytes()?;
                let (into, sorted) = match key {
                    1 => (&mut lists.revoked, is_sorted::<8>(bytes)),
                    2 => (&mut lists.superseded, is_sorted::<12>(bytes)),
                    3 => (&mut lists.disabled, is_sorted::<8>(bytes)),
                    4 => (&mut lists.cancelled, is_sorted::<8>(bytes)),
                    _ => return Err(CborError::Unexpected),
                };
                if !sorted {
                    return Err(CborError::Unexpected);
                }
                *into = bytes.to_vec();
            }
            if any { Ok(lists) } else { Err(CborError::Unexpected) }
        })
    }

    pub(super) fn write(&self, writer: &mut Writer) {
        let lists = [(1, &self.revoked), (2, &self.superseded), (3, &self.disabled), (4, &self.cancelled)];
        let present = || lists.iter().filter(|(_, bytes)| !bytes.is_empty());
        writer.map(present().count());
        for (key, bytes) in present() {
            writer.uint(*key).bytes(bytes);
        }
    }
}

/// Whole records of `N` bytes, at least one, strictly ascending by their first 8.
fn is_sorted<const N: usize>(bytes: &[u8]) -> bool {
    let (records, rest) = bytes.as_chunks::<N>();
    !records.is_empty()
        && rest.is_empty()
        && records.array_windows().all(|[a, b]| a.first_chunk::<8>() < b.first_chunk::<8>())
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
        (lists != Revoked::default()).then_some(lists)
    }
}
