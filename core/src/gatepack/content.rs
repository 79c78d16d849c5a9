//! What a gate pack says, as sections of records.

use super::{
    Policy, Revoked,
    sorted::{Item, Sorted},
};
use crate::{
    cbor::{CborError, Key, Reader, Value, Writer},
    id::{SiteNumber, SubjectId},
};

/// A list of records, each an array that begins with its key, ascending by encoded key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Section {
    records: Sorted,
}

/// What a section demands of its records beyond their key.
pub(super) type Grammar = fn(&[Value]) -> bool;

impl Section {
    /// A section of these records (arrays whose first element is the key), sorted; of records with the same key the
    /// last stays. Nothing if there are none.
    #[must_use]
    pub fn build(records: impl IntoIterator<Item = Vec<Value>>) -> Option<Self> {
        let mut by_key = std::collections::BTreeMap::new();
        for fields in records {
            if let Some(key) = fields.first().map(Value::to_bytes) {
                let mut head = Writer::new();
                head.array(fields.len());
                by_key.insert(key, (head.finish().len(), Value::Array(fields).to_bytes()));
            }
        }
        let mut sorted = Sorted::default();
        for (key, (head, record)) in by_key {
            sorted.append(Item::new(&record, head, key.len()));
        }
        Self::new(sorted)
    }

    /// The section of these records, or nothing where there are none.
    pub(super) fn new(records: Sorted) -> Option<Self> {
        (!records.is_empty()).then_some(Self { records })
    }

    /// The fields of the record with this key, the key first.
    #[must_use]
    pub fn get(&self, key: &Value) -> Option<Vec<Value>> {
        self.records.find(&key.to_bytes()).and_then(fields)
    }

    /// The fields of every record.
    pub fn iter(&self) -> impl Iterator<Item = Vec<Value>> {
        self.records.iter().filter_map(|(_, record)| fields(record.bytes()))
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

    pub(super) const fn records(&self) -> &Sorted {
        &self.records
    }

    fn read(reader: &mut Reader<'_>, grammar: Option<Grammar>) -> Result<Self, CborError> {
        Self::new(read_records(reader, grammar)?).ok_or(CborError::Unexpected)
    }

    fn write(&self, writer: &mut Writer) {
        writer.array(self.records.len()).raw(self.records.bytes());
    }
}

/// Any number of records in order.
pub(super) fn read_records(reader: &mut Reader<'_>, grammar: Option<Grammar>) -> Result<Sorted, CborError> {
    reader.array(|reader, count| {
        let mut records = Sorted::default();
        for _ in 0..count {
            let ((head, key), record) = reader.encoded(|reader| {
                let whole = reader.remaining().len();
                reader.array(|reader, count| {
                    if count == 0 {
                        return Err(CborError::Unexpected);
                    }
                    let head = whole - reader.remaining().len();
                    let key = read_key(reader)?;
                    (1..count).try_for_each(|_| reader.skip())?;
                    Ok((head, key))
                })
            })?;
            records.push(Item::new(record, head, key.len()))?;
            if grammar.is_some_and(|holds| !fields(record).is_some_and(|fields| holds(&fields))) {
                return Err(CborError::Unexpected);
            }
        }
        Ok(records)
    })
}

/// A record's key, encoded.
pub(super) fn read_key<'a>(reader: &mut Reader<'a>) -> Result<&'a [u8], CborError> {
    match reader.encoded(Reader::key)? {
        (Key::Negative(_), _) => Err(CborError::Unexpected),
        (_, encoded) => Ok(encoded),
    }
}

fn fields(record: &[u8]) -> Option<Vec<Value>> {
    match Value::from_bytes(record) {
        Ok(Value::Array(fields)) => Some(fields),
        _ => None,
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
        Reader::whole(bytes, |reader| {
            reader.map(|map| {
                let mut content = Self::default();
                while let Some(key) = map.next_uint_key()? {
                    match key {
                        1 => content.sites = Some(Section::read(map, None)?),
                        2 => content.guards = Some(Section::read(map, None)?),
                        3 => content.invitations = Some(Section::read(map, None)?),
                        4 => content.revoked = Some(Revoked::read(map)?),
                        5 => content.codes = Some(Section::read(map, None)?),
                        6 => content.bans = Some(Section::read(map, Some(is_ban))?),
                        7 => content.policy = Some(read_policy(map)?.ok_or(CborError::Unexpected)?),
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

    /// Whether someone is banned, and what the record says.
    #[must_use]
    pub fn ban(&self, subject: SubjectId) -> Option<super::Ban> {
        let key = Value::Bytes(super::prefix(subject.as_bytes()).to_vec());
        self.bans.as_ref()?.get(&key).map(|record| super::Ban::from_fields(&record))
    }

    /// Bans of someone who may be called so, in whichever order and spelling ([`crate::name::Likeness`]). Others are called the same,
    /// so this is a reason to look twice and never to deny.
    #[must_use]
    pub fn bans_by_name(&self, name: &str) -> Vec<super::Ban> {
        let bans = self.bans.iter().flat_map(Section::iter).map(|record| super::Ban::from_fields(&record));
        bans.filter(|ban| crate::name::is_among(name, ban.names.iter().map(String::as_str))).collect()
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

pub(super) fn is_ban(fields: &[Value]) -> bool {
    matches!(fields, [Value::Bytes(key), Value::Text(_), ..] if key.len() == 8)
}

/// A policy; nothing where it is an empty map.
pub(super) fn read_policy(reader: &mut Reader<'_>) -> Result<Option<Value>, CborError> {
    let (any, bytes) = reader.encoded(|reader| {
        reader.map(|map| {
            let mut any = false;
            while map.next_uint_key()?.is_some() {
                map.skip()?;
                any = true;
            }
            Ok(any)
        })
    })?;
    any.then(|| Value::from_bytes(bytes)).transpose()
}
