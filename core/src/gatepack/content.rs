use super::{Policy, Revoked};
use crate::{
    cbor::{CborError, Key, Reader, Value, Writer},
    id::{SiteNumber, SubjectId},
};

/// A list of records, each an array that begins with its key, ascending by encoded key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Section {
    records: Vec<Record>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Record {
    key: Vec<u8>,
    bytes: Vec<u8>,
}

impl Section {
    /// A section of these records (arrays whose first element is the key), sorted; of records with the same key the
    /// last stays. Nothing if there are none.
    #[must_use]
    pub fn build(records: impl IntoIterator<Item = Vec<Value>>) -> Option<Self> {
        let mut by_key = std::collections::BTreeMap::new();
        for fields in records {
            if let Some(key) = fields.first().map(Value::to_bytes) {
                by_key.insert(key, Value::Array(fields).to_bytes());
            }
        }
        let records: Vec<_> = by_key.into_iter().map(|(key, bytes)| Record { key, bytes }).collect();
        (!records.is_empty()).then_some(Self { records })
    }

    /// The fields of the record with this key, the key first.
    #[must_use]
    pub fn get(&self, key: &Value) -> Option<Vec<Value>> {
        let key = key.to_bytes();
        let index = self.records.binary_search_by(|record| record.key.cmp(&key)).ok()?;
        self.records.get(index).and_then(Record::fields)
    }

    /// The fields of every record.
    pub fn iter(&self) -> impl Iterator<Item = Vec<Value>> {
        self.records.iter().filter_map(Record::fields)
    }

    /// Number of records.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are none, which a section of a pack never is.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    fn read(reader: &mut Reader<'_>, check: fn(&[Value]) -> bool) -> Result<Self, CborError> {
        reader.array(|reader, count| {
            if count == 0 {
                return Err(CborError::Unexpected);
            }
            let mut records: Vec<Record> = Vec::new();
            for _ in 0..count {
                let (key, bytes) = reader.encoded(|reader| {
                    reader.array(|reader, count| {
                        if count == 0 {
                            return Err(CborError::Unexpected);
                        }
                        let (key, encoded) = reader.encoded(Reader::key)?;
                        if matches!(key, Key::Negative(_)) {
                            return Err(CborError::Unexpected);
                        }
                        (1..count).try_for_each(|_| reader.skip())?;
                        Ok(encoded.to_vec())
                    })
                })?;
                if records.last().is_some_and(|last| last.key >= key) {
                    return Err(CborError::Unexpected);
                }
                let record = Record { key, bytes: bytes.to_vec() };
                if !record.fields().is_some_and(|fields| check(&fields)) {
                    return Err(CborError::Unexpected);
                }
                records.push(record);
            }
            Ok(Self { records })
        })
    }

    fn write(&self, writer: &mut Writer) {
        writer.array(self.records.len());
        for record in &self.records {
            writer.raw(&record.bytes);
        }
    }
}

impl Record {
    fn fields(&self) -> Option<Vec<Value>> {
        match Value::from_bytes(&self.bytes) {
            Ok(Value::Array(fields)) => Some(fields),
            _ => None,
        }
    }
}

/// What a pack says, section by section. An absent section is an empty one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Content {
    /// Sites, by number.
    pub sites: Option<Section>,
    /// Guards, by person.
    pub guards: Option<Section>,
    /// Invitations expected soon, by subject.
    pub invitations: Option<Section>,
    /// Who and what is revoked, superseded, disabled or cancelled.
    pub revoked: Option<Revoked>,
    /// Keyed hashes of PINs; only in a device's own pack.
    pub codes: Option<Section>,
    /// Bans, by the first 8 bytes of SHA-256 of the subject.
    pub bans: Option<Section>,
    /// What the organisation decided.
    pub policy: Option<Value>,
}

