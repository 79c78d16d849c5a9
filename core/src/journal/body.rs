//! What the project lays out within entries' bodies. Readers pass over keys that they do not know.

mod hindsight;
mod personal;
mod scan;

pub use hindsight::Hindsight;
pub use personal::Personal;
pub use scan::ScanBody;

use super::{EntryKey, EntryKind};
use crate::{
    cbor::Value,
    decision::{Code, Verdict},
    id::{DeviceId, Digest32, EntryId, PersonId, ShiftId, SiteNumber},
    time::ClockChange,
};

/// Who was at work where: keys 1 to 3 of every body that tells of a guard's work, which a clock change, a judgement in
/// hindsight and the beginning of a new journal do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    /// The guard.
    pub guard: PersonId,
    /// The guard's shift.
    pub shift: ShiftId,
    /// The site of the shift.
    pub site: SiteNumber,
}

/// The facts of an entry, personal data apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// A scan.
    Scan(Actor, Box<ScanBody>),
    /// Grant or deny of a scan or walk-up.
    Decision {
        /// Who decided.
        actor: Actor,
        /// The scan or walk-up.
        event: EntryId,
        /// Granted or denied.
        granted: bool,
        /// The verdict that stood, if there was one.
        against: Option<Verdict>,
        /// Number of the judgement that the guard was shown and went by.
        judgement: u32,
    },
    /// A visitor without a code.
    WalkUp(Actor),
    /// A visitor without a code of whom the phone knows something: an expected visit found by name, or a name on the
    /// ban list.
    JudgedWalkUp(Actor, Box<ScanBody>),
    /// An invited visitor came in.
    Arrival {
        /// Who let them in.
        actor: Actor,
        /// The scan.
        event: EntryId,
    },
    /// A visitor left.
    Departure {
        /// Who saw it.
        actor: Actor,
        /// The event that began the stay.
        stay: EntryId,
    },
    /// A shift began.
    ShiftStart {
        /// Whose.
        actor: Actor,
        /// What stood against the phone's place, in the codes of the check `location`.
        location: Option<Code>,
    },
    /// A shift ended.
    ShiftEnd {
        /// Whose.
        actor: Actor,
        /// By itself, after its longest time.
        automatic: bool,
    },
    /// The journal goes on from another device's, which was forked.
    Continues {
        /// The device before.
        device: DeviceId,
        /// Its last number.
        number: u64,
        /// The hash of its last payload.
        head: Digest32,
    },
    /// The guard finds an event suspicious; note and photo are in the sealed part.
    Report {
        /// Who reports.
        actor: Actor,
        /// The scan or walk-up.
        event: EntryId,
    },
    /// An undecided event was judged anew, by a second scan or by what the phone learned meanwhile, and came to something
    /// else. Both judgements stand.
    JudgedAnew {
        /// Who is at work.
        actor: Actor,
        /// The scan or walk-up.
        event: EntryId,
        /// Number of this judgement; the scan's or walk-up's own entry is the first.
        judgement: u32,
        /// What was found; nothing where nothing speaks against a walk-up any more.
        found: Option<Box<ScanBody>>,
    },
    /// The guard left an event undecided for good.
    Abandoned {
        /// Who left it.
        actor: Actor,
        /// The scan or walk-up.
        event: EntryId,
    },
    /// A guard's decision was put right in the same shift: what was decided first stays in its own entry, and what is
    /// said here counts from now on. Why is in the sealed part.
    Corrected {
        /// Who puts it right.
        actor: Actor,
        /// The scan or walk-up.
        event: EntryId,
        /// Granted or denied, otherwise than before.
        granted: bool,
        /// The verdict that stood, if there was one.
        against: Option<Verdict>,
    },
    /// An event was judged again with what was learned later; the original stays.
    JudgedAgain {
        /// The scan or walk-up.
        event: EntryId,
        /// What was found.
        found: Hindsight,
    },
    /// The phone's clock was set, the phone restarted without a network, or the server's clock was set back.
    ClockChange(ClockChange),
}

