//! A disk that keeps for sure only what was flushed.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use crate::{Handle, Pool, Trouble};

/// What a power cut leaves whole, if it leaves it at all. Bytes.
const SECTOR: usize = 512;

/// A disk, and all that lies on it.
#[derive(Debug, Clone)]
pub struct Disk(Rc<RefCell<State>>);

#[derive(Debug)]
struct State {
    files: BTreeMap<String, Stored>,
    /// Changes until the power goes.
    fuse: Option<u64>,
    changes: u64,
    /// Flushes until one is said to have failed, although it brought all to the disk.
    failing: Option<u64>,
    quota: Option<u64>,
    random: u64,
}

#[derive(Debug, Default)]
struct Stored {
    now: Vec<u8>,
    flushed: Vec<u8>,
    since: Vec<Change>,
    /// The room that it takes: as long as it is open, all that it ever took.
    takes: u64,
}

#[derive(Debug, Clone)]
enum Change {
    Write(usize, Vec<u8>),
    Length(usize),
}

/// An open file.
#[derive(Debug)]
pub struct DiskFile {
    disk: Disk,
    key: String,
}

impl Disk {
    pub fn new(seed: u64) -> Self {
        let random = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        Self(Rc::new(RefCell::new(State {
            files: BTreeMap::new(),
            fuse: None,
            changes: 0,
            failing: None,
            quota: None,
            random,
        })))
    }

    /// A pool of so many files on it.
    pub fn pool(&self, files: usize) -> Rc<Pool<DiskFile>> {
        let files = (0..files).map(|number| self.open(&format!("{number:04}")));
        Rc::new(Pool::load(files.collect()).expect("the files can be read"))
    }

    pub fn open(&self, key: &str) -> (String, DiskFile) {
        let mut state = self.0.borrow_mut();
        state.files.entry(key.to_owned()).or_default();
        (key.to_owned(), DiskFile { disk: self.clone(), key: key.to_owned() })
    }

    /// The power goes after so many more changes.
    pub fn cut_after(&self, changes: u64) {
        self.0.borrow_mut().fuse = Some(changes);
    }

    /// After so many more flushes one is told as failed.
    pub fn fail_after(&self, flushes: u64) {
        self.0.borrow_mut().failing = Some(flushes);
    }

    pub fn is_cut(&self) -> bool {
        self.0.borrow().fuse == Some(0)
    }

    pub fn changes(&self) -> u64 {
        self.0.borrow().changes
    }

    pub fn limit(&self, quota: Option<u64>) {
        self.0.borrow_mut().quota = quota;
    }

    pub fn taken(&self) -> u64 {
        self.0.borrow().files.values().map(|file| file.takes).sum()
    }

    /// What is left when the power comes back: what was flushed, and of the rest any part.
    pub fn power(&self) {
        let mut state = self.0.borrow_mut();
        let mut random = state.random;
        for file in state.files.values_mut() {
            for change in std::mem::take(&mut file.since) {
                match change {
                    Change::Length(length) if next(&mut random).is_multiple_of(2) => {
                        file.flushed.resize(length, 0);
                    }
                    Change::Length(_) => {}
                    Change::Write(at, bytes) => {
                        // Nothing of it, or any of its sectors, one of them perhaps in part.
                        if next(&mut random).is_multiple_of(3) {
                            continue;
                        }
                        let mut from = 0;
                        while from < bytes.len() {
                            let to = ((at + from) / SECTOR * SECTOR + SECTOR - at).min(bytes.len());
                            let kept = match next(&mut random) % 8 {
                                0 | 1 => from,
                                2 => from + usize::try_from(next(&mut random)).unwrap_or(0) % (to - from),
                                _ => to,
                            };
                            put(&mut file.flushed, at + from, &bytes[from..kept]);
                            from = to;
                        }
                    }
                }
            }
            file.now = file.flushed.clone();
            file.takes = file.now.len() as u64;
        }
        state.random = random;
        state.fuse = None;
    }

    pub fn random(&self) -> u64 {
        next(&mut self.0.borrow_mut().random)
    }
}

fn next(word: &mut u64) -> u64 {
    *word ^= *word << 13;
    *word ^= *word >> 7;
    *word ^= *word << 17;
    *word >> 11
}

fn put(file: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    if !bytes.is_empty() {
        file.resize(file.len().max(at + bytes.len()), 0);
        file[at..at + bytes.len()].copy_from_slice(bytes);
    }
}

fn place(at: u64) -> usize {
    usize::try_from(at).expect("a small file")
}

impl DiskFile {
    fn with<T>(&self, work: impl FnOnce(&mut Stored) -> T) -> Result<T, Trouble> {
        let mut state = self.disk.0.borrow_mut();
        if state.fuse == Some(0) {
            return Err(Trouble::Failed("no power".to_owned()));
        }
        Ok(work(state.files.get_mut(&self.key).ok_or(Trouble::NotThere)?))
    }

    /// A change, if there is power and room for it.
    fn change(&self, length: usize, work: impl FnOnce(&mut Stored)) -> Result<(), Trouble> {
        let takes = self.disk.taken();
        let mut state = self.disk.0.borrow_mut();
        let quota = state.quota;
        if state.fuse == Some(0) {
            return Err(Trouble::Failed("no power".to_owned()));
        }
        state.fuse = state.fuse.map(|left| left - 1);
        state.changes += 1;
        let file = state.files.get_mut(&self.key).ok_or(Trouble::NotThere)?;
        let more = (length as u64).saturating_sub(file.takes);
        if more > 0 && quota.is_some_and(|quota| takes + more > quota) {
            return Err(Trouble::Full);
        }
        file.takes += more;
        work(file);
        Ok(())
    }
}

impl Handle for DiskFile {
    fn read_at(&self, bytes: &mut [u8], at: u64) -> Result<usize, Trouble> {
        self.with(|file| {
            let there = file.now.get(place(at)..).unwrap_or_default();
            let read = there.len().min(bytes.len());
            bytes[..read].copy_from_slice(&there[..read]);
            read
        })
    }

    fn write_at(&self, bytes: &[u8], at: u64) -> Result<(), Trouble> {
        self.change(place(at) + bytes.len(), |file| {
            put(&mut file.now, place(at), bytes);
            file.since.push(Change::Write(place(at), bytes.to_vec()));
        })
    }

    fn truncate(&self, size: u64) -> Result<(), Trouble> {
        self.change(place(size), |file| {
            file.now.resize(place(size), 0);
            file.since.push(Change::Length(place(size)));
        })
    }

    fn flush(&self) -> Result<(), Trouble> {
        self.change(0, |file| {
            file.flushed = file.now.clone();
            file.since.clear();
        })?;
        let mut state = self.disk.0.borrow_mut();
        let left = state.failing.take();
        state.failing = left.and_then(|left| left.checked_sub(1));
        if left == Some(0) { Err(Trouble::Failed("flushed all the same".to_owned())) } else { Ok(()) }
    }

    fn size(&self) -> Result<u64, Trouble> {
        self.with(|file| file.now.len() as u64)
    }

    fn close(&self) {
        let _ = self.with(|file| file.takes = file.now.len() as u64);
    }
}
