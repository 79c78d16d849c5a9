//! Years at the gates of an organisation, written into a server's database as the server itself would write them, but
//! without the journals' signatures: seeded, and quick enough for millions of events.
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a generator of tests")]

use gatehouse_core::{
    decision::{Check, Code, Outcome, Verdict},
    id::{DeviceId, Digest32, EntryId, PersonId, ShiftId, SiteNumber, SubjectId, TokenId},
    journal::{Actor, Personal, ScanBody},
    pass::PassKind,
    place::Fix,
    time::UnixMillis,
};
use gatehouse_server::{
    service::{Service, ServiceError},
    store::{
        OrgId, Tx, amendment,
        device::{self, NewDevice},
        event::{self, Decision, NewEvent},
        facet::Kind,
        journal, stay,
    },
};

const FIRST: [&str; 60] = [
    "Grace",
    "Graham",
    "Ada",
    "Alan",
    "Barbara",
    "Claude",
    "Dorothy",
    "Edsger",
    "Frances",
    "Grete",
    "Hedy",
    "Ivan",
    "Jean",
    "Katherine",
    "Leslie",
    "Margaret",
    "Niklaus",
    "Olga",
    "Peter",
    "Radia",
    "Sophie",
    "Tim",
    "Ursula",
    "Vera",
    "Wim",
    "Xenia",
    "Yoshua",
    "Zoë",
    "Anna",
    "Bram",
    "Carla",
    "Daan",
    "Els",
    "Femke",
    "Gijs",
    "Hanna",
    "Iris",
    "Joost",
    "Kees",
    "Lotte",
    "Maud",
    "Noor",
    "Otto",
    "Pim",
    "Quinten",
    "Roos",
    "Sven",
    "Tess",
    "Uma",
    "Victor",
    "Willem",
    "Yara",
    "Zeynep",
    "Ahmed",
    "Fatima",
    "Mei",
    "Raj",
    "Sana",
    "José",
    "Søren",
];
const LAST: [&str; 50] = [
    "Smith",
    "Small",
    "de Vries",
    "Jansen",
    "van den Berg",
    "Bakker",
    "Visser",
    "Meijer",
    "Mulder",
    "Bos",
    "Vos",
    "Peters",
    "Hendriks",
    "Dekker",
    "Brouwer",
    "de Wit",
    "Dijkstra",
    "Smits",
    "de Graaf",
    "van der Meer",
    "Kok",
    "Jacobs",
    "van Dam",
    "Prins",
    "Blom",
    "Huisman",
    "Peeters",
    "de Jong",
    "Kuipers",
    "Veenstra",
    "Kramer",
    "van Leeuwen",
    "Schouten",
    "van Beek",
    "Willems",
    "O’Brien",
    "Hopper",
    "Turing",
    "Liskov",
    "Lovelace",
    "Shannon",
    "Vaughan",
    "Dijkman",
    "Allen",
    "Hamilton",
    "Lamport",
    "Perlman",
    "Wilson",
    "García",
    "Łukasz",
];
/// A name in a million that searches look for.
pub const RARE: &str = "Quirina Zonneveld";
/// One of the names that no script of spaces separates.
pub const UNSPACED: &str = "王小明";
/// How long the history is. Milliseconds.
pub const SPAN_MS: u64 = 2 * 365 * 86_400_000;
/// Events of one transaction.
const AT_ONCE: usize = 4_000;

/// A small seeded generator (xorshift64*).
#[derive(Clone)]
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11) % end
    }

    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.below(256) as u8)
    }

    fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }
}

/// What is made of a history.
#[derive(Clone)]
pub struct History {
    org: OrgId,
    random: Random,
    devices: Vec<DeviceId>,
    guards: Vec<PersonId>,
    /// Members with their names.
    members: Vec<(SubjectId, String)>,
    made: u64,
    of: u64,
    end: UnixMillis,
}

/// A member who is at the gates often, to be looked for.
pub fn member(number: u8) -> SubjectId {
    SubjectId([number; 16])
}

