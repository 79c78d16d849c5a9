//! How large gate packs and their daily deltas are, and what opening, applying and looking up cost, for organisations
//! of a thousand to a million members.

#![allow(clippy::expect_used, reason = "a measurement that cannot be set up should stop")]

use std::{
    hint::black_box,
    process::ExitCode,
    time::{Duration, Instant},
};

use ed25519_dalek::SigningKey;
use gatehouse_core::{
    envelope::PublicKey,
    gatepack::{
        Ban, Content, Delta, ExpectedVisit, GatePack, GuardRecord, List, PhotoPolicy, Policy, RevokedBuilder,
        Section, SiteRecord, prefix,
    },
    id::{DeviceId, Digest32, PersonId, SiteNumber, SubjectId},
    keys::{Key, KeySet},
    place::{Geofence, GeofenceRule},
    time::UnixSeconds,
};

const NOW: u64 = 1_790_000_000;
const DEVICE: DeviceId = DeviceId([9; 16]);
/// Most that a lookup may take at a million members of whom one in twenty is revoked.
const MOST: Duration = Duration::from_micros(5);
/// Lookups of a measurement.
const LOOKUPS: u32 = 200_000;

/// One size of organisation. Of a day's churn: newly revoked, and as many pruned because nothing of theirs is valid any
/// more; every invitation of the day gone and as many new; a ban in a hundred lifted and as many new; a guard in a
/// hundred moved to another site.
#[derive(Clone, Copy)]
struct Organisation {
    members: u32,
    /// Of 1000 members.
    revoked: u32,
    /// Sites; one to 500 members.
    sites: u32,
    /// Guards; four to a site.
    guards: u32,
    /// Expected within a day; one to 200 members.
    invitations: u32,
    /// One to 5,000 members, at least two.
    bans: u32,
}

/// Newly revoked, and newly pruned, in a day, of 10,000 members.
const DAILY: u32 = 5;

impl Organisation {
    fn new(members: u32, revoked: u32) -> Self {
        let sites = (members / 500).max(2);
        Self {
            members,
            revoked,
            sites,
            guards: 4 * sites,
            invitations: members / 200,
            bans: (members / 5_000).max(2),
        }
    }

    /// Members who are on a list.
    fn named(self) -> u32 {
        u32::try_from(u64::from(self.members) * u64::from(self.revoked) / 1000).unwrap_or(u32::MAX)
    }

    /// Members who come to the lists in a day, and who go.
    fn churn(self) -> u32 {
        (self.members * DAILY / 10_000).max(1)
    }

    /// What the server knows on a day: members from `day * churn` on are on the lists.
    fn content(self, day: u32) -> Content {
        let mut revoked = RevokedBuilder::default();
        let first = day * self.churn();
        for member in first..first + self.named() {
            // Seven of ten revoked, two with access switched off, one with codes invalidated.
            match member % 10 {
                0 => revoked.supersede(&id(b'm', member), at(NOW - 60)),
                1 | 2 => revoked.add(List::Disabled, &id(b'm', member)),
                _ => revoked.add(List::Revoked, &id(b'm', member)),
            }
        }
        // A visit in twenty is called off.
        let visits = day * self.invitations..(day + 1) * self.invitations;
        visits.clone().filter(|visit| visit.is_multiple_of(20)).for_each(|visit| {
            revoked.add(List::Cancelled, &id(b'v', visit));
        });
        let visits =
            visits.filter(|visit| !visit.is_multiple_of(20)).map(|visit| self.visit(visit).to_fields());
        let moved = |guard: u32| if guard.is_multiple_of(100) { guard + day } else { guard };
        let guards = (0..self.guards).map(|guard| {
            let sites = Some(vec![self.site(moved(guard))]);
            GuardRecord { person: PersonId(id(b'g', guard)), name: name(guard), sites }.to_fields()
        });
        let lifted = day * self.bans.div_ceil(100);
        let bans = (lifted..lifted + self.bans).map(|ban| {
            Ban { reason: "Threatened a guard in May, see report 1204".to_owned(), names: vec![name(ban)] }
                .to_fields(prefix(&id(b'b', ban)))
        });
        Content {
            sites: Section::build((0..self.sites).map(|number| self.site_record(number).to_fields())),
            guards: Section::build(guards),
            invitations: Section::build(visits),
            revoked: revoked.build(),
            codes: None,
            bans: Section::build(bans),
            policy: Some(Policy::default().to_value()),
        }
    }

