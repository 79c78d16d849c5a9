//! A whole day at the gate, cut off at any moment: by kill -9, and by power cuts that take back what no sync made
//! durable. Between two cuts the guard goes on as a guard would.

use std::{
    os::unix::process::ExitStatusExt,
    process::{Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use gatehouse_tests::{Random, chance, figure, json_lines, noisy_picture, station::PIPE_DECIDES, trials};
use serde_json::Value;

use super::{
    BTreeMap, Gate, Shown, gather, missing, powercut_library,
    storage::{gather_shown, run_with},
};

/// A command, and what is typed into it.
type Command = (Vec<String>, Option<String>);

const PIN: &str = "271828";

/// What the guard has at hand.
struct Hand {
    guard: String,
    photo: String,
    /// An invitation that is expected today, for whoever shows no code.
    expected: String,
}

fn args(args: &[&str]) -> Vec<String> {
    args.iter().map(|arg| (*arg).to_owned()).collect()
}

/// What a guard may do next.
fn next(gate: &Gate, hand: &Hand, random: &mut Random, trial: u64) -> Command {
    let name = format!("Walker {trial}");
    let first = |command: &str, member: &str| {
        let found = json_lines(&gate.station.run(&[command]));
        found.first().and_then(|found| found[member].as_str().map(str::to_owned))
    };
    let typed = format!("ONE {trial}\nd no\n{}\nd late\nTWO {trial}\nd\nLEFT {trial}\n", gate.invitation);
    let command = match random.below(15) {
        0 => args(&["shift", "end"]),
        1 => args(&["walk-up", "--name", &name, "--photo", &hand.photo, "--grant"]),
        2 => match first("on-site", "stay") {
            Some(stay) => args(&["depart", &stay]),
            None => args(&["walk-up", "--name", &name, "--grant"]),
        },
        3 => match first("undecided", "event") {
            Some(event) => args(&["report", &event, "--note", "Ran off."]),
            None => args(&["scan", "--code", &gate.invitation]),
        },
        4 => match first("undecided", "event") {
            Some(event) => args(&["decide", &event, "--deny", "--reason", "Changed my mind."]),
            None => args(&["scan", "--code", &format!("LATER {trial}")]),
        },
        5 => match first("undecided", "event") {
            Some(event) => args(&["abandon", &event]),
            None => args(&["scan", "--code", &format!("LEFT {trial}")]),
        },
        6 => args(&["arrive", &hand.expected, "--photo", &hand.photo, "--deny"]),
        7 => args(&["retry"]),
        8 => args(&["guard", "lock"]),
        9 => return (args(&["guard", "unlock", &hand.guard]), Some(format!("{PIN}\n"))),
        10 => args(&["sync"]),
        _ => return (args(&["scan"]), Some(typed)),
    };
    (command, None)
}

/// Whatever the cut left undone and the guard cannot go on without.
fn go_on(gate: &Gate, hand: &Hand) {
    let status = gate.status();
    if status["guard"].is_null() {
        let unlocked = run_with(
            &gate.station,
            &(args(&["guard", "unlock", &hand.guard]), Some(format!("{PIN}\n"))),
            &[],
        );
        assert!(unlocked.status.success(), "{unlocked:?}");
    }
    if status["shift"].is_null() {
        gate.station.done(&["shift", "start", "--site", "1"]);
    }
}

#[test]
fn a_day_cut_off_at_any_moment_loses_and_doubles_nothing() {
    let gate = Gate::open();
    let library = powercut_library(gate.folder.path());
    let picture = gate.folder.path().join("photo.png");
    // Small, so that most cuts fall elsewhere than between its pieces.
    noisy_picture(&picture, 120, 11);
    let set = run_with(&gate.station, &(args(&["guard", "set-pin"]), Some(format!("{PIN}\n"))), &[]);
    assert!(set.status.success(), "{set:?}");
    let expected = gate.server.local(&["invitation", "add", "--name", "Eva Expected", "--site", "1"]);
    gate.station.done(&["sync"]);
    let hand = Hand {
        guard: gate.status()["guard_id"].as_str().expect("an id").to_owned(),
        photo: picture.to_str().expect("UTF-8").to_owned(),
        expected: expected["id"].as_str().expect("an id").to_owned(),
    };
    let mut random = chance("a day cut off", 11);
    let mut all = Shown::default();
    let trials = trials(1_000);
    let (mut cut, mut done) = (0, BTreeMap::<String, u64>::new());
    for trial in 0..trials {
        let pace = Instant::now();
        go_on(&gate, &hand);
        // A command takes about as long as asking how things stand, on this machine and as busy as it is now.
        let pace = u64::try_from(pace.elapsed().as_millis()).expect("short");
        let command = next(&gate, &hand, &mut random, trial);
        let network = ("GATEHOUSE_FAULT_NETWORK", if trial % 3 == 0 { "up" } else { "down" }.to_owned());
        // By a power cut, by a kill in the middle of the writes, or by one at any time.
        let keep = match trial % 4 {
            0 => Some("none".to_owned()),
            1 => Some("all".to_owned()),
            2 => Some(format!("random:{}", random.below(1 << 30))),
            _ => None,
        };
        let output = if let Some(keep) = keep {
            let environment = [
                network,
                ("LD_PRELOAD", library.to_string_lossy().into_owned()),
                ("POWERCUT_DIR", gate.station.data.to_string_lossy().into_owned()),
                ("POWERCUT_PROGRAM", "gatehouse".to_owned()),
                ("POWERCUT_AT", (1 + random.below(40)).to_string()),
                ("POWERCUT_KEEP", keep),
            ];
            run_with(&gate.station, &command, &environment)
        } else {
            killed_after(&gate, &command, network, Duration::from_millis(random.below(3 * pace + 10)))
        };
        cut += u64::from(output.status.signal().is_some());
        *done.entry(command.0[0].clone()).or_default() += 1;
        gather(&mut all, gather_shown(&output));
    }
    let (scans, decisions) = (all.scans.len(), all.decisions.len());
    figure(&format!(
        "a day: {trials} commands, {cut} of them cut off, the others ended before the cut: {scans} scans and walk-ups \
         and {decisions} decisions shown; {done:?}"
    ));
    assert!(cut > trials / 5 && scans as u64 > trials / 20, "the cuts came too early or too late");
    go_on(&gate, &hand);
    assert_eq!(missing(&all, &gate.journal_at_server()), Vec::<String>::new());
    let status = gate.status();
    assert_eq!((&status["salvaged"], &status["outbox"]["stuck"]), (&Value::Null, &0.into()), "{status}");
    assert_eq!(status["outbox"]["stuck_photos"], 0, "{status}");
}

fn killed_after(
    gate: &Gate,
    (args, typed): &Command,
    (name, value): (&str, String),
    after: Duration,
) -> Output {
    use std::io::Write;
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let mut process = gate
        .station
        .command(&args)
        .env(PIPE_DECIDES.0, PIPE_DECIDES.1)
        .env(name, value)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut stdin = process.stdin.take().expect("stdin");
    // One that ended early reads no more.
    let _ = stdin.write_all(typed.as_deref().unwrap_or_default().as_bytes());
    drop(stdin);
    thread::sleep(after);
    let _ = process.kill();
    process.wait_with_output().expect("it ends")
}
