//! The fuzz functions on mutated examples: always the same for a seed, so that a failure can be repeated.

#[path = "../../fuzz/targets/mod.rs"]
mod targets;

use std::{fs, io::Write, panic, path::Path};

use gatehouse_core::{device::read_damaged, gatepack::GatePack};

use self::targets::{TARGETS, examples};

/// Executions of a cheap target; dear ones get a part of it.
const EXECUTIONS: u64 = 40_000;

/// A small seeded generator (xorshift64*).
struct Random(u64);

impl Random {
    const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11;
        usize::try_from(number % end.max(1) as u64).expect("below a usize")
    }

    fn byte(&mut self) -> u8 {
        // Heads of CBOR items that promise much or are not deterministic, and what JSON is made of.
        const TELLING: &[u8] = b"\x00\x17\x18\x1b\x20\x3a\x40\x58\x5b\x5f\x60\x7b\x80\x84\x9b\x9f\xa0\xa6\xbb\xbf\xf4\xf6\xf7\xf9\xff \"{\n:";
        if self.below(2) == 0 { TELLING[self.below(TELLING.len())] } else { self.below(256) as u8 }
    }
}

/// Places of CBOR heads that count or measure what follows, found by reading on from every head.
fn lengths(bytes: &[u8]) -> Vec<usize> {
    let counts = |place: &usize| matches!(bytes[*place] >> 5, 2..=5) && bytes[*place] & 0x1f < 28;
    (0..bytes.len()).filter(counts).collect()
}

fn mutate(random: &mut Random, bytes: &mut Vec<u8>, other: &[u8]) {
    let length = bytes.len();
    if length == 0 {
        bytes.push(random.byte());
        return;
    }
    let place = random.below(length);
    let end = (place + 1 + random.below(24)).min(length);
    match random.below(10) {
        0 => bytes[place] ^= 1 << random.below(8),
        1 => bytes[place] = random.byte(),
        2 => {
            let more: Vec<u8> = (0..=random.below(8)).map(|_| random.byte()).collect();
            bytes.splice(place..place, more);
        }
        3 => drop(bytes.drain(place..end)),
        4 => bytes.truncate(place),
        5 => {
            let part = bytes[place..end].to_vec();
            let times = 1 + random.below(40);
            bytes.splice(place..place, part.repeat(times));
        }
        6 if !other.is_empty() => {
            let from = random.below(other.len());
            let to = (from + 1 + random.below(64)).min(other.len());
            bytes.splice(place..end, other[from..to].iter().copied());
        }
        7 => {
            let heads = lengths(bytes);
            if !heads.is_empty() {
                let head = heads[random.below(heads.len())];
                match random.below(3) {
                    0 => bytes[head] = bytes[head].wrapping_add(1),
                    1 => bytes[head] = bytes[head].wrapping_sub(1),
                    _ => bytes[head] = bytes[head] & 0xe0 | 0x1b,
                }
            }
        }
        8 => {
            // Big-endian numbers that lie at a border.
            let border = [0, 1, 0x7f, 0x80, 0xff];
            for byte in &mut bytes[place..end.min(place + 4)] {
                *byte = border[random.below(border.len())];
            }
        }
        _ => bytes.swap(place, random.below(length)),
    }
    // Large enough for anything that a rule could depend on, small enough to go on quickly.
    bytes.truncate(1 << 16);
}

/// How many executions a target gets: pictures take a thousand times as long as a code.
const fn executions(name: &str, usual: u64) -> u64 {
    match name.as_bytes() {
        b"frame" | b"gif" | b"picture" | b"webp" => usual / 100,
        b"answer" | b"base45" | b"cbor" | b"enrolment_code" | b"member_code" | b"name" | b"sealed"
        | b"storage" | b"wire" => usual,
        // These check or make signatures.
        _ => usual / 8,
    }
}

/// Inputs that once broke a law, by target: files in `core/fuzz/regressions/TARGET`.
fn regressions(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/regressions").join(name);
    let Ok(files) = fs::read_dir(folder) else { return Vec::new() };
    files.map(|file| fs::read(file.expect("a file").path()).expect("read")).collect()
}