/// Writes `events` events that end at `end`, at the sites 1 to 4, and a few at site 5.
pub fn fill(service: &Service, org: OrgId, guards: &[PersonId], seed: u64, events: u64, end: UnixMillis) {
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let devices: Vec<_> = (0..24).map(|_| DeviceId(random.bytes())).collect();
    let members = (0..2_500_u64)
        .map(|number| {
            let subject = match u8::try_from(number) {
                Ok(number) if number < 10 => member(number),
                _ => SubjectId(random.bytes()),
            };
            (subject, name(&mut random))
        })
        .collect();
    let mut history =
        History { org, random, devices, guards: guards.to_vec(), members, made: 0, of: events, end };
    let phones = history.clone();
    service.store().write(move |tx| phones.enrol(tx)).expect("devices");
    while history.made < events {
        let mut next = history.clone();
        history = service
            .store()
            .write(move |tx| {
                for _ in 0..AT_ONCE {
                    if next.made < next.of {
                        next.event(tx)?;
                    }
                }
                Ok::<_, ServiceError>(next)
            })
            .expect("events");
    }
}

fn name(random: &mut Random) -> String {
    // Some names are borne by many.
    let skewed = |random: &mut Random, end: u64| random.below(end).min(random.below(end)) as usize;
    format!("{} {}", FIRST[skewed(random, FIRST.len() as u64)], LAST[skewed(random, LAST.len() as u64)])
}

impl History {
    fn enrol(&self, tx: &Tx<'_>) -> Result<(), ServiceError> {
        for id in &self.devices {
            let key: [u8; 32] = std::array::from_fn(|at| id.0[at % 16]);
            let new = NewDevice {
                id: *id,
                name: "Phone",
                public_key: key,
                certificate: &[],
                token_hash: key,
                replaces: None,
            };
            device::add(tx, self.org, &new, self.end)?;
        }
        Ok(())
    }

    fn event(&mut self, tx: &Tx<'_>) -> Result<(), ServiceError> {
        let at = self.end.get() - SPAN_MS + SPAN_MS / self.of * self.made;
        self.made += 1;
        let random = &mut self.random;
        // Days later where a phone had no network, years ahead where its clock was wrong.
        let late = if random.one_in(20) { random.below(86_400_000) } else { random.below(3_000) };
        let ahead = if random.one_in(10_000) { SPAN_MS * 4 } else { 0 };
        let happened = UnixMillis::new(at + ahead);
        let received = UnixMillis::new((at + late).min(self.end.get()));
        let device = random.below(self.devices.len() as u64) as usize;
        let day = at / 86_400_000;
        let mut shift = [device as u8; 16];
        shift[..8].copy_from_slice(&day.to_be_bytes());
        let site = if random.one_in(20_000) { 5 } else { 1 + device as u64 % 4 };
        let actor = Actor {
            guard: self.guards[device % self.guards.len()],
            shift: ShiftId(shift),
            site: SiteNumber::new(site).expect("a number"),
        };
        let kind = match random.below(100) {
            0..60 => Kind::Member,
            60..65 => Kind::Device,
            65..88 => Kind::Visitor,
            88..99 => Kind::WalkUp,
            _ => Kind::Unreadable,
        };
        let (subject, person) = match kind {
            Kind::Member | Kind::Device => {
                let (subject, name) = &self.members[random.below(self.members.len() as u64) as usize];
                (Some(*subject), Some(name.clone()))
            }
            Kind::Visitor => (Some(SubjectId(random.bytes())), Some(name(random))),
            Kind::WalkUp if random.one_in(100_000) => (None, Some(RARE.to_owned())),
            Kind::WalkUp if random.one_in(5_000) => (None, Some(UNSPACED.to_owned())),
            Kind::WalkUp => (None, Some(name(random))),
            Kind::Unreadable => (None, None),
        };
        let id = EntryId::timed(received, random.bytes());
        let scan = (kind != Kind::WalkUp).then(|| scan(random, kind, subject, received));
        let personal = Personal {
            name: person,
            note: None,
            fix: random.one_in(2).then(|| Fix {
                latitude_e6: 52_000_000 + random.below(100_000) as i32,
                longitude_e6: 4_800_000 + random.below(100_000) as i32,
                accuracy_m: 5 + random.below(40) as u32,
            }),
            photo: (kind == Kind::WalkUp && random.one_in(2)).then(|| Digest32(random.bytes())),
            host: None,
        };
        let author = self.devices[device];
        let envelope = [0_u8; 300];
        let entry = journal::NewEntry {
            device: author,
            number: self.made,
            id,
            kind: 3,
            hash: Digest32(random.bytes()),
            envelope: &envelope,
            readable: true,
        };
        journal::add(tx, self.org, &entry, received)?;
        let verdict = scan.as_ref().map(|scan| scan.verdict);
        let departs = scan.as_ref().is_some_and(|scan| scan.departs.is_some());
        let new = NewEvent {
            id,
            device: author,
            kind,
            scan: scan.as_ref(),
            actor: &actor,
            personal: &personal,
            happened_at: happened,
            clock_trusted: true,
        };
        event::add(tx, self.org, &new, received)?;
        if !departs && !random.one_in(60) {
            decide(tx, self.org, random, &actor, (id, kind, verdict), (at, received))?;
        }
        if random.one_in(5_000) {
            amendment::report(tx, self.org, (id, author), id, actor.guard, &Personal::default(), received)?;
        }
        if random.one_in(3_000) {
            event::mark(tx, self.org, id, event::Mark::Judged)?;
        }
        Ok(())
    }
}

