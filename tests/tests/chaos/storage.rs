//! Storage that fails: a full disk, writes and syncs that fail in turn, databases that are damaged or of an old format.

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Output},
};

use gatehouse_tests::{
    binary, chance, figure, json_lines, noisy_picture, skipped,
    station::{PIPE_DECIDES, Station},
    trials,
};
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
for time in 1 2 3; do
    env -u GATEHOUSE_FAULT_NETWORK "$BINARY" station --data "$DISK/station" --json sync >"$OUT/full" || true
done
for photo in 1 2 3 4 5 6 7 8 9 10 11 12; do
    "$BINARY" station --data "$DISK/station" --json walk-up --name Walker --photo "$OUT/../$photo.png" --grant \
        >>"$OUT/few.out" 2>>"$OUT/photos.err" || true
done
"$BINARY" station --data "$DISK/station" --json scan <"$OUT/many" >"$OUT/many.out" 2>"$OUT/many.err"
rm "$DISK/filler" "$DISK/crumbs"
unset GATEHOUSE_FAULT_NETWORK
"$BINARY" station --data "$DISK/station" --json sync >"$OUT/synced"
"$BINARY" station --data "$DISK/station" --json status >"$OUT/after"
rm -rf "$STATION"
cp -a "$DISK/station" "$STATION"
"#;

/// A site that shows faces, and as many of them as the whole reserve is large; the phone is about to fetch them.
fn show_many_faces(gate: &Gate) {
    let _ = gate.server.local(&["site", "add", "--name", "Side gate", "--show-face"]);
    gate.station.done(&["sync"]);
    let sql = rusqlite::Connection::open(gate.database()).expect("open");
    assert_eq!(sql.execute("DELETE FROM setting WHERE name = 'faces-listed'", []).expect("deleted"), 1);
    let picture = gate.folder.path().join("face.png");
    for number in 0..60 {
        let email = format!("m{number}@oakwood.example");
        let _ = gate.server.local(&["user", "add", "--email", &email, "--role", "member"]);
        let _ = gate.server.local(&["user", "assign", &email, "--site", "2"]);
        noisy_picture(&picture, 200, number);
        let _ = gate.server.local(&["user", "photo", &email, picture.to_str().expect("UTF-8")]);
    }
}

/// Runs a script with a file system of its own over the station, after writing what is typed: `few` and `many`. Nothing
/// where that is not possible here.
fn on_a_disk_of_its_own(gate: &Gate, script: &str, few: u64, many: u64) -> Option<(Output, PathBuf)> {
    let out = gate.folder.path().join("out");
    let disk = gate.folder.path().join("disk");
    for folder in [&out, &disk] {
        fs::create_dir(folder).expect("made");
    }
    let lines = |count: u64, word: &str| -> String {
        (0..count).map(|n| format!("{word} {n}\nd no code\n")).collect()
    };
    fs::write(out.join("few"), lines(few, "EARLY")).expect("written");
    fs::write(out.join("many"), lines(many, "LATE")).expect("written");
    let ran = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", script])
        .envs([("DISK", &disk), ("STATION", &gate.station.data), ("OUT", &out)])
        .env("BINARY", binary())
        .env(PIPE_DECIDES.0, PIPE_DECIDES.1)
        .output();
    let ran = ran.map_err(|error| skipped(&format!("a full disk: unshare: {error}"))).ok()?;
    if ran.status.code() == Some(77) || String::from_utf8_lossy(&ran.stderr).contains("unshare failed") {
        let why = String::from_utf8_lossy(&ran.stderr).into_owned();
        skipped(&format!("a full disk: this user may not mount: {}", why.trim()));
        return None;
    }
    Some((ran, out))
}