/// What a kind 9 entry amends, under key 21.
const REPORT: u64 = 1;
const ABANDONED: u64 = 2;
const JUDGED_AGAIN: u64 = 3;
const JUDGED_ANEW: u64 = 4;
const CORRECTED: u64 = 5;

/// What an entry has that a device wrote when it knew that it was revoked, whatever its kind.
const KNEW_REVOKED: u64 = 4;
/// The judgement of a scan or walk-up itself, and what a decision goes by that names none.
pub const FIRST_JUDGEMENT: u32 = 1;

impl Body {
    /// The kind of entry that the body belongs to.
    #[must_use]
    pub const fn kind(&self) -> EntryKind {
        match self {
            Self::Scan(..) => EntryKind::Scan,
            Self::Decision { .. } => EntryKind::Decision,
            Self::WalkUp(_) | Self::JudgedWalkUp(..) => EntryKind::WalkUp,
            Self::Arrival { .. } => EntryKind::Arrival,
            Self::Departure { .. } => EntryKind::Departure,
            Self::ShiftStart { .. } => EntryKind::ShiftStart,
            Self::ShiftEnd { .. } => EntryKind::ShiftEnd,
            Self::Continues { .. }
            | Self::Report { .. }
            | Self::Abandoned { .. }
            | Self::JudgedAnew { .. }
            | Self::Corrected { .. }
            | Self::JudgedAgain { .. } => EntryKind::Amendment,
            Self::ClockChange(_) => EntryKind::ClockChange,
        }
    }

    /// The map that stands in the entry, personal data sealed under key 0.
    #[must_use]
    pub fn to_value(&self, id: EntryId, personal: &Personal, key: &EntryKey, nonce: [u8; 24]) -> Value {
        let sealed = (*personal != Personal::default())
            .then(|| Value::Bytes(key.seal(id, nonce, &personal.to_value())));
        let mut fields = vec![(0, sealed)];
        if let Some(actor) = self.actor() {
            fields.push((1, Some(actor.guard.as_bytes().as_slice().into())));
            fields.push((2, Some(actor.shift.as_bytes().as_slice().into())));
            fields.push((3, Some(Value::Uint(actor.site.get().into()))));
        }
        match self {
            Self::Scan(_, scan) | Self::JudgedWalkUp(_, scan) => fields.extend(scan.fields()),
            Self::Decision { event, granted, against, judgement, .. } => fields.extend([
                (10, Some(event.as_bytes().as_slice().into())),
                (11, Some(Value::Bool(*granted))),
                (12, against.map(|verdict| Value::Uint(verdict.number()))),
                (13, (*judgement != FIRST_JUDGEMENT).then(|| Value::Uint((*judgement).into()))),
            ]),
            Self::Arrival { event, .. } => fields.push((10, Some(event.as_bytes().as_slice().into()))),
            Self::Departure { stay, .. } => fields.push((10, Some(stay.as_bytes().as_slice().into()))),
            Self::ShiftEnd { automatic, .. } => fields.push((10, Some(Value::Bool(*automatic)))),
            Self::Continues { device, number, head } => fields.push((
                20,
                Some(Value::Array(vec![
                    device.as_bytes().as_slice().into(),
                    Value::Uint(*number),
                    head.as_bytes().as_slice().into(),
                ])),
            )),
            Self::Report { event, .. } => fields.extend(amends(*event, REPORT)),
            Self::Abandoned { event, .. } => fields.extend(amends(*event, ABANDONED)),
            Self::JudgedAnew { event, judgement, found, .. } => {
                fields.extend(found.iter().flat_map(|found| found.fields()));
                // Key 10 holds the verdict here, as in a scan.
                fields.extend([
                    (21, Some(Value::Uint(JUDGED_ANEW))),
                    (22, Some(event.as_bytes().as_slice().into())),
                    (23, Some(Value::Uint((*judgement).into()))),
                ]);
            }
            Self::Corrected { event, granted, against, .. } => {
                let [event, what] = amends(*event, CORRECTED);
                let against = against.map(|verdict| Value::Uint(verdict.number()));
                fields.extend([event, (11, Some(Value::Bool(*granted))), (12, against), what]);
            }
            Self::JudgedAgain { event, found } => {
                fields.extend(amends(*event, JUDGED_AGAIN));
                fields.extend(found.fields());
            }
            Self::ClockChange(change) => fields.extend([
                (10, change.moved_ms.map(Value::int)),
                (11, change.ahead_ms.map(Value::int)),
                (12, Some(Value::Bool(change.restarted))),
                (13, change.lowered_ms.map(Value::Uint)),
            ]),
            Self::ShiftStart { location, .. } => {
                fields.push((11, location.as_ref().map(|code| code.word().into())));
            }
            Self::WalkUp(_) => {}
        }
        map(fields)
    }

