//! A synchronisation: keys and gate pack in, entries and photos out, and what follows.

mod entries;
mod erasures;
mod photos;
mod schedule;

use serde::Serialize;

use super::{GuardStation, Knowledge, ScanResult, knowledge, knowledge::Enrolment};
use crate::{
    device::{
        StationError, StoreError,
        outbox::{Next, classify_failure},
        store::NOT_KNOWN_THERE,
    },
    envelope::PublicKey,
    gatepack::{PackError, Update},
    keys::KeySet,
    network::{Client, ClientError, Deadline, Line},
    time::{ClockReading, UnixMillis, Word},
    wire::{KeysAnswer, path},
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
    /// Photos that the server refuses.
    pub stuck_photos: u64,
    /// Number of the gate pack in use.
    pub pack_seq: Option<u64>,
    /// Undecided events of the running shift whose judgement came to something else by what was learned, as they stand
    /// now. No guard was shown this yet, and nobody can decide on what was shown before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<ScanResult>,
    /// The stable code of what stood in the way, if anything.
    pub problem: Option<String>,
    /// Seconds that the server asks to wait before the next try.
    pub retry_after: Option<u64>,
    /// Milliseconds until the next try is due; nothing where it waits for somebody to sign in, enrol or retry.
    pub next_try_in_ms: Option<u64>,
}

impl GuardStation {
    /// Fetches keys and gate pack, sends entries and photos, as far as the time allows: at once, whenever the next try
    /// is due. Failing to reach the server is no error: the report says so, and nothing is lost.
    ///
    /// # Errors
    /// Not enrolled; a journal that was forked; a store that fails.
    pub fn sync_once(&self, deadline_ms: u32) -> Result<SyncReport, StationError> {
        self.wait(|line| self.sync_through(line, deadline_ms))
    }

    /// As [`Self::sync_once`], asking through `line`: one question after another, and between two of them anything else
    /// may be done. Left in the middle, it is taken up by the next, in this process or another: what is done is on the
    /// disk, and what an answer said that nobody heard is said again.
    ///
    /// # Errors
    /// As [`Self::sync_once`].
    pub async fn sync_through(&self, line: Line, deadline_ms: u32) -> Result<SyncReport, StationError> {
        let deadline = line.in_ms(deadline_ms);
        let mut report = SyncReport::default();
        let outcome = self.synchronise(&line, deadline, &mut report).await;
        // What was learned counts however the rest came out: that this station is revoked comes with a refusal.
        let changed = self.judge_undecided();
        let next = match &outcome {
            Ok(next) => next.clone(),
            Err(StationError::Forked) => Next::Forked,
            // Whatever it is, a scheduler must not try it again at once.
            Err(_) => Next::Retry(None),
        };
        if let Next::Retry(seconds) = next {
            report.retry_after = seconds;
        }
        let scheduled = self.schedule_after(&next, report.sent + report.photos > 0);
        // What went wrong first is what counts.
        outcome?;
        report.next_try_in_ms = scheduled?;
        report.changed.extend(changed?);
        let counts = self.store.access().write()?.outbox_counts()?;
        (report.waiting, report.stuck) = (counts.waiting, counts.stuck);
        report.stuck_photos = counts.stuck_photos;
        report.pack_seq = self.knowledge()?.pack.as_ref().map(|pack| pack.seq);
        if report.problem.is_none() && report.waiting == 0 {
            self.note_success()?;
            self.store.settle()?;
        }
        Ok(report)
    }

    /// Does it all, and gives what comes next.
    async fn synchronise(
        &self,
        line: &Line,
        deadline: Deadline,
        report: &mut SyncReport,
    ) -> Result<Next, StationError> {
        let enrolment = self.knowledge()?.enrolment()?;
        let mut asked = None;
        let outcome = self.fetch_and_send(&enrolment.device_client(line), deadline, report, &mut asked).await;
        match outcome {
            // What stood in the way without stopping anything is looked at again after a while.
            Ok(()) if report.problem.is_some() => Ok(Next::Retry(asked)),
            Ok(()) => Ok(Next::Sent),
            Err(StationError::Client(error)) => {
                if error.is_device_revoked() {
                    self.note_revoked()?;
                } else if error.is_token_unknown() {
                    self.must_enrol_anew()?;
                }
                report.problem = Some(error.code().to_owned());
                Ok(classify_failure(&error))
            }
            Err(error) => Err(error),
        }
    }

