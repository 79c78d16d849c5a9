//! What changed since an earlier gate pack, and what comes of applying it.

use ed25519_dalek::SigningKey;

use super::{Changes, Content, GatePack, Header, PackError};
use crate::{
    cbor::CborError,
    envelope::{Envelope, Purpose},
    id::{DeviceId, Digest32},
    keys::KeySet,
};

/// A verified pack as it arrived: whole, or what changed since an earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Update {
    /// A full pack.
    Full(Box<GatePack>),
    /// A pack that builds on another.
    Delta(Delta),
}

impl Update {
    /// Reads and verifies a pack of any device.
    ///
    /// # Errors
    /// Whatever the format refuses. Whether a delta fits is seen when it is applied.
    pub fn open(bytes: &[u8], keys: &KeySet) -> Result<Self, PackError> {
        let envelope = Envelope::parse(bytes)?;
        let (header, content) = keys
            .verify_packed(
                &envelope,
                Purpose::Pack,
                |reader| reader.map(Header::read),
                |(header, _)| header.issued_at,
            )
            .ok_or(PackError::BadSignature)?;
        if header.org != keys.org {
            return Err(PackError::WrongOrg);
        }
        if header.base.is_some() {
            let changes = Changes::parse(&content)?;
            if header.device.is_none() && changes.has_codes() {
                return Err(CborError::Unexpected.into());
            }
            return Ok(Self::Delta(Delta { header, changes }));
        }
        if Digest32::of(&content) != header.content_hash {
            return Err(PackError::WrongHash);
        }
        let content = Content::parse(&content)?;
        header.with(content).map(|pack| Self::Full(Box::new(pack)))
    }

    /// Takes the update over from `current`, as a phone does. A delta that leads to the pack in use gives that.
    ///
    /// # Errors
    /// [`PackError::WrongDevice`], [`PackError::Rollback`], [`PackError::Conflict`]; a delta that does not fit is
    /// [`PackError::MissingBase`] or [`PackError::WrongHash`]: a full pack is needed.
    pub fn apply(self, current: Option<&GatePack>, device: DeviceId) -> Result<GatePack, PackError> {
        let (named, seq, content_hash) = match &self {
            Self::Full(pack) => (pack.device, pack.seq, pack.content_hash),
            Self::Delta(delta) => (delta.header.device, delta.header.seq, delta.header.content_hash),
        };
        if named.is_some_and(|named| named != device) {
            return Err(PackError::WrongDevice);
        }
        let again = match current {
            Some(current) if seq < current.seq => return Err(PackError::Rollback),
            Some(current) if seq == current.seq && content_hash != current.content_hash => {
                return Err(PackError::Conflict);
            }
            Some(current) => seq == current.seq,
            None => false,
        };
        match (self, current) {
            (Self::Full(pack), _) => Ok(*pack),
            (Self::Delta(_), Some(current)) if again => Ok(current.clone()),
            (Self::Delta(delta), Some(current)) => delta.apply(current),
            (Self::Delta(_), None) => Err(PackError::MissingBase),
        }
    }
}

/// A verified delta: what changed since the pack with an earlier number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delta {
    header: Header,
    changes: Changes,
}

impl Delta {
    /// What makes `new` of `old`, to be signed. The hash is computed here; `content_hash` of neither is looked at.
    #[must_use]
    pub fn between(old: &GatePack, new: &GatePack) -> Self {
        Self::since(old.seq, &old.content, new)
    }

    /// The same from the number and content of the older pack.
    #[must_use]
    pub fn since(base: u64, old: &Content, new: &GatePack) -> Self {
        let content_hash = Digest32::of(&new.content.to_bytes());
        Self { header: new.header(Some(base), content_hash), changes: Changes::between(old, &new.content) }
    }

    /// The delta's envelope. Nobody can open it unless its base has a lower number.
    #[must_use]
    pub fn sign(&self, key: &SigningKey) -> Vec<u8> {
        self.header.sign(&self.changes.to_bytes(), key)
    }

    /// The number of the pack that the delta builds on.
    #[must_use]
    pub fn base(&self) -> u64 {
        self.header.base.unwrap_or_default()
    }

    /// The full pack that comes of `base`.
    ///
    /// # Errors
    /// [`PackError::MissingBase`] where `base` is another pack, [`PackError::WrongHash`] where the outcome is not
    /// what was signed. Both mean that a full pack is needed.
    pub fn apply(self, base: &GatePack) -> Result<GatePack, PackError> {
        if self.header.base != Some(base.seq) {
            return Err(PackError::MissingBase);
        }
        let content = self.changes.apply(&base.content);
        if Digest32::of(&content.to_bytes()) != self.header.content_hash {
            return Err(PackError::WrongHash);
        }
        self.header.with(content)
    }

    /// The full pack with this encoded content, which the delta's signed hash vouches for.
    pub(super) fn with_content(self, content: &[u8]) -> Result<GatePack, PackError> {
        if Digest32::of(content) != self.header.content_hash {
            return Err(PackError::WrongHash);
        }
        self.header.with(Content::parse(content)?)
    }
}
