//! The chain of a journal: each entry names the hash of the one before.

use std::collections::HashSet;

use super::Entry;
use crate::{
    envelope::{Envelope, PublicKey, Purpose},
    id::{DeviceId, Digest32, EntryId},
};

/// Where a journal ends: the last number and the hash of its payload (0 and zeros before the first entry).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Number of the last entry.
    pub number: u64,
    /// SHA-256 of its payload.
    pub hash: Digest32,
}

impl Head {
    /// Before the first entry.
    pub const START: Self = Self { number: 0, hash: Digest32([0; 32]) };
}

/// What is wrong with an entry, in the order in which it is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChainError {
    /// Not an envelope, or a payload that breaks the grammar.
    #[error("not a journal entry")]
    Malformed,
    /// Not signed by the device's key.
    #[error("the entry's signature does not hold")]
    BadSignature,
    /// Another device's entry.
    #[error("another device's entry")]
    WrongDevice,
    /// An id or number that came before.
    #[error("an entry that was there before")]
    Duplicate,
    /// A number that leaves out one or more.
    #[error("an entry is missing before this one")]
    Gap,
    /// The number follows, the hash does not.
    #[error("the entry does not follow the one before")]
    BrokenChain,
}

impl ChainError {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::BadSignature => "bad_signature",
            Self::WrongDevice => "wrong_device",
            Self::Duplicate => "duplicate",
            Self::Gap => "gap",
            Self::BrokenChain => "broken_chain",
        }
    }
}

/// An entry whose signature and grammar hold, with the hash of its payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedEntry {
    /// The entry.
    pub entry: Entry,
    /// SHA-256 of its payload.
    pub hash: Digest32,
}

impl SignedEntry {
    /// Opens an entry's envelope by its device's key.
    ///
    /// # Errors
    /// [`ChainError::Malformed`] and [`ChainError::BadSignature`].
    pub fn open(envelope: &[u8], key: &PublicKey) -> Result<Self, ChainError> {
        let envelope = Envelope::parse(envelope).map_err(|_| ChainError::Malformed)?;
        if !envelope.verify(Purpose::Entry, key) {
            return Err(ChainError::BadSignature);
        }
        let entry = Entry::parse(envelope.payload).map_err(|_| ChainError::Malformed)?;
        Ok(Self { entry, hash: Digest32::of(envelope.payload) })
    }

    /// Whether the entry follows `head`, once it is known not to be a repetition.
    ///
    /// # Errors
    /// [`ChainError::Gap`] and [`ChainError::BrokenChain`].
    pub fn follows(&self, head: Head) -> Result<Head, ChainError> {
        if Some(self.entry.number) != head.number.checked_add(1) {
            return Err(ChainError::Gap);
        }
        if self.entry.previous != head.hash {
            return Err(ChainError::BrokenChain);
        }
        Ok(Head { number: self.entry.number, hash: self.hash })
    }
}

/// Walks one device's journal from its first entry.
#[derive(Debug)]
pub struct Chain {
    device: DeviceId,
    head: Head,
    ids: HashSet<EntryId>,
    /// Hash of each entry, by number from 1.
    hashes: Vec<Digest32>,
}

impl Chain {
    /// An empty chain of `device`.
    #[must_use]
    pub fn new(device: DeviceId) -> Self {
        Self { device, head: Head::START, ids: HashSet::new(), hashes: Vec::new() }
    }

    /// Adds the next entry.
    ///
    /// # Errors
    /// The first thing wrong with it. The chain stays as it was.
    pub fn push(&mut self, signed: &SignedEntry) -> Result<(), ChainError> {
        let entry = &signed.entry;
        if entry.device != self.device {
            return Err(ChainError::WrongDevice);
        }
        if entry.number <= self.head.number || self.ids.contains(&entry.id) {
            return Err(ChainError::Duplicate);
        }
        self.head = signed.follows(self.head)?;
        self.ids.insert(entry.id);
        self.hashes.push(signed.hash);
        Ok(())
    }

    /// Where the chain ends.
    #[must_use]
    pub const fn head(&self) -> Head {
        self.head
    }

    /// The hash of the entry with this number.
    #[must_use]
    pub fn hash_of(&self, number: u64) -> Option<Digest32> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        self.hashes.get(index).copied()
    }
}
