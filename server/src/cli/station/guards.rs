//! `gatehouse station`: guards who share the station.

use clap::Subcommand;
use gatehouse_core::device::GuardStation;
use serde_json::json;

use super::{
    CliError, choose,
    print::{print_done, print_guards},
    refused,
};

#[derive(Subcommand)]
pub enum Command {
    /// List the guards who signed in on this station
    List,
    /// Set the PIN of the guard who is signed in; it is read from standard input
    SetPin,
    /// Lock the station; a running shift goes on
    Lock,
    /// Unlock the station by PIN, also offline; the PIN is read from standard input
    Unlock {
        /// The guard's id or name, as the list has them
        guard: String,
    },
}

pub fn run(station: &GuardStation, json: bool, command: Command) -> Result<(), CliError> {
    match command {
        Command::List => print_guards(json, &station.guards().map_err(refused)?),
        Command::SetPin => {
            station.set_pin(typed("New PIN: ")?).map_err(refused)?;
            print_done(json, &json!({"pin_set": true}), || "PIN set.".to_owned())
        }
        Command::Lock => {
            station.lock().map_err(refused)?;
            print_done(json, &json!({"locked": true}), || "Locked.".to_owned())
        }
        Command::Unlock { guard } => {
            let guard = choose::guard(station, &guard)?;
            let guard = station.unlock(guard, typed("PIN: ")?).map_err(refused)?;
            print_done(json, &guard, || format!("Unlocked for {}.", guard.name))
        }
    }
}

/// A line of standard input. On a command line others could read it.
fn typed(prompt: &str) -> Result<String, CliError> {
    use std::io::IsTerminal;
    if std::io::stdin().is_terminal() {
        crate::cli::output::tell(prompt);
    }
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).map_err(|error| CliError::new("input", error))?;
    Ok(line.trim().to_owned())
}
