//! Destroying what a phone still knows of a person. The signed envelopes stay, so the chain verifies as before; the
//! keys of their sealed parts, the results kept to be shown again and the photos go, and are overwritten on the disk.

use rusqlite::{OptionalExtension, params};

use super::{
    StoreError, Write,
    journal::{FORKED, WAITING},
};
use crate::{
    id::{DeviceId, Digest32, EntryId},
    journal::EntryKey,
    time::UnixMillis,
};

/// An entry of this station's journals, as an erasure looks at it.
#[derive(Debug)]
pub struct StoredEntry {
    /// Its number.
    pub number: u64,
    /// The signed envelope.
    pub envelope: Vec<u8>,
    /// The device whose journal it stands in, where that is a former one.
    pub former: Option<DeviceId>,
    /// Whether the server has it.
    pub sent: bool,
    /// The key of its sealed part; nothing where that was destroyed.
    pub key: Option<EntryKey>,
}

impl Write<'_> {
    /// Gives every entry that was ever written here to `each`, one at a time.
    pub fn each_entry(
        &self,
        mut each: impl FnMut(StoredEntry) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self.sql.prepare(
            "SELECT device, number, envelope, sealed_key, state = 1 OR problem IS ?1 FROM former_entry
             UNION ALL SELECT NULL, number, envelope, sealed_key, state = 1 OR problem IS ?1 FROM entry",
        )?;
        // What was set aside because the server has it already is there, too.
        let mut rows = statement.query([FORKED])?;
        while let Some(row) = rows.next()? {
            let (number, sealed): (u64, Vec<u8>) = (row.get(1)?, row.get(3)?);
            each(StoredEntry {
                number,
                envelope: row.get(2)?,
                former: row.get::<_, Option<[u8; 16]>>(0)?.map(DeviceId),
                sent: row.get(4)?,
                key: self.entry_key(number, &sealed).into_key(),
            })?;
        }
        Ok(())
    }

    /// Notes that an entry's personal data is to go as soon as the server has it.
    pub fn want_erased(&self, entry: EntryId, at: UnixMillis) -> Result<(), StoreError> {
        self.sql.execute(
            "INSERT INTO erasure (entry, asked_ms) VALUES (?1, ?2) ON CONFLICT (entry) DO NOTHING",
            params![entry.0, at.get()],
        )?;
        Ok(())
    }

    /// Entries whose personal data is to go.
    pub fn wanted_erasures(&self) -> Result<Vec<EntryId>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT entry FROM erasure")?;
        let mut rows = statement.query([])?;
        let mut wanted = Vec::new();
        while let Some(row) = rows.next()? {
            wanted.push(EntryId(row.get(0)?));
        }
        Ok(wanted)
    }

    /// Destroys the key of an entry's sealed part.
    pub fn destroy_key(&self, former: Option<DeviceId>, number: u64) -> Result<(), StoreError> {
        match former {
            None => self.sql.execute("UPDATE entry SET sealed_key = x'' WHERE number = ?1", [number])?,
            Some(device) => self.sql.execute(
                "UPDATE former_entry SET sealed_key = x'' WHERE device = ?1 AND number = ?2",
                params![device.0, number],
            )?,
        };
        Ok(())
    }

    /// An entry's personal data is gone.
    pub fn erased(&self, entry: EntryId) -> Result<(), StoreError> {
        self.sql.execute("DELETE FROM erasure WHERE entry = ?1", [entry.0])?;
        Ok(())
    }

    /// Whether a photo is still to be sent.
    pub fn photo_waits(&self, sha256: Digest32) -> Result<bool, StoreError> {
        let state: Option<i64> = self
            .sql
            .query_row("SELECT state FROM photo WHERE sha256 = ?1", [sha256.0], |row| row.get(0))
            .optional()?;
        Ok(state == Some(WAITING))
    }

    /// Forgets a photo.
    pub fn forget_photo(&self, sha256: Digest32) -> Result<u64, StoreError> {
        Ok(self.sql.execute("DELETE FROM photo WHERE sha256 = ?1", [sha256.0])? as u64)
    }
}