fn decide(
    tx: &Tx<'_>,
    org: OrgId,
    random: &mut Random,
    actor: &Actor,
    (id, kind, verdict): (EntryId, Kind, Option<Verdict>),
    (at, received): (u64, UnixMillis),
) -> Result<(), ServiceError> {
    let granted = match verdict {
        Some(Verdict::Denied) => random.one_in(40),
        Some(Verdict::Caution) => !random.one_in(20),
        Some(Verdict::Verified) => !random.one_in(400),
        None => !random.one_in(10),
    };
    let decision = Decision {
        granted,
        flagged: granted && verdict == Some(Verdict::Denied),
        reason: (!granted && random.one_in(4)).then_some("Not expected today"),
        at: UnixMillis::new(at + 4_000 + random.below(20_000)),
        surely: true,
    };
    event::decide(tx, org, id, &decision)?;
    if granted && matches!(kind, Kind::Visitor | Kind::WalkUp) {
        stay::begin(tx, org, id, None, actor.site, received)?;
        if !random.one_in(400) {
            stay::depart(tx, org, id, stay::Witness::Entry(id), received.plus(3_600_000))?;
        }
    }
    Ok(())
}

fn scan(random: &mut Random, kind: Kind, subject: Option<SubjectId>, at: UnixMillis) -> ScanBody {
    let (verdict, code) = match (kind, random.below(100)) {
        (Kind::Unreadable, _) => (Verdict::Denied, Code::Malformed),
        (_, 0..80) => (Verdict::Verified, Code::Ok),
        (_, 80..96) => (Verdict::Caution, Code::Offline),
        _ => (Verdict::Denied, Code::Expired),
    };
    let failed = match verdict {
        Verdict::Verified => None,
        Verdict::Caution => Some((Check::Online, Outcome::Cautions(code.clone()))),
        Verdict::Denied => Some((Check::Time, Outcome::Denies(code.clone()))),
    };
    let checks = Check::ALL.iter().map(|check| match &failed {
        Some((at, outcome)) if at == check => (*check, outcome.clone()),
        _ => (*check, Outcome::Passed),
    });
    ScanBody {
        verdict,
        code,
        checks: checks.collect(),
        kind: match kind {
            Kind::Member => Some(PassKind::Member),
            Kind::Visitor => Some(PassKind::Visitor),
            Kind::Device => Some(PassKind::Device),
            Kind::WalkUp | Kind::Unreadable => None,
        },
        subject,
        token: subject.map(|_| TokenId(random.bytes())),
        issued_at: subject.map(|_| at.to_seconds()),
        proof_time: (kind == Kind::Device).then(|| at.to_seconds()),
        pack_seq: Some(random.below(100_000)),
        online: verdict == Verdict::Verified,
        departs: (kind == Kind::Visitor && random.one_in(12)).then(|| EntryId(random.bytes())),
    }
}
