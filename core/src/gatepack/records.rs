//! What the project lays out within the sections. Readers pass over fields that they do not know and records that
//! they cannot read; what denies (revocations and bans) is part of the strict grammar instead.

use std::num::NonZeroU32;

use crate::{
    access::reaches,
    cbor::Value,
    id::{Digest32, PersonId, SiteNumber, SubjectId},
    place::{Geofence, GeofenceRule},
    time::UnixSeconds,
};

/// Whether a photo is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotoPolicy {
    /// Never.
    Off,
    /// If the guard wishes.
    #[default]
    Optional,
    /// No grant without one.
    Required,
}

impl PhotoPolicy {
    const fn number(self) -> u64 {
        match self {
            Self::Off => 0,
            Self::Optional => 1,
            Self::Required => 2,
        }
    }

    const fn from_number(number: u64) -> Self {
        match number {
            0 => Self::Off,
            2 => Self::Required,
            _ => Self::Optional,
        }
    }
}

/// A site: `[number, name, time zone, geofence / null, arrival photo, walk-up photo, show face]`, geofence
/// `[latitude, longitude (millionths of a degree), radius in metres, 0 ignore / 1 flag / 2 block, buffer in metres]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteRecord {
    /// Its number.
    pub number: SiteNumber,
    /// Its name.
    pub name: String,
    /// Its IANA time zone.
    pub time_zone: String,
    /// Where it lies, if that is checked.
    pub geofence: Option<Geofence>,
    /// Photo of an invited visitor on arrival.
    pub arrival_photo: PhotoPolicy,
    /// Photo of a walk-up visitor.
    pub walk_up_photo: PhotoPolicy,
    /// Whether a member's own or a visitor's host-supplied photo may be shown beside the verdict.
    pub show_face: bool,
}

impl SiteRecord {
    /// The record's fields.
    #[must_use]
    pub fn to_fields(&self) -> Vec<Value> {
        let geofence = self.geofence.map(|fence| {
            Value::Array(vec![
                Value::int(fence.latitude_e6.into()),
                Value::int(fence.longitude_e6.into()),
                Value::Uint(fence.radius_m.into()),
                Value::Uint(fence.rule.number()),
                Value::Uint(fence.buffer_m.into()),
            ])
        });
        vec![
            Value::Uint(self.number.get().into()),
            self.name.as_str().into(),
            self.time_zone.as_str().into(),
            geofence.into(),
            Value::Uint(self.arrival_photo.number()),
            Value::Uint(self.walk_up_photo.number()),
            self.show_face.into(),
        ]
    }

    /// Reads a record; nothing where it is laid out otherwise.
    #[must_use]
    pub fn from_fields(fields: &[Value]) -> Option<Self> {
        let [number, name, rest @ ..] = fields else { return None };
        let policy = |index: usize| {
            rest.get(index).and_then(Value::as_uint).map(PhotoPolicy::from_number).unwrap_or_default()
        };
        Some(Self {
            number: SiteNumber::new(number.as_uint()?)?,
            name: name.as_text()?.to_owned(),
            time_zone: rest.first().and_then(Value::as_text).unwrap_or("UTC").to_owned(),
            geofence: rest.get(1).and_then(Value::as_array).and_then(geofence),
            arrival_photo: policy(2),
            walk_up_photo: policy(3),
            show_face: rest.get(4).and_then(Value::as_bool).unwrap_or_default(),
        })
    }
}

fn geofence(fields: &[Value]) -> Option<Geofence> {
    let [latitude, longitude, radius, rule, rest @ ..] = fields else { return None };
    let buffer = rest.first().and_then(Value::as_uint).and_then(|metres| metres.try_into().ok());
    Some(Geofence {
        latitude_e6: latitude.as_int()?.try_into().ok()?,
        longitude_e6: longitude.as_int()?.try_into().ok()?,
        radius_m: radius.as_uint()?.try_into().ok()?,
        rule: GeofenceRule::from_number(rule.as_uint()?),
        buffer_m: buffer.unwrap_or(Geofence::DEFAULT_BUFFER_M),
    })
}