    fn site(self, number: u32) -> SiteNumber {
        SiteNumber::new(u64::from(number % self.sites) + 1).expect("not 0")
    }

    fn site_record(self, number: u32) -> SiteRecord {
        SiteRecord {
            number: self.site(number),
            name: format!("Gate {number}, Kanaalstraat"),
            time_zone: "Europe/Amsterdam".to_owned(),
            geofence: Some(Geofence {
                latitude_e6: 52_370_216,
                longitude_e6: 4_895_168,
                radius_m: 150,
                rule: GeofenceRule::Flag,
                buffer_m: 25,
            }),
            arrival_photo: PhotoPolicy::Required,
            walk_up_photo: PhotoPolicy::Optional,
            show_face: false,
        }
    }

    fn visit(self, number: u32) -> ExpectedVisit {
        ExpectedVisit {
            subject: SubjectId(id(b'v', number)),
            name: name(number),
            host: Some(name(number / 2)),
            sites: Some(vec![self.site(number)]),
            from: at(NOW + u64::from(number % 80_000)),
            until: at(NOW + 86_400),
            max_uses: Some(1),
            photo: None,
            uses: 0,
        }
    }

    fn pack(self, day: u32) -> GatePack {
        GatePack {
            org: "oakwood".parse().expect("a code"),
            device: Some(DEVICE),
            seq: 100 + u64::from(day),
            issued_at: at(NOW),
            next_update: at(NOW + 3_600),
            hard_expiry: at(NOW + 72 * 3_600),
            content_hash: Digest32([0; 32]),
            content: self.content(day),
        }
    }
}

fn at(seconds: u64) -> UnixSeconds {
    UnixSeconds::new(seconds).expect("before the year 10000")
}

/// Random to look at, and the same each time.
fn id(kind: u8, number: u32) -> [u8; 16] {
    let digest = Digest32::of(&[&[kind], number.to_be_bytes().as_slice()].concat());
    let mut id = [0; 16];
    id.iter_mut().zip(digest.as_bytes()).for_each(|(to, from)| *to = *from);
    id
}

fn name(number: u32) -> String {
    let given = ["Ada", "Katharina", "Mohammed", "Søren", "Li", "Guadalupe", "Jan Willem"];
    let family = ["Bos", "van der Berg", "Papadopoulou", "O'Brien", "Nguyen", "Yılmaz"];
    let pick = |from: &[&str], number: u32| {
        usize::try_from(number).ok().and_then(|n| from.get(n % from.len()).map(|name| (*name).to_owned()))
    };
    format!("{} {}", pick(&given, number).unwrap_or_default(), pick(&family, number / 7).unwrap_or_default())
}

fn key_set(signer: &SigningKey) -> KeySet {
    let key = Key {
        public: PublicKey::from(signer),
        not_before: at(NOW - 86_400),
        not_after: at(NOW + 86_400),
        signs_passes: false,
        signs_packs: true,
    };
    KeySet {
        org: "oakwood".parse().expect("a code"),
        version: 1,
        issued_at: at(NOW - 3_600),
        expires: at(NOW + 3_600),
        keys: vec![key],
        next_root: None,
    }
}

