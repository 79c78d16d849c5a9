//! What a guard waits for: from a camera frame to a verdict that is on the disk, with the server, without it, and with
//! one that never answers; how many entries a second the journal takes against raw commits of SQLite in the same run;
//! and how long a store of 100,000 entries takes to open and to tell how it stands.
//!
//! Everything is real: the server process, HTTP over loopback, files on this machine's disk. The server is a release
//! build, made here unless `GATEHOUSE_BIN` names one.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    time::{Duration, Instant},
};

use gatehouse_core::{
    device::GuardStation,
    picture::Luma,
    qr::{self, Correction},
};
use gatehouse_tests::{
    phone::{PATIENCE_MS, Phone},
    server::Server,
};
use serde_json::{Value, json};

const GUARD: &str = "guard@oakwood.example";
const SCANS: usize = 150;
const LATE_SCANS: usize = 40;
const ROUNDS: usize = 10;
const COMMITS: usize = 40;
const ENTRIES: usize = 100_000;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() == Some("fill") {
        // Another process, so that only it commits without waiting for the disk.
        fill(Path::new(&arguments.next().expect("a folder")));
        return ExitCode::SUCCESS;
    }
    if std::env::var_os("GATEHOUSE_BIN").is_some() {
        measure();
        return ExitCode::SUCCESS;
    }
    // A debug server, which tests are content with, would measure how slow debug builds are.
    let this = std::env::current_exe().expect("this program");
    let measured = Command::new(this).env("GATEHOUSE_BIN", release_server()).status().expect("it runs");
    if measured.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn release_server() -> PathBuf {
    let here = gatehouse_tests::here();
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--release", "--package", "gatehouse-server", "--bin", "gatehouse"])
        .current_dir(here)
        .status();
    assert!(built.expect("cargo runs").success(), "the server does not build");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| here.join("../target"), PathBuf::from);
    target.join("release/gatehouse").canonicalize().expect("the binary is where cargo puts it")
}

fn measure() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Server::start(&folder.path().join("server"), 0);
    let _ = server.local(&["site", "add", "--name", "Main gate"]);
    let guard = server.local(&["user", "add", "--email", GUARD, "--role", "guard"]);
    let _ = server.local(&["user", "assign", guard["id"].as_str().expect("an id"), "--site", "1"]);
    let admin = server.local(&["user", "add", "--email", "a@oakwood.example", "--role", "admin", "--token"]);
    let token = admin["token"].as_str().expect("a token");
    let frames = frames(&server, token, 2 * SCANS + LATE_SCANS);
    let phone = Phone::enrolled(&server, &folder.path().join("phone"));
    let station = phone.at_work(&server, GUARD);
    station.sync_once(PATIENCE_MS).expect("synchronised");

    println!("frame of 1280 x 720 to durable verdict, milliseconds");
    let (online, rest) = frames.split_at(SCANS);
    let (offline, late) = rest.split_at(SCANS);
    report("online", scan_all(&station, online, true));
    let port = server.port();
    server.kill();
    report("offline (refused)", scan_all(&station, offline, false));
    let silent = TcpListener::bind(("127.0.0.1", port)).expect("the server's port");
    report("offline (no answer)", scan_all(&station, late, false));
    drop(silent);
    appends(&station, folder.path());
    open_large(&phone, station, folder.path());
}

/// Longer than the server's limits on one person's calls and on one device's ask for, with which a fast station would be
/// sent away, and judge offline.
const BETWEEN: Duration = Duration::from_millis(70);

/// A frame of the camera for each of so many invitations.
fn frames(server: &Server, token: &str, count: usize) -> Vec<Luma> {
    let now = std::time::UNIX_EPOCH.elapsed().expect("after 1970").as_secs();
    (0..count)
        .map(|number| {
            std::thread::sleep(BETWEEN);
            let visit = json!({"name": format!("Visitor {number}"), "from": now - 60, "until": now + 86_400});
            let mut answer = ureq::post(format!("{}/api/access-control/invitations", server.url))
                .header("authorization", format!("Bearer {token}"))
                .send_json(visit)
                .expect("invited");
            let made: Value = answer.body_mut().read_json().expect("JSON");
            frame(made["code"].as_str().expect("a code"))
        })
        .collect()
}

