//! The gate pack: what a guard's phone knows offline. A signed snapshot with a number that only rises.

mod change;
mod content;
mod delta;
pub mod expected;
mod present;
mod records;
mod revoked;
mod sorted;

pub use change::Changes;
pub use content::{Content, Section};
pub use delta::{Delta, Update};
pub use present::PresentVisitor;
pub use records::{Ban, ExpectedVisit, GuardRecord, PhotoPolicy, Policy, SiteRecord};
pub use revoked::{List, Revoked, RevokedBuilder, prefix};

use ed25519_dalek::SigningKey;

use crate::{
    cbor::{CborError, MapReader, Reader, Writer},
    envelope::{self, Purpose},
    id::{DeviceId, Digest32, OrgCode},
    keys::{KeySet, org, time},
    time::UnixSeconds,
};

/// Why a gate pack is refused. The last good one stays in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// Not an envelope or not a pack of the format.
    #[error("not a gate pack")]
    Malformed(#[from] CborError),
    /// Signature, key, purpose or the key's time is wrong.
    #[error("the gate pack's signature does not hold")]
    BadSignature,
    /// Of another organisation.
    #[error("the gate pack is another organisation's")]
    WrongOrg,
    /// Made for another device.
    #[error("the gate pack is another device's")]
    WrongDevice,
    /// The content, after a delta the outcome, does not have the hash that the pack names.
    #[error("the gate pack's content does not match its hash")]
    WrongHash,
    /// A delta, and the pack that it builds on is not the one in use.
    #[error("the gate pack is a delta, and its base is not there")]
    MissingBase,
    /// Older than the one in use.
    #[error("the gate pack is older than the one in use")]
    Rollback,
    /// The same number as the one in use, with other content: someone has forged or forked.
    #[error("two gate packs carry the same number")]
    Conflict,
}

impl PackError {
    /// Whether a full pack may succeed where this delta did not.
    #[must_use]
    pub const fn wants_full(self) -> bool {
        matches!(self, Self::MissingBase | Self::WrongHash | Self::Malformed(_))
    }
}

/// How old a pack is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackAge {
    /// Before its next update was due.
    Fresh,
    /// Past its next update.
    Stale,
    /// Past its hard expiry.
    Expired,
}

/// A verified full gate pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatePack {
    /// Whose pack.
    pub org: OrgCode,
    /// The device that it was made for; nothing is any, then without codes.
    pub device: Option<DeviceId>,
    /// Its number, one counter for the organisation.
    pub seq: u64,
    /// When it was issued.
    pub issued_at: UnixSeconds,
    /// When the next one is due.
    pub next_update: UnixSeconds,
    /// From when on it counts as expired.
    pub hard_expiry: UnixSeconds,
    /// SHA-256 of the content's encoding.
    pub content_hash: Digest32,
    /// What it says.
    pub content: Content,
}

impl GatePack {
    /// Reads and verifies a full pack of any device.
    ///
    /// # Errors
    /// Whatever the format refuses; a delta is [`PackError::MissingBase`].
    pub fn open(bytes: &[u8], keys: &KeySet) -> Result<Self, PackError> {
        match Update::open(bytes, keys)? {
            Update::Full(pack) => Ok(*pack),
            Update::Delta(_) => Err(PackError::MissingBase),
        }
    }

