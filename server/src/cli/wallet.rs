//! A member's phone, for trying without one. It only translates: every rule is [`MemberWallet`]'s, the object that the
//! phones use too.

use std::{path::PathBuf, sync::Arc};

use clap::Subcommand;
use gatehouse_core::{
    address::Address,
    device::{FileSecrets, Joined, MemberWallet, SystemTime, WalletCode, WalletError, WalletStatus},
    id::{MessageId, SubjectId},
    message, phrase,
    time::UnixSeconds,
    wire::{InvitationView, MyEntry, MyMessage},
    words,
};
use serde::Serialize;
use serde_json::json;

use super::{
    language::{said, word},
    local::{time_text, write_png},
    output::{CliError, Status, labelled, print_json, print_line, tell},
    picture::{Wanted, text_or_picture},
    station::unopened,
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
    /// Show the messages to the member
    Messages,
    /// Note that the member has read a message
    ///
    /// Exit status: 0 done, 1 if the server could not be told, which is done the next time, 2 if not done.
    Read {
        /// The message's id
        id: MessageId,
    },
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
            print(json, &joined, || {
                let (organisation, server) = (&joined.organisation, &joined.server);
                said(&phrase!("wallet-joined", organisation = organisation, server = server))
            })?;
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
                true => word(message!("wallet-invalidated")),
                false => word(message!("wallet-forgotten")),
            })?;
            return Ok(if done.done { Status::Done } else { Status::Wrong });
        }
        Command::Invite(args) => invite(&wallet, json, args)?,
        Command::Invitations => {
            let own = wallet.invitations(PATIENCE_MS).map_err(refused)?;
            print(json, &own, || {
                let lines = own.invitations.iter().map(invitation_line).collect();
                with_age(lines, own.live, own.as_of.map(|at| at.to_seconds()))
            })?;
        }
        Command::Cancel { id } => {
            let found = wallet.cancel(id, PATIENCE_MS).map_err(refused)?;
            print(json, &found, || said(&phrase!("wallet-cancelled", reference = &found.reference)))?;
        }
        Command::Recent => {
            let recent = wallet.recent(PATIENCE_MS).map_err(refused)?;
            print(json, &recent, || {
                let lines = recent.entries.iter().map(entry_line).collect();
                with_age(lines, recent.live, recent.as_of.map(|at| at.to_seconds()))
            })?;
        }
        Command::Messages => {
            let own = wallet.messages(PATIENCE_MS).map_err(refused)?;
            print(json, &own, || {
                let lines = own.messages.iter().map(message_lines).collect();
                with_age(lines, own.live, own.as_of.map(|at| at.to_seconds()))
            })?;
        }
        Command::Read { id } => {
            let told = wallet.read_message(id, PATIENCE_MS).map_err(refused)?;
            print(json, &json!({ "id": id, "server_told": told }), || match told {
                true => word(message!("wallet-read")),
                false => word(message!("wallet-read_here")),
            })?;
            return Ok(if told { Status::Done } else { Status::Wrong });
        }
        Command::SignOut => {
            let out = wallet.sign_out(PATIENCE_MS).map_err(refused)?;
            print(json, &out, || match out.server_told {
                true => word(message!("wallet-signed_out")),
                false => word(message!("wallet-signed_out_here")),
            })?;
            return Ok(if out.server_told { Status::Done } else { Status::Wrong });
        }
        Command::Status => {
            let status = wallet.status().map_err(refused)?;
            print(json, &status, || standing(&status))?;
        }
    }
    Ok(Status::Done)
}

fn open(folder: &std::path::Path) -> Result<MemberWallet, CliError> {
    let secrets = FileSecrets::open(folder.join("secrets")).map_err(|error| unopened(&error))?;
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
    let source = words::code_source(code.source);
    let left = phrase!("wallet-seconds_left", count = code.seconds_left, source = source);
    format!("{}\n{}", code.text, said(&left))
}

fn invitation_line(found: &InvitationView) -> String {
    let until = said(&phrase!("wallet-until", time = time_text(found.until)));
    let status = word(words::invitation_status(found.status));
    format!("{}  {}  {status}  {until}  {}", found.reference, found.name, found.id)
}

