//! What changes between two contents, section by section: records to put, keys to remove.

use super::{
    Content, Revoked, Section,
    content::{Grammar, is_ban, read_key, read_policy, read_records},
    revoked::{by_prefix, is_sorted, record_length},
    sorted::{Item, Sorted, difference, disjoint, merge},
};
use crate::cbor::{CborError, MapReader, Reader, Value, Writer};

/// What makes one content of another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// By the section's key, ascending.
    sections: Vec<(u64, Change)>,
    /// By the list's key, ascending.
    lists: Vec<(u64, ListChange)>,
    /// Put whole; nothing within is a policy that goes away.
    policy: Option<Option<Value>>,
}

/// Sections of records.
const SECTIONS: [u64; 5] = [1, 2, 3, CODES, BANS];
const REVOKED: u64 = 4;
const CODES: u64 = 5;
const BANS: u64 = 6;
const POLICY: u64 = 7;

/// Records of a section that are new or other than before, and keys of those that are gone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Change {
    put: Sorted,
    remove: Sorted,
}

/// The same for a list of what is revoked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct ListChange {
    put: Vec<u8>,
    remove: Vec<u8>,
}

/// A section of a content, by its key.
const fn section(content: &Content, key: u64) -> Option<&Section> {
    match key {
        1 => content.sites.as_ref(),
        2 => content.guards.as_ref(),
        3 => content.invitations.as_ref(),
        CODES => content.codes.as_ref(),
        BANS => content.bans.as_ref(),
        _ => None,
    }
}

impl Changes {
    /// What makes `new` of `old`, and nothing that has no effect.
    #[must_use]
    pub fn between(old: &Content, new: &Content) -> Self {
        let sections = SECTIONS.into_iter().filter_map(|key| {
            Change::between(section(old, key), section(new, key)).map(|change| (key, change))
        });
        let none = Revoked::default();
        let (before, after) = (old.revoked.as_ref().unwrap_or(&none), new.revoked.as_ref().unwrap_or(&none));
        let lists = before.lists().into_iter().zip(after.lists());
        let lists = lists.filter_map(|((key, length, before), (_, _, after))| {
            ListChange::between(before, after, length).map(|change| (key, change))
        });
        Self {
            sections: sections.collect(),
            lists: lists.collect(),
            policy: (old.policy != new.policy).then(|| new.policy.clone()),
        }
    }

    /// The content that comes of `base`.
    #[must_use]
    pub fn apply(&self, base: &Content) -> Content {
        let outcome = |key| {
            let before = section(base, key);
            self.section(key).map_or_else(|| before.cloned(), |change| change.apply(before))
        };
        Content {
            sites: outcome(1),
            guards: outcome(2),
            invitations: outcome(3),
            revoked: self.apply_lists(base.revoked.as_ref()),
            codes: outcome(CODES),
            bans: outcome(BANS),
            policy: self.policy.clone().unwrap_or_else(|| base.policy.clone()),
        }
    }

    fn apply_lists(&self, base: Option<&Revoked>) -> Option<Revoked> {
        let mut lists = base.cloned().unwrap_or_default();
        for (key, change) in &self.lists {
            if let (Some(list), Ok(length)) = (lists.list_mut(*key), record_length(*key)) {
                *list = change.apply(list, length);
            }
        }
        lists.present()
    }

    fn section(&self, key: u64) -> Option<&Change> {
        self.sections.iter().find(|(known, _)| *known == key).map(|(_, change)| change)
    }

    /// Whether it says anything of codes, which only a device's own pack may.
    pub(super) fn has_codes(&self) -> bool {
        self.section(CODES).is_some()
    }

    /// Reads changes, whole.
    ///
    /// # Errors
    /// Unknown or empty changes; records or keys that are unsorted, or both put and removed.
    pub fn parse(bytes: &[u8]) -> Result<Self, CborError> {
        Reader::whole(bytes, |reader| {
            reader.map(|map| {
                let mut changes = Self::default();
                while let Some(key) = map.next_uint_key()? {
                    match key {
                        REVOKED => changes.lists = map.map(ListChange::read_all)?,
                        POLICY => changes.policy = Some(read_policy(map)?),
                        _ if SECTIONS.contains(&key) => {
                            let grammar = (key == BANS).then_some(is_ban as Grammar);
                            changes.sections.push((key, Change::read(map, grammar)?));
                        }
                        _ => return Err(CborError::Unexpected),
                    }
                }
                Ok(changes)
            })
        })
    }

