//! Stations and servers that end without warning: nothing shown is lost, nothing is doubled, every chain holds.

#[path = "chaos/damage.rs"]
mod damage;
#[path = "chaos/day.rs"]
mod day;
#[path = "chaos/enrolment.rs"]
mod enrolment;
#[path = "chaos/outbox.rs"]
mod outbox;
#[path = "chaos/photos.rs"]
mod photos;
#[path = "chaos/storage.rs"]
mod storage;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use gatehouse_core::{
    envelope::PublicKey,
    hex,
    id::Digest32,
    journal::{Body, EntryKind, SignedEntry},
};
use gatehouse_tests::{
    Random, chance, figure, gatehouse, here,
    server::Server,
    station::{End, Shown, Station},
    trials,
};
use serde_json::Value;

const GUARD: &str = "guard@oakwood.example";

struct Gate {
    folder: tempfile::TempDir,
    server: Server,
    station: Station,
    invitation: String,
    admin_token: String,
}

impl Gate {
    fn open() -> Self {
        Self::open_behind(str::to_owned)
    }

    /// A gate whose station reaches the server at the address that `front` gives for the server's own.
    fn open_behind(front: impl FnOnce(&str) -> String) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut server = Server::start(&folder.path().join("server"), 0);
        server.url = front(&server.url);
        let site = server.local(&["site", "add", "--name", "Main gate"]);
        assert_eq!(site["number"], 1, "{site}");
        let guard = server.local(&["user", "add", "--email", GUARD, "--role", "guard", "--name", "Grace"]);
        let _ = server.local(&["user", "assign", guard["id"].as_str().expect("id"), "--site", "1"]);
        let admin =
            server.local(&["user", "add", "--email", "admin@oakwood.example", "--role", "admin", "--token"]);
        let admin_token = admin["token"].as_str().expect("token").to_owned();
        let invitation = server.local(&["invitation", "add", "--name", "Vera Visitor", "--site", "1"]);
        let station = Station::at_work(&server, &folder.path().join("station"), GUARD);
        let invitation = invitation["code"].as_str().expect("the code's text").to_owned();
        Self { folder, server, station, invitation, admin_token }
    }

    /// What a scanner types in one trial: garbage, a good code, a decision after each.
    fn lines(&self, random: &mut Random, trial: u64) -> Vec<String> {
        (0..60)
            .flat_map(|scan| {
                let code = match random.below(3) {
                    0 => self.invitation.clone(),
                    _ => format!("NOT A CODE {trial} {scan}"),
                };
                [code, format!("d trial {trial}")]
            })
            .collect()
    }

    /// The same station again, enrolled as a new device and everything sent.
    fn enrol_anew(&self) {
        let code = self.server.local(&["device", "code", "--url", &self.server.url]);
        self.station.done(&["enrol", code["code"].as_str().expect("the code's text")]);
        self.station.send_all();
    }

    fn status(&self) -> Value {
        self.station.answer(&["status"])
    }

    /// Scans and denies so many texts that are no codes, without a network.
    fn scan_some(&self, word: &str, count: u64) -> Shown {
        let lines = (0..count).flat_map(|n| [format!("{word} {n}"), "d".to_owned()]).collect();
        self.station.type_in(lines, &[("GATEHOUSE_FAULT_NETWORK", "down".to_owned())], End::Whole)
    }

    fn database(&self) -> PathBuf {
        self.station.data.join("station.db")
    }

    /// Events at the server.
    fn events(&self) -> Vec<String> {
        let mut answer = ureq::get(format!("{}/api/access-control/events?limit=500", self.server.url))
            .header("authorization", format!("Bearer {}", self.admin_token))
            .call()
            .expect("events");
        let events: Vec<Value> = answer.body_mut().read_json().expect("JSON");
        events.iter().filter_map(|event| event["event"].as_str().map(str::to_owned)).collect()
    }

    /// Sends everything, has the server export the journal, checks it as a stranger would, and gives the entries.
    fn journal_at_server(&self) -> Vec<SignedEntry> {
        self.station.send_all();
        let status = self.station.answer(&["status"]);
        let outbox = &status["outbox"];
        assert_eq!((&outbox["waiting"], &outbox["photos"]), (&0.into(), &0.into()), "{status}");
        self.photos_at_server();
        let device = status["device"].as_str().expect("device");
        let export = gatehouse(&["journal", "export", "--device", device, "--data"])
            .arg(&self.server.data)
            .output()
            .expect("exported");
        assert!(export.status.success(), "{export:?}");
        let file = self.folder.path().join("export.journal");
        fs::write(&file, &export.stdout).expect("written");
        let (root, keys) = self.keys();
        let output = gatehouse(&["journal", "verify", "--root", &root, "--keys"])
            .arg(keys)
            .arg(&file)
            .output()
            .expect("verified");
        let verdict: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(verdict["ok"], true, "{verdict}");
        assert_eq!(verdict["certified"], true, "{verdict}");
        assert_eq!(verdict["receipted"], verdict["entries"], "{verdict}");
        assert_eq!(verdict["entries"], status["outbox"]["entries"], "{verdict}");
        read_export(&export.stdout)
    }

    /// Every photo that an entry names is at the server, whole; gives how many there are.
    fn photos_at_server(&self) -> usize {
        let sql = rusqlite::Connection::open(self.server.data.join("gatehouse.db")).expect("open");
        let mut statement = sql.prepare("SELECT sha256 FROM photo").expect("a query");
        let read = |row: &rusqlite::Row<'_>| Ok(Digest32(row.get(0)?));
        let named: Vec<Digest32> = statement.query_map([], read).expect("read").map(Result::unwrap).collect();
        if named.is_empty() {
            return 0;
        }
        let cookie = self.server.cookie();
        for sha256 in &named {
            let jpeg = self.server.photo(&cookie, &sha256.to_string());
            assert_eq!(Digest32::of(&jpeg), *sha256);
        }
        named.len()
    }

    fn keys(&self) -> (String, PathBuf) {
        let mut answer = ureq::get(format!("{}/api/access-control/keys", self.server.url))
            .header("authorization", format!("Bearer {}", self.admin_token))
            .call()
            .expect("keys");
        let answer: Value = answer.body_mut().read_json().expect("JSON");
        let file = self.folder.path().join("keys.bin");
        fs::write(&file, hex::decode(answer["keys"].as_str().expect("hex")).expect("hex")).expect("written");
        (answer["root"].as_str().expect("hex").to_owned(), file)
    }
}

