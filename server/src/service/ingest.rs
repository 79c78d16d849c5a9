//! Taking journals in: every entry whose signature, grammar and place in the chain hold, once, whatever it says.

use gatehouse_core::{
    envelope::PublicKey,
    hex,
    id::DeviceId,
    journal::{ChainError, Head, Personal, Receipt, SignedEntry},
    keys::KeyPurpose,
    time::UnixMillis,
    wire::{EntriesAnswer, EntriesRequest, EntryResult},
};

use super::{Principal, Scope, Service, ServiceError, erasure, project, succession};
use crate::store::{OrgId, Tx, amendment, device, journal, photo, usage::Usage};

/// Most entries in one request.
pub const MOST_ENTRIES: usize = 200;

/// Largest entry, in bytes of its envelope: many times what the longest note and name come to.
pub const LARGEST_ENTRY: usize = 64 << 10;

/// An entry whose signature holds, with what came beside it.
struct Opened {
    signed: SignedEntry,
    envelope: Vec<u8>,
    key: [u8; 32],
}

impl Service {
    /// Takes a device's entries in, each by itself, and gives a receipt for as far as the journal reaches now.
    ///
    /// # Errors
    /// Not a device's scope; too many entries.
    pub fn ingest(&self, scope: &Scope, request: EntriesRequest) -> Result<EntriesAnswer, ServiceError> {
        let Principal::Device(device) = scope.principal else { return Err(ServiceError::Forbidden) };
        if request.entries.len() > MOST_ENTRIES {
            return Err(ServiceError::BadRequest("at most 200 entries at once"));
        }
        self.has_room_for_entries()?;
        let org = scope.org;
        let known = self.store.read(|db| device::get(db, org, device))?.ok_or(ServiceError::Unauthorized)?;
        let key = PublicKey::new(known.public_key);
        // Signatures are checked here, so that the one writer does not have to.
        let entries: Vec<_> = request
            .entries
            .into_iter()
            .map(|upload| {
                SignedEntry::open(&upload.envelope, &key).map(|signed| Opened {
                    signed,
                    envelope: upload.envelope,
                    key: upload.key,
                })
            })
            .collect();
        let (service, now, scope) = (self.clone(), self.now(), *scope);
        let (results, head, photos, findings) = self.store.write(move |tx| {
            let mut head = device::get(tx, org, device)?.ok_or(ServiceError::Unauthorized)?.head;
            let (mut results, mut kept) = (Vec::with_capacity(entries.len()), Usage::default());
            for entry in &entries {
                let result = match entry {
                    Ok(opened) => service.take(tx, org, device, &mut head, opened, now)?,
                    Err(error) => cut_off(tx, org, device, *error, now)?,
                };
                // What was sent before costs nothing; what contradicts it is kept as evidence.
                if let (Ok(opened), EntryResult::Accepted | EntryResult::Forked) = (entry, &result) {
                    kept.entries += 1;
                    kept.entry_bytes += opened.envelope.len() as u64;
                }
                results.push(result);
            }
            // A share that is used up undoes the whole: the phone sends it again when there is one.
            service.count_usage(tx, &scope, device, kept, now)?;
            device::set_head(tx, org, device, head, now)?;
            let (photos, findings) = (photo::wanted(tx, org, device)?, amendment::untold(tx, org, device)?);
            Ok::<_, ServiceError>((results, head, photos, findings))
        })?;
        let receipt = self.receipt(org, device, head)?.map(|receipt| hex::encode(&receipt));
        Ok(EntriesAnswer { results, receipt, photos, findings, server_time: self.now() })
    }

    /// The server's signed word on how far a journal reaches; nothing before its first entry.
    pub(super) fn receipt(
        &self,
        org: OrgId,
        device: DeviceId,
        head: Head,
    ) -> Result<Option<Vec<u8>>, ServiceError> {
        if head == Head::START {
            return Ok(None);
        }
        let (ring, time) = (self.keyring(org)?, self.now().to_seconds());
        let receipt = Receipt { org: ring.org.clone(), device, number: head.number, hash: head.hash, time };
        Ok(Some(receipt.sign(ring.signer(KeyPurpose::Packs, time)?)))
    }

    fn take(
        &self,
        tx: &Tx<'_>,
        org: OrgId,
        device: DeviceId,
        head: &mut Head,
        opened: &Opened,
        now: UnixMillis,
    ) -> Result<EntryResult, ServiceError> {
        let entry = &opened.signed.entry;
        if entry.device != device {
            return Ok(rejected(ChainError::WrongDevice));
        }
        let mut row = journal::NewEntry {
            device,
            number: entry.number,
            id: entry.id,
            kind: entry.kind.number(),
            hash: opened.signed.hash,
            envelope: &opened.envelope,
            readable: false,
        };
        let mut known = false;
        match journal::by_id(tx, org, entry.id)? {
            Some(envelope) if envelope == opened.envelope => return Ok(EntryResult::Duplicate),
            None if entry.number > head.number => {}
            Some(_) if succession::is_known(tx, org, entry)? => {
                match journal::at(tx, org, device, entry.number)? {
                    Some((envelope, _)) if envelope == opened.envelope => return Ok(EntryResult::Duplicate),
                    Some(_) => return forked(tx, org, &row, now),
                    None => {
                        row.id = succession::stand_in(&opened.signed.hash);
                        known = true;
                    }
                }
            }
            _ => return forked(tx, org, &row, now),
        }
        match opened.signed.follows(*head) {
            Ok(next) => {
                let mut facts = project::facts(entry, &opened.key);
                row.readable = facts.is_some();
                // What comes late of somebody who was erased is taken without what it says of them.
                let forgotten = match &mut facts {
                    Some((body, personal)) if erasure::is_about_erased(tx, org, entry, body)? => {
                        *personal = Personal::default();
                        true
                    }
                    _ => false,
                };
                journal::add(tx, org, &row, now)?;
                // What was known before has had its consequences, and its key is kept once: one day it is destroyed.
                if !known {
                    if !forgotten {
                        let sealed = self.store.master().seal(&project::key_context(row.id), &opened.key)?;
                        journal::add_key(tx, org, row.id, &sealed)?;
                    }
                    if let Some((body, personal)) = &facts {
                        project::guarded(tx, org, entry, body, personal, now)?;
                    }
                }
                project::note_time(tx, org, entry, now)?;
                *head = next;
                Ok(EntryResult::Accepted)
            }
            Err(ChainError::Gap) => Ok(EntryResult::Missing { expected: head.number + 1 }),
            Err(error) => cut_off(tx, org, device, error, now),
        }
    }
}

/// Keeps what contradicts a journal, which ends with that.
fn forked(
    tx: &Tx<'_>,
    org: OrgId,
    row: &journal::NewEntry<'_>,
    now: UnixMillis,
) -> Result<EntryResult, ServiceError> {
    journal::add_evidence(tx, org, row, now)?;
    device::set_forked(tx, org, row.device, now)?;
    Ok(EntryResult::Forked)
}

/// Refuses for good what a device sent of its own journal: the phone goes on as a new device, which may then speak for
/// this one.
fn cut_off(
    tx: &Tx<'_>,
    org: OrgId,
    device: DeviceId,
    error: ChainError,
    now: UnixMillis,
) -> Result<EntryResult, ServiceError> {
    device::set_forked(tx, org, device, now)?;
    Ok(rejected(error))
}

fn rejected(error: ChainError) -> EntryResult {
    EntryResult::Rejected { code: error.code().to_owned() }
}
