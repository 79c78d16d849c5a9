//! Sending the journal's entries, a batch at a time.

use super::{GuardStation, Knowledge, SyncReport, knowledge};
use crate::{
    device::{
        StationError,
        outbox::{Next, classify_answer, classify_batch},
        store::{FORKED, MUST_ENROL_ANEW, NOT_KNOWN_THERE, Outgoing, SALVAGED, Salvaged, Write},
    },
    hex,
    journal::{Head, Receipt},
    network::{Client, ClientError, Deadline},
    wire::{EntriesAnswer, EntriesRequest, EntryUpload, path},
};

/// Entries and bytes of a batch: well below what the server takes.
const BATCH_ENTRIES: usize = 100;
const BATCH_BYTES: usize = 512 << 10;
/// A batch that the server answers with "missing" is tried again from there, but not for ever.
const MOST_RESUMES: u32 = 3;
/// What is said where entries are held back because the journal lost its end.
const JOURNAL_DAMAGED: &str = "journal_damaged";
/// What is said where an entry goes without what is sealed in it: its key was lost to damage.
const ENTRY_KEY_LOST: &str = "entry_key_lost";

/// A list of wanted photos as long as this may have been cut, and then says nothing of those that are not in it.
const LONGEST_SURE_LIST: usize = 50;

/// What an answer did.
enum Applied {
    /// All of it was sent.
    All,
    /// The server asks for earlier entries first.
    From(u64),
    /// Some of it the server has already, from another journal: this device's chain ends here.
    Taken,
}

impl GuardStation {
    /// Sends the entries that wait, in order.
    ///
    /// A batch that the server cannot take as a request is halved until it goes or a single entry is left, which is
    /// set aside. That entry is no fork: the chain holds. What lies behind it cannot be taken without it, so the
    /// server will ask for it (`missing`); then it is offered once more, in this synchronisation and in every later
    /// one, so that a mended server heals everything without anybody's hand.
    ///
    /// An entry whose place in the chain the server refuses for good (`rejected`, `forked`) ends this device's chain:
    /// the station goes on as a new device, and what the server lacks comes along. What the server has from another
    /// journal is found out first, so that one new device is enough.
    pub(super) async fn send_entries(
        &self,
        client: &Client,
        deadline: Deadline,
        report: &mut SyncReport,
    ) -> Result<(), StationError> {
        let (mut resumes, mut most) = (0, BATCH_ENTRIES);
        let (mut refused, mut ended) = (Vec::new(), false);
        loop {
            let batch = self.next_batch(most, report)?;
            if batch.is_empty() {
                return if ended { Err(StationError::Forked) } else { Ok(()) };
            }
            let entries = batch
                .iter()
                .map(|entry| EntryUpload { envelope: entry.envelope.clone(), key: *entry.key.as_bytes() })
                .collect();
            let answer: EntriesAnswer =
                match client.post(path::ENTRIES, &EntriesRequest { entries }, deadline).await {
                    Ok(answer) => answer,
                    Err(error) => {
                        match (classify_batch(&error, batch.len()), batch.as_slice()) {
                            (Next::Fewer, _) => most = batch.len().div_ceil(2),
                            (Next::Stuck(code), [entry]) => {
                                self.set_entry_aside(entry.number, &code)?;
                                most = BATCH_ENTRIES;
                                refused.push(entry.number);
                                report.problem = Some(code);
                            }
                            _ => return Err(error.into()),
                        }
                        continue;
                    }
                };
            match self.apply(&batch, &answer, report)? {
                Applied::Taken => ended = true,
                // Nothing more that it has, so nothing more that must not come along.
                Applied::All | Applied::From(_) if ended => return Err(StationError::Forked),
                Applied::All => most = (most * 2).min(BATCH_ENTRIES),
                // It was refused a moment ago: enough for today.
                Applied::From(expected) if refused.contains(&expected) => {
                    return self.hold_back(expected, report);
                }
                Applied::From(_) => {
                    resumes += 1;
                    if resumes > MOST_RESUMES {
                        report.problem = Some("missing".to_owned());
                        return Ok(());
                    }
                }
            }
        }
    }

    /// What goes next. After damage that may have cost the journal its end, only what was salvaged goes out as this
    /// device: later entries may bear numbers that it has used before.
    fn next_batch(&self, most: usize, report: &mut SyncReport) -> Result<Vec<Outgoing>, StationError> {
        let mut access = self.store.access();
        let write = access.write()?;
        let mut batch = write.outgoing(0, most, BATCH_BYTES)?;
        if batch.iter().any(|entry| entry.key_lost) {
            report.problem = Some(ENTRY_KEY_LOST.to_owned());
        }
        if write.setting::<bool>(MUST_ENROL_ANEW)? == Some(true)
            && let Some(salvaged) = write.setting::<Salvaged>(SALVAGED)?
            && !salvaged.complete
        {
            batch.retain(|entry| entry.number <= salvaged.entries);
            report.problem = Some(JOURNAL_DAMAGED.to_owned());
        }
        Ok(batch)
    }

