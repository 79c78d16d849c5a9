//! What becomes of a damaged database: it is set aside whole, and what can still be read goes on in a new one.
//!
//! Nothing is taken on trust. An entry counts if its signature holds under this station's key and the chain reaches it
//! from the first entry on; settings, events and photos count if their seal opens. What lies behind a gap in the chain
//! is kept among the former entries, where it is seen and can be taken along.
//!
//! Of the settings the newest reading counts: one that it lacks was taken back, as a guard who locked the station was.
//! Only those that are never taken back are looked for in older readings.
//!
//! Whether the end of the journal is there is known only if the sealed note of its last entry, which lies in another
//! page, agrees and the log is whole. Else the station must not write under numbers that it may have used before: it
//! goes on as a new device, and until then sends only what was salvaged.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use ed25519_dalek::SigningKey;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use super::{
    CHECK, DATABASE, JOURNAL_KEY, STORE_KEY, StoreError,
    carve::{Cell, Pages, Row},
    journal::{SENT, STUCK, head_bytes},
    migrate,
    replace::{self, log_of},
    settings::{ENROLMENT, HEAD, MUST_ENROL_ANEW, NOT_KNOWN_THERE, SALVAGED},
    wal::Log,
};
use crate::{
    device::{
        platform::{self, files},
        secrets::SecretStore,
        vault::{Vault, random},
    },
    envelope::{Envelope, PublicKey},
    hex,
    id::{DeviceId, Digest32, EntryId},
    journal::{Entry, Head, SignedEntry},
    time::UnixMillis,
};

/// What was saved of a damaged database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Salvaged {
    /// When.
    pub at: UnixMillis,
    /// What the damaged files begin with, in the station's folder.
    pub set_aside: String,
    /// Entries that go on, without a gap from the first.
    pub entries: u64,
    /// Entries behind a gap, or whose device is not known any more: kept apart.
    pub apart: u64,
    /// Scans and walk-ups.
    pub events: u64,
    /// Photos.
    pub photos: u64,
    /// Whether the station still knows whose it is.
    pub enrolled: bool,
    /// Whether the end of the journal is there for sure. If not, the station must be enrolled anew.
    pub complete: bool,
}

/// Salvages the damaged database in `folder`. A crash at any moment leaves the damaged files, or the new database.
pub fn salvage(folder: &Path, secrets: &dyn SecretStore, now: UnixMillis) -> Result<(), StoreError> {
    if replace::resume(folder)? {
        return Ok(());
    }
    let key = secrets.load(STORE_KEY.to_owned())?.and_then(|key| key.try_into().ok());
    let vault = Vault::new(key.ok_or(StoreError::WrongKey)?);
    let database = folder.join(DATABASE);
    let (file, log) = (files::read(&database)?, files::read(&log_of(&database))?);
    let log = Log::read(&log, super::carve::page_size(&file));
    let found = Found::gather(&file, &log, &vault);
    // Another key opens nothing at all: then this is not damage that could be mended.
    if found.sealed > 0 && found.settings.is_empty() && found.events.is_empty() {
        return Err(StoreError::WrongKey);
    }
    let set_aside = replace::name_for(folder, now);
    let whose = found.whose(secrets)?;
    let fresh = replace::fresh(folder)?;
    found.write_to(&fresh, &vault, whose.as_ref(), &set_aside, now, !log.damaged)?;
    replace::replace(folder, &set_aside)
}

/// Settings that are written over and never deleted.
const NEVER_TAKEN_BACK: [&str; 5] = [ENROLMENT, HEAD, "keys", "policy", "time"];

/// Whose journal it is.
struct Whose {
    key: PublicKey,
    /// Nothing where the enrolment is gone.
    device: Option<DeviceId>,
}

/// What of an enrolment is needed here.
#[derive(Deserialize)]
struct Enrolled {
    device: DeviceId,
    #[serde(with = "hex::serde_bytes")]
    key: [u8; 32],
}

struct EntryRow {
    envelope: Vec<u8>,
    sealed_key: Vec<u8>,
    written: i64,
    state: i64,
    problem: Option<String>,
}

struct FormerRow {
    envelope: Vec<u8>,
    sealed_key: Vec<u8>,
    state: i64,
    problem: Option<String>,
}

/// An entry of this station whose signature holds.
struct Verified {
    row: EntryRow,
    signed: SignedEntry,
}

/// Columns of the table of events.
const EVENT_COLUMNS: usize = 15;

/// What could be read, the newest copy of each.
#[derive(Default)]
struct Found {
    /// Settings seen, whether they opened or not.
    sealed: u64,
    settings: BTreeMap<String, Vec<u8>>,
    entries: BTreeMap<i64, Vec<EntryRow>>,
    former: BTreeMap<([u8; 16], i64), FormerRow>,
    events: BTreeMap<[u8; 16], Row>,
    departures: BTreeSet<[u8; 16]>,
    photos: BTreeMap<[u8; 32], (Vec<u8>, i64, Option<String>)>,
    erasures: BTreeMap<[u8; 16], i64>,
}

