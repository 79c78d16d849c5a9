//! The gate pack: what a guard's phone knows offline. A signed snapshot with a number that only rises.

mod content;
mod records;
mod revoked;

pub use content::{Content, Section};
pub use records::{Ban, ExpectedVisit, GuardRecord, PhotoPolicy, Policy, SiteRecord};
pub use revoked::{List, Revoked, RevokedBuilder, prefix};

use ed25519_dalek::SigningKey;

use crate::{
    cbor::{CborError, MapReader, Reader, Writer},
    envelope::{self, Envelope, Purpose},
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
    /// The content does not have the hash that the pack names.
    #[error("the gate pack's content does not match its hash")]
    WrongHash,
    /// A delta where a full pack is needed.
    #[error("the gate pack is a delta, and its base is not there")]
    MissingBase,
    /// Older than the one in use.
    #[error("the gate pack is older than the one in use")]
    Rollback,
    /// The same number as the one in use, with other content: someone has forged or forked.
    #[error("two gate packs carry the same number")]
    Conflict,
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
    /// Whatever the format refuses, deltas included.
    pub fn open(bytes: &[u8], keys: &KeySet) -> Result<Self, PackError> {
        let envelope = Envelope::parse(bytes)?;
        let header = keys
            .verify_packed(
                &envelope,
                Purpose::Pack,
                |reader| reader.map(Header::read),
                |header| header.issued_at,
            )
            .ok_or(PackError::BadSignature)?;
        if header.org != keys.org {
            return Err(PackError::WrongOrg);
        }
        if header.base.is_some() {
            return Err(PackError::MissingBase);
        }
        if Digest32::of(&header.content) != header.content_hash {
            return Err(PackError::WrongHash);
        }
        let content = Content::parse(&header.content)?;
        if header.device.is_none() && content.codes.is_some() {
            return Err(CborError::Unexpected.into());
        }
        Ok(Self {
            org: header.org,
            device: header.device,
            seq: header.seq,
            issued_at: header.issued_at,
            next_update: header.next_update,
            hard_expiry: header.hard_expiry,
            content_hash: header.content_hash,
            content,
        })
    }

    /// Takes over a newer pack, as a phone does: never another device's, never an older one.
    ///
    /// # Errors
    /// As [`Self::open`], and [`PackError::WrongDevice`], [`PackError::Rollback`], [`PackError::Conflict`].
    pub fn succeed(
        current: Option<&Self>,
        device: DeviceId,
        bytes: &[u8],
        keys: &KeySet,
    ) -> Result<Self, PackError> {
        let next = Self::open(bytes, keys)?;
        if next.device.is_some_and(|named| named != device) {
            return Err(PackError::WrongDevice);
        }
        match current {
            Some(current) if next.seq < current.seq => Err(PackError::Rollback),
            Some(current) if next.seq == current.seq && next.content_hash != current.content_hash => {
                Err(PackError::Conflict)
            }
            _ => Ok(next),
        }
    }

    /// The pack's envelope. The hash is computed here; `content_hash` is not looked at.
    #[must_use]
    pub fn sign(&self, key: &SigningKey) -> Vec<u8> {
        let content = self.content.to_bytes();
        let mut writer = Writer::with_capacity(content.len() + 128);
        writer.map(9).uint(1).text(self.org.as_str()).uint(2);
        match &self.device {
            Some(device) => writer.bytes(device.as_bytes()),
            None => writer.null(),
        };
        writer.uint(3).uint(self.seq).uint(4).null().uint(5).uint(self.issued_at.get());
        writer.uint(6).uint(self.next_update.get()).uint(7).uint(self.hard_expiry.get());
        writer.uint(8).bytes(Digest32::of(&content).as_bytes()).uint(9).raw(&content);
        envelope::sign(Purpose::Pack, key, &writer.finish())
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

struct Header {
    org: OrgCode,
    device: Option<DeviceId>,
    seq: u64,
    base: Option<u64>,
    issued_at: UnixSeconds,
    next_update: UnixSeconds,
    hard_expiry: UnixSeconds,
    content_hash: Digest32,
    content: Vec<u8>,
}

impl Header {
    fn read(map: &mut MapReader<'_, '_>) -> Result<Self, CborError> {
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
        if map.next_key()?.is_some() || issued_at > next_update || next_update > hard_expiry {
            return Err(CborError::Unexpected);
        }
        let content = content.to_vec();
        Ok(Self { org, device, seq, base, issued_at, next_update, hard_expiry, content_hash, content })
    }
}
