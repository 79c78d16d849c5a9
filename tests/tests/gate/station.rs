//! What a guard does at a station beyond scanning, by the command line.

use std::{
    io::Write,
    path::Path,
    process::{Output, Stdio},
};

use gatehouse_tests::{gatehouse, json_lines, run, server::Server, station::Station};
use serde_json::Value;

use super::{GUARD, oakwood, text};

/// What a command prints for a person.
fn said(station: &Station, args: &[&str], environment: &[(&str, &str)]) -> String {
    let mut command = gatehouse(&["station"]);
    command.args(args).arg("--data").arg(&station.data).envs(environment.iter().copied());
    String::from_utf8(command.output().expect("the station runs").stdout).expect("text")
}

/// Runs a command that reads a line.
fn typed(station: &Station, args: &[&str], line: &str) -> Output {
    let mut process = station
        .command(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the station runs");
    writeln!(process.stdin.take().expect("stdin"), "{line}").expect("typed");
    process.wait_with_output().expect("ended")
}

fn refused(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    text.split(": ").next().unwrap_or_default().to_owned()
}

/// Whether any file in a folder, whatever it is, holds these bytes.
fn holds(folder: &Path, sought: &str) -> bool {
    std::fs::read_dir(folder).expect("a folder").any(|entry| {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            return holds(&path, sought);
        }
        let bytes = std::fs::read(&path).expect("read");
        bytes.windows(sought.len()).any(|window| window.eq_ignore_ascii_case(sought.as_bytes()))
    })
}

/// A visitor invited for the first site, as the station knows it.
fn invited(server: &Server, station: &Station, name: &str) -> String {
    let invitation = server.local(&["invitation", "add", "--name", name, "--site", "1"]);
    station.done(&["sync"]);
    text(&invitation, "id").to_owned()
}

#[test]
fn a_visitor_without_a_code_is_found_let_in_and_forgotten() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = oakwood(folder.path());
    let place = "52.370216,4.895168,100";
    let _ = server.local(&["site", "add", "--name", "Fenced", "--location", place, "--geofence", "block"]);
    let _ = server.local(&["user", "assign", GUARD, "--site", "1", "--site", "3"]);
    let station = Station::at_work(&server, &folder.path().join("station"), GUARD);
    let invitation = invited(&server, &station, "Véra Visitor");

    let sites = json_lines(&station.run(&["sites"]));
    let assigned: Vec<_> = sites.iter().map(|site| (text(site, "name"), &site["assigned"])).collect();
    let (yes, no) = (Value::Bool(true), Value::Bool(false));
    assert_eq!(assigned, [("Fenced", &yes), ("Main gate", &yes), ("Back gate", &no)], "{sites:?}");

    let found = json_lines(&station.run(&["search", "vera"]));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(text(&found[0], "invitation"), invitation);
    assert!(json_lines(&station.run(&["search", "nobody"])).is_empty());
    let arrived = station.run(&["arrive", &invitation, "--grant"]);
    assert_eq!(arrived.status.code(), Some(0), "{arrived:?}");
    let lines = json_lines(&arrived);
    assert_eq!((text(&lines[0], "kind"), text(&lines[0], "code")), ("expected", "unproven"));
    assert_eq!(json_lines(&station.run(&["on-site"])).len(), 1);

    // Decided later, or never.
    let walk_up = text(&station.answer(&["walk-up", "--name", "Wanda"]), "event").to_owned();
    assert_eq!(refused(&station.run(&["decide", &walk_up])), "usage");
    assert_eq!(station.answer(&["decide", &walk_up, "--deny", "--reason", "No host"])["granted"], false);
    let other = text(&station.answer(&["walk-up", "--name", "Walter"]), "event").to_owned();
    assert_eq!(json_lines(&station.run(&["undecided"])).len(), 1);
    station.done(&["abandon", &other]);
    assert!(json_lines(&station.run(&["undecided"])).is_empty());

    let erased = station.answer(&["erase", "--subject", &invitation]);
    assert!(erased["entries"].as_u64().is_some_and(|entries| entries > 0), "{erased}");
    let erased = station.answer(&["erase", "--event", &walk_up, "--event", &other]);
    assert!(erased["entries"].as_u64().is_some_and(|entries| entries >= 2), "{erased}");
    assert_eq!(station.run(&["erase"]).status.code(), Some(2), "whose?");
    station.done(&["sync"]);

    // A fenced site refuses who is elsewhere, and takes whom it sees there.
    station.done(&["shift", "end"]);
    let start = ["shift", "start", "--site", "3", "--location"];
    let code = refused(&station.run(&[start.as_slice(), &["51.0,4.0,10"]].concat()));
    assert_eq!(code, "outside_geofence");
    station.done(&[start.as_slice(), &["52.37022,4.89517,10"]].concat());
    let scan = ["scan", "--code", "JUNK", "--deny", "--location", "north"];
    assert_eq!(station.run(&scan).status.code(), Some(2));
}

#[test]
fn guards_change_by_pin_at_a_laptop() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = oakwood(folder.path());
    let station = Station::at_work(&server, &folder.path().join("station"), GUARD);
    assert_eq!(refused(&typed(&station, &["guard", "set-pin"], "123456")), "pin_unsuitable");
    assert!(typed(&station, &["guard", "set-pin"], "271828").status.success());
    station.done(&["shift", "end"]);
    station.done(&["guard", "lock"]);
    assert_eq!(refused(&station.run(&["shift", "start", "--site", "1"])), "locked");
    let guards = json_lines(&station.run(&["guard", "list"]));
    assert_eq!((guards.len(), &guards[0]["has_pin"]), (1, &Value::Bool(true)), "{guards:?}");
    let guard = text(&guards[0], "person");
    assert_eq!(refused(&typed(&station, &["guard", "unlock", guard], "314159")), "wrong_pin");
    assert!(typed(&station, &["guard", "unlock", guard], "271828").status.success());
    station.done(&["shift", "start", "--site", "1"]);
}