fn read_export(text: &[u8]) -> Vec<SignedEntry> {
    let text = std::str::from_utf8(text).expect("text");
    let mut lines = text.lines();
    let head: Value = serde_json::from_str(lines.next().expect("a head")).expect("JSON");
    let key = PublicKey::new(hex::decode_array(head["public_key"].as_str().expect("hex")).expect("32 bytes"));
    lines
        .filter(|line| !line.starts_with('{'))
        .map(|line| SignedEntry::open(&hex::decode(line).expect("hex"), &key).expect("an entry"))
        .collect()
}

/// Everything shown is in the journal, once.
fn missing(shown: &Shown, entries: &[SignedEntry]) -> Vec<String> {
    let mut scans = BTreeMap::new();
    let mut decisions = BTreeMap::new();
    for signed in entries {
        let entry = &signed.entry;
        if matches!(entry.kind, EntryKind::Scan | EntryKind::WalkUp) {
            *scans.entry(entry.id.to_string()).or_insert(0) += 1;
        }
        if let Some(Body::Decision { event, granted, .. }) = Body::from_value(entry.kind, &entry.body) {
            assert_eq!(decisions.insert(event.to_string(), granted), None, "{event} is decided twice");
        }
    }
    let lost_scans = shown.scans.iter().filter(|event| scans.get(*event) != Some(&1)).cloned();
    let lost_decisions =
        shown.decisions.iter().filter(|(event, granted)| decisions.get(*event) != Some(granted));
    lost_scans.chain(lost_decisions.map(|(event, _)| format!("decision of {event}"))).collect()
}

fn gather(into: &mut Shown, shown: Shown) {
    into.scans.extend(shown.scans);
    into.decisions.extend(shown.decisions);
}

#[test]
fn a_station_killed_at_any_moment_loses_and_doubles_nothing() {
    let gate = Gate::open();
    let mut random = chance("a station that is killed", 1);
    let mut all = Shown::default();
    let kills = trials(200);
    for trial in 0..kills {
        let offline = if trial % 2 == 0 { "down" } else { "up" };
        let and = Duration::from_micros(random.below(20_000));
        let end = End::Killed { after: random.below(100), and };
        let lines = gate.lines(&mut random, trial);
        let network = [("GATEHOUSE_FAULT_NETWORK", offline.to_owned())];
        gather(&mut all, gate.station.type_in(lines, &network, end));
    }
    let entries = gate.journal_at_server();
    assert_eq!(missing(&all, &entries), Vec::<String>::new());
    figure(&format!(
        "{kills} kills: {} scans and {} decisions shown, all held",
        all.scans.len(),
        all.decisions.len()
    ));
    assert!(all.scans.len() as u64 > kills, "the kills came before anything happened");
}

