use serde::Serialize;

use super::{GuardStation, Knowledge, knowledge, knowledge::Enrolment};
use crate::{
    device::{
        Client, ClientError, StationError,
        client::Deadline,
        outbox::{Next, classify, classify_failure},
        store::Outgoing,
    },
    envelope::PublicKey,
    gatepack::{PackError, Update},
    id::Digest32,
    keys::KeySet,
    time::TimeKeeper,
    wire::{EntriesAnswer, EntriesRequest, EntryUpload, KeysAnswer, path},
};

/// What a synchronisation did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SyncReport {
    /// Entries that the server has now and had not.
    pub sent: u64,
    /// Photos that the server has now and had not.
    pub photos: u64,
    /// Entries that still wait.
    pub waiting: u64,
    /// Entries that the server refuses.
    pub stuck: u64,
    /// Number of the gate pack in use.
    pub pack_seq: Option<u64>,
    /// The stable code of what stood in the way, if anything.
    pub problem: Option<String>,
    /// Seconds that the server asks to wait before the next try.
    pub retry_after: Option<u64>,
}

/// Entries and bytes of a batch: well below what the server takes.
const BATCH_ENTRIES: usize = 100;
const BATCH_BYTES: usize = 512 << 10;
/// Bytes of a photo sent at once; a lost connection costs no more than this.
const PHOTO_CHUNK: usize = 256 << 10;
/// The server's code for a device that an admin revoked.
const DEVICE_REVOKED: &str = "device_revoked";
/// A batch that the server answers with "missing" is tried again from there, but not for ever.
const MOST_RESUMES: u32 = 3;

impl GuardStation {
    /// Fetches keys and gate pack, sends entries and photos, as far as the time allows. Failing to reach the server
    /// is no error: the report says so, and nothing is lost.
    ///
    /// # Errors
    /// Not enrolled; a journal that was forked; a store that fails.
    pub fn sync_once(&self, deadline_ms: u32) -> Result<SyncReport, StationError> {
        let deadline = Deadline::after_ms(deadline_ms);
        let known = self.knowledge()?;
        let enrolment = known.enrolment()?;
        let client = self.device_client(&enrolment);
        let mut report = SyncReport::default();
        // What protects the gate comes first.
        let outcome = self
            .fetch_keys(&client, deadline)
            .and_then(|()| self.fetch_pack(&client, deadline))
            .or_else(|error| match error {
                // What is wrong with keys or pack holds up no entry; without a server nothing else can go either.
                StationError::Keys(_)
                | StationError::Pack(_)
                | StationError::Client(ClientError::Refused { status: 429 | 500.., .. }) => {
                    report.problem = Some(error.code().to_owned());
                    Ok(())
                }
                error => Err(error),
            })
            .and_then(|()| self.send_entries(&client, deadline, &mut report))
            .and_then(|()| self.send_photos(&client, deadline, &mut report));
        match outcome {
            Ok(()) => {}
            Err(StationError::Client(error)) => {
                if error.code() == DEVICE_REVOKED {
                    self.must_enrol_anew()?;
                }
                report.problem = Some(error.code().to_owned());
                if let Next::Retry(seconds) = classify_failure(&error) {
                    report.retry_after = seconds;
                }
            }
            Err(error) => return Err(error),
        }
        let counts = self.store.access().write()?.outbox_counts()?;
        (report.waiting, report.stuck) = (counts.waiting, counts.stuck);
        report.pack_seq = self.knowledge()?.pack.as_ref().map(|pack| pack.seq);
        if report.problem.is_none() && report.waiting == 0 {
            self.note_success()?;
        }
        Ok(report)
    }

