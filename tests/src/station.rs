//! A real station on a folder of its own, run as a guard at a laptop runs it.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use serde_json::Value;

use crate::{gatehouse, server::Server};

/// Lets a pipe decide, which no release does: for tests that cut scans and decisions off in one breath.
pub const PIPE_DECIDES: (&str, &str) = ("GATEHOUSE_FAULT_PIPE_DECIDES", "1");

/// Synchronisations after which something that still waits will not be sent by one more.
const TRIES: u32 = 60;

/// How a station's process ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// By itself, after all that is typed.
    Whole,
    /// Killed without warning once it has shown so many lines and a little time has passed: however fast the machine,
    /// it was at work.
    Killed {
        /// Lines that it shows before.
        after: u64,
        /// What passes then.
        and: Duration,
    },
}

/// A station's folder.
pub struct Station {
    /// The folder.
    pub data: PathBuf,
}

/// What a station showed before it ended, however it ended.
#[derive(Debug, Default)]
pub struct Shown {
    /// Events of scans.
    pub scans: Vec<String>,
    /// Decisions by event.
    pub decisions: BTreeMap<String, bool>,
}

impl Station {
    /// A station enrolled with the server, a guard signed in, a shift started at site 1.
    #[must_use]
    pub fn at_work(server: &Server, data: &Path, email: &str) -> Self {
        let station = Self { data: data.to_owned() };
        let code = server.local(&["device", "code", "--url", &server.url]);
        station.done(&["enrol", code["code"].as_str().expect("the code's text"), "--name", "Laptop"]);
        station.done(&["sign-in", "--email", email]);
        station.done(&["sign-in", "--email", email, "--code", &server.one_time_code(email)]);
        station.done(&["shift", "start", "--site", "1"]);
        station
    }

    /// A command of this station.
    #[must_use]
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = gatehouse(&["station"]);
        command.args(args).arg("--json").arg("--data").arg(&self.data);
        command
    }

    /// Runs a command to its end.
    #[must_use]
    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("the station runs")
    }

    /// Synchronises until nothing waits any more, as patiently as the server asks for.
    pub fn send_all(&self) {
        let mut said = None;
        for _ in 0..TRIES {
            let output = self.run(&["sync"]);
            if output.status.success() {
                return;
            }
            let report = crate::json_lines(&output).pop().unwrap_or_default();
            thread::sleep(Duration::from_secs(report["retry_after"].as_u64().unwrap_or(1).min(60)));
            said = Some(output);
        }
        panic!("something waits after {TRIES} tries: {said:?}");
    }

    /// Runs a command that must succeed.
    pub fn done(&self, args: &[&str]) {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {output:?}");
    }

    /// The one JSON answer of a command that must succeed.
    #[must_use]
    pub fn answer(&self, args: &[&str]) -> Value {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {output:?}");
        serde_json::from_slice(&output.stdout).expect("JSON")
    }

    /// Types `lines` into a scanning station as a scanner would, and gives what it showed until its end.
    #[must_use]
    pub fn type_in(&self, lines: Vec<String>, environment: &[(&str, String)], end: End) -> Shown {
        let mut command = self.command(&["scan"]);
        command.env(PIPE_DECIDES.0, PIPE_DECIDES.1);
        command.envs(environment.iter().map(|(name, value)| (name, value)));
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the station starts");
        let mut stdin = process.stdin.take().expect("stdin");
        let stdout = process.stdout.take().expect("stdout");
        let typist = thread::spawn(move || {
            for line in lines {
                // A station that was killed reads no more.
                if writeln!(stdin, "{line}").is_err() {
                    return;
                }
            }
        });
        let (seen, count) = mpsc::channel();
        let reader = thread::spawn(move || {
            let mut shown = Shown::default();
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                let _ = seen.send(());
                // A line that the kill cut short was not shown.
                let Ok(value) = serde_json::from_str::<Value>(&line) else { continue };
                let event = value["event"].as_str().expect("an event").to_owned();
                match value["granted"].as_bool() {
                    Some(granted) => {
                        shown.decisions.insert(event, granted);
                    }
                    None if value["again"] == false => shown.scans.push(event),
                    None => {}
                }
            }
            shown
        });
        if let End::Killed { after, and } = end {
            for _ in 0..after {
                if count.recv().is_err() {
                    break;
                }
            }
            thread::sleep(and);
            process.kill().expect("killed");
        }
        process.wait().expect("ended");
        typist.join().expect("typed");
        reader.join().expect("read")
    }
}
