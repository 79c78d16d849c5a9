//! The command line. Stable: scripts rely on names, options, JSON and exit statuses.

mod admin;
mod ban;
mod choose;
mod demo;
mod device;
mod erase;
mod first;
mod init;
mod invitation;
mod journal;
mod keys;
mod language;
mod local;
mod location;
mod member_code;
mod organisation;
mod output;
mod pass;
mod picture;
mod policy;
mod qr;
mod serve;
mod site;
mod station;
mod token;
mod user;
mod verify;
mod visit;
mod wallet;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

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
    /// The first start makes the data folder, the organisation (--name) and its keys, and with --site and --admin a
    /// first site and owner. While nobody can sign in as an admin it prints a one-time link. Every other command on the
    /// same folder works beside the running server.
    ///
    /// Exit status: 0 when it was told to end, 2 if it could not start.
    Serve(serve::Args),
    /// Make the data folder, the organisation, its first site and its owner in one go
    ///
    /// What is there already stays as it is, so it can be run again. `serve` takes the same options.
    Init(init::Args),
    /// Add and list organisations: one server can serve several, strictly apart
    #[command(subcommand)]
    Organisation(organisation::Command),
    /// Start a server with a small organisation and play a day at its gate
    ///
    /// Everything lives in a temporary folder. Prints what happened at the gate and a link that signs you in to the
    /// dashboard, and stays up until Ctrl-C.
    ///
    /// Exit status: 0 if everything came out as it should and the server agrees, 1 if not, 2 if it could not be played.
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
    /// Add and correct people, write to them, assign them to sites, sign them out, revoke and restore their access
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
    /// Read QR codes in pictures, and draw them
    #[command(subcommand)]
    Qr(qr::Command),
    /// A guard station for a laptop with a USB scanner, and for trying without a phone
    Station(station::Args),
    /// A member's phone, for trying without one
    Wallet(wallet::Args),
}

/// What a command's exit statuses mean where its own help says nothing else.
const EXIT_STATUS: &str =
    "Exit status: 0 done; 2 not done, and why stands on standard error: a stable code and a sentence.";

/// The commands with their exit statuses in every help.
fn documented(command: clap::Command) -> clap::Command {
    let says = |about: Option<&clap::builder::StyledStr>| {
        about.is_some_and(|about| about.to_string().contains("xit status"))
    };
    let told = command.has_subcommands() || says(command.get_long_about());
    let command = if told { command } else { command.after_help(EXIT_STATUS) };
    command.mut_subcommands(documented)
}

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    let matches = documented(Cli::command()).get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let outcome = match cli.command {
        Command::Serve(args) => serve::run(args),
        Command::Init(args) => init::run(&args),
        Command::Organisation(command) => organisation::run(command),
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
        Command::Qr(command) => qr::run(command),
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
            output::tell(&format!("{error}\n"));
            ExitCode::from(error.status())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaves(command: clap::Command, path: &str, told: &mut Vec<(String, String)>) {
        let path = format!("{path} {}", command.get_name());
        let below: Vec<_> = command.get_subcommands().cloned().collect();
        if below.is_empty() {
            told.push((path, command.clone().render_long_help().to_string()));
            return;
        }
        below.into_iter().for_each(|command| leaves(command, &path, told));
    }

    #[test]
    fn every_command_says_what_its_exit_statuses_mean() {
        let mut told = Vec::new();
        leaves(documented(Cli::command()), "", &mut told);
        assert!(told.len() > 60, "{}", told.len());
        for (path, help) in told {
            assert_eq!(help.matches("xit status").count(), 1, "{path}:\n{help}");
        }
    }
}