    fn fetch_keys(&self, client: &Client, deadline: Deadline) -> Result<(), StationError> {
        let answer: KeysAnswer = client.get(path::KEYS, deadline)?;
        let root = PublicKey::new(answer.root);
        let mut access = self.store.access();
        // Held against what is there now, in the transaction that replaces it: another process may have been faster.
        let write = access.write()?;
        let Knowledge { enrolment, keys: current, .. } = Knowledge::load(&write, 0)?;
        let enrolment = enrolment.ok_or(StationError::NotEnrolled)?;
        let held = write.setting_bytes(knowledge::KEYS)?.unwrap_or_default();
        let current = current.as_deref().map(|set| (set, held.as_slice()));
        let (next, pin) = KeySet::succeed(current, enrolment.pin, &answer.keys, &root)?;
        if answer.keys == held {
            return Ok(());
        }
        let enrolment = Enrolment { pin, root: answer.root, ..(*enrolment).clone() };
        write.put_setting(knowledge::ENROLMENT, &enrolment)?;
        write.put_setting_bytes(knowledge::KEYS, &answer.keys)?;
        let mut keeper: TimeKeeper = write.setting(knowledge::TIME)?.unwrap_or_default();
        keeper.raise_floor(next.issued_at.to_millis());
        write.put_setting(knowledge::TIME, &keeper)?;
        write.commit()?;
        drop(access);
        self.forget_known();
        Ok(())
    }

    /// Fetches what changed since the pack in use, and a full pack where that does not fit.
    fn fetch_pack(&self, client: &Client, deadline: Deadline) -> Result<(), StationError> {
        let since = self.knowledge()?.pack.map_or(0, |pack| pack.seq);
        match self.fetch_pack_since(since, client, deadline) {
            Err(StationError::Pack(error)) if since != 0 && error.wants_full() => {
                self.fetch_pack_since(0, client, deadline)
            }
            outcome => outcome,
        }
    }

    fn fetch_pack_since(&self, since: u64, client: &Client, deadline: Deadline) -> Result<(), StationError> {
        let bytes = client.get_bytes(&format!("{}?since={since}", path::GATE_PACK), deadline)?;
        let mut access = self.store.access();
        // As with the keys: never over a newer one that came meanwhile.
        let write = access.write()?;
        let known = Knowledge::load(&write, 0)?;
        let (enrolment, keys) = (known.enrolment()?, known.keys()?);
        let current = known.pack.as_deref();
        let update = Update::open(&bytes, &keys)?;
        let is_delta = matches!(update, Update::Delta(_));
        let next = update.apply(current, enrolment.device)?;
        match current {
            // After a lost pack key only what is as young as the key set may start a new count.
            None if next.issued_at < keys.issued_at && write.setting_bytes(knowledge::PACK)?.is_some() => {
                return Err(PackError::Rollback.into());
            }
            // A delta that was applied before.
            Some(current) if is_delta && next.seq == current.seq => return Ok(()),
            _ => {}
        }
        let moment = self.moment(&known)?;
        self.judge_unsent_again(&write, &enrolment, &moment, &next)?;
        write.put_setting_bytes(knowledge::PACK, &bytes)?;
        if is_delta {
            write.put_setting_bytes(knowledge::PACK_CONTENT, &next.content.to_bytes())?;
        } else {
            write.delete_setting(knowledge::PACK_CONTENT)?;
        }
        write.put_setting(knowledge::POLICY, &next.content.policy())?;
        let mut keeper: TimeKeeper = write.setting(knowledge::TIME)?.unwrap_or_default();
        keeper.raise_floor(next.issued_at.to_millis());
        write.put_setting(knowledge::TIME, &keeper)?;
        write.commit()?;
        drop(access);
        self.forget_known();
        Ok(())
    }

    fn send_entries(
        &self,
        client: &Client,
        deadline: Deadline,
        report: &mut SyncReport,
    ) -> Result<(), StationError> {
        let mut resumes = 0;
        loop {
            let batch = self.store.access().write()?.outgoing(0, BATCH_ENTRIES, BATCH_BYTES)?;
            if batch.is_empty() {
                return Ok(());
            }
            let entries = batch
                .iter()
                .map(|entry| EntryUpload { envelope: entry.envelope.clone(), key: *entry.key.as_bytes() })
                .collect();
            let answer: EntriesAnswer = client.post(path::ENTRIES, &EntriesRequest { entries }, deadline)?;
            if answer.results.len() != batch.len() {
                return Err(ClientError::NotGatehouse.into());
            }
            self.anchor(answer.server_time)?;
            if !self.apply(&batch, &answer, report)? {
                resumes += 1;
                if resumes > MOST_RESUMES {
                    report.problem = Some("missing".to_owned());
                    return Ok(());
                }
            }
        }
    }

