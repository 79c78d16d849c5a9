//! Forgetting somebody: what is erased here at once, and what waits until it is sent.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{GuardStation, result::EventRecord};
use crate::{
    device::{
        StationError, StoreError,
        store::{Access, LOG, StoredEntry, Write},
    },
    envelope::Envelope,
    id::{EntryId, PersonId, SubjectId},
    journal::{Body, Entry},
};

/// Set while the log may still hold what was erased in the database: somebody else was reading.
pub(super) const LOG_TO_EMPTY: &str = "log-to-empty";

/// Whose personal data is to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Erase {
    /// Everything about a member or invitation.
    Subject(SubjectId),
    /// Everything about these scans and walk-ups: a walk-up names no subject.
    Events(Vec<EntryId>),
}

/// What an erasure did.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Erased {
    /// Entries whose personal data is gone.
    pub entries: u64,
    /// Photos that are gone.
    pub photos: u64,
    /// Entries that the server does not have yet: theirs goes as soon as they are sent.
    pub waiting: u64,
    /// Files beside the database that hold older copies: a backup, a damaged database; the log, where it could not be
    /// emptied just now, which the next synchronisation does.
    pub files_set_aside: Vec<String>,
}

/// An entry as far as an erasure needs it.
struct Found {
    kept: StoredEntry,
    entry: Entry,
}

impl GuardStation {
    /// Destroys what this station knows of a person: the keys of the entries' sealed parts, the results kept to be
    /// shown again, the photos. The journal still verifies. What the server does not have yet goes once it is sent.
    ///
    /// # Errors
    /// A store that fails.
    pub fn erase(&self, whose: &Erase) -> Result<Erased, StationError> {
        let now = self.moment(&self.knowledge()?)?.now.millis();
        let mut access = self.store.access();
        let write = access.write()?;
        for entry in Self::entries_about(&write, whose)? {
            write.want_erased(entry, now)?;
        }
        if let Erase::Subject(subject) = whose {
            write.forget_face(*subject)?;
            Self::unname_guard(&write, PersonId(subject.0))?;
        }
        let mut erased = Self::erase_wanted(&write)?;
        write.put_setting(LOG_TO_EMPTY, &true)?;
        write.commit()?;
        erased.files_set_aside = self.store.files_set_aside()?;
        if !Self::empty_log(&mut access)? {
            erased.files_set_aside.push(LOG.to_owned());
        }
        Ok(erased)
    }

    /// After entries were sent: destroys what was to go then, and empties a log that could not be emptied before.
    pub(super) fn erase_what_was_sent(&self) -> Result<(), StationError> {
        let mut access = self.store.access();
        let write = access.write()?;
        let erased = Self::erase_wanted(&write)?;
        if erased.entries > 0 {
            write.put_setting(LOG_TO_EMPTY, &true)?;
            write.commit()?;
        } else if write.setting::<bool>(LOG_TO_EMPTY)?.is_none() {
            return Ok(());
        } else {
            drop(write);
        }
        Self::empty_log(&mut access)?;
        Ok(())
    }

    /// Empties the log; false where somebody is reading or the disk is full, and it has to be done later.
    fn empty_log(access: &mut Access<'_>) -> Result<bool, StationError> {
        match access.truncate_log() {
            Err(StoreError::InUse | StoreError::Full) => return Ok(false),
            outcome => outcome?,
        }
        let write = access.write()?;
        write.delete_setting(LOG_TO_EMPTY)?;
        write.commit()?;
        Ok(true)
    }

    /// Scans of the subject, or the events named, and every entry that speaks of them: decisions hold notes, arrivals
    /// photos, all of them places.
    fn entries_about(write: &Write<'_>, whose: &Erase) -> Result<BTreeSet<EntryId>, StationError> {
        let mut about: BTreeSet<EntryId> = match whose {
            Erase::Subject(_) => BTreeSet::new(),
            Erase::Events(events) => events.iter().copied().collect(),
        };
        let mut spoken = Vec::new();
        write.each_entry(|kept| {
            let Some(entry) = read(&kept.envelope) else { return Ok(()) };
            let Some(body) = Body::from_value(entry.kind, &entry.body) else { return Ok(()) };
            let subject = body.scan().and_then(|scan| scan.subject);
            if matches!(whose, Erase::Subject(wanted) if subject == Some(*wanted)) {
                about.insert(entry.id);
            }
            spoken.extend(body.speaks_of().map(|of| (of, entry.id)));
            Ok(())
        })?;
        let speaking = spoken.into_iter().filter(|(of, _)| about.contains(of)).map(|(_, entry)| entry);
        let speaking: Vec<EntryId> = speaking.collect();
        about.extend(speaking);
        Ok(about)
    }