    /// One thing after another, until something stands in the way of all the rest. `asked` are seconds that a server
    /// which is ill asks to wait.
    async fn fetch_and_send(
        &self,
        client: &Client,
        deadline: Deadline,
        report: &mut SyncReport,
        asked: &mut Option<u64>,
    ) -> Result<(), StationError> {
        // What protects the gate comes first, but a slow link must not keep it from ever sending anything.
        let news = client.line().halfway(deadline);
        if let Err(error) = self.fetch_news(client, news).await {
            // What is wrong with keys or pack holds up no entry; without a server nothing else can go either.
            *asked = match error {
                StationError::Keys(_)
                | StationError::Pack(_)
                | StationError::JournalKeyLost
                | StationError::Store(StoreError::Full) => None,
                StationError::Client(ClientError::Unreachable { .. })
                    if client.line().has_passed(news) && !client.line().has_passed(deadline) =>
                {
                    None
                }
                StationError::Client(ref ill) if ill.is_ill_or_overrun() => ill.retry_after(),
                error => return Err(error),
            };
            report.problem = Some(error.code().to_owned());
        }
        report.changed = self.judge_undecided()?;
        let sent = self.send_entries(client, deadline, report).await;
        // What could not be sent is judged here, and most of all where nothing could.
        let judged = self.judge_unsent_again();
        sent.and(judged)?;
        self.send_photos(client, deadline, report).await?;
        self.fetch_erasures(client, deadline, report.sent > 0).await?;
        self.erase_what_was_sent()?;
        self.fetch_faces(client, deadline).await
    }

    /// Fetches keys and gate pack.
    pub(super) async fn fetch_news(&self, client: &Client, deadline: Deadline) -> Result<(), StationError> {
        self.fetch_keys(client, deadline).await?;
        self.fetch_pack(client, deadline).await
    }

    async fn fetch_keys(&self, client: &Client, deadline: Deadline) -> Result<(), StationError> {
        let asked = self.time.read()?;
        let answer: KeysAnswer = client.get(path::KEYS, deadline).await?;
        self.take_keys(&answer, &asked)?;
        self.is_known_there()?;
        // Also where nothing waits to be sent a station that was in step with the server knows the time.
        answer.server_time.map_or(Ok(()), |time| self.anchor(time))
    }

    pub(super) fn take_keys(&self, answer: &KeysAnswer, asked: &ClockReading) -> Result<(), StationError> {
        let root = PublicKey::new(answer.root);
        let mut access = self.store.access();
        // Held against what is there now, in the transaction that replaces it: another process may have been faster.
        let write = access.write_spare()?;
        let Knowledge { enrolment, keys: current, .. } = Knowledge::load(&write, 0)?;
        let enrolment = enrolment.ok_or(StationError::NotEnrolled)?;
        let held = write.setting_bytes(knowledge::KEYS)?.unwrap_or_default();
        let former = current.as_deref().map(|set| (set.version, set.issued_at));
        let current = current.as_deref().map(|set| (set, held.as_slice()));
        let (next, pin) = KeySet::succeed(current, enrolment.pin, &answer.keys, &root)?;
        if answer.keys == held {
            return Ok(());
        }
        let enrolment = Enrolment { pin, root: answer.root, ..(*enrolment).clone() };
        write.put_setting(knowledge::ENROLMENT, &enrolment)?;
        write.put_setting_bytes(knowledge::KEYS, &answer.keys)?;
        // Unlike a pack, a key set may be older than the question: only one of a higher number that was issued before
        // the lower one tells of a clock that was set back.
        let is_later =
            former.is_some_and(|(version, issued_at)| next.version > version && next.issued_at < issued_at);
        self.heed(&write, &enrolment, Word { issued_at: next.issued_at, is_later }, asked)?;
        write.commit()?;
        drop(access);
        self.forget_known();
        Ok(())
    }

