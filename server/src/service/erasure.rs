//! Erasing a person: what tells of them goes from the database, the photos and the phones. The journals stay as they were
//! signed, and verify; only what was sealed in them opens no more.

use std::collections::BTreeSet;

use gatehouse_core::{
    envelope::Envelope,
    id::{Digest32, EntryId, PersonId, SubjectId},
    journal::{Body, Entry, EntryKey},
    name,
    role::Role,
    time::UnixMillis,
    wire::ErasuresAnswer,
};
use rusqlite::Connection;
use serde::Serialize;
use serde_json::json;

use super::{Principal, Scope, Service, ServiceError, audit, people, project};
use crate::store::{Changed, OrgId, Tx, account, ban, erasure, erasure::Looked, event, person, setting};

/// Who is to be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// A member, a guard or an admin, and whatever they were invited to by the same address.
    Person(PersonId),
    /// The visitor of an invitation.
    Invitation(SubjectId),
    /// Whoever a scan or walk-up was about: an invited visitor with the invitation, else this event alone.
    Event(EntryId),
}

/// What an erasure did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Erased {
    /// Rows of people.
    pub people: usize,
    /// Invitations.
    pub invitations: usize,
    /// Scans and walk-ups.
    pub events: usize,
    /// Entries whose sealed part opens no more.
    pub entries: usize,
    /// Photos.
    pub photos: usize,
    /// Bans by this name, which may be a namesake's: an admin lifts them, or not.
    pub bans_by_name: Vec<SubjectId>,
    /// Whether the database's log was emptied; else it is at the next erasure.
    pub scrubbed: bool,
}

/// What is about one person.
#[derive(Default)]
struct About {
    people: BTreeSet<PersonId>,
    invitations: BTreeSet<SubjectId>,
    events: BTreeSet<EntryId>,
    entries: BTreeSet<EntryId>,
    photos: BTreeSet<Digest32>,
    /// The entry, by its place in the store, up to which all were looked at.
    looked_up_to: i64,
}

/// Entries that are looked at in one view of the database: the next view gives others their turn.
const AT_ONCE: usize = 2000;

impl Service {
    /// Erases a person. Asked again, what is left goes.
    ///
    /// # Errors
    /// Not an admin's scope, or a person above it, or oneself; nobody by that id.
    pub fn erase(&self, scope: &Scope, whom: Whom) -> Result<Erased, ServiceError> {
        scope.require(Role::Admin)?;
        // What an entry is about only its envelope says, so that all are looked at: while others write. Within the
        // writer there are only those left to look at that came meanwhile.
        let before = self.about_in_pieces(scope, whom)?;
        let (scope, service, now) = (*scope, self.clone(), self.now());
        let (mut erased, photos) = self.store.write(move |tx| {
            let mut about = service.about(tx, &scope, whom)?;
            about.add(before);
            while service.look_further(tx, scope.org, &mut about)? {}
            let had_admin = account::has_admin(tx, scope.org)?;
            let mut erased = Erased { bans_by_name: bans_by_name(tx, &scope, &about)?, ..Erased::default() };
            let gone = clear(tx, &scope, &about, &mut erased, now)?;
            people::keeps_admin(tx, &scope, had_admin)?;
            let (subject, detail) = match whom {
                Whom::Person(id) => (id.to_string(), "person"),
                Whom::Invitation(id) => (id.to_string(), "invitation"),
                Whom::Event(id) => (id.to_string(), "event"),
            };
            let detail = json!({ "what": detail, "entries": erased.entries, "photos": erased.photos });
            audit::note(tx, &scope, "erase", &subject, &detail, now)?;
            tx.changed(scope.org, Changed::OnSite);
            setting::want_compact(tx)?;
            Ok::<_, ServiceError>((erased, gone))
        })?;
        for photo in photos {
            self.remove_photo(scope.org, photo)?;
        }
        // Everything is erased by here: what is left in the log is said, and tried again.
        erased.scrubbed = self.store.empty_log();
        Ok(erased)
    }

    /// Writes the database anew where something was erased since it last was. For the start, before anybody asks:
    /// deleted rows are overwritten as they go, and this takes what older versions may have left between the rows.
    pub fn compact_after_erasure(&self) -> Result<(), ServiceError> {
        if self.store.read(setting::wants_compact)? && self.store.compact() {
            self.store.write(|tx| Ok::<_, ServiceError>(setting::compacted(tx)?))?;
        }
        Ok(())
    }