    /// Reads a body, or nothing where it is laid out in a way that this version does not know.
    #[must_use]
    pub fn from_value(kind: EntryKind, value: &Value) -> Option<Self> {
        let actor = || {
            Some(Actor {
                guard: id(value.get(1)?)?,
                shift: id(value.get(2)?)?,
                site: SiteNumber::new(value.get(3)?.as_uint()?)?,
            })
        };
        let entry = || value.get(10).and_then(id);
        match kind {
            EntryKind::Scan => Some(Self::Scan(actor()?, Box::new(ScanBody::read(value)?))),
            EntryKind::Decision => Some(Self::Decision {
                actor: actor()?,
                event: entry()?,
                granted: value.get(11)?.as_bool()?,
                against: value.get(12).and_then(Value::as_uint).and_then(Verdict::from_number),
                judgement: match value.get(13) {
                    Some(number) => number.as_uint()?.try_into().ok()?,
                    None => FIRST_JUDGEMENT,
                },
            }),
            EntryKind::WalkUp => match ScanBody::read(value) {
                Some(found) => Some(Self::JudgedWalkUp(actor()?, Box::new(found))),
                None => actor().map(Self::WalkUp),
            },
            EntryKind::Arrival => Some(Self::Arrival { actor: actor()?, event: entry()? }),
            EntryKind::Departure => Some(Self::Departure { actor: actor()?, stay: entry()? }),
            EntryKind::ShiftStart => Some(Self::ShiftStart {
                actor: actor()?,
                location: value.get(11).and_then(Value::as_text).map(Code::from_word),
            }),
            EntryKind::ShiftEnd => Some(Self::ShiftEnd {
                actor: actor()?,
                automatic: value.get(10).and_then(Value::as_bool).unwrap_or(false),
            }),
            EntryKind::Amendment => match value.get(21).and_then(Value::as_uint) {
                None => Self::continues(value),
                Some(REPORT) => Some(Self::Report { actor: actor()?, event: entry()? }),
                Some(ABANDONED) => Some(Self::Abandoned { actor: actor()?, event: entry()? }),
                Some(JUDGED_AGAIN) => {
                    Some(Self::JudgedAgain { event: entry()?, found: Hindsight::read(value)? })
                }
                Some(JUDGED_ANEW) => Some(Self::JudgedAnew {
                    actor: actor()?,
                    event: id(value.get(22)?)?,
                    judgement: value.get(23)?.as_uint()?.try_into().ok()?,
                    found: match value.get(10) {
                        Some(_) => Some(Box::new(ScanBody::read(value)?)),
                        None => None,
                    },
                }),
                Some(CORRECTED) => Some(Self::Corrected {
                    actor: actor()?,
                    event: entry()?,
                    granted: value.get(11)?.as_bool()?,
                    against: value.get(12).and_then(Value::as_uint).and_then(Verdict::from_number),
                }),
                Some(_) => None,
            },
            EntryKind::ClockChange => Some(Self::ClockChange(ClockChange {
                moved_ms: value.get(10).and_then(Value::as_int),
                ahead_ms: value.get(11).and_then(Value::as_int),
                restarted: value.get(12)?.as_bool()?,
                lowered_ms: value.get(13).and_then(Value::as_uint),
            })),
            EntryKind::CodeEntry => None,
        }
    }