impl Found {
    /// From the database as it was at its last checkpoint, then with its log, then with what the log holds beyond:
    /// the later reading counts.
    fn gather(file: &[u8], log: &Log<'_>, vault: &Vault) -> Self {
        let mut found = Self::default();
        let mut pages = Pages::of(file);
        let mut readings = Vec::new();
        for frames in [&[][..], &log.committed, &log.suspect] {
            pages.lay_over(frames);
            for row in pages.rows() {
                found.take(row, vault);
            }
            readings.push(std::mem::take(&mut found.settings));
        }
        if !log.damaged {
            // What lies behind a whole log was never committed.
            readings.truncate(2);
        }
        for older in readings.into_iter().rev() {
            if found.settings.is_empty() {
                found.settings = older;
                continue;
            }
            for (name, plain) in
                older.into_iter().filter(|(name, _)| NEVER_TAKEN_BACK.contains(&name.as_str()))
            {
                found.settings.entry(name).or_insert(plain);
            }
        }
        found
    }

    /// Tells the tables apart by the shape of their rows.
    fn take(&mut self, row: Row, vault: &Vault) {
        use Cell::{Blob, Int, Null, Text};
        match row.cells.as_slice() {
            [Text(name), Blob(sealed)] => {
                self.sealed += 1;
                if let Some(plain) = vault.open(name, sealed) {
                    self.settings.insert(name.clone(), plain);
                }
            }
            [Null, Blob(_), Blob(_), Blob(envelope), Blob(key), Int(written), Int(state), rest @ ..] => {
                self.entries.entry(row.id).or_default().push(EntryRow {
                    envelope: envelope.clone(),
                    sealed_key: key.clone(),
                    written: *written,
                    state: *state,
                    problem: text(rest.first()),
                });
            }
            [Blob(device), Int(number), Blob(envelope), Blob(key), Int(state), rest @ ..] => {
                if let Ok(device) = device.as_slice().try_into() {
                    let (envelope, sealed_key) = (envelope.clone(), key.clone());
                    let row = FormerRow { envelope, sealed_key, state: *state, problem: text(rest.first()) };
                    self.former.insert((device, *number), row);
                }
            }
            [Blob(id), _, Blob(_), Int(_), Int(_), Int(_), _, _, _, _, _, Blob(sealed), ..] => {
                if let Ok(id) = id.as_slice().try_into()
                    && vault.open(&EntryId(id).to_string(), sealed).is_some()
                {
                    self.events.insert(id, row);
                }
            }
            [Blob(sha256), Blob(sealed), Int(state), rest @ ..] => {
                if let Ok(sha256) = sha256.as_slice().try_into()
                    && vault.open(&Digest32(sha256).to_string(), sealed).is_some()
                {
                    self.photos.insert(sha256, (sealed.clone(), *state, text(rest.first())));
                }
            }
            [Blob(entry), Int(asked)] => {
                if let Ok(entry) = entry.as_slice().try_into() {
                    self.erasures.insert(entry, *asked);
                }
            }
            [Blob(stay)] => self.departures.extend(<[u8; 16]>::try_from(stay.as_slice())),
            _ => {}
        }
    }

    /// By the enrolment; where that is gone, by the journal's key.
    fn whose(&self, secrets: &dyn SecretStore) -> Result<Option<Whose>, StoreError> {
        let enrolled = self.settings.get(ENROLMENT).and_then(|json| serde_json::from_slice(json).ok());
        if let Some(Enrolled { device, key }) = enrolled {
            return Ok(Some(Whose { key: PublicKey::new(key), device: Some(device) }));
        }
        let seed = secrets.load(JOURNAL_KEY.to_owned())?.and_then(|seed| <[u8; 32]>::try_from(seed).ok());
        let key = seed.map(|seed| SigningKey::from_bytes(&seed).verifying_key().to_bytes());
        Ok(key.map(|key| Whose { key: PublicKey::new(key), device: None }))
    }

    /// This journal's entries by number: of several copies the newest that holds.
    fn verified(entries: BTreeMap<i64, Vec<EntryRow>>, whose: Option<&Whose>) -> BTreeMap<u64, Verified> {
        let Some(whose) = whose else { return BTreeMap::new() };
        let newest = |(number, copies): (i64, Vec<EntryRow>)| {
            copies.into_iter().rev().find_map(|row| {
                let signed = SignedEntry::open(&row.envelope, &whose.key).ok()?;
                let entry = &signed.entry;
                let ours = whose.device.is_none_or(|device| device == entry.device);
                (ours && i64::try_from(entry.number) == Ok(number))
                    .then_some((entry.number, Verified { row, signed }))
            })
        };
        entries.into_iter().filter_map(newest).collect()
    }

