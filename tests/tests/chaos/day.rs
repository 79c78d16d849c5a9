//! A whole day at the gate, cut off at any moment: by kill -9, and by power cuts that take back what no sync made
//! durable. Between two cuts the guard goes on as a guard would.

use std::{process::Stdio, thread, time::Duration};

use gatehouse_tests::{Random, json_lines, trials};
use serde_json::Value;

use super::{
    Gate, Shown, gather, missing, powercut_library,
    storage::{gather_shown, run_with},
};

/// What a guard may do next, as a command and what is typed into it.
fn next(gate: &Gate, random: &mut Random, trial: u64, photo: &str) -> (Vec<String>, Option<String>) {
    let args = |args: &[&str]| args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>();
    let name = format!("Walker {trial}");
    let first = |command: &str, member: &str| {
        json_lines(&gate.station.run(&[command]))
            .first()
            .map(|found| found[member].as_str().map(str::to_owned))
    };
    let typed = format!("ONE {trial}\nd no\n{}\nd late\nTWO {trial}\nd\n", gate.invitation);
    let command = match random.below(7) {
        0 => args(&["shift", "end"]),
        1 => args(&["walk-up", "--name", &name, "--photo", photo, "--grant"]),
        2 => match first("on-site", "stay") {
            Some(Some(stay)) => args(&["depart", &stay]),
            _ => args(&["walk-up", "--name", &name, "--grant"]),
        },
        3 => match first("undecided", "event") {
            Some(Some(event)) => args(&["report", &event, "--note", "Ran off."]),
            _ => args(&["scan", "--code", &gate.invitation]),
        },
        4 => args(&["sync"]),
        _ => return (args(&["scan"]), Some(typed)),
    };
    (command, None)
}

#[test]
fn a_day_cut_off_at_any_moment_loses_and_doubles_nothing() {
    let gate = Gate::open();
    let library = powercut_library(gate.folder.path());
    let photo = gate.folder.path().join("photo.png");
    let photo = photo.to_str().expect("UTF-8");
    let picture = gate.server.local(&["invitation", "add", "--name", "Pia Picture"]);
    let picture = picture["id"].as_str().expect("id");
    let _ = gate.server.local(&["pass", "issue", "--invitation", picture, "--png", photo]);
    let mut random = Random::new(11);
    let mut all = Shown::default();
    let cuts = trials(1_000);
    let mut ended_early = 0;
    for trial in 0..cuts {
        if gate.station.answer(&["status"])["shift"].is_null() {
            gate.station.done(&["shift", "start", "--site", "1"]);
        }
        let command = next(&gate, &mut random, trial, photo);
        let network = ("GATEHOUSE_FAULT_NETWORK", if trial % 3 == 0 { "up" } else { "down" }.to_owned());
        let output = if trial % 2 == 0 {
            let keep = if trial % 4 == 0 { "none".to_owned() } else { format!("random:{trial}") };
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
            killed_after(&gate, &command, network, Duration::from_millis(random.below(120)))
        };
        ended_early += u64::from(!output.status.success());
        gather(&mut all, gather_shown(&output));
    }
    println!(
        "{cuts} cuts, {ended_early} of them before the command had ended: {} scans and walk-ups and {} decisions shown",
        all.scans.len(),
        all.decisions.len()
    );
    assert!(
        ended_early > cuts / 5 && all.scans.len() as u64 > cuts / 5,
        "the cuts came too early or too late"
    );
    assert_eq!(missing(&all, &gate.journal_at_server()), Vec::<String>::new());
    let status = gate.station.answer(&["status"]);
    assert_eq!((&status["salvaged"], &status["outbox"]["stuck"]), (&Value::Null, &0.into()), "{status}");
}

fn killed_after(
    gate: &Gate,
    (args, typed): &(Vec<String>, Option<String>),
    (name, value): (&str, String),
    after: Duration,
) -> std::process::Output {
    use std::io::Write;
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let mut process = gate
        .station
        .command(&args)
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
