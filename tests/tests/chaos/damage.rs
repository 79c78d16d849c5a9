//! Databases that are damaged: what can be read goes on, and nothing is lost without a word.

use std::{
    fs::OpenOptions,
    io::{Seek, SeekFrom, Write},
    sync::Arc,
};

use gatehouse_core::device::{FileSecrets, GuardStation, SystemTime};
use gatehouse_tests::{figure, json_lines, station::End, trials};
use serde_json::Value;

use super::{BTreeMap, Gate, Path, PathBuf, Shown, fs, powercut_library};

impl Gate {
    /// The station's files as a crash leaves them: what was done last stands in the log alone.
    fn left_as_by_a_crash(&self, work: impl FnOnce(&GuardStation)) {
        let secrets = FileSecrets::open(self.station.data.join("secrets")).expect("secrets");
        let folder = self.station.data.to_string_lossy().into_owned();
        let station = GuardStation::open(folder, Arc::new(secrets), Arc::new(SystemTime)).expect("open");
        work(&station);
        let files = [self.database(), self.station.data.join("station.db-wal")];
        let kept = files.map(|file| (fs::read(&file).expect("read"), file));
        drop(station);
        for (bytes, file) in kept {
            fs::write(file, bytes).expect("written");
        }
    }
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
    figure(&format!("damaged pages: {count} pages, {gaps} of those tried cut the journal"));
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
        let mut before = Shown::default();
        // Few enough that nothing of it is in the database yet.
        gate.left_as_by_a_crash(|station| {
            for number in 0..9 {
                let scan = station.scan(format!("BEFORE {number}"), None).expect("a scan");
                station.decide(scan.event, false, None, None, None).expect("denied");
                before.scans.push(scan.event.to_string());
            }
        });
        let log = gate.station.data.join("station.db-wal");
        assert!(fs::metadata(&log).expect("a log").len() > 12 * 4120);
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

/// The page at which a table or index begins.
fn root_page(gate: &Gate, name: &str) -> u64 {
    let sql = rusqlite::Connection::open(gate.database()).expect("open");
    let query = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
    sql.query_row(query, [name], |row| row.get(0)).expect("a page")
}

fn rot(gate: &Gate, page: u64) {
    scribble(&gate.database(), (page - 1) * 4096, 4096);
}

#[test]
fn damage_in_a_large_database_is_met_in_use_and_mended_at_the_next_opening() {
    let gate = Gate::open();
    let before = gate.scan_some("BEFORE", 30);
    let entries = gate.status()["outbox"]["entries"].clone();
    let sql = rusqlite::Connection::open(gate.database()).expect("open");
    for _ in 0..12 {
        let photo =
            "INSERT INTO photo (sha256, sealed, state) VALUES (randomblob(32), randomblob(900000), 1)";
        sql.execute(photo, []).expect("a photo");
    }
    drop(sql);
    let intact = fs::read(gate.database()).expect("read");
    assert!(intact.len() > 10 << 20 && !gate.station.data.join("station.db-wal").exists());

    // Opening reads the settings, and so meets the damage by itself.
    rot(&gate, root_page(&gate, "setting"));
    let status = gate.status();
    assert!(status["salvaged"].is_object(), "{status}");

    fs::write(gate.database(), &intact).expect("written");
    rot(&gate, root_page(&gate, "entry"));
    let refused = gate.station.run(&["status"]);
    assert!(String::from_utf8_lossy(&refused.stderr).starts_with("storage_damaged: "), "{refused:?}");
    let status = gate.status();
    let salvaged = &status["salvaged"];
    assert_eq!((&salvaged["complete"], &salvaged["entries"]), (&true.into(), &entries), "{status}");
    assert!(!gate.station.data.join("suspect").exists(), "looked at: the mark has served");
    let _ = mended(&gate, &before, true);
}

#[test]
fn a_station_that_was_locked_stays_locked_through_damage() {
    let gate = Gate::open();
    let _ = gate.scan_some("BEFORE", 30);
    let page = root_page(&gate, "event");
    assert!(gate.status()["guard"].is_string());
    gate.left_as_by_a_crash(|station| {
        station.set_pin("271828".to_owned()).expect("a PIN");
        station.lock().expect("locked");
    });
    rot(&gate, page);
    let status = gate.status();
    assert_eq!(status["salvaged"]["enrolled"], true, "{status}");
    assert_eq!(status["guard"], Value::Null, "{status}");
}

#[test]
fn a_salvage_cut_off_at_any_write_is_finished_or_begun_anew() {
    let gate = Gate::open();
    let library = powercut_library(gate.folder.path());
    let _ = gate.scan_some("BEFORE", 10);
    let entries = gate.status()["outbox"]["entries"].clone();
    scribble(&gate.database(), 0, 4096);
    let damaged = fs::read(gate.database()).expect("read");
    let put_back = || {
        for file in fs::read_dir(&gate.station.data).expect("read") {
            let file = file.expect("a file");
            if file.file_name().to_string_lossy().starts_with("station.db") {
                fs::remove_file(file.path()).expect("removed");
            }
        }
        fs::write(gate.database(), &damaged).expect("written");
    };
    let whole = |context: &str| {
        let status = gate.status();
        let salvaged = &status["salvaged"];
        assert_eq!(
            (&salvaged["complete"], &salvaged["entries"]),
            (&true.into(), &entries),
            "{context}: {status}"
        );
        let aside = gate.station.data.join(salvaged["set_aside"].as_str().expect("a name"));
        assert!(fs::read(aside).expect("set aside") == damaged, "{context}: the damaged file is not whole");
    };
    // A note that an earlier version left empty says nothing.
    put_back();
    fs::write(gate.station.data.join("station.db.salvaging"), []).expect("written");
    whole("an empty note");

    let ways: [&[(&str, &str)]; 4] = [
        &[("POWERCUT_KEEP", "none"), ("POWERCUT_STRICT_DIR", "1")],
        &[("POWERCUT_FAIL_ERRNO", "EIO"), ("POWERCUT_FAIL_STICKY", "1")],
        &[("POWERCUT_KEEP", "random:7")],
        &[("POWERCUT_FAIL_ERRNO", "ENOSPC"), ("POWERCUT_FAIL_STICKY", "1")],
    ];
    // At every write in one way, or in all of them.
    let all = trials(10) == 10;
    let (mut cut, mut failed, mut ended) = (0, 0, 0);
    for trial in 0.. {
        let (at, way) = (if all { trial / 4 } else { trial }, ways[trial % 4]);
        put_back();
        let when = if way[0].0 == "POWERCUT_KEEP" { "POWERCUT_AT" } else { "POWERCUT_FAIL_AT" };
        let output = gate
            .station
            .command(&["status"])
            .env("LD_PRELOAD", &library)
            .env("POWERCUT_DIR", &gate.station.data)
            .env("POWERCUT_PROGRAM", "gatehouse")
            .env(when, (at + 1).to_string())
            .envs(way.iter().copied())
            .output()
            .expect("ran");
        match (output.status.success(), output.status.code()) {
            (true, _) => ended += 1,
            (false, None) => (cut, ended) = (cut + 1, 0),
            (false, Some(_)) => (failed, ended) = (failed + 1, 0),
        }
        whole(&format!("{when} {at} {way:?}"));
        // It wrote less than this, whichever way was tried.
        if ended == ways.len() {
            break;
        }
    }
    figure(&format!("salvage: cut off at {cut} writes, failed at {failed}, each time whole afterwards"));
    assert!(cut > 10 && failed > 10, "{cut} cuts, {failed} faults");
}

/// Ids of events, each as often as the server shows it.
fn at_server(gate: &Gate) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for event in gate.events() {
        *found.entry(event).or_insert(0) += 1;
    }
    found
}

