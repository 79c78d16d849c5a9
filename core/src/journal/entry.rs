//! An entry: what is signed, and how it is opened.

use ed25519_dalek::SigningKey;

use crate::{
    cbor::{CborError, MapReader, Reader, Value, Writer},
    envelope::{self, Purpose},
    id::{DeviceId, Digest32, EntryId},
    time::UnixMillis,
};

/// What an entry records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// A code held to the camera.
    Scan,
    /// Grant or deny.
    Decision,
    /// A visitor without a code.
    WalkUp,
    /// An invited visitor's photo and entry.
    Arrival,
    /// A visitor left.
    Departure,
    /// A guard began work.
    ShiftStart,
    /// A guard ended work.
    ShiftEnd,
    /// A code typed by hand.
    CodeEntry,
    /// Something learned later about an earlier entry.
    Amendment,
    /// The phone's clock was set.
    ClockChange,
}

impl EntryKind {
    const ALL: [Self; 10] = [
        Self::Scan,
        Self::Decision,
        Self::WalkUp,
        Self::Arrival,
        Self::Departure,
        Self::ShiftStart,
        Self::ShiftEnd,
        Self::CodeEntry,
        Self::Amendment,
        Self::ClockChange,
    ];

    /// The number in the format, from 1.
    #[must_use]
    pub fn number(self) -> u64 {
        (1..).zip(Self::ALL).find(|(_, kind)| *kind == self).map_or(0, |(number, _)| number)
    }

    /// The kind with this number.
    #[must_use]
    pub fn from_number(number: u64) -> Option<Self> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        Self::ALL.get(index).copied()
    }
}

/// An entry's signed payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// The device whose journal it stands in.
    pub device: DeviceId,
    /// Its number there, from 1 without a gap.
    pub number: u64,
    /// SHA-256 of the payload before it; zeros at number 1.
    pub previous: Digest32,
    /// The phone's wall clock.
    pub wall: UnixMillis,
    /// Trusted time, if the phone had it.
    pub trusted: Option<UnixMillis>,
    /// What it records.
    pub kind: EntryKind,
    /// The facts, a map with integer keys.
    pub body: Value,
}

impl Entry {
    /// Reads a verified envelope's payload.
    ///
    /// # Errors
    /// Whatever the grammar does not allow.
    pub fn parse(payload: &[u8]) -> Result<Self, CborError> {
        Reader::whole(payload, |reader| reader.map(Self::read))
    }

    fn read(map: &mut MapReader<'_, '_>) -> Result<Self, CborError> {
        map.expect_key(1)?;
        let id = EntryId(map.array_of()?);
        map.expect_key(2)?;
        let device = DeviceId(map.array_of()?);
        map.expect_key(3)?;
        let number = map.uint()?;
        map.expect_key(4)?;
        let previous = Digest32(map.array_of()?);
        map.expect_key(5)?;
        let wall = map.uint()?;
        map.expect_key(6)?;
        let trusted = map.optional_uint()?;
        map.expect_key(7)?;
        let kind = EntryKind::from_number(map.uint()?).ok_or(CborError::Unexpected)?;
        map.expect_key(8)?;
        let body = map.map(|body| {
            let mut entries = Vec::new();
            while let Some(key) = body.next_uint_key()? {
                entries.push((Value::Uint(key), body.value()?));
            }
            Ok(Value::Map(entries))
        })?;
        if map.next_key()?.is_some() || number == 0 {
            return Err(CborError::Unexpected);
        }
        // The grammar allows any integer; what lies past the year 9999 is cut for use, never for the hash.
        let (wall, trusted) = (UnixMillis::new(wall), trusted.map(UnixMillis::new));
        Ok(Self { id, device, number, previous, wall, trusted, kind, body })
    }

    /// The payload that is signed.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::with_capacity(256);
        writer.map(8).uint(1).bytes(self.id.as_bytes()).uint(2).bytes(self.device.as_bytes());
        writer.uint(3).uint(self.number).uint(4).bytes(self.previous.as_bytes());
        writer.uint(5).uint(self.wall.get()).uint(6).optional_uint(self.trusted.map(UnixMillis::get));
        writer.uint(7).uint(self.kind.number()).uint(8).value(&self.body);
        writer.finish()
    }

    /// The signed envelope, and the hash by which the next entry names this one.
    #[must_use]
    pub fn sign(&self, key: &SigningKey) -> (Vec<u8>, Digest32) {
        let payload = self.to_bytes();
        let hash = Digest32::of(&payload);
        (envelope::sign(Purpose::Entry, key, &payload), hash)
    }

    /// When it happened, by the best clock that the phone had.
    #[must_use]
    pub fn happened_at(&self) -> UnixMillis {
        self.trusted.unwrap_or(self.wall)
    }
}
