//! A station whose server's pack keys come and go: what it keeps, what it drops, what it refuses.
#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    sync::{Arc, Mutex},
    thread,
};

use ed25519_dalek::SigningKey;
use gatehouse_core::{
    cbor::Value,
    device::{FileSecrets, GuardStation, PackHeld, SystemTime},
    envelope::PublicKey,
    gatepack::{Content, Delta, GatePack, Policy, Section},
    id::{DeviceId, Digest32, OrgCode},
    journal::{DeviceCertificate, EnrolRequest},
    keys::{Key, KeySet},
    time::UnixSeconds,
    wire::{self, EnrolAnswer, EnrolmentCode, KeysAnswer, path},
};
use gatehouse_server::clock::Clock;

const DEVICE: DeviceId = DeviceId([9; 16]);
const ROOT: u8 = 1;
const ENROL_CODE: &str = "CODE";

fn secret(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number; 32])
}

fn org() -> OrgCode {
    "oak".parse().expect("a code")
}

fn now() -> UnixSeconds {
    Clock::System.now().to_seconds()
}

fn key_set(version: u64, issued_at: UnixSeconds, signers: &[u8]) -> KeySet {
    let mut keys: Vec<_> = signers
        .iter()
        .map(|signer| Key {
            public: PublicKey::from(&secret(*signer)),
            not_before: UnixSeconds::EPOCH,
            not_after: UnixSeconds::MAX,
            signs_passes: false,
            signs_packs: true,
        })
        .collect();
    keys.sort_by_key(|key| key.public.id());
    KeySet { org: org(), version, issued_at, expires: issued_at.plus(86_400), keys, next_root: None }
}

/// What the server answers, and what it was asked.
struct Answers {
    keys: KeySet,
    /// The pack for the first question, and the one for the next.
    packs: Vec<Vec<u8>>,
    asked_since: Vec<u64>,
}

/// Answers as a server does, with whatever it is told to.
struct Server {
    url: String,
    answers: Arc<Mutex<Answers>>,
}

impl Server {
    fn start(keys: KeySet) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let answers = Arc::new(Mutex::new(Answers { keys, packs: Vec::new(), asked_since: Vec::new() }));
        let shared = Arc::clone(&answers);
        thread::spawn(move || {
            for stream in listener.incoming() {
                answer(stream.expect("a connection"), &shared);
            }
        });
        Self { url, answers }
    }

    fn set_keys(&self, keys: KeySet) {
        self.answers.lock().expect("answers").keys = keys;
    }

    /// Has a station synchronise with these packs as answers, and gives what it asked for and what became of it.
    fn sync(&self, station: &GuardStation, packs: &[&[u8]]) -> (Vec<u64>, Option<u64>, Option<String>) {
        {
            let mut answers = self.answers.lock().expect("answers");
            answers.packs = packs.iter().rev().map(|pack| pack.to_vec()).collect();
            answers.asked_since.clear();
        }
        let report = station.sync_once(20_000).expect("synchronised");
        let answers = self.answers.lock().expect("answers");
        assert!(answers.packs.is_empty(), "not all asked for: {:?}", answers.asked_since);
        (answers.asked_since.clone(), report.pack_seq, report.problem)
    }
}

fn answer(mut stream: TcpStream, answers: &Mutex<Answers>) {
    let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first).expect("a request");
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a header");
        let line = line.trim().to_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().expect("a length");
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    let target = first.split(' ').nth(1).expect("a path").to_owned();
    let mut answers = answers.lock().expect("answers");
    let root = secret(ROOT);
    let (root_key, keys) = (root.verifying_key().to_bytes(), answers.keys.sign(&root));
    let keys = KeysAnswer { root: root_key, keys, server_time: Some(Clock::System.now()) };
    let answer = if target == path::ENROL {
        let request: wire::EnrolRequest = serde_json::from_slice(&body).expect("JSON");
        let key = EnrolRequest::open(&request.request).expect("a request").key;
        let certificate = DeviceCertificate { org: org(), device: DEVICE, key, enrolled_at: now() };
        serde_json::to_vec(&EnrolAnswer {
            device: DEVICE,
            token: "token".to_owned(),
            certificate: certificate.sign(&secret(2)),
            organisation: "Oak".to_owned(),
            keys,
            policy: Policy::default(),
            server_time: Clock::System.now(),
        })
        .expect("JSON")
    } else if target == path::KEYS {
        serde_json::to_vec(&keys).expect("JSON")
    } else {
        let since = target.strip_prefix(&format!("{}?since=", path::GATE_PACK)).expect("a pack is asked for");
        answers.asked_since.push(since.parse().expect("a number"));
        answers.packs.pop().expect("one pack too many is asked for")
    };
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", answer.len());
    stream.write_all(&[head.as_bytes(), &answer].concat()).expect("sent");
}

fn open(folder: &Path) -> GuardStation {
    let secrets = FileSecrets::open(folder.join("secrets")).expect("secrets");
    let folder = folder.join("station").to_str().expect("UTF-8").to_owned();
    GuardStation::open(folder, Arc::new(secrets), Arc::new(SystemTime)).expect("a station")
}