    /// Everybody by an id or an e-mail address.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`].
    pub fn people_by(&self, scope: &Scope, id_or_email: &str) -> Result<Vec<PersonId>, ServiceError> {
        scope.require(Role::Admin)?;
        if let Ok(id) = id_or_email.trim().parse() {
            return Ok(vec![id]);
        }
        let email = people::email(id_or_email)?;
        let found = self.store.read(|db| erasure::people_of_address(db, scope.org, &email))?;
        if found.is_empty() { Err(ServiceError::NotFound("person")) } else { Ok(found) }
    }

    /// Whom a device is still to forget.
    ///
    /// # Errors
    /// Not a device's scope.
    pub fn erasures(&self, scope: &Scope) -> Result<ErasuresAnswer, ServiceError> {
        let Principal::Device(device) = scope.principal else { return Err(ServiceError::Forbidden) };
        Ok(ErasuresAnswer { erasures: self.store.read(|db| erasure::open_orders(db, scope.org, device))? })
    }

    /// Notes whom a device has forgotten.
    ///
    /// # Errors
    /// Not a device's scope.
    pub fn erasures_done(&self, scope: &Scope, orders: &[u64]) -> Result<(), ServiceError> {
        let Principal::Device(device) = scope.principal else { return Err(ServiceError::Forbidden) };
        let (org, now, orders) =
            (scope.org, self.now(), orders.iter().copied().take(1000).collect::<Vec<_>>());
        self.store.write(move |tx| {
            orders.into_iter().try_for_each(|order| Ok(erasure::done(tx, org, device, order, now)?))
        })
    }

    /// What is about somebody, as far as entries are there by now.
    fn about_in_pieces(&self, scope: &Scope, whom: Whom) -> Result<About, ServiceError> {
        let mut about = self.store.read(|db| self.about(db, scope, whom))?;
        while self.store.read_page(|db| self.look_further(db, scope.org, &mut about))? {}
        Ok(about)
    }

    fn about(&self, tx: &Connection, scope: &Scope, whom: Whom) -> Result<About, ServiceError> {
        let org = scope.org;
        let mut about = About::default();
        match whom {
            Whom::Person(id) => {
                if scope.person_id() == Some(id) {
                    let message = "you cannot erase yourself; ask another admin";
                    return Err(ServiceError::Conflict { code: "own_person", message });
                }
                if let Some(role) = person::get(tx, org, id)?.and_then(|person| person.role) {
                    scope.require(role)?;
                }
                about.people = erasure::people_like(tx, org, id)?;
                if about.people.is_empty() {
                    return Err(ServiceError::NotFound("person"));
                }
            }
            Whom::Invitation(id) => {
                let visitor =
                    erasure::visitor_of(tx, org, id)?.ok_or(ServiceError::NotFound("invitation"))?;
                about.people = erasure::people_like(tx, org, visitor)?;
                // A member of the same address stays: only the visitor was named.
                about.people.retain(|id| {
                    *id == visitor
                        || person::get(tx, org, *id).is_ok_and(|found| found.is_none_or(|p| p.role.is_none()))
                });
            }
            Whom::Event(id) => {
                let found = event::to_decide(tx, org, id)?.ok_or(ServiceError::NotFound("event"))?;
                about.events.insert(id);
                if let Some(subject) = found.subject.filter(|_| found.visitor)
                    && let Some(visitor) = erasure::visitor_of(tx, org, subject)?
                {
                    about.people.insert(visitor);
                }
            }
        }
        for person in &about.people {
            about.invitations.extend(erasure::invitations_of(tx, org, *person)?);
        }
        for subject in about.subjects() {
            about.events.extend(erasure::events_of(tx, org, subject)?);
        }
        Ok(about)
    }

    /// Looks at the next entries for what is about the same subjects and events: the scans, and whatever speaks of
    /// them. False at the last.
    fn look_further(&self, db: &Connection, org: OrgId, about: &mut About) -> Result<bool, ServiceError> {
        let subjects = about.subjects();
        let entries = erasure::entries_after(db, org, about.looked_up_to, AT_ONCE)?;
        for looked in &entries {
            about.looked_up_to = looked.place;
            let Some(entry) = parsed(&looked.envelope) else { continue };
            let Some(body) = Body::from_value(entry.kind, &entry.body) else { continue };
            let subject = body.scan().and_then(|scan| scan.subject);
            let is_theirs = subject.is_some_and(|subject| subjects.contains(&subject));
            if is_theirs {
                about.events.insert(entry.id);
            }
            let of = if is_theirs { entry.id } else { body.speaks_of().unwrap_or(entry.id) };
            // Only of what is theirs the sealed part is opened: it is little.
            if about.events.contains(&of) {
                about.entries.insert(looked.id);
                about.photos.extend(self.photo_in(&entry, looked)?);
            }
        }
        Ok(entries.len() == AT_ONCE)
    }

