//! Everything that a scan rests on, in memory, and the settings that it is read from.

use std::sync::Arc;

use serde::{Deserialize, Serialize, de::IgnoredAny};

use super::result::ScannedBy;
use crate::{
    decision::Code,
    device::{StationError, store::Write},
    envelope::PublicKey,
    gatepack::{GatePack, PhotoPolicy, Policy, SiteRecord},
    hex,
    id::{DeviceId, Digest32, OrgCode, PersonId, ShiftId, SiteNumber},
    keys::KeySet,
    place::{Fix, Whereabouts},
    time::{TimeKeeper, UnixMillis},
};

pub(super) const KEYS: &str = "keys";
/// The envelope of the pack in use, full or delta.
pub(super) const PACK: &str = "pack";
/// The content that came of it where that envelope is a delta's: its signed hash vouches for these bytes.
pub(super) const PACK_CONTENT: &str = "pack-content";
/// Up to where the server had the journal when it made the pack in use.
pub(super) const PACK_HEARD: &str = "pack-heard";
pub(super) const POLICY: &str = "policy";
pub(super) const GUARD: &str = "guard";
/// Everyone who signed in here before.
pub(super) const GUARDS: &str = "guards";
/// When the list of faces was fetched.
pub(super) const FACES_LISTED: &str = "faces-listed";
/// When the server was last asked whom to forget.
pub(super) const ERASURES_ASKED: &str = "erasures-asked";
pub(super) const SHIFT: &str = "shift";
/// When this station learned that an admin had revoked it.
pub(super) const REVOKED: &str = "revoked";
/// What the server refused a guard, and under which token.
pub(super) const GUARD_REFUSED: &str = "guard-refused";
pub(super) const TIME: &str = "time";
pub(super) const LAST_SYNC: &str = "last-sync";
/// When the next synchronisation is due.
pub(super) const BACKOFF: &str = "backoff";
pub(super) use crate::device::store::{ENROLMENT, MUST_ENROL_ANEW, SALVAGED};

/// Whose station this is.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Enrolment {
    pub url: String,
    pub org: OrgCode,
    pub organisation: String,
    pub device: DeviceId,
    pub token: String,
    #[serde(with = "hex::serde_bytes")]
    pub certificate: Vec<u8>,
    /// The public half of the journal key.
    #[serde(with = "hex::serde_bytes")]
    pub key: [u8; 32],
    /// SHA-256 of the root that is trusted.
    pub pin: Digest32,
    #[serde(with = "hex::serde_bytes")]
    pub root: [u8; 32],
}

/// The guard who is signed in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Guard {
    pub person: PersonId,
    pub name: String,
    pub token: String,
    /// The device that the guard signed in on: this station, or what it was before it was enrolled anew. Nothing where
    /// an earlier version kept it, which was this station's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
}

/// The shift that is running.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Shift {
    pub id: ShiftId,
    pub guard: PersonId,
    pub site: SiteNumber,
    pub site_name: String,
    pub started: UnixMillis,
    /// What stood against the phone's place when it began.
    #[serde(default)]
    pub location: Option<Code>,
}

/// Everything that a scan needs, in memory.
#[derive(Debug, Clone)]
pub(super) struct Knowledge {
    pub version: i64,
    pub enrolment: Option<Arc<Enrolment>>,
    pub keys: Option<Arc<KeySet>>,
    pub pack: Option<Arc<GatePack>>,
    pub policy: Policy,
    pub guard: Option<Guard>,
    /// Nobody is signed in, but somebody was before.
    pub locked: bool,
    pub shift: Option<Shift>,
    pub time: TimeKeeper,
    /// Whether an admin revoked this station, as far as it knows.
    pub revoked: bool,
}

impl Knowledge {
    pub(super) fn load(write: &Write<'_>, version: i64) -> Result<Self, StationError> {
        let enrolment: Option<Enrolment> = write.setting(ENROLMENT)?;
        let keys = match (&enrolment, write.setting_bytes(KEYS)?) {
            (Some(enrolment), Some(bytes)) => KeySet::open(&bytes, &PublicKey::new(enrolment.root)).ok(),
            _ => None,
        };
        // A pack whose key the key set lacks is dropped: nothing vouches for it any more.
        let pack = match (&keys, write.setting_bytes(PACK)?) {
            (Some(keys), Some(bytes)) => {
                let content = write.setting_bytes(PACK_CONTENT)?;
                GatePack::reopen(&bytes, content.as_deref(), keys).ok()
            }
            _ => None,
        };
        let guard: Option<Guard> = write.setting(GUARD)?;
        let locked =
            guard.is_none() && write.setting::<Vec<IgnoredAny>>(GUARDS)?.is_some_and(|all| !all.is_empty());
        Ok(Self {
            version,
            enrolment: enrolment.map(Arc::new),
            keys: keys.map(Arc::new),
            policy: write.setting(POLICY)?.unwrap_or_default(),
            pack: pack.map(Arc::new),
            guard,
            locked,
            shift: write.setting(SHIFT)?,
            time: write.setting(TIME)?.unwrap_or_default(),
            revoked: write.setting::<UnixMillis>(REVOKED)?.is_some(),
        })
    }

    pub(super) fn enrolment(&self) -> Result<Arc<Enrolment>, StationError> {
        self.enrolment.clone().ok_or(StationError::NotEnrolled)
    }

    pub(super) fn keys(&self) -> Result<Arc<KeySet>, StationError> {
        self.keys.clone().ok_or(StationError::NotEnrolled)
    }

    pub(super) fn guard(&self) -> Result<Guard, StationError> {
        match &self.guard {
            Some(guard) => Ok(guard.clone()),
            // Whatever lacks first is what to do first.
            None if self.enrolment.is_none() => Err(StationError::NotEnrolled),
            None if self.locked => Err(StationError::Locked),
            None => Err(StationError::NotSignedIn),
        }
    }

    /// Whether a photo is taken of someone at a site.
    pub(super) fn photo_policy(&self, site: SiteNumber, kind: ScannedBy) -> PhotoPolicy {
        self.site(site).map_or(PhotoPolicy::Optional, |site| match kind {
            ScannedBy::WalkUp => site.walk_up_photo,
            _ => site.arrival_photo,
        })
    }

    /// Where the phone is relative to a site.
    pub(super) fn whereabouts(&self, site: SiteNumber, fix: Option<&Fix>) -> Whereabouts {
        let fence = self.site(site).and_then(|site| site.geofence);
        fence.map_or(Whereabouts::NotChecked, |fence| fence.locate(fix))
    }

    /// What a site is called; its number where the pack does not name it.
    pub(super) fn site_name(&self, number: SiteNumber) -> String {
        self.site(number).map_or_else(|| number.to_string(), |site| site.name)
    }

    pub(super) fn site(&self, number: SiteNumber) -> Option<SiteRecord> {
        self.pack.as_ref().and_then(|pack| pack.content.site(number))
    }
}
