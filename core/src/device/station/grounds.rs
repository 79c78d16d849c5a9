//! What a judgement of an undecided event rests on, kept so that it can be made anew from what is learned later, without
//! the code's text, which nothing keeps.

use serde::{Deserialize, Serialize};

use super::Knowledge;
use crate::{
    cbor::Value,
    decision::{Evidence, OnlineAnswer, PastUses},
    envelope::PublicKey,
    gatepack::ExpectedVisit,
    hex,
    id::{Digest32, SiteNumber},
    keys::KeySet,
    pass::{Claims, Opened},
    place::Fix,
    time::{Now, UnixMillis, UnixSeconds},
};

/// The facts of a judgement, apart from what it came to.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Grounds {
    /// Digest of the content of the gate pack that was looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pack: Option<Digest32>,
    /// Version of the key set.
    #[serde(default)]
    keys: Option<u64>,
    /// Whether the station knew that it was revoked.
    #[serde(default)]
    revoked: bool,
    /// Whether the time was the server's.
    trusted: bool,
    /// Where the phone was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fix: Option<Fix>,
    /// What the server answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer: Option<OnlineAnswer>,
    /// What was held up or typed.
    pub shown: Shown,
}

/// What was held up or typed.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Shown {
    /// A code.
    Code {
        /// Digest of its text.
        text: Digest32,
        /// Its content, where its signatures held.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pass: Option<KeptPass>,
    },
    /// The name of an expected visitor: the record of the visit.
    Expected(#[serde(with = "hex::serde_bytes")] Vec<u8>),
    /// The name of a walk-up.
    WalkUp,
}

/// A pass that was opened, as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct KeptPass {
    #[serde(with = "hex::serde_bytes")]
    claims: Vec<u8>,
    #[serde(with = "hex::serde_bytes")]
    key: [u8; 32],
    #[serde(default, skip_serializing_if = "Option::is_none")]
    proof_time: Option<UnixSeconds>,
}

impl Grounds {
    /// The grounds of a judgement that is made now.
    pub(super) fn of(
        known: &Knowledge,
        now: Now,
        fix: Option<Fix>,
        answer: Option<OnlineAnswer>,
        shown: Shown,
    ) -> Self {
        Self {
            pack: known.pack.as_ref().map(|pack| pack.content_hash),
            keys: known.keys.as_ref().map(|keys| keys.version),
            revoked: known.revoked,
            trusted: now.trusted().is_some(),
            fix,
            answer,
            shown,
        }
    }

    /// Whether nothing came since.
    pub(super) fn hold_still(&self, known: &Knowledge) -> bool {
        self.pack == known.pack.as_ref().map(|pack| pack.content_hash)
            && self.keys == known.keys.as_ref().map(|keys| keys.version)
            && self.revoked == known.revoked
    }

    /// The same with what is known now.
    pub(super) fn renewed(self, known: &Knowledge) -> Self {
        Self {
            pack: known.pack.as_ref().map(|pack| pack.content_hash),
            keys: known.keys.as_ref().map(|keys| keys.version),
            revoked: known.revoked,
            answer: self.answer.filter(|_| !known.revoked),
            ..self
        }
    }

    /// Whether they are about the code with this digest.
    pub(super) fn are_of(&self, code: &Digest32) -> bool {
        matches!(&self.shown, Shown::Code { text, .. } if text == code)
    }

    /// What is known now, at the time and place of the showing: that time has passed since is no news.
    pub(super) fn evidence<'a>(
        &'a self,
        known: &'a Knowledge,
        keys: &'a KeySet,
        site: SiteNumber,
        at: UnixMillis,
        uses: Option<PastUses>,
    ) -> Evidence<'a> {
        Evidence {
            now: if self.trusted { Now::Trusted(at) } else { Now::Untrusted(at) },
            keys,
            pack: known.pack.as_deref(),
            policy: known.policy,
            online: self.answer.as_ref().filter(|_| !known.revoked),
            site: Some(site),
            whereabouts: known.whereabouts(site, self.fix.as_ref()),
            uses,
        }
    }

    /// Where the phone was.
    pub(super) const fn fix(&self) -> Option<&Fix> {
        self.fix.as_ref()
    }
}

impl Shown {
    /// A code, and what came of opening it.
    pub(super) fn code(text: Digest32, opened: Option<&Opened>) -> Self {
        let pass = opened.map(|opened| KeptPass {
            claims: opened.claims.to_bytes(),
            key: *opened.key.as_bytes(),
            proof_time: opened.proof_time,
        });
        Self::Code { text, pass }
    }

    /// An expected visitor's name.
    pub(super) fn expected(visit: &ExpectedVisit) -> Self {
        Self::Expected(Value::Array(visit.to_fields()).to_bytes())
    }
}

impl KeptPass {
    /// The pass as it was opened; nothing where what is kept cannot be read.
    pub(super) fn opened(&self) -> Option<Opened> {
        let claims = Claims::parse(&self.claims).ok()?;
        Some(Opened { claims, proof_time: self.proof_time, key: PublicKey::new(self.key) })
    }
}

/// The record of a visit as it was kept.
pub(super) fn kept_visit(record: &[u8]) -> Option<ExpectedVisit> {
    ExpectedVisit::from_fields(Value::from_bytes(record).ok()?.as_array()?)
}
