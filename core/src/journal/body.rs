//! What the project lays out within entries' bodies. Readers pass over keys that they do not know.

use super::{EntryKey, EntryKind};
use crate::{
    cbor::Value,
    decision::{Check, Code, Decision, Outcome, Verdict},
    id::{DeviceId, Digest32, EntryId, PersonId, ShiftId, SiteNumber, SubjectId, TokenId},
    place::Fix,
    time::UnixSeconds,
};

/// Who was at work where: keys 1 to 3 of every body but a clock change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    /// The guard.
    pub guard: PersonId,
    /// The guard's shift.
    pub shift: ShiftId,
    /// The site of the shift.
    pub site: SiteNumber,
}

/// What a scan records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanBody {
    /// The verdict shown.
    pub verdict: Verdict,
    /// The code that decided.
    pub code: Code,
    /// Every check.
    pub checks: Vec<(Check, Outcome)>,
    /// 1 member, 2 visitor, 3 a phone's own code; nothing where the code's content may not be shown.
    pub kind: Option<u64>,
    /// The subject.
    pub subject: Option<SubjectId>,
    /// The pass.
    pub token: Option<TokenId>,
    /// When the pass was issued.
    pub issued_at: Option<UnixSeconds>,
    /// The time in a phone's own code.
    pub proof_time: Option<UnixSeconds>,
    /// Number of the gate pack that was looked at.
    pub pack_seq: Option<u64>,
    /// Whether the server answered.
    pub online: bool,
    /// The stay that this code opened the departure of.
    pub departs: Option<EntryId>,
}

impl ScanBody {
    /// What to record of a decision.
    #[must_use]
    pub fn of(decision: &Decision, pack_seq: Option<u64>, online: bool, departs: Option<EntryId>) -> Self {
        let claims = decision.opened.as_ref().map(|opened| &opened.claims);
        Self {
            verdict: decision.verdict,
            code: decision.code.clone(),
            checks: decision.checks.clone(),
            kind: claims.map(|claims| claims.kind.number()),
            subject: claims.map(|claims| claims.subject),
            token: claims.map(|claims| claims.token),
            issued_at: claims.map(|claims| claims.issued_at),
            proof_time: decision.opened.as_ref().and_then(|opened| opened.proof_time),
            pack_seq,
            online,
            departs,
        }
    }
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
    },
    /// A visitor without a code.
    WalkUp(Actor),
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
    ShiftStart(Actor),
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
}

/// Personal data of an entry: stands only in the sealed part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Personal {
    /// Whose name was shown or typed.
    pub name: Option<String>,
    /// A reason or note.
    pub note: Option<String>,
    /// Where the phone was.
    pub fix: Option<Fix>,
    /// SHA-256 of a photo, uploaded apart.
    pub photo: Option<Digest32>,
}

impl Personal {
    fn to_value(&self) -> Value {
        let fix = self.fix.map(|fix| {
            let degrees = |e6: i32| Value::int(e6.into());
            Value::Array(vec![
                degrees(fix.latitude_e6),
                degrees(fix.longitude_e6),
                Value::Uint(fix.accuracy_m.into()),
            ])
        });
        let fields = [
            (1, self.name.as_deref().map(Value::from)),
            (2, self.note.as_deref().map(Value::from)),
            (3, fix),
            (4, self.photo.map(|photo| photo.as_bytes().as_slice().into())),
        ];
        map(fields)
    }

    /// Reads an opened sealed part; what is laid out otherwise is passed over.
    #[must_use]
    pub fn from_value(value: &Value) -> Self {
        let text = |key| value.get(key).and_then(Value::as_text).map(str::to_owned);
        let fix = || {
            let [latitude, longitude, accuracy, ..] = value.get(3)?.as_array()? else { return None };
            Some(Fix {
                latitude_e6: latitude.as_int()?.try_into().ok()?,
                longitude_e6: longitude.as_int()?.try_into().ok()?,
                accuracy_m: accuracy.as_uint()?.try_into().ok()?,
            })
        };
        let photo =
            value.get(4).and_then(Value::as_bytes).and_then(|bytes| bytes.try_into().ok()).map(Digest32);
        Self { name: text(1), note: text(2), fix: fix(), photo }
    }
}

