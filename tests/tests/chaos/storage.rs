//! Storage that fails: a full disk, writes and syncs that fail in turn, databases that are damaged or of an old format.

use std::{
    fs::{self, OpenOptions},
    io::{Seek, SeekFrom, Write},
    path::Path,
    process::{Command, Output},
};

use gatehouse_tests::{Random, binary, json_lines, station::Station, trials};
use serde_json::Value;

use super::{BTreeMap, Gate, PathBuf, Shown, gather, missing, powercut_library};

/// What a command showed: scans and decisions on its lines.
pub fn gather_shown(output: &Output) -> Shown {
    let mut shown = Shown::default();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(value) = serde_json::from_str::<Value>(line) else { continue };
        let Some(event) = value["event"].as_str().map(str::to_owned) else { continue };
        match value["granted"].as_bool() {
            Some(granted) => {
                shown.decisions.insert(event, granted);
            }
            None if value["again"] == false && value["code"].is_string() => shown.scans.push(event),
            None => {}
        }
    }
    shown
}

/// Whatever went wrong was said in a sentence, under a code of the store's or the secret store's.
fn assert_said(output: &Output) {
    let said = String::from_utf8_lossy(&output.stderr);
    for line in said.lines() {
        let (code, sentence) = line.split_once(": ").unwrap_or_else(|| panic!("no code in {line:?}"));
        assert!(code.bytes().all(|c| c.is_ascii_lowercase() || c == b'_'), "{line:?}");
        assert!(sentence.len() > 10, "{line:?}");
    }
    if output.status.code() == Some(2) {
        assert!(!said.is_empty(), "{output:?}");
    }
}

impl Gate {
    /// The same station again, enrolled as a new device and everything sent.
    fn enrol_anew(&self) {
        let code = self.server.local(&["device", "code", "--url", &self.server.url]);
        self.station.done(&["enrol", code["code"].as_str().expect("the code's text")]);
        self.station.done(&["sync"]);
    }

    fn status(&self) -> Value {
        self.station.answer(&["status"])
    }

    /// Scans and denies so many texts that are no codes, without a network.
    fn scan_some(&self, word: &str, count: u64) -> Shown {
        let lines = (0..count).flat_map(|n| [format!("{word} {n}"), "d".to_owned()]).collect();
        self.station.type_in(lines, &[("GATEHOUSE_FAULT_NETWORK", "down".to_owned())], None)
    }

    fn database(&self) -> PathBuf {
        self.station.data.join("station.db")
    }

    /// Events at the server.
    fn events(&self) -> Vec<String> {
        let mut answer = ureq::get(format!("{}/api/access-control/events", self.server.url))
            .header("authorization", format!("Bearer {}", self.admin_token))
            .call()
            .expect("events");
        let events: Vec<Value> = answer.body_mut().read_json().expect("JSON");
        events.iter().filter_map(|event| event["event"].as_str().map(str::to_owned)).collect()
    }
}

/// A disk of 24 MB that fills up while the station works; everything in one script, since only it sees the disk.
const FULL_DISK: &str = r#"
set -e
mount -t tmpfs -o size=24m tmpfs "$DISK" || exit 77
cp -a "$STATION" "$DISK/station"
dd if=/dev/zero of="$DISK/filler" bs=64k 2>/dev/null || true
dd if=/dev/zero of="$DISK/crumbs" bs=512 2>/dev/null || true
export GATEHOUSE_FAULT_NETWORK=down
"$BINARY" station --data "$DISK/station" --json scan <"$OUT/few" >"$OUT/few.out" 2>"$OUT/few.err"
"$BINARY" station --data "$DISK/station" --json status >"$OUT/low"
"$BINARY" station --data "$DISK/station" --json scan <"$OUT/many" >"$OUT/many.out" 2>"$OUT/many.err"
rm "$DISK/filler" "$DISK/crumbs"
unset GATEHOUSE_FAULT_NETWORK
"$BINARY" station --data "$DISK/station" --json sync >"$OUT/synced"
"$BINARY" station --data "$DISK/station" --json status >"$OUT/after"
rm -rf "$STATION"
cp -a "$DISK/station" "$STATION"
"#;