    /// Makes the new database of what was found.
    fn write_to(
        mut self,
        path: &Path,
        vault: &Vault,
        whose: Option<&Whose>,
        set_aside: &str,
        now: UnixMillis,
        log_whole: bool,
    ) -> Result<(), StoreError> {
        let mut connection = Connection::open(path)?;
        platform::before_use(&connection)?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        let sql = connection.transaction()?;
        migrate::step_up(&sql, 0)?;
        let note = self.settings.remove(HEAD);
        let enrolled = whose.is_some_and(|whose| whose.device.is_some());
        let (mut head, mut apart) = (Head::START, 0);
        for Verified { row, signed } in Self::verified(std::mem::take(&mut self.entries), whose).into_values()
        {
            let (number, entry) = (signed.entry.number, &signed.entry);
            if let (true, Ok(next)) = (enrolled, signed.follows(head)) {
                head = next;
                sql.execute(
                    "INSERT INTO entry (number, id, hash, envelope, sealed_key, written_ms, state, problem)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                    params![
                        number,
                        entry.id.0,
                        signed.hash.0,
                        row.envelope,
                        row.sealed_key,
                        row.written,
                        row.state,
                        row.problem
                    ],
                )?;
            } else {
                apart += 1;
                let former = if row.state == SENT {
                    FormerRow {
                        envelope: row.envelope,
                        sealed_key: row.sealed_key,
                        state: SENT,
                        problem: None,
                    }
                } else {
                    let why = if enrolled { "behind_gap" } else { "enrolment_lost" };
                    let (envelope, sealed_key) = (row.envelope, row.sealed_key);
                    FormerRow { envelope, sealed_key, state: STUCK, problem: Some(why.to_owned()) }
                };
                self.former.insert((entry.device.0, i64::try_from(number).unwrap_or(i64::MAX)), former);
            }
        }
        let noted = note.is_some_and(|note| note == head_bytes(head));
        let salvaged = Salvaged {
            at: now,
            set_aside: set_aside.to_owned(),
            entries: head.number,
            apart,
            events: self.events.len() as u64,
            photos: self.photos.len() as u64,
            enrolled,
            complete: enrolled && noted && log_whole,
        };
        let (check, word) = CHECK;
        self.settings.insert(check.to_owned(), word.to_vec());
        self.settings.insert(HEAD.to_owned(), head_bytes(head));
        self.settings.insert(SALVAGED.to_owned(), serde_json::to_vec(&salvaged).unwrap_or_default());
        if enrolled && !salvaged.complete {
            self.settings.insert(MUST_ENROL_ANEW.to_owned(), b"true".to_vec());
            self.settings.remove(NOT_KNOWN_THERE);
        }
        self.write_rest(&sql, vault)?;
        sql.commit()?;
        Ok(())
    }

    fn write_rest(&self, sql: &Connection, vault: &Vault) -> Result<(), StoreError> {
        for (name, plain) in &self.settings {
            let sealed = vault.seal(name, random()?, plain);
            sql.execute("INSERT INTO setting (name, sealed) VALUES (?1, ?2)", params![name, sealed])?;
        }
        for ((device, number), row) in &self.former {
            // Of a device that is not known any more; its own envelope still has to say so.
            let says =
                Envelope::parse(&row.envelope).ok().and_then(|envelope| Entry::parse(envelope.payload).ok());
            if says.is_some_and(|entry| entry.device.0 == *device) {
                sql.execute(
                    "INSERT INTO former_entry (device, number, envelope, sealed_key, state, problem)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                    params![device, number, row.envelope, row.sealed_key, row.state, row.problem],
                )?;
            }
        }
        for row in self.events.values() {
            // A row that was written before the last columns came to be ends before them.
            let cells = row.cells.iter().chain(std::iter::repeat(&Cell::Null)).take(EVENT_COLUMNS);
            sql.execute(
                "INSERT OR IGNORE INTO event
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
                rusqlite::params_from_iter(cells),
            )?;
        }
        for stay in &self.departures {
            sql.execute("INSERT INTO foreign_departure (stay) VALUES (?1)", [stay])?;
        }
        for (sha256, (sealed, state, problem)) in &self.photos {
            sql.execute(
                "INSERT INTO photo (sha256, sealed, state, problem) VALUES (?1, ?2, ?3, ?4)",
                params![sha256, sealed, state, problem],
            )?;
        }
        for (entry, asked) in &self.erasures {
            sql.execute("INSERT INTO erasure (entry, asked_ms) VALUES (?1, ?2)", params![entry, asked])?;
        }
        Ok(())
    }
}

fn text(cell: Option<&Cell>) -> Option<String> {
    match cell {
        Some(Cell::Text(text)) => Some(text.clone()),
        _ => None,
    }
}
