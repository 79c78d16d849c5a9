//! A member's phone, for trying without one. It only translates: every rule is [`MemberWallet`]'s, the object that the
//! phones use too.

use std::{path::PathBuf, sync::Arc};

use clap::Subcommand;
use gatehouse_core::{
    address::Address,
    device::{CodeSource, FileSecrets, Joined, MemberWallet, SystemTime, WalletCode, WalletError},
    id::SubjectId,
    time::UnixSeconds,
    wire::MEMBER_PREFIX,
};
use serde::Serialize;
use serde_json::json;

use super::{
    language::said,
    local::{time_text, write_png},
    output::{CliError, Status, print_json, print_line, tell},
    picture::text_or_picture,
    visit::Visit,
};

/// How long commands wait for the server, in milliseconds.
const PATIENCE_MS: u32 = 10_000;
#[derive(clap::Args)]
pub struct Args {
    /// Folder with the wallet's data and keys
    #[arg(long, value_name = "DIR", default_value = "gatehouse-wallet", global = true)]
    data: PathBuf,
    /// Print JSON, one object a line
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Learn where an organisation's server is, or follow it to another address
    ///
    /// Exit status: 0 if the server there proved to be the organisation's, 2 if not.
    Join {
        /// The organisation's code (`gatehouse member-code`), or a picture of it
        code: String,
    },
    /// Sign a member in; without --code a one-time code is sent first
    SignIn {
        /// The organisation's code (`gatehouse member-code`) or a picture of it; needed the first time
        #[arg(long, value_name = "CODE")]
        join: Option<String>,
        /// The member's e-mail address
        #[arg(long, value_name = "E")]
        email: String,
        /// The six digits that were sent
        #[arg(long, value_name = "N")]
        code: Option<String>,
    },
    /// Show the access ID: the kept one while it is fresh, a new one, or without a network one of this phone's own
    Code {
        /// Mint a code here, without asking the server
        #[arg(long)]
        offline: bool,
        /// Ask for a new one, whatever is kept
        #[arg(long, conflicts_with = "offline")]
        fresh: bool,
        /// Also draw the code as a QR picture
        #[arg(long, value_name = "FILE")]
        png: Option<PathBuf>,
    },
    /// Make every access ID fail that was shown so far
    ///
    /// Exit status: 0 done, 1 if the server could not be told, which is done first thing next time, 2 if not done.
    Invalidate,
    /// Invite a visitor, and print the code
    Invite(InviteArgs),
    /// List one's own invitations
    Invitations,
    /// Cancel one of one's own invitations
    Cancel {
        /// The invitation's id
        id: SubjectId,
    },
    /// Show where and when one's own code was used
    Recent,
    /// Sign out, and forget codes and keys
    ///
    /// Exit status: 0 done, 1 if the server could not be told, 2 if not done.
    SignOut,
    /// Show who is signed in, and what can be shown without a network
    Status,
}

#[derive(clap::Args)]
struct InviteArgs {
    #[command(flatten)]
    visit: Visit,
    /// A note for the guard
    #[arg(long, value_name = "T")]
    note: Option<String>,
    /// Also draw the code as a QR picture
    #[arg(long, value_name = "FILE")]
    png: Option<PathBuf>,
}

/// Runs a wallet command.
///
/// # Errors
/// Whatever the wallet refuses, by its stable code.
pub fn run(args: Args) -> Result<Status, CliError> {
    let (wallet, json) = (open(&args.data)?, args.json);
    match args.command {
        Command::Join { code } => {
            let joined = join(&wallet, &code)?;
            print(json, &joined, || format!("{} is at {}.", joined.organisation, joined.server))?;
        }
        Command::SignIn { join, email, code } => return sign_in(&wallet, json, join, email, code),
        Command::Code { offline, fresh, png } => {
            let code = match (offline, fresh) {
                (true, _) => wallet.offline_code(),
                (false, true) => wallet.fresh_code(PATIENCE_MS),
                (false, false) => wallet.code(PATIENCE_MS),
            };
            let code = code.map_err(refused)?;
            if let Some(path) = png {
                write_png(&path, &code.text)?;
            }
            print(json, &code, || shown(&code))?;
        }
        Command::Invalidate => {
            let done = wallet.invalidate(PATIENCE_MS).map_err(refused)?;
            print(json, &done, || match done.done {
                true => "Every earlier access ID fails from now on.".to_owned(),
                false => "Forgotten here. The server can't be reached; it is told first thing next time."
                    .to_owned(),
            })?;
            return Ok(if done.done { Status::Done } else { Status::Wrong });
        }
        Command::Invite(args) => invite(&wallet, json, args)?,
        Command::Invitations => {
            let own = wallet.invitations(PATIENCE_MS).map_err(refused)?;
            print(json, &own, || {
                let line = |found: &gatehouse_core::wire::InvitationView| {
                    let until = time_text(found.until);
                    format!(
                        "{}  {}  {}  until {until}  {}",
                        found.reference,
                        found.name,
                        found.status.word(),
                        found.id
                    )
                };
                with_age(
                    own.invitations.iter().map(line).collect(),
                    own.live,
                    own.as_of.map(|at| at.to_seconds()),
                )
            })?;
        }
        Command::Cancel { id } => {
            let found = wallet.cancel(id, PATIENCE_MS).map_err(refused)?;
            print(json, &found, || format!("{} is cancelled.", found.reference))?;
        }
        Command::Recent => {
            let recent = wallet.recent(PATIENCE_MS).map_err(refused)?;
            print(json, &recent, || {
                let line = |entry: &gatehouse_core::wire::MyEntry| {
                    let outcome = match entry.granted {
                        Some(true) => "granted",
                        Some(false) => "denied",
                        None => "not decided",
                    };
                    let verdict = entry.verdict.map(|verdict| verdict.word()).unwrap_or_default();
                    format!("{}  {}  {verdict}  {outcome}", time_text(entry.at.to_seconds()), entry.site_name)
                };
                let lines = recent.entries.iter().map(line).collect();
                with_age(lines, recent.live, recent.as_of.map(|at| at.to_seconds()))
            })?;
        }
        Command::SignOut => {
            let out = wallet.sign_out(PATIENCE_MS).map_err(refused)?;
            print(json, &out, || match out.server_told {
                true => "Signed out.".to_owned(),
                false => "Signed out here. The server could not be told.".to_owned(),
            })?;
            return Ok(if out.server_told { Status::Done } else { Status::Wrong });
        }
        Command::Status => {
            let status = wallet.status().map_err(refused)?;
            print(json, &status, || {
                let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
                let until = |time: Option<UnixSeconds>| time.map_or_else(|| "no".to_owned(), time_text);
                format!(
                    "Organisation  {}\nServer        {}\nMember        {}\nCode until    {}\nOffline until {}\nClock         {}{}{}",
                    text(&status.organisation),
                    text(&status.server),
                    text(&status.name),
                    until(status.code_until),
                    until(status.offline_until),
                    if status.clock_trusted { "the server's" } else { "this device's own, not confirmed" },
                    if status.invalidation_pending {
                        "\nThe server is still to be told of an invalidation."
                    } else {
                        ""
                    },
                    status.invalidated_before.map_or_else(String::new, |before| {
                        format!("\nAccess IDs from before {} were invalidated.", time_text(before))
                    }),
                )
            })?;
        }
    }
    Ok(Status::Done)
}