#[test]
fn a_server_killed_while_a_station_sends_loses_and_doubles_nothing() {
    let mut gate = Gate::open();
    let mut random = chance("a server that is killed", 2);
    let mut all = Shown::default();
    let port = gate.server.port();
    for trial in 0..trials(50) {
        let lines = gate.lines(&mut random, trial).into_iter().take(20).collect();
        gather(
            &mut all,
            gate.station.type_in(lines, &[("GATEHOUSE_FAULT_NETWORK", "down".to_owned())], End::Whole),
        );
        let mut sync = gate.station.command(&["sync", "--seconds", "2"]).spawn().expect("syncing");
        std::thread::sleep(Duration::from_millis(random.below(120)));
        gate.server.kill();
        sync.wait().expect("ended");
        gate.server = Server::start(&gate.server.data.clone(), port);
    }
    assert_eq!(missing(&all, &gate.journal_at_server()), Vec::<String>::new());
}

/// Builds the library that takes back what no fsync made durable.
fn powercut_library(folder: &Path) -> PathBuf {
    let library = folder.join("powercut.so");
    let status = Command::new("cc")
        .args(["-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o"])
        .arg(&library)
        .arg(here().join("chaos/powercut.c"))
        .status()
        .expect("a C compiler");
    assert!(status.success(), "powercut.c does not build");
    library
}

/// Cuts the power again and again; gives what was lost that had been shown, and how many cuts there were.
fn cut_power(synchronous: &'static str, cuts: u64, seed: u64) -> (Vec<String>, u64) {
    let gate = Gate::open();
    let library = powercut_library(gate.folder.path());
    let mut random = chance(&format!("power cuts, synchronous {synchronous}"), seed);
    let mut all = Shown::default();
    for trial in 0..cuts {
        let keep =
            if trial % 3 == 0 { "none".to_owned() } else { format!("random:{}", random.below(1 << 30)) };
        let environment = [
            ("LD_PRELOAD", library.to_string_lossy().into_owned()),
            ("POWERCUT_DIR", gate.station.data.to_string_lossy().into_owned()),
            ("POWERCUT_PROGRAM", "gatehouse".to_owned()),
            ("POWERCUT_AT", (1 + random.below(250)).to_string()),
            ("POWERCUT_KEEP", keep),
            ("GATEHOUSE_FAULT_SYNCHRONOUS", synchronous.to_owned()),
            ("GATEHOUSE_FAULT_NETWORK", if trial % 2 == 0 { "down" } else { "up" }.to_owned()),
        ];
        gather(&mut all, gate.station.type_in(gate.lines(&mut random, trial), &environment, End::Whole));
        // A store that no longer opens has lost everything it showed; no need to go on.
        if !gate.station.run(&["status"]).status.success() {
            return (all.scans, trial + 1);
        }
    }
    let (scans, decisions) = (all.scans.len(), all.decisions.len());
    figure(&format!(
        "{cuts} power cuts, synchronous {synchronous}: {scans} scans and {decisions} decisions shown"
    ));
    assert!(!all.scans.is_empty(), "the cuts came before anything happened");
    if synchronous == "off" {
        // The server's word cannot be had from a station that lost what it had sent: ask its own journal.
        return (lost_locally(&gate, &all), cuts);
    }
    (missing(&all, &gate.journal_at_server()), cuts)
}

/// What a station that does not sync its disk lost: entries are numbered, so fewer entries than events say it.
fn lost_locally(gate: &Gate, shown: &Shown) -> Vec<String> {
    let status = gate.station.answer(&["status"]);
    let entries = status["outbox"]["entries"].as_u64().unwrap_or(0);
    let least = shown.scans.len() as u64 + shown.decisions.len() as u64;
    if entries < least { shown.scans.clone() } else { Vec::new() }
}

#[test]
fn a_power_cut_at_any_moment_loses_and_doubles_nothing() {
    let (lost, _) = cut_power("full", trials(200), 3);
    assert_eq!(lost, Vec::<String>::new());
}

#[test]
fn the_power_cut_trial_notices_a_store_that_does_not_sync() {
    let (lost, cuts) = cut_power("off", 40, 4);
    assert!(!lost.is_empty(), "{cuts} cuts without fsync lost nothing: the trial proves nothing");
}
