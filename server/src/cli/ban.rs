//! `gatehouse ban`: the ban list.

use clap::Subcommand;
use gatehouse_core::{id::SubjectId, phrase};
use serde_json::json;

use super::{
    language::said,
    local::{Local, time_text},
    output::{CliError, Status},
};

#[derive(Subcommand)]
pub enum Command {
    /// Ban a member, an invitation, or someone of whom only a name is known
    ///
    /// Codes of a banned member or invitation are DENIED. A name alone denies nobody: a guard who writes it down for a
    /// visitor without a code is shown the ban.
    Add(AddArgs),
    /// Lift a ban
    Lift(LiftArgs),
    /// List the bans
    List(ListArgs),
}

#[derive(clap::Args)]
pub struct AddArgs {
    /// Id of the member or invitation
    #[arg(long, value_name = "ID", required_unless_present = "name", conflicts_with = "name")]
    id: Option<SubjectId>,
    /// What the person is called; may be repeated for other names of the same person
    #[arg(long, value_name = "N")]
    name: Vec<String>,
    /// Why, as guards will read it
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    local: Local,
}

#[derive(clap::Args)]
pub struct LiftArgs {
    /// Id of the member, the invitation or the ban
    #[arg(value_name = "ID")]
    id: SubjectId,
    #[command(flatten)]
    local: Local,
}

#[derive(clap::Args)]
pub struct ListArgs {
    #[command(flatten)]
    local: Local,
}

pub fn run(command: Command) -> Result<Status, CliError> {
    match command {
        Command::Add(args) => add(&args),
        Command::Lift(args) => lift(&args),
        Command::List(args) => list(&args),
    }
}

fn add(args: &AddArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let id = match args.id {
        Some(id) => {
            service.ban(&scope, id, &args.reason)?;
            id
        }
        None => service.ban_by_name(&scope, &args.name, &args.reason)?,
    };
    args.local.print(&json!({ "id": id }), || said(&phrase!("ban-added", id = id.to_string())))
}

fn lift(args: &LiftArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    service.lift_ban(&scope, args.id)?;
    args.local.print(&json!({ "id": args.id }), || said(&phrase!("ban-lifted", id = args.id.to_string())))
}

fn list(args: &ListArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let bans = service.bans(&scope)?;
    let answer: Vec<_> = bans
        .iter()
        .map(|ban| {
            json!({
                "id": ban.subject,
                "by_name": ban.by_name,
                "names": ban.names,
                "reason": ban.reason,
                "banned_at": ban.banned_at.to_seconds(),
            })
        })
        .collect();
    let lines = bans.iter().map(|ban| {
        said(&phrase!(
            "ban-line",
            id = ban.subject.to_string(),
            names = ban.names.join(" / "),
            time = time_text(ban.banned_at.to_seconds()),
            reason = &ban.reason,
        ))
    });
    args.local.print(&answer, || lines.collect::<Vec<_>>().join("\n"))
}
