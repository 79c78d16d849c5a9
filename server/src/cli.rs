//! The command line. Stable: scripts rely on names, options, JSON and exit statuses.

mod admin;
mod ban;
mod demo;
mod device;
mod erase;
mod invitation;
mod journal;
mod keys;
mod local;
mod location;
mod member_code;
mod output;
mod pass;
mod policy;
mod serve;
mod site;
mod station;
mod token;
mod user;
mod verify;
mod visit;
mod wallet;

use std::{io::Write, process::ExitCode};

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
    /// Run the companion server
    ///
    /// The first start makes the data folder, the organisation (--org, --name) and its keys, and prints a one-time
    /// link for the first admin. Every other command on the same folder works beside the running server.
    Serve(serve::Args),
    /// Start a server with a small organisation and play a day at its gate
    ///
    /// Everything lives in a temporary folder. Prints what happened at the gate and a link that signs you in to the
    /// dashboard, and stays up until Ctrl-C.
    Demo(demo::Args),
    /// Check a code offline against a key set, and say what was found as JSON
    ///
    /// Prints one JSON object with verdict, deciding code and every check. Exit status: 0 VERIFIED, 10 CAUTION,
    /// 20 DENIED, 2 wrong usage, a refused key set or pack, or a picture without a code. Without the server's own
    /// answer the best verdict is CAUTION.
    Verify(verify::Args),
    /// Check or export a device's journal
    #[command(subcommand)]
    Journal(journal::Command),
    /// Write the key set and the root's public key, by which anyone can check codes and journals
    #[command(subcommand)]
    Keys(keys::Command),
    /// Add and list sites
    #[command(subcommand)]
    Site(site::Command),
    /// Make a link that signs an admin in to the dashboard
    #[command(subcommand)]
    Admin(admin::Command),
    /// Add and correct people, assign them to sites, sign them out, revoke and restore their access
    #[command(subcommand)]
    User(user::Command),
    /// Make, list and end tokens for the API
    #[command(subcommand)]
    Token(token::Command),
    /// Invite visitors and cancel invitations
    #[command(subcommand)]
    Invitation(invitation::Command),
    /// Ban people, by code or by name, and lift bans
    #[command(subcommand)]
    Ban(ban::Command),
    /// Show and set what holds at the gates: old facts, waiting for the server, shifts
    ///
    /// Without an option shows what holds now. What is set reaches phones with their next gate pack, and new ones when
    /// they are enrolled.
    Policy(policy::Args),
    /// Enrol, list and revoke phones and stations
    #[command(subcommand)]
    Device(device::Command),
    /// Erase a person from the server and its phones; journals and exports still verify
    #[command(subcommand)]
    Erase(erase::Command),
    /// Show the code by which members' phones find and trust this server; nothing in it is secret
    MemberCode(member_code::Args),
    /// Draw codes for members and visitors
    #[command(subcommand)]
    Pass(pass::Command),
    /// A guard station for a laptop with a USB scanner, and for trying without a phone
    Station(station::Args),
    /// A member's phone, for trying without one
    Wallet(wallet::Args),
}

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.command {
        Command::Serve(args) => serve::run(args),
        Command::Site(command) => site::run(command),
        Command::Admin(command) => admin::run(&command),
        Command::User(command) => user::run(command),
        Command::Token(command) => token::run(&command),
        Command::Invitation(command) => invitation::run(command),
        Command::Ban(command) => ban::run(command),
        Command::Policy(args) => policy::run(&args),
        Command::Erase(command) => erase::run(&command),
        Command::Device(command) => device::run(command),
        Command::Pass(command) => pass::run(command),
        Command::Demo(args) => demo::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Journal(command) => journal::run(command),
        Command::Keys(command) => keys::run(command),
        Command::MemberCode(args) => member_code::run(&args),
        Command::Station(args) => station::run(args),
        Command::Wallet(args) => wallet::run(args),
    };
    match outcome {
        Ok(status) => status.into(),
        Err(error) => {
            // Who has closed standard error does not want to know.
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::from(error.status())
        }
    }
}