impl Body {
    /// The kind of entry that the body belongs to.
    #[must_use]
    pub const fn kind(&self) -> EntryKind {
        match self {
            Self::Scan(..) => EntryKind::Scan,
            Self::Decision { .. } => EntryKind::Decision,
            Self::WalkUp(_) => EntryKind::WalkUp,
            Self::Arrival { .. } => EntryKind::Arrival,
            Self::Departure { .. } => EntryKind::Departure,
            Self::ShiftStart(_) => EntryKind::ShiftStart,
            Self::ShiftEnd { .. } => EntryKind::ShiftEnd,
            Self::Continues { .. } => EntryKind::Amendment,
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
            Self::Scan(_, scan) => fields.extend(scan.fields()),
            Self::Decision { event, granted, against, .. } => fields.extend([
                (10, Some(event.as_bytes().as_slice().into())),
                (11, Some(Value::Bool(*granted))),
                (12, against.map(|verdict| Value::Uint(verdict.number()))),
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
            Self::WalkUp(_) | Self::ShiftStart(_) => {}
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
            }),
            EntryKind::WalkUp => actor().map(Self::WalkUp),
            EntryKind::Arrival => Some(Self::Arrival { actor: actor()?, event: entry()? }),
            EntryKind::Departure => Some(Self::Departure { actor: actor()?, stay: entry()? }),
            EntryKind::ShiftStart => actor().map(Self::ShiftStart),
            EntryKind::ShiftEnd => Some(Self::ShiftEnd {
                actor: actor()?,
                automatic: value.get(10).and_then(Value::as_bool).unwrap_or(false),
            }),
            EntryKind::Amendment => {
                let [device, number, head, ..] = value.get(20)?.as_array()? else { return None };
                Some(Self::Continues {
                    device: id(device)?,
                    number: number.as_uint()?,
                    head: Digest32(head.as_bytes()?.try_into().ok()?),
                })
            }
            EntryKind::CodeEntry | EntryKind::ClockChange => None,
        }
    }

    /// Opens the personal data of a body with its key.
    #[must_use]
    pub fn personal(id: EntryId, body: &Value, key: &EntryKey) -> Option<Personal> {
        let sealed = body.get(0)?.as_bytes()?;
        key.open(id, sealed).ok().map(|map| Personal::from_value(&map))
    }

    const fn actor(&self) -> Option<&Actor> {
        match self {
            Self::Scan(actor, _) | Self::WalkUp(actor) | Self::ShiftStart(actor) => Some(actor),
            Self::Decision { actor, .. }
            | Self::Arrival { actor, .. }
            | Self::Departure { actor, .. }
            | Self::ShiftEnd { actor, .. } => Some(actor),
            Self::Continues { .. } => None,
        }
    }
}

impl ScanBody {
    fn fields(&self) -> Vec<(u64, Option<Value>)> {
        let checks = self.checks.iter().map(|(check, outcome)| {
            let (state, code) = match outcome {
                Outcome::Skipped => (0, None),
                Outcome::Passed => (1, None),
                Outcome::Cautions(code) => (2, Some(code)),
                Outcome::Denies(code) => (3, Some(code)),
            };
            let mut fields = vec![Value::Uint(check.number()), Value::Uint(state)];
            fields.extend(code.map(|code| Value::from(code.word())));
            Value::Array(fields)
        });
        let time = |time: Option<UnixSeconds>| time.map(|time| Value::Uint(time.get()));
        vec![
            (10, Some(Value::Uint(self.verdict.number()))),
            (11, Some(self.code.word().into())),
            (12, Some(Value::Array(checks.collect()))),
            (13, self.kind.map(Value::Uint)),
            (14, self.subject.map(|id| id.as_bytes().as_slice().into())),
            (15, self.token.map(|id| id.as_bytes().as_slice().into())),
            (16, time(self.issued_at)),
            (17, time(self.proof_time)),
            (18, self.pack_seq.map(Value::Uint)),
            (19, Some(Value::Bool(self.online))),
            (20, self.departs.map(|id| id.as_bytes().as_slice().into())),
        ]
    }

    fn read(value: &Value) -> Option<Self> {
        let time = |key| value.get(key).and_then(Value::as_uint).and_then(UnixSeconds::new);
        Some(Self {
            verdict: Verdict::from_number(value.get(10)?.as_uint()?)?,
            code: Code::from_word(value.get(11)?.as_text()?),
            checks: value.get(12)?.as_array()?.iter().filter_map(read_check).collect(),
            kind: value.get(13).and_then(Value::as_uint),
            subject: value.get(14).and_then(id),
            token: value.get(15).and_then(id),
            issued_at: time(16),
            proof_time: time(17),
            pack_seq: value.get(18).and_then(Value::as_uint),
            online: value.get(19).and_then(Value::as_bool).unwrap_or(false),
            departs: value.get(20).and_then(id),
        })
    }
}

fn read_check(value: &Value) -> Option<(Check, Outcome)> {
    let [check, state, rest @ ..] = value.as_array()? else { return None };
    let code = || rest.first().and_then(Value::as_text).map(Code::from_word);
    let outcome = match state.as_uint()? {
        0 => Outcome::Skipped,
        1 => Outcome::Passed,
        2 => Outcome::Cautions(code()?),
        3 => Outcome::Denies(code()?),
        _ => return None,
    };
    Some((Check::from_number(check.as_uint()?)?, outcome))
}

fn id<'a, T: TryFrom<&'a [u8]>>(value: &'a Value) -> Option<T> {
    value.as_bytes()?.try_into().ok()
}

fn map(fields: impl IntoIterator<Item = (u64, Option<Value>)>) -> Value {
    Value::Map(fields.into_iter().filter_map(|(key, value)| Some((Value::Uint(key), value?))).collect())
}