/// A code in the middle of an otherwise grey frame, five pixels a module.
fn frame(text: &str) -> Luma {
    let (width, height, scale) = (1280_usize, 720_usize, 5);
    let code = qr::modules(text, Correction::Medium).expect("a code");
    let side = code.width as usize;
    let (left, top) = ((width - side * scale) / 2, (height - side * scale) / 2);
    let mut pixels = vec![190; width * height];
    for y in 0..side * scale {
        for x in 0..side * scale {
            pixels[(top + y) * width + left + x] = code.pixels[(y / scale) * side + x / scale];
        }
    }
    Luma { width: 1280, height: 720, pixels }
}

fn scan_all(station: &GuardStation, frames: &[Luma], online: bool) -> Vec<Duration> {
    frames
        .iter()
        .map(|frame| {
            if online {
                std::thread::sleep(BETWEEN);
            }
            let start = Instant::now();
            let scan = station.scan_frame(frame, None).expect("a scan").expect("a code");
            let took = start.elapsed();
            assert_eq!(scan.online, online, "{scan:?}");
            took
        })
        .collect()
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize].as_secs_f64() * 1e3;
    // Of fewer than a hundred the last percent is the slowest one, so that is what it is called.
    let (last, share) = if times.len() < 100 { ("max", 1.0) } else { ("p99", 0.99) };
    println!("  {what:<20} p50 {:>7.1}   {last} {:>7.1}   ({} times)", at(0.5), at(share), times.len());
}

/// Walk-ups, each an entry and an event in one commit, in turn with commits of as many bytes by SQLite alone.
fn appends(station: &GuardStation, folder: &Path) {
    let raw = rusqlite::Connection::open(folder.join("raw.db")).expect("a database");
    raw.pragma_update(None, "journal_mode", "WAL").expect("a log");
    raw.pragma_update(None, "synchronous", "FULL").expect("durable");
    raw.execute_batch("CREATE TABLE entry (number INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT")
        .expect("a table");
    let body = vec![7_u8; 1_500];
    let (mut ours, mut theirs) = (Duration::ZERO, Duration::ZERO);
    for _ in 0..ROUNDS {
        let start = Instant::now();
        for _ in 0..COMMITS {
            station.walk_up("Wim Walker".to_owned(), None, None, None).expect("a walk-up");
        }
        ours += start.elapsed();
        let start = Instant::now();
        for _ in 0..COMMITS {
            raw.execute("INSERT INTO entry (body) VALUES (?1)", [&body]).expect("a commit");
        }
        theirs += start.elapsed();
    }
    let rate = |time: Duration| (ROUNDS * COMMITS) as f64 / time.as_secs_f64();
    println!("journal entries a second, each on the disk before the call returns (synchronous=FULL)");
    println!(
        "  ours {:.0}, raw commits of SQLite {:.0}, ratio {:.2}",
        rate(ours),
        rate(theirs),
        rate(ours) / rate(theirs)
    );
}

fn open_large(phone: &Phone, station: GuardStation, folder: &Path) {
    drop(station);
    let filled = Command::new(std::env::current_exe().expect("this program"))
        .args(["fill", folder.join("phone").to_str().expect("UTF-8")])
        .env("GATEHOUSE_FAULT_SYNCHRONOUS", "off")
        .status()
        .expect("filled");
    assert!(filled.success());
    let (mut opened, mut told) = (Vec::new(), Vec::new());
    for _ in 0..20 {
        let start = Instant::now();
        let station = phone.open();
        opened.push(start.elapsed());
        for _ in 0..10 {
            let start = Instant::now();
            let status = station.status().expect("status");
            told.push(start.elapsed());
            assert!(status.outbox.entries >= ENTRIES as u64);
        }
    }
    println!("a store of {ENTRIES} entries that all wait to be sent, milliseconds");
    report("open", opened);
    report("status", told);
}

fn fill(folder: &Path) {
    let station = Phone::at(folder).open();
    while station.status().expect("status").outbox.entries < ENTRIES as u64 {
        for _ in 0..1_000 {
            station.walk_up("Wim Walker".to_owned(), None, None, None).expect("a walk-up");
        }
    }
}