    /// The photo that the sealed part of an entry names.
    fn photo_in(&self, entry: &Entry, looked: &Looked) -> Result<Option<Digest32>, ServiceError> {
        let Some(sealed) = &looked.key else { return Ok(None) };
        let key = self.store.master().open(&project::key_context(looked.id), sealed)?;
        let Ok(key) = <[u8; 32]>::try_from(key) else { return Ok(None) };
        let personal = Body::personal(entry.id, &entry.body, &EntryKey::new(key));
        Ok(personal.and_then(|personal| personal.photo))
    }
}

impl About {
    fn subjects(&self) -> BTreeSet<SubjectId> {
        self.people.iter().map(|id| (*id).into()).chain(self.invitations.iter().copied()).collect()
    }

    /// Adds what was found before, and goes on where that ended.
    fn add(&mut self, before: Self) {
        self.events.extend(before.events);
        self.entries.extend(before.entries);
        self.photos.extend(before.photos);
        self.looked_up_to = before.looked_up_to;
    }
}

fn parsed(envelope: &[u8]) -> Option<Entry> {
    Entry::parse(Envelope::parse(envelope).ok()?.payload).ok()
}

/// Bans of whoever has the name of one of these people.
fn bans_by_name(tx: &Tx<'_>, scope: &Scope, about: &About) -> Result<Vec<SubjectId>, ServiceError> {
    let mut names = Vec::new();
    for id in &about.people {
        names.extend(person::get(tx, scope.org, *id)?.map(|person| person.name));
    }
    let bans = ban::list(tx, scope.org)?.into_iter().filter(|ban| ban.by_name);
    let called =
        |ban: &ban::Ban| names.iter().any(|name| name::is_among(name, ban.names.iter().map(String::as_str)));
    Ok(bans.filter(called).map(|ban| ban.subject).collect())
}

/// Clears it all, and gives the photos whose files have to go.
fn clear(
    tx: &Tx<'_>,
    scope: &Scope,
    about: &About,
    erased: &mut Erased,
    now: UnixMillis,
) -> Result<Vec<Digest32>, ServiceError> {
    let org = scope.org;
    let mut photos = about.photos.clone();
    for event in &about.events {
        photos.extend(erasure::clear_event(tx, org, *event)?);
        if erasure::note(tx, org, event.as_bytes(), now)? {
            // A walk-up names no subject by which a phone would find it.
            if event::subject_of(tx, org, *event)?.is_none() {
                erasure::order(tx, org, None, Some(*event), now)?;
            }
            erased.events += 1;
        }
        tx.changed(org, Changed::Activity(*event));
    }
    for entry in &about.entries {
        erased.entries += usize::from(erasure::destroy_key(tx, org, *entry)?);
    }
    for id in &about.invitations {
        erasure::clear_ban(tx, org, *id)?;
        if erasure::note(tx, org, id.as_bytes(), now)? {
            erasure::order(tx, org, Some(*id), None, now)?;
            erased.invitations += 1;
        }
    }
    for id in &about.people {
        erasure::clear_person(tx, org, *id, now)?;
        if erasure::note(tx, org, id.as_bytes(), now)? {
            erasure::order(tx, org, Some((*id).into()), None, now)?;
            erased.people += 1;
        }
    }
    for id in &about.invitations {
        erasure::clear_invitation(tx, org, *id, scope.person_id(), now)?;
    }
    let mut gone = Vec::new();
    for photo in photos {
        if erasure::forget_photo(tx, org, photo)? {
            gone.push(photo);
        }
    }
    erased.photos = gone.len();
    erasure::forget_packs(tx, org)?;
    Ok(gone)
}

/// Whether an entry is about somebody who was erased: then nothing is kept of what it says of them.
pub(super) fn is_about_erased(
    tx: &Tx<'_>,
    org: OrgId,
    entry: &Entry,
    body: &Body,
) -> Result<bool, ServiceError> {
    let of = body.speaks_of();
    let subject = match (body.scan().and_then(|scan| scan.subject), of) {
        (Some(subject), _) => Some(subject),
        (None, Some(event)) => event::subject_of(tx, org, event)?,
        (None, None) => None,
    };
    let ids = [Some(entry.id.0), of.map(|event| event.0), subject.map(|subject| subject.0)];
    for id in ids.into_iter().flatten() {
        if erasure::is_erased(tx, org, &id)? {
            return Ok(true);
        }
    }
    Ok(false)
}