    /// Forgets the name of a guard who let somebody in, in the results of whoever showed the same code later, and whose
    /// decisions were that guard's: by that the name would be found again.
    fn unname_guard(write: &Write<'_>, guard: PersonId) -> Result<(), StationError> {
        for event in write.all_events()? {
            let Ok(mut kept) = EventRecord::of(&event) else { continue };
            let (used, decided) = (kept.used_by == Some(guard), kept.decided_by == Some(guard));
            if used {
                (kept.used_by, kept.result.last_used_by) = (None, None);
            }
            if decided {
                kept.decided_by = None;
            }
            if used || decided {
                write.update_event(event.id, &kept.to_bytes())?;
            }
        }
        Ok(())
    }

    /// Destroys what is to go and is at the server.
    fn erase_wanted(write: &Write<'_>) -> Result<Erased, StationError> {
        let mut erased = Erased::default();
        let mut wanted: BTreeSet<EntryId> = write.wanted_erasures()?.into_iter().collect();
        if wanted.is_empty() {
            return Ok(erased);
        }
        let mut found: Vec<Found> = Vec::new();
        write.each_entry(|kept| {
            if let Some(entry) = read(&kept.envelope).filter(|entry| wanted.contains(&entry.id)) {
                found.push(Found { kept, entry });
            }
            Ok(())
        })?;
        // An entry that was taken along stands in two journals; its data goes from both or from none.
        for Found { kept, entry } in &found {
            if !Self::may_go(write, kept, entry)? && !found.iter().any(|other| other.is_sent_copy_of(entry)) {
                wanted.remove(&entry.id);
            }
        }
        for Found { kept, entry } in found.iter().filter(|found| wanted.contains(&found.entry.id)) {
            erased.photos += forget(write, kept, entry)?;
        }
        for entry in &wanted {
            if let Some(event) = write.event(*entry)? {
                let mut kept = EventRecord::of(&event)?;
                let result = &mut kept.result;
                (result.name, result.host, result.subject, result.face) = (None, None, None, None);
                (result.bans, result.reasons) = (Vec::new(), Vec::new());
                (result.last_used, result.last_used_site, result.last_used_by) = (None, None, None);
                (kept.bearer, kept.grounds, kept.used_by) = (None, None, None);
                write.update_event(*entry, &kept.to_bytes())?;
            }
            write.erased(*entry)?;
        }
        let gone: BTreeSet<EntryId> = found.iter().map(|found| found.entry.id).collect();
        erased.entries = gone.intersection(&wanted).count() as u64;
        erased.waiting = write.wanted_erasures()?.len() as u64;
        Ok(erased)
    }

    /// Whether the server has the entry and its photo.
    fn may_go(write: &Write<'_>, kept: &StoredEntry, entry: &Entry) -> Result<bool, StoreError> {
        match photo_of(kept, entry) {
            Some(photo) if write.photo_waits(photo)? => Ok(false),
            _ => Ok(kept.sent),
        }
    }
}

impl Found {
    fn is_sent_copy_of(&self, entry: &Entry) -> bool {
        self.entry.id == entry.id && self.kept.sent && self.entry.device != entry.device
    }
}

fn forget(write: &Write<'_>, kept: &StoredEntry, entry: &Entry) -> Result<u64, StoreError> {
    let photos = match photo_of(kept, entry) {
        Some(photo) => write.forget_photo(photo)?,
        None => 0,
    };
    write.destroy_key(kept.former, kept.number)?;
    Ok(photos)
}

fn photo_of(kept: &StoredEntry, entry: &Entry) -> Option<crate::id::Digest32> {
    Body::personal(entry.id, &entry.body, kept.key.as_ref()?)?.photo
}

fn read(envelope: &[u8]) -> Option<Entry> {
    Entry::parse(Envelope::parse(envelope).ok()?.payload).ok()
}
