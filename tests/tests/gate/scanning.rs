//! What comes over the channel that codes come over is data: it decides nothing, acts on nothing, and is written down
//! only where it could be a code.

use std::{
    io::Write,
    process::{Command, Output, Stdio},
    thread,
    time::Duration,
};

use gatehouse_tests::{gatehouse, json_lines, server::Server, station::Station, terminal::Terminal};

use super::{GUARD, oakwood, text};

/// Two seconds without a key, which no scanner can leave out.
const SILENCE: Duration = Duration::from_millis(2_000);

fn at_work(folder: &std::path::Path) -> (Server, Station, String) {
    let server = oakwood(folder);
    let station = Station::at_work(&server, &folder.join("station"), GUARD);
    let invitation = server.local(&["invitation", "add", "--name", "Vera Visitor", "--site", "1"]);
    let code = text(&invitation, "code").to_owned();
    (server, station, code)
}

/// Scans whatever comes over a pipe.
fn piped(station: &Station, lines: &[u8]) -> Output {
    let mut process = station
        .command(&["scan"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the station runs");
    process.stdin.take().expect("stdin").write_all(lines).expect("typed");
    process.wait_with_output().expect("ended")
}

/// The same station at a terminal, for a person.
fn desk(station: &Station) -> Terminal {
    let mut command: Command = gatehouse(&["station", "scan", "--quiet", "--data"]);
    command.arg(&station.data);
    let desk = Terminal::start(&command);
    let _ = desk.wait_for("? for help", 0);
    desk
}

/// The word behind an offer like `g K7`.
fn word(screen: &str, offer: &str) -> String {
    let at = screen.rfind(offer).unwrap_or_else(|| panic!("no {offer:?} in {screen}"));
    screen[at + offer.len()..].trim_start().chars().take(2).collect()
}

fn entries(station: &Station) -> u64 {
    station.answer(&["status"])["outbox"]["entries"].as_u64().expect("a count")
}

#[test]
fn nothing_decides_that_comes_over_a_pipe() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_server, station, code) = at_work(folder.path());
    let output = piped(&station, format!("{code}\ng\nd\nd no\ngrant\no\ng 22\nq\n").as_bytes());
    let lines = json_lines(&output);
    // A grant with a word stood in a code, and is kept as what it is: one that is none of ours.
    let seen: Vec<_> = lines.iter().map(|line| text(line, "verdict")).collect();
    assert_eq!(seen, ["VERIFIED", "DENIED"], "{lines:?}");
    let waiting = json_lines(&station.run(&["undecided"]));
    assert_eq!(waiting.len(), 2, "nothing was decided: {waiting:?}");
}

#[test]
fn a_code_that_types_a_decision_behind_itself_decides_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_server, station, code) = at_work(folder.path());
    let mut desk = desk(&station);
    // Line ends to pass the time, every word there is, and the code once more between them.
    let alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    let words = alphabet.chars().flat_map(|a| alphabet.chars().map(move |b| format!("g {a}{b}\n")));
    desk.keys(&format!("{code}\n{}g\n", "\n".repeat(450)));
    let shown = desk.wait_for("To grant type:", 0);
    assert!(shown.contains("VERIFIED"), "{shown}");
    desk.keys(&words.collect::<String>());
    let shown = desk.wait_for("nothing was decided", 0);
    let again = word(&shown, "then: g");
    // What does not decide does not end it either, and a wrong word makes no other one good at once.
    desk.keys(&format!("q\n\u{3}\u{3}\u{4}g {again}\n"));
    thread::sleep(SILENCE);
    assert_eq!(json_lines(&station.run(&["undecided"])).len(), 1, "{}", desk.screen());

    // The guard reads the word, and types it.
    desk.keys(&format!("g {}\r", again.to_lowercase()));
    let _ = desk.wait_for("Granted", 0);
    assert!(json_lines(&station.run(&["undecided"])).is_empty());
    let (before, end) = (desk.screen().len(), "q\n");
    desk.keys(end);
    let quit = word(&desk.wait_for("along: q", before), "along: q");
    desk.keys(&format!("q {quit}\n"));
    assert_eq!(desk.end(), Some(0), "{}", desk.screen());
}