#[test]
fn a_full_disk_carries_two_hundred_more_scans_and_then_says_no() {
    let gate = Gate::open();
    let out = gate.folder.path().join("out");
    let disk = gate.folder.path().join("disk");
    for folder in [&out, &disk] {
        fs::create_dir(folder).expect("made");
    }
    let lines = |count: u64, word: &str| -> String {
        (0..count).map(|n| format!("{word} {n}\nd no code\n")).collect()
    };
    fs::write(out.join("few"), lines(20, "EARLY")).expect("written");
    fs::write(out.join("many"), lines(2500, "LATE")).expect("written");
    let ran = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", FULL_DISK])
        .envs([("DISK", &disk), ("STATION", &gate.station.data), ("OUT", &out)])
        .env("BINARY", binary())
        .output();
    let Ok(ran) = ran.map_err(|error| println!("skipped: unshare: {error}")) else { return };
    if ran.status.code() == Some(77) || String::from_utf8_lossy(&ran.stderr).contains("unshare failed") {
        println!("skipped: this user may not mount: {}", String::from_utf8_lossy(&ran.stderr));
        return;
    }
    assert!(ran.status.success(), "{ran:?}");
    let read = |name: &str| fs::read(out.join(name)).expect("read");
    let json = |name: &str| serde_json::from_slice::<Value>(&read(name)).expect("JSON");
    let output = |name: &str| Output {
        status: ran.status,
        stdout: read(&format!("{name}.out")),
        stderr: read(&format!("{name}.err")),
    };
    assert_eq!(String::from_utf8_lossy(&read("few.err")), "", "the reserve carries the first scans");
    assert_eq!(json("low")["storage_low"], true);
    let mut all = gather_shown(&output("few"));
    gather(&mut all, gather_shown(&output("many")));
    println!("{} scans and {} decisions on a full disk", all.scans.len(), all.decisions.len());
    assert!(all.scans.len() >= 220, "only {} scans after the disk was full", all.scans.len());
    let refused = String::from_utf8_lossy(&read("many.err")).into_owned();
    assert!(
        all.scans.len() < 2520 && refused.contains("storage_full: This device's storage is full."),
        "{refused}"
    );
    assert_eq!((&json("synced")["waiting"], &json("synced")["problem"]), (&0.into(), &Value::Null));
    assert_eq!(json("after")["storage_low"], false, "there is room again, and the reserve is whole");
    assert_eq!(missing(&all, &gate.journal_at_server()), Vec::<String>::new());
}

/// A short day at the gate, command by command: each is run with a fault at each of its writes, and then again.
fn day(gate: &Gate, photo: &str, trial: usize) -> Vec<(Vec<String>, Option<String>)> {
    let args = |args: &[&str]| args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>();
    let name = format!("Walker {trial}");
    vec![
        (args(&["shift", "end"]), None),
        (args(&["shift", "start", "--site", "1"]), None),
        (args(&["scan"]), Some(format!("ONE {trial}\nd no\nTWO {trial}\nd\n{}\nd late\n", gate.invitation))),
        (args(&["walk-up", "--name", &name, "--photo", photo, "--grant"]), None),
        (args(&["sync"]), None),
    ]
}

pub fn run_with(
    station: &Station,
    (args, typed): &(Vec<String>, Option<String>),
    environment: &[(&str, String)],
) -> Output {
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let mut process = station
        .command(&args)
        .envs(environment.iter().map(|(name, value)| (name, value)))
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut stdin = process.stdin.take().expect("stdin");
    // One that ended early reads no more.
    let _ = stdin.write_all(typed.as_deref().unwrap_or_default().as_bytes());
    drop(stdin);
    process.wait_with_output().expect("it ends")
}

