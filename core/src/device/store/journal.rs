//! The journal and the outbox: entries in order, and what became of each.

use rusqlite::{OptionalExtension, params};

use super::{StoreError, Write, settings::HEAD};
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
    /// SHA-256 of its payload.
    pub hash: Digest32,
    /// The key of its sealed part; zeros where that was destroyed or lost.
    pub key: EntryKey,
    /// Whether that key was lost to damage: the server then has the entry without what is sealed in it.
    pub key_lost: bool,
}

/// What is there of the key of an entry's sealed part.
pub(super) enum KeptKey {
    Whole(EntryKey),
    Destroyed,
    /// Its own seal does not open any more.
    Lost,
}

impl KeptKey {
    pub(super) fn into_key(self) -> Option<EntryKey> {
        match self {
            Self::Whole(key) => Some(key),
            Self::Destroyed | Self::Lost => None,
        }
    }
}

/// An entry that is set aside.
#[derive(Debug, Clone)]
pub struct StuckRow {
    /// Its number.
    pub number: u64,
    /// The signed envelope.
    pub envelope: Vec<u8>,
    /// Why.
    pub code: String,
    /// The device whose journal it stands in, where that is a former one.
    pub former: Option<DeviceId>,
    /// The key of its sealed part; nothing where that was destroyed.
    pub key: Option<EntryKey>,
}

/// States of entries and photos: waiting to be sent, at the server, set aside.
pub const WAITING: i64 = 0;
pub const SENT: i64 = 1;
pub const STUCK: i64 = 2;

/// Why an entry is set aside that the server has already, in another journal or with other bytes: sent again, it would
/// fork this journal, too.
pub const FORKED: &str = "forked";
/// Why something is set aside that belongs to an organisation whose station this was before: no other may have it.
pub const OTHER_ORGANISATION: &str = "other_organisation";

/// Asked after every call, so it costs what waits and not what the journal holds: entries are numbered without gaps,
/// and `state <> 1` is what the indexes of the outbox go by.
pub(super) const COUNTS: &str = "SELECT (SELECT coalesce(max(number), 0) FROM entry),
        (SELECT count(*) FROM entry WHERE state <> 1 AND state = 0),
        (SELECT count(*) FROM entry WHERE state <> 1 AND state = 2)
            + (SELECT count(*) FROM former_entry WHERE state = 2),
        (SELECT count(*) FROM photo WHERE state <> 1 AND state = 0),
        (SELECT min(written_ms) FROM entry WHERE state <> 1 AND state = 0),
        (SELECT count(*) FROM photo WHERE state <> 1 AND state = 2)";
/// Waiting entries from a number on, by the index that has their order (`+` keeps the other one away).
pub(super) const OUTGOING: &str = "SELECT number, envelope, sealed_key, hash FROM entry
     WHERE state <> 1 AND +state = 0 AND number >= ?1 ORDER BY number LIMIT ?2";