#[test]
fn a_full_disk_carries_two_hundred_more_scans_and_then_says_no() {
    let gate = Gate::open();
    show_many_faces(&gate);
    for photo in 1..=12 {
        noisy_picture(&gate.folder.path().join(format!("{photo}.png")), 640, photo);
    }
    let Some((ran, out)) = on_a_disk_of_its_own(&gate, FULL_DISK, 20, 2500) else { return };
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
    assert_eq!(json("full")["waiting"], 0, "entries are sent all the same");
    let photos = String::from_utf8_lossy(&read("photos.err")).into_owned();
    assert!(photos.starts_with("storage_full: "), "photos leave the last part to the journal: {photos}");
    let mut all = gather_shown(&output("few"));
    gather(&mut all, gather_shown(&output("many")));
    figure(&format!(
        "full disk, after faces and photos: {} scans and {} decisions, then no more",
        all.scans.len(),
        all.decisions.len()
    ));
    assert!(all.scans.len() >= 220, "only {} scans after the disk was full", all.scans.len());
    let refused = String::from_utf8_lossy(&read("many.err")).into_owned();
    assert!(
        all.scans.len() < 2520 && refused.contains("storage_full: This device's storage is full."),
        "{refused}"
    );
    assert_eq!((&json("synced")["waiting"], &json("synced")["problem"]), (&0.into(), &Value::Null));
    let sql = rusqlite::Connection::open(gate.database()).expect("open");
    let query = "SELECT count(*) FROM face WHERE sealed IS NOT NULL";
    let faces: i64 = sql.query_row(query, [], |row| row.get(0)).expect("counted");
    assert_eq!(faces, 60, "fetched once there was room");
    drop(sql);
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
        .env(PIPE_DECIDES.0, PIPE_DECIDES.1)
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
    let (whole, mut random) = (points.len(), chance("writes and syncs that fail", 5));
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
    figure(&format!("failing writes and syncs: {} of {whole} points tried, nothing lost", points.len()));
    assert_eq!(missing(&all, &gate.journal_at_server()), Vec::<String>::new());
    let status = gate.status();
    assert_eq!((&status["salvaged"], &status["outbox"]["stuck"]), (&Value::Null, &0.into()), "{status}");
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
         DROP INDEX entry_outbox;
         DROP INDEX event_unseen;
         DROP INDEX event_open;
         DROP INDEX event_decision;
         DROP INDEX event_departs;
         DROP INDEX photo_waiting;
         DROP INDEX former_entry_stuck;
         ALTER TABLE event DROP COLUMN judgement;
         ALTER TABLE event DROP COLUMN shown;
         ALTER TABLE event DROP COLUMN judged_ms;
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
    let backup = gate.station.data.join("station.db.before-6");
    let mut failures = 0;
    for (at, error) in (1..200).flat_map(|at| [(at, "EIO"), (at, "ENOSPC")]) {
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
            .env("POWERCUT_FAIL_ERRNO", error)
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
        assert!(format == 1 || backup.exists(), "{error} at {at}: migrated without a backup");
        assert_eq!(rows(&sql), before, "{error} at {at}");
    }
    figure(&format!("migration: {failures} faults, each time whole"));
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

/// A disk without room while the station is of an old format: opening takes what it needs from the reserve.
const OLD_ON_FULL_DISK: &str = r#"
set -e
mount -t tmpfs -o size=24m tmpfs "$DISK" || exit 77
cp -a "$STATION" "$DISK/station"
dd if=/dev/zero of="$DISK/filler" bs=64k 2>/dev/null || true
dd if=/dev/zero of="$DISK/crumbs" bs=512 2>/dev/null || true
export GATEHOUSE_FAULT_NETWORK=down
"$BINARY" station --data "$DISK/station" --json status >"$OUT/opened"
"$BINARY" station --data "$DISK/station" --json scan <"$OUT/many" >"$OUT/many.out"
rm "$DISK/filler" "$DISK/crumbs"
rm -rf "$STATION"
cp -a "$DISK/station" "$STATION"
"#;

#[test]
fn a_database_of_an_old_format_opens_on_a_full_disk_and_takes_two_hundred_scans() {
    let gate = Gate::open();
    let _ = gate.scan_some("BEFORE", 5);
    let before = make_format_1(&gate.database());
    let Some((ran, out)) = on_a_disk_of_its_own(&gate, OLD_ON_FULL_DISK, 0, 220) else { return };
    assert!(ran.status.success(), "{ran:?}");
    let opened: Value = serde_json::from_slice(&fs::read(out.join("opened")).expect("read")).expect("JSON");
    assert_eq!((&opened["storage_low"], &opened["salvaged"]), (&true.into(), &Value::Null), "{opened}");
    assert!(opened["outbox"]["entries"].as_i64() == Some(before["entry"]), "{opened}");
    let scanned = Output { stdout: fs::read(out.join("many.out")).expect("read"), ..ran };
    let all = gather_shown(&scanned);
    assert_eq!(all.scans.len(), 220);
    assert_eq!(missing(&all, &gate.journal_at_server()), Vec::<String>::new());
}
