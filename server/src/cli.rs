//! The command line. Stable: scripts rely on names, options, JSON and exit statuses.

mod journal;
mod output;
mod station;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use output::{CliError, Status};

/// Gatehouse replaces the sign-in book at a gate.
///
/// A guard scans a signed QR code; the phone or station decides VERIFIED, CAUTION or DENIED, online or not; the
/// guard grants or denies; everything is written down and reaches this server.
///
/// New here? `gatehouse demo` starts a server with a small organisation and plays a day at its gate.
#[derive(Parser)]
#[command(name = "gatehouse", version, propagate_version = true, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check a code offline against a key set, and say what was found as JSON
    ///
    /// Prints one JSON object with verdict, deciding code and every check. Exit status: 0 VERIFIED, 10 CAUTION,
    /// 20 DENIED, 2 wrong usage, a refused key set or pack, or a picture without a code. Without the server's own
    /// answer the best verdict is CAUTION.
    Verify(verify::Args),
    /// Check or export a device's journal
    #[command(subcommand)]
    Journal(journal::Command),
    /// A guard station for a laptop with a USB scanner, and for trying without a phone
    Station(station::Args),
}

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.command {
        Command::Verify(args) => verify::run(&args),
        Command::Journal(command) => journal::run(command),
        Command::Station(args) => station::run(args),
    };
    match outcome {
        Ok(status) => status.into(),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(error.status())
        }
    }
}