    fn set_entry_aside(&self, number: u64, code: &str) -> Result<(), StationError> {
        let mut access = self.store.access();
        let write = access.write()?;
        write.mark_stuck(number, code)?;
        Ok(write.commit()?)
    }

    /// The server asks for an entry that it has just refused: back to those set aside, and all behind it waits.
    fn hold_back(&self, number: u64, report: &SyncReport) -> Result<(), StationError> {
        self.set_entry_aside(number, report.problem.as_deref().unwrap_or("refused"))
    }

    /// Applies the server's results to what they name, and to nothing else.
    fn apply(
        &self,
        batch: &[Outgoing],
        answer: &EntriesAnswer,
        report: &mut SyncReport,
    ) -> Result<Applied, StationError> {
        let reach = self.reach(answer)?;
        let offered: Vec<Head> =
            batch.iter().map(|entry| Head { number: entry.number, hash: entry.hash }).collect();
        let results = classify_answer(&offered, &answer.results, reach).ok_or(ClientError::NotGatehouse)?;
        self.anchor(answer.server_time)?;
        let mut access = self.store.access();
        let write = access.write()?;
        let mut applied = Applied::All;
        for (entry, next) in batch.iter().zip(results) {
            match next {
                Next::Sent => report.sent += u64::from(write.mark_sent(entry.number, entry.hash)?),
                // An entry that the server can never take ends this device's chain, as a fork does: what comes behind
                // it goes on as a new device's.
                Next::Stuck(code) => {
                    write.mark_stuck(entry.number, &code)?;
                    return Self::end_of_chain(write);
                }
                // The server has it already: taken along it would fork the next journal, too. So would the others that
                // it has, which its answer names as well.
                Next::Taken => {
                    write.mark_stuck(entry.number, FORKED)?;
                    applied = Applied::Taken;
                }
                Next::ResumeAt(_) if matches!(applied, Applied::Taken) => break,
                Next::Forked => return Self::end_of_chain(write),
                Next::ResumeAt(expected) => {
                    write.send_again_from(expected)?;
                    applied = Applied::From(expected);
                    break;
                }
                Next::Fewer | Next::Anew | Next::AskAgain | Next::Retry(_) | Next::Pause => break,
            }
        }
        // What the server says it lacks is sent again, even if it once had it.
        for photo in &answer.photos {
            write.send_photo_again(*photo)?;
        }
        let counts = write.outbox_counts()?;
        // Only a server that has every entry knows every photo that it lacks.
        if answer.photos.len() < LONGEST_SURE_LIST && counts.waiting + counts.stuck == 0 {
            write.drop_sent_photos()?;
        }
        if matches!(applied, Applied::Taken) {
            Self::note_end_of_chain(&write)?;
            write.commit()?;
            return Ok(applied);
        }
        if reach.number > write.head()?.number {
            // The server has entries that this station does not know of: its own were lost, or a copy of it wrote them.
            return Self::end_of_chain(write);
        }
        if !answer.findings.is_empty() {
            let known = Knowledge::load(&write, 0)?;
            let moment = self.moment(&known)?;
            self.take_findings(&write, &*known.enrolment()?, &moment, &answer.findings)?;
        }
        write.commit()?;
        Ok(applied)
    }

    fn end_of_chain(write: Write<'_>) -> Result<Applied, StationError> {
        Self::note_end_of_chain(&write)?;
        write.commit()?;
        Err(StationError::Forked)
    }

    fn note_end_of_chain(write: &Write<'_>) -> Result<(), StationError> {
        write.delete_setting(NOT_KNOWN_THERE)?;
        Ok(write.put_setting(knowledge::MUST_ENROL_ANEW, &true)?)
    }

    /// How far the server has this journal, by its signed word. An answer without a receipt has nothing of it.
    fn reach(&self, answer: &EntriesAnswer) -> Result<Head, StationError> {
        let Some(receipt) = &answer.receipt else { return Ok(Head::START) };
        let known = self.knowledge()?;
        let (keys, device) = (known.keys()?, known.enrolment()?.device);
        let receipt = hex::decode(receipt).and_then(|bytes| Receipt::open(&bytes, &keys));
        match receipt.filter(|receipt| receipt.device == device) {
            Some(receipt) => Ok(Head { number: receipt.number, hash: receipt.hash }),
            None => Err(ClientError::NotGatehouse.into()),
        }
    }
}