impl Content {
    /// Reads content, whole.
    ///
    /// # Errors
    /// Unknown, empty or unsorted sections and records.
    pub fn parse(bytes: &[u8]) -> Result<Self, CborError> {
        let any = |_: &[Value]| true;
        Reader::whole(bytes, |reader| {
            reader.map(|map| {
                let mut content = Self::default();
                while let Some(key) = map.next_uint_key()? {
                    match key {
                        1 => content.sites = Some(Section::read(map, any)?),
                        2 => content.guards = Some(Section::read(map, any)?),
                        3 => content.invitations = Some(Section::read(map, any)?),
                        4 => content.revoked = Some(Revoked::read(map)?),
                        5 => content.codes = Some(Section::read(map, any)?),
                        6 => content.bans = Some(Section::read(map, is_ban)?),
                        7 => content.policy = Some(read_policy(map)?),
                        _ => return Err(CborError::Unexpected),
                    }
                }
                Ok(content)
            })
        })
    }

    /// The content's one encoding.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Writer::new();
        let mut count = 0;
        let sections = [(1, &self.sites), (2, &self.guards), (3, &self.invitations)];
        let mut section = |body: &mut Writer, key, section: &Option<Section>| {
            if let Some(section) = section {
                count += 1;
                body.uint(key);
                section.write(body);
            }
        };
        for (key, records) in sections {
            section(&mut body, key, records);
        }
        let mut revoked = Writer::new();
        if let Some(lists) = &self.revoked {
            revoked.uint(4);
            lists.write(&mut revoked);
        }
        body.raw(&revoked.finish());
        section(&mut body, 5, &self.codes);
        section(&mut body, 6, &self.bans);
        if let Some(policy) = &self.policy {
            body.uint(7).value(policy);
        }
        count += usize::from(self.revoked.is_some()) + usize::from(self.policy.is_some());
        let mut writer = Writer::new();
        writer.map(count).raw(&body.finish());
        writer.finish()
    }

    /// Whether someone is banned, and the reason that the record gives.
    #[must_use]
    pub fn ban(&self, subject: SubjectId) -> Option<super::Ban> {
        let key = Value::Bytes(super::prefix(subject.as_bytes()).to_vec());
        let record = self.bans.as_ref()?.get(&key)?;
        // The grammar was checked when the pack was read; a ban that says more than we know still bans.
        Some(super::Ban { reason: record.get(1).and_then(Value::as_text).unwrap_or_default().to_owned() })
    }

    /// The site with this number.
    #[must_use]
    pub fn site(&self, number: SiteNumber) -> Option<super::SiteRecord> {
        let record = self.sites.as_ref()?.get(&Value::Uint(u64::from(number.get())))?;
        super::SiteRecord::from_fields(&record)
    }

    /// Every site that can be read.
    #[must_use]
    pub fn site_list(&self) -> Vec<super::SiteRecord> {
        let records = self.sites.iter().flat_map(Section::iter);
        records.filter_map(|fields| super::SiteRecord::from_fields(&fields)).collect()
    }

    /// What the pack knows of a guard.
    #[must_use]
    pub fn guard(&self, guard: crate::id::PersonId) -> Option<super::GuardRecord> {
        let record = self.guards.as_ref()?.get(&Value::Bytes(guard.as_bytes().to_vec()))?;
        super::GuardRecord::from_fields(&record)
    }

    /// What the pack knows of an expected visit.
    #[must_use]
    pub fn invitation(&self, subject: SubjectId) -> Option<super::ExpectedVisit> {
        let record = self.invitations.as_ref()?.get(&Value::Bytes(subject.as_bytes().to_vec()))?;
        super::ExpectedVisit::from_fields(&record)
    }

    /// The policy, with the default for whatever the pack leaves out.
    #[must_use]
    pub fn policy(&self) -> Policy {
        self.policy.as_ref().map(Policy::from_value).unwrap_or_default()
    }
}

fn is_ban(fields: &[Value]) -> bool {
    matches!(fields, [Value::Bytes(key), Value::Text(_), ..] if key.len() == 8)
}

fn read_policy(reader: &mut Reader<'_>) -> Result<Value, CborError> {
    let (count, bytes) = reader.encoded(|reader| {
        reader.map(|map| {
            let mut count = 0;
            while map.next_uint_key()?.is_some() {
                map.skip()?;
                count += 1;
            }
            Ok(count)
        })
    })?;
    if count == 0 { Err(CborError::Unexpected) } else { Value::from_bytes(bytes) }
}
