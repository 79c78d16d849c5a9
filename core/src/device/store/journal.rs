use rusqlite::{OptionalExtension, params};

use super::{StoreError, Write};
use crate::{
    device::vault::random,
    id::{DeviceId, Digest32, EntryId},
    journal::{EntryKey, Head},
    time::UnixMillis,
};

/// An entry that waits to be sent.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// Its number.
    pub number: u64,
    /// The signed envelope.
    pub envelope: Vec<u8>,
    /// The key of its sealed part.
    pub key: EntryKey,
}

/// A photo ready to be kept and sent.
#[derive(Debug, Clone)]
pub struct NewPhoto {
    /// SHA-256 of the JPEG.
    pub sha256: Digest32,
    /// The JPEG.
    pub jpeg: Vec<u8>,
}

/// How full the outbox is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OutboxCounts {
    /// Entries in the journal.
    pub entries: u64,
    /// Entries that the server does not have.
    pub waiting: u64,
    /// Entries that the server refuses.
    pub stuck: u64,
    /// Photos that the server does not have.
    pub photos: u64,
    /// When the oldest waiting entry was written.
    pub oldest: Option<UnixMillis>,
}

impl Write<'_> {
    /// Where the journal ends.
    pub fn head(&self) -> Result<Head, StoreError> {
        let last = self
            .sql
            .query_row("SELECT number, hash FROM entry ORDER BY number DESC LIMIT 1", [], |row| {
                Ok((row.get::<_, u64>(0)?, row.get::<_, [u8; 32]>(1)?))
            })
            .optional()?;
        Ok(last.map_or(Head::START, |(number, hash)| Head { number, hash: Digest32(hash) }))
    }

    /// Appends an entry, to be sent.
    pub fn append(
        &self,
        id: EntryId,
        head: Head,
        envelope: &[u8],
        key: &EntryKey,
        written: UnixMillis,
    ) -> Result<(), StoreError> {
        let sealed_key = self.vault.seal(&key_context(head.number), random()?, key.as_bytes());
        self.sql.execute(
            "INSERT INTO entry (number, id, hash, envelope, sealed_key, written_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![head.number, id.0, head.hash.0, envelope, sealed_key, written.get()],
        )?;
        Ok(())
    }

    /// Waiting entries from `from` on, in order, at most `most` of them and `bytes` of envelopes, but at least one.
    pub fn outgoing(&self, from: u64, most: usize, bytes: usize) -> Result<Vec<Outgoing>, StoreError> {
        let mut statement = self.sql.prepare(
            "SELECT number, envelope, sealed_key FROM entry WHERE state = 0 AND number >= ?1 ORDER BY number LIMIT ?2",
        )?;
        let mut rows = statement.query(params![from, most])?;
        let (mut batch, mut size) = (Vec::new(), 0);
        while let Some(row) = rows.next()? {
            let (number, envelope, sealed): (u64, Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
            size += envelope.len();
            if size > bytes && !batch.is_empty() {
                break;
            }
            let key = self.vault.open(&key_context(number), &sealed).and_then(|key| key.try_into().ok());
            let key = EntryKey::new(key.ok_or(StoreError::WrongKey)?);
            batch.push(Outgoing { number, envelope, key });
        }
        Ok(batch)
    }

    /// Sets the journal of `device` aside, so that another can begin.
    pub fn set_journal_aside(&self, device: DeviceId) -> Result<(), StoreError> {
        self.sql.execute(
            "INSERT INTO former_entry (device, number, envelope, sealed_key, state)
             SELECT ?1, number, envelope, sealed_key, state FROM entry",
            [device.0],
        )?;
        self.sql.execute("DELETE FROM entry", [])?;
        Ok(())
    }

    /// After the journal began anew, every decision counts as written by its last entry.
    pub fn decisions_moved(&self) -> Result<(), StoreError> {
        self.sql.execute(
            "UPDATE event SET decision = (SELECT max(number) FROM entry) WHERE decision IS NOT NULL",
            [],
        )?;
        Ok(())
    }

    /// The server has the entry.
    pub fn mark_sent(&self, number: u64) -> Result<(), StoreError> {
        self.sql.execute("UPDATE entry SET state = 1, problem = NULL WHERE number = ?1", [number])?;
        Ok(())
    }

    /// The server refuses the entry.
    pub fn mark_stuck(&self, number: u64, problem: &str) -> Result<(), StoreError> {
        self.sql.execute(
            "UPDATE entry SET state = 2, problem = ?2 WHERE number = ?1",
            params![number, problem],
        )?;
        Ok(())
    }

    /// The server lost what it had from `number` on: it is sent once more.
    pub fn send_again_from(&self, number: u64) -> Result<(), StoreError> {
        self.sql.execute("UPDATE entry SET state = 0 WHERE number >= ?1 AND state = 1", [number])?;
        Ok(())
    }

    /// Keeps a photo, to be sent.
    pub fn add_photo(&self, photo: &NewPhoto) -> Result<(), StoreError> {
        let sealed = self.vault.seal(&photo.sha256.to_string(), random()?, &photo.jpeg);
        self.sql.execute(
            "INSERT INTO photo (sha256, sealed) VALUES (?1, ?2) ON CONFLICT (sha256) DO NOTHING",
            params![photo.sha256.0, sealed],
        )?;
        Ok(())
    }

    /// A photo that the server does not have, behind those in `except`.
    pub fn outgoing_photo(&self, except: &[Digest32]) -> Result<Option<NewPhoto>, StoreError> {
        let mut statement =
            self.sql.prepare("SELECT sha256, sealed FROM photo WHERE state = 0 ORDER BY rowid")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let sha256 = Digest32(row.get(0)?);
            if !except.contains(&sha256) {
                let sealed: Vec<u8> = row.get(1)?;
                let jpeg = self.vault.open(&sha256.to_string(), &sealed).ok_or(StoreError::WrongKey)?;
                return Ok(Some(NewPhoto { sha256, jpeg }));
            }
        }
        Ok(None)
    }

    /// The server lacks a photo, whatever it said before.
    pub fn send_photo_again(&self, sha256: Digest32) -> Result<(), StoreError> {
        self.sql.execute("UPDATE photo SET state = 0 WHERE sha256 = ?1", [sha256.0])?;
        Ok(())
    }

    /// The server has the photo whole.
    pub fn mark_photo_sent(&self, sha256: Digest32) -> Result<(), StoreError> {
        self.sql.execute("UPDATE photo SET state = 1 WHERE sha256 = ?1", [sha256.0])?;
        Ok(())
    }

    /// How full the outbox is.
    pub fn outbox_counts(&self) -> Result<OutboxCounts, StoreError> {
        let counts = self.sql.query_row(
            "SELECT (SELECT count(*) FROM entry), (SELECT count(*) FROM entry WHERE state = 0),
                    (SELECT count(*) FROM entry WHERE state = 2)
                        + (SELECT count(*) FROM former_entry WHERE state = 2), (SELECT count(*) FROM photo WHERE state = 0),
                    (SELECT min(written_ms) FROM entry WHERE state = 0)",
            [],
            |row| {
                Ok(OutboxCounts {
                    entries: row.get(0)?,
                    waiting: row.get(1)?,
                    stuck: row.get(2)?,
                    photos: row.get(3)?,
                    oldest: row.get::<_, Option<u64>>(4)?.map(UnixMillis::new),
                })
            },
        )?;
        Ok(counts)
    }
}

fn key_context(number: u64) -> String {
    format!("entry {number}")
}