fn hold(name: &str, target: fn(&[u8]), input: &[u8], seed: u64) {
    if let Err(cause) = panic::catch_unwind(|| target(input)) {
        println!("target {name}, seed {seed}, input {}", gatehouse_core::hex::encode(input));
        panic::resume_unwind(cause);
    }
}

#[test]
fn every_fuzz_target_holds_on_mutated_examples() {
    let usual = if std::env::var_os("GATEHOUSE_FULL").is_some() { EXECUTIONS * 10 } else { EXECUTIONS };
    let seed = std::env::var("GATEHOUSE_SEED").map_or(1, |seed| seed.parse().expect("a number"));
    let mut total = 0;
    for (name, target) in TARGETS {
        let examples = examples(name);
        assert!(!examples.is_empty(), "no example for {name}");
        for input in examples.iter().chain(&regressions(name)) {
            hold(name, *target, input, 0);
        }
        let mut random = Random::new(seed);
        let started = std::time::Instant::now();
        let runs = executions(name, usual);
        for _ in 0..runs {
            let mut input = examples[random.below(examples.len())].clone();
            let other = &examples[random.below(examples.len())];
            for _ in 0..=random.below(4) {
                mutate(&mut random, &mut input, other);
            }
            hold(name, *target, &input, seed);
        }
        total += runs;
        println!("{name}: {runs} executions, {:.1} s", started.elapsed().as_secs_f64());
    }
    println!("{total} executions in all, seed {seed}");
    figure(&format!("{total} fuzz executions over {} targets", TARGETS.len()));
}

/// Notes what was measured, for whoever writes it down: a line in the file that `GATEHOUSE_FIGURES` names.
fn figure(line: &str) {
    let Some(path) = std::env::var_os("GATEHOUSE_FIGURES") else { return };
    let file = fs::OpenOptions::new().create(true).append(true).open(path);
    file.and_then(|mut file| writeln!(file, "{line}")).expect("noted");
}

/// Otherwise the mutated examples would prove little.
#[test]
fn unchanged_examples_are_what_they_should_be() {
    let prepared = |bytes: &[u8]| gatehouse_core::photo::prepare(bytes).is_ok();
    assert!(examples("photo").iter().all(|bytes| prepared(bytes)));
    let codes = |bytes: &[u8]| gatehouse_core::qr::codes_in_picture(bytes).unwrap_or_default();
    assert!(examples("picture").iter().all(|bytes| codes(bytes) == ["GH1:PICTURE"]));
    assert!(["gif", "webp"].iter().flat_map(|kind| examples(kind)).all(|bytes| codes(&bytes).len() == 1));
    assert!(
        examples("export")
            .iter()
            .step_by(2)
            .all(|text| gatehouse_core::journal::verify_export(text, None).is_ok())
    );
    let base = targets::base_pack();
    for delta in targets::deltas() {
        let next = GatePack::succeed(Some(&base), targets::DEVICE, &delta, &targets::keys());
        assert_eq!(next.map(|pack| pack.seq), Ok(base.seq + 1));
    }
    let text = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).into_owned();
    let parsed = |text: &String| gatehouse_core::wire::EnrolmentCode::parse(text).is_some();
    assert!(examples("enrolment_code").iter().map(text).all(|code| parsed(&code)));
    let parsed = |text: &String| gatehouse_core::wire::MemberCode::parse(text).is_some();
    assert!(examples("member_code").iter().map(text).all(|code| parsed(&code)));
}

/// A power cut leaves a log that ends anywhere. What SQLite takes of it is read, and it is no damage.
#[test]
fn a_log_cut_anywhere_is_not_damaged_and_one_changed_in_the_middle_is() {
    let example = examples("storage").remove(0);
    let (database, log) = targets::storage_parts(&example).expect("two parts");
    let whole = read_damaged(database, log);
    // Four entries, and the row that makes their table.
    assert_eq!((whole.rows, whole.suspect, whole.damaged), (5, 0, false), "{whole:?}");
    for end in 0..log.len() {
        let cut = read_damaged(database, &log[..end]);
        assert!(!cut.damaged && cut.committed <= whole.committed && cut.rows >= 3, "{end}: {cut:?}");
    }
    let mut changed = log.to_vec();
    changed[100] ^= 1;
    let read = read_damaged(database, &changed);
    assert!(read.damaged && read.committed == 0 && read.suspect == whole.committed, "{read:?}");
}