#[test]
fn a_key_records_the_departure_that_a_scan_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_server, station, code) = at_work(folder.path());
    assert!(station.run(&["scan", "--code", &code, "--grant"]).status.success());
    let mut desk = desk(&station);
    desk.keys(&format!("{code}\n"));
    let leaving = desk.wait_for("departure type:", 0);
    assert!(leaving.contains("DEPARTURE"), "{leaving}");
    desk.keys(&format!("d {}\n", word(&leaving, "type:  d")));
    let _ = desk.wait_for("Departure recorded.", 0);
    assert!(json_lines(&station.run(&["on-site"])).is_empty());
    drop(desk);

    // Elsewhere by what the scan printed, and by the name.
    for by_name in [false, true] {
        assert!(station.run(&["scan", "--code", &code, "--grant"]).status.success());
        let leaving = json_lines(&station.run(&["scan", "--code", &code])).remove(0);
        let printed = if by_name { "vera visitor" } else { text(&leaving, "event") };
        station.done(&["depart", printed]);
        assert!(json_lines(&station.run(&["on-site"])).is_empty());
    }
    let nobody = station.run(&["depart", "Nobody"]);
    assert_eq!(nobody.status.code(), Some(2), "{nobody:?}");
}

#[test]
fn a_word_that_is_typed_is_no_denied_entry() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_server, station, _) = at_work(folder.path());
    let before = entries(&station);
    let typed = b"help\nq\nquit\nG\nD\n?\nhello\nVera Visitor\n12\n\n \n\x02\x03\nexit\n";
    let output = piped(&station, typed);
    assert!(output.stdout.is_empty(), "{output:?}");
    assert_eq!(entries(&station), before);
    let mut desk = desk(&station);
    desk.keys("help\nHello\n?\n");
    let shown = desk.wait_for("\"Hello\" is no code", 0);
    assert!(shown.contains("Scan a code, or type one"), "{shown}");
    assert_eq!(entries(&station), before);
    // What could be a code is written down, whoever's it is.
    let foreign = json_lines(&piped(&station, b"https://example.org/menu\n4006381333931\n"));
    assert_eq!(foreign.len(), 2, "{foreign:?}");
    assert!(foreign.iter().all(|scan| text(scan, "code") == "malformed"), "{foreign:?}");
    assert_eq!(entries(&station), before + 2);
}

#[test]
fn what_scanners_add_does_not_matter_and_what_keyboards_spoil_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_server, station, code) = at_work(folder.path());
    let framed = [
        format!("]Q1{code}\n"),
        format!("\u{2}{code}\u{3}\r\n"),
        format!("\u{feff}{code}\t\n"),
        format!("\u{2}]Q3{code}\r"),
    ];
    for line in framed {
        let scans = json_lines(&piped(&station, line.as_bytes()));
        assert_eq!(scans.len(), 1, "{line:?}: {scans:?}");
        assert_eq!(text(&scans[0], "verdict"), "VERIFIED", "{line:?}: {scans:?}");
    }
    // At a terminal, where STX and ETX are Ctrl-B and Ctrl-C.
    let mut desk = desk(&station);
    desk.keys(&format!("\u{2}]Q1{code}\u{3}"));
    assert!(desk.wait_for("To grant type:", 0).contains("Vera Visitor"));
    let after = desk.screen().len();
    desk.keys(&format!("{}\n", code.to_lowercase()));
    let _ = desk.wait_for("Caps lock is on", after);
    let swapped = json_lines(&piped(&station, format!("{}\n", code.replace(':', "\u{d6}")).as_bytes()));
    assert_eq!(text(&swapped[0], "misread"), "keyboard_layout", "{swapped:?}");
}

#[test]
fn no_text_acts_on_the_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let (server, station, _) = at_work(folder.path());
    let reason = "seen \u{1b}]0;gone\u{7}\u{9b}2J\u{202e}";
    let _ = server.local(&["ban", "add", "--name", "Mallory Mole", "--reason", reason]);
    station.done(&["sync"]);
    let hostile = "junk-1 \u{1b}]0;gone\u{7}\u{9b}2J\u{202e}\u{8}\u{7f}";
    let mut desk = desk(&station);
    desk.keys(&format!("{hostile}\n?\n"));
    let _ = desk.wait_for("Scan a code, or type one", 0);
    let mut shown = desk.screen();
    drop(desk);
    for args in
        [&["walk-up", "--name", "Mallory Mole"][..], &["scan", "--code", hostile], &["enrol", hostile]]
    {
        for json in [&[][..], &["--json"]] {
            let mut command = gatehouse(&["station"]);
            let output =
                command.args(args).args(json).arg("--data").arg(&station.data).output().expect("ran");
            shown += &String::from_utf8_lossy(&output.stdout);
            shown += &String::from_utf8_lossy(&output.stderr);
        }
    }
    assert!(shown.contains("Mallory Mole") && shown.contains("ban list"), "{shown}");
    for acts in ["\u{1b}]", "\u{7}", "\u{9b}", "\u{202e}", "\u{1b}[2J"] {
        assert!(!shown.contains(acts), "{acts:?} in {shown:?}");
    }
}