#[test]
fn what_damage_cut_off_goes_on_in_the_next_journal_when_somebody_retries() {
    for lost in ["DELETE FROM entry WHERE number = 20", "DELETE FROM setting WHERE name = 'enrolment'"] {
        let gate = Gate::open();
        let before = gate.scan_some("BEFORE", 20);
        let sql = rusqlite::Connection::open(gate.database()).expect("open");
        assert_eq!(sql.execute(lost, []).expect("deleted"), 1);
        drop(sql);
        scribble(&gate.database(), 0, 4096);
        let status = gate.status();
        let apart = status["salvaged"]["apart"].as_u64().expect("a count");
        assert!(apart > 10, "{status}");
        let stuck = json_lines(&gate.station.run(&["stuck"]));
        let code = if lost.contains("entry ") { "behind_gap" } else { "enrolment_lost" };
        assert!(stuck.len() > 10 && stuck.iter().all(|entry| entry["code"] == code), "{stuck:?}");
        gate.enrol_anew();

        // One of them the server has already, it once said: it never goes out again.
        let sql = rusqlite::Connection::open(gate.database()).expect("open");
        let last = "UPDATE former_entry SET problem = 'forked'
             WHERE state = 2 AND number = (SELECT max(number) FROM former_entry WHERE state = 2)";
        assert_eq!(sql.execute(last, []).expect("updated"), 1);
        drop(sql);
        let retried = json_lines(&gate.station.run(&["retry"]));
        assert_eq!(
            (&retried[0]["entries"], &retried[0]["left"]),
            (&(stuck.len() as u64 - 1).into(), &1.into()),
            "{retried:?}"
        );
        assert_eq!((&retried[1]["waiting"], &retried[1]["stuck"]), (&0.into(), &1.into()), "{retried:?}");
        let found = at_server(&gate);
        let there = before.scans.iter().filter(|event| found.get(*event) == Some(&1)).count();
        // What was deleted is one entry, the scan or the decision of it.
        assert!(there + 1 >= before.scans.len(), "{there} of {}", before.scans.len());
        assert!(found.values().all(|times| *times == 1), "{found:?}");
        let _ = gate.journal_at_server();
        let again = json_lines(&gate.station.run(&["retry"]));
        assert_eq!((&again[0]["entries"], &again[0]["left"]), (&0.into(), &1.into()), "{again:?}");
    }
}