/// The median of some runs.
fn median_time<T>(mut work: impl FnMut() -> T) -> Duration {
    let mut times: Vec<_> = (0..9)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Time of one lookup, as a decision makes it: the three lists, the time of invalidation, and the ban list.
fn lookup(content: &Content, kind: u8, count: u32) -> (Duration, u32) {
    let subjects: Vec<_> = (0..LOOKUPS).map(|number| SubjectId(id(kind, number * 7919 % count))).collect();
    let start = Instant::now();
    let mut barred = 0;
    for subject in &subjects {
        let named = prefix(subject.as_bytes());
        let listed = content.revoked.as_ref().is_some_and(|lists| {
            lists.contains(List::Revoked, &named)
                | lists.contains(List::Disabled, &named)
                | lists.contains(List::Cancelled, &named)
                | lists.superseded_before(&named).is_some()
        });
        barred += u32::from(black_box(listed | content.ban(*subject).is_some()));
    }
    (start.elapsed() / LOOKUPS, barred)
}

fn main() -> ExitCode {
    // Without this argument cargo only tries whether benches run at all; then the smallest is enough.
    let measure = std::env::args().any(|argument| argument == "--bench");
    let sizes: &[u32] = if measure { &[1_000, 100_000, 1_000_000] } else { &[1_000] };
    let signer = SigningKey::from_bytes(&[3; 32]);
    let keys = key_set(&signer);
    println!(
        "A site to 500 members, 4 guards to a site, a visit a day to 200 members (1 in 20 called off), a ban to 5,000.\n\
         A day's churn: {} % of the members newly revoked and as many pruned, all visits replaced by the next day's,\n\
         1 % of the bans replaced, 1 % of the guards moved. Medians of 9 runs. Lookups: three lists, invalidation, ban.\n",
        f64::from(DAILY) / 100.0
    );
    println!("  members  revoked      full     delta  (lists only)  idle delta   open full  apply delta");
    let mut slowest = Duration::ZERO;
    for members in sizes {
        for revoked in [1, 10, 50] {
            let organisation = Organisation::new(*members, revoked);
            let (old, new) = (organisation.pack(0), organisation.pack(1));
            let lists = GatePack {
                content: Content { revoked: new.content.revoked.clone(), ..old.content.clone() },
                ..new.clone()
            };
            let idle = GatePack { content: old.content.clone(), ..new.clone() };
            let (full, delta) = (new.sign(&signer), Delta::between(&old, &new).sign(&signer));
            let length = |pack: &GatePack| Delta::between(&old, pack).sign(&signer).len();
            let opened = GatePack::open(&full, &keys).expect("own pack");
            let applied = GatePack::succeed(Some(&old), DEVICE, &delta, &keys).expect("own delta");
            assert!(applied == opened, "base and delta are not the full pack");
            println!(
                "{members:9}  {:5.1} %  {:8}  {:8}  {:12}  {:10}  {:7.2} ms   {:7.2} ms",
                f64::from(revoked) / 10.0,
                full.len(),
                delta.len(),
                length(&lists),
                length(&idle),
                median_time(|| GatePack::open(&full, &keys)).as_secs_f64() * 1e3,
                median_time(|| GatePack::succeed(Some(&old), DEVICE, &delta, &keys)).as_secs_f64() * 1e3,
            );
            if *members == *sizes.last().unwrap_or(&0) && revoked == 50 {
                let named = organisation.named();
                let first = organisation.churn();
                let (hit, hits) = lookup(&old.content, b'm', named);
                let (ban, bans) = lookup(&old.content, b'b', organisation.bans);
                let (miss, misses) = lookup(&old.content, b'x', u32::MAX);
                assert!(hits == LOOKUPS && bans == LOOKUPS && misses == 0, "{hits} {bans} {misses} {first}");
                println!("\nA lookup among {named} of {members} members:");
                for (what, time) in [("on a list", hit), ("banned", ban), ("neither", miss)] {
                    println!(
                        "  {what:10} {:5} ns    (demanded: below {} ns)",
                        time.as_nanos(),
                        MOST.as_nanos()
                    );
                }
                slowest = hit.max(ban).max(miss);
            }
        }
    }
    if measure && slowest >= MOST {
        eprintln!("a lookup takes {} ns", slowest.as_nanos());
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