#[test]
fn every_write_and_sync_may_fail_and_the_day_goes_on() {
    let gate = Gate::open();
    let library = powercut_library(gate.folder.path());
    let photo = gate.folder.path().join("photo.png");
    let photo = photo.to_str().expect("UTF-8");
    let invitation = gate.server.local(&["invitation", "add", "--name", "Pia Picture", "--site", "1"]);
    let _ = gate.server.local(&[
        "pass",
        "issue",
        "--invitation",
        invitation["id"].as_str().expect("id"),
        "--png",
        photo,
    ]);
    let shim = |more: &[(&'static str, String)]| {
        let mut environment = vec![
            ("LD_PRELOAD", library.to_string_lossy().into_owned()),
            ("POWERCUT_DIR", gate.station.data.to_string_lossy().into_owned()),
            ("POWERCUT_PROGRAM", "gatehouse".to_owned()),
        ];
        environment.extend_from_slice(more);
        environment
    };
    // How much each command writes when nothing fails.
    let count_file = gate.folder.path().join("count");
    let mut points = Vec::new();
    let mut all = Shown::default();
    for (index, command) in day(&gate, photo, 0).iter().enumerate() {
        let counting = [("POWERCUT_COUNT_FILE", count_file.to_string_lossy().into_owned())];
        let output = run_with(&gate.station, command, &shim(&counting));
        gather(&mut all, gather_shown(&output));
        let count: u64 = fs::read_to_string(&count_file).expect("a count").trim().parse().expect("a number");
        assert!(count > 3, "{command:?} wrote nothing: {output:?}");
        for at in 1..=count {
            for error in ["ENOSPC", "EIO"] {
                points.extend(["0", "1"].map(|sticky| (index, at, error, sticky)));
            }
        }
    }
    let (whole, mut random) = (points.len(), Random::new(5));
    let wanted = usize::try_from(trials(whole as u64)).expect("small");
    while points.len() > wanted {
        points.swap_remove(usize::try_from(random.below(points.len() as u64)).expect("small"));
    }
    for (trial, (index, at, error, sticky)) in points.iter().enumerate() {
        let command = day(&gate, photo, trial + 1).swap_remove(*index);
        let fault = [
            ("POWERCUT_FAIL_AT", at.to_string()),
            ("POWERCUT_FAIL_ERRNO", (*error).to_owned()),
            ("POWERCUT_FAIL_STICKY", (*sticky).to_owned()),
        ];
        let fault = &fault[..if *sticky == "1" { 3 } else { 2 }];
        let context = format!("{command:?}, {error} at {at}, sticky {sticky}");
        let failed = run_with(&gate.station, &command, &shim(fault));
        assert!(failed.status.code().is_some(), "{context}: {failed:?}");
        assert_said(&failed);
        gather(&mut all, gather_shown(&failed));
        // And on without the fault: the same again, the shift running.
        let again = run_with(&gate.station, &command, &[]);
        assert!(again.status.code().is_some(), "{context}: {again:?}");
        gather(&mut all, gather_shown(&again));
        if gate.status()["shift"].is_null() {
            gate.station.done(&["shift", "start", "--site", "1"]);
        }
    }
    println!("{} of {whole} fault points tried", points.len());
    assert_eq!(missing(&all, &gate.journal_at_server()), Vec::<String>::new());
    let status = gate.status();
    assert_eq!((&status["salvaged"], &status["outbox"]["stuck"]), (&Value::Null, &0.into()), "{status}");
}

/// Overwrites a piece of a file with bytes that mean nothing.
fn scribble(file: &Path, at: u64, length: usize) {
    let mut file = OpenOptions::new().write(true).open(file).expect("open");
    file.seek(SeekFrom::Start(at)).expect("there");
    file.write_all(&vec![0xa7; length]).expect("written");
}

fn pages(file: &Path) -> u64 {
    fs::metadata(file).expect("there").len() / 4096
}

/// After damage: the station opens, says what it saved, keeps the damaged file, scans on, and once it is enrolled anew
/// everything that was saved is at the server.
fn mended(gate: &Gate, before: &Shown, whole: bool) -> Value {
    let status = gate.status();
    let salvaged = status["salvaged"].clone();
    assert!(salvaged.is_object(), "{status}");
    let aside = gate.station.data.join(salvaged["set_aside"].as_str().expect("a name"));
    let kept = |suffix: &str| PathBuf::from(format!("{}{suffix}", aside.display())).exists();
    assert!(kept("") || kept("-wal"), "{salvaged}");
    assert_eq!(gate.status()["salvaged"], salvaged, "it is said until somebody acts");
    if status["device"].is_null() {
        return salvaged;
    }
    let after = gate.scan_some("AFTER", 2);
    if salvaged["complete"] == true {
        gate.station.done(&["sync"]);
    } else {
        let refused = gate.station.run(&["sync"]);
        assert_ne!(refused.status.code(), Some(0), "{refused:?}");
        gate.enrol_anew();
    }
    let events = gate.events();
    let lost = before.scans.iter().chain(&after.scans).filter(|event| !events.contains(event)).count();
    assert!(!whole || lost == 0, "{lost} of {} scans are lost: {salvaged}", before.scans.len());
    assert!(after.scans.iter().all(|event| events.contains(event)), "{salvaged}");
    salvaged
}

#[test]
fn a_damaged_first_page_costs_nothing() {
    let gate = Gate::open();
    let before = gate.scan_some("BEFORE", 30);
    scribble(&gate.database(), 0, 4096);
    let salvaged = mended(&gate, &before, true);
    assert_eq!((&salvaged["complete"], &salvaged["apart"]), (&true.into(), &0.into()), "{salvaged}");
}

#[test]
fn a_damaged_page_in_the_middle_costs_only_what_stood_there() {
    let gate = Gate::open();
    let before = gate.scan_some("BEFORE", 60);
    let count = pages(&gate.database());
    let intact = fs::read(gate.database()).expect("read");
    let mut gaps = 0;
    // Whichever page it is: a leaf of the journal, of an index, of the settings.
    for page in (2..count).step_by(usize::try_from(count / trials(60)).expect("small").max(1)) {
        fs::write(gate.database(), &intact).expect("written");
        scribble(&gate.database(), page * 4096, 4096);
        let status = gate.status();
        let salvaged = &status["salvaged"];
        // A free page may hold nothing, and its damage is none.
        if salvaged.is_null() {
            continue;
        }
        let saved =
            salvaged["entries"].as_u64().expect("a count") + salvaged["apart"].as_u64().expect("a count");
        assert!(saved + 12 >= 2 * before.scans.len() as u64, "page {page}: {salvaged}");
        gaps += u64::from(salvaged["apart"] != 0);
    }
    println!("{count} pages, {gaps} of those tried cut the journal");
    fs::write(gate.database(), &intact).expect("written");
    gate.station.done(&["status"]);
}

#[test]
fn a_truncated_database_goes_on_as_a_new_device() {
    let gate = Gate::open();
    let before = gate.scan_some("BEFORE", 60);
    let length = pages(&gate.database()) * 4096;
    OpenOptions::new().write(true).open(gate.database()).expect("open").set_len(length / 2).expect("cut");
    let _ = mended(&gate, &before, false);
}

#[test]
fn a_damaged_log_is_noticed_and_read_as_far_as_it_goes() {
    for (at, length) in [(0, 32), (32 + 3 * 4120 + 900, 64)] {
        let gate = Gate::open();
        // Killed, so that the log is not emptied into the database.
        let lines = (0..200).flat_map(|n| [format!("BEFORE {n}"), "d".to_owned()]).collect();
        let offline = [("GATEHOUSE_FAULT_NETWORK", "down".to_owned())];
        let before = gate.station.type_in(lines, &offline, Some(std::time::Duration::from_millis(900)));
        let log = gate.station.data.join("station.db-wal");
        if fs::metadata(&log).map_or(0, |file| file.len()) < 20 * 4120 {
            println!("skipped: it was done before it was killed");
            continue;
        }
        scribble(&log, at, length);
        let _ = mended(&gate, &before, false);
    }
}

#[test]
fn an_empty_or_missing_database_of_an_enrolled_station_is_said() {
    for remove in [false, true] {
        let gate = Gate::open();
        let before = gate.scan_some("BEFORE", 3);
        if remove {
            fs::remove_file(gate.database()).expect("removed");
        } else {
            fs::write(gate.database(), []).expect("emptied");
        }
        let status = gate.status();
        let salvaged = &status["salvaged"];
        assert_eq!((&salvaged["entries"], &salvaged["enrolled"]), (&0.into(), &false.into()), "{status}");
        assert_eq!(status["device"], Value::Null);
        assert!(!before.scans.is_empty());
        gate.enrol_anew();
        assert_eq!(gate.status()["salvaged"], Value::Null);
    }
}

#[test]
fn a_wrong_missing_or_broken_key_is_refused_and_nothing_is_touched() {
    let gate = Gate::open();
    let _ = gate.scan_some("BEFORE", 3);
    let key = gate.station.data.join("secrets/store-key");
    let kept = fs::read(&key).expect("the key");
    for damaged in [false, true] {
        if damaged {
            scribble(&gate.database(), 0, 4096);
        }
        let intact = fs::read(gate.database()).expect("read");
        for wrong in [Some(vec![7; 32]), Some(b"garbage".to_vec()), None] {
            match &wrong {
                Some(bytes) => fs::write(&key, bytes).expect("written"),
                None => fs::remove_file(&key).expect("removed"),
            }
            let refused = gate.station.run(&["status"]);
            let said = String::from_utf8_lossy(&refused.stderr).into_owned();
            assert!(said.starts_with("storage_wrong_key: "), "{damaged} {wrong:?}: {said}");
            assert!(fs::read(gate.database()).expect("read") == intact, "{damaged} {wrong:?}");
        }
        fs::write(&key, &kept).expect("the key again");
        gate.station.done(&["status"]);
    }
}

/// Makes a database of format 1 of the station's own, with a row in every table.
fn make_format_1(database: &Path) -> BTreeMap<String, i64> {
    let sql = rusqlite::Connection::open(database).expect("open");
    sql.execute_batch(
        "PRAGMA journal_mode = DELETE;
         INSERT INTO former_entry (device, number, envelope, sealed_key, state)
             SELECT randomblob(16), number, envelope, sealed_key, 2 FROM entry LIMIT 3;
         INSERT INTO foreign_departure (stay) VALUES (randomblob(16));
         INSERT INTO photo (sha256, sealed, state) VALUES (randomblob(32), randomblob(5000), 1);
         DROP INDEX event_open;
         DROP INDEX event_decision;
         DROP INDEX event_departs;
         DROP INDEX photo_waiting;
         DROP INDEX former_entry_stuck;
         ALTER TABLE photo DROP COLUMN problem;
         ALTER TABLE former_entry DROP COLUMN problem;
         DROP TABLE erasure;
         DROP TABLE face;
         PRAGMA user_version = 1;",
    )
    .expect("brought back");
    rows(&sql)
}

fn rows(sql: &rusqlite::Connection) -> BTreeMap<String, i64> {
    let tables = ["setting", "entry", "former_entry", "event", "foreign_departure", "photo"];
    let count = |table: &str| sql.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0));
    tables.iter().map(|table| ((*table).to_owned(), count(table).expect("counted"))).collect()
}