#[test]
fn one_row_that_does_not_open_holds_up_no_other() {
    let gate = Gate::open();
    let down = [("GATEHOUSE_FAULT_NETWORK", "down".to_owned())];
    for (number, name) in ["Wanda Walker", "Willem Walker"].into_iter().enumerate() {
        let picture = gate.folder.path().join(format!("{number}.png"));
        gatehouse_tests::noisy_picture(&picture, 40, number as u64);
        let picture = picture.to_str().expect("UTF-8");
        let args = ["walk-up", "--name", name, "--photo", picture, "--grant"];
        let walked = gate.station.command(&args).envs(down.clone()).output().expect("ran");
        assert!(walked.status.success(), "{walked:?}");
    }
    let _ = gate.station.type_in(vec!["SCAN 1".to_owned(), "SCAN 2".to_owned()], &down, End::Whole);
    let sql = rusqlite::Connection::open(gate.database()).expect("open");
    for broken in [
        "UPDATE photo SET sealed = randomblob(500) WHERE rowid = (SELECT min(rowid) FROM photo)",
        "UPDATE entry SET sealed_key = randomblob(72) WHERE number = (SELECT max(number) FROM entry)",
        "UPDATE event SET sealed_result = randomblob(90) WHERE rowid = (SELECT max(rowid) FROM event)",
        "UPDATE event SET sealed_result = randomblob(90) WHERE rowid = (SELECT min(rowid) FROM event)",
    ] {
        assert_eq!(sql.execute(broken, []).expect("broken"), 1, "{broken}");
    }
    drop(sql);
    let undecided = json_lines(&gate.station.run(&["undecided"]));
    assert_eq!(undecided.len(), 1, "{undecided:?}");
    let inside = json_lines(&gate.station.run(&["on-site"]));
    assert!(!inside.is_empty());
    let report = json_lines(&gate.station.run(&["sync"])).remove(0);
    assert_eq!(
        (&report["waiting"], &report["stuck"], &report["photos"], &report["stuck_photos"]),
        (&0.into(), &0.into(), &1.into(), &1.into()),
        "{report}"
    );
    assert!(report["problem"].is_string(), "{report}");
    let stuck = json_lines(&gate.station.run(&["stuck"]));
    assert_eq!((stuck.len(), &stuck[0]["code"]), (1, &"photo_unreadable".into()), "{stuck:?}");
    gate.station.done(&["sync"]);
}
