//! `gatehouse station`: guards who share the station.

use clap::Subcommand;
use gatehouse_core::{device::GuardStation, message, phrase, words::Id};
use serde_json::json;

use super::{
    CliError, choose,
    print::{print_done, print_guards},
    refused,
};
use crate::cli::{
    language::{said, word},
    output::tell,
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
            station.set_pin(typed(message!("guards-new_pin"))?).map_err(refused)?;
            print_done(json, &json!({"pin_set": true}), || word(message!("guards-pin_set")))
        }
        Command::Lock => {
            station.lock().map_err(refused)?;
            print_done(json, &json!({"locked": true}), || word(message!("guards-locked")))
        }
        Command::Unlock { guard } => {
            let guard = choose::guard(station, &guard)?;
            let guard = station.unlock(guard, typed(message!("guards-pin"))?).map_err(refused)?;
            print_done(json, &guard, || said(&phrase!("guards-unlocked", name = &guard.name)))
        }
    }
}

/// A line of standard input. On a command line others could read it.
fn typed(prompt: Id) -> Result<String, CliError> {
    use std::io::IsTerminal;
    if std::io::stdin().is_terminal() {
        tell(&format!("{} ", word(prompt)));
    }
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).map_err(|error| CliError::new("input", error))?;
    Ok(line.trim().to_owned())
}