    /// Marks a body of whatever kind as written by a device that knew that it was revoked.
    #[must_use]
    pub fn by_revoked_device(body: Value) -> Value {
        match body {
            Value::Map(mut fields) => {
                fields.push((Value::Uint(KNEW_REVOKED), Value::Bool(true)));
                Value::Map(fields)
            }
            other => other,
        }
    }

    /// Whether the device knew that it was revoked when it wrote this body.
    #[must_use]
    pub fn is_by_revoked_device(body: &Value) -> bool {
        body.get(KNEW_REVOKED).and_then(Value::as_bool) == Some(true)
    }

    /// Opens the personal data of a body with its key.
    #[must_use]
    pub fn personal(id: EntryId, body: &Value, key: &EntryKey) -> Option<Personal> {
        let sealed = body.get(0)?.as_bytes()?;
        key.open(id, sealed).ok().map(|map| Personal::from_value(&map))
    }

    /// What a scan found, or what was known of a walk-up.
    #[must_use]
    pub fn scan(&self) -> Option<&ScanBody> {
        match self {
            Self::Scan(_, scan) | Self::JudgedWalkUp(_, scan) => Some(scan),
            Self::JudgedAnew { found, .. } => found.as_deref(),
            _ => None,
        }
    }

    /// The scan or walk-up of which an entry says more than stood in it: whoever was there is who the entry is about,
    /// too.
    #[must_use]
    pub fn speaks_of(&self) -> Option<EntryId> {
        match self {
            Self::Scan(_, scan) | Self::JudgedWalkUp(_, scan) => scan.departs,
            Self::Decision { event, .. }
            | Self::Arrival { event, .. }
            | Self::Departure { stay: event, .. }
            | Self::Report { event, .. }
            | Self::Abandoned { event, .. }
            | Self::JudgedAnew { event, .. }
            | Self::Corrected { event, .. }
            | Self::JudgedAgain { event, .. } => Some(*event),
            Self::WalkUp(_)
            | Self::ShiftStart { .. }
            | Self::ShiftEnd { .. }
            | Self::Continues { .. }
            | Self::ClockChange(_) => None,
        }
    }

    /// Who was at work where; entries that tell of nobody's work have none.
    #[must_use]
    pub const fn actor(&self) -> Option<&Actor> {
        match self {
            Self::Scan(actor, _) | Self::WalkUp(actor) | Self::JudgedWalkUp(actor, _) => Some(actor),
            Self::ShiftStart { actor, .. }
            | Self::Decision { actor, .. }
            | Self::Arrival { actor, .. }
            | Self::Departure { actor, .. }
            | Self::ShiftEnd { actor, .. }
            | Self::Report { actor, .. }
            | Self::JudgedAnew { actor, .. }
            | Self::Corrected { actor, .. }
            | Self::Abandoned { actor, .. } => Some(actor),
            Self::Continues { .. } | Self::JudgedAgain { .. } | Self::ClockChange(_) => None,
        }
    }

    fn continues(value: &Value) -> Option<Self> {
        let [device, number, head, ..] = value.get(20)?.as_array()? else { return None };
        Some(Self::Continues {
            device: id(device)?,
            number: number.as_uint()?,
            head: Digest32(head.as_bytes()?.try_into().ok()?),
        })
    }
}

fn id<'a, T: TryFrom<&'a [u8]>>(value: &'a Value) -> Option<T> {
    value.as_bytes()?.try_into().ok()
}

fn amends(event: EntryId, what: u64) -> [(u64, Option<Value>); 2] {
    [(10, Some(event.as_bytes().as_slice().into())), (21, Some(Value::Uint(what)))]
}

fn map(fields: impl IntoIterator<Item = (u64, Option<Value>)>) -> Value {
    Value::Map(fields.into_iter().filter_map(|(key, value)| Some((Value::Uint(key), value?))).collect())
}
