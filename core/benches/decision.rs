//! What a decision costs beyond the one signature check that it cannot do without.
//!
//! The two are measured by themselves, and then against each other in alternating batches, so that whatever else the
//! machine does meets both alike. How long a verification takes depends a little on the signature, so each batch goes
//! through as many signatures as it has turns. The ratio printed at the end must stay at or below [`MOST`].

#![allow(clippy::expect_used, reason = "a measurement that cannot be set up should stop")]

use std::{
    hint::black_box,
    process::ExitCode,
    time::{Duration, Instant},
};

use criterion::Criterion;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use gatehouse_core::{
    decision::{Code, Decision, Evidence, PastUses, Verdict, decide},
    envelope::PublicKey,
    gatepack::{Content, GatePack, List, Policy, RevokedBuilder},
    id::{Digest32, OrgCode, SiteNumber, SubjectId, TokenId},
    keys::{Key, KeySet},
    pass::{Claims, Kind, Name, NewPass},
    place::Whereabouts,
    time::{Now, UnixSeconds},
};

/// Most that a code's text to its decision may take, in strict verifications of a 200-byte message.
const MOST: f64 = 1.10;
const ROUNDS: usize = 400;
const BATCH: u8 = 50;
/// Places on the stack that are tried in turn.
const DEPTHS: usize = 20;
const NOW: u64 = 1_790_000_000;
const REVOKED: u32 = 10_000;

/// Signature checks and nothing else.
struct Raw {
    key: VerifyingKey,
    signed: Vec<([u8; 200], Signature)>,
}

impl Raw {
    fn new() -> Self {
        let key = SigningKey::from_bytes(&[1; 32]);
        let sign = |message: [u8; 200]| (message, key.sign(&message));
        Self { key: key.verifying_key(), signed: (0..BATCH).map(|number| sign([number; 200])).collect() }
    }

    fn check(&self, turn: usize) -> bool {
        let signed = self.signed.get(turn % self.signed.len());
        signed.is_some_and(|(message, signature)| {
            self.key.verify_strict(black_box(message), black_box(signature)).is_ok()
        })
    }
}

/// Members at a gate: everything that a phone holds when the camera hands it a text.
struct Gate {
    texts: Vec<String>,
    keys: KeySet,
    pack: GatePack,
}

impl Gate {
    fn new() -> Self {
        let (pass_key, pack_key) = (SigningKey::from_bytes(&[2; 32]), SigningKey::from_bytes(&[3; 32]));
        let org: OrgCode = "oakwood".parse().expect("a code");
        let keys = key_set(&org, &pass_key, &pack_key);
        let pack = pack(&org).sign(&pack_key);
        let texts = (0..BATCH).map(|number| pass(number, org.clone(), &pass_key)).collect();
        Self { texts, pack: GatePack::open(&pack, &keys).expect("own pack"), keys }
    }

    fn decide(&self, turn: usize) -> Decision {
        let evidence = Evidence {
            now: Now::Trusted(at(NOW).to_millis()),
            keys: &self.keys,
            pack: Some(&self.pack),
            policy: Policy::default(),
            online: None,
            site: SiteNumber::new(2),
            whereabouts: Whereabouts::NotChecked,
            uses: Some(PastUses::default()),
        };
        let text = self.texts.get(turn % self.texts.len()).map_or("", String::as_str);
        decide(black_box(text), black_box(&evidence))
    }
}

fn at(seconds: u64) -> UnixSeconds {
    UnixSeconds::new(seconds).expect("before the year 10000")
}

fn key_set(org: &OrgCode, pass_key: &SigningKey, pack_key: &SigningKey) -> KeySet {
    let root = SigningKey::from_bytes(&[4; 32]);
    let key = |key: &SigningKey, signs_passes: bool| Key {
        public: PublicKey::from(key),
        not_before: at(NOW - 86_400),
        not_after: at(NOW + 86_400),
        signs_passes,
        signs_packs: !signs_passes,
    };
    let mut keys =
        vec![key(pass_key, true), key(pack_key, false), key(&SigningKey::from_bytes(&[5; 32]), true)];
    keys.sort_by_key(|key| key.public.id());
    let set = KeySet {
        org: org.clone(),
        version: 1,
        issued_at: at(NOW - 3_600),
        expires: at(NOW + 3_600),
        keys,
        next_root: None,
    };
    KeySet::open(&set.sign(&root), &PublicKey::from(&root)).expect("own key set")
}

