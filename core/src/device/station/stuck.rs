//! Entries and photos that the server refuses, and how they are tried again.

use serde::Serialize;

use super::{GuardStation, knowledge};
use crate::{
    device::{
        StationError,
        store::{FORKED, OTHER_ORGANISATION, Write},
    },
    envelope::Envelope,
    id::{DeviceId, Digest32, EntryId},
    journal::{Entry, EntryKey, Head},
    time::UnixMillis,
};

/// An entry that the server refuses, or that damage cut off from its journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StuckEntry {
    /// Its number.
    pub number: u64,
    /// The device whose journal it stands in, where that is one that this station was before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub former: Option<DeviceId>,
    /// Its id; nothing where not even that can be read.
    pub id: Option<EntryId>,
    /// The number of its kind.
    pub kind: Option<u64>,
    /// When it was written.
    pub written: Option<UnixMillis>,
    /// Why: the server's stable code, or `behind_gap`, `enrolment_lost`, `other_organisation`.
    pub code: String,
}

/// A photo that the server refuses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StuckPhoto {
    /// SHA-256 of the JPEG.
    pub sha256: Digest32,
    /// Why: the server's stable code, or `photo_gone`, `photo_unreadable`, `other_organisation`.
    pub code: String,
}

/// What is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Retried {
    /// Entries.
    pub entries: u64,
    /// Photos.
    pub photos: u64,
    /// Entries that stay set aside: those that the server has already (`forked`), another organisation's, and a former
    /// journal's where that cannot be read or the station is not enrolled.
    pub left: u64,
}

impl GuardStation {
    /// Entries that are set aside, one by one, those of former journals first.
    ///
    /// # Errors
    /// A store that fails.
    pub fn stuck(&self) -> Result<Vec<StuckEntry>, StationError> {
        let rows = self.store.access().write()?.stuck()?;
        let entry = |envelope: &[u8]| Entry::parse(Envelope::parse(envelope).ok()?.payload).ok();
        Ok(rows
            .into_iter()
            .map(|row| {
                let entry = entry(&row.envelope);
                StuckEntry {
                    number: row.number,
                    former: row.former,
                    id: entry.as_ref().map(|entry| entry.id),
                    kind: entry.as_ref().map(|entry| entry.kind.number()),
                    written: entry.as_ref().map(Entry::happened_at),
                    code: row.code,
                }
            })
            .collect())
    }

    /// Photos that are set aside.
    ///
    /// # Errors
    /// A store that fails.
    pub fn stuck_photos(&self) -> Result<Vec<StuckPhoto>, StationError> {
        let photos = self.store.access().write()?.stuck_photos()?;
        Ok(photos.into_iter().map(|(sha256, code)| StuckPhoto { sha256, code }).collect())
    }

    /// Puts what is set aside and may go back into the outbox, and lets the next synchronisation begin at once.
    /// Entries of former journals are signed anew behind the end of this one, their ids and sealed parts unchanged.
    ///
    /// # Errors
    /// A store that fails; a journal key that is gone.
    pub fn retry_stuck(&self) -> Result<Retried, StationError> {
        let mut access = self.store.access();
        let write = access.write()?;
        let mut retried =
            Retried { entries: write.retry_stuck()?, photos: write.retry_stuck_photos()?, left: 0 };
        let enrolment = knowledge::Knowledge::load(&write, 0)?.enrolment;
        for row in write.stuck()? {
            let again = match (&enrolment, row.former) {
                _ if [FORKED, OTHER_ORGANISATION].contains(&row.code.as_str()) => false,
                (Some(enrolment), Some(device)) if device != enrolment.device => {
                    self.take_along(&write, enrolment, device, &row.envelope, row.key)?
                }
                _ => false,
            };
            match again {
                true => retried.entries += 1,
                false => retried.left += 1,
            }
        }
        write.delete_setting(knowledge::BACKOFF)?;
        write.commit()?;
        Ok(retried)
    }

    /// Signs a former journal's entry anew behind the end of this one. What cannot be read, and what the server has
    /// under its id already, stays where it is: taken along, it would fork this journal.
    fn take_along(
        &self,
        write: &Write<'_>,
        enrolment: &knowledge::Enrolment,
        device: DeviceId,
        envelope: &[u8],
        key: Option<EntryKey>,
    ) -> Result<bool, StationError> {
        let Some(former) =
            Envelope::parse(envelope).ok().and_then(|envelope| Entry::parse(envelope.payload).ok())
        else {
            return Ok(false);
        };
        if former.device != device || write.has_entry(former.id)? {
            return Ok(false);
        }
        let number = former.number;
        let head = write.head()?;
        let entry =
            Entry { device: enrolment.device, number: head.number + 1, previous: head.hash, ..former };
        let (envelope, hash) = entry.sign(&self.journal_key(enrolment)?);
        let key = key.unwrap_or(EntryKey::new([0; 32]));
        write.append(entry.id, Head { number: entry.number, hash }, &envelope, &key, entry.wall)?;
        write.former_taken_along(device, number)?;
        Ok(true)
    }
}