/// A guard: `[person, name, [site, ...] / null for all]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuardRecord {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Where they work; nothing is everywhere.
    pub sites: Option<Vec<SiteNumber>>,
}

impl GuardRecord {
    /// The record's fields.
    #[must_use]
    pub fn to_fields(&self) -> Vec<Value> {
        vec![
            self.person.as_bytes().as_slice().into(),
            self.name.as_str().into(),
            sites_value(self.sites.as_deref()),
        ]
    }

    /// Reads a record; nothing where it is laid out otherwise.
    #[must_use]
    pub fn from_fields(fields: &[Value]) -> Option<Self> {
        let [person, name, sites, ..] = fields else { return None };
        Some(Self {
            person: person.as_bytes()?.try_into().ok()?,
            name: name.as_text()?.to_owned(),
            sites: read_sites(sites)?,
        })
    }

    /// Whether the guard works at `site`.
    #[must_use]
    pub fn works_at(&self, site: SiteNumber) -> bool {
        reaches(self.sites.as_deref(), site)
    }
}

/// An expected visit:
/// `[subject, name, host / null, [site, ...] / null, from, until, most uses / null, photo's digest / null, uses]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedVisit {
    /// The invitation.
    pub subject: SubjectId,
    /// The visitor.
    pub name: String,
    /// Who invited.
    pub host: Option<String>,
    /// Where to; nothing is any site.
    pub sites: Option<Vec<SiteNumber>>,
    /// From when on.
    pub from: UnixSeconds,
    /// Until when.
    pub until: UnixSeconds,
    /// Most uses, if limited.
    pub max_uses: Option<u32>,
    /// The digest of a photo of the visitor that the host supplied.
    pub photo: Option<Digest32>,
    /// Grants that the server knew of when the pack was issued.
    pub uses: u32,
}

impl ExpectedVisit {
    /// The record's fields.
    #[must_use]
    pub fn to_fields(&self) -> Vec<Value> {
        vec![
            self.subject.as_bytes().as_slice().into(),
            self.name.as_str().into(),
            self.host.as_deref().into(),
            sites_value(self.sites.as_deref()),
            self.from.get().into(),
            self.until.get().into(),
            self.max_uses.map(u64::from).into(),
            self.photo.as_ref().map(|digest| digest.as_bytes().as_slice()).into(),
            u64::from(self.uses).into(),
        ]
    }

    /// Reads a record; nothing where it is laid out otherwise.
    #[must_use]
    pub fn from_fields(fields: &[Value]) -> Option<Self> {
        let [subject, name, host, sites, from, until, rest @ ..] = fields else { return None };
        let photo = rest.get(1).and_then(Value::as_bytes);
        Some(Self {
            subject: subject.as_bytes()?.try_into().ok()?,
            name: name.as_text()?.to_owned(),
            host: host.as_text().map(str::to_owned),
            sites: read_sites(sites)?,
            from: UnixSeconds::new(from.as_uint()?)?,
            until: UnixSeconds::new(until.as_uint()?)?,
            max_uses: rest.first().and_then(Value::as_uint).and_then(|uses| uses.try_into().ok()),
            photo: photo.and_then(|digest| digest.try_into().ok()).map(Digest32),
            uses: rest.get(2).and_then(Value::as_uint).map_or(0, |uses| uses.try_into().unwrap_or(u32::MAX)),
        })
    }

    /// Every grant that is known: those that the server counted, and `unheard` of a phone's own that it had not heard
    /// of when the pack was issued. The phone's others are among the server's.
    #[must_use]
    pub const fn uses_with(&self, unheard: u32) -> u32 {
        self.uses.saturating_add(unheard)
    }
}

fn sites_value(sites: Option<&[SiteNumber]>) -> Value {
    sites.map(|sites| Value::Array(sites.iter().map(|site| Value::Uint(site.get().into())).collect())).into()
}

fn read_sites(value: &Value) -> Option<Option<Vec<SiteNumber>>> {
    match value {
        Value::Null => Some(None),
        Value::Array(items) => {
            items.iter().map(|item| SiteNumber::new(item.as_uint()?)).collect::<Option<_>>().map(Some)
        }
        _ => None,
    }
}