    /// Applies the server's results; false where it asks for earlier entries first.
    fn apply(
        &self,
        batch: &[Outgoing],
        answer: &EntriesAnswer,
        report: &mut SyncReport,
    ) -> Result<bool, StationError> {
        let mut access = self.store.access();
        let write = access.write()?;
        let mut all = true;
        for (entry, result) in batch.iter().zip(&answer.results) {
            match classify(result) {
                Next::Sent => {
                    write.mark_sent(entry.number)?;
                    report.sent += 1;
                }
                // An entry that the server can never take ends this device's chain, as a fork does: what comes behind
                // it goes on as a new device's.
                Next::Stuck(code) => {
                    write.mark_stuck(entry.number, &code)?;
                    write.put_setting(knowledge::MUST_ENROL_ANEW, &true)?;
                    write.commit()?;
                    return Err(StationError::Forked);
                }
                Next::Forked => {
                    write.put_setting(knowledge::MUST_ENROL_ANEW, &true)?;
                    write.commit()?;
                    return Err(StationError::Forked);
                }
                Next::ResumeAt(expected) => {
                    write.send_again_from(expected)?;
                    all = false;
                    break;
                }
                Next::Retry(_) | Next::Pause => {
                    all = false;
                    break;
                }
            }
        }
        // What the server says it lacks is sent again, even if it once had it.
        for photo in &answer.photos {
            write.send_photo_again(*photo)?;
        }
        if !answer.findings.is_empty() {
            let known = Knowledge::load(&write, 0)?;
            let moment = self.moment(&known)?;
            self.take_findings(&write, &*known.enrolment()?, &moment, &answer.findings)?;
        }
        write.commit()?;
        Ok(all)
    }

    fn send_photos(
        &self,
        client: &Client,
        deadline: Deadline,
        report: &mut SyncReport,
    ) -> Result<(), StationError> {
        let mut refused: Vec<Digest32> = Vec::new();
        loop {
            let next = self.store.access().write()?.outgoing_photo(&refused)?;
            let Some(photo) = next else { return Ok(()) };
            match Self::send_photo(client, &photo.sha256, &photo.jpeg, deadline) {
                Ok(()) => {
                    let mut access = self.store.access();
                    let write = access.write()?;
                    write.mark_photo_sent(photo.sha256)?;
                    write.commit()?;
                    report.photos += 1;
                }
                // One photo that the server will not have holds up no other.
                Err(error @ ClientError::Refused { status: 400 | 404 | 409 | 413 | 422, .. }) => {
                    report.problem = Some(error.code().to_owned());
                    refused.push(photo.sha256);
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn send_photo(
        client: &Client,
        sha256: &Digest32,
        jpeg: &[u8],
        deadline: Deadline,
    ) -> Result<(), ClientError> {
        let path = format!("{}/{sha256}", path::PHOTOS);
        let length = jpeg.len() as u64;
        let mut offset = client.upload_offset(&path, deadline)?;
        while offset < length {
            let rest = usize::try_from(offset).ok().and_then(|offset| jpeg.get(offset..)).unwrap_or_default();
            let chunk = rest.get(..PHOTO_CHUNK).unwrap_or(rest).to_vec();
            let reached = client.upload(&path, offset, length, chunk, deadline)?;
            if reached <= offset {
                return Err(ClientError::NotGatehouse);
            }
            offset = reached;
        }
        Ok(())
    }

    fn must_enrol_anew(&self) -> Result<(), StationError> {
        let mut access = self.store.access();
        let write = access.write()?;
        write.put_setting(knowledge::MUST_ENROL_ANEW, &true)?;
        Ok(write.commit()?)
    }

    fn note_success(&self) -> Result<(), StationError> {
        let moment = self.moment(&self.knowledge()?)?;
        let mut access = self.store.access();
        let write = access.write()?;
        write.put_setting(knowledge::LAST_SYNC, &moment.now.millis())?;
        Ok(write.commit()?)
    }
}