    /// The one encoding.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Writer::new();
        let mut count = 0;
        for key in 1..=POLICY {
            match (key, self.section(key), &self.policy) {
                (_, Some(change), _) => change.write(body.uint(key)),
                (REVOKED, ..) if !self.lists.is_empty() => {
                    body.uint(key).map(self.lists.len());
                    self.lists.iter().for_each(|(key, change)| change.write(body.uint(*key)));
                }
                (POLICY, _, Some(policy)) => {
                    body.uint(key).value(policy.as_ref().unwrap_or(&Value::Map(Vec::new())));
                }
                _ => continue,
            }
            count += 1;
        }
        let mut writer = Writer::new();
        writer.map(count).raw(&body.finish());
        writer.finish()
    }
}

impl Change {
    fn between(old: Option<&Section>, new: Option<&Section>) -> Option<Self> {
        let (none, mut change) = (Sorted::default(), Self::default());
        let (old, new) = (old.map_or(&none, Section::records), new.map_or(&none, Section::records));
        difference(
            old.iter(),
            new.iter(),
            |_, record| change.put.append(record),
            |key| change.remove.append(Item::bare(key)),
        );
        (change != Self::default()).then_some(change)
    }

    fn apply(&self, base: Option<&Section>) -> Option<Section> {
        let (none, mut records) = (Sorted::default(), Sorted::default());
        let base = base.map_or(&none, Section::records);
        merge(base.iter(), self.put.iter(), self.remove.keys(), |_, record| records.append(record));
        Section::new(records)
    }

    fn read(reader: &mut Reader<'_>, grammar: Option<Grammar>) -> Result<Self, CborError> {
        pair(reader, |reader| {
            let put = read_records(reader, grammar)?;
            let remove = reader.array(|reader, count| {
                let mut keys = Sorted::default();
                for _ in 0..count {
                    keys.push(Item::bare(read_key(reader)?))?;
                }
                Ok(keys)
            })?;
            let any = !put.is_empty() || !remove.is_empty();
            let apart = disjoint(put.keys(), remove.keys());
            if any && apart { Ok(Self { put, remove }) } else { Err(CborError::Unexpected) }
        })
    }

    fn write(&self, writer: &mut Writer) {
        writer.array(2);
        for rows in [&self.put, &self.remove] {
            writer.array(rows.len()).raw(rows.bytes());
        }
    }
}

impl ListChange {
    fn between(old: &[u8], new: &[u8], length: usize) -> Option<Self> {
        let mut change = Self::default();
        difference(
            by_prefix(old, length),
            by_prefix(new, length),
            |_, record| change.put.extend_from_slice(record),
            |prefix| change.remove.extend_from_slice(&prefix),
        );
        (change != Self::default()).then_some(change)
    }

    fn apply(&self, base: &[u8], length: usize) -> Vec<u8> {
        let mut records = Vec::with_capacity(base.len() + self.put.len());
        let gone = by_prefix(&self.remove, 8).map(|(prefix, _)| prefix);
        merge(by_prefix(base, length), by_prefix(&self.put, length), gone, |_, record| {
            records.extend_from_slice(record);
        });
        records
    }

    fn read_all(map: &mut MapReader<'_, '_>) -> Result<Vec<(u64, Self)>, CborError> {
        let mut lists = Vec::new();
        while let Some(key) = map.next_uint_key()? {
            lists.push((key, Self::read(map, record_length(key)?)?));
        }
        if lists.is_empty() { Err(CborError::Unexpected) } else { Ok(lists) }
    }

    fn read(reader: &mut Reader<'_>, length: usize) -> Result<Self, CborError> {
        pair(reader, |reader| {
            let (put, remove) = (reader.bytes()?, reader.bytes()?);
            let prefixes = |records, length| by_prefix(records, length).map(|(prefix, _)| prefix);
            let holds = (!put.is_empty() || !remove.is_empty())
                && is_sorted(put, length)
                && is_sorted(remove, 8)
                && disjoint(prefixes(put, length), prefixes(remove, 8));
            if holds {
                Ok(Self { put: put.to_vec(), remove: remove.to_vec() })
            } else {
                Err(CborError::Unexpected)
            }
        })
    }

    fn write(&self, writer: &mut Writer) {
        writer.array(2).bytes(&self.put).bytes(&self.remove);
    }
}

/// An array of two, read whole by `read`.
fn pair<T>(
    reader: &mut Reader<'_>,
    read: impl FnOnce(&mut Reader<'_>) -> Result<T, CborError>,
) -> Result<T, CborError> {
    reader.array(|reader, count| if count == 2 { read(reader) } else { Err(CborError::Unexpected) })
}