fn open(folder: &std::path::Path) -> Result<MemberWallet, CliError> {
    let secrets =
        FileSecrets::open(folder.join("secrets")).map_err(|error| CliError::new("secret_store", error))?;
    let folder = folder.to_string_lossy().into_owned();
    MemberWallet::open(folder, Arc::new(secrets), Arc::new(SystemTime), None).map_err(refused)
}

fn refused(error: WalletError) -> CliError {
    CliError::new(error.code().to_owned(), said(&error.phrase()))
}

fn print(json: bool, answer: &impl Serialize, sentence: impl FnOnce() -> String) -> Result<(), CliError> {
    if json { print_json(answer) } else { print_line(sentence()) }
}

fn shown(code: &WalletCode) -> String {
    let source = match code.source {
        CodeSource::Online => "new",
        CodeSource::Kept => "kept",
        CodeSource::Offline => "made on this device, without a network",
    };
    format!("{}\n{} s left ({source})", code.text, code.seconds_left)
}

fn with_age(mut lines: Vec<String>, live: bool, as_of: Option<UnixSeconds>) -> String {
    if lines.is_empty() {
        lines.push("Nothing.".to_owned());
    }
    if !live {
        let as_of = as_of.map_or_else(|| "never asked".to_owned(), time_text);
        lines.push(format!("The server can't be reached; as of {as_of}."));
    }
    lines.join("\n")
}

/// Joins, and says whose server that is.
fn join(wallet: &MemberWallet, code: &str) -> Result<Joined, CliError> {
    let code = text_or_picture(code, MEMBER_PREFIX, "organisation's code")?;
    let joined = wallet.join(code, PATIENCE_MS).map_err(refused)?;
    if Address::parse(&joined.server).is_some_and(|address| address.is_open_to_others()) {
        tell("Warning: without HTTPS anyone on the way can read along and answer in the server's place.\n");
    }
    Ok(joined)
}

fn sign_in(
    wallet: &MemberWallet,
    json: bool,
    given: Option<String>,
    email: String,
    code: Option<String>,
) -> Result<Status, CliError> {
    if let Some(code) = given {
        join(wallet, &code)?;
    }
    let Some(code) = code else {
        let sent = wallet.request_code(email, PATIENCE_MS).map_err(refused)?;
        let answer = json!({ "code_sent": true, "resend_in_s": sent.resend_in_s });
        print(json, &answer, || "A one-time code is on its way. Sign in with --code.".to_owned())?;
        return Ok(Status::Done);
    };
    let member = wallet.sign_in(email, code, PATIENCE_MS).map_err(refused)?;
    print(json, &member, || format!("Signed in as {}.", member.name))?;
    Ok(Status::Done)
}

fn invite(wallet: &MemberWallet, json: bool, args: InviteArgs) -> Result<(), CliError> {
    let (from, until) = args.visit.window();
    // A member's phone knows no names of sites.
    let number = |typed: &str| {
        typed.parse().map_err(|_| {
            CliError::new("site_unknown", format!("A site's number is needed, not \"{typed}\"."))
        })
    };
    let sites = args.visit.sites(number)?;
    let made = wallet
        .invite(args.visit.name, sites, from, until, args.visit.max_uses, args.note, PATIENCE_MS)
        .map_err(refused)?;
    if let Some(path) = args.png {
        write_png(&path, &made.code)?;
    }
    print(json, &made, || format!("{}, until {}\n{}", made.reference, time_text(until), made.code))
}
