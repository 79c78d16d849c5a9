//! A guard station for a laptop with a USB scanner, and for trying without a phone. It only translates: every rule
//! is [`GuardStation`]'s, the object that the phones use too.

mod choose;
mod colour;
mod enrol;
mod guards;
mod keyboard;
mod print;
mod scan;
mod scanning;
mod standing;
mod stuck;
mod times;
mod visit;

use std::{path::PathBuf, sync::Arc};

use clap::Subcommand;
use gatehouse_core::{
    device::{Erase, FileSecrets, GuardStation, SecretError, StationError, SystemTime},
    id::{EntryId, SubjectId},
    message, phrase,
    place::Fix,
};

use super::{
    language::{said, word},
    location,
    output::{CliError, Status, print_json, tell},
    verify::read_file,
};
use print::{print_done, print_visits};

/// How long commands wait for the server, in milliseconds.
const PATIENCE_MS: u32 = 10_000;
/// How long a departure waits for it.
const DEPART_MS: u32 = 2_000;

#[derive(clap::Args)]
pub struct Args {
    /// Folder with the station's journal and keys
    #[arg(long, value_name = "DIR", default_value = "gatehouse-station", global = true)]
    data: PathBuf,
    /// Print JSON, one object a line
    #[arg(long, global = true)]
    json: bool,
    /// Where the station is: degrees north and east, and metres of accuracy, as in 52.37022,4.89517,10
    #[arg(long, value_name = "LAT,LON,ACCURACY", global = true, allow_hyphen_values = true, value_parser = location::fix)]
    location: Option<Fix>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Enrol this station by an admin's enrolment code (`gatehouse device code`)
    ///
    /// Says first whose server it is and where. On a station that is enrolled, a code of the same organisation with
    /// another address moves it there: it stays the same device, and what waits is sent there.
    ///
    /// Exit status: 0 enrolled or moved, 2 if not.
    Enrol(enrol::Args),
    /// Sign a guard in; without --code a one-time code is sent first
    ///
    /// Exit status: 0 signed in, or the code is sent; 2 if not. Who is no guard is refused, and changes nothing here.
    SignIn {
        /// The guard's e-mail address
        #[arg(long)]
        email: String,
        /// The six digits that were sent
        #[arg(long)]
        code: Option<String>,
    },
    /// Start or end the guard's shift
    #[command(subcommand)]
    Shift(ShiftCommand),
    /// Scan a code and show the verdict
    ///
    /// Without --code or --image, reads codes as a USB scanner types them, one a line, until they end or the guard
    /// does. With each verdict stands a word: `g WORD` grants, `d WORD REASON` denies or records a departure, `?`
    /// explains. Only with that word, because a scanner types whatever stands in a code. From a pipe or a file come
    /// codes only: decide those with `decide` and `depart`. Colours stay away with NO_COLOR, the bell with --quiet.
    ///
    /// Exit status: of one code 0 VERIFIED, 10 CAUTION, 20 DENIED; 0 when codes or guard have come to an end; 2 if the
    /// scan could not be made or written down.
    Scan(scan::Args),
    /// Register a visitor without a code
    ///
    /// Exit status: 0 if it was written down, whatever the ban list says; 2 if not.
    WalkUp(visit::WalkUp),
    /// Search the visitors expected today by name or host, also offline; without a name, list them
    Search {
        /// What to look for, the beginnings of words; accents and case do not matter
        name: Option<String>,
        /// Only visitors of this site, by number or name
        #[arg(long, value_name = "SITE")]
        site: Option<String>,
    },
    /// Register an expected visitor who shows no code, as `search` found them
    ///
    /// Exit status: 0 if it was written down, whatever the verdict; 2 if not.
    Arrive(visit::Arrive),
    /// List the visitors inside
    OnSite,
    /// Record that a visitor left; without an id, list the visitors inside
    Depart {
        /// The visit as the list names it, the event as the scan names it, or the visitor's name
        stay: Option<String>,
    },
    /// Write the picture of whom a scan was about to a file, where the site shows faces beside the verdict
    Face {
        /// The event, as the scan named it
        event: EntryId,
        /// The JPEG file
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// List scans and walk-ups of this shift that nobody decided
    Undecided,
    /// Grant or deny a scan or walk-up that was made before
    Decide(visit::Decide),
    /// Put a decision of this shift right by a further entry, with the reason; what was decided first stays
    ///
    /// Not after the visitor's departure was recorded, and not what nobody decided.
    ///
    /// Exit status: 0 if it stands as said, 2 if not.
    Correct(visit::Correct),
    /// Leave a scan or walk-up undecided for good
    Abandon {
        /// The event, as the scan named it
        event: EntryId,
    },
    /// Report a scan or walk-up as suspicious; admins see it at once
    Report(visit::Report),
    /// List the guards who signed in here, set a PIN, lock, unlock
    #[command(subcommand)]
    Guard(guards::Command),
    /// Fetch keys and gate pack, send what waits
    ///
    /// Exit status: 0 if nothing waits any more, or with --if-due nothing was due; 1 if something still waits or is
    /// in the way, which is said; 2 if it could not be tried.
    Sync(stuck::SyncArgs),
    /// List entries and photos that the server refuses, and why
    Stuck,
    /// Put everything that is stuck back into the outbox, and send it
    ///
    /// Exit status: as of `sync`.
    Retry,
    /// List the sites that this station knows of, those where the guard works first
    Sites,
    /// Destroy what this station knows of a person; the journal still verifies
    ///
    /// What the server does not have yet goes as soon as it is sent. The server's own data is not touched.
    Erase(EraseArgs),
    /// Show guard, shift, outbox, gate pack and clock
    Status,
}

#[derive(Subcommand)]
enum ShiftCommand {
    /// Start a shift at a site
    Start {
        /// The site's number or name
        #[arg(long, value_name = "SITE")]
        site: String,
    },
    /// End the shift
    End,
}

#[derive(clap::Args)]
#[group(required = true, multiple = false)]
struct EraseArgs {
    /// A member or an invitation: everything about them
    #[arg(long, value_name = "ID")]
    subject: Option<SubjectId>,
    /// A scan or walk-up, as it was named; more than once for several
    #[arg(long, value_name = "ID")]
    event: Vec<EntryId>,
}

/// Grant or deny at once.
#[derive(clap::Args)]
struct Choice {
    /// Grant at once
    #[arg(long, group = "outcome")]
    grant: bool,
    /// Deny at once
    #[arg(long, group = "outcome")]
    deny: bool,
    /// Why; needed to grant against DENIED
    #[arg(long, value_name = "T", requires = "outcome")]
    reason: Option<String>,
}

impl Choice {
    const fn granted(&self) -> Option<bool> {
        match (self.grant, self.deny) {
            (true, _) => Some(true),
            (false, true) => Some(false),
            (false, false) => None,
        }
    }
}

/// Runs a station command.
///
/// # Errors
/// Whatever the station refuses, by its stable code.
pub fn run(args: Args) -> Result<Status, CliError> {
    let station = open(&args.data)?;
    let (json, fix) = (args.json, args.location);
    match args.command {
        Command::Enrol(args) => enrol::run(&station, json, args)?,
        Command::SignIn { email, code } => sign_in(&station, json, email, code)?,
        Command::Shift(ShiftCommand::Start { site }) => {
            let site = choose::site(&station, &site)?;
            let shift = station.start_shift(site, fix, PATIENCE_MS).map_err(refused)?;
            print_done(json, &shift, || said(&phrase!("shift-started", site = &shift.site_name)))?;
        }
        Command::Shift(ShiftCommand::End) => {
            station.end_shift(fix).map_err(refused)?;
            print_done(json, &serde_json::json!({"ended": true}), || word(message!("shift-ended")))?;
            send(&station);
        }
        Command::Scan(args) => return scan::run(station, json, fix, args),
        Command::WalkUp(args) => visit::walk_up(&station, json, fix, args)?,
        Command::Search { name, site } => {
            let site = site.map(|site| choose::site(&station, &site)).transpose()?;
            visit::search(&station, json, name.unwrap_or_default(), site)?;
        }
        Command::Arrive(args) => visit::arrive(&station, json, fix, args)?,
        Command::OnSite | Command::Depart { stay: None } => {
            let visits = station.on_site(2_000).map_err(refused)?;
            print_visits(json, &visits, station.status().map_err(refused)?.now)?;
        }
        Command::Depart { stay: Some(stay) } => {
            let stay = choose::visit(&station, &stay)?;
            station.depart(stay, fix, DEPART_MS).map_err(refused)?;
            print::print_departed(json, stay)?;
            send(&station);
        }
        Command::Face { event, out } => {
            let face = station.face_of(event).map_err(refused)?;
            let face = face.ok_or_else(|| CliError::new("no_face", word(message!("face-none"))))?;
            std::fs::write(&out, face).map_err(|error| CliError::unwritable(&out, &error))?;
            let file = out.display().to_string();
            print_done(json, &serde_json::json!({"face": file}), || {
                said(&phrase!("face-written", file = &file))
            })?;
        }
        Command::Undecided => {
            for event in station.undecided().map_err(refused)? {
                print::print_scan(json, &event, None)?;
            }
        }
        Command::Decide(args) => visit::decide(&station, json, fix, args)?,
        Command::Correct(args) => visit::correct(&station, json, fix, args)?,
        Command::Abandon { event } => {
            station.abandon(event).map_err(refused)?;
            print_done(json, &serde_json::json!({"abandoned": event}), || {
                word(message!("scan-left_undecided"))
            })?;
            send(&station);
        }
        Command::Report(args) => visit::report(&station, json, fix, args)?,
        Command::Guard(command) => guards::run(&station, json, command)?,
        Command::Sync(args) => return stuck::sync(&station, json, &args),
        Command::Stuck => stuck::list(&station, json)?,
        Command::Retry => return stuck::retry(&station, json),
        Command::Sites => print::print_sites(json, &station.sites().map_err(refused)?)?,
        Command::Erase(args) => {
            let whose = args.subject.map_or(Erase::Events(args.event), Erase::Subject);
            print::print_erased(json, &station.erase(&whose).map_err(refused)?)?;
        }
        Command::Status => standing::print(json, &station.status().map_err(refused)?)?,
    }
    Ok(Status::Done)
}

/// Opens the station of a folder, its secrets in a folder of their own beside the journal.
///
/// # Errors
/// A folder that cannot be used.
pub fn open(folder: &std::path::Path) -> Result<GuardStation, CliError> {
    let secrets = FileSecrets::open(folder.join("secrets")).map_err(|error| unopened(&error))?;
    let folder = folder.to_string_lossy().into_owned();
    GuardStation::open(folder, Arc::new(secrets), Arc::new(SystemTime)).map_err(refused)
}

/// A secret store that cannot be opened.
pub fn unopened(error: &SecretError) -> CliError {
    CliError::new("secret_store", said(&phrase!("device-secrets", reason = &error.reason)))
}

/// The station's refusal with its stable code.
pub fn refused(error: StationError) -> CliError {
    CliError::new(error.code().to_owned(), said(&error.phrase()))
}

/// Sends what waits, unless the server was just out of reach. What does not go now goes later.
fn send(station: &GuardStation) {
    let _ = station.sync_if_due(2_000);
}

fn sign_in(station: &GuardStation, json: bool, email: String, code: Option<String>) -> Result<(), CliError> {
    use std::io::IsTerminal;
    let code = match code {
        Some(code) => code,
        None => {
            station.request_code(email.clone(), PATIENCE_MS).map_err(refused)?;
            if json || !std::io::stdin().is_terminal() {
                return print_done(json, &serde_json::json!({"code_sent": true}), || {
                    word(message!("sign_in-code_sent"))
                });
            }
            tell(&format!("{} ", said(&phrase!("sign_in-six_digits", email = &email))));
            let mut line = String::new();
            std::io::stdin().read_line(&mut line).map_err(|error| CliError::new("input", error))?;
            line.trim().to_owned()
        }
    };
    let guard = station.sign_in(email, code, PATIENCE_MS).map_err(refused)?;
    print_done(json, &guard, || said(&phrase!("sign_in-done", name = &guard.name)))
}