/// A pack that says how many sites there are.
fn pack(seq: u64, issued_at: UnixSeconds, sites: u64) -> GatePack {
    let site = |number: u64| vec![Value::Uint(number), "Gate".into()];
    GatePack {
        org: org(),
        device: Some(DEVICE),
        seq,
        issued_at,
        next_update: issued_at.plus(60),
        hard_expiry: issued_at.plus(600),
        content_hash: Digest32([0; 32]),
        content: Content { sites: Section::build((1..=sites).map(site)), ..Content::default() },
    }
}

#[test]
fn a_station_keeps_drops_and_refuses_packs_as_its_keys_say() {
    let folder = tempfile::tempdir().expect("a folder");
    let start = now().minus(300);
    let server = Server::start(key_set(1, start, &[2, 3]));
    let station = open(folder.path());
    let code = EnrolmentCode {
        url: server.url.clone(),
        org: org(),
        code: ENROL_CODE.to_owned(),
        root: PublicKey::from(&secret(ROOT)).digest(),
    };
    station.enrol(code.to_text(), None, 20_000).expect("enrolled");
    let age = |station: &GuardStation| station.status().expect("a status").pack_age;
    let refused = Some("pack_invalid".to_owned());

    // A full pack under the one key, a delta under the other. The delta is issued later: time goes on with it.
    let (fifth, sixth) = (pack(5, start, 1), pack(6, now(), 2));
    assert_eq!(server.sync(&station, &[&fifth.sign(&secret(2))]), (vec![0], Some(5), None));
    assert_eq!(age(&station), PackHeld::Stale);
    let to_sixth = Delta::between(&fifth, &sixth).sign(&secret(3));
    assert_eq!(server.sync(&station, &[&to_sixth]), (vec![5], Some(6), None));
    assert_eq!(age(&station), PackHeld::Fresh);

    // Played back, the same delta changes nothing; an older pack and a forked one are refused, whole or by delta.
    assert_eq!(server.sync(&station, &[&to_sixth]), (vec![6], Some(6), None));
    assert_eq!(server.sync(&station, &[&fifth.sign(&secret(2))]), (vec![6], Some(6), refused.clone()));
    let forked = pack(6, now(), 3);
    assert_eq!(server.sync(&station, &[&forked.sign(&secret(2))]), (vec![6], Some(6), refused.clone()));
    let to_forked = Delta::between(&fifth, &forked).sign(&secret(2));
    assert_eq!(server.sync(&station, &[&to_forked]), (vec![6], Some(6), refused.clone()));
    // A delta that does not fit is followed by a question for all, which may be refused in its turn.
    let seventh = pack(7, now(), 3);
    let from_elsewhere = Delta::between(&fifth, &seventh).sign(&secret(2));
    let again = server.sync(&station, &[&from_elsewhere, &fifth.sign(&secret(2))]);
    assert_eq!(again, (vec![6, 0], Some(6), refused.clone()));
    let wrong =
        Delta::between(&GatePack { content: forked.content, ..sixth.clone() }, &seventh).sign(&secret(2));
    let eighth = pack(8, now(), 4);
    let again = server.sync(&station, &[&wrong, &eighth.sign(&secret(2))]);
    assert_eq!(again, (vec![6, 0], Some(8), None));
    let ninth = pack(9, now(), 5);
    let to_ninth = Delta::between(&eighth, &ninth).sign(&secret(3));
    assert_eq!(server.sync(&station, &[&to_ninth]), (vec![8], Some(9), None));

    // The key of the pack that the delta built on goes: what is in use was signed by the other, and stays.
    server.set_keys(key_set(2, now(), &[3, 4]));
    let tenth = pack(10, now(), 6);
    let to_tenth = Delta::between(&ninth, &tenth).sign(&secret(3));
    assert_eq!(server.sync(&station, &[&to_tenth]), (vec![9], Some(10), None));

    // The key of the delta in use goes: the pack is dropped at once, also over a restart.
    let issued = now();
    server.set_keys(key_set(3, issued, &[4]));
    // No delta starts a new count, nor does a pack from before that key set.
    let to_eleventh = Delta::between(&tenth, &pack(11, now(), 7)).sign(&secret(4));
    assert_eq!(server.sync(&station, &[&to_eleventh]), (vec![0], None, refused.clone()));
    drop(station);
    let station = open(folder.path());
    assert_eq!(age(&station), PackHeld::Absent);
    let before = pack(12, issued.minus(1), 8).sign(&secret(4));
    assert_eq!(server.sync(&station, &[&before]), (vec![0], None, refused.clone()));
    // A younger one does, whatever its number; from there the count only rises again.
    let second = pack(2, issued, 9);
    assert_eq!(server.sync(&station, &[&second.sign(&secret(4))]), (vec![0], Some(2), None));
    let first = pack(1, now(), 9).sign(&secret(4));
    assert_eq!(server.sync(&station, &[&first]), (vec![2], Some(2), refused));
    let to_third = Delta::between(&second, &pack(3, now(), 10)).sign(&secret(4));
    assert_eq!(server.sync(&station, &[&to_third]), (vec![2], Some(3), None));
    drop(station);
    assert_eq!(open(folder.path()).status().expect("a status").pack_seq, Some(3));
}