fn pack(org: &OrgCode) -> GatePack {
    let mut revoked = RevokedBuilder::default();
    for number in 0..REVOKED {
        let digest = Digest32::of(&number.to_be_bytes());
        revoked.add(List::Revoked, &digest.prefix());
    }
    GatePack {
        org: org.clone(),
        device: None,
        seq: 7,
        issued_at: at(NOW - 60),
        next_update: at(NOW + 840),
        hard_expiry: at(NOW + 86_340),
        content_hash: Digest32([0; 32]),
        content: Content { revoked: revoked.build(), ..Content::default() },
    }
}

fn pass(number: u8, org: OrgCode, key: &SigningKey) -> String {
    let claims = Claims {
        org,
        expires_at: at(NOW + 100),
        not_before: at(NOW - 80),
        issued_at: at(NOW - 20),
        token: TokenId([number; 16]),
        kind: Kind::Member,
        subject: SubjectId([100 + number; 16]),
        name: Some(Name::new("Katharina van der Berg").expect("a name")),
        sites: Some([1, 2].into_iter().filter_map(SiteNumber::new).collect()),
    };
    NewPass { claims: &claims, key }.issue().expect("own claims")
}

fn time(work: impl Fn(usize)) -> Duration {
    let start = Instant::now();
    (0..BATCH.into()).for_each(work);
    start.elapsed()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let (low, high) = (values.get((values.len() - 1) / 2), values.get(values.len() / 2));
    low.zip(high).map_or(f64::NAN, |(low, high)| f64::midpoint(*low, *high))
}

/// Calls `work` from so many frames further down the stack. Where the wide loads of a signature check lie on cache
/// lines depends on that, to the tune of a tenth: chance must not settle it for a whole run, and for one of the two.
#[inline(never)]
fn deeper<T>(frames: usize, work: &mut dyn FnMut() -> T) -> T {
    let frame = black_box([0_u8; 16]);
    let result = if frames == 0 { work() } else { deeper(frames - 1, work) };
    black_box(&frame);
    result
}

/// Both in alternating batches, and which of them goes first alternates, too.
fn compare(raw: &Raw, gate: &Gate) -> f64 {
    let check = || time(|turn| assert!(black_box(raw.check(turn))));
    let decide = || time(|turn| assert!(black_box(gate.decide(turn)).verdict == Verdict::Caution));
    let (mut checks, mut decisions, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let (check, decision) = deeper(round / 2 % DEPTHS, &mut || {
            if round % 2 == 0 {
                let check = check();
                (check, decide())
            } else {
                let decision = decide();
                (check(), decision)
            }
        });
        checks.push(check.as_secs_f64());
        decisions.push(decision.as_secs_f64());
        ratios.push(decision.as_secs_f64() / check.as_secs_f64());
    }
    let micros = |batches| median(batches) / f64::from(BATCH) * 1e6;
    let ratio = median(ratios);
    println!("{ROUNDS} rounds of {BATCH} each, medians:");
    println!("  strict verification of 200 bytes  {:8.2} µs", micros(checks));
    println!("  code text to decision             {:8.2} µs", micros(decisions));
    println!("  ratio                             {ratio:8.3}    (demanded: at most {MOST})");
    ratio
}

fn main() -> ExitCode {
    let (raw, gate) = (Raw::new(), Gate::new());
    let first = gate.decide(0);
    assert!(first.opened.is_some() && first.code == Code::Offline, "not the decision to measure: {first:?}");

    let mut criterion = Criterion::default().configure_from_args();
    criterion.bench_function("strict verification of 200 bytes", |bencher| {
        let mut turns = 0..;
        bencher.iter(|| turns.next().map(|turn| raw.check(turn)));
    });
    criterion.bench_function("code text to decision", |bencher| {
        let mut turns = 0..;
        bencher.iter(|| turns.next().map(|turn| gate.decide(turn)));
    });
    criterion.final_summary();

    // Without this argument cargo only tries whether benches run at all; then nothing is measured.
    if std::env::args().any(|argument| argument == "--bench") && compare(&raw, &gate) > MOST {
        eprintln!("a decision costs more than {MOST} signature checks");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