#[test]
fn a_database_of_format_1_is_backed_up_and_brought_forward_whatever_fails() {
    let gate = Gate::open();
    let _ = gate.scan_some("BEFORE", 5);
    let before = make_format_1(&gate.database());
    assert!(before.values().all(|count| *count > 0), "{before:?}");
    let old = fs::read(gate.database()).expect("read");
    let library = powercut_library(gate.folder.path());
    let backup = gate.station.data.join("station.db.before-3");
    let mut failures = 0;
    for at in 1..200 {
        fs::write(gate.database(), &old).expect("written");
        for leftover in [&backup, &gate.station.data.join("station.db-wal")] {
            let _ = fs::remove_file(leftover);
        }
        let output = gate
            .station
            .command(&["status"])
            .env("LD_PRELOAD", &library)
            .env("POWERCUT_DIR", &gate.station.data)
            .env("POWERCUT_PROGRAM", "gatehouse")
            .env("POWERCUT_FAIL_AT", at.to_string())
            .env("POWERCUT_FAIL_STICKY", "1")
            .output()
            .expect("ran");
        if output.status.success() && at > 60 {
            break;
        }
        failures += u64::from(!output.status.success());
        assert_said(&output);
        let sql = rusqlite::Connection::open(gate.database()).expect("open");
        let format: i64 = sql.pragma_query_value(None, "user_version", |row| row.get(0)).expect("a format");
        assert!(format == 1 || backup.exists(), "fault {at}: migrated without a backup");
        assert_eq!(rows(&sql), before, "fault {at}");
    }
    println!("{failures} faults while migrating");
    assert!(failures > 5, "{failures}");
    fs::write(gate.database(), &old).expect("written");
    let _ = fs::remove_file(gate.station.data.join("station.db-wal"));
    let status = gate.status();
    assert_eq!(status["salvaged"], Value::Null, "{status}");
    let sql = rusqlite::Connection::open(gate.database()).expect("open");
    assert_eq!(rows(&sql), before);
    drop(sql);
    assert_eq!(rows(&rusqlite::Connection::open(&backup).expect("open")), before, "the backup is whole");
    gate.station.done(&["sync"]);
    assert!(!backup.exists(), "opened again and synchronised: the backup has served");
    assert_eq!(
        json_lines(&gate.station.run(&["stuck"])).len(),
        3,
        "former entries that were refused are seen"
    );

    let sql = rusqlite::Connection::open(gate.database()).expect("open");
    sql.pragma_update(None, "user_version", 99).expect("set");
    drop(sql);
    let newer = fs::read(gate.database()).expect("read");
    let refused = gate.station.run(&["status"]);
    assert!(String::from_utf8_lossy(&refused.stderr).starts_with("storage_newer: "), "{refused:?}");
    assert!(fs::read(gate.database()).expect("read") == newer, "a newer format is not touched");
}