/// How full the outbox is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OutboxCounts {
    /// Entries in the journal.
    pub entries: u64,
    /// Entries that the server does not have.
    pub waiting: u64,
    /// Entries that the server refuses.
    pub stuck: u64,
    /// Photos that wait to be sent.
    pub photos: u64,
    /// Photos that the server refuses.
    pub stuck_photos: u64,
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
        self.put_setting_bytes(HEAD, &head_bytes(head))
    }

    /// Waiting entries from `from` on, in order, at most `most` of them and `bytes` of envelopes, but at least one.
    pub fn outgoing(&self, from: u64, most: usize, bytes: usize) -> Result<Vec<Outgoing>, StoreError> {
        let mut statement = self.sql.prepare_cached(OUTGOING)?;
        let mut rows = statement.query(params![from, most])?;
        let (mut batch, mut size) = (Vec::new(), 0);
        while let Some(row) = rows.next()? {
            let (number, envelope, sealed): (u64, Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
            size += envelope.len();
            if size > bytes && !batch.is_empty() {
                break;
            }
            // The server has seen it; that its sealed part is erased here must not keep it from being sent again.
            let kept = self.entry_key(number, &sealed);
            let key_lost = matches!(kept, KeptKey::Lost);
            let key = kept.into_key().unwrap_or(EntryKey::new([0; 32]));
            batch.push(Outgoing { number, envelope, hash: Digest32(row.get(3)?), key, key_lost });
        }
        Ok(batch)
    }

    /// The key of an entry's sealed part. One that is lost holds up no entry: the chain goes on without it.
    pub(super) fn entry_key(&self, number: u64, sealed: &[u8]) -> KeptKey {
        if sealed.is_empty() {
            return KeptKey::Destroyed;
        }
        let key = self.vault.open(&key_context(number), sealed).and_then(|key| key.try_into().ok());
        key.map_or(KeptKey::Lost, |key| KeptKey::Whole(EntryKey::new(key)))
    }

    /// Sets the journal of `device` aside, so that another can begin.
    pub fn set_journal_aside(&self, device: DeviceId) -> Result<(), StoreError> {
        // What the server has of a decision it has for good, whatever the numbers of the journal that follows.
        self.sql.execute(
            "UPDATE event SET decision = 0 WHERE decision IN (SELECT number FROM entry WHERE state = 1)",
            [],
        )?;
        self.sql.execute(
            "INSERT INTO former_entry (device, number, envelope, sealed_key, state, problem)
             SELECT ?1, number, envelope, sealed_key, state, problem FROM entry WHERE true
             ON CONFLICT (device, number) DO NOTHING",
            [device.0],
        )?;
        self.sql.execute("DELETE FROM entry", [])?;
        self.delete_setting(HEAD)
    }

    /// Leaves an organisation: its journal is set aside for good as that of `device`, and what it let this station know
    /// of people goes.
    pub fn leave_organisation(&self, device: DeviceId) -> Result<(), StoreError> {
        self.set_journal_aside(device)?;
        self.sql.execute("UPDATE former_entry SET problem = ?1 WHERE state = 2", [OTHER_ORGANISATION])?;
        self.sql.execute("UPDATE photo SET problem = ?1 WHERE state <> 1", [OTHER_ORGANISATION])?;
        self.sql.execute("DELETE FROM photo WHERE state = 1", [])?;
        for table in ["event", "foreign_departure", "face"] {
            self.sql.execute(&format!("DELETE FROM {table}"), [])?;
        }
        Ok(())
    }

    /// After the journal began anew, every decision counts as written by its last entry.
    pub fn decisions_moved(&self) -> Result<(), StoreError> {
        self.sql
            .execute("UPDATE event SET decision = (SELECT max(number) FROM entry) WHERE decision > 0", [])?;
        Ok(())
    }

    /// The number up to which the server has the journal.
    pub fn acknowledged(&self) -> Result<u64, StoreError> {
        Ok(self.sql.query_row(
            "SELECT coalesce((SELECT min(number) - 1 FROM entry WHERE state <> 1), (SELECT max(number) FROM entry), 0)",
            [],
            |row| row.get(0),
        )?)
    }

    /// The server has this very entry; gives whether it is still there under its number.
    pub fn mark_sent(&self, number: u64, hash: Digest32) -> Result<bool, StoreError> {
        let sql = "UPDATE entry SET state = 1, problem = NULL WHERE number = ?1 AND hash = ?2";
        Ok(self.sql.execute(sql, params![number, hash.0])? == 1)
    }

    /// The server refuses the entry.
    pub fn mark_stuck(&self, number: u64, problem: &str) -> Result<(), StoreError> {
        self.sql.execute(
            "UPDATE entry SET state = 2, problem = ?2 WHERE number = ?1",
            params![number, problem],
        )?;
        Ok(())
    }

    /// The server lacks `number`, and so what lies behind it: all that is sent once more, also if it was set aside,
    /// unless the server has it from another journal.
    pub fn send_again_from(&self, number: u64) -> Result<(), StoreError> {
        self.sql.execute("UPDATE entry SET state = 0 WHERE number >= ?1 AND state = 1", [number])?;
        let sql = "UPDATE entry SET state = 0, problem = NULL WHERE number = ?1 AND problem IS NOT ?2";
        self.sql.execute(sql, params![number, FORKED])?;
        Ok(())
    }

    /// Entries that are set aside, those of former journals first.
    pub fn stuck(&self) -> Result<Vec<StuckRow>, StoreError> {
        let mut statement = self.sql.prepare(
            "SELECT * FROM (
                 SELECT device, number, envelope, sealed_key, problem FROM former_entry WHERE state = 2
                 UNION ALL SELECT NULL, number, envelope, sealed_key, problem FROM entry
                     WHERE state <> 1 AND state = 2
             ) ORDER BY device IS NULL, device, number",
        )?;
        let mut rows = statement.query([])?;
        let mut stuck = Vec::new();
        while let Some(row) = rows.next()? {
            let (number, sealed): (u64, Vec<u8>) = (row.get(1)?, row.get(3)?);
            stuck.push(StuckRow {
                number,
                envelope: row.get(2)?,
                // Format 1 did not keep why for former journals.
                code: row.get::<_, Option<String>>(4)?.unwrap_or_else(|| "rejected".to_owned()),
                former: row.get::<_, Option<[u8; 16]>>(0)?.map(DeviceId),
                key: self.entry_key(number, &sealed).into_key(),
            });
        }
        Ok(stuck)
    }

    /// Puts the journal's own entries that are set aside back into the outbox, but for those that the server has.
    pub fn retry_stuck(&self) -> Result<u64, StoreError> {
        let sql = "UPDATE entry SET state = 0, problem = NULL
             WHERE state <> 1 AND state = 2 AND problem IS NOT ?1";
        Ok(self.sql.execute(sql, [FORKED])? as u64)
    }

    /// An entry of a former journal goes on in this one.
    pub fn former_taken_along(&self, device: DeviceId, number: u64) -> Result<(), StoreError> {
        self.sql.execute(
            "UPDATE former_entry SET state = 1, problem = NULL WHERE device = ?1 AND number = ?2",
            params![device.0, number],
        )?;
        Ok(())
    }

    /// Whether the journal holds an entry with this id.
    pub fn has_entry(&self, id: EntryId) -> Result<bool, StoreError> {
        let exists = "SELECT EXISTS (SELECT 1 FROM entry WHERE id = ?1)";
        Ok(self.sql.query_row(exists, [id.0], |row| row.get(0))?)
    }

    /// How full the outbox is.
    pub fn outbox_counts(&self) -> Result<OutboxCounts, StoreError> {
        let counts = self.sql.query_row(COUNTS, [], |row| {
            Ok(OutboxCounts {
                entries: row.get(0)?,
                waiting: row.get(1)?,
                stuck: row.get(2)?,
                photos: row.get(3)?,
                stuck_photos: row.get(5)?,
                oldest: row.get::<_, Option<u64>>(4)?.map(UnixMillis::new),
            })
        })?;
        Ok(counts)
    }
}

/// A head as it is noted apart from the journal.
pub(super) fn head_bytes(head: Head) -> Vec<u8> {
    [head.number.to_be_bytes().as_slice(), head.hash.as_bytes()].concat()
}

pub(super) fn key_context(number: u64) -> String {
    format!("entry {number}")
}