fn entry_line(entry: &MyEntry) -> String {
    let outcome = entry.granted.map_or(message!("decision-undecided"), words::decided);
    let verdict = entry.verdict.map(|verdict| word(words::verdict(verdict))).unwrap_or_default();
    let at = time_text(entry.at.to_seconds());
    format!("{at}  {}  {verdict}  {}", entry.site_name, word(outcome))
}

fn message_lines(message: &MyMessage) -> String {
    let (at, severity) = (time_text(message.sent_at.to_seconds()), word(words::severity(message.severity)));
    let first = format!("{at}  {severity}  {}  {}", message.title, message.id);
    let body = message.body.lines().map(|line| format!("    {line}"));
    std::iter::once(first).chain(body).collect::<Vec<_>>().join("\n")
}

/// How the wallet stands, and what is still to be done.
fn standing(status: &WalletStatus) -> String {
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| word(message!("standing-none")));
    let until = |time: Option<UnixSeconds>| time.map_or_else(|| word(message!("wallet-no")), time_text);
    let confirmed = match status.clock_trusted {
        true => message!("standing-clock_confirmed"),
        false => message!("standing-clock_own"),
    };
    let mut lines = labelled(&[
        (message!("standing-organisation"), text(&status.organisation)),
        (message!("standing-server"), text(&status.server)),
        (message!("wallet-member"), text(&status.name)),
        (message!("wallet-code_until"), until(status.code_until)),
        (message!("wallet-offline_until"), until(status.offline_until)),
        (message!("standing-clock"), word(confirmed)),
    ]);
    if status.invalidation_pending {
        lines.push('\n');
        lines.push_str(&word(message!("wallet-untold")));
    }
    if let Some(before) = status.invalidated_before {
        lines.push('\n');
        lines.push_str(&said(&phrase!("wallet-invalidated_before", time = time_text(before))));
    }
    lines
}

fn with_age(mut lines: Vec<String>, live: bool, as_of: Option<UnixSeconds>) -> String {
    if lines.is_empty() {
        lines.push(word(message!("wallet-nothing")));
    }
    if !live {
        lines.push(match as_of {
            Some(time) => said(&phrase!("wallet-as_of", time = time_text(time))),
            None => word(message!("wallet-never_asked")),
        });
    }
    lines.join("\n")
}

/// Joins, and says whose server that is.
fn join(wallet: &MemberWallet, code: &str) -> Result<Joined, CliError> {
    let code = text_or_picture(code, Wanted::Member)?;
    let joined = wallet.join(code, PATIENCE_MS).map_err(refused)?;
    if Address::parse(&joined.server).is_some_and(|address| address.is_open_to_others()) {
        tell(&format!("{}\n", word(message!("enrol-open_to_others"))));
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
        print(json, &answer, || word(message!("sign_in-code_sent")))?;
        return Ok(Status::Done);
    };
    let member = wallet.sign_in(email, code, PATIENCE_MS).map_err(refused)?;
    print(json, &member, || said(&phrase!("sign_in-done", name = &member.name)))?;
    Ok(Status::Done)
}

fn invite(wallet: &MemberWallet, json: bool, args: InviteArgs) -> Result<(), CliError> {
    let (from, until) = args.visit.window();
    // A member's phone knows no names of sites.
    let number = |typed: &str| {
        let sentence = || said(&phrase!("wallet-site_number", typed = typed));
        typed.parse().map_err(|_| CliError::new("site_unknown", sentence()))
    };
    let sites = args.visit.sites(number)?;
    let made = wallet
        .invite(args.visit.name, sites, from, until, args.visit.max_uses, args.note, PATIENCE_MS)
        .map_err(refused)?;
    if let Some(path) = args.png {
        write_png(&path, &made.code)?;
    }
    print(json, &made, || {
        let invited = phrase!("wallet-invited", reference = &made.reference, time = time_text(until));
        format!("{}\n{}", said(&invited), made.code)
    })
}