    /// Opens again what a phone kept: the envelope of the pack in use and, where that is a delta, the content that
    /// came of it. Content that the envelope's signed hash does not vouch for is refused.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn reopen(bytes: &[u8], content: Option<&[u8]>, keys: &KeySet) -> Result<Self, PackError> {
        match Update::open(bytes, keys)? {
            Update::Full(pack) => Ok(*pack),
            Update::Delta(delta) => delta.with_content(content.ok_or(PackError::MissingBase)?),
        }
    }

    /// Takes over a newer pack, full or a delta to the current one, as a phone does: never another device's, never an
    /// older one.
    ///
    /// # Errors
    /// As [`Update::open`] and [`Update::apply`].
    pub fn succeed(
        current: Option<&Self>,
        device: DeviceId,
        bytes: &[u8],
        keys: &KeySet,
    ) -> Result<Self, PackError> {
        Update::open(bytes, keys)?.apply(current, device)
    }

    /// The pack's envelope. The hash is computed here; `content_hash` is not looked at.
    #[must_use]
    pub fn sign(&self, key: &SigningKey) -> Vec<u8> {
        let content = self.content.to_bytes();
        self.header(None, Digest32::of(&content)).sign(&content, key)
    }

    fn header(&self, base: Option<u64>, content_hash: Digest32) -> Header {
        Header {
            org: self.org.clone(),
            device: self.device,
            seq: self.seq,
            base,
            issued_at: self.issued_at,
            next_update: self.next_update,
            hard_expiry: self.hard_expiry,
            content_hash,
        }
    }

    /// How old the pack is at `now`.
    #[must_use]
    pub fn age(&self, now: UnixSeconds) -> PackAge {
        if now < self.next_update {
            PackAge::Fresh
        } else if now < self.hard_expiry {
            PackAge::Stale
        } else {
            PackAge::Expired
        }
    }
}

/// What a pack says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Header {
    org: OrgCode,
    device: Option<DeviceId>,
    seq: u64,
    /// The pack that a delta builds on; a full pack has none.
    base: Option<u64>,
    issued_at: UnixSeconds,
    next_update: UnixSeconds,
    hard_expiry: UnixSeconds,
    content_hash: Digest32,
}

impl Header {
    /// The header, and the bytes of the content or of its changes.
    fn read(map: &mut MapReader<'_, '_>) -> Result<(Self, Vec<u8>), CborError> {
        map.expect_key(1)?;
        let org = org(map)?;
        map.expect_key(2)?;
        let device = if map.take_null() { None } else { Some(DeviceId(map.array_of()?)) };
        map.expect_key(3)?;
        let seq = map.uint()?;
        map.expect_key(4)?;
        let base = map.optional_uint()?;
        map.expect_key(5)?;
        let issued_at = time(map)?;
        map.expect_key(6)?;
        let next_update = time(map)?;
        map.expect_key(7)?;
        let hard_expiry = time(map)?;
        map.expect_key(8)?;
        let content_hash = Digest32(map.array_of()?);
        map.expect_key(9)?;
        let (_, content) = map.encoded(Reader::skip)?;
        let in_order = issued_at <= next_update && next_update <= hard_expiry;
        if map.next_key()?.is_some() || !in_order || base.is_some_and(|base| base >= seq) {
            return Err(CborError::Unexpected);
        }
        let header = Self { org, device, seq, base, issued_at, next_update, hard_expiry, content_hash };
        Ok((header, content.to_vec()))
    }

    fn sign(&self, content: &[u8], key: &SigningKey) -> Vec<u8> {
        let mut writer = Writer::with_capacity(content.len() + 160);
        writer.map(9).uint(1).text(self.org.as_str()).uint(2);
        match &self.device {
            Some(device) => writer.bytes(device.as_bytes()),
            None => writer.null(),
        };
        writer.uint(3).uint(self.seq).uint(4).optional_uint(self.base).uint(5).uint(self.issued_at.get());
        writer.uint(6).uint(self.next_update.get()).uint(7).uint(self.hard_expiry.get());
        writer.uint(8).bytes(self.content_hash.as_bytes()).uint(9).raw(content);
        envelope::sign(Purpose::Pack, key, &writer.finish())
    }

    /// The pack with this content. Its hash must have been checked.
    fn with(self, content: Content) -> Result<GatePack, PackError> {
        if self.device.is_none() && content.codes.is_some() {
            return Err(CborError::Unexpected.into());
        }
        Ok(GatePack {
            org: self.org,
            device: self.device,
            seq: self.seq,
            issued_at: self.issued_at,
            next_update: self.next_update,
            hard_expiry: self.hard_expiry,
            content_hash: self.content_hash,
            content,
        })
    }
}