// covers: S4-66
#[test]
fn a_person_reads_how_old_the_facts_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = oakwood(folder.path());
    let station = Station::at_work(&server, &folder.path().join("station"), GUARD);
    let now = std::time::UNIX_EPOCH.elapsed().expect("after 1970").as_secs();
    let until = (now + 10 * 86_400).to_string();
    let invitation = server.local(&["invitation", "add", "--name", "Vera Visitor", "--until", &until]);
    station.done(&["sync"]);
    // Three days later, after a restart and without a network.
    let later = [
        ("GATEHOUSE_FAULT_WALL_MS", "259200000"),
        ("GATEHOUSE_FAULT_BOOT", "another:1000"),
        ("GATEHOUSE_FAULT_NETWORK", "down"),
    ];
    let _ = said(&station, &["shift", "start", "--site", "1"], &later);
    let shown = said(&station, &["scan", "--code", text(&invitation, "code")], &later);
    let pack = shown.lines().find(|line| line.contains("[pack_")).unwrap_or_else(|| panic!("{shown}"));
    assert!(pack.contains("by the gate pack") && pack.ends_with("3 days ago"), "{shown}");
    let status = said(&station, &["status"], &later);
    assert!(
        status.lines().any(|line| line.starts_with("Gate pack") && line.ends_with("3 days ago")),
        "{status}"
    );
    assert!(status.contains(", the oldest of "), "{status}");
    assert!(status.contains("this device's own, not confirmed"), "{status}");
}

#[test]
fn what_would_be_passed_over_in_silence_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let station = Station { data: folder.path().join("station") };
    for args in [
        &["scan", "--code", "X", "--reason", "late"][..],
        &["scan", "--code", "X", "--photo", "x.jpg"],
        &["scan", "--code", "X", "--grant", "--deny"],
        &["scan", "--grant"],
        &["walk-up", "--name", "Wanda", "--reason", "late"],
    ] {
        let output = station.run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {output:?}");
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(error.contains("--grant"), "{args:?}: {error}");
    }
}

#[test]
fn a_stolen_phones_files_tell_nobodys_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = oakwood(folder.path());
    let station = Station::at_work(&server, &folder.path().join("station"), GUARD);
    let invitation = invited(&server, &station, "Veronika Besucherin");
    station.done(&["walk-up", "--name", "Wandalina", "--grant", "--reason", "Handwerkerin"]);
    station.done(&["arrive", &invitation, "--deny", "--reason", "Ausweisverdacht"]);
    let place = ["scan", "--code", "JUNK-CODE-TEXT", "--deny", "--location", "52.370216,4.895168,10"];
    assert_eq!(station.run(&place).status.code(), Some(20));
    let pin = "271828182845";
    assert!(typed(&station, &["guard", "set-pin"], pin).status.success());

    // The secret store is the platform's; here it lies beside the rest.
    let secrets = station.data.join("secrets");
    let apart = folder.path().join("secrets");
    std::fs::rename(&secrets, &apart).expect("moved");
    for told in [
        "Veronika",
        "Besucherin",
        "Wandalina",
        "Handwerkerin",
        "Ausweisverdacht",
        "Grace",
        "Oakwood",
        "JUNK-CODE-TEXT",
        pin,
        &server.url,
    ] {
        assert!(!holds(&station.data, told), "{told} stands in the files as it is");
    }
    // The search would have found it.
    assert!(holds(&station.data, "SQLite format 3"));
    std::fs::rename(&apart, &secrets).expect("moved back");
    assert_eq!(json_lines(&station.run(&["on-site"])).len(), 1);
}

#[test]
fn anyone_checks_a_code_and_a_journal_by_the_exported_keys() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = oakwood(folder.path());
    let station = Station::at_work(&server, &folder.path().join("station"), GUARD);
    station.done(&["sync"]);
    let keys = folder.path().join("keys.bin");
    let keys = keys.to_str().expect("UTF-8");
    let exported = server.local(&["keys", "export", "--keys", keys]);
    let known = ["--root", text(&exported, "root"), "--keys", keys];
    let invitation = server.local(&["invitation", "add", "--name", "Vera Visitor"]);
    let verified = run(&[&["verify", "--code", text(&invitation, "code")][..], &known].concat());
    assert_eq!(verified.status.code(), Some(10), "{verified:?}");
    assert_eq!(text(&json_lines(&verified)[0], "name"), "Vera Visitor");

    let device = station.answer(&["status"])["device"].as_str().expect("a device").to_owned();
    let export = gatehouse(&["journal", "export", "--device", &device, "--data"]);
    let mut export = export;
    let export = export.arg(&server.data).output().expect("exported");
    let file = folder.path().join("station.journal");
    std::fs::write(&file, &export.stdout).expect("written");
    let checked = run(&[&["journal", "verify", file.to_str().expect("UTF-8")][..], &known].concat());
    assert_eq!(checked.status.code(), Some(0), "{checked:?}");
    let checked = &json_lines(&checked)[0];
    assert_eq!((&checked["certified"], &checked["receipted"]), (&Value::Bool(true), &checked["entries"]));
}