    /// Fetches what changed since the pack in use, and a full pack where that does not fit.
    async fn fetch_pack(&self, client: &Client, deadline: Deadline) -> Result<(), StationError> {
        let (known_there, before) = (self.visits_at_server()?, self.knowledge()?.pack);
        self.fetch_newer_pack(client, deadline).await?;
        if self.knowledge()?.pack.map(|pack| pack.seq) != before.map(|pack| pack.seq) {
            self.take_visits_over(&known_there)?;
        }
        // One whose guard no longer works here ends.
        self.end_overdue_shift().map(drop)
    }

    async fn fetch_newer_pack(&self, client: &Client, deadline: Deadline) -> Result<(), StationError> {
        let since = self.knowledge()?.pack.map_or(0, |pack| pack.seq);
        match self.fetch_pack_since(since, client, deadline).await {
            Err(StationError::Pack(error)) if since != 0 && error.wants_full() => {
                self.fetch_pack_since(0, client, deadline).await
            }
            outcome => outcome,
        }
    }

    async fn fetch_pack_since(
        &self,
        since: u64,
        client: &Client,
        deadline: Deadline,
    ) -> Result<(), StationError> {
        let (heard, asked) = (self.store.access().write()?.acknowledged()?, self.time.read()?);
        let bytes = client.get_bytes(&format!("{}?since={since}", path::GATE_PACK), deadline).await?;
        let mut access = self.store.access();
        // As with the keys: never over a newer one that came meanwhile.
        let write = access.write_spare()?;
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
        write.put_setting_bytes(knowledge::PACK, &bytes)?;
        write.put_setting(knowledge::PACK_HEARD, &heard)?;
        if is_delta {
            write.put_setting_bytes(knowledge::PACK_CONTENT, &next.content.to_bytes())?;
        } else {
            write.delete_setting(knowledge::PACK_CONTENT)?;
        }
        write.put_setting(knowledge::POLICY, &next.content.policy())?;
        let is_later = current.is_some_and(|held| next.seq > held.seq);
        self.heed(&write, &enrolment, Word { issued_at: next.issued_at, is_later }, &asked)?;
        write.commit()?;
        drop(access);
        self.forget_known();
        Ok(())
    }

    /// An admin revoked this station: from here on it says so, finds nothing better than CAUTION, and marks what it
    /// records.
    pub(super) fn note_revoked(&self) -> Result<(), StationError> {
        self.must_enrol_anew()?;
        {
            let now = self.moment(&self.knowledge()?)?.now.millis();
            let mut access = self.store.access();
            let write = access.write()?;
            if write.setting::<UnixMillis>(knowledge::REVOKED)?.is_some() {
                return Ok(());
            }
            write.put_setting(knowledge::REVOKED, &now)?;
            write.commit()?;
        }
        self.forget_known();
        Ok(())
    }

    fn must_enrol_anew(&self) -> Result<(), StationError> {
        let mut access = self.store.access();
        let write = access.write()?;
        // What rests on a fork, or on damage, stays whatever the server says later.
        if write.setting::<bool>(knowledge::MUST_ENROL_ANEW)? != Some(true) {
            write.put_setting(knowledge::MUST_ENROL_ANEW, &true)?;
            write.put_setting(NOT_KNOWN_THERE, &true)?;
        }
        Ok(write.commit()?)
    }

    fn note_success(&self) -> Result<(), StationError> {
        let moment = self.moment(&self.knowledge()?)?;
        let mut access = self.store.access();
        let write = access.write()?;
        write.put_setting(knowledge::LAST_SYNC, &moment.now.millis())?;
        Ok(write.commit()?)
    }

    /// The server answered this device: that it once did not know it, or did not want it, is over.
    fn is_known_there(&self) -> Result<(), StationError> {
        {
            let mut access = self.store.access();
            let write = access.write()?;
            let unknown = write.setting::<bool>(NOT_KNOWN_THERE)? == Some(true);
            if !unknown && write.setting::<UnixMillis>(knowledge::REVOKED)?.is_none() {
                return Ok(());
            }
            if unknown {
                write.delete_setting(NOT_KNOWN_THERE)?;
                write.delete_setting(knowledge::MUST_ENROL_ANEW)?;
            }
            write.delete_setting(knowledge::REVOKED)?;
            write.commit()?;
        }
        self.forget_known();
        Ok(())
    }
}