/// A ban as the phone shows it: `[prefix, reason, [name, ...] / null]`, the [`prefix`](super::prefix) of the subject,
/// or of the ban's own random id where only names are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ban {
    /// Why, in the words of who banned.
    pub reason: String,
    /// What the banned person is called. A name alone bars nobody.
    pub names: Vec<String>,
}

impl Ban {
    /// The record's fields, under the prefix of the subject or of the ban's own id.
    #[must_use]
    pub fn to_fields(&self, prefix: [u8; 8]) -> Vec<Value> {
        let names: Vec<_> = self.names.iter().map(|name| name.as_str().into()).collect();
        let names = (!names.is_empty()).then_some(Value::Array(names));
        vec![prefix.as_slice().into(), self.reason.as_str().into(), names.into()]
    }

    /// Reads a record. The grammar was checked when the pack was read, and a ban that says more than we know still
    /// bans, so nothing is refused here.
    #[must_use]
    pub fn from_fields(fields: &[Value]) -> Self {
        let names = fields.get(2).and_then(Value::as_array).unwrap_or_default();
        Self {
            reason: fields.get(1).and_then(Value::as_text).unwrap_or_default().to_owned(),
            names: names.iter().filter_map(Value::as_text).map(str::to_owned).collect(),
        }
    }
}

/// What an organisation decided: `{ 1 deny on expired pack, 2 deny without pack, 3 deny on expired keys,
/// 4 milliseconds to wait for the server, 5 minutes until a shift ends by itself }`. Remembered from the last good
/// pack or from enrolment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Policy {
    /// An expired pack denies instead of cautioning.
    pub deny_expired_pack: bool,
    /// No pack at all denies instead of cautioning.
    pub deny_absent_pack: bool,
    /// An expired key set denies instead of cautioning.
    pub deny_expired_keys: bool,
    /// How long a scan waits for the server before the offline result stands.
    pub online_timeout_ms: u32,
    /// How long a shift runs before it ends by itself. Minutes, not 0.
    #[serde(default = "longest_shift")]
    pub longest_shift_minutes: NonZeroU32,
}

/// Fourteen hours, in minutes: also for phones and servers that knew of no other length.
const fn longest_shift() -> NonZeroU32 {
    match NonZeroU32::new(14 * 60) {
        Some(minutes) => minutes,
        None => NonZeroU32::MIN,
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            deny_expired_pack: false,
            deny_absent_pack: false,
            deny_expired_keys: false,
            online_timeout_ms: 1500,
            longest_shift_minutes: longest_shift(),
        }
    }
}

impl Policy {
    /// The policy as it stands in a pack.
    #[must_use]
    pub fn to_value(self) -> Value {
        let entries: [Value; 5] = [
            self.deny_expired_pack.into(),
            self.deny_absent_pack.into(),
            self.deny_expired_keys.into(),
            u64::from(self.online_timeout_ms).into(),
            u64::from(self.longest_shift_minutes.get()).into(),
        ];
        Value::Map((1..).map(Value::Uint).zip(entries).collect())
    }

    /// Reads a policy; what it leaves out or lays out otherwise has its default.
    #[must_use]
    pub fn from_value(value: &Value) -> Self {
        let default = Self::default();
        let flag = |key, otherwise| value.get(key).and_then(Value::as_bool).unwrap_or(otherwise);
        let number =
            |key| value.get(key).and_then(Value::as_uint).and_then(|number| u32::try_from(number).ok());
        Self {
            deny_expired_pack: flag(1, default.deny_expired_pack),
            deny_absent_pack: flag(2, default.deny_absent_pack),
            deny_expired_keys: flag(3, default.deny_expired_keys),
            online_timeout_ms: number(4).unwrap_or(default.online_timeout_ms),
            longest_shift_minutes: number(5)
                .and_then(NonZeroU32::new)
                .unwrap_or(default.longest_shift_minutes),
        }
    }
}
